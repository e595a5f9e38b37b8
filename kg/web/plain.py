"""Plain HTTP: the requests that can be read at a glance, and the bytes of a response.

In: what a connection brought at once. Out: an `Asked` for a whole query by GET or POST to
/sparql in HTTP/1.1, with nothing before, between or behind it; None for everything else, however
valid, which the full parser then reads from its first byte. So nothing is decided here that
two parsers could see differently: what isn't plain to the letter is left alone.
"""

from __future__ import annotations

import re
import time
from email.utils import formatdate
from functools import lru_cache
from http import HTTPStatus
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.web.http import Headers, Response

_GET, _POST, _END = b"GET /sparql?", b"POST /sparql HTTP/1.1", b" HTTP/1.1"
_TARGET = re.compile(rb"[!$-;=?-~]*")
"""What a query string holds, by RFC 3986 and a little beyond: what the full parser takes, too."""
_NAME = re.compile(rb"[A-Za-z0-9-]+")
_VALUE = re.compile(rb"[ \t]*[!-~](?:[ \t!-~]*[!-~])?[ \t]*")
_READ = frozenset(
    (b"accept", b"accept-encoding", b"content-length", b"content-type", b"host", b"if-none-match")
)
_BEYOND = frozenset((b"authorization", b"expect", b"te", b"trailer", b"transfer-encoding", b"upgrade"))
"""Headers of requests that aren't plain."""
_LONG = 4_000
"""Bytes of headers beyond which a request isn't plain."""
_DIGITS = 6


class Heads(NamedTuple):
    """The headers of a plain request; many requests of a client share them."""

    fields: Mapping[str, str]
    length: int | None
    accept: str
    packed: str | None
    known: str | None
    """If-None-Match."""


class Asked(NamedTuple):
    """A plain request."""

    method: str
    query: str
    body: bytes
    heads: Heads


def read(came: bytes) -> Asked | None:
    """The plain request that these bytes are, or None."""
    end = came.find(b"\r\n\r\n")
    first = came.find(b"\r\n")
    if end < 0 or first == end:
        return None
    heads = _heads(came[first + 2 : end]) if end - first < _LONG else None
    if heads is None:
        return None
    if came.startswith(_GET) and came.endswith(_END, 0, first):
        query = came[len(_GET) : first - len(_END)]
        if heads.length is None and len(came) == end + 4 and b"query=" in query and _TARGET.fullmatch(query):
            return Asked("GET", query.decode("ascii"), b"", heads)
    elif came.startswith(_POST) and first == len(_POST) and heads.length == len(came) - end - 4:
        return Asked("POST", "", came[end + 4 :], heads)
    return None


@lru_cache(maxsize=1024)
def _heads(block: bytes) -> Heads | None:
    """The headers, or None where they aren't plain."""
    fields: dict[str, str] = {}
    for line in block.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if not _NAME.fullmatch(name) or not _VALUE.fullmatch(value):
            return None
        name = name.lower()
        if name in _BEYOND or (name == b"connection" and value.strip().lower() != b"keep-alive"):
            return None
        if name in _READ:
            known = name.decode("ascii")
            if known in fields:
                return None
            fields[known] = value.strip().decode("ascii")
    length = fields.get("content-length")
    if "host" not in fields or (length is not None and not (length.isdigit() and len(length) <= _DIGITS)):
        return None
    return Heads(
        fields,
        None if length is None else int(length),
        fields.get("accept", ""),
        fields.get("accept-encoding"),
        fields.get("if-none-match"),
    )


def written(response: Response, *, last: bool = False) -> bytes:
    """The bytes of a response; without its body where that is a file. `last`: the connection ends with it."""
    status, headers, body, file, tag = response
    parts = [_start(status, headers, last=last)]
    if tag:
        parts += (b"etag: ", tag.encode(), b"\r\n")
    if file is None and status not in (HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED):
        parts += (b"content-length: ", b"%d" % len(body), b"\r\n")
    parts += (_date(int(time.time())), body)
    return b"".join(parts)


@lru_cache(maxsize=512)
def _start(status: int, headers: Headers, *, last: bool) -> bytes:
    lines = [f"HTTP/1.1 {int(status)} {HTTPStatus(status).phrase}"]
    lines += [f"{name}: {value}" for name, value in headers]
    lines += ["connection: close"] if last else []
    return "".join(f"{line}\r\n" for line in lines).encode("latin-1")


@lru_cache(maxsize=1)
def _date(second: int) -> bytes:
    """The last header and the end of them all."""
    return f"date: {formatdate(second, usegmt=True)}\r\n\r\n".encode()
