"""Small questions to a dependency parse: one child, a subject, the extent of a noun phrase.

`kg.text.syntax` tells roles (who does what to whom); this module tells phrases, as spans that
become evidence and names. Every function is pure and stays inside its sentence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Span, Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
_CLAUSES = frozenset({"relcl", "acl", "advcl", "ccomp", "parataxis"})
_OUTSIDE = _CLAUSES | {"appos", "punct", "cc", "preconj", "prep", "conj"}
_ARTICLES = frozenset({"the", "a", "an", "both"})


def child(token: Token, *deps: str) -> Token | None:
    """The first child with one of these labels."""
    return next((c for c in token.children if c.dep_ in deps), None)


def children(token: Token, *deps: str) -> list[Token]:
    """The children with one of these labels, in order."""
    return [c for c in token.children if c.dep_ in deps]


def ancestors(token: Token) -> Iterator[Token]:
    """The heads above a token, nearest first, within its sentence."""
    while token.head.i != token.i:
        token = token.head
        yield token


def subject(verb: Token) -> Token | None:
    """The subject of a verb, shared from the first of coordinated verbs where it has none."""
    own = child(verb, *SUBJECTS)
    if own is not None:
        return own
    if verb.dep_ == "conj" and verb.head.pos_ in ("VERB", "AUX"):
        return subject(verb.head)
    return None


def agent(verb: Token) -> Token | None:
    """The agent of a passive: the object of its 'by'."""
    by = child(verb, "agent") or next((p for p in children(verb, "prep") if p.lower_ == "by"), None)
    return child(by, "pobj") if by is not None else None


def is_perfect(verb: Token) -> bool:
    """True for 'have done' under whatever auxiliary."""
    return any(a.lemma_ == "have" and a.dep_ == "aux" for a in verb.children)


def is_infinitive(token: Token | None) -> bool:
    """True for 'to act'."""
    return token is not None and any(c.lower_ == "to" and c.dep_ == "aux" for c in token.children)


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
    """The phrase of a noun with its modifiers and 'of' phrases, without clauses and appositions.

    With `coordinate`, nouns coordinated with it belong to the phrase.
    """
    start, end = noun.i, noun.i + 1
    for part in noun.children:
        if part.dep_ not in _OUTSIDE:
            start, end = min(start, part.left_edge.i), max(end, part.right_edge.i + 1)
    for prep in children(noun, "prep"):
        inner = child(prep, "pobj")
        if noun.i < prep.i <= end + 1 and inner is not None:
            end = max(end, noun_phrase(inner).end)
    if coordinate:
        for other in children(noun, "conj"):
            if other.pos_ in ("NOUN", "PROPN", "PRON"):
                end = max(end, noun_phrase(other).end)
    return trimmed(noun.doc[start:end])


def trimmed(span: Span) -> Span:
    """The span without space and punctuation at its ends; a closing bracket stays."""
    doc, start, end = span.doc, span.start, span.end
    while start < end - 1 and (doc[start].is_punct or doc[start].is_space):
        start += 1
    while end > start + 1 and ((doc[end - 1].is_punct and doc[end - 1].text != ")") or doc[end - 1].is_space):
        end -= 1
    return doc[start:end]


def bare(phrase: Span) -> str:
    """The words of a noun phrase without its first article or 'both'."""
    if len(phrase) > 1 and phrase[0].lower_ in _ARTICLES:
        phrase = phrase[1:]
    words = " ".join(phrase.text.split())
    return words.removesuffix("’s").removesuffix("'s").rstrip("’'")
