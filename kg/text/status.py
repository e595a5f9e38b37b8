"""How a claim stands to the act that it is about, read from what stands above the trigger in the parse.

In: a sentence with its parse, a trigger, and the status cues of the ontology (`rg:Denied
rg:cue "deny/VERB"`). Out: a `Status`. The tree is climbed from the trigger towards the root;
what modifies a word on the way (auxiliaries, adverbs, adjectives, conjunctions) and what
governs it is looked up. The nearest finding decides, except that a demand or a denial further
up overrides what only colours ('calls for the lifting of the ban'). Clauses that stand for
themselves (relative clauses, 'because', 'after', participles that describe) end the climb:
'should condemn the police for the killings' asserts the killings. An event that is named as
known ('their arrest', 'the killing of') isn't made doubtful by what is said about it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.languages.english import TOPIC
from kg.model import Status
from kg.text import syntax
from kg.text.phrases import child

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spacy.tokens import Token

    from kg.model import Sentence
    from kg.text.cues import Match, Sighted
    from kg.text.lexicon import Lexicon

MODIFIERS = frozenset(
    {"aux", "auxpass", "advmod", "amod", "mark", "neg", "det", "acomp", "preconj", "npadvmod"}
)
PREDICATES = frozenset({"acomp", "attr", "oprd", "amod"})
NOUN_LINKS = frozenset({"compound", "prep", "nmod", "acl", "nsubj"})
INDEPENDENT = frozenset({"relcl", "advcl", "parataxis", "appos"})
NOMINAL = frozenset({"NOUN", "PROPN"})
COMPARED = frozenset({"fewer", "less", "more", "longer", "doubt", "only", "just", "least"})
DEFINITE = frozenset({"the", "this", "these", "that", "those", "such"})
REACH = 25
"""How many steps a climb takes at most."""
OPENING = 3
"""How near to the start of a sentence an imperative stands."""
STATUS = {s.value.replace("-", ""): s for s in Status}
NEGATIONS = frozenset({"no", "not", "never", "none", "nobody", "nothing", "without", "neither"})
SOFT = frozenset({Status.ALLEGED, Status.REVERSED, Status.NORMATIVE, Status.FEARED})
"""What a stronger governor further up overrides."""
PRESUPPOSING = frozenset({Status.FEARED, Status.NORMATIVE, Status.CALLED_FOR})
"""What doesn't reach an event that is named as known."""

_TOPIC = re.compile(TOPIC)

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


def status_of(
    match: Match, found: Mapping[int, Status], lexicon: Lexicon, *, demanded: bool = False
) -> Status:
    """The status of what a trigger says; `demanded` where the sentence stands in a list of demands."""
    return _Climb(match, found, lexicon).run(demanded=demanded)


