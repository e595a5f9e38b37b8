"""How many victims or cases a mention of a violation tells of.

In: a trigger with its victims. Out: a whole number, or None. A number counts for the act where it
counts its victims, the act itself ('five arrests'), or what carries the act ('received 31 reports of
torture'); a bare number where the victims are told by it alone ('troops killed four').
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.languages.english import MONTHS
from kg.text import numbers, syntax
from kg.text.wordforms import YEAR

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.model import Sentence
    from kg.text.cues import Match, Sighted
    from kg.text.participants import Participants


def count_of(sentence: Sentence, match: Match, who: Participants, sighted: Sighted) -> int | None:
    """How many victims or cases the text gives."""
    above = syntax.governor(match.anchor)
    above = above.head if above.pos_ == "ADP" else above
    patients = sighted.roles(match.anchor).get("obj", ())
    for head in (*who.victims, *patients, match.anchor, above):
        number = numbers.count_of(head, sentence)
        if number is not None and head.lower_ not in MONTHS and not _is_dated(head):
            return number
    verbal = patients if syntax.is_verbal(match.anchor) else ()
    bare = [t for t in (*who.victims, *verbal) if t.tag_ == "CD" and not _dates(t)]
    return numbers.value_of(bare[0].text) if bare else None


def _is_dated(noun: Token) -> bool:
    """True for what a year stands before: 'the 1994 coup'."""
    return any(YEAR.fullmatch(c.text) and c.i < noun.i for c in noun.children if c.dep_ == "nummod")


def _dates(number: Token) -> bool:
    """True for a year or a day: 'in 2019', '3 March'."""
    return number.head.lower_ in MONTHS or any(c.lower_ in MONTHS for c in number.children)
