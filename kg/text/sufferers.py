"""To whom an act can be done: people, groups, organisations, outlets, bodies that watch over rights.

In: a word that may name a victim, how it stands to the act and the class of the entity that it
names. Out: whether it can be told as one. Rights, laws, acts and things are no victims; who
tells, regrets or asks for something isn't its victim; a government only where the act is done to
it outright ('deposed the government').
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.languages.english import ABSTRACT_ENDINGS, MONTHS
from kg.text import syntax

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.text.cues import Sighted
    from kg.text.lexicon import Lexicon
    from kg.text.standing import Standing

HARMLESS = frozenset({"Instrument", "Event"})
NARRATOR = frozenset({"i", "we"})
REASONS = frozenset({"for", "over", "because"})
STATES = frozenset({"Country", "StateBody"})
DIRECT = frozenset({"role:obj", "role:of", "role:against", "role:on", "role:mod", "role:poss"})
"""Marks of those to whom the act is done outright."""
PEOPLE = ("person", "organisation", "media", "party", "critic", "minority", "civilian", "general", "place")


def can_suffer(token: Token, standing: Standing, sentence: Sighted) -> bool:
    """True for those to whom the act can have been done."""
    lex, kind = standing.lex, sentence.entity.get(token.i)
    stands_beside = token.i in standing.speakers or _tells(token, lex) or _is_reason(token, standing.anchor)
    if kind in HARMLESS or stands_beside:
        return False
    if kind is None and (lex.says("right", token) or token.lower_ in MONTHS):
        return False
    if kind in STATES or (kind is None and _governs(token, lex)):
        return bool(standing.marks(token) & DIRECT)
    if kind is not None or token.pos_ in ("PROPN", "PRON") or any(lex.says(s, token) for s in PEOPLE):
        return True
    if token.pos_ == "NOUN" and (
        lex.says("abstract", token) or token.lemma_.lower().endswith(ABSTRACT_ENDINGS)
    ):
        return any(c.dep_ == "poss" for c in token.children)
    return True


def _is_reason(token: Token, anchor: Token) -> bool:
    """True for what somebody is arrested for: 'targeted for their work', 'jailed over a cartoon'."""
    by = syntax.first_conjunct(token).head
    return by.dep_ == "prep" and by.lower_ in REASONS and by.head == anchor and syntax.is_verbal(anchor)


def _tells(token: Token, lex: Lexicon) -> bool:
    """True for the 'we' or 'I' who is concerned or says something."""
    return (
        token.lower_ in NARRATOR
        and token.dep_ in syntax.NOUN_SUBJECTS
        and (lex.says("speaking", token.head) or lex.says("apart", token.head))
    )


def _governs(token: Token, lex: Lexicon) -> bool:
    """True for a government or court, which isn't what violations are done to."""
    return lex.says("authority", token) and not any(lex.says(s, token) for s in PEOPLE)
