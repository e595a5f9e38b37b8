"""How many recommendations a state received, accepted and implemented, as somebody claims.

In: a reading. Out: one claim an account. The numbers of an account often stand in several
sentences ('received 50 recommendations. It supported 35. None was carried out'), so they are
entered sentence by sentence until a column would be written twice or the paragraph ends.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kg.model import WORLD, Claim, Implementation, Span
from kg.text.countries import country_for
from kg.text.lexicon import Lexicon, lexicon
from kg.text.numbers import value_of
from kg.text.phrases import ancestors, bare, child, children, noun_phrase
from kg.text.syntax import is_negated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from kg.model import Reading, Sentence
    from kg.vocabulary import Vocabulary

COLUMNS = ("received", "accepted", "implemented")
"""Also the names of the word sets whose verbs enter a number there."""
_ALL = frozenset({"all", "both"})
_NONE = frozenset({"none", "any", "no"})
_PARTLY = frozenset({"partially", "partly", "insufficiently", "incompletely"})
_SCOPE = frozenset({"on", "relating", "regarding", "concerning", "about", "related", "for"})


@dataclass(frozen=True, slots=True)
class Account:
    """The numbers of one account, so far."""

    state: str
    spans: tuple[Span, ...] = ()
    scope: str | None = None
    numbers: dict[str, int] = field(default_factory=dict)

    @property
    def evidence(self) -> Span:
        """From the first to the last sentence that gave a number."""
        return Span(min(s.start for s in self.spans), max(s.end for s in self.spans))


def extract(reading: Reading, vocabulary: Vocabulary) -> Iterator[Claim]:
    """The accounts of an item, in order."""
    lex = lexicon(vocabulary)
    account: Account | None = None
    block = None
    for sentence in reading.sentences:
        if account is not None and sentence.block is not block:
            yield from _claimed(account)
            account = None
        block = sentence.block
        entries = numbers(sentence, lex, going_on=account is not None)
        if not entries:
            continue
        scope = _scope(sentence)
        if account is not None and _is_another(account, entries, scope):
            yield from _claimed(account)
            account = None
        account = account or Account(_state(sentence, reading))
        account = replace(
            account,
            spans=(*account.spans, sentence.span),
            scope=account.scope or scope,
            numbers={**account.numbers, **entries},
        )
    if account is not None:
        yield from _claimed(account)


def _is_another(account: Account, entries: dict[str, int], scope: str | None) -> bool:
    """True where a sentence starts an account of its own: a column again, or another scope."""
    return bool(set(entries) & set(account.numbers)) or (scope is not None and account.scope != scope)


def _claimed(account: Account) -> Iterator[Claim]:
    """The claim of an account; one that only tells how many were made tells nothing of their fate."""
    if not {"accepted", "implemented"} & set(account.numbers) or account.state == WORLD:
        return
    yield Claim(
        Implementation(state=account.state, scope=account.scope, **account.numbers),
        account.evidence,
        confidence=0.85 if len(account.numbers) > 1 else 0.7,
        found_by="implementation-account",
    )


def _state(sentence: Sentence, reading: Reading) -> str:
    root = sentence.tokens.root
    return country_for(reading, sentence, child(root, "nsubj", "nsubjpass") or root)


# ---------------------------------------------------------------- the numbers of a sentence


def numbers(sentence: Sentence, lex: Lexicon, *, going_on: bool = False) -> dict[str, int]:
    """What a sentence enters in each column; nothing where it doesn't speak of recommendations."""
    tokens = list(sentence.tokens)
    if not any(t.lemma_.lower() == "recommendation" for t in tokens) and not going_on:
        return {}
    found: dict[str, int] = {}
    whole: list[str] = []
    for token in tokens:
        word = token.lower_
        if not (token.tag_ == "CD" or word in _ALL | _NONE) or not _of_recommendations(token):
            continue
        column, verb = _column(token, lex)
        if column is None or _is_year(token) or _is_partly(verb):
            continue
        if word in _ALL:
            whole.append(column)
        elif (value := _value(token, verb)) is not None:
            found.setdefault(column, value)
    for column in whole:
        if "received" in found:
            found.setdefault(column, found["received"])
    return found


def _is_year(token: Token) -> bool:
    """True for 'in 2018', which counts nothing."""
    year = token.text.isdigit() and len(token.text) == 4 and token.text[:2] in ("19", "20")  # noqa: PLR2004
    return year and token.dep_ not in ("nummod", "quantmod", "compound") and token.head.pos_ != "NOUN"


def _is_partly(verb: Token | None) -> bool:
    """True for 'partially implemented': what was begun isn't done."""
    return verb is not None and any(c.lower_ in _PARTLY for c in verb.children)


def _value(token: Token, verb: Token | None) -> int | None:
    """The number that a word enters: 0 for 'none' and 'not any'; nothing for 'not the other four'."""
    denied = verb is not None and is_negated(verb)
    if token.lower_ in _NONE:
        return 0 if denied or token.lower_ != "any" else None
    return None if denied else value_of(token.lower_)


def _of_recommendations(token: Token) -> bool:
    """True where the number counts recommendations, or stands alone as a pronoun does."""
    head = token.head
    if token.dep_ in ("nummod", "det", "predet", "quantmod") and head.pos_ in ("NOUN", "PROPN"):
        return head.lemma_.lower() == "recommendation"
    of = next((p for p in children(token, "prep") if p.lower_ == "of"), None)
    noun = child(of, "pobj") if of is not None else None
    if noun is not None and noun.pos_ == "NOUN":
        return noun.lemma_.lower() == "recommendation"
    return token.dep_ in ("dobj", "nsubjpass", "nsubj", "pobj", "conj", "attr", "appos")


def _column(token: Token, lex: Lexicon) -> tuple[str | None, Token | None]:
    """The column that a number belongs in, and the verb that tells so."""
    noun = token.head if token.dep_ in ("nummod", "det", "predet") else token
    for clause in children(noun, "relcl", "acl", "amod"):
        if (column := _said_by(clause, lex)) is not None:
            return column, clause
    if noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.lower_ not in ("number", "total"):
        return "received", None
    for above in ancestors(noun):
        if above.pos_ in ("VERB", "AUX") and above.lemma_ not in ("be", "have"):
            return _said_by(above, lex), above
    return None, None


def _said_by(verb: Token, lex: Lexicon) -> str | None:
    return next((column for column in COLUMNS if lex.says(column, verb)), None)


def _scope(sentence: Sentence) -> str | None:
    """What the recommendations are about: 'on civic space', 'relating to asylum'."""
    for token in sentence.tokens:
        if token.lemma_.lower() != "recommendation":
            continue
        for word in token.subtree:
            if word.i > token.i and word.lower_ in _SCOPE:
                to = next((c for c in word.children if c.dep_ == "prep" and c.lower_ == "to"), word)
                noun = child(to, "pobj")
                if noun is not None and noun.i <= token.i + 6:
                    return bare(noun_phrase(noun))
    return None
