"""What pages need again and again of one version of the store: labels, names, the claims by facet.

In: the queries of `queries/pages` and `queries/facets`. Out: a `Snapshot`, read once a version
of the store and shared by all requests. Facets are arrays of small numbers: counting them
takes milliseconds for a hundred thousand claims, where a query for each takes a second.
"""

from __future__ import annotations

import threading
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from kg.questions import questions
from kg.vocabulary import RG
from kg.web.pages.asking import Row, Term, ask, fill, service, value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

_ORDER = (
    "kind", "country", "type", "right", "status", "claimant", "group", "victim", "perpetrator-kind",
    "perpetrator", "year", "publisher", "document", "rule", "review",
)  # fmt: skip
"""The order in which facets stand; one that isn't named here comes last."""


@dataclass(frozen=True, eq=False)
class Facet:
    """One way to narrow claims: its values, and which claim has which."""

    name: str
    summary: str
    values: tuple[Term, ...]
    claims: NDArray[np.int32]
    """Numbers of claims, ..."""
    codes: NDArray[np.int32]
    """... and beside each the number of a value."""

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """Numbers of the values by their texts."""
        return {term.value: n for n, term in enumerate(self.values)}

    def holding(self, chosen: Iterable[str], size: int) -> NDArray[np.bool_]:
        """True for each claim that has one of these values."""
        wanted = np.zeros(len(self.values), dtype=bool)
        for text in chosen:
            if (number := self.numbers.get(text)) is not None:
                wanted[number] = True
        held = np.zeros(size, dtype=bool)
        held[self.claims[wanted[self.codes]]] = True
        return held

    def of(self, number: int) -> list[str]:
        """The values of one claim."""
        return [self.values[code].value for code in self.codes[self.claims == number]]

    def counts(self, among: NDArray[np.bool_]) -> list[tuple[Term, int]]:
        """How many of these claims have each value, most first; values without any left out."""
        found = np.bincount(self.codes[among[self.claims]], minlength=len(self.values))
        ranked = sorted(((-int(found[n]), term.value, n) for n, term in enumerate(self.values) if found[n]))
        return [(self.values[n], -count) for count, _, n in ranked]


@dataclass(frozen=True, eq=False)
class Snapshot:
    """One version of the store as pages see it."""

    version: str
    base: str
    labels: Mapping[str, Mapping[str, str]]
    """IRI to language to label."""
    names: Sequence[Row]
    """The entities that documents name."""
    claims: tuple[str, ...]
    """IRIs of the claims that say more than a name; newest first, then as documents go."""
    days: tuple[str, ...]
    """The day of each, as precise as told."""
    sure: NDArray[np.float32]
    """How sure the extraction is of each."""
    facets: Mapping[str, Facet]
    documents: int
    articles: frozenset[str]
    """Items in which at least one of the claims stands."""
    resting: Mapping[str, Sequence[int]]
    """Evidence to the numbers of the claims that rest on it."""
    uses: Mapping[str, int]
    """How many claims each term has."""
    named: Mapping[str, str] = field(default_factory=dict)
    """IRI to name, for what only documents name."""

    def label(self, iri: str, language: str) -> str:
        """What a thing is called, in a language where it has a label in it."""
        known = self.labels.get(iri)
        if known:
            return known.get(language) or known.get("en") or next(iter(known.values()))
        return self.named.get(iri) or iri.rstrip("/").rpartition("/")[2].rpartition("#")[2]

    @cached_property
    def places(self) -> Mapping[str, int]:
        """The number of each claim."""
        return {iri: number for number, iri in enumerate(self.claims)}

    @cached_property
    def everything(self) -> NDArray[np.bool_]:
        """True for each claim."""
        return np.ones(len(self.claims), dtype=bool)

    def among(self, chosen: Mapping[str, Sequence[str]], but: str = "") -> NDArray[np.bool_]:
        """True for each claim that has, of each facet that is chosen, one of the values."""
        held = self.everything
        for name, values in chosen.items():
            if name != but and values and name in self.facets:
                held = held & self.facets[name].holding(values, len(self.claims))
        return held

    def count(self, **chosen: str) -> int:
        """How many claims have these values."""
        return int(self.among({name: [text] for name, text in chosen.items()}).sum())