class _Climb:
    """One climb from a trigger to the root."""

    def __init__(self, match: Match, found: Mapping[int, Status], lexicon: Lexicon) -> None:
        self.trigger = match.anchor
        self.found = found
        self.lexicon = lexicon
        self.inside = frozenset(match.tokens)
        self.negative = match.cue.negative or _is_omission(match, lexicon)
        self.presumed = STATUS.get(match.cue.status)
        self.soft = self.presumed if self.presumed in SOFT else None
        self.topic = False
        self.explained = False
        self.known = match.anchor.pos_ in NOMINAL and _is_definite(match.anchor)

    def run(self, *, demanded: bool) -> Status:
        """The status at the end of the climb."""
        if _is_inverted(self.trigger):
            return Status.FEARED
        below, node = None, self.trigger
        for _ in range(REACH):
            governed = self._governed(node, below) if below is not None else None
            told = governed if governed is Status.ASSERTED else self._modified(node, below) or governed
            if told is not None and (done := self._settle(told)):
                return done
            if _stands_alone(node):
                return self._at_barrier(node)
            if node.head == node:
                break
            below, node = node, node.head
        if self.presumed is not Status.ASSERTED and (demanded or _is_imperative(node, self.trigger)):
            return Status.CALLED_FOR
        return self._otherwise()

    def _otherwise(self) -> Status:
        if self.soft is None and (self.topic or self.explained):
            return Status.NORMATIVE
        return self.soft or Status.ASSERTED

    def _settle(self, told: Status) -> Status | None:
        """The final status, or None where the climb goes on."""
        if told is Status.DENIED:
            return Status.ASSERTED if self.soft is Status.REVERSED else told
        if self.presumed is Status.ASSERTED and told is not Status.ALLEGED:
            return None
        if told is Status.ASSERTED:
            return self.soft or (Status.NORMATIVE if self.explained else Status.ASSERTED)
        if told in SOFT:
            self.soft = self.soft or told
            return None
        return told

    def _at_barrier(self, node: Token) -> Status:
        """The status of what stands in a clause of its own, by the noun that it describes."""
        if self.soft is not None or node.dep_ not in ("relcl", "acl", "amod"):
            return self._otherwise()
        noun = node.head
        clause = noun.head
        if _is_generic(noun, self.lexicon) or (node.dep_ == "relcl" and self._is_norm(clause)):
            return Status.NORMATIVE
        if self.found.get(clause.i) is Status.REVERSED and self.lexicon.says("law", noun):
            return Status.REVERSED
        if node.dep_ == "relcl" and self._is_imagined(noun, clause):
            return Status.FEARED
        return Status.DENIED if self._is_invented(noun) else self._otherwise()

    def _is_norm(self, clause: Token) -> bool:
        """True for a main clause under a rule: 'under the code, officers who ... face dismissal'."""
        return any(
            self.lexicon.says("law", inner)
            for prep in clause.children
            if prep.dep_ == "prep" and prep.lower_ == "under"
            for inner in prep.children
        )

    def _is_imagined(self, noun: Token, clause: Token) -> bool:
        """True for 'a court that ... would', 'they play officers who'."""
        if self.lexicon.says("fiction", clause) and noun.dep_ == "dobj":
            return True
        one = any(c.lower_ in ("a", "an") for c in noun.children)
        return one and any(c.dep_ == "aux" and self.found.get(c.i) is Status.FEARED for c in clause.children)

    def _is_invented(self, noun: Token) -> bool:
        """True for 'the story of a kidnapped priest is a lie'."""
        told = noun.head.head if noun.dep_ == "pobj" else noun
        if not self.lexicon.says("evidence", told):
            return False
        verb = told.head
        return self.found.get(verb.i) is Status.DENIED or any(
            self.found.get(c.i) is Status.DENIED
            for c in verb.children
            if c.dep_ in PREDICATES or c.dep_ == "ccomp"
        )

    def _modified(self, node: Token, below: Token | None) -> Status | None:
        """What the modifiers of a word on the way tell."""
        if below is not None and below.dep_ == "conj" and not _shares_modifiers(below):
            return None
        if self._is_negated(node, below):
            return Status.DENIED
        if node.pos_ in NOMINAL and _is_generic(node, self.lexicon):
            return Status.NORMATIVE
        if node.dep_ == "ccomp" and any(c.dep_ == "advmod" and c.lower_ == "how" for c in node.children):
            self.explained = True
        reached = below is None or self._reaches(node, below)
        tells = (self._modifier(c, below, reached=reached) for c in node.children if c != below)
        return next((told for told in tells if told is not None), None)

    def _modifier(self, child: Token, below: Token | None, *, reached: bool) -> Status | None:
        """What one modifier tells of the word that it stands at."""
        told = None if child.i in self.inside else self.found.get(child.i)
        if told is Status.DENIED:
            return told if below is not None and child.dep_ in PREDICATES else None
        if child.dep_ not in MODIFIERS or (told is Status.NORMATIVE and child.dep_ == "amod"):
            return None
        if told is Status.NORMATIVE and child.dep_ == "acomp" and self._is_ruled(child.head):
            return told
        if child.dep_ != "mark" and (told is Status.ASSERTED or not reached):
            return None
        modal = told is Status.FEARED and child.dep_ == "aux"
        return None if modal and below is None and self.negative else told

    def _is_ruled(self, verb: Token) -> bool:
        """True for 'torture is punishable', of no torture in particular."""
        return not self.known and verb.tag_ in ("VBZ", "VBP") and verb.lemma_ == "be"

    def _reaches(self, node: Token, below: Token) -> bool:
        """True where a modal or adverb at a word is one of the event below it."""
        if syntax.is_verbal(node) and below.pos_ in NOMINAL:
            if self.known and below == self.trigger:
                return False
            return below.dep_ not in ("nsubj", "nsubjpass") or self.lexicon.says("occurrence", node)
        return below.dep_ not in ("csubj", "csubjpass")

    def _is_negated(self, node: Token, below: Token | None) -> bool:
        if self.negative or (node.i in self.inside and below is not None):
            return False
        if below is None:
            verbs = [node, node.head] if node.dep_ in ("acomp", "attr", "oprd") else [node]
            return any(self._denies(v) for v in verbs)
        if node.pos_ in NOMINAL and self.lexicon.says("evidence", node):
            return syntax.is_negated(node)
        if below.dep_ in ("conj", "csubj", "advcl", "relcl") or (self.known and below == self.trigger):
            return False
        return self._negates_below(node, below)

    def _negates_below(self, node: Token, below: Token) -> bool:
        """True where the negation of a verb is one of its argument: 'there were no', 'did not face'."""
        if not syntax.is_negated(node) or _is_only(node) or not self.lexicon.says("occurrence", node):
            return False
        if below.dep_ in ("nsubj", "nsubjpass"):
            return node.lemma_ != "be" or node.pos_ != "AUX"
        return not any(c.dep_ == "advmod" and c.tag_.startswith("W") for c in below.children)

    def _denies(self, node: Token) -> bool:
        """True where a word is negated, or its subject is nobody."""
        own = syntax.is_negated(node) and not _is_only(node)
        return own or (syntax.is_verbal(node) and any(self._is_nobody(c) for c in node.children))

    def _is_nobody(self, child: Token) -> bool:
        """True for 'nobody', 'no journalists', 'not one prisoner' as the subject."""
        if child.dep_ not in ("nsubj", "nsubjpass") or child.i in self.inside:
            return False
        if self.lexicon.says("nobody", child):
            return True
        return (syntax.is_negated(child) or child.left_edge.lower_ == "not") and not _is_only(child.head)

    def _governed(self, node: Token, below: Token) -> Status | None:
        """What a word says of the one below it."""
        if node.i in self.inside or below.dep_ in ("conj", "amod"):
            return None
        if node.dep_ == "prep" and below.pos_ in NOMINAL and not self.known and self._is_topic(node):
            self.topic = True
        told = self.found.get(node.i)
        if told is None or not self._reaches_below(node, below, told):
            return None
        if told in (Status.REVERSED, Status.CALLED_FOR) and self._failed(node):
            return Status.ASSERTED
        return told

    def _reaches_below(self, node: Token, below: Token, told: Status) -> bool:
        """True where what a governor says is said of the word below it."""
        if self.known and below == self.trigger and told in PRESUPPOSING:
            return False
        if told is Status.NORMATIVE and node.pos_ in NOMINAL and below.dep_ not in NOUN_LINKS:
            return False
        if below.dep_ == "nsubj":
            return told is Status.REVERSED or (told is Status.NORMATIVE and not syntax.is_verbal(node))
        if told is Status.DENIED:
            return not syntax.is_negated(node) and not (node.pos_ == "ADP" and below.tag_ in ("VBN", "VBD"))
        return below.dep_ != "nsubjpass" or told not in (Status.FEARED, Status.ASSERTED)

    def _is_topic(self, preposition: Token) -> bool:
        """True for what is only talked or worked about: 'a play about torture', 'campaigns against'."""
        if self.presumed is not None or not self.lexicon.says("topic", preposition):
            return False
        head = preposition.head
        if preposition.lower_ == "against":
            return self.lexicon.says("struggle", head)
        return preposition.lower_ != "on" or self.lexicon.says("discourse", head)

    def _failed(self, node: Token) -> bool:
        """True for 'refused to lift', 'did not end'."""
        return syntax.is_verbal(node) and (
            syntax.is_negated(node) or (node.dep_ == "xcomp" and self.lexicon.says("refusal", node.head))
        )


