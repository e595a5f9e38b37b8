"""Persons and the posts that they hold or held.

The frames stand in `kg.text.officeholders`; here what is told twice is told once, and signature
blocks are read by their lines: name, post, organisation. A post is a noun phrase whose head is a
post cue of the ontology, or a mandate. A lower-case post without organisation describes, and is
no tenure ('the lawyer X'); an office written before the name is one ('President X').
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model import BlockKind, Claim, Tenure
from kg.text.officeholders import Frames
from kg.text.posts import Post, signed_post

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.model import Entity, Reading, Sentence
    from kg.vocabulary import Vocabulary

_LINES = 2
"""How far below a name its post may stand, and below a post its organisation."""


def extract(reading: Reading, vocabulary: Vocabulary) -> Iterator[Claim]:
    """A claim for each person and post."""
    told: set[tuple[str, str]] = set()
    for sentence in reading.sentences:
        signs = sentence.block.kind is BlockKind.SIGNATORY
        found = Frames(reading, sentence, vocabulary).all()
        for person, post in (*found, *(_signed(sentence, reading, vocabulary) if signs else ())):
            key = (person.key, post.role.casefold())
            if key not in told:
                told.add(key)
                name, organisation = _organisation(reading, post)
                tenure = Tenure(person.name, post.role, name, person.key, organisation)
                yield Claim(tenure, sentence.span, confidence=0.85, found_by="tenure-frame")


def _organisation(reading: Reading, post: Post) -> tuple[str | None, str | None]:
    """Name and key of a post's organisation; a mandate of the United Nations has theirs."""
    if post.organisation is None:
        return post.owner, None
    entity = reading.entity[post.organisation.entity]
    return entity.name, entity.key


def _signed(sentence: Sentence, reading: Reading, vocabulary: Vocabulary) -> Iterator[tuple[Entity, Post]]:
    """The post on the line below a signature, of the organisation below that, else of the item's speaker."""
    here = [reading.entity[m.entity] for m in reading.within(sentence.span)]
    if len(here) != 1 or here[0].type != "Person":
        return
    below = [
        s
        for s in reading.sentences[sentence.index + 1 : sentence.index + 1 + _LINES]
        if s.block.kind is BlockKind.SIGNATORY
    ]
    role = signed_post(below[0], vocabulary) if below else None
    if role is None:
        return
    bodies = [m for s in below for m in reading.within(s.span) if reading.entity[m.entity].type != "Person"]
    speaker = reading.item.speaker or reading.item.publisher or None
    yield here[0], Post(role, bodies[0] if bodies else None, 0, None if bodies else speaker)
