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
_NUMERIC_MONTH = r"(?P<number>0?[1-9]|1[0-2])"
_NUMBER = "|".join(UNITS)
_BEFORE_MONTH = word_list(
    "In in Since since Until until During during By by Before before After after of Early early Late late "
    "From from and Last last This this Between between mid"
)
_FORMS = [
    rf"\b{_DAY}{_RANGE}(?: day)?(?: of)? {_MONTH},? (?:of )?{_YEAR}",
    rf"\b{_MONTH} {_DAY}{_RANGE},? {_YEAR}",
    rf"(?<![\d.])(?P<year>(?:19|20)\d\d)[-/.]{_NUMERIC_MONTH}[-/.](?P<day>[0-2]?\d|3[01])(?![\d-])",
    rf"(?<![\d.])(?P<day>[0-2]?\d|3[01])[./]{_NUMERIC_MONTH}[./](?P<year>(?:19|20)\d\d)(?!\d)",
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
    rf"\b(?:(?P<lastday>last|next|this|on|On|late|early|since|by) )?(?P<weekday>{_WEEKDAY})(?!s\b)(?! [A-Z])",
]


_OPENINGS = (*UNITS, *word_list("a this last next the that today yesterday tonight on late early since by"))
"""Small words that a date can begin with: looked for first, since every form costs time at every letter."""


def _unique(form: str, number: int) -> str:
    """A form with group names of its own, so that all forms fit in one pattern."""
    return re.sub(r"\(\?P<(\w+)>", lambda m: f"(?P<{m[1]}_{number}>", form)


_PATTERN = re.compile(
    rf"(?:(?=\d)|\b(?=[A-Z]|{'|'.join(_OPENINGS)}))"
    rf"(?:{'|'.join(f'(?:{_unique(form, i)})' for i, form in enumerate(_FORMS))})"
)
_COUNTS = re.compile(
    r"\b(?:about|over|nearly|almost|some|around|approximately|least|most|than|to|estimated|another|all)\s$",
    re.IGNORECASE,
)
_PEOPLE = re.compile(
    r" (?:people|persons|men|women|children|individuals|prisoners|detainees|families|protesters|civilians|"
    r"cases|complaints|refugees|migrants|villagers|workers)\b"
)
"""What a number that looks like a year counts: '1983 people were detained'."""
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
_LONGEST_MONTH = 31
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
        if bare and _PEOPLE.match(text, match.end()):
            continue
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
    """The expression that the named parts of a match make."""
    shifted = parts.get("relyear") or parts.get("shiftunit")
    if shifted:
        unit, anaphoric = parts.get("unit", "year"), shifted in _ANAPHORIC
        month = month_of(parts["month"]) if "month" in parts else None
        return Expression(start, end, None, month, _day(parts), unit, _SHIFTS[shifted], anaphoric)
    if "ago" in parts:
        many = 1 if parts["ago"] == "a" else UNITS.get(parts["ago"]) or int(parts["ago"])
        return Expression(start, end, unit=parts["agounit"], shift=-many)
    if "today" in parts:
        return Expression(start, end, unit="day", shift=_FIRST_DAYS[parts["today"]])
    if "weekday" in parts:
        following = int(parts.get("lastday") == "next")
        return Expression(start, end, unit=parts["weekday"].casefold(), shift=following)
    if "day" in parts and _day(parts) is None:
        return None
    month = (
        month_of(parts["month"]) if "month" in parts else int(parts["number"]) if "number" in parts else None
    )
    return Expression(start, end, int(parts["year"]) if "year" in parts else None, month, _day(parts))


def _day(parts: dict[str, str]) -> int | None:
    """The day of a month, where it is one."""
    day = int(parts.get("day", 0))
    return day if 1 <= day <= _LONGEST_MONTH else None


def relative(expression: Expression, base: str) -> str | None:
    """The date of a relative expression, seen from an ISO date; None where the base is too coarse."""
    year, month, day = (*(int(p) for p in base.split("-")), None, None)[:3]
    unit, shift = expression.unit, expression.shift
    if unit == "year":
        return iso((year or 0) + shift, expression.month, expression.day)
    if unit == "month" and year and month:
        months = year * 12 + month - 1 + shift
        return iso(months // 12, months % 12 + 1)
    if year is None or month is None:
        return None
    return _from_day(expression, date(year, month, day)) if day else None


def _from_day(expression: Expression, here: date) -> str | None:
    """The date of a relative expression, seen from a day."""
    unit, shift = expression.unit, expression.shift
    if unit == "week":
        there = here + timedelta(weeks=shift)
        return there.strftime("%Y-%m") if there.month == here.month else None
    if unit == "day":
        return (here + timedelta(days=shift)).isoformat()
    if unit not in WEEKDAYS:
        return None
    back = (here.weekday() - WEEKDAYS.index(unit)) % 7
    return (here + timedelta(days=7 - back if shift > 0 else -back)).isoformat()
