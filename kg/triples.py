"""Claims to RDF: one named graph a document, in the shape that docs/model.md tells.

In: a `Document` and the `ItemClaims` of its items. Out: an `rdflib.Graph` whose identifier is
the document's graph, without blank nodes, every address minted from content. The slots of what
a claim reports stand in `kg.slots`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, RDF, RDFS, SKOS, XSD

from kg import addresses
from kg.model import EntityNamed, MechanismAction, Span, Violation
from kg.slots import CONTENT, RG, Place, camel, date, entity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.model import Claim, Document, Entity, ItemClaims

OA = Namespace("http://www.w3.org/ns/oa#")

CONTEXT = 32
"""Code points of text before and after a quote in its selector, to find it again in a changed copy."""


def document_graph(document: Document, items: Iterable[ItemClaims]) -> Graph:
    """The named graph of a document: its text, its items and all their claims."""
    sha256 = document.sha256
    graph = Graph(identifier=URIRef(addresses.graph(sha256)), bind_namespaces="none")
    iri = URIRef(addresses.document(sha256))
    graph.add((iri, RDF.type, RG.Document))
    graph.add((iri, DCTERMS.identifier, Literal(document.name)))
    graph.add((iri, RG.sha256, Literal(sha256)))
    graph.add((iri, DCTERMS["format"], Literal(document.media_type)))
    graph.add((iri, RG.text, Literal(document.text)))
    if document.source:
        graph.add((iri, DCTERMS.source, Literal(document.source)))
    for found in items:
        place = Place(found.reading, sha256)
        _add_item(graph, place)
        for key, claim in keyed(found.claims, place):
            _add_claim(graph, place, key, claim)
    return graph


def _add_item(graph: Graph, place: Place) -> None:
    item, document = place.item, place.item.document
    graph.add((place.iri, RDF.type, RG.DocumentItem))
    graph.add((place.iri, RG.partOfDocument, URIRef(addresses.document(place.sha256))))
    graph.add((place.iri, RG.itemNumber, Literal(item.number)))
    graph.add((place.iri, DCTERMS.title, Literal(" ".join(document.quote(item.title).split()))))
    graph.add((place.iri, RG.evidence, _add_evidence(graph, place, item.title)))
    if item.publisher:
        graph.add((place.iri, RG.publisherName, Literal(item.publisher)))
    if item.genre:
        graph.add((place.iri, RDF.type, RG[camel(item.genre)]))
        graph.add((place.iri, RG.genre, Literal(item.genre)))
    if item.date:
        graph.add((place.iri, RG.statedDate, date(item.date, place)))


def keyed(claims: Iterable[Claim], place: Place) -> Iterator[tuple[str, Claim]]:
    """Each distinct claim with its key, from document, item, type, span and what identifies the content.

    Claims that agree in all of these and still differ get the rest of their content into the
    key, all but the first of them: a better reading of one slot is then the same claim, changed.
    """
    taken: set[str] = set()
    for claim in sorted(set(claims), key=lambda c: (c.evidence, repr(c))):
        about = claim.about
        shape = CONTENT.get(type(about))
        identity = ["", about.key] if isinstance(about, EntityNamed) else [type_of(claim, place)]
        identity += [str(getattr(about, name)) for name in shape.identity] if shape else []
        parts = (
            place.sha256,
            str(place.item.number),
            type(about).__name__,
            *map(str, claim.evidence),
            *identity,
        )
        key = addresses.digest(*parts)
        if key in taken:
            key = addresses.digest(*parts, repr(claim))
        taken.add(key)
        yield key, claim


def type_of(claim: Claim, place: Place) -> str:
    """Id of the class of what a claim is about."""
    about = claim.about
    if isinstance(about, EntityNamed):
        return place.reading.entity[about.key].type
    name = CONTENT[type(about)].type
    return str(getattr(about, name[1:-1])) if name.startswith("{") else name


def _add_claim(graph: Graph, place: Place, key: str, claim: Claim) -> None:
    iri = URIRef(addresses.thing("claim", key))
    graph.add((iri, RDF.type, RG.Claim))
    graph.add((iri, RG.inItem, place.iri))
    graph.add((iri, RG.claimType, RG[type_of(claim, place)]))
    graph.add((iri, RG.status, RG[camel(claim.status)]))
    graph.add((iri, RG.evidence, _add_evidence(graph, place, claim.evidence)))
    graph.add((iri, RG.confidence, _decimal(claim.confidence)))
    graph.add((iri, RG.reviewState, RG.Unreviewed))
    if claim.trigger:
        graph.add((iri, RG.triggerStart, Literal(claim.trigger.start)))
        graph.add((iri, RG.triggerEnd, Literal(claim.trigger.end)))
    if claim.found_by:
        graph.add((iri, RG.foundBy, URIRef(addresses.thing("rule", claim.found_by))))
    if claimant := claim.claimant or place.item.speaker or place.item.publisher:
        graph.add((iri, RG.claimantName, Literal(claimant)))
    if claim.claimant_key:
        _link(graph, place, iri, RG.claimant, claim.claimant_key)
    for name in claim.via:
        graph.add((iri, RG.via, Literal(name)))
    for slot in claim.withheld:
        graph.add((iri, RG.withheld, Literal(slot)))
    if isinstance(claim.about, EntityNamed):
        _link(graph, place, place.iri, RG.names, claim.about.key)
        _link(graph, place, iri, RG.reports, claim.about.key)
    else:
        _add_content(graph, place, key, claim, iri)


def _add_content(graph: Graph, place: Place, key: str, claim: Claim, iri: URIRef) -> None:
    """What the claim reports; where it doesn't say that it happened, the slots stand on the claim."""
    shape = CONTENT[type(claim.about)]
    subject = iri
    if claim.status.reported or not isinstance(claim.about, Violation | MechanismAction):
        subject = URIRef(addresses.thing(shape.kind, key))
        graph.add((iri, RG.reports, subject))
        graph.add((subject, RDF.type, RG[type_of(claim, place)]))
    for slot in shape.slots:
        value = getattr(claim.about, slot.field)
        for single in value if isinstance(value, tuple) else (value,):
            if single is None or single == "":
                continue
            term = slot.term(single, place)
            if slot.term is entity:
                _link(graph, place, subject, RG[slot.property], single)
            elif term is not None:
                graph.add((subject, RG[slot.property], term))


