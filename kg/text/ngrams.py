"""Word n-grams as the regression counts them: the same at training and at run time.

A sentence becomes lower-case words with their commonest endings cut off, numbers all alike.
The cut is crude on purpose: it has to join 'arrested', 'arrests' and 'arresting', not to
find the lemma, and takes a hundredth of the parser's time.
"""

from __future__ import annotations

import re
from functools import lru_cache

_WORD = re.compile(r"[a-z]+(?:['’][a-z]+)?|\d+")
_ENDING = re.compile(r"(?:ations?|ings?|edly|ed|ers?|ors?|ments?|ies|es|s|ly|ion|e)$")
_SHORTEST_STEM = 3
_SHORTEST_CUT = 5
"""Words below this length stay as they are: 'used' and 'held' say more than their stems."""


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A lower-case word without its ending; numbers become '0'."""
    if word[0].isdigit():
        return "0"
    word = word.replace("’", "'").removesuffix("'s")
    if len(word) < _SHORTEST_CUT:
        return word
    ending = _ENDING.search(word)
    if ending and ending.start() >= _SHORTEST_STEM:
        word = word[: ending.start()]
        if len(word) > _SHORTEST_STEM and word[-1] == word[-2] and word[-1] not in "sl":
            word = word[:-1]
    return word


def stems(text: str) -> list[str]:
    """The stems of a text's words, in order."""
    return [stem(word) for word in _WORD.findall(text.lower())]


def ngrams(words: list[str], longest: int) -> list[str]:
    """All runs of one to `longest` words, shorter ones first."""
    grams = list(words)
    for size in range(2, longest + 1):
        grams += [" ".join(words[i : i + size]) for i in range(len(words) - size + 1)]
    return grams
