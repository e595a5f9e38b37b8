"""Violations: what the item says was done to whom, by whom, where, when, to how many.

In: a reading. Out: one claim a distinct (type, country, event or pattern), asserted, alleged,
denied, feared, called for, normative or reversed. The ontology's cues trigger
(`kg.text.cues`), the parse tells the status and the participants, the context of the
document decides on cues that ordinary news uses too, and mentions of one event are joined.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.events import joined
from kg.text.lexicon import lexicon
from kg.text.told import PERSON_THRESHOLD, guarded, violations_told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.model import Claim, Reading
    from kg.vocabulary import Vocabulary


def extract(
    reading: Reading, vocabulary: Vocabulary, *, person_threshold: float = PERSON_THRESHOLD
) -> Iterator[Claim]:
    """The violations that an item tells of, each once.

    A mention that is less sure than `person_threshold` links no named person as victim or perpetrator.
    """
    told = violations_told(reading, vocabulary)
    sure = [guarded(mention, reading, person_threshold) for mention in told]
    yield from joined(sure, lexicon(vocabulary).broader)
