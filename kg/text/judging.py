"""Rules and the learned model together: how sure a mention is, and with which status it is told.

In: a trigger found by a cue, or proposed by the model, and the model's `Judgement` of the
sentence. Out: a probability that the mention is right, and a status. The cue's own weight and
the model's figures are features of two logistic regressions, whose weights `kg.training.judging`
fits on documents that the model was not trained on. A model knows little of a type that it
saw seldom: the fewer labels, the less its word takes from a cue. A type that the model doesn't
know at all (a class added to the ontology later) rests on its cue alone.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from math import exp, log
from typing import TYPE_CHECKING, NamedTuple

from kg.model import Status
from kg.text.cues import Match, anchor_of
from kg.text.patterns import Cue

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from spacy.tokens import Token

    from kg.model import Sentence
    from kg.text.classifier import Judgement
    from kg.text.cues import Sighted
    from kg.text.lexicon import Lexicon

LEAST = 0.01
"""Probabilities are kept this far from 0 and 1."""
LEAST_SHARE = 0.02
"""No status is thought less likely than this by the model."""
PROPOSED = 0.25
"""From this probability on the model's word alone makes a candidate."""
EVEN = 0.5
"""The weight of no cue: its logit is 0."""
MANY = 400
"""Labels from which on a type counts as well known."""
ORDINARY = 4.0
"""What a sentence about ordinary crime, an accident or sport takes from a score."""
LISTED = 3
"""So many kinds of violation in one sentence are a list of abuses."""
FIRM = {
    Status.DENIED: 5.0,
    Status.NORMATIVE: 3.8,
    Status.REVERSED: 3.9,
    Status.CALLED_FOR: 2.5,
    Status.FEARED: 3.7,
}
"""How much a status under which nothing happened counts at least where the tree tells it, whatever was
measured: what never happened must not be told as done."""


class Weights(NamedTuple):
    """Of a logistic regression over logits."""

    bias: float
    cue: float
    type: float
    rare: float
    """Added to the weight of the type for one that the model never saw, less for others."""
    reported: float


@dataclass(frozen=True)
class Weighing:
    """What was fitted: `python -m kg.training.judging`."""

    found: Weights
    """Of a trigger that a cue found."""
    guessed: Weights
    """Of a type that the model alone proposes."""
    told: tuple[float, float, float]
    """Constant, weight of the mention's logit and of the logit that the model gives to 'it is reported': how
    likely what is told as done is meant so."""
    trust: Mapping[Status, float]
    """How much a status read from the tree counts against the model's, as a logarithm."""
    labels: Mapping[str, int]
    """How many labels of each type the model saw."""

    def score(self, weights: Weights, cue: float, kind: str, judgement: Judgement) -> float:
        """The logit that a mention of a type is right; `cue` is the cue's own weight."""
        of_type = weights.type + weights.rare * rarity(self.labels, kind)
        return (
            weights.bias
            + weights.cue * logit(cue)
            + of_type * logit(judgement.types[kind])
            + weights.reported * logit(judgement.reported)
        )


def rarity(labels: Mapping[str, int], kind: str) -> float:
    """From 0 for a well-known type to 1 for one without labels."""
    return max(0.0, 1 - log(1 + labels.get(kind, 0)) / log(1 + MANY))


@cache
def weighing() -> Weighing:
    """The weights that the package carries, read once a process."""
    path = resources.files("kg") / "weights" / "judging" / "weights.json"
    read = json.loads(path.read_text(encoding="utf-8"))
    return Weighing(
        Weights(**read["found"]),
        Weights(**read["guessed"]),
        tuple(read["told"]),
        {Status(name): weight for name, weight in read["trust"].items()},
        read["labels"],
    )


def logit(p: float) -> float:
    """The logarithm of the odds."""
    p = min(max(p, LEAST), 1 - LEAST)
    return log(p / (1 - p))


def known(kind: str, judgement: Judgement, lex: Lexicon) -> str | None:
    """The type of the model that stands for a class: itself, or the nearest above it."""
    if kind in judgement.types:
        return kind
    above = [t for t in sorted(lex.broader.get(kind, ())) if t in judgement.types]
    return above[0] if above else None


