"""Who suffers and who does: victim and perpetrator of a trigger, as the text names them.

In: a trigger and its arguments by role. Out: the heads of the phrases that name them. Verbs
have them as object and subject; nouns of action after 'of', 'against', 'on' and 'by', as
possessives and as compounds; nouns under a light verb ('faced threats', 'carried out raids')
take them from that verb.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.text import syntax
from kg.text.arguments import ranker
from kg.text.countries import is_origin
from kg.text.doers import Suspect, objection, suspect
from kg.text.standing import standing_to
from kg.text.sufferers import NARRATOR, can_suffer

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from spacy.tokens import Token

    from kg.text.arguments import Ranked
    from kg.text.cues import Match, Sighted
    from kg.text.lexicon import Lexicon
    from kg.text.standing import Standing

VERB_VICTIM = ("obj", "against", "on")
NOUN_VICTIM = ("of", "against", "on", "obj")
VERB_PERPETRATOR = ("subj",)
NOUN_PERPETRATOR = ("by", "from")
DIRECT = frozenset({"dobj", "nsubjpass"})
CERTAIN = 0.6
"""From this probability on, the ranker's word counts before a plain object or passive subject."""
SURE = 0.25
"""From this probability on, the ranker's word counts before that of the rules."""


@dataclass(frozen=True, slots=True)
class Participants:
    """Heads of the phrases that name them; empty where the text doesn't tell."""

    victims: tuple[Token, ...] = ()
    perpetrators: tuple[Token, ...] = ()


def participants(match: Match, sentence: Sighted, lexicon: Lexicon) -> Participants:
    """Victims and perpetrators of a trigger."""
    told = dict(match.cue.slots)
    anchor = match.anchor
    verbal = syntax.is_verbal(anchor)
    standing = standing_to(anchor, lexicon)

    def pick(names: Iterable[str]) -> list[Token]:
        return [t for name in names for t in standing.arguments.get(name, ()) if t.i != anchor.i]

    victims = _people(pick(told.get("victim", VERB_VICTIM if verbal else NOUN_VICTIM)), lexicon)
    doers = _doers(pick(told.get("perpetrator", VERB_PERPETRATOR if verbal else NOUN_PERPETRATOR)), lexicon)
    if not verbal:
        for token in (*pick(("poss",)), *(t for t in pick(("mod",)) if t.dep_ == "compound")):
            if lexicon.says("authority", token) and not victims_like(token, lexicon):
                doers = doers or [token]
            elif not victims and _people([token], lexicon):
                victims = [token]
        if not victims or not doers:
            above = _from_light_verb(anchor, sentence, lexicon)
            victims = victims or _people(above.victims, lexicon)
            doers = doers or _doers(above.perpetrators, lexicon)
    victims = [v for v in victims if v not in doers]
    return _ranked(match, Participants(tuple(victims[:3]), tuple(doers[:2])), sentence, standing)


def _ranked(match: Match, ruled: Participants, sentence: Sighted, standing: Standing) -> Participants:
    """What the ranker is sure of, else what the rules say; a cue's own slots are kept."""
    told = dict(match.cue.slots)
    ranked = ranker().rank(match.cue.term, standing, sentence)
    ranked = [r for r in ranked if not _is_narrator(r.token)]
    victims, doers = ruled.victims, ruled.perpetrators
    best = max(ranked, key=lambda r: (r.perpetrator, -r.token.i), default=None)
    found = []
    if best is not None and best.perpetrator >= SURE and "perpetrator" not in told:
        found.append(best.token)
    if "victim" not in told:
        able = [r for r in ranked if can_suffer(r.token, standing, sentence)]
        ruled_in = tuple(v for v in victims if can_suffer(v, standing, sentence))
        victims = _sufferers(match, able, ruled_in)
        if _is_sufferer(match.anchor, standing.lex) and all(_is_within(v, match.anchor) for v in victims):
            victims = (match.anchor,)
    chances = {r.token.i: r.perpetrator for r in ranked}
    suspects = [suspect(t, chances.get(t.i, 0.0), standing, sentence) for t in (*found, *doers)]
    for who in _outright(suspects, standing, sentence, chances):
        token = who.token
        if not _is_home_of(token, victims) and not objection(who, victims):
            return Participants(victims, (token,))
    return Participants(victims, ())


