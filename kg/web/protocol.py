"""The SPARQL 1.1 Protocol: from a request to an operation.

In: method, query string, headers and body. Out: an `Operation`, or a ProtocolError with its
status. What the standard leaves open: parameters that we don't know are passed over, `format=`
chooses a format by its short name where a header can't be set, and a query by GET must be the
only one.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

import pyoxigraph as ox

from kg.engine.formats import GRAPHS, SOLUTIONS
from kg.engine.tokens import unescaped
from kg.web.http import ProtocolError
from kg.web.negotiation import choose, encoding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.engine.formats import Format
    from kg.engine.job import Options
    from kg.web.http import Request

LONG = 20_000
"""Characters beyond which a text isn't looked through here, where everybody would wait for it."""
METHODS = "GET, HEAD, POST, OPTIONS"
_FORM = "application/x-www-form-urlencoded"
_QUERY = "application/sparql-query"
_UPDATE = "application/sparql-update"
_FIELDS = 100
_VOLATILE = re.compile(r"\b(?:RAND|NOW|UUID|STRUUID)\s*\(")


class Operation(NamedTuple):
    """What a request asks for."""

    kind: str
    """query, update, or description for a request that asks nothing."""
    text: str
    options: Options
    using: tuple[str, ...] = ()
    using_named: tuple[str, ...] = ()
    volatile: bool = False
    """True where two evaluations may differ, so that nothing is cached."""


class Ticket(NamedTuple):
    """A query that was read and has passed the guard, so that neither is done once more."""

    operation: Operation
    digest: str
    """Of the text and of everything else that the answer hangs on; empty where it changes each time."""


def weight(ticket: Ticket) -> int:
    """Bytes of a ticket with its key, the query as it came: escaped, it may be three times as long."""
    return 5 * len(ticket.operation.text)


def read(request: Request, caps: Options) -> Operation:
    """The operation of a request; `caps` holds what the server adds to every job."""
    accept, packed = request.header("accept") or "", request.header("accept-encoding") or ""
    if request.method in ("GET", "HEAD"):
        return _get(request.query, accept, packed, caps)
    if request.method == "POST":
        return _post(request, accept, packed, caps)
    raise ProtocolError(
        f"{request.method} means nothing here",
        status=405,
        mend=f"Use one of {METHODS}.",
        headers=(("allow", METHODS),),
    )


def _get(query: str, accept: str, packed: str, caps: Options) -> Operation:
    fields = parameters(query)
    if any(name == "update" for name, _ in fields):
        raise ProtocolError("an update can't be sent by GET", mend="POST it.")
    return _operation("query", fields, accept, packed, caps)


def _post(request: Request, accept: str, packed: str, caps: Options) -> Operation:
    given = request.header("content-type") or ""
    media_type, _, attributes = given.partition(";")
    media_type = media_type.strip().lower()
    charset = re.search(r"charset\s*=\s*\"?([\w-]+)", attributes, re.IGNORECASE)
    if charset and charset.group(1).lower() not in ("utf-8", "utf8", "us-ascii"):
        raise ProtocolError(f"the charset {charset.group(1)} isn't read here", status=415, mend="Send UTF-8.")
    fields = parameters(request.query)
    if media_type == _FORM:
        fields = [*fields, *parameters(_decoded(request.body))]
        kind = "update" if any(name == "update" for name, _ in fields) else "query"
    elif media_type in (_QUERY, _UPDATE):
        kind = "query" if media_type == _QUERY else "update"
        if any(name in ("query", "update") for name, _ in fields):
            raise ProtocolError("there is one query in the address and one in the body")
        fields.append((kind, _decoded(request.body)))
    else:
        raise ProtocolError(
            f"the content type {media_type or '(none)'} isn't read here",
            status=415,
            mend=f"Send {_FORM}, {_QUERY} or {_UPDATE}.",
        )
    return _operation(kind, fields, accept, packed, caps)


