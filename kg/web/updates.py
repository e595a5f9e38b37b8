"""SPARQL Update and the Graph Store Protocol, for a server that was started writable.

In: requests that bear the key. Out: a response once the whole change stands; a request of
several operations is one transaction, and one that fails or runs out of time leaves nothing.
Reading a graph needs no key and no writable server.
"""

from __future__ import annotations

import hmac
from dataclasses import replace
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from kg.engine.formats import BY_NAME, GRAPHS, parsing
from kg.engine.job import Options
from kg.errors import RightsGraphError
from kg.web.http import CORS, VARY, ProtocolError, Request, Response, problem
from kg.web.negotiation import choose
from kg.web.protocol import iri, parameters

if TYPE_CHECKING:
    from kg.web.protocol import Operation
    from kg.web.service import Service

GRAPH_STORE = "/graphs"
_METHODS = "GET, HEAD, PUT, POST, DELETE"


def bears_key(header: str | None, key: str) -> bool:
    """True where an Authorization header bears the key."""
    scheme, _, given = (header or "").partition(" ")
    return (
        bool(key) and scheme.lower() == "bearer" and hmac.compare_digest(given.strip().encode(), key.encode())
    )


def authorise(service: Service, request: Request) -> None:
    """Let nobody change anything but who may. Raises ProtocolError."""
    if not service.options.writable:
        raise ProtocolError("this server only reads", status=403, mend="Start it with --writable and a key.")
    if not bears_key(request.header("authorization"), service.options.key):
        raise ProtocolError(
            "changes need the key",
            status=401,
            mend="Send it as 'Authorization: Bearer KEY'.",
            headers=(("www-authenticate", 'Bearer realm="RightsGraph"'),),
        )


async def respond(service: Service, operation: Operation) -> Response:
    """The response to a SPARQL update that may be made. Raises what the pool raises."""
    options = replace(
        operation.options, default_graphs=operation.using, named_graphs=operation.using_named, rows=0, size=0
    )
    return await _change(service, operation.text, options)


async def _change(service: Service, text: str, options: Options) -> Response:
    answer = await service.ask(text, options)
    if answer.status >= HTTPStatus.BAD_REQUEST:
        raise ProtocolError(answer.body.decode(), status=answer.status)
    service.changed()
    return Response(answer.status, CORS)


async def graph_store(service: Service, request: Request) -> Response:
    """The response to a request of the Graph Store Protocol: every error is one too."""
    accept = request.header("accept") or ""
    try:
        graph = _graph(service, request)
        if request.method in ("GET", "HEAD"):
            return await _read(service, graph, accept)
        if request.method not in ("PUT", "POST", "DELETE"):
            allow = (("allow", _METHODS),)
            raise ProtocolError(f"{request.method} means nothing here", status=405, headers=allow)
        authorise(service, request)
        options = Options(kind=request.method.lower(), graph="", default_graphs=graph)
        if request.method == "DELETE":
            return await _change(service, "", options)
        shape = parsing(request.header("content-type") or "text/turtle")
        if shape is None:
            names = ", ".join(f.media_type for f in GRAPHS)
            raise ProtocolError("this content type isn't read here", status=415, mend=f"Send {names}.")
        base = graph[0] if graph else service.caps.base
        options = replace(options, graph=shape.name, base=base)
        return await _change(service, _text(request.body), options)
    except RightsGraphError as error:
        return problem(error, accept)


def _text(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise ProtocolError("the body isn't UTF-8") from error


def _graph(service: Service, request: Request) -> tuple[str, ...]:
    """The graph that a request is about; empty for the default graph."""
    fields = parameters(request.query)
    graphs = [value for name, value in fields if name == "graph"]
    default = any(name == "default" for name, _ in fields)
    if len(graphs) + default != 1:
        raise ProtocolError("a request is about one graph", mend="Add ?graph=IRI or ?default to the address.")
    try:
        return tuple(iri(urljoin(service.caps.base, g), "graph") for g in graphs)
    except ValueError as error:
        raise ProtocolError(f"the value of graph is no IRI: {error}") from error


async def _read(service: Service, graph: tuple[str, ...], accept: str) -> Response:
    shape = choose(accept, GRAPHS)
    if shape is None:
        raise ProtocolError("a graph comes in none of the forms asked for", status=406)
    options = Options(kind="get", graph=shape.name, default_graphs=graph, union=service.options.union)
    answer = await service.ask("", options)
    if answer.status != HTTPStatus.OK:
        raise ProtocolError(answer.body.decode(), status=answer.status)
    headers = (("content-type", BY_NAME[shape.name].content_type), VARY, *CORS)
    return service.delivered(answer, headers)
