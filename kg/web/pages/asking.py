"""What pages ask of the store: queries of `queries/pages` filled with terms, answers as rows.

In: the name of a query file and terms for its open lines. Out: rows of plain strings, by the
names of the query's variables; the empty string stands for what is not told.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

import pyoxigraph as ox
from flask import current_app

from kg.questions import question
from kg.vocabulary import ID

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.web.service import Service

Term = ox.NamedNode | ox.Literal
Row = dict[str, str]

_OPEN = re.compile(r"VALUES \?(\w+) \{ UNDEF \}")


def service() -> Service:
    """The service of the app that answers."""
    return cast("Service", current_app.extensions["rightsgraph"])


def value(term: object) -> str:
    """A term as plain text; empty for none."""
    return term.value if isinstance(term, ox.NamedNode | ox.Literal | ox.BlankNode) else ""


def fill(text: str, **terms: Iterable[Term]) -> str:
    """A query with terms in the places that it leaves open, under the base address of the store."""
    base = service().graph_iri
    told = {name: " ".join(str(term) for term in found) for name, found in terms.items()}
    filled = _OPEN.sub(lambda m: f"VALUES ?{m[1]} {{ {told.get(m[1], 'UNDEF')} }}", text)
    return filled if base == ID else filled.replace(f"<{ID}graph/", f"<{base}graph/")


def solutions(text: str) -> list[Row]:
    """The rows of a SELECT query."""
    found = service().solutions(text)
    names = [v.value for v in found.variables]
    return [{name: value(row[name]) for name in names} for row in found]


def ask(name: str, **terms: Iterable[Term]) -> list[Row]:
    """The rows of a query of `queries/pages`."""
    return solutions(fill(question(name, "pages").text, **terms))


def node(path: str) -> ox.NamedNode:
    """The node of a thing of the data by its path below the base address."""
    return ox.NamedNode(service().graph_iri + path)
