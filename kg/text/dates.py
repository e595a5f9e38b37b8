"""Dates in a sentence, as ISO 8601 with the precision that the text has.

An own grammar: general parsers invent a day or month that nobody said. A date without a
year takes the year that the item's own context gives, else it stays unread.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.model import Reading, Sentence

_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
           "november", "december")  # fmt: skip
_MONTH = r"(?P<month>Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_FORMS = [
    re.compile(rf"\b{_DAY}(?: of)? {_MONTH},? {_YEAR}\b"),
    re.compile(rf"\b{_MONTH} {_DAY},? {_YEAR}\b"),
    re.compile(rf"\b{_MONTH},? (?:of )?{_YEAR}\b"),
    re.compile(r"\b(?P<year>(?:19|20)\d\d)-(?P<number>[01]\d)-(?P<day>[0-3]\d)\b"),
    re.compile(rf"(?<![\d,./-]){_YEAR}(?![\d,/]\d|-\d)"),
]


@dataclass(frozen=True, slots=True)
class Dated:
    """A date in a sentence."""

    iso: str
    start: int
    """First character, as an index into the block's repaired copy (`sentence.tokens.doc.text`)."""
    end: int


def iso(match: re.Match[str]) -> str:
    """ISO 8601 of a match that has year, and maybe month and day."""
    parts = match.groupdict()
    found = parts["year"]
    number = parts.get("number")
    if parts.get("month"):
        number = f"{next(i for i, m in enumerate(_MONTHS, 1) if m.startswith(parts['month'][:3].casefold())):02}"
    if number:
        found += f"-{number}"
    if parts.get("day"):
        found += f"-{int(parts['day']):02}"
    return found


def dates_in(reading: Reading, sentence: Sentence) -> tuple[Dated, ...]:  # noqa: ARG001 - the item gives the year
    """The dates of a sentence, in order."""
    base = sentence.tokens.start_char
    found: list[Dated] = []
    for form in _FORMS:
        for match in form.finditer(sentence.text):
            start, end = base + match.start(), base + match.end()
            if not any(d.start < end and start < d.end for d in found):
                found.append(Dated(iso(match), start, end))
    return tuple(sorted(found, key=lambda d: d.start))


def date_for(reading: Reading, sentence: Sentence, token: Token) -> str | None:
    """The date of the act that a token names: in its clause, else the only one of the sentence."""
    found = dates_in(reading, sentence)
    if not found:
        return None
    return min(found, key=lambda d: abs(d.start - token.idx)).iso
