"""Calls on somebody to act: 'we urge X to', 'X must', 'calls on', imperative lists, reported calls.

In: a reading. Out: one claim a call, with who calls, who is asked, what for, which rights it
is about and which mechanism it goes through. The grammar of calls is in `kg.text.calls`; here
stands what needs the item: voices, attribution, and which blocks can hold a call at all.
Titles and headings repeat what the text below them asks, so they make no call of their own.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from kg.extractors.rights import NAMING, signs_in
from kg.model import Claim, Recommendation, Span
from kg.text.attribution import attribution
from kg.text.calls import call_words, calls
from kg.text.calls.gaps import enumerated, shared
from kg.text.calls.lists import LISTABLE, led_blocks, own_addressee, parts
from kg.text.calls.norms import is_norm
from kg.text.calls.reviews import entries, introductions
from kg.text.calls.voices import acts, addressee, caller, speaking, whom
from kg.text.naming import Named

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.model import Reading, Sentence
    from kg.text.calls import Call
    from kg.text.calls.lists import Led
    from kg.text.calls.reviews import Entry
    from kg.vocabulary import Vocabulary

CONFIDENCE = {
    "directive": 0.95,
    "proposal": 0.85,
    "deontic": 0.85,
    "evaluation": 0.8,
    "need": 0.75,
    "duty": 0.75,
    "noun": 0.8,
    "list": 0.9,
    "review": 0.97,
}
"""By frame: how often a call of that frame is one, as counted on documents outside the examples."""
DESCRIBING = frozenset({"news", "report"})
"""Genres that tell what laws demand, in their own voice."""
_MARK = re.compile(r"(?:^|(?<=\s))\((?:i{1,3}|iv|v|vi{0,3}|[a-h]|\d)\)(?=\s)")


def extract(reading: Reading, vocabulary: Vocabulary) -> Iterator[Claim]:
    """The calls of an item, in order."""
    words = call_words(vocabulary)
    listed = entries(reading.item.document.text, reading.item.span, vocabulary)
    yield from _reviewed(listed)
    introduced = introductions(reading.item.document.text, reading.item.span, vocabulary)
    reviewed = [*(entry.span for entry in listed), *introduced]
    led = led_blocks(reading, words)
    leading = {id(found.sentence) for found in led.values()}
    told: set[Span] = set()
    for sentence in reading.sentences:
        span = sentence.block.span
        if any(part.meets(span) for part in reviewed):
            continue
        if span in led:
            if span not in told:
                told.add(span)
                yield from _listed(led[span], sentence, reading, vocabulary)
        elif sentence.block.kind in LISTABLE:
            found = calls(sentence.tokens, words)
            for call in found[:-1] if id(sentence) in leading else found:
                yield from _called(call, sentence, reading, vocabulary)


def _reviewed(listed: Sequence[Entry]) -> Iterator[Claim]:
    """The numbered recommendations of a review, one claim for each state that makes one."""
    for entry in listed:
        for state in entry.states:
            yield Claim(
                Recommendation(
                    by=state.name,
                    addressee=entry.reviewed.name if entry.reviewed else None,
                    position=entry.position,
                    action=entry.text,
                ),
                entry.span,
                confidence=CONFIDENCE["review"],
                found_by="recommendation-review",
            )


def _called(call: Call, sentence: Sentence, reading: Reading, vocabulary: Vocabulary) -> Iterator[Claim]:
    told = attribution(reading, sentence, call.head, vocabulary)
    describes = reading.item.genre in DESCRIBING and told.claimant is None
    if call.open or is_norm(call, call_words(vocabulary), describes=describes):
        return
    by = caller(call, sentence, reading, vocabulary)
    asked = addressee(call, sentence, reading, vocabulary)
    together = shared(call, lambda token: acts(token, sentence, reading, vocabulary))
    for several in together:
        asked_too = whom(several.addressee, sentence, reading)
        span = sentence.source(several.part)
        yield _claim(reading, sentence, span, by, asked_too, frame=call.frame, vocabulary=vocabulary)
    several_acts = [sentence.source(part) for part in enumerated(call)] if not together else []
    alone = [] if together else several_acts or _split(sentence.source(call.extent), reading)
    for part in alone:
        yield _claim(reading, sentence, part, by, asked, frame=call.frame, vocabulary=vocabulary)


def _listed(led: Led, sentence: Sentence, reading: Reading, vocabulary: Vocabulary) -> Iterator[Claim]:
    asked = Named(led.addressee) if led.addressee else None
    by = speaking(sentence, reading)
    if led.call is not None and led.sentence is not None:
        by = caller(led.call, led.sentence, reading, vocabulary)
        asked = addressee(led.call, led.sentence, reading, vocabulary)
    own = own_addressee(sentence)
    if own is not None and acts(own, sentence, reading, vocabulary):
        asked = whom(own, sentence, reading)
    for part in parts(sentence.block.span, reading):
        yield _claim(reading, sentence, part, by, asked, frame="list", vocabulary=vocabulary)


# ---------------------------------------------------------------- evidence


def _split(evidence: Span, reading: Reading) -> list[Span]:
    """A call split at '(i) ... (ii) ...', where it enumerates what it asks for."""
    text = reading.item.document.text
    marks = list(_MARK.finditer(text, evidence.start, evidence.end))
    if len(marks) <= 1:
        return [evidence]
    cuts = [evidence.start, *(m.start() for m in marks[1:]), evidence.end]
    return [_stripped(text, Span(a, b)) for a, b in pairwise(cuts)]


def _stripped(text: str, span: Span) -> Span:
    """Without the space, commas and 'and' that join it to the next part."""
    kept = re.sub(r"[\s,;]+(?:and|or)?\s*$", "", text[span.start : span.end])
    return Span(span.start, span.start + len(kept))


def _claim(
    reading: Reading,
    sentence: Sentence,
    evidence: Span,
    by: Named | None,
    asked: Named | None,
    *,
    frame: str,
    vocabulary: Vocabulary,
) -> Claim:
    rights = {
        s.right
        for s in signs_in(sentence, reading, vocabulary)
        if s.weight >= NAMING and evidence.holds(s.span)
    }
    return Claim(
        about=Recommendation(
            by=by.name if by else None,
            by_key=by.key if by else None,
            addressee=asked.name if asked else None,
            addressee_key=asked.key if asked else None,
            rights=tuple(sorted(rights)),
            mechanism=_mechanism(reading, evidence),
            action=" ".join(reading.item.document.quote(evidence).split()),
        ),
        evidence=evidence,
        confidence=CONFIDENCE[frame],
        found_by=f"recommendation-{frame}",
    )


def _mechanism(reading: Reading, evidence: Span) -> str | None:
    """The mechanism that a call goes through: the first that it names."""
    entities = [reading.entity[m.entity] for m in reading.within(evidence)]
    return next((e.name for e in entities if e.type == "Mechanism"), None)
