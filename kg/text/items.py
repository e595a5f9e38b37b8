"""Document -> items: a page that lists several articles holds several.

Three layouts are known: a page of bullets whose articles are indented below them (what
follows unindented is the page's footer); Markdown with several headings of the first level;
and anything else, which is one article.
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from kg.model import BlockKind, Document, Item, Span
from kg.text import blocks, layout, metadata
from kg.text.titles import key_length

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.model import Block
    from kg.text.layout import Line

_LONGEST_TITLE = 300
_LATEST_FIRST = 5
"""A page of bullets begins within so many lines."""


def split(document: Document) -> tuple[Item, ...]:
    """The items of a document, numbered from 1."""
    printed = layout.lines(document.text)
    groups = bulleted_articles(printed) or headed_articles(printed) or [list(printed)]
    inside = {id(line) for group in groups for line in group}
    rest = [line for line in printed if id(line) not in inside]
    found = []
    for number, group in enumerate(groups, 1):
        parts = blocks.blocks(document.text, group)
        span = Span(group[0].span.start, group[-1].span.end)
        found.append(Item(document, number, span, _title(document.text, parts), tuple(parts)))
    return metadata.describe(found, rest)


def _title(text: str, parts: Sequence[Block]) -> Span:
    """The span of the title; of the first sentence where a text has none."""
    span = next((b.span for b in parts if b.kind is BlockKind.TITLE), parts[0].span)
    span = Span(span.start + key_length(text[span.start : span.end]), span.end)
    if span.end - span.start <= _LONGEST_TITLE:
        return span
    stop = re.compile(r"[.?!](?=\s)").search(text, span.start, span.start + _LONGEST_TITLE)
    end = stop.end() if stop else text.rfind(" ", span.start, span.start + _LONGEST_TITLE)
    return Span(span.start, end if end > span.start else span.start + _LONGEST_TITLE)


def bulleted_articles(printed: Sequence[Line]) -> list[list[Line]]:
    """The articles of a page of bullets, or nothing where it is no such page."""
    first = next((i for i, line in enumerate(printed) if line.bullet), None)
    if first is None or first > _LATEST_FIRST:
        return []
    outer = printed[first].indent
    groups: list[list[Line]] = []
    for i, line in enumerate(printed[first:], first):
        if line.bullet and line.indent == outer:
            groups.append([line])
        elif line.indent > outer:
            groups[-1].append(line)
        elif any(later.bullet and later.indent == outer for later in printed[i:]):
            return []
        else:
            break
    articles = [g for g in groups if any(not m.bullet and m.spaced for m in g[1:])]
    return groups if len(articles) * 2 > len(groups) and (len(groups) > 1 or outer > 0) else []


def headed_articles(printed: Sequence[Line]) -> list[list[Line]]:
    """The articles of a page with several first-level headings, or nothing."""
    heads = [i for i, line in enumerate(printed) if line.level == 1]
    bounds = list(itertools.pairwise([*heads, len(printed)]))
    several = len(bounds) > 1 and all(b - a > 1 for a, b in bounds)
    return [list(printed[a:b]) for a, b in bounds] if several else []
