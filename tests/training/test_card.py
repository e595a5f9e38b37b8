"""The model card tells the figures of the weights that ship."""

from __future__ import annotations

import json
from pathlib import Path

from kg.training.card import told

ROOT = Path(__file__).resolve().parents[2]


def test_the_card_tells_the_figures_of_the_weights() -> None:
    card = (ROOT / "docs" / "model-card.md").read_text(encoding="utf-8")
    metadata = json.loads((ROOT / "kg" / "weights" / "metadata.json").read_text(encoding="utf-8"))
    assert f"| version | {metadata['version']}," in card
    assert told(card, metadata) == card
