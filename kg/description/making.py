"""PROV of the build: from which texts, by which code, ontology, rules and weights it was made."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, PROV, RDF, RDFS

from kg.addresses import segment
from kg.description.subject import RG, add_checksum
from kg.provenance import ontology_hash, versions

if TYPE_CHECKING:
    from kg.description.subject import Subject

RULES = """SELECT ?rule (COUNT(?claim) AS ?n) WHERE { ?claim rg:foundBy ?rule }
GROUP BY ?rule ORDER BY ?rule"""
WEIGHTS = Path(__file__).resolve().parent.parent / "weights"


def add(graph: Graph, subject: Subject) -> None:
    """The activity, what it used and who stands for it."""
    activity = subject.iri(f"build/{subject.identity[:16]}")
    graph.add((activity, RDF.type, PROV.Activity))
    graph.add((activity, RDFS.label, Literal(f"build {subject.identity[:16]}", lang="en")))
    graph.add((activity, PROV.generated, subject.dataset))
    graph.add((subject.dataset, PROV.wasGeneratedBy, activity))
    for document in subject.inputs:
        iri = subject.iri(f"document/{document.sha256[:16]}")
        graph.add((activity, PROV.used, iri))
        graph.add((subject.dataset, PROV.wasDerivedFrom, iri))
    ontology = subject.iri("build/ontology")
    graph.add((activity, PROV.used, ontology))
    graph.add((ontology, RDF.type, PROV.Entity))
    graph.add(
        (
            ontology,
            RDFS.label,
            Literal("the ontology of this build, with lexicon and reference data", lang="en"),
        )
    )
    graph.add((ontology, PROV.specializationOf, URIRef("https://w3id.org/rightsgraph/ontology")))
    add_checksum(graph, subject.iri("build/ontology"), ontology_hash(subject.ontology))
    _add_software(graph, subject, activity)
    _add_weights(graph, subject, activity)
    for row in subject.rows(RULES):
        rule = URIRef(row["rule"])
        graph.add((activity, PROV.used, rule))
        graph.add((rule, RDF.type, RG.ExtractionRule))
        name = row["rule"].rpartition("/")[2]
        graph.add((rule, RDFS.label, Literal(name.replace("-", " "), lang="en")))
        graph.add((rule, RDFS.comment, Literal(f"It found {int(row['n'])} claims of this build.", lang="en")))


def _add_software(graph: Graph, subject: Subject, activity: URIRef) -> None:
    for name, version in versions().items():
        agent = subject.iri(f"software/{segment(name)}/{segment(version)}")
        graph.add((activity, PROV.wasAssociatedWith, agent))
        graph.add((agent, RDF.type, PROV.SoftwareAgent))
        graph.add((agent, RDFS.label, Literal(f"{name} {version}", lang="en")))
        graph.add((agent, DCTERMS.hasVersion, Literal(version)))


def _add_weights(graph: Graph, subject: Subject, activity: URIRef) -> None:
    """The files of learned weights that ship with the code."""
    for path in sorted(WEIGHTS.glob("*")):
        if path.is_file() and path.suffix != ".json":
            iri = subject.iri(f"weights/{segment(path.name)}")
            graph.add((activity, PROV.used, iri))
            graph.add((iri, RDF.type, PROV.Entity))
            graph.add((iri, RDFS.label, Literal(path.name)))
            add_checksum(graph, iri, hashlib.sha256(path.read_bytes()).hexdigest())
