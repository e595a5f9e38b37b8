"""Who publishes an item: front matter, footer, title, self-reference; nothing where nothing tells.

Each clue votes for a name; the page of several articles votes as a whole, so that an article
which says nothing of its publisher gets the page's.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.model import BlockKind
from kg.text.acronyms import spells
from kg.text.heads import title_of, type_of
from kg.text.imprints import PUBLISHING, imprints
from kg.text.interviews import interviewee
from kg.text.issuers import issuers
from kg.text.titles import metadata_line
from kg.text.wordforms import POSTED, TITLES, is_common

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_WORD = r"[A-ZÀ-Þ][\w&’'.-]*[\w’']|[A-Z]\b"
_NAME = (
    rf"(?P<name>(?:The )?(?:{_WORD})(?:(?: (?:of|for|the|and|to|on|without|against|in|des|de|du|&|"
    rf"y))* (?:{_WORD})){{0,7}})"
)
_WORKS = r"documented|recorded|monitored|tracked|registered|verified|surveyed|researched|found"
_DOES = re.compile(rf"\b(?:[Tt]he )?{_NAME} (?:has |have )?(?:also |continued to )?(?:{_WORKS})\b")
_WE_DO = re.compile(
    rf"\b(?:[Ww]e (?:have )?(?:also )?(?:{_WORKS})|"
    r"[Oo]ur (?:data|research|monitoring|findings|researchers))\b"
)
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")
_SPEAKS = r"speaks|spoke|talks|talked|discusses|discussed|interviews|interviewed|sat down|sits down"
_VOICES = (
    r"welcomes?|urges?|calls? (?:up)?on|condemns?|deplores?|delivers? this|appreciates?|reiterates?|"
    r"maintains? its call|"
    r"regrets?|strongly|deeply|remains? (?:deeply )?concerned|is (?:deeply |gravely |seriously "
    r")?(?:concerned|alarmed)|shares? the concern|"
    r"stands? in solidarity|expresses? (?:its|our)|notes? with"
)
_CLUES: tuple[tuple[re.Pattern[str], float], ...] = (
    (re.compile(rf"{_NAME}(?: \([A-Z][\w-]+\))? (?:{_SPEAKS})\b[^.\n]{{0,400}}?\b(?:with|to) "), 2.0),
    (re.compile(rf"{_NAME}(?: \([A-Z][\w-]+\))?,? (?:today )?(?:{_VOICES})\b"), 0.8),
    (re.compile(rf"{_NAME} \([A-Z][\w-]+\),? (?:today )?(?:{_VOICES})\b"), 0.8),
    (re.compile(rf"\bWe at {_NAME}"), 3.0),
    (
        re.compile(
            rf"(?:©|[Cc]opyright|@(?=\s*\d{{4}}))\s*(?:\(c\)\s*)?(?:\d{{4}}(?:\s?[-–]\s?\d{{4}})?,?\s*)"
            rf"?{_NAME}"
        ),
        4.0,
    ),
    (
        re.compile(
            rf"(?:^\W*(?:This \w+ was )?|\b(?:first|originally|[Ff]irst|[Oo]riginally) )[Pp]ublished "
            rf"(?:in|by|on) {_NAME}"
        ),
        3.0,
    ),
    (
        re.compile(rf"^(?!Annual|World|The (?:Annual|World)){_NAME} (?:[Aa]nnual|[Ww]orld)?\s?[Rr]eport\b"),
        3.0,
    ),
    (re.compile(rf"\b[Oo]n behalf of {_NAME}"), 0.8),
    (re.compile(rf"\bsaid [^.,\n]{{3,60}}, [^.\n]{{3,90}}? (?:of|for|at|with) {_NAME}"), 0.5),
    (re.compile(rf"(?:^|\n){_NAME}, c/o "), 4.0),
    (re.compile(rf"\bAbout {_NAME}\s*[:\n]"), 4.0),
    (re.compile(rf"\bfor {_NAME}'s? newsletter"), 2.0),
)
_TITLE = re.compile(rf"\s[|–—]\s{_NAME}(?: - [^|]+)?$")
_OUTLET = re.compile(
    r"\b(?:News|Times|Post|Courier|Dispatch|Chronicle|Observer|Standard|Star|Agency|Guardian|Record|Herald|Tribune|Daily|Online|Press|Media|Journal|Gazette|"
    r"Monitor|Watch|Network|TV|Radio|\w+\.\w+)\b"
)
_AGENCY = re.compile(
    r"^[A-ZÀ-Þ][\w .,/’'()-]{2,50}\((?P<name>Reuters|AP|AFP|ANI|PTI|UNI|IANS|Xinhua|CNN|BBC|TASS|VOA|"
    r"EFE|dpa|DPA|UPI|ANSA)\)\s*[-–—:]"
)
_OWN_DATELINE = re.compile(rf"^[A-ZÀ-Þ]{{3}}[\w .,/’'-]{{0,47}}\({_NAME}\)\s*[-–—:]")
_BODY = re.compile(
    r"\b(?:UN|United Nations|Council|Assembly|Government|Ministry|Minister|President|Court|Committee|"
    r"Commission|Parliament|"
    r"Rapporteur|Commissioner|State|Police|Union|Secretary|Senate|Congress|Party|Mr|Mrs|Ms|Dr|He|She|"
    r"We|It|They|I|This|The|But|"
    r"In|On|As|While|Twitter|Facebook|Instagram|YouTube|WhatsApp|Monday|Tuesday|Wednesday|Thursday|"
    r"Friday|Saturday|Sunday|"
    r"January|February|March|April|May|June|July|August|September|October|November|December)$|^(?:Mr|"
    r"Mrs|Ms|Dr|President|Prime)\b"
)
_SERIES = re.compile(r" (?:World|Annual|Global)$")
_SPOKE = re.compile(rf"\b(?:spoke|talked|speaking|talking) (?:to|with) {_NAME}")
_MONITOR = re.compile(r"\s+(?:Monitor|Watch List|Statement|Report|Newsroom|Staff|Secretariat)$")
_WATCHES = re.compile(r" (?:Monitor|Watch List)$")
"""Ends of an organisation's own name, and of the name of its bulletin."""
_SPOKEN = 2.0
"""Weight up to which a single word must be written in capitals: it may be anybody's surname."""
_LEAST = 1.5
_SURE = 10.0


