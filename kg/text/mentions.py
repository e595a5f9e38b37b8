"""Sentences -> mentions of violations: every place where one is told, with status and slots.

In: a reading. Out: a `ViolationMention` a trigger, before mentions of the same event are
joined. Names of bodies, laws and campaigns mask the triggers within them; the longest match
wins over those that it holds; counter-cues take a type away.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.model import BlockKind, Span, Status, Violation
from kg.text import coreference, countries, dates, numbers, phrases, syntax
from kg.text.attribution import Attribution, attribution
from kg.text.cues import Match, Sighted
from kg.text.lexicon import Lexicon, lexicon
from kg.text.participants import Participants, participants
from kg.text.status import governors, status_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from spacy.tokens import Token

    from kg.model import Reading, Sentence
    from kg.vocabulary import Vocabulary

UNTOLD = frozenset(
    {
        BlockKind.HEADER,
        BlockKind.BYLINE,
        BlockKind.HEADING,
        BlockKind.SIGNATORY,
        BlockKind.RATING,
        BlockKind.BOILERPLATE,
    }
)
"""Blocks that tell nothing: their words are names and topics."""
UNMASKED = frozenset({"Person", "Country", "Place", "StateGroup"})
"""Entities whose names don't swallow triggers."""
ACCEPTED = 0.5
BESIDE = 4
"""How many words apart coordinated triggers of one type may stand to be one."""


@dataclass(frozen=True, slots=True)
class ViolationMention:
    """A place where a violation is told."""

    about: Violation
    status: Status
    evidence: Span
    sentence: int
    trigger: Span
    attribution: Attribution
    confidence: float
    cue: str
    withheld: tuple[str, ...] = ()


def mentions(reading: Reading, vocabulary: Vocabulary) -> list[ViolationMention]:
    """Every mention of a violation in an item, in the order of the text."""
    lex = lexicon(vocabulary)
    demands = _demands(reading, lex)
    found: list[ViolationMention] = []
    for sentence in reading.sentences:
        if sentence.block.kind in UNTOLD or _is_question(sentence):
            continue
        sighted = Sighted(sentence.tokens, _named(reading, sentence), lex.words("refusal"))
        matches = triggers(reading, sentence, sighted, lex)
        if not matches:
            continue
        above = governors(sighted, lex)
        demanded = sentence.block.governor in demands
        for match in matches:
            status = status_of(match, above, demanded=demanded)
            found.extend(_told(reading, sentence, sighted, match, status, vocabulary))
    return found


def triggers(reading: Reading, sentence: Sentence, sighted: Sighted, lex: Lexicon) -> list[Match]:
    """The matches that count: unmasked, not taken away by a counter-cue, the longest of each place."""
    found = lex.types.find(sighted)
    if not found:
        return []
    masks = [m.span for m in reading.within(sentence.span) if reading.entity[m.entity].type not in UNMASKED]
    counters = lex.masks.find(sighted)
    found = [m for m in found if not _masked(m, sentence, masks) and not _countered(m, counters)]
    kept = [m for m in found if not any(_beats(o, m) for o in found)]
    return _coordinated(kept)


def _masked(match: Match, sentence: Sentence, masks: Sequence[Span]) -> bool:
    here = sentence.source(match.anchor)
    return any(mask.holds(here) for mask in masks)


def _countered(match: Match, counters: Sequence[Match]) -> bool:
    return any(c.cue.term == match.cue.term and set(c.tokens) & set(match.tokens) for c in counters)


def _beats(other: Match, match: Match) -> bool:
    """True where another match makes this one superfluous."""
    if other is match:
        return False
    a, b = set(other.tokens), set(match.tokens)
    if other.cue.term == match.cue.term:
        if other.anchor.i == match.anchor.i or a & b:
            return (other.cue.weight, len(a), -other.start) > (match.cue.weight, len(b), -match.start)
        return False
    return b < a and other.cue.weight >= match.cue.weight


