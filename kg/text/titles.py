"""The title of an item, and what stands above and around it: labels, references, front matter, furniture."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.languages.english import BOILERPLATE, LABELS, META, PHOTO_CREDIT
from kg.text.imprints import is_dated, is_letterhead

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.text.layout import Line

_META = re.compile(rf"[*_]*{META}[*_]*\s*:[*_]*\s*(?P<value>\S.*)", re.IGNORECASE)
_PHOTO = re.compile(PHOTO_CREDIT)
_BOILERPLATE = re.compile(BOILERPLATE, re.IGNORECASE)
LABEL = re.compile(LABELS, re.IGNORECASE)
_REFERENCE = re.compile(
    r"(?:ref(?:erence)?|index|doc(?:ument)?|no|nr)\b\W*[A-Z]{0,4}\W*\d|(?:AI Index|A/HRC|E/CN|CCPR|CAT/)",
    re.IGNORECASE,
)
_SUBJECT = re.compile(r"(?:re|subject|subj|concerning|concerns)\s*:\s*(?=\S)", re.IGNORECASE)
_SALUTES = re.compile(r"(?:Dear|To|Your Excellency|Excellenc(?:y|ies)|Attn|Via|By (?:e-?mail|fax))\b")
_NAMES_TITLE = ("title", "headline")
_KEY = re.compile(r"[*_]*(?:title|headline|re|subject|subj)[*_]*\s*:[*_]*\s*[\"'“]?(?=\S)", re.IGNORECASE)
_MOST_ABOVE = 5
_LEAST_TITLE = 3


_WORD = re.compile(r"\w+")
_LONGEST_META = 300
_LONGEST_TITLE = 300
_FEW = 14


def is_furniture(words: str) -> bool:
    """True for contacts, links, credits and the like."""
    if len(words) > _LONGEST_META:
        return False
    return _BOILERPLATE.match(words) is not None or _PHOTO.search(words) is not None


def metadata_line(words: str) -> tuple[str, str] | None:
    """Key and value of a line of front matter."""
    found = _META.fullmatch(words) if len(words) < _LONGEST_META else None
    return (found["key"].casefold(), found["value"].strip("*_ \"'")) if found else None


def title_place(words: Sequence[str], parts: Sequence[Line]) -> int:
    """The place of the title: the first heading of the first level, else the first line that can be one.

    A line that only tells the kind of document, its date, its reference or who writes stands above
    a title where a line that can be one follows; else it is the title itself.
    """
    marked = next((i for i, p in enumerate(parts[:_FEW]) if p.level == 1), None)
    if marked is not None and not LABEL.fullmatch(words[marked]):
        return marked
    plain = [i for i, w in enumerate(words[:_FEW]) if not metadata_line(w) and not is_furniture(w)]
    subject = next((i for i in plain if _SUBJECT.match(words[i])), None)
    if subject is not None and any(_SALUTES.match(w) for w in words[subject : subject + _FEW]):
        return subject
    if plain and not _can_be_title(words[plain[0]]):
        told = (
            i for i, w in enumerate(words[:_FEW]) if (found := metadata_line(w)) and found[0] in _NAMES_TITLE
        )
        if (named := next(told, None)) is not None:
            return named
    above = 0
    while above < len(plain) and _is_above_title(words[plain[above]]):
        above += 1
    first = plain[0] if plain else 0
    titled = above < len(plain) and above < _MOST_ABOVE and _can_be_title(words[plain[above]])
    return plain[above] if titled else first


def key_length(words: str) -> int:
    """How much of a title line is the key before it: 'Title:', 'Re:'."""
    found = _KEY.match(words)
    return found.end() if found else 0


def _is_above_title(words: str) -> bool:
    """True for a line that stands above a title: kind of document, date, reference, letterhead."""
    return (
        LABEL.fullmatch(words) is not None
        or _REFERENCE.match(words) is not None
        or is_dated(words)
        or is_letterhead(words)
    )


def _can_be_title(words: str) -> bool:
    """True for a line that can be a title below a letterhead: some words that don't address or run on."""
    few = len(_WORD.findall(words)) < _LEAST_TITLE
    return not (
        few or len(words) > _LONGEST_TITLE or words.endswith((".", ",", ";")) or _SALUTES.match(words)
    )
