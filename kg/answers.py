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
from kg.vocabulary import RG

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FORMATS = {"csv": ox.QueryResultsFormat.CSV, "json": ox.QueryResultsFormat.JSON}


def ask(folder: Path, name: str, values: Mapping[str, str], form: str) -> None:
    """Prints the answer to a question. Raises NotFoundError or QueryError where there is none."""
    if form != "table" and form not in FORMATS:
        raise UsageError(f"no format {form}", mend=f"There are table, {', '.join(FORMATS)}.")
    asked = question(name)
    build = current(folder)
    solutions = asked.answer(opened(build), values, build.base)
    if form in FORMATS:
        sys.stdout.buffer.write(solutions.serialize(format=FORMATS[form]) or b"")
        sys.stdout.buffer.write(b"\n" if form == "json" else b"")
        return
    names = [variable.value for variable in solutions.variables]
    count = console.print_table(names, ([_cell(s[n], build.base) for n in names] for s in solutions))
    console.console().print(f"{count} rows")


def list_questions() -> None:
    """Prints every question with its summary and parameters."""
    rows = (
        (name, q.summary, ", ".join(f"--{p.name} {p.example}" for p in q.parameters))
        for name, q in questions().items()
    )
    console.print_table(("question", "summary", "parameters"), rows)


def _cell(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None, base: str) -> str:
    """A term in a table: local names instead of whole addresses, text on one line."""
    if term is None or isinstance(term, ox.Triple):
        return "" if term is None else str(term)
    return " ".join(term.value.removeprefix(RG).removeprefix(base).split())