def publisher(
    kinds: Sequence[BlockKind], lines: Sequence[str], text: str, title: str, page: Iterable[str]
) -> str:
    """The publisher of an item, or an empty string.

    `lines` are the item's paragraphs and `kinds` theirs, `text` the paragraphs of all articles of
    its document, `page` what stands on the page outside its articles.
    """
    votes: dict[str, float] = defaultdict(float)
    head = title_of(kinds)
    stated = (*_stated(lines), *imprints(kinds, lines), *issuers(lines, head), *_first_signer(kinds, lines))
    told = (*stated, *_interviewer(kinds, lines), *_titled(title))
    guest = _guest(kinds, lines)
    for name, weight in (*told, *_page_votes(text, "\n".join(page))):
        bare = name.removeprefix("The ") if name.count(" ") == 1 else name
        cut = _MONITOR.sub("", bare)
        short = (cut if cut == bare or " " not in cut or not _WATCHES.search(bare) else bare).strip(" .,'’")
        if short != guest:
            votes[short] += weight
    for shouted in [n for n in votes if n.isupper() and " " in n]:
        told_small = next((n for n in votes if n.casefold() == shouted.casefold() and n != shouted), None)
        if told_small:
            votes[told_small] += votes.pop(shouted)
    full = _spelled_out(votes, "\n".join(lines))
    for short in full:
        votes[full[short]] += votes.pop(short)
    if not votes:
        votes.update(_working(lines))
    best = sorted(((n, w) for n, w in votes.items() if len(n) > 1), key=lambda v: (-v[1], v[0]))[:1]
    return best[0][0] if best and best[0][1] >= _LEAST else ""


def _is_personal(name: str) -> bool:
    """True for what may be persons and not an organisation: a post before it, or no common word in it."""
    if type_of(name) in PUBLISHING or name.isupper():
        return False
    words = [w for w in name.split() if w[0].isupper() and w != "The"]
    return any(w in POSTED or w in TITLES for w in words) or not any(map(is_common, words))


