r"""The guard before the parser: what may be handed to the engine at all.

In: the text of a query. Out: nothing, or a `Refused` that says which bound it breaks. The
engine's parser recurses without a limit (1.07 kB of nested braces overflow a 2 MB stack) and
its planner is exponential in nested `[ ?p [` (200 of them take 16 seconds), so a cap on bytes
alone doesn't help. Most queries are let through by counting characters, which bounds every
count from above and takes 3 microseconds; only what that can't clear is read token by token.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.engine.tokens import Token, position, tokens, unescaped
from kg.errors import QueryError


class Refused(QueryError):  # noqa: N818 - the protocol's word: QueryRequestRefused
    """The query is well-formed as far as the guard reads, but this server doesn't take it."""

    http_status = 403

    def __init__(self, what: str, *, where: str = "", mend: str = "", foreign: bool = False) -> None:
        super().__init__(what, where=where, mend=mend)
        self.foreign = foreign
        """True where it would have this server ask another host."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a query may hold. Every bound is far above what people write."""

    size: int = 1_000_000
    """Characters."""
    depth: int = 100
    """Nested brackets of any kind."""
    blank_depth: int = 16
    """Nested `[ ... ]`: the planner takes time exponential in them."""
    patterns: int = 300
    """Triple patterns: 400 joined ones take 2 s to plan, 800 take 20 s."""
    unions: int = 300
    operators: int = 3_000
    values: int = 50_000
    """Terms in VALUES blocks."""


_NESTING = {"{": "}", "(": ")", "[": "]"}
_OPERATORS = ("!", "+", "-", "*", "/", "||", "&&", "|", "^", "=", "<", ">", "!=", "<=", ">=", ",")
_ALONE = "is not served here: this endpoint asks no other host"


def check(text: str, bounds: Bounds, *, update: bool = False) -> None:
    """Refuse what would hurt the engine or reach out of it. Raises Refused."""
    if len(text) > bounds.size:
        raise Refused(
            f"the query has {len(text):,} characters; this server takes {bounds.size:,}",
            mend="Split it, or work on a dump of the data.",
        )
    # Read both ways: a parser may resolve `\\uXXXX` before it reads tokens or inside them, and a
    # quote written so would make one reading hide what the other one sees.
    for reading in dict.fromkeys((text, unescaped(text))):
        if not _clear(reading, bounds):
            _Count(reading, bounds, update=update, silent=update and reading is text).run()


def _clear(text: str, bounds: Bounds) -> bool:
    """True where counts of characters alone show that no bound can be broken."""
    upper = text.upper()
    count = text.count
    brackets = count("[")
    return (
        brackets <= bounds.blank_depth
        and count("{") + count("(") + brackets <= bounds.depth
        and "SERVICE" not in upper
        and "LOAD" not in upper
        # A text of fewer characters than a bound allows of anything needs no count of it.
        and (
            len(text) < min(bounds.patterns, bounds.operators, bounds.unions, bounds.values)
            or (
                count(".") + count(";") + count(",") < bounds.patterns
                and sum(map(count, "!+-*/|&^=<>,")) <= bounds.operators
                and upper.count("UNION") <= bounds.unions
                and (len(text) <= bounds.values or "VALUES" not in upper)
            )
        )
    )


class _Count:
    """The exact count, token by token."""

    def __init__(self, text: str, bounds: Bounds, *, update: bool, silent: bool) -> None:
        self.text, self.bounds, self.update = text, bounds, update
        self.silent = silent
        """True where LOAD SILENT may pass: the engine takes it out of the text as it was written."""
        self.open: list[str] = []
        self.patterns = self.unions = self.operators = self.values = 0
        self.foreign: Refused | None = None
        self.values_due = False
        self.values_from: int | None = None

    def run(self) -> None:
        """Count; raise at the first bound that breaks."""
        previous: Token | None = None
        for token in tokens(self.text):
            if previous and previous.says("LOAD") and not (self.silent and token.says("SILENT")):
                self.foreign = self.foreign or self._refused(f"LOAD {_ALONE}", token, foreign=True)
            if token.kind == "mark":
                self._mark(token)
            elif token.kind == "word":
                self._word(token)
            elif token.kind == "iri":
                # The parser may read `<` as less-than where the tokens say IRI.
                self._within_iri(token)
            if self.values_from is not None and token.kind != "mark":
                self.values += 1
                self._cap("terms in VALUES", self.values, self.bounds.values, token)
            previous = token
        if self.foreign:  # last, so that a text which is refused for this alone may be checked further
            raise self.foreign

    def _mark(self, token: Token) -> None:
        mark = token.text
        if mark in _NESTING:
            self.open.append(mark)
            self._cap("nested brackets", len(self.open), self.bounds.depth, token)
            if mark == "{" and self.values_due:
                self.values_due, self.values_from = False, len(self.open)
            if mark == "[":
                self._cap("nested blank nodes", self.open.count("["), self.bounds.blank_depth, token)
        elif mark in _NESTING.values():
            if self.open:
                self.open.pop()
            if self.values_from is not None and len(self.open) < self.values_from:
                self.values_from = None
        elif mark in _OPERATORS:
            self.operators += 1
            self._cap("operators", self.operators, self.bounds.operators, token)
        if mark in (".", ";", "{", "[") and self.values_from is None and not self.update:
            self.patterns += mark != "{"
            self._cap("triple patterns", self.patterns, self.bounds.patterns, token)

    def _word(self, token: Token) -> None:
        word = token.text.upper()
        if word == "SERVICE":
            self.foreign = self.foreign or self._refused(f"SERVICE {_ALONE}", token, foreign=True)
        elif word == "UNION":
            self.unions += 1
            self._cap("UNIONs", self.unions, self.bounds.unions, token)
        elif word == "VALUES":
            self.values_due = True

    def _within_iri(self, token: Token) -> None:
        inner = token.text[1:-1]
        self.operators += sum(map(inner.count, "!+*|&^="))
        self._cap("operators", self.operators, self.bounds.operators, token)
        self._cap(
            "nested brackets",
            len(self.open) + inner.count("(") + inner.count("["),
            self.bounds.depth,
            token,
        )

    def _cap(self, what: str, count: int, most: int, token: Token) -> None:
        if count > most:
            raise self._refused(f"more than {most:,} {what}", token)

    def _refused(self, what: str, token: Token, *, foreign: bool = False) -> Refused:
        line, column = position(self.text, token.start)
        mend = "Bring the data here first." if foreign else "Ask for less in one query."
        return Refused(what, where=f"line {line}, column {column}", mend=mend, foreign=foreign)
