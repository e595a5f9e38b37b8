"""Pronouns and definite noun phrases to the entity that they stand for, where it is safe.

Only where one candidate is left: the one person of the sentence before, the one person whom
the item calls a journalist, the government of the country that the context tells, the
interviewee behind an 'I'. Everything else stays unresolved, since a wrong name is worse than
none.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from kg.languages.english import word_set
from kg.model import WORLD, BlockKind
from kg.text.countries import country_for
from kg.text.identity import Held
from kg.text.syntax import NOUN_SUBJECTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from spacy.tokens import Token

    from kg.model import Entity, Mention, Reading, Sentence

_PERSONAL = word_set("he she him her his hers himself herself")
_SPEAKER = word_set("i me my mine myself")
_PLURAL_SPEAKER = word_set("we us our ours ourselves")
EXECUTIVE = word_set("government authority authorities regime administration state")
_REACH = 3
"""How many sentences back a pronoun is followed."""


def mention_at(reading: Reading, sentence: Sentence, token: Token) -> Mention | None:
    """The mention that a token is part of."""
    here = sentence.source(token)
    return next((m for m in reading.within(sentence.span) if m.span.holds(here)), None)


def resolve(reading: Reading, sentence: Sentence, token: Token) -> Entity | None:
    """The entity that a token stands for: by its own mention, or what it refers back to."""
    mention = mention_at(reading, sentence, token)
    if mention is not None:
        return reading.entity[mention.entity]
    if token.tag_ in ("WP", "WDT") or token.lower_ in ("who", "whom", "which", "that"):
        return _antecedent(reading, sentence, token)
    low = token.lower_
    if token.pos_ == "PRON" or low in _PERSONAL | _SPEAKER | _PLURAL_SPEAKER:
        return _pronoun(reading, sentence, token)
    return _definite(reading, sentence, token) if token.pos_ in ("NOUN", "PROPN") else None


def _antecedent(reading: Reading, sentence: Sentence, token: Token) -> Entity | None:
    """What a relative pronoun stands for: the noun that its clause describes."""
    clause = next((a for a in token.ancestors if a.dep_ in ("relcl", "acl")), None)
    if clause is None or clause.head == token or clause.head.pos_ not in ("NOUN", "PROPN"):
        return None
    return resolve(reading, sentence, clause.head)


def _pronoun(reading: Reading, sentence: Sentence, token: Token) -> Entity | None:
    low = token.lower_
    if low in _SPEAKER or low in _PLURAL_SPEAKER:
        return _speaker(reading, sentence, plural=low in _PLURAL_SPEAKER)
    return _person_before(reading, sentence, token) if low in _PERSONAL else None


def _speaker(reading: Reading, sentence: Sentence, *, plural: bool) -> Entity | None:
    """Who says 'I' or 'we': the speaker of the answer, the organisation of a statement."""
    if '"' in sentence.text or "“" in sentence.text:
        return None
    speaker = sentence.block.speaker if sentence.block.kind is BlockKind.ANSWER else reading.item.speaker
    found = next((e for e in reading.entities if speaker and speaker in (e.name, *e.aliases)), None)
    return found if found and (found.type == "Person") is not plural else None


def _person_before(reading: Reading, sentence: Sentence, token: Token) -> Entity | None:
    """The one person of the words before, in this sentence or the nearest that names any."""
    earlier = [m for m in reading.within(sentence.span) if m.span.end <= sentence.source(token).start]
    people = _people(reading, earlier)
    if people:
        return people[0] if len(people) == 1 else None
    for back in range(1, _REACH + 1):
        if sentence.index - back < 0:
            break
        other = reading.sentences[sentence.index - back]
        if other.block is not sentence.block and back > 1:
            break
        people = _people(reading, reading.within(other.span))
        if people:
            return _topic(reading, other, people)
    return None


def _topic(reading: Reading, sentence: Sentence, people: list[Entity]) -> Entity | None:
    """Whom a sentence that names persons is about: its subject, a pronoun's too, else the only one."""
    subject = next((c for c in sentence.tokens.root.children if c.dep_ in NOUN_SUBJECTS), None)
    if subject is not None and subject.lower_ in ("he", "she"):
        return _person_before(reading, sentence, subject)
    mention = mention_at(reading, sentence, subject) if subject is not None else None
    entity = reading.entity[mention.entity] if mention is not None else None
    if entity in people:
        return entity
    return people[0] if len(people) == 1 else None


