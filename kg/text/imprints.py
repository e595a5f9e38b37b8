"""Who publishes or delivers an item, by the lines at its head and foot: letterhead, imprint, byline.

In: the short lines above and below the running text, repaired. Out: names with weights, which
`kg.text.publishers` adds to the votes of the running text. A line that says in so many words who
publishes counts most, a lone name of an organisation least; bodies that a letter addresses and
sessions that a statement is made in are no publishers.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.languages.english import CLOSES_LETTER, SMALL_WORDS
from kg.text.calendar import expressions
from kg.text.heads import MARKS, is_known, title_of, type_of
from kg.text.kinds import kinds
from kg.text.listing import several
from kg.text.places import city_country
from kg.text.wordforms import TITLES, is_common
from kg.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.model import BlockKind

WORD = r"(?:[A-ZÀ-ÞĀ-Ž][\w&’'.-]*[\w’']|[A-ZÀ-Þ]\b|[’'](?=s ))"
JOINED = r"(?: (?:of|for|the|and|to|on|in|without|against|des|de|du|del|la|los|das|dos|do|da|y|e|&|et))*"
NAME = rf"(?P<name>(?:The )?{WORD}(?:{JOINED} {WORD}){{0,9}})"
SHORT = r"(?: ?\((?P<short>[A-Z][\w&/. -]{1,20})\))?"
_DOCUMENT = (
    r"report|statement|submission|briefing|letter|declaration|article|analysis|resolution|communiqu[eé]|"
    r"press release|news release|paper|testimony|appeal|assessment|review|update|contribution|note(?!s)|brief"
)
_SAID = (
    r"published|issued|released|submitted|prepared|delivered|adopted|presented|produced|compiled|written|"
    r"drafted|made|sent|signed|circulated|read"
)
_BY = re.compile(
    rf"(?i:\b(?:{_SAID})(?: \w+){{0,2}}? by|\bon behalf of|^(?:(?:an?|the) )?(?:[\w-]+ )"
    rf"{{0,3}}?(?:{_DOCUMENT})s? "
    rf"(?:of|by|from)):? (?:the )?{NAME}{SHORT}"
)
_BY_BELOW = re.compile(
    rf"(?i:(?:[\w-]+ ){{0,3}}?(?:{_SAID}|{_DOCUMENT})"
    rf"(?: jointly)? (?:by|of|on behalf of)(?: the following .{{3,40}})?)\s*:?\W*"
)
"""A line that announces who issues the document: his name stands on the line below it."""
DOCUMENT_OF = re.compile(
    rf"(?:(?:an?|the|joint|oral|written) )*(?:{_DOCUMENT}) (?:of|by|from)\b", re.IGNORECASE
)
_DOCUMENT_OPENS = re.compile(
    rf"(?:(?:an?|the|joint|oral|written|annual|special) )*(?:{_DOCUMENT})\b", re.IGNORECASE
)
_OPENS = re.compile(rf"(?:(?:this|jointly|first|originally) )*(?:{_SAID}|on behalf)\b", re.IGNORECASE)
_OFFICE = re.compile(rf",? (?:[a-z-]+ )*?(?:of|at|for|from) (?:the )?{NAME}{SHORT}")
_BESIDE = re.compile(rf"[^,;]{{0,40}}, (?:the )?{NAME}{SHORT}")
_THIS = re.compile(
    rf"(?:\d+(?:\.\d+)*\.?\s+)?(?i:(?:this|the present) (?:[\w-]+ ){{0,2}}?(?:{_DOCUMENT})"
    rf" (?:is|was|has been) (?:\w+ ){{0,2}}?(?:{_SAID}|(?:{_DOCUMENT}))(?: \w+)? (?:by|of)) .{{3,200}}"
)
"""'This submission was prepared by X and Y' in the running text."""
_BEHALF = re.compile(rf"\bon behalf of (?:the )?{NAME}{SHORT}")
_FIELD = re.compile(
    r" on (?:the )?[a-z][a-z’, -]*?(?=,? on (?:his|her|its|their)\b| (?:to|in) [A-Z]|[;(*]|,? [A-Z]|$)"
)
"""What a mandate is about: 'on the human rights of migrants'."""
_DATED = re.compile(rf"{NAME}{SHORT}\s*(?:[,|·•–—-]|on)\s*(?P<rest>.{{4,40}})$")
_BYLINE = re.compile(
    rf"(?:[Bb]y|BY|Author:|Story by|Words by) (?:{WORD} ?){{2,4}}(?:,|\||–|—| - | for| in|/)\s*(?:for )"
    rf"?(?:the )?{NAME}"
)
_BARE = re.compile(rf"(?:The )?{NAME}{SHORT}[.,]?$")
_LISTED = re.compile(rf"(?:[Tt]he )?{NAME}{SHORT}(?:[.,;]?$|[,;]| and )")
_LED = re.compile(rf"{NAME}{SHORT},? (?:and|together with|joined by|with) (?:the|\d+|other|its|several|"
                  rf"our)\b[^.]*?\b"
                  r"(?:undersigned|signator|organi[sz]ations|groups|NGOs|partners|members)")  # fmt: skip
_ABOUT = re.compile(
    rf"{NAME}{SHORT},? (?:is an? |was (?:founded|established|set up|created) |works (?:in|to|for|with) |"
    rf"has (?:worked|been working) )"
)
_TO = re.compile(r"(?:To|Attn|Attention|c/o|cc|Cc|CC|Dear|H\.?E|His Excellency|Her Excellency)\b|.*:$")
_CLOSES = re.compile(CLOSES_LETTER, re.IGNORECASE)
_SESSION = re.compile(r"(?:[\w-]+|\d+(?:st|nd|rd|th)) session|Item \d+\b.{0,60}|[Gg]eneral debate.{0,60}")
_RUNNING = 150
_LONGEST_PLACE = 30
_BANNER = 7
PLACING = frozenset({"in", "at", "before", "on", "to", "for", "from"})
"""How a line begins that tells where, not who: 'IN THE HIGH COURT', 'AT ARUSHA'."""
_TAGLINE = re.compile(r"\s[–—|·-]\s")
_LONGEST_PERSON = 3
_OFFICERS = frozenset({"Registrar", "Registry", "Secretariat", "Spokesperson", "Chair", "President"})
_HEAD = 9
_FOOT = 7
PUBLISHING = frozenset({"CivilSocietyOrganisation", "MediaOutlet", "PoliticalParty", "Company"})
BODIES = frozenset({"StateBody", "IntergovernmentalBody", "Mechanism", "StateGroup"})
_SURE, _TOLD, _LIKELY, _LONE = 6.0, 4.0, 3.0, 2.0


def imprints(kinds_: Sequence[BlockKind], lines: Sequence[str]) -> Iterator[tuple[str, float]]:
    """Names that head and foot tell, with weights."""
    title = title_of(kinds_)
    running = next((i for i in range(title + 1, len(lines)) if _runs(lines[i])), len(lines))
    top = enumerate(lines[: min(running, _HEAD + title)])
    head = [w.strip(MARKS) for i, w in top if i != title or is_letterhead(w)]
    foot = [w.strip(MARKS) for w in lines[max(running, len(lines) - _FOOT) :] if len(w) < 2 * _RUNNING]
    yield from _told(head, _SURE, lines)
    yield from _told([w for w in lines[title : title + 1] if DOCUMENT_OF.match(w)], _TOLD, lines)
    yield from _told([w for w in foot if _BY.match(w) and _OPENS.match(w)], _TOLD, lines)
    yield from _letterhead(head)
    yield from _banner(lines[:title], lines)
    yield from _signed(foot)
    made = (_THIS.match(w) for w in lines[running : running + _HEAD])
    yield from _told([m[0] for m in made if m], _TOLD, lines)
    for line in lines[running : running + 2]:
        if found := _LED.match(line):
            yield _full(found), _LIKELY
    for line in lines[-2:]:
        found = _ABOUT.match(line.strip(MARKS))
        if found and found["name"] and (_is(found["name"], PUBLISHING) or found["name"].isupper()):
            yield _full(found), _LONE


def is_letterhead(line: str) -> bool:
    """True for a line that is the name of an organisation and nothing else."""
    found = _BARE.fullmatch(line.strip(MARKS))
    if not found or DOCUMENT_OF.match(line.strip(MARKS)):
        return False
    name = found["name"].removeprefix("The ")
    return _is(name, PUBLISHING) or (found["short"] is not None and not _is(name, frozenset({"Event"})))


def is_occasion(line: str) -> bool:
    """True for a line that is the name of a body or session and nothing else: 'Human Rights Council'."""
    plain = line.strip(MARKS)
    found = _BARE.fullmatch(plain) if not _DOCUMENT_OPENS.match(plain) else None
    named = found is not None and _is(found["name"].removeprefix("The "), BODIES | {"Event", "Instrument"})
    known = "," in plain and is_known(plain) and _is(plain, BODIES)
    return named or known or _SESSION.fullmatch(plain) is not None


def is_dated(line: str) -> bool:
    """True for a line that is a date, with a place before it at most: 'Geneva, 3 May 2020'."""
    plain = line.strip(MARKS)
    found = next((e for e in expressions(plain) if e.year and e.month), None)
    return (
        found is not None
        and len(plain) - (found.end - found.start) < _LONGEST_PLACE
        and found.end > len(plain) - _FOOT
        and not (_DOCUMENT_OPENS.match(plain) and re.search(r"\b(?:for|to)\b", plain))
    )


def _runs(line: str) -> bool:
    """True for a line of running text."""
    return len(line) > _RUNNING or (line.rstrip("*_ ")[-1:] in ".?!" and len(line) > _RUNNING // 3)


def _full(found: re.Match[str]) -> str:
    """The first of the names that were matched, without what is no part of it."""
    name = found["name"].removeprefix("The ") if found["name"].count(" ") > 1 else found["name"]
    parts = several(re.sub(r"(?<=\w)([,;])", r" \1", name).split(), kinds(vocabulary()))
    return " ".join(parts[0]) if parts else name


def _is(name: str, types: frozenset[str]) -> bool:
    return type_of(name) in types


def _told(lines: Sequence[str], weight: float, text: Sequence[str]) -> Iterator[tuple[str, float]]:
    """'Submitted by X', 'Annual report of X', 'Statement by Y, director of X', 'Delivered by: Y / X'."""
    for place, line in enumerate(lines):
        found = _BY.search(line)
        if _BY_BELOW.fullmatch(line) and place + 1 < len(lines):
            below = _LISTED.match(lines[place + 1].strip(MARKS))
            if below and not _is(below["name"], frozenset({"Event", "Instrument"})):
                yield _as_written(_full(below), text), weight
            continue
        if not found or not found["name"][0].isupper():
            continue
        name = _full(found)
        titled, kind = name.split()[0] in TITLES | _OFFICERS, type_of(name)
        if titled or kind not in PUBLISHING | BODIES:
            office = _OFFICE.match(line, found.end()) or _BEHALF.search(line, found.end())
            below = _BARE.fullmatch(lines[place + 1]) if place + 1 < len(lines) else None
            beside = _BESIDE.match(line, found.end())
            if not office and beside and _is(beside["name"], PUBLISHING | BODIES):
                office = beside
            stated = office or (below if below and _is(below["name"], PUBLISHING) else None)
            if stated:
                yield _full(stated), weight
                continue
        generic = " " not in name and (kind in BODIES or is_common(name))
        common = generic or (not kind and "estimony" in found[0])
        if not titled and not common and kind not in ("Event", "Instrument"):
            field = (
                _FIELD.match(line, found.end())
                if kind == "Mechanism" and type_of(name.rsplit(maxsplit=1)[-1]) != "Country"
                else None
            )
            yield name + (field[0] if field else ""), weight if kind or not _person(name) else _LONE / 2


def _person(name: str) -> bool:
    """True for what may be a person's name: a few words that no dictionary holds."""
    words = name.split()
    return 1 < len(words) <= _LONGEST_PERSON and not any(is_common(w) for w in words) and not name.isupper()


