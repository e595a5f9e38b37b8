"""Ask: the named questions with their parameters, and the SPARQL editor with them as examples.

An answer is a table, with the sentence behind each row; where rows have a country or a date,
a map or bars stand above it. The address holds question and parameters.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

import pyoxigraph as ox
from flask import Blueprint, Response, jsonify, render_template, request

from kg.parameters import options
from kg.questions import question, questions
from kg.vocabulary import RG
from kg.web.pages import charts
from kg.web.pages.asking import ask, service, value
from kg.web.pages.language import language
from kg.web.pages.links import label, page
from kg.web.pages.snapshot import snapshot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.questions import Parameter

blueprint = Blueprint("ask", __name__)

ROWS = 100
"""Rows that a page shows; the downloads hold them all."""
PREFIXES = {
    "rg": RG,
    "rgd": "https://w3id.org/rightsgraph/id/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
    "oa": "http://www.w3.org/ns/oa#",
    "prov": "http://www.w3.org/ns/prov#",
}


class Cell(NamedTuple):
    """A value in a table: what is shown, and where it leads."""

    text: str
    link: str = ""
    kind: str = "value"
    """value, quote, status or thing."""
    iri: str = ""


@blueprint.get("/questions")
def every() -> str:
    """All questions, by subject."""
    grouped: dict[str, list[object]] = {}
    for asked in questions().values():
        grouped.setdefault(asked.tags[0] if asked.tags else "other", []).append(asked)
    return render_template("questions.html", groups=sorted(grouped.items()))


@blueprint.get("/question/<name>")
def answer(name: str) -> str:
    """A question with its answer, the SPARQL behind it, and each fact's sentence."""
    asked = question(name)
    values = {p.name: v for p in asked.parameters if (v := request.args.get(p.name, "").strip())}
    text = asked.bound(values, service().graph_iri)
    found = service().solutions(text)
    columns = [v.value for v in found.variables]
    every = [[row[c] for c in columns] for row in found]
    shown = [c for c in columns if c != "evidence"]
    place = columns.index("evidence") if "evidence" in columns else None
    rows = [
        [_cell(c, row[columns.index(c)], row[place] if place is not None else None) for c in shown]
        for row in every[:ROWS]
    ]
    downloads = {n: f"/sparql?{urlencode({'query': text, 'format': n})}" for n in ("csv", "json", "xml")}
    return render_template(
        "question.html",
        question=asked,
        values=values,
        choices={p.name: _choices(p) for p in asked.parameters},
        columns=shown,
        rows=rows,
        count=len(every),
        text=text,
        downloads=downloads,
        dots=charts.dots(_countries(columns, every)) if "country" not in values else [],
        bars=charts.bars(_years(columns, every)),
        size=(charts.WIDTH, charts.HEIGHT, charts.SHOWN),
        land=bool(charts.land()),
    )


def _choices(parameter: Parameter) -> list[tuple[str, str]]:
    """What a parameter can be, for a field that offers it: value and label."""
    if parameter.kind == "state":
        at = snapshot()
        states = [
            (iri.rpartition("/")[2], at.label(iri, language())) for iri in at.labels if "/state/" in iri
        ]
        return sorted(states, key=lambda s: s[1])
    if parameter.kind == "term":
        return sorted(((t.id, label(t.iri)) for t in options(parameter.root)), key=lambda s: s[1])
    return []


def _countries(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> list[tuple[str, int]]:
    if "country" not in columns:
        return []
    place = columns.index("country")
    return sorted(Counter(v for row in rows if (v := value(row[place]))).items())


def _years(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> list[tuple[str, int]]:
    place = next((columns.index(c) for c in ("date", "year", "stated") if c in columns), None)
    if place is None:
        return []
    found = sorted(Counter(v[:4] for row in rows if (v := value(row[place]))).items())
    return found if len(found) > 2 else []  # noqa: PLR2004 - two bars tell less than the table


def _cell(name: str, term: object, evidence: object) -> Cell:
    text = value(term)
    if name == "quote":
        return Cell(text, page(value(evidence)) if evidence else "", "quote")
    if isinstance(term, ox.NamedNode):
        kind = "status" if name == "status" else "thing"
        return Cell(_called(text), page(text), kind, text)
    return Cell(text)


def _called(iri: str) -> str:
    """An item by its document; anything else by its label."""
    document, _, item = iri.partition("/item/")
    return f"{label(document)}#{item}" if item else label(iri)


@blueprint.get("/sparql/terms.json")
def terms() -> Response:
    """Classes, properties and prefixes for the editor's completion: ours, and no one else's."""
    found = ask("terms")
    properties = {r["term"] for r in found if r["kind"].endswith("Property")}
    classes = {r["term"] for r in found if r["kind"].endswith("#Class")}
    others = [
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#type",
        *(PREFIXES["rdfs"] + n for n in ("label", "subClassOf")),
        *(PREFIXES["oa"] + n for n in ("hasSelector", "hasSource", "exact", "start", "end")),
        *(PREFIXES["dcterms"] + n for n in ("title", "identifier", "source")),
        *(PREFIXES["skos"] + n for n in ("definition", "altLabel", "notation")),
    ]
    return jsonify(
        prefixes=PREFIXES | {"rgd": service().graph_iri},
        classes=sorted(classes),
        properties=sorted(properties | set(others)),
    )


@blueprint.get("/sparql/examples.json")
def examples() -> Response:
    """The named questions as texts for the editor's tabs."""
    told = [
        {"name": q.name, "summary": q.summary, "query": q.bound(base=service().graph_iri)}
        for q in questions().values()
    ]
    return jsonify(told)
