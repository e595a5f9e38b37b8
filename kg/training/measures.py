"""How well the classifier does on documents left out: the figures of the model card.

In: labelled sentences and their halves out of fold. Out: a report, and one record a sentence
with what the classifier would have said of it. The blend is fitted on the other folds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from kg.text import blend
from kg.training.calibration import best_f1, crossed, fit, reliability
from kg.training.corpus import STATUSES, targets

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from kg.training.calibration import Halves
    from kg.training.corpus import Labelled

    Array = NDArray[np.floating[Any]]

BANDS = (0.05, 0.2, 0.4, 0.6, 0.8, 0.9, 1.01)
FEWEST = 0.02
"""Probabilities below this aren't recorded."""


def measure(
    sentences: Sequence[Labelled],
    halves: Sequence[Halves],
    folds: Sequence[Sequence[int]],
    types: tuple[str, ...],
    gate: float,
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The report and the records."""
    fitted = crossed(folds, lambda rows: fit([sentences[r] for r in rows], [halves[r] for r in rows], types))
    wanted = targets(sentences, types)
    report: dict[str, Any] = {}
    records: list[dict[str, Any]] = []
    for name in ("regression", "both", "gated"):
        kinds, reported = np.zeros_like(wanted), np.zeros(len(sentences))
        right = labels = read = 0
        for fold, rows in enumerate(folds):
            mix = blend.Blend.of(fitted[fold])
            for row in rows:
                one = _seen(halves[row], mix, name, gate)
                read += one.encoded is not None
                kinds[row], reported[row] = _probabilities(one, mix)
                for label in sentences[row].labels:
                    shares = _status(one, mix, types.index(label.type))
                    right += STATUSES[int(shares.argmax())] == label.status
                    labels += 1
                if name == "gated":
                    records.append(_record(sentences[row], one, mix, types))
        report[name] = _figures(wanted, kinds, reported)
        report[name] |= {
            "status accuracy": round(right / labels, 4),
            "share encoded": round(read / len(sentences), 3),
        }
        if name == "gated":
            report["types"] = _by_type(wanted, kinds, types)
    return report, records


def _seen(one: Halves, mix: blend.Blend, name: str, gate: float) -> Halves:
    """The halves as this way of running has them."""
    if name == "both":
        return one
    bare = one._replace(encoded=None)
    return bare if name == "regression" or _probabilities(bare, mix)[1] < gate else one


def _probabilities(one: Halves, mix: blend.Blend) -> tuple[Array, float]:
    read = one.encoded is not None
    types = blend.probability(
        blend.type_features(one.types, one.gate, one.encoded), mix.type_read if read else mix.type_unread
    )
    features = blend.reported_features(types, one.gate, one.encoded)
    return types, float(blend.probability(features, mix.reported_read if read else mix.reported_unread))


def _status(one: Halves, mix: blend.Blend, column: int) -> Array:
    parameters = mix.status_unread if one.encoded is None else mix.status_read
    return blend.distribution(blend.status_features(one.statuses, one.encoded, column), parameters)


def _figures(wanted: Array, kinds: Array, reported: Array) -> dict[str, Any]:
    bands = reliability(wanted.ravel(), kinds.ravel(), BANDS)
    return {
        "reports a violation: F1, P, R, threshold": _rounded(best_f1(wanted.max(axis=1), reported)),
        "type: micro F1, P, R, threshold": _rounded(best_f1(wanted, kinds)),
        "type: said, right, how many": [_rounded(b) for b in bands],
        "reported: said, right, how many": [
            _rounded(b) for b in reliability(wanted.max(axis=1), reported, BANDS)
        ],
    }


def _by_type(wanted: Array, kinds: Array, types: tuple[str, ...]) -> dict[str, list[float]]:
    """For each type precision, recall, F1 at the common threshold, and how many there are."""
    threshold = best_f1(wanted, kinds)[3]
    out = {}
    for column, name in enumerate(types):
        found = kinds[:, column] >= threshold
        right = float((found * wanted[:, column]).sum())
        gold = float(wanted[:, column].sum())
        precision, recall = right / max(1, found.sum()), right / max(1, gold)
        out[name] = _rounded((precision, recall, 2 * right / max(1, found.sum() + gold), gold))
    return out


def _record(sentence: Labelled, one: Halves, mix: blend.Blend, types: tuple[str, ...]) -> dict[str, Any]:
    """What the classifier would have said of a sentence of a document left out."""
    probabilities, reported = _probabilities(one, mix)
    said = {types[c]: round(float(probabilities[c]), 4) for c in np.flatnonzero(probabilities >= FEWEST)}
    named = probabilities if one.encoded is None else one.encoded.named
    best = int(np.argmax(named))
    likely = {best} if one.encoded is None else {best, *np.flatnonzero(named > 0).tolist()}
    return {
        "document": sentence.document,
        "start": sentence.start,
        "reported": round(reported, 4),
        "types": said,
        "statuses": {types[c]: np.round(_status(one, mix, c), 3).tolist() for c in sorted(likely)},
        "triggers": {types[c]: one.encoded.trigger(c) for c in sorted(likely)} if one.encoded else {},
    }


def _rounded(values: Sequence[float]) -> list[float]:
    return [round(float(v), 4) for v in values]
