"""Sentences -> mentions of violations: every place where one is told, with status and slots.

In: a reading. Out: a `ViolationMention` a trigger, before mentions of the same event are
joined. Cues of the ontology and the learned model find triggers, the tree and the model the
status, the parse the slots.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.model import BlockKind, Span, Status, Violation
from kg.text import countries, dates, judging, parties, syntax, venue
from kg.text.attribution import Attribution, attribution
from kg.text.calls.reviews import entries
from kg.text.classifier import classifier
from kg.text.counts import count_of
from kg.text.cues import Sighted
from kg.text.lexicon import lexicon
from kg.text.measures import is_opposed
from kg.text.naming import Named
from kg.text.participants import Participants, participants
from kg.text.records import is_own_account
from kg.text.status import governors, is_confirmed, is_topic, status_of
from kg.text.triggers import countered, in_name, masked, triggers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

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
ACCEPTED = 0.4
"""A mention that is less likely right than this is dropped."""
GUESSED = 0.5
"""The same for one that the model alone proposes."""
MEANT = 0.28
"""And for what is told as done: that it is meant so."""

ADMITTED = 0.8
"""And for what a state under review says of itself: answers to a charge name it and seldom admit it."""


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
    titled: bool = False
    """The title says so: as a rule, what it speaks of is told again below."""


@dataclass(frozen=True)
class Place:
    """A sentence with all that is known of it before its triggers are looked at."""

    reading: Reading
    sentence: Sentence
    sighted: Sighted
    judgement: Judgement | None
    vocabulary: Vocabulary
    demanded: bool
    asked: bool = False
    """It is a recommendation of a review, and what it speaks of is asked for."""

    @property
    def lex(self) -> Lexicon:
        """The cues and words of the vocabulary."""
        return lexicon(self.vocabulary)


def mentions(
    reading: Reading,
    vocabulary: Vocabulary,
    judgements: Iterable[Judgement] | None = None,
) -> list[ViolationMention]:
    """Every mention of a violation in an item, in the order of the text, whoever is named.

    `judgements` are the model's, one a sentence; the classifier that ships gives them by default.
    """
    judged = judge(reading) if judgements is None else judgements
    return [m for place in places(reading, vocabulary, judged) for m in _in_sentence(place)]


def places(reading: Reading, vocabulary: Vocabulary, judged: Iterable[Judgement | None]) -> Iterator[Place]:
    """The sentences of an item that can tell of violations, made ready."""
    lex = lexicon(vocabulary)
    demands = _demands(reading, lex)
    asked = _asked(reading, vocabulary)
    refusal, nobody = lex.words("refusal"), lex.words("nobody")
    for sentence, judgement in zip(reading.sentences, judged, strict=True):
        if sentence.block.kind not in UNTOLD and not _is_question(sentence):
            sighted = Sighted(sentence.tokens, entity_classes(reading, sentence), refusal, nobody)
            wish = any(s.meets(sentence.span) for s in asked)
            demanded = wish or sentence.block.governor in demands
            yield Place(reading, sentence, sighted, judgement, vocabulary, demanded, wish)


def judge(reading: Reading) -> Iterable[Judgement]:
    """What the classifier that ships says of the sentences of an item; it begins to read at once."""
    title = " ".join(reading.item.document.quote(reading.item.title).split())
    return classifier().classify([s.text for s in reading.sentences], title)


def _in_sentence(place: Place) -> Iterator[ViolationMention]:
    lex, judgement = place.lex, place.judgement
    said = triggers(place.reading, place.sentence, place.sighted, lex)
    ordinary = judging.is_ordinary(place.sighted, said, lex)
    found = [(m, judging.confidence(m, judgement, lex, ordinary=ordinary)) for m in said]
    if judgement is not None:
        masks = masked(place.reading, place.sentence)
        counters = lex.masks.find(place.sighted)
        found += [
            (m, p)
            for m, p in judging.proposals(
                place.sentence, place.sighted, judgement, said, lex, ordinary=ordinary
            )
            if not in_name(m, place.sentence, masks) and not countered(m, counters, lex)
        ]
    found = [(m, p) for m, p in found if p >= (ACCEPTED if m.cue.source else GUESSED)]
    above = governors(place.sighted, lex) if found else {}
    who = _shared([(m, participants(m, place.sighted, lex)) for m, _ in found])
    undone = {m.cue.term for m, _ in found if m.cue.status == Status.REVERSED.value}
    for (match, confidence), parties_of in zip(found, who, strict=True):
        rule = _rule(match, above, lex, demanded=place.demanded)
        kind = judging.known(match.cue.term, judgement, lex) if judgement is not None else None
        done_first = match.cue.term in undone and rule is Status.ASSERTED
        status = rule if done_first else judging.settled(rule, kind, judgement)
        if status is Status.DENIED and rule.reported and is_confirmed(match.anchor, lex):
            status = rule
        if place.asked and status.reported:
            status = Status.CALLED_FOR
        if status.reported and (is_topic(place.sentence, match.anchor) or is_opposed(match, lex)):
            status = Status.NORMATIVE
        if status.reported:
            confidence = judging.told(confidence, kind, judgement)  # noqa: PLW2901 - of the status as well
            if confidence < MEANT:
                continue
        yield from _told(place, match, status, round(confidence, 4), parties_of)


def _rule(match: Match, above: Mapping[int, Status], lex: Lexicon, *, demanded: bool) -> Status:
    """The status that the tree tells; words that the model points at may tell it themselves."""
    if not match.cue.source:
        own = next((above[i] for i in match.tokens if i in above and not above[i].reported), None)
        if own is not None:
            return own
    return status_of(match, above, lex, demanded=demanded)


def _shared(told: Sequence[tuple[Match, Participants]]) -> list[Participants]:
    """Coordinated triggers share what one of them names: 'the arrest and torture of students'."""
    shared = []
    for match, who in told:
        first = syntax.first_conjunct(match.anchor)
        others = [o for m, o in told if m is not match and syntax.first_conjunct(m.anchor) == first]
        victims = who.victims or next((o.victims for o in others if o.victims), ())
        lent = (tuple(d for d in o.perpetrators if _is_shared(d, match.anchor)) for o in others)
        doers = who.perpetrators or next((found for found in lent if found), ())
        shared.append(Participants(victims, tuple(d for d in doers if d not in victims)))
    return shared


def _is_shared(doer: Token, anchor: Token) -> bool:
    """True for who did this act as well: an agent told before it did the other alone."""
    return doer.dep_ != "pobj" or doer.head.lower_ != "by" or doer.i > anchor.i


def entity_classes(reading: Reading, sentence: Sentence) -> dict[int, str]:
    """Entity class of each token that stands in a mention."""
    spans = [(m.span, reading.entity[m.entity].type) for m in reading.within(sentence.span)]
    if not spans:
        return {}
    first = sentence.tokens.start
    return {
        first + n: kind for n, here in enumerate(sentence.places) for span, kind in spans if span.holds(here)
    }


def _is_question(sentence: Sentence) -> bool:
    return sentence.block.kind is BlockKind.QUESTION or sentence.text.rstrip("”\"’') ").endswith("?")


def _asked(reading: Reading, vocabulary: Vocabulary) -> tuple[Span, ...]:
    """The numbered recommendations of a review: what they speak of is asked for, not told."""
    item = reading.item
    return tuple(e.span for e in entries(item.document.text, item.span, vocabulary))


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
    place: Place, match: Match, status: Status, confidence: float, who: Participants
) -> Iterator[ViolationMention]:
    """A mention with its slots, for each country of a list."""
    reading, sentence = place.reading, place.sentence
    said = attribution(reading, sentence, match.anchor, place.vocabulary)
    if status.reported and confidence < ADMITTED and _is_own_account(place, said):
        return
    if place.judgement is None and status is Status.ASSERTED and _is_claimed(said, place.lex):
        status = Status.ALLEGED
    sufferer, doer = parties.names(parties.Site(reading, sentence, match.anchor, place.lex, said), who)
    (victim, victim_key), (perpetrator, perpetrator_key) = sufferer, doer
    country = venue.country_of(reading, sentence, match.anchor, who.perpetrators, place.lex)
    about = Violation(
        type=match.cue.term,
        country=country,
        victim=victim,
        perpetrator=perpetrator,
        date=dates.date_for(reading, sentence, match.anchor),
        count=count_of(sentence, match, who, place.sighted, place.lex),
        victim_key=victim_key,
        perpetrator_key=perpetrator_key,
    )
    trigger = _span(sentence, match)
    listed = countries.listed_with(reading, sentence, country, match.anchor)
    if len(listed) > 1:
        about = replace(about, count=None)  # a number for all of them together
    for one in listed:
        where = replace(about, country=one, place=venue.place_of(reading, sentence, match.anchor, one))
        yield ViolationMention(
            where, status, sentence.span, sentence.index, trigger, said, confidence, match.cue.source,
            titled=sentence.block.kind is BlockKind.TITLE,
        )  # fmt: skip


def _is_own_account(place: Place, said: Attribution) -> bool:
    """True for what a state under review says of itself."""
    speaker = Named(said.claimant, said.key) if said.claimant else None
    return speaker is not None and is_own_account(place.reading, speaker, place.vocabulary)


def _span(sentence: Sentence, match: Match) -> Span:
    doc = sentence.tokens.doc
    return sentence.source(doc[match.start : match.end])


def _is_claimed(said: Attribution, lex: Lexicon) -> bool:
    """True where the verb of saying keeps its distance: 'claim', 'allege'."""
    return said.verb is not None and said.verb in lex.words("alleging").plain
