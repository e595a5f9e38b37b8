"""The ontology as a tree that one can read, search and follow to examples in the graph."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyoxigraph as ox
from flask import Blueprint, render_template, request

from kg.errors import NotFoundError
from kg.vocabulary import OWL, RG
from kg.web.pages.asking import ask
from kg.web.pages.links import label
from kg.web.pages.listing import rows
from kg.web.pages.snapshot import snapshot

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.web.pages.snapshot import Snapshot

blueprint = Blueprint("ontology", __name__)

_EXAMPLES = 5
_LEXICON = ("cue", "word")
"""How the properties end whose values are words of texts: shown apart from axioms."""
_LABELS = ("#label", "#altLabel", "#hiddenLabel")


class Terms(NamedTuple):
    """The terms of the ontology and how they stand under one another."""

    kinds: Mapping[str, str]
    """IRI to the local name of its OWL kind."""
    below: Mapping[str, Sequence[str]]
    above: Mapping[str, Sequence[str]]
    roots: Sequence[str]
    """Classes of ours without a class of ours above them."""


@lru_cache(maxsize=2)
def _terms(_at: Snapshot) -> Terms:
    kinds: dict[str, str] = {}
    above: dict[str, dict[str, None]] = defaultdict(dict)
    below: dict[str, dict[str, None]] = defaultdict(dict)
    for row in ask("terms"):
        kinds.setdefault(row["term"], row["kind"].removeprefix(OWL))
        if row["above"].startswith(RG):
            above[row["term"]][row["above"]] = None
            below[row["above"]][row["term"]] = None
    classes = [iri for iri, kind in kinds.items() if kind == "Class"]
    return Terms(
        kinds,
        {iri: tuple(found) for iri, found in below.items()},
        {iri: tuple(found) for iri, found in above.items()},
        sorted(iri for iri in classes if not above.get(iri)),
    )


@blueprint.get("/ontology")
def ontology() -> str:
    """The classes as a tree, the properties as a list, and what a search finds."""
    at = snapshot()
    terms = _terms(at)
    words = request.args.get("q", "").strip()
    found = []
    if words:
        wanted = words.casefold()
        found = [
            iri
            for iri in terms.kinds
            if any(wanted in text.casefold() for text in (iri, *at.labels.get(iri, {}).values()))
        ]
    of_kind = defaultdict(list)
    for iri, kind in terms.kinds.items():
        of_kind[kind].append(iri)
    return render_template(
        "ontology.html",
        terms=terms,
        words=words,
        found=sorted(found, key=label),
        of_kind=of_kind,
        uses=_uses(at),
    )


@blueprint.get("/ontology/<name>")
def term(name: str) -> str:
    """A term: labels in all languages, definition, axioms, and sentences that bear it."""
    iri = RG + name
    at = snapshot()
    terms = _terms(at)
    if iri not in terms.kinds:
        raise NotFoundError("no such term", where=name, mend="The ontology page lists those there are.")
    told = ask("term", term=[ox.NamedNode(iri)])
    facet, claims = _claims(at, iri)
    return render_template(
        "term.html",
        iri=iri,
        name=name,
        kind=terms.kinds[iri],
        paths=_paths(terms, iri),
        below=terms.below.get(iri, ()),
        labels=[r for r in told if r["property"].endswith(_LABELS)],
        definitions=[r for r in told if r["property"].endswith("#definition")],
        axioms=[r for r in told if not r["property"].endswith((*_LABELS, "#definition"))],
        cues={r["property"] for r in told if r["property"].casefold().endswith(_LEXICON)},
        restrictions=ask("restrictions", term=[ox.NamedNode(iri)]),
        facet=facet,
        count=len(claims),
        examples=rows(claims[:_EXAMPLES]),
        uses=_uses(at),
    )


def _claims(at: Snapshot, iri: str) -> tuple[str, list[str]]:
    """The facet in which a term is a value, and the claims that have it."""
    for name, facet in at.facets.items():
        if iri in facet.numbers:
            held = facet.holding([iri], len(at.claims))
            return name, [at.claims[n] for n in np.flatnonzero(held)]
    return "", []


def _paths(terms: Terms, iri: str) -> list[list[str]]:
    """The ways from the top of the tree to a term, at most three."""
    paths = [[iri]]
    while any(terms.above.get(path[0]) for path in paths):
        paths = [
            [up, *path] if up else path
            for path in paths
            for up in ([u for u in terms.above.get(path[0], ()) if u not in path] or [""])
        ][:3]
        if all(not [u for u in terms.above.get(p[0], ()) if u not in p] for p in paths):
            break
    return [path[:-1] for path in paths if len(path) > 1]


@lru_cache(maxsize=2)
def _uses(at: Snapshot) -> Mapping[str, int]:
    """How many claims each term has, those of the classes below it included."""
    terms = _terms(at)
    found: dict[str, int] = {}

    def total(iri: str, seen: frozenset[str]) -> int:
        if iri not in found:
            under = [c for c in terms.below.get(iri, ()) if c not in seen]
            found[iri] = at.uses.get(iri, 0) + sum(total(c, seen | {iri}) for c in under)
        return found[iri]

    for iri in terms.kinds:
        total(iri, frozenset({iri}))
    return found