def confidence(match: Match, judgement: Judgement | None, lex: Lexicon, *, ordinary: bool) -> float:
    """The probability that a cue is right about a sentence; `ordinary` where it tells of crime or sport."""
    penalty = ORDINARY if ordinary else 0.0
    kind = known(match.cue.term, judgement, lex) if judgement is not None else None
    if judgement is None or kind is None:
        return 1 / (1 + exp(penalty - logit(match.cue.weight)))
    weights = weighing()
    score = weights.score(weights.found, match.cue.weight, kind, judgement) - penalty
    return 1 / (1 + exp(-score))


def told(confidence: float, kind: str | None, judgement: Judgement | None) -> float:
    """The probability that a mention is right about type and about its being reported."""
    if judgement is None or kind is None:
        return confidence
    constant, of_mention, of_status = weighing().told
    score = constant + of_mention * logit(confidence) + of_status * logit(reported(kind, judgement))
    return 1 / (1 + exp(-score))


def reported(kind: str, judgement: Judgement) -> float:
    """The probability that the model gives to a type's being told as done, given that it is named."""
    return sum(share for status, share in judgement.status(kind).items() if Status(status).reported)


def is_ordinary(sighted: Sighted, said: Sequence[Match], lex: Lexicon) -> bool:
    """True for crime, accidents and sport, unless an authority or a critic has a part in them.

    Who lists several kinds of abuse speaks of no ordinary crime.
    """
    if len({match.cue.term for match in said}) >= LISTED:
        return False
    ordinary = lex.words("ordinary")
    if not any(ordinary.match(forms) for forms in sighted.keys):
        return False
    involved = [lex.words("critic"), lex.words("repression")]
    return not any(words.match(forms) for forms in sighted.keys for words in involved)


def proposals(
    sentence: Sentence,
    sighted: Sighted,
    judgement: Judgement,
    said: Sequence[Match],
    lex: Lexicon,
    *,
    ordinary: bool,
) -> Iterator[tuple[Match, float]]:
    """Types that the model alone finds in a sentence, at the words that it points to."""
    told = {known(m.cue.term, judgement, lex) for m in said}
    weights = weighing()
    for kind, p in sorted(judgement.types.items()):
        if p < PROPOSED or kind in told:
            continue
        score = weights.score(weights.guessed, EVEN, kind, judgement)
        score -= ORDINARY if ordinary else 0.0
        tokens = _pointed(sentence, sighted, judgement.triggers.get(kind))
        if _is_right(tokens, lex):
            continue
        cue = Cue(kind, "", (), weight=p)
        yield Match(cue, tuple(t.i for t in tokens), anchor_of(tokens)), 1 / (1 + exp(-score))


def _is_right(tokens: Sequence[Token], lex: Lexicon) -> bool:
    """True where nothing is pointed at but the name of a right: 'freedom of the press'."""
    return lex.says("right", tokens[0]) and not any(t.pos_ in ("VERB", "ADJ", "ADV") for t in tokens)


def _pointed(sentence: Sentence, sighted: Sighted, stretch: tuple[int, int] | None) -> list[Token]:
    """The tokens at a stretch of the sentence's text; its root where nothing is pointed at."""
    base = sentence.tokens.start_char
    if stretch is not None:
        start, end = base + stretch[0], base + stretch[1]
        inside = [t for t in sighted.tokens if t.idx < end and start < t.idx + len(t) and not t.is_punct]
        if inside:
            return inside
    return [sentence.tokens.root]


def settled(rule: Status, kind: str | None, judgement: Judgement | None) -> Status:
    """The status on which the tree and the model agree best."""
    if judgement is None or kind is None:
        return rule
    return agreed(rule, judgement.status(kind), max(weighing().trust[rule], FIRM.get(rule, 0.0)))


def agreed(rule: Status, shares: Mapping[str, float], trust: float) -> Status:
    """The likeliest status where the tree's counts as much more than the model's shares."""

    def score(status: Status) -> float:
        return log(max(shares.get(status.value, 0.0), LEAST_SHARE)) + (trust if status is rule else 0.0)

    return max(Status, key=score)
