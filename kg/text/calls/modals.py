"""Calls made by modals and their like: 'X must act', 'it is essential that', 'support is needed'.

The same words also tell what a law lays down, what is expected, planned or blamed; most of the
conditions here keep those out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.calls.clauses import VERBAL, asked_verb, extent, is_main, is_said, source
from kg.text.calls.words import NEEDING, Call
from kg.text.phrases import child, children, is_infinitive, is_perfect, prepositional, subject
from kg.text.syntax import first_conjunct, is_negated, is_passive

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.text.calls.words import CallWords

_PRESENT = ("VBZ", "VBP")
_UNASKED = frozenset({"you", "that", "what", "which", "who", "one"})
_NORMS = frozenset({"according", "under", "pursuant"})


def deontic(token: Token, words: CallWords) -> Call | None:
    """'The state must act', 'charges should be dropped', 'the treaty has to provide safeguards'."""
    found = _governed(token, words)
    if found is None:
        return None
    verb, clause = found
    who, root = subject(clause), first_conjunct(clause)
    if who is None or who.lower_ in _UNASKED or is_perfect(verb):
        return None
    if not is_main(clause) or (
        verb.lemma_.lower() in words.no_acts and (who.pos_ == "PRON" or is_passive(verb))
    ):
        return None
    if root.dep_ == "ccomp" and root.head.i != root.i and not is_said(root, words):
        return None
    if _lays_down(verb, root, words) or _is_planned(verb):
        return None
    return Call(clause, "deontic", extent(clause), verb, source(clause, words), who)


def _governed(token: Token, words: CallWords) -> tuple[Token, Token] | None:
    """The verb that a deontic word governs and the head of its clause: 'must ACT', 'HAS to ACT'."""
    lemma = token.lemma_.lower()
    if (
        token.tag_ == "MD"
        and token.dep_ == "aux"
        and (token.lower_ in words.deontics or lemma in words.deontics)
    ):
        return token.head, token.head
    if lemma in words.deontics and token.pos_ in VERBAL and token.tag_ in (*_PRESENT, "MD"):
        asked = child(token, "xcomp")
        if asked is not None and is_infinitive(asked) and child(token, "dobj") is None:
            return asked, token
    return None


def _lays_down(verb: Token, root: Token, words: CallWords) -> bool:
    """True where the clause tells what a law or rule demands, not what the text demands."""
    for prep in (*children(verb, "prep"), *children(root, "prep")):
        inner = [prep, *children(prep, "prep")]
        nouns = [n for p in inner for n in children(p, "pobj")]
        if prep.lower_ in _NORMS and any(words.says("norm", n) for n in nouns):
            return True
    teller = subject(root.head) if root.dep_ == "ccomp" else None
    return teller is not None and words.says("norm", teller)


def _is_planned(verb: Token) -> bool:
    """True for 'should be taken to a vote in September 2024': a date that is set, not a call."""
    if not is_passive(verb):
        return False
    for prep in verb.subtree:
        if prep.dep_ == "prep" and prep.lower_ in ("in", "on") and prep.i > verb.i:
            noun = child(prep, "pobj")
            if noun is not None and noun.pos_ == "PROPN" and any(t.tag_ == "CD" for t in noun.children):
                return True
    return False


def evaluation(token: Token, words: CallWords) -> Call | None:
    """'It is essential that X act', 'it is time for X to act'."""
    if token.lemma_.lower() not in words.evaluations or token.dep_ not in ("acomp", "attr", "oprd"):
        return None
    verb = token.head
    who = subject(verb)
    if (
        verb.tag_ not in _PRESENT
        or who is None
        or who.lower_ != "it"
        or is_negated(verb)
        or is_negated(token)
    ):
        return None
    asked = next((c for c in (*verb.children, *token.children) if _is_complement(c, token)), None)
    if asked is None or asked.lemma_.lower() in words.no_acts or not is_main(verb):
        return None
    addressee = child(asked, "nsubj", "nsubjpass") or prepositional(token, "for")
    return Call(verb, "evaluation", extent(verb), asked, source(verb, words), addressee)


def _is_complement(token: Token, adjective: Token) -> bool:
    return (
        token.dep_ in ("ccomp", "advcl", "xcomp", "acl", "relcl", "csubj")
        and token.i > adjective.i
        and token.pos_ in VERBAL
        and (is_infinitive(token) or child(token, "mark") is not None)
    )


def need(token: Token, words: CallWords) -> Call | None:
    """'There is a need to act', 'support is needed', 'we need X to act', 'X has a duty to act'."""
    lemma = token.lemma_.lower()
    if lemma == "need" and token.pos_ == "NOUN":
        return _need_noun(token, words)
    if token.lower_ in words.needs and token.tag_ == "VBN":
        return _needed(token, words)
    if lemma in NEEDING and token.tag_ == "VBP":
        return _needing(token)
    if lemma in words.duties and token.dep_ == "dobj" and token.head.lemma_ == "have":
        return _duty(token, words)
    return None


def _need_noun(token: Token, words: CallWords) -> Call | None:
    verb = token.head
    there = child(verb, "expl") is not None
    if not there or verb.tag_ not in _PRESENT or is_negated(token) or is_negated(verb) or not is_main(verb):
        return None
    asked = next((c for c in token.children if c.dep_ in ("acl", "relcl") and c.i > token.i), None)
    asked = asked or prepositional(token, "for") or prepositional(verb, "for") or asked_verb(verb)
    if asked is None:
        return None
    return Call(verb, "need", extent(verb), asked, source(verb, words), child(asked, "nsubj"))


def _needed(token: Token, words: CallWords) -> Call | None:
    auxiliary = child(token, "auxpass")
    who = subject(token)
    if (
        auxiliary is None
        or auxiliary.tag_ not in _PRESENT
        or who is None
        or who.pos_ not in ("NOUN", "PROPN")
    ):
        return None
    if (
        is_negated(token)
        or is_negated(who)
        or not is_main(token)
        or (token.lower_ == "required" and asked_verb(token))
    ):
        return None
    return Call(token, "need", extent(token), who, source(token, words), None)


def _needing(token: Token) -> Call | None:
    who = subject(token)
    if who is None or who.lower_ != "we" or not is_main(token) or is_negated(token):
        return None
    asked, thing = asked_verb(token), child(token, "dobj")
    if asked is None:
        return None
    if child(asked, "nsubj") is not None:
        return Call(token, "need", extent(token), asked, None, child(asked, "nsubj"))
    if thing is not None and thing.pos_ == "NOUN" and is_infinitive(asked) and asked.i > thing.i:
        return Call(token, "need", extent(token), thing, None, None)
    return None


def _duty(token: Token, words: CallWords) -> Call | None:
    verb = token.head
    asked = next((c for c in (*token.children, *verb.children) if is_infinitive(c) and c.i > token.i), None)
    if (
        asked is None
        or verb.tag_ not in _PRESENT
        or is_negated(verb)
        or is_negated(token)
        or not is_main(verb)
    ):
        return None
    if any(p.lower_ in _NORMS for p in verb.children):
        return None
    return Call(verb, "duty", extent(verb), asked, source(verb, words), subject(verb))
