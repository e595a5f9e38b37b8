"""The frozen records that pass between stages.

The way through: `path -> Document -> Item -> Reading (sentences, mentions, entities) ->
Claim -> graph`. Every `Span` is a pair of offsets into `Document.text`, in Unicode code
points, end exclusive, so that `text[start:end]` is the quote to the letter. Types of
violations, rights, entities and actions are ids of ontology terms (local names), never
code.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import spacy.tokens

WORLD = "*"
"""The country column of a fact about the world, or where no country is named."""


class Span(NamedTuple):
    """Offsets into `Document.text`: code points, end exclusive."""

    start: int
    end: int

    def holds(self, other: Span) -> bool:
        """True where the other span lies within this one."""
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: Span) -> bool:
        """True where the two spans share at least one code point."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Document:
    """A source as it was read: its text is never changed afterwards."""

    name: str
    """The file's name, without folders: what `FILE#N` in the fact tables starts with."""
    text: str
    media_type: str = "text/plain"
    source: str = ""
    """The address or title of the original, where the document names one."""

    @property
    def sha256(self) -> str:
        """Hash of the text in UTF-8: the document's identity."""
        return hashlib.sha256(self.text.encode("utf-8")).hexdigest()

    def quote(self, span: Span) -> str:
        """The text at a span, to the letter."""
        return self.text[span.start : span.end]


class BlockKind(StrEnum):
    """What a block of an item is, by layout and wording."""

    TITLE = "title"
    HEADER = "header"
    """Session, date or occasion lines before the running text."""
    BYLINE = "byline"
    """Who speaks with whom, at the head of an interview."""
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    QUESTION = "question"
    ANSWER = "answer"
    LIST_ITEM = "list-item"
    SIGNATORY = "signatory"
    RATING = "rating"
    """The line that tells a civic space rating."""
    BOILERPLATE = "boilerplate"
    """Contacts, 'follow us', 'read more', photo credits, page furniture."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, line or list item of an item."""

    kind: BlockKind
    span: Span
    speaker: str | None = None
    """Who speaks here, where the layout tells it (the interviewee in an answer)."""
    governor: Span | None = None
    """For a list item: the sentence that introduces the list ('We call on ... to:')."""
    section: str = ""
    """The nearest heading above, repaired; empty at the top of an item."""


@dataclass(frozen=True, slots=True)
class Item:
    """One article: a page that lists several articles holds several items."""

    document: Document
    number: int
    """From 1, in order."""
    span: Span
    title: Span
    blocks: tuple[Block, ...]
    publisher: str = ""
    genre: str = ""
    """statement, interview, press-release, news, report, resolution, submission or letter."""
    date: str | None = None
    """ISO 8601 as precise as told; only where the item states it."""
    speaker: str | None = None
    """The default claimant: interviewee, delivering organisation or publisher."""

    @property
    def id(self) -> str:
        """`FILE#N`, as the fact tables write it."""
        return f"{self.document.name}#{self.number}"


@dataclass(frozen=True, slots=True)
class Alignment:
    """A repaired copy of a stretch of text, for matching only, with the way back.

    `offsets[i]` is the place in `Document.text` of character `i` of `text`;
    `offsets[len(text)]` is the end of the stretch.
    """

    text: str
    offsets: tuple[int, ...]

    def source(self, start: int, end: int) -> Span:
        """The source span of characters start to end (exclusive) of the repaired copy."""
        if end <= start:
            return Span(self.offsets[start], self.offsets[start])
        return Span(self.offsets[start], self.offsets[end - 1] + 1)


@dataclass(frozen=True, eq=False)
class Sentence:
    """A sentence with its parse; its span is in the source, its tokens in the repaired copy.

    Equal to itself alone, so that what was worked out for it can be kept.
    """

    index: int
    """Place in the item, from 0."""
    span: Span
    block: Block
    tokens: spacy.tokens.Span
    """The parsed tokens; `tokens.doc` is the parse of the whole block's repaired copy."""
    alignment: Alignment
    """Of the whole block: character i of `tokens.doc.text` to its place in the source."""

    @cached_property
    def text(self) -> str:
        """The repaired text of the sentence: for matching, never for evidence."""
        return self.tokens.text

    @cached_property
    def places(self) -> tuple[Span, ...]:
        """Where each of the tokens stands in the source."""
        return tuple(self.source(token) for token in self.tokens)

    def meeting(self, span: Span) -> list[int]:
        """The tokens that share a character with a span of the source, as indices into the block's parse."""
        first = self.tokens.start
        return [first + n for n, place in enumerate(self.places) if span.meets(place)]

    def source(self, part: spacy.tokens.Span | spacy.tokens.Token) -> Span:
        """Where a token or span of the parse stands in the source."""
        if hasattr(part, "idx"):
            return self.alignment.source(part.idx, part.idx + len(part))
        return self.alignment.source(part.start_char, part.end_char)


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of text that names an entity."""

    span: Span
    entity: str
    """Key of the `Entity` in the same reading."""
    surface: str
    """The repaired text of the mention."""


@dataclass(frozen=True, slots=True)
class Entity:
    """A named thing of an item, in the fullest form that the item uses."""

    key: str
    """Unique and stable within the item: a slug of type and name."""
    type: str
    """Id of an entity class: Person, CivilSocietyOrganisation, ..."""
    name: str
    aliases: tuple[str, ...] = ()
    iri: str | None = None
    """The individual of the ontology's reference data that it is, where it is one."""
    country: str | None = None
    """ISO alpha-2 of the state that this is, or that this is an organ of."""
    confidence: float = 1.0
    found_by: str = ""


