"""How far a name reaches: capitalised words, and the small words that names hold.

In: the tokens of a sentence, the gazetteer's matches in it and the cues. Each small word has
its own rule: 'of' after a noun, 'for' and 'on' after a head noun that takes a complement,
'and' inside a complement or before the head, commas in a list of words before a common head,
a possessive after a common plural. A stretch that the gazetteer knows is never joined to what
follows it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.languages.english import OPENERS, word_set
from kg.text.acronyms import bracketed, spells, stands_for
from kg.text.glue import is_word
from kg.text.places import city_country
from kg.text.wordforms import ORDINAL, PARTICLES, POSTED, TIMES, is_capital, is_common, is_personal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from spacy.tokens import Token

    from kg.text.gazetteer import Match
    from kg.text.kinds import Kinds

JOINING = frozenset({"of", "for", "on", "against", "without", "to", "in", "from", "with", *PARTICLES})
ARTICLES = frozenset({"the", "a", "an"})
COUNTED = frozenset({"Instrument", "Event"})
_NUMBERED = re.compile(r"\d{1,4}(?:/\d{1,4})*|[A-Z]{1,3}/\d[\w/.]*|\d+(?:st|nd|rd|th)")
_NUMBERED_HEADS = word_set(
    "Article ARTICLE Resolution Decree Law Decision Act No Nos Agenda Group Section Order Bill "
    "Regulation COP Convention Rule Channel Kanal Canal TV Radio Bloc"
)
_HELD = word_set(
    "Head Director Member Members Chair President Secretary Leader Minister Executive Officer King "
    "Queen Founder Editor Speaker Ambassador Professor Dean Chairman Governor Mayor"
)
"""Posts: what follows their 'of' is another name."""
_VERBS = word_set("and or is was the has had to in of at on by as who but for are")
_PERSONAL_PLURALS = ("people", "People", "women", "Women", "men", "Men", "Children", "Citizens")
_LONGEST_COMPLEMENT = 18
_SHORT = 3
_CLOSING = frozenset({"by", "during", "since", "at", "after", "before", "while", "as"})
_FINITE = frozenset({"WDT", "WP", "WRB", "VBZ", "VBD", "VBP", "MD"})


class Extent:
    """The reach of the names of one sentence."""

    def __init__(self, tokens: Sequence[Token], matches: Mapping[int, Match], kinds: Kinds) -> None:
        self.tokens, self.matches, self.kinds = tokens, matches, kinds
        self.words = [t.text for t in tokens]

    def of(self, at: int, small: int) -> tuple[int, list[int], str | None]:
        """Where the name at a token ends, which tokens are its words, and the acronym in brackets."""
        end = at + max(small, 1)
        if at in self.matches:
            end = max(end, self.matches[at].end)
        kept, alias = list(range(at, end)), None
        while end < len(self.tokens):
            step = self.step(at, end)
            if step:
                kept += range(end, end + step)
                end += step
                continue
            found = bracketed(self.tokens, end)
            if headed := self._amending(at, end):
                kept += range(end, headed)
                end = headed
                continue
            if not found:
                break
            close, short = found
            if self._goes_on(at, end, close):
                kept.append(close)
                end = close + 1
                continue
            if stands_for(short, [self.words[i] for i in kept]):
                alias, end = short, close
            break
        if small and self.words[at + small - 1] == "on":
            end = max(end, self.complement(at + small - 1))
            kept = list(range(at, end))
        return end, kept, alias

    def _amending(self, at: int, end: int) -> int:
        """The token after 'Registration (Amendment) Act': words in brackets before the head of a law."""
        if self.words[end] != "(" or end == at:
            return 0
        close = next((i for i in range(end + 2, min(end + 8, len(self.words))) if self.words[i] == ")"), 0)
        inside = self.words[end + 1 : close] if close else []
        if not inside or close + 1 >= len(self.words):
            return 0
        titled = all(w[0].isupper() or w in JOINING or w in ("and", "&") for w in inside)
        worded = all(is_common(w) for w in inside)
        headed = (
            self.kinds.head_type(self.words[close + 1]) == "Instrument" and self.words[close + 1][0].isupper()
        )
        return close + 2 if titled and worded and headed else 0

    def _goes_on(self, at: int, end: int, close: int) -> bool:
        """True where a name goes on after the acronym of its first part: 'United Nations (UN) Treaty'."""
        if close >= len(self.tokens) or at not in self.matches or self.matches[at].end != end:
            return False
        return is_capital(self.tokens[close]) or self.kinds.small_name(self.words[close : close + 5]) > 0

    def step(self, at: int, end: int) -> int:
        """How many tokens from `end` belong to the name that began at `at`; 0 where it ends."""
        token, last, text = self.tokens[end], self.tokens[end - 1], self.words[end]
        if is_capital(token) and text not in TIMES:
            if end in self.matches:
                return self.matches[end].end - end
            after = self.tokens[end + 1] if end + 1 < len(self.tokens) else None
            opens = text in OPENERS and len(text) > 1 and (after is None or not is_capital(after))
            return 0 if opens else 1
        if (
            text in ("-", "–", "/")
            and not last.whitespace_
            and not token.whitespace_
            and end + 1 < len(self.tokens)
        ):
            return 2 if self.words[end + 1][0].isalnum() else 0
        if _NUMBERED.fullmatch(text) and (
            last.text in _NUMBERED_HEADS or (ORDINAL.fullmatch(text) and end == at)
        ):
            return 1
        if text in (".", "&") and not last.whitespace_ and len(last.text) == 1:
            return 1
        return self._small(at, end)

    def _small(self, at: int, end: int) -> int:
        """The same for a token that is no capital: each small word by its rule."""
        text = self.words[end]
        hyphened = text in PARTICLES and self.words[end + 1 : end + 2] == ["-"] and end + 2 < len(self.tokens)
        if hyphened:
            return 3 if is_capital(self.tokens[end + 2]) else 0
        rules = (
            (text in ("’s", "'s", "’", "'"), self._possessive),
            (text == ",", self._listed),
            (text == "and", self._and),
            (text in JOINING, self.preposition),
            (text in ARTICLES, self._article),
            (True, self._particle),
        )
        return next(rule(at, end) for applies, rule in rules if applies)

    def _article(self, at: int, end: int) -> int:
        """The article after a verbal noun: 'Convention on Countering the Use of ...'."""
        if end + 1 >= len(self.tokens) or not self.words[end - 1].endswith("ing"):
            return 0
        fits = (
            is_capital(self.tokens[end + 1])
            and is_common(self.words[end + 1])
            and self.kinds.of(self.words[at:end])
        )
        return 1 if fits and any(w in JOINING for w in self.words[at:end]) else 0

    def _particle(self, at: int, end: int) -> int:  # noqa: ARG002 - all rules share the call
        """A short small word between two words that no dictionary holds."""
        text = self.words[end]
        if end + 1 >= len(self.tokens) or len(text) > 3 or not text.islower() or text in _VERBS:  # noqa: PLR2004
            return 0
        left, right = self.words[end - 1], self.words[end + 1]
        strange = right[0].isupper() and right.isalpha() and left.isalpha()
        return 2 if strange and not is_word(left) and not is_word(right) else 0

    def _known_to(self, at: int, end: int) -> Match | None:
        """The gazetteer's match that ends before a token, inside the name."""
        return next((m for m in self.matches.values() if m.end == end and m.start >= at), None)

    def _possessive(self, at: int, end: int) -> int:
        """The 's of 'Women's League': of a common plural, before a capital."""
        if (
            end + 1 >= len(self.tokens)
            or not is_capital(self.tokens[end + 1])
            or self.words[end + 1] in TIMES
        ):
            return 0
        last = self.words[end - 1]
        plural = is_common(last) and last.endswith("s")
        return 1 if (plural or last in _PERSONAL_PLURALS) and not self._known_to(at, end) else 0

    def _listed(self, at: int, end: int) -> int:
        """The commas of 'Truth, Reconciliation and Reparations Commission'."""
        here, many = end, 0
        while here + 1 < len(self.tokens) and self.words[here] == "," and is_capital(self.tokens[here + 1]):
            single = here + 2 >= len(self.tokens) or not is_capital(self.tokens[here + 2])
            if here + 1 in self.matches or not single or self.words[here + 1] in TIMES | POSTED:
                return 0
            here, many = here + 2, many + 1
        if here < len(self.tokens) and self.words[here] == ",":
            here += 1
        if not many or here + 1 >= len(self.tokens) or self.words[here] != "and":
            return 0
        stop = self._capitals(here + 1)
        said = [w for w in self.words[at:stop] if w != ","]
        short = bracketed(self.tokens, stop)
        if short and spells(short[1], said):
            return stop - end
        known = sum(is_common(w) or w in JOINING for w in said)
        if known * 4 < 3 * len(said) or stop <= here + 1:
            return 0
        before = self.kinds.of(self.words[at:end])
        complement = (
            before and stop - here <= _SHORT and any(w in ("on", "of", "against") for w in self.words[at:end])
        )
        return stop - end if complement or (not before and self.kinds.is_head(self.words[stop - 1])) else 0

    def _capitals(self, start: int) -> int:
        """The token after a run of capitalised words that the gazetteer does not know."""
        stop = start
        while stop < len(self.tokens) and is_capital(self.tokens[stop]) and stop not in self.matches:
            stop += 1
        return stop

    def _and(self, at: int, end: int) -> int:
        """The 'and' inside a name: in a complement, or before the head noun."""
        start = end + 1
        if (
            start < len(self.tokens)
            and self.words[start] in ("of", "the")
            and self.words[start] in self.words[at:end]
        ):
            start += 1
        if (
            start >= len(self.tokens)
            or start in self.matches
            or self.words[start] in TIMES
            or self.words[start] in POSTED
        ):
            return 0
        stop = self._capitals(start)
        right, left = self.words[start:stop], self.words[at:end]
        known = self._known_to(at, end)
        if not right or (known and known.entry.type != "Instrument"):
            return 0
        short = bracketed(self.tokens, stop)
        if short and spells(short[1], [*left, *right]) and not spells(short[1], right):
            return stop - end
        plain = all(is_word(w) or is_common(w) or w in JOINING or not w.isalpha() for w in left[-2:])
        if not plain or not all(is_common(w) for w in right):
            return 0
        typed = self.kinds.of(left)
        if typed and any(w in ("of", "on", "for", "against", "to") for w in left[1:]):
            return 0 if self.kinds.of(right) else stop - end
        before_head = typed is None and self.kinds.is_head(right[-1]) and not is_personal(self.tokens[at:end])
        return stop - end if before_head else 0

    def preposition(self, at: int, end: int) -> int:
        """The small words of 'Foundation for the Rights of ...'."""
        here, text, last = end, self.words[end], self.words[end - 1]
        while here < min(end + 3, len(self.tokens)) and (
            self.words[here] in JOINING or (here > end and self.words[here] in ARTICLES)
        ):
            here += 1
        if here >= len(self.tokens) or not is_capital(self.tokens[here]) or self.words[here] in TIMES:
            return self._small_complement(at, end)
        if text in PARTICLES:
            return here - end
        known = self._known_to(at, end)
        if (
            known
            and known.start == at
            and known.entry.type in ("Country", "Place")
            and known.entry.kind != "demonym"
        ):
            return 0
        if text == "of":
            noun = (is_common(last) and not is_personal(self.tokens[at:end])) or self.kinds.is_head(last)
            held = last in _HELD or self.kinds.is_person(last)
            return here - end if noun and not held else 0
        return here - end if self._complemented(at, end, here) else 0

    def _complemented(self, at: int, end: int, here: int) -> bool:
        """True where a preposition other than 'of' opens a complement of the name."""
        text, last = self.words[end], self.words[end - 1]
        common = is_common(self.words[here]) and here not in self.matches
        if text in ("with", "from", "in"):
            kind = self.kinds.of(self.words[at:end])
            if text == "in" and kind is not None and self._spelled(at, here):
                return True
            if not common or kind is None or here != end + 1:
                return False
            if text == "in":
                return kind[0] in COUNTED and not city_country(self.words[here])
            return last.endswith("s") and is_common(last)
        if text == "to":
            return self.kinds.begins([last, "to"])
        within = common and "of" in self.words[at:end]
        return last in self.kinds.openers or (text == "against" and is_common(last)) or within

    def _spelled(self, at: int, here: int) -> bool:
        """True where an acronym spells the name with its 'in': 'Observatory of Prisons in Norland (OPN)'."""
        stop = here
        while stop < len(self.tokens) and is_capital(self.tokens[stop]):
            stop += 1
        short = bracketed(self.tokens, stop)
        return short is not None and spells(short[1], [w for w in self.words[at:stop] if w[0].isupper()])

    def _small_complement(self, at: int, end: int) -> int:
        """The lower-case complement of a mandate: 'Special Rapporteur on freedom of religion'."""
        if self.words[end] not in ("on", "against"):
            return 0
        kind = self.kinds.of(self.words[at:end])
        if not kind or kind[0] not in ("Mechanism", "Instrument", "IntergovernmentalBody"):
            return 0
        return max(0, self.complement(end) - end)

    def complement(self, preposition: int) -> int:
        """Where the complement of a mandate's preposition ends."""
        edge = self.tokens[preposition].right_edge.i - self.tokens[0].i + 1
        stop = min(max(edge, preposition + 2), preposition + _LONGEST_COMPLEMENT, len(self.tokens))
        return next((i for i in range(preposition + 1, stop) if self._closes(i)), stop)

    def _closes(self, at: int) -> bool:
        """True for a token at which the complement of a mandate ends."""
        token, text = self.tokens[at], self.words[at]
        after = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        mark = token.is_punct and text not in ("-", "’", "'", "–")
        if text == "of" and after is not None and after.lower_ == "the":
            owner = self.words[at + 2 : at + 8]
            if (
                owner
                and owner[0][0].isupper()
                and (self.kinds.of(owner[:2]) or self.kinds.is_head(owner[1] if len(owner) > 1 else ""))
            ):
                return True
        if mark or token.tag_ in _FINITE or text in _CLOSING:
            return True
        if after is None:
            return False
        infinitive = text == "to" and after.tag_ == "VB"
        dated = text == "in" and (after.text in TIMES or after.like_num)
        return infinitive or dated or (text in ("and", "or") and self._opens_another(at + 1))

    def _opens_another(self, at: int) -> bool:
        """True where another name begins after an 'and': 'the Independent Expert', a class by its cues."""
        following = self.words[at + 1 : at + 6]
        if self.words[at] in ARTICLES and following:
            return following[0][0].isupper() or self.kinds.small_name(following) > 0
        named = [w for w in self.words[at : at + 4] if w[0].isupper() or w in JOINING]
        return bool(named) and self.kinds.of(named) is not None
