"""How a party is called: the words of its phrase that say who it is.

In: the head of a phrase and the word that tells the act. Out: the phrase without number,
article, adverbs before it and what only tells when, where or against whom; a general word keeps
the clause that says who is meant ('people who criticise the government'), unless that clause
tells the act itself or follows a comma.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.languages.english import MONTHS
from kg.text import phrases

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from kg.text.lexicon import Lexicon

DEGREES = frozenset({"not", "very", "so", "most", "less"})
"""Adverbs that belong to the word after them."""
LONGEST = 14
"""Words of a phrase with the clause that describes it."""


def phrase(head: Token, anchor: Token, lex: Lexicon) -> str:
    """The words of a phrase without its number; a general word keeps the clause that says who is meant."""
    span = phrases.noun_phrase(head)
    if lex.says("general", head):
        clause = next((c for c in head.children if c.dep_ in ("relcl", "acl")), None)
        if clause is not None and _is_telling(clause, head, anchor, span.start):
            span = phrases.trimmed(head.doc[span.start : _end_of(clause) + 1])
    span = _without_asides(span, head, lex)
    if span.start <= anchor.i < head.i and (anchor.head == head or anchor.i == span.start):
        span = head.doc[anchor.i + 1 : span.end]
    return phrases.bare(_uncounted(span, head, lex))


def _end_of(clause: Token) -> int:
    """The last word of a clause before it goes on after a comma: 'men wearing uniforms, who had come'."""
    doc, last = clause.doc, clause.right_edge.i
    after = (
        i for i in range(clause.i, last) if doc[i].text == "," and doc[i + 1].tag_ in ("WP", "WDT", "WRB")
    )
    return next(after, last + 1) - 1


def _is_telling(clause: Token, head: Token, anchor: Token, start: int) -> bool:
    """True for a clause that says who is meant, false for one that goes on or tells the act itself."""
    if clause.right_edge.i - start >= LONGEST or any(t == anchor for t in clause.subtree):
        return False
    return clause.i > head.i and not any(t.text == "," for t in head.doc[head.i : clause.left_edge.i + 1])


def _without_asides(span: Span, head: Token, lex: Lexicon) -> Span:
    """The phrase without what only tells when, where or against whom: 'police against protesters'."""
    start, end = span.start, span.end
    while start < head.i and _is_ahead(span.doc[start]):
        start += 1
    for child in head.children:
        if child.dep_ == "npadvmod" and child.i < head.i:
            start = max(start, child.right_edge.i + 1)
        if child.dep_ == "prep" and child.i > head.i and (lex.says("aside", child) or _is_whereabouts(child)):
            end = min(end, child.i)
    return phrases.trimmed(head.doc[start:end]) if start <= head.i < end else span


def _is_ahead(token: Token) -> bool:
    """True for an adverb or a date before the phrase: 'especially those', 'on 2 October soldiers'."""
    if token.lower_ in MONTHS or (
        token.tag_ == "CD" and len(token.text) == len("2024") and token.text.isdigit()
    ):
        return token.dep_ in ("compound", "nummod", "npadvmod", "nmod")
    return token.tag_ == "RB" and token.lower_ not in DEGREES


def _is_whereabouts(preposition: Token) -> bool:
    """True for 'in Zomba': a name after a preposition of place."""
    return preposition.lower_ in ("in", "at") and any(c.pos_ == "PROPN" for c in preposition.children)


def _uncounted(span: Span, head: Token, lex: Lexicon) -> Span:
    """'almost 4,500 individuals' and 'at least six reporters' -> the noun: the number is told as a count."""
    start = span.start
    while start < head.i and (_is_number(span.doc[start]) or lex.says("approximate", span.doc[start])):
        start += 1
    skipped = span.doc[span.start : start]
    numbered = any(_is_number(t) for t in skipped)
    exact = numbered and not any(_is_digits(t) or lex.says("approximate", t) for t in skipped)
    return span.doc[start : span.end] if numbered and not exact else span


def _is_number(token: Token) -> bool:
    return token.tag_ == "CD"


def _is_digits(token: Token) -> bool:
    return token.tag_ == "CD" and any(c.isdigit() for c in token.text)
