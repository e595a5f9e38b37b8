"""Publisher, genre, date and default speaker of an item, by wording and structure."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.languages.english import OWN_OPINION
from kg.model import BlockKind, Span
from kg.text.calendar import expressions
from kg.text.genres import genre
from kg.text.heads import MARKS, is_reference, title_of, type_of
from kg.text.imprints import BODIES, PUBLISHING, is_dated
from kg.text.interviews import NAME, interviewee, witness
from kg.text.letters import introduced
from kg.text.publishers import publisher
from kg.text.repair import align, damage
from kg.text.titles import metadata_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.model import Item
    from kg.text.layout import Line

_DATED = re.compile(
    r"\b(?:published|posted|updated|delivered|issued|dated|date|released|adopted|submitted|spoke|talked|"
    r"interview(?:ed)?|conducted|recorded|took place|held)\b",
    re.IGNORECASE,
)
_ACTED = re.compile(
    r"\b(?:adopted|delivered|read|transmitted)\b.{0,60}\bon \d|"
    r"\b(?:resolution|decision|recommendation|declaration) of \d",
    re.IGNORECASE,
)
_ENDS = re.compile(
    rf"\W*(?:(?:this|statement|report|letter|text|document|interview)\b.{{0,40}})?{_DATED.pattern}",
    re.IGNORECASE,
)
"""A last line that says when the text came about; 'He was released on 3 May' doesn't."""
_YEAR = re.compile(r"(?<![\d/–-])(?:19|20)\d\d(?![\d/–-])(?=\s*(?:$|[|:–(-]))")
_COVERS = re.compile(
    r"\bannual report\b|\b(?:in|of|since|until|during|for|by|on)(?: the year)? (?:19|20)\d\d|"
    r"\d\s?[–/-]\s?\d|/\w+/\d",
    re.IGNORECASE,
)
"""Years that a title tells of what is reported, and symbols of documents."""
_TALKED = re.compile(r"\b(?:spoke|talked|interview(?:ed)?|conducted|recorded|took place)\b", re.IGNORECASE)
_RECORDED = re.compile(r"\btold (?:his|her|their) (?:story|account) to\b", re.IGNORECASE)
_SPAN = re.compile(r"\d\s*(?:[–-]|to|and)\s*\d+ [A-Z]|\b[A-Z][a-z]+\s?[–-]\s?\d")
"""The days of a session."""
_BY = re.compile(r"\b(?:by|report|statement|submission)\b", re.IGNORECASE)
_DATELINE = re.compile(
    r"^[A-ZÀ-Þ][^.“”\"]{2,60}?(?:[-–—:,(]\s*)[^.“”\"]{0,14}?\d[^.“”\"]{0,24}?(?:[-–—:)]|\s[-–—])"
)
_DELIVERS = re.compile(
    r"(?:\b[Oo]n behalf of |\b[Dd]elivered by |\b[Ss]tatement (?:of|by) |\b[Ii]ssued by )(?:the "
    r")?(?P<after>[A-Z][\w’'.-]*(?: (?:[a-z]{2,3} )*[A-Z][\w’'.-]*)*)|"
    r"^(?P<before>[A-Z][\w’'.-]*(?: (?:[a-z]{2,3} )*[A-Z][\w’'.-]*)*)(?: \([^)]*\))?,? "
    r"(?:delivers? this|delivered this|spoke (?:for|on behalf)|makes? this|presents? this|read this)"
)
_CAPACITY = re.compile(
    r"\bin (?:my|our) capacit(?:y|ies) as (?:the )?(?P<name>[A-Z][^.;,]{5,140}?)(?=[.;,]| and )"
)
"""'We address you in our capacities as Special Rapporteur on X; ...'."""
_OWN_OPINION = re.compile(OWN_OPINION, re.IGNORECASE)
_AUTHOR = re.compile(rf"(?:[Bb]y|BY|Author:|Written by)\s+(?P<name>{NAME})\s*(?:$|[,|(–—]|\d)")
_PIECES = re.compile(r"\s[|·•–—]\s")
_CLOSE = 3
_SHORT = 200
_HEAD = 6


@lru_cache(maxsize=4)
def _repaired(text: str, spans: tuple[Span, ...]) -> tuple[str, ...]:
    """Repaired copies of stretches: the words by which a page is judged."""
    harm = damage(text, Span(spans[0].start, spans[-1].end)) if spans else None
    return tuple(align(text, s, harm).text for s in spans)


def describe(items: Sequence[Item], page: Sequence[Line]) -> tuple[Item, ...]:
    """The items of a page with publisher, genre, date and speaker."""
    text = items[0].document.text
    words = [_repaired(text, tuple(b.span for b in item.blocks)) for item in items]
    whole = "\n".join(w for found in words for w in found)
    around = [text[p.span.start : p.span.end] for p in page]
    return tuple(_described(item, found, whole, around) for item, found in zip(items, words, strict=True))


