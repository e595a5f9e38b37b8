"""The build that is described, and the names that its description uses."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import pyoxigraph as ox
from rdflib import Literal, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, OWL, PROV, RDF, RDFS, SH, SKOS, VOID, XSD

from kg.addresses import GRAPHS, segment
from kg.stores import LICENCE
from kg.vocabulary import RG as RG_IRI

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from rdflib import Graph

    from kg.provenance import Input

RG = Namespace(RG_IRI)
DQV = Namespace("http://www.w3.org/ns/dqv#")
OA = Namespace("http://www.w3.org/ns/oa#")
SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
SPDX = Namespace("http://spdx.org/rdf/terms#")
SCHEMA = Namespace("https://schema.org/")
FORMATS = Namespace("http://www.w3.org/ns/formats/")

NAMESPACES: dict[str, str] = {
    "rg": str(RG),
    "dcat": str(DCAT),
    "dcterms": str(DCTERMS),
    "dqv": str(DQV),
    "foaf": str(FOAF),
    "formats": str(FORMATS),
    "oa": str(OA),
    "owl": str(OWL),
    "prov": str(PROV),
    "rdf": str(RDF),
    "rdfs": str(RDFS),
    "schema": str(SCHEMA),
    "sd": str(SD),
    "sh": str(SH),
    "skos": str(SKOS),
    "spdx": str(SPDX),
    "void": str(VOID),
    "xsd": str(XSD),
}


@dataclass(frozen=True)
class Subject:
    """A store, and what its making knows of it."""

    store: ox.Store
    base: str
    """Where the data's own IRIs stand; the site is what remains without its last segment."""
    identity: str
    """SHA-256 of the sorted N-Quads: the id of the build."""
    inputs: tuple[Input, ...]
    ontology: Path
    licence: str = LICENCE
    """Of the statements; the texts stay with their publishers."""

    @property
    def site(self) -> str:
        """The address under which pages, endpoint and dumps stand."""
        return self.base.rstrip("/").rpartition("/")[0] + "/"

    @property
    def dataset(self) -> URIRef:
        """The dataset."""
        return self.iri("dataset")

    @property
    def endpoint(self) -> URIRef:
        """The SPARQL endpoint."""
        return URIRef(f"{self.site}sparql")

    def iri(self, path: str) -> URIRef:
        """An address of the data."""
        return URIRef(self.base + path)

    def named(self, kind: str, iri: str) -> URIRef:
        """The address of what is said of a class or property of any vocabulary: `KIND/rg-Claim`."""
        return self.iri(f"dataset/{kind}/{self.short(iri).replace(':', '-')}")

    def short(self, iri: str) -> str:
        """`rg:Claim` for the address of a term; the address, as one segment, where no prefix is known."""
        for prefix, namespace in NAMESPACES.items():
            if iri.startswith(namespace) and iri != namespace:
                return f"{prefix}:{segment(iri.removeprefix(namespace))}"
        return segment(iri)

    def rows(self, query: str, **values: ox.NamedNode | ox.Literal) -> Iterator[Mapping[str, str]]:
        """The solutions of a query over all graphs but this description's, as plain values."""
        solutions = self.store.query(
            f"PREFIX rg: <{RG_IRI}> PREFIX oa: <{OA}> PREFIX rdf: <{RDF}> {query}",
            default_graph=self.graphs,
            substitutions={ox.Variable(name): value for name, value in values.items()},
        )
        assert isinstance(solutions, ox.QuerySolutions)  # noqa: S101 - all our queries are SELECT
        names = [variable.value for variable in solutions.variables]
        for row in solutions:
            yield {name: value_of(row[name]) for name in names}

    @cached_property
    def graphs(self) -> list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph]:
        """Every named graph but this description's."""
        own = f"{self.base}graph/dataset"
        return [g for g in self.store.named_graphs() if g.value != own]

    @property
    def shared_graphs(self) -> list[str]:
        """Names of the graphs that the store holds and that are no document's."""
        held = {g.value for g in self.graphs if isinstance(g, ox.NamedNode)}
        return [name for name in GRAPHS if f"{self.base}graph/{name}" in held]

    def size(self, name: str) -> int:
        """Statements in a named graph."""
        graph = ox.NamedNode(f"{self.base}graph/{name}")
        (row,) = self.rows("SELECT (COUNT(*) AS ?n) ?g WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g", g=graph)
        return int(row["n"])


def add_checksum(graph: Graph, of: URIRef, digest: str) -> None:
    """The SHA-256 of a file, as SPDX tells it."""
    iri = of + "/checksum"
    graph.add((of, SPDX.checksum, iri))
    graph.add((iri, RDF.type, SPDX.Checksum))
    graph.add((iri, SPDX.algorithm, SPDX.checksumAlgorithm_sha256))
    graph.add((iri, SPDX.checksumValue, Literal(digest, datatype=XSD.hexBinary, normalize=False)))


def value_of(term: object) -> str:
    """The value of a term alone; empty where unbound."""
    return str(getattr(term, "value", "")) if term is not None else ""
