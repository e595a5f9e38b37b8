"""Sentences -> mentions and entities, each entity once an item."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.model import Entity, Mention

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.model import Item, Sentence
    from kg.vocabulary import Vocabulary


def entities(
    item: Item, sentences: Sequence[Sentence], vocabulary: Vocabulary
) -> tuple[tuple[Mention, ...], tuple[Entity, ...]]:
    """The mentions in order, and what they name. Thin: states by name only, so far."""
    names = {name: s for s in vocabulary.states for name in s.names if name}
    if not names:
        return (), ()
    pattern = re.compile(r"\b(?:" + "|".join(sorted(map(re.escape, names), key=lambda n: (-len(n), n))) + r")\b")
    mentions: list[Mention] = []
    found: dict[str, Entity] = {}
    for sentence in sentences:
        base = sentence.tokens.start_char
        for match in pattern.finditer(sentence.text):
            state = names[match[0]]
            key = f"country-{state.alpha2.lower()}"
            found.setdefault(key, Entity(key, "Country", match[0], iri=state.iri, country=state.alpha2))
            mentions.append(Mention(sentence.alignment.source(base + match.start(), base + match.end()), key, match[0]))
    return tuple(mentions), tuple(found.values())
