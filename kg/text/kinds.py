"""The class of a name nobody has listed.

Three things tell it: the words with which it begins, its head noun, the common noun beside
it. These cues are annotations on the entity classes of the ontology.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from kg.languages.english import DIRECTIONS
from kg.text.gazetteer import cued_types
from kg.vocabulary import RG

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.vocabulary import Vocabulary

PERSON = "Person"
PROPERTIES = ("nameCue", "headCue", "descriptorCue", "vagueHeadCue")
PREPOSITIONS = frozenset(
    {
        "of",
        "for",
        "on",
        "against",
        "without",
        "to",
        "in",
        "from",
        "with",
        "at",
        "about",
        "Against",
        "Without",
        "For",
        "On",
    }
)
COMPLEMENTING = PREPOSITIONS | {"the", "a", "an"}
"""What stands before a noun of the complement, which is no head."""
NAMED_AFTER = frozenset({"Instrument", "Event"})
"""Classes whose names begin with the name of a body: 'Council of Europe Convention on ...'."""
_LONGEST_CUE = 5
_DIRECTED = frozenset(d.capitalize() for d in DIRECTIONS) | {"Greater", "Inner", "Outer", "the", "The"}


class Kinds:
    """The cues of all entity classes, by their words."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        tables: dict[str, dict[tuple[str, ...], str]] = {p: {} for p in PROPERTIES}
        for ident in cued_types(vocabulary):
            for prop in PROPERTIES:
                for cue in vocabulary.values(RG + ident, RG + prop):
                    words = tuple(
                        cue.replace("'", " '").split() if prop != "descriptorCue" else cue.casefold().split()
                    )
                    tables[prop].setdefault(words, ident)
        self._names, self._heads, self._descriptors, self._vague = (tables[p] for p in PROPERTIES)
        self._no_names = {
            tuple(v.split())
            for t in cued_types(vocabulary)
            for v in vocabulary.values(RG + t, RG + "counterCue")
        }
        """Whole names that look like a class and are none."""
        self.given = frozenset(vocabulary.values(RG + "GivenNameWords", RG + "word"))
        """Names given to persons that dictionaries hold as words: 'Mark', 'Rosa'."""
        self._small = {c for c in self._names if c[0].islower()}
        self._small_first = {c[0] for c in self._small}
        self.openers = frozenset(c[-1] for c in self._heads) | frozenset(
            c[-2] for c in self._names if len(c) > 1 and c[-1] in PREPOSITIONS
        )
        """Head nouns that take a complement: 'Foundation for ...'."""

    def of(self, words: Sequence[str]) -> tuple[str, str] | None:
        """Class of a name and the cue that tells it, or None."""
        size = len(words)
        if tuple(words) in self._no_names:
            return None
        while size > 1 and (words[size - 1][0].isdigit() or words[size - 1] == "of"):
            size -= 1
        words = words[:size]
        begun = self._by_beginning(words)
        headed = self._by_head(words)
        if begun is None or begun[0] == "Place":
            return headed or begun
        plain = begun[1].split()[-1] not in PREPOSITIONS
        if plain and headed and headed[0] in NAMED_AFTER and headed[0] != begun[0]:
            return headed
        return begun

    def _by_beginning(self, words: Sequence[str]) -> tuple[str, str] | None:
        for at in range(min(4, len(words))):
            for size in range(min(_LONGEST_CUE, len(words) - at), 0, -1):
                cue = tuple(words[at : at + size])
                kind = self._names.get(cue) or self._stem(cue)
                whole = len(words) == at + size
                placed = whole or (cue[-1] in PREPOSITIONS and len(words) <= at + size + 2)
                if kind == "Place" and not (placed and (at == 0 or words[0] in _DIRECTED)):
                    continue
                if kind and (at == 0 or size > 1 or whole):
                    return kind, " ".join(cue)
        return None

    def _stem(self, cue: tuple[str, ...]) -> str | None:
        """A cue whose last word is cut before '-isation' or '-ization'."""
        last = cue[-1]
        for spelled in ("sation", "zation"):
            if last.endswith(spelled) and (kind := self._names.get((*cue[:-1], last[: -len(spelled)]))):
                return kind
        return None

    def _by_head(self, words: Sequence[str]) -> tuple[str, str] | None:
        cuts = [i for i, w in enumerate(words) if i and w in PREPOSITIONS]
        for end in (*cuts, len(words)):
            for size in range(min(3, end), 0, -1):
                cue = tuple(words[end - size : end])
                shouted = all(w.isupper() for w in cue) and tuple(w.capitalize() for w in cue)
                kind = self._heads.get(cue) or (self._heads.get(shouted) if shouted else None)
                before = end - size - 1
                if before >= 0 and words[before] == "-":
                    before -= 1
                if before >= 0 and words[before] in COMPLEMENTING:
                    continue
                inner = end < len(words)
                if inner and kind == "MediaOutlet":
                    continue
                complemented = (
                    inner and kind not in ("Place", "Event", "Instrument") and not cue[-1].endswith("s")
                )
                if kind and (end > size or size > 1 or complemented):
                    return kind, " ".join(cue)
        return None

    def small_head(self, words: Sequence[str]) -> tuple[str, int, bool] | None:
        """Class and length of a lower-case head at the beginning of some words, and whether it is vague."""
        for size in range(min(3, len(words)), 0, -1):
            cue = tuple(words[:size])
            if not all(w.islower() for w in cue):
                continue
            if kind := self._heads.get(cue):
                return kind, size, False
            if kind := self._vague.get(cue):
                return kind, size, True
        return None

    def small_name(self, words: Sequence[str]) -> int:
        """Length of a lower-case beginning of a name, 0 where there is none."""
        if not words or words[0] not in self._small_first:
            return 0
        return max((len(c) for c in self._small if tuple(words[: len(c)]) == c), default=0)

    def begins(self, words: Sequence[str]) -> bool:
        """True where some name cue begins with these words."""
        return any(c[: len(words)] == tuple(words) for c in self._names)

    def is_head(self, word: str) -> bool:
        """True for a word that ends names of some class."""
        return (word,) in self._heads

    def head_type(self, word: str) -> str | None:
        """The class of names that end in a word."""
        return self._heads.get((word,))

    def is_person(self, *words: str) -> bool:
        """True for words that describe a person: 'lawyer', 'General Secretary'."""
        found = self.described(words)
        return found is not None and found[0] == PERSON

    def described(self, words: Sequence[str]) -> tuple[str, str] | None:
        """The class of things that a common noun phrase describes, by its last words."""
        low = [w.casefold() for w in words]
        for size in range(min(3, len(low)), 0, -1):
            cue = tuple(low[-size:])
            if kind := self._descriptors.get(cue):
                return kind, " ".join(cue)
        return None


@lru_cache(maxsize=4)
def kinds(vocabulary: Vocabulary) -> Kinds:
    """The cues of a vocabulary, compiled once."""
    return Kinds(vocabulary)
