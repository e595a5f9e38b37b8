"""Ask: the named questions with their parameters, and the SPARQL editor with them as examples.

An answer is a table, with the sentence behind each row; where rows have a country or a date,
a map or bars stand above it. The address holds question and parameters.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

import pyoxigraph as ox
from flask import Blueprint, Response, jsonify, render_template, request

from kg.engine.pool import TimeUpError
from kg.parameters import options
from kg.questions import question, questions
from kg.vocabulary import RG
from kg.web.pages import charts
from kg.web.pages.asking import Term, ask, service, value
from kg.web.pages.language import language, said
from kg.web.pages.links import label, page
from kg.web.pages.snapshot import snapshot

if TYPE_CHECKING:
    from kg.questions import Parameter

blueprint = Blueprint("ask", __name__)

ROWS = 100
"""Rows that a page shows; the downloads hold them all."""
_BESIDE = ("evidence", "document")
"""Columns that stand with the sentence: where it leads, and its source."""
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


class Answered(NamedTuple):
    """What a page needs of the answer to a question."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]
    """The first of them."""
    total: int
    countries: tuple[tuple[str, int], ...]
    years: tuple[tuple[str, int], ...]


@blueprint.get("/question/<name>")
def answer(name: str) -> str:
    """A question with its answer, the SPARQL behind it, and each fact's sentence."""
    asked = question(name)
    values = {p.name: v for p in asked.parameters if (v := request.args.get(p.name, "").strip())}
    text = asked.bound(values, service().graph_iri)
    try:
        found, late = answered(service().version, text), False
    except TimeUpError:
        found, late = Answered((), (), 0, (), ()), True
    columns = [c for c in found.columns if c not in _BESIDE and not (c in values and c == "country")]
    place = {c: n for n, c in enumerate(found.columns)}
    rows = [
        (
            [
                _cell(c, row[place[c]], row[place["evidence"]] if "evidence" in place else None)
                for c in columns
            ],
            value(row[place["document"]]) if "document" in place else "",
        )
        for row in found.rows
    ]
    downloads = {n: f"/sparql?{urlencode({'query': text, 'format': n})}" for n in ("csv", "json", "xml")}
    return render_template(
        "question.html",
        question=asked,
        values=values,
        choices={p.name: _choices(p) for p in asked.parameters},
        columns=columns,
        rows=rows,
        count=found.total,
        late=late,
        text=text,
        downloads=downloads,
        counted=found.countries[:12],
        dots=charts.dots(found.countries) if "country" not in values else [],
        bars=charts.bars(found.years),
        size=(charts.WIDTH, charts.HEIGHT, charts.SHOWN),
        land=bool(charts.land()),
        called=_called,
    )


@lru_cache(maxsize=256)
def answered(_version: str, text: str) -> Answered:
    """The answer to a query of ours, kept for the version of the store that gave it."""
    found = service().solutions(text)
    columns = tuple(v.value for v in found.variables)
    place = {c: n for n, c in enumerate(columns)}
    day = next((place[c] for c in ("date", "year", "stated") if c in place), None)
    country = next((place[c] for c in ("country", "where") if c in place), None)
    first: list[tuple[Term | None, ...]] = []
    count, countries, years = 0, Counter[str](), Counter[str]()
    for row in found:
        count += 1
        if len(first) < ROWS:
            first.append(tuple(row[n] for n in range(len(columns))))
        if country is not None and (told := value(row[country])):
            countries[told] += 1
        if day is not None and (told := value(row[day])[:4]):
            years[told] += 1
    ranked = tuple(sorted(countries.items(), key=lambda c: (-c[1], c[0])))
    spread = tuple(sorted(years.items())) if len(years) > 2 else ()  # noqa: PLR2004 - two bars tell less than the table
    return Answered(columns, tuple(first), count, ranked, spread)


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
    """The named questions as texts for the editor's tabs; the first of each subject opens by itself."""
    seen: set[str] = set()
    told = []
    for asked in questions().values():
        subject = asked.tags[0] if asked.tags else ""
        first = bool(subject) and subject not in seen
        seen.add(subject)
        query = asked.bound(base=service().graph_iri)
        told.append({"name": asked.name, "summary": said(asked.summary), "query": query, "first": first})
    return jsonify(told)


@blueprint.get("/sparql/places.json")
def places() -> Response:
    """Where countries stand on the map, for answers that name them: x, y and name."""
    at = snapshot()
    codes = charts.centroids()
    return jsonify(
        {
            iri: (*charts.projected(*codes[code]), at.label(iri, language()))
            for iri in sorted(at.labels)
            if "/state/" in iri and (code := iri.rpartition("/")[2]) in codes
        }
    )
