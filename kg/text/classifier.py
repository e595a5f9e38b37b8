"""The learned component: does a sentence report violations, which, and with which status?

In: the sentences of one item, in order, and its title. Out: a `Judgement` a sentence. It
confirms, rejects or proposes; it is never the only source of a fact's span or roles.

    from kg.text.classifier import classifier

    for judgement in classifier().classify(texts, title):
        judgement.reported                # calibrated P(the sentence reports a violation)
        judgement.types.get("Abduction")  # calibrated P(it reports this type); None: unknown type
        judgement.statuses["alleged"]     # P(status), given that it speaks of a violation

`types` holds every type that the weights know and no other: a class that was added to the
ontology later has no entry, and None means 'no opinion', never 'no'. Types and statuses
are listed in the weights' own metadata; this code knows none by name.

Weights lie in `kg/weights` (docs/model-card.md tells how they were trained and how well they
do). Loading checks their hashes. Same weights and same sentences give the same figures.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from kg.errors import ExtractionError
from kg.text import regression

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    Array = NDArray[np.floating]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the model thinks of one sentence; all figures are probabilities."""

    reported: float
    """That the sentence reports at least one violation, as asserted or alleged."""
    types: Mapping[str, float]
    """Of each type that the weights know: that the sentence reports it."""
    statuses: Mapping[str, float]
    """Of each status, given that the sentence speaks of a violation at all; they add up to 1."""


class Classifier:
    """The weights of a folder, ready to judge. Raises ExtractionError where they are damaged."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.metadata = _metadata(folder)
        self.types: tuple[str, ...] = tuple(self.metadata["types"])
        self.statuses: tuple[str, ...] = tuple(self.metadata["statuses"])
        self._regression = regression.load(folder / "regression.npz")

    def classify(self, sentences: Sequence[str], title: str = "") -> tuple[Judgement, ...]:
        """A judgement a sentence; `sentences` are those of one item, in order, repaired."""
        del title  # for the encoder, which reads sentences in their context
        if not sentences:
            return ()
        logits = self._regression.logits(sentences)
        first_status = 1 + len(self.types)
        types = _sigmoid(logits[:, 1:first_status])
        some_type = 1 - np.prod(1 - types, axis=1)
        reported = (_sigmoid(logits[:, 0]) + some_type) / 2
        statuses = _softmax(logits[:, first_status:])
        return tuple(
            Judgement(
                reported=round(float(reported[row]), 4),
                types=dict(zip(self.types, np.round(types[row], 4).tolist(), strict=True)),
                statuses=dict(zip(self.statuses, np.round(statuses[row], 4).tolist(), strict=True)),
            )
            for row in range(len(sentences))
        )


@cache
def classifier(folder: Path | None = None) -> Classifier:
    """The classifier of a weights folder (by default the one that ships), loaded once a process."""
    return Classifier(folder or Path(str(resources.files("kg"))) / "weights")


def _metadata(folder: Path) -> dict[str, Any]:
    """`metadata.json`, after every file that it lists was checked against its hash."""
    path = folder / "metadata.json"
    mend = "Install the package anew, or train with `python -m kg.training`."
    try:
        metadata: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        for name, wanted in metadata["sha256"].items():
            found = hashlib.sha256((folder / name).read_bytes()).hexdigest()
            if found != wanted:
                raise ExtractionError(
                    f"{name} has hash {found[:12]}, not {wanted[:12]}", where=str(folder), mend=mend
                )
    except (OSError, ValueError, KeyError) as error:
        raise ExtractionError(f"unusable weights ({error})", where=str(path), mend=mend) from error
    return metadata


def _sigmoid(x: Array) -> Array:
    return np.asarray(1 / (1 + np.exp(-x)), np.float64)


def _softmax(x: Array) -> Array:
    grown = np.exp(x - x.max(axis=1, keepdims=True))
    return np.asarray(grown / grown.sum(axis=1, keepdims=True), np.float64)
