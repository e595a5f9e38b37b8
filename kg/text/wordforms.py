"""What a word looks like: common or strange, capital or not, part of a name or of a date."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.languages.english import FUNCTION_WORDS, HONORIFICS, MONTHS, POSTS, WEEKDAYS, word_set
from kg.text.glue import is_word
from kg.text.parser import lemmas

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

YEAR = re.compile(r"(?:19|20)\d\d")
ORDINAL = re.compile(
    r"\d+(?:st|nd|rd|th)|First|Second|Third|Fourth|Fifth|first|second|third|fourth|fifth|"
    r"[a-z]+-(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|"
    r"(?:six|seven|eigh|nin|ten|eleven|twelf|(?:thir|four|fif|six|seven|eigh|nine)teen)th|(?:twenti|"
    r"thirti|forti|fifti|sixti)eth"
)
ACRONYM = re.compile(r"(?=[^a-z]*[A-Z][^A-Z]*[A-Z])[A-Z][\w.&/-]{1,14}")
TIMES = frozenset(w.capitalize() for w in (*MONTHS, *WEEKDAYS))
TITLES = frozenset(h.rstrip(".") for h in HONORIFICS)
POSTED = frozenset(POSTS)
PARTICLES = word_set(
    "de la du des del di da do dos y e & van von der bin ibn al el ul ould ag bint ben abu av"
)
"""Small words of other languages that join names without asking."""
_HYPHENED = re.compile(
    r"-(?:based|led|backed|born|owned|funded|style|controlled|wide|era|trained|speaking|run|sponsored|"
    r"occupied|appointed)$"
)
_NO_NAME = frozenset({"I", "I’m", "I'm", "Mr", "Mr.", "Mrs", "Mrs.", "Ms", "Ms."})
_LETTERS = re.compile(r"[^\W\d_]+(?:[’'.-][^\W\d_]*)*")
_HEADLINE = 0.95
_SHORT = 3
_FEW = 5


@lru_cache(maxsize=16384)
def is_common(word: str) -> bool:
    """True for a word that dictionaries hold in lower case."""
    low, base = word.casefold(), lemmas()
    if low in base or low in FUNCTION_WORDS:
        return True
    if low.endswith("s") and (low[:-1] in base or (low.endswith("es") and low[:-2] in base)):
        return True
    if low.endswith("ies") and f"{low[:-3]}y" in base:
        return True
    return (low.endswith(("isation", "isations")) and is_word(low)) or (
        low.endswith("our") and f"{low[:-3]}or" in base
    )


def is_capital(token: Token) -> bool:
    """True for a token that is written like part of a name."""
    text = token.text
    if text[0].isupper():
        return text not in _NO_NAME and not _HYPHENED.search(text)
    return text[0].isdigit() and len(text) > 2 and any(c.isupper() for c in text)  # noqa: PLR2004 - '3rd', 'G7'


def is_tagged(before: Token) -> bool:
    """True for what makes the next token part of a hashtag, handle or address."""
    return not before.whitespace_ and (before.text[0] in "#@" or before.text in ("/", "_"))


def is_personal(tokens: Sequence[Token]) -> bool:
    """True where words look like a person's name: letters only, at least one no common word."""
    if not tokens or not all(
        t.text[0].isupper() or t.text in PARTICLES or t.text in ("-", "’", ".") for t in tokens
    ):
        return False
    plain = [t.text for t in tokens if t.text[0].isalpha()]
    if not all(_LETTERS.fullmatch(w) for w in plain):
        return False
    return any(not is_common(w) for w in plain) and not any(w in POSTED for w in plain)


def is_headline(words: Sequence[str]) -> bool:
    """True for a line in title case, where capitals tell nothing."""
    if words and words[-1] in (".", "?", "!"):
        return False
    long = [w for w in words if len(w) > _SHORT and w[0].isalpha() and w not in FUNCTION_WORDS]
    return len(long) > _FEW and sum(w[0].isupper() for w in long) >= _HEADLINE * len(long)


def spaced(words: Sequence[str]) -> str:
    """Words set as text: no space before a possessive, around hyphens or inside brackets."""
    text = " ".join(words)
    text = re.sub(r"\s+([’'](?:s\b|(?=\s|$)))", r"\1", text)
    text = re.sub(r"(?<=\w)\s?([-–/])\s?(?=\w)", r"\1", text)
    return re.sub(r"\s+([,.;:)])", r"\1", text).replace("( ", "(")
