"""Numbers that count: '112 individuals', 'at least 54 CSOs', 'more than three million people'.

Ages, years, dates, percentages, money, ordinals, section numbers and vague words ('dozens')
count nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.languages.english import MONTHS, SCALES, UNCOUNTED, UNITS

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.model import Sentence

_COMMA = re.compile("[,\u202f\u00a0]")
MOST_PARTS = 100
"""'Two in three', 'one in a hundred': more parts than these are a year."""
_SIGNS = frozenset("%$€£₹¥")
_DIGITS = re.compile(r"\d{1,3}(?:[,\u202f\u00a0]\d{3})+|\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a sentence, and the noun that it counts."""

    value: int
    start: int
    """First token of the number, as an index into the block's parse."""
    end: int
    """One past its last token."""
    noun: Token
    """Head of the phrase that is counted."""


def value_of(words: str) -> int | None:
    """The whole number that words or digits say, or None."""
    total, part, seen = 0.0, 0.0, False
    for word in words.casefold().replace("-", " ").split():
        if word in ("and", "a"):
            continue
        if word in UNITS:
            part, seen = part + UNITS[word], True
        elif word in SCALES:
            part = (part or 1) * SCALES[word]
            seen = True
            if word != "hundred":
                total, part = total + part, 0.0
        elif _DIGITS.fullmatch(word):
            part, seen = part + float(_COMMA.sub("", word)), True
        else:
            return None
    value = total + part
    return int(value) if seen and value == int(value) else None


def numbers_in(sentence: Sentence) -> tuple[Number, ...]:
    """The counting numbers of a sentence, in order."""
    found = []
    for token in sentence.tokens:
        if token.dep_ != "nummod" or token.tag_ != "CD":
            continue
        group = [t for t in token.subtree if t.tag_ == "CD" or t.dep_ == "quantmod"]
        digits = [t for t in group if t.tag_ == "CD"]
        value = value_of(" ".join(t.text for t in digits))
        if value is None or token.head.lemma_.casefold() in UNCOUNTED or _measured(token):
            continue
        if token.head.pos_ in ("NOUN", "PROPN", "ADJ", "VERB"):
            found.append(Number(value, digits[0].i, digits[-1].i + 1, token.head))
    return tuple(found)


def _measured(number: Token) -> bool:
    """True for a share, a sum of money, a day, or the number of an article: '30 %', '$5', 'article 19'."""
    if _is_share(number.head):
        return True
    if number.i + 1 < len(number.doc) and number.nbor().text.casefold() in MONTHS:
        return True
    beside = {t.text for t in number.doc[max(0, number.i - 1) : number.i + 2]}
    return bool(beside & _SIGNS) or (number.head.i < number.i and number.head.tag_ in ("NN", "NNP"))


def _is_share(noun: Token) -> bool:
    """True for 'two girls in three', 'four men out of ten'."""
    after = noun.doc[noun.i + 1 : noun.i + 4]
    words = [t.lower_ for t in after]
    at = 1 if words[:1] == ["in"] else 2 if words[:2] == ["out", "of"] else 0
    whole = after[at] if 0 < at < len(after) else None
    if whole is None or whole.tag_ != "CD" or whole.dep_ == "nummod":
        return False
    value = value_of(whole.text)
    return value is not None and value <= MOST_PARTS


def count_of(noun: Token, sentence: Sentence) -> int | None:
    """How many of a noun's things the sentence counts, or None."""
    return next((n.value for n in numbers_in(sentence) if n.noun == noun), None)
