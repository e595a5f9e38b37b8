"""Who can have done an act, by what they are and how they stand to it: the guard against false accusation.

In: a word that may name a perpetrator, how it stands to the act (`kg.text.standing`) and the
class of the entity that it names. Out: why it can't be told as one, empty where it can. States,
their organs, forces and armed groups act with power and may be told from the words around an
act; people, and what no word of the lexicon tells, only where the text says outright that they
did it; laws, rights, acts and bodies that watch over rights never. Who tells, asks, judges,
fights or suffers what hangs on the word is not who did it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.languages.english import ABSTRACT_ENDINGS, MONTHS
from kg.text import syntax

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

    from kg.text.cues import Sighted
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
OWNER = 0.05
"""And for the powerful to whom the act belongs: 'the government's repression'."""
TOLD = ("powerful", "perpetrator", "person", "organisation", "media", "party")
"""Sets of words for those who can act."""
NOMINAL = (*ABSTRACT_ENDINGS, "ing")
"""Endings of nouns for what does nothing."""
AGENT = frozenset({"agent", "above-agent", "role:by", "accused"})
SUBJECT = frozenset({"role:subj", "carrier"})
APART = frozenset({"apart", "aside", "clause", "relative", "object"})
FAR = frozenset({"beside", "aside-agent", "described"})
"""Marks of who does something else than the act."""
NEVER = frozenset({"speech", "opposed", "recipient", "earlier-agent"})
ATTRIBUTIVE = frozenset({"compound", "amod", "nmod"})
REFLEXIVE = frozenset({"themselves", "himself", "herself", "itself", "ourselves", "myself"})


@dataclass(frozen=True)
class Suspect:
    """A word that may name a perpetrator, with what is known of it."""

    token: Token
    standing: Standing
    """How words stand to the act that it may have done."""
    chance: float
    """How likely the ranker holds it; 0 for one that the rules alone propose."""
    kind: str | None
    """Class of the entity that it names."""
    marks: frozenset[str]
    agent: bool
    """The text says 'by' it."""
    subject: bool
    """It is the subject of the act, and the act isn't something that happens to it."""

    def says(self, *names: str) -> bool:
        """True where one of some sets of words holds it."""
        return any(self.standing.lex.says(name, self.token) for name in names)


def suspect(token: Token, chance: float, standing: Standing, sentence: Sighted) -> Suspect:
    """A word made ready for the questions."""
    marks = standing.marks(token)
    agent = bool(marks & AGENT and "speech" not in marks) or _is_agent(token, standing)
    subject = bool(marks & SUBJECT) and not _is_patient(standing)
    return Suspect(token, standing, chance, sentence.entity.get(token.i), marks, agent, subject)


def objection(who: Suspect, victims: Sequence[Token]) -> str:
    """Why a word can't be told as the perpetrator; empty where nothing speaks against it."""
    if who.token in victims or _is_within(who, victims):
        return "victim"
    nature = _nature(who)
    if nature or (who.agent and _is_somebody(who) and not _is_charged(who)):
        return nature
    place = _place(who)
    if place or _is_powerful(who):
        return place or _stands_apart(who)
    done = who.subject and (who.chance >= CERTAIN or _is_done_to(who.standing, victims))
    return "" if done and _does(who) else "person"


def _does(who: Suspect) -> bool:
    """True for the subject of an active verb, in its own clause or the one that the act belongs to."""
    anchor = who.standing.anchor
    if "carrier" in who.marks:
        return "accused" not in who.marks
    if anchor.pos_ == "AUX" or not syntax.is_verbal(anchor) or "accused" in who.marks:
        return False
    if syntax.first_conjunct(anchor).dep_ == "relcl":
        return True
    first = syntax.first_conjunct(who.token)
    return first.dep_ == "nsubj" and not who.standing.lex.says("undergoing", first.head)


def _is_charged(who: Suspect) -> bool:
    """True for people of whom it is only said that they are accused of it: that is no word of who did it."""
    return "accused" in who.marks and not _is_powerful(who)


def _is_somebody(who: Suspect) -> bool:
    """True for who can act: 'shot by soldiers', never 'hit by a canister', 'raided by night'."""
    named = who.kind is not None or who.token.pos_ == "PROPN"
    return named or who.chance >= UNSURE or who.says(*TOLD)


