"""The parts of a compiled cue: words, places in a sequence, conditions on arguments.

In: what `kg.text.grammar` reads from the strings of the ontology. Out: records that tell of a
token whether it fits; `kg.text.cues` finds them in a sentence.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from kg.text import syntax

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Token


@dataclass(frozen=True, slots=True)
class Word:
    """One alternative of an element or of a constraint's value."""

    text: str
    prefix: bool = False
    exact: bool = False

    def matches(self, forms: tuple[str, ...]) -> bool:
        """True where one of a token's forms (as written first) is this word."""
        if self.prefix:
            return any(f.startswith(self.text) for f in forms)
        return self.text == forms[0] if self.exact else self.text in forms


class Words:
    """Alternatives, arranged so that a look-up doesn't grow with their number."""

    __slots__ = ("alternatives", "exact", "lines", "plain", "stems")

    def __init__(self, alternatives: Iterable[Word] = ()) -> None:
        self.alternatives = tuple(alternatives)
        self.exact = frozenset(w.text for w in self.alternatives if w.exact)
        self.plain = frozenset(w.text for w in self.alternatives if not w.exact and not w.prefix)
        self.stems = tuple(sorted({w.text for w in self.alternatives if w.prefix}))
        self.lines = tuple(f"\n{stem}" for stem in self.stems)

    def __bool__(self) -> bool:
        return bool(self.alternatives)

    def match(self, forms: tuple[str, ...]) -> bool:
        """True where one of a token's forms (as written first) is among the words."""
        if forms[0] in self.exact or not self.plain.isdisjoint(forms):
            return True
        return bool(self.stems) and any(f.startswith(self.stems) for f in forms)


@dataclass(frozen=True, slots=True)
class Element:
    """One place in the sequence of a cue; no words stand for a gap."""

    words: Words
    pos: frozenset[str] = frozenset()
    optional: bool = False

    def matches(self, token: Token, forms: tuple[str, ...]) -> bool:
        """True where the token is one of the words in one of the parts of speech."""
        return self.words.match(forms) and (not self.pos or _pos(token, self.pos))


@dataclass(frozen=True, slots=True)
class Constraint:
    """What an argument must be, or must not be."""

    roles: tuple[str, ...]
    """Any of these will do."""
    forbidden: bool
    values: tuple[tuple[Words, ...], ...]
    """Alternatives; each a list of places, one word of each of which must stand in the argument's phrase."""
    absent: bool = False
    """True where the argument may be missing."""
    entities: frozenset[str] = frozenset()
    """Entity classes that the argument may name."""


@dataclass(frozen=True)
class Cue:
    """A compiled pattern of one term."""

    term: str
    source: str
    elements: tuple[Element, ...]
    constraints: tuple[Constraint, ...] = ()
    slots: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Which roles fill victim and perpetrator, where it isn't the usual ones."""
    status: str = ""
    """The status that the words themselves give the act, without hyphens: 'asserted' where they
    presuppose it ('political prisoner'), 'reversed' where they undo it ('release')."""
    weight: float = 0.8
    """How likely the words alone report an act of this type."""
    label: bool = False
    """True for a label of the term: a cue of the same words beats it."""

    @property
    def negative(self) -> bool:
        """True where a negation is part of what the cue says: what isn't allowed, not done, not given."""
        return any("neg" in c.roles and not c.forbidden for c in self.constraints)

    @cached_property
    def required(self) -> tuple[Words, ...]:
        """Words one of each of which must stand in a sentence for the cue to match."""
        near = [c for c in self.constraints if c.roles == ("near",) and not c.forbidden]
        around = [c.values[0][0] for c in near if len(c.values) == 1 and len(c.values[0]) == 1]
        return (*(e.words for e in self.elements[1:] if e.words and not e.optional), *around)

    @property
    def openings(self) -> tuple[Word, ...]:
        """The words that a match can begin with."""
        found: list[Word] = []
        for element in self.elements:
            found += element.words.alternatives
            if not element.optional:
                break
        return tuple(dict.fromkeys(found))


NOTHING = Words()


def _pos(token: Token, wanted: frozenset[str]) -> bool:
    if token.pos_ in wanted:
        return True
    if "VERB" in wanted and syntax.is_verbal(token):
        return True
    return "NOUN" in wanted and (
        token.pos_ == "PROPN"
        or (token.tag_ == "VBG" and token.dep_ in ("pobj", "nsubj", "dobj", "nsubjpass"))
    )
