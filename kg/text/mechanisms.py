"""Which mechanism or body a word stands for: by name, by its kind of body, by what was named before.

In: a token of a sentence. Out: the name (and entity) of a mechanism. 'The Committee' is the
committee that the item names; 'his report' is that of the mandate named before; 'these same
experts' are the 'four independent experts' of the sentence before.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.text.coreference import resolve
from kg.text.naming import FIRST_PERSON, Named, entity_of
from kg.text.phrases import SUBJECTS, ancestors, bare, child, noun_phrase, prepositional

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Token

    from kg.model import Entity, Mention, Reading, Sentence
    from kg.text.lexicon import Lexicon
    from kg.vocabulary import Vocabulary

ACTORS = frozenset({"Mechanism", "IntergovernmentalBody"})
"""Classes of entities that act as mechanisms."""
RIVALS = frozenset({"Person", "CivilSocietyOrganisation", "StateBody", "PoliticalParty", "Company"})
"""Classes of entities that a pronoun may stand for as well: the last one named wins."""
_PRONOUNS = frozenset({"it", "its", "he", "his", "him", "she", "her", "they", "their", "them"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "its", "their", "such"})
_FILLERS = frozenset({"same", "other", "own", "new", "said", "latter"})
_ADJACENT = 6
"""Characters between a post and who holds it: a comma, an article."""
_BACK = 3
"""How many sentences a pronoun or bare noun may look back."""


def mechanism_of(token: Token, sentence: Sentence, reading: Reading, lex: Lexicon) -> Named | None:
    """The mechanism that a token names or refers to, or None."""
    entity = entity_of(token, sentence, reading)
    if entity is not None and entity.type in ACTORS:
        return Named(entity.name, entity.key)
    if entity is not None and entity.type == "Person":
        return _post_of(token, sentence, reading)
    if token.lower_ in FIRST_PERSON:
        return _speaking_as(token, sentence, reading)
    if token.lower_ in _PRONOUNS or token.tag_ in ("WP", "WDT", "WP$"):
        found = resolve(reading, sentence, token) or _before(token, sentence, reading)
        return Named(found.name, found.key) if found is not None and found.type in ACTORS else None
    is_kind = token.pos_ in ("NOUN", "PROPN") and lex.says("envoy", token)
    other = entity is not None and entity.type not in ("Instrument", "Event")
    return _of_kind(token, sentence, reading, lex) if is_kind and not other else None


def _post_of(token: Token, sentence: Sentence, reading: Reading) -> Named | None:
    """'High Commissioner Volker Türk': the mechanism named right before or after a person."""
    mentions = list(reading.within(sentence.span))
    here = sentence.source(token)
    at = next((i for i, m in enumerate(mentions) if m.span.holds(here)), None)
    if at is None:
        return None
    for other in (*mentions[max(0, at - 1) : at], *mentions[at + 1 : at + 2]):
        entity = reading.entity[other.entity]
        gap = max(other.span.start - mentions[at].span.end, mentions[at].span.start - other.span.end)
        if entity.type in ACTORS and gap <= _ADJACENT:
            return Named(entity.name, entity.key)
    return None


def named_after(noun: Token, reading: Reading) -> Named | None:
    """The mechanism whose name an act bears: 'its last review' is one of the Review that is named."""
    if noun.pos_ not in ("NOUN", "PROPN"):
        return None
    found = _of_head(noun.lemma_.lower(), (), reading.entities)
    return Named(found.name, found.key) if found is not None else None


def nearest(token: Token, sentence: Sentence, reading: Reading, classes: frozenset[str]) -> Named | None:
    """The mechanism named nearest to a token: in its sentence, else in its paragraph or shortly before."""
    here = sentence.source(token)
    near = [
        s
        for s in reading.sentences
        if s.block.span == sentence.block.span or 0 < sentence.index - s.index <= _BACK
    ]
    for other in sorted(near, key=lambda s: (abs(s.index - sentence.index), s.index)):
        pairs = [(m, e) for m, e in _mentions(other, reading, classes) if not _is_part(m, other)]
        found = [(m, e) for m, e in pairs if not _argument(m, token, sentence)]
        if found:
            entity = min(found, key=lambda p: (abs(p[0].span.start - here.start), p[0].span.start))[1]
            return Named(entity.name, entity.key)
    return None


def _is_part(mention: Mention, sentence: Sentence) -> bool:
    """True where a name only tells what kind of thing follows: 'UN office', 'Council members'."""
    inside = [t for t in sentence.tokens if mention.span.holds(sentence.source(t))]
    return bool(inside) and inside[-1].dep_ in ("compound", "nmod", "amod")


@lru_cache(maxsize=4)
def _state_names(vocabulary: Vocabulary) -> tuple[re.Pattern[str], dict[str, str]]:
    names = {name: s.alpha2 for s in vocabulary.states for name in s.names if name}
    longest = sorted(map(re.escape, names), key=lambda n: (-len(n), n))
    return re.compile(r"\b(?:" + "|".join(longest) + r")\b"), names


def country_in_name(name: str, vocabulary: Vocabulary) -> str | None:
    """Alpha-2 of the country that a mandate, session or resolution is named after."""
    pattern, names = _state_names(vocabulary)
    found = pattern.search(name)
    return names[found[0]] if found else None


def enacting(created: Named, sentence: Sentence, reading: Reading) -> Named | None:
    """The body by whose resolution something was created: 'established by Council resolution 5/1'."""
    for mention in reading.within(sentence.span):
        entity = reading.entity[mention.entity]
        told = mention.surface.casefold().find(" resolution") if entity.type == "Instrument" else -1
        if told <= 0:
            continue
        body = mention.surface[:told]
        known = [e for e in reading.entities if e.type in ACTORS and body in (e.name, *e.aliases)]
        if created.name != body:
            return Named(known[0].name, known[0].key) if known else Named(body)
    return None


def alongside(actor: Named, sentence: Sentence, reading: Reading) -> Iterator[Named]:
    """The mechanisms coordinated with one by their place in the text: 'X, Y and the Z'."""
    mentions = _mentions(sentence, reading, ACTORS)
    at = next((i for i, (_, e) in enumerate(mentions) if e.key == actor.key), None)
    if at is None:
        return
    text = reading.item.document.text
    for (one, _), (other, entity) in zip(mentions[at:], mentions[at + 1 :], strict=False):
        between = text[one.span.end : other.span.start].casefold().replace(",", " ").split()
        if set(between) - {"and", "the", "as", "well", "or", "both"} or not between:
            return
        yield Named(entity.name, entity.key)


def _mentions(sentence: Sentence, reading: Reading, classes: frozenset[str]) -> list[tuple[Mention, Entity]]:
    pairs = [(m, reading.entity[m.entity]) for m in reading.within(sentence.span)]
    return [(m, e) for m, e in pairs if e.type in classes]


def _argument(mention: Mention, anchor: Token, sentence: Sentence) -> bool:
    """True where a mention lies in what the act is done to: it is no actor then."""
    for part in anchor.children:
        if part.dep_ in ("dobj", "nsubjpass") or (part.dep_ == "prep" and part.lower_ in ("of", "to", "for")):
            span = sentence.source(anchor.doc[part.left_edge.i : part.right_edge.i + 1])
            if span.holds(mention.span):
                return True
    return False


def _speaking_as(token: Token, sentence: Sentence, reading: Reading) -> Named | None:
    """'As a UN expert, I presented': the post that the speaker names; else no mechanism speaks."""
    for head in ancestors(token):
        for prep in head.children:
            noun = child(prep, "pobj") if prep.lower_ == "as" else None
            entity = entity_of(noun, sentence, reading) if noun is not None else None
            if entity is not None and entity.type in ACTORS:
                return Named(entity.name, entity.key)
    return None


def _before(token: Token, sentence: Sentence, reading: Reading) -> Entity | None:
    """The mechanism named last, where nobody else was named since; else the next in the sentence.

    A pronoun that begins a sentence stands for what the sentence before begins with.
    """
    here = sentence.source(token).start
    if token.lower_ in _PRONOUNS and token.dep_ in SUBJECTS and sentence.index:
        subject = _subject_before(sentence, reading)
        if subject is not None:
            return subject if subject.type in ACTORS else None
        if token.lower_ == "they":
            return None
    for other in reversed(reading.sentences[max(0, sentence.index - 1) : sentence.index + 1]):
        pairs = [(m, reading.entity[m.entity]) for m in reading.within(other.span) if m.span.end <= here]
        rivals = [e for _, e in pairs if e.type in ACTORS | RIVALS]
        if rivals:
            return rivals[-1] if rivals[-1].type in ACTORS else None
    return next((e for m, e in _mentions(sentence, reading, ACTORS) if m.span.start >= here), None)


def _subject_before(sentence: Sentence, reading: Reading) -> Entity | None:
    """The entity that is the subject of the sentence before in the same paragraph."""
    other = reading.sentences[sentence.index - 1]
    if other.block.span != sentence.block.span:
        return None
    subject = child(other.tokens.root, *SUBJECTS)
    return entity_of(subject, other, reading) if subject is not None else None


def _of_kind(token: Token, sentence: Sentence, reading: Reading, lex: Lexicon) -> Named | None:
    """What 'the Committee', 'these experts', 'four UN experts' or 'a delegation of X' stand for."""
    whose = prepositional(token, "of", "from") or child(token, "poss")
    entity = entity_of(whose, sentence, reading) if whose is not None else None
    if entity is not None and entity.type in ACTORS:
        return Named(entity.name, entity.key)
    if not lex.says("mandate", token) or token.lower_ == "delegation":
        return None
    phrase = noun_phrase(token, coordinate=False)
    words = [t for t in phrase if t.i != token.i and t.dep_ not in ("det", "poss", "case", "prep", "pobj")]
    telling = [t for t in words if t.tag_ != "CD" and t.lower_ not in _FILLERS]
    definite = any(t.lower_ in _DEFINITE for t in phrase)
    if definite or not telling:
        known = _of_head(token.lemma_.lower(), telling, reading.entities)
        if known is None and not telling:
            said = _said_before(token, sentence, reading)
            if said is not None:
                return said
            known = _before(token, sentence, reading) if definite else None
        if known is not None:
            return Named(known.name, known.key)
    proper = token.pos_ == "PROPN" and not telling
    return Named(bare(phrase)) if proper or _is_public(token, telling, lex) else None


def _is_public(token: Token, telling: Sequence[Token], lex: Lexicon) -> bool:
    """True for 'four UN experts' and 'a working group', not for 'international rights groups'."""
    if token.lemma_.lower() == "group" and any(lex.says("civic", t) for t in telling):
        return False
    return any(lex.says("international", t) for t in telling)


def _of_head(lemma: str, words: Sequence[Token], entities: Sequence[Entity]) -> Entity | None:
    """The one entity of the item whose name holds the noun and its modifiers."""
    wanted = {lemma, *(w.lower_ for w in words)}
    found = [e for e in entities if e.type in ACTORS and wanted <= _name_words(e)]
    return found[0] if len(found) == 1 else None


def _name_words(entity: Entity) -> set[str]:
    """The words of an entity's names in small letters, and the initials of their capitalised runs."""
    found: set[str] = set()
    for name in (entity.name, *entity.aliases):
        found |= {w.casefold() for w in re.findall(r"\w+", name)}
        runs = re.findall(r"[A-Z]\w*(?:\s+[A-Z]\w*)+", name)
        found |= {"".join(w[0] for w in run.split()).casefold() for run in runs}
    return found


def _said_before(token: Token, sentence: Sentence, reading: Reading) -> Named | None:
    """A fuller phrase with the same head noun, a few sentences back: 'four independent experts'."""
    for other in reversed(reading.sentences[max(0, sentence.index - _BACK) : sentence.index]):
        for noun in other.tokens:
            fuller = any(c.dep_ in ("amod", "compound", "nummod") for c in noun.children)
            if fuller and noun.lemma_.lower() == token.lemma_.lower() and noun.dep_ != "compound":
                return Named(bare(noun_phrase(noun, coordinate=False)))
    return None
