"""Dates in a sentence, as ISO 8601 with the precision that the text has.

The year of 'in March' comes from what stands around it: a date earlier in the paragraph, the day
that the item states for itself, the year that a report's title covers. Where nothing tells it, the
date has no ISO form and is left out.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile
from typing import TYPE_CHECKING

from kg.languages.english import SIMULTANEOUS
from kg.text.calendar import Expression, expressions, iso, relative
from kg.text.identity import Held

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.model import Reading, Sentence

_COVERED = re.compile(
    r"\b(?:events of|covering|review of|developments in|in the year|between January and "
    r"December)\s+((?:19|20)\d\d)\b"
)
_DURING = re.compile(
    r"\b(?:[Dd]uring|[Ii]n|[Tt]hroughout|end of|by the end of|beginning of|early|late)\s+((?:19|20)\d\d)\b"
)
_TITLE_YEAR = re.compile(r"\b((?:19|20)\d\d)\b")
_CLAUSE_HEADS = frozenset({"ROOT", "ccomp", "advcl", "relcl", "acl", "conj", "parataxis", "xcomp", "pcomp"})
_SPAN = re.compile(r"\s*(?:and|to|until|till|–|—|-)\s*")
"""What stands between the ends of a span of time, or between two dates of one telling."""
_TELLING_WHEN = frozenset({"acl", "xcomp"})
"""Clauses below an act that carry its date: 'raids carried out on 5 May'."""
_ANNUAL = re.compile(r"\b(?:[Rr]eport|in the World|[Rr]eview|[Ii]ndex|[Yy]earbook)\b.{0,12}\b(?:19|20)\d\d\b")
"""Titles of yearly accounts: 'Report 2007', which as a rule tells of 2006."""
_ENOUGH = 3
_SOON = 6
"""Sentences over which a story keeps its year."""
_FARTHEST = 3
"""Clauses that may lie between an act and its date: beyond, dates were others' in five of six cases."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A date in a sentence."""

    iso: str
    start: int
    """First character, as an index into the block's repaired copy (`sentence.tokens.doc.text`)."""
    end: int


@lru_cache(maxsize=16)
def _covered_year(title: str, text: str) -> int | None:
    """The year that a report says it covers, or that its sentences are mostly about."""
    if found := _COVERED.search(title):
        return int(found[1])
    years = [int(y) for y in _TITLE_YEAR.findall(title)]
    if not years:
        return None
    told = Counter(int(y) for y in _DURING.findall(text))
    most = sorted(told.items(), key=lambda p: (-p[1], p[0]))[:1]
    if most and most[0][1] >= _ENOUGH and most[0][0] in (years[-1], years[-1] - 1):
        return most[0][0]
    if not _ANNUAL.search(title):
        return None
    named = Counter(e.year for e in expressions(text) if e.year)
    return years[-1] if named[years[-1]] and not named[years[-1] - 1] else years[-1] - 1


def _year_of_item(reading: Reading) -> int | None:
    item = reading.item
    document = item.document
    return _covered_year(document.quote(item.title), document.text[item.span.start : item.span.end])


def dates_in(reading: Reading, sentence: Sentence) -> tuple[Dated, ...]:
    """The dates of a sentence that have a year, in order; a span of time is as precise as both its ends."""
    base = sentence.tokens.start_char
    found = expressions(sentence.text)
    dated: list[Dated] = []
    for i, e in enumerate(found):
        value = _value(e, found, i, reading, sentence)
        if value is None:
            continue
        one = Dated(value, base + e.start, base + e.end)
        if dated and _SPAN.fullmatch(sentence.text, dated[-1].end - base, e.start):
            first = dated.pop()
            if both := _shared(first.iso, value):
                dated.append(Dated(both, first.start, one.end))
        else:
            dated.append(one)
    return tuple(dated)


def _shared(a: str, b: str) -> str:
    """What two ISO dates have in common: '2021-03' of two days in March; empty for two years."""
    same = takewhile(lambda parts: parts[0] == parts[1], zip(a.split("-"), b.split("-"), strict=False))
    return "-".join(part for part, _ in same)


def _value(
    e: Expression, found: list[Expression], i: int, reading: Reading, sentence: Sentence
) -> str | None:
    """ISO form of an expression in its context, or None."""
    if e.year and not e.unit:
        return e.iso
    stated = reading.item.date
    if e.unit:
        base = _before(e, found, i, reading, sentence) if e.anaphoric else stated
        return relative(e, base) if base else None
    after = next((o for o in found[i + 1 :] if o.year and o.month), None)
    if after and after.month and e.month and after.start - e.end < 30 and e.month <= after.month:  # noqa: PLR2004
        return iso(after.year or 0, e.month, e.day)
    year = _context_year(e, found, i, reading, sentence)
    return iso(year, e.month, e.day) if year else None


