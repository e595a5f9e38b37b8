"""The pages: questions with their answers, and documents with the evidence marked.

In: a name or address. Out: HTML from templates, without a request to any other host. Every
answer shows the SPARQL behind it and the sentence behind each fact.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, cast
from urllib.parse import urlencode

import pyoxigraph as ox
from flask import Blueprint, current_app, render_template, request

from kg.errors import NotFoundError
from kg.questions import question, questions
from kg.vocabulary import RG
from kg.web.marking import Mark, marked

if TYPE_CHECKING:
    from kg.web.service import Service

pages = Blueprint("pages", __name__)

_ROWS = 500
"""Rows that a page shows; the downloads hold them all."""
_DOCUMENT = """
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX rg: <https://w3id.org/rightsgraph/ontology#>
SELECT ?name ?text ?source {{
  <{document}> rg:text ?text ; dcterms:identifier ?name . OPTIONAL {{ <{document}> dcterms:source ?source }}
}}"""
_EVIDENCE = """
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX rg: <https://w3id.org/rightsgraph/ontology#>
SELECT DISTINCT ?start ?end ?claim ?label ?status ?claimant {{
  ?evidence oa:hasSource <{document}> ; oa:hasSelector ?place .
  ?place oa:start ?start ; oa:end ?end .
  ?claim rg:evidence ?evidence ; rg:claimType ?type ; rg:status ?status .
  OPTIONAL {{ ?type rdfs:label ?label FILTER(LANG(?label) IN ("", "en")) }}
  OPTIONAL {{ ?claim rg:claimantName ?claimant }}
}} ORDER BY ?start ?end ?label"""


class Cell(NamedTuple):
    """A value in a table: what is shown, and where it leads."""

    text: str
    link: str = ""
    kind: str = "value"
    """value, quote or thing."""


def service() -> Service:
    """The service of the app that answers."""
    return cast("Service", current_app.extensions["rightsgraph"])


@pages.get("/")
def home() -> str:
    """The questions."""
    return render_template("home.html", questions=questions(), build=service().build)


@pages.get("/question/<name>")
def answer(name: str) -> str:
    """A question with its answer, the SPARQL behind it, and each fact's sentence."""
    asked = question(name)
    values = {p.name: v for p in asked.parameters if (v := request.args.get(p.name, "").strip())}
    text = asked.bound(values, service().graph_iri)
    solutions = service().solutions(text)
    columns = [v.value for v in solutions.variables]
    shown = [c for c in columns if c not in ("evidence", "document") or "evidence" not in columns]
    rows = []
    count = 0
    for count, solution in enumerate(solutions, 1):
        if count <= _ROWS:
            rows.append(
                [
                    _cell(c, solution[c], solution["evidence"] if "evidence" in columns else None)
                    for c in shown
                ]
            )
    downloads = {n: f"/sparql?{urlencode({'query': text, 'format': n})}" for n in ("csv", "json", "xml")}
    return render_template(
        "question.html",
        question=asked,
        values=values,
        columns=shown,
        rows=rows,
        count=count,
        text=text,
        downloads=downloads,
    )


@pages.get("/document/<key>")
def document(key: str) -> str:
    """A document: its text with every piece of evidence marked."""
    iri = f"{service().graph_iri}document/{key}"
    ox.NamedNode(iri)
    found = next(iter(service().solutions(_DOCUMENT.format(document=iri))), None)
    if found is None:
        raise NotFoundError(
            "no such document", where=key, mend="The list of questions leads to those there are."
        )
    marks = [
        Mark(int(row["start"].value), int(row["end"].value), _told(row))
        for row in service().solutions(_EVIDENCE.format(document=iri))
    ]
    text = found["text"].value
    return render_template(
        "document.html",
        name=found["name"].value,
        source=_text(found["source"]),
        pieces=marked(text, marks),
        count=len(marks),
    )


def _told(row: ox.QuerySolution) -> str:
    claimant = _text(row["claimant"])
    status = row["status"].value.removeprefix(RG).lower()
    return f"{_text(row['label']) or 'claim'}, {status}{f' by {claimant}' if claimant else ''}"


def _text(term: ox.Literal | ox.NamedNode | ox.BlankNode | ox.Triple | None) -> str:
    return "" if term is None or isinstance(term, ox.Triple) else term.value


def _cell(
    name: str, term: ox.Literal | ox.NamedNode | ox.BlankNode | ox.Triple | None, evidence: object
) -> Cell:
    text = _text(term)
    if name == "quote":
        link = ""
        if isinstance(evidence, ox.NamedNode):
            link = _place(evidence.value)
        return Cell(text, link, "quote")
    if isinstance(term, ox.NamedNode):
        base = service().graph_iri
        if text.startswith(base):
            return Cell(text.removeprefix(base), f"/id/{text.removeprefix(base)}", "thing")
        return Cell(text.removeprefix(RG), "", "thing")
    return Cell(text)


def _place(evidence: str) -> str:
    """Where a piece of evidence stands on its document's page."""
    parts = evidence.removeprefix(service().graph_iri).split("/")
    return f"/document/{parts[1]}#e-{parts[2]}" if len(parts) == 3 else f"/id/{'/'.join(parts)}"  # noqa: PLR2004
