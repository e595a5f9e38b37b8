"""Labelled sentences, as training and measurement see them.

In: JSON lines with `file`, `start`, `text` and `labels` (`type`, `status`, `trigger`); lines
without `file` are sentences that stand alone. Out: `Labelled` records in the order of their
documents, since a sentence is read in the context of its neighbours and folds are split by
document, never by sentence.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from kg.model import Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

REPORTED = tuple(status.value for status in Status if status.reported)
"""The statuses under which a sentence reports a violation."""
STATUSES = tuple(status.value for status in Status)


FILLERS_A_FRAME = 4
FRAME_STEP, FILLER_STEP = 5, 11
"""Steps through the fillers that spread them evenly over the frames."""
BRACKETED = re.compile(r"\[([^\]]*)\]")


@dataclass(frozen=True, slots=True)
class Label:
    """One violation that a sentence speaks of."""

    type: str
    status: str
    trigger: str | None = None
    """The words that say it, to the letter."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A sentence with what an annotator read in it."""

    text: str
    labels: tuple[Label, ...]
    document: str
    start: int = 0

    @property
    def reported(self) -> frozenset[str]:
        """The types that the sentence reports."""
        return frozenset(label.type for label in self.labels if label.status in REPORTED)


def read(path: Path) -> list[Labelled]:
    """The sentences of a file, grouped by document, in reading order."""
    found = [_labelled(line, f"{path.stem}:{n}") for n, line in enumerate(_lines(path), start=1)]
    first = {s.document: n for n, s in reversed(list(enumerate(found)))}
    return sorted(found, key=lambda s: (first[s.document], s.start))


def read_own(path: Path) -> list[Labelled]:
    """The sentences of a file of `sentences/`; the first lines of `general.tsv` tell the form."""
    return [
        _own(line, f"{path.stem}:{n}")
        for n, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if line.strip() and not line.startswith("#")
    ]


def own() -> list[Labelled]:
    """All sentences of our own: those of `sentences/`, and those of `frames.tsv`."""
    beside = Path(__file__).parent
    files = sorted((beside / "sentences").glob("*.tsv"))
    return [s for path in files for s in read_own(path)] + framed(beside / "frames.tsv")


def framed(path: Path) -> list[Labelled]:
    """Sentences put together from `frames.tsv`: each frame with some of the fillers."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    parts = [line.split("\t") for line in lines if line.strip()]
    fillers = [(p[1], p[2]) for p in parts if p[0] == "type"]
    frames = [(p[0], p[1]) for p in parts if p[0] != "type"]
    out = []
    for n, (status, frame) in enumerate(frames):
        for turn in range(FILLERS_A_FRAME):
            kind, phrase = fillers[(n * FRAME_STEP + turn * FILLER_STEP) % len(fillers)]
            label = Label(kind, status, phrase)
            out.append(Labelled(frame.format(phrase), (label,), f"{path.stem}:{n}:{turn}"))
    return out


def types_of(sentences: Iterable[Labelled]) -> tuple[str, ...]:
    """Every type that some label names, sorted."""
    return tuple(sorted({label.type for s in sentences for label in s.labels}))


def targets(sentences: Sequence[Labelled], types: Sequence[str]) -> NDArray[np.float32]:
    """One row a sentence, one column a type: 1 where the sentence reports it."""
    return np.array([[t in s.reported for t in types] for s in sentences], np.float32)


def folds(sentences: Sequence[Labelled], count: int) -> list[list[int]]:
    """Row numbers of each fold: whole documents, the longest first to the emptiest fold."""
    rows: dict[str, list[int]] = {}
    for row, sentence in enumerate(sentences):
        rows.setdefault(sentence.document, []).append(row)
    out: list[list[int]] = [[] for _ in range(count)]
    for document in sorted(rows, key=lambda d: (-len(rows[d]), d)):
        min(out, key=len).extend(rows[document])
    return [sorted(fold) for fold in out]


def _lines(path: Path) -> Iterator[dict[str, object]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield json.loads(line)


def _own(line: str, alone: str) -> Labelled:
    """`Type, Type:status<TAB>text with a [trigger] for [each]`."""
    names, text = line.split("\t")
    labels = [] if names == "-" else [name.partition(":") for name in names.split(", ")]
    triggers = BRACKETED.findall(text)
    return Labelled(
        text=BRACKETED.sub(r"\1", text),
        labels=tuple(
            Label(kind, status or "asserted", trigger)
            for (kind, _, status), trigger in zip(labels, triggers, strict=True)
        ),
        document=alone,
    )


def _labelled(line: dict[str, object], alone: str) -> Labelled:
    labels = line.get("labels")
    assert isinstance(labels, list)  # noqa: S101 - a line of another shape is no labelled sentence
    return Labelled(
        text=str(line["text"]),
        labels=tuple(Label(one["type"], one["status"], one.get("trigger")) for one in labels),
        document=str(line.get("file", alone)),
        start=int(str(line.get("start", 0))),
    )
