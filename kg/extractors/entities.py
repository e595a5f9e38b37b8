"""Which named things an item names: one claim an entity, its first mention as evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model import Claim, EntityNamed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.model import Reading
    from kg.vocabulary import Vocabulary

LEAST = 0.6
"""Entities below this confidence serve reference only: 'the authorities', a people's adjective."""


def extract(reading: Reading, vocabulary: Vocabulary) -> Iterator[Claim]:  # noqa: ARG001 - all extractors share the call
    """A claim for each entity that is sure enough."""
    first = {m.entity: m for m in reversed(reading.mentions)}
    for entity in reading.entities:
        if entity.confidence >= LEAST and entity.key in first:
            yield Claim(
                EntityNamed(entity.key),
                first[entity.key].span,
                confidence=entity.confidence,
                found_by=entity.found_by,
            )
