"""The words of a language: which stretch of letters is a word, and how to cut a glued one.

The list is the parser's own vocabulary (its string store as shipped and the index of its
lemmatizer), so that no second word list has to be pinned: 120,000 forms in 0.1 s.
"""

from __future__ import annotations

import re
from functools import lru_cache

from kg.languages.english import FUNCTION_WORDS, PREFIXES
from kg.text.parser import lemmas, words

_SHORTEST_WORD = 4
_PAIR = 2
_LONGEST_WORD = 20
_SUFFIXES = (
    "isation",
    "ization",
    "isations",
    "izations",
    "ised",
    "ized",
    "ising",
    "izing",
    "ises",
    "izes",
    "ness",
    "ship",
    "less",
    "like",
    "wise",
)
_BEFORE = (
    "anti",
    "non",
    "pre",
    "post",
    "counter",
    "multi",
    "inter",
    "trans",
    "cyber",
    "micro",
    "over",
    "under",
    "extra",
    "semi",
    "self",
)
_BRITISH = re.compile(r"is(?:e|ed|es|er|ers|ing|ation|ations)$")


@lru_cache(maxsize=65536)
def is_word(letters: str) -> bool:
    """True for a word of the language, whatever its case."""
    low = letters.casefold()
    if low in FUNCTION_WORDS:
        return True
    if len(low) < _SHORTEST_WORD:
        return len(low) == _SHORTEST_WORD - 1 and low in lemmas()
    return low in words() or _american(low) in words() or _derived(low)


def _derived(low: str) -> bool:
    """True for a word made of a known one: 'weaponisation', 'anticorruption'."""
    for suffix in _SUFFIXES:
        if low.endswith(suffix) and len(low) - len(suffix) >= _SHORTEST_WORD:
            stem = low[: -len(suffix)]
            if stem in lemmas() or f"{stem}e" in lemmas():
                return True
    return any(
        low.startswith(p) and len(low) - len(p) > _SHORTEST_WORD and low[len(p) :] in words() for p in _BEFORE
    )


def _american(low: str) -> str:
    """The spelling that the model was shipped with: it learned on American news."""
    return _BRITISH.sub(lambda m: m[0].replace("is", "iz"), low).replace("our", "or")


@lru_cache(maxsize=4096)
def cut_glued(letters: str) -> tuple[str, ...]:
    """Words run together, cut; one piece where no cut is plain.

    One function word at either end is enough for two words; three and more pieces must all
    be words, one of them a function word, and the longest words win.
    """
    low = letters.casefold()
    if is_word(low):
        return (letters,)
    for at in range(len(low) - _SHORTEST_WORD + 1, 1, -1):
        head, end = low[:at], len(low) - at
        plain = head not in PREFIXES or low[at:] in FUNCTION_WORDS
        if head in FUNCTION_WORDS and plain and _joins(head, low[at:]):
            return letters[:at], letters[at:]
        if low[end:] in FUNCTION_WORDS and _joins(low[end:], low[:end]):
            return letters[:end], letters[end:]
    return _fewest(letters, low)


def _joins(small: str, rest: str) -> bool:
    return rest in FUNCTION_WORDS or (len(small) >= _SHORTEST_WORD - 1 and is_word(rest))


def _fewest(letters: str, low: str) -> tuple[str, ...]:
    """The cut with the fewest words, or one piece where none covers the whole."""
    best: list[tuple[int, int] | None] = [None] * (len(low) + 1)
    best[0] = (0, 0)
    for end in range(1, len(low) + 1):
        for start in range(max(0, end - _LONGEST_WORD), end - 1):
            before = best[start]
            piece = low[start:end]
            if before is None or not is_word(piece):
                continue
            cost = before[0] + (2 if piece in FUNCTION_WORDS else 3)
            held = best[end]
            if held is None or cost < held[0]:
                best[end] = (cost, start)
    cuts: list[str] = []
    end = len(low)
    while end:
        found = best[end]
        if found is None:
            return (letters,)
        cuts.append(letters[found[1] : end])
        end = found[1]
    plain = len(cuts) > _PAIR and any(c.casefold() in FUNCTION_WORDS for c in cuts)
    return tuple(reversed(cuts)) if plain else (letters,)
