"""The figures of docs/model-card.md, from the metadata of the weights.

    python -m kg.training.card [docs/model-card.md]

In: `kg/weights/metadata.json`. Out: the tables between the card's markers, written anew, so that
the card never tells other figures than the weights that ship.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
WAYS = ("regression", "both", "gated")


def told(card: str, metadata: dict[str, Any]) -> str:
    """The card with the tables of these weights."""
    for marker, table in (("figures", figures(metadata["measured"])), ("types", types(metadata["measured"]))):
        block = f"<!-- {marker} -->\n\n{table}\n\n<!-- end of {marker} -->"
        place = re.search(rf"<!-- {marker} -->(?:.*?<!-- end of {marker} -->)?", card, re.DOTALL)
        if place:
            card = card[: place.start()] + block + card[place.end() :]
    return card


def figures(measured: dict[str, Any]) -> str:
    """The three ways of running, and how honest the probabilities are."""
    lines = [
        f"{measured['sentences']:,} sentences of {measured['documents']} documents.",
        "",
        "| | reports a violation: F1 (P / R) | type: micro F1 (P / R) | status accuracy | encoded |",
        "| --- | --- | --- | --- | --- |",
    ]
    for way in WAYS:
        one = measured[way]
        sentence, kind = (
            one["reports a violation: F1, P, R, threshold"],
            one["type: micro F1, P, R, threshold"],
        )
        lines.append(
            f"| {way} | {sentence[0]:.3f} ({sentence[1]:.2f} / {sentence[2]:.2f}) "
            f"| {kind[0]:.3f} ({kind[1]:.2f} / {kind[2]:.2f}) "
            f"| {one['status accuracy']:.3f} | {one['share encoded']:.0%} |"
        )
    lines += [
        "",
        "Of what the gated model says with a probability, so much is right:",
        "",
        "| | said | right | how many |",
        "| --- | --- | --- | --- |",
    ]
    for what in ("type", "reported"):
        for said, right, number in measured["gated"][f"{what}: said, right, how many"]:
            lines.append(f"| {what} | {said:.2f} | {right:.2f} | {number:,.0f} |")
    return "\n".join(lines)


def types(measured: dict[str, Any]) -> str:
    """Every type, the commonest first."""
    rows = sorted(measured["types"].items(), key=lambda row: (-row[1][3], row[0]))
    lines = ["| type | sentences | P | R | F1 |", "| --- | --- | --- | --- | --- |"]
    lines += [f"| {name} | {n:.0f} | {p:.2f} | {r:.2f} | {f1:.2f} |" for name, (p, r, f1, n) in rows]
    return "\n".join(lines)


def main() -> None:
    """Rewrites the card."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "model-card.md"
    metadata = json.loads((ROOT / "kg" / "weights" / "metadata.json").read_text(encoding="utf-8"))
    path.write_text(told(path.read_text(encoding="utf-8"), metadata), encoding="utf-8")


if __name__ == "__main__":
    main()
