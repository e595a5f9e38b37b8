"""What mechanisms and bodies did: adopted, renewed, reviewed, visited, reported, were refused.

In: a reading and the cues of the classes below rg:MechanismAction. Out: a claim an action,
with the mechanism in its fullest form, country and date. A cue tells by 'actor=' in which
role the mechanism stands, a class of actions by rg:actorClass what kind of body can do it.
Only things done: what is due, asked for or denied is no action, but for the request of
access itself, which may well stand inside a call.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from kg.model import BlockKind, Claim, MechanismAction
from kg.text import syntax
from kg.text.acting import UTTERED, WEAK, actor_classes, actors, countries_of_act, date_of_act
from kg.text.calendar import expressions
from kg.text.cues import Sighted
from kg.text.joining import folded
from kg.text.lexicon import lexicon
from kg.text.mechanisms import ACTORS, country_in_name, enacting
from kg.text.naming import classes_by_token
from kg.text.phrases import SUBJECTS, ancestors, child, is_infinitive
from kg.vocabulary import RG

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from kg.model import Reading, Sentence
    from kg.text.cues import CueIndex, Match
    from kg.text.lexicon import Lexicon
    from kg.text.naming import Named
    from kg.vocabulary import Vocabulary

SILENT = frozenset({BlockKind.SIGNATORY, BlockKind.BOILERPLATE, BlockKind.RATING, BlockKind.QUESTION})
ALIKE = 0.7
"""Share of common words above which two names tell of one body."""
_COMING = frozenset({"next", "upcoming", "forthcoming", "coming", "future", "planned", "scheduled"})
UNDONE = frozenset({"will", "would", "should", "must", "may", "might", "could", "can", "shall"})


def extract(reading: Reading, vocabulary: Vocabulary) -> Iterator[Claim]:
    """The actions of an item, each once: the same action told again is the same."""
    told: dict[tuple[str, str, str], list[tuple[str, frozenset[str]]]] = {}
    for sentence in reading.sentences:
        if sentence.block.kind in SILENT:
            continue
        for claim in _claims(sentence, reading, vocabulary):
            about = claim.about
            if isinstance(about, MechanismAction):
                before = told.setdefault((about.action, about.country, about.date or _day(sentence)), [])
                who = (about.mechanism_key or about.mechanism, frozenset(folded(about.mechanism.split())))
                if not any(_same_body(who, other) for other in before):
                    before.append(who)
                    yield claim


def _same_body(one: tuple[str, frozenset[str]], other: tuple[str, frozenset[str]]) -> bool:
    """True for the same entity, or for names that share most of their words: 'the UN rights office'."""
    words = len(one[1]) + len(other[1])
    return one[0] == other[0] or 2 * len(one[1] & other[1]) > ALIKE * words


def _day(sentence: Sentence) -> str:
    """The month and day that a sentence tells without a year: enough to tell two acts apart."""
    told = next((e for e in expressions(sentence.text) if e.month), None)
    return f"{told.month}-{told.day}" if told is not None else ""


def _claims(sentence: Sentence, reading: Reading, vocabulary: Vocabulary) -> Iterator[Claim]:
    lex = lexicon(vocabulary)
    sighted = Sighted(sentence.tokens, classes_by_token(sentence, reading))
    matches = [m for m in _index(vocabulary).find(sighted) if _counts(m, sentence, reading, lex, vocabulary)]
    for match in _strongest(matches):
        date = date_of_act(match.anchor, sentence, reading)
        if _is_after(date, reading.item.date):
            continue
        classes = actor_classes(vocabulary).get(match.cue.term, ACTORS)
        for told in actors(match, sighted, sentence, reading, lex=lex, classes=classes):
            made = match.cue.term in _creating(vocabulary)
            actor = (enacting(told, sentence, reading) if made else None) or told
            if match.cue.weight <= UTTERED and _is_national(actor, reading, vocabulary):
                continue
            for country in countries_of_act(match, sighted, sentence, reading, vocabulary):
                yield Claim(
                    MechanismAction(
                        mechanism=actor.name,
                        mechanism_key=actor.key,
                        action=match.cue.term,
                        country=country,
                        date=date,
                    ),
                    evidence=sentence.span,
                    confidence=match.cue.weight,
                    found_by="action-cue",
                )


def _is_after(date: str | None, of_text: str | None) -> bool:
    """True for a day later than that of the text: what it announces isn't done."""
    return bool(date and of_text) and str(date) > str(of_text)[: len(str(date))]


@lru_cache(maxsize=4)
def _creating(vocabulary: Vocabulary) -> frozenset[str]:
    """Actions that bodies do by a resolution, which tells who did them."""
    said = {t.id: vocabulary.value(t.iri, RG + "doneByResolution") for t in vocabulary.mechanism_actions}
    return frozenset(ident for ident, value in said.items() if value == "true")


def _is_national(actor: Named, reading: Reading, vocabulary: Vocabulary) -> bool:
    """True for a body of one state, whose words are claims in its reports: 'the Ombudsman noted'."""
    entity = reading.entity.get(actor.key) if actor.key else None
    country = entity.country if entity is not None else None
    return (country or country_in_name(actor.name, vocabulary)) is not None


@lru_cache(maxsize=4)
def _index(vocabulary: Vocabulary) -> CueIndex:
    return lexicon(vocabulary).index(vocabulary.mechanism_actions, labels=False)


