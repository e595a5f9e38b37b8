"""Are two answers the same? Solutions, booleans and graphs, up to the names of blank nodes.

A table of solutions is made a graph, a blank node a row, so that one canonicalisation serves
all; rows that occur twice count twice. A second look takes numbers by their value, since the
store writes every number in its canonical form.
"""

from __future__ import annotations

import csv
import io
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

XSD = "http://www.w3.org/2001/XMLSchema#"
RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
_FLOATS = {XSD + "double", XSD + "float"}
_NUMBERS = {
    XSD + n for n in ("decimal", "integer", "nonPositiveInteger", "negativeInteger", "long", "int")
} | {
    XSD + n for n in ("short", "byte", "nonNegativeInteger", "unsignedLong", "unsignedInt", "positiveInteger")
}

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Row = dict[str, Term]


def exactly(literal: ox.Literal) -> ox.Literal:
    """The literal as it is, language tags in small letters."""
    if literal.language:
        return ox.Literal(literal.value, language=literal.language.lower())
    return literal


def by_value(literal: ox.Literal) -> ox.Literal:
    """Numbers by their value, in the datatype that they have."""
    kind, text = literal.datatype.value, literal.value.strip()
    try:
        if kind in _FLOATS:
            return ox.Literal(repr(float(text.replace("INF", "inf"))), datatype=literal.datatype)
        if kind in _NUMBERS:
            return ox.Literal(format(Decimal(text).normalize(), "f"), datatype=literal.datatype)
    except (InvalidOperation, ValueError):
        return literal
    return exactly(literal)


def canonical(quads: Iterable[ox.Quad], normal: Callable[[ox.Literal], ox.Literal]) -> list[str]:
    """Quads as sorted lines that are equal for equal graphs."""
    dataset = ox.Dataset(
        ox.Quad(
            q.subject,
            q.predicate,
            normal(q.object) if isinstance(q.object, ox.Literal) else q.object,
            q.graph_name,
        )
        for q in quads
    )
    dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return sorted(map(str, dataset))


def rows_as_quads(rows: Iterable[Row], indices: Iterable[int] = ()) -> Iterable[ox.Quad]:
    """A table as a graph."""
    order = list(indices)
    for number, row in enumerate(rows):
        node = ox.BlankNode()
        yield ox.Quad(node, ox.NamedNode("urn:row"), ox.NamedNode("urn:row"))
        if order:
            yield ox.Quad(node, ox.NamedNode("urn:index"), ox.Literal(order[number]))
        for name, term in row.items():
            yield ox.Quad(node, ox.NamedNode(f"urn:var:{name}"), term)


def same(left: Iterable[ox.Quad], right: Iterable[ox.Quad]) -> str:
    """exact, value or nothing."""
    first, second = list(left), list(right)
    if canonical(first, exactly) == canonical(second, exactly):
        return "exact"
    return "value" if canonical(first, by_value) == canonical(second, by_value) else ""


def table(solutions: ox.QuerySolutions) -> tuple[list[str], list[Row]]:
    """Variables and rows of an answer."""
    names = [v.value for v in solutions.variables]
    return names, [{n: t for n in names if (t := s[n]) is not None} for s in solutions]


def result_set(quads: list[ox.Quad]) -> tuple[list[str], list[Row], list[int]] | bool:
    """A result set that is written as a graph."""
    found: dict[Term, dict[str, list[Term]]] = {}
    for quad in quads:
        found.setdefault(quad.subject, {}).setdefault(quad.predicate.value, []).append(quad.object)
    node = next(n for n, p in found.items() if ox.NamedNode(RS + "ResultSet") in p.get(_TYPE, []))
    if RS + "boolean" in found[node]:
        return found[node][RS + "boolean"][0].value == "true"
    rows, order = [], []
    for solution in found[node].get(RS + "solution", []):
        bindings = [found[b] for b in found[solution].get(RS + "binding", [])]
        rows.append({b[RS + "variable"][0].value: b[RS + "value"][0] for b in bindings})
        order += [int(i.value) for i in found[solution].get(RS + "index", [])]
    by_index = sorted(range(len(order)), key=order.__getitem__) if len(order) == len(rows) else []
    rows = [rows[i] for i in by_index] if by_index else rows
    return (
        [v.value for v in found[node].get(RS + "resultVariable", [])],
        rows,
        sorted(order) if by_index else [],
    )


_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


def same_csv(left: str, right: str) -> str:
    """exact, value or nothing."""
    if _bag(left, str) == _bag(right, str):
        return "exact"
    return "value" if _bag(left, _plain_number) == _bag(right, _plain_number) else ""


def _bag(text: str, normal: Callable[[str], str]) -> list[tuple[tuple[str, str], ...]]:
    """A CSV result as a bag of rows; all blank nodes look alike."""
    head, *rows = csv.reader(io.StringIO(text))
    plain = [["_:b" if cell.startswith("_:") else normal(cell) for cell in row] for row in rows]
    return sorted(tuple(sorted(zip(head, row, strict=True))) for row in plain)


def _plain_number(cell: str) -> str:
    try:
        return format(Decimal(cell).normalize(), "f")
    except InvalidOperation:
        return cell
