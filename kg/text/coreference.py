"""Pronouns and definite noun phrases to the entity that they stand for, where it is safe."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.model import Entity, Reading, Sentence


def resolve(reading: Reading, sentence: Sentence, token: Token) -> Entity | None:
    """The entity that a token stands for: by its own mention, or what it refers back to."""
    here = sentence.source(token)
    for mention in reading.within(sentence.span):
        if mention.span.holds(here):
            return reading.entity[mention.entity]
    if token.dep_ == "relcl" or token.tag_ in ("WP", "WDT"):
        head = token.head.head if token.tag_ in ("WP", "WDT") else token.head
        if head is not token:
            return resolve(reading, sentence, head) if head.pos_ in ("NOUN", "PROPN") else None
    return None
