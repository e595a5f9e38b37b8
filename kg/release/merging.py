"""All modules as one ontology, in an order that depends on nothing but what it says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pyoxigraph as ox
from rdflib import BNode, Graph, Literal, URIRef

from kg.reasoner import merged
from kg.vocabulary import ID, OWL, RDF_TYPE, RDFS, RG, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from rdflib.term import Node

ONTOLOGY = "https://w3id.org/rightsgraph/ontology"
MERGED = "rightsgraph.ttl"
PREFIXES = {
    "rg": RG,
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "owl": OWL,
    "rdfs": RDFS,
    "skos": SKOS,
    "dcterms": "http://purl.org/dc/terms/",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "prov": "http://www.w3.org/ns/prov#",
    "vann": "http://purl.org/vocab/vann/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
DATA = re.compile(re.escape(ID) + r"(\w+)/")
"""An address of the data: its kind becomes a prefix."""


def whole(folder: Path) -> list[ox.Triple]:
    """The triples of all modules under one header, blank nodes named by what they say, sorted."""
    triples = list(merged(folder))
    headers = {
        t.subject
        for t in triples
        if t.predicate.value == RDF_TYPE and t.object == ox.NamedNode(f"{OWL}Ontology")
    } - {ox.NamedNode(ONTOLOGY)}
    kept = ox.Dataset(ox.Quad(*t) for t in triples if t.subject not in headers)
    kept.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return sorted((q.triple for q in kept), key=str)


def header(triples: Iterable[ox.Triple]) -> dict[str, str]:
    """What the ontology says of itself, in English where it has a language; by local name."""
    found = {}
    for triple in triples:
        said = triple.object
        if triple.subject == ox.NamedNode(ONTOLOGY) and getattr(said, "language", None) in (None, "en"):
            name = triple.predicate.value.rpartition("#")[2].rpartition("/")[2]
            found[name] = str(getattr(said, "value", said))
    return found


def turtle(triples: Iterable[ox.Triple]) -> bytes:
    """Turtle as people read it: prefixes, nested expressions, one block a term."""
    graph = Graph(bind_namespaces="none")
    for prefix, iri in PREFIXES.items():
        graph.bind(prefix, iri)
    triples = list(triples)
    nodes = {term.value for t in triples for term in (t.subject, t.object) if isinstance(term, ox.NamedNode)}
    for kind in sorted({found[1] for iri in nodes if (found := DATA.match(iri))}):
        graph.bind(kind, f"{ID}{kind}/")
    for triple in triples:
        graph.add((node(triple.subject), node(triple.predicate), node(triple.object)))
    return graph.serialize(format="turtle", encoding="utf-8")


def node(term: object) -> Node:
    """A term of pyoxigraph as rdflib holds it."""
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    if isinstance(term, ox.Literal):
        if term.language:
            return Literal(term.value, lang=term.language)
        plain = term.datatype.value.endswith("#string")
        return Literal(term.value, datatype=None if plain else URIRef(term.datatype.value), normalize=False)
    return URIRef(str(getattr(term, "value", term)))
