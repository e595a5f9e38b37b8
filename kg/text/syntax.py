"""Small questions to a dependency parse: subjects, objects, clauses, noun phrases.

Labels are those of spaCy's English models (nsubj, dobj, ccomp, ...). Every function is pure
and stays inside the sentence of the token that it is given.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Span, Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
OBJECTS = frozenset({"dobj", "dative", "oprd", "attr"})
COMPLEMENTS = frozenset({"xcomp", "ccomp", "advcl", "acl", "relcl", "pcomp"})
CLAUSES = frozenset({"relcl", "acl", "advcl", "ccomp", "parataxis"})
_ARTICLES = frozenset({"the", "a", "an", "both"})


def child(token: Token, *deps: str) -> Token | None:
    """The first child with one of these labels."""
    return next((c for c in token.children if c.dep_ in deps), None)


def children(token: Token, *deps: str) -> list[Token]:
    """The children with one of these labels, in order."""
    return [c for c in token.children if c.dep_ in deps]


def first_conjunct(token: Token) -> Token:
    """The head of the coordination that a token stands in."""
    while token.dep_ == "conj" and token.head is not token:
        token = token.head
    return token


def coordinated(token: Token) -> Iterator[Token]:
    """A token and the tokens coordinated after it, however deep the chain."""
    yield token
    for other in children(token, "conj"):
        yield from coordinated(other)


def subject(verb: Token) -> Token | None:
    """The subject of a verb, shared from the first of coordinated verbs where it has none."""
    own = child(verb, *SUBJECTS)
    if own is not None:
        return own
    if verb.dep_ == "conj" and verb.head is not verb and verb.head.pos_ in ("VERB", "AUX"):
        return subject(verb.head)
    return None


def agent(verb: Token) -> Token | None:
    """The agent of a passive: the object of its 'by'."""
    by = child(verb, "agent") or next((p for p in children(verb, "prep") if p.lower_ == "by"), None)
    return child(by, "pobj") if by is not None else None


def is_passive(verb: Token) -> bool:
    """True for a passive verb, reduced participles included."""
    return child(verb, "nsubjpass", "auxpass") is not None or (verb.dep_ == "acl" and verb.tag_ == "VBN")


def is_negated(token: Token) -> bool:
    """True where a negation hangs on the token itself or its auxiliary."""
    return any(c.dep_ == "neg" or c.lower_ in ("never", "no", "neither", "nor") for c in token.children)


def is_perfect(verb: Token) -> bool:
    """True for 'have done' under whatever auxiliary."""
    return any(a.lemma_ == "have" and a.dep_ == "aux" for a in verb.children)


def prepositional(token: Token, *words: str) -> Token | None:
    """The object of one of these prepositions on a token."""
    for prep in token.children:
        if prep.dep_ in ("prep", "dative", "agent", "prt") and prep.lower_ in words:
            found = child(prep, "pobj", "pcomp")
            if found is not None:
                return found
    return None


def subtree(token: Token) -> Span:
    """Everything that hangs on a token, as one span."""
    return token.doc[token.left_edge.i : token.right_edge.i + 1]


def noun_phrase(noun: Token, *, coordinate: bool = True) -> Span:
    """The phrase of a noun without clauses, appositions and punctuation at its ends.

    With `coordinate`, nouns coordinated with it belong to the phrase.
    """
    doc = noun.doc
    start, end = noun.i, noun.i + 1
    for part in noun.children:
        if part.dep_ in CLAUSES or part.dep_ in ("appos", "punct", "cc", "relcl", "preconj", "prep", "conj"):
            continue
        start, end = min(start, part.left_edge.i), max(end, part.right_edge.i + 1)
    for prep in children(noun, "prep"):
        if prep.i > noun.i and prep.i <= end + 1 and child(prep, "pobj") is not None:
            inner = child(prep, "pobj")
            if inner is not None:
                end = max(end, noun_phrase(inner).end)
    if coordinate:
        for other in children(noun, "conj"):
            if other.pos_ in ("NOUN", "PROPN", "PRON"):
                end = max(end, noun_phrase(other).end)
    while start < end - 1 and (doc[start].is_punct or doc[start].is_space):
        start += 1
    while end > start + 1 and (doc[end - 1].is_punct and doc[end - 1].text not in (")",) or doc[end - 1].is_space):
        end -= 1
    return doc[start:end]


def bare(phrase: Span) -> str:
    """The words of a noun phrase without its first article or 'both'."""
    first = phrase[0]
    if len(phrase) > 1 and first.lower_ in _ARTICLES:
        phrase = phrase[1:]
    return " ".join(phrase.text.split())


def ancestors(token: Token) -> Iterator[Token]:
    """The heads above a token, nearest first, within its sentence."""
    while token.head is not token:
        token = token.head
        yield token
