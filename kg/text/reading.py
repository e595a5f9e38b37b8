"""Item -> Reading: sentences with their parse, mentions and entities."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model import Reading
from kg.text.entities import entities
from kg.text.sentences import sentences

if TYPE_CHECKING:
    from kg.model import Item
    from kg.vocabulary import Vocabulary


def read_item(item: Item, vocabulary: Vocabulary) -> Reading:
    """The item as every extractor gets it."""
    parsed = tuple(sentences(item))
    mentions, found = entities(item, parsed, vocabulary)
    return Reading(item, parsed, mentions, found)
