"""Who can have done an act, by what they are and how they stand to it: the guard against false accusation.

In: a word that may name a perpetrator, how it stands to the act (`kg.text.standing`) and the
class of the entity that it names. Out: why it can't be told as one, empty where it can. States,
their organs, forces and armed groups act with power and may be told from the words around an
act; people, and what no word of the lexicon tells, only where the text says outright that they
did it; laws, rights, acts and bodies that watch over rights never. Who tells, asks, judges,
fights or suffers what hangs on the word is not who did it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text import syntax

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

    from kg.text.cues import Sighted
    from kg.text.lexicon import Lexicon
    from kg.text.standing import Standing

POWERFUL = frozenset({"StateBody", "Country", "Company", "PoliticalParty"})
"""Classes of entities that act with power."""
HARMLESS = frozenset({"Instrument", "Event", "Place"})
"""Classes of what does nothing by itself."""
WATCHERS = frozenset({"Mechanism", "IntergovernmentalBody", "CivilSocietyOrganisation", "MediaOutlet"})
"""Classes that stand beside acts far more often than behind them."""
ORGANISED = frozenset({"CivilSocietyOrganisation", "MediaOutlet"})
PLACE = "Place"
UNSURE, LIKELY, CERTAIN = 0.25, 0.35, 0.5
"""From these probabilities on the ranker's word is taken for the powerful anywhere, for the powerful
where they stand apart from the act, and for others as its subject."""
PEOPLE = ("general", "critic", "minority", "civilian")
TOLD = ("powerful", "perpetrator", "person", "organisation", "media", "party")
"""Sets of words for those who can act."""
NOMINAL = ("tion", "sion", "ment", "ness", "ity", "ance", "ence", "ism", "cy", "ing", "ure")
"""Endings of nouns for what nobody is."""
AGENT = frozenset({"agent", "above-agent", "role:by", "accused"})
SUBJECT = frozenset({"role:subj"})
APART = frozenset({"apart", "aside", "clause", "relative", "object", "beside"})
ATTRIBUTIVE = frozenset({"compound", "amod", "nmod"})
REFLEXIVE = frozenset({"themselves", "himself", "herself", "itself", "ourselves", "myself"})


def objection(
    token: Token, standing: Standing, sentence: Sighted, victims: Sequence[Token], lex: Lexicon, chance: float
) -> str:
    """Why a word can't be told as the perpetrator; empty where nothing speaks against it."""
    marks = standing.marks(token)
    kind = sentence.entity.get(token.i)
    agent = bool(marks & AGENT and "speech" not in marks) or _is_agent(token, lex)
    subject = bool(marks & SUBJECT) and not _is_patient(standing.anchor, lex)
    within = not agent and not subject and chance < CERTAIN and _is_within(token, marks, victims)
    if token in victims or within:
        return "victim"
    if kind in HARMLESS or (kind is None and _is_thing(token, lex)):
        return "" if kind == PLACE and (agent or subject) else "thing"
    if kind in WATCHERS and not agent:
        return "" if kind in ORGANISED and subject and _has_object(standing.anchor) else "watcher"
    if agent:
        return ""
    if marks & SUBJECT and not subject:
        return "patient"
    if marks & {"speech", "opposed"}:
        return "speech"
    if not _is_powerful(token, kind, lex):
        done = subject and (chance >= CERTAIN or _is_done_to(standing, victims))
        return "" if done and syntax.is_verbal(standing.anchor) else "person"
    if token.dep_ in ATTRIBUTIVE and not lex.says("attributive", token):
        return "modifier"
    return "" if subject or chance >= (LIKELY if marks & APART else UNSURE) else "apart"


def _is_within(token: Token, marks: frozenset[str], victims: Sequence[Token]) -> bool:
    """True for a word within the phrase of a victim: 'critics of the government'."""
    return "inside" in marks or any(token in v.subtree for v in victims)


def _is_agent(token: Token, lex: Lexicon) -> bool:
    """True for who a clause beside the act says did it: 'a killing, committed by an agent'."""
    by = syntax.first_conjunct(token).head
    return by.lower_ == "by" and by.dep_ in ("agent", "prep") and lex.says("doing", by.head)


def _has_object(verb: Token) -> bool:
    return syntax.is_verbal(verb) and not syntax.is_passive(verb) and bool(syntax.verb_roles(verb).get("obj"))


def _is_powerful(token: Token, kind: str | None, lex: Lexicon) -> bool:
    """True for a state, an organ or force of one, an armed group, a company."""
    if kind is not None:
        return kind in POWERFUL
    if lex.says("powerful", token):
        return True
    armed = any(lex.says("armed", t) for t in token.subtree if t.head == token or t.head.head == token)
    return armed and any(lex.says(s, token) for s in ("perpetrator", "organisation", "person"))


def _is_thing(token: Token, lex: Lexicon) -> bool:
    """True for a law, a right, an act, and nouns that by their ending are nobody."""
    if lex.says("law", token):
        return True
    if any(lex.says(s, token) for s in TOLD):
        return False
    return lex.says("abstract", token) or (token.pos_ == "NOUN" and token.lemma_.lower().endswith(NOMINAL))


def _is_patient(anchor: Token, lex: Lexicon) -> bool:
    """True where it happens to the subject: 'they fled', 'some groups censor themselves'."""
    if not syntax.is_verbal(anchor):
        return False
    objects = [c for c in anchor.children if c.dep_ in ("dobj", "dative")]
    if any(o.lower_ in REFLEXIVE for o in objects):
        return True
    return lex.says("undergoing", anchor) or (
        not objects and not syntax.roles(anchor).get("obj") and lex.says("vanishing", anchor)
    )


def _is_done_to(standing: Standing, victims: Sequence[Token]) -> bool:
    """True where the act's own object is the victim: 'the colonel beat two women'."""
    return any("obj" in standing.roles.get(v.i, ()) for v in victims)


def _is_thing(token: Token, lex: Lexicon) -> bool:
    """True for a law, a right, an act, and nouns that by their ending are nobody."""
    if lex.says("law", token):
        return True
    if any(lex.says(s, token) for s in TOLD):
        return False
    return lex.says("abstract", token) or (token.pos_ == "NOUN" and token.lemma_.lower().endswith(NOMINAL))


def _is_doing(marks: frozenset[str], standing: Standing, lex: Lexicon) -> bool:
    """True for the subject of an active verb that tells the act, done to somebody else."""
    anchor = standing.anchor
    if not marks & SUBJECT or not syntax.is_verbal(anchor) or lex.says("undergoing", anchor):
        return False
    objects = [c for c in anchor.children if c.dep_ in ("dobj", "dative")]
    return not any(o.lower_ in REFLEXIVE for o in objects)


def _is_thing(token: Token, lex: Lexicon) -> bool:
    """True for a law, a right, an act, and nouns that by their ending are nobody."""
    if lex.says("law", token):
        return True
    if any(lex.says(s, token) for s in TOLD):
        return False
    return lex.says("abstract", token) or (token.pos_ == "NOUN" and token.lemma_.lower().endswith(NOMINAL))
