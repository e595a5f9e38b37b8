"""Short texts of our own, read as the product reads them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from kg.model import Document
from kg.text.items import split
from kg.text.reading import read_item
from kg.vocabulary import vocabulary

if TYPE_CHECKING:
    from kg.model import Item, Reading


def item_of(text: str, name: str = "page.txt") -> Item:
    """The only item of a text."""
    found = split(Document(name, text))
    assert len(found) == 1
    return found[0]


@lru_cache(maxsize=64)
def reading_of(text: str) -> Reading:
    """The reading of a text of one item."""
    return read_item(item_of(text), vocabulary())


def sentence_reading(sentence: str) -> Reading:
    """The reading of a sentence under a title that says nothing."""
    return reading_of(f"A short note\n\n{sentence}")


def names(reading: Reading, type_: str) -> set[str]:
    """Names of the entities of a class."""
    return {e.name for e in reading.entities if e.type == type_}
