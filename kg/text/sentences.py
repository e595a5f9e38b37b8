"""Parsed blocks -> sentences with exact source spans."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.languages.english import OPENERS
from kg.model import BlockKind, Sentence
from kg.text.parser import parser
from kg.text.repair import align, damage

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
_CLOSING = frozenset(")]”’»'\"")
_ABBREVIATION = 4
UNREAD = frozenset({BlockKind.BOILERPLATE})
"""Kinds that hold no sentence."""


def sentences(item: Item) -> Iterator[Sentence]:
    """The sentences of an item, in order, parsed in one batch."""
    text = item.document.text
    harm = damage(text, item.span)
    pairs = [(align(text, b.span, harm), b) for b in item.blocks if b.kind not in UNREAD]
    pairs = [(a, b) for a, b in pairs if a.text]
    index = 0
    docs = parser().pipe(a.text for a, _ in pairs)
    for doc, (alignment, block) in zip(docs, pairs, strict=True):
        for part in _split(doc, whole=block.kind in WHOLE):
            yield Sentence(index, alignment.source(part.start_char, part.end_char), block, part, alignment)
            index += 1


def _split(doc: Doc, *, whole: bool) -> Iterator[Span]:
    """The sentences of a block, without white space at their ends."""
    for start, end in [(0, len(doc))] if whole else _bounds(doc):
        first, last = start, end
        while first < last and doc[first].is_space:
            first += 1
        while last > first and doc[last - 1].is_space:
            last -= 1
        if last > first:
            yield doc[first:last]


def _bounds(doc: Doc) -> Iterator[tuple[int, int]]:
    """The parser's sentences, joined where it broke one: after an initial, a colon, in mid-clause."""
    start: int | None = None
    for part in doc.sents:
        start = part.start if start is None else start
        if part.end == len(doc) or _ends(doc, part.end):
            yield start, part.end
            start = None


def _ends(doc: Doc, end: int) -> bool:
    """True where a sentence can end before a token."""
    following = doc[end]
    last = end - 1
    while last > 0 and (doc[last].is_space or doc[last].is_quote or doc[last].text in _CLOSING):
        last -= 1
    stop = doc[last].text
    if stop[-1] in "?!…":
        return not following.text[0].islower()
    if stop[-1] == ".":
        short = stop != "." and len(stop) <= _ABBREVIATION
        return not (following.text[0].islower() or (short and following.text[0].isupper()))
    return following.text in OPENERS and len(following.text) > 1
