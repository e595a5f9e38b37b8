"""What search engines read of a page: schema.org in JSON-LD.

In: a build, its store, and what the page is about. Out: a JSON value for the page's head. A claim
is a `Claim` with its document as `appearance`, never a bare `Event`: what is alleged isn't told
as having happened. People get no markup: their pages are not for search engines.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.diff import told
from kg.dumps import FORMATS
from kg.vocabulary import RDF_TYPE, RG

if TYPE_CHECKING:
    from kg.stores import Build

CONTEXT = "https://schema.org"
DCTERMS = "http://purl.org/dc/terms/"
GENRES = {
    "interview": "Article",
    "letter": "Message",
    "news": "NewsArticle",
    "report": "Report",
    "resolution": "Legislation",
}
"""Kinds of creative work for genres; the others are articles."""


def dataset(build: Build, store: ox.Store, site: str) -> dict[str, Any]:
    """The dataset, for the home page."""
    iri = ox.NamedNode(f"{build.base}dataset")
    return {
        "@context": CONTEXT,
        "@type": "Dataset",
        "@id": iri.value,
        "name": _value(store, iri, f"{DCTERMS}title"),
        "description": _value(store, iri, f"{DCTERMS}description"),
        "identifier": build.id,
        "version": build.id[:16],
        "license": _value(store, iri, f"{DCTERMS}license"),
        "url": site,
        "isAccessibleForFree": True,
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": form.syntax.media_type,
                "contentUrl": f"{site}dump/rightsgraph{form.suffix}",
            }
            for form in FORMATS.values()
        ],
    }


def item(store: ox.Store, iri: ox.NamedNode) -> dict[str, Any]:
    """A document's item; empty where the address is none's."""
    title = _value(store, iri, f"{DCTERMS}title")
    if not title:
        return {}
    about: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": GENRES.get(_value(store, iri, f"{RG}genre"), "Article"),
        "@id": iri.value,
        "name": title,
    }
    if publisher := _value(store, iri, f"{RG}publisherName"):
        about["publisher"] = {"@type": "Organization", "name": publisher}
    if date := _value(store, iri, f"{RG}statedDate"):
        about["datePublished"] = date
    return about


def claim(store: ox.Store, iri: ox.NamedNode) -> dict[str, Any]:
    """A claim with who says it and where; empty for what is none, and for the naming of a person."""
    document = _value(store, iri, f"{RG}inItem")
    if not document or _value(store, iri, f"{RG}claimType") == f"{RG}Person":
        return {}
    _, what, quote = told(store, iri)
    about: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "Claim",
        "@id": iri.value,
        "name": what,
        "text": quote,
        "appearance": {k: v for k, v in item(store, ox.NamedNode(document)).items() if k != "@context"},
    }
    if claimant := _value(store, iri, f"{RG}claimantName"):
        about["creator"] = {"@type": _claimant_type(store, iri), "name": claimant}
    return about


def _claimant_type(store: ox.Store, iri: ox.NamedNode) -> str:
    """Person or Organization, as far as the claimant was linked; Thing where it wasn't."""
    for quad in store.quads_for_pattern(iri, ox.NamedNode(f"{RG}claimant"), None):
        if isinstance(quad.object, ox.NamedNode):
            kinds = {q.object for q in store.quads_for_pattern(quad.object, ox.NamedNode(RDF_TYPE), None)}
            return "Person" if ox.NamedNode(f"{RG}Person") in kinds else "Organization"
    return "Thing"


def _value(store: ox.Store, subject: ox.NamedNode, predicate: str) -> str:
    """The first value of a property, in the order of its text; empty where there is none."""
    found = store.quads_for_pattern(subject, ox.NamedNode(predicate), None)
    return min((str(getattr(quad.object, "value", "")) for quad in found), default="")
