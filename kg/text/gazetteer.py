"""Names of the ontology's individuals, found in token sequences, longest first.

In: a `Vocabulary`. Out: a trie over words. States are found by short, official and old
names, by the words for their people and by their capitals; every other individual by its
label and alternative labels. A name of one word must stand as it is written or in capitals;
a longer one may differ in case, as long as it begins with a capital.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from kg.text.parser import parser
from kg.vocabulary import RG, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.vocabulary import Vocabulary

_SKIPPED = frozenset({"the"})
_LONGEST_CODE = 3
"""Letters of a country code: capitals that short say nothing of a longer name."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A name of an individual."""

    iri: str
    type: str
    """Id of the entity class in the fact contract."""
    name: str
    """As the ontology writes it."""
    kind: str
    """label, demonym or capital."""
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """An entry at a stretch of words."""

    start: int
    end: int
    entry: Entry


def fold(word: str) -> str:
    """A word as the trie holds it."""
    return word.casefold().replace("’", "'").replace("ʼ", "'")


def tokenize(name: str) -> list[str]:
    """The words of a name, as the parser cuts them in running text."""
    return [t.text for t in parser().make_doc(name)]


def entity_types(vocabulary: Vocabulary) -> dict[str, str]:
    """The entity class of the contract for each class of the ontology: itself or the nearest above."""
    top = {t: t for t in cued_types(vocabulary)}
    found: dict[str, str] = {}
    for ident in top:
        for iri in vocabulary.below(ident):
            below = iri.removeprefix(RG)
            if below not in found or below == ident:
                found[below] = ident
    return found


@lru_cache(maxsize=4)
def cued_types(vocabulary: Vocabulary) -> tuple[str, ...]:
    """The entity classes: those that carry cues for names."""
    from kg.text.kinds import PROPERTIES  # noqa: PLC0415 - kinds needs the fold of this module

    return tuple(
        t.id
        for t in [vocabulary.term("Country"), *vocabulary.classes("Thing"), *_all_classes(vocabulary)]
        if t.id == "Country" or any(vocabulary.values(t.iri, RG + p) for p in PROPERTIES)
    )


def _all_classes(vocabulary: Vocabulary) -> list[Any]:
    known = {*vocabulary.children, *(c for below in vocabulary.children.values() for c in below)}
    return [vocabulary.term(i) for i in sorted(known) if i.startswith(RG)]


class Gazetteer:
    """The trie of all names."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._root: dict[str, Any] = {}
        for entry in _entries(vocabulary):
            node = self._root
            for word in tokenize(entry.name):
                if fold(word) in _SKIPPED and node is self._root:
                    continue
                node = node.setdefault(fold(word), {})
            if node is not self._root:
                held: list[Entry] = node.setdefault("", [])
                if all(h.iri != entry.iri for h in held):
                    held.append(entry)

    def matches(self, words: Sequence[str]) -> Iterator[Match]:
        """All matches in a sequence of words, the longest at each place, without overlap."""
        at, n = 0, len(words)
        while at < n:
            found = self._longest(words, at)
            if found:
                yield found
                at = found.end
            else:
                at += 1

    def _longest(self, words: Sequence[str], at: int) -> Match | None:
        first = words[at]
        if not first[0].isupper() and not first[0].isdigit():
            return None
        node: dict[str, Any] | None = self._root
        best: Match | None = None
        for end in range(at, len(words)):
            node = node.get(fold(words[end])) if node else None
            if node is None:
                break
            entries = node.get("")
            if entries:
                entry = next((e for e in entries if _written(e, words, at, end + 1)), None)
                best = Match(at, end + 1, entry) if entry else best
        return best


def _written(entry: Entry, words: Sequence[str], start: int, end: int) -> bool:
    """True where the words are written so that they can be the name."""
    word = words[start]
    if end - start > 1 or word == entry.name:
        return True
    shouted = word.isupper() and len(word) > _LONGEST_CODE
    return shouted or (entry.kind == "label" and word[0].isupper() and not entry.name.isupper())


def _entries(vocabulary: Vocabulary) -> Iterator[Entry]:
    for state in vocabulary.states:
        for name in state.names:
            yield Entry(state.iri, "Country", name, "label", state.alpha2)
        for name in state.demonyms:
            yield Entry(state.iri, "Country", name, "demonym", state.alpha2)
        if state.capital:
            yield Entry(state.iri, "Place", state.capital, "capital", state.alpha2)
    types = entity_types(vocabulary)
    for ident in sorted(set(types.values()) - {"Country"}):
        for term in vocabulary.individuals(ident):
            kind = next(
                (types[p.removeprefix(RG)] for p in term.parents if p.removeprefix(RG) in types), ident
            )
            for name in (*term.names, *vocabulary.values(term.iri, SKOS + "hiddenLabel")):
                yield Entry(term.iri, kind, name, "label")


@lru_cache(maxsize=4)
def gazetteer(vocabulary: Vocabulary) -> Gazetteer:
    """The gazetteer of a vocabulary, built once."""
    return Gazetteer(vocabulary)