def _outright(
    suspects: Sequence[Suspect], standing: Standing, sentence: Sighted, chances: Mapping[int, float]
) -> Sequence[Suspect]:
    """Who the text says did it in so many words, where it does; nobody else can have done it then."""
    by = [t for t in standing.arguments.get("by", ()) if t.pos_ in ("NOUN", "PROPN")]
    named = [suspect(t, chances.get(t.i, 0.0), standing, sentence) for t in by]
    told = [s for s in named if s.agent and "role:by" in s.marks and not objection(s, ())]
    return told or suspects


def _sufferers(match: Match, ranked: Sequence[Ranked], ruled: tuple[Token, ...]) -> tuple[Token, ...]:
    """The victim of whom the ranker is surest and who isn't likelier to have done it; else the ruled ones."""
    direct = bool(ruled) and syntax.is_verbal(match.anchor) and ruled[0].dep_ in DIRECT
    likely = [r for r in ranked if r.victim >= (CERTAIN if direct else SURE) and r.victim >= r.perpetrator]
    found = max(likely, key=lambda r: (r.victim, -r.token.i), default=None)
    if found is not None:
        return (found.token,)
    doing = {r.token.i for r in ranked if r.perpetrator >= SURE and r.perpetrator > r.victim}
    return tuple(v for v in ruled if v.i not in doing)


def _is_sufferer(anchor: Token, lexicon: Lexicon) -> bool:
    """True where the word that tells the act names who suffers it: 'opposition leaders arrested'."""
    if anchor.pos_ != "NOUN" or lexicon.says("officer", anchor) or lexicon.says("combatant", anchor):
        return False
    return lexicon.says("person", anchor)


def _is_within(token: Token, anchor: Token) -> bool:
    """True for a word that only describes the one that tells the act."""
    return token.head == anchor and token.dep_ in ("compound", "amod", "nmod")


def _is_home_of(token: Token, victims: Sequence[Token]) -> bool:
    """True for where victims come from, which has done nothing to them: 'groups from the coast'."""
    return is_origin(token) and token.head.head.i in {v.i for v in victims}


def _is_narrator(token: Token) -> bool:
    """True for the 'we' or 'I' who tells or is concerned, which nothing is done to."""
    return token.lower_ in NARRATOR and token.dep_ == "nsubj"


def victims_like(token: Token, lexicon: Lexicon) -> bool:
    """True for words that name critics before they name authorities."""
    return lexicon.says("critic", token)


def _from_light_verb(noun: Token, sentence: Sighted, lexicon: Lexicon) -> Participants:
    """Arguments of the verb that carries a noun: 'she faced threats', 'police made arrests'."""
    top = syntax.governor(noun)
    through = None
    for _ in range(3):
        if top.dep_ in ("prep", "agent") or not syntax.is_verbal(top):
            through = top if top.dep_ in ("prep", "agent") else through
            if top.head == top:
                return Participants()
            top = top.head if top.dep_ in ("prep", "agent") else syntax.governor(top)
    if not syntax.is_verbal(top):
        return Participants()
    roles = sentence.roles(top)
    subject = tuple(t for t in roles.get("subj", ()) if t != noun)
    patient = tuple(
        t
        for t in roles.get("obj", ())
        if t != noun and syntax.first_conjunct(t) != syntax.first_conjunct(noun)
    )
    if lexicon.says("suffering", top):
        return Participants(patient or subject, ())
    if lexicon.says("doing", top):
        return Participants((), subject)
    if through is not None and through.lower_ in ("to", "with", "by", "in"):
        return Participants(patient, subject if patient else ())
    return Participants()


def _people(found: Sequence[Token], lexicon: Lexicon) -> list[Token]:
    """Those that can be a victim: people, groups, media, organisations, names, pronouns for them."""
    kept = []
    for token in found:
        if token.dep_ == "amod" or token.lower_ in ("it", "this", "that", "which", "what", "there"):
            continue
        if token.pos_ in ("PROPN", "PRON") or any(
            lexicon.says(s, token) for s in ("person", "organisation", "media", "gathering", "party", "place")
        ):
            kept.append(token)
    return kept


def _doers(found: Sequence[Token], lexicon: Lexicon) -> list[Token]:
    """Those that can have done it: authorities, groups, named actors."""
    kept = []
    for token in found:
        if token.lower_ in ("it", "this", "that", "which", "what", "there", "i", "we"):
            continue
        if (
            token.pos_ == "PROPN"
            or token.lower_ in ("they", "he", "she")
            or any(lexicon.says(s, token) for s in ("authority", "combatant", "perpetrator", "organisation"))
        ):
            kept.append(token)
    return kept
