"""DCAT 3 and the SPARQL service description: the dataset, how it comes, and where it answers."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, PROV, RDF, RDFS, VOID, XSD

from kg.description.subject import FORMATS, SD, add_checksum
from kg.dumps import FORMATS as DUMPS

if TYPE_CHECKING:
    from kg.description.subject import Subject

IANA = "https://www.iana.org/assignments/media-types/"
W3C_FORMATS = {
    "nquads": "N-Quads",
    "trig": "TriG",
    "turtle": "Turtle",
    "ntriples": "N-Triples",
    "jsonld": "JSON-LD",
    "rdfxml": "RDF_XML",
}
RESULTS = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV")
KEYWORDS = ("human rights", "civic space", "violations", "recommendations", "Universal Periodic Review")
VERSION = URIRef(f"{DCAT}version")
"""New in DCAT 3, and not yet in rdflib's copy."""


def add(graph: Graph, subject: Subject) -> None:
    """Catalogue, dataset, distributions and service."""
    dataset = subject.dataset
    catalogue = subject.iri("catalogue")
    graph.add((catalogue, RDF.type, DCAT.Catalog))
    graph.add((catalogue, DCTERMS.title, Literal("RightsGraph catalogue", lang="en")))
    graph.add(
        (catalogue, DCTERMS.description, Literal("One dataset and the service that answers.", lang="en"))
    )
    graph.add((catalogue, DCAT.dataset, dataset))
    graph.add((catalogue, DCAT.service, subject.iri("service")))
    for kind in (DCAT.Dataset, VOID.Dataset, PROV.Entity):
        graph.add((dataset, RDF.type, kind))
    graph.add((dataset, DCTERMS.title, Literal("RightsGraph", lang="en")))
    about = (
        f"What {len(subject.inputs)} human rights documents say: who violated which right of whom, "
        "who says so, what is asked of whom. Every claim leads to its sentence."
    )
    graph.add((dataset, DCTERMS.description, Literal(about, lang="en")))
    graph.add((dataset, DCTERMS.identifier, Literal(subject.identity)))
    graph.add((dataset, DCTERMS.language, Literal("en")))
    graph.add((dataset, VERSION, Literal(subject.identity[:16])))
    graph.add((dataset, DCTERMS.license, URIRef(subject.licence)))
    rights = "Texts and quotes belong to their publishers. A claim is what its claimant says, not a finding."
    graph.add((dataset, DCTERMS.rights, Literal(rights, lang="en")))
    graph.add((dataset, DCTERMS.conformsTo, URIRef("https://w3id.org/rightsgraph/ontology")))
    graph.add((dataset, FOAF.homepage, URIRef(subject.site)))
    graph.add((dataset, DCAT.landingPage, URIRef(subject.site)))
    for word in KEYWORDS:
        graph.add((dataset, DCAT.keyword, Literal(word, lang="en")))
    if moment := issued():
        graph.add((dataset, DCTERMS.modified, moment))
    _add_publisher(graph, subject)
    _add_distributions(graph, subject)
    _add_service(graph, subject)


def issued() -> Literal | None:
    """The day that SOURCE_DATE_EPOCH gives, where it is set."""
    seconds = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not seconds.isdecimal():
        return None
    day = datetime.fromtimestamp(int(seconds), UTC).date()
    return Literal(day.isoformat(), datatype=XSD.date)


def _add_publisher(graph: Graph, subject: Subject) -> None:
    """The agent that publishes: whoever runs this site."""
    publisher = subject.iri("publisher")
    graph.add((subject.dataset, DCTERMS.publisher, publisher))
    graph.add((publisher, RDF.type, FOAF.Agent))
    graph.add((publisher, FOAF.name, Literal(f"The publisher of {subject.site}")))
    graph.add((publisher, FOAF.homepage, URIRef(subject.site)))


def _add_distributions(graph: Graph, subject: Subject) -> None:
    """One a syntax; the checksum of the sorted N-Quads is the id of the build."""
    for name, form in DUMPS.items():
        iri = subject.iri(f"dataset/distribution/{name}")
        address = URIRef(f"{subject.site}dump/rightsgraph{form.suffix}")
        graph.add((subject.dataset, DCAT.distribution, iri))
        graph.add((subject.dataset, VOID.dataDump, address))
        graph.add((iri, RDF.type, DCAT.Distribution))
        graph.add((iri, DCTERMS.title, Literal(f"RightsGraph as {W3C_FORMATS[name]}", lang="en")))
        graph.add((iri, DCAT.downloadURL, address))
        graph.add((iri, DCAT.accessURL, URIRef(subject.site)))
        graph.add((iri, DCAT.mediaType, URIRef(IANA + form.syntax.media_type)))
        graph.add((iri, DCTERMS["format"], FORMATS[W3C_FORMATS[name]]))
        graph.add((iri, DCTERMS.license, URIRef(subject.licence)))
        if name == "nquads":
            add_checksum(graph, iri, subject.identity)


def _add_service(graph: Graph, subject: Subject) -> None:
    """The endpoint, as DCAT and as SPARQL 1.1 Service Description tell it."""
    service = subject.iri("service")
    for kind in (DCAT.DataService, SD.Service):
        graph.add((service, RDF.type, kind))
    graph.add((service, DCTERMS.title, Literal("RightsGraph SPARQL endpoint", lang="en")))
    graph.add((service, DCAT.endpointURL, subject.endpoint))
    graph.add((service, DCAT.endpointDescription, URIRef(f"{subject.site}.well-known/void")))
    graph.add((service, DCAT.servesDataset, subject.dataset))
    graph.add((subject.dataset, VOID.sparqlEndpoint, subject.endpoint))
    graph.add((service, SD.endpoint, subject.endpoint))
    graph.add((service, SD.supportedLanguage, SD.SPARQL11Query))
    graph.add((service, SD.feature, SD.UnionDefaultGraph))
    for name in RESULTS:
        graph.add((service, SD.resultFormat, FORMATS[name]))
    for name in W3C_FORMATS.values():
        graph.add((service, SD.resultFormat, FORMATS[name]))
    held = subject.iri("service/dataset")
    graph.add((service, SD.defaultDataset, held))
    graph.add((held, RDF.type, SD.Dataset))
    default = subject.iri("service/dataset/default")
    graph.add((held, SD.defaultGraph, default))
    graph.add((default, RDF.type, SD.Graph))
    graph.add((default, RDFS.label, Literal("the union of all named graphs", lang="en")))
    for name in subject.shared_graphs:
        entry = subject.iri(f"service/dataset/{name}")
        graph.add((held, SD.namedGraph, entry))
        graph.add((entry, RDF.type, SD.NamedGraph))
        graph.add((entry, SD.name, subject.iri(f"graph/{name}")))
        graph.add((entry, RDFS.label, Literal(f"the graph '{name}'", lang="en")))
    graph.add((held, RDFS.comment, Literal("Every document has a named graph of its own.", lang="en")))
