"""The W3C's manifests as records: one `Case` an entry that isn't withdrawn."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.conformance.comparing import Term

MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
QT = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
UT = "http://www.w3.org/2009/sparql/tests/test-update#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
DAWGT = "http://www.w3.org/2001/sw/DataAccess/tests/test-dawg#"

FOLDERS = (
    "add",
    "aggregates",
    "basic-update",
    "bind",
    "bindings",
    "cast",
    "clear",
    "construct",
    "copy",
    "csv-tsv-res",
    "delete-data",
    "delete-insert",
    "delete-where",
    "delete",
    "drop",
    "exists",
    "functions",
    "grouping",
    "json-res",
    "move",
    "negation",
    "project-expression",
    "property-path",
    "subquery",
    "syntax-query",
    "syntax-update-1",
    "syntax-update-2",
    "syntax-fed",
    "update-silent",
)
"""Query, syntax, update and results of SPARQL 1.1; entailment and federation are other engines' business."""


@dataclass(frozen=True)
class Dataset:
    """Files of the default graph, and of named graphs by their name."""

    default: tuple[str, ...] = ()
    named: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Case:
    """One test."""

    name: str
    """Folder and name: `aggregates/agg01`."""
    kind: str
    """Local name of its type."""
    request: str
    """IRI of the query or update."""
    data: Dataset = field(default_factory=Dataset)
    result: str = ""
    """IRI of the expected result of a query."""
    expected: Dataset = field(default_factory=Dataset)
    """Expected content after an update."""


class Manifest:
    """A manifest's triples, with what reading them needs."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.base = path.resolve().as_uri()
        self._found: dict[Term, dict[str, list[Term]]] = {}
        for quad in ox.parse(path.read_bytes(), format=ox.RdfFormat.TURTLE, base_iri=self.base):
            self._found.setdefault(quad.subject, {}).setdefault(quad.predicate.value, []).append(quad.object)

    def all(self, node: Term, predicate: str) -> list[Term]:
        """The values of a property."""
        return self._found.get(node, {}).get(predicate, [])

    def one(self, node: Term, predicate: str) -> Term | None:
        """The value of a property, or None."""
        return next(iter(self.all(node, predicate)), None)

    def list(self, head: Term | None) -> Iterator[Term]:
        """The members of a collection."""
        while head is not None and head != ox.NamedNode(RDF + "nil"):
            first = self.one(head, RDF + "first")
            assert first is not None
            yield first
            head = self.one(head, RDF + "rest")

    def cases(self) -> Iterator[Case]:
        """The tests in order."""
        entries = self.one(ox.NamedNode(self.base), MF + "entries")
        for entry in self.list(entries):
            approval = self.one(entry, DAWGT + "approval")
            if approval is not None and approval.value.endswith("Withdrawn"):
                continue
            yield self._case(entry)

    def _case(self, entry: Term) -> Case:
        name = f"{self.path.parent.name}/{entry.value.rpartition('#')[2]}"
        kind = next(t.value.rpartition("#")[2] for t in self.all(entry, RDF + "type"))
        action, result = self.one(entry, MF + "action"), self.one(entry, MF + "result")
        assert action is not None
        if kind == "UpdateEvaluationTest":
            request = self.one(action, UT + "request")
            assert request is not None
            assert result is not None
            return Case(
                name,
                kind,
                request.value,
                self._update_data(action),
                expected=self._update_data(result),
            )
        query = self.one(action, QT + "query")
        if query is None:
            return Case(name, kind, action.value)
        data = Dataset(
            tuple(v.value for v in self.all(action, QT + "data")),
            tuple((v.value, v.value) for v in self.all(action, QT + "graphData")),
        )
        return Case(name, kind, query.value, data, result.value if result is not None else "")

    def _update_data(self, node: Term) -> Dataset:
        named = []
        for graph in self.all(node, UT + "graphData"):
            file, label = self.one(graph, UT + "graph"), self.one(graph, RDFS + "label")
            assert file is not None
            assert label is not None
            named.append((label.value, file.value))
        return Dataset(tuple(v.value for v in self.all(node, UT + "data")), tuple(named))


def cases(folder: Path) -> list[Case]:
    """Every test of SPARQL 1.1 below a folder that holds `sparql11`."""
    return [
        case for name in FOLDERS for case in Manifest(folder / "sparql11" / name / "manifest.ttl").cases()
    ]
