"""Sentences -> mentions and entities: each entity once an item, in its fullest form.

Three passes: the names that gazetteer and cues class; the names whose class the item tells
elsewhere (defined acronyms, shorter forms, surnames) or beside them (descriptions); what
refers back to them ('the Council', 'the government'). Names without a class are left out.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.model import BlockKind, Entity, Mention
from kg.text import persons
from kg.text.names import Finder, Name
from kg.text.parser import describing
from kg.text.places import city_country
from kg.text.signers import delivered, names_persons, signer
from kg.text.wordforms import is_common, is_headline

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.model import Item, Sentence
    from kg.vocabulary import Vocabulary

_STOP = frozenset({"the", "of", "and", "for", "in", "on", "to", "a", "an", "’s", "'s", "’", "'"})
_ACRONYM = re.compile(r"[A-Z][A-Za-z&-]*[A-Z][A-Za-z&-]*s?")
_CUTS = frozenset({"of", "in", "on", "for", "against", "Against", "elaborating", ":", "to", "with"})
_PAIR = 2
_PLACED = frozenset({"in", "at", "near", "from", "outside", "around"})
_ORGANISED = frozenset(
    {"CivilSocietyOrganisation", "MediaOutlet", "PoliticalParty", "Company", "Event", "StateGroup"}
)
_HEADED = frozenset(
    {"IntergovernmentalBody", "Mechanism", "StateBody", "CivilSocietyOrganisation", "Instrument"}
)


@dataclass
class _Group:
    """Names of one entity while it is gathered."""

    type: str
    names: list[Name] = field(default_factory=list)
    places: list[tuple[Sentence, Name]] = field(default_factory=list)
    iri: str | None = None
    country: str | None = None
    aliases: list[str] = field(default_factory=list)
    how: str = ""


def entities(
    item: Item, sentences: Sequence[Sentence], vocabulary: Vocabulary
) -> tuple[tuple[Mention, ...], tuple[Entity, ...]]:
    """The mentions of an item in order, and what they name."""
    return _Gathering(item, sentences, vocabulary).result()


def _publishing_type(item: Item) -> str:
    return (
        "MediaOutlet"
        if item.genre == "news" and item.speaker != item.publisher
        else "CivilSocietyOrganisation"
    )


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


class _Gathering:
    """One item's names on their way to entities."""

    def __init__(self, item: Item, sentences: Sequence[Sentence], vocabulary: Vocabulary) -> None:
        self.item, self.vocabulary = item, vocabulary
        self.finder = Finder(vocabulary)
        self.kinds = self.finder.kinds
        self.groups: list[_Group] = []
        self.by_words: dict[tuple[str, ...], _Group] = {}
        self.by_iri: dict[str, _Group] = {}
        self.open: list[tuple[Sentence, Name]] = []
        self.sentences = sentences
        self.named = {s.index: self._names(s) for s in sentences}

    def _names(self, sentence: Sentence) -> list[Name]:
        if sentence.block.kind is BlockKind.SIGNATORY:
            near = [
                s
                for s in self.sentences[max(0, sentence.index - 6) : sentence.index + 7]
                if s.block.kind is BlockKind.SIGNATORY
            ]
            return list(signer(sentence, self.kinds, among_persons=names_persons(near, self.kinds)))
        signed = list(delivered(sentence, self.kinds))
        found = list(self.finder.names(sentence))
        if not signed:
            return found
        return sorted(
            (*signed, *(n for n in found if not any(s.start < n.end and n.start < s.end for s in signed))),
            key=lambda n: n.start,
        )

    def result(self) -> tuple[tuple[Mention, ...], tuple[Entity, ...]]:
        """All passes, in order."""
        self._publishing()
        self._classed()
        self._persons()
        self._described()
        self._known()
        self._merged()
        return self._built()

    def _publishing(self) -> None:
        """Publisher and speaker of the item, where they stand as names without a class."""
        talk = self.item.genre == "interview"
        for who, type_ in (
            (self.item.publisher, _publishing_type(self.item)),
            (self.item.speaker or "", "Person" if talk else ""),
        ):
            words = folded(who.split())
            for sentence in self.sentences if words else ():
                self.named[sentence.index] = [
                    part for name in self.named[sentence.index] for part in self._voiced(name, words, type_)
                ]

    def _voiced(self, name: Name, words: tuple[str, ...], type_: str) -> Iterator[Name]:
        """A name cut around the publisher or speaker in it: 'Ian Tennant CIVICUS'."""
        said = [folded([w]) for w in name.words]
        size = len(words)
        at = next(
            (
                i
                for i in range(len(said) - size + 1)
                if tuple(p for w in said[i : i + size] for p in w) == words
            ),
            None,
        )
        plain = name.end - name.start == len(name.words)
        if name.type or at is None or not plain:
            yield name
            return
        if at:
            yield replace(name, end=name.start + at, words=name.words[:at], alias=None)
        shaped = type_ or ("" if persons.shaped(name) else "CivilSocietyOrganisation")
        middle = replace(
            name, start=name.start + at, end=name.start + at + size, words=name.words[at : at + size]
        )
        yield (
            replace(middle, type=shaped, how="person" if shaped == "Person" else "signed")
            if shaped
            else middle
        )
        if at + size < len(said):
            yield replace(name, start=name.start + at + size, words=name.words[at + size :])

    # first pass

    def _classed(self) -> None:
        """Names that gazetteer, cues or layout class."""
        for sentence in self.sentences:
            for name in self.named[sentence.index]:
                if name.type and self._stands(name):
                    self._add(sentence, name)
                else:
                    self.open.append((sentence, name))

    def _stands(self, name: Name) -> bool:
        """True for a name that says enough: not a lone head noun."""
        return name.iri is not None or len(name.words) > 1 or name.how in ("demonym", "capital", "signed")

    def _add(self, sentence: Sentence, name: Name, group: _Group | None = None) -> _Group:
        words = folded(name.words)
        held = group or (self.by_iri.get(name.iri) if name.iri else None) or self.by_words.get(words)
        if held is None:
            held = _Group(name.type or "", iri=name.iri, country=name.country, how=name.how)
            self.groups.append(held)
        held.names.append(name)
        held.places.append((sentence, name))
        if name.iri:
            self.by_iri.setdefault(name.iri, held)
        self.by_words.setdefault(words, held)
        if name.alias:
            held.aliases.append(name.alias)
            self.by_words.setdefault(folded([name.alias]), held)
        return held

    # second pass

    def _persons(self) -> None:
        """Names that their neighbourhood says are persons'."""
        scores: dict[tuple[str, ...], list[float]] = defaultdict(list)
        places: dict[tuple[str, ...], list[tuple[Sentence, Name]]] = defaultdict(list)
        for sentence, name in self.open:
            single = (
                len(name.words) == 1
                and name.how == "post"
                and not is_common(name.words[0])
                and not name.words[0].isupper()
            )
            if (single or persons.shaped(name)) and not self._headline(sentence):
                words = folded(name.words)
                scores[words].append(persons.evidence(name, sentence.tokens.doc, self.kinds))
                places[words].append((sentence, name))
        for words in sorted(scores, key=lambda w: (-len(w), w)):
            surname = sum(1 for _, n in self.open if folded(n.words) == words[-1:] and len(words) > 1)
            found = [*scores[words], *([1.0] if surname else [])]
            if not persons.is_person([s + (0.6 if surname else 0.0) for s in found]):
                continue
            held = self._same_person(words)
            for sentence, name in places[words]:
                held = self._add(
                    sentence,
                    Name(name.start, name.end, name.words, "Person", how="person", alias=name.alias),
                    held,
                )
        taken = {(s.index, n.start) for g in self.groups for s, n in g.places}
        self.open = [(s, n) for s, n in self.open if (s.index, n.start) not in taken]

    @staticmethod
    def _headline(sentence: Sentence) -> bool:
        return is_headline([t.text for t in sentence.tokens])

    def _same_person(self, words: tuple[str, ...]) -> _Group | None:
        """The person whose longer name holds these words: by surname, or by first and last name."""
        for group in self.groups:
            if group.type == "Person":
                longer = folded(group.names[0].words)
                if words[-1] == longer[-1] and (len(words) == 1 or words[0] == longer[0]):
                    return group
        return None

    def _described(self) -> None:
        """Names beside a common noun that says what they are: 'the newspaper X', 'X, a rights group'."""
        left = []
        for sentence, name in self.open:
            kind = self._kind_beside(sentence, name)
            if kind and kind != "Person" and self._proper(name):
                self._add(
                    sentence, Name(name.start, name.end, name.words, kind, how="described", alias=name.alias)
                )
            else:
                left.append((sentence, name))
        self.open = left

    def _proper(self, name: Name) -> bool:
        """True for words that can be a proper name of a thing."""
        return any(not is_common(w) for w in name.words) or len(name.words) > 1

    def _kind_beside(self, sentence: Sentence, name: Name) -> str | None:
        doc = sentence.tokens.doc
        before = [
            t.lemma_.casefold() if t.pos_ == "NOUN" else t.text
            for t in doc[max(0, name.start - 3) : name.start]
        ]
        while before and before[-1] in ("“", "‘", '"', "called", "named"):
            before.pop()
        found = self.kinds.described(before) if before else None
        if found:
            return found[0]
        after = doc[name.end : name.end + 8]
        if len(after) > _PAIR and after[0].text == "," and after[1].lower_ in ("a", "an", "the"):
            words: list[str] = []
            for token in after[2:]:
                if token.pos_ not in ("NOUN", "ADJ", "PROPN", "NUM", "ADV", "PUNCT") or token.text in (
                    ",",
                    ".",
                ):
                    break
                words.append(token.lemma_.casefold() if token.pos_ == "NOUN" else token.text)
            for end in range(len(words), 0, -1):
                if found := self.kinds.described(words[:end]):
                    return found[0]
        if (
            len(after)
            and (found := self.kinds.described([after[0].lemma_.casefold()]))
            and after[0].pos_ == "NOUN"
            and found[0] in _ORGANISED
        ):
            return found[0]
        return None

    def _known(self) -> None:
        """Names that the item tells elsewhere: acronyms, shorter forms, surnames, cities."""
        near = {g.country for g in self.groups if g.country}
        for sentence, name in self.open:
            words = folded(name.words)
            held = (
                self.by_words.get(words)
                or self._acronym_of(name)
                or self._by_surname(words)
                or self._shortened(sentence, name)
            )
            if held:
                self._add(sentence, name, held)
            elif country := self._city(sentence, name, near):
                self._add(sentence, Name(name.start, name.end, name.words, "Place", None, country, "city"))

    def _acronym_of(self, name: Name) -> _Group | None:
        """The entity whose initials a word is."""
        if len(name.words) != 1 or not _ACRONYM.fullmatch(name.words[0]):
            return None
        wanted = name.words[0].rstrip("s").casefold()
        for group in self.groups:
            for held in group.names:
                initials = "".join(w[0] for w in held.words if w[0].isupper()).casefold()
                if len(wanted) > 1 and (
                    wanted == initials or (len(wanted) > _PAIR and initials.endswith(wanted) and group.iri)
                ):
                    return group
        return None

    def _by_surname(self, words: tuple[str, ...]) -> _Group | None:
        if len(words) != 1:
            return None
        found = [
            g
            for g in self.groups
            if g.type == "Person" and words[0] in (folded(g.names[0].words)[-1], folded(g.names[0].words)[0])
        ]
        return found[0] if len(found) == 1 else None

    def _shortened(self, sentence: Sentence, name: Name) -> _Group | None:
        """The entity named before whose head noun stands alone here: 'the Council', 'the Working Group'."""
        words = folded(name.words)
        before = sentence.tokens.doc[name.start - 1].lower_ if name.start else ""
        if not words or (len(words) == 1 and before not in ("the", "this", "its", "by")):
            return None
        for group in reversed(self.groups):
            if group.type not in _HEADED or not any(s.index <= sentence.index for s, _ in group.places):
                continue
            if any(_shortens(words, held) for held in group.names):
                return group
        return None

    def _city(self, sentence: Sentence, name: Name, near: set[str]) -> str | None:
        """The country of a city, where a preposition of place says that it is one."""
        if name.start == 0 or not name.words[0][0].isupper():
            return None
        word = name.words[0]
        if len(name.words) == 1 and (word.casefold() in describing() or self.kinds.is_head(word)):
            return None
        before = sentence.tokens.doc[name.start - 1]
        return city_country(name.text, near) if before.lower_ in _PLACED else None

    # third pass

    def _merged(self) -> None:
        """Entities whose names are forms of one another."""
        kept: list[_Group] = []
        for group in sorted(self.groups, key=lambda g: -max(len(folded(n.words)) for n in g.names)):
            whole = next(
                (
                    k
                    for k in kept
                    if k.type == group.type
                    and (not (k.iri and group.iri) or self._office(group, k))
                    and self._forms(group, k)
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
        self.groups = kept

    @staticmethod
    def _office(short: _Group, long: _Group) -> bool:
        """True where one is the other's presence in a country: 'the UN office in Uganda'."""
        bare = {folded(n.words) for n in short.names}
        placed = [n.words for n in long.names if "in" in n.words]
        return any(folded(w[: w.index("in")]) in bare for w in placed)

    @staticmethod
    def _forms(short: _Group, long: _Group) -> bool:
        """True where the names of one are shorter forms of the other's."""
        if short.type in ("Country", "Place"):
            return False
        if short.type == "Person":
            a, b = folded(short.names[0].words), folded(long.names[0].words)
            return a[-1:] == b[-1:] and (len(a) == 1 or a[0] == b[0])
        return any(_shortens(folded(s.words), held) for s in short.names for held in long.names)

    def _built(self) -> tuple[tuple[Mention, ...], tuple[Entity, ...]]:
        """Records, sorted by place; keys by type and name."""
        found: list[tuple[int, Entity, _Group]] = []
        keys: set[str] = set()
        for group in self.groups:
            entity = self._entity(group, keys)
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

    def _entity(self, group: _Group, keys: set[str]) -> Entity:
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
            name = self.vocabulary.term(best.iri).label
        aliases = tuple(
            dict.fromkeys(a for a in (*(n.text for n in group.names), *group.aliases) if a != name)
        )
        slug = re.sub(r"[^a-z0-9]+", "-", "-".join(folded(best.words)) or name.casefold()).strip("-")
        key = f"{group.type.casefold()}-{slug}"
        while key in keys:
            key += "-2"
        how = best.how or group.how
        sure = {
            "label": 1.0,
            "cue": 0.9,
            "signed": 0.95,
            "person": 0.9,
            "described": 0.8,
            "vague": 0.5,
            "demonym": 0.5,
            "city": 0.8,
        }
        return Entity(
            key,
            group.type,
            name,
            aliases,
            group.iri,
            group.country,
            sure.get(how, 0.9),
            f"entity-{how or 'name'}",
        )


def _shortens(words: tuple[str, ...], held: Name) -> bool:
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


def _apart(mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Mentions in order, without overlap: the longest wins."""
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.span.start - m.span.end, m.span.start, m.entity)):
        if mention.span.end > mention.span.start and not any(mention.span.meets(k.span) for k in kept):
            kept.append(mention)
    yield from sorted(kept, key=lambda m: m.span)
