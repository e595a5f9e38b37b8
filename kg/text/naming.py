"""The name of what a noun or pronoun stands for: an entity's fullest form, else the words themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kg.text.coreference import mention_at, resolve
from kg.text.phrases import bare, children, noun_phrase

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.model import Entity, Reading, Sentence

FIRST_PERSON = frozenset({"we", "i", "us", "our", "my", "me", "ourselves"})
_GENERIC = frozenset(
    {
        "it",
        "he",
        "she",
        "they",
        "them",
        "him",
        "her",
        "this",
        "these",
        "those",
        "that",
        "one",
        "which",
        "who",
        "some",
        "such",
    }
)


_POSTS = frozenset({"Mechanism", "IntergovernmentalBody"})
_ADJACENT = 6
"""Characters between a post and who holds it: a comma, an article."""


class Named(NamedTuple):
    """A name, and the key of the entity that it is, where it is one."""

    name: str
    key: str | None = None


def voice(sentence: Sentence, reading: Reading) -> str | None:
    """Who speaks where the text says 'we': the speaker of the block, else of the item."""
    return sentence.block.speaker or reading.item.speaker or reading.item.publisher or None


def named(token: Token, sentence: Sentence, reading: Reading) -> Named | None:
    """The name that a token stands for, coordinated names joined; None where it is only a pronoun.

    'The government' takes the fullest form that the item has for it; 'members of the Council'
    stays as it is written, since the Council alone would be another addressee.
    """
    if token.lower_ in FIRST_PERSON:
        speaker = voice(sentence, reading)
        return Named(speaker) if speaker else None
    entity = entity_of(token, sentence, reading)
    others = [t for t in children(token, "conj") if t.pos_ in ("NOUN", "PROPN")]
    if entity is not None and not others:
        return Named(entity.name, entity.key)
    if token.lower_ in _GENERIC or token.pos_ in ("PRON", "DET", "VERB", "AUX"):
        return None
    return Named(bare(noun_phrase(token)))


def entity_of(token: Token, sentence: Sentence, reading: Reading) -> Entity | None:
    """The entity that a token stands for as the head of its mention, or that it refers back to."""
    entity = resolve(reading, sentence, token)
    if entity is None:
        return None
    mention = mention_at(reading, sentence, token)
    if mention is None:
        return entity
    words = noun_phrase(token, coordinate=False)
    phrase = sentence.source(words[:-1] if len(words) > 1 and words[-1].tag_ == "POS" else words)
    return None if _goes_on(phrase.end, mention.span.end) else entity


def classes_by_token(sentence: Sentence, reading: Reading) -> dict[int, str]:
    """The class of the entity that each token of a sentence is part of, by token index."""
    found: dict[int, str] = {}
    mentions = [(m.span, reading.entity[m.entity].type) for m in reading.within(sentence.span)]
    for token, here in zip(sentence.tokens, sentence.places, strict=True) if mentions else ():
        for place, (span, kind) in enumerate(mentions):
            if span.holds(here):
                found[token.i] = kind
                before = mentions[place - 1] if place else None
                if kind == "Person" and before is not None and span.start - before[0].end <= _ADJACENT:
                    found[token.i] = before[1] if before[1] in _POSTS else kind
    return found


def _goes_on(phrase_end: int, mention_end: int) -> bool:
    """True where the phrase has more words after the name: 'the Council members'."""
    return phrase_end > mention_end + 1
