"""The questions as SHACL executables: what SPARQL editors and crawlers offer as examples."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rdflib import Graph, Literal
from rdflib.namespace import DCTERMS, RDF, RDFS, SH, XSD

from kg.description.subject import SCHEMA
from kg.questions import questions

if TYPE_CHECKING:
    from kg.description.subject import Subject

_PREFIX = re.compile(r"PREFIX (\w+): <([^>]+)>\n")


def add(graph: Graph, subject: Subject) -> None:
    """One executable a question, with its keywords, prefixes and endpoint."""
    held = subject.iri("query-prefixes")
    for name, question in questions().items():
        iri = subject.iri(f"query/{name}")
        text = question.bound(base=subject.base)
        graph.add((iri, RDF.type, SH.SPARQLExecutable))
        graph.add((iri, RDF.type, SH.SPARQLSelectExecutable))
        graph.add((iri, RDFS.label, Literal(question.summary, lang="en")))
        graph.add((iri, RDFS.comment, Literal(question.summary, lang="en")))
        graph.add((iri, SH.select, Literal(text)))
        graph.add((iri, SH.prefixes, held))
        graph.add((iri, SCHEMA.target, subject.endpoint))
        graph.add((iri, DCTERMS.isPartOf, subject.dataset))
        for tag in question.tags:
            graph.add((iri, SCHEMA.keywords, Literal(tag)))
        for prefix, namespace in _PREFIX.findall(text):
            declared = subject.iri(f"query-prefixes/{prefix}")
            graph.add((held, SH.declare, declared))
            graph.add((declared, RDF.type, SH.PrefixDeclaration))
            graph.add((declared, SH.prefix, Literal(prefix)))
            graph.add((declared, SH.namespace, Literal(namespace, datatype=XSD.anyURI)))
