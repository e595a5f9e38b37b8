"""The country where something happens: from the sentence, its paragraph, section, title, item.

Never by frequency: on two interviews about a treaty, counting gave a wrong country to ten
events of ten. Within a sentence a place ('in X', a city) and an acting organ of state stand
above a state that is only mentioned; whom a call addresses, and the origin of one foreigner
('an Indonesian journalist'), stand below everything that the context says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.languages.english import word_set
from kg.model import WORLD, BlockKind, Span
from kg.text import syntax
from kg.text.identity import Held

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Token

    from kg.model import Entity, Reading, Sentence

IN, ACTING, NAMED, WEAK = 3, 2, 1, 0
"""How strongly a mention tells the country: where, who acts, merely named, addressed or foreign."""
_WITHIN = frozenset(
    {
        "in",
        "inside",
        "within",
        "across",
        "throughout",
        "at",
        "near",
        "outside",
        "into",
        "from",
        "around",
        "of",
    }
)
_STATES = frozenset({"Country", "StateBody", "Place"})
_ASKS = frozenset(
    {"urge", "ask", "call", "demand", "request", "appeal", "press", "tell", "remind", "invite", "recommend"}
)
_COMMENTS = word_set(
    "note commend welcome praise congratulate express recommend ask inquire enquire urge appreciate "
    "recall applaud encourage raise regret thank share request suggest acknowledge recognize "
    "recognise highlight take stress hope remark refer question underline underscore reiterate "
    "clarify reply explain mention condemn deplore voice invite observe comment"
)
"""What a state does where it speaks of another: its own country is not where it happens."""
_MINDED = word_set(
    "concerned alarmed worried disturbed preoccupied troubled dismayed pleased encouraged aware"
)
"""What it is then."""
_BRACKETED = re.compile(r"\((?P<inside>[^()]{3,300})\)")
_AND = re.compile(r"\s*(?:,|;|,?\s*(?:and|as well as|&))\s*(?:also\s+)?(?:in\s+)?(?:the\s+)?")
"""What stands between the states of a list."""
_LISTED = re.compile(r",\s*(?:and\s+)?|\s+and\s+")
_ABROAD = word_set(
    "force forces troop soldier army military navy drone airstrike strike mercenary embassy ambassador "
    "delegation"
)
"""What a state has or does outside its borders: no sign of where."""
_LEAVES = word_set("flee escape emigrate leave depart travel go move migrate flight return")
_SHELTER = word_set("asylum refuge sanctuary shelter exile safety protection")
HEADS = frozenset({BlockKind.TITLE, BlockKind.HEADER})
"""Blocks that tell what an item is about."""
_ADJECTIVAL = ("ish", "ian", "ese", "nch", "man", "ean", "dic", "can", "bic", "ek", "tch", "lish")
_NEAR = 3
_BEFORE_BRACKET = 5
"""Words before a bracket that make it the end of what a state says."""
_LONGEST_NAME = 9
"""Words of a state's name: 'the United Kingdom of Great Britain and Northern Ireland'."""
_LEAD = 4


@dataclass(frozen=True, slots=True)
class CountryNamed:
    """A mention in a sentence that tells a country."""

    alpha2: str
    span: Span
    """In the source."""
    key: str
    """Of the entity."""
    strength: int = NAMED
    token: int = -1
    """Head of the mention, as an index into the block's parse."""
    surface: str = ""


@dataclass(frozen=True)
class _Index:
    """What a reading tells of countries, gathered once."""

    named: tuple[tuple[CountryNamed, ...], ...]
    """By sentence."""
    blocks: tuple[int, ...]
    """Number of the block of each sentence."""
    first: tuple[int, ...]
    """First sentence of each block."""
    whole: str | None
    """The only country that the item tells of."""
    title: str | None
    lead: str | None
    """The country of the first paragraphs."""
    headings: tuple[tuple[int, str], ...]
    """Sentences of headings about one country, in order."""
    sections: tuple[tuple[int, str | None], ...]
    """Sentences of all headings, with the only country that each names, if any."""


