"""The lines of an item -> blocks: what each paragraph is, by layout and wording."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.model import Block, BlockKind, Span
from kg.text import layout
from kg.text.columns import divided
from kg.text.heads import type_of
from kg.text.interviews import Interview, interview, is_label_of
from kg.text.repair import align, damage
from kg.text.signatories import is_name_line, signatories
from kg.text.titles import is_broken, is_furniture, metadata_line, title_place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.text.layout import Line

_RATING = re.compile(
    r"\b(?:is|are|remains?)\s+(?:currently\s+)?rated\b|\brat(?:es?|ed|ing)\b.{0,60}\bcivic space\b|"
    r"\bcivic space\b.{0,80}\brat(?:ing|ed|es)\b|\bcivic space rating\b",
    re.IGNORECASE,
)
_RATED = re.compile(r"[*_]*(?:(?:civic space|current|overall) )*rating[*_]*\s*:", re.IGNORECASE)
_BY = re.compile(
    r"(?:by|reported by|story by|written by|author:)\s+[A-Z][\w.’'-]+(?:\s+(?:and\s+)?[A-Z][\w.’'-]+)"
    r"{1,6}\b[^.]{0,60}$",
    re.IGNORECASE,
)
_DATELINE = re.compile(
    r"(?:\d{1,2}(?:st|nd|rd|th)?[ /.-])?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|\d)[\w.,/ "
    r"-]{4,22}\d{4}\b"
)
_WORD = re.compile(r"\w+")
_LONGEST_HEADING = 14
_LONGEST_META = 300
_LONGEST_TITLE = 300
_HEAD_KINDS = frozenset({BlockKind.TITLE, BlockKind.HEADER, BlockKind.BYLINE, BlockKind.BOILERPLATE})
_LIST_INTRO = frozenset(":;")


def is_rating(words: str) -> bool:
    """True for a line that tells a civic space rating and little else."""
    return len(words) < 200 and _RATING.search(words) is not None  # noqa: PLR2004


def blocks(text: str, lines: Sequence[Line]) -> list[Block]:
    """The blocks of one article, in order; its title has the kind TITLE."""
    parts = divided(text, list(layout.paragraphs(text, lines)))
    harm = damage(text, Span(parts[0].span.start, parts[-1].span.end))
    words = [align(text, p.span, harm).text or text[p.span.start : p.span.end] for p in parts]
    title = title_place(words, parts)
    while title + 1 < len(parts) and is_broken(
        words[title], parts[title], parts[title + 1], words[title + 1]
    ):
        parts[title : title + 2] = [
            replace(parts[title], span=Span(parts[title].span.start, parts[title + 1].span.end))
        ]
        words[title : title + 2] = [f"{words[title]} {words[title + 1]}"]
    talk = interview(words, parts, title)
    layout_ = _Layout(parts, words, title, talk, signatories(words, parts, title))
    kinds: list[BlockKind] = []
    for i in range(len(parts)):
        kinds.append(layout_.kind(i, kinds))
    return _linked(text, parts, words, kinds, talk)


def _above_title(words: str) -> BlockKind:
    """The kind of a line above the title: country and rating tell something, all else is of the page."""
    if _RATED.match(words):
        return BlockKind.RATING
    return BlockKind.HEADER if type_of(words) == "Country" else BlockKind.BOILERPLATE


@dataclass(frozen=True)
class _Layout:
    """What is known of an item's paragraphs before each gets its kind."""

    parts: Sequence[Line]
    words: Sequence[str]
    title: int
    talk: Interview | None
    signed: frozenset[int]

    def kind(self, i: int, before: Sequence[BlockKind]) -> BlockKind:
        """The kind of a paragraph: by its place, then by its wording, then by its marks."""
        head = all(k in _HEAD_KINDS for k in before)
        return self._placed(i, head=head) or self._worded(i) or self._marked(i) or self._running(i, head=head)

    def _placed(self, i: int, *, head: bool) -> BlockKind | None:
        here = self.words[i]
        if i == self.title:
            return BlockKind.TITLE if len(here) <= _LONGEST_TITLE else BlockKind.PARAGRAPH
        if i in self.signed:
            return BlockKind.SIGNATORY
        if i < self.title:
            return _above_title(here)
        if (head and metadata_line(here)) or here == self.words[self.title]:
            return BlockKind.BOILERPLATE
        if self.talk and i == self.talk.byline:
            return BlockKind.BYLINE
        return BlockKind.QUESTION if self.talk and i in self.talk.questions else None

    def _worded(self, i: int) -> BlockKind | None:
        here = self.words[i]
        if is_rating(here) and not (self.talk and i in self.talk.labels):
            return BlockKind.RATING
        if is_furniture(here):
            return BlockKind.BOILERPLATE
        return BlockKind.BYLINE if _BY.match(here) and len(here) < _LONGEST_META // 2 else None

    def _marked(self, i: int) -> BlockKind | None:
        part = self.parts[i]
        if part.level:
            return BlockKind.HEADING
        if part.bullet and self.talk and i - 1 in self.talk.questions:
            return BlockKind.ANSWER
        return BlockKind.LIST_ITEM if part.bullet or (part.ordinal and self._in_list(i)) else None

    def _running(self, i: int, *, head: bool) -> BlockKind:
        """The kind of a line without marks: header, heading, answer or paragraph."""
        here = self.words[i]
        small = len(_WORD.findall(here)) <= _LONGEST_HEADING
        short = small and here[-1] not in '.?!;,…”"’:' and not here[0].islower()
        dated = _DATELINE.search(here) is not None
        if head and (short or _DATELINE.fullmatch(here) or _is_header(here)):
            return BlockKind.HEADER
        follows = i + 1 < len(self.words) and len(self.words[i + 1]) > len(here) * 0.8
        if short and not dated and (follows or self.parts[i].strong):
            return BlockKind.HEADING
        if short and follows:
            return BlockKind.HEADER
        answers = self.talk and self.talk.questions and i > min(self.talk.questions)
        return BlockKind.ANSWER if answers else BlockKind.PARAGRAPH

    def _in_list(self, i: int) -> bool:
        """True for a numbered line of a list; numbered paragraphs of a report are running text."""
        first = i
        while first > 0 and self.parts[first].ordinal:
            first -= 1
        introduced = first < i and self.words[first][-1] in _LIST_INTRO
        ordinal = self.parts[i].ordinal[:1]
        return introduced or not (ordinal.isdigit() or ordinal in "IVX")


