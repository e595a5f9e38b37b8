"""Numbered recommendations of a review: each entry, the states that make it, and the position taken.

In: the text of an item. Out: `Entry`s. Reports of peer reviews list what was recommended in
numbered entries that end with the recommending states in brackets, grouped under paragraphs
that tell the position of the state under review ('enjoy the support of X', 'will be examined
by X', 'did not enjoy the support of X'). Page furniture may stand inside an entry.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from kg.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.vocabulary import State, Vocabulary

FEWEST = 5
"""Entries that make a list of a review."""
_PARAGRAPH = re.compile(r"^[ \t]*(?P<number>\d{1,3})\.\s+(?=[A-Z])", re.MULTILINE)
_LONGEST_HEAD = 1200
"""Characters between a paragraph's number and the first entry of its list, page furniture included."""
_INTRO = re.compile(
    r"\brecommendations\b.*\b(?:support|examin|noted|accept|reject|respon|provided|listed|follow)",
    re.IGNORECASE | re.DOTALL,
)
_ENTRY = re.compile(
    r"^[ \t]*(?:\d{1,3}\.\d{1,3}\.?|\d{1,3}\.|\([a-z]{1,2}\))[ \t]+(?=[\"“A-Z])", re.MULTILINE
)
_BRACKET = re.compile(r"\(([^()]{3,600})\)")
_FURNITURE = re.compile(
    r"^[ \t]*(?:A/HRC/\S+|GE\.\d\S*|\d{1,3}|page \d+)[ \t]*$\n?", re.MULTILINE | re.IGNORECASE
)
_NOT = re.compile(r"\b(?:not|cannot|reject\w*)\b", re.IGNORECASE)
_LATER = re.compile(
    r"\bwill (?:be examined|examine|be provided|provide|respond|be considered)|\bpending\b", re.IGNORECASE
)
_REVIEWED = re.compile(
    r"\b(?:support of|(?:examined|supported|accepted|provided) by)\s+(?:the\s+)?(?P<state>[A-Z][\w’' -]+)"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One recommendation of one state, or of several together."""

    span: Span
    text: str
    """Without page furniture and line breaks."""
    states: tuple[State, ...]
    position: str | None
    """supported, noted or pending; None where nothing tells it."""
    reviewed: State | None
    """The state under review, where the paragraph names it."""


@lru_cache(maxsize=4)
def entries(text: str, span: Span, vocabulary: Vocabulary) -> tuple[Entry, ...]:
    """The numbered recommendations in a stretch of text; none where there are only a few.

    Kept for the last few stretches: who tells recommendations and who tells violations ask in turn.
    """
    found: list[Entry] = []
    intros = list(_intros(text, span))
    ends = [*(start for start, *_ in intros[1:]), span.end] if intros else []
    for (_, number, told, begins), end in zip(intros, ends, strict=True):
        closing = re.compile(rf"^[ \t]*{number + 1}\.\s+[A-Z]", re.MULTILINE).search(text, begins, end)
        region = Span(begins, closing.start() if closing else end)
        state = _REVIEWED.search(told)
        reviewed = _state_at_start(state["state"], vocabulary) if state else None
        found += _listed(text, region, _position(told), reviewed, vocabulary)
    return tuple(found) if len(found) >= FEWEST else ()


def _intros(text: str, span: Span) -> Iterator[tuple[int, int, str, int]]:
    """Paragraphs that introduce a list: start, number, words, and where the list begins."""
    for mark in _PARAGRAPH.finditer(text, span.start, span.end):
        number = int(mark["number"])
        first = re.compile(rf"^[ \t]*(?:{number}\.1\b|1\.|\(a\))\.?[ \t]+(?=[\"“A-Z])", re.MULTILINE)
        entry = first.search(text, mark.end(), min(span.end, mark.end() + _LONGEST_HEAD))
        if entry is None:
            continue
        other = _PARAGRAPH.search(text, mark.end(), entry.start())
        told = " ".join(_FURNITURE.sub("", text[mark.end() : entry.start()]).split())
        if other is None and _INTRO.search(told):
            yield mark.start(), number, told, entry.start()


def _position(told: str) -> str | None:
    """The position that the introducing paragraph tells."""
    if _LATER.search(told):
        return "pending"
    if _NOT.search(told) or re.search(r"\bnoted\b", told):
        return "noted"
    return "supported" if re.search(r"\b(?:support|accept)", told) else None


def _listed(
    text: str, region: Span, position: str | None, reviewed: State | None, vocabulary: Vocabulary
) -> Iterator[Entry]:
    marks = list(_ENTRY.finditer(text, region.start, region.end))
    edges = [m.end() for m in marks]
    ends = [*(m.start() for m in marks[1:]), region.end]
    for start, end in zip(edges, ends, strict=True):
        yield from _parts(text, Span(start, end), position, reviewed, vocabulary)


def _parts(
    text: str, entry: Span, position: str | None, reviewed: State | None, vocabulary: Vocabulary
) -> Iterator[Entry]:
    """An entry, split after each bracket of states: older reports join several by semicolons."""
    brackets = [
        (m, states)
        for m in _BRACKET.finditer(text, entry.start, entry.end)
        if (states := states_in(m[1], vocabulary))
    ]
    starts = [entry.start, *(m.end() for m, _ in brackets)]
    for (start, _), (match, states) in zip(pairwise([*starts, entry.end]), brackets, strict=False):
        words = text[start : match.start()]
        lead = len(words) - len(words.lstrip(" \t\n;,."))
        plain = " ".join(_FURNITURE.sub("", words[lead:]).split())
        if len(plain) > 1:
            yield Entry(Span(start + lead, match.end()), plain, states, position, reviewed)


@lru_cache(maxsize=4)
def _names(vocabulary: Vocabulary) -> Mapping[str, State]:
    return {_plain(name): state for state in vocabulary.states for name in (*state.names, state.label)}


def _plain(name: str) -> str:
    return " ".join(re.findall(r"\w+", name.casefold().removeprefix("the ")))


def _state_at_start(words: str, vocabulary: Vocabulary) -> State | None:
    """The state whose name some words start with, the longest name first."""
    parts = words.split()
    names = _names(vocabulary)
    found = (names.get(_plain(" ".join(parts[:end]))) for end in range(len(parts), 0, -1))
    return next((state for state in found if state is not None), None)


def states_in(listed: str, vocabulary: Vocabulary) -> tuple[State, ...]:
    """The states of a bracket, or nothing where it holds something else."""
    names = _names(vocabulary)
    text = " ".join(_FURNITURE.sub(" ", listed).split())
    parts = [p.strip() for p in re.split(r"[,;/]", text) if p.strip()]
    found: list[State] = []
    for part in parts:
        plain = _plain(part.removeprefix("and "))
        if plain in names:
            found.append(names[plain])
        elif " and " in part and all(_plain(p) in names for p in part.split(" and ")):
            found += [names[_plain(p)] for p in part.split(" and ")]
        else:
            return ()
    return tuple(dict.fromkeys(found))
