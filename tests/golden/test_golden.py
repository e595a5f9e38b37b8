"""The invented evaluation documents: whole, labelled to the letter, in the contract's terms."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kg.vocabulary import vocabulary

HERE = Path(__file__).resolve().parent
SETS = {"development": (19, 23), "held": (7, 7)}
"""Documents and records of each set."""
GOLD = sorted(path for name in SETS for path in (HERE / name / "gold").glob("*.json"))
TABLES = {
    "entities",
    "violations",
    "rights",
    "recommendations",
    "ratings",
    "roles",
    "endorsements",
    "actions",
    "instruments",
    "implementation",
    "figures",
}
TERMS = {"entities": "type", "violations": "type", "actions": "action", "rights": "right"}


def record(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


def text_of(path: Path) -> str:
    file: str = record(path)["file"]
    return (path.parents[1] / "documents" / file).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", SETS)
def test_every_document_has_its_records(name: str) -> None:
    gold = [path for path in GOLD if path.parents[1].name == name]
    texts = {p.name for p in (HERE / name / "documents").iterdir()}
    assert (len(texts), len(gold)) == SETS[name]
    assert {record(p)["file"] for p in gold} == texts


def test_every_table_has_rows() -> None:
    records = [record(p) for p in GOLD]
    assert all(any(r[table] for r in records) for table in TABLES)


@pytest.mark.parametrize("path", GOLD, ids=lambda p: p.stem)
def test_every_quote_and_name_stands_in_the_text(path: Path) -> None:
    gold = record(path)
    text = text_of(path)
    assert 200 <= len(text.split()) <= 900
    assert set(gold) == TABLES | {"file", "item", "documents"}
    assert gold["documents"]["title"] in text
    for table in TABLES:
        for row in gold[table]:
            assert row.get("quote", "") in text
    running = " ".join(text.split())
    for row in gold["entities"]:
        assert any(name in running for name in (row["name"], *row.get("aliases", []))), row


@pytest.mark.parametrize("path", GOLD, ids=lambda p: p.stem)
def test_labels_are_terms_of_the_ontology(path: Path) -> None:
    gold = record(path)
    terms = vocabulary()
    for table, column in TERMS.items():
        for row in gold[table]:
            assert terms.term(row[column]).id == row[column]
