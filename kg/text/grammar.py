"""The grammar of the cue language, told in docs/lexicon.md: strings of the ontology to `Cue`s.

In: the strings of `rg:cue` and `rg:counterCue`, the labels of terms, and the word sets that
strings share. Out: compiled cues. A string that isn't of the grammar stops the start.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.errors import OntologyError
from kg.text.patterns import Constraint, Cue, Element, Word, Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

STEM = 3
"""Shortest beginning that a wildcard may have: 'ill*'."""
LABEL_WEIGHT = 0.7
ROLES = frozenset(
    {
        "subj",
        "obj",
        "of",
        "by",
        "for",
        "with",
        "on",
        "against",
        "from",
        "to",
        "in",
        "into",
        "as",
        "at",
        "about",
        "over",
        "under",
        "without",
        "after",
        "comp",
        "mod",
        "poss",
        "head",
        "near",
        "neg",
        "upon",
        "towards",
        "between",
        "within",
        "during",
    }
)
SLOTS = frozenset({"victim", "perpetrator", "actor", "country"})
ELEMENT = re.compile(r"(?P<optional>\??)(?P<words>[^/\s:^]+)(?:/(?P<pos>[A-Z|]+))?$")
CONSTRAINT = re.compile(r"(?P<no>-?)(?P<roles>[a-z|]+):(?P<values>\S+)$")
ASSIGNMENT = re.compile(r"(?P<slot>[a-z]+)=(?P<roles>[a-z|]+)$")
STATUS = re.compile(r"status=(?P<status>[a-z]+)$")
WEIGHT = re.compile(r"\^(?P<weight>0?\.\d+)$")


@dataclass
class WordSets:
    """Named sets of words that cues share: '@police', '@journalist'."""

    words: Mapping[str, Iterable[str]] = field(default_factory=dict)

    def expand(self, name: str, where: str, seen: tuple[str, ...] = ()) -> Iterator[str]:
        """The words of a set, those of sets within it included. Raises OntologyError for an unknown one."""
        if name not in self.words or name in seen:
            raise OntologyError(
                f"no word set @{name}" if name not in self.words else f"word set @{name} holds itself",
                where=where,
                mend="Word sets are the individuals of rg:WordSet in ontology/lexicon.",
            )
        for word in sorted(self.words[name]):
            if word.startswith("@"):
                yield from self.expand(word[1:], where, (*seen, name))
            else:
                yield word


def parse_cue(term: str, source: str, sets: WordSets) -> list[Cue]:
    """The cues that a string of the lexicon stands for: one more for each hyphened alternative.

    Raises OntologyError for a string that isn't of the grammar.
    """
    where = f"cue of {term}: {source!r}"
    variants: list[list[Element]] = [[]]
    constraints: list[Constraint] = []
    slots: list[tuple[str, tuple[str, ...]]] = []
    weight, status = 0.8, ""
    for part in source.split():
        if part == "...":
            variants = [[*v, Element(Words())] for v in variants]
        elif found := WEIGHT.match(part):
            weight = float(found["weight"])
        elif found := STATUS.match(part):
            status = found["status"]
        elif (found := ASSIGNMENT.match(part)) and found["slot"] in SLOTS:
            slots.append((found["slot"], tuple(found["roles"].split("|"))))
        elif (found := CONSTRAINT.match(part)) and set(found["roles"].split("|")) <= ROLES:
            constraints.append(
                _constraint(found["roles"], found["values"], sets, where, forbidden=bool(found["no"]))
            )
        elif found := ELEMENT.match(part):
            pos = frozenset((found["pos"] or "").split("|")) - {""}
            words = _words(found["words"], sets, where)
            variants = [
                [*v, *e] for v in variants for e in _elements(words, pos, optional=bool(found["optional"]))
            ]
        else:
            raise OntologyError(f"{part!r} is no part of a cue", where=where, mend="See docs/lexicon.md.")
    for elements in variants:
        _check(elements, where)
    return [Cue(term, source, tuple(v), tuple(constraints), tuple(slots), status, weight) for v in variants]


def _check(elements: list[Element], where: str) -> None:
    """Raises OntologyError for a sequence that would match nothing, or anything."""
    if all(e.optional or not e.words for e in elements):
        raise OntologyError("nothing that must stand in the text", where=where, mend="See docs/lexicon.md.")
    if not elements[0].words or not elements[-1].words:
        raise OntologyError("a gap at the edge", where=where, mend="See docs/lexicon.md.")


def _elements(words: Iterable[Word], pos: frozenset[str], *, optional: bool) -> Iterator[list[Element]]:
    """Ways to write an element: the parser splits words at hyphens, so 'self-censor*' is three tokens."""
    words = tuple(words)
    plain = [w for w in words if "-" not in w.text]
    if plain:
        yield [Element(Words(plain), pos, optional)]
    for word in words:
        if "-" in word.text:
            parts = [p for p in re.split("(-)", word.text) if p]
            last = len(parts) - 1
            yield [
                Element(Words([Word(p, word.prefix and i == last)]), optional=optional)
                for i, p in enumerate(parts)
            ]


def label_cue(term: str, label: str) -> Cue:
    """A label as a cue: its words in order, each in any inflection that the lemma tells."""
    words = re.findall(r"[\w’'-]+", label.casefold())
    pieces = [p for w in words for p in re.split(r"(-)", w) if p]
    elements = tuple(Element(Words([Word(p), *map(Word, _bases(p))])) for p in pieces)
    return Cue(term, label, elements, weight=LABEL_WEIGHT, label=True)


def _bases(word: str) -> list[str]:
    """Likely lemmas of a word of a label: 'killings' -> 'killing'."""
    bases = []
    if word.endswith("ies"):
        bases.append(word[:-3] + "y")
    if word.endswith("es"):
        bases.append(word[:-2])
    if word.endswith("s") and not word.endswith("ss"):
        bases.append(word[:-1])
    return bases


def _words(text: str, sets: WordSets, where: str) -> Iterator[Word]:
    for word in text.split("|"):
        for plain in sets.expand(word[1:], where) if word.startswith("@") else (word,):
            exact = plain.startswith("=")
            base = plain.removeprefix("=").casefold()
            prefix = base.endswith("*")
            base = base.removesuffix("*")
            if not base or (prefix and len(base) < STEM):
                raise OntologyError(
                    f"{plain!r} is too short", where=where, mend=f"Write {STEM} letters before '*'."
                )
            yield Word(base, prefix, exact)


def _constraint(roles: str, text: str, sets: WordSets, where: str, *, forbidden: bool) -> Constraint:
    values: list[tuple[Words, ...]] = []
    single: list[Word] = []
    classes: set[str] = set()
    absent = False
    for value in text.split("|"):
        if value == "none":
            absent = True
        elif value.startswith("@") and value[1:2].isupper():
            classes.add(value[1:])
        elif "+" in value:
            values.append(tuple(Words(_words(part, sets, where)) for part in value.split("+")))
        else:
            single += _words(value, sets, where)
    if single:
        values.append((Words(single),))
    return Constraint(tuple(roles.split("|")), forbidden, tuple(values), absent, frozenset(classes))
