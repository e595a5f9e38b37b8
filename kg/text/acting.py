"""Who did an act of a mechanism, which country it concerns, when it was done.

In: a match of an action's cue in a sentence. Out: the mechanisms in the role that the cue tells, else
the one that the act is named after, stands nearest, or that the title names; the verbs of a resolution
without subject are those of the body that adopts it. The country comes from a role, the sentence,
names in it, or the title, never from nearness.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from kg.model import WORLD
from kg.text import syntax
from kg.text.countries import HEADS, countries_in
from kg.text.countries import WEAK as WEAK_SIGN
from kg.text.dates import date_for, dates_in
from kg.text.mechanisms import alongside, country_in_name, mechanism_of, named_after, nearest
from kg.text.naming import Named, entity_of
from kg.vocabulary import RG

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from spacy.tokens import Token

    from kg.model import Reading, Sentence
    from kg.text.cues import Match, Sighted
    from kg.text.lexicon import Lexicon
    from kg.vocabulary import Vocabulary

USUAL_ROLES = ("subj", "by", "poss")
PLACES = frozenset({"at", "in"})
"""Roles that tell a place or time as often as the body that acts."""
SINCE = ("since", "until", "till", "before", "from", "by")
"""Words before a date that isn't the date of the act."""
WEAK = 0.6
"""Weight up to which a cue needs its actor named in the role that it tells."""
UTTERED = 0.5
"""Weight of cues that any public word is: 'says', 'urges'. Acts told with them say more."""


@lru_cache(maxsize=4)
def actor_classes(vocabulary: Vocabulary) -> Mapping[str, frozenset[str]]:
    """The classes of bodies that can do an action, where the lexicon narrows them."""
    told = {
        t.id: frozenset(vocabulary.values(t.iri, RG + "actorClass")) for t in vocabulary.mechanism_actions
    }
    return {ident: classes for ident, classes in told.items() if classes}


def actors(
    match: Match,
    sighted: Sighted,
    sentence: Sentence,
    reading: Reading,
    *,
    lex: Lexicon,
    classes: frozenset[str],
) -> Iterator[Named]:
    """The mechanisms of an action; where no role is filled, the one that it is named after or nearest."""
    found: dict[str, Named] = {}
    filled = False
    for role, tokens in _in_roles(match, sighted):
        for token in tokens:
            filled = filled or not (
                lex.says("resolution", token) or lex.says("report", token) or role in PLACES
            )
            actor = mechanism_of(token, sentence, reading, lex)
            if actor is not None:
                found.setdefault(actor.key or actor.name, actor)
                found |= {a.key or a.name: a for a in alongside(actor, sentence, reading)}
        if found:
            break
    if not found and not filled and match.cue.weight > WEAK:
        near = (
            named_after(match.anchor, reading)
            or nearest(match.anchor, sentence, reading, classes)
            or _in_title(reading, classes)
        )
        if near is not None:
            found[near.key or near.name] = near
    if not found and match.cue.weight > UTTERED:
        own = _adopting(match.anchor, sentence, reading)
        if own is not None:
            found[own.key or own.name] = own
    yield from [a for a in found.values() if a.key] or found.values()


def _in_title(reading: Reading, classes: frozenset[str]) -> Named | None:
    """The mechanism that the title names, where it names one."""
    named = {m.entity for m in reading.within(reading.item.title)}
    found = [e for e in reading.entities if e.key in named and e.type in classes]
    return Named(found[0].name, found[0].key) if len(found) == 1 and found[0].type == "Mechanism" else None


def _adopting(anchor: Token, sentence: Sentence, reading: Reading) -> Named | None:
    """The body of a resolution, which does what its verbs without subject say: 'Appoints X'."""
    first = next((t for t in sentence.tokens if t.is_alpha), None)
    if reading.item.genre != "resolution" or first is None or anchor.i != first.i:
        return None
    body = reading.item.publisher
    known = next((e for e in reading.entities if body and body in (e.name, *e.aliases)), None)
    return Named(known.name, known.key) if known is not None else Named(body) if body else None


def _in_roles(match: Match, sighted: Sighted) -> Iterator[tuple[str, list[Token]]]:
    """What stands in each role of the actor, in turn, with what is coordinated to it."""
    roles = next((r for slot, r in match.cue.slots if slot == "actor"), USUAL_ROLES)
    words = [match.anchor, *(t for t in sighted.tokens if t.i in match.tokens and t.i != match.anchor.i)]
    for role in roles:
        arguments = [a for word in words for a in sighted.roles(word).get(role, ())]
        inside = role in ("obj", "of")
        tokens = [t for a in arguments if inside or a.i not in match.tokens for t in syntax.conjuncts(a)]
        yield role, list({t.i: t for t in tokens}.values())


def countries_of_act(
    match: Match, sighted: Sighted, sentence: Sentence, reading: Reading, vocabulary: Vocabulary
) -> list[str]:
    """Which country it concerns: by role, by the sentence or names in it, by the title; never by nearness.

    An action of a body concerns the world unless the text says otherwise.
    """
    roles = next((r for slot, r in match.cue.slots if slot == "country"), ())
    arguments = [a for role in roles for a in sighted.roles(match.anchor).get(role, ())]
    entities = [entity_of(t, sentence, reading) for a in arguments for t in syntax.conjuncts(a)]
    found = [e.country for e in entities if e is not None and e.country]
    if found:
        return list(dict.fromkeys(found))
    titles = [s for s in reading.sentences if s.block.kind in HEADS]
    heads = [c for s in titles for c in _told(s, reading, vocabulary)]
    here = _told(sentence, reading, vocabulary)
    own = _adopting(match.anchor, sentence, reading) is not None
    if not here and not own and match.cue.term in actor_classes(vocabulary):
        return [WORLD]
    return [next((c for c in here if c in heads), None) or next(iter((*here, *heads)), WORLD)]


def _told(sentence: Sentence, reading: Reading, vocabulary: Vocabulary) -> list[str]:
    """The countries that a sentence tells: the named ones, then those in names, last those addressed."""
    named = sorted(countries_in(reading, sentence), key=lambda c: c.strength == WEAK_SIGN)
    names = [reading.entity[m.entity].name for m in reading.within(sentence.span)]
    inside = [c for n in names if (c := country_in_name(n, vocabulary))]
    strong = [c.alpha2 for c in named if c.strength != WEAK_SIGN]
    return list(dict.fromkeys([*strong, *inside, *(c.alpha2 for c in named)]))


def _day_of_text(anchor: Token, sentence: Sentence, reading: Reading) -> str | None:
    """The date of a resolution for what it does itself."""
    return reading.item.date if _adopting(anchor, sentence, reading) is not None else None


def date_of_act(anchor: Token, sentence: Sentence, reading: Reading) -> str | None:
    """The date of the act, unless the text only counts from or up to it; a resolution's for what it does."""
    date = date_for(reading, sentence, anchor) or _day_of_text(anchor, sentence, reading)
    text = sentence.tokens.doc.text
    for dated in dates_in(reading, sentence):
        if dated.iso == date and text[: dated.start].casefold().rstrip().endswith(SINCE):
            return None
    return date
