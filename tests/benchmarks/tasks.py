"""HRDsAttack: our predictions, scored by the benchmark's scorer."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def attacks(shared: Path, room: Path, split: str = "dev") -> str:
    """The scorer's table for a split."""
    beside = Path(__file__).resolve().parent
    data = shared / "benchmarks" / "hrdsattack"
    articles, predictions = data / f"{split}.json", room / "predictions.json"
    command = [sys.executable, str(beside / "hrdsattack.py"), str(articles), str(predictions)]
    subprocess.run(command, check=True, capture_output=True)
    scored = subprocess.run(
        [sys.executable, str(data / "score.py"), str(articles), str(predictions)],
        check=True,
        capture_output=True,
        text=True,
    )
    return scored.stdout
