"""One thing: a claim, a country, or anything else that has an address in the graph.

A claim shows its sentence first, then who says so and how it stands, what follows from it with
every step, and other accounts beside it: they are compared, never merged. Pages of persons ask
search engines to stay away.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pyoxigraph as ox
from flask import Blueprint, Response, render_template

from kg.errors import NotFoundError
from kg.questions import question
from kg.vocabulary import RDF_TYPE, RG
from kg.web.pages import argument, charts
from kg.web.pages.accounts import accounts
from kg.web.pages.asking import Row, ask, fill, node
from kg.web.pages.language import said
from kg.web.pages.links import label
from kg.web.pages.listing import listing, rows
from kg.web.pages.snapshot import snapshot

if TYPE_CHECKING:
    from collections.abc import Sequence

blueprint = Blueprint("things", __name__)

_LATEST = 10
_LADDER = ("violates", "engagesProvision", "attributableTo", "boundBy", "engagesInstrument")
"""What follows step by step: the right, the articles, whose act it is, what bound that state."""
_PERSON = RG + "Person"
_COMPARED = (
    "date",
    "place",
    "victim",
    "perpetrator",
    "count",
    "value",
    "received",
    "accepted",
    "implemented",
)
"""What accounts of the same thing may differ in."""


@blueprint.get("/page/claim/<key>")
def claim(key: str) -> str:
    """A claim."""
    this = node(f"claim/{key}") if key.isalnum() else None
    found = rows([this.value]) if this else []
    if not this or not found:
        raise NotFoundError("no such claim", where=key, mend="The list of facts leads to those there are.")
    follows = ask("follows", claim=[this])
    steps = {
        (r["property"], r["value"]): argument.steps(r["thing"], r["property"], r["value"]) for r in follows
    }
    likely = {a.claim: a.alike for a in accounts(snapshot(), this.value)}
    others = rows(list(likely))
    drawn = {name: [r for r in follows if r["property"] == RG + name] for name in _LADDER}
    provisions = [ox.NamedNode(r["value"]) for r in drawn["engagesProvision"]]
    return render_template(
        "claim.html",
        row=found[0],
        context=next(iter(ask("context", claim=[this])), {}),
        follows=follows,
        drawn=drawn,
        other=_by_property([r for r in follows if r["property"] not in {RG + n for n in _LADDER}]),
        duties=_duties(provisions),
        steps=steps,
        told=argument.told,
        accounts=others,
        alike=likely,
        facets=snapshot().facets,
        sparql=fill(question("claim-rows", "pages").text, claim=[this]),
        compared=[c for c in _COMPARED if any(a.get(c) for a in [found[0], *others])],
    )


def _duties(provisions: Sequence[ox.NamedNode]) -> dict[str, list[str]]:
    """The obligations that each provision lays on a state."""
    told: dict[str, list[str]] = {}
    for row in ask("obligations", provision=provisions) if provisions else ():
        told.setdefault(row["provision"], []).extend([row["obligation"]] if row["obligation"] else [])
    return told


def _by_property(follows: Sequence[Row]) -> list[tuple[str, list[Row]]]:
    """What follows, by property; what says most in fewest words first."""
    grouped = [(prop, list(items)) for prop, items in groupby(follows, key=lambda r: r["property"])]
    return sorted(grouped, key=lambda g: (len(g[1]), g[0]))


@blueprint.get("/page/state/<code>")
def country(code: str) -> str:
    """A country or territory: what is said of it, by whom."""
    this = node(f"state/{code}") if code.isalnum() else None
    if not this or this.value not in snapshot().labels:
        raise NotFoundError(
            "no such country", where=code, mend="Addresses of countries end in their ISO code."
        )
    found = listing({"country": this.value})
    at = snapshot()
    among = at.among({"country": [this.value]})
    kinds = at.facets["kind"].counts(among)
    years = [(t.value, n) for t, n in at.facets["year"].counts(among)]
    ratings = rows([r["claim"] for r in ask("ratings", country=[this])])
    return render_template(
        "country.html",
        iri=this.value,
        code=code,
        listing=found,
        kinds=kinds,
        counts={n: at.facets[n].counts(among) for n in ("type", "right", "claimant", "status", "document")},
        bars=charts.bars(years),
        ratings=ratings,
        latest=rows(list(found.claims[:_LATEST])),
        treaties=ask("participations", state=[this]),
        statements=_facts(this),
    )


@blueprint.get("/page/<path:path>")
def thing(path: str) -> Response:
    """Anything else: an entity of a document, a mechanism, an instrument, a provision, an event."""
    try:
        this = node(path)
    except ValueError as error:
        raise NotFoundError("no such thing", where=path) from error
    statements = _facts(this)
    if not statements:
        this = node(unquote(path))
        statements = _facts(this)
    if not statements:
        raise NotFoundError("no such thing", where=path, mend="Search leads to what there is.")
    types = [r["value"] for r in statements if r["property"] == RDF_TYPE and not r["inferred"]]
    same = _same(this, statements)
    parts = _parts([this, *same])
    person = _PERSON in types
    body = render_template(
        "thing.html",
        iri=this.value,
        name=_name(this.value, statements),
        types=[t for t in types if t.startswith(RG)],
        person=person,
        statements=statements,
        same=[s for s in same if "/entity/" in s.value],
        documents={s.value: s.value.split("/entity/")[-1].split("/") for s in same},
        parts=parts,
        sparql=fill(question("claims-about-an-entity", "pages").text, entity=[this, *same]),
        links=_grouped(ask("links-to-a-thing", thing=[this])),
        definition=next((r["value"] for r in statements if r["property"].endswith("#definition")), ""),
    )
    response = Response(body)
    if person:
        response.headers["X-Robots-Tag"] = "noindex"
    return response


def _facts(this: ox.NamedNode) -> list[Row]:
    """What is stated and inferred about a thing; each told once, stated before inferred."""
    found: dict[tuple[str, str], Row] = {}
    for row in ask("facts-of-a-thing", thing=[this]):
        inferred = row["graph"].endswith("/graph/inferred")
        key = (row["property"], row["value"])
        if key not in found or (found[key]["inferred"] and not inferred):
            found[key] = {**row, "inferred": "yes" if inferred else ""}
    return sorted(found.values(), key=lambda r: (bool(r["inferred"]), r["property"], r["value"]))


def _name(iri: str, statements: Sequence[Row]) -> str:
    """What a thing is called; an event by its type."""
    if (told := label(iri)) and told != iri.rpartition("/")[2]:
        return told
    types = [r["value"] for r in statements if r["property"] == RDF_TYPE and r["value"].startswith(RG)]
    return label(types[0]) if types else said("Thing")


def _same(this: ox.NamedNode, statements: Sequence[Row]) -> list[ox.NamedNode]:
    """Names in documents that stand for the same: by what they denote, or by an equal name and class."""
    found = [r["entity"] for r in ask("denoting", thing=[this])]
    for row in statements:
        if row["property"] == RG + "denotes":
            found += [
                row["value"],
                *(r["entity"] for r in ask("denoting", thing=[ox.NamedNode(row["value"])])),
            ]
    names = snapshot().names
    own = next((r for r in names if r["entity"] == this.value), None)
    if own:
        found += [r["entity"] for r in names if (r["label"], r["type"]) == (own["label"], own["type"])]
    return [ox.NamedNode(iri) for iri in dict.fromkeys(found) if iri != this.value]


def _parts(things: Sequence[ox.NamedNode]) -> list[tuple[str, list[str], list[Row]]]:
    """Claims in which things have a part: the part, all the claims, the first of them as rows."""
    found = sorted({(r["part"], r["claim"]) for r in ask("claims-about-an-entity", entity=list(things))})
    place = {iri: n for n, iri in enumerate(snapshot().claims)}
    grouped = []
    for part, pairs in groupby(found, key=lambda p: p[0]):
        claims = sorted((c for _, c in pairs if c in place), key=place.__getitem__)
        if claims:
            grouped.append((part, claims, rows(claims[:_LATEST])))
    return sorted(grouped, key=lambda g: (-len(g[1]), g[0]))


def _grouped(links: Sequence[Row]) -> list[tuple[str, list[str]]]:
    """What leads here, by property: things with a name; events and claims stand above as claims."""
    found: dict[str, dict[str, None]] = {}
    for row in links:
        if not label(row["subject"]) or label(row["subject"]) == row["subject"].rpartition("/")[2]:
            continue
        found.setdefault(row["property"], {})[row["subject"]] = None
    return [(prop, list(subjects)) for prop, subjects in sorted(found.items())]
