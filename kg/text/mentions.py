"""Sentences -> mentions of violations: every place where one is told, with status and slots.

In: a reading. Out: a `ViolationMention` a trigger, before mentions of the same event are
joined. Cues of the ontology and the learned model find triggers, the tree and the model the
status, the parse the slots.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.model import BlockKind, Span, Status, Violation
from kg.text import coreference, countries, dates, judging, numbers, phrases, syntax
from kg.text.attribution import Attribution, attribution
from kg.text.classifier import classifier
from kg.text.cues import Sighted
from kg.text.lexicon import lexicon
from kg.text.participants import Participants, participants
from kg.text.status import governors, status_of
from kg.text.triggers import in_name, masked, triggers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from spacy.tokens import Token

    from kg.model import Reading, Sentence
    from kg.text.classifier import Judgement
    from kg.text.cues import Match
    from kg.text.lexicon import Lexicon
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
ACCEPTED = 0.42
"""A mention that is less likely right than this is dropped."""


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
    """The cue that found it; empty where the model alone did."""
    withheld: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Place:
    """A sentence with all that is known of it before its triggers are looked at."""

    reading: Reading
    sentence: Sentence
    sighted: Sighted
    judgement: Judgement | None
    vocabulary: Vocabulary
    demanded: bool

    @property
    def lex(self) -> Lexicon:
        return lexicon(self.vocabulary)


def mentions(
    reading: Reading, vocabulary: Vocabulary, judgements: Sequence[Judgement] | None = None
) -> list[ViolationMention]:
    """Every mention of a violation in an item, in the order of the text.

    `judgements` are the model's, one a sentence; the classifier that ships gives them by default.
    """
    lex = lexicon(vocabulary)
    demands = _demands(reading, lex)
    judged = judge(reading) if judgements is None else judgements
    found: list[ViolationMention] = []
    for sentence, judgement in zip(reading.sentences, judged, strict=True):
        if sentence.block.kind in UNTOLD or _is_question(sentence):
            continue
        sighted = Sighted(sentence.tokens, _named(reading, sentence), lex.words("refusal"))
        place = _Place(reading, sentence, sighted, judgement, vocabulary, sentence.block.governor in demands)
        found += _in_sentence(place)
    return found


def judge(reading: Reading) -> Sequence[Judgement]:
    """What the classifier that ships says of the sentences of an item."""
    title = " ".join(reading.item.document.quote(reading.item.title).split())
    return classifier().classify([s.text for s in reading.sentences], title)


def _in_sentence(place: _Place) -> Iterator[ViolationMention]:
    lex, judgement = place.lex, place.judgement
    said = triggers(place.reading, place.sentence, place.sighted, lex)
    found = [(m, judging.confidence(m, judgement, lex)) for m in said]
    if judgement is not None:
        masks = masked(place.reading, place.sentence)
        found += [
            (m, p)
            for m, p in judging.proposals(place.sentence, place.sighted, judgement, said, lex)
            if not in_name(m, place.sentence, masks)
        ]
    above = governors(place.sighted, lex) if found else {}
    for match, confidence in found:
        if confidence < ACCEPTED:
            continue
        rule = status_of(match, above, lex, demanded=place.demanded)
        kind = judging.known(match.cue.term, judgement, lex) if judgement is not None else None
        yield _told(place, match, judging.settled(rule, kind, judgement), round(confidence, 4))


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


def _told(place: _Place, match: Match, status: Status, confidence: float) -> ViolationMention:
    """A mention with its slots."""
    reading, sentence = place.reading, place.sentence
    who = participants(match, place.sighted, place.lex)
    said = attribution(reading, sentence, match.anchor, place.vocabulary)
    if status is Status.ASSERTED and said.verb is not None and said.verb in place.lex.words("alleging").plain:
        status = Status.ALLEGED
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
    evidence, trigger = sentence.span, _span(sentence, match)
    return ViolationMention(
        about, status, evidence, sentence.index, trigger, said, confidence, match.cue.source
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
