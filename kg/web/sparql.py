"""/sparql: from a request to a response, by the SPARQL 1.1 Protocol.

The path is short on purpose: read the operation, guard it, look in the cache, ask an engine.
It knows no web framework; the front calls it directly, Flask through one route.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import cache
from http import HTTPStatus
from typing import TYPE_CHECKING

from kg.engine.formats import BY_NAME, GRAPHS, SOLUTIONS
from kg.engine.guard import Bounds, Refused, check
from kg.engine.job import Form, Options
from kg.errors import RightsGraphError
from kg.web import description, updates
from kg.web.http import CORS, ENCODED, VARY, ProtocolError, Request, Response, problem
from kg.web.options import MEGABYTE
from kg.web.protocol import LONG, METHODS, Operation, Ticket, read
from kg.web.service import Service

if TYPE_CHECKING:
    from collections.abc import Hashable

    from kg.engine.job import Answer
    from kg.web.http import Headers

_KEEP = ("cache-control", "public, max-age=0, must-revalidate")
_HEADERS = 4_000
"""Characters of Accept and Accept-Encoding together: they are parts of keys."""
_CHECKED = 10_000
"""Characters up to which a refused query is checked for its syntax: far below what hurts the parser."""
_PREFLIGHT = Response(
    HTTPStatus.NO_CONTENT,
    (
        ("allow", METHODS),
        *CORS,
        ("access-control-allow-methods", METHODS),
        ("access-control-allow-headers", "Accept, Authorization, Content-Type"),
        ("access-control-max-age", "86400"),
    ),
)


async def respond(service: Service, request: Request) -> Response:
    """The response to a request at /sparql: every error is one too."""
    if request.method == "OPTIONS":
        return _PREFLIGHT
    header = request.header
    accept, packed = header("accept") or "", header("accept-encoding")
    key = _key(request, accept, packed)
    try:
        if len(accept) + len(packed or "") > _HEADERS:
            raise ProtocolError("the headers say too much", status=431)
        if key and (ticket := service.tickets.find(key)):
            return await _query(service, ticket, header("if-none-match"))
        operation = read(request, service.caps)
        if operation.kind == "description":
            return await description.respond(service, accept)
        if operation.kind == "update":
            updates.authorise(service, request)
            size = service.options.body_with_key * MEGABYTE
            operation = await guard(service, operation, replace(service.options.bounds, size=size))
            return await updates.respond(service, operation)
        ticket = _kept(service, await guard(service, operation, service.options.bounds), key)
        return await _query(service, ticket, header("if-none-match"))
    except RightsGraphError as error:
        return problem(error, "" if operation_is_for_programs(accept) else accept)


def simple(service: Service, request: Request, accept: str, packed: str | None) -> Ticket | None:
    """The query of a request, read and checked without waiting; None where `respond` has more to do.

    Raises what reading and checking raise. Headers are taken to be short.
    """
    key = _key(request, accept, packed)
    if key and (ticket := service.tickets.find(key)):
        return ticket
    operation = read(request, service.caps)
    if operation.kind != "query":
        return None
    try:
        operation = _passed(operation, service.options.bounds)
    except Refused as refused:
        if refused.foreign:
            return None
        raise
    return _kept(service, operation, key)


def _key(request: Request, accept: str, packed: str | None) -> Hashable:
    """Under what a request's ticket is kept: its query, where its address alone tells it."""
    return (request.query, accept, packed) if request.method in ("GET", "HEAD") else None


def _kept(service: Service, operation: Operation, key: Hashable) -> Ticket:
    ticket = Ticket(operation, "" if operation.volatile else _digest(operation))
    if key and service.tickets.most:
        service.tickets.keep(key, ticket)
    return ticket


def operation_is_for_programs(accept: str) -> bool:
    """True where an error is better plain than a page."""
    return "html" not in accept and "problem+json" not in accept


async def _query(service: Service, ticket: Ticket, known: str | None) -> Response:
    tag = tag_of(service, ticket)
    if found := at_hand(service, tag, known):
        return found
    if not tag or not service.cache.most:
        return await _evaluated(service, ticket.operation, tag)
    return await service.cache.get(tag, lambda: _evaluated(service, ticket.operation, tag))


def tag_of(service: Service, ticket: Ticket) -> str:
    """The entity tag of what a query finds now; empty where that changes each time."""
    return f'"{service.version}-{ticket.digest}"' if ticket.digest else ""


def at_hand(service: Service, tag: str, known: str | None) -> Response | None:
    """An answer that needs no engine: the client has it, or the cache."""
    if not tag:
        return None
    if known and (tag in known or known.strip() == "*"):
        return Response(HTTPStatus.NOT_MODIFIED, (VARY, *CORS), tag=tag)
    return service.cache.find(tag)


async def guard(service: Service, operation: Operation, bounds: Bounds) -> Operation:
    """The operation as an engine may have it. Raises Refused, or ProtocolError where it isn't even SPARQL."""
    try:
        return _passed(operation, bounds)
    except Refused as refused:
        # Whoever wrote a wrong query should hear of the error, not of the refusal.
        if refused.foreign and len(operation.text) <= _CHECKED:
            options = replace(operation.options, kind=f"{operation.kind}-syntax")
            answer = await service.ask(operation.text, options)
            if answer.status == HTTPStatus.BAD_REQUEST:
                raise ProtocolError(answer.body.decode()) from refused
        raise


def _passed(operation: Operation, bounds: Bounds) -> Operation:
    """The operation once it has passed the guard, or is to pass it in the engine. Raises Refused."""
    if LONG < len(operation.text) <= bounds.size:
        # To count the tokens of a long text takes time, and here everybody would wait for it.
        return operation._replace(options=replace(operation.options, guarded=False))
    check(operation.text, bounds, update=operation.kind == "update")
    return operation


def _digest(operation: Operation) -> str:
    options = operation.options
    dataset = f"{options.default_graphs}\0{options.named_graphs}" if options.dataset else ""
    what = f"{operation.text}\0{options.solutions}\0{options.graph}\0{options.encoding}\0{dataset}"
    return hashlib.blake2b(what.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


async def _evaluated(service: Service, operation: Operation, tag: str) -> Response:
    return response_of(await service.ask(operation.text, operation.options), operation.options, tag)


def response_of(answer: Answer, options: Options, tag: str) -> Response:
    """An engine's answer to a query as a response. Raises ProtocolError for one that tells an error."""
    if answer.status != HTTPStatus.OK:
        raise ProtocolError(answer.body.decode(), status=answer.status, mend=_mend(answer.status))
    name = options.graph if answer.form is Form.GRAPH else options.solutions
    headers = _headers(name, kept=bool(tag), encoded=answer.encoded)
    if answer.truncated:
        headers = (*headers, ("x-truncated", f"rows={options.rows}, bytes={options.size}"))
    return Service.delivered(answer, headers, tag)


def _mend(status: int) -> str:
    if status == HTTPStatus.NOT_ACCEPTABLE:
        solutions = ", ".join(f.media_type for f in SOLUTIONS)
        return f"Solutions come as {solutions}; graphs as {', '.join(f.media_type for f in GRAPHS)}."
    return ""


@cache
def _headers(name: str, *, kept: bool, encoded: bool) -> Headers:
    """The headers that answers in one format share."""
    keep = _KEEP if kept else ("cache-control", "no-store")
    packed = (ENCODED,) if encoded else ()
    return ("content-type", BY_NAME[name].content_type), VARY, *CORS, keep, *packed