@lru_cache(maxsize=4)
def _indexed(held: Held) -> _Index:
    reading = held.reading
    named = tuple(tuple(_named(reading, s)) for s in reading.sentences)
    blocks: list[int] = []
    first: list[int] = []
    for i, sentence in enumerate(reading.sentences):
        if i == 0 or sentence.block is not reading.sentences[i - 1].block:
            first.append(i)
        blocks.append(len(first) - 1)
    told = {c.alpha2 for found in named for c in found if c.strength >= NAMED}
    headings, sections = [], []
    for i, sentence in enumerate(reading.sentences):
        countries = {c.alpha2 for c in named[i] if c.strength >= NAMED}
        about = sum(len(c.surface) for c in named[i]) * 2 >= len(sentence.text) or any(
            c.strength == IN for c in named[i]
        )
        if sentence.block.kind is not BlockKind.HEADING:
            continue
        sections.append((i, next(iter(countries)) if len(countries) == 1 else None))
        if len(countries) == 1 and about:
            headings.append((i, next(iter(countries))))
    return _Index(
        named,
        tuple(blocks),
        tuple(first),
        next(iter(told)) if len(told) == 1 else None,
        _title(reading, named),
        _lead(reading, named),
        tuple(headings),
        tuple(sections),
    )


def _title(reading: Reading, named: Sequence[Sequence[CountryNamed]]) -> str | None:
    """The country of title and header, where they name just one."""
    for kinds in (frozenset({BlockKind.TITLE}), HEADS):
        told = {
            c.alpha2
            for s in reading.sentences[:12]
            if s.block.kind in kinds
            for c in named[s.index]
            if c.strength >= NAMED
        }
        if len(told) == 1:
            return next(iter(told))
    return None


def _lead(reading: Reading, named: Sequence[Sequence[CountryNamed]]) -> str | None:
    """The country that the first paragraphs tell: where it happens before who acts."""
    running = [s for s in reading.sentences[:20] if s.block.kind not in HEADS][:_LEAD]
    for least in (IN, ACTING, NAMED):
        for sentence in running:
            told = {c.alpha2 for c in named[sentence.index] if c.strength >= least}
            if len(told) == 1:
                return next(iter(told))
    return None


def countries_in(reading: Reading, sentence: Sentence) -> tuple[CountryNamed, ...]:
    """The countries that a sentence names or tells by a place or organ, in order.

    A state that only speaks of another is left out: 'Italy raised concerns about'.
    """
    return _indexed(Held(reading)).named[sentence.index]


def _named(reading: Reading, sentence: Sentence) -> Iterator[CountryNamed]:
    doc = sentence.tokens.doc
    for mention in reading.within(sentence.span):
        entity = reading.entity[mention.entity]
        if not entity.country:
            continue
        inside = sentence.meeting(mention.span)
        if not inside:
            continue
        head = doc[inside[0] : inside[-1] + 1].root
        if entity.type == "Country" and (comments(head) or _is_credited(reading, sentence, mention.span)):
            continue
        yield CountryNamed(
            entity.country,
            mention.span,
            entity.key,
            _strength(entity, mention.surface, head),
            head.i,
            mention.surface,
        )


def _strength(entity: Entity, surface: str, head: Token) -> int:
    """How a mention tells its country."""
    elsewhere = _addressed(head) or _is_language(entity, surface, head) or is_origin(head) or _is_refuge(head)
    if elsewhere or entity.type not in _STATES:
        return WEAK
    if head.dep_ == "pobj" and head.head.lower_ in _WITHIN and entity.type in ("Country", "Place"):
        return NAMED if head.head.lower_ in ("of", "from") else IN
    if entity.type == "StateBody":
        return WEAK if head.lemma_.casefold() in _ABROAD else ACTING
    if entity.type == "Place":
        return NAMED
    if head.dep_ in ("amod", "compound", "nmod") and head.head.pos_ in ("NOUN", "PROPN"):
        return _adjective(head, surface)
    return ACTING if head.dep_ in ("nsubj", "nsubjpass", "poss", "agent") else NAMED


def comments(head: Token) -> bool:
    """True for the state that speaks of another: 'Italy raised concerns about', 'Chad and Mali commended'."""
    head = syntax.first_conjunct(head)
    if head.dep_ not in syntax.NOUN_SUBJECTS:
        return False
    verb = syntax.main_verb(head.head)
    minded = verb.lower_ in _MINDED or any(
        c.dep_ in ("acomp", "attr") and c.lower_ in _MINDED for c in verb.children
    )
    return minded or (head.dep_ == "nsubj" and verb.lemma_ in _COMMENTS)


