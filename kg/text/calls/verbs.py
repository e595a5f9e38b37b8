"""Calls made by verbs: directives ('urge X to act') and proposals ('recommend that X act')."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.calls.clauses import VERBAL, asked_verb, caller, ends_open, extent, performs
from kg.text.calls.words import ACTING, Call
from kg.text.phrases import agent, child, is_infinitive, subject
from kg.text.syntax import is_passive

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.text.calls.words import CallWords

_WITH_CLAUSE = frozenset({"suggest", "propose", "insist", "advocate"})
"""Proposal verbs that ask for something only with a clause that says so."""
_SOCIAL = frozenset({"visit", "attend", "speak", "meet", "come", "join", "dine", "participate"})
"""What people are invited to."""
_MONEY = frozenset({"$", "CD"})
_BEFORE_VERB = frozenset({"and", "we", "i", "also", "strongly"})
_REACH = 4
"""Words between a verb and its preposition."""


def directive(token: Token, words: CallWords) -> Call | None:
    """'We urge X to act', 'X is called upon to act', 'the Council invited states to act'."""
    if not (_is_verb(token, words.directives) or _opens_paragraph(token, words.asking)):
        return None
    found = _cue(token, words.asking)
    if found is None or not performs(token, words) or _speechless(subject(token), words):
        return None
    cue, prep = found
    by, asked = caller(token), asked_verb(token)
    if by is None and token.dep_ == "ROOT" and token.pos_ in ("NOUN", "PROPN"):
        by = child(token, "compound")
    addressee = _object(token, prep, asked)
    if is_passive(token) and not _is_voice(token, prep):
        if token.tag_ == "VBG" or by is None or by.pos_ == "PRON" or cue in words.mild:
            return None
        addressee, by = by, agent(token)
    if asked is None and addressee is not None:
        near = token.sent if token.pos_ in ("NOUN", "PROPN") else addressee.children
        asked = next((c for c in near if c.i > token.i and is_infinitive(c)), None)
    is_open = ends_open(token)
    if asked is None and not is_open:
        return None
    if cue in words.mild and asked is not None and not (_says_act(asked) and _speaks(by, words)):
        return None
    return Call(token, "directive", extent(token), asked, by, addressee, asked is None)


def _is_voice(token: Token, prep: Token | None) -> bool:
    """True for 'a statement issued today called on X': no passive, though it looks like one."""
    return prep is not None and token.dep_ == "acl" and child(prep, "pobj") is not None


def _says_act(asked: Token) -> bool:
    """True where what is asked is an act: 'to act', 'that X act'; not 'whether', a thing, or a visit."""
    if asked.lemma_.lower() in _SOCIAL:
        return False
    return is_infinitive(asked) or any(c.dep_ == "mark" and c.lower_ == "that" for c in asked.children)


def _is_verb(token: Token, cues: frozenset[str]) -> bool:
    """True for verbs, and for an 'urge' or 'appeals' that the tagger took for a noun."""
    if token.tag_.startswith("VB"):
        return True
    if token.pos_ not in ("NOUN", "PROPN") or token.i >= token.sent.end - 1:
        return False
    if token.i == token.sent.start:
        return False
    if not any(c.split()[0] == token.lemma_.lower() for c in cues):
        return False
    alone = not any(c.dep_ in ("det", "amod", "poss", "compound", "nummod") for c in token.children)
    if alone and token.nbor(-1).lower_ in _BEFORE_VERB and token.nbor().lower_ != "to":
        return True
    named = token.nbor(-1).tag_ == "NNP" and token.dep_ == "ROOT" and token.tag_ in ("NNS", "NNPS")
    return named and any(is_infinitive(c) for c in token.children)


def _opens_paragraph(token: Token, cues: frozenset[str]) -> bool:
    """True for the verb of an operative paragraph taken for a noun: 'Calls upon the state to act'."""
    opens = token.i == token.sent.start < token.sent.end - 1 and token.tag_ in ("NNS", "NNPS")
    if not opens or not any(c.split()[0] == token.lemma_.lower() for c in cues):
        return False
    after = token.nbor()
    told = after.lower_ in ("on", "upon") or after.pos_ in ("DET", "PROPN")
    return told and any(is_infinitive(t) for t in token.sent)


def _speechless(who: Token | None, words: CallWords) -> bool:
    """True where the subject is a text that lays down a rule: 'the law asks that'."""
    return who is not None and words.says("norm", who)


def _speaks(who: Token | None, words: CallWords) -> bool:
    """True where the subject can speak: a name, a pronoun, people or a body, nothing that just helps."""
    if who is None or who.pos_ in ("PROPN", "PRON"):
        return True
    return any(words.says(name, who) for name in ("person", "authority", "organisation", "mandate", "spoken"))


def _cue(token: Token, cues: frozenset[str]) -> tuple[str, Token | None] | None:
    """The cue that a verb makes with its preposition, longest first."""
    lemma = token.lemma_.lower()
    for prep in token.children:
        near = token.i < prep.i <= token.i + _REACH
        if near and prep.dep_ in ("prep", "prt", "dative") and f"{lemma} {prep.lower_}" in cues:
            return f"{lemma} {prep.lower_}", prep
    following = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    if following is not None and f"{lemma} {following.lower_}" in cues:
        return f"{lemma} {following.lower_}", following
    return (lemma, None) if lemma in cues else None


def _object(verb: Token, prep: Token | None, asked: Token | None) -> Token | None:
    """Who is asked: the object of the preposition or verb, or the subject of what is asked."""
    found = child(prep, "pobj") if prep is not None else None
    found = found or child(verb, "dobj", "dative")
    if (found is None or found.pos_ == "ADP") and asked is not None:
        found = child(asked, "nsubj", "nsubjpass")
    if found is None and verb.pos_ in ("NOUN", "PROPN"):
        found = next((t for t in verb.sent if t.i > verb.i and t.pos_ in ("NOUN", "PROPN", "PRON")), None)
    return found


def proposal(token: Token, words: CallWords) -> Call | None:
    """'APE recommends that X act', 'they call for the release of', 'it was recommended to'."""
    if not token.tag_.startswith("VB") or child(token, "poss") is not None or _after_possessive(token):
        return None
    found = _cue(token, words.proposals)
    if found is None or not performs(token, words) or _speechless(subject(token), words):
        return None
    cue, prep = found
    by, addressee, asked = _proposed(token, prep)
    is_open = ends_open(token)
    if is_open and prep is None and asked is not None and asked.pos_ in ("NOUN", "PROPN"):
        addressee, asked = (asked if _after_that(asked) else None), None
    if is_open and addressee is None and prep is None:
        addressee = _before_list(token)
        asked = None if addressee is not None else asked
    if cue in _WITH_CLAUSE and not _subjunctive(asked, words):
        return None
    if asked is None and (not is_open or cue in words.directives):
        return None
    if asked is not None and not _can_be_asked(asked, cue, words):
        return None
    return Call(token, "proposal", extent(token), asked, by, addressee, asked is None)


def _can_be_asked(asked: Token, cue: str, words: CallWords) -> bool:
    """True for an act or a thing that is asked for: no sum of money, nobody who would act himself."""
    if _is_sum(asked) or (asked.dep_ == "dobj" and words.says("person", asked)):
        return False
    return cue not in words.directives or _is_thing(asked, words)


def _is_sum(asked: Token) -> bool:
    """True for an amount: '$300', '79,000 dinars'; what is demanded then is a payment that is told."""
    return asked.tag_ in _MONEY or (asked.dep_ == "dobj" and child(asked, "nummod") is not None)


def _is_thing(asked: Token, words: CallWords) -> bool:
    """True for what can be urged but can't act: 'urged the ratification of', not 'urged the state'."""
    named = asked.pos_ != "NOUN" or any(words.says(name, asked) for name in ACTING)
    return asked.dep_ == "dobj" and not named and child(asked, "prep") is not None


