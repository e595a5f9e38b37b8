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
from typing import TYPE_CHECKING, NamedTuple

import docx
import numpy as np
from docx.shared import Cm, Pt, RGBColor
from flask import Blueprint, Response, render_template

from kg.errors import NotFoundError
from kg.readers.docx import MEDIA_TYPE
from kg.web.pages.asking import Row, ask, node, service
from kg.web.pages.language import said
from kg.web.pages.links import label
from kg.web.pages.listing import rows
from kg.web.pages.snapshot import snapshot

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from docx.document import Document as DocumentObject

    from kg.web.pages.asking import Term
    from kg.web.pages.snapshot import Snapshot

blueprint = Blueprint("briefs", __name__)

_EACH = 3
"""Sentences quoted for each type, ..."""
_TYPES = 8
"""... and types of each kind that are quoted; the others are counted."""
_ABOUT = (
    "{count} claims of the documents in this graph. They are what sources say, not findings; "
    "the footnotes lead to each sentence."
)
_BEGINNING = datetime(1980, 1, 1, tzinfo=UTC)
"""The earliest time that a ZIP archive can tell: a brief holds no clock."""


class Told(NamedTuple):
    """A type of claims: how many there are, and some with the numbers of their footnotes."""

    type: str
    claims: int
    said: list[tuple[Row, int]]


class Section(NamedTuple):
    """A kind of claims: the types that are quoted, and those that are only counted."""

    kind: str
    claims: int
    types: list[Told]
    others: list[tuple[str, int]]


@dataclass
class Brief:
    """What a brief of a country holds."""

    iri: str
    code: str
    name: str
    count: int
    ratings: Sequence[Row]
    sections: list[Section] = field(default_factory=list)
    voices: Sequence[tuple[str, int]] = ()
    statuses: Sequence[tuple[str, int]] = ()
    years: tuple[str, str] = ("", "")
    documents: int = 0
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
    return Response(_written(found), content_type=MEDIA_TYPE, headers=headers)


def _made(code: str) -> Brief:
    this = node(f"state/{code}") if code.isalnum() else None
    if not this or this.value not in snapshot().labels:
        raise NotFoundError("no such country", where=code, mend="Addresses of briefs end in an ISO code.")
    at = snapshot()
    about = {"country": (this.value,)}
    among = at.among(about)
    years = sorted(term.value for term, _ in at.facets["year"].counts(among))
    made = Brief(
        this.value, code, label(this.value), int(among.sum()),
        rows([r["claim"] for r in ask("ratings", country=[this])]),
        treaties=ask("participations", state=[this]),
        voices=[(term.value, n) for term, n in at.facets["claimant"].counts(among)],
        statuses=[(term.value, n) for term, n in at.facets["status"].counts(among)],
        years=(years[0], years[-1]) if years else ("", ""),
        documents=len(at.facets["document"].counts(among)),
    )  # fmt: skip
    chosen = [
        (kind.value, count, types, _surest(at, about, kind.value, types[:_TYPES]))
        for kind, count in at.facets["kind"].counts(among)
        if (types := at.facets["type"].counts(at.among(about | {"kind": (kind.value,)})))
    ]
    wanted = {iri for *_, found in chosen for claims in found.values() for iri in claims}
    known = {r["claim"]: r for r in rows(sorted(wanted))}
    for kind, count, types, found in chosen:
        quoted = [
            Told(
                type_.value, n, [(row, made.note(row)) for row in _once(known[c] for c in found[type_.value])]
            )
            for type_, n in types[:_TYPES]
        ]
        others = [(type_.value, n) for type_, n in types[_TYPES:]]
        made.sections.append(Section(kind, count, quoted, others))
    return made


def _surest(
    at: Snapshot, about: Mapping[str, tuple[str, ...]], kind: str, types: Sequence[tuple[Term, int]]
) -> dict[str, list[str]]:
    """The claims of each type of which the extraction is surest: a few more than are quoted."""
    found = {}
    for term, _ in types:
        numbers = np.flatnonzero(at.among({**about, "kind": (kind,), "type": (term.value,)}))
        ranked = numbers[np.lexsort((numbers, -at.sure[numbers]))][: 3 * _EACH]
        found[term.value] = [at.claims[n] for n in ranked]
    return found


