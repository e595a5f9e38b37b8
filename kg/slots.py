"""What each kind of content tells: which field of a record becomes which property.

In: the content records of `kg.model`. Out: `CONTENT`, one row a kind of content, one slot a
column of the fact contract, so that a new column is a new slot and no new code. `Place` is an
item as the maker of addresses sees it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from rdflib import Literal, Namespace, URIRef
from rdflib.namespace import XSD

from kg import addresses
from kg.model import (
    WORLD,
    Endorsement,
    Figure,
    Implementation,
    InstrumentNamed,
    MechanismAction,
    Rating,
    Recommendation,
    RightNamed,
    Tenure,
    Violation,
)
from kg.vocabulary import RG as RG_IRI

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.model import Content, Item, Reading

RG = Namespace(RG_IRI)

_DATE = re.compile(r"\d{4}(-\d{2})?(-\d{2})?")


def camel(name: str) -> str:
    """The local name of a term that a record writes in lower case: `called-for` is CalledFor."""
    return "".join(part[:1].upper() + part[1:] for part in re.split(r"[-_ ]", name))


@dataclass(frozen=True)
class Place:
    """An item as the maker of addresses sees it."""

    reading: Reading
    sha256: str

    @property
    def item(self) -> Item:
        """The item itself."""
        return self.reading.item

    @property
    def iri(self) -> URIRef:
        """The item's address."""
        return URIRef(addresses.item(self.sha256, self.item.number))

    def key(self, told: str) -> str | None:
        """The key of the entity that a key or a name stands for; None where the reading holds none."""
        if told in self.reading.entity:
            return told
        return next((e.key for e in self.reading.entities if e.name == told), None)

    def entity(self, told: str) -> URIRef | None:
        """The address of an entity of this item, by its key or its name."""
        key = self.key(told)
        return URIRef(addresses.entity(self.sha256, self.item.number, key)) if key else None


# How a value of a record becomes a term.


def text(value: str, _: Place) -> Literal:
    """A plain literal."""
    return Literal(value)


def integer(value: int, _: Place) -> Literal:
    """An xsd:integer."""
    return Literal(value)


def date(value: str, _: Place) -> Literal:
    """A year, month or day of ISO 8601, as precise as told; anything else stays text."""
    match = _DATE.fullmatch(value)
    if not match:
        return Literal(value)
    precision = sum(map(bool, match.groups()))
    return Literal(value, datatype=(XSD.gYear, XSD.gYearMonth, XSD.date)[precision], normalize=False)


def state(value: str, _: Place) -> URIRef | None:
    """The state of an ISO code; none for the world."""
    return None if value == WORLD else URIRef(addresses.state(value))


def term(value: str, _: Place) -> URIRef:
    """The ontology's individual of that name."""
    return RG[camel(value)]


def entity(value: str, place: Place) -> URIRef | None:
    """The item's entity of that key or name."""
    return place.entity(value)


class Slot(NamedTuple):
    """A field of a record, the property that tells it, and how its value becomes a term."""

    field: str
    property: str
    term: Callable[[Any, Place], URIRef | Literal | None]


class Shape(NamedTuple):
    """How one kind of content is told: address kind, class, slots, and what identifies it."""

    kind: str
    type: str
    """A class, or the name of the field that holds it, in braces."""
    slots: tuple[Slot, ...]
    identity: tuple[str, ...]
    """Fields that tell two contents of one class at one place apart."""


def _shape(kind: str, type_: str, identity: str, *slots: tuple[str, str, Any]) -> Shape:
    return Shape(kind, type_, tuple(Slot(*s) for s in slots), tuple(identity.split()))


CONTENT: dict[type[Content], Shape] = {
    Violation: _shape(
        "event", "{type}", "country date place victim",
        ("country", "inCountry", state), ("victim", "victimName", text), ("victim_key", "victim", entity),
        ("perpetrator", "perpetratorName", text), ("perpetrator_key", "perpetrator", entity),
        ("date", "date", date), ("count", "victimCount", integer), ("place", "placeName", text),
    ),
    RightNamed: _shape("right-mention", "RightMention", "right", ("right", "concernsRight", term)),
    Recommendation: _shape(
        "recommendation", "Recommendation", "by addressee",
        ("by", "byName", text), ("by_key", "by", entity),
        ("addressee", "addresseeName", text), ("addressee_key", "addressee", entity),
        ("rights", "concernsRight", term), ("mechanism", "throughMechanism", entity),
        ("position", "position", term), ("action", "asksFor", text),
    ),
    Rating: _shape(
        "rating", "CivicSpaceRating", "country rating",
        ("country", "ratedState", state), ("rating", "ratingValue", term), ("by", "byName", text),
    ),
    Tenure: _shape(
        "tenure", "Tenure", "person role",
        ("person", "holderName", text), ("person_key", "holder", entity), ("role", "roleName", text),
        ("organisation", "organisationName", text), ("organisation_key", "organisation", entity),
    ),
    Endorsement: _shape(
        "endorsement", "Endorsement", "organisation",
        ("organisation", "organisationName", text), ("organisation_key", "organisation", entity),
    ),
    MechanismAction: _shape(
        "action", "{action}", "mechanism country",
        ("mechanism", "mechanismName", text), ("mechanism_key", "mechanism", entity),
        ("country", "inCountry", state), ("date", "date", date),
    ),
    InstrumentNamed: _shape(
        "instrument-mention", "InstrumentMention", "name",
        ("name", "instrumentName", text), ("key", "instrument", entity), ("kind", "instrumentKind", text),
        ("country", "inCountry", state), ("year", "year", date), ("effect", "effect", text),
    ),
    Implementation: _shape(
        "implementation", "ImplementationFigures", "state scope",
        ("state", "ofState", state), ("scope", "scope", text), ("received", "received", integer),
        ("accepted", "accepted", integer), ("implemented", "implemented", integer),
    ),
    Figure: _shape(
        "figure", "Figure", "value of country",
        ("value", "value", integer), ("of", "counts", text), ("country", "inCountry", state),
    ),
}  # fmt: skip
"""EntityNamed alone is not here: what it reports is the entity itself."""
