"""Fits the blend of both halves on documents that neither was trained on, and measures it.

In: labelled sentences and the `Halves` of each, out of fold. Out: the parameters of
`kg.text.blend.Blend` for the metadata, and the figures of the model card.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from sklearn.linear_model import LogisticRegression

from kg.text import blend
from kg.training.corpus import STATUSES, targets

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from kg.text.encoder import Encoded
    from kg.training.corpus import Labelled

    Array = NDArray[np.floating[Any]]


class Halves(NamedTuple):
    """The logits of one sentence; `encoded` is None where the encoder didn't read it."""

    gate: float
    types: Array
    statuses: Array
    encoded: Encoded | None


def fit(sentences: Sequence[Labelled], halves: Sequence[Halves], types: tuple[str, ...]) -> dict[str, Any]:
    """The parameters of the blend; every sentence serves both with and without its encoding."""
    wanted = targets(sentences, types)
    parameters: dict[str, Any] = {}
    for name, seen in (("read", list(halves)), ("unread", [h._replace(encoded=None) for h in halves])):
        features = [blend.type_features(h.types, h.gate, h.encoded) for h in seen]
        of_type = _logistic(np.concatenate(features), wanted.ravel())
        reported = [
            blend.reported_features(blend.probability(f, of_type), h.gate, h.encoded)
            for f, h in zip(features, seen, strict=True)
        ]
        parameters[f"type_{name}"] = of_type.tolist()
        parameters[f"reported_{name}"] = _logistic(np.stack(reported), wanted.max(axis=1)).tolist()
        parameters[f"status_{name}"] = _statuses(sentences, seen, types).tolist()
    return parameters


def _logistic(features: Array, answer: Array) -> Array:
    """Weights and constant of a logistic regression."""
    model = LogisticRegression(C=10.0).fit(features, answer)
    return np.concatenate([model.coef_[0], model.intercept_])


def _statuses(sentences: Sequence[Labelled], halves: Sequence[Halves], types: tuple[str, ...]) -> Array:
    """Weights of the multinomial regression of a label's status, the constants in the last row."""
    features, answer = [], []
    for sentence, one in zip(sentences, halves, strict=True):
        for label in sentence.labels:
            features.append(blend.status_features(one.statuses, one.encoded, types.index(label.type)))
            answer.append(STATUSES.index(label.status))
    model = LogisticRegression(C=0.05, max_iter=2000).fit(np.stack(features), np.array(answer))
    return np.concatenate([model.coef_.T, model.intercept_[None]])


def best_f1(truth: Array, probability: Array) -> tuple[float, float, float, float]:
    """The best F1 over all thresholds, with its precision, recall and threshold."""
    order = np.argsort(-probability.ravel(), kind="stable")
    right = np.cumsum(truth.ravel()[order])
    found = np.arange(1, len(order) + 1)
    f1 = 2 * right / (found + truth.sum())
    best = int(f1.argmax())
    return (
        float(f1[best]),
        float(right[best] / found[best]),
        float(right[best] / truth.sum()),
        float(probability.ravel()[order[best]]),
    )


def reliability(truth: Array, probability: Array, edges: Sequence[float]) -> list[tuple[float, float, int]]:
    """For each band of probability: its mean, the share that is right, how many."""
    out = []
    for low, high in pairwise(edges):
        inside = (probability >= low) & (probability < high)
        if inside.any():
            out.append((float(probability[inside].mean()), float(truth[inside].mean()), int(inside.sum())))
    return out


def crossed(
    folds: Sequence[Sequence[int]], fitted: Callable[[list[int]], dict[str, Any]]
) -> list[dict[str, Any]]:
    """For each fold the parameters that were fitted on all others."""
    return [
        fitted([row for other, rows in enumerate(folds) if other != fold for row in rows])
        for fold in range(len(folds))
    ]
