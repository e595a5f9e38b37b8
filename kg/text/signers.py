"""A line of a signatory block -> who signs: an organisation, or a person with post and affiliation."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.model import BlockKind
from kg.text.acronyms import spells
from kg.text.extents import ARTICLES, JOINING
from kg.text.listing import divides
from kg.text.names import Name
from kg.text.wordforms import TIMES, TITLES, is_common, spaced

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Span, Token

    from kg.model import Sentence
    from kg.text.kinds import Kinds

_LOWER_FORM = re.compile(r"[^\W\d_]+(?:[’'.-][^\W\d_]*)*")
_GENERIC = re.compile(
    r"^(?:(?:organi[sz]ations?|individuals?|movements?|trade unions?|members?)(?=\s*(?:[/&,:;(|–-]|and\b|$))|"
    r"signator(?:y|ies)|signed|endorsed|supported|the undersigned|(?:yours|sincerely|with|kind|best|regards|"
    r"in solidarity|respectfully).*)\b",
    re.IGNORECASE,
)
_LONGEST_PERSON = 5
_INITIAL = 2


def signer(sentence: Sentence, kinds: Kinds, *, among_persons: bool = False) -> Iterator[Name]:
    """The name that a signatory line holds: before its brackets, role or country.

    A line that nothing tells apart is a person's among lines that are, an organisation's else.
    """
    tokens = _first_cell(sentence.tokens)
    doc = tokens.doc
    words = [t.text for t in tokens]
    if not words or _GENERIC.match(tokens.text) or _is_post(words, kinds):
        return
    end = len(words)
    dash = next(
        (
            i
            for i, w in enumerate(words)
            if i and (w in ("–", "—", "-", ",", "|")) and (w != "-" or tokens[i - 1].whitespace_)
        ),
        None,
    )
    held = dash is not None and _is_described(words[dash + 1 :], kinds)
    if dash is not None and (_is_person(words[:dash], kinds) or (held and not kinds.of(words[:dash]))):
        start = _past_titles(words[:dash])
        yield Name(
            tokens.start + start, tokens.start + dash, tuple(words[start:dash]), "Person", how="signed"
        )
        rest = words[dash + 1 :]
        cut = next((i for i, w in enumerate(rest) if w in (",", "–", "—")), None)
        if cut is not None:
            rest = rest[cut + 1 :]
        said, alias, stop = _bracketed(rest)
        kind = kinds.of(said) if said else None
        if kind:
            first = tokens.end - len(rest)
            yield Name(first, first + stop, tuple(said), kind[0], how="signed", alias=alias)
        return
    if dash is not None and _is_post(words[:dash], kinds):
        yield from _under_post(words[dash + 1 :], tokens.end, kinds)
        return
    plain = among_persons and "(" not in words and _is_person(words, kinds)
    if plain and words[0].rstrip(".") not in TITLES:
        yield Name(tokens.start, tokens.end, tuple(words), "Person", how="signed")
        return
    if words[0].rstrip(".") in TITLES and _is_person(words, kinds):
        start = _past_titles(words)
        yield Name(tokens.start + start, tokens.end, tuple(words[start:]), "Person", how="signed")
        return
    while (
        end > 1
        and words[end - 1] in (",", ";", ".")
        and not (words[end - 1] == "." and words[end - 2][0].isupper() and len(words[end - 2]) <= _INITIAL)
    ):
        end -= 1
    said, alias, stop = _bracketed(words[:end])
    kind = kinds.of(said)
    if among_persons and kind is None and alias and _is_person(said, kinds) and not spells(alias, said):
        start = _past_titles(said)
        yield Name(
            tokens.start + start, tokens.start + len(said), tuple(said[start:]), "Person", how="signed"
        )
        return
    type_ = (
        kind[0]
        if kind and kind[0] in ("MediaOutlet", "PoliticalParty", "Company")
        else "CivilSocietyOrganisation"
    )
    yield Name(
        tokens.start, doc[tokens.start + stop - 1].i + 1, tuple(said), type_, how="signed", alias=alias
    )


def _past_titles(words: Sequence[str]) -> int:
    """The first word after the titles before a name: 'Rev. Fr. M. Silva' -> 'M.'."""
    start = 0
    while start < len(words) - 1 and (words[start].rstrip(".") in TITLES or words[start] == "."):
        if len(words[start].rstrip(".")) == 1:
            break
        start += 1
    return start


def _is_described(words: list[str], kinds: Kinds) -> bool:
    """True for words that say what somebody is: 'General Secretary, ...', 'journalist and poet'."""
    cut = next((i for i, w in enumerate(words) if w in (",", "and", "/", "(", "of", "at", "for")), len(words))
    return kinds.is_person(*words[:cut])


def _first_cell(tokens: Span) -> Span:
    """The cell of a table's row that names who signs: the first that is no number."""
    start = tokens.start
    for cut in (*(t.i for t in tokens if t.text == "|"), tokens.end):
        cell = tokens.doc[start:cut]
        if any(c.isalpha() for c in cell.text):
            return cell
        start = cut + 1
    return tokens


def _under_post(rest: list[str], end: int, kinds: Kinds) -> Iterator[Name]:
    """The organisation after a post: 'Director, Lakeside Watch'."""
    told = kinds.of(rest)
    type_ = told[0] if told else "CivilSocietyOrganisation"
    if rest and type_ not in ("Place", "Event", "Instrument"):
        yield Name(end - len(rest), end, tuple(rest), type_, how="signed")


