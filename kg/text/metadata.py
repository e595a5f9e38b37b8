"""Publisher, genre, date and default speaker of an item, by wording and structure."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.model import BlockKind, Item

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.text.layout import Line


def describe(item: Item, page: Sequence[Line]) -> Item:
    """The item with publisher, genre, date and speaker."""
    text = item.document.text
    kinds = {b.kind for b in item.blocks}
    whole = text[item.span.start : item.span.end]
    genre = "news"
    if BlockKind.QUESTION in kinds:
        genre = "interview"
    elif BlockKind.SIGNATORY in kinds or re.search(r"\b[Ww]e (?:urge|call|welcome|are)\b", whole):
        genre = "statement"
    publisher = _publisher(whole, "\n".join(text[p.span.start : p.span.end] for p in page))
    return replace(item, genre=genre, publisher=publisher, speaker=publisher or None)


def _publisher(whole: str, page: str) -> str:
    found = re.search(r"\b([A-Z]{4,})\b(?=, c/o)", page) or re.search(
        r"([A-Z][A-Z]{3,})[’']? (?:speaks|welcomes|calls|urges)", whole
    )
    return found[1] if found else ""
