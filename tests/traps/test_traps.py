"""Sentences in which trigger words stand and nothing happened, and near-twins in which it did.

Each sentence is read as a document of its own, under a title that says nothing. `known.tsv` lists
the sentences that the extractor is known to misread, with the reason; the list may only shrink.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from kg.extractors.violations import extract
from kg.model import Document, Violation
from kg.text.items import split
from kg.text.reading import read_item
from kg.vocabulary import RG, vocabulary

if TYPE_CHECKING:
    from _pytest.mark import ParameterSet

HERE = Path(__file__).resolve().parent


class Case(NamedTuple):
    """One line of a file of sentences."""

    id: str
    kind: str
    text: str
    types: list[str]


def cases(name: str) -> list[Case]:
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [Case(**json.loads(line)) for line in lines]


TRAPS, TWINS = cases("traps.jsonl"), cases("twins.jsonl")
KNOWN = dict(line.split("\t") for line in (HERE / "known.tsv").read_text(encoding="utf-8").splitlines())


def marked(found: list[Case]) -> list[ParameterSet]:
    """The cases, those that are known to be misread marked with the reason."""
    return [
        pytest.param(
            c, id=c.id, marks=[pytest.mark.xfail(reason=KNOWN[c.id], strict=False)] if c.id in KNOWN else []
        )
        for c in found
    ]


@cache
def reported(sentence: str) -> frozenset[str]:
    """The types of violations that a one-sentence document is read to report."""
    document = Document(name="note.txt", text=f"Note of the week\n\n{sentence}\n")
    terms = vocabulary()
    return frozenset(
        claim.about.type
        for item in split(document)
        for claim in extract(read_item(item, terms), terms)
        if isinstance(claim.about, Violation) and claim.status.reported
    )


def test_the_files_hold_what_they_should() -> None:
    assert len(TRAPS) == 178
    assert len({c.kind for c in TRAPS}) == 17
    assert not any(c.types for c in TRAPS)
    assert len(TWINS) == 74
    assert {c.kind for c in TWINS} == {c.kind for c in TRAPS}
    texts = [c.text for c in (*TRAPS, *TWINS)]
    assert len(set(texts)) == len(texts)
    assert set(KNOWN) <= {c.id for c in (*TRAPS, *TWINS)}
    assert len(KNOWN) == 7


@pytest.mark.parametrize("case", marked(TRAPS))
def test_nothing_happened_here(case: Case) -> None:
    assert not reported(case.text), case.text


@pytest.mark.parametrize("case", marked(TWINS))
def test_this_did_happen(case: Case) -> None:
    found = reported(case.text)
    for expected in case.types:
        wanted = {i.removeprefix(RG) for one in expected.split("|") for i in vocabulary().below(one)}
        assert found & wanted, f"{case.text} -> {sorted(found)}, not {expected}"