def _is_header(words: str) -> bool:
    """True for a longer unpunctuated line at the head: the occasion of a statement."""
    return len(words) < _LONGEST_TITLE and words[-1].isalnum() and is_name_line(words[:150])


def _linked(
    text: str, parts: Sequence[Line], words: Sequence[str], kinds: Sequence[BlockKind], talk: Interview | None
) -> list[Block]:
    """Blocks with their section and speaker, and list items with the sentence that governs them."""
    found: list[Block] = []
    section, speaker = "", None
    governor: Span | None = None
    listing = False
    for i, (part, here, kind) in enumerate(zip(parts, words, kinds, strict=True)):
        if kind is BlockKind.HEADING:
            section = here
        if talk:
            speaker = _speaker(i, kind, talk, speaker)
        bare = i > 0 and parts[i - 1].bullet and not part.bullet
        if kind is BlockKind.PARAGRAPH and not bare and _runs_on(i, words, listing=listing):
            kind = BlockKind.LIST_ITEM  # noqa: PLW2901 - the list goes on without marks
        if kind is not BlockKind.LIST_ITEM:
            listing = here[-1] in _LIST_INTRO and kind in (
                BlockKind.PARAGRAPH,
                BlockKind.ANSWER,
                BlockKind.HEADING,
            )
            governor = (
                _last_sentence(text, part.span)
                if listing
                else part.span
                if kind is BlockKind.HEADING
                else None
            )
        block = Block(
            kind,
            part.span,
            speaker if kind in (BlockKind.ANSWER, BlockKind.LIST_ITEM, BlockKind.QUESTION) else None,
            governor if kind is BlockKind.LIST_ITEM else None,
            section,
        )
        found.append(block)
    return found


def _runs_on(i: int, words: Sequence[str], *, listing: bool) -> bool:
    """True for a line of a list that has lost its marks: it follows a colon and ends in a semicolon."""
    here = words[i]
    if not listing or i == 0:
        return False
    ends = here[-1] == ";" or here.endswith(("; and", ", and", "; or"))
    return (
        ends
        or (here[0].islower() and here[-1] in ".;,")
        or words[i - 1][-1:] == ";"
        or words[i - 1].endswith("; and")
    )


def _speaker(i: int, kind: BlockKind, talk: Interview, before: str | None) -> str | None:
    """Who speaks in a block of an interview."""
    label = talk.labels.get(i)
    if kind is BlockKind.QUESTION:
        return label if label and len(label) > 1 and label not in ("Question", "Interviewer") else None
    if label and label not in ("A", "Answer"):
        full = talk.interviewee
        return full if full and is_label_of(label, full) else label
    if kind is BlockKind.ANSWER:
        return talk.interviewee
    return before if kind is BlockKind.LIST_ITEM else None


def _last_sentence(text: str, span: Span) -> Span:
    """The last sentence of a paragraph, roughly: what governs the list below it."""
    cut = max(
        text.rfind(mark, span.start, span.end - 2) for mark in (". ", "? ", "! ", ".\u00a0", ".” ", ".\n")
    )
    if cut < span.start:
        return span
    start = cut + 1
    while start < span.end and not text[start].isalnum():
        start += 1
    return Span(start, span.end)
