"""Text -> lines and paragraphs with exact spans: what white space and marks alone tell.

A paragraph is one line, or several where the text is wrapped at a fixed width. Which of the
two holds is decided once a document, by how many of its lines break off in mid-sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SPACE = "\u0020\t\u00a0\u2007\u202f\u2009\u200b\u200a\ufeff\r\f\v"
_BULLET = re.compile(r"(?:[•●▪▫◦‣⁃∙·○■□➢➤✓*–—-]|o(?=\s))[\t \u00a0]+(?=\S)|[•●▪◦‣➢➤](?=\S)")
_ORDINAL = re.compile(r"\(?(?:[ivxlc]{1,5}|[a-h]|\d{1,3})[.)](?=[\s\u00a0])[\s\u00a0]*", re.IGNORECASE)
_HASHES = re.compile(r"#{1,6}[ \t]+(?=\S)")
_OPEN_END = re.compile(r"[\w,;’'\-–—)]$")


@dataclass(frozen=True, slots=True)
class Line:
    """A line, or a paragraph of joined lines, without its marks and surrounding space."""

    span: Span
    """The words: without indent, bullet, hashes and trailing space; empty for a blank line."""
    indent: int
    """Columns before the first visible character."""
    bullet: bool = False
    ordinal: str = ""
    """The number of a numbered paragraph or list item, as printed: '(a)', '12.'."""
    level: int = 0
    """Of a Markdown heading: 1 to 6."""
    spaced: bool = False
    """A blank line stands before it."""

    @property
    def blank(self) -> bool:
        """True where nothing is printed."""
        return self.span.start == self.span.end


def _line(text: str, start: int, end: int, *, spaced: bool) -> Line:
    first, last = start, end
    while first < last and text[first] in SPACE:
        first += 1
    while last > first and text[last - 1] in SPACE:
        last -= 1
    indent = sum(4 if c == "\t" else 0 if c in "\ufeff\u200b\r" else 1 for c in text[start:first])
    bullet, ordinal, level = False, "", 0
    if mark := _HASHES.match(text, first, last):
        level, first = mark.end() - mark.start() - len(mark[0].lstrip("#")), mark.end()
    elif mark := _BULLET.match(text, first, last):
        bullet, first = True, mark.end()
    elif (mark := _ORDINAL.match(text, first, last)) and mark.end() < last:
        ordinal, first = mark[0].strip(), mark.end()
    return Line(Span(first, max(first, last)), indent, bullet, ordinal, level, spaced)


def lines(text: str, span: Span | None = None) -> list[Line]:
    """The printed lines of a text, blank ones left out but remembered in `spaced`."""
    at, stop = span or Span(0, len(text))
    found: list[Line] = []
    spaced = False
    while at <= stop:
        end = text.find("\n", at, stop)
        end = stop if end < 0 else end
        line = _line(text, at, end, spaced=spaced)
        if line.blank:
            spaced = True
        else:
            found.append(line)
            spaced = False
        at = end + 1
    return found


def is_wrapped(text: str, printed: Sequence[Line]) -> bool:
    """True where paragraphs run over several lines of a fixed width."""
    pairs = [(a, b) for a, b in zip(printed, printed[1:], strict=False) if not b.spaced and not b.bullet]
    broken = sum(
        1
        for a, b in pairs
        if 40 <= a.span.end - a.span.start <= 130
        and _OPEN_END.search(text[a.span.start : a.span.end])
        and text[b.span.start].islower()
    )
    return broken >= 3 and broken * 5 >= len(printed)


def paragraphs(text: str, printed: Sequence[Line]) -> Iterator[Line]:
    """Lines joined to paragraphs where the text is wrapped."""
    if not is_wrapped(text, printed):
        yield from printed
        return
    width = sorted(p.span.end - p.span.start for p in printed)[len(printed) * 9 // 10]
    held: Line | None = None
    last = 0
    for line in printed:
        full = held is not None and last > width * 0.7
        if held is not None and full and not (line.spaced or line.bullet or line.ordinal or line.level):
            held = Line(Span(held.span.start, line.span.end), held.indent, held.bullet, held.ordinal, held.level, held.spaced)
        else:
            if held is not None:
                yield held
            held = line
        last = line.span.end - line.span.start
    if held is not None:
        yield held
