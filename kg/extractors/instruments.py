"""Laws, bills, treaties, resolutions and reports that an item names.

In: the entities of class Instrument of a reading, and the lexicon of kinds and effects. Out:
one claim an instrument, with its kind (by the head word of its name, or by the class of the
reference individual that it is), country, year and effect. The effect comes from wording
around any of its mentions; human rights treaties protect.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.model import WORLD, BlockKind, Claim, InstrumentNamed
from kg.text.countries import country_for
from kg.text.lexicon import lexicon
from kg.text.phrases import bare, child, noun_phrase, trimmed
from kg.text.told import violations_told
from kg.vocabulary import RG

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from spacy.tokens import Span as SpacySpan
    from spacy.tokens import Token

    from kg.model import Entity, Mention, Reading, Sentence, Span
    from kg.text.lexicon import Lexicon
    from kg.vocabulary import Vocabulary

_CODES = frozenset({"penal", "criminal", "electoral", "labour", "labor"})
_AGAINST = ("anti", "counter")
INTERNATIONAL = frozenset({"treaty", "resolution"})
"""Kinds that belong to no country unless they are about one."""
_YEAR = re.compile(r"\b(1[89]\d\d|20\d\d)\b")
_PASSED = re.compile(
    r"\s*(?:\([^()]{1,60}\))?,?\s*(?:(?:which|that)\s+)?(?:(?:was|had been|has been|is)\s+)?"
    r"(?:first\s+)?(?:adopted|passed|enacted|signed|promulgated|approved|introduced|dated|ratified|of)\s+"
    r"(?:(?:in|on|by [\w’' ]{3,40}? (?:in|on))\s+)?(?:\d{1,2}\s+)?(?:[A-Z][a-z]+\s+)?(?:\d{1,2},\s+)?"
    r"(1[89]\d\d|20\d\d)\b"
)
"""The year in which a text was passed, told right after its name: 'adopted in 2008'."""


def extract(reading: Reading, vocabulary: Vocabulary) -> Iterator[Claim]:
    """The instruments of an item, in order of their first mention."""
    places: dict[str, list[tuple[Mention, Sentence]]] = {}
    for sentence in reading.sentences:
        for mention in reading.within(sentence.span):
            if reading.entity[mention.entity].type == "Instrument":
                places.setdefault(mention.entity, []).append((mention, sentence))
    for key, found in places.items():
        entity = reading.entity[key]
        kind = kind_of(entity, vocabulary)
        if kind is None:
            continue
        mention, sentence = found[0]
        yield Claim(
            InstrumentNamed(
                name=entity.name,
                kind=kind,
                country=_country(entity, kind, mention, sentence, reading),
                year=_year(entity, found),
                effect=_effect(entity, kind, found, reading, vocabulary),
                key=key,
            ),
            evidence=mention.span,
            confidence=entity.confidence,
            found_by="instrument-entity",
        )
    yield from _described(reading, vocabulary)


def _described(reading: Reading, vocabulary: Vocabulary) -> Iterator[Claim]:
    """Bills, laws and resolutions without a title, by what they are on: 'the extradition bill'."""
    lex = lexicon(vocabulary)
    kinds = _kind_words(vocabulary)
    known = [_words(reading.entity[m.entity].name) for m in reading.mentions if _is_instrument(m, reading)]
    for sentence in reading.sentences:
        if sentence.block.kind in (BlockKind.SIGNATORY, BlockKind.BOILERPLATE):
            continue
        for token in sentence.tokens:
            if token.tag_ != "NN" or not (lex.says("describable", token) or _is_told_law(token)):
                continue
            phrase = subject_phrase(token, lex)
            span, name = sentence.source(phrase), bare(phrase)
            words = _words(name)
            named = [m for m in reading.within(sentence.span) if _is_instrument(m, reading)]
            if len(name.split()) == 1 or any(m.span.meets(span) for m in named):
                continue
            telling = words - {token.lower_}
            if not telling or any(len(telling & old) * 2 >= len(telling) for old in known):
                continue
            known.append(words)
            kind = kinds[token.lemma_.lower()]
            yield Claim(
                InstrumentNamed(
                    name=name,
                    kind=kind,
                    country=WORLD if kind in INTERNATIONAL else country_for(reading, sentence, token),
                    year=_year_after(sentence, span),
                    effect=effect_near(going_on(sentence, reading), kind, reading, vocabulary),
                ),
                evidence=span,
                confidence=0.6,
                found_by="instrument-described",
            )


def _is_told_law(token: Token) -> bool:
    """True for a law or code that the words before tell from others: 'anti-terrorism law', 'penal code'."""
    before = token.nbor(-1) if token.i else token
    if token.lower_ == "code":
        return before.lower_ in _CODES
    return token.lower_ in ("law", "bill") and _opposes(before)


def _opposes(token: Token) -> bool:
    """True for the last word of 'anti-terrorism' and 'counter-terrorism', in one piece or in three."""
    whole = token.lower_.startswith(tuple(f"{w}-" for w in _AGAINST))
    return whole or (token.i > 1 and token.nbor(-1).text == "-" and token.nbor(-2).lower_ in _AGAINST)


def subject_phrase(noun: Token, lex: Lexicon) -> SpacySpan:
    """A law with what it is on: its compound nouns and its phrase with 'on', 'to' or 'against'.

    Only the noun itself where nothing tells one such law from another.
    """
    start, end = noun.i, noun.i + 1
    if start and _opposes(noun.nbor(-1)):
        start -= 1 if "-" in noun.nbor(-1).text else 3
    elif start and noun.nbor(-1).lower_ in _CODES:
        start -= 1
    for part in noun.children:
        if part.dep_ == "compound" and not lex.says("untelling", part):
            start = min(start, part.left_edge.i)
        about = child(part, "pobj") if part.dep_ == "prep" and part.i == noun.i + 1 else None
        if (
            about is not None
            and part.lower_ in ("on", "to", "against", "for")
            and about.pos_ in ("NOUN", "PROPN")
        ):
            end = max(end, noun_phrase(about).end)
    return trimmed(noun.doc[start:end])


def _is_instrument(mention: Mention, reading: Reading) -> bool:
    return reading.entity[mention.entity].type == "Instrument"


def _words(name: str) -> set[str]:
    return {w.casefold() for w in re.findall(r"\w{3,}", name)}


@lru_cache(maxsize=4)
def _kind_words(vocabulary: Vocabulary) -> Mapping[str, str]:
    """The kind that each head word tells: 'act' -> law."""
    found: dict[str, str] = {}
    for term in vocabulary.classes("Instrument"):
        for kind in vocabulary.values(term.iri, RG + "instrumentKindOf"):
            for word in vocabulary.values(term.iri, RG + "headWord"):
                found[word.casefold()] = kind
    return found


def kind_of(entity: Entity, vocabulary: Vocabulary) -> str | None:
    """law, decree, constitution, bill, treaty, resolution or report, by class or head word."""
    if entity.iri:
        above = list(vocabulary.term(entity.iri).parents)
        for parent in above:
            kind = vocabulary.value(parent, RG + "instrumentKindOf")
            if kind:
                return kind
            if parent.startswith(RG):
                above += [p for p in vocabulary.term(parent).parents if p not in above]
    words = [
        w.casefold()
        for w in re.findall(r"[A-Za-z-]+", re.split(r"\s(?:on|for|against|to|of)\s", entity.name)[0])
    ]
    kinds = _kind_words(vocabulary)
    all_words = [w.casefold() for w in re.findall(r"[A-Za-z-]+", entity.name)]
    return next((kinds[w] for w in (*reversed(words), *reversed(all_words)) if w in kinds), None)


def _country(entity: Entity, kind: str, mention: Mention, sentence: Sentence, reading: Reading) -> str:
    if entity.country:
        return entity.country
    if kind in INTERNATIONAL:
        inside = [reading.entity[m.entity].country for m in reading.mentions if mention.span.holds(m.span)]
        return next((c for c in inside if c), WORLD)
    token = next((t for t in sentence.tokens if mention.span.holds(sentence.source(t))), sentence.tokens.root)
    return country_for(reading, sentence, token)


def _year(entity: Entity, found: list[tuple[Mention, Sentence]]) -> str | None:
    if year := _YEAR.search(entity.name):
        return year[1]
    for mention, sentence in found:
        at = mention.span.start - sentence.span.start
        before = sentence.text[max(0, at - 12) : at]
        if year := re.search(r"(1[89]\d\d|20\d\d)\s+(?:\w+\s)?$", before):
            return year[1]
        if year := _PASSED.match(sentence.text, mention.span.end - sentence.span.start):
            return year[1]
    return None


def _year_after(sentence: Sentence, span: Span) -> str | None:
    """The year told right after what is described: 'anti-terror law adopted in 2009'."""
    year = _PASSED.match(sentence.text, span.end - sentence.span.start)
    return year[1] if year else None


def _effect(
    entity: Entity, kind: str, found: list[tuple[Mention, Sentence]], reading: Reading, vocabulary: Vocabulary
) -> str | None:
    if entity.iri:
        return "protects"
    near = [s for _, sentence in found for s in going_on(sentence, reading)]
    return effect_near(near, kind, reading, vocabulary)


def effect_near(
    sentences: Sequence[Sentence], kind: str, reading: Reading, vocabulary: Vocabulary
) -> str | None:
    """What the words around a text say that it does to rights; a violation told beside a law is its doing."""
    lex = lexicon(vocabulary)
    near = [t for sentence in sentences for t in sentence.tokens]
    if kind not in INTERNATIONAL:
        places = {s.index for s in sentences}
        beside = any(v.sentence in places and v.status.reported for v in violations_told(reading, vocabulary))
        if beside or any(lex.says("restricting", t) for t in near):
            return "restricts"
    words = "favouring" if kind == "resolution" else "protecting"
    return "protects" if kind != "treaty" and any(lex.says(words, t) for t in near) else None


def going_on(sentence: Sentence, reading: Reading) -> list[Sentence]:
    """A sentence, and the next where it goes on about the same text: 'It ...', 'The law ...'."""
    found = [sentence]
    following = reading.sentences[sentence.index + 1 : sentence.index + 2]
    for other in following:
        opening = [t.lower_ for t in other.tokens[:2]]
        about = opening[:1] == ["it"] or (
            opening[:1] in (["the"], ["this"]) and opening[1:] and _is_text(opening[1])
        )
        if other.block is sentence.block and about:
            found.append(other)
    return found


def _is_text(word: str) -> bool:
    return word in {
        "law",
        "act",
        "bill",
        "decree",
        "code",
        "order",
        "text",
        "amendment",
        "regulation",
        "resolution",
    }
