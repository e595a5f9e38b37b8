"""How a word of a sentence stands to an act that the sentence tells.

In: the word that tells the act and the parse around it. Out: for any other word, what its place
in the tree says of it: that it is the subject or agent of the act, that it only tells, judges,
fights or suffers it (`apart`), that the act is told beside what it does (`aside`), that it lies
within the phrase of those to whom it is done (`inside`). `kg.text.features` takes up these
marks, `kg.text.participants` keeps out of the accused who stands apart.
"""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from kg.text import syntax

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from spacy.tokens import Token

    from kg.text.lexicon import Lexicon

AWAY = frozenset(
    {
        "after", "following", "since", "despite", "before", "against", "amid", "amidst", "until",
        "over", "about", "regarding", "concerning", "for", "because", "without", "from", "as",
    }
)  # fmt: skip
"""Prepositions with which an act is told beside what the sentence is about."""
COMPLEMENTS = frozenset(
    {"ccomp", "xcomp", "dobj", "prep", "pobj", "acl", "pcomp", "nsubjpass", "relcl", "attr", "oprd", "dative"}
)
"""How an act hangs on a word whose subject can stand apart from it."""
SHARING = frozenset({"conj", "dobj", "nsubjpass"})
"""How an act hangs on a verb that has the same agent."""
OPPOSED = frozenset({"against", "about", "toward", "towards", "over", "concerning", "regarding"})
RECEIVING = frozenset({"to", "for", "on", "upon", "into", "against"})
"""Prepositions that lead to whom something is done, said or given."""
CARRIED = frozenset({"pobj", "prep", "conj", "compound", "amod", "nmod"})
"""How an act hangs on the noun or preposition that is the object of a verb."""
SPOKEN = COMPLEMENTS | {"nsubj", "advcl"}
"""How what is told hangs on the verb that tells it, passive or active."""
CLAUSES = frozenset({"advcl", "ccomp", "relcl", "acl", "xcomp", "parataxis", "csubj"})
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
PATIENTS = frozenset({"dobj", "nsubjpass"})
SUFFERED = frozenset({"of", "against", "on", "to"})
"""Prepositions that lead from an act to those to whom it is done."""


