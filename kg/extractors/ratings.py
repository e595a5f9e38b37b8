"""Civic space ratings that hold now: 'Civic space in X is rated Y', 'X was downgraded from Y to Z'.

The values are the individuals of rg:RatingValue. What follows 'from' is a former rating; a
value told of a number of countries without their names is no row.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.model import WORLD, Claim, Rating
from kg.text.countries import countries_in, country_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from kg.model import Reading, Sentence
    from kg.vocabulary import Vocabulary

_FRAME = re.compile(
    r"\b(?:rat(?:ed|es|e|ing|ings)|(?:down|up)grad\w+|categor\w+|classif\w+)\b", re.IGNORECASE
)
_LOOSE = re.compile(
    r"\b(?:class(?:es|ed)?|list(?:s|ed)?|plac(?:es|ed|ing)|rank(?:s|ed)?|mov(?:es|ed|ing)|put(?:s|ting)?|"
    r"consider(?:s|ed)?|describ(?:es|ed)|assess(?:es|ed)|lower(?:s|ed)|rais(?:es|ed)|dropp?(?:s|ed)?|"
    r"f[ae]ll(?:s|en)?|"
    r"slipp?(?:s|ed)|chang(?:es|ed)|shift(?:s|ed)|deteriorat(?:es|ed)|improv(?:es|ed)|scor(?:es|ed)|"
    r"label(?:s|led)|"
    r"is|remains?|are|stays?)\b",
    re.IGNORECASE,
)
"""Verbs that tell a rating only where the sentence speaks of civic space, its monitor or a rating."""
_SUBJECT = re.compile(r"\bcivic space\b|\bMonitor\b|\brating\b", re.IGNORECASE)
_FORMER = re.compile(
    r"(?:\bfrom|\bwas:|\bpreviously|\bformerly|\bno longer|\bhad been rated(?: as)?|\bwas rated(?: as)?)"
    r"\s+[‘'“\"]?$"
)
_REFERS = re.compile(
    r"^\W*(?:(?:civic space|current) )*rating\s*:|\b(?:its|the country|the state|the nation|their)\b|"
    r"civic space (?:is|rating|remains)",
    re.IGNORECASE,
)
_MANY = re.compile(r"\bcountries\b", re.IGNORECASE)
_NUMBER = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|\d{1,3})"
_COUNTRIES_OF = re.compile(
    r"(?:\b(?:countries|states) (?:(?:that|which) (?:are|were) )?(?:currently )?(?:classed|rated|classified|"
    r"categori[sz]ed|listed|considered|assessed) (?:as )?(?:having |in the )?|"
    r"\b(?:countries|states) (?:with|in the) |"
    rf"\b{_NUMBER}(?: (?:more|others|countries|states))? (?:is|are) (?:now |currently )?(?:rated |classed )?"
    r"(?:as |in the )?)(?:an? )?[‘'“\"]?$",
    re.IGNORECASE,
)
_NAMED_AFTER = re.compile(
    r"[’'”\"]?,?(?: (?:civic space|category|rating)\b,?)?"
    r"(?: as (?:documented|seen|recorded|observed) in\b| such as\b|"
    r" including\b| like\b| namely\b| among them\b|\s?[–—:(])(?![^.]*\b(?:rated|classed|classified)\b)",
    re.IGNORECASE,
)
"""What stands after a value and before the countries that have it."""
_MOVES = re.compile(
    r"\b(?:moved|moves|slipped|slips|fell|falls|dropped|drops|went|shifted|improved|deteriorated) from "
    r"[‘'“\"]?\w+[’'”\"]? to [‘'“\"]?$|\bclassed as [‘'“\"]?$",
    re.IGNORECASE,
)
"""A rating told without the word, in a text that is about civic space."""
_CIVIC_SPACE = re.compile(r"\bcivic space\b", re.IGNORECASE)
_INCLUDES = re.compile(r"\s*[’'”\"]?\s*[,:–—(]\s*(?:including|among them|such as)\b|\s*[’'”\"]?:\s")


@lru_cache(maxsize=4)
def _values(vocabulary: Vocabulary) -> dict[str, str]:
    """Rating values by their labels in lower case: what the fact tables write."""
    return {t.label.casefold(): t.label.casefold() for t in vocabulary.individuals("RatingValue")}


def extract(reading: Reading, vocabulary: Vocabulary) -> Iterator[Claim]:
    """A claim for each country and the rating that it has."""
    told: set[tuple[str, str]] = set()
    if not any(_FRAME.search(s.text) or _SUBJECT.search(s.text) for s in reading.sentences):
        return
    about = _CIVIC_SPACE.search(reading.item.document.quote(reading.item.span)) is not None
    for sentence in reading.sentences:
        if not (about or _FRAME.search(sentence.text) or _SUBJECT.search(sentence.text)):
            continue
        for country, value in _rated(reading, sentence, _values(vocabulary)):
            if (country, value) not in told:
                told.add((country, value))
                yield Claim(
                    Rating(country, value, _by(reading, sentence)),
                    sentence.span,
                    confidence=0.95,
                    found_by="rating-frame",
                )


def _rated(reading: Reading, sentence: Sentence, values: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Pairs of country and value in a sentence that speaks of ratings."""
    named = countries_in(reading, sentence)
    since = sentence.span.start
    for token in sentence.tokens:
        value = values.get(token.lower_)
        before = sentence.text[: token.idx - sentence.tokens.start_char]
        if value is None or _FORMER.search(before):
            continue
        here, after = sentence.source(token), sentence.text[len(before) + len(token.text) :]
        if _COUNTRIES_OF.search(before) and _NAMED_AFTER.match(after):
            listed = [c.alpha2 for c in named if c.span.start > here.start]
            yield from ((c, value) for c in dict.fromkeys(listed) if c != WORLD)
            since = sentence.span.end
            continue
        if not (_framed(before, sentence.text[len(before) :]) or _MOVES.search(before)):
            continue
        if _followed_by_place(token):
            following = (t for t in sentence.tokens if t.i > token.i and t.lower_ in values)
            stop = next((sentence.source(t).start for t in following), sentence.span.end)
            later = [c.alpha2 for c in named if here.end < c.span.start < stop]
            between = sentence.text[len(before) : stop - sentence.span.start]
            if later or _MANY.search(between):
                yield from ((c, value) for c in dict.fromkeys(later))
                since = here.end
                continue
        found = [c.alpha2 for c in named if since <= c.span.start < here.start]
        if not found and _INCLUDES.match(after):
            found = [c.alpha2 for c in named if c.span.start > here.start]
        if not found and not named and _REFERS.search(before) and not _MANY.search(sentence.text):
            found = [_context(reading, sentence, token)]
        since = here.end
        yield from ((c, value) for c in dict.fromkeys(found) if c != WORLD)


