"""A repaired copy of a stretch of text, for matching only, with the way back.

What a page lost or glued on its way to text is mended: odd spaces and hyphens, words run
together, letters dropped with a ligature, marks of links and emphasis. Evidence is never
taken from the copy. Names stay whole: a capitalised word is only cut where its parts stand
alone elsewhere in the item, or where a word that begins sentences hangs on it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.languages.english import FUNCTION_WORDS, OPENERS, word_list
from kg.model import Alignment
from kg.text.glue import cut_glued, is_word

if TYPE_CHECKING:
    from kg.model import Span

_DROPPED = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")
_HYPHENS = frozenset("\u2010\u2011")
_APOSTROPHES = frozenset("´`ʼ")
_ODD = re.compile(rf"[^\S ]|[{''.join(sorted(_DROPPED | _HYPHENS | _APOSTROPHES))}]")
_LETTERS = re.compile(r"[^\W\d_]+")
_LONG = re.compile(r"[^\W\d_]{4,}")
_CASE = re.compile(
    r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])|(?<=[A-ZÀ-Þ]{2})(?=[A-ZÀ-Þ][a-zà-ÿ])|(?<=[A-ZÀ-Þ]{2})(?=[a-zà-ÿ]{2})"
)
_ENTITY = re.compile(
    r"&#?(8\d{3}|39|34|38);|&(amp|quot|apos|nbsp|lt|gt|rsquo|lsquo|ldquo|rdquo|ndash|mdash);"
)
_ENTITIES = dict(
    zip(
        word_list("amp quot apos nbsp lt gt rsquo lsquo ldquo rdquo ndash mdash"),
        "&\"' <>’‘“”–—",
        strict=True,
    )
)
_LINK = re.compile(r"\[([^\[\]\n]{1,200})\](?:\([^()\s]{1,300}\)|\[\d{1,3}\])")
_MARKS = re.compile(
    r"\*\*|__|(?<!\w)[*_](?=\w[^*_\n]{0,200}[*_](?!\w))|(?<=\w)[*_](?!\w)|(?<=[.,?!])\*(?!\w)"
)
_STRAY_BULLET = re.compile(r"(?:(?<=^)|(?<=[.?!”’] ))[bnoqu§] (?=[A-Z])")
_DATE_GLUE = re.compile(r"(?<![\w.,/#@-])([^\W\d_]+)?(\d{1,4})([^\W\d_]{4,}|May|(?<=[a-z]\d)(?=\s))(?![\w-])")
_LIGATURES = ("ti", "tt", "ft", "fi", "fl", "ff", "ffi", "ffl", "tti")
_DIGIT = re.compile(r"\d")
_GAP = re.compile(r"(?<![^\W\d_])([^\W\d_]{0,20})( {1,2})(?=([a-z]{1,12})(?![^\W\d_]))")
_SPACES = re.compile(r" {2,}")
_LONGEST_SHARD = 3
_LONG_GLUE = 14


@dataclass(frozen=True)
class Damage:
    """What an item shows of the ways in which its text was damaged."""

    seen: frozenset[str]
    """Words of the document that stand alone, without accents: parts of glued names."""
    repeated: frozenset[str]
    """Words of mixed case that the document uses more than once: names, not glue."""
    ligatures: bool
    """Letters got lost with their ligature."""


def plain(word: str) -> str:
    """A word without accents."""
    if word.isascii():
        return word
    return "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))


@lru_cache(maxsize=4)
def _words_seen(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """Words that stand alone in a text or after a glued function word, and repeated mixed ones."""
    counts = Counter(_LETTERS.findall(text))
    mixed = [w for w in counts if len(w) > _LONGEST_SHARD and not (w.islower() or w[1:].islower())]
    freed = [
        p
        for w in mixed
        if (parts := _CASE.split(w))[0] in FUNCTION_WORDS
        for p in parts[1:]
        if len(p) > _LONGEST_SHARD
    ]
    seen = frozenset(plain(w) for w in (*counts, *freed))
    return seen, frozenset(w for w in mixed if counts[w] > 1 and _CASE.split(w)[0] not in FUNCTION_WORDS)


@lru_cache(maxsize=4)
def damage(text: str, span: Span) -> Damage:
    """What an item tells of its damage: read once, used for each of its blocks."""
    lost = sum(1 for m in _GAP.finditer(text, span.start, span.end) if _restored(m[1], m[2], m[3], sure=True))
    return Damage(*_words_seen(text), lost > 1)


def _restored(left: str, gap: str, right: str, *, sure: bool) -> str | None:
    """The ligature lost between two shards of a word; None where both stand well alone."""
    alone = _stands_alone(left), _stands_alone(right)
    if alone == (False, False) and left:
        pass
    elif sure:
        return None
    elif left.casefold() == "a" and right[0] in "aeiou":
        pass
    elif len(gap) > 1 and (not left or alone[0]):
        left = ""
    elif alone[1] or len(right) > _LONGEST_SHARD or not left:
        return None
    return next((lig for lig in _LIGATURES if is_word(left + lig + right)), None)


@lru_cache(maxsize=8192)
def _stands_alone(letters: str) -> bool:
    return (
        letters.casefold() in FUNCTION_WORDS
        or (len(letters) > _LONGEST_SHARD and is_word(letters))
        or letters.isupper()
    )


class _Copy:
    """The copy under repair: characters, and where each stands in the source."""

    def __init__(self, text: str, span: Span) -> None:
        self.chars: list[str] = []
        self.offsets: list[int] = []
        if not _ODD.search(text, span.start, span.end):
            self.chars += text[span.start : span.end]
            self.offsets += range(span.start, span.end)
            return
        for i in range(span.start, span.end):
            c = text[i]
            if c in _DROPPED:
                continue
            if c.isspace():
                c = " "
            elif c in _HYPHENS:
                c = "-"
            elif c in _APOSTROPHES:
                c = "’"
            self.chars.append(c)
            self.offsets.append(i)

    @property
    def text(self) -> str:
        return "".join(self.chars)

    def replace(self, start: int, end: int, new: str) -> None:
        """Put other characters in a place; each stands for the place's first, the last for its last."""
        if start < end:
            places = [min(self.offsets[start] + k, self.offsets[end - 1]) for k in range(len(new))]
        else:
            places = [self.offsets[start] if start < len(self.offsets) else self.offsets[-1]] * len(new)
        self.chars[start:end] = new
        self.offsets[start:end] = places

    def edit(self, edits: list[tuple[int, int, str]]) -> None:
        """Apply replacements, from the last to the first."""
        for start, end, new in sorted(edits, reverse=True):
            self.replace(start, end, new)