_LOCK = threading.Lock()
_KEPT: dict[tuple[str, str], Snapshot] = {}


def snapshot() -> Snapshot:
    """The snapshot of the store that is served now."""
    at = service()
    key = (str(at.folder), at.version)
    if key not in _KEPT:
        with _LOCK:
            if key not in _KEPT:
                found = _read(key[1])
                for old in [k for k in _KEPT if k[0] == key[0]]:
                    del _KEPT[old]
                _KEPT[key] = found
    return _KEPT[key]


def _read(version: str) -> Snapshot:
    base = service().graph_iri
    labels: dict[str, dict[str, str]] = defaultdict(dict)
    for row in ask("labels"):
        labels[row["thing"]].setdefault(row["language"] or "en", row["label"])
    names = ask("names")
    places: dict[str, tuple[str, str, int]] = {}
    latest: dict[str, str] = {}
    resting: dict[str, list[int]] = defaultdict(list)
    told = ask("claims")
    for row in told:
        # The address of evidence tells the document and the place: see docs/model.md.
        document, _, span = row["evidence"].rpartition("/")
        start = int(span.partition("-")[0])
        places[row["claim"]] = min(
            places.get(row["claim"], (document, row["item"], start)), (document, row["item"], start)
        )
        latest[row["claim"]] = max(latest.get(row["claim"], ""), row["day"])
    # Newest first; those of one day in the order of documents and of the text.
    order = sorted(places, key=lambda iri: (places[iri][0], places[iri][2], iri))
    claims = tuple(sorted(order, key=latest.__getitem__, reverse=True))
    numbers = {iri: n for n, iri in enumerate(claims)}
    sure = np.zeros(len(claims), dtype=np.float32)
    for row in told:
        sure[numbers[row["claim"]]] = float(row["confidence"] or 0)
        resting[row["evidence"]].append(numbers[row["claim"]])
    found = questions("facets")
    ranked = sorted(found, key=lambda n: (_ORDER.index(n) if n in _ORDER else len(_ORDER), n))
    facets = {n: _facet(n, found[n].summary, found[n].text, numbers) for n in ranked}
    named = {r["entity"]: r["label"] for r in names}
    documents = {r["document"]: r["file"] for r in ask("documents")}
    named |= documents
    uses = {r["term"]: int(r["claims"]) for r in ask("uses")}
    articles = frozenset(item for _, item, _ in places.values())
    days = tuple(latest[iri] for iri in claims)
    return Snapshot(
        version,
        base,
        dict(labels),
        names,
        claims,
        days,
        sure,
        facets,
        len(documents),
        articles,
        dict(resting),
        uses,
        named,
    )


def _facet(name: str, summary: str, text: str, numbers: Mapping[str, int]) -> Facet:
    """A facet from the solutions of its query."""
    codes: dict[Term, int] = {}
    pairs: list[tuple[int, int]] = []
    for row in service().solutions(fill(text)):
        number, term = numbers.get(value(row["claim"])), row["value"]
        if number is not None and isinstance(term, Term) and term.value:
            pairs.append((number, codes.setdefault(term, len(codes))))
    table = np.array(sorted(set(pairs)), dtype=np.int32).reshape(-1, 2)
    return Facet(name, summary, tuple(codes), table[:, 0], table[:, 1])


def tally(texts: Iterable[str]) -> list[tuple[str, int]]:
    """Texts with how often they come, in the order of the texts."""
    return sorted(Counter(texts).items())


def local(iri: str) -> str:
    """The name of a term of the ontology without its namespace."""
    return iri.removeprefix(RG)
