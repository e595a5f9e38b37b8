"""The SPARQL 1.1 Service Description of the endpoint.

In: the service. Out: a graph that says where the endpoint is, what it speaks, in which formats
it answers and which graphs it serves; made once a build, in whichever format is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.engine.formats import GRAPHS, PREFIXES
from kg.engine.job import Options
from kg.engine.searching import FUNCTIONS
from kg.web.http import CORS, VARY, ProtocolError, Response
from kg.web.negotiation import choose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.web.service import Service

SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_RESULTS = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV")
_SYNTAXES = ("Turtle", "N-Triples", "RDF_XML", "JSON-LD", "N-Quads", "TriG")
_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_GRAPHS = 1_000
"""Named graphs that are listed."""


async def respond(service: Service, accept: str) -> Response:
    """What the endpoint says about itself to a request that asks nothing."""
    shape = choose(accept, GRAPHS)
    if shape is None:
        raise ProtocolError("the description comes in none of the forms asked for", status=406)
    tag = f'"{service.version}-description-{shape.name}"'

    async def make() -> Response:
        answer = await service.ask(
            f"SELECT ?g {{ GRAPH ?g {{}} }} ORDER BY ?g LIMIT {_GRAPHS}", Options(solutions="tsv", graph="")
        )
        names = [line[1:-1] for line in answer.body.decode().splitlines()[1:] if line.startswith("<")]
        writer = shape.writer
        assert isinstance(writer, ox.RdfFormat)  # noqa: S101 - the table of graph formats holds no other
        prefixes = {**PREFIXES, "sd": SD, "formats": _FORMATS} if shape.header else None
        body = ox.serialize(_triples(service, names), format=writer, prefixes=prefixes) or b""
        headers = (("content-type", shape.content_type), VARY, *CORS)
        return Response(200, headers, body, tag=tag)

    return await service.cache.get(tag, make)


def _triples(service: Service, names: list[str]) -> Iterator[ox.Triple]:
    endpoint = f"{service.options.address}/sparql"
    me, dataset, default = (ox.NamedNode(endpoint + end) for end in ("", "#dataset", "#default-graph"))

    def sd(name: str) -> ox.NamedNode:
        return ox.NamedNode(SD + name)

    yield ox.Triple(me, _TYPE, sd("Service"))
    yield ox.Triple(me, sd("endpoint"), me)
    yield ox.Triple(me, sd("supportedLanguage"), sd("SPARQL11Query"))
    if service.options.writable:
        yield ox.Triple(me, sd("supportedLanguage"), sd("SPARQL11Update"))
    for name in (*_RESULTS, *_SYNTAXES):
        yield ox.Triple(me, sd("resultFormat"), ox.NamedNode(_FORMATS + name))
    for name in ("matches", "score"):
        yield ox.Triple(me, sd("extensionFunction"), ox.NamedNode(FUNCTIONS + name))
    yield ox.Triple(me, sd("propertyFeature"), ox.NamedNode(FUNCTIONS + "matches"))
    if service.options.union:
        yield ox.Triple(me, sd("feature"), sd("UnionDefaultGraph"))
    yield ox.Triple(me, sd("defaultDataset"), dataset)
    yield ox.Triple(dataset, _TYPE, sd("Dataset"))
    yield ox.Triple(dataset, sd("defaultGraph"), default)
    yield ox.Triple(default, _TYPE, sd("Graph"))
    for number, name in enumerate(names, 1):
        graph = ox.NamedNode(f"{endpoint}#graph-{number}")
        yield ox.Triple(dataset, sd("namedGraph"), graph)
        yield ox.Triple(graph, _TYPE, sd("NamedGraph"))
        yield ox.Triple(graph, sd("name"), ox.NamedNode(name))
