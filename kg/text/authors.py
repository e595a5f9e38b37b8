"""Who submits or delivers together: the organisations that a joint text names at its head.

In: the reading of a statement, letter or submission. Out: mentions. Three places tell: the lines of the
head ('Submission by X / And / Y', a row 'Submitting organisations | X; Y'), a sentence on the text
itself ('this submission was prepared by X and Y', 'in this document, X and Y examine'), and a first
sentence in which several speak as one ('X, Y and Z welcome').
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.languages.english import DOCUMENTS, JOINS, JOINTLY, MADE_BY, PRESENTS
from kg.model import BlockKind, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.model import Mention, Reading, Sentence

ORGANISATIONS = frozenset({"CivilSocietyOrganisation", "MediaOutlet", "PoliticalParty", "Company"})
_JOINTLY = re.compile(JOINTLY, re.IGNORECASE)
_MADE_BY = re.compile(MADE_BY, re.IGNORECASE)
_JOINS = re.compile(JOINS, re.IGNORECASE)
_DOCUMENTS = re.compile(DOCUMENTS, re.IGNORECASE)
_PRESENTS = re.compile(PRESENTS, re.IGNORECASE)
_CONTACT = re.compile(
    r"\b(?:contact|e-?mail|tel|phone|fax|www|to|cc|re)\b\W*[:.]|\S@\S|^(?:to|dear)\b", re.IGNORECASE
)
_RUNNING, _OPENING, _SEVERAL = 200, 12, 2
_HEAD_KINDS = frozenset(
    {BlockKind.TITLE, BlockKind.HEADER, BlockKind.BOILERPLATE, BlockKind.HEADING, BlockKind.SIGNATORY}
)


def authors(reading: Reading) -> Iterator[Mention]:
    """The mentions of those who submit or deliver together."""
    head = _head(reading)
    if any(_JOINTLY.search(reading.item.document.quote(span)) for span in head):
        for span in head[1:] if len(head) > 1 else ():
            line = " ".join(reading.item.document.quote(span).split())
            if not _CONTACT.search(line):
                yield from _organisations(span, reading)
    for sentence in reading.sentences[: 2 * _OPENING]:
        if made := _MADE_BY.search(sentence.text):
            start = sentence.alignment.source(
                sentence.tokens.start_char + made.end() - 1, sentence.tokens.end_char
            )
            yield from _first_of_sentence(start, reading)
        told = _organisations(sentence.span, reading)
        together = _JOINS.search(sentence.text) and _DOCUMENTS.search(sentence.text)
        if len(told) > _SEVERAL and together:
            yield from told
    yield from _speaking_together(reading)


def _head(reading: Reading) -> list[Span]:
    """The title and the short lines around it, before the running text."""
    found: list[Span] = []
    for block in reading.item.blocks[: 2 * _OPENING]:
        text = reading.item.document.quote(block.span)
        if len(text) > _RUNNING or (block.kind not in _HEAD_KINDS and text.rstrip()[-1:] in ".?!"):
            break
        if block.kind is BlockKind.TITLE:
            found.insert(0, block.span)
        else:
            found.append(block.span)
    return found


def _organisations(span: Span, reading: Reading) -> list[Mention]:
    return [m for m in reading.within(span) if reading.entity[m.entity].type in ORGANISATIONS]


def _first_of_sentence(span: Span, reading: Reading) -> Iterator[Mention]:
    """The organisations of a list, up to the first words that go on with something else."""
    last: Mention | None = None
    for mention in _organisations(span, reading):
        between = reading.item.document.text[(last.span.end if last else span.start) : mention.span.start]
        if len(between.split()) > _SEVERAL + 1:
            return
        yield mention
        last = mention


def _speaking_together(reading: Reading) -> Iterator[Mention]:
    """Those who make up the subject of an opening sentence, the speaker among them."""
    speaker = reading.item.speaker
    joint = _JOINTLY.search(reading.item.document.quote(reading.item.title)) is not None
    for sentence in reading.sentences[:_OPENING] if speaker or joint else ():
        subject = _subject(sentence)
        told = _organisations(subject, reading) if subject else []
        named = {n for m in told for n in (reading.entity[m.entity].name, *reading.entity[m.entity].aliases)}
        if len(told) >= _SEVERAL and (joint or speaker in named):
            yield from told


def _subject(sentence: Sentence) -> Span | None:
    """The words before the verb of a sentence that presents or speaks: 'In this report, X and Y examine'."""
    opens = _PRESENTS.match(sentence.text)
    begin = opens.end() if opens else 0
    root = sentence.tokens.root
    end = root.idx - sentence.tokens.start_char
    subject = next((c for c in root.children if c.dep_ == "nsubj" and c.i < root.i), None)
    if (
        subject is None
        or end <= begin
        or subject.left_edge.idx - sentence.tokens.start_char > begin + _SEVERAL * 2
    ):
        return None
    return sentence.alignment.source(sentence.tokens.start_char + begin, sentence.tokens.start_char + end)
