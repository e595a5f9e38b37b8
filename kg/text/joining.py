"""Names to entities: which names are forms of one another, and what the entity is called.

An entity has the fullest form that the item uses; shorter forms, acronyms and surnames are its
aliases. Two individuals of the reference data stay two.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.model import Entity, Mention

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.model import Sentence
    from kg.text.names import Name
    from kg.vocabulary import Vocabulary

_STOP = frozenset({"the", "of", "and", "for", "in", "on", "to", "a", "an", "’s", "'s", "’", "'"})
_CUTS = frozenset({"of", "in", "on", "for", "against", "Against", "elaborating", ":", "to", "with"})
_CUT_AT = frozenset({"from", "against", "of", "and", "on", "for"})
_SURE = {
    "label": 1.0,
    "cue": 0.9,
    "signed": 0.95,
    "person": 0.9,
    "described": 0.8,
    "city": 0.8,
    "vague": 0.5,
    "demonym": 0.5,
}
"""Confidence by what told the class of a name."""


@dataclass
class Group:
    """Names of one entity while it is gathered."""

    type: str
    names: list[Name] = field(default_factory=list)
    places: list[tuple[Sentence, Name]] = field(default_factory=list)
    iri: str | None = None
    country: str | None = None
    aliases: list[str] = field(default_factory=list)
    how: str = ""


@lru_cache(maxsize=16384)
def _folded_word(word: str) -> tuple[str, ...]:
    low = unicodedata.normalize("NFKD", word.casefold())
    low = "".join(c for c in low if not unicodedata.combining(c))
    return tuple(w for w in re.findall(r"\w+", low) if w not in _STOP and w != "s")


def folded(words: Sequence[str]) -> tuple[str, ...]:
    """Words by which two names are compared: no case, accents, articles or small words."""
    plain = [part for word in words for part in _folded_word(word)]
    for at, word in enumerate(plain[:-1]):
        if word == "united" and plain[at + 1] == "nations":
            return (*plain[:at], "un", *plain[at + 2 :])
    return tuple(plain)


def merged(groups: Sequence[Group]) -> list[Group]:
    """Entities whose names are forms of one another."""
    kept: list[Group] = []
    for group in sorted(groups, key=lambda g: -max(len(folded(n.words)) for n in g.names)):
        whole = next(
            (
                k
                for k in kept
                if k.type == group.type
                and (not (k.iri and group.iri) or _office(group, k))
                and _forms(group, k)
            ),
            None,
        )
        if whole is None:
            kept.append(group)
        else:
            whole.names += group.names
            whole.places += group.places
            whole.aliases += group.aliases
            whole.iri = whole.iri or group.iri
            whole.country = whole.country or group.country
    return kept


def _office(short: Group, long: Group) -> bool:
    """True where one is the other's presence in a country: 'the UN office in Uganda'."""
    bare = {folded(n.words) for n in short.names}
    placed = [n.words for n in long.names if "in" in n.words]
    return any(folded(w[: w.index("in")]) in bare for w in placed)


def _forms(short: Group, long: Group) -> bool:
    """True where the names of one are shorter forms of the other's."""
    if short.type in ("Country", "Place"):
        return False
    if short.type == "Person":
        a, b = folded(short.names[0].words), folded(long.names[0].words)
        return a[-1:] == b[-1:] and (len(a) == 1 or a[0] == b[0])
    if short.type == "Instrument" and any(
        _ends(s.words, held.words) for s in short.names for held in long.names
    ):
        return True
    return any(shortens(folded(s.words), held) for s in short.names for held in long.names)


def _ends(words: Sequence[str], longer: Sequence[str]) -> bool:
    """True for the end of the title of a law: 'Terrorism Bill' of 'Protection from Terrorism Bill'."""
    short, long = folded(words), folded(longer)
    return 1 < len(short) < len(long) and long[-len(short) :] == short and longer[-len(words) - 1] in _CUT_AT


def shortens(words: tuple[str, ...], held: Name) -> bool:
    """True where words are a shorter form of a name: its head, or its beginning before a complement."""
    long = folded(held.words)
    if not words or len(words) >= len(long):
        return False
    first = next((i for i, w in enumerate(held.words) if i and w in _CUTS), None)
    tail = len(folded(held.words[first:])) if first else 0
    if long[-len(words) :] == words and len(words) > tail:
        return True
    cuts = [i for i, w in enumerate(held.words) if i and w in _CUTS]
    heads = [folded(held.words[:cut]) for cut in cuts]
    if any(head[-len(words) :] == words for head in heads):
        return True
    if long[: len(words)] == words and long[len(words)].isdigit():
        return True
    return any(
        words[: len(h)] == h and len(h) > 1 and long[-(len(words) - len(h)) :] == words[len(h) :]
        for h in heads
        if len(words) > len(h)
    )


def built(groups: Sequence[Group], vocabulary: Vocabulary) -> tuple[tuple[Mention, ...], tuple[Entity, ...]]:
    """Records, sorted by place; keys by type and name."""
    found: list[tuple[int, Entity, Group]] = []
    keys: set[str] = set()
    for group in groups:
        entity = _entity(group, keys, vocabulary)
        keys.add(entity.key)
        first = min(s.source(s.tokens.doc[n.start : n.end]).start for s, n in group.places)
        found.append((first, entity, group))
    found.sort(key=lambda f: (f[0], f[1].key))
    mentions = [
        Mention(sentence.source(sentence.tokens.doc[name.start : name.end]), entity.key, name.text)
        for _, entity, group in found
        for sentence, name in group.places
    ]
    return tuple(_apart(mentions)), tuple(entity for _, entity, _ in found)


def _entity(group: Group, keys: set[str], vocabulary: Vocabulary) -> Entity:
    """The record of an entity: its best name, its other forms, a key of its own."""
    names = [n for n in group.names if n.how != "demonym"] or group.names
    best = max(
        names,
        key=lambda n: (
            not (n.iri and n.words[-1].islower()),
            len(folded(n.words)),
            not n.text.isupper(),
            -len(n.text),
        ),
    )
    name = best.text
    if best.how == "demonym" and best.iri:
        name = vocabulary.term(best.iri).label
    aliases = tuple(dict.fromkeys(a for a in (*(n.text for n in group.names), *group.aliases) if a != name))
    slug = re.sub(r"[^a-z0-9]+", "-", "-".join(folded(best.words)) or name.casefold()).strip("-")
    key = f"{group.type.casefold()}-{slug}"
    while key in keys:
        key += "-2"
    how = best.how or group.how
    return Entity(
        key,
        group.type,
        name,
        aliases,
        group.iri,
        group.country,
        _SURE.get(how, 0.9),
        f"entity-{how or 'name'}",
    )


def _apart(mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Mentions in order, without overlap: the longest wins."""
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.span.start - m.span.end, m.span.start, m.entity)):
        if mention.span.end > mention.span.start and not any(mention.span.meets(k.span) for k in kept):
            kept.append(mention)
    yield from sorted(kept, key=lambda m: m.span)
