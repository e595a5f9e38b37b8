"""Text -> lines and paragraphs with exact spans: what white space and marks alone tell.

A paragraph is one line, or several where the text is wrapped at a fixed width. Which of the
two holds is decided once a document, by how many of its lines break off in mid-sentence.
Markdown's marks (hashes, bullets, quote signs, emphasis around a line) are read as layout.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SPACE = "\u0020\t\u00a0\u2007\u202f\u2009\u200b\u200a\u3000\ufeff\r\f\v\u0085\u2028\u2029\x1c\x1d\x1e\x1f"
_BULLET = re.compile(r"(?:[•●▪▫◦‣⁃∙·○■□➢➤✓*–—-]|o(?=\s)|\uf0b7)[\t \u00a0]+(?=\S)|[•●▪◦‣➢➤\uf0b7](?=\S)")
_ORDINAL = re.compile(
    r"(?:\d{1,3}[.)]+(?=[\s\u00a0]|[A-Z])|\(?(?:[ivx]{1,5}|[a-z])\)|\(\d{1,3}\)|[ivx]{1,5}\.(?=\s)|"
    r"[IVX]{1,5}\.(?=\s))[\s\u00a0]*"
)
_HASHES = re.compile(r"#{1,6}[ \t]+(?=\S)")
_EMPHASIS = re.compile(r"\*\*\*|___|\*\*|__|\*|_")
_QUOTED = re.compile(r"(?:>[ \t]?)+")
_OPEN_END = re.compile(r"[\w,’'\-–—(]$")
_PAGE_NUMBER = re.compile(r"\d{1,3}|[1-9]|page \d+(?: of \d+)?|\d{4,}(?<!19\d\d)(?<!20\d\d)", re.IGNORECASE)
_SHORTEST_BROKEN = 40
_LONGEST_NUMBERED = 100
_FEW_LINES = 8
_WIDEST = 150
_SHORTEST_ROW = 4
_LONG_CELL = 60


@dataclass(frozen=True, slots=True)
class Line:
    """A line, or a paragraph of joined lines, without its marks and surrounding space."""

    span: Span
    """The words: without indent, bullet, hashes and trailing space; empty for a blank line."""
    indent: int = 0
    """Columns before the first visible character."""
    bullet: bool = False
    ordinal: str = ""
    """The number of a numbered paragraph or list item, as printed: '(a)', '12.'."""
    level: int = 0
    """Of a Markdown heading: 1 to 6."""
    strong: bool = False
    """The whole line is emphasised."""
    spaced: bool = False
    """A blank line stands before it."""

    @property
    def blank(self) -> bool:
        """True where nothing is printed."""
        return self.span.start >= self.span.end


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch without white space at its ends."""
    while start < end and (text[start] in SPACE or text[start].isspace()):
        start += 1
    while end > start and (text[end - 1] in SPACE or text[end - 1].isspace()):
        end -= 1
    return start, end


def _line(text: str, start: int, end: int, *, spaced: bool) -> Line:
    first, last = trimmed(text, start, end)
    indent = sum(4 if c == "\t" else 0 if c in "\ufeff\u200b\r" else 1 for c in text[start:first])
    if mark := _QUOTED.match(text, first, last):
        first = mark.end()
    bullet, ordinal, level, strong = False, "", 0, False
    if mark := _HASHES.match(text, first, last):
        level, first = len(mark[0].rstrip()), mark.end()
        last = first + len(text[first:last].rstrip("# "))
    elif mark := _BULLET.match(text, first, last):
        bullet, first = True, mark.end()
    elif (mark := _ORDINAL.match(text, first, last)) and mark.end() < last:
        roman = mark[0][:1] in "IVX" and last - mark.end() > _LONGEST_NUMBERED
        ordinal, first = ("", first) if roman else (mark[0].strip(), mark.end())
    mark = _EMPHASIS.match(text, first, last)
    if mark and text[:last].endswith(mark[0]) and last - first > 2 * len(mark[0]):
        inner = text[mark.end() : last - len(mark[0])]
        if mark[0] not in inner:
            first, last, strong = mark.end(), last - len(mark[0]), True
    first, last = trimmed(text, first, max(first, last))
    if not any(c.isalnum() for c in text[first:last]) or _PAGE_NUMBER.fullmatch(text, first, last):
        last = first
    return Line(Span(first, last), indent, bullet, ordinal, level, strong, spaced)


def lines(text: str, span: Span | None = None) -> list[Line]:
    """The printed lines of a text; blank ones are left out but remembered in `spaced`."""
    at, stop = span or Span(0, len(text))
    found: list[Line] = []
    spaced = False
    while at <= stop:
        end = text.find("\n", at, stop)
        end = stop if end < 0 else end
        for start, close in _cells(text, at, end):
            line = _line(text, start, close, spaced=spaced or start > at)
            spaced = line.blank
            if not line.blank:
                found.append(line)
        at = end + 1
    return found


def _cells(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The cells of a table's row that holds running text; rows of short cells and other lines are whole."""
    first, last = trimmed(text, start, end)
    if last - first < _SHORTEST_ROW or text[first] != "|" or text[last - 1] != "|":
        return [(start, end)]
    cuts = [i for i in range(first, last) if text[i] == "|"]
    cells = [(a + 1, b) for a, b in itertools.pairwise(cuts)]
    return cells if any(b - a > _LONG_CELL for a, b in cells) else [(first + 1, last - 1)]


def _breaks_off(text: str, a: Line, b: Line) -> bool:
    """True where the second line goes on with the sentence of the first."""
    if b.bullet or b.ordinal or b.level:
        return False
    if text[b.span.start] in ",;":
        return True
    return (
        a.span.end - a.span.start >= _SHORTEST_BROKEN
        and not b.spaced
        and _OPEN_END.search(text, max(a.span.start, a.span.end - 2), a.span.end) is not None
        and text[b.span.start].islower()
    )


def is_wrapped(text: str, printed: Sequence[Line]) -> bool:
    """True where paragraphs run over several lines of a fixed width."""
    widths = sorted(p.span.end - p.span.start for p in printed)
    if len(widths) < _FEW_LINES or widths[len(widths) * 9 // 10] > _WIDEST:
        return False
    broken = sum(_breaks_off(text, a, b) for a, b in itertools.pairwise(printed))
    return broken * 6 >= len(printed)


def paragraphs(text: str, printed: Sequence[Line]) -> Iterator[Line]:
    """Lines joined to paragraphs where the text is wrapped or a sentence runs on."""
    if not printed:
        return
    wrapped = is_wrapped(text, printed)
    widths = sorted(p.span.end - p.span.start for p in printed)
    full = widths[len(widths) * 9 // 10] * 0.7
    held, last = printed[0], printed[0]
    for number, line in enumerate(printed[1:], 1):
        marked = line.spaced or line.bullet or line.ordinal or line.level or line.strong
        follows = wrapped and not marked and last.span.end - last.span.start > full
        if (follows or _breaks_off(text, last, line)) and not held.level and (number > 1 or not line.spaced):
            held = replace(held, span=Span(held.span.start, line.span.end))
        else:
            yield held
            held = line
        last = line
    yield held
