"""What a line of an item's head is: masthead, reference, address, series, byline of a statement.

In: a printed line, and for mastheads the lines below it. Out: yes or no. Names are judged by the
ontology's individuals first and by the cues of its classes second.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.languages.english import ADDRESS, DELIVERED, REFERENCE_KEYS, SERIES, SMALL_WORDS
from kg.model import BlockKind
from kg.text.gazetteer import gazetteer, tokenize
from kg.text.kinds import kinds
from kg.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Sequence

_ADDRESS = re.compile(ADDRESS, re.IGNORECASE)
_DELIVERED = re.compile(DELIVERED, re.IGNORECASE)
_SERIES = re.compile(SERIES, re.IGNORECASE)
_KEYS = re.compile(REFERENCE_KEYS, re.IGNORECASE)
_DISTRIBUTED = re.compile(r"\bDistr\.")
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_CODE = re.compile(r"(?=\S*\d)\S*[/_]\S*|(?=\S*[A-Z])(?=\S*\d)[\dA-Z.-]{4,}|\d{5,}|\(\d{4}\)")
_SPEAKS = re.compile(r"[?!:;“”\"‘…,0-9]|\.$")
"""What stands in headlines and not in the names of sites."""
_OWNING = frozenset({"My", "Our", "Your", "His", "Her", "Their"})
"""How titles of texts in the first person begin, and no site."""
_MASTHEAD, _HEADLINE, _LONG_WORD = 6, 5, 4
_FEW = 3
_LONGEST = 90
MARKS = "*_#>|• \t"
"""Marks of emphasis, lists and quotation at the ends of a line."""
PIECES = re.compile(r"\s[|·•»>–—-]\s")
"""What divides the pieces of a head that stand on one line."""


def title_of(kinds_: Sequence[BlockKind]) -> int:
    """The place of the title among the paragraphs of an item; the first where none is one."""
    return next((i for i, kind in enumerate(kinds_) if kind is BlockKind.TITLE), 0)


@lru_cache(maxsize=1024)
def type_of(name: str) -> str | None:
    """The entity class of a whole name: of an individual so called, else by the cues of its words."""
    words = tokenize(name)
    plain = words[1:] if words[:1] in (["The"], ["the"]) else words
    found = next(gazetteer(vocabulary()).matches(plain), None) if plain else None
    if found and (found.start, found.end) == (0, len(plain)):
        return found.entry.type
    cued = kinds(vocabulary()).of(name.replace("’s", " ’s").replace("'s", " 's").split())
    return cued[0] if cued else None


def is_known(name: str) -> bool:
    """True for the whole name of an individual of the ontology, commas in it or not."""
    words = tokenize(name)
    plain = words[1:] if words[:1] in (["The"], ["the"]) else words
    found = next(gazetteer(vocabulary()).matches(plain), None) if plain else None
    return found is not None and (found.start, found.end) == (0, len(plain))


def divides_name(line: str, below: str) -> bool:
    """True where the name of an individual begins on a line and ends on the one below it."""
    words, more = tokenize(line), tokenize(below)
    found = gazetteer(vocabulary()).matches([*words, *more])
    return any(m.start < len(words) < m.end for m in found)


def is_reference(line: str) -> bool:
    """True for a symbol, number or index of a document: 'CAT/C/XY/CO/5', 'UA: 31/20 Index: ...'."""
    if len(line) > _LONGEST:
        return False
    if _DISTRIBUTED.search(line):
        return True
    left = _WORD.findall(_KEYS.sub(" ", _CODE.sub(" ", line)))
    few = len(left) <= _FEW and all(w[0].isupper() for w in left)
    return _CODE.search(line) is not None and few and _SERIES.match(line) is None


def is_address(line: str) -> bool:
    """True for a street, box, telephone or mail address."""
    return len(line) <= _LONGEST and _ADDRESS.search(line) is not None


def is_delivery(line: str) -> bool:
    """True for a line that tells who delivered, adopted or told it: 'Statement delivered by Y'."""
    return _DELIVERED.match(line) is not None


def is_series(line: str) -> bool:
    """True for the name of a yearly work that a chapter stands in: 'World Report 2022'."""
    return _SERIES.fullmatch(line) is not None


def is_named(line: str) -> bool:
    """True for a line that is written as names of sites and organisations are."""
    words = _WORD.findall(line)
    if words[:1] and words[0] in _OWNING:
        return False
    if not 1 < len(words) <= _MASTHEAD or _SPEAKS.search(line) or type_of(line) == "Country":
        return False
    return all(w[0].isupper() or w.casefold() in SMALL_WORDS for w in words) and words[0][0].isupper()


def is_headline(line: str) -> bool:
    """True for a line that reads as a headline: some words, small ones among them or marks of speech."""
    words = _WORD.findall(line)
    if len(words) < _HEADLINE:
        return False
    if line.isupper():
        return not is_reference(line)
    small = any(w[0].islower() and len(w) >= _LONG_WORD and w not in SMALL_WORDS for w in words)
    return small or line[:1] in '“‘"' or ": " in line


def is_masthead(line: str, below: Sequence[str]) -> bool:
    """True for the name of a site above a headline: no heading of its own, a headline follows it."""
    return is_named(line) and any(is_headline(b) for b in below)
