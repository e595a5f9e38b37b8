"""Documents: the list of them, and each with its text, the evidence marked, its items and its claims.

Marks overlap; the text is cut where one begins or ends, and each piece leads to the claims
that rest on it. Without script a piece opens the page anew with these claims beside the text.
"""

from __future__ import annotations

from itertools import groupby, pairwise
from typing import TYPE_CHECKING, NamedTuple

from flask import Blueprint, Response, jsonify, redirect, render_template, request

from kg.errors import NotFoundError
from kg.questions import question
from kg.web.marking import Mark, marked
from kg.web.pages.asking import Row, ask, fill, node
from kg.web.pages.links import label
from kg.web.pages.listing import rows
from kg.web.pages.snapshot import snapshot

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pyoxigraph as ox

blueprint = Blueprint("documents", __name__)

PAGE = 150
"""Items on a page of the list."""
NAMES = "names"
"""The kind of marks that tell no more than who or what is named."""


INTERVIEW = "interview"
"""The genre whose questions stand in the outline."""
_MARKUP = "*_#> "
"""What Markdown writes round a line."""
_LONGEST = 300
"""Characters of a question: a longer line is told, not asked."""


class Question(NamedTuple):
    """A line of an interview that asks."""

    start: int
    end: int
    text: str


class Part(NamedTuple):
    """A stretch of the text in which the same claims hold, with where it begins an item."""

    text: str
    start: int
    end: int
    marks: int
    """How many claims rest on it."""
    anchors: tuple[str, ...]
    items: tuple[str, ...]
    """Names of the items and questions that begin here."""
    role: str = ""
    """title or question, where it is one."""


