"""Sentence -> the stretches that can be names, each with its class where the words tell it.

Capitalised words are joined across the small words that names hold ('of', 'for the', 'and'
inside a complement, a particle), then typed as a whole by gazetteer and cues; only where the
whole has no class is it taken apart: a person after a post, individuals of the gazetteer, the
rest. So the longest name wins and masks the triggers inside it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.languages.english import DIRECTIONS, FUNCTION_WORDS, HONORIFICS, MONTHS, OPENERS, POSTS, WEEKDAYS
from kg.text.gazetteer import gazetteer
from kg.text.glue import is_word
from kg.text.kinds import kinds
from kg.text.parser import lemmas
from kg.text.places import city_country

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Token

    from kg.model import Sentence
    from kg.text.gazetteer import Gazetteer, Match
    from kg.text.kinds import Kinds
    from kg.vocabulary import Vocabulary

_ACRONYM = re.compile(r"(?=[^a-z]*[A-Z][^A-Z]*[A-Z])[A-Z][\w.&/-]{1,14}")
_YEAR = re.compile(r"(?:19|20)\d\d")
_NUMBERED = re.compile(r"\d{1,4}(?:/\d{1,4})*|[A-Z]{1,3}/\d[\w/.]*|\d+(?:st|nd|rd|th)")
_ORDINAL = re.compile(
    r"\d+(?:st|nd|rd|th)|First|Second|Third|Fourth|Fifth|first|second|third|fourth|fifth|[a-z]+-(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|(?:six|seven|eigh|nin|ten|twelf|(?:thir|four|fif|six|seven|eigh|nine)teen)th|sixtieth|fiftieth|fortieth"
)
_TIME = frozenset(w.capitalize() for w in (*MONTHS, *WEEKDAYS))
_TITLES = frozenset(h.rstrip(".") for h in HONORIFICS)
_POSTS = frozenset(POSTS)
_ARTICLES = frozenset({"the", "a", "an"})
_JOINING = frozenset(
    {
        "of",
        "for",
        "on",
        "against",
        "without",
        "to",
        "in",
        "from",
        "de",
        "la",
        "du",
        "des",
        "del",
        "di",
        "da",
        "do",
        "dos",
        "y",
        "e",
        "&",
        "van",
        "von",
        "der",
        "bin",
        "ibn",
        "al",
        "el",
        "ul",
        "ould",
        "ag",
    }
)
_PLAIN = frozenset(
    {
        "de",
        "la",
        "du",
        "des",
        "del",
        "di",
        "da",
        "do",
        "dos",
        "y",
        "e",
        "&",
        "van",
        "von",
        "der",
        "bin",
        "ibn",
        "al",
        "el",
        "ul",
        "ould",
        "ag",
    }
)
"""Small words of other languages: they join without asking."""
_NUMBERED_HEADS = frozenset(
    {
        "Article",
        "ARTICLE",
        "Resolution",
        "Decree",
        "Law",
        "Decision",
        "Act",
        "No",
        "Nos",
        "Agenda",
        "Group",
        "Section",
        "Order",
        "Bill",
        "Regulation",
        "COP",
        "Convention",
        "Rule",
    }
)
_LONGEST_COMPLEMENT = 18
_YEARS_AFTER = frozenset({"Instrument"})
_COUNTED = frozenset({"Instrument", "Event"})


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
    """What told the class: label, demonym, capital, cue, head, vague; empty where nothing did."""
    alias: str | None = None
    """Acronym or short form given in brackets."""

    @property
    def text(self) -> str:
        """The words as they are written together."""
        return spaced(self.words)


def spaced(words: Sequence[str]) -> str:
    """Words set as text: no space before a possessive, around hyphens or inside brackets."""
    text = " ".join(words)
    text = re.sub(r"\s+([’'](?:s\b|(?=\s|$)))", r"\1", text)
    text = re.sub(r"(?<=\w)\s?([-–/])\s?(?=\w)", r"\1", text)
    return re.sub(r"\s+([,.;:)])", r"\1", text).replace("( ", "(")


def is_common(word: str) -> bool:
    """True for a word that dictionaries hold in lower case."""
    low = word.casefold()
    base = lemmas()
    return (
        low in base
        or low in FUNCTION_WORDS
        or (low.endswith("s") and (low[:-1] in base or (low.endswith("es") and low[:-2] in base)))
        or (low.endswith("ies") and low[:-3] + "y" in base)
        or (low.endswith(("isation", "isations")) and is_word(low))
        or (low.endswith("our") and low[:-3] + "or" in base)
    )


def is_capital(token: Token) -> bool:
    """True for a token that is written like part of a name."""
    text = token.text
    return (
        text[0].isupper()
        and text not in ("I", "I’m", "I'm", "Mr", "Mr.", "Mrs", "Ms", "Mrs.", "Ms.")
        or (
            text[0].isdigit() and any(c.isupper() for c in text) and len(text) > 2  # noqa: PLR2004
        )
    )


class Finder:
    """The names of sentences, for one vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.gazetteer: Gazetteer = gazetteer(vocabulary)
        self.kinds: Kinds = kinds(vocabulary)

    def names(self, sentence: Sentence) -> Iterator[Name]:
        """The names of a sentence in order, typed and untyped; none overlap."""
        tokens = list(sentence.tokens)
        if not tokens:
            return
        words = [t.text for t in tokens]
        matches = {m.start: m for m in self.gazetteer.matches(words)}
        headline = is_headline(words)
        at = 0
        while at < len(tokens):
            found = self._at(tokens, words, at, matches, headline=headline)
            if found:
                base = tokens[0].i
                for name in found:
                    yield replace(name, start=base + name.start, end=base + name.end)
                at = max(name.end for name in found)
            else:
                at += 1

    def _at(
        self, tokens: list[Token], words: list[str], at: int, matches: dict[int, Match], *, headline: bool
    ) -> list[Name]:
        """The names that begin at a token."""
        match = matches.get(at)
        small = self.kinds.small_name(words[at : at + 5])
        if headline and not match:
            return []
        if counted := self._counted(tokens, at, matches):
            return [counted]
        if directed := _directed(tokens, words, at, matches):
            return [directed]
        if not match and not small and not self._begins(tokens, at):
            return []
        if headline and match:
            return [_of_match(match, words)]
        end, kept, alias = self._extent(tokens, at, matches, small)
        return self._typed(tokens, words, at, end, kept, alias, matches)

    def _counted(self, tokens: list[Token], at: int, matches: dict[int, Match]) -> Name | None:
        """An event told by ordinal or year and a common noun: '36th session', '1979 revolution in Iran'."""
        if not (_ORDINAL.fullmatch(tokens[at].text) or _YEAR.fullmatch(tokens[at].text)) or at in matches:
            return None
        head = self.kinds.small_head([t.text for t in tokens[at + 1 : at + 4]])
        size = head[1] if head and head[0] == "Event" else 0
        if not size and at + 1 < len(tokens) and self.kinds.head_type(tokens[at + 1].text) == "Event":
            size = 1
        if not size:
            return None
        end = at + 1 + size
        if end + 1 < len(tokens) and tokens[end].text in ("of", "in"):
            here = end + 2 if tokens[end + 1].text == "the" else end + 1
            if here in matches:
                end = matches[here].end
        return Name(at, end, tuple(t.text for t in tokens[at:end]), "Event", how="cue")

    def _begins(self, tokens: list[Token], at: int) -> bool:
        token = tokens[at]
        if not is_capital(token) or token.text in _TIME or (at and _tagged(tokens[at - 1])):
            return False
        first = at == 0 or tokens[at - 1].text in ("“", '"', "‘", "'", ":", "•", "(", "—", "–", ";")
        following = at + 1 < len(tokens) and is_capital(tokens[at + 1])
        if first and (
            token.text in OPENERS
            or token.lower_ in FUNCTION_WORDS
            or token.pos_ in ("ADV", "SCONJ", "PRON", "CCONJ", "ADP", "DET", "INTJ")
        ):
            return False
        if first and not following and is_common(token.text) and not _ACRONYM.fullmatch(token.text):
            return self._opens(tokens, at)
        return True

    def _opens(self, tokens: list[Token], at: int) -> bool:
        """True for a head noun with a complement at the beginning of a sentence: 'Students for a Free Tibet'."""
        return (
            at + 2 < len(tokens)
            and tokens[at].text in self.kinds.openers
            and tokens[at + 1].text in _JOINING
            and any(is_capital(t) for t in tokens[at + 2 : at + 4])
        )

    def _extent(
        self, tokens: list[Token], at: int, matches: dict[int, Match], small: int
    ) -> tuple[int, list[int], str | None]:
        """Where a name ends, which of its tokens are its words, and the acronym in brackets."""
        end = at + max(small, 1)
        if at in matches:
            end = max(end, matches[at].end)
        kept = list(range(at, end))
        alias = None
        while end < len(tokens):
            step = self._step(tokens, at, end, matches)
            if step:
                kept += range(end, end + step)
                end += step
                continue
            found = _bracketed(tokens, end)
            if not found:
                break
            close, short = found
            goes_on = close < len(tokens) and (
                is_capital(tokens[close])
                or self.kinds.small_name([t.text for t in tokens[close : close + 5]])
            )
            whole = matches.get(at)
            if goes_on and whole and whole.end == end:
                kept += range(close, close + 1)
                end = close + 1
                continue
            if _is_short_for(short, [tokens[i].text for i in kept]):
                alias, end = short, close
            break
        if small and tokens[at + small - 1].text == "on":
            end = max(end, _complement(tokens, at + small - 1, self.kinds))
            kept = [i for i in range(at, end)]
        return end, kept, alias

    def _step(self, tokens: list[Token], at: int, end: int, matches: dict[int, Match]) -> int:
        """How many tokens from `end` belong to the name that began at `at`; 0 where it ends."""
        token, last = tokens[end], tokens[end - 1]
        if end in matches and is_capital(token) and token.text not in _TIME:
            return matches[end].end - end
        if is_capital(token) and token.text not in _TIME:
            after = tokens[end + 1] if end + 1 < len(tokens) else None
            opens = token.text in OPENERS and len(token.text) > 1 and (after is None or not is_capital(after))
            return 0 if opens else 1
        text = token.text
        if (
            text in ("-", "–", "/")
            and not last.whitespace_
            and not token.whitespace_
            and end + 1 < len(tokens)
        ):
            return 2 if tokens[end + 1].text[0].isalnum() else 0
        if _NUMBERED.fullmatch(text) and (
            last.text in _NUMBERED_HEADS or (text[0].isdigit() and _ORDINAL.fullmatch(text) and end == at)
        ):
            return 1
        if text in (".", "&") and last.whitespace_ == "" and len(last.text) == 1:
            return 1
        if text in ("’s", "'s", "’", "'"):
            return self._possessive(tokens, at, end, matches)
        if text == ",":
            return self._listed(tokens, at, end, matches)
        if text == "and":
            return self._and(tokens, at, end, matches)
        if text in _JOINING or text == "with":
            return self._preposition(tokens, at, end, matches)
        if (
            text in _ARTICLES
            and self.kinds.of([t.text for t in tokens[at:end]])
            and any(t.text in _JOINING for t in tokens[at:end])
        ):
            fits = (
                end + 1 < len(tokens)
                and is_capital(tokens[end + 1])
                and is_common(tokens[end + 1].text)
                and last.text.endswith("ing")
            )
            return 1 if fits else 0
        return self._particle(tokens, end)

    @staticmethod
    def _particle(tokens: list[Token], end: int) -> int:
        """A short small word between two words that no dictionary holds."""
        if end + 1 >= len(tokens) or len(tokens[end].text) > 3 or not tokens[end].text.islower():  # noqa: PLR2004
            return 0
        left, right = tokens[end - 1].text, tokens[end + 1].text
        strange = (
            right[0].isupper()
            and right.isalpha()
            and left.isalpha()
            and not is_word(left)
            and not is_word(right)
        )
        return (
            2
            if strange
            and tokens[end].text
            not in (
                "and",
                "or",
                "is",
                "was",
                "the",
                "has",
                "had",
                "to",
                "in",
                "of",
                "at",
                "on",
                "by",
                "as",
                "who",
                "but",
                "for",
                "are",
            )
            else 0
        )

    def _possessive(self, tokens: list[Token], at: int, end: int, matches: dict[int, Match]) -> int:
        """The 's of 'Women's League': of a common noun, before a capital."""
        if end + 1 >= len(tokens) or not is_capital(tokens[end + 1]) or tokens[end + 1].text in _TIME:
            return 0
        if any(m.end == end and m.start >= at for m in matches.values()):
            return 0
        return (
            1
            if is_common(tokens[end - 1].text)
            and tokens[end - 1].text.endswith(
                ("s", "people", "People", "women", "Women", "men", "Men", "Children", "Citizens")
            )
            or tokens[end - 1].text in ("Women", "People", "Children", "Men")
            else 0
        )

    def _listed(self, tokens: list[Token], at: int, end: int, matches: dict[int, Match]) -> int:
        """The commas of 'Truth, Reconciliation and Reparations Commission'."""
        here, many = end, 0
        while here + 1 < len(tokens) and tokens[here].text == "," and is_capital(tokens[here + 1]):
            single = here + 2 >= len(tokens) or not is_capital(tokens[here + 2])
            if here + 1 in matches or not single or tokens[here + 1].text in _TIME | _POSTS:
                return 0
            here, many = here + 2, many + 1
        if here < len(tokens) and tokens[here].text == ",":
            here += 1
        if (
            not many
            or here + 1 >= len(tokens)
            or tokens[here].text != "and"
            or not is_capital(tokens[here + 1])
        ):
            return 0
        stop = here + 1
        while stop < len(tokens) and is_capital(tokens[stop]) and stop not in matches:
            stop += 1
        words = [t.text for t in tokens[at:stop] if t.text != ","]
        open_end = any(t.text in ("on", "of", "against") for t in tokens[at:end])
        before_typed = self.kinds.of([t.text for t in tokens[at:end]])
        short = _bracketed(tokens, stop)
        if short and _initials(short[1], [t.text for t in tokens[at:stop]]):
            return stop - end
        known = sum(is_common(w) or w in _JOINING for w in words)
        if known * 4 < 3 * len(words) or stop <= here + 1:
            return 0
        return (
            stop - end
            if (open_end and before_typed and stop - here <= 3)
            or (not before_typed and self.kinds.is_head(tokens[stop - 1].text))
            else 0
        )  # noqa: PLR2004

    def _and(self, tokens: list[Token], at: int, end: int, matches: dict[int, Match]) -> int:
        """The 'and' inside a name: in a complement, or before the head noun."""
        start = end + 1
        if (
            start < len(tokens)
            and tokens[start].text in ("of", "the")
            and any(t.text == tokens[start].text for t in tokens[at:end])
        ):
            start += 1
        if (
            start >= len(tokens)
            or not is_capital(tokens[start])
            or start in matches
            or tokens[start].text in _TIME
        ):
            return 0
        stop = start
        while stop < len(tokens) and is_capital(tokens[stop]):
            stop += 1
        right = [t.text for t in tokens[start:stop]]
        left = [t.text for t in tokens[at:end]]
        if any(m.end == end and m.start >= at and m.entry.type != "Instrument" for m in matches.values()):
            return 0
        short = _bracketed(tokens, stop)
        if short and _initials(short[1], [*left, *right]) and not _initials(short[1], right):
            return stop - end
        right_kind, left_kind = self.kinds.of(right), self.kinds.of(left)
        inside = next(
            (i for i in range(end - 1, at, -1) if tokens[i].text in ("of", "on", "for", "against", "to")),
            None,
        )
        common = all(is_common(w) for w in right) and all(
            is_word(w) or is_common(w) or w in _JOINING for w in left[-2:]
        )
        if inside is not None and left_kind:
            return stop - end if common and not right_kind else 0
        if left_kind is None and common and self.kinds.is_head(right[-1]) and not _personal(tokens[at:end]):
            return stop - end
        return 0

    def _preposition(self, tokens: list[Token], at: int, end: int, matches: dict[int, Match]) -> int:
        """The small words of 'Foundation for the Rights of ...'."""
        here, text = end, tokens[end].text
        while (
            here < len(tokens)
            and here - end < 3
            and (
                tokens[here].text in _JOINING
                or tokens[here].text == "with"
                or (here > end and tokens[here].text in _ARTICLES)
            )
        ):  # noqa: PLR2004
            here += 1
        if here >= len(tokens) or not is_capital(tokens[here]) or tokens[here].text in _TIME:
            return self._small_complement(tokens, at, end)
        if text in _PLAIN:
            return here - end
        last = tokens[end - 1].text
        if any(
            m.end == end
            and m.start >= at
            and m.entry.type in ("Country", "Place")
            and m.entry.kind != "demonym"
            and not (m.start > at)
            for m in matches.values()
        ):
            return 0
        if text == "of":
            fits = (
                (is_common(last) and not _personal(tokens[at:end]))
                or self.kinds.is_head(last)
                or last in ("Horn", "Ministries")
            )
            return (
                here - end
                if fits
                and last
                not in (
                    "Head",
                    "Director",
                    "Member",
                    "Members",
                    "Chair",
                    "President",
                    "Secretary",
                    "Leader",
                    "Minister",
                    "Executive",
                    "Officer",
                    "King",
                    "Queen",
                    "Founder",
                    "Editor",
                    "Speaker",
                    "Ambassador",
                    "Professor",
                    "Dean",
                    "Chairman",
                    "Governor",
                    "Mayor",
                )
                else 0
            )
        common = is_common(tokens[here].text) and here not in matches
        kind = self.kinds.of([t.text for t in tokens[at:end]])
        if text in ("with", "from"):
            return (
                here - end
                if common and kind and last.endswith("s") and is_common(last) and here == end + 1
                else 0
            )
        if text == "in":
            fits = (
                common
                and kind
                and kind[0] in _COUNTED
                and not city_country(tokens[here].text)
                and here == end + 1
            )
            return here - end if fits else 0
        if text == "to":
            return here - end if self.kinds.begins([last, "to"]) else 0
        within = common and any(t.text == "of" for t in tokens[at:end])
        opens = last in self.kinds.openers or (text == "against" and is_common(last)) or within
        return here - end if opens else 0

    def _small_complement(self, tokens: list[Token], at: int, end: int) -> int:
        """The lower-case complement of a mandate: 'Special Rapporteur on freedom of religion'."""
        if (
            tokens[end].text not in ("on", "against")
            or self.kinds.of([t.text for t in tokens[at : end + 1]]) is None
        ):
            return 0
        kind = self.kinds.of([t.text for t in tokens[at:end]])
        if not kind or kind[0] not in ("Mechanism", "Instrument", "IntergovernmentalBody"):
            return 0
        return max(0, _complement(tokens, end, self.kinds) - end)

    def _typed(
        self,
        tokens: list[Token],
        words: list[str],
        at: int,
        end: int,
        kept: list[int],
        alias: str | None,
        matches: dict[int, Match],
    ) -> list[Name]:
        """A stretch as one name where the whole has a class, else its parts."""
        match = matches.get(at)
        if match and match.end >= end - (0 if alias is None else 3):
            name = replace(_of_match(match, words), end=max(end, match.end), alias=alias)
            return [self._grown(tokens, name, matches)]
        said = [words[i] for i in kept]
        person = self._after_post(tokens, at, end)
        kind = self.kinds.of(said)
        if person and not (kind and kind[0] == "Instrument"):
            before = (
                self._typed(tokens, words, at, person, list(range(at, person)), None, matches)
                if person > at
                else []
            )
            return [n for n in before if n.type] + [
                Name(person, end, tuple(words[person:end]), how="post", alias=alias)
            ]
        if kind:
            country = next(
                (
                    m.entry.country
                    for m in matches.values()
                    if at <= m.start < end and m.entry.type == "Country"
                ),
                None,
            )
            name = Name(at, end, tuple(said), kind[0], None, country, "cue", alias)
            return [self._grown(tokens, name, matches)]
        post = next(
            (i for i in range(at + 2, end) if tokens[i].text in _POSTS and _personal(tokens[at:i])), None
        )
        if post:
            return [Name(at, post, tuple(words[at:post]))]
        inside = sorted(
            (m for m in matches.values() if at <= m.start and m.end <= end), key=lambda m: m.start
        )
        if inside:
            first = inside[0]
            parts: list[Name] = []
            if first.start > at:
                parts += self._typed(tokens, words, at, first.start, list(range(at, first.start)), None, {})
            parts += [self._grown(tokens, _of_match(first, words), matches)]
            here = parts[-1].end
            while here < end and not is_capital(tokens[here]):
                here += 1
            if here < end:
                parts += self._typed(tokens, words, here, end, list(range(here, end)), alias, matches)
            return parts
        name = Name(at, end, tuple(said), alias=alias)
        return [self._grown(tokens, name, matches)]

    def _after_post(self, tokens: list[Token], at: int, end: int) -> int | None:
        """Where a person's name begins inside a stretch that opens with a post or title."""
        for i in range(end - 1, at - 1, -1):
            text = tokens[i].text.rstrip(".")
            if text in _POSTS or text in _TITLES or (self.kinds.described([text]) or ("",))[0] == "Person":
                rest = tokens[i + 1 : end]
                return i + 1 if 0 < len(rest) <= 5 and _personal(rest) else None  # noqa: PLR2004
        return None

    def _grown(self, tokens: list[Token], name: Name, matches: dict[int, Match]) -> Name:
        """A name with the number, year and lower-case head noun that belong to it."""
        start, end, words, kind, how = name.start, name.end, list(name.words), name.type, name.how
        if name.alias is None:
            gap = 0
            if (
                end < len(tokens)
                and tokens[end].text
                in (
                    "Central",
                    "central",
                    "federal",
                    "military",
                    "national",
                    "climate",
                    "local",
                    "interim",
                    "transitional",
                )
                and (name.how in ("label", "demonym") or kind is None)
            ):
                gap = 1
            small = self.kinds.small_head([t.text for t in tokens[end + gap : end + gap + 3]])
            if small and self._takes(name, small[0], tokens, end + gap + small[1]):
                words += [t.text for t in tokens[end : end + gap + small[1]]]
                end += gap + small[1]
                kind, how = small[0], "vague" if small[2] else "cue"
                of = (
                    self._preposition(tokens, start, end, matches)
                    if end < len(tokens) and tokens[end].text == "of" and kind == "Event"
                    else 0
                )
                if of:
                    stop = matches[end + of].end if end + of in matches else end + of + 1
                    words += [t.text for t in tokens[end:stop]]
                    end = stop
        if (
            kind in _COUNTED
            and start > 0
            and (_ORDINAL.fullmatch(tokens[start - 1].text) or (_YEAR.fullmatch(tokens[start - 1].text)))
        ):
            start -= 1
            words.insert(0, tokens[start].text)
        elif kind == "Event" and start > 0 and words[0].endswith("s") and tokens[start - 1].text.isdigit():
            start -= 1
            words.insert(0, tokens[start].text)
        if kind in _YEARS_AFTER:
            for size, shape in ((1, ("Y",)), (2, ("of", "Y")), (2, (",", "Y"))):
                tail = [t.text for t in tokens[end : end + size]]
                if len(tail) == size and _YEAR.fullmatch(tail[-1]) and (size == 1 or tail[0] == shape[0]):
                    words += [w for w in tail if w != ","]
                    end += size
                    break
        if (
            kind == "Event"
            and words[-1].casefold() == "session"
            and not any(_ORDINAL.fullmatch(w) or w.isdigit() for w in words)
        ):
            return name
        iri = name.iri if end == name.end and start == name.start else None
        return replace(name, start=start, end=end, words=tuple(words), type=kind, how=how, iri=iri)

    def _takes(self, name: Name, kind: str, tokens: list[Token], after: int) -> bool:
        """True where a lower-case head noun can belong to a name."""
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
        return name.type is None or name.type == kind