def _followed_by_place(value: Token) -> bool:
    """True for 'open in X and Y', 'narrowed in four countries': the countries stand behind the value."""
    after = value.i + 1
    while after < len(value.doc) and value.doc[after].text in ("’", "'", "”", '"'):
        after += 1
    return after < len(value.doc) and value.doc[after].lower_ == "in"


def _framed(before: str, after: str) -> bool:
    """True where a value stands in a frame of rating: 'rated as', 'to', 'rating: ', or before 'rating'."""
    loosely = _SUBJECT.search(before + after) is not None and _LOOSE.search(before) is not None
    return loosely or bool(
        re.search(
            r"\b(?:rat(?:ed|es|e|ing)|(?:down|up)grad\w+|categor\w+|classif\w+)\b", before, re.IGNORECASE
        )
        or re.match(r"\w+[’'”\"]?\s+(?:rating|category)\b", after)
    )


def _context(reading: Reading, sentence: Sentence, token: Token) -> str:
    return country_for(reading, sentence, token)


def _by(reading: Reading, sentence: Sentence) -> str | None:
    """Who rates: the organisation that the sentence names, else the publisher."""
    for mention in reading.within(sentence.span):
        entity = reading.entity[mention.entity]
        if entity.type == "CivilSocietyOrganisation":
            return entity.name
    return reading.item.publisher or None
