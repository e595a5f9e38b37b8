"""Acronyms and short forms in brackets: what they stand for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.wordforms import ACRONYM

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

_LONGEST = 20
_LONGEST_TOKENS = 6
_LEAST = 2


def bracketed(tokens: Sequence[Token], at: int) -> tuple[int, str] | None:
    """A short form in brackets that open at a token: the place after them, and its text."""
    if at + 2 >= len(tokens) or tokens[at].text != "(":
        return None
    for close in range(at + 2, min(at + _LONGEST_TOKENS, len(tokens))):
        if tokens[close].text == ")":
            short = "".join(t.text_with_ws for t in tokens[at + 1 : close]).strip(" “”\"'‘’")
            fits = short and short[0].isupper() and len(short) <= _LONGEST and short.count(" ") <= 1
            return (close + 1, short) if fits else None
    return None


def stands_for(short: str, words: Sequence[str]) -> bool:
    """True where a bracketed form can stand for the words before it: its letters begin some of them."""
    if not words or not any(c.isalpha() for c in short):
        return False
    initials = "".join(w[0] for w in words if w[0].isalnum()).casefold()
    capitals = "".join(c for w in words for c in w if c.isupper()).casefold()
    wanted = "".join(c for c in short if c.isupper()).casefold() or short.casefold()
    at = 0
    for c in initials:
        if at < len(wanted) and c == wanted[at]:
            at += 1
    return (
        at >= max(_LEAST, len(wanted) - _LEAST) or wanted in capitals or ACRONYM.fullmatch(short) is not None
    )


def spells(short: str, words: Sequence[str]) -> bool:
    """True where the capitals of a short form are initials of the words, the first of the first."""
    wanted = [c for c in short if c.isupper()]
    if not wanted or not words or words[0][0] != wanted[0]:
        return False
    at = 0
    for word in words:
        if at < len(wanted) and word[0].isupper() and word[0] == wanted[at]:
            at += 1
    return at == len(wanted)