def _tagged(before: Token) -> bool:
    """True for what makes the next token part of a hashtag, handle or address."""
    return not before.whitespace_ and (before.text[0] in "#@" or before.text in ("/", "_"))


def _of_match(match: Match, words: Sequence[str]) -> Name:
    entry = match.entry
    iri = None if entry.kind == "capital" else entry.iri
    return Name(
        match.start,
        match.end,
        tuple(words[match.start : match.end]),
        entry.type,
        iri,
        entry.country,
        entry.kind,
    )


def _directed(tokens: list[Token], words: list[str], at: int, matches: dict[int, Match]) -> Name | None:
    """A part of a country: 'northern Uganda', 'south-east Jordan'."""
    end = at + 1
    if end + 1 < len(tokens) and tokens[end].text == "-" and tokens[end + 1].lower_ in DIRECTIONS:
        end += 2
    if tokens[at].lower_ not in DIRECTIONS or end not in matches:
        return None
    match = matches[end]
    if match.entry.type != "Country" or match.entry.kind != "label" or match.start == at:
        return None
    return Name(at, match.end, tuple(words[at : match.end]), "Place", None, match.entry.country, "cue")


def _bracketed(tokens: list[Token], at: int) -> tuple[int, str] | None:
    """An acronym or short form in brackets at a token: where the bracket ends, and its text."""
    if at + 2 >= len(tokens) or tokens[at].text != "(":
        return None
    for close in range(at + 2, min(at + 6, len(tokens))):
        if tokens[close].text == ")":
            short = "".join(t.text_with_ws for t in tokens[at + 1 : close]).strip(" “”\"'‘’")
            return (
                (close + 1, short)
                if short and short[0].isupper() and len(short) <= 20 and short.count(" ") <= 1
                else None
            )  # noqa: PLR2004
    return None


