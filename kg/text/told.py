"""The violations that an item tells, computed once for all extractors that ask.

`kg.text.mentions` takes as long as all other extractors together, and rights and instruments
need what it finds as well. Readings are large and never change, so that identity is the key;
the last few are kept, never more.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from kg.text.mentions import mentions

if TYPE_CHECKING:
    from kg.model import Reading
    from kg.text.mentions import ViolationMention
    from kg.vocabulary import Vocabulary

KEPT = 4


class _Held:
    """A reading as the key of a cache, by identity; holding it keeps its identity its own."""

    __slots__ = ("reading",)

    def __init__(self, reading: Reading) -> None:
        self.reading = reading

    def __hash__(self) -> int:
        return id(self.reading)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held) and self.reading is other.reading


@lru_cache(maxsize=KEPT)
def _told(held: _Held, vocabulary: Vocabulary) -> tuple[ViolationMention, ...]:
    return tuple(mentions(held.reading, vocabulary))


def violations_told(reading: Reading, vocabulary: Vocabulary) -> tuple[ViolationMention, ...]:
    """Every mention of a violation in an item, in the order of the text."""
    return _told(_Held(reading), vocabulary)
