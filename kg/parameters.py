"""Values that people type to RDF terms: one function a kind of parameter.

In: a text, the class a term is looked for under, the base address of the data. Out: a
pyoxigraph term, whose `str` is its N-Triples form. Raises QueryError where the text is no
value of that kind, with what comes near.
"""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import QueryError
from kg.vocabulary import ID, vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kg.vocabulary import Term

XSD_INTEGER = ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer")


def state(value: str, _root: str, base: str) -> ox.NamedNode:
    """A state by its ISO code, one of its names, or its address."""
    wanted = _plain(value)
    names: dict[str, str] = {}
    for known in vocabulary().states:
        for name in (known.iri, known.alpha2, known.alpha3, *known.names):
            names.setdefault(_plain(name), known.iri)
    if wanted not in names:
        raise QueryError(f"no country {value!r}", mend=_near(wanted, names) or "Give an ISO code such as TM.")
    return ox.NamedNode(names[wanted].replace(ID, base, 1))


def term(value: str, root: str, _base: str) -> ox.NamedNode:
    """A term of the ontology by its name, one of its labels, or its address."""
    wanted = _plain(value)
    names: dict[str, str] = {}
    for known in options(root):
        for name in (known.iri, known.id, *known.names):
            names.setdefault(_plain(name), known.iri)
    if wanted not in names:
        raise QueryError(f"no term {value!r} below {root}", mend=_near(wanted, names))
    return ox.NamedNode(names[wanted])


def options(root: str) -> list[Term]:
    """The terms that a parameter below a class can take: its individuals, else its subclasses."""
    words = vocabulary()
    return words.individuals(root) or words.classes(root)


def text(value: str, _root: str, _base: str) -> ox.Literal:
    """Any text."""
    return ox.Literal(value)


def integer(value: str, _root: str, _base: str) -> ox.Literal:
    """A whole number."""
    if not re.fullmatch(r"[+-]?\d{1,18}", value.strip()):
        raise QueryError(f"{value!r} is no whole number")
    return ox.Literal(str(int(value)), datatype=XSD_INTEGER)


def thing(value: str, _root: str, base: str) -> ox.NamedNode:
    """Anything by its address."""
    try:
        return ox.NamedNode(value.replace(ID, base, 1))
    except ValueError as error:
        raise QueryError(f"{value!r} is no address", mend=f"Give an IRI such as {base}state/TM.") from error


KINDS: dict[str, Callable[[str, str, str], ox.NamedNode | ox.Literal]] = {
    "state": state,
    "term": term,
    "text": text,
    "integer": integer,
    "thing": thing,
}


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


def _near(wanted: str, names: Iterable[str]) -> str:
    near = difflib.get_close_matches(wanted, list(names), n=4, cutoff=0.5)
    return f"Near it: {', '.join(near)}." if near else ""
