"""Calls told by a noun: 'repeated calls from X to act', 'we echo the recommendation that'."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.calls.clauses import VERBAL, extent, performs
from kg.text.calls.words import Call
from kg.text.phrases import child, children, is_infinitive, prepositional, subject
from kg.text.syntax import is_negated

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.text.calls.words import CallWords

_TAKEN = frozenset({"welcome", "heed", "implement", "accept", "follow", "answer", "meet", "appreciate"})
"""Verbs that take a call up: 'we welcome the call for inputs' makes none."""
_COMPLEMENTS = ("acl", "relcl", "ccomp", "xcomp", "advcl")
_ADDRESSED = ("recommendation", "demand")
"""Nouns of calls that are handed over: 'submits recommendations to the Committee'."""


def noun(token: Token, words: CallWords) -> Call | None:
    """A call by its noun, where the text tells whose it is and what for."""
    if token.pos_ != "NOUN":
        return None
    if token.lemma_.lower() == "need":
        return _stressed_need(token, words)
    if token.lemma_.lower() not in words.nouns:
        return None
    asked, wanted = _content(token), _wanted(token)
    verb = _echo(token, words)
    if verb is not None:
        head, by = verb, subject(verb)
        to = prepositional(token, "to", "on", "upon") or prepositional(verb, "to")
        handed = to is not None and token.lemma_ in _ADDRESSED
    else:
        head, by = token, _whose(token)
        to, handed = prepositional(token, "on", "upon"), False
    if child(token, "nummod") is not None and asked is None:
        return None  # '31 recommendations were addressed to the state' only counts them
    if by is None or is_negated(head) or not (asked is not None or wanted is not None or handed):
        return None
    doer = child(asked, "nsubj", "nsubjpass") if asked is not None else None
    addressee = doer or (wanted if asked is not None else None) or to
    return Call(head, "noun", extent(head), asked or wanted, by, addressee)


def _whose(token: Token) -> Token | None:
    """Who calls, by the noun's own words; nobody where the sentence only takes the call up."""
    if token.dep_ == "compound" or (token.dep_ == "dobj" and token.head.lemma_ in _TAKEN):
        return None
    return prepositional(token, "from", "by", "of") or child(token, "poss")


def _stressed_need(token: Token, words: CallWords) -> Call | None:
    """'The Committee stressed the need for reform': who points out a need asks for what is needed."""
    verb = token.head
    if token.dep_ != "dobj" or not words.says("stating", verb) or not performs(verb, words):
        return None
    asked = next((c for c in token.children if c.dep_ in ("acl", "relcl") and is_infinitive(c)), None)
    asked = asked or prepositional(token, "for", "of")
    by = subject(verb)
    if asked is None or by is None:
        return None
    return Call(verb, "noun", extent(verb), asked, by, child(asked, "nsubj"))


def _content(token: Token) -> Token | None:
    """The verb of what is called for: on the noun, or on what stands between them in the parse."""
    above = token.head
    between = [token, *(t for t in token.subtree if t.i > token.i and t.pos_ in ("NOUN", "PROPN"))]
    if token.dep_ in ("dobj", "pobj"):
        between += [above, *children(above, "conj")]
    for holder in between:
        for c in holder.children:
            if c.i > token.i and c.pos_ in VERBAL and c.dep_ in _COMPLEMENTS and _asks(c):
                return c
    return None


def _asks(verb: Token) -> bool:
    """True for 'to act' and 'that X act'."""
    told = child(verb, "mark") is not None or verb.tag_ == "VB"
    return is_infinitive(verb) or (told and child(verb, "nsubj") is not None)


def _wanted(token: Token) -> Token | None:
    """The thing that is called for, also where 'for' hangs on the caller: 'calls from NGOs for ...'."""
    found = prepositional(token, "for")
    if found is not None:
        return found
    caller = prepositional(token, "from", "by", "of")
    return prepositional(caller, "for") if caller is not None else None


def _echo(token: Token, words: CallWords) -> Token | None:
    """The verb that makes or passes the call on."""
    if token.dep_ not in ("dobj", "pobj"):
        return None
    verb = token.head.head if token.dep_ == "pobj" else token.head
    if (
        verb.lemma_.lower() in words.echoes
        and verb.tag_.startswith("VB")
        and verb.tag_ != "VBN"
        and performs(verb, words)
    ):
        return verb
    return None
