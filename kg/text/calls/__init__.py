"""Sentence -> the calls on somebody to act that it makes or reports.

In: a parsed sentence and the call words of the ontology's lexicon. Out: `Call`s with the
phrases that tell who calls, on whom, for what. Six frames: directives ('urge X to'),
proposals ('recommend that X'), modals ('X must'), evaluations ('it is essential that X'),
needs and duties ('support is needed'), and nouns of calling ('repeated calls by X to'). A
call inside the complement of another is part of it; coordinated modals are one call.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.calls.modals import deontic, evaluation, need
from kg.text.calls.nouns import noun
from kg.text.calls.verbs import directive, proposal
from kg.text.calls.words import Call, CallWords, call_words
from kg.text.phrases import SUBJECTS, ancestors, child
from kg.text.syntax import first_conjunct

if TYPE_CHECKING:
    from spacy.tokens import Span

__all__ = ["Call", "CallWords", "call_words", "calls"]

FRAMES = (directive, proposal, deontic, evaluation, need, noun)
_CLOSING = "”\"’'» "


def calls(sentence: Span, words: CallWords) -> list[Call]:
    """The calls of a sentence, outermost ones only, in order; none in a question."""
    if sentence.text.rstrip(_CLOSING).endswith("?"):
        return []
    found: dict[int, Call] = {}
    for token in sentence:
        if token.lower_ not in words.makers and token.lemma_.lower() not in words.makers:
            continue
        for frame in FRAMES:
            call = frame(token, words)
            if call is not None:
                found.setdefault(call.head.i, call)
                break
    return _outermost(found)


def _outermost(found: dict[int, Call]) -> list[Call]:
    """Without calls inside another's complement, and without the later ones of coordinated modals."""
    kept: list[Call] = []
    for call in found.values():
        if any(_holds(found[a.i], call) for a in ancestors(call.head) if a.i in found):
            continue
        own = child(call.head, *SUBJECTS) is not None
        if (
            call.frame == "deontic"
            and any(
                k.frame == "deontic" and first_conjunct(k.head) == first_conjunct(call.head) for k in kept
            )
            and not own
        ):
            continue
        kept.append(call)
    return kept


def _holds(outer: Call, inner: Call) -> bool:
    """True where one call holds the other in what it asks for, not beside or before itself."""
    chain = [inner.head, *ancestors(inner.head)]
    below = chain[[t.i for t in chain].index(outer.head.i) - 1]
    beside = below.dep_ == "conj" or (below.dep_ in ("ccomp", "parataxis") and below.i < outer.head.i)
    return not beside
