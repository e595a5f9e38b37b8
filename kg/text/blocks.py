"""The lines of an item -> blocks: what each paragraph is, by layout and wording."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.model import Block, BlockKind, Span
from kg.text import layout

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.text.layout import Line

BOILERPLATE = re.compile(
    r"(?:get in touch with|read more|see (?:the )?latest|follow (?:us|the latest|@)|follow\b.*\bon (?:twitter|facebook|x)\b|"
    r"click here|for more information|for (?:media|press) (?:enquir|inquir|contact)|media contacts?|contacts?\s*:|"
    r"subscribe|sign up|share this|photo\s*:|file photo|image\s*:|also read|read also|source\s*:|https?://\S+$|"
    r"take the survey|donate|copyright|©|all rights reserved|tags?\s*:)",
    re.IGNORECASE,
)
RATING = re.compile(r"\b(?:is|are|remains?|was)\s+(?:currently\s+)?rated\s+(?:as\s+)?[‘'“\"]?\w+", re.IGNORECASE)
SIGNED = re.compile(
    r"(?:signed\b|signatories|endorsed|endorsements?|co-?signed|undersigned|supported by|signatory|the following organi[sz]ations)",
    re.IGNORECASE,
)
_SPEAKS = re.compile(r"\b(?:speaks?|spoke|talks?|talked|discuss(?:es|ed)?|interview(?:s|ed)?|sat down)\b.*\bwith\b|\binterview(?:s|ed)?\b", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_LONGEST_HEADING = 14
_LONGEST_SIGNATORY = 16


def blocks(text: str, lines: Sequence[Line]) -> list[Block]:
    """The blocks of one article, its title first."""
    parts = list(layout.paragraphs(text, lines))
    words = [text[p.span.start : p.span.end] for p in parts]
    kinds: list[BlockKind] = [BlockKind.PARAGRAPH] * len(parts)
    kinds[0] = BlockKind.TITLE
    questions = _questions(words)
    signed = _signatories(words, parts)
    for i in range(1, len(parts)):
        kinds[i] = _kind(i, words, parts, questions, signed, kinds[i - 1])
    return _linked(text, parts, words, kinds, bool(questions))


def _questions(words: Sequence[str]) -> frozenset[int]:
    """Places of the questions of an interview; empty where it is none."""
    asked = [
        i
        for i, w in enumerate(words)
        if i and w.endswith("?") and len(w) < 300 and w[0] not in "‘“\"'" and i + 1 < len(words) and len(words[i + 1]) > len(w)
    ]
    return frozenset(asked) if len(asked) >= 2 else frozenset()


def _is_name_line(words: str) -> bool:
    return (
        len(_WORD.findall(words)) <= _LONGEST_SIGNATORY
        and words[-1:] not in set(".?!:;…”\"")
        or words.endswith((" e.V.", " Inc.", " Ltd."))
    ) and not BOILERPLATE.match(words) and words[:1].isupper()


def _signatories(words: Sequence[str], parts: Sequence[Line]) -> frozenset[int]:
    """Places of the lines that sign: after an announcement, or the trailing run of short lines."""
    end = len(words)
    while end > 1 and (BOILERPLATE.match(words[end - 1]) or RATING.search(words[end - 1])):
        end -= 1
    start = end
    while start > 1 and _is_name_line(words[start - 1]):
        start -= 1
    announced = start > 1 and SIGNED.search(words[start - 1]) is not None
    enough = 1 if announced else 4
    return frozenset(range(start, end)) if end - start >= enough and start > 1 else frozenset()


def _kind(
    i: int,
    words: Sequence[str],
    parts: Sequence[Line],
    questions: frozenset[int],
    signed: frozenset[int],
    before: BlockKind,
) -> BlockKind:
    part, here = parts[i], words[i]
    if i in signed:
        return BlockKind.SIGNATORY
    if i in questions:
        return BlockKind.QUESTION
    if RATING.search(here) and len(here) < 160:
        return BlockKind.RATING
    if BOILERPLATE.match(here) and len(here) < 300:
        return BlockKind.BOILERPLATE
    if part.level:
        return BlockKind.HEADING
    if part.bullet:
        return BlockKind.LIST_ITEM
    head = before in (BlockKind.TITLE, BlockKind.HEADER, BlockKind.BYLINE)
    short = len(_WORD.findall(here)) <= _LONGEST_HEADING and here[-1:] not in set(".?!;,…”\"")
    if head and questions and _SPEAKS.search(here) and i < min(questions):
        return BlockKind.BYLINE
    if short and head:
        return BlockKind.HEADER
    if short and i + 1 < len(words) and here[-1:] != ":" and len(words[i + 1]) > len(here) and here[:1].isupper():
        return BlockKind.HEADING
    if questions and i > min(questions):
        return BlockKind.ANSWER
    return BlockKind.PARAGRAPH


def _linked(
    text: str, parts: Sequence[Line], words: Sequence[str], kinds: Sequence[BlockKind], interview: bool
) -> list[Block]:
    """Blocks with their section, and list items with the sentence that introduces the list."""
    found: list[Block] = []
    section = ""
    governor: Span | None = None
    for part, here, kind in zip(parts, words, kinds, strict=True):
        block = Block(kind=kind, span=part.span, section=section)
        if kind is BlockKind.HEADING:
            section = here
        if kind is BlockKind.LIST_ITEM:
            if governor is None and found and found[-1].kind in (BlockKind.PARAGRAPH, BlockKind.ANSWER, BlockKind.HEADING):
                before = found[-1].span
                cut = max(text.rfind(mark, before.start, before.end - 2) for mark in (". ", "? ", "! "))
                governor = Span(cut + 2 if cut >= before.start else before.start, before.end)
            block = replace(block, governor=governor)
        else:
            governor = None
        found.append(block)
    return found
