"""A repaired copy of a stretch of text, for matching only, with the way back.

What a page lost or glued on its way to text is mended: odd spaces and hyphens, words run
together, letters dropped with a ligature. Evidence is never taken from the copy.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.model import Alignment

if TYPE_CHECKING:
    from kg.model import Span

_SPACES = re.compile(r"[\s\u00a0\u2007\u202f\u2009\u200a\ufeff]+")
_GLUED = re.compile(r"\b(?:is|the|with|about|of|and|its|by|to|on|towards|or)(?=the[A-Z]|[A-Z@][a-z])|(?<=[a-z]{3})(?=[A-Z][A-Z]{3,}\b)|(?<=\bis)(?=the\b)")


def align(text: str, span: Span) -> Alignment:
    """The repaired copy of a stretch of the text."""
    out: list[str] = []
    offsets: list[int] = []
    for i in range(span.start, span.end):
        c = text[i]
        if c in "\u00ad\u200b\u2060\ufeff":
            continue
        if c.isspace() or c in "\u00a0\u2007\u202f":
            if out and out[-1] == " ":
                continue
            c = " "
        elif c in "\u2010\u2011":
            c = "-"
        out.append(c)
        offsets.append(i)
    copy = "".join(out)
    cuts = sorted({m.end() for m in _GLUED.finditer(copy)})
    for cut in reversed(cuts):
        if 0 < cut < len(copy) and copy[cut] != " " and copy[cut - 1] != " ":
            copy = copy[:cut] + " " + copy[cut:]
            offsets.insert(cut, offsets[cut])
    return Alignment(copy, (*offsets, span.end))
