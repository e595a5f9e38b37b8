"""The text index of a build: evidence, labels and titles, by the words in them.

In: a store at the end of a build. Out: an SQLite file with an FTS5 table beside the database,
and from it the things whose text holds given words, best first (BM25). Words are compared by
their English stems, without case and accents. Reading needs no lock and no write: the file is
opened as immutable, by as many processes as there are.
"""

from __future__ import annotations

import re
import sqlite3
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from kg.errors import StoreError
from kg.vocabulary import RG, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FILE = "search.sqlite"
_QUOTE = "http://www.w3.org/ns/oa#exact"
_SELECTOR = ox.NamedNode("http://www.w3.org/ns/oa#hasSelector")
_LABELS = (
    "http://www.w3.org/2000/01/rdf-schema#label",
    f"{SKOS}altLabel",
    "http://purl.org/dc/terms/title",
    f"{RG}formerName",
)
_WORD = re.compile(r'"([^"]+)"|(\w[\w\'’.-]*\w|\w)(\*?)')


class Found(NamedTuple):
    """A thing whose text holds the words."""

    iri: str
    kind: str
    """evidence or label."""
    text: str
    score: float
    """Higher is better."""


def write_index(store: ox.Store, path: Path) -> int:
    """Write the index of a store; gives the number of its entries."""
    path.unlink(missing_ok=True)
    with sqlite3.connect(path) as connection:
        connection.execute(
            "CREATE VIRTUAL TABLE entry USING fts5("
            "text, iri UNINDEXED, kind UNINDEXED, tokenize = 'porter unicode61 remove_diacritics 2')"
        )
        count = connection.executemany(
            "INSERT INTO entry (text, iri, kind) VALUES (?, ?, ?)", _entries(store)
        ).rowcount
        connection.execute("INSERT INTO entry (entry) VALUES ('optimize')")
    connection.close()
    return count


def _entries(store: ox.Store) -> Iterator[tuple[str, str, str]]:
    """Text, thing and kind, each once."""
    for quote in store.quads_for_pattern(None, ox.NamedNode(_QUOTE), None, None):
        for holder in store.quads_for_pattern(None, _SELECTOR, quote.subject, None):
            if isinstance(quote.object, ox.Literal) and isinstance(holder.subject, ox.NamedNode):
                yield quote.object.value, holder.subject.value, "evidence"
    for label in _LABELS:
        seen: set[tuple[str, str]] = set()
        for quad in store.quads_for_pattern(None, ox.NamedNode(label), None, None):
            if not isinstance(quad.subject, ox.NamedNode) or not isinstance(quad.object, ox.Literal):
                continue
            entry = (quad.object.value, quad.subject.value)
            if entry not in seen:
                seen.add(entry)
                yield (*entry, "label")


def opened(path: Path) -> sqlite3.Connection:
    """The index of a build, for reading only. Raises StoreError where there is none."""
    if not path.is_file():
        raise StoreError("this build has no text index", where=str(path), mend="Build the store again.")
    return sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True, check_same_thread=False)


def find(
    index: sqlite3.Connection, words: str, most: int, *, kind: str = "", prefix: bool = False
) -> list[Found]:
    """The things whose text holds all the words, best first; with `prefix`, the last word may go on.

    A phrase stands in double quotes, and a word that ends in `*` stands for all that begin so.
    """
    pattern = _pattern(words, prefix=prefix)
    if not pattern:
        return []
    rows = index.execute(
        "SELECT iri, kind, text, -rank FROM entry WHERE entry MATCH ? AND (? = '' OR kind = ?) "
        "ORDER BY rank, iri LIMIT ?",
        (pattern, kind, kind, most),
    )
    return [Found(*row) for row in rows]


def _pattern(words: str, *, prefix: bool) -> str:
    """What a user typed as an FTS5 expression: every part is quoted, so none is an operator."""
    parts = []
    for phrase, word, star in _WORD.findall(words):
        quoted = (phrase or word).replace('"', '""')
        parts.append(f'"{quoted}"{"*" if star else ""}')
    if parts and prefix and not parts[-1].endswith("*") and not words.endswith(('"', " ")):
        parts[-1] += "*"
    return " AND ".join(parts)
