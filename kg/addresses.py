"""Addresses of the data: IRIs minted from content, never from counters, clocks or blank nodes.

In: hashes, spans and keys. Out: IRIs under one base (`kg.vocabulary.ID`), as docs/model.md
lists them. Two builds of the same documents mint the same addresses, so shards merge and a
rerun replaces. A publisher's own base is put in at the end of a build (`rebase`), because
axioms and reference data name individuals under the standing one.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import quote

import pyoxigraph as ox

from kg.vocabulary import ID

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.model import Span

T = TypeVar("T")

DIGITS = 16
"""Hex digits of a hash in an address: 64 bits, a collision in 2 ** 32 things of a kind."""

GRAPHS = ("reference", "inferred", "resolved", "review", "dataset")
"""The graphs that are no document's."""


def digest(*parts: str) -> str:
    """Short hash of what identifies a thing; the parts can't run into one another."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8")).hexdigest()[:DIGITS]


def segment(name: str) -> str:
    """A name as one path segment of an IRI."""
    return quote(name, safe="-_.~")


def thing(kind: str, key: str) -> str:
    """A thing of the data by its kind and key: `claim/K`, `event/K`, `rule/NAME`."""
    return f"{ID}{kind}/{segment(key)}"


def document(sha256: str) -> str:
    """A document by the hash of its text."""
    return f"{ID}document/{sha256[:DIGITS]}"


def item(sha256: str, number: int) -> str:
    """The n-th item of a document."""
    return f"{document(sha256)}/item/{number}"


def evidence(sha256: str, span: Span) -> str:
    """A stretch of a document that says something; its selectors stand below it."""
    return f"{ID}evidence/{sha256[:DIGITS]}/{span.start}-{span.end}"


def entity(sha256: str, number: int, key: str) -> str:
    """An entity of an item by its key."""
    return f"{ID}entity/{sha256[:DIGITS]}/{number}/{segment(key)}"


def state(alpha2: str) -> str:
    """A state or territory by its ISO 3166-1 alpha-2 code."""
    return f"{ID}state/{segment(alpha2)}"


def graph(name: str) -> str:
    """A named graph: a document's hash, or one of `GRAPHS`."""
    return f"{ID}graph/{name[:DIGITS]}"


def rebase(quads: Iterable[ox.Quad], base: str) -> Iterator[ox.Quad]:
    """The quads with every address of the data moved to another base."""

    def move(term: T) -> T | ox.NamedNode:
        if isinstance(term, ox.NamedNode) and term.value.startswith(ID):
            return ox.NamedNode(base + term.value.removeprefix(ID))
        return term

    for quad in quads:
        subject, predicate, value, graph_name = quad
        yield ox.Quad(move(subject), predicate, move(value), move(graph_name))
