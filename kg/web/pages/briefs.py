"""The brief of a country: one page to print, or a Word file, with a footnote for every sentence.

Made for submissions to a review or a treaty body: ratings as claimed, claims by type in the
words of the documents, calls to act, treaties, and the sources. Both forms are made from one
`Brief`. The Word file is the same, byte for byte, for the same store: its times are fixed.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import groupby
from typing import TYPE_CHECKING

import docx
from docx.shared import Pt
from flask import Blueprint, Response, render_template

from kg.errors import NotFoundError
from kg.web.pages.asking import Row, ask, node, service
from kg.web.pages.language import said
from kg.web.pages.links import label
from kg.web.pages.listing import listing, rows
from kg.web.pages.snapshot import snapshot

if TYPE_CHECKING:
    from collections.abc import Sequence

blueprint = Blueprint("briefs", __name__)

_EACH = 5
"""Sentences quoted for each type."""
_ABOUT = (
    "{count} claims of the documents in this graph. They are what sources say, not findings; "
    "the footnotes lead to each sentence."
)
_BEGINNING = datetime(1980, 1, 1, tzinfo=UTC)
"""The earliest time that a ZIP archive can tell: a brief holds no clock."""
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass
class Brief:
    """What a brief of a country holds."""

    iri: str
    code: str
    name: str
    count: int
    ratings: Sequence[Row]
    sections: list[tuple[str, list[tuple[str, int, list[tuple[Row, int]]]]]] = field(default_factory=list)
    """Kind of claim, then type, how many there are, and some of them with the numbers of their notes."""
    treaties: Sequence[Row] = ()
    notes: list[Row] = field(default_factory=list)
    """A row for each footnote, in the order of their numbers."""

    def note(self, row: Row) -> int:
        """The number of the footnote of a claim."""
        self.notes.append(row)
        return len(self.notes)


@blueprint.get("/brief/<code>")
def brief(code: str) -> str:
    """The brief as a page made for print."""
    return render_template("brief.html", brief=_made(code), build=service().build.folder.name)


@blueprint.get("/brief/<code>.docx")
def word(code: str) -> Response:
    """The brief as a Word file."""
    found = _made(code)
    headers = {"Content-Disposition": f'attachment; filename="brief-{found.code}.docx"'}
    return Response(_written(found), content_type=_WORD, headers=headers)


def _made(code: str) -> Brief:
    this = node(f"state/{code}") if code.isalnum() else None
    if not this or this.value not in snapshot().labels:
        raise NotFoundError("no such country", where=code, mend="Addresses of briefs end in an ISO code.")
    at = snapshot()
    found = listing({"country": this.value})
    made = Brief(
        this.value, code, label(this.value), len(found.claims),
        rows([r["claim"] for r in ask("ratings", country=[this])]),
        treaties=ask("participations", state=[this]),
    )  # fmt: skip
    for kind, _ in at.facets["kind"].counts(at.among({"country": [this.value]})):
        chosen = listing({"country": this.value, "kind": kind.value})
        told = sorted(chosen.rows(), key=lambda r: label(r["type"]))
        types = []
        for type_, group in groupby(told, key=lambda r: r["type"]):
            members = list(group)
            # One sentence each: the surest, and the same words once.
            best = {r["quote"]: r for r in sorted(members, key=lambda r: float(r["confidence"] or 0))}
            kept = sorted(best.values(), key=lambda r: (-float(r["confidence"] or 0), r["claim"]))[:_EACH]
            types.append((type_, len(members), kept))
        types.sort(key=lambda t: -t[1])
        numbered = [(t, count, [(r, made.note(r)) for r in kept]) for t, count, kept in types]
        made.sections.append((kind.value, numbered))
    return made


def source(row: Row) -> str:
    """Where a sentence stands, as a footnote says it."""
    parts = [row["publisher"], f"“{row['title']}”" if row["title"] else "", row["stated"], row["file"]]
    place = said("characters {start} to {end}", start=row["start"], end=row["end"])
    return ", ".join(p for p in [*parts, place, row["source"]] if p) + "."


def _written(brief: Brief) -> bytes:
    """The Word file's bytes."""
    paper = docx.Document()
    paper.styles["Normal"].font.size = Pt(10.5)
    paper.add_heading(said("What is said about {name}", name=brief.name), 0)
    paper.add_paragraph(said(_ABOUT, count=brief.count))
    for row in brief.ratings:
        paper.add_paragraph(
            f"{row['claimant']}: {label(row['rating'])} – “{row['quote']}”", style="List Bullet"
        )
    for kind, types in brief.sections:
        paper.add_heading(label(kind), 1)
        for type_, count, told in types:
            paper.add_heading(f"{label(type_)} ({count})", 2)
            for row, number in told:
                line = paper.add_paragraph(style="List Bullet")
                line.add_run(row["claimant"] or said("A document")).bold = True
                line.add_run(f" ({label(row['status'])}): “{row['quote']}”")
                line.add_run(str(number)).font.superscript = True
    if brief.treaties:
        paper.add_heading(said("Treaties"), 1)
        for row in brief.treaties:
            paper.add_paragraph(f"{label(row['treaty'])}: {row['year']}", style="List Bullet")
    paper.add_heading(said("Sources"), 1)
    for number, row in enumerate(brief.notes, 1):
        paper.add_paragraph(f"{number}. {source(row)}")
    properties = paper.core_properties
    properties.title, properties.author, properties.comments = brief.name, "RightsGraph", ""
    properties.created = properties.modified = properties.last_printed = _BEGINNING
    out = io.BytesIO()
    paper.save(out)
    return _timeless(out)


def _timeless(archive: io.BytesIO) -> bytes:
    """The same archive with one fixed time on every member."""
    out = io.BytesIO()
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            same = zipfile.ZipInfo(member.filename, _BEGINNING.timetuple()[:6])
            same.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(same, old.read(member))
    return out.getvalue()
