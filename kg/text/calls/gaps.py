"""One verb of calling, several who are asked: 'we urge X to act, Y to pay and the Z to rest'.

In: a call. Out: its parts, each with who is asked in it. The parser loses the second object of a
verb that isn't said again, so the parts are found by their form: a noun phrase between a comma
or 'and' and 'to' with a verb; for proposals a clause that begins with another 'that'.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.tokens import Span, Token

    from kg.text.calls.words import Call

_JOINTS = frozenset({",", ";", "and", "or"})
_INSIDE = frozenset({"of", "for", "on", "in", "and", "’s", "'s", "’", "'", "-", "&", "to"})
_PHRASE = frozenset({"NOUN", "PROPN", "ADJ", "DET", "NUM"})
_LONGEST = 12
_FEWEST = 2
"""Joints that make an enumeration of acts."""


class Asked(NamedTuple):
    """A part of a call, and the head of who is asked in it."""

    part: Span
    addressee: Token


def shared(call: Call, can_act: Callable[[Token], bool]) -> list[Asked]:
    """The parts of a call that asks several; nothing where it asks one."""
    if call.addressee is None or call.frame not in ("directive", "proposal"):
        return []
    begins = _clauses(call) if call.frame == "proposal" else _objects(call)
    told = [(start, head) for start, head in begins if can_act(head)]
    if not told:
        return []
    doc, extent = call.head.doc, call.extent
    starts = [extent.start, *(start for start, _ in told), _end(call)]
    heads = [call.addressee, *(head for _, head in told)]
    return [Asked(_trimmed(doc[a:b]), head) for (a, b), head in zip(pairwise(starts), heads, strict=True)]


def enumerated(call: Call) -> list[Span]:
    """The parts of a call that lists acts: 'to open ...; free ...; and pay ...', 'to X, to Y and to Z'."""
    doc, sent = call.head.doc, call.head.sent
    end = _end(call)
    acts = [t.i for t in doc[call.head.i + 1 : sent.end] if t.text == ";" and _acts_after(t)]
    if len(acts) > 1:
        end = sent.end
    else:
        acts = [t.i for t in doc[call.head.i + 1 : call.extent.end] if t.lower_ in _JOINTS and _to_after(t)]
    if len(acts) < _FEWEST:
        return []
    starts = [call.extent.start, *acts]
    return [_trimmed(doc[a:b]) for a, b in pairwise([*starts, end])]


def _acts_after(mark: Token) -> bool:
    """True for a semicolon before the bare form of a verb: '; and release'."""
    following = mark.doc[mark.i + 1 : min(mark.sent.end, mark.i + 4)]
    first = next((t for t in following if t.lower_ not in ("and", "to", "also") and t.pos_ != "ADV"), None)
    return first is not None and first.text.islower() and first.tag_ in ("VB", "VBP")


def _to_after(joint: Token) -> bool:
    """True for a comma or 'and' right before another 'to' with a verb."""
    return joint.i + 1 < joint.sent.end and _is_to(joint.nbor()) and joint.nbor(-1).lower_ not in _JOINTS


def _objects(call: Call) -> list[tuple[int, Token]]:
    """Where another '..., Y to act' begins in a directive, with its head."""
    doc, end = call.head.doc, _end(call)
    first = next((t.i for t in call.extent if t.i > call.head.i and _is_to(t)), end)
    found = []
    for token in doc[first + 1 : end]:
        if not _is_to(token):
            continue
        start = token.i
        while start > first and (doc[start - 1].pos_ in _PHRASE or doc[start - 1].lower_ in _INSIDE):
            start -= 1
            if token.i - start > _LONGEST:
                break
        while start < token.i and (doc[start].lower_ in _JOINTS or doc[start].pos_ not in _PHRASE):
            start += 1
        heads = [t for t in doc[start : token.i] if t.pos_ in ("NOUN", "PROPN")]
        joined = start > 0 and doc[start - 1].lower_ in _JOINTS
        if joined and heads and token.i - start <= _LONGEST:
            found.append((start, _head(doc[start : token.i])))
    return found


def _clauses(call: Call) -> list[tuple[int, Token]]:
    """Where another ', that Y act' begins in a proposal, with its subject."""
    doc, stop = call.head.doc, _end(call)
    first = next((t.i for t in call.extent if t.i > call.head.i and t.lower_ == "that"), stop)
    found = []
    for token in doc[first + 1 : stop]:
        if token.lower_ != "that" or doc[token.i - 1].lower_ not in _JOINTS:
            continue
        end = token.i + 1
        while end < stop and (doc[end].pos_ in _PHRASE or doc[end].lower_ in ("of", "for", "on")):
            end += 1
        if end > token.i + 1 and any(t.pos_ in ("NOUN", "PROPN") for t in doc[token.i + 1 : end]):
            found.append((token.i, _head(doc[token.i + 1 : end])))
    return found


def _end(call: Call) -> int:
    """The token after the sentence: the clauses of those asked later may not hang on the verb."""
    return max(call.extent.end, call.head.sent.end)


def _is_to(token: Token) -> bool:
    """True for the 'to' of an infinitive."""
    following = token.doc[token.i + 1 : token.i + 3] if token.lower_ == "to" else ()
    verb = next((t for t in following if not t.is_quote), None)
    return verb is not None and verb.tag_ == "VB"


def _head(phrase: Span) -> Token:
    """The head noun of a phrase by its form: the last noun before 'of' or the like."""
    last = phrase[0]
    for token in phrase:
        if token.lower_ in ("of", "for", "on", "in", "to") and last.pos_ in ("NOUN", "PROPN"):
            break
        if token.pos_ in ("NOUN", "PROPN"):
            last = token
    return last


def _trimmed(part: Span) -> Span:
    """Without the commas and conjunctions at its ends."""
    start, end = part.start, part.end
    while start < end - 1 and (part.doc[start].lower_ in _JOINTS or part.doc[start].is_space):
        start += 1
    while end > start + 1 and (part.doc[end - 1].lower_ in _JOINTS or part.doc[end - 1].is_space):
        end -= 1
    return part.doc[start:end]
