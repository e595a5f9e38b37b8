"""The invented evaluation documents: whole, labelled to the letter, in the contract's terms."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kg.vocabulary import vocabulary

UNSEEN = Path(__file__).resolve().parent / "unseen"
GOLD = sorted((UNSEEN / "gold").glob("*.json"))
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


def test_there_are_twelve_documents_with_a_record_each() -> None:
    assert len(GOLD) == 12
    texts = {p.name for p in (UNSEEN / "documents").iterdir()}
    assert {record(p)["file"] for p in GOLD} == texts


def test_every_table_has_rows() -> None:
    records = [record(p) for p in GOLD]
    assert all(any(r[table] for r in records) for table in TABLES)


@pytest.mark.parametrize("path", GOLD, ids=lambda p: p.stem)
def test_every_quote_and_name_stands_in_the_text(path: Path) -> None:
    gold = record(path)
    text = (UNSEEN / "documents" / gold["file"]).read_text(encoding="utf-8")
    assert 200 <= len(text.split()) <= 400
    assert set(gold) == TABLES | {"file", "item", "documents"}
    assert gold["documents"]["title"] in text
    for table in TABLES:
        for row in gold[table]:
            assert row.get("quote", "") in text
    for row in gold["entities"]:
        assert all(name in text for name in (row["name"], *row.get("aliases", [])))


@pytest.mark.parametrize("path", GOLD, ids=lambda p: p.stem)
def test_labels_are_terms_of_the_ontology(path: Path) -> None:
    gold = record(path)
    terms = vocabulary()
    for table, column in TERMS.items():
        for row in gold[table]:
            assert terms.term(row[column]).id == row[column]