def _link(graph: Graph, place: Place, subject: URIRef, predicate: URIRef, told: str) -> None:
    """A link to an entity of the item, and the entity itself."""
    key, iri = place.key(told), place.entity(told)
    if key and iri:
        graph.add((subject, predicate, iri))
        _add_entity(graph, iri, place.reading.entity[key])


def _add_entity(graph: Graph, iri: URIRef, found: Entity) -> None:
    graph.add((iri, RDF.type, RG[found.type]))
    graph.add((iri, RDFS.label, Literal(found.name)))
    for alias in found.aliases:
        graph.add((iri, SKOS.altLabel, Literal(alias)))
    if found.iri:
        graph.add((iri, RG.denotes, URIRef(found.iri)))
    if found.country:
        graph.add((iri, RG.ofState, URIRef(addresses.state(found.country))))


def _add_evidence(graph: Graph, place: Place, span: Span) -> URIRef:
    """A Web Annotation resource with a position and a quote selector."""
    document = place.item.document
    iri = URIRef(addresses.evidence(place.sha256, span))
    position, quote = iri + "/position", iri + "/quote"
    graph.add((iri, RDF.type, OA.SpecificResource))
    graph.add((iri, OA.hasSource, URIRef(addresses.document(place.sha256))))
    graph.add((iri, OA.hasSelector, position))
    graph.add((iri, OA.hasSelector, quote))
    graph.add((position, RDF.type, OA.TextPositionSelector))
    graph.add((position, OA.start, Literal(span.start)))
    graph.add((position, OA.end, Literal(span.end)))
    graph.add((quote, RDF.type, OA.TextQuoteSelector))
    graph.add((quote, OA.exact, Literal(document.quote(span))))
    before = Span(max(0, span.start - CONTEXT), span.start)
    after = Span(span.end, min(len(document.text), span.end + CONTEXT))
    graph.add((quote, OA.prefix, Literal(document.quote(before))))
    graph.add((quote, OA.suffix, Literal(document.quote(after))))
    return iri


def _decimal(number: float) -> Literal:
    """Four digits are more than any calibration tells; the form is the canonical one."""
    text = f"{number:.4f}".rstrip("0").rstrip(".")
    return Literal(text, datatype=XSD.decimal)
