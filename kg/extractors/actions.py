"""What mechanisms and bodies did: adopted, renewed, reviewed, visited, reported, were refused.

In: a reading and the cues of the classes below rg:MechanismAction. Out: a claim an action,
with the mechanism in its fullest form, country and date. A cue tells by 'actor=' in which
role the mechanism stands. Only things done: what is due, asked for or denied is no action,
but for the request of access itself, which may well stand inside a call.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from kg.model import WORLD, BlockKind, Claim, MechanismAction
from kg.text import syntax
from kg.text.countries import country_for
from kg.text.cues import Sighted
from kg.text.dates import date_for
from kg.text.lexicon import Lexicon, lexicon
from kg.text.naming import Named, classes_by_token, entity_of, named
from kg.text.phrases import ancestors

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from kg.model import Reading, Sentence
    from kg.text.cues import CueIndex, Match
    from kg.vocabulary import Vocabulary

ACTORS = frozenset({"Mechanism", "IntergovernmentalBody"})
"""Classes of entities that act as mechanisms."""
USUAL_ROLES = ("subj", "by", "poss")
SILENT = frozenset({BlockKind.SIGNATORY, BlockKind.BOILERPLATE, BlockKind.RATING, BlockKind.QUESTION})
_UNDONE = frozenset({"will", "would", "should", "must", "may", "might", "could", "can", "shall"})
_ASKING = frozenset({"RequestedAccess"})
"""Actions that stand in a call by their nature."""


def extract(reading: Reading, vocabulary: Vocabulary) -> Iterator[Claim]:
    """The actions of an item, each once: the same action told again is the same."""
    told: set[tuple[str, str, str, str | None]] = set()
    for sentence in reading.sentences:
        if sentence.block.kind in SILENT:
            continue
        for claim in _claims(sentence, reading, vocabulary):
            about = claim.about
            if isinstance(about, MechanismAction):
                key = (about.action, about.mechanism_key or about.mechanism, about.country, about.date)
                if key not in told:
                    told.add(key)
                    yield claim


def _claims(sentence: Sentence, reading: Reading, vocabulary: Vocabulary) -> Iterator[Claim]:
    lex = lexicon(vocabulary)
    sighted = Sighted(sentence.tokens, classes_by_token(sentence, reading))
    best: dict[tuple[str, int], Match] = {}
    for match in _index(vocabulary).find(sighted):
        if any(_inside_name(t, sentence, reading) for t in match.tokens):
            continue
        if match.cue.term not in _ASKING and not _is_done(match.anchor):
            continue
        key = (match.cue.term, match.anchor.i)
        if key not in best or best[key].cue.weight < match.cue.weight:
            best[key] = match
    for match in best.values():
        for actor in _actors(match, sighted, sentence, reading, lex):
            for country in _countries(match, sighted, sentence, reading):
                yield Claim(
                    MechanismAction(
                        mechanism=actor.name,
                        mechanism_key=actor.key,
                        action=match.cue.term,
                        country=country,
                        date=date_for(reading, sentence, match.anchor),
                    ),
                    evidence=sentence.span,
                    confidence=match.cue.weight,
                    found_by="action-cue",
                )


@lru_cache(maxsize=4)
def _index(vocabulary: Vocabulary) -> CueIndex:
    return lexicon(vocabulary).index(vocabulary.mechanism_actions, labels=False)


def _inside_name(index: int, sentence: Sentence, reading: Reading) -> bool:
    """True where a word of the match is part of a longer name, and not its head."""
    token = sentence.tokens.doc[index]
    here = sentence.source(token)
    for mention in reading.within(sentence.span):
        if mention.span.holds(here) and mention.span != here:
            return reading.entity[mention.entity].type != "Mechanism" or token.dep_ in (
                "compound",
                "amod",
                "pobj",
            )
    return False


def _is_done(anchor: Token) -> bool:
    """True where the act is told as done: not denied, due, wished for or asked for."""
    if syntax.is_negated(anchor):
        return False
    for token in (anchor, *ancestors(anchor)):
        if any(c.dep_ == "aux" and c.lower_ in _UNDONE for c in token.children):
            return False
        if token.pos_ in ("VERB", "AUX") and any(
            c.dep_ == "aux" and c.lower_ == "to" for c in token.children
        ):
            return False
        if token.dep_ in ("ccomp", "relcl", "acl", "advcl", "parataxis"):
            return True
    return True


def _actors(
    match: Match, sighted: Sighted, sentence: Sentence, reading: Reading, lex: Lexicon
) -> Iterator[Named]:
    roles = next((r for slot, r in match.cue.slots if slot == "actor"), USUAL_ROLES)
    arguments = sighted.roles(match.anchor)
    found: dict[str, Named] = {}
    for role in roles:
        for argument in arguments.get(role, ()):
            for token in syntax.conjuncts(argument):
                actor = _actor(token, sentence, reading, lex)
                if actor is not None:
                    found.setdefault(actor.key or actor.name, actor)
        if found:
            break
    if not found and (near := _nearest(match.anchor, sentence, reading)) is not None:
        found[near.key or near.name] = near
    yield from found.values()


def _actor(token: Token, sentence: Sentence, reading: Reading, lex: Lexicon) -> Named | None:
    """The mechanism that a token names: an entity of that class, or a noun of that kind."""
    entity = entity_of(token, sentence, reading)
    if entity is not None:
        return Named(entity.name, entity.key) if entity.type in ACTORS else None
    if token.pos_ in ("NOUN", "PROPN") and lex.says("mandate", token):
        return named(token, sentence, reading)
    return None


def _nearest(anchor: Token, sentence: Sentence, reading: Reading) -> Named | None:
    """The mechanism named nearest in the sentence, else in those before it in the item."""
    here = sentence.source(anchor)
    for other in (sentence, *reversed(reading.sentences[: sentence.index])):
        if other.block is not sentence.block and sentence.block.kind is not BlockKind.HEADER:
            break
        mentions = [m for m in reading.within(other.span) if reading.entity[m.entity].type in ACTORS]
        if mentions:
            entity = reading.entity[min(mentions, key=lambda m: abs(m.span.start - here.start)).entity]
            return Named(entity.name, entity.key)
    return None


def _countries(match: Match, sighted: Sighted, sentence: Sentence, reading: Reading) -> list[str]:
    roles = next((r for slot, r in match.cue.slots if slot == "country"), ())
    found = []
    for role in roles:
        for argument in sighted.roles(match.anchor).get(role, ()):
            for token in syntax.conjuncts(argument):
                entity = entity_of(token, sentence, reading)
                if entity is not None and entity.country:
                    found.append(entity.country)
    return list(dict.fromkeys(found)) or [country_for(reading, sentence, match.anchor) or WORLD]