class Standing:
    """The words around an act, each by its place."""

    def __init__(self, anchor: Token, lex: Lexicon) -> None:
        self.anchor, self.lex = anchor, lex
        self.above = [anchor, *anchor.ancestors]
        self._marks: dict[int, frozenset[str]] = {}
        self._place = {t.i: n for n, t in enumerate(self.above)}

    @cached_property
    def arguments(self) -> Mapping[str, list[Token]]:
        """The arguments of the act by role."""
        return syntax.roles(self.anchor)

    @cached_property
    def roles(self) -> dict[int, set[str]]:
        """The roles of the words that are arguments of the act."""
        found: dict[int, set[str]] = {}
        for role, tokens in self.arguments.items():
            for token in tokens:
                found.setdefault(token.i, set()).add(role)
        return found

    @cached_property
    def marks_above(self) -> list[frozenset[str]]:
        """For each word above the act, what parts its subject from the act."""
        held: set[str] = set()
        out = [frozenset(held)]
        for child, head in zip(self.above, self.above[1:], strict=False):
            held |= self._parted(child, head)
            out.append(frozenset(held))
        return out

    def _parted(self, child: Token, head: Token) -> set[str]:
        if child.dep_ in COMPLEMENTS and self.lex.says("apart", head) and not syntax.is_passive(head):
            return {"apart"}
        if child.dep_ in ("prep", "mark") and child.lower_ in AWAY:
            return {"aside", "for"} if child.lower_ == "for" else {"aside"}
        if child.dep_ == "advcl" and _has_subject(child):
            return {"clause"}
        if child.dep_ == "relcl":
            return {"relative"}
        return set()

    @cached_property
    def speakers(self) -> frozenset[int]:
        """Who tells, finds, regrets or asks for what the act is part of."""
        return frozenset(self._subjects_of("speaking"))

    @cached_property
    def bearers(self) -> frozenset[int]:
        """Who undergoes what the act is part of: 'they face harassment'."""
        return frozenset(self._subjects_of("undergoing"))

    @cached_property
    def carriers(self) -> frozenset[int]:
        """Who does what the act is the object of: 'they staged a coup', 'he responded with force'."""
        found: list[Token] = []
        for child, head in zip(self.above, self.above[1:], strict=False):
            if syntax.is_verbal(head) and child.dep_ in ("dobj", "prep", "conj"):
                if child.dep_ != "conj" and self.lex.says("doing", head) and not syntax.is_passive(head):
                    found += syntax.grammatical_subjects(head)[0]
                break
            if child.dep_ not in CARRIED:
                break
        return frozenset(t.i for s in found for t in syntax.conjuncts(s))

    def _subjects_of(self, words: str) -> Iterator[int]:
        """The subjects, or agents of passives, of verbs of a set of words that the act hangs on."""
        for child, head in zip(self.above, self.above[1:], strict=False):
            if child.dep_ in SPOKEN and syntax.is_verbal(head) and self.lex.says(words, head):
                subjects, passive = syntax.grammatical_subjects(head)
                agents = [t for c in head.children if c.dep_ == "agent" for t in c.children]
                yield from (t.i for s in (agents if passive else subjects) for t in syntax.conjuncts(s))

    def marks(self, token: Token) -> frozenset[str]:
        """What the place of a word says of it; empty where it says nothing."""
        known = self._marks.get(token.i)
        if known is None:
            known = self._marks[token.i] = self._found(token)
        return known

    def _found(self, token: Token) -> frozenset[str]:
        first = syntax.first_conjunct(token)
        found = {f"role:{r}" for r in (self.roles.get(token.i) or self.roles.get(first.i) or ())}
        below = [first]
        while below[-1].i not in self._place and below[-1].head.i != below[-1].i:
            below.append(below[-1].head)
        top = below.pop()
        if top.i not in self._place:
            return frozenset({*found, "elsewhere"})
        place = self._place[top.i]
        if "role:by" in found and self._agency(place, first) == "earlier-agent":
            found.discard("role:by")
        accused = self._is_accused(first, top)
        if not accused and not found & {"role:subj", "role:by"}:
            found |= self.marks_above[place]
        held = {
            "speech": token.i in self.speakers or token.i in self.bearers,
            "accused": accused,
            "carrier": token.i in self.carriers,
            "inside": self._is_inside(below, top),
            "below": any(t.dep_ in CLAUSES for t in below),
            "beside": any(t.dep_ == "conj" and _has_subject(t) for t in below[1:]),
            "opposed": self._is_opposed(first),
            "recipient": first.dep_ == "pobj" and first.head.lower_ in RECEIVING,
            "described": any(t.dep_ == "relcl" and t.head != self.anchor for t in below),
        }
        found |= {mark for mark, holds in held.items() if holds}
        if not found & {"accused", "role:subj", "role:by", "inside"} and self._is_object((first, *below)):
            found.add("object")
        return frozenset(found | self._at_the_end(below, place))

    def _at_the_end(self, below: list[Token], place: int) -> set[str]:
        """What the last step to the act, or to the word above it, says."""
        if not below:
            return set()
        last, direct = below[-1], len(below) == 1
        if last.dep_ in SUBJECTS and place:
            return {"above-subj" if direct else "above-in-subj"}
        if last.dep_ in ("agent", "prep") and last.lower_ == "by" and below[0].head == last:
            return {self._agency(place, last)}
        return set()

    def _agency(self, place: int, by: Token) -> str:
        """Whose agent follows a 'by': the act's, that of the act and the word above it, or of that alone.

        Of two acts the agent of the last is that of both: not so in 'evicted by landlords and beaten'.
        """
        if not place:
            return "agent"
        path = self.above[:place]
        if any(t.dep_ == "conj" and syntax.is_verbal(t) and by.i < t.i for t in path):
            return "earlier-agent"
        return "above-agent" if all(t.dep_ in SHARING for t in path) else "aside-agent"

    def _is_opposed(self, token: Token) -> bool:
        """True for whom something is said or done against: 'protests against X', 'critics of X'."""
        by = token.head
        if token.dep_ != "pobj" or by.head == self.anchor:
            return False
        if by.lower_ in OPPOSED:
            return True
        if by.lower_ == "of":
            return self.lex.says("critic", by.head) or self.lex.says("speaking", by.head)
        return by.lower_ == "to" and self.lex.says("speaking", by.head)

    def _is_accused(self, token: Token, top: Token) -> bool:
        """True for X in 'accuse X of torture', 'X is blamed for the killing'."""
        return (
            top.i != self.anchor.i
            and token.dep_ in PATIENTS
            and token.head == top
            and self.lex.says("accusing", top)
        )

    def _is_object(self, below: tuple[Token, ...]) -> bool:
        """True for a word that something else is done to: 'arrested for defaming the government'."""
        acts = (self.anchor, syntax.first_conjunct(self.anchor))
        return any(t.dep_ in PATIENTS and t.head not in acts for t in below)

    def _is_inside(self, below: list[Token], top: Token) -> bool:
        """True for a word within the phrase of those to whom it is done: 'critics of the government'."""
        if syntax.first_conjunct(self.anchor) != syntax.first_conjunct(top):
            return False
        return any(
            (t.dep_ in PATIENTS or (t.dep_ == "pobj" and t.head.lower_ in SUFFERED and t.head.head == top))
            and not self.lex.says("abstract", t)
            for t in below[1:]
        )


@lru_cache(maxsize=4)
def standing_to(anchor: Token, lex: Lexicon) -> Standing:
    """The words around an act; kept for a while, since the ranker and the rules ask for the same."""
    return Standing(anchor, lex)


def _has_subject(verb: Token) -> bool:
    return any(c.dep_ in SUBJECTS for c in verb.children)
