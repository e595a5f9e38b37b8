"""Figures that were once reached stay reached: `accepted.json` against the tree as it is."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

BESIDE = Path(__file__).resolve().parent
SHARED = BESIDE.parents[2] / "shared"
SLACK = 0.01
"""Processors round the classifier's figures differently; a real loss is larger."""

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SHARED.is_dir(), reason=f"measured on {SHARED}, which isn't there"),
]


@pytest.fixture(scope="module")
def accepted() -> dict[str, dict[str, float]]:
    figures: dict[str, dict[str, float]] = json.loads((BESIDE / "accepted.json").read_text(encoding="utf-8"))
    return figures


@pytest.fixture(autouse=True)
def beside(monkeypatch: pytest.MonkeyPatch) -> None:
    """The modules of the benchmarks stand in a folder, not in a package."""
    monkeypatch.setattr(sys, "path", [str(BESIDE), *sys.path])


SETS = ("the gold page", "documents held out", "documents of development", "annotated documents")


@pytest.mark.parametrize("name", SETS)
def test_no_table_lost(accepted: dict[str, dict[str, float]], tmp_path: Path, name: str) -> None:
    from page import tables  # noqa: PLC0415 - found by the fixture

    now = {table: figures["f1"] for table, figures in tables(SHARED, tmp_path, name).items()}
    assert len(now) == 12
    assert _lost(accepted[f"{name}, F1"], now) == {}


def test_annotated_records_fit_their_documents(tmp_path: Path) -> None:
    from annotated import RECORDS, materialised  # noqa: PLC0415 - found by the fixture

    gold, documents = materialised(SHARED, tmp_path)
    records = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(gold.iterdir())]
    assert len(records) == len(list(documents.iterdir())) == len(list(RECORDS.glob("*.json"))) == 19
    rows = [row for record in records for row in record["violations"]]
    assert len(rows) > 400
    assert all(row["quote"].strip() for row in rows)


def test_no_figure_of_the_labelled_sentences_lost(accepted: dict[str, dict[str, float]]) -> None:
    from labelled import few, measure  # noqa: PLC0415 - found by the fixture

    now = measure(SHARED, few(SHARED)).figures()
    assert len(now) == 7
    assert _lost(accepted["labelled sentences"], now) == {}


def _lost(before: dict[str, float], now: dict[str, float]) -> dict[str, tuple[float, float]]:
    """Figures that fell, with what they were and are."""
    return {name: (was, now[name]) for name, was in before.items() if now[name] < was - SLACK}