def _coordinated(found: Sequence[Match]) -> list[Match]:
    """One match for coordinated triggers of one type: 'arrested and detained'."""
    kept: list[Match] = []
    for match in sorted(found, key=lambda m: (m.start, m.end, m.cue.term)):
        first = syntax.first_conjunct(match.anchor)
        if any(
            k.cue.term == match.cue.term
            and syntax.first_conjunct(k.anchor) is first
            and abs(k.start - match.start) < BESIDE
            for k in kept
        ):
            continue
        kept.append(match)
    return kept


def _named(reading: Reading, sentence: Sentence) -> dict[int, str]:
    """Entity class of each token that stands in a mention."""
    spans = [(m.span, reading.entity[m.entity].type) for m in reading.within(sentence.span)]
    if not spans:
        return {}
    return {t.i: kind for t in sentence.tokens for span, kind in spans if span.holds(sentence.source(t))}


def _is_question(sentence: Sentence) -> bool:
    return sentence.block.kind is BlockKind.QUESTION or sentence.text.rstrip("”\"’') ").endswith("?")


def _demands(reading: Reading, lex: Lexicon) -> set[Span]:
    """The sentences that introduce a list of demands."""
    wanted = {s.block.governor for s in reading.sentences if s.block.governor is not None}
    found: set[Span] = set()
    for span in wanted:
        for sentence in reading.sentences:
            if sentence.span.meets(span):
                above = governors(Sighted(sentence.tokens), lex)
                if Status.CALLED_FOR in above.values():
                    found.add(span)
    return found


def _told(
    reading: Reading,
    sentence: Sentence,
    sighted: Sighted,
    match: Match,
    status: Status,
    vocabulary: Vocabulary,
) -> Iterator[ViolationMention]:
    lex = lexicon(vocabulary)
    who = participants(match, sighted, lex)
    said = attribution(reading, sentence, match.anchor, vocabulary)
    if status is Status.ASSERTED and said.verb in (
        "allege",
        "claim",
        "accuse",
        "believe",
        "assert",
        "insist",
    ):
        status = Status.ALLEGED
    confidence = _confidence(reading, sentence, match, who, sighted, lex)
    if confidence < ACCEPTED:
        return
    victim, victim_key = _name(reading, sentence, who.victims)
    perpetrator, perpetrator_key = _name(reading, sentence, who.perpetrators)
    about = Violation(
        type=match.cue.term,
        country=countries.country_for(reading, sentence, match.anchor),
        victim=victim,
        perpetrator=perpetrator,
        date=dates.date_for(reading, sentence, match.anchor),
        count=_count(sentence, match, who),
        victim_key=victim_key,
        perpetrator_key=perpetrator_key,
    )
    yield ViolationMention(
        about,
        status,
        sentence.span,
        sentence.index,
        _span(sentence, match),
        said,
        confidence,
        match.cue.source,
    )


def _span(sentence: Sentence, match: Match) -> Span:
    doc = sentence.tokens.doc
    return sentence.source(doc[match.start : match.end])


def _name(reading: Reading, sentence: Sentence, heads: Iterable[Token]) -> tuple[str | None, str | None]:
    """The phrase of the first head that has a name, coordinated ones with it."""
    for head in heads:
        entity = coreference.resolve(reading, sentence, head)
        if entity is not None:
            return entity.name, entity.key
        if head.pos_ != "PRON":
            return phrases.bare(phrases.noun_phrase(head)), None
    return None, None


def _count(sentence: Sentence, match: Match, who: Participants) -> int | None:
    """How many victims or cases the text gives."""
    for head in (*who.victims, match.anchor, syntax.governor(match.anchor)):
        number = numbers.count_of(head, sentence)
        if number is not None:
            return number
    return None


def _confidence(
    reading: Reading, sentence: Sentence, match: Match, who: Participants, sighted: Sighted, lex: Lexicon
) -> float:
    logit = math.log(match.cue.weight / (1 - match.cue.weight))
    for victim in who.victims:
        if lex.says("critic", victim) or lex.says("minority", victim):
            logit += 0.5
            break
    if any(lex.says("ordinaryCrime", t) for t in sentence.tokens):
        logit -= 1.0
    return round(1 / (1 + math.exp(-logit)), 4)