def _decoded(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ProtocolError("the body isn't UTF-8") from error


def parameters(encoded: str) -> list[tuple[str, str]]:
    """The fields of a form, or of the part of an address after `?`."""
    pieces = encoded.split("&", _FIELDS)
    if len(pieces) > _FIELDS:
        raise ProtocolError("too many parameters")
    pairs = (piece.partition("=") for piece in pieces if piece)
    return [(_unquoted(name), _unquoted(value)) for name, _, value in pairs]


def _unquoted(encoded: str) -> str:
    """A name or value with `+` and `%XX` undone; a tenth of what the standard library takes for a query."""
    if "+" in encoded:
        encoded = encoded.replace("+", " ")
    if "%" not in encoded:
        return encoded
    try:
        if not encoded.isascii():
            return unquote(encoded, errors="strict")
        escaped = encoded.replace("\\", "%5C").replace("%", "\\x")
        return escaped.encode().decode("unicode_escape").encode("latin-1").decode()
    except UnicodeDecodeError:
        # Not UTF-8, or a % that no two digits follow and that stands for itself.
        if len(encoded) > LONG:
            raise ProtocolError("the parameters aren't escaped as they should be") from None
    try:
        return unquote(encoded, errors="strict")
    except UnicodeDecodeError as error:
        raise ProtocolError("the parameters aren't UTF-8") from error


def _operation(
    kind: str, fields: Sequence[tuple[str, str]], accept: str, packed: str, caps: Options
) -> Operation:
    if len(fields) == 1 and fields[0][0] == "query" == kind:  # as most come
        text = fields[0][1]
        return Operation(kind, text, _options(kind, accept, packed, "", caps), volatile=_volatile(text))
    values: dict[str, list[str]] = {}
    for name, value in fields:
        values.setdefault(name, []).append(value)
    texts = values.get(kind, [])
    if len(texts) > 1 or ("query" in values and "update" in values):
        raise ProtocolError(f"there is more than one {kind}", mend="Send one at a time.")
    options = _options(kind, accept, packed, values.get("format", values.get("output", [""]))[0], caps)
    if "default-graph-uri" in values or "named-graph-uri" in values:
        options = replace(
            options,
            default_graphs=_iris(values, "default-graph-uri"),
            named_graphs=_iris(values, "named-graph-uri"),
        )
    if not texts:
        return Operation("description", "", options)
    return Operation(
        kind,
        texts[0],
        options,
        _iris(values, "using-graph-uri"),
        _iris(values, "using-named-graph-uri"),
        _volatile(texts[0]),
    )


def _iris(values: dict[str, list[str]], name: str) -> tuple[str, ...]:
    return tuple(iri(value, name) for value in values[name]) if name in values else ()


def iri(value: str, parameter: str) -> str:
    """The IRI that a parameter names. Raises ProtocolError for what is none."""
    try:
        return ox.NamedNode(value).value
    except ValueError as error:
        raise ProtocolError(f"the value of {parameter} is no IRI: {error}") from error


def _volatile(text: str) -> bool:
    """True where a query calls a function that gives another value each time."""
    upper = text.upper()
    if len(text) > LONG and "\\U" in upper:
        return True
    return ("RAND" in upper or "NOW" in upper or "UUID" in upper or "\\U" in upper) and (
        _VOLATILE.search(unescaped(text).upper()) is not None
    )


@lru_cache(maxsize=1024)
def _options(kind: str, accept: str, packed: str, name: str, caps: Options) -> Options:
    """The options of all operations that are asked for in the same way."""
    solutions, graph = formats(accept, name)
    return replace(
        caps,
        kind=kind,
        solutions=solutions.name if solutions else "",
        graph=graph.name if graph else "",
        encoding=encoding(packed),
    )


@lru_cache(maxsize=1024)
def formats(accept: str, name: str) -> tuple[Format | None, Format | None]:
    """The formats for solutions and for graphs; None where the client takes none of them."""
    if name:
        wanted = name.lower()
        found = [
            next((f for f in family if wanted in (f.name, f.media_type)), None)
            for family in (SOLUTIONS, GRAPHS)
        ]
        if not any(found):
            names = ", ".join(f.name for f in (*SOLUTIONS, *GRAPHS))
            raise ProtocolError(f"there is no format {name}", status=406, mend=f"Use one of {names}.")
        # A name of one family leaves the other at its default: the query decides which one it needs.
        return found[0] or SOLUTIONS[0], found[1] or GRAPHS[0]
    if "html" in accept:  # a browser: it shows JSON and plain text, and downloads the rest
        return SOLUTIONS[0], GRAPHS[0]
    return choose(accept, SOLUTIONS), choose(accept, GRAPHS)
