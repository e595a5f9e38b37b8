"""Learns the ranker of victims and perpetrators (`kg.text.arguments`) from labelled sentences.

    python -m kg.training.arguments CORPUS [--out kg/weights/parties/arguments.npz]

In: a folder with `documents` and `sentences.jsonl`, JSON lines with `file`, `start`, `end`, `text`
and `labels` that hold `type`, `trigger`, `victim` and `perpetrator` as stretches of the sentence.
The documents are read as for extraction, so that parse and entities are those that the ranker
will see. Out: the weights; printed: precision and recall on three folds split by document. A
candidate is right where the words of its phrase overlap the label's by half or more (Dice), as
the score of the fact tables has it.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypedDict

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from kg.model import Span
from kg.readers import read
from kg.text.cues import Sighted
from kg.text.features import candidates, features
from kg.text.items import split
from kg.text.lexicon import lexicon
from kg.text.mentions import entity_classes
from kg.text.phrases import noun_phrase
from kg.text.reading import read_item
from kg.text.standing import Standing
from kg.training.weights import write_arrays
from kg.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from kg.model import Reading, Sentence
    from kg.text.lexicon import Lexicon
    from kg.vocabulary import Vocabulary

ROLES = ("victim", "perpetrator")
RARE = 3
"""A feature must stand in as many triggers to be learned from."""
STRENGTH = 0.2
SMALL = 0.01
"""Weights below this are left out."""
FOLDS = 3
THRESHOLD = 0.25
HALF = 0.5


class Row(TypedDict):
    """A labelled sentence of a document."""

    file: str
    start: int
    end: int
    text: str
    labels: list[Mapping[str, str | None]]


class Example(NamedTuple):
    """A trigger with the features of its candidates and which of them are right."""

    document: str
    candidates: list[list[str]]
    right: dict[str, list[bool]]
    """For each role and candidate: its phrase agrees with the label."""
    best: dict[str, int]
    """For each role: the candidate to learn from, -1 for none."""
    told: dict[str, bool]


def _dice(one: str, other: str) -> float:
    x, y = set(one.casefold().split()), set(other.casefold().split())
    return 2 * len(x & y) / (len(x) + len(y)) if x and y else 0.0


def examples(corpus: Path, voc: Vocabulary) -> list[Example]:
    """Every label with a trigger, as an example; one more for each cue of its type that stands elsewhere."""
    labelled: dict[str, list[Row]] = {}
    for line in (corpus / "sentences.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        row["labels"] = [label for label in row["labels"] if label["trigger"]]
        if row["labels"]:
            labelled.setdefault(row["file"], []).append(row)
    out = []
    for file, rows in sorted(labelled.items()):
        for item in split(read(corpus / "documents" / file)):
            reading = read_item(item, voc)
            out += [e for s in reading.sentences for e in _in_sentence(reading, s, rows, lexicon(voc))]
    return out


def _in_sentence(
    reading: Reading, sentence: Sentence, rows: Sequence[Row], lex: Lexicon
) -> Iterator[Example]:
    """The examples of the labels of a sentence."""
    here = [row for row in rows if sentence.span.meets(Span(row["start"], row["end"]))]
    if not here:
        return
    sighted = Sighted(sentence.tokens, entity_classes(reading, sentence))
    cues = lex.types.find(sighted)
    for row in here:
        for label in row["labels"]:
            trigger = label["trigger"] or ""
            start = row["start"] + row["text"].find(trigger)
            inside = sentence.meeting(Span(start, start + len(trigger))) if start >= row["start"] else []
            if not inside:
                continue
            root = sentence.tokens.doc[inside[0] : inside[-1] + 1].root
            anchors = {root.i: root}
            if sum(other["type"] == label["type"] for other in row["labels"]) == 1:
                anchors |= {m.anchor.i: m.anchor for m in cues if m.cue.term == label["type"]}
            made = (_example(row["file"], sighted, Standing(a, lex), label) for a in anchors.values())
            yield from (e for e in made if e is not None)


def _example(
    file: str, sighted: Sighted, standing: Standing, label: Mapping[str, str | None]
) -> Example | None:
    found = list(candidates(sighted.tokens, standing.anchor))
    if not found:
        return None
    texts = [noun_phrase(t).text for t in found]
    scores = {role: [_dice(t, label[role] or "") for t in texts] for role in ROLES}
    best = {role: s.index(max(s)) if max(s) >= HALF else -1 for role, s in scores.items()}
    right = {role: [x >= HALF for x in s] for role, s in scores.items()}
    told = {role: bool(label[role]) for role in ROLES}
    return Example(file, features(label["type"] or "", standing, found, sighted.entity), right, best, told)


def learn(held: Sequence[Example]) -> tuple[list[str], NDArray[np.float32]]:
    """Features and their weights, a column a role."""
    counts = Counter(f for e in held for names in e.candidates for f in set(names))
    known = sorted(f for f, n in counts.items() if n >= RARE)
    matrix = _matrix(held, known)
    columns = []
    for role in ROLES:
        target = [n == e.best[role] for e in held for n in range(len(e.candidates))]
        fitted = LogisticRegression(
            C=STRENGTH, solver="liblinear", max_iter=200, random_state=0, fit_intercept=False
        ).fit(matrix, target)
        columns.append(fitted.coef_[0])
    weights = np.stack(columns, axis=1).astype(np.float32)
    kept = np.abs(weights).max(axis=1) >= SMALL
    return [f for f, keep in zip(known, kept, strict=True) if keep], weights[kept]


def _matrix(held: Sequence[Example], known: Sequence[str]) -> csr_matrix:
    columns = {f: n for n, f in enumerate(known)}
    indices: list[int] = []
    starts = [0]
    for example in held:
        for names in example.candidates:
            indices += sorted({columns[f] for f in names if f in columns})
            starts.append(len(indices))
    ones = np.ones(len(indices), np.float32)
    return csr_matrix((ones, indices, starts), shape=(len(starts) - 1, len(known)))


def measure(held: Sequence[Example], known: Sequence[str], weights: NDArray[np.float32]) -> Counter[str]:
    """How many were told, found and right, by role."""
    logits = _matrix(held, known) @ weights
    chances = 1 / (1 + np.exp(-logits))
    out: Counter[str] = Counter()
    row = 0
    for example in held:
        rows = chances[row : row + len(example.candidates)]
        row += len(example.candidates)
        for column, role in enumerate(ROLES):
            out[f"{role} told"] += example.told[role]
            top = int(rows[:, column].argmax())
            if rows[top, column] >= THRESHOLD:
                out[f"{role} found"] += 1
                out[f"{role} right"] += example.told[role] and example.right[role][top]
    return out


def main() -> int:
    """Measures on folds, then learns from everything and writes the weights."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("corpus", type=Path)
    options.add_argument("--out", type=Path, default=Path("kg/weights/parties/arguments.npz"))
    given = options.parse_args()
    held = examples(given.corpus, vocabulary())
    total: Counter[str] = Counter()
    groups = [e.document for e in held]
    for train, test in GroupKFold(FOLDS).split(held, groups=groups):
        total += measure([held[n] for n in test], *learn([held[n] for n in train]))
    for role in ROLES:
        told, found, right = (total[f"{role} {what}"] for what in ("told", "found", "right"))
        figures = f"precision {right / found:.3f}, recall {right / told:.3f} of {told}"
        sys.stdout.write(f"{role}: {figures} in {len(held)} triggers\n")
    known, weights = learn(held)
    packed = np.frombuffer("\n".join(known).encode("utf-8"), np.uint8)
    write_arrays(given.out, {"features": packed, "weights": weights})
    sys.stdout.write(f"{given.out}: {len(known)} features, {given.out.stat().st_size:,} bytes\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