@lru_cache(maxsize=4)
def _in_calls(vocabulary: Vocabulary) -> frozenset[str]:
    """Actions that are done by asking, so that they may stand inside a call."""
    said = {t.id: vocabulary.value(t.iri, RG + "doneByAsking") for t in vocabulary.mechanism_actions}
    return frozenset(ident for ident, value in said.items() if value == "true")


def _strongest(matches: list[Match]) -> list[Match]:
    """One match a word and action; a mere utterance doesn't count beside the act that it is part of."""
    best: dict[tuple[str, int], Match] = {}
    for match in matches:
        key = (match.cue.term, match.anchor.i)
        if key not in best or best[key].cue.weight < match.cue.weight:
            best[key] = match
    kept = list(best.values())
    strong = {m.anchor.i for m in kept if m.cue.weight > WEAK}
    told = [m for m in kept if m.cue.weight > WEAK or not any(a.i in strong for a in ancestors(m.anchor))]
    acts = [m for m in told if m.cue.weight > UTTERED]
    governing = {a.i for act in acts for a in ancestors(act.anchor)}
    acting = {act.anchor.i for act in acts}
    return [m for m in told if m.cue.weight > UTTERED or m.anchor.i not in governing | acting]


# ---------------------------------------------------------------- is it told, and as done?


def _counts(match: Match, sentence: Sentence, reading: Reading, lex: Lexicon, vocabulary: Vocabulary) -> bool:
    anchor = match.anchor
    if _inside_name(anchor, sentence, reading) or (syntax.is_negated(anchor) and not match.cue.negative):
        return False
    if match.cue.weight <= UTTERED and not _is_finite(anchor):
        return False
    if not match.cue.negative and _denies_object(anchor):
        return False
    return match.cue.negative or match.cue.term in _in_calls(vocabulary) or _is_done(anchor, lex)


def _denies_object(anchor: Token) -> bool:
    """True where what is done is denied: 'no report has been submitted'."""
    things = [c for c in anchor.children if c.dep_ in ("nsubjpass", "dobj")]
    return any(c.lower_ == "no" and c.dep_ == "det" for thing in things for c in thing.children)


def _is_finite(anchor: Token) -> bool:
    """True where a verb tells an act by itself: not 'when it comes to condemning', 'concerns they raise'."""
    if not syntax.is_verbal(anchor):
        return True
    bare = anchor.tag_ == "VBG" and child(anchor, "aux") is None
    return not (bare and anchor.dep_ in ("pcomp", "amod", "csubj")) and anchor.dep_ not in ("relcl", "csubj")


def _inside_name(anchor: Token, sentence: Sentence, reading: Reading) -> bool:
    """True where the word is part of a longer name, and not the head of a report's or review's name."""
    here = sentence.source(anchor)
    for mention in reading.within(sentence.span):
        if mention.span.holds(here) and mention.span != here:
            heads = reading.entity[mention.entity].type in ("Instrument", "Event", "Mechanism")
            return (
                not heads
                or anchor.dep_ in ("compound", "amod", "nmod")
                or _is_in(anchor.head, mention, sentence)
            )
    return False


def _is_in(token: Token, mention: object, sentence: Sentence) -> bool:
    span = getattr(mention, "span", None)
    return span is not None and span.holds(sentence.source(token))


def _is_done(anchor: Token, lex: Lexicon) -> bool:
    """True where the act is told as done: not denied, due, wished for or asked for."""
    if syntax.is_negated(anchor):
        return False
    if syntax.is_verbal(anchor):
        return _verb_is_done(anchor, lex)
    above = _governors(anchor)
    if any(lex.says("pending", a) or lex.says("refusal", a) for a in above if a.lemma_ != anchor.lemma_):
        return False
    if any(c.lower_ in _COMING for c in anchor.children) or any(a.lower_ == "ahead" for a in above):
        return False
    if above and anchor.dep_ in (*SUBJECTS, "dobj") and syntax.is_verbal(above[0]) and _is_future(above[0]):
        return False
    performed = bool(above) and anchor.dep_ == "dobj" and lex.says("performing", above[0])
    return not performed or _verb_is_done(above[0], lex)


def _is_future(verb: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ in UNDONE for c in verb.children)


def _verb_is_done(token: Token, lex: Lexicon) -> bool:
    while True:
        achieved = token.head.i != token.i and lex.says("achieved", token.head)
        if is_infinitive(token) and not achieved:
            return False
        if any(c.dep_ == "aux" and c.lower_ in UNDONE for c in token.children):
            return False
        if token.head.i == token.i:
            return True
        above = token.dep_ in ("xcomp", "ccomp", "pcomp", "prep", "dobj", "conj") and not achieved
        if above and (lex.says("pending", token.head) or lex.says("refusal", token.head)):
            return False
        shares = token.dep_ == "conj" and child(token, *SUBJECTS, "aux", "auxpass") is None
        if not (shares or achieved or token.dep_ in ("xcomp", "pcomp", "prep")):
            return True
        token = token.head


def _governors(noun: Token) -> list[Token]:
    """The words that a noun hangs on, up to the first verb."""
    found = []
    for above in ancestors(noun):
        found.append(above)
        if syntax.is_verbal(above):
            break
    return found
