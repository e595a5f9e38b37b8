"""Labelled sentences against what the product makes of their documents.

In: `training/sentences.jsonl` and its documents. Out: a `Tally`. The classifier tells what it
said while a document was left out (`left_out`); the rules were written by hand. What counts is
what a sentence says, so mentions are taken before mentions of one event are joined.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple
from unittest import mock

from left_out import LeftOut, records

from kg.extractors import violations
from kg.model import Span, Status, Violation
from kg.readers import read
from kg.text.items import split
from kg.text.reading import read_item
from kg.vocabulary import RG, Vocabulary, vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

EXAMPLES = 2
ONE_IN = 10
"""Of the documents, the share that the test suite measures."""
STATUSES = {status.value: status for status in Status}


class Labelled(NamedTuple):
    """A sentence of a document with the types and statuses that it tells."""

    span: Span
    text: str
    labels: frozenset[tuple[str, Status]]


@dataclass
class Tally:
    """Counts over sentences, and the errors by kind."""

    types: frozenset[str]
    sentences: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    gold: Counter[str] = field(default_factory=Counter)
    statuses: Counter[bool] = field(default_factory=Counter)
    errors: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, sentence: Labelled, said: set[tuple[str, Status]]) -> None:
        """One sentence, and what the product says of it."""
        gold = {kind for kind, status in sentence.labels if status.reported}
        found = {kind for kind, status in said if status.reported}
        self.sentences["gold"] += bool(gold)
        self.sentences["found"] += bool(found)
        self.sentences["right"] += bool(gold and found)
        self.gold.update(gold)
        self.found.update(found)
        self.right.update(gold & found)
        named = {kind for kind, _ in said}
        for kind, status in sentence.labels:
            if kind in named:
                self.statuses[(kind, status) in said] += 1
        for error in _errors(sentence, said, gold, found):
            self.errors[error].append(sentence.text)

    def figures(self) -> dict[str, float]:
        """The figures that are accepted or not."""
        sentence = _f1(self.sentences["right"], self.sentences["found"], self.sentences["gold"])
        kind = _f1(self.right.total(), self.found.total(), self.gold.total())
        told = self.statuses.total()
        return {
            "sentence reports a violation, P": sentence[0],
            "sentence reports a violation, R": sentence[1],
            "sentence reports a violation, F1": sentence[2],
            "type, micro P": kind[0],
            "type, micro R": kind[1],
            "type, micro F1": kind[2],
            "status accuracy on the types found": self.statuses[True] / told if told else 0.0,
        }

    def by_type(self) -> dict[str, tuple[int, int, float, float, float]]:
        """Gold, found, precision, recall and F1 of each type, the commonest first."""
        order = sorted(self.types, key=lambda kind: (-self.gold[kind], kind))
        return {
            k: (self.gold[k], self.found[k], *_f1(self.right[k], self.found[k], self.gold[k]))
            for k in order
            if self.gold[k] or self.found[k]
        }

    def commonest(self, number: int) -> list[tuple[str, int, list[str]]]:
        """The commonest kinds of error, how many, and examples."""
        order = sorted(self.errors.items(), key=lambda error: (-len(error[1]), error[0]))
        return [(kind, len(texts), texts[:EXAMPLES]) for kind, texts in order[:number]]


def sentences(shared: Path) -> dict[str, list[Labelled]]:
    """The labelled sentences of each document that was left out of some training."""
    left_out = {record["document"] for record in records()}
    found: dict[str, list[Labelled]] = defaultdict(list)
    with (shared / "training" / "sentences.jsonl").open(encoding="utf-8") as file:
        for line in file:
            one = json.loads(line)
            if one["file"] not in left_out:
                continue
            labels = frozenset((label["type"], STATUSES[label["status"]]) for label in one["labels"])
            found[one["file"]].append(Labelled(Span(one["start"], one["end"]), one["text"], labels))
    return found


def few(shared: Path) -> dict[str, list[Labelled]]:
    """One document in ten, by name: what the test suite has time for."""
    found = sentences(shared)
    return {name: found[name] for name in sorted(found)[::ONE_IN]}


def measure(shared: Path, documents: dict[str, list[Labelled]]) -> Tally:
    """All sentences of some documents, judged."""
    words = vocabulary()
    known = _types(shared)
    tally = Tally(known)
    left_out = LeftOut({(d, s.span.start): s.text for d, held in documents.items() for s in held})
    for name in sorted(documents):
        with left_out.reading(name):
            said = list(_said(shared / "training" / "documents" / name, words, known))
        for sentence in documents[name]:
            tally.add(sentence, {told for span, told in said if _same(span, sentence.span)})
    return tally


def _said(path: Path, words: Vocabulary, known: frozenset[str]) -> Iterator[tuple[Span, tuple[str, Status]]]:
    """Where the product says what of a document, in the types of the labels."""
    with mock.patch.object(violations, "joined", lambda found, *_: found):
        for item in split(read(path)):
            for mention in violations.extract(read_item(item, words), words):
                assert isinstance(mention.about, Violation)
                for kind in _nearest(mention.about.type, words, known):
                    yield mention.evidence, (kind, mention.status)


def _nearest(kind: str, words: Vocabulary, known: frozenset[str]) -> list[str]:
    """A type of the labels as it is, another by the nearest that it is a kind of."""
    level = [kind]
    while level:
        found = [one for one in level if one in known]
        if found:
            return found
        parents = [p for one in level for p in words.term(one).parents]
        level = [p.removeprefix(RG) for p in parents if p.startswith(RG)]
    return []


def _types(shared: Path) -> frozenset[str]:
    rows = (shared / "contract" / "violations.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return frozenset(row.split("\t")[0] for row in rows)


def _same(evidence: Span, sentence: Span) -> bool:
    """True where the two cover half of the shorter."""
    shared = min(evidence.end, sentence.end) - max(evidence.start, sentence.start)
    return 2 * shared >= min(evidence.end - evidence.start, sentence.end - sentence.start)


def _errors(
    sentence: Labelled, said: set[tuple[str, Status]], gold: set[str], found: set[str]
) -> Iterator[str]:
    """The kinds of error in one sentence."""
    statuses = dict(sorted(sentence.labels))
    told = dict(sorted(said))
    for kind in sorted(found - gold):
        if kind in statuses:
            yield f"{kind} is {statuses[kind].value}, read as {told[kind].value}"
        elif gold - found:
            yield f"{min(gold - found)} read as {kind}"
        elif gold:
            yield f"{kind} made up beside a right type"
        else:
            yield f"{kind} made up where nothing is reported"
    for kind in sorted(gold - found):
        if kind in told:
            yield f"{kind} is {statuses[kind].value}, read as {told[kind].value}"
        elif not found:
            yield f"{kind} missed where nothing was found"
        elif not found - gold:
            yield f"{kind} missed beside a right type"


def _f1(right: int, found: int, gold: int) -> tuple[float, float, float]:
    precision, recall = right / found if found else 0.0, right / gold if gold else 0.0
    return precision, recall, 2 * right / (found + gold) if found + gold else 0.0
