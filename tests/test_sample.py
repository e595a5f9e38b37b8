"""The bundled sample: enough documents, each naming its source, none copied from it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "kg" / "sample"
ORIGINALS = ROOT.parent / "shared" / "documents"
RUN = 8
"""Words in a row that a document of ours may not share with an original."""

DOCUMENTS = sorted(
    p for p in SAMPLE.iterdir() if p.suffix in {".txt", ".md"} and not p.name.startswith("README")
)


def runs(text: str, word: str) -> set[tuple[str, ...]]:
    """Every run of eight case-folded words, punctuation dropped."""
    words = re.findall(word, text.replace("’", "'").casefold())
    return {tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}


def test_the_sample_holds_at_least_twenty_documents_of_both_kinds() -> None:
    assert len(DOCUMENTS) >= 20
    assert {p.suffix for p in DOCUMENTS} == {".txt", ".md"}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda p: p.name)
def test_every_document_names_its_source_and_publisher_and_is_short(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.search(r"(?m)^\W*Source:\W* CIVICUS.*article \d+", text)
    assert re.search(r"(?m)^\W*(Publisher: )?RightsGraph sample, after CIVICUS", text)
    assert 120 <= len(text.split()) <= 350


def test_every_article_of_the_page_is_restated() -> None:
    named = {n for p in DOCUMENTS for n in re.findall(r"article (\d+)\b", p.read_text(encoding="utf-8"))}
    assert named == {str(n) for n in range(1, 21)}


@pytest.mark.shared
@pytest.mark.parametrize("word", [r"[^\W_]+", r"[^\W_]+(?:'[^\W_]+)*"], ids=["split", "whole"])
@pytest.mark.parametrize("path", [*DOCUMENTS, SAMPLE / "README.md"], ids=lambda p: p.name)
def test_no_run_of_eight_words_is_shared_with_the_originals(path: Path, word: str) -> None:
    originals = sorted(ORIGINALS.glob("*.txt"))
    if not originals:
        pytest.skip(f"the originals are not at hand: {ORIGINALS}")
    theirs = {r for o in originals for r in runs(o.read_text(encoding="utf-8"), word)}
    assert len(theirs) > 5000
    shared = runs(path.read_text(encoding="utf-8"), word) & theirs
    assert not shared, sorted(" ".join(r) for r in shared)
