"""Real documents with gold records: the records stand here, the texts in `../shared/training`.

A record of `tests/golden/annotated` tells the document (`source`), how many of its characters were
annotated (`until`), and where each quote stands (`at`, code points, end exclusive). None of the text
is in the repository; with the documents at hand, the contract's records are made of both.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

RECORDS = Path(__file__).resolve().parents[1] / "golden" / "annotated"


def materialised(shared: Path, room: Path) -> tuple[Path, Path]:
    """Folders of gold records and of documents, made in a room."""
    gold, documents = room / "annotated-gold", room / "annotated-documents"
    for folder in (gold, documents):
        folder.mkdir(exist_ok=True)
    for path in sorted(RECORDS.glob("*.json")):
        record = json.loads(path.read_text(encoding="utf-8"))
        source = shared / "training" / "documents" / record.pop("source")
        text = source.read_text(encoding="utf-8")[: record.pop("until")]
        (documents / source.name).write_text(text, encoding="utf-8")
        tables = {table: _quoted(rows, text) for table, rows in record.items()}
        whole = json.dumps({"file": source.name, **tables}, ensure_ascii=False)
        (gold / path.name).write_text(whole, encoding="utf-8")
    return gold, documents


def _quoted(rows: Any, text: str) -> Any:
    """Rows with the words at their places."""
    if not isinstance(rows, list):
        return rows
    return [
        {**{k: v for k, v in row.items() if k != "at"}, "quote": text[row["at"][0] : row["at"][1]]}
        if isinstance(row, dict) and "at" in row
        else row
        for row in rows
    ]
