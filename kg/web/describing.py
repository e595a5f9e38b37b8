"""What the store says about one thing: bounded, labelled, with the evidence of what is claimed.

In: the address of a thing. Out: SPARQL that gives its description as a graph, and the same as
rows for a page. Incoming links are paged, because a country has thousands; outgoing ones are
capped far above what any thing has.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import pyoxigraph as ox

    from kg.web.service import Service

INCOMING = 100
"""Incoming links on a page."""
_OUTGOING = 2_000
_PREFIXES = """PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX rg: <https://w3id.org/rightsgraph/ontology#>
"""
_NAMES = "rdfs:label|dcterms:title|dcterms:identifier"


class Link(NamedTuple):
    """A statement on a page: a property and the thing at its other end."""

    property: str
    property_label: str
    term: ox.NamedNode | ox.Literal | ox.BlankNode | ox.Triple
    label: str


class Description(NamedTuple):
    """A thing as a page shows it."""

    label: str
    outgoing: list[Link]
    incoming: list[Link]
    incoming_count: int
    quotes: list[tuple[str, str]]
    """Evidence and its quote."""


def graph_query(iri: str, page: int) -> str:
    """CONSTRUCT of the description, with a page of the incoming links."""
    return f"""{_PREFIXES}
CONSTRUCT {{
  <{iri}> ?p ?o . ?o rdfs:label ?label .
  ?s ?q <{iri}> . ?s rdfs:label ?from .
  ?e ?ep ?eo . ?x ?xp ?xo
}} WHERE {{
  {{ SELECT ?p ?o ?label {{ <{iri}> ?p ?o OPTIONAL {{ ?o rdfs:label ?label }} }} LIMIT {_OUTGOING} }}
  UNION
  {{ {{ SELECT ?s ?q {{ ?s ?q <{iri}> }} ORDER BY ?s ?q LIMIT {INCOMING} OFFSET {page * INCOMING} }}
    OPTIONAL {{ ?s rdfs:label ?from }} }}
  UNION
  {{ {{ SELECT ?e {{ {{ <{iri}> rg:evidence ?e }}
        UNION {{ ?c rg:reports <{iri}> ; rg:evidence ?e }} }} LIMIT {INCOMING} }}
    ?e ?ep ?eo . OPTIONAL {{ ?e oa:hasSelector ?x . ?x ?xp ?xo }} }}
}}"""


def graph_of_graph(iri: str) -> str:
    """CONSTRUCT of a named graph, for the address of the graph itself."""
    return f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{iri}> {{ ?s ?p ?o }} }} LIMIT {_OUTGOING * 10}"


def known(service: Service, iri: str) -> str:
    """`thing` where the store says anything about it, `graph` for a named graph, or nothing."""
    rows = service.solutions(
        f"""SELECT ?kind {{
  {{ SELECT ("thing" AS ?kind) {{ {{ <{iri}> ?p ?o }} UNION {{ ?s ?q <{iri}> }} }} LIMIT 1 }}
  UNION {{ SELECT ("graph" AS ?kind) {{ GRAPH <{iri}> {{ ?s ?p ?o }} }} LIMIT 1 }}
}}"""
    )
    kinds = [row["kind"].value for row in rows]
    return "" if not kinds else kinds[0] if len(kinds) == 1 else "thing"


def incoming(service: Service, iri: str) -> int:
    """How many statements lead to a thing."""
    count = service.solutions(f"SELECT (COUNT(*) AS ?n) {{ ?s ?p <{iri}> }}")
    return sum(int(row["n"].value) for row in count)


def description(service: Service, iri: str, page: int) -> Description:
    """The description as a page shows it."""
    outgoing = _links(
        service,
        f"""SELECT ?p ?pl (?o AS ?t) ?l {{ <{iri}> ?p ?o .
  OPTIONAL {{ ?p rdfs:label ?pl FILTER(LANG(?pl) IN ("", "en")) }}
  OPTIONAL {{ ?o {_NAMES} ?l FILTER(LANG(?l) IN ("", "en")) }} }} ORDER BY ?p ?o LIMIT {_OUTGOING}""",
    )
    leading = _links(
        service,
        f"""SELECT ?p ?pl ?t ?l {{
  {{ SELECT ?t ?p {{ ?t ?p <{iri}> }} ORDER BY ?t ?p LIMIT {INCOMING} OFFSET {page * INCOMING} }}
  OPTIONAL {{ ?p rdfs:label ?pl FILTER(LANG(?pl) IN ("", "en")) }}
  OPTIONAL {{ ?t {_NAMES} ?l FILTER(LANG(?l) IN ("", "en")) }} }} ORDER BY ?p ?t""",
    )
    quotes = service.solutions(
        f"""{_PREFIXES}SELECT DISTINCT ?e ?quote {{
  {{ <{iri}> rg:evidence ?e }} UNION {{ ?c rg:reports <{iri}> ; rg:evidence ?e }}
  UNION {{ BIND(<{iri}> AS ?e) }}
  ?e oa:hasSelector/oa:exact ?quote }} ORDER BY ?e LIMIT {INCOMING}"""
    )
    return Description(
        _label(iri, outgoing),
        outgoing,
        leading,
        incoming(service, iri),
        [(row["e"].value, row["quote"].value) for row in quotes],
    )


def _links(service: Service, query: str) -> list[Link]:
    found: dict[tuple[str, str], Link] = {}
    for row in service.solutions(_PREFIXES + query):
        link = Link(row["p"].value, _value(row["pl"]), row["t"], _value(row["l"]))
        found.setdefault((link.property, str(link.term)), link)
    return list(found.values())


def _value(term: ox.Literal | ox.NamedNode | None) -> str:
    return term.value if term is not None else ""


def _label(iri: str, outgoing: list[Link]) -> str:
    """A name for the page: the thing's own, else that of its type, else the end of its address."""
    for ending in ("#label", "#prefLabel", "/title", "/identifier", "#exact"):
        for link in outgoing:
            if link.property.endswith(ending) and hasattr(link.term, "value"):
                return str(link.term.value)
    own = iri.rstrip("/").rpartition("/")[2].rpartition("#")[2] or iri
    types = [link.label for link in outgoing if link.property.endswith("#type") and link.label]
    types += [link.label for link in outgoing if link.property.endswith("#claimType") and link.label]
    return f"{types[-1]} {own}" if types else own
