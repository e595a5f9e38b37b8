"""Numbered recommendations of a review: each entry, the states that make it, and the position taken.

In: the text of an item. Out: `Entry`s. Reports of peer reviews list what was recommended in
numbered entries that end with the recommending states in brackets, grouped under paragraphs
that tell the position of the state under review ('enjoy the support of X', 'will be examined
by X', 'did not enjoy the support of X'). Page furniture may stand inside an entry. Excerpts print a
few entries only: those whose number carries that of the paragraph ('112.62' under '112.') count
however few they are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from kg.model import Span
from kg.text.naming import Named
from kg.text.venue import subject

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.model import Reading
    from kg.vocabulary import State, Vocabulary

FEWEST = 5
"""Entries that make a list of a review, where their numbers don't tell."""
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


class NamedState(NamedTuple):
    """A state, and how the text names it."""

    name: str
    state: State


_HELD = re.compile(r"\b[Uu]niversal [Pp]eriodic [Rr]eview\b|\bUPR\b")


@dataclass(frozen=True, slots=True)
class Entry:
    """One recommendation of one state, or of several together."""

    span: Span
    text: str
    """Without page furniture and line breaks."""
    states: tuple[NamedState, ...]
    position: str | None
    """supported, noted or pending; None where nothing tells it."""
    reviewed: NamedState | None
    """The state under review, where the paragraph names it."""


def under_review(reading: Reading, vocabulary: Vocabulary) -> Named | None:
    """The state whose rights record an item of the Universal Periodic Review is about."""
    item = reading.item
    told = next((e.reviewed for e in entries(item.document.text, item.span, vocabulary) if e.reviewed), None)
    about = told.state.alpha2 if told else None
    if about is None and _HELD.search(item.document.quote(item.span)):
        about = subject(reading)
    states = (e for e in reading.entities if e.type == "Country" and e.country == about is not None)
    found = next(states, None)
    return Named(found.name, found.key) if found else None


def introductions(text: str, span: Span, vocabulary: Vocabulary) -> tuple[Span, ...]:
    """The paragraphs that introduce the entries: what they say of 'recommendations' is no call."""
    if not entries(text, span, vocabulary):
        return ()
    return tuple(Span(intro.start, intro.begins) for intro in _intros(text, span))


@lru_cache(maxsize=4)
def entries(text: str, span: Span, vocabulary: Vocabulary) -> tuple[Entry, ...]:
    """The numbered recommendations in a stretch of text; none where there are only a few.

    Kept for the last few stretches: who tells recommendations and who tells violations ask in turn.
    """
    found: list[Entry] = []
    intros = list(_intros(text, span))
    ends = [*(intro.start for intro in intros[1:]), span.end] if intros else []
    for intro, end in zip(intros, ends, strict=True):
        closing = re.compile(rf"^[ \t]*{intro.number + 1}\.\s+[A-Z]", re.MULTILINE).search(
            text, intro.begins, end
        )
        region = Span(intro.begins, closing.start() if closing else end)
        state = _REVIEWED.search(intro.told)
        reviewed = _state_at_start(state["state"], vocabulary) if state else None
        found += _listed(text, region, _position(intro.told), reviewed, vocabulary)
    enough = len(found) >= FEWEST or any(intro.numbered for intro in intros)
    return tuple(found) if enough else ()


class _Intro(NamedTuple):
    """A paragraph that introduces a list of recommendations."""

    start: int
    number: int
    told: str
    """Its words, without page furniture."""
    begins: int
    """Where the list begins."""
    numbered: bool
    """True where the numbers of the list carry its own."""


def _intros(text: str, span: Span) -> Iterator[_Intro]:
    """Paragraphs that introduce a list."""
    for mark in _PARAGRAPH.finditer(text, span.start, span.end):
        number = int(mark["number"])
        own = rf"(?P<own>{number}\.\d{{1,3}}\b)"
        first = re.compile(rf"^[ \t]*(?:{own}|1\.|\(a\))\.?[ \t]+(?=[\"“A-Z])", re.MULTILINE)
        entry = first.search(text, mark.end(), min(span.end, mark.end() + _LONGEST_HEAD))
        if entry is None:
            continue
        other = _PARAGRAPH.search(text, mark.end(), entry.start())
        told = " ".join(_FURNITURE.sub("", text[mark.end() : entry.start()]).split())
        if other is None and _INTRO.search(told):
            yield _Intro(mark.start(), number, told, entry.start(), entry["own"] is not None)


def _position(told: str) -> str | None:
    """The position that the introducing paragraph tells."""
    if _LATER.search(told):
        return "pending"
    if _NOT.search(told) or re.search(r"\bnoted\b", told):
        return "noted"
    return "supported" if re.search(r"\b(?:support|accept)", told) else None


def _listed(
    text: str, region: Span, position: str | None, reviewed: NamedState | None, vocabulary: Vocabulary
) -> Iterator[Entry]:
    marks = list(_ENTRY.finditer(text, region.start, region.end))
    edges = [m.end() for m in marks]
    ends = [*(m.start() for m in marks[1:]), region.end]
    for start, end in zip(edges, ends, strict=True):
        yield from _parts(text, Span(start, end), position, reviewed, vocabulary)


def _parts(
    text: str, entry: Span, position: str | None, reviewed: NamedState | None, vocabulary: Vocabulary
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


def _state_at_start(words: str, vocabulary: Vocabulary) -> NamedState | None:
    """The state whose name some words start with, the longest name first."""
    parts = words.split()
    names = _names(vocabulary)
    for end in range(len(parts), 0, -1):
        name = " ".join(parts[:end])
        if (state := names.get(_plain(name))) is not None:
            return NamedState(name.rstrip(" ,.;:"), state)
    return None


def states_in(listed: str, vocabulary: Vocabulary) -> tuple[NamedState, ...]:
    """The states of a bracket, or nothing where it holds something else."""
    names = _names(vocabulary)
    text = " ".join(_FURNITURE.sub(" ", listed).split())
    found: dict[State, str] = {}
    for part in (p.strip().removeprefix("and ") for p in re.split(r"[,;/]", text) if p.strip()):
        one = (part,) if _plain(part) in names else tuple(part.split(" and "))
        if any(_plain(p) not in names for p in one):
            return ()
        for name in one:
            found.setdefault(names[_plain(name)], name.strip().removeprefix("the "))
    return tuple(NamedState(name, state) for state, name in found.items())