def _letterhead(lines: Sequence[str]) -> Iterator[tuple[str, float]]:
    """'X, 3 May 2020', 'By Y, X', and the lone name of an organisation that nobody addresses."""
    addressed, alone = False, True
    for whole in lines:
        line = whole.split(". ")[0]  # 'X, 3 May 2020. The talk has been shortened.'
        if _TO.match(line):
            addressed = True
            continue
        if found := _BYLINE.match(line):
            if not city_country(_full(found)):
                yield _full(found), _TOLD
        elif (found := _DATED.match(line)) and _is_date(found["rest"]):
            name = _full(found)
            plain = not city_country(name) and not _is(name, BODIES | {"Place", "Event", "Instrument"})
            if _is(name, PUBLISHING) or (plain and " " in name and not _place(line)):
                yield name, _LIKELY
        elif (found := _BARE.fullmatch(line)) and not addressed:
            name = _full(found)
            named = _is(name, PUBLISHING) and not (name.isupper() and " " in name)
            if named or (found["short"] and not _is(name, BODIES | {"Event"})):
                yield name, (_LIKELY if found["short"] else _LONE) - (0 if alone else _LONE)
                alone = alone and not named


def _banner(above: Sequence[str], lines: Sequence[str]) -> Iterator[tuple[str, float]]:
    """A name in capitals above the title: 'OPEN SHORE MONITOR', 'NATIONAL COMMISSION ON X'."""
    for line in above:
        first = _TAGLINE.split(line.strip(MARKS))[0]
        placed = first.split()[0].casefold() in PLACING if first else True
        if placed or not first.isupper() or not 1 < len(first.split()) <= _BANNER or _TO.match(line):
            continue
        told = [m[0] for w in lines if (m := re.search(re.escape(first), w, re.IGNORECASE))]
        name = _as_written(first, lines)
        known = kinds(vocabulary()).of(name.split())
        if city_country(name) or (known and known[0] not in PUBLISHING and known[1] == name):
            continue
        if known or len(told) > 1 or not all(is_common(w) for w in first.split()):
            yield name, _LONE


