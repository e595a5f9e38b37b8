"""Numbers that count: '112 individuals', 'at least 54 CSOs', 'more than three million people'.

Ages, years, dates, percentages, money, ordinals, section numbers and vague words ('dozens')
count nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.model import Sentence

_UNITS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
    "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30,
    "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
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
        if word in _UNITS:
            part, seen = part + _UNITS[word], True
        elif word in _SCALES:
            part = (part or 1) * _SCALES[word]
            seen = True
            if word != "hundred":
                total, part = total + part, 0.0
        elif _DIGITS.fullmatch(word):
            part, seen = part + float(word.replace(",", "").replace("\u202f", "")), True
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
        if value is not None and token.head.pos_ in ("NOUN", "PROPN", "ADJ", "VERB"):
            found.append(Number(value, digits[0].i, digits[-1].i + 1, token.head))
    return tuple(found)


def count_of(noun: Token, sentence: Sentence) -> int | None:
    """How many of a noun's things the sentence counts, or None."""
    return next((n.value for n in numbers_in(sentence) if n.noun == noun), None)