def is_confirmed(trigger: Token, lexicon: Lexicon) -> bool:
    """True for what somebody found or admitted: 'the police chief admitted that his men had shot her'."""
    node = trigger
    for _ in range(REACH):
        if node.dep_ == "ccomp" and lexicon.says("confirming", node.head):
            return not syntax.is_negated(node.head)
        if node.head == node or node.dep_ in INDEPENDENT:
            return False
        node = node.head
    return False


def _is_omission(match: Match, lexicon: Lexicon) -> bool:
    """True where the words that the model points at say what isn't done: 'has never paid compensation'."""
    if match.cue.source or match.cue.term not in lexicon.omitted:
        return False
    doc = match.anchor.doc
    return any(doc[i].dep_ == "neg" or doc[i].lower_ in NEGATIONS for i in match.tokens)


def _is_inverted(trigger: Token) -> bool:
    """True in a condition without 'if': 'Had the army opened fire, ...'."""
    first = trigger.sent[0]
    if first.lower_ not in ("had", "were", "should") or trigger.sent[-1].text == "?":
        return False
    comma = next((t.i for t in trigger.sent if t.text == ","), first.i)
    return first.i <= trigger.i < comma


def _is_generic(noun: Token, lexicon: Lexicon) -> bool:
    """True for 'any killing', 'every person who', 'anyone': nobody in particular."""
    return lexicon.says("anybody", noun) or any(
        c.dep_ == "det" and lexicon.says("anybody", c) for c in noun.children
    )


