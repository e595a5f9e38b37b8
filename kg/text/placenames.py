"""Is a capitalised name that nothing else explains a place below the country?

In: a name without a class, its sentence, the countries of the item. The words around it say so: a
preposition of place before a name that no dictionary holds, a common noun of place with 'of', a
neighbour in a list that is a place. A city that the gazetteer knows counts with less, where it
lies in a country of the item: names of cities are mostly names of other things as well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.languages.english import word_set
from kg.text.parser import describing
from kg.text.places import city_country
from kg.text.wordforms import is_common

if TYPE_CHECKING:
    from collections.abc import Collection

    from spacy.tokens import Doc

    from kg.text.kinds import Kinds
    from kg.text.names import Name

_PLACED = frozenset({"in", "at", "near", "from", "outside", "around"})
_INSIDE = frozenset({"in", "near", "outside", "around"})
_TOWARDS = _PLACED | {"to", "into", "towards", "toward", "through", "across", "of", "between", "and"}
_GROUND = word_set(
    "region district province city town village river lake belt camp slum port valley county municipality "
    "island islands township suburb neighbourhood neighborhood department governorate oblast state area "
    "prefecture mountains desert peninsula court prison streets people"
)
_JOINTS = frozenset({",", "and", "or"})
_LONGEST = 3
_PAIR = 2


def placed(
    name: Name, doc: Doc, kinds: Kinds, near: Collection[str], places: Collection[tuple[int, int]]
) -> tuple[bool, str | None]:
    """Whether a name is a place, and the country where it lies as far as known.

    `places` are the tokens, start and end, of the places and countries already known in the block.
    """
    single = len(name.words) == 1
    plain = single and (name.words[0].casefold() in describing() or kinds.is_head(name.words[0]))
    if plain or not name.words[0][0].isupper() or len(name.words) > _LONGEST:
        return False, None
    country = city_country(name.text, near)
    before = doc[name.start - 1].lower_ if name.start else ""
    inside = country is not None and country in near
    if (country is not None and before in _PLACED) or (inside and (before in _TOWARDS or _dated(name, doc))):
        return True, country
    strange = all(not is_common(w) for w in name.words if w[0].isalpha() and w[0].isupper())
    if _describes(name, doc) or any(w.isupper() and len(w) > 1 for w in name.words):
        return False, None
    if not strange:
        ends = (single or before in ("and", "or")) and name.end - name.start == len(name.words)
        told = ends and len(name.words) <= _PAIR and _beside(name, doc, places)
        return told, country if told and inside else None
    grounded = before == "of" and name.start > 1 and doc[name.start - 2].lower_ in _GROUND
    listed = len(name.words) <= _PAIR and _beside(name, doc, places)
    told = before in _INSIDE or grounded or listed
    return told, country if told and inside else None


def _dated(name: Name, doc: Doc) -> bool:
    """True for the place of a dateline: 'Norport, 3 May 2021'."""
    after = doc[name.end : name.end + 2]
    return name.start == 0 and len(after) > 1 and after[0].text in (",", "(") and after[1].text[0].isdigit()


def _describes(name: Name, doc: Doc) -> bool:
    """True where the name only says what kind of thing follows: 'in Prozor reports'."""
    last = doc[name.end - 1]
    return last.dep_ in ("compound", "amod", "nmod", "poss") and last.head.i >= name.end


def _beside(name: Name, doc: Doc, places: Collection[tuple[int, int]]) -> bool:
    """True where a place stands before it in a list."""
    here = name.start - 1
    while here >= 0 and doc[here].lower_ in _JOINTS:
        here -= 1
    if here == name.start - 1:
        return False
    listed = any(end == here + 1 for _, end in places)
    return listed and name.end <= len(doc) and _closes(name, doc)


def _closes(name: Name, doc: Doc) -> bool:
    """True where a list goes on or ends after a name: no description of it, no verb follows."""
    after = doc[name.end] if name.end < len(doc) else None
    return after is None or after.text in (",", ".", ";", ")") or after.pos_ in ("CCONJ", "ADP", "PUNCT")
