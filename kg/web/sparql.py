"""/sparql: from a request to a response, by the SPARQL 1.1 Protocol.

The path is short on purpose: read the operation, guard it, look in the cache, ask an engine.
It knows no web framework; the front calls it directly, Flask through one route.
"""

from __future__ import annotations

import hashlib
import hmac
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING

from kg.engine.formats import BY_NAME, GRAPHS, SOLUTIONS
from kg.engine.guard import check
from kg.engine.job import Form, Options
from kg.errors import RightsGraphError
from kg.web import description, updates
from kg.web.http import CORS, VARY, ProtocolError, Request, Response, problem
from kg.web.options import MEGABYTE
from kg.web.protocol import METHODS, Operation, read

if TYPE_CHECKING:
    from kg.engine.job import Answer
    from kg.web.service import Service

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
    accept = request.header("accept") or ""
    try:
        operation = read(request, caps(service))
        if operation.kind == "description":
            return description.respond(service, accept)
        if operation.kind == "update":
            return await updates.respond(service, request, operation)
        return await _query(service, request, operation)
    except RightsGraphError as error:
        return problem(error, "" if operation_is_for_programs(accept) else accept)


def operation_is_for_programs(accept: str) -> bool:
    """True where an error is better plain than a page."""
    return "html" not in accept and "problem+json" not in accept


def caps(service: Service) -> Options:
    """What this server adds to every job."""
    options = service.options
    return Options(union=options.union, base=options.base, rows=options.rows, size=options.size * MEGABYTE)


async def _query(service: Service, request: Request, operation: Operation) -> Response:
    check(operation.text, service.options.bounds)
    if operation.volatile:
        return await _evaluated(service, operation, "")
    tag = _tag(service.version, operation)
    if _known(request.header("if-none-match"), tag):
        return Response(HTTPStatus.NOT_MODIFIED, (("etag", tag), VARY, *CORS))
    if not service.cache.most:
        return await _evaluated(service, operation, tag)
    found = service.cache.find((tag, operation.text))
    return found or await service.cache.get(
        (tag, operation.text), lambda: _evaluated(service, operation, tag)
    )


def _tag(version: str, operation: Operation) -> str:
    options = operation.options
    dataset = f"{options.default_graphs}\0{options.named_graphs}"
    what = f"{operation.text}\0{options.solutions}\0{options.graph}\0{dataset}"
    digest = hashlib.blake2b(what.encode(), digest_size=8).hexdigest()
    return f'"{version}-{digest}-{options.encoding}"' if options.encoding else f'"{version}-{digest}"'


def _known(header: str | None, tag: str) -> bool:
    return header is not None and (header.strip() == "*" or tag in header)


async def _evaluated(service: Service, operation: Operation, tag: str) -> Response:
    answer = await service.ask(operation.text, operation.options)
    if answer.status != HTTPStatus.OK:
        raise ProtocolError(answer.body.decode(), status=answer.status, mend=_mend(answer.status))
    return _response(answer, operation.options, tag)


def _mend(status: int) -> str:
    if status == HTTPStatus.NOT_ACCEPTABLE:
        solutions = ", ".join(f.media_type for f in SOLUTIONS)
        return f"Solutions come as {solutions}; graphs as {', '.join(f.media_type for f in GRAPHS)}."
    return ""


def _response(answer: Answer, options: Options, tag: str) -> Response:
    shape = BY_NAME[options.graph if answer.form is Form.GRAPH else options.solutions]
    headers = [("content-type", shape.content_type), VARY, *CORS]
    if tag:
        headers += [("etag", tag), ("cache-control", "public, max-age=0, must-revalidate")]
    else:
        headers.append(("cache-control", "no-store"))
    if answer.encoded:
        headers.append(("content-encoding", "gzip"))
    if answer.truncated:
        headers.append(("x-truncated", f"rows={options.rows}, bytes={options.size}"))
    if answer.in_file:
        headers.append(("content-length", str(answer.size)))
        return Response(HTTPStatus.OK, tuple(headers), file=Path(answer.body.decode()))
    return Response(HTTPStatus.OK, tuple(headers), answer.body)


def allowed(header: str | None, key: str) -> bool:
    """True where an Authorization header bears the key."""
    scheme, _, given = (header or "").partition(" ")
    return (
        bool(key) and scheme.lower() == "bearer" and hmac.compare_digest(given.strip().encode(), key.encode())
    )
