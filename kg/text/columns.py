"""Signatures printed in columns: rows of names divided into the names they hold.

In: the paragraphs of an item. Out: the same, where each row of a run of such rows has become a
paragraph a cell. A row counts where every cell can be a name and a run where half of its cells are
names of organisations, so that tables of other things stay whole.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.model import Span
from kg.text.heads import type_of
from kg.text.layout import trimmed
from kg.text.signatories import is_name_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.text.layout import Line

_GAP = re.compile(r"[ \t]*[|¦][ \t]*|\t+|[ \u00a0]{3,}")
_FEWEST_ROWS = 2
_ORGANISATIONS = frozenset({"CivilSocietyOrganisation", "MediaOutlet", "PoliticalParty", "Company"})


def divided(text: str, parts: Sequence[Line]) -> list[Line]:
    """The paragraphs with rows of names divided into cells."""
    found: list[Line] = []
    run: list[list[Line]] = []
    for part in parts:
        cells = _cells(text, part)
        if len(cells) > 1 and all(is_name_line(text[c.span.start : c.span.end]) for c in cells):
            run.append(cells)
            continue
        found += _closed(text, run)
        run = []
        found.append(part)
    return [*found, *_closed(text, run)]


def _closed(text: str, run: Sequence[Sequence[Line]]) -> Iterator[Line]:
    """The rows of a run, divided where they hold names of organisations."""
    cells = [cell for row in run for cell in row]
    named = sum(type_of(text[c.span.start : c.span.end]) in _ORGANISATIONS for c in cells)
    if len(run) >= _FEWEST_ROWS and 2 * named >= len(cells):
        yield from cells
        return
    for row in run:
        yield replace(row[0], span=Span(row[0].span.start, row[-1].span.end))


def _cells(text: str, part: Line) -> list[Line]:
    """The cells of a line between wide gaps, tabs or bars."""
    start, end = part.span
    if "\n" in text[start:end]:
        return [part]
    cuts = [start, *(at for m in _GAP.finditer(text, start, end) for at in m.span()), end]
    spans = [trimmed(text, a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=True)]
    cells = [replace(part, span=Span(a, b)) for a, b in spans if a < b]
    return cells or [part]