def _working(lines: Sequence[str]) -> dict[str, float]:
    """The one organisation that does in the third person what 'we' do: 'X documented', 'we documented'."""
    plain = [_QUOTED.sub(" ", w) for w in lines]
    if not any(_WE_DO.search(w) for w in plain):
        return {}
    told = {m["name"].removeprefix("The ") for w in plain for m in _DOES.finditer(w)}
    named = {n for n in told if type_of(n) in PUBLISHING or _WATCHES.search(n)}
    return dict.fromkeys(named, _LEAST) if len(named) == 1 else {}


def _guest(kinds: Sequence[BlockKind], lines: Sequence[str]) -> str:
    """Who is interviewed, or an empty string where nobody is."""
    bylines = [w for k, w in zip(kinds, lines, strict=True) if k is BlockKind.BYLINE]
    return next((p for w in bylines if (p := interviewee(w))), "") if BlockKind.QUESTION in kinds else ""


def _first_signer(kinds: Sequence[BlockKind], lines: Sequence[str]) -> Iterator[tuple[str, float]]:
    """The first of those who sign, if it is an organisation."""
    signed = (w.strip(" *_.,;") for k, w in zip(kinds, lines, strict=True) if k is BlockKind.SIGNATORY)
    first = next(signed, "")
    person, _, office = first.partition(", ")
    first = office if type_of(office) in PUBLISHING and type_of(person) is None else first
    if type_of(first) in PUBLISHING:
        yield first, _LEAST


def _interviewer(kinds: Sequence[BlockKind], lines: Sequence[str]) -> Iterator[tuple[str, float]]:
    """Whom the interviewee spoke to: 'X spoke to Y on 2 August'."""
    guest = _guest(kinds, lines)
    for line in lines[-3:] if guest else ():
        for found in _SPOKE.finditer(line):
            if guest not in found["name"]:
                yield found["name"], 2.0


def _spelled_out(votes: Iterable[str], text: str) -> dict[str, str]:
    """Acronyms among the names that the item spells out: 'Harbour Press Trust (HPT)'."""
    found: dict[str, str] = {}
    for short in votes:
        told = re.search(rf"{_NAME} \({re.escape(short)}\)", text) if short.isupper() else None
        if told:
            words = told["name"].split()
            begin = next((i for i in range(len(words)) if spells(short, words[i:])), None)
            if begin is not None:
                found[short] = " ".join(words[begin:])
    return found


def _stated(lines: Iterable[str]) -> Iterator[tuple[str, float]]:
    for line in lines:
        found = metadata_line(line)
        if found and found[0] in ("publisher", "published by", "site"):
            yield found[1], _SURE * 2
        elif found and found[0] in ("source", "original source"):
            name = re.match(_NAME, found[1])
            if name:
                yield name["name"], _SURE
        elif agency := _AGENCY.match(line):
            yield agency["name"], 2.0
        elif (outlet := _OWN_DATELINE.match(line)) and _OUTLET.search(outlet["name"]):
            yield outlet["name"], 2.0


def _titled(title: str) -> Iterator[tuple[str, float]]:
    if found := _TITLE.search(title):
        yield found["name"], 4.0 if _OUTLET.search(found["name"]) else 1.0


@lru_cache(maxsize=8)
def _page_votes(text: str, page: str) -> tuple[tuple[str, float], ...]:
    """Votes of a whole page: the same for each of its articles."""
    votes: dict[str, float] = defaultdict(float)
    for pattern, weight in _CLUES:
        for line in text.split("\n"):
            for found in pattern.finditer(line):
                name = _SERIES.sub("", found["name"])
                if weight <= _SPOKEN and _is_personal(name):
                    continue
                if not _BODY.search(name) and (weight > _SPOKEN or " " in name or name.isupper()):
                    votes[name] += weight
    for found in _CLUES[-3][0].finditer("\n" + page):
        votes[found["name"]] += 4.0
    for name in votes:
        if len(name) > 3 and re.search(rf"\b{re.escape(name)}\b", page):  # noqa: PLR2004 - initials occur by chance
            votes[name] += 3.0
    return tuple(sorted(votes.items()))
