"""The country of a sentence: from sentence, paragraph, section, title, item; never by frequency."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.model import WORLD, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.model import Reading, Sentence


@dataclass(frozen=True, slots=True)
class CountryNamed:
    """A mention in a sentence that tells a country."""

    alpha2: str
    span: Span
    """In the source."""
    key: str
    """Of the entity."""


def countries_in(reading: Reading, sentence: Sentence) -> tuple[CountryNamed, ...]:
    """The countries that a sentence names, in order."""
    found = []
    for mention in reading.within(sentence.span):
        entity = reading.entity[mention.entity]
        if entity.country:
            found.append(CountryNamed(entity.country, mention.span, entity.key))
    return tuple(found)


def country_for(reading: Reading, sentence: Sentence, token: Token) -> str:
    """Alpha-2 of the country where what a token names happens, or WORLD."""
    here = sentence.source(token)
    named = countries_in(reading, sentence)
    if named:
        return min(named, key=lambda c: abs(c.span.start - here.start)).alpha2
    for other in reversed(reading.sentences[: sentence.index]):
        if other.block is sentence.block and (named := countries_in(reading, other)):
            return named[-1].alpha2
    title = [countries_in(reading, s) for s in reading.sentences if s.block.span == reading.item.title]
    return title[0][0].alpha2 if title and title[0] else WORLD
