"""How a claim stands to the act that it is about, read from what stands above the trigger in the parse.

In: a sentence with its parse, a trigger, and the status cues of the ontology (`rg:Denied
rg:cue "deny/VERB"`). Out: a `Status`. The tree is climbed from the trigger towards the root;
what modifies a word on the way (auxiliaries, adverbs, adjectives, conjunctions) and what
governs it is looked up. The nearest finding decides, except that a demand or a denial further
up overrides what only colours ('calls for the lifting of the ban'). Clauses that stand for
themselves (relative clauses, 'because', 'after', participles that describe) end the climb:
'should condemn the police for the killings' asserts the killings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model import Status
from kg.text import syntax

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spacy.tokens import Token

    from kg.text.cues import Match, Sighted
    from kg.text.lexicon import Lexicon

MODIFIERS = frozenset(
    {"aux", "auxpass", "advmod", "amod", "mark", "neg", "det", "acomp", "prt", "preconj", "npadvmod", "cc"}
)
INDEPENDENT = frozenset({"relcl", "advcl", "parataxis", "appos"})
OCCURRENCE = frozenset(
    {
        "be",
        "have",
        "occur",
        "happen",
        "take",
        "commit",
        "use",
        "carry",
        "record",
        "report",
        "document",
        "see",
        "know",
        "learn",
        "face",
        "suffer",
        "experience",
        "receive",
        "subject",
        "find",
        "involve",
        "make",
        "hear",
        "witness",
        "exist",
        "conduct",
        "inflict",
        "mention",
    }
)
"""Verbs that say no more than that their argument is so: a negation on them is one of it."""
OPENING = 3
"""How near to the start of a sentence an imperative stands."""
STATUS = {s.value.replace("-", ""): s for s in Status}
SOFT = frozenset({Status.ALLEGED, Status.REVERSED, Status.NORMATIVE, Status.FEARED})
"""What a stronger governor further up overrides."""

Governors = dict[int, Status]


def governors(sentence: Sighted, lexicon: Lexicon) -> Governors:
    """The status words of a sentence by token; the longer match wins."""
    found: Governors = {}
    size: dict[int, int] = {}
    for match in lexicon.statuses.find(sentence):
        at = match.anchor.i
        if len(match.tokens) >= size.get(at, 0):
            found[at] = STATUS[match.cue.term.casefold()]
            size[at] = len(match.tokens)
    return found


def status_of(match: Match, found: Mapping[int, Status], *, demanded: bool = False) -> Status:
    """The status of what a trigger says; `demanded` where the sentence stands in a list of demands."""
    inside = frozenset(match.tokens)
    climb = _Climb(found, inside, negative=match.cue.negative)
    return climb.run(match.anchor, demanded=demanded)


class _Climb:
    """One climb from a trigger to the root."""

    def __init__(self, found: Mapping[int, Status], inside: frozenset[int], *, negative: bool) -> None:
        self.found = found
        self.inside = inside
        self.negative = negative
        self.soft: Status | None = None

    def run(self, token: Token, *, demanded: bool) -> Status:
        below: Token | None = None
        node = token
        for _ in range(25):
            told = self._modified(node, below, at_trigger=below is None)
            if told is None and below is not None:
                told = self._governed(node, below)
            if told is not None and (done := self._settle(told)):
                return done
            if self._stands_alone(node):
                return self.soft or Status.ASSERTED
            if node.head is node:
                break
            below, node = node, node.head
        if self.soft in (None, *SOFT) and (demanded or _imperative(node, token)):
            return Status.CALLED_FOR
        return self.soft or Status.ASSERTED

    def _settle(self, told: Status) -> Status | None:
        """The final status, or None where the climb goes on."""
        if told is Status.ASSERTED:
            return self.soft or Status.ASSERTED
        if told is Status.DENIED and self.soft is Status.REVERSED:
            return Status.ASSERTED
        if told in SOFT:
            if self.soft is None:
                self.soft = told
            return None
        return told

    def _modified(self, node: Token, below: Token | None, *, at_trigger: bool) -> Status | None:
        if not at_trigger and below is not None and below.dep_ == "conj" and not self._shares(below):
            return None
        found: Status | None = None
        for child in node.children:
            if child is below or child.i in self.inside or child.dep_ not in MODIFIERS:
                continue
            told = self.found.get(child.i)
            if told is None or (told is Status.ASSERTED and child.dep_ != "mark"):
                continue
            if told is Status.DENIED and not self._negates(node, at_trigger=at_trigger):
                continue
            if (
                told is Status.FEARED
                and child.dep_ == "aux"
                and child.lower_ in ("would", "'d", "could", "can")
                and at_trigger
                and self.negative
            ):
                continue
            if found is None or told is Status.DENIED:
                found = told
        if (
            found is None
            and self._negates(node, at_trigger=at_trigger)
            and self._denied_argument(node, below, at_trigger=at_trigger)
        ):
            return Status.DENIED
        return found

    def _denied_argument(self, node: Token, below: Token | None, *, at_trigger: bool) -> bool:
        if at_trigger and node.pos_ in ("VERB", "AUX"):
            return any(
                syntax.is_negated(c)
                for c in node.children
                if c.dep_ in ("nsubj", "nsubjpass") and c.i not in self.inside
            )
        return (
            below is not None
            and node.lemma_ in OCCURRENCE
            and syntax.is_negated(node)
            and node.i not in self.inside
        )

    def _negates(self, node: Token, *, at_trigger: bool) -> bool:
        """True where a negation at a word reaches the trigger."""
        if self.negative:
            return False
        return at_trigger or node.pos_ != "VERB" or node.lemma_ in OCCURRENCE

    def _shares(self, below: Token) -> bool:
        """True where the modifiers of the first of coordinated words hold for the next."""
        if not syntax.is_verbal(below):
            return True
        return not any(c.dep_ in ("aux", "auxpass", "nsubj", "nsubjpass") for c in below.children)

    def _governed(self, node: Token, below: Token) -> Status | None:
        if node.i in self.inside or (below.dep_ == "conj" and syntax.is_verbal(node)):
            return None
        told = self.found.get(node.i)
        if told is None:
            return None
        if (
            below.dep_ in ("nsubj", "nsubjpass")
            and told is not Status.REVERSED
            and not (told in (Status.DENIED, Status.CALLED_FOR, Status.FEARED) and below.dep_ == "nsubjpass")
        ):
            return None
        if told is Status.DENIED and syntax.is_negated(node):
            return None
        if told in (Status.REVERSED, Status.CALLED_FOR) and syntax.is_verbal(node) and self._failed(node):
            return Status.ASSERTED
        return told

    def _failed(self, node: Token) -> bool:
        return syntax.is_negated(node) or (node.dep_ == "xcomp" and node.head.lemma_ in ("fail", "refuse"))

    def _stands_alone(self, node: Token) -> bool:
        if node.dep_ in INDEPENDENT:
            return True
        if node.dep_ == "acl" and node.tag_ in ("VBN", "VBG"):
            return True
        return node.dep_ == "amod" and syntax.is_participle(node)


def _imperative(root: Token, trigger: Token) -> bool:
    """True for 'Release all prisoners': a bare verb at the root that asks."""
    if root.tag_ not in ("VB", "VBP") or any(
        c.dep_ in ("nsubj", "nsubjpass", "aux", "expl") for c in root.children
    ):
        return False
    return root.i <= trigger.i and root.i - root.sent.start < OPENING
