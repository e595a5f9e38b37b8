"""The classifier as it is on documents that it wasn't trained on.

In: what `python -m kg.training` recorded for each labelled sentence while its document was left
out. Out: a stand-in for `Classifier.classify` that tells the recorded figures, so that the whole
product can be measured on the labelled documents without having seen them.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import defaultdict
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest import mock

from kg.text.classifier import Classifier, Judgement, Judgements

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

RECORDS = Path(__file__).parent / "left-out.jsonl.gz"
ALIKE = 0.5
"""Share of words that a sentence has in common with a recorded one where they are split differently."""
_WORD = re.compile(r"\w+")


def records() -> list[dict[str, Any]]:
    """What was recorded, sentence by sentence."""
    with gzip.open(RECORDS, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


class LeftOut:
    """The recorded judgements of each document's sentences."""

    def __init__(self, texts: dict[tuple[str, int], str]) -> None:
        """`texts` are the labelled sentences by document and start."""
        self._records: dict[str, list[tuple[frozenset[str], dict[str, Any]]]] = defaultdict(list)
        for record in records():
            place = (record["document"], record["start"])
            if place in texts:
                words = frozenset(_WORD.findall(texts[place].casefold()))
                self._records[record["document"]].append((words, record))

    @contextmanager
    def reading(self, document: str) -> Iterator[None]:
        """Within this, classifiers know only what was recorded of a document."""
        known = self._records[document]
        real = Classifier.classify

        def classify(model: Classifier, sentences: Sequence[str], title: str = "") -> Judgements:
            read = zip(sentences, real(model, sentences, title), strict=True)
            known_first = (_judgement(model, known, s) or fallback for s, fallback in read)
            return Judgements(len(sentences), known_first)

        with mock.patch.object(Classifier, "classify", classify):
            yield


def _judgement(
    model: Classifier, known: list[tuple[frozenset[str], dict[str, Any]]], sentence: str
) -> Judgement | None:
    """Of the recorded sentence that is most like this one."""
    words = frozenset(_WORD.findall(sentence.casefold()))
    if not words or not known:
        return None
    alike, record = max(
        ((len(words & other) / len(words | other), record) for other, record in known if words & other),
        key=lambda pair: pair[0],
        default=(0.0, {}),
    )
    if alike < ALIKE:
        return None
    by_type = {
        kind: dict(zip(model.statuses, shares, strict=True)) for kind, shares in record["statuses"].items()
    }
    types = dict.fromkeys(model.types, 0.0) | record["types"]
    best = max(by_type, key=lambda kind: types.get(kind, 0.0))
    exact = alike == 1.0
    return Judgement(
        reported=record["reported"],
        types=types,
        statuses=by_type[best],
        by_type=by_type,
        triggers={k: (s, e) for k, (s, e) in record["triggers"].items() if exact and e <= len(sentence)},
    )