def _is_post(words: list[str], kinds: Kinds) -> bool:
    """True for a post by itself: 'General Secretary', 'Executive Director'."""
    if not 0 < len(words) <= _LONGEST_PERSON or kinds.of(words):
        return False
    return kinds.is_person(*words) and all(is_common(w) for w in words if w.isalpha())


_DELIVERS = re.compile(
    r"\b(?:on behalf of|(?:signed|endorsed|delivered|submitted|co-signed|cosigned|co-sponsored|"
    r"cosponsored|co-submitted) by|(?:statement|"
    r"letter|appeal|submission|contribution) (?:is |was |has been )?(?:jointly )?(?:issued|made|supported|"
    r"joined|prepared|drafted|written|presented) by|"
    r"(?:statement|letter|submission) (?:together|jointly|along) with|"
    r"signator(?:y|ies)\s*:|signed\s*:)\s*:?\s*(?:the (?:following|undersigned) [a-z ]+:\s*)?(?=the "
    r"[A-Z]|[A-Z])",
    re.IGNORECASE,
)
_SPEAKERS = frozenset({"I", "we", "We", "it", "this", "thank", "who", "which"})


def delivered(sentence: Sentence, kinds: Kinds) -> Iterator[Name]:
    """The organisations in a list of those who deliver or sign: 'On behalf of A, B and C, I ...'."""
    found = _DELIVERS.search(sentence.text)
    if not found or (sentence.block.kind is BlockKind.SIGNATORY and found.start() > 0):
        return
    base = sentence.tokens.start_char + found.end()
    tokens = [t for t in sentence.tokens if t.idx >= base]
    stop = next(
        (
            i
            for i, t in enumerate(tokens)
            if t.text in _SPEAKERS or t.tag_ in ("VBZ", "VBP", "VBD", "MD") or t.text in (".", ";")
        ),
        len(tokens),
    )
    tokens = tokens[:stop]
    while tokens and tokens[-1].text in (",", "and"):
        tokens.pop()
    for listed in _divided(tokens, kinds):
        part = listed[: next((i for i, t in enumerate(listed) if _breaks(t)), len(listed))]
        while part and part[0].lower_ in ("the", "and", "a"):
            part.pop(0)
        if part and part[0].text[0].isupper():
            said, alias, _ = _bracketed([t.text for t in part])
            kind = kinds.of(said)
            person = kind is None and alias is None and len(said) < 4 and _is_person(said, kinds)  # noqa: PLR2004
            if len(said) > 12 or not said or (kind and kind[0] in ("Instrument", "Event", "Place")):  # noqa: PLR2004
                continue
            if person and "behalf" not in found[0]:
                continue
            type_ = kind[0] if kind else "CivilSocietyOrganisation"
            yield Name(part[0].i, part[-1].i + 1, tuple(said), type_, how="signed", alias=alias)


def _breaks(token: Token) -> bool:
    """True for a word that no name holds: 'on Sunday', 'in a statement'."""
    small = (
        token.text.islower() and token.text not in JOINING | ARTICLES and token.text not in ("and", "e.V.")
    )
    if token.text == "on" and token.i + 1 < len(token.doc) and token.nbor().text[0].islower():
        return True
    return (small and token.pos_ not in ("NOUN", "PROPN")) or token.text in TIMES


def _listed(tokens: list[Token], kinds: Kinds) -> Iterator[list[Token]]:
    """The elements of a list: between commas; a lone 'A and B' at its 'and'."""
    parts: list[list[Token]] = [[]]
    for token in tokens:
        if token.text in (",", ";"):
            parts.append([])
        else:
            parts[-1].append(token)
    last = parts[-1]
    cut = next((i for i, t in enumerate(last) if t.text == "and" and i), None)
    if cut is not None and not (last and last[0].text == "and"):
        right = [t.text for t in last[cut + 1 :] if t.lower_ != "the"]
        left = [t.text for t in last[:cut] if t.lower_ != "the"]
        if (
            right
            and right[0][0].isupper()
            and (
                last[cut + 1].lower_ == "the"
                or (kinds.of(left) and kinds.of(right))
                or left[-1:] == [")"]
                or len(left) == 1
                or len(right) == 1
            )
        ):
            parts[-1:] = [last[:cut], last[cut + 1 :]]
    yield from (p for p in parts if p)


def _divided(tokens: list[Token], kinds: Kinds) -> Iterator[list[Token]]:
    """The elements of a list, those that hold two names joined by 'and' divided as well."""
    for listed in _listed(tokens, kinds):
        words = [t.text for t in listed]
        cut = next(
            (i for i, w in enumerate(words) if w == "and" and divides(words[:i], words[i + 1 :], kinds)), None
        )
        yield from (listed,) if cut is None else (listed[:cut], listed[cut + 1 :])


def _is_person(words: list[str], kinds: Kinds) -> bool:
    """True for words that look like a person's name before a dash or comma."""
    plain = [w for w in words if w.rstrip(".") not in TITLES and w[0].isalpha()]
    titled = len(plain) < sum(w[0].isalpha() for w in words)
    if not 1 <= len(plain) <= _LONGEST_PERSON or kinds.of(words):
        return False
    return (
        (titled or sum(not is_common(w) for w in plain) * 2 >= len(plain))
        and all(_LOWER_FORM.fullmatch(w) for w in plain)
        and (len(plain) > 1 or titled)
    )


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


def names_persons(lines: Sequence[Sentence], kinds: Kinds) -> bool:
    """True where most of some signatory lines carry a title, an affiliation, or look like persons."""
    told = [next(signer(line, kinds), None) for line in lines]
    persons = sum(n is not None and n.type == "Person" for n in told)
    organised = sum(kinds.of([t.text for t in line.tokens]) is not None for line in lines)
    return persons > organised
