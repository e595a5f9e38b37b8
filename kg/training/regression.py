"""Fits the regression that `kg.text.regression` evaluates.

In: labelled sentences. Out: the arrays of its weights file. Trigger phrases are the n-grams
inside annotated triggers, valued by the smoothed share of sentences with the phrase that
report the type. While fitting, a sentence's own document doesn't count for its phrases, else
the regression trusts phrases that it saw in the answer (the finding of the fine-tuning study).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from math import log

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from kg.text.ngrams import ngrams, stems
from kg.text.regression import PHRASE_WORDS, TERM_WORDS
from kg.training.corpus import STATUSES, Labelled, targets

Array = NDArray[np.float32]

RAREST_TERM = 2
"""In how many sentences a term must stand to count."""
SMOOTHING = 4.0
"""Weight of the type's base rate in a phrase's precision, in sentences."""
PENALTY = 4.0
"""Inverse strength of the L2 penalty."""
PHRASE_SCALE = 1 / 3
"""Brings log-odds to the size of TF-IDF values, so that one penalty suits both."""


@dataclass
class Phrases:
    """Counts of trigger phrases, in all and by document, so that one can be left out."""

    types: tuple[str, ...]
    rate: Array
    found: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    """Phrase -> document -> sentences that hold it."""
    reporting: dict[str, dict[int, Counter[str]]] = field(default_factory=dict)
    """Phrase -> type column -> document -> sentences that hold it and report the type."""

    def odds(self, phrase: str, but: str | None = None) -> list[tuple[int, float]]:
        """Log-odds of each type that the phrase was seen with, one document left out."""
        found = self.found[phrase]
        held = found.total() - found[but or ""]
        out = []
        for column, documents in sorted(self.reporting.get(phrase, {}).items()):
            right = documents.total() - documents[but or ""]
            if held > 0:
                out.append((column, _odds((right + SMOOTHING * self.rate[column]) / (held + SMOOTHING))))
        return out


def phrases_of(sentences: list[Labelled], types: tuple[str, ...]) -> Phrases:
    """The phrases inside the triggers of these sentences, counted."""
    phrases = Phrases(types, targets(sentences, types).mean(axis=0))
    known = {
        phrase
        for s in sentences
        for label in s.labels
        if label.trigger
        for phrase in ngrams(stems(label.trigger), PHRASE_WORDS)
    }
    for s in sentences:
        for phrase in sorted(set(ngrams(stems(s.text), PHRASE_WORDS)) & known):
            phrases.found[phrase][s.document] += 1
            columns = phrases.reporting.setdefault(phrase, defaultdict(Counter))
            for kind in s.reported:
                columns[types.index(kind)][s.document] += 1
    return phrases


def fit(sentences: list[Labelled], types: tuple[str, ...]) -> dict[str, NDArray[np.generic]]:
    """The arrays of the weights file."""
    phrases = phrases_of(sentences, types)
    floor = np.array([_odds(r) for r in phrases.rate], np.float32)
    words = [stems(s.text) for s in sentences]
    counted = Counter(g for w in words for g in set(ngrams(w, TERM_WORDS)))
    terms = sorted(g for g, n in counted.items() if n >= RAREST_TERM)
    idf = np.array([log((1 + len(words)) / (1 + counted[t])) + 1 for t in terms], np.float32)
    features = sp.hstack(
        [_weighted(words, terms, idf), sp.csr_matrix(_phrase_values(sentences, words, phrases, floor))]
    ).tocsr()
    weights, bias = _fit_columns(features, sentences, types)
    return {
        "terms": _packed(terms),
        "idf": idf,
        "weights": weights[: len(terms)].astype(np.float16),
        "floor": floor,
        "phrase_weights": (weights[len(terms) :] * PHRASE_SCALE).astype(np.float32),
        "bias": bias,
        **_phrase_arrays(phrases),
    }


def _fit_columns(
    features: sp.csr_matrix, sentences: list[Labelled], types: tuple[str, ...]
) -> tuple[Array, Array]:
    """One regression for 'reports a violation', one a type, one a status."""
    wanted = targets(sentences, types)
    spoken = np.array([bool(s.labels) for s in sentences])
    columns = [(np.ones(len(sentences), bool), wanted.max(axis=1))]
    columns += [(np.ones(len(sentences), bool), wanted[:, c]) for c in range(len(types))]
    for status in STATUSES:
        with_it = np.array([any(label.status == status for label in s.labels) for s in sentences])
        columns.append((spoken, with_it.astype(np.float32)))
    weights = np.zeros((features.shape[1], len(columns)), np.float32)
    bias = np.zeros(len(columns), np.float32)
    for n, (rows, answer) in enumerate(columns):
        model = LogisticRegression(C=PENALTY, solver="liblinear", random_state=0)
        model.fit(features[rows], answer[rows])
        weights[:, n], bias[n] = model.coef_[0], model.intercept_[0]
    return weights, bias


def _weighted(words: list[list[str]], terms: list[str], idf: Array) -> sp.csr_matrix:
    """TF-IDF rows of length one, exactly as at run time."""
    row_of = {t: n for n, t in enumerate(terms)}
    rows: list[int] = []
    columns: list[int] = []
    values: list[float] = []
    for row, one in enumerate(words):
        counts = Counter(row_of[g] for g in ngrams(one, TERM_WORDS) if g in row_of)
        weighted = {c: (1 + log(n)) * float(idf[c]) for c, n in counts.items()}
        length = sum(v * v for v in weighted.values()) ** 0.5
        rows += [row] * len(weighted)
        columns += weighted
        values += [v / length for v in weighted.values()]
    return sp.csr_matrix((values, (rows, columns)), shape=(len(words), len(terms)), dtype=np.float32)


def _phrase_values(
    sentences: list[Labelled], words: list[list[str]], phrases: Phrases, floor: Array
) -> Array:
    """For each sentence and type how far the best phrase lifts the odds above the floor."""
    out = np.tile(floor, (len(sentences), 1))
    for row, (sentence, one) in enumerate(zip(sentences, words, strict=True)):
        for phrase in set(ngrams(one, PHRASE_WORDS)):
            if phrase in phrases.reporting:
                for column, odds in phrases.odds(phrase, sentence.document):
                    out[row, column] = max(out[row, column], odds)
    return (out - floor) * PHRASE_SCALE


def _phrase_arrays(phrases: Phrases) -> dict[str, NDArray[np.generic]]:
    """Phrases that lift some type above its base rate, and by how much."""
    names: list[str] = []
    rows: list[int] = []
    columns: list[int] = []
    odds: list[float] = []
    for phrase in sorted(phrases.reporting):
        above = [(c, o) for c, o in phrases.odds(phrase) if o > _odds(phrases.rate[c])]
        if above:
            rows += [len(names)] * len(above)
            names.append(phrase)
            columns += [c for c, _ in above]
            odds += [o for _, o in above]
    return {
        "phrases": _packed(names),
        "phrase_rows": np.array(rows, np.int32),
        "phrase_columns": np.array(columns, np.int16),
        "phrase_odds": np.array(odds, np.float32),
    }


def _packed(lines: list[str]) -> NDArray[np.uint8]:
    return np.frombuffer("\n".join(lines).encode("utf-8"), np.uint8)


def _odds(share: float) -> float:
    share = min(max(float(share), 1e-4), 1 - 1e-4)
    return log(share / (1 - share))
