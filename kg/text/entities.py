"""Sentences -> mentions and entities: each entity once an item, in its fullest form.

Three passes: the names that gazetteer and cues class; the names whose class the item tells
elsewhere (defined acronyms, shorter forms, surnames) or beside them (descriptions); what
refers back to them ('the Council', 'the government'). Names without a class are left out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.languages.english import CLOSES_LETTER
from kg.model import BlockKind, Entity, Mention
from kg.text import persons
from kg.text.joining import Group, built, folded, merged, shortens
from kg.text.names import Finder, Name
from kg.text.placenames import placed
from kg.text.signers import delivered, names_persons, signer
from kg.text.wordforms import is_common, is_headline

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.model import Item, Sentence
    from kg.vocabulary import Vocabulary

_ACRONYM = re.compile(r"[A-Z][A-Za-z&-]*[A-Z][A-Za-z&-]*s?")
_CLOSES = re.compile(CLOSES_LETTER, re.IGNORECASE)
_PAIR = 2
_AUTHOR = 3.0
_LISTED = 2.0
"""What a list with a person in it says of its other names."""
_PRONOUN = 0.8
"""What a 'He' or 'She' says of the name with which the sentence before begins."""
_BETWEEN_NAMES = frozenset({",", ";", "and", "&"})
_ORGANISED = frozenset(
    {"CivilSocietyOrganisation", "MediaOutlet", "PoliticalParty", "Company", "Event", "StateGroup"}
)
_LISTABLE = frozenset({"CivilSocietyOrganisation", "MediaOutlet", "PoliticalParty", "Company"})
_HEADED = frozenset(
    {"IntergovernmentalBody", "Mechanism", "StateBody", "CivilSocietyOrganisation", "Instrument"}
)


def entities(
    item: Item, sentences: Sequence[Sentence], vocabulary: Vocabulary
) -> tuple[tuple[Mention, ...], tuple[Entity, ...]]:
    """The mentions of an item in order, and what they name."""
    return _Gathering(item, sentences, vocabulary).result()


def _writes(sentence: Sentence, name: Name) -> float:
    """What a byline says: 'By X' names a person."""
    if sentence.block.kind not in (BlockKind.BYLINE, BlockKind.HEADER) or name.start != 1:
        return 0.0
    return _AUTHOR if sentence.tokens.doc[0].lower_ == "by" else 0.0


class _Gathering:
    """One item's names on their way to entities."""

    def __init__(self, item: Item, sentences: Sequence[Sentence], vocabulary: Vocabulary) -> None:
        self.item, self.vocabulary = item, vocabulary
        self.finder = Finder(vocabulary)
        self.kinds = self.finder.kinds
        self.groups: list[Group] = []
        self.by_words: dict[tuple[str, ...], Group] = {}
        self.by_iri: dict[str, Group] = {}
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
            closes = any(
                _CLOSES.match(s.text) for s in self.sentences[max(0, sentence.index - 2) : sentence.index]
            )
            personal = closes or names_persons(near, self.kinds)
            return list(signer(sentence, self.kinds, among_persons=personal))
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
        self._among()
        self._known()
        return built(merged(self.groups), self.vocabulary)

    def _publishing(self) -> None:
        """Publisher and speaker of the item, where they stand as names without a class."""
        talk = self.item.genre == "interview"
        adopts = "IntergovernmentalBody" if self.item.genre == "resolution" else "CivilSocietyOrganisation"
        for who, type_ in (
            (self.item.publisher, adopts),
            (self.item.speaker or "", "Person" if talk else ""),
        ):
            words = folded(who.split())
            for sentence in self.sentences if words else ():
                self.named[sentence.index] = self._whole(sentence, who, words)
                self.named[sentence.index] = [
                    part for name in self.named[sentence.index] for part in self._voiced(name, words, type_)
                ]

    def _whole(self, sentence: Sentence, who: str, words: tuple[str, ...]) -> list[Name]:
        """The names of a sentence, with publisher or speaker as one where they were taken apart."""
        names = self.named[sentence.index]
        if len(words) < _PAIR:
            return names
        tokens = [t for t in sentence.tokens if folded([t.text])]
        said = [folded([t.text]) for t in tokens]
        for at in range(len(tokens) - len(words) + 1):
            if tuple(p for w in said[at : at + len(words)] for p in w) != words:
                continue
            start, end = tokens[at].i, tokens[at + len(words) - 1].i + 1
            inside = [n for n in names if start <= n.start and n.end <= end]
            crossing = [n for n in names if n.start < end and start < n.end and n not in inside]
            if crossing or (len(inside) == 1 and inside[0].end - inside[0].start == end - start):
                continue
            told = self.kinds.of(who.split())
            type_ = (
                told[0]
                if told and told[0] not in ("Place", "Event", "Instrument")
                else "CivilSocietyOrganisation"
            )
            whole = Name(
                start, end, tuple(t.text for t in sentence.tokens.doc[start:end]), type_, how="signed"
            )
            names = sorted((whole, *(n for n in names if n not in inside)), key=lambda n: n.start)
        return names

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
        adopts = type_ == "IntergovernmentalBody" and name.type == "CivilSocietyOrganisation"
        if adopts and plain and folded(name.words) == words:
            yield replace(name, type=type_, how="signed")
            return
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
        if name.type == "StateBody" and name.how == "cue" and name.words[0][0].isupper():
            return len(name.words) > 1 or self.kinds.of(name.words) is not None
        return name.iri is not None or len(name.words) > 1 or name.how in ("demonym", "capital", "signed")

    def _add(self, sentence: Sentence, name: Name, group: Group | None = None) -> Group:
        words = folded(name.words)
        held = group or (self.by_iri.get(name.iri) if name.iri else None) or self.by_words.get(words)
        if held is None:
            held = Group(name.type or "", iri=name.iri, country=name.country, how=name.how)
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
                scores[words].append(
                    persons.evidence(name, sentence.tokens.doc, self.kinds)
                    + _writes(sentence, name)
                    + self._goes_on(sentence, name)
                )
                places[words].append((sentence, name))
        self._listed(scores)
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

    def _goes_on(self, sentence: Sentence, name: Name) -> float:
        """What the next sentence says that begins with 'He' or 'She', after one that begins with a name."""
        following = self.sentences[sentence.index + 1 : sentence.index + 2]
        opens = name.start == sentence.tokens.start and len(name.words) > 1
        if not opens or not following or following[0].block is not sentence.block:
            return 0.0
        return _PRONOUN if following[0].tokens[0].text in ("He", "She", "His", "Her") else 0.0

    def _listed(self, scores: dict[tuple[str, ...], list[float]]) -> None:
        """Names in a list with a person's are persons' too: 'X, Y and Z were arrested'."""
        for run in self._runs():
            words = [folded(name.words) for _, name in run]
            told = sum(w in scores and persons.is_person(scores[w]) for w in words)
            if len(run) > 1 and told:
                weight = 2 * _LISTED if told > _PAIR and 2 * told >= len(run) else _LISTED
                for listed in words:
                    if listed in scores:
                        scores[listed] = [max(scores[listed]) + weight]

    def _runs(self) -> Iterator[list[tuple[Sentence, Name]]]:
        """Names without a class that only commas and 'and' part."""
        run: list[tuple[Sentence, Name]] = []
        for sentence, name in self.open:
            if run and (
                run[-1][0].index != sentence.index
                or any(t.text not in _BETWEEN_NAMES for t in sentence.tokens.doc[run[-1][1].end : name.start])
            ):
                yield run
                run = []
            run.append((sentence, name))
        yield run

    @staticmethod
    def _headline(sentence: Sentence) -> bool:
        return is_headline([t.text for t in sentence.tokens])

    def _same_person(self, words: tuple[str, ...]) -> Group | None:
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

    def _among(self) -> None:
        """Names in a list of things of one class: 'Harbour TV, Lake TV and Kanal 3'."""
        typed: dict[int, list[tuple[Name, str]]] = defaultdict(list)
        for group in self.groups:
            for sentence, name in group.places:
                typed[sentence.index].append((name, group.type))
        left = []
        for sentence, name in self.open:
            kind = self._kind_of_list(sentence, name, typed[sentence.index])
            if kind and self._proper(name) and not self.by_words.get(folded(name.words)):
                self._add(
                    sentence, Name(name.start, name.end, name.words, kind, how="described", alias=name.alias)
                )
            else:
                left.append((sentence, name))
        self.open = left

    @staticmethod
    def _kind_of_list(sentence: Sentence, name: Name, typed: Sequence[tuple[Name, str]]) -> str | None:
        """The class of the two or more neighbours before a name in its list, where they have one."""
        doc, here, found = sentence.tokens.doc, name.start, []
        while True:
            at = here - 1
            while at >= sentence.tokens.start and doc[at].text in _BETWEEN_NAMES:
                at -= 1
            before = next((t for t in typed if t[0].end == at + 1), None)
            if before is None or at == here - 1:
                break
            found.append(before[1])
            here = before[0].start
        kinds = set(found)
        return found[0] if len(found) > 1 and len(kinds) == 1 and kinds <= _LISTABLE else None

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
            else:
                is_place, country = placed(
                    name, sentence.tokens.doc, self.kinds, near, self._places_in(sentence)
                )
                if is_place:
                    self._add(
                        sentence, Name(name.start, name.end, name.words, "Place", None, country, "city")
                    )

    def _places_in(self, sentence: Sentence) -> list[tuple[int, int]]:
        """First token and token after the last of the places known in a sentence."""
        grounds = [g for g in self.groups if g.type in ("Place", "Country")]
        return [(n.start, n.end) for g in grounds for s, n in g.places if s.index == sentence.index]

    def _acronym_of(self, name: Name) -> Group | None:
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

    def _by_surname(self, words: tuple[str, ...]) -> Group | None:
        if len(words) != 1:
            return None
        found = [
            g
            for g in self.groups
            if g.type == "Person" and words[0] in (folded(g.names[0].words)[-1], folded(g.names[0].words)[0])
        ]
        return found[0] if len(found) == 1 else None

    def _shortened(self, sentence: Sentence, name: Name) -> Group | None:
        """The entity named before whose head noun stands alone here: 'the Council', 'the Working Group'."""
        words = folded(name.words)
        before = sentence.tokens.doc[name.start - 1].lower_ if name.start else ""
        if not words or (len(words) == 1 and before not in ("the", "this", "its", "by")):
            return None
        for group in reversed(self.groups):
            if group.type not in _HEADED or not any(s.index <= sentence.index for s, _ in group.places):
                continue
            if any(shortens(words, held) for held in group.names):
                return group
        return None
