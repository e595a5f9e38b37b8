"""Fits how the cues of the ontology and the classifier are weighed (`kg.text.judging`).

    python -m kg.training.judging ../shared/training LEFT_OUT.jsonl.gz

In: labelled sentences with their documents, and what `kg.training` recorded of each sentence
while its document was left out. Out: `kg/weights/judging/weights.json`; printed: what the
weights are worth on three folds of documents. A mention is right where the sentence speaks of
its type, in whatever status; how well the tree and the model tell the status is weighed apart.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from sklearn.linear_model import LogisticRegression

from kg.model import Status
from kg.readers import read
from kg.text import judging
from kg.text.classifier import Judgement, classifier
from kg.text.items import split
from kg.text.mentions import ACCEPTED, Place, places
from kg.text.reading import read_item
from kg.text.status import governors, status_of
from kg.text.triggers import triggers
from kg.training import corpus
from kg.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from kg.model import Sentence
    from kg.training.corpus import Labelled

FOLDS = 3
STRENGTH = 10.0
STEPS = tuple(n / 2 for n in range(11))
"""What the trust in a status read from the tree may be."""
RULE_TRUST = 2.0
"""Where what is told as done is counted, the tree's status weighs so much."""
SLACK = 0.04
"""The share of labels that a firmer trust in 'this didn't happen' may cost: what wasn't done must not be
told as done."""
LEAST_CASES = 10
"""A status that was read less often keeps a trust of 1."""


class Candidate(NamedTuple):
    """A trigger of a cue, or a type that the model alone names, in a labelled sentence."""

    document: str
    cue: float | None
    """The cue's weight; None where the model alone names the type."""
    kind: str
    judgement: Judgement
    right: bool
    rule: Status | None = None
    """The status read from the tree."""
    status: Status | None = None
    """The status of the label."""


def candidates(folder: Path, left_out: Path) -> Iterator[Candidate]:
    """What cues and model find in the documents that were left out."""
    recorded = _recorded(left_out)
    labelled: dict[str, list[Labelled]] = defaultdict(list)
    for sentence in corpus.read(folder / "sentences.jsonl"):
        if sentence.document in recorded:
            labelled[sentence.document].append(sentence)
    for name in sorted(labelled):
        yield from _in_document(folder / "documents" / name, labelled[name], recorded[name])


def _in_document(
    path: Path, labelled: Sequence[Labelled], recorded: Mapping[int, Judgement]
) -> Iterator[Candidate]:
    words = vocabulary()
    for item in split(read(path)):
        reading = read_item(item, words)
        none: list[Judgement | None] = [None] * len(reading.sentences)
        for place in places(reading, words, none):
            label = _label_of(place.sentence, labelled)
            if label is None or label.start not in recorded:
                continue
            judgement = recorded[label.start]
            yield from _in_sentence(path.name, place, judgement, label)


def _in_sentence(name: str, place: Place, judgement: Judgement, label: Labelled) -> Iterator[Candidate]:
    told = {one.type: Status(one.status) for one in label.labels}
    said = triggers(place.reading, place.sentence, place.sighted, place.lex)
    above = governors(place.sighted, place.lex) if said else {}
    seen = set()
    for match in said:
        kind = judging.known(match.cue.term, judgement, place.lex)
        if kind is not None:
            seen.add(kind)
            rule = status_of(match, above, place.lex, demanded=place.demanded)
            yield Candidate(name, match.cue.weight, kind, judgement, kind in told, rule, told.get(kind))
    for kind, chance in sorted(judgement.types.items()):
        if kind not in seen and chance >= judging.PROPOSED / 2:
            yield Candidate(name, None, kind, judgement, kind in told)


def _label_of(sentence: Sentence, labelled: Sequence[Labelled]) -> Labelled | None:
    """The labelled sentence that covers half of this one."""
    for one in labelled:
        shared = min(sentence.span.end, one.start + len(one.text)) - max(sentence.span.start, one.start)
        if 2 * shared >= min(sentence.span.end - sentence.span.start, len(one.text)):
            return one
    return None


def _recorded(path: Path) -> dict[str, dict[int, Judgement]]:
    """Judgements by document and start of the sentence."""
    model = classifier()
    found: dict[str, dict[int, Judgement]] = defaultdict(dict)
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            one = json.loads(line)
            by_type = {
                k: dict(zip(model.statuses, shares, strict=True)) for k, shares in one["statuses"].items()
            }
            types = dict.fromkeys(model.types, 0.0) | one["types"]
            first = by_type[max(by_type, key=lambda k: types[k])]
            found[one["document"]][one["start"]] = Judgement(one["reported"], types, first, by_type)
    return found


