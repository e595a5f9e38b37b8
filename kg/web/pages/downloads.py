"""Lists of claims as files: CSV, CSV for Excel, JSON, and RDF.

All are made from the rows of the same `Listing` that the page shows; CSV and JSON stream, so
that the whole list leaves at any length. A cell that a spreadsheet would run as a formula is
made text in the CSV for Excel; the plain CSV holds what the graph holds, to the letter.
"""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, cast

import pyoxigraph as ox
from flask import current_app

from kg.errors import NotFoundError
from kg.questions import question
from kg.web.pages.asking import fill, service
from kg.web.pages.listing import BATCH, columns

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

    from kg.web.pages.listing import Listing

FORMATS = {
    "csv": ("text/csv; charset=utf-8", "csv"),
    "excel": ("text/csv; charset=utf-8", "csv"),
    "json": ("application/json", "json"),
    "ttl": ("text/turtle; charset=utf-8", "ttl"),
}
"""Media type and file ending of each."""
_RUN = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet takes for a formula."""


def stream(listing: Listing, form: str) -> Iterator[bytes]:
    """The file of a list. Raises NotFoundError for a form that isn't there."""
    if form not in FORMATS:
        raise NotFoundError(f"no download {form}", mend=f"There are {', '.join(FORMATS)}.")
    if form == "json":
        pieces = _json(listing)
    else:
        pieces = _turtle(listing) if form == "ttl" else _csv(listing, for_excel=form == "excel")
    return _within(cast("Flask", current_app._get_current_object()), pieces)  # type: ignore[attr-defined]  # noqa: SLF001 - the way that Flask documents


def _within(app: Flask, pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Pieces, each made in the context of the app: a server may take them from any thread."""
    while True:
        with app.app_context():
            piece = next(pieces, None)
        if piece is None:
            return
        yield piece


def _csv(listing: Listing, *, for_excel: bool) -> Iterator[bytes]:
    names = columns()
    # Excel takes a file without a byte order mark for one in the encoding of its country.
    yield b"\xef\xbb\xbf" if for_excel else b""
    yield _line(names)
    for row in listing.rows():
        cells = [row.get(name, "") for name in names]
        yield _line([f"'{c}" if for_excel and c.startswith(_RUN) else c for c in cells])


def _line(cells: list[str]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerow(cells)
    return out.getvalue().encode()


def _json(listing: Listing) -> Iterator[bytes]:
    yield b"[\n"
    for number, row in enumerate(listing.rows()):
        told = {name: text for name, text in row.items() if text}
        yield (b",\n" if number else b"") + json.dumps(told, ensure_ascii=False).encode()
    yield b"\n]\n"


def _turtle(listing: Listing) -> Iterator[bytes]:
    claims = list(listing.claims)
    for first in range(0, len(claims), BATCH):
        nodes = [ox.NamedNode(iri) for iri in claims[first : first + BATCH]]
        found = service().solutions(fill(question("claim-statements", "pages").text, claim=nodes))
        triples = {
            ox.Triple(row["subject"], row["property"], row["value"])
            for row in found
            if isinstance(row["subject"], ox.NamedNode) and isinstance(row["property"], ox.NamedNode)
        }
        yield ox.serialize(sorted(triples, key=str), format=ox.RdfFormat.N_TRIPLES) or b""
