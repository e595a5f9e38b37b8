"""What the two halves in a folder say of labelled sentences: through the code of the run time."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

from kg.text import regression
from kg.text.encoder import Encoder
from kg.training.calibration import Halves

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from kg.training.corpus import Labelled


def halves(folder: Path, sentences: Sequence[Labelled], types: Sequence[str]) -> Iterator[Halves]:
    """One `Halves` a sentence, in order; the first sentence of a document is its title."""
    words, thorough = regression.load(folder / "regression.npz"), Encoder(folder)
    for _, group in groupby(sentences, key=lambda s: s.document):
        texts = [s.text for s in group]
        logits = words.logits(texts).astype(np.float64)
        read = dict(thorough.encode(texts, texts[0], [True] * len(texts)))
        for row, line in enumerate(logits):
            yield Halves(float(line[0]), line[1 : 1 + len(types)], line[1 + len(types) :], read.get(row))
