"""How the two halves of the classifier are put together, and what makes their figures honest.

In: the logits of the regression and, where it read the sentence, of the encoder. Out:
probabilities. The parameters are fitted on documents that neither half was trained on
(`kg.training.calibration`), by logistic regressions over a handful of logits that all types share,
so that a figure of 0.9 is right nine times in ten.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from kg.model import Status

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from kg.text.encoder import Encoded

    Array = NDArray[np.floating[Any]]

_REPORTED = [n for n, status in enumerate(Status) if status.reported]
_NOT_REPORTED = [n for n, status in enumerate(Status) if not status.reported]


@dataclass(frozen=True)
class Blend:
    """The parameters; weights first, the constant last in each."""

    type_read: Array
    """Over `type_features` of a sentence that the encoder read."""
    type_unread: Array
    """Over the regression's logits of type and gate alone."""
    reported_read: Array
    reported_unread: Array
    status_read: Array
    """A row a logit of `status_features` and one for the constant, a column a status."""
    status_unread: Array

    @classmethod
    def of(cls, parameters: Mapping[str, Any]) -> Blend:
        """From the lists in the weights' metadata."""
        return cls(**{name: np.array(values, np.float64) for name, values in parameters.items()})


def type_features(regression: Array, gate: float, encoded: Encoded | None) -> Array:
    """One row a type."""
    column = np.ones_like(regression)
    if encoded is None:
        return np.stack([regression, column * gate], axis=1)
    so, not_so = encoded.statuses[:, _REPORTED], encoded.statuses[:, _NOT_REPORTED]
    happened = np.logaddexp.reduce(so, axis=1) - np.logaddexp.reduce(not_so, axis=1)
    return np.stack(
        [regression, column * gate, encoded.reported, encoded.named, column * encoded.some[0], happened],
        axis=1,
    )


def reported_features(types: Array, gate: float, encoded: Encoded | None) -> Array:
    """From the blended probabilities of the types: that there is at least one, and the two gates."""
    none = float(np.prod(1 - types))
    some = np.log(max(1 - none, 1e-6) / max(none, 1e-6))
    return np.array([some, gate] if encoded is None else [some, gate, encoded.some[0]])


def status_features(regression: Array, encoded: Encoded | None, column: int) -> Array:
    """Of a sentence and, where the encoder read it, of one type in it."""
    return regression if encoded is None else np.concatenate([regression, encoded.statuses[column]])


def probability(features: Array, parameters: Array) -> Array:
    """Logistic over the last axis of the features."""
    return np.asarray(1 / (1 + np.exp(-(features @ parameters[:-1] + parameters[-1]))))


def distribution(features: Array, parameters: Array) -> Array:
    """Softmax of a row of features times a matrix."""
    logits = features @ parameters[:-1] + parameters[-1]
    grown = np.exp(logits - logits.max())
    return np.asarray(grown / grown.sum())
