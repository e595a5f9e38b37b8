"""The neighbourhood of a thing as a picture, and as the table that says the same."""

from __future__ import annotations

import re

import pyoxigraph as ox
from flask import Blueprint, Response, jsonify, render_template, request

from kg.errors import NotFoundError
from kg.vocabulary import RG
from kg.web.pages.asking import Row, ask
from kg.web.pages.language import said
from kg.web.pages.links import label, page
from kg.web.pages.snapshot import snapshot

blueprint = Blueprint("graphs", __name__)

_HASH = re.compile(r"[0-9a-f]{16}")
_MOST = 60
"""Links in a picture: more of them show nothing."""


@blueprint.get("/graph")
def graph() -> str:
    """The page: the picture where there is script, the table always."""
    iri = request.args.get("thing", "")
    links = _links(iri)
    return render_template(
        "graph.html", iri=iri, links=links[:_MOST], count=len(links), name=_called(iri), called=_called
    )


@blueprint.get("/graph.json")
def elements() -> Response:
    """The picture's nodes and edges, made from the rows of the table."""
    iri = request.args.get("thing", "")
    links = _links(iri)[:_MOST]
    ends = dict.fromkeys([iri, *(r["subject"] for r in links), *(r["object"] for r in links)])
    nodes = [{"data": {"id": n, "label": _short(n), "page": page(n), "centre": int(n == iri)}} for n in ends]
    edges = [
        {
            "data": {
                "id": f"e{number}", "source": r["subject"], "target": r["object"],
                "label": label(r["property"]), "inferred": int(bool(r["inferred"])),
            }
        }
        for number, r in enumerate(links)
    ]  # fmt: skip
    return jsonify(nodes + edges)


def _links(iri: str) -> list[Row]:
    """Links of a thing with things of ours, each once. Raises NotFoundError where there is no such thing."""
    if not iri.startswith((snapshot().base, RG)):
        raise NotFoundError("a graph needs a thing of ours", mend="Follow 'See it as a graph' on a page.")
    try:
        this = ox.NamedNode(iri)
    except ValueError as error:
        raise NotFoundError("this is no address", where=iri) from error
    found: dict[tuple[str, str, str], Row] = {}
    for row in ask("neighbours", thing=[this]):
        key = (row["subject"], row["property"], row["object"])
        inferred = row["graph"].endswith("/graph/inferred")
        if (page(row["subject"]) and page(row["object"])) and (key not in found or found[key]["inferred"]):
            found[key] = {**row, "inferred": "yes" if inferred else ""}
    if not found and iri not in snapshot().labels:
        raise NotFoundError("nothing in the graph is linked with this", where=iri)
    return sorted(
        found.values(), key=lambda r: (bool(r["inferred"]), r["property"], r["subject"], r["object"])
    )


def _called(iri: str) -> str:
    """What a thing is called; what has no name, by its kind."""
    told = label(iri)
    path = iri.removeprefix(snapshot().base)
    kind, _, key = path.partition("/")
    last = path.rpartition("/")[2]
    if iri == path or told != last or not key:
        return told
    at = snapshot()
    number = at.places.get(f"{at.base}claim/{last}")
    if number is not None and _HASH.fullmatch(last):
        return f"{label(at.facets['type'].of(number)[0])} ({said(kind)})"
    return f"{kind} {last[:8] if _HASH.fullmatch(last) else last}"


def _short(iri: str) -> str:
    told = _called(iri)
    return told if len(told) < 32 else f"{told[:30]}…"  # noqa: PLR2004 - what fits beside a node
