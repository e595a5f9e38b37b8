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
from kg.text.posts import LINKS, Post, posts, professions, signed_post
from kg.text.wordforms import spaced

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from kg.model import Entity, Mention, Reading, Sentence
    from kg.vocabulary import Vocabulary

_APART = frozenset({",", "-", "–", "—", "|"})
_PROFESSORS = frozenset({"Prof", "Professor"})
_TEACHING = frozenset({"University", "College", "Institute", "Academy"})
_LONGEST = 120
_SITES = (".org", ".com", ".net", ".info")
_LINES = 2
"""How far below a name its post may stand, and below a post its organisation."""


def extract(reading: Reading, vocabulary: Vocabulary) -> Iterator[Claim]:
    """A claim for each person and post."""
    told: set[tuple[str, str]] = set()
    for sentence in reading.sentences:
        signs = sentence.block.kind is BlockKind.SIGNATORY
        signed = list(_signed(sentence, reading, vocabulary)) if signs else []
        found = () if signed or _is_signed(sentence, reading) else Frames(reading, sentence, vocabulary).all()
        for person, post in (*signed, *found):
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
    """The posts that a signature tells: on the line of the name, else on the line below it."""
    here = list(reading.within(sentence.span))
    if not here or reading.entity[here[0].entity].type != "Person":
        return
    person = reading.entity[here[0].entity]
    beside = list(_on_line(sentence, here, reading, vocabulary))
    yield from ((person, post) for post in beside)
    if not beside and len(here) == 1:
        yield from ((person, post) for post in _below(sentence, reading, vocabulary))


def _is_signed(sentence: Sentence, reading: Reading) -> bool:
    """True for a signatory's line that begins with a person: its posts are read by its cells alone."""
    here = list(reading.within(sentence.span))
    begins = bool(here) and reading.entity[here[0].entity].type == "Person"
    return sentence.block.kind is BlockKind.SIGNATORY and begins and len(sentence.text) < _LONGEST


def _on_line(
    sentence: Sentence, here: list[Mention], reading: Reading, vocabulary: Vocabulary
) -> Iterator[Post]:
    """'Ada Moro - poet and General Secretary, Harbour Union': posts, and the body after the comma."""
    after = [t for t in sentence.tokens if sentence.source(t).start >= here[0].span.end]
    if len(after) <= 1 or after[0].text not in _APART:
        return
    cut = next((i for i, t in enumerate(after) if i and _cuts(t)), len(after))
    told, rest = after[1:cut], after[cut + 1 :]
    bodies = [m for m in here[1:] if reading.entity[m.entity].type != "Person"]
    opens = next((i for i, t in enumerate(rest) if t.text == "("), len(rest))
    teaches = any(t.text in _TEACHING or t.text.endswith(_SITES) for t in rest[:opens])
    owner = spaced([t.text for t in rest[:opens]]) if teaches else None
    parts = list(_joined(told))
    for part in parts:
        if part[-1].lower_ in professions(vocabulary) and (len(parts) > 1 or not (bodies or owner)):
            continue
        if part[-1].lower_ in posts(vocabulary) or part[0].lower_ in posts(vocabulary):
            if any(t.lower_ in LINKS for t in part):
                continue
            yield Post(spaced([t.text for t in part]), bodies[0] if bodies else None, 0, owner)
    titled = [t for t in sentence.tokens if sentence.source(t).end <= here[0].span.start]
    if titled and titled[0].text.rstrip(".") in _PROFESSORS and told and told[0].text in _TEACHING:
        yield Post("Professor", bodies[0] if bodies else None, 0, spaced([t.text for t in told]))


def _cuts(token: Token) -> bool:
    """True for what parts the cells of a signature: a comma, a bracket, a dash with space around it."""
    hyphen = token.text == "-" and not token.nbor(-1).whitespace_
    return token.text in (*_APART, "(") and not hyphen


def _joined(tokens: list[Token]) -> Iterator[list[Token]]:
    """What 'and' joins."""
    part: list[Token] = []
    for token in tokens:
        if token.lower_ in ("and", "&", "/"):
            if part:
                yield part
            part = []
        else:
            part.append(token)
    if part:
        yield part


def _below(sentence: Sentence, reading: Reading, vocabulary: Vocabulary) -> Iterator[Post]:
    """The post on the line below a signature, of the organisation below that, else of the item's speaker."""
    below = [
        s
        for s in reading.sentences[sentence.index + 1 : sentence.index + 1 + _LINES]
        if s.block.kind is BlockKind.SIGNATORY
    ]
    persons = below and any(reading.entity[m.entity].type == "Person" for m in reading.within(below[0].span))
    role = signed_post(below[0], vocabulary) if below and not persons else None
    if role is None:
        return
    bodies = [m for s in below for m in reading.within(s.span) if reading.entity[m.entity].type != "Person"]
    speaker = reading.item.speaker or reading.item.publisher or None
    yield Post(role, bodies[0] if bodies else None, 0, None if bodies else speaker)
