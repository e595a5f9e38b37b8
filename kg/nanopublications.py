"""Claims as nanopublications: assertion, provenance and publication info, each a small graph.

In: a build. Out: TriG by the nanopublication guidelines (http://nanopub.org/guidelines/): for
each claim a head, the assertion (what the claim reports; for a claim that reports nothing, the
claim's own slots), the provenance (claimant, status, evidence with its quote, rule and
confidence) and the publication info (software, licence, the build). No signature and no
trusty address: those are given by whoever publishes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.dumps import PREFIXES, destination
from kg.stores.oxigraph import opened, read_quads
from kg.vocabulary import RDF_TYPE, RG

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kg.stores import Build

NP = "http://www.nanopub.org/nschema#"
PROV = "http://www.w3.org/ns/prov#"
DCTERMS = "http://purl.org/dc/terms/"
OA = "http://www.w3.org/ns/oa#"
TYPE = ox.NamedNode(RDF_TYPE)
REPORTS = ox.NamedNode(f"{RG}reports")
SLOTS = frozenset(
    f"{RG}{name}"
    for name in (
        "inCountry",
        "victimName",
        "victim",
        "perpetratorName",
        "perpetrator",
        "date",
        "victimCount",
        "placeName",
        "mechanismName",
        "mechanism",
        "claimType",
    )
)
"""What the assertion of a claim tells that reports nothing."""


def write_nanopublications(build: Build, path: Path | None) -> int:
    """Writes every claim of a build as TriG; gives their number."""
    store = opened(build)
    count = 0

    def quads() -> Iterator[ox.Quad]:
        nonlocal count
        for claim in claims(build):
            count += 1
            yield from nanopublication(store, build, claim)

    with destination(path) as out:
        ox.serialize(quads(), out, format=ox.RdfFormat.TRIG, prefixes={**PREFIXES, "np": NP})
    return count


def claims(build: Build) -> Iterator[ox.NamedNode]:
    """The claims of a build in the order of their addresses, streamed."""
    typed = f"> {TYPE} <{RG}Claim> <{build.base}graph/".encode()
    with read_quads(build.quads) as stream:
        for line in stream:
            if typed in line and line.startswith(b"<"):
                yield ox.NamedNode(line[1 : line.index(b">")].decode())


def nanopublication(store: ox.Store, build: Build, claim: ox.NamedNode) -> Iterator[ox.Quad]:
    """The four graphs of a claim, stated triples only."""
    stem = claim.value.replace("/claim/", "/nanopublication/")
    np = ox.NamedNode(stem)
    head, assertion, provenance, info = (
        ox.NamedNode(f"{stem}/{name}") for name in ("head", "assertion", "provenance", "pubinfo")
    )
    yield ox.Quad(np, TYPE, ox.NamedNode(f"{NP}Nanopublication"), head)
    for name, graph in (("Assertion", assertion), ("Provenance", provenance), ("PublicationInfo", info)):
        yield ox.Quad(np, ox.NamedNode(f"{NP}has{name}"), graph, head)
    yield from _assertion(store, build, claim, assertion)
    yield from _provenance(store, build, claim, assertion, provenance)
    made = ox.NamedNode(f"{build.base}build/{build.id[:16]}")
    yield ox.Quad(np, ox.NamedNode(f"{PROV}wasGeneratedBy"), made, info)
    yield ox.Quad(np, ox.NamedNode(f"{DCTERMS}license"), ox.NamedNode(build.licence), info)
    yield ox.Quad(np, ox.NamedNode(f"{DCTERMS}subject"), claim, info)


def _assertion(store: ox.Store, build: Build, claim: ox.NamedNode, graph: ox.NamedNode) -> Iterator[ox.Quad]:
    reported = [q.object for q in _stated(store, build, claim) if q.predicate == REPORTS]
    for thing in reported:
        if isinstance(thing, ox.NamedNode):
            yield from (ox.Quad(thing, q.predicate, q.object, graph) for q in _stated(store, build, thing))
    if not reported:
        for quad in _stated(store, build, claim):
            if quad.predicate.value in SLOTS:
                yield ox.Quad(claim, quad.predicate, quad.object, graph)


def _provenance(
    store: ox.Store, build: Build, claim: ox.NamedNode, assertion: ox.NamedNode, graph: ox.NamedNode
) -> Iterator[ox.Quad]:
    yield ox.Quad(assertion, ox.NamedNode(f"{PROV}wasDerivedFrom"), claim, graph)
    todo = [claim]
    for thing in todo:
        for quad in _stated(store, build, thing):
            if thing == claim and quad.predicate.value in SLOTS - {f"{RG}claimType"}:
                continue
            yield ox.Quad(thing, quad.predicate, quad.object, graph)
            if quad.predicate.value in (f"{RG}evidence", f"{OA}hasSelector") and isinstance(
                quad.object, ox.NamedNode
            ):
                todo.append(quad.object)


def _stated(store: ox.Store, build: Build, subject: ox.NamedNode) -> list[ox.Quad]:
    """The stated quads of a subject, in a fixed order."""
    inferred = f"{build.base}graph/inferred"
    found = store.quads_for_pattern(subject, None, None)
    return sorted((q for q in found if getattr(q.graph_name, "value", "") != inferred), key=str)