def _after_possessive(token: Token) -> bool:
    """True for 'the community's calls', which the tagger may take for a verb."""
    return token.i > token.sent.start and token.nbor(-1).tag_ == "POS"


def _proposed(token: Token, prep: Token | None) -> tuple[Token | None, Token | None, Token | None]:
    """Who proposes, to whom, and what."""
    by, asked = caller(token), asked_verb(token)
    if prep is not None:
        content = child(prep, "pobj", "pcomp")
        if asked is not None and is_infinitive(asked):
            return by, child(asked, "nsubj") or content, asked
        return by, None, content or asked
    if is_passive(token):
        what = asked if by is not None and by.lower_ == "it" else by
        doer = child(what, "nsubj") if what is not None and what.pos_ in VERBAL else None
        return agent(token), doer, what
    if asked is not None:
        return by, child(asked, "nsubj"), asked
    return by, None, child(token, "dobj")


def _after_that(noun: Token) -> bool:
    """True for 'recommends that the State party:'."""
    return any(t.lower_ == "that" for t in noun.doc[max(noun.sent.start, noun.left_edge.i - 1) : noun.i])


def _before_list(verb: Token) -> Token | None:
    """Who is asked in 'recommend that the Government of X:', where the parse has no clause to go by."""
    after = [t for t in verb.sent if t.i > verb.i]
    begins = next((n for n, t in enumerate(after) if t.lower_ == "that"), None)
    if begins is None or any(t.pos_ in VERBAL for t in after[begins:]):
        return None
    return next((t for t in after[begins:] if t.pos_ in ("NOUN", "PROPN")), None)


def _subjunctive(asked: Token | None, words: CallWords) -> bool:
    """True for 'that X act' and 'that X should act', not for 'to act' and 'that X could act'."""
    if (
        asked is None
        or asked.pos_ not in VERBAL
        or is_infinitive(asked)
        or child(asked, "nsubj", "nsubjpass") is None
    ):
        return False
    modals = [c for c in asked.children if c.tag_ == "MD"]
    if modals:
        return all(m.lower_ in words.deontics for m in modals)
    return asked.tag_ == "VB" or any(c.tag_ == "VB" and c.dep_ == "auxpass" for c in asked.children)
