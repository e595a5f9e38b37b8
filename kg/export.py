"""A store to files that other people's tools read.

In: a store. Out: fact tables as CSV, one a table of the fact contract.
"""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.questions import questions

if TYPE_CHECKING:
    from pathlib import Path


def fact_tables(store: ox.Store, folder: Path) -> dict[str, int]:
    """Writes each fact table as a CSV file; gives the number of rows of each."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = {}
    for name, question in questions("facts").items():
        path = folder / f"{name}.csv"
        rows[name] = write_csv(question.answer(store), path)
    return rows


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
    return "" if term is None else str(term.value) if not isinstance(term, ox.Triple) else str(term)
