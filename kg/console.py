"""What the command line shows: progress, tables and problems, on a terminal or in a log.

A terminal gets a bar that moves; anything else gets plain lines, one a document, so that a log
stays readable.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich import box
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from kg.report import Report

LOG_WIDTH = 200
"""Columns of a table that goes into a file or a pipe."""
SHOWN = 20
"""Problems that are printed; the report holds all."""


def console(*, stderr: bool = False) -> Console:
    """Where output goes; wide where it is no terminal."""
    stream = sys.stderr if stderr else sys.stdout
    return Console(stderr=stderr, highlight=False, width=None if stream.isatty() else LOG_WIDTH)


@contextmanager
def watching(verb: str) -> Iterator[Callable[[str, int, int], None]]:
    """Progress of a build, on the error stream so that it doesn't mix with results."""
    screen = console(stderr=True)
    if not screen.is_terminal:
        yield lambda name, done, total: print(f"{verb} {done}/{total} {name}", file=sys.stderr, flush=True)
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=screen, transient=True) as bar:
        task = bar.add_task(verb, total=None)
        yield lambda name, done, total: bar.update(
            task, description=f"{verb} {name}", completed=done, total=total
        )


def print_report(report: Report) -> None:
    """The table of counts for each stage, and the problems."""
    screen = console()
    table = Table(box=box.SIMPLE_HEAD)
    table.add_column("stage")
    table.add_column("count", justify="right")
    for stage, count in report.rows():
        table.add_row(
            stage, f"{count:,}", style="bold red" if count == 0 and not stage.startswith(" ") else None
        )
    screen.print(table)
    if report.skipped:
        screen.print(f"{len(report.skipped)} files without a reader left out, {report.skipped[0]} first")
    for problem in report.problems[:SHOWN]:
        screen.print(
            f"{problem.stage}: {problem.where}: {problem.what} {problem.mend}".rstrip(), markup=False
        )
    if len(report.problems) > SHOWN:
        screen.print(f"... and {len(report.problems) - SHOWN} more problems; the report holds all of them")


def print_table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    """Rows as a table; gives their number."""
    table = Table(*columns, box=box.SIMPLE_HEAD)
    for row in rows:
        table.add_row(*row)
    console().print(table)
    return table.row_count
