"""The learned component: does a sentence report violations, which, and with which status?

In: the sentences of one item, in order, and its title. Out: a `Judgement` a sentence. It
confirms, rejects or proposes; it is never the only source of a fact's span or roles.

    from kg.text.classifier import classifier

    for judgement in classifier().classify(texts, title):
        judgement.reported                # calibrated P(the sentence reports a violation)
        judgement.types.get("Abduction")  # calibrated P(it reports this type); None: unknown type
        judgement.statuses["alleged"]     # P(status), given that it speaks of a violation

        judgement.status("Abduction")     # the same for one type of the sentence
        judgement.triggers.get("Abduction")  # (start, end) of the words that most likely say it

A regression over words (`kg.text.regression`) judges every sentence; those that it finds
possible are read by a small transformer (`kg.text.encoder`); `kg.text.blend` makes one figure of
both. So most of a text without violations costs next to nothing.

`types` holds every type that the weights know and no other: a class that was added to the
ontology later has no entry, and None means 'no opinion', never 'no'. Types and statuses
are listed in the weights' own metadata; this code knows none by name.

Weights lie in `kg/weights` (docs/model-card.md tells how they were trained and how well they
do). Loading checks their hashes. Same weights and same sentences give the same figures.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from kg.errors import ExtractionError
from kg.text import regression
from kg.text.blend import Blend, distribution, probability, reported_features, status_features, type_features
from kg.text.encoder import Encoder

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from kg.text.encoder import Encoded

    Array = NDArray[np.floating[Any]]

KEPT = 4
"""How many items' judgements are kept at hand."""
LIKELY_NAMED = 0.0
"""Above this logit a sentence speaks of a type more likely than not."""
LIKELY = 0.2
"""Above this probability a type is worth its status and trigger."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the model thinks of one sentence; all figures are probabilities."""

    reported: float
    """That the sentence reports at least one violation, as asserted or alleged."""
    types: Mapping[str, float]
    """Of each type that the weights know: that the sentence reports it."""
    statuses: Mapping[str, float]
    """Of each status, given that the sentence speaks of a violation at all; they add up to 1."""
    by_type: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    """The same for single types: those that the sentence may well speak of, in whatever status."""
    triggers: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """For the same types, the stretch of the sentence (start, end) that most likely says so."""

    def status(self, kind: str) -> Mapping[str, float]:
        """The statuses of a type in the sentence, those of the whole sentence where unknown."""
        return self.by_type.get(kind, self.statuses)


class Judgements:
    """One a sentence, in order: each as soon as it is asked for, while the encoder reads on."""

    def __init__(self, size: int, coming: Iterator[Judgement]) -> None:
        self._size, self._coming = size, coming
        self._read: list[Judgement] = []

    def __len__(self) -> int:
        return self._size

    def __iter__(self) -> Iterator[Judgement]:
        for place in range(self._size):
            if place == len(self._read):
                self._read.append(next(self._coming))
            yield self._read[place]


class Classifier:
    """The weights of a folder, ready to judge. Raises ExtractionError where they are damaged."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.metadata = _metadata(folder)
        self.types: tuple[str, ...] = tuple(self.metadata["types"])
        self.statuses: tuple[str, ...] = tuple(self.metadata["statuses"])
        self.gate: float = self.metadata["gate"]
        self._blend = Blend.of(self.metadata["blend"])
        self._regression = regression.load(folder / "regression.npz")
        self._encoder = Encoder(folder)
        self._judgements = lru_cache(maxsize=KEPT)(self._begun)

    def classify(self, sentences: Sequence[str], title: str = "") -> Judgements:
        """A judgement a sentence; `sentences` are those of one item, in order, repaired.

        Reading begins at once, in the background; who asks for an item again gets what was read.
        """
        return self._judgements(tuple(sentences), title)

    def _begun(self, sentences: tuple[str, ...], title: str) -> Judgements:
        logits = self._regression.logits(sentences).astype(np.float64)
        first = [self._judge(row, None) for row in logits]
        wanted = [one.reported >= self.gate for one in first]
        read = self._encoder.encode(sentences, title, wanted)
        return Judgements(len(sentences), self._told(logits, first, read))

    def _told(
        self, logits: Array, first: Sequence[Judgement], read: Iterator[tuple[int, Encoded]]
    ) -> Iterator[Judgement]:
        """The judgements in order, by both halves where the encoder has read the sentence."""
        at, encoded = next(read, (None, None))
        for row, alone in enumerate(first):
            if row == at:
                yield self._judge(logits[row], encoded)
                at, encoded = next(read, (None, None))
            else:
                yield alone

    def _judge(self, logits: Array, encoded: Encoded | None) -> Judgement:
        """One sentence, from the logits of the halves that read it."""
        blend, first_status = self._blend, 1 + len(self.types)
        gate, of_types, of_statuses = float(logits[0]), logits[1:first_status], logits[first_status:]
        read = encoded is not None
        types = probability(
            type_features(of_types, gate, encoded), blend.type_read if read else blend.type_unread
        )
        reported = probability(
            reported_features(types, gate, encoded), blend.reported_read if read else blend.reported_unread
        )
        by_type, triggers = {}, {}
        best = int(types.argmax())
        if encoded is not None:
            best = int(encoded.named.argmax())
            for column in np.flatnonzero((encoded.named > LIKELY_NAMED) | (types > LIKELY)).tolist():
                by_type[self.types[column]] = self._statuses(of_statuses, encoded, column)
                triggers[self.types[column]] = encoded.trigger(column)
        return Judgement(
            reported=round(float(reported), 4),
            types=dict(zip(self.types, np.round(types, 4).tolist(), strict=True)),
            statuses=self._statuses(of_statuses, encoded, best),
            by_type=by_type,
            triggers=triggers,
        )

    def _statuses(self, regression: Array, encoded: Encoded | None, column: int) -> Mapping[str, float]:
        """The statuses of a type in a sentence."""
        parameters = self._blend.status_unread if encoded is None else self._blend.status_read
        shares = distribution(status_features(regression, encoded, column), parameters)
        return dict(zip(self.statuses, np.round(shares, 4).tolist(), strict=True))


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