def _context_year(
    e: Expression, found: list[Expression], i: int, reading: Reading, sentence: Sentence
) -> int | None:
    """The year of a month or day that is told without one."""
    before = _before(e, found, i, reading, sentence, same_block=True)
    covered = _year_of_item(reading)
    if before and not (covered and sentence.index and _other_sentence(before, found, i)):
        return int(before[:4])
    if covered:
        return covered
    if not e.month:
        return None
    stated = reading.item.date
    if stated:
        year = int(stated[:4])
        there = iso(year, e.month, e.day) or ""
        return year - 1 if there > stated and there[:7] > stated[:7] else year
    return _year_before(e, reading, sentence) or _only_year(Held(reading))


def _year_before(e: Expression, reading: Reading, sentence: Sentence) -> int | None:
    """The year of the last full date told before a month that goes on from it: '3 May 2021 ... In June'."""
    for earlier in reversed(reading.sentences[max(0, sentence.index - _SOON) : sentence.index]):
        full = [o for o in expressions(earlier.text) if o.year and o.month]
        if full:
            last = full[-1]
            return last.year if (last.month or 0) <= (e.month or 0) else None
    return None


@lru_cache(maxsize=4)
def _only_year(held: Held) -> int | None:
    """The year of all the item's dates that have a month, where they agree on one."""
    told = {e.year for s in held.reading.sentences for e in expressions(s.text) if e.year and e.month}
    return next(iter(told)) if len(told) == 1 else None


def _other_sentence(before: str, found: list[Expression], i: int) -> bool:
    """True where the date before stands in another sentence: a report's own year is nearer then."""
    return not any(o.year and str(o.year) == before[:4] for o in found[:i])


def _before(
    e: Expression,
    found: list[Expression],
    i: int,
    reading: Reading,
    sentence: Sentence,
    *,
    same_block: bool = False,
) -> str | None:
    """The nearest full date told before an expression, in its sentence or its paragraph."""
    for other in reversed(found[:i]):
        if other.year and not other.unit and (value := other.iso):
            return value
    for earlier in reversed(reading.sentences[: sentence.index]):
        if earlier.block is not sentence.block and (same_block or earlier.index < sentence.index - 2):
            break
        values = [v for o in expressions(earlier.text) if o.year and not o.unit and (v := o.iso)]
        if values:
            return values[-1]
    return reading.item.date if e.unit and not same_block else None


def date_for(reading: Reading, sentence: Sentence, token: Token) -> str | None:
    """The date of the act that a token names: the one in its clause, else the nearest.

    A year inside a name ('the NGO Act 2016') dates the thing named, not the act.
    """
    named = [m.span for m in reading.within(sentence.span) if reading.entity[m.entity].type == "Instrument"]
    found = [
        d
        for d in dates_in(reading, sentence)
        if not any(n.holds(sentence.alignment.source(d.start, d.end)) for n in named)
    ]
    if not found:
        return None
    clause = _clause(token)
    near = [
        (steps, abs(d.start - token.idx), d)
        for d in found
        if (steps := _steps(d, sentence, clause)) is not None
    ]
    return min(near, key=lambda n: n[:2])[2].iso if near else None


def _clause(token: Token) -> Token:
    """The head of the clause that a token stands in."""
    while token.dep_ not in _CLAUSE_HEADS and token.head.i != token.i:
        token = token.head
    return token


def _steps(dated: Dated, sentence: Sentence, clause: Token) -> int | None:
    """How many clauses a date stands above a clause's head; None where it dates another act.

    A clause shares the date of the one that it hangs on ('In March he was tried and jailed'); what hangs
    on it has dates of its own ('jailed for a speech that he gave in March').
    """
    at = next((t for t in sentence.tokens if t.idx <= dated.start < t.idx + len(t.text)), None)
    if at is None:
        return None
    mine, above = _clause(at), clause
    for steps in range(_FARTHEST + 1):
        if above.i == mine.i:
            return steps if at.i < clause.i or steps <= 1 else None
        if above.head.i == above.i:
            break
        above = _clause(above.head)
    when = mine.dep_ == "advcl" and any(t.lower_ in SIMULTANEOUS for t in mine.children)
    below = (when or mine.dep_ in _TELLING_WHEN) and _clause(mine.head).i == clause.i
    return 1 if below else None