def _described(item: Item, words: Sequence[str], whole: str, around: Sequence[str]) -> Item:
    title = " ".join(item.document.quote(item.title).split())
    kinds = [b.kind for b in item.blocks]
    who = publisher(kinds, words, whole, title, around)
    what = genre(kinds, words, title, who)
    return replace(
        item,
        publisher=_organ(who, words, title_of(kinds)),
        genre=what,
        date=_date(kinds, words) or _edition(title, what),
        speaker=_speaker(item, kinds, words, what, who),
    )


def _organ(who: str, words: Sequence[str], title: int) -> str:
    """The organ that publishes what one of its working groups reports, where the head names it."""
    if not who.startswith("Working Group"):
        return who
    above = (w.strip(MARKS) for w in reversed(words[:title]))
    return next((w for w in above if type_of(w) == "IntergovernmentalBody" and w != who), who)


def _date(kinds: Sequence[BlockKind], words: Sequence[str]) -> str | None:
    """The day that an item says it was delivered, published or held."""
    for word in words[: 2 * _HEAD]:
        found = metadata_line(word)
        if found and found[0] in ("date", "published", "sent") and (day := _full(found[1])):
            return day
    title = title_of(kinds)
    above = [
        w
        for w in words[:title]
        if len(w) < _SHORT
        and (any(is_dated(p) for p in _PIECES.split(w)) or is_reference(w))
        and not _SPAN.search(w)
    ]
    acted = [w for w in words[: title + _HEAD] if len(w) < _SHORT and _ACTED.search(w)]
    short = [*acted, *above] + [
        w
        for k, w in zip(kinds, words, strict=True)
        if k in (BlockKind.HEADER, BlockKind.BYLINE) and len(w) < _SHORT and not _SPAN.search(w)
    ]
    running = [w for k, w in zip(kinds, words, strict=True) if k is BlockKind.PARAGRAPH][:2]
    lines = [m[0] for w in running if (m := _DATELINE.match(w))]
    lines += [first for w in running if len(w) < _SHORT and is_dated(first := w.split(". ")[0])]
    ends = [
        w for w in words[-_CLOSE:] if len(w) < _SHORT and (is_dated(w) or _ENDS.match(w) or _TALKED.search(w))
    ]
    talks = [w for w in words[: title + _HEAD] if len(w) < _SHORT and _RECORDED.search(w)]
    noted = [
        w
        for w in words
        if len(w) < _SHORT
        and re.match(r"\W*(?:this|first|last|originally|published|posted|updated)\b", w, re.IGNORECASE)
        and _DATED.search(w)
    ]
    for word in (*short, *lines, *talks, *noted, *ends):
        if day := _full(word):
            return day
    stated = [w for w in short if is_dated(w) or _DATED.search(w) or _BY.search(w)]
    return next((month for w in stated if (month := _month(w))), None)


def _edition(title: str, what: str) -> str | None:
    """The year of a yearly work: 'World Harbour Index 2014'; an annual report tells of the year before."""
    if what != "report" or _COVERS.search(title):
        return None
    years = _YEAR.findall(title)
    return years[0] if len(years) == 1 else None


def _month(words: str) -> str | None:
    """The first date to the month in some words: 'Published by X, June 2024'."""
    return next((e.iso for e in expressions(words) if e.month and e.iso), None)


def _full(words: str) -> str | None:
    """The first date to the day in some words."""
    return next((e.iso for e in expressions(words) if e.day and e.iso), None)


def _speaker(item: Item, kinds: Sequence[BlockKind], words: Sequence[str], what: str, who: str) -> str | None:
    """The default claimant: interviewee, delivering organisation, else publisher."""
    if what == "interview":
        named = next(
            (p for k, w in zip(kinds, words, strict=True) if k is BlockKind.BYLINE and (p := interviewee(w))),
            None,
        )
        told = next((b.speaker for b in item.blocks if b.kind is BlockKind.ANSWER and b.speaker), None)
        title = title_of(kinds)
        return named or told or witness(words, title)
    if what == "letter" and not who:
        written = next((pair for word in words[:_HEAD] if (pair := introduced(word))), None)
        if written:
            return written[0]
    if what == "letter" and (found := next((m for w in words if (m := _CAPACITY.search(w))), None)):
        return str(found["name"])
    if what in ("statement", "letter"):
        for word in (*words[:_HEAD], *words[-2:]):
            for found in _DELIVERS.finditer(word):
                name = str(found["after"] or found["before"])
                if not who or type_of(name) in PUBLISHING | BODIES or name in who:
                    return name
    if any(_OWN_OPINION.search(w) for w in words) and (author := _author(words)):
        return author
    return who or None


def _author(words: Sequence[str]) -> str | None:
    """The person who signs an opinion, by the byline."""
    return next((m["name"] for w in words[: 2 * _HEAD] if (m := _AUTHOR.match(w))), None)