@blueprint.get("/documents")
def documents() -> str:
    """All documents with their items."""
    found = ask("documents")
    last = max(1, -(-len(found) // PAGE))
    asked = request.args.get("page", "1")
    number = min(max(int(asked) if asked.isdigit() else 1, 1), last)
    shown = found[(number - 1) * PAGE : number * PAGE]
    grouped = [(key, list(items)) for key, items in groupby(shown, key=lambda r: r["document"])]
    facet = snapshot().facets["document"]
    counts = {term.value: n for term, n in facet.counts(snapshot().everything)}
    return render_template(
        "documents.html",
        documents=grouped,
        counts=counts,
        items=len(found),
        all=snapshot().documents,
        number=number,
        last=last,
        sparql=fill(question("documents", "pages").text),
    )


@blueprint.get("/page/document/<key>/item/<int:number>")
def item(key: str, number: int) -> Response:
    """An item stands on the page of its document."""
    return redirect(f"/page/document/{key}#item-{number}")  # type: ignore[return-value]  # werkzeug's class


@blueprint.get("/page/evidence/<key>/<span>")
def evidence(key: str, span: str) -> Response:
    """So does a piece of evidence; the address says which, for readers without script."""
    return redirect(f"/page/document/{key}?e={span}#e-{span}")  # type: ignore[return-value]  # werkzeug's class


@blueprint.get("/page/document/<key>")
def document(key: str) -> str:
    """A document."""
    found = ask("document", document=[_node(key)])
    if not found:
        mend = "The list of documents leads to those there are."
        raise NotFoundError("no such document", where=key, mend=mend)
    outline = ask("outline", document=[_node(key)])
    marks = _marks(key)
    wanted = request.args.get("kind", "")
    kinds = _kinds(marks)
    shown = [m for m in marks if _shown(m, wanted)]
    text = found[0]["text"]
    told = _chosen(shown)
    asked = {item["number"]: questions_of(text, *stretch) for item, stretch in _interviews(text, outline)}
    return render_template(
        "document.html",
        key=key,
        iri=_node(key).value,
        document=found[0],
        outline=list({item["number"]: item for item in outline}.values()),
        questions=asked,
        parts=_parts(text, shown, outline, [q for found in asked.values() for q in found]),
        kinds=kinds,
        wanted=wanted,
        count=len({m["claim"] for m in shown}),
        told=rows(told),
        asked="e" in request.args,
        sparql=fill(question("marks", "pages").text, document=[_node(key)]),
    )


@blueprint.get("/page/document/<key>/claims.json")
def claims(key: str) -> Response:
    """The claims that rest on a stretch of the text, for the panel beside it."""
    shown = [m for m in _marks(key) if _shown(m, request.args.get("kind", ""))]
    found = rows(_chosen(shown))
    return jsonify(html=render_template("told.html", told=found))


def _node(key: str) -> ox.NamedNode:
    if not key.isalnum():
        raise NotFoundError("no such document", where=key)
    return node(f"document/{key}")


def _marks(key: str) -> list[Row]:
    """The marks with the kind of each claim."""
    at = snapshot()
    facet = at.facets["kind"]
    kinds = {at.claims[n]: facet.values[c].value for n, c in zip(facet.claims, facet.codes, strict=True)}
    return [r | {"kind": kinds.get(r["claim"], NAMES)} for r in ask("marks", document=[_node(key)])]


def _shown(mark: Row, wanted: str) -> bool:
    return mark["kind"] == wanted if wanted else mark["kind"] != NAMES


def _kinds(marks: list[Row]) -> list[tuple[str, str, int]]:
    """Kinds that the document has: value, label, claims."""
    found: dict[str, set[str]] = {}
    for mark in marks:
        found.setdefault(mark["kind"], set()).add(mark["claim"])
    told = [(k, "" if k == NAMES else label(k), len(c)) for k, c in found.items()]
    return sorted(told, key=lambda t: (t[0] == NAMES, -t[2], t[1]))


def _chosen(marks: list[Row]) -> list[str]:
    """The claims that rest on the stretch that the address names."""
    start, _, end = request.args.get("e", "").partition("-")
    if not (start.isdigit() and end.isdigit()):
        return []
    first, last = int(start), int(end)
    held = [m["claim"] for m in marks if int(m["start"]) <= first and last <= int(m["end"])]
    return list(dict.fromkeys(held))


def _interviews(text: str, outline: Sequence[Row]) -> Iterator[tuple[Row, tuple[int, int]]]:
    """Each interview with the stretch of the text that it takes."""
    begins = sorted({int(item["start"]) for item in outline if item["start"]})
    for item in outline:
        if item["genre"] == INTERVIEW and item["start"]:
            first = int(item["start"])
            yield item, (first, next((b for b in begins if b > first), len(text)))


def questions_of(text: str, start: int, end: int) -> list[Question]:
    """The lines of a stretch that ask; the answer to each goes on to the next."""
    found, place = [], start
    for line in text[start:end].splitlines(keepends=True):
        told = line.strip().strip(_MARKUP)
        if told.endswith("?") and len(told) <= _LONGEST and place > start:
            first = place + line.index(told)
            found.append(Question(first, first + len(told), told))
        place += len(line)
    return found


def _parts(text: str, marks: list[Row], outline: Sequence[Row], questions: Sequence[Question]) -> list[Part]:
    """The text in pieces, cut at marks and where items begin; joined, they are the text to the letter."""
    spans = [Mark(int(m["start"]), int(m["end"]), m["claim"]) for m in marks]
    begins: dict[int, list[str]] = {}
    roles: list[tuple[int, int, str]] = [(q.start, q.end, "question") for q in questions]
    for item in outline:
        if item["start"] and f"item-{item['number']}" not in {n for names in begins.values() for n in names}:
            begins.setdefault(int(item["start"]), []).append(f"item-{item['number']}")
            roles.append((int(item["start"]), int(item["end"]), "title"))
    for asked in questions:
        begins.setdefault(asked.start, []).append(f"q-{asked.start}")
    bounds = {bound for start, end, _ in roles for bound in (start, end)}
    parts, place = [], 0
    for piece in marked(text, spans):
        end = place + len(piece.text)
        cuts = sorted({place, *(b for b in bounds if place < b < end), end})
        for number, (start, stop) in enumerate(pairwise(cuts)):
            anchors = piece.anchors if number == 0 else ()
            items = tuple(begins.get(start, ()))
            role = next((r for first, last, r in roles if first <= start and stop <= last), "")
            parts.append(Part(text[start:stop], start, stop, len(piece.told), anchors, items, role))
        place = end
    return parts
