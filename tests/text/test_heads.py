"""Heads and feet as documents of the field print them: title, publisher, genre, date, default claimant.

Each `heads/NAME.txt` is the head of a document of our own; `heads/expected.tsv` says what it tells.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from texts import item_of

_FOLDER = Path(__file__).parent / "heads"
_COLUMNS = ("title", "publisher", "genre", "date", "claimant")
with (_FOLDER / "expected.tsv").open(encoding="utf-8") as _file:
    _EXPECTED = list(csv.DictReader(_file, delimiter="\t", quoting=csv.QUOTE_NONE))


def _told(name: str) -> dict[str, str]:
    """What the product reads off a head; an article before a name and a footnote's mark say nothing."""
    item = item_of((_FOLDER / f"{name}.txt").read_text(encoding="utf-8"), f"{name}.txt")
    title = " ".join(item.document.quote(item.title).split()).rstrip("*")
    found = (title, item.publisher, item.genre, item.date or "", item.speaker or "")
    return {c: v.removeprefix("The ") for c, v in zip(_COLUMNS, found, strict=True)}


@pytest.mark.parametrize("row", [pytest.param(r, id=r["name"]) for r in _EXPECTED])
def test_a_head_tells_what_the_document_is(row: dict[str, str]) -> None:
    assert _told(row["name"]) == {c: row[c].removeprefix("The ") for c in _COLUMNS}


def test_every_head_has_a_row() -> None:
    assert sorted(p.stem for p in _FOLDER.glob("*.txt")) == sorted(r["name"] for r in _EXPECTED)
    assert len(_EXPECTED) >= 40
