"""The cheap half of the classifier: logistic regressions over words and trigger phrases.

In: sentences. Out: one row of logits a sentence, a column for 'reports a violation', for each
violation type and for each status. The features are TF-IDF weighted n-grams of one and two
words, and for each type the best precision of the trigger phrases that the sentence holds
(`kg.training.regression` learns both). Pure numpy: one look-up a word, no matrix library,
so that it costs a few hundredths of the parser's time.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING, Any

import numpy as np

from kg.text.ngrams import ngrams, stems

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    Array = NDArray[np.float32]

TERM_WORDS = 2
"""Longest n-gram of the TF-IDF features."""
PHRASE_WORDS = 3
"""Longest n-gram of the trigger phrases."""


@dataclass(frozen=True)
class Regression:
    """Terms, phrases and their weights, as read from a weights file."""

    terms: Mapping[str, int]
    """N-gram to its row in `idf` and `weights`."""
    idf: Array
    weights: Array
    """One row a term, one column an output."""
    phrases: Mapping[str, tuple[tuple[int, float], ...]]
    """Trigger phrase to (type column, log-odds that a sentence with it reports the type)."""
    floor: Array
    """Log-odds of each type where no phrase of it stands in the sentence."""
    phrase_weights: Array
    """One row a type, one column an output."""
    bias: Array

    def logits(self, sentences: Sequence[str]) -> Array:
        """One row a sentence, one column an output."""
        out = np.empty((len(sentences), len(self.bias)), np.float32)
        for row, sentence in enumerate(sentences):
            out[row] = self._logits_of(stems(sentence))
        return out

    def _logits_of(self, words: list[str]) -> Array:
        grams = ngrams(words, PHRASE_WORDS)
        odds = self.floor.tolist()
        for gram in self.phrases.keys() & set(grams):
            for column, value in self.phrases[gram]:
                odds[column] = max(odds[column], value)
        found = np.array(odds, np.float32)
        out = np.asarray(self.bias + (found - self.floor) @ self.phrase_weights, np.float32)
        shorter = grams[: sum(len(words) - n for n in range(min(TERM_WORDS, len(words))))]
        counts = Counter(row for row in map(self.terms.get, shorter) if row is not None)
        if counts:
            rows = np.fromiter(sorted(counts), np.intp)
            values = np.asarray([1 + log(counts[r]) for r in rows], np.float32) * self.idf[rows]
            values /= np.sqrt((values * values).sum())
            out += (values[:, None] * self.weights[rows]).sum(axis=0)
        return out


def load(path: Path) -> Regression:
    """The regression of a weights file (NumPy `.npz` without pickled objects)."""
    with np.load(path, allow_pickle=False) as file:
        arrays: dict[str, Any] = {name: file[name] for name in file.files}
    phrases: dict[str, list[tuple[int, float]]] = {p: [] for p in _lines(arrays["phrases"])}
    names = list(phrases)
    for row, column, odds in zip(
        arrays["phrase_rows"].tolist(),
        arrays["phrase_columns"].tolist(),
        arrays["phrase_odds"].tolist(),
        strict=True,
    ):
        phrases[names[row]].append((column, odds))
    return Regression(
        terms={term: row for row, term in enumerate(_lines(arrays["terms"]))},
        idf=arrays["idf"].astype(np.float32),
        weights=arrays["weights"].astype(np.float32),
        phrases={p: tuple(values) for p, values in phrases.items()},
        floor=arrays["floor"].astype(np.float32),
        phrase_weights=arrays["phrase_weights"].astype(np.float32),
        bias=arrays["bias"].astype(np.float32),
    )


def _lines(packed: NDArray[np.uint8]) -> list[str]:
    """Strings that were packed as lines of UTF-8."""
    return packed.tobytes().decode("utf-8").split("\n")
