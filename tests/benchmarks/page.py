"""The fact tables of documents with gold records, scored by the contract's own scorer."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from annotated import materialised

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = ROOT / "tests" / "golden"
SETS = ("the gold page", "documents held out", "documents of development", "annotated documents")


def folders(shared: Path, room: Path, name: str) -> tuple[Path, Path]:
    """The folders of the gold records and of the documents of a set."""
    if name == SETS[-1]:
        return materialised(shared, room)
    root = {SETS[0]: shared, SETS[1]: GOLDEN / "held", SETS[2]: GOLDEN / "development"}[name]
    return root / "gold", root / "documents"


def tables(shared: Path, room: Path, name: str = SETS[0]) -> dict[str, dict[str, float]]:
    """Table -> its figures, on those documents of a set that its gold records name."""
    gold, documents = folders(shared, room, name)
    files = {json.loads(p.read_text(encoding="utf-8"))["file"] for p in sorted(gold.glob("*.json"))}
    paths = [str(documents / file) for file in sorted(files)]
    facts = room / f"facts-{SETS.index(name)}"
    command = [sys.executable, "-m", "kg", "facts", *paths, "--out", str(facts)]
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT)
    scorer = [sys.executable, str(shared / "contract" / "score.py"), str(gold), str(facts)]
    scored = subprocess.run(
        [*scorer, "--documents", str(documents), "--json"], check=True, capture_output=True, text=True
    )
    report: dict[str, dict[str, dict[str, float]]] = json.loads(scored.stdout)
    return report["tables"]
