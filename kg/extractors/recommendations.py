"""Calls on somebody to act: 'we urge X to', 'X must', 'calls on', imperative lists, reported calls.

In: a reading. Out: one claim a call, with who calls, who is asked, what for, which rights it
is about and which mechanism it goes through. The grammar of a single call is in
`kg.text.calls`; here stands what needs the item: voices, lists under a governor, numbered
splits, and which blocks can hold a call at all. Titles and headings repeat, so they don't.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from kg.model import BlockKind, Claim, Recommendation, Span
from kg.text import calls as grammar
from kg.text.naming import Named, named, voice
from kg.text.phrases import child

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.model import Reading, Sentence
    from kg.text.calls import Call, CallWords
    from kg.vocabulary import Vocabulary

SILENT = frozenset(
    {
        BlockKind.TITLE,
        BlockKind.HEADER,
        BlockKind.BYLINE,
        BlockKind.HEADING,
        BlockKind.QUESTION,
        BlockKind.SIGNATORY,
        BlockKind.RATING,
        BlockKind.BOILERPLATE,
    }
)
"""Blocks that repeat a call or ask, and make none."""
_MARK = re.compile(r"(?:^|(?<=\s))\((?:i{1,3}|iv|v|vi{0,3}|[a-h]|\d)\)(?=\s)")
_SECTION = re.compile(
    r"\brecommend(?:ation)?s?\b|\bcalls? (?:to|for|on)\b|\bdemands?\b|\bour asks?\b", re.IGNORECASE
)


def extract(reading: Reading, vocabulary: Vocabulary) -> Iterator[Claim]:
    """The calls of an item, in order."""
    words = grammar.call_words(vocabulary)
    governors = _governors(reading, words)
    told: set[int] = set()
    for sentence in reading.sentences:
        if sentence.block.kind in SILENT:
            continue
        if sentence.block.kind is BlockKind.LIST_ITEM and (
            _listed := _listed_call(sentence, reading, governors)
        ):
            if sentence.block.span.start not in told:
                told.add(sentence.block.span.start)
                yield _listed
            continue
        for call in grammar.calls(sentence.tokens, words):
            if not call.open or not _leads_list(sentence, reading):
                yield from _claims(call, sentence, reading)


# ---------------------------------------------------------------- calls within a sentence


def _claims(call: Call, sentence: Sentence, reading: Reading) -> Iterator[Claim]:
    by = _caller(call, sentence, reading)
    asked = named(call.addressee, sentence, reading) if call.addressee is not None else None
    if call.frame == "deontic" and call.action is not None and child(call.action, "nsubjpass") is not None:
        asked = _agent_of_passive(call, sentence, reading)
    for part in _parts(sentence.source(call.extent), reading):
        yield _claim(reading, part, by, asked, f"recommendation-{call.frame}")


def _agent_of_passive(call: Call, sentence: Sentence, reading: Reading) -> Named | None:
    """Who is asked by 'X must be done': only an agent named, never the thing that is done."""
    from kg.text.phrases import agent  # noqa: PLC0415

    by = agent(call.action) if call.action is not None else None
    return named(by, sentence, reading) if by is not None else None


def _caller(call: Call, sentence: Sentence, reading: Reading) -> Named | None:
    if call.by is not None:
        found = named(call.by, sentence, reading)
        if found is not None:
            return found
    speaker = voice(sentence, reading)
    return Named(speaker) if speaker else None


def _parts(evidence: Span, reading: Reading) -> list[Span]:
    """A call split at '(i) ... (ii) ...', where it enumerates what it asks for."""
    text = reading.item.document.text
    marks = list(_MARK.finditer(text, evidence.start, evidence.end))
    if len(marks) <= 1:
        return [evidence]
    cuts = [evidence.start, *(m.start() for m in marks[1:]), evidence.end]
    return [_stripped(text, Span(a, b)) for a, b in pairwise(cuts)]


def _stripped(text: str, span: Span) -> Span:
    """Without the space, commas and 'and' that join it to the next part."""
    words = text[span.start : span.end]
    kept = re.sub(r"[\s,;]+(?:and|or)?\s*$", "", words)
    return Span(span.start, span.start + len(kept))


# ---------------------------------------------------------------- lists


def _governors(reading: Reading, words: CallWords) -> dict[Span, tuple[Call, Sentence]]:
    """The open call of each sentence that introduces a list."""
    spans = {b.governor for b in reading.item.blocks if b.governor is not None}
    found: dict[Span, tuple[Call, Sentence]] = {}
    for sentence in reading.sentences:
        for span in spans:
            if span is not None and span.meets(sentence.span):
                calls = grammar.calls(sentence.tokens, words)
                if calls:
                    found[span] = (calls[-1], sentence)
    return found


def _leads_list(sentence: Sentence, reading: Reading) -> bool:
    return any(b.governor is not None and b.governor.meets(sentence.span) for b in reading.item.blocks)


def _listed_call(
    sentence: Sentence, reading: Reading, governors: dict[Span, tuple[Call, Sentence]]
) -> Claim | None:
    """A list item as a call: under a sentence that calls, or bare in a section of recommendations."""
    block = sentence.block
    led = governors.get(block.governor) if block.governor is not None else None
    if led is None and not (_SECTION.search(block.section) and _is_imperative(sentence)):
        return None
    by = asked = None
    if led is not None:
        call, governor = led
        by = _caller(call, governor, reading)
        asked = named(call.addressee, governor, reading) if call.addressee is not None else None
    elif speaker := voice(sentence, reading):
        by = Named(speaker)
    return _claim(reading, block.span, by, asked, "recommendation-list")


def _is_imperative(sentence: Sentence) -> bool:
    """True where the first verb stands bare, without a subject: 'Release all prisoners'."""
    tokens = [t for t in sentence.tokens if not t.is_punct and not t.is_space]
    while tokens and tokens[0].pos_ == "ADV":
        tokens = tokens[1:]
    return bool(tokens) and tokens[0].tag_ in ("VB", "VBP") and child(tokens[0], "nsubj") is None


# ---------------------------------------------------------------- the claim


def _claim(reading: Reading, evidence: Span, by: Named | None, asked: Named | None, rule: str) -> Claim:
    return Claim(
        about=Recommendation(
            by=by.name if by else None,
            by_key=by.key if by else None,
            addressee=asked.name if asked else None,
            addressee_key=asked.key if asked else None,
            mechanism=_mechanism(reading, evidence),
            action=" ".join(reading.item.document.quote(evidence).split()),
        ),
        evidence=evidence,
        confidence=0.8,
        found_by=rule,
    )


def _mechanism(reading: Reading, evidence: Span) -> str | None:
    found: Sequence[str] = [
        reading.entity[m.entity].name
        for m in reading.within(evidence)
        if reading.entity[m.entity].type == "Mechanism"
    ]
    return found[0] if found else None
