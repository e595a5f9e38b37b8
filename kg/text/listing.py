"""Where a list of names divides: at commas, and at an 'and' that joins two names.

'Media Freedom and Democracy Centre' is one name, 'Byte Watch and Harbour Press Trust' are two: an
'and' divides where both sides are names by their heads, or where the left side ends in a city
and the right side is a name by its head.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.places import city_country

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.text.kinds import Kinds


def several(words: Sequence[str], kinds: Kinds) -> list[list[str]]:
    """The names that a list of words holds, without articles before them."""
    parts: list[list[str]] = [[]]
    for word in words:
        if word in (",", ";"):
            parts.append([])
        else:
            parts[-1].append(word)
    found = [name for part in parts if part for name in _halves(_bare(part), kinds)]
    return [name for name in found if name]


def _bare(words: list[str]) -> list[str]:
    """Without the article, conjunction or 'as well as' before a name."""
    at = 0
    while at < len(words) and words[at] in ("the", "and", "The", "&", "as", "well"):
        at += 1
    return words[at:]


def _halves(words: list[str], kinds: Kinds) -> list[list[str]]:
    """A stretch cut at the 'and' between two names, or whole."""
    for at, word in enumerate(words):
        if word in ("and", "&") and divides(words[:at], words[at + 1 :], kinds):
            return [words[:at], *_halves(_bare(words[at + 1 :]), kinds)]
    return [words] if words else []


def divides(left: Sequence[str], right: Sequence[str], kinds: Kinds) -> bool:
    """True where an 'and' between two stretches joins two names."""
    if not left or not right:
        return False
    if right[0] in ("the", "The"):
        return True
    begun, following = kinds.of(left), kinds.of(right)
    if begun and following:
        return len(left) > 1 and len(right) > 1
    placed = city_country(left[-1]) is not None
    return bool(following) and len(right) > 1 and len(left) > 1 and placed
