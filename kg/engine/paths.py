"""Property paths of length zero from or to a term that the graph doesn't hold.

`<x> :p* ?y` has the solution `?y = <x>` whatever the graph holds; the engine gives none where
`<x>` is no node of the graph. In that case every path from `<x>` is of length zero, so the
pattern is replaced by that one solution. Where the graph holds the term, nothing is changed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from kg.engine.rewriting import Draft

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.engine.job import Options
    from kg.engine.tokens import Token

_OPTIONAL = re.compile(r"\?[\s/|)^]")
_BREAKS = ("FILTER", "OPTIONAL", "GRAPH", "UNION", "BIND", "VALUES", "MINUS", "SERVICE", "SELECT", "WHERE")
_CONSTANTS = ("iri", "name", "string", "number")


class Statement(NamedTuple):
    """A triple pattern `subject path object` that stands alone, by its first and last token."""

    first: int
    last: int


def repair_paths(text: str, store: ox.Store, options: Options) -> str:
    """The query with such patterns replaced."""
    if not _star(text) and not _OPTIONAL.search(text):
        return text
    draft = Draft(text, options.base)
    if draft.dataset or options.dataset:
        return text
    for statement in _statements(draft):
        _repair(draft, statement, store, options)
    return draft.done()


def _star(text: str) -> bool:
    """True where a star may belong to a path: not that of SELECT, COUNT or a product."""
    at = text.find("*")
    while at > 0:
        before = text[at - 1]
        if before in ">)_" or before.isalnum():
            return True
        at = text.find("*", at + 1)
    return False


def _statements(draft: Draft) -> Iterator[Statement]:
    """Runs of tokens between dots, braces and keywords, outside of GRAPH."""
    first: int | None = None
    outside = _outside_graphs(draft)
    for index, token in enumerate(draft.tokens):
        if token.says(".", "{", "}", *_BREAKS):
            if first is not None and index - first >= 3 and first in outside:  # noqa: PLR2004 - a triple
                yield Statement(first, index - 1)
            first = index + 1 if token.says(".", "{", "}") else None


def _outside_graphs(draft: Draft) -> set[int]:
    """The tokens that stand in no GRAPH block."""
    inside: set[int] = set()
    for index in draft.find("GRAPH"):
        opening = index + 2
        inside.update(range(index, draft.partner.get(opening, index) + 1))
    return set(range(len(draft))) - inside


def _repair(draft: Draft, statement: Statement, store: ox.Store, options: Options) -> None:
    tokens = draft.tokens[statement.first : statement.last + 1]
    if any(t.says(";", ",", "[", "]") for t in tokens):
        return
    start, end = _term_length(tokens), _term_length_before(tokens)
    subject, path, target = tokens[:start], tokens[start : len(tokens) - end], tokens[len(tokens) - end :]
    if not start or not end or not path or not _Path(path).can_be_empty():
        return
    constants = [t for t in (subject, target) if t[0].kind in _CONSTANTS]
    if len(constants) != 1 or {subject[0].kind, target[0].kind}.isdisjoint({"var"}):
        return
    constant, variable = constants[0], target if constants[0] is subject else subject
    term = _term(draft, constant)
    if term is None or _is_node(store, term, options):
        return
    written = draft.text[constant[0].start : constant[-1].end]
    draft.replace(statement.first, statement.last, f"VALUES {variable[0].text} {{ {written} }}")


def _term_length(tokens: list[Token]) -> int:
    """How many tokens the term at the start takes; 0 for what is no simple term."""
    if tokens[0].kind == "var" or tokens[0].kind in ("iri", "number"):
        return 1
    if tokens[0].kind == "name":
        return 0 if tokens[0].text.startswith("_:") else 1
    return 0  # a literal is no subject


def _term_length_before(tokens: list[Token]) -> int:
    """The same for the term at the end."""
    if tokens[-1].kind == "lang":
        return 2
    if len(tokens) > 2 and tokens[-2].says("^^"):  # noqa: PLR2004 - a literal with its datatype
        return 3
    if tokens[-1].kind == "name":
        return 0 if tokens[-1].text.startswith("_:") else 1
    return 1 if tokens[-1].kind in ("var", "iri", "number", "string") else 0


def _term(draft: Draft, tokens: list[Token]) -> ox.NamedNode | ox.Literal | None:
    """A constant as a term; None where it is a kind of literal that is left alone."""
    if len(tokens) == 1 and tokens[0].kind in ("iri", "name"):
        iri = draft.iri(tokens[0])
        return ox.NamedNode(iri) if iri else None
    return None


def _is_node(store: ox.Store, term: ox.NamedNode | ox.Literal, options: Options) -> bool:
    graph = None if options.union else ox.DefaultGraph()
    as_subject = store.quads_for_pattern(term, None, None, graph) if isinstance(term, ox.NamedNode) else ()
    as_object = store.quads_for_pattern(None, None, term, graph)
    return next(iter(as_subject), None) is not None or next(iter(as_object), None) is not None


class _Path:
    """Reads a path only as far as to know whether it can be of length zero."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens, self.at = tokens, 0

    def can_be_empty(self) -> bool:
        """True where the whole path can be of length zero; False also for what is no path."""
        empty = self._alternatives()
        return empty and self.at == len(self.tokens)

    def _next(self, *marks: str) -> bool:
        if self.at < len(self.tokens) and self.tokens[self.at].says(*marks):
            self.at += 1
            return True
        return False

    def _alternatives(self) -> bool:
        empty = self._sequence()
        while self._next("|"):
            other = self._sequence()
            empty = empty or other
        return empty

    def _sequence(self) -> bool:
        empty = self._step()
        while self._next("/"):
            other = self._step()
            empty = empty and other
        return empty

    def _step(self) -> bool:
        self._next("^")
        if self._next("("):
            empty = self._alternatives()
            self._next(")")
        elif self._next("!"):
            empty = False
            if self._next("("):
                while self.at < len(self.tokens) and not self._next(")"):
                    self.at += 1
            else:
                self._next("^")
                self.at += 1
        else:
            empty = False
            self.at += 1
        if self._next("*", "?"):
            return True
        self._next("+")
        return empty
