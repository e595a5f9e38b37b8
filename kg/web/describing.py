"""What the store says about one thing: bounded, labelled, with the evidence of what is claimed.

In: the address of a thing. Out: SPARQL that gives its description as a graph. Incoming links
are paged, because a country has thousands; outgoing ones are capped far above what any thing has.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.web.service import Service

INCOMING = 100
"""Incoming links on a page."""
_OUTGOING = 2_000
_PREFIXES = """PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX rg: <https://w3id.org/rightsgraph/ontology#>
"""


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
