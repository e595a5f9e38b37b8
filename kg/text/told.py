"""The violations that an item tells, worked out once for all extractors that ask.

`kg.text.mentions` takes as long as all other extractors together, and rights and instruments
need what it finds as well. Readings are large and never change, so that identity is the key;
the last few are kept, never more.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.text.identity import Held
from kg.text.mentions import mentions

if TYPE_CHECKING:
    from kg.model import Reading
    from kg.text.mentions import ViolationMention
    from kg.vocabulary import Vocabulary

KEPT = 4
PERSON = "Person"
PERSON_THRESHOLD = 0.6
"""How sure a mention must be to link a named person to an act; below, the name stands as text only."""


@lru_cache(maxsize=KEPT)
def _told(held: Held, vocabulary: Vocabulary) -> tuple[ViolationMention, ...]:
    return tuple(mentions(held.reading, vocabulary))


def violations_told(reading: Reading, vocabulary: Vocabulary) -> tuple[ViolationMention, ...]:
    """Every mention of a violation in an item, in the order of the text, whatever person it names."""
    return _told(Held(reading), vocabulary)


def guarded(mention: ViolationMention, reading: Reading, threshold: float) -> ViolationMention:
    """The mention without links to persons of which it isn't sure enough; the text is kept."""
    if mention.confidence >= threshold:
        return mention
    keys = {"victim": mention.about.victim_key, "perpetrator": mention.about.perpetrator_key}
    held = tuple(s for s, k in keys.items() if k is not None and reading.entity[k].type == PERSON)
    if not held:
        return mention
    about = replace(
        mention.about,
        victim_key=None if "victim" in held else keys["victim"],
        perpetrator_key=None if "perpetrator" in held else keys["perpetrator"],
    )
    return replace(mention, about=about, withheld=held)