def _features(found: Sequence[Candidate], labels: Mapping[str, int]) -> NDArray[np.float64]:
    """Logits of cue and type, the type's once more by its rarity, and of the sentence."""
    rows = []
    for one in found:
        of_type = judging.logit(one.judgement.types[one.kind])
        reported = judging.logit(one.judgement.reported)
        cue = judging.EVEN if one.cue is None else one.cue
        rows.append([judging.logit(cue), of_type, judging.rarity(labels, one.kind) * of_type, reported])
    return np.array(rows)


def fit(found: Sequence[Candidate], labels: Mapping[str, int]) -> LogisticRegression:
    """The regression of the candidates of one kind."""
    return LogisticRegression(C=STRENGTH, max_iter=500).fit(
        _features(found, labels), np.array([one.right for one in found])
    )


def told(found: Sequence[Candidate], model: LogisticRegression, labels: Mapping[str, int]) -> list[float]:
    """How likely a mention that is told as done is meant so: constant, and weights of `judging.told`."""
    chances = model.predict_proba(_features(found, labels))[:, 1]
    features, right = [], []
    for case, chance in zip(found, chances, strict=True):
        rule = case.rule or Status.ASSERTED
        if chance >= ACCEPTED and _settled(case, rule, RULE_TRUST).reported:
            share = judging.reported(case.kind, case.judgement)
            features.append([judging.logit(float(chance)), judging.logit(share)])
            right.append(case.status is not None and case.status.reported)
    fitted = LogisticRegression(C=STRENGTH).fit(np.array(features), np.array(right))
    return [round(float(w), 3) for w in (*fitted.intercept_, *fitted.coef_[0])]


def trust(found: Sequence[Candidate]) -> dict[str, float]:
    """For each status read from the tree, the firmest trust under which the label's status is met best."""
    chosen = {}
    for rule in Status:
        cases = [c for c in found if c.rule is rule and c.status is not None]
        if len(cases) < LEAST_CASES:
            chosen[rule.value] = 1.0
            continue
        right = {step: sum(_settled(c, rule, step) is c.status for c in cases) for step in STEPS}
        best = max(right.values())
        cost = 0 if rule.reported else SLACK * len(cases)
        chosen[rule.value] = max(step for step, n in right.items() if n >= best - cost)
    return chosen


def _settled(case: Candidate, rule: Status, step: float) -> Status:
    return judging.agreed(rule, case.judgement.status(case.kind), step)


def _measured(found: Sequence[Candidate], labels: Mapping[str, int]) -> str:
    """Log loss and the share that is right from 0.9 on, each fold fitted on the others."""
    documents = sorted({c.document for c in found})
    fold = {d: n % FOLDS for n, d in enumerate(documents)}
    losses, sure = [], []
    for n in range(FOLDS):
        test = [c for c in found if fold[c.document] == n]
        model = fit([c for c in found if fold[c.document] != n], labels)
        chance = model.predict_proba(_features(test, labels))[:, 1]
        right = np.array([c.right for c in test])
        losses += list(-np.log(np.where(right, chance, 1 - chance)))
        sure += list(right[chance >= 0.9])  # noqa: PLR2004 - the figure that is promised
    return f"{len(found)} candidates, log loss {np.mean(losses):.4f}, at 0.9 right {np.mean(sure or [0]):.2f}"


def main() -> int:
    """Measures on folds, then fits on everything and writes the weights."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("corpus", type=Path)
    options.add_argument("left_out", type=Path)
    options.add_argument("--out", type=Path, default=Path("kg/weights/judging/weights.json"))
    given = options.parse_args()
    all_labels = corpus.read(given.corpus / "sentences.jsonl")
    labels = Counter(one.type for sentence in [*all_labels, *corpus.own()] for one in sentence.labels)
    found = list(candidates(given.corpus, given.left_out))
    written: dict[str, object] = {}
    for name, by_cue in (("found", True), ("guessed", False)):
        kept = [c for c in found if (c.cue is not None) is by_cue]
        sys.stdout.write(f"{name}: {_measured(kept, labels)}\n")
        model = fit(kept, labels)
        names = ("cue", "type", "rare", "reported")
        written[name] = {"bias": round(float(model.intercept_[0]), 3)} | {
            n: round(float(w), 3) for n, w in zip(names, model.coef_[0], strict=True)
        }
        if by_cue:
            written["told"] = told(kept, model, labels)
    written |= {"trust": trust(found), "labels": dict(sorted(labels.items()))}
    given.out.parent.mkdir(parents=True, exist_ok=True)
    given.out.write_text(json.dumps(written, indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(f"{written['told']}\n")
    sys.stdout.write(json.dumps(written["found"]) + json.dumps(written["guessed"]) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