def _as_written(name: str, lines: Sequence[str]) -> str:
    """A name in capitals as the text writes it elsewhere, else with capitals where names have them."""
    if not name.isupper() or " " not in name:
        return name
    told = (m[0] for w in lines if (m := re.search(re.escape(name), w, re.IGNORECASE)))
    return next((t for t in told if not t.isupper()), capitalised(name))


def capitalised(name: str) -> str:
    """A name in capitals, written as names are."""
    return " ".join(w if w in SMALL_WORDS else w.capitalize() for w in name.lower().split())


def _signed(lines: Sequence[str]) -> Iterator[tuple[str, float]]:
    """The organisation under a signature: below 'Yours sincerely' or a person's post."""
    closed = False
    for line in lines:
        closed = closed or _CLOSES.match(line) is not None
        found = _BARE.fullmatch(line)
        if closed and found and _is(_full(found), PUBLISHING):
            yield _full(found), _TOLD
            return


def _is_date(words: str) -> bool:
    """True for a date to the month at least, and hardly anything else."""
    return any(e.year and e.month and e.end - e.start > len(words) - _FOOT for e in expressions(words))


def _place(line: str) -> bool:
    """True for 'New York, 3 May 2020': a place, all common or known words."""
    first = re.split(r"[,(]", line)[0].strip()
    return city_country(first) is not None or all(is_common(w) for w in first.split())