def _is_short_for(short: str, words: Sequence[str]) -> bool:
    """True where a bracketed form stands for the words before it: its letters begin some of them."""
    letters = [c for c in short if c.isalpha()]
    initials = "".join(w[0] for w in words if w[0].isalnum()).casefold()
    capitals = "".join(c for w in words for c in w if c.isupper()).casefold()
    if not letters or not words:
        return False
    wanted = "".join(c for c in short if c.isupper()).casefold() or short.casefold()
    at = 0
    for c in initials:
        if at < len(wanted) and c == wanted[at]:
            at += 1
    return at >= max(2, len(wanted) - 2) or wanted in capitals or _ACRONYM.fullmatch(short) is not None


def _initials(short: str, words: Sequence[str]) -> bool:
    """True where the capitals of a short form are initials of the words, the first of the first."""
    wanted = [c for c in short if c.isupper()]
    if not wanted or not words or words[0][0] != wanted[0]:
        return False
    at = 0
    for word in words:
        if at < len(wanted) and word[0].isupper() and word[0] == wanted[at]:
            at += 1
    return at == len(wanted)


def _complement(tokens: list[Token], preposition: int, cues: Kinds) -> int:
    """Where the complement of a mandate's preposition ends."""
    edge = tokens[preposition].right_edge.i - tokens[0].i + 1
    stop = min(max(edge, preposition + 2), preposition + _LONGEST_COMPLEMENT, len(tokens))
    for i in range(preposition + 1, stop):
        token = tokens[i]
        after = tokens[i + 1] if i + 1 < len(tokens) else None
        if (
            token.tag_ in ("WDT", "WP", "WRB", "VBZ", "VBD", "VBP", "MD")
            or token.is_punct
            and token.text not in ("-", "’", "'", "–")
        ):
            return i
        if token.text == "to" and after is not None and after.tag_ == "VB":
            return i
        if token.text in ("by", "during", "since", "at", "after", "before", "while", "as") or (
            token.text == "in" and after is not None and (after.text in _TIME or after.like_num)
        ):
            return i
        if (
            token.text in ("and", "or")
            and after is not None
            and (
                after.text in _ARTICLES
                and i + 2 < len(tokens)
                and (is_capital(tokens[i + 2]) or cues.small_name([t.text for t in tokens[i + 2 : i + 7]]))
                or cues.of([t.text for t in tokens[i + 1 : i + 5] if is_capital(t) or t.text in _JOINING])
            )
        ):
            return i
    return stop


def _personal(tokens: Sequence[Token]) -> bool:
    """True where words look like a person's name: letters only, at least one no common word."""
    if not tokens or not all(
        t.text[0].isupper() or t.text in _PLAIN or t.text in ("-", "’", ".") for t in tokens
    ):
        return False
    plain = [t.text for t in tokens if t.text[0].isalpha()]
    if not all(re.fullmatch(r"[^\W\d_]+(?:[’'.-][^\W\d_]*)*", w) for w in plain):
        return False
    return any(not is_common(w) for w in plain) and not any(w in _POSTS for w in plain)


def is_headline(words: Sequence[str]) -> bool:
    """True for a line in title case, where capitals tell nothing."""
    long = [w for w in words if len(w) > 3 and w[0].isalpha() and w not in FUNCTION_WORDS]  # noqa: PLR2004
    capital = sum(w[0].isupper() for w in long)
    return len(long) > 5 and capital >= 0.95 * len(long)  # noqa: PLR2004
