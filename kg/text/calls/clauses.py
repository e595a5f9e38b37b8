"""What the frames of calls share: does a verb perform, is a clause the main one, how far it goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.phrases import SUBJECTS, child, children, is_infinitive, subject, subtree
from kg.text.syntax import first_conjunct, is_negated

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from kg.text.calls.words import CallWords

VERBAL = ("VERB", "AUX")
_SUPPOSING = frozenset({"if", "whether", "unless"})
_POSSIBLE = frozenset({"can", "could", "might", "may"})
_BLOCKING = _SUPPOSING | frozenset(
    {"although", "though", "because", "while", "how", "when", "what", "why", "as", "since", "until", "where"}
)
_NEXT = 2
_JOINTS = frozenset({",", ";", "and", "or", "but"})


def performs(verb: Token, words: CallWords) -> bool:
    """True where a verb of calling makes or reports a call: not denied, supposed or in a modifier."""
    if is_negated(verb) or any(c.dep_ == "mark" and c.lower_ in _SUPPOSING for c in verb.children):
        return False
    if any(a.tag_ == "MD" and a.lower_ in _POSSIBLE for a in verb.children):
        return False
    root = first_conjunct(verb)
    if root.tag_ == "VBG" and child(root, "aux") is None:
        return _participle_performs(root, words)
    if root.dep_ in ("relcl", "ccomp"):
        return _adds_on(root) if root.dep_ == "relcl" else root.i < root.head.i or is_said(root, words)
    if root.tag_ == "VB" and is_infinitive(root):
        return root.head.i == root.i or words.says("voicing", root.head) or _tells_duty(root)
    return root.dep_ != "acl" or words.says("spoken", root.head)


def is_said(verb: Token, words: CallWords) -> bool:
    """True where a clause is what somebody says, or follows an adjective: then it may call."""
    head = verb.head
    if head.pos_ == "ADJ" or head.lemma_ == "be" or words.says("stating", head):
        return True
    return head.lemma_.lower() in words.proposals | words.directives


def _adds_on(clause: Token) -> bool:
    """True for ', who have called on': the clause tells more; 'those who call for' only picks out."""
    pronoun = next((c for c in clause.children if c.tag_ in ("WP", "WDT") and c.i < clause.i), None)
    return pronoun is not None and pronoun.i > 0 and pronoun.nbor(-1).text == ","


def _participle_performs(verb: Token, words: CallWords) -> bool:
    """'In a statement calling for', 'joins others in urging', 'condemned the arrests, calling for'."""
    head = verb.head
    if verb.dep_ == "acl":
        return (
            words.says("spoken", head) and head.dep_ in ("dobj", "nsubjpass", "pobj") and not _despite(head)
        )
    if verb.dep_ in ("pcomp", "advcl"):
        top = head.head if verb.dep_ == "pcomp" else head
        return words.says("voicing", top) or words.says("stating", top)
    return verb.dep_ in ("ROOT", "dep")


def _despite(noun: Token) -> bool:
    return noun.head.dep_ == "prep" and noun.head.lower_ in ("despite", "following", "after", "without")


def _tells_duty(verb: Token) -> bool:
    return verb.dep_ == "xcomp" and verb.head.lemma_ in ("have", "need")


def is_main(verb: Token) -> bool:
    """True where the clause of a verb stands for itself: no modifier, concession, condition or question."""
    root = first_conjunct(verb)
    return root.dep_ not in ("relcl", "advcl", "csubj", "pcomp", "acl") and not is_blocked(root)


def is_blocked(verb: Token) -> bool:
    """True where a word before the verb makes its clause a condition, concession or question."""
    return any(
        (c.dep_ in ("mark", "advmod") and c.lower_ in _BLOCKING) or c.tag_ in ("WDT", "WP", "WRB")
        for c in verb.children
        if c.i < verb.i
    )


def caller(verb: Token) -> Token | None:
    """Who calls: the subject, of the verb above for 'continue to urge' and 'issued a letter urging'."""
    found, root = subject(verb), first_conjunct(verb)
    if found is not None or root.head.i == root.i:
        return found
    above = root.head
    if root.dep_ == "acl":
        above = above.head.head if above.dep_ == "pobj" else above.head
    elif root.dep_ == "pcomp":
        above = above.head
    elif root.dep_ not in ("xcomp", "advcl"):
        return None
    return subject(above) if above.pos_ in VERBAL else None


def extent(head: Token) -> Span:
    """The clause of a call, without later clauses coordinated to it that have a subject of their own."""
    if head.dep_ == "xcomp" and head.head.pos_ in VERBAL and child(head, *SUBJECTS) is None:
        return extent(head.head)
    whole = subtree(head)
    start, end = whole.start, whole.end
    for other in children(head, "conj"):
        if other.i > head.i and child(other, *SUBJECTS) is not None:
            end = min(end, other.left_edge.i)
    while end > head.i + 1 and (head.doc[end - 1].is_space or head.doc[end - 1].lower_ in _JOINTS):
        end -= 1
    shared = subject(head)
    if shared is not None and shared.i < start and start - shared.right_edge.i <= _NEXT:
        start = shared.left_edge.i
    while start < head.i and (head.doc[start].is_space or head.doc[start].lower_ in _JOINTS):
        start += 1
    return head.doc[start:end]


def asked_verb(verb: Token) -> Token | None:
    """The verb of what is asked: 'to act', or a clause; a rare verb may have been taken for a noun."""
    for c in verb.children:
        verbal = c.pos_ in VERBAL or is_infinitive(c) or child(c, "mark") is not None
        if c.dep_ in ("xcomp", "ccomp", "advcl") and c.i > verb.i and verbal:
            return c
    return None


def ends_open(verb: Token) -> bool:
    """True where the sentence breaks off at a colon or after 'to': a list follows."""
    text = verb.sent.text.rstrip()
    return text.endswith((":", ";", " to", "–", "—", " following"))


def source(verb: Token, words: CallWords) -> Token | None:
    """Who says a clause: the subject of the verb of saying that it hangs on."""
    root = first_conjunct(verb)
    if root.dep_ in ("ccomp", "parataxis") and (words.says("stating", root.head)):
        return subject(root.head)
    return None