@dataclass(frozen=True)
class Reading:
    """An item as read: what every extractor gets."""

    item: Item
    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...] = ()
    """In order of their start; they don't overlap (the longest wins)."""
    entities: tuple[Entity, ...] = ()

    @cached_property
    def entity(self) -> dict[str, Entity]:
        """Entities by key."""
        return {e.key: e for e in self.entities}

    @cached_property
    def _starts(self) -> list[int]:
        """Where the mentions start."""
        return [m.span.start for m in self.mentions]

    def within(self, span: Span) -> list[Mention]:
        """The mentions that lie within a span."""
        first = bisect_left(self._starts, span.start)
        last = bisect_left(self._starts, span.end, first)
        return [m for m in self.mentions[first:last] if m.span.end <= span.end]


class Status(StrEnum):
    """How a claim stands to what it is about; names as in the ontology's individuals."""

    ASSERTED = "asserted"
    ALLEGED = "alleged"
    DENIED = "denied"
    FEARED = "feared"
    CALLED_FOR = "called-for"
    NORMATIVE = "normative"
    REVERSED = "reversed"

    @property
    def reported(self) -> bool:
        """True where the claim says that it happened: only then there is an event."""
        return self in (Status.ASSERTED, Status.ALLEGED)


# What a claim is about: one record a table of the fact contract. Columns that a text
# doesn't tell are None; `country` is ISO alpha-2 or WORLD. A `*_key` names an entity of the
# same reading where the text was resolved to one with enough confidence.


@dataclass(frozen=True, slots=True)
class Violation:
    """An act or pattern of a violation type, with who, to whom, where, when, how many."""

    type: str
    country: str = WORLD
    victim: str | None = None
    perpetrator: str | None = None
    date: str | None = None
    count: int | None = None
    victim_key: str | None = None
    perpetrator_key: str | None = None
    place: str | None = None
    """City, district or region below the country, as the text names it."""


@dataclass(frozen=True, slots=True)
class RightNamed:
    """A right or freedom that the item names or plainly discusses."""

    right: str


@dataclass(frozen=True, slots=True)
class Recommendation:
    """A call on somebody to act."""

    by: str | None
    addressee: str | None = None
    rights: tuple[str, ...] = ()
    mechanism: str | None = None
    by_key: str | None = None
    addressee_key: str | None = None
    position: str | None = None
    """Where a report tells it: supported, noted or pending."""
    action: str = ""
    """What is asked, in the text's words, repaired."""


@dataclass(frozen=True, slots=True)
class Rating:
    """A civic space rating that holds now."""

    country: str
    rating: str
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Tenure:
    """A person holds or held a post."""

    person: str
    role: str
    organisation: str | None = None
    person_key: str | None = None
    organisation_key: str | None = None


@dataclass(frozen=True, slots=True)
class Endorsement:
    """An organisation delivers, signs or endorses the item."""

    organisation: str
    organisation_key: str | None = None


@dataclass(frozen=True, slots=True)
class MechanismAction:
    """A mechanism or body did something."""

    mechanism: str
    action: str
    country: str = WORLD
    date: str | None = None
    mechanism_key: str | None = None


@dataclass(frozen=True, slots=True)
class InstrumentNamed:
    """A law, bill, treaty, resolution or report by name."""

    name: str
    kind: str
    country: str = WORLD
    year: str | None = None
    effect: str | None = None
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Implementation:
    """How many recommendations a state received, accepted and implemented, says somebody."""

    state: str
    scope: str | None = None
    received: int | None = None
    accepted: int | None = None
    implemented: int | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that counts people, cases, laws, recommendations or organisations."""

    value: int
    of: str
    country: str = WORLD


@dataclass(frozen=True, slots=True)
class EntityNamed:
    """The item names an entity: a claim of existence only, evidence its first mention."""

    key: str


Content = (
    Violation
    | RightNamed
    | Recommendation
    | Rating
    | Tenure
    | Endorsement
    | MechanismAction
    | InstrumentNamed
    | Implementation
    | Figure
    | EntityNamed
)


@dataclass(frozen=True, slots=True)
class Claim:
    """Somebody says something at a place in an item."""

    about: Content
    evidence: Span
    status: Status = Status.ASSERTED
    claimant: str | None = None
    """Who says so, as named; None stands for the item's own voice."""
    claimant_key: str | None = None
    via: tuple[str, ...] = ()
    """Who passes it on, from the item's voice inwards, where claims nest."""
    confidence: float = 1.0
    """Calibrated probability that the claim is read rightly, 0 to 1."""
    found_by: str = ""
    """Id of the rule or model that found it."""
    withheld: tuple[str, ...] = ()
    """Slots whose link to a person was held back for want of confidence."""
    trigger: Span | None = None
    """The words of the evidence that say it, where single words do."""


@dataclass(frozen=True, slots=True)
class Problem:
    """An entry of the report: wrong data, told as a value."""

    stage: str
    where: str
    what: str
    mend: str = ""


@dataclass(frozen=True, slots=True)
class ItemClaims:
    """A read item and all that was claimed in it: the input of the graph stage."""

    reading: Reading
    claims: tuple[Claim, ...]
    problems: tuple[Problem, ...] = field(default=())
