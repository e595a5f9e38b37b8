"""Why something that is inferred follows: the steps of a derivation, in words.

In: a triple of the inferred graph. Out: steps, premises before conclusions, each with the rule
that draws it or the graphs that state it.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from kg.derivation import derivation
from kg.errors import NotFoundError
from kg.rules import compile_rules
from kg.vocabulary import ontology_folder
from kg.web.handles import store_of
from kg.web.pages.asking import service, value
from kg.web.pages.links import label

if TYPE_CHECKING:
    from kg.axioms import Rule


class Line(NamedTuple):
    """A step as a page shows it."""

    subject: str
    property: str
    object: str
    rule: str
    """What draws it; empty where it is stated."""
    stated: tuple[str, ...]
    """Graphs that state it."""


@cache
def _rules() -> tuple[Rule, ...]:
    return compile_rules(ontology_folder())


def ready() -> None:
    """Compile the rules and open the store that derivations look into."""
    _rules()
    if not service().options.writable:
        store_of(service().build)


def steps(subject: str, property_: str, told: str) -> list[Line]:
    """The steps that lead to a triple; none where the store can be written to, whose files are in use."""
    at = service()
    if at.options.writable:
        return []
    triple = ox.Triple(ox.NamedNode(subject), ox.NamedNode(property_), ox.NamedNode(told))
    inferred = f"{at.graph_iri}graph/inferred"
    try:
        found = derivation(store_of(at.build), triple, _rules(), inferred)
    except NotFoundError:
        return []  # a build under another base address: its rules speak of the standing one
    return [
        Line(
            value(s.triple.subject), s.triple.predicate.value, value(s.triple.object),
            s.rule.name if s.rule else "", s.graphs,
        )
        for s in found
    ]  # fmt: skip


def told(line: Line) -> str:
    """A step as a sentence of labels."""
    return f"{label(line.subject)} – {label(line.property)} – {label(line.object)}"
