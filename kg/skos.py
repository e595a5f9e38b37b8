"""The vocabularies as SKOS: what thesaurus browsers and annotation tools read.

In: an ontology folder. Out: triples, one concept scheme a branch of the ontology; a class or
individual becomes a concept under its own address, its superclass (or broader right) the
broader concept, labels and definitions in every language that they have. Cues stay out: they
are patterns for a parser, not names.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from kg.reference import reference_lines
from kg.stores.oxigraph import in_memory
from kg.vocabulary import ID, OWL, RDF_TYPE, RDFS, RG, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Scheme(NamedTuple):
    """A concept scheme, and the upper class whose subclasses or members are its concepts."""

    name: str
    title: str
    root: str
    broader: str
    """Property from a concept to a broader one."""
    within: str = ""
    """Address of a scheme of the ontology: only its members count, and its names and version are told."""


SCHEMES = (
    Scheme("violations", "Kinds of violation", "HarmfulAct", f"{RDFS}subClassOf"),
    Scheme("actors", "Kinds of actor", "Actor", f"{RDFS}subClassOf"),
    Scheme("actions", "Actions of mechanisms", "MechanismAction", f"{RDFS}subClassOf"),
    Scheme("instruments", "Kinds of instrument", "Instrument", f"{RDFS}subClassOf"),
    Scheme("rights", "Rights and freedoms", "Right", f"{RG}broaderRight"),
    Scheme("ratings", "Civic space ratings", "RatingValue", f"{SKOS}broader"),
    Scheme("statuses", "Statuses of claims", "ClaimStatus", f"{SKOS}broader"),
    Scheme("topics", "Topics of recommendations", "Topic", f"{SKOS}broader", f"{ID}topic/scheme"),
    Scheme("themes", "Themes of recommendations", "Topic", f"{SKOS}broader", f"{ID}theme/scheme"),
)
LABELS = {
    f"{RDFS}label": "prefLabel",
    f"{SKOS}altLabel": "altLabel",
    f"{SKOS}hiddenLabel": "hiddenLabel",
    f"{SKOS}definition": "definition",
    f"{SKOS}example": "example",
    f"{SKOS}scopeNote": "scopeNote",
}
DCTERMS = "http://purl.org/dc/terms/"
KEPT = (
    f"{OWL}versionInfo",
    f"{RG}topicRight",
    f"{RG}verification",
    f"{DCTERMS}issued",
    f"{DCTERMS}source",
)
"""Said of a concept or scheme as the ontology says it."""
TYPE = ox.NamedNode(RDF_TYPE)


def skos(ontology: Path) -> list[ox.Triple]:
    """Every scheme with its concepts, sorted."""
    store = in_memory(reference_lines(ontology))
    return sorted({triple for scheme in SCHEMES for triple in _scheme(store, scheme)}, key=str)


def concepts(store: ox.Store, scheme: Scheme) -> list[ox.NamedNode]:
    """The concepts of a scheme: the subclasses of its root, or else its individuals."""
    below = _below(store, scheme.root) - {f"{RG}{scheme.root}"}
    if not below or scheme.broader != f"{RDFS}subClassOf":
        classes = below | {f"{RG}{scheme.root}"}
        below = {
            quad.subject.value
            for kind in classes
            for quad in store.quads_for_pattern(None, TYPE, ox.NamedNode(kind))
            if isinstance(quad.subject, ox.NamedNode)
        }
    found = [ox.NamedNode(iri) for iri in sorted(below)]
    if not scheme.within:
        return found
    whole = ox.NamedNode(scheme.within)
    return [c for c in found if any(store.quads_for_pattern(c, _skos("inScheme"), whole))]


def _below(store: ox.Store, root: str) -> set[str]:
    query = f"SELECT ?c WHERE {{ ?c <{RDFS}subClassOf>* <{RG}{root}> }}"
    found = store.query(query, use_default_graph_as_union=True)
    rows = found if isinstance(found, ox.QuerySolutions) else ()
    return {row["c"].value for row in rows if isinstance(row["c"], ox.NamedNode)}


def _scheme(store: ox.Store, scheme: Scheme) -> Iterator[ox.Triple]:
    """The triples of a scheme."""
    iri = ox.NamedNode(f"https://w3id.org/rightsgraph/scheme/{scheme.name}")
    yield ox.Triple(iri, TYPE, _skos("ConceptScheme"))
    if scheme.within:
        yield from _told_of(store, ox.NamedNode(scheme.within), iri)
    else:
        yield ox.Triple(iri, _skos("prefLabel"), ox.Literal(scheme.title, language="en"))
    held = concepts(store, scheme)
    for concept in held:
        yield ox.Triple(concept, TYPE, _skos("Concept"))
        yield ox.Triple(concept, _skos("inScheme"), iri)
        yield ox.Triple(concept, _skos("notation"), ox.Literal(re.split(r"[#/]", concept.value)[-1]))
        if scheme.within:
            codes = store.quads_for_pattern(concept, _skos("notation"), None)
            yield from (ox.Triple(concept, _skos("notation"), code.object) for code in codes)
        yield from _told_of(store, concept, concept)
        broader = [
            quad.object
            for quad in store.quads_for_pattern(concept, ox.NamedNode(scheme.broader), None)
            if quad.object in held and quad.object != concept
        ]
        for upper in broader:
            yield ox.Triple(concept, _skos("broader"), upper)
            if isinstance(upper, ox.NamedNode):
                yield ox.Triple(upper, _skos("narrower"), concept)
        if not broader:
            yield ox.Triple(concept, _skos("topConceptOf"), iri)
            yield ox.Triple(iri, _skos("hasTopConcept"), concept)
        if any(store.quads_for_pattern(concept, ox.NamedNode(f"{OWL}deprecated"), None)):
            yield ox.Triple(concept, ox.NamedNode(f"{OWL}deprecated"), ox.Literal(value=True))


def _told_of(store: ox.Store, term: ox.NamedNode, concept: ox.NamedNode) -> Iterator[ox.Triple]:
    """Names, definitions and version of a term, said of its concept or scheme."""
    for predicate, name in LABELS.items():
        for quad in store.quads_for_pattern(term, ox.NamedNode(predicate), None):
            yield ox.Triple(concept, _skos(name), quad.object)
    for predicate in KEPT:
        for quad in store.quads_for_pattern(term, ox.NamedNode(predicate), None):
            yield ox.Triple(concept, ox.NamedNode(predicate), quad.object)


def _skos(name: str) -> ox.NamedNode:
    return ox.NamedNode(SKOS + name)