def align(text: str, span: Span, harm: Damage | None = None) -> Alignment:
    """The repaired copy of a stretch of the text."""
    harm = harm or damage(text, span)
    copy = _Copy(text, span)
    copy.edit(_markup(copy.text))
    if harm.ligatures:
        copy.edit(_ligatures(copy.text))
    copy.edit(_glue(copy.text, harm))
    copy.edit([(m.start() + 1, m.end(), "") for m in _SPACES.finditer(copy.text)])
    while copy.chars and copy.chars[-1] == " ":
        copy.replace(len(copy.chars) - 1, len(copy.chars), "")
    return Alignment(copy.text, (*copy.offsets, span.end))


def _markup(copy: str) -> list[tuple[int, int, str]]:
    edits: list[tuple[int, int, str]] = []
    if "&" in copy:
        entities = ((m, chr(int(m[1])) if m[1] else _ENTITIES[m[2]]) for m in _ENTITY.finditer(copy))
        edits += [(m.start(), m.end(), c) for m, c in entities]
    if "](" in copy or "][" in copy:
        for m in _LINK.finditer(copy):
            edits += [(m.start(), m.start(1), ""), (m.end(1), m.end(), "")]
    if "*" in copy or "_" in copy:
        taken = [(s, e) for s, e, _ in edits]
        edits += [
            (m.start(), m.end(), "")
            for m in _MARKS.finditer(copy)
            if not any(s < m.end() and m.start() < e for s, e in taken)
        ]
    return edits + [(m.start(), m.end(), "") for m in _STRAY_BULLET.finditer(copy)]


