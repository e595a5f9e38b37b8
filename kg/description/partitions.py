"""VoID: how much there is of what, by class and by property, and where it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF, RDFS, VOID

from kg.description.subject import FORMATS, NAMESPACES

if TYPE_CHECKING:
    from kg.description.subject import Subject

TOTALS = {
    VOID.triples: "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }",
    VOID.distinctSubjects: "SELECT (COUNT(DISTINCT ?s) AS ?n) WHERE { ?s ?p ?o }",
    VOID.distinctObjects: "SELECT (COUNT(DISTINCT ?o) AS ?n) WHERE { ?s ?p ?o }",
    VOID.classes: "SELECT (COUNT(DISTINCT ?c) AS ?n) WHERE { ?s a ?c }",
    VOID.properties: "SELECT (COUNT(DISTINCT ?p) AS ?n) WHERE { ?s ?p ?o }",
}
CLASSES = "SELECT ?class (COUNT(DISTINCT ?s) AS ?n) WHERE { ?s a ?class } GROUP BY ?class ORDER BY ?class"
PROPERTIES = """SELECT ?property (COUNT(*) AS ?n) (COUNT(DISTINCT ?s) AS ?subjects)
(COUNT(DISTINCT ?o) AS ?objects) WHERE { ?s ?property ?o } GROUP BY ?property ORDER BY ?property"""
OF_CLASS = """SELECT ?class ?property (COUNT(*) AS ?n) WHERE { ?s a ?class ; ?property ?o }
GROUP BY ?class ?property ORDER BY ?class ?property"""
EXAMPLES = "SELECT ?thing WHERE { ?thing a rg:Claim } ORDER BY ?thing LIMIT 3"


def add(graph: Graph, subject: Subject) -> None:
    """Totals, partitions, vocabularies and examples."""
    dataset = subject.dataset
    for predicate, query in TOTALS.items():
        (row,) = subject.rows(query)
        graph.add((dataset, predicate, Literal(int(row["n"]))))
    graph.add((dataset, VOID.uriSpace, Literal(subject.base)))
    graph.add((dataset, VOID.feature, FORMATS["N-Quads"]))
    for row in subject.rows(EXAMPLES):
        graph.add((dataset, VOID.exampleResource, URIRef(row["thing"])))
    used = set()
    for row in subject.rows(CLASSES):
        partition = _part(graph, subject, "class", VOID.classPartition, row["class"])
        graph.add((partition, VOID["class"], URIRef(row["class"])))
        graph.add((partition, VOID.entities, Literal(int(row["n"]))))
        used.add(row["class"])
    for row in subject.rows(PROPERTIES):
        partition = _part(graph, subject, "property", VOID.propertyPartition, row["property"])
        graph.add((partition, VOID.property, URIRef(row["property"])))
        graph.add((partition, VOID.triples, Literal(int(row["n"]))))
        graph.add((partition, VOID.distinctSubjects, Literal(int(row["subjects"]))))
        graph.add((partition, VOID.distinctObjects, Literal(int(row["objects"]))))
        used.add(row["property"])
    for row in subject.rows(OF_CLASS):
        owner = subject.named("class", row["class"])
        partition = URIRef(f"{owner}/{subject.short(row['property']).replace(':', '-')}")
        graph.add((owner, VOID.propertyPartition, partition))
        graph.add((partition, RDF.type, VOID.Dataset))
        graph.add((partition, VOID.property, URIRef(row["property"])))
        graph.add((partition, VOID.triples, Literal(int(row["n"]))))
    for namespace in NAMESPACES.values():
        if any(iri.startswith(namespace) for iri in used):
            graph.add((dataset, VOID.vocabulary, URIRef(namespace)))
    _add_subsets(graph, subject)


def _part(graph: Graph, subject: Subject, kind: str, predicate: URIRef, iri: str) -> URIRef:
    partition = subject.named(kind, iri)
    graph.add((subject.dataset, predicate, partition))
    graph.add((partition, RDF.type, VOID.Dataset))
    graph.add((partition, RDFS.label, Literal(f"the part of {subject.short(iri)}", lang="en")))
    return partition


def _add_subsets(graph: Graph, subject: Subject) -> None:
    """The graphs that are no document's, and the documents taken together."""
    for name in subject.shared_graphs:
        subset = subject.iri(f"dataset/subset/{name}")
        graph.add((subject.dataset, VOID.subset, subset))
        graph.add((subset, RDF.type, VOID.Dataset))
        graph.add((subset, RDFS.label, Literal(f"what stands in the graph '{name}'", lang="en")))
        graph.add((subset, VOID.rootResource, subject.iri(f"graph/{name}")))
        graph.add((subset, VOID.triples, Literal(subject.size(name))))
