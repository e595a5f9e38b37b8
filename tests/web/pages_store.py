"""A store of some of the bundled documents, as `make run` would build it, for tests of pages."""

from __future__ import annotations

from pathlib import Path

from kg import pipeline

SAMPLE = Path(__file__).parents[2] / "kg" / "sample"
NAMES = (
    "turkmenistan-upr-adoption.txt",
    "uganda-un-office-interview.md",
    "hong-kong-joint-statement.txt",
    "venezuela-council-statement.txt",
    "eritrea-joint-statement.txt",
)


def build_some(folder: Path) -> Path:
    """The store folder with one build."""
    pipeline.build([SAMPLE / name for name in NAMES], folder)
    return folder
