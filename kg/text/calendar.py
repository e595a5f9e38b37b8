"""The grammar of dates: text -> date expressions, before any context is known.

Only what a text says: no day or month is added. General date parsers were measured to invent
both ('April 2018' became the 23rd), and to take 'We' for Wednesday.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from kg.languages.english import MONTHS, UNITS, WEEKDAYS, word_list

_MONTH = (
    r"(?P<month>Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|"
    r"Aug(?:ust|\.)?|"
    r"Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?|JANUARY|FEBRUARY|MARCH|"
    r"APRIL|MAY|JUNE|JULY|"
    r"AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER)(?![\w])"
)
_YEAR = r"(?P<year>(?:18|19|20)\d\d)(?![\d,]\d|\d|/\d)"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?![\d:%])"
_RANGE = r"(?:\s?(?:–|—|-|to|and|until)\s?[0-3]?\d(?:st|nd|rd|th)?)?"
_WEEKDAY = "|".join(w.capitalize() for w in WEEKDAYS)
_NUMBER = "|".join(UNITS)
_BEFORE_MONTH = word_list(
    "In in Since since Until until During during By by Before before After after of Early early Late late "
    "From from and Last last This this Between between mid"
)
_FORMS = [
    rf"\b{_DAY}{_RANGE}(?: day)?(?: of)? {_MONTH},? (?:of )?{_YEAR}",
    rf"\b{_MONTH} {_DAY}{_RANGE},? {_YEAR}",
    r"(?<![\d.])(?P<year>(?:19|20)\d\d)[-/.](?P<number>0?[1-9]|1[0-2])[-/.](?P<day>[0-2]?\d|"
    r"3[01])(?![\d-])",
    r"(?<![\d.])(?P<day>[0-2]?\d|3[01])[./](?P<number>0?[1-9]|1[0-2])[./](?P<year>(?:19|20)\d\d)(?!\d)",
    rf"\b{_MONTH},? (?:of )?{_YEAR}",
    rf"\b{_DAY}{_RANGE}(?: of)? {_MONTH},? (?P<relyear>this|last|the same|that) year",
    rf"\b{_DAY}{_RANGE}(?: of)? {_MONTH}",
    rf"\b{_MONTH} {_DAY}{_RANGE}(?!,? ?\d{{3}})",
    rf"\b{_MONTH} (?:of )?(?P<relyear>this|last|the same|that|the following|next) year",
    *(rf"(?<={p} ){_MONTH}" for p in _BEFORE_MONTH),
    rf"(?<![\d,.$€£/-])(?<!\d ){_YEAR}(?!s\b|-\w{{3,}}|’s\b.{{0,3}}\bpopulation)",
    r"\b(?P<shiftunit>this|last|next|the previous|the following|the same|that) (?P<unit>year|month|week)\b",
    rf"\b(?P<ago>\d{{1,2}}|a|{_NUMBER}) (?P<agounit>year|month|week|day)s? (?:ago|earlier)\b",
    r"\b(?P<today>today|yesterday|tonight|this morning|this afternoon|this evening|last night)\b",
    rf"\b(?:(?P<lastday>last|next|this|on|On|late|early|since|by|until) "
    rf")?(?P<weekday>{_WEEKDAY})(?!s\b)(?! [A-Z])",
]


def _unique(form: str, number: int) -> str:
    """A form with group names of its own, so that all forms fit in one pattern."""
    return re.sub(r"\(\?P<(\w+)>", lambda m: f"(?P<{m[1]}_{number}>", form)


_PATTERN = re.compile("|".join(f"(?:{_unique(form, i)})" for i, form in enumerate(_FORMS)))
_COUNTS = re.compile(
    r"\b(?:about|over|nearly|almost|some|around|approximately|least|most|than|to|estimated|another|all)\s$",
    re.IGNORECASE,
)
_PLURAL = re.compile(r"\s[a-z]+s\b(?<!elections)(?<!protests)")
_FIRST_DAYS = {
    "today": 0,
    "tonight": 0,
    "this morning": 0,
    "this afternoon": 0,
    "this evening": 0,
    "yesterday": -1,
    "last night": -1,
}
_SHIFTS = {"this": 0, "last": -1, "the previous": -1, "next": 1, "the following": 1, "the same": 0, "that": 0}
_NEAR = 4
_ANAPHORIC = frozenset({"the previous", "the following", "the same", "that"})


@dataclass(frozen=True, slots=True)
class Expression:
    """A date as the text says it."""

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    unit: str = ""
    """Of a relative date: year, month, week, day or a weekday."""
    shift: int = 0
    """How many units away."""
    anaphoric: bool = False
    """Relative to a date in the text ('that year'), not to the day of the text."""

    @property
    def iso(self) -> str | None:
        """ISO 8601 where the expression needs no context."""
        return iso(self.year, self.month, self.day) if self.year and not self.unit else None


def iso(year: int, month: int | None = None, day: int | None = None) -> str | None:
    """ISO 8601 of a date that exists, as precise as given."""
    if month is None:
        return f"{year:04}"
    if day is None:
        return f"{year:04}-{month:02}"
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def month_of(name: str) -> int:
    """The number of a month by its name or abbreviation."""
    return next(i for i, m in enumerate(MONTHS, 1) if m.startswith(name[:3].casefold()))


def expressions(text: str) -> list[Expression]:
    """The date expressions of a text, in order."""
    found = []
    for match in _PATTERN.finditer(text):
        parts = {k.rsplit("_", 1)[0]: v for k, v in match.groupdict().items() if v is not None}
        bare = parts.keys() == {"year"}
        if bare and _COUNTS.search(text, 0, match.start()) and _PLURAL.match(text, match.end()):
            continue
        made = _expression(parts, match.start(), match.end())
        if made:
            found.append(made)
    return [
        e
        for e, after in zip(found, [*found[1:], None], strict=False)
        if not (e.unit in WEEKDAYS and after and after.month and after.start - e.end < _NEAR)
    ]


def _expression(parts: dict[str, str], start: int, end: int) -> Expression | None:
    year = int(parts["year"]) if "year" in parts else None
    month = (
        month_of(parts["month"]) if "month" in parts else int(parts["number"]) if "number" in parts else None
    )
    day = int(parts["day"]) if "day" in parts else None
    if day is not None and not 1 <= day <= 31:  # noqa: PLR2004 - days of a month
        return None
    if "relyear" in parts:
        word = parts["relyear"]
        return Expression(start, end, None, month, day, "year", _SHIFTS[word], word in _ANAPHORIC)
    if "unit" in parts:
        word = parts["shiftunit"]
        return Expression(start, end, unit=parts["unit"], shift=_SHIFTS[word], anaphoric=word in _ANAPHORIC)
    if "ago" in parts:
        word = parts["ago"]
        many = 1 if word == "a" else UNITS.get(word) or int(word)
        return Expression(start, end, unit=parts["agounit"], shift=-many)
    if "today" in parts:
        return Expression(start, end, unit="day", shift=_FIRST_DAYS[parts["today"]])
    if "weekday" in parts:
        return Expression(
            start, end, unit=parts["weekday"].casefold(), shift=1 if parts.get("lastday") == "next" else 0
        )
    return Expression(start, end, year, month, day)


def relative(expression: Expression, base: str) -> str | None:
    """The date of a relative expression, seen from an ISO date; None where the base is too coarse."""
    at = [int(p) for p in base.split("-")]
    year, month, day = at[0], at[1] if len(at) > 1 else None, at[2] if len(at) > 2 else None  # noqa: PLR2004 - y, m, d
    unit, shift = expression.unit, expression.shift
    if unit == "year":
        return iso(year + shift, expression.month, expression.day)
    if unit == "month":
        if month is None:
            return None
        months = year * 12 + month - 1 + shift
        return iso(months // 12, months % 12 + 1)
    if month is None or day is None:
        return iso(year, month) if unit == "day" and shift == 0 else None
    here = date(year, month, day)
    if unit == "week":
        there = here + timedelta(weeks=shift)
        return there.strftime("%Y-%m") if there.month == here.month else None
    if unit == "day":
        return (here + timedelta(days=shift)).isoformat()
    back = (here.weekday() - WEEKDAYS.index(unit)) % 7
    return (here + timedelta(days=7 - back if expression.shift > 0 else -back)).isoformat()
