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

from kg.model import WORLD, Claim, InstrumentNamed
from kg.text.countries import country_for
from kg.text.lexicon import lexicon
from kg.vocabulary import RG

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.model import Entity, Mention, Reading, Sentence
    from kg.vocabulary import Vocabulary

INTERNATIONAL = frozenset({"treaty", "resolution"})
"""Kinds that belong to no country unless they are about one."""
_YEAR = re.compile(r"\b(1[89]\d\d|20\d\d)\b")
_LEADING_YEAR = re.compile(r"^(?:the\s+)?(1[89]\d\d|20\d\d)\s+")


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
                effect=_effect(entity, kind, found, vocabulary),
                key=key,
            ),
            evidence=mention.span,
            confidence=entity.confidence,
            found_by="instrument-entity",
        )


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
        for parent in vocabulary.term(entity.iri).parents:
            kind = vocabulary.value(parent, RG + "instrumentKindOf")
            if kind:
                return kind
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
    return None


def _effect(
    entity: Entity, kind: str, found: list[tuple[Mention, Sentence]], vocabulary: Vocabulary
) -> str | None:
    if entity.iri:
        return "protects"
    lex = lexicon(vocabulary)
    near = [t for _, sentence in found for t in sentence.tokens]
    if kind not in INTERNATIONAL and any(lex.says("restricting", t) for t in near):
        return "restricts"
    if any(lex.says("protecting", t) for t in near):
        return "protects"
    return None