def _once(told: Iterable[Row]) -> list[Row]:
    """The first rows whose sentence didn't come before."""
    return list({row["quote"]: row for row in reversed(list(told))}.values())[::-1][:_EACH]


def source(row: Row) -> str:
    """Where a sentence stands, as a footnote says it."""
    parts = [row["publisher"], f"“{row['title']}”" if row["title"] else "", row["stated"], row["file"]]
    place = said("characters {start} to {end}", start=row["start"], end=row["end"])
    return ", ".join(p for p in [*parts, place, row["source"]] if p) + "."


def _written(brief: Brief) -> bytes:
    """The Word file's bytes."""
    paper = docx.Document()
    page_ = paper.sections[0]
    page_.page_width, page_.page_height = Cm(21), Cm(29.7)
    page_.left_margin = page_.right_margin = Cm(2.3)
    page_.top_margin = page_.bottom_margin = Cm(2)
    normal = paper.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(10.5)
    normal.paragraph_format.space_after = Pt(3)
    for level in (1, 2):
        heading = paper.styles[f"Heading {level}"]
        heading.font.color.rgb, heading.font.name = RGBColor(0x17, 0x49, 0x6E), "Calibri"
    paper.add_heading(said("What is said about {name}", name=brief.name), 0)
    paper.add_paragraph(said(_ABOUT, count=brief.count))
    _counted(paper, brief)
    for row in brief.ratings:
        paper.add_paragraph(
            f"{row['claimant']}: {label(row['rating'])} – “{row['quote']}”", style="List Bullet"
        )
    for section in brief.sections:
        paper.add_heading(f"{_capital(label(section.kind))} ({section.claims})", 1)
        for told in section.types:
            paper.add_heading(f"{_capital(label(told.type))} ({told.claims})", 2)
            for row, number in told.said:
                line = paper.add_paragraph(style="List Bullet")
                line.add_run(row["claimant"] or said("A document")).bold = True
                line.add_run(f" ({label(row['status'])}): “{row['quote']}”")
                line.add_run(str(number)).font.superscript = True
        if section.others:
            told_ = ", ".join(f"{label(type_)} ({n})" for type_, n in section.others)
            paper.add_paragraph(f"{said('Also:')} {told_}.")
    if brief.treaties:
        paper.add_heading(said("Treaties"), 1)
        told_ = "; ".join(f"{label(r['treaty'])} ({r['year'] or '–'})" for r in brief.treaties)
        paper.add_paragraph(f"{told_}.")
    paper.add_heading(said("Sources"), 1)
    for number, row in enumerate(brief.notes, 1):
        note = paper.add_paragraph(f"{number}. {source(row)}")
        note.paragraph_format.space_after = Pt(1)
        for run in note.runs:
            run.font.size = Pt(8.5)
    properties = paper.core_properties
    properties.title, properties.author, properties.comments = brief.name, "RightsGraph", ""
    properties.created = properties.modified = properties.last_printed = _BEGINNING
    out = io.BytesIO()
    paper.save(out)
    return _timeless(out)


def _counted(paper: DocumentObject, brief: Brief) -> None:
    """The table at the head: how many, by whom, how they stand, when."""
    lines = (
        (said("Claims"), str(brief.count)),
        (said("Documents"), str(brief.documents)),
        (said("Who says so"), ", ".join(f"{name} ({n})" for name, n in brief.voices[:_TYPES])),
        (said("How the claims stand"), ", ".join(f"{label(iri)} ({n})" for iri, n in brief.statuses)),
        (said("Years"), "–".join(dict.fromkeys(y for y in brief.years if y))),
    )
    table = paper.add_table(rows=0, cols=2, style="Light Grid Accent 1")
    for name, text in lines:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = name, text
        cells[0].width, cells[1].width = Cm(4), Cm(12.4)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _timeless(archive: io.BytesIO) -> bytes:
    """The same archive with one fixed time on every member."""
    out = io.BytesIO()
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            same = zipfile.ZipInfo(member.filename, _BEGINNING.timetuple()[:6])
            same.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(same, old.read(member))
    return out.getvalue()
