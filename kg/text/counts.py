"""How many victims or cases a mention of a violation tells of.

In: a trigger with its victims. Out: a whole number, or None. A number counts for the act where it
counts its victims, the act itself ('five arrests'), what carries the act ('received 31 reports of
torture'), or the states that do it ('over 70 countries maintain laws'); a bare number where the
victims are told by it alone ('troops killed four'). One is no number: it says no more than the act.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.languages.english import MONTHS
from kg.text import numbers, syntax
from kg.text.countries import comments
from kg.text.wordforms import YEAR

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.model import Sentence
    from kg.text.cues import Match, Sighted
    from kg.text.lexicon import Lexicon
    from kg.text.participants import Participants


def count_of(
    sentence: Sentence, match: Match, who: Participants, sighted: Sighted, lex: Lexicon
) -> int | None:
    """How many victims or cases the text gives."""
    anchor = match.anchor
    above = syntax.governor(anchor)
    above = above.head if above.pos_ == "ADP" else above
    patients = sighted.roles(anchor).get("obj", ())
    suffered = (anchor.head,) if anchor.dep_ == "acl" and anchor.tag_ == "VBN" and not who.victims else ()
    for head in (*who.victims, *patients, *suffered, anchor, above, *_states(anchor, lex)):
        number = numbers.count_of(head, sentence)
        if number is not None and number > 1 and head.lower_ not in MONTHS and not _is_dated(head):
            return number
    verbal = patients if syntax.is_verbal(anchor) else ()
    told = [_bare(t) for t in (*who.victims, *verbal)]
    return next((n for n in told if n is not None), None)


def _bare(token: Token) -> int | None:
    """The number that stands for people: 'killed four', 'sentenced both'; 'another one' is none."""
    if token.lower_ == "both":
        return 2
    number = numbers.value_of(token.text) if token.tag_ == "CD" and not _dates(token) else None
    return number if number is not None and number > 1 else None


def _states(anchor: Token, lex: Lexicon) -> list[Token]:
    """The states that do so: 'over 70 countries maintain laws', not '20 states condemned'."""
    acting = sorted((*anchor.ancestors, *syntax.subjects_above(anchor)), key=lambda t: t.i)
    states = (t for t in acting if lex.says("country", t))
    return [t for t in states if not comments(t) and not _says(t.head, lex)]


def _says(verb: Token, lex: Lexicon) -> bool:
    """True for a verb of saying with what is said; 'to maintain laws' says nothing."""
    return lex.says("saying", verb) and any(c.dep_ == "ccomp" for c in verb.children)


def _is_dated(noun: Token) -> bool:
    """True for what a year stands before: 'the 1994 coup'."""
    return any(YEAR.fullmatch(c.text) and c.i < noun.i for c in noun.children if c.dep_ == "nummod")


def _dates(number: Token) -> bool:
    """True for a year or a day: 'in 2019', '3 March'."""
    return number.head.lower_ in MONTHS or any(c.lower_ in MONTHS for c in number.children)
