"""Requests and responses as plain records, so that one piece of code answers under RSGI and WSGI."""

from __future__ import annotations

import json
from html import escape
from http import HTTPStatus
from typing import TYPE_CHECKING, NamedTuple

from kg.errors import RightsGraphError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Headers = tuple[tuple[str, str], ...]

CORS: Headers = (
    ("access-control-allow-origin", "*"),
    ("access-control-expose-headers", "ETag, Link, Location, Content-Location, X-Truncated, Retry-After"),
)
ENCODED = ("content-encoding", "gzip")
VARY = ("vary", "Accept, Accept-Encoding")


class ProtocolError(RightsGraphError):
    """The request breaks the protocol; carries its own status."""

    http_status = 400

    def __init__(self, what: str, *, status: int = 400, mend: str = "", headers: Headers = ()) -> None:
        super().__init__(what, mend=mend)
        self.http_status, self.headers = status, headers


class Request(NamedTuple):
    """A request whose body has arrived."""

    method: str
    path: str
    query: str
    """The query string as it came."""
    header: Callable[[str], str | None]
    body: bytes = b""


class Response(NamedTuple):
    """What goes back."""

    status: int
    headers: Headers = ()
    body: bytes = b""
    file: Path | None = None
    """A file to send and then remove, in place of a body."""
    tag: str = ""
    """The entity tag, which is no other answer's: kept apart from the headers that many share."""

    @property
    def fields(self) -> Headers:
        """All headers."""
        return (*self.headers, ("etag", self.tag)) if self.tag else self.headers


def problem(error: RightsGraphError, accept: str = "") -> Response:
    """An error in the form that the client reads: HTML, JSON (RFC 9457) or plain text."""
    status = error.http_status
    title = HTTPStatus(status).phrase
    headers: Headers = (*CORS, VARY, ("cache-control", "no-store"), *getattr(error, "headers", ()))
    if status in (HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.TOO_MANY_REQUESTS):
        headers = (*headers, ("retry-after", "1"))
    if "html" in accept:
        kind = "text/html; charset=utf-8"
        told = escape(str(error))
        text = (
            f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title>'
            f'<link rel="stylesheet" href="/static/plain.css"><main><h1>{title}</h1><p>{told}</p>'
            f'<p><a href="/">To the questions</a></p></main></html>'
        )
    elif "json" in accept:
        kind = "application/problem+json"
        text = json.dumps({"status": status, "title": title, "detail": str(error)})
    else:
        kind, text = "text/plain; charset=utf-8", f"{error}\n"
    return Response(status, (("content-type", kind), *headers), text.encode())