def credited(reading: Reading, sentence: Sentence) -> tuple[str, ...]:
    """The states in brackets behind what a sentence asks or recommends, as keys of entities, in order."""
    return tuple(
        m.entity
        for m in reading.within(sentence.span)
        if reading.entity[m.entity].type == "Country" and _is_credited(reading, sentence, m.span)
    )


def _is_credited(reading: Reading, sentence: Sentence, span: Span) -> bool:
    """True for a state in brackets behind what it asks or recommends: 'Ratify the treaty (France);'."""
    for found in _BRACKETED.finditer(sentence.text):
        states = (part.removeprefix("the ") for part in _LISTED.split(found["inside"]))
        listed = all(name[:1].isupper() and len(name.split()) <= _LONGEST_NAME for name in states)
        if not listed or len(sentence.text[: found.start()].split()) < _BEFORE_BRACKET:
            continue
        first = sentence.tokens.start_char
        bracket = sentence.alignment.source(first + found.start(), first + found.end())
        if bracket.holds(span):
            return not _follows_place(reading, sentence, bracket)
    return False


def _follows_place(reading: Reading, sentence: Sentence, bracket: Span) -> bool:
    """True for 'Munich (Germany)'."""
    return any(
        reading.entity[m.entity].type == "Place" and 0 <= bracket.start - m.span.end <= 1
        for m in reading.within(sentence.span)
    )


def _is_language(entity: Entity, surface: str, head: Token) -> bool:
    """True for 'in Spanish', 'translated into French': a people's adjective alone after a preposition."""
    alone = head.dep_ == "pobj" and head.head.lower_ in ("in", "into", "from") and not list(head.children)
    return alone and surface != entity.name and surface.casefold().endswith(_ADJECTIVAL)


def is_origin(head: Token) -> bool:
    """True for 'a woman from Chad': where somebody comes from, not where it happens."""
    origin = head.dep_ == "pobj" and head.head.lower_ == "from"
    return origin and head.head.head.pos_ in ("NOUN", "PROPN") and head.head.head.tag_ != "NNP"


def _is_refuge(head: Token) -> bool:
    """True for 'flee to Chad', 'seek asylum in Chad': where people go, not where it happens."""
    if head.dep_ != "pobj":
        return False
    way = head.head
    if way.lower_ in ("to", "into", "for"):
        return way.head.lemma_.casefold() in _LEAVES
    if way.lower_ not in ("in", "from"):
        return False
    sought = any(c.dep_ == "dobj" and c.lower_ in _SHELTER for c in way.head.children)
    return sought or way.head.lemma_.casefold() in _SHELTER


def _adjective(head: Token, surface: str) -> int:  # noqa: ARG001 - the surface tells nothing more so far
    """A people's adjective: of one person it tells the origin, of people or things the country."""
    noun = head.head
    if noun.lemma_.casefold() in _ABROAD:
        return WEAK
    if noun.tag_ in ("NNS", "NNPS"):
        return NAMED
    article = any(c.lower_ in ("a", "an", "one", "another") for c in noun.children)
    return WEAK if article else NAMED


def _addressed(head: Token) -> bool:
    """True where somebody is asked to act: 'urge X', 'call on X', 'X should'."""
    verb = head.head
    if head.dep_ == "dobj" and verb.lemma_ in _ASKS:
        return True
    if head.dep_ == "pobj" and verb.lower_ in ("on", "upon", "to") and verb.head.lemma_ in _ASKS:
        return True
    return head.dep_ == "nsubj" and any(
        c.dep_ == "aux" and c.lower_ in ("should", "must", "shall") for c in verb.children
    )


def country_for(reading: Reading, sentence: Sentence, token: Token) -> str:
    """Alpha-2 of the country where what a token names happens, or WORLD."""
    here = countries_in(reading, sentence)
    for least in (IN, NAMED):
        found = [c for c in here if c.strength >= least]
        if least == IN:
            found = [c for c in found if _same_clause(sentence, c, token)]
        if found:
            return _nearest(found, sentence, token)
    return _around(reading, sentence) or (_nearest(here, sentence, token) if here else WORLD)


