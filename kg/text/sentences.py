"""Parsed blocks -> sentences with exact source spans."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model import BlockKind, Sentence
from kg.text.parser import parser
from kg.text.repair import align

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Span

    from kg.model import Item

WHOLE = frozenset(
    {
        BlockKind.TITLE,
        BlockKind.HEADER,
        BlockKind.HEADING,
        BlockKind.QUESTION,
        BlockKind.SIGNATORY,
        BlockKind.RATING,
    }
)
"""Kinds of block that are one sentence each."""
UNREAD = frozenset({BlockKind.BOILERPLATE})
"""Kinds that hold no sentence."""


def sentences(item: Item) -> Iterator[Sentence]:
    """The sentences of an item, in order, parsed in one batch."""
    text = item.document.text
    pairs = [(align(text, b.span), b) for b in item.blocks if b.kind not in UNREAD]
    index = 0
    docs = parser().pipe(a.text for a, _ in pairs)
    for doc, (alignment, block) in zip(docs, pairs, strict=True):
        for part in _split(doc, whole=block.kind in WHOLE):
            start, end = part.start_char, part.end_char
            yield Sentence(index, alignment.source(start, end), block, part, alignment)
            index += 1


def _split(doc: Doc, *, whole: bool) -> Iterator[Span]:
    if not len(doc):
        return
    for part in [doc[:]] if whole else doc.sents:
        first, last = part.start, part.end
        while first < last and doc[first].is_space:
            first += 1
        while last > first and doc[last - 1].is_space:
            last -= 1
        if last > first:
            yield doc[first:last]
