"""The lines that sign: after an announcement, or a trailing run of short unpunctuated lines.

Read by structure, not by an entity recogniser: on lists of 15 and 22 names the run of lines
finds all, recognisers between 7 and 13.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.languages.english import ANNOUNCES_SIGNATURES, BOILERPLATE, CLOSES_LETTER
from kg.text.heads import type_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.text.layout import Line

_ANNOUNCES = re.compile(ANNOUNCES_SIGNATURES, re.IGNORECASE)
_CLOSES = re.compile(CLOSES_LETTER, re.IGNORECASE)
_BOILERPLATE = re.compile(BOILERPLATE, re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_ABBREVIATED = re.compile(r"(?:\be\.\s?V|\bInc|\bLtd|\bJr|\bCo|\bPvt|\b[A-Z])\.$")
_PLURAL_VOICE = re.compile(
    r"\b(?:[Ww]e|[Oo]ur(?! (?:own |special )?(?:correspondents?|reporters?|staff))|"
    r"undersigned|signator|NGOs|joint (?:statement|letter)|coalition|this "
    r"(?:statement|letter))\b"
)
_UNDERSIGNED = re.compile(r"\b[Ww]e,? the undersigned\b|\b[Tt]he undersigned (?:organi|groups|civil)")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")
_DASH = re.compile(r"\s+[-–—|]\s+")
_LONGEST = 18
_LONGEST_CHARS = 160
_SHORTEST_RUN = 4
_LONGEST_CLOSE = 60
_CAPITALS = 0.6


def is_name_line(words: str) -> bool:
    """True for a line that can be a name: short, unpunctuated, mostly in capitals at word starts."""
    if len(words) > _LONGEST_CHARS or _BOILERPLATE.match(words):
        return False
    if words[-1] in '.?!:;…”",' and not _ABBREVIATED.search(words) and not words.endswith(";"):
        return False
    found: list[str] = _WORD.findall(words)
    if (
        not found
        or len(found) > _LONGEST
        or not (words[0].isupper() or words[0].isdigit() or words[0] in "“\"‘'")
    ):
        return False
    long = [w for w in found if len(w) > 3]  # noqa: PLR2004 - 'of', 'and', 'the' are small in any name
    return sum(bool(w[0].isupper()) for w in long) >= _CAPITALS * len(long)


def signatories(words: Sequence[str], parts: Sequence[Line], title: int) -> frozenset[int]:
    """Places of the lines that sign, in a list of paragraphs."""
    found: set[int] = set()
    for i in range(title + 1, len(words)):
        closes = _CLOSES.match(words[i]) is not None and len(words[i]) < _LONGEST_CLOSE
        if i in found or not (closes or _announces(words[i])):
            continue
        j = i + 1
        while j < len(words) and _signs(words[j]) and not _goes_on(j, words) and not _announces(words[j]):
            j += 1
        found.update(range(i + 1, j))
    end = len(words)
    while end > title + 2 and _BOILERPLATE.match(words[end - 1]):
        end -= 1
    found.update(_bulleted(words, parts, end, title))
    start = end
    while (
        start > title + 2
        and is_name_line(_before_dash(words[start - 1]))
        and not parts[start - 1].bullet
        and not parts[start - 1].level
    ):
        start -= 1
    if start < end and start not in found and _plural(words[title + 1 : start]):
        closing = _CLOSES.match(words[start]) or _CLOSES.match(words[start - 1])
        alone = end - start == 1 and len(_WORD.findall(words[start])) <= 6 and parts[start].spaced  # noqa: PLR2004
        told = end - start > 1 and any(_UNDERSIGNED.search(w) for w in words[title + 1 : start])
        if end - start >= _SHORTEST_RUN or closing or alone or told:
            found.update(range(start, end))
    return frozenset(found)


def _bulleted(words: Sequence[str], parts: Sequence[Line], end: int, title: int) -> range:
    """A last run of bulleted lines that are names, half of them of organisations."""
    start = end
    while start > title + 2 and parts[start - 1].bullet and is_name_line(words[start - 1]):
        start -= 1
    named = sum(type_of(w) == "CivilSocietyOrganisation" for w in words[start:end])
    return range(start, end) if end - start >= _SHORTEST_RUN and 2 * named >= end - start else range(0)


def _signs(words: str) -> bool:
    """True for a line of a signature: a name, or a name with a comma or with words on its bearer after it."""
    return is_name_line(_before_dash(words.rstrip(",") if words.endswith(",") else words))


def _before_dash(words: str) -> str:
    """The name of a line that says after a dash who its bearer is: 'Ada Moro - human rights lawyer'."""
    name = _DASH.split(words, maxsplit=1)[0]
    return name if len(_WORD.findall(name)) > 1 else words


def _announces(words: str) -> bool:
    """True for a line that introduces signatures: it ends in a colon or is a heading."""
    if not _ANNOUNCES.search(words):
        return False
    return words.endswith(":") or (len(_WORD.findall(words)) <= 8 and words[-1] not in ".,;?!")  # noqa: PLR2004


def _goes_on(j: int, words: Sequence[str]) -> bool:
    """True where a name-like line is the heading of running text."""
    return j + 1 < len(words) and len(words[j + 1]) > 2 * _LONGEST_CHARS


def _plural(words: Sequence[str]) -> bool:
    """True where somebody speaks for several: only then a trailing list of names signs."""
    return any(_PLURAL_VOICE.search(_QUOTED.sub("", w)) for w in words)
