"""What a law lays down and what a text calls for: 'must' says both.

In: a call made by a modal, and how the item speaks. In a text that describes (a report, a
news article), in its own voice, a duty of private people or of a thing is what some law
demands; a duty of an authority is what the text asks of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.phrases import child, subject
from kg.text.syntax import is_passive

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.text.calls.words import Call, CallWords

STRICT = frozenset({"must", "have", "need"})
"""Modals that tell what a law demands as often as what a text demands."""
_GENERAL = frozenset({"all", "any", "each", "every", "no"})


def is_norm(call: Call, words: CallWords, *, describes: bool) -> bool:
    """True where a modal tells what some law demands of people, not what the text calls for."""
    if call.frame != "deontic" or call.action is None or not _is_strict(call.head, call.action):
        return False
    who = subject(call.head)
    if who is None or who.tag_ in ("PRP", "DT", "WP"):
        return describes and who is not None and who.lower_ in ("they", "it")
    if is_passive(call.action):
        return describes and any(c.lower_ in _GENERAL for c in who.children if c.dep_ == "det")
    if words.says("authority", who) or words.says("state", who) or words.says("mandate", who):
        return False
    private = any(words.says(name, who) for name in ("person", "organisation", "media"))
    return private or (describes and who.pos_ != "PROPN")


def _is_strict(head: Token, action: Token) -> bool:
    modal = child(action, "aux")
    strict = any(a.dep_ == "aux" and a.lemma_.lower() in STRICT for a in action.children)
    return strict or (modal is not None and head.lemma_.lower() in STRICT and head.i != action.i)
