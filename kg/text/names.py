"""Sentence -> the stretches that can be names, each with its class where the words tell it.

A stretch is typed as a whole by gazetteer and cues; only where the whole has no class is it
taken apart: a person after a post, individuals of the gazetteer, the rest. So the longest name
wins and masks the triggers inside it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.languages.english import DIRECTIONS, FUNCTION_WORDS, OPENERS, SMALL_WORDS, word_set
from kg.text.extents import COUNTED, JOINING, Extent
from kg.text.gazetteer import gazetteer
from kg.text.kinds import kinds
from kg.text.wordforms import (
    ACRONYM,
    ORDINAL,
    POSTED,
    TIMES,
    TITLES,
    YEAR,
    is_capital,
    is_common,
    is_headline,
    is_personal,
    is_tagged,
    spaced,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from spacy.tokens import Token

    from kg.model import Sentence
    from kg.text.gazetteer import Gazetteer, Match
    from kg.text.kinds import Kinds
    from kg.vocabulary import Vocabulary

_QUOTES = frozenset("“\"‘':•(—–;")
_NO_START = frozenset({"ADV", "SCONJ", "PRON", "CCONJ", "ADP", "DET", "INTJ"})
_BETWEEN = word_set("Central central federal military national climate local interim transitional")
_TENS = word_set("twenty thirty forty fifty sixty seventy eighty ninety")
_LONGEST_PERSON = 5
_OPENS_TITLE, _CLOSES_TITLE = frozenset("“\"‘'"), frozenset("”\"’'")
_LONGEST_TITLE = 16
_LONGEST_SERIAL = 5
_NUMBER = re.compile(r"\d{1,5}(?:\.\d{3})?(?:[-/]\d{1,4})?(?:-[A-Z]{1,3})?")


@dataclass(frozen=True, slots=True)
class Name:
    """A stretch of tokens that can be a name."""

    start: int
    """First token, as an index into the block's parse."""
    end: int
    words: tuple[str, ...]
    """Without the acronym that may stand in brackets inside."""
    type: str | None = None
    iri: str | None = None
    country: str | None = None
    how: str = ""
    """What told the class: label, demonym, capital, cue, vague, post; empty where nothing did."""
    alias: str | None = None
    """Acronym or short form given in brackets."""

    @property
    def text(self) -> str:
        """The words as they are written together."""
        return spaced(self.words)