def _people(reading: Reading, mentions: list[Mention]) -> list[Entity]:
    """The different persons among some mentions."""
    found = {m.entity: reading.entity[m.entity] for m in mentions}
    return [e for e in found.values() if e.type == "Person"]


def _definite(reading: Reading, sentence: Sentence, token: Token) -> Entity | None:
    """What 'the government', 'the Council' or 'the journalist' stands for."""
    if not any(c.lower_ in ("the", "this") and c.dep_ == "det" for c in token.children):
        return None
    if any(c.dep_ in ("prep", "amod", "compound", "relcl", "acl", "poss", "nummod") for c in token.children):
        return None
    if any(c.dep_ in ("appos", "conj") for c in token.children) and token.lemma_.casefold() not in EXECUTIVE:
        return None
    if token.lemma_.casefold() in EXECUTIVE:
        return _executive(reading, sentence, token)
    one = _described(Held(reading)).get(token.lemma_.casefold()) if token.tag_ != "NNS" else None
    return one or _headed(reading, sentence, token)


def _executive(reading: Reading, sentence: Sentence, token: Token) -> Entity | None:
    """The government, else the state, of the country that the context tells."""
    country = country_for(reading, sentence, token)
    if country == WORLD:
        return None
    bodies = [e for e in reading.entities if e.country == country and e.type == "StateBody"]
    named = [e for e in bodies if any(w in e.name.casefold() for w in EXECUTIVE)]
    state = [e for e in reading.entities if e.country == country and e.type == "Country"]
    return next(iter((*named, *state)), None)


def _headed(reading: Reading, sentence: Sentence, token: Token) -> Entity | None:
    """The organisation whose name has the noun: the only one before, else the last of the paragraph."""
    here, noun = sentence.source(token).start, token.lower_
    earlier = [m for m in reading.mentions if m.span.end <= here and _fits(reading.entity[m.entity], noun)]
    if not earlier:
        return None
    last = earlier[-1]
    if len({m.entity for m in earlier}) > 1 and not sentence.block.span.holds(last.span):
        return None
    entity = reading.entity[last.entity]
    if entity.type != "StateBody" or entity.country is None:
        return entity
    return entity if entity.country == country_for(reading, sentence, token) else None


def _fits(entity: Entity, noun: str) -> bool:
    """True for an organisation that a noun can stand for: 'the ministry'."""
    if entity.type in ("Person", "Country", "Place", "Event"):
        return False
    words = entity.name.casefold().split()
    return noun in (words[-1], words[0]) or (entity.type == "StateBody" and noun in words)


@lru_cache(maxsize=4)
def _described(held: Held) -> Mapping[str, Entity]:
    """Persons by the noun that stands before their name or describes them, where it fits one only."""
    found: dict[str, set[str]] = {}
    for noun, key in _descriptions(held.reading):
        found.setdefault(noun, set()).add(key)
    return {noun: held.reading.entity[min(keys)] for noun, keys in found.items() if len(keys) == 1}


def _descriptions(reading: Reading) -> Iterator[tuple[str, str]]:
    """Pairs of a noun and the person whom it describes: 'journalist X', 'X, a journalist'."""
    for sentence in reading.sentences:
        doc = sentence.tokens.doc
        for mention in reading.within(sentence.span):
            if reading.entity[mention.entity].type != "Person":
                continue
            inside = sentence.meeting(mention.span)
            if not inside:
                continue
            if inside[0] > sentence.tokens.start and doc[inside[0] - 1].pos_ in ("NOUN", "PROPN"):
                yield doc[inside[0] - 1].lemma_.casefold(), mention.entity
            root = doc[inside[0] : inside[-1] + 1].root
            if root.dep_ == "appos" and root.head.pos_ == "NOUN":
                yield root.head.lemma_.casefold(), mention.entity
            for child in root.children:
                if child.dep_ == "appos" and child.pos_ == "NOUN":
                    yield child.lemma_.casefold(), mention.entity