def _place(who: Suspect) -> str:
    """Why nobody who stands there did it, whoever it is."""
    if who.marks & SUBJECT and not who.subject:
        return "patient"
    if not who.subject and (who.marks & NEVER or {"for", "above-subj"} <= who.marks):
        return "speech"
    return "noun" if _is_noun_of(who) else ""


def _nature(who: Suspect) -> str:
    """Why something of its kind did nothing."""
    if who.kind is None and who.token.lower_ in MONTHS:
        return "thing"
    if who.kind in HARMLESS or (who.kind is None and _is_thing(who)):
        return "" if who.kind == PLACE and (who.agent or who.subject) else "thing"
    if who.kind in WATCHERS and not who.agent:
        outright = who.kind in ORGANISED and who.subject and _has_object(who.standing)
        return "" if outright else "watcher"
    return ""


def _stands_apart(who: Suspect) -> str:
    """Why one with power isn't told from where it stands in the sentence."""
    if who.token.dep_ in ATTRIBUTIVE and not who.says("attributive"):
        return "modifier"
    if "role:poss" in who.marks and who.chance >= OWNER:
        return ""
    needed = CERTAIN if who.marks & FAR else LIKELY if who.marks & APART else UNSURE
    return "" if who.subject or who.chance >= needed else "apart"


def _is_within(who: Suspect, victims: Sequence[Token]) -> bool:
    """True for a word within the phrase of a victim: 'critics of the government'."""
    if who.agent or who.subject or who.chance >= CERTAIN:
        return False
    return "inside" in who.marks or any(who.token in v.subtree for v in victims)


def _is_agent(token: Token, standing: Standing) -> bool:
    """True for who a clause that describes the act says did it: 'a killing, committed by an agent'."""
    by = syntax.first_conjunct(token).head
    told = by.lower_ == "by" and by.dep_ in ("agent", "prep") and standing.lex.says("doing", by.head)
    return told and syntax.first_conjunct(standing.anchor) in token.ancestors


def _is_noun_of(who: Suspect) -> bool:
    """True where the act stands in a noun that tells who did it, or names another: 'the killers of X'."""
    anchor = who.standing.anchor
    if who.token == anchor.head and anchor.dep_ == "compound":
        return True
    doing = anchor.pos_ == "NOUN" and anchor.lemma_.endswith(("er", "or", "ist"))
    return doing and who.standing.lex.says("powerful", anchor)


def _has_object(standing: Standing) -> bool:
    verb = standing.anchor
    return syntax.is_verbal(verb) and not syntax.is_passive(verb) and bool(standing.arguments.get("obj"))


def _is_powerful(who: Suspect) -> bool:
    """True for a state, an organ or force of one, an armed group, a company."""
    token = who.token
    if who.kind is not None:
        return who.kind in POWERFUL
    if who.says("powerful"):
        return True
    armed = any(who.standing.lex.says("armed", t) for t in token.subtree if token in {t.head, t.head.head})
    return armed and who.says("perpetrator", "organisation", "person")


def _is_patient(standing: Standing) -> bool:
    """True where it happens to the subject: 'they fled', 'some groups censor themselves'."""
    anchor, lex = standing.anchor, standing.lex
    if not syntax.is_verbal(anchor):
        return False
    objects = [c for c in anchor.children if c.dep_ in ("dobj", "dative")]
    if any(o.lower_ in REFLEXIVE for o in objects):
        return True
    return lex.says("undergoing", anchor) or (
        not objects and not standing.arguments.get("obj") and lex.says("vanishing", anchor)
    )


def _is_done_to(standing: Standing, victims: Sequence[Token]) -> bool:
    """True where the act's own object is the victim: 'the colonel beat two women'."""
    return any("obj" in standing.roles.get(v.i, ()) for v in victims)


def _is_thing(who: Suspect) -> bool:
    """True for a law, a right, an act, and nouns that by their ending are nobody."""
    if who.says("law"):
        return True
    if who.says(*TOLD):
        return False
    noun = who.token.pos_ == "NOUN" and who.token.lemma_.lower().endswith(NOMINAL)
    return noun or who.says("abstract")