class Finder:
    """The names of sentences, for one vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.gazetteer: Gazetteer = gazetteer(vocabulary)
        self.kinds: Kinds = kinds(vocabulary)

    def names(self, sentence: Sentence) -> Iterator[Name]:
        """The names of a sentence in order, typed and untyped; none overlap."""
        tokens = list(sentence.tokens)
        if tokens:
            told = self.gazetteer.matches([t.text for t in tokens])
            matches = {m.start: m for m in told if not _is_common_part(m, tokens)}
            found = _Names(tokens, matches, self.kinds).all()
            yield from (name for name in found if "$" not in name.text)  # 'US$70 million' names no state


def _is_common_part(match: Match, tokens: Sequence[Token]) -> bool:
    """True for one common word that is also a name, inside a longer name: 'Independent' of a Commission."""
    if match.end - match.start > 1 or match.entry.type in ("Country", "Place"):
        return False
    word = tokens[match.start].text
    inside = match.end < len(tokens) and is_capital(tokens[match.end]) and tokens[match.end].text not in TIMES
    return inside and is_common(word) and not ACRONYM.fullmatch(word)


class _Names:
    """The names of one sentence; places are counted from its first token."""

    def __init__(self, tokens: list[Token], matches: Mapping[int, Match], cues: Kinds) -> None:
        self.tokens, self.matches, self.kinds = tokens, matches, cues
        self.words = [t.text for t in tokens]
        self.extent = Extent(tokens, matches, cues)
        self.headline = is_headline(self.words)

    def all(self) -> Iterator[Name]:
        """All names, with places in the block's parse."""
        base, at = self.tokens[0].i, 0
        while at < len(self.tokens):
            found = self._at(at)
            yield from (replace(n, start=base + n.start, end=base + n.end) for n in found)
            at = max((n.end for n in found), default=at + 1)

    def _at(self, at: int) -> list[Name]:
        """The names that begin at a token."""
        match = self.matches.get(at)
        if self.headline:
            return [self._matched(match)] if match else []
        if several := self._resolutions(at):
            return several
        told = self._counted(at) or self._directed(at) or self._instrument(at) or self._quoted(at)
        if told:
            return [told]
        small = self.kinds.small_name(self.words[at : at + 5]) if self.words[at][0].islower() else 0
        if not match and not small and not self._begins(at):
            return []
        end, kept, alias = self.extent.of(at, small)
        if end > at + 1 and self.words[at].isupper() and self._describes(at):
            return self._typed(at + 1, end, [i for i in kept if i > at], alias)
        return self._typed(at, end, kept, alias)

    def _describes(self, at: int) -> bool:
        """True for an acronym that says what the name after it is: 'the NGO X', not 'the NGO Act'."""
        if self.kinds.described([self.words[at]]) is None or not is_capital(self.tokens[at + 1]):
            return False
        stop = at + 1
        while stop < len(self.tokens) and is_capital(self.tokens[stop]):
            stop += 1
        rest = self.words[at + 1 : stop]
        telling = (
            not is_common(rest[0].casefold())
            or (self.kinds.of(rest) or ("",))[0] == "CivilSocietyOrganisation"
        )
        return telling and not self.kinds.is_head(rest[0])

    def _begins(self, at: int) -> bool:
        """True for a capital that no beginning of a sentence explains."""
        token, text = self.tokens[at], self.words[at]
        if not is_capital(token) or text in TIMES or (at and is_tagged(self.tokens[at - 1])):
            return False
        if at and self.words[at - 1] not in _QUOTES:
            return True
        if text in OPENERS or token.lower_ in FUNCTION_WORDS or token.pos_ in _NO_START:
            return False
        alone = at + 1 >= len(self.tokens) or not is_capital(self.tokens[at + 1])
        if alone and self.kinds.of([text]):
            return True
        return not (alone and is_common(text) and not ACRONYM.fullmatch(text)) or self._opens(at)

    def _opens(self, at: int) -> bool:
        """True for a head noun with a complement that begins a sentence: 'Students for a Free Tibet'."""
        if (
            at + 2 >= len(self.tokens)
            or self.words[at] not in self.kinds.openers
            or self.words[at + 1] not in JOINING
        ):
            return False
        return any(is_capital(t) for t in self.tokens[at + 2 : at + 4])

    def _counted(self, at: int) -> Name | None:
        """An event told by ordinal or year and a common noun: '36th session', '1979 revolution in Iran'."""
        text, first = self.words[at], at
        if text.casefold() in _TENS and self.words[at + 1 : at + 2] == ["-"] and at + 3 < len(self.words):
            text, at = self.words[at + 2], at + 2
        if at in self.matches or not (ORDINAL.fullmatch(text) or YEAR.fullmatch(text)):
            return None
        head = self.kinds.small_head(self.words[at + 1 : at + 4])
        size = head[1] if head and head[0] == "Event" else 0
        if not size and at + 1 < len(self.words) and self.kinds.head_type(self.words[at + 1]) == "Event":
            size = 1
        if not size:
            return None
        end = self._of_body(at + 1 + size)
        return Name(first, end, tuple(self.words[first:end]), "Event", how="cue")

    def _of_body(self, end: int) -> int:
        """The token after 'of the Council' or 'in Iran' that follows an event."""
        if end + 1 < len(self.words) and self.words[end] in ("of", "in"):
            here = end + 2 if self.words[end + 1] == "the" else end + 1
            if here in self.matches:
                return self.matches[here].end
        return end

    def _instrument(self, at: int) -> Name | None:
        """An instrument told by its number alone: 'Convention No. 87', 'Bill 6103'."""
        if at in self.matches or self.kinds.head_type(self.words[at]) != "Instrument":
            return None
        end = at + 1
        while end < len(self.words) and self.words[end] in ("No", "No.", "no", "no.", "Nr", "."):
            end += 1
        if (
            end >= len(self.words)
            or not _NUMBER.fullmatch(self.words[end])
            or YEAR.fullmatch(self.words[end])
        ):
            return None
        words = tuple(spaced(self.words[at : end + 1]).split())
        return Name(at, end + 1, words, "Instrument", how="cue") if self._is_bare(end + 1) else None

    def _resolutions(self, at: int) -> list[Name]:
        """'Human Rights Council resolutions 5/1 and 16/21': one name a number."""
        match = self.matches.get(at)
        if match is None or self.words[match.end : match.end + 1] not in (["resolutions"], ["decisions"]):
            return []
        body, noun = self.words[at : match.end], self.words[match.end].removesuffix("s")
        found: list[Name] = []
        here = match.end + 1
        while here < len(self.words) and (
            _NUMBER.fullmatch(self.words[here]) or (found and self.words[here] in (",", "and"))
        ):
            if self.words[here] not in (",", "and"):
                start = at if not found else here
                found.append(Name(start, here + 1, (*body, noun, self.words[here]), "Instrument", how="cue"))
            here += 1
        return found

    def _quoted(self, at: int) -> Name | None:
        """A law whose title stands in quotes: '‘Protection of the Shore from Strangers Bill’'."""
        if not at or self.words[at - 1] not in _OPENS_TITLE or not self.words[at][0].isupper():
            return None
        stop = next(
            (
                i
                for i in range(at + 1, min(at + _LONGEST_TITLE, len(self.words)))
                if self.words[i] in _CLOSES_TITLE
            ),
            None,
        )
        if stop is None:
            return None
        end = stop if self.words[stop - 1] not in (",", ".") else stop - 1
        headed = end > at + 1 and self.kinds.head_type(self.words[end - 1]) == "Instrument"
        small = all(w[0].isupper() or not w[0].isalpha() or w in SMALL_WORDS for w in self.words[at:end])
        return Name(at, end, tuple(self.words[at:end]), "Instrument", how="cue") if headed and small else None

    def _is_bare(self, end: int) -> bool:
        """True where nothing after a number goes on with the name: no 'of 2020', 'on ...', capital."""
        if end >= len(self.words):
            return True
        return self.words[end] not in ("of", "on", "/", "-", "–", "against") and not is_capital(
            self.tokens[end]
        )

    def _directed(self, at: int) -> Name | None:
        """A part of a country: 'northern Uganda', 'south-east Jordan'."""
        if self.tokens[at].lower_ not in DIRECTIONS:
            return None
        end = at + 1
        if end + 1 < len(self.words) and self.words[end] == "-" and self.tokens[end + 1].lower_ in DIRECTIONS:
            end += 2
        match = self.matches.get(end)
        if match is None or match.entry.type not in ("Country", "Place") or match.entry.kind != "label":
            return None
        return Name(
            at, match.end, tuple(self.words[at : match.end]), "Place", None, match.entry.country, "cue"
        )

    def _typed(self, at: int, end: int, kept: list[int], alias: str | None) -> list[Name]:
        """A stretch as one name where the whole has a class, else its parts."""
        match = self.matches.get(at)
        if match and match.end >= end - (0 if alias is None else 3):
            return [self._grown(replace(self._matched(match), end=max(end, match.end), alias=alias))]
        said = [self.words[i] for i in kept]
        kind = self.kinds.of(said)
        person = self._after_post(at, end)
        if person is not None and not (kind and kind[0] == "Instrument"):
            before = self._typed(at, person, list(range(at, person)), None) if person > at else []
            return [
                *(n for n in before if n.type),
                Name(person, end, tuple(self.words[person:end]), how="post", alias=alias),
            ]
        inside = sorted(
            (m for m in self.matches.values() if at <= m.start and m.end <= end), key=lambda m: m.start
        )
        country = next((m.entry.country for m in inside if m.entry.type == "Country"), None)
        if (
            kind is None
            and inside
            and inside[-1].end == end
            and inside[-1].entry.type == "Country"
            and inside[-1].start > at
        ):
            kind = self.kinds.of([self.words[i] for i in kept if i < inside[-1].start])
        if kind is None and self._harbour(at, end, inside):
            kind = ("Place", "Port")
        if kind:
            return [self._grown(Name(at, end, tuple(said), kind[0], None, country, "cue", alias))]
        post = (
            None
            if match
            else next(
                (i for i in range(at + 2, end) if self.words[i] in POSTED and is_personal(self.tokens[at:i])),
                None,
            )
        )
        if post:
            return [Name(at, post, tuple(self.words[at:post]))]
        if inside:
            return self._parted(at, end, inside[0], alias)
        return [self._grown(Name(at, end, tuple(said), alias=alias))]

    def _harbour(self, at: int, end: int, inside: Sequence[Match]) -> bool:
        """True for a town named as the port of a state: 'Port Sudan'."""
        return (
            self.words[at] == "Port"
            and len(inside) == 1
            and (inside[0].start, inside[0].end) == (at + 1, end)
            and inside[0].entry.type == "Country"
        )

    def _parted(self, at: int, end: int, first: Match, alias: str | None) -> list[Name]:
        """A stretch cut at the first individual that the gazetteer knows in it."""
        parts: list[Name] = []
        if first.start > at:
            parts += self._typed(at, first.start, list(range(at, first.start)), None)
        parts.append(self._grown(self._matched(first)))
        here = parts[-1].end
        while here < end and not is_capital(self.tokens[here]):
            here += 1
        if here < end:
            parts += self._typed(here, end, list(range(here, end)), alias)
        return parts

    def _after_post(self, at: int, end: int) -> int | None:
        """Where a person's name begins inside a stretch that opens with a post or title."""
        for i in range(end - 1, at - 1, -1):
            text = self.words[i].rstrip(".")
            many = text.removesuffix("s") if i == at and text.endswith("s") else text
            person = any(self.kinds.is_person(w) for w in (text, many))
            if text in POSTED or text in TITLES or person:
                rest = self.tokens[i + 1 : end]
                return i + 1 if 0 < len(rest) <= _LONGEST_PERSON and is_personal(rest) else None
        return None

    def _matched(self, match: Match) -> Name:
        entry = match.entry
        iri = None if entry.kind == "capital" else entry.iri
        words = tuple(self.words[match.start : match.end])
        return Name(match.start, match.end, words, entry.type, iri, entry.country, entry.kind)

    def _grown(self, name: Name) -> Name:
        """A name with the number, year and lower-case head noun that belong to it."""
        grown = self._headed(name) if name.alias is None else name
        grown = self._numbered(grown)
        said = grown.words
        if (
            grown.type == "Event"
            and said[-1].casefold() == "session"
            and not any(ORDINAL.fullmatch(w) or w.isdigit() for w in said)
        ):
            return name
        same = grown.start == name.start and grown.end == name.end
        return grown if same else replace(grown, iri=None)

    def _headed(self, name: Name) -> Name:
        """With a lower-case head noun: 'Ugandan government', 'COP28 climate summit'."""
        end = name.end
        gap = (
            1
            if end < len(self.words)
            and self.words[end] in _BETWEEN
            and (name.how in ("label", "demonym") or name.type is None)
            else 0
        )
        small = self.kinds.small_head(self.words[end + gap : end + gap + 3])
        if not small or not self._takes(name, small[0], end + gap + small[1]):
            return name
        stop = end + gap + small[1]
        if small[0] == "Event":
            stop = self._of_body(stop)
        words = (*name.words, *self.words[end:stop])
        return replace(name, end=stop, words=words, type=small[0], how="vague" if small[2] else "cue")

    def _takes(self, name: Name, kind: str, after: int) -> bool:
        """True where a lower-case head noun can belong to a name."""
        tokens = self.tokens
        if (
            after < len(tokens)
            and tokens[after].pos_ in ("NOUN", "PROPN")
            and tokens[after - 1].dep_ == "compound"
        ):
            return False
        if kind == "StateBody":
            return name.type in ("Country", None) or (name.type == "Place" and name.how in ("capital", "cue"))
        if kind in ("Place", "Event"):
            return name.how != "demonym"
        if kind == "PoliticalParty" and name.type == "CivilSocietyOrganisation":
            return name.iri is None
        return (
            name.type is None
            or name.type == kind
            or (kind == "Mechanism" and name.type == "IntergovernmentalBody")
        )

    def _numbered(self, name: Name) -> Name:
        """With ordinal or year before an event or instrument, and the year after an instrument."""
        start, end, words, before = (
            name.start,
            name.end,
            name.words,
            self.words[name.start - 1] if name.start else "",
        )
        many = name.type == "Event" and words[0].endswith("s") and before.isdigit()
        if name.type in COUNTED and before and (ORDINAL.fullmatch(before) or YEAR.fullmatch(before) or many):
            start, words = start - 1, (before, *words)
        if name.type == "Instrument":
            if more := _serial(self.words[end : end + _LONGEST_SERIAL], words[-1]):
                end, words = end + len(more), (*words, *more)
            for tail in (self.words[end : end + 1], self.words[end : end + 2]):
                if tail and YEAR.fullmatch(tail[-1]) and (len(tail) == 1 or tail[0] in ("of", ",")):
                    end, words = end + len(tail), (*words, *(w for w in tail if w != ","))
                    break
        return replace(name, start=start, end=end, words=words)


def _serial(words: Sequence[str], last: str) -> list[str]:
    """The number and year behind the title of a law: 'No. 48 of 1979', 'no: 12/2004'."""
    at = 0
    while at < len(words) and words[at].casefold() in ("no", "no.", "nr", ":", "."):
        at += 1
    marked = words[:1] and words[0] in (":", ".") and last not in ("No", "Nr")
    if not at or at >= len(words) or marked or not _NUMBER.fullmatch(words[at]):
        return []
    dated = words[at + 1 : at + 3]
    return list(
        words[: at + 3]
        if len(dated) > 1 and dated[0] == "of" and YEAR.fullmatch(dated[1])
        else words[: at + 1]
    )


def proper(words: Sequence[str]) -> bool:
    """True for words that can be the proper name of a thing."""
    return len(words) > 1 or any(not is_common(w) for w in words)
