"""Questions asked on the command line: the list of them, and answers as table, CSV or JSON."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg import console
from kg.errors import UsageError
from kg.questions import question, questions
from kg.stores import current
from kg.stores.oxigraph import opened
from kg.vocabulary import RDFS, RG

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

SOURCE = ("quote", "claimant", "status", "document", "evidence")
"""Columns that every question ends with: a table shows them in one cell."""
FORMATS = {"csv": ox.QueryResultsFormat.CSV, "json": ox.QueryResultsFormat.JSON}


def ask(folder: Path, name: str, values: Mapping[str, str], form: str) -> None:
    """Prints the answer to a question. Raises NotFoundError or QueryError where there is none."""
    if form != "table" and form not in FORMATS:
        raise UsageError(f"no format {form}", mend=f"There are table, {', '.join(FORMATS)}.")
    asked = question(name)
    build = current(folder)
    store = opened(build)
    solutions = asked.answer(store, values, build.base)
    if form in FORMATS:
        sys.stdout.buffer.write(solutions.serialize(format=FORMATS[form]) or b"")
        sys.stdout.buffer.write(b"\n" if form == "json" else b"")
        return
    names = [v.value for v in solutions.variables if v.value not in SOURCE]
    told = [v.value for v in solutions.variables if v.value in SOURCE]
    count = console.print_table(
        [*names, "source"],
        ([*(_cell(store, row[n]) for n in names), _source(store, row, told)] for row in solutions),
    )
    console.console().print(f"{count} rows")


def _source(store: ox.Store, row: ox.QuerySolution, told: Sequence[str]) -> str:
    """The sentence behind a row, who says so, how, and where, in one cell."""
    found = {name: _cell(store, row[name]) for name in told}
    quote = f"\u201c{found.pop('quote')}\u201d" if found.get("quote") else ""
    rest = ", ".join(found[name] for name in ("claimant", "status", "document") if found.get(name))
    return " \u2014 ".join(part for part in (quote, rest) if part)


def list_questions() -> None:
    """Prints every question with its summary and parameters."""
    rows = (
        (name, q.summary, ", ".join(f"--{p.name} {p.example}" for p in q.parameters))
        for name, q in questions().items()
    )
    console.print_table(("question", "summary", "parameters"), rows)


def _cell(store: ox.Store, term: Term | None) -> str:
    """A term in a table: what it is called instead of its address, text on one line."""
    if isinstance(term, ox.NamedNode):
        return called(store, term)
    return " ".join(str(getattr(term, "value", term)).split()) if term is not None else ""


def called(store: ox.Store, iri: ox.NamedNode) -> str:
    """FILE#N for an item, else its label, else the end of its address."""

    def value(subject: ox.NamedNode, predicate: str) -> str:
        found = store.quads_for_pattern(subject, ox.NamedNode(predicate), None)
        values = [q.object for q in found if isinstance(q.object, ox.Literal | ox.NamedNode)]
        english = [v.value for v in values if not isinstance(v, ox.Literal) or v.language in (None, "en")]
        return min(english, default="")

    document = value(iri, RG + "partOfDocument")
    if document:
        name = value(ox.NamedNode(document), "http://purl.org/dc/terms/identifier")
        return f"{name}#{value(iri, RG + 'itemNumber')}"
    return value(iri, RDFS + "label") or iri.value.rstrip("/").rpartition("/")[2].rpartition("#")[2]
