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
from kg.text.calls.gaps import shared
from kg.text.calls.lists import LISTABLE, led_blocks, parts
from kg.text.calls.norms import is_norm
from kg.text.calls.reviews import entries
from kg.text.letters import receiver
from kg.text.naming import FIRST_PERSON, Named, entity_of, named, voice
from kg.text.phrases import agent, bare, child, noun_phrase

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Token

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
_SECOND_PERSON = frozenset({"you", "yourself", "your"})
ACTING = ("addressed", "authority", "state", "mandate", "organisation", "person", "media", "party", "counted")
"""Word sets of those who can be asked to act."""
DESCRIBING = frozenset({"news", "report"})
"""Genres that tell what laws demand, in their own voice."""
_TITLES = frozenset({"mr", "mrs", "ms", "madam", "madame", "excellency"})
_MARK = re.compile(r"(?:^|(?<=\s))\((?:i{1,3}|iv|v|vi{0,3}|[a-h]|\d)\)(?=\s)")


def extract(reading: Reading, vocabulary: Vocabulary) -> Iterator[Claim]:
    """The calls of an item, in order."""
    words = call_words(vocabulary)
    listed = entries(reading.item.document.text, reading.item.span, vocabulary)
    yield from _reviewed(listed)
    led = led_blocks(reading, words)
    leading = {id(found.sentence) for found in led.values()}
    told: set[Span] = set()
    for sentence in reading.sentences:
        span = sentence.block.span
        if any(entry.span.meets(span) for entry in listed):
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
                    by=state.label,
                    addressee=entry.reviewed.label if entry.reviewed else None,
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
    by = _caller(call, sentence, reading, vocabulary)
    asked = _addressee(call, sentence, reading, vocabulary)
    together = shared(call, lambda token: _acts(token, sentence, reading, vocabulary))
    for several in together:
        whom = _whom(several.addressee, sentence, reading)
        span = sentence.source(several.part)
        yield _claim(reading, sentence, span, by, whom, frame=call.frame, vocabulary=vocabulary)
    for part in _split(sentence.source(call.extent), reading) if not together else ():
        yield _claim(reading, sentence, part, by, asked, frame=call.frame, vocabulary=vocabulary)


def _listed(led: Led, sentence: Sentence, reading: Reading, vocabulary: Vocabulary) -> Iterator[Claim]:
    asked = Named(led.addressee) if led.addressee else None
    speaker = voice(sentence, reading)
    by = Named(speaker) if speaker else None
    if led.call is not None and led.sentence is not None:
        by = _caller(led.call, led.sentence, reading, vocabulary)
        asked = _addressee(led.call, led.sentence, reading, vocabulary)
    for part in parts(sentence.block.span, reading):
        yield _claim(reading, sentence, part, by, asked, frame="list", vocabulary=vocabulary)


# ---------------------------------------------------------------- who calls, who is asked


def _caller(call: Call, sentence: Sentence, reading: Reading, vocabulary: Vocabulary) -> Named | None:
    """Who calls: the subject of the call, who is quoted, or the voice of the text."""
    by = _without_vocative(call.by)
    if by is not None and by.lower_ not in FIRST_PERSON:
        found = named(by, sentence, reading)
        if found is not None:
            return found
    told = attribution(reading, sentence, call.head, vocabulary)
    if told.claimant:
        return Named(told.claimant, told.key)
    speaker = voice(sentence, reading)
    return Named(speaker) if speaker else None


def _without_vocative(who: Token | None) -> Token | None:
    """'Mr President, X calls on': who calls stands beside whom the speech addresses."""
    beside = child(who, "appos") if who is not None else None
    titled = who is not None and any(c.lower_.rstrip(".") in _TITLES for c in who.children)
    return beside if beside is not None and titled else who


def _addressee(call: Call, sentence: Sentence, reading: Reading, vocabulary: Vocabulary) -> Named | None:
    """Who is asked: one who can act; for 'X must be done' an agent named, never the thing done."""
    asked: Token | None = call.addressee
    if call.action is not None and child(call.action, "nsubjpass") is not None and call.frame != "directive":
        asked = agent(call.action)
    if asked is None or asked.lower_ in FIRST_PERSON or asked.lower_ == "there":
        return None
    if asked.lower_ in _SECOND_PERSON:
        return receiver(reading)
    entity = entity_of(asked, sentence, reading)
    if entity is not None and entity.type in ("Instrument", "Event", "Place"):
        return None
    acts = call.frame in ("directive", "need") or _acts(asked, sentence, reading, vocabulary)
    return _whom(asked, sentence, reading) if acts else None


def _acts(asked: Token, sentence: Sentence, reading: Reading, vocabulary: Vocabulary) -> bool:
    """True for a noun that stands for somebody who can act."""
    words = call_words(vocabulary)
    if asked.pos_ == "PROPN" or any(words.says(name, asked) for name in ACTING):
        return True
    return entity_of(asked, sentence, reading) is not None


def _whom(asked: Token, sentence: Sentence, reading: Reading) -> Named | None:
    """The name of who is asked; 'the government' keeps its words, the state behind it is the link."""
    found = named(asked, sentence, reading)
    if found is None or found.key is None or asked.pos_ != "NOUN":
        return found
    if reading.entity[found.key].type != "Country":
        return found
    return Named(bare(noun_phrase(asked, coordinate=False)), found.key)


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
