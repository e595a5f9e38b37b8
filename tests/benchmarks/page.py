"""The fact tables of the gold page, scored by the contract's own scorer."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path


def tables(shared: Path, room: Path) -> dict[str, dict[str, float]]:
    """Table -> its figures. The page is the one file that the gold records name."""
    root = Path(__file__).resolve().parents[2]
    gold = shared / "gold"
    names = {json.loads(p.read_text(encoding="utf-8"))["file"] for p in sorted(gold.glob("*.json"))}
    documents = [str(shared / "documents" / name) for name in sorted(names)]
    facts = room / "facts"
    subprocess.run(
        [sys.executable, "-m", "kg", "facts", *documents, "--out", str(facts)],
        check=True,
        capture_output=True,
        cwd=root,
    )
    scorer = shared / "contract" / "score.py"
    scored = subprocess.run(
        [
            sys.executable,
            str(scorer),
            str(gold),
            str(facts),
            "--documents",
            str(shared / "documents"),
            "--json",
        ],
        check=True,
        capture_output=True,
        text=True,
    )
    report: dict[str, dict[str, dict[str, float]]] = json.loads(scored.stdout)
    return report["tables"]
