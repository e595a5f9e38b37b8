"""Persons whose names stand beside a noun for them, or beside one another.

In: the head of a phrase. Out: the persons that the phrase names, in the order of the text: those
coordinated with a name ('Ana Silva, the editor Bo Lind and Caro Mai'), those whose names follow
a noun for what they do ('the journalist and blogger Ana Silva', 'the defenders Ana Silva and Bo
Lind') or its phrase and a comma ('the head of the union, Ana Silva,').
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text import coreference, phrases, syntax

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.model import Entity, Reading, Sentence
    from kg.text.lexicon import Lexicon

TITLED = 5
"""Words within which a name follows what its bearer does."""
JOINING = frozenset({",", "and", "&"})
CLOSING = frozenset({",", "(", ")", ".", ";", "-", "–", "—"})
"""What follows a name that stands in apposition."""


def persons_at(reading: Reading, sentence: Sentence, head: Token, lex: Lexicon) -> tuple[Entity, ...]:
    """The persons that a phrase names."""
    own = _person(reading, sentence, head)
    if own is not None:
        return _coordinated(reading, sentence, head)
    first = _after_noun(reading, sentence, head) or _after_phrase(reading, sentence, head, lex)
    if first is None:
        return ()
    return tuple(_run(reading, sentence, first)) if head.tag_ == "NNS" else (first[1],)


def _person(reading: Reading, sentence: Sentence, token: Token) -> Entity | None:
    """The person whose name a token is part of."""
    mention = coreference.mention_at(reading, sentence, token)
    if mention is None or token.tag_ == "NNPS":
        return None
    entity = reading.entity[mention.entity]
    return entity if entity.type == "Person" else None


def _coordinated(reading: Reading, sentence: Sentence, head: Token) -> tuple[Entity, ...]:
    """The persons of a coordination of names, as long as nothing but names and titles stands between."""
    found: dict[str, Entity] = {}
    last = None
    for token in sorted(syntax.conjuncts(syntax.first_conjunct(head)), key=lambda t: t.i):
        entity = _person(reading, sentence, token)
        if entity is None:
            continue
        if last is not None and any(t.pos_ in ("VERB", "AUX") for t in token.doc[last + 1 : token.i]):
            break
        found.setdefault(entity.key, entity)
        last = token.i
    held = _person(reading, sentence, head)
    return tuple(found.values()) if held is not None and held.key in found else (held,) if held else ()


def _after_noun(reading: Reading, sentence: Sentence, head: Token) -> tuple[Token, Entity] | None:
    """The name that follows a noun, or those coordinated with it: 'the poet and blogger Ana Silva'."""
    if head.tag_ not in ("NN", "NNS"):
        return None
    for token in head.doc[head.i + 1 : min(head.i + 1 + TITLED, sentence.tokens.end)]:
        entity = _person(reading, sentence, token)
        if entity is not None:
            return (token, entity) if token.i > head.i + 1 or head.tag_ == "NNS" else None
        if head.tag_ == "NNS" or token.pos_ not in ("NOUN", "ADJ", "CCONJ"):
            return None
    return None


def _after_phrase(
    reading: Reading, sentence: Sentence, head: Token, lex: Lexicon
) -> tuple[Token, Entity] | None:
    """The name in apposition to a phrase for a person: 'the head of the union, Ana Silva, said'."""
    if head.pos_ not in ("NOUN", "PROPN") or not lex.says("person", head):
        return None
    doc, last = head.doc, sentence.tokens.end
    for whole in (False, True):
        end = phrases.noun_phrase(head, coordinate=whole).end
        entity = _person(reading, sentence, doc[end + 1]) if end + 1 < last and doc[end].text == "," else None
        if entity is not None:
            rest = (t for t in doc[end + 1 : last] if _person(reading, sentence, t) != entity)
            closed = next(rest, doc[end]).text in CLOSING | JOINING
            return (doc[end + 1], entity) if closed or whole else None
    return None


def _run(reading: Reading, sentence: Sentence, first: tuple[Token, Entity]) -> list[Entity]:
    """The names that follow one another with nothing but commas and 'and' between."""
    found = {first[1].key: first[1]}
    for token in first[0].doc[first[0].i + 1 : sentence.tokens.end]:
        entity = _person(reading, sentence, token)
        if entity is not None:
            found.setdefault(entity.key, entity)
        elif token.lower_ not in JOINING:
            break
    return list(found.values())


def joined(people: tuple[Entity, ...]) -> str:
    """The names of several persons as one phrase."""
    names = [p.name for p in people]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