def _is_definite(noun: Token) -> bool:
    """True for an event named as known: 'the killing of', 'their arrest', 'this attack'."""
    return any(
        c.dep_ == "poss" or (c.dep_ == "det" and c.lower_ in DEFINITE) for c in noun.children
    ) and not any(
        c.dep_ == "amod" and c.lower_ in ("possible", "potential", "alleged", "future") for c in noun.children
    )


def _is_only(node: Token) -> bool:
    """True for 'no fewer than', 'not only', which deny nothing."""
    near = [*node.children]
    near += [g for k in node.children if k.dep_ in ("nsubjpass", "nsubj", "dobj") for g in k.subtree]
    return any(
        c.lower_ in ("no", "not") and c.i + 1 < len(c.doc) and c.doc[c.i + 1].lower_ in COMPARED for c in near
    )


def _shares_modifiers(below: Token) -> bool:
    """True where the modifiers of the first of coordinated words hold for the next."""
    if not syntax.is_verbal(below):
        return True
    return not any(c.dep_ in ("aux", "auxpass", "nsubj", "nsubjpass") for c in below.children)


def _stands_alone(node: Token) -> bool:
    """True for a clause or participle that says something of its own."""
    if node.dep_ in INDEPENDENT:
        return True
    if node.dep_ == "acl":
        return node.tag_ in ("VBN", "VBG", "VBD") and not any(
            c.dep_ in ("mark", "nsubj", "nsubjpass") for c in node.children
        )
    return node.dep_ == "amod" and syntax.is_participle(node)


def _is_imperative(root: Token, trigger: Token) -> bool:
    """True for 'Release all prisoners': a bare verb at the root that asks."""
    if root.tag_ not in ("VB", "VBP") or any(
        c.dep_ in ("nsubj", "nsubjpass", "aux", "expl") for c in root.children
    ):
        return False
    return root.i <= trigger.i and root.i - root.sent.start < OPENING


def is_topic(sentence: Sentence, token: Token) -> bool:
    """True for what a sentence only takes up: 'Regarding the arrests, the minister said that ...'."""
    opening = _TOPIC.match(sentence.text)
    if opening is None:
        return False
    subject = child(sentence.tokens.root, *syntax.NOUN_SUBJECTS)
    return subject is not None and token.i < subject.i
