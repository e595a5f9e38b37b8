"""A line of a signatory block -> who signs: an organisation, or a person with post and affiliation."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.languages.english import HONORIFICS
from kg.text.names import Name, is_common, spaced

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.model import Sentence
    from kg.text.kinds import Kinds

_TITLES = frozenset(h.rstrip(".") for h in HONORIFICS)
_LOWER_FORM = re.compile(r"[^\W\d_]+(?:[’'.-][^\W\d_]*)*")
_GENERIC = re.compile(r"^(?:organi[sz]ations?|individuals?|signator(?:y|ies)|signed|endorsed|movements?|trade unions?|members?|supported|the undersigned|(?:yours|sincerely|with|kind|best|regards|in solidarity|respectfully).*)\b", re.IGNORECASE)
_LONGEST_PERSON = 5


def signer(sentence: Sentence, kinds: Kinds) -> Iterator[Name]:
    """The name that a signatory line holds: before its brackets, role or country."""
    tokens = sentence.tokens
    doc = tokens.doc
    words = [t.text for t in tokens]
    if _GENERIC.match(tokens.text) or not words:
        return
    end = len(words)
    dash = next((i for i, w in enumerate(words) if i and (w in ("–", "—", "-", ",", "|")) and (w != "-" or tokens[i - 1].whitespace_)), None)
    if dash is not None and _is_person(words[:dash], kinds):
        start = next((i for i, w in enumerate(words) if w.rstrip(".") not in _TITLES and w != "."), 0)
        yield Name(tokens.start + start, tokens.start + dash, tuple(words[start:dash]), "Person", how="signed")
        rest = words[dash + 1 :]
        cut = next((i for i, w in enumerate(rest) if w in (",", "–", "—")), None)
        if cut is not None:
            rest = rest[cut + 1 :]
        kind = kinds.of(rest) if rest else None
        if kind:
            yield Name(tokens.end - len(rest), tokens.end, tuple(rest), kind[0], how="signed")
        return
    if words[0].rstrip(".") in _TITLES and _is_person(words, kinds):
        start = 2 if len(words) > 1 and words[1] == "." else 1
        yield Name(tokens.start + start, tokens.end, tuple(words[start:]), "Person", how="signed")
        return
    while end > 1 and words[end - 1] in (",", ";", ".") and not (words[end - 1] == "." and words[end - 2].islower() is False and len(words[end - 2]) <= 2):  # noqa: PLR2004
        end -= 1
    said, alias, stop = _bracketed(words[:end])
    kind = kinds.of(said)
    type_ = kind[0] if kind and kind[0] in ("MediaOutlet", "PoliticalParty", "Company") else "CivilSocietyOrganisation"
    yield Name(tokens.start, doc[tokens.start + stop - 1].i + 1, tuple(said), type_, how="signed", alias=alias)


def _is_person(words: list[str], kinds: Kinds) -> bool:
    """True for words that look like a person's name before a dash or comma."""
    plain = [w for w in words if w.rstrip(".") not in _TITLES and w[0].isalpha()]
    titled = len(plain) < sum(w[0].isalpha() for w in words)
    if not 1 <= len(plain) <= _LONGEST_PERSON or kinds.of(words):
        return False
    return (titled or sum(not is_common(w) for w in plain) * 2 >= len(plain)) and all(_LOWER_FORM.fullmatch(w) for w in plain) and (len(plain) > 1 or titled)


def _bracketed(words: list[str]) -> tuple[list[str], str | None, int]:
    """Name, alias and end of a line: 'Name (ACR)', 'ACR (Name)', 'Name (Other Name)'."""
    if "(" not in words or words.index("(") == 0:
        return words, None, len(words)
    at = words.index("(")
    close = words.index(")") if ")" in words[at:] else len(words)
    outside, inside = words[:at], words[at + 1 : close]
    if not inside or not inside[0][0].isupper():
        return outside, None, at
    if len(inside) == 1 or len(" ".join(inside)) < len(" ".join(outside)) / 2:
        return outside, spaced(inside), min(close + 1, len(words))
    if len(outside) == 1 and outside[0].isupper():
        return inside, spaced(outside), min(close + 1, len(words))
    return words, spaced(outside), len(words)
