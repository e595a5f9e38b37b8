"""Fact tables for people: CSV that a spreadsheet opens, each row with its address, quote and source.

In: a build. Out: one file a table of the fact contract, with the columns `address` (the IRI of
the claim), `quote` and `source` beside the contract's. A cell that a spreadsheet would take for
a formula gets an apostrophe before it, as OWASP advises; a byte order mark tells Excel that the
text is UTF-8. Who needs the values as they are takes `rightsgraph facts`.
"""

from __future__ import annotations

import csv
from dataclasses import replace
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.questions import questions
from kg.stores.oxigraph import opened
from kg.vocabulary import RG

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kg.questions import Question
    from kg.stores import Build

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What a formula starts with, full-width forms included."""
EVIDENCE = ox.NamedNode(f"{RG}evidence")
SELECTOR = ox.NamedNode("http://www.w3.org/ns/oa#hasSelector")
EXACT = ox.NamedNode("http://www.w3.org/ns/oa#exact")
HAS_SOURCE = ox.NamedNode("http://www.w3.org/ns/oa#hasSource")
SOURCE = ox.NamedNode("http://purl.org/dc/terms/source")


def fact_tables(store: ox.Store, folder: Path) -> dict[str, int]:
    """Writes each fact table as a CSV file, values as they are; gives the number of rows of each."""
    folder.mkdir(parents=True, exist_ok=True)
    return {
        name: write_csv(question.answer(store), folder / f"{name}.csv")
        for name, question in questions("facts").items()
    }


def write_csv(solutions: ox.QuerySolutions, path: Path) -> int:
    """Solutions as CSV by RFC 4180, values as they are; gives the number of rows."""
    names = [variable.value for variable in solutions.variables]
    count = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(names)
        for solution in solutions:
            writer.writerow([plain(solution[name]) for name in names])
            count += 1
    return count


def plain(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None) -> str:
    """A term as a cell: the value alone, empty where unbound."""
    if isinstance(term, ox.Triple):
        return str(term)
    return "" if term is None else term.value


def write_tables(build: Build, folder: Path) -> dict[str, int]:
    """Writes each fact table of a build; gives the number of rows of each."""
    folder.mkdir(parents=True, exist_ok=True)
    store = opened(build)
    counts = {}
    for name, question in questions("facts").items():
        # utf-8-sig, for Excel takes a file without the mark for the local code page.
        with (folder / f"{name}.csv").open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            counts[name] = -1
            for row in rows(store, question, build.base):
                writer.writerow(map(safe, row))
                counts[name] += 1
    return counts


def rows(store: ox.Store, question: Question, base: str) -> Iterator[list[str]]:
    """The header and the rows of a fact table, with address, quote and source."""
    text = question.text.replace("SELECT DISTINCT ", f"SELECT DISTINCT ?{question.subject} ", 1)
    solutions = replace(question, text=text).answer(store, base=base)
    names = [v.value for v in solutions.variables if v.value != question.subject]
    quoted = "quote" in names
    yield [*names, "address", *(() if quoted else ("quote",)), "source"]
    for solution in solutions:
        subject = solution[question.subject]
        quote, source = _evidence(store, subject) if isinstance(subject, ox.NamedNode) else ("", "")
        told = [plain(solution[name]) for name in names]
        yield [*told, plain(subject), *(() if quoted else (quote,)), source]


def safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def _evidence(store: ox.Store, subject: ox.NamedNode) -> tuple[str, str]:
    """The quote behind a claim, and where its document comes from."""
    quote, source = "", ""
    for evidence in _links(store, subject, EVIDENCE):
        quotes = (_value(store, selector, EXACT) for selector in _links(store, evidence, SELECTOR))
        quote = next(filter(None, quotes), "")
        for document in _links(store, evidence, HAS_SOURCE):
            source = _value(store, document, SOURCE) or document.value
    return quote, source


def _links(store: ox.Store, subject: ox.NamedNode, predicate: ox.NamedNode) -> list[ox.NamedNode]:
    found = (quad.object for quad in store.quads_for_pattern(subject, predicate, None))
    return [term for term in found if isinstance(term, ox.NamedNode)]


def _value(store: ox.Store, subject: ox.NamedNode, predicate: ox.NamedNode) -> str:
    return next((plain(quad.object) for quad in store.quads_for_pattern(subject, predicate, None)), "")