def _ligatures(copy: str) -> list[tuple[int, int, str]]:
    """Restore lost ligatures: 'o en', 'a  me frame', 'accreditation on process'."""
    edits = []
    for match in _GAP.finditer(copy):
        left, gap, right = match.groups()
        end = match.end(3)
        following = copy[end : end + 4]
        if found := _restored(left, gap, right, sure=False):
            edits.append((match.start(2) + (len(gap) > 1), match.end(2), found))
        elif right == "on" and left.endswith("tion") and following[:1] == " " and not _determined(copy[end:]):
            edits.append((match.start(2), end, ""))
        elif right == "on" and left.endswith("ate") and following == " of ":
            edits.append((match.end(1) - 1, match.end(2), "i"))
    return edits


def _determined(after: str) -> bool:
    """True where a noun phrase follows that 'on' may govern."""
    word = _LETTERS.search(after)
    return word is None or word[0].casefold() in FUNCTION_WORDS or word[0][0].isupper()


def _glue(copy: str, harm: Damage) -> list[tuple[int, int, str]]:
    """Places where a space was lost, as insertions."""
    edits = []
    for match in _LONG.finditer(copy):
        word = match[0]
        if is_word(word) or word in harm.repeated:
            continue
        chunk = copy[copy.rfind(" ", 0, match.start()) + 1 : match.start()]
        if "@" in chunk or "#" in chunk or "/" in chunk or "." in chunk:
            continue
        at = match.start()
        for piece in _pieces(word, harm.seen)[:-1]:
            at += len(piece)
            edits.append((at, at, " "))
    for match in _DATE_GLUE.finditer(copy) if _DIGIT.search(copy) else ():
        before, after = match.group(1), match.group(3)
        if before and before.casefold() in FUNCTION_WORDS:
            edits.append((match.end(1), match.end(1), " "))
        if after and (is_word(after) or (len(found := cut_glued(after)) > 1 and is_word(found[0]))):
            edits.append((match.end(2), match.end(2), " "))
    return edits


def _pieces(word: str, seen: frozenset[str]) -> list[str]:
    """A word cut where it was glued; one piece where it is whole."""
    parts = _CASE.split(word)
    if len(parts) == 1:
        whole = word[0].isupper() and not is_word(word)
        if whole:
            return _name_and_word(word, seen)
        return list(cut_glued(word))
    cut: list[str] = [parts[0]]
    for part in parts[1:]:
        if _glued_at(cut[-1], part, cut, seen):
            cut.append(part)
        else:
            cut[-1] += part
    return [
        piece
        for part in cut
        for piece in (cut_glued(part) if part.islower() or len(part) >= _LONG_GLUE else (part,))
    ]


def _name_and_word(word: str, seen: frozenset[str]) -> list[str]:
    """A name with a function word at its end ('Stéphaneis'), where the name stands alone too."""
    for cut in range(len(word) - 2, 2, -1):
        if word[cut:] in FUNCTION_WORDS and len(word) - cut > 1 and plain(word[:cut]) in seen:
            return [word[:cut], word[cut:]]
    found = cut_glued(word) if len(word) >= _LONG_GLUE else (word,)
    return list(found) if len(found) > 2 else [word]  # noqa: PLR2004 - two pieces may be a name


def _glued_at(left: str, right: str, before: list[str], seen: frozenset[str]) -> bool:
    """True where two parts of a word at a change of case were two words."""
    if left in FUNCTION_WORDS and (len(left) > 1 or left == "a") and left.islower() and len(before) == 1:
        return True
    if left.islower() and len(cut_glued(left)) > 1:
        return True
    if right in OPENERS and len(right) > 1 and len(left) >= _LONGEST_SHARD:
        return True
    if right.islower() and (right in FUNCTION_WORDS or len(cut_glued(right)) > 1):
        return plain(left) in seen
    return plain(left) in seen and plain(right) in seen and min(len(left), len(right)) >= _LONGEST_SHARD
