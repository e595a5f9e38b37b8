"""A text with overlapping stretches marked, as pieces that nest nowhere."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Mark(NamedTuple):
    """A stretch of a text and what is said of it."""

    start: int
    end: int
    told: str


class Piece(NamedTuple):
    """A stretch in which the same marks hold from end to end."""

    text: str
    told: tuple[str, ...] = ()
    """What the marks on it say; empty for plain text."""
    anchors: tuple[str, ...] = ()
    """Names of the marks that start here: `e-START-END`."""


def marked(text: str, marks: Iterable[Mark]) -> Iterator[Piece]:
    """The whole text as pieces in order; joined, they are the text to the letter."""
    kept = sorted(m for m in set(marks) if 0 <= m.start < m.end <= len(text))
    bounds = sorted({0, len(text), *(m.start for m in kept), *(m.end for m in kept)})
    for start, end in pairwise(bounds):
        holding = [m for m in kept if m.start <= start and end <= m.end]
        anchors = dict.fromkeys(f"e-{m.start}-{m.end}" for m in holding if m.start == start)
        yield Piece(text[start:end], tuple(dict.fromkeys(m.told for m in holding)), tuple(anchors))