def listed_with(reading: Reading, sentence: Sentence, alpha2: str, token: Token) -> tuple[str, ...]:
    """A country and those that the clause of a word lists with it, in order: 'in Chad, Ghana and Niger'."""
    states = [
        c
        for c in countries_in(reading, sentence)
        if c.strength >= NAMED and reading.entity[c.key].type == "Country" and not _qualifies(sentence, c)
    ]
    lists: list[list[CountryNamed]] = []
    text = reading.item.document.text
    for state in states:
        joined = lists and _AND.fullmatch(text, lists[-1][-1].span.end, state.span.start)
        if joined:
            lists[-1].append(state)
        else:
            lists.append([state])
    doc = sentence.tokens.doc
    for listed in lists:
        here = tuple(dict.fromkeys(c.alpha2 for c in listed))
        near = any(_same_clause(sentence, c, token) for c in listed)
        if near and alpha2 in here and not _is_pair(doc[min(c.token for c in listed)]):
            return here
    return (alpha2,)


def _qualifies(sentence: Sentence, named: CountryNamed) -> bool:
    """True for 'the Chadian and Sudanese governments'."""
    return sentence.tokens.doc[named.token].dep_ in ("amod", "compound", "nmod", "poss")


def _is_pair(token: Token) -> bool:
    """True for 'between Chad and Sudan': that isn't twice the same act."""
    return token.dep_ == "pobj" and token.head.lower_ == "between"


def _same_clause(sentence: Sentence, named: CountryNamed, token: Token) -> bool:
    """True where a place stands in the clause of the act, or the act below it."""
    verb = _verb(sentence.tokens.doc[named.token])
    mine = _verb(token)
    return verb == mine or mine.is_ancestor(verb) or verb.is_ancestor(mine)


def _verb(token: Token) -> Token:
    while token.pos_ not in ("VERB", "AUX") and token.head.i != token.i:
        token = token.head
    return token


def _nearest(found: Sequence[CountryNamed], sentence: Sentence, token: Token) -> str:
    """The country fewest steps of the parse away, then the stronger, then the nearer."""
    doc = sentence.tokens.doc
    path = [token, *token.ancestors]

    def distance(named: CountryNamed) -> tuple[int, int, int]:
        other = [doc[named.token], *doc[named.token].ancestors]
        steps = next((i + other.index(t) for i, t in enumerate(path) if t in other), 99)
        return steps - named.strength, -named.strength, abs(named.token - token.i)

    return min(found, key=distance).alpha2


def _around(reading: Reading, sentence: Sentence) -> str | None:
    """The country that the context tells: paragraph, section, title, the paragraphs before, the item."""
    index = _indexed(Held(reading))
    return (
        _paragraph(reading, sentence, index)
        or next((c for at, c in reversed(index.sections) if at < sentence.index), None)
        or next((c for at, c in reversed(index.headings) if at < sentence.index), None)
        or index.title
        or _before(reading, sentence, index)
        or index.lead
        or index.whole
    )


def _told(index: _Index, at: int, least: int = NAMED) -> list[str]:
    return [c.alpha2 for c in index.named[at] if c.strength >= least]


def _paragraph(reading: Reading, sentence: Sentence, index: _Index) -> str | None:
    """The last country told before in the paragraph, in what governs it, else the first after."""
    block = index.blocks[sentence.index]
    start = index.first[block]
    for at in range(sentence.index - 1, start - 1, -1):
        if told := _told(index, at):
            return told[-1]
    if sentence.block.governor is not None:
        for at in range(start - 1, -1, -1):
            if reading.sentences[at].span.meets(sentence.block.governor):
                if told := _told(index, at, WEAK):
                    return told[-1]
                break
    end = index.first[block + 1] if block + 1 < len(index.first) else len(reading.sentences)
    for at in range(sentence.index + 1, end):
        told = _told(index, at)
        if told:
            return told[0] if len(set(told)) == 1 else None
    return None


def _before(reading: Reading, sentence: Sentence, index: _Index) -> str | None:
    """The country of the paragraphs just before, where they tell of just one."""
    block = index.blocks[sentence.index]
    for earlier in range(block - 1, max(-1, block - 1 - _NEAR), -1):
        start, end = index.first[earlier], index.first[earlier + 1]
        if reading.sentences[start].block.kind in (BlockKind.QUESTION, BlockKind.HEADER):
            continue
        told = {c for at in range(start, end) for c in _told(index, at, ACTING)}
        if told:
            return next(iter(told)) if len(told) == 1 else None
    return None
