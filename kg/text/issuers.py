"""Who issues an item, by what its head and first words do: bodies that resolve, mastheads, interviewers.

In: the lines of an item, repaired, and the place of its title. Out: names with weights, which
`kg.text.publishers` adds to the votes of letterheads and running text. A body's name in a head is
mostly the occasion of a statement; only a body that speaks or whose symbol the head bears issues it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.languages.english import HEARS, VOICES
from kg.text.genres import is_press
from kg.text.heads import MARKS, PIECES, is_named, is_reference, type_of
from kg.text.imprints import BODIES, NAME, PUBLISHING, SHORT, capitalised, is_dated, is_letterhead
from kg.text.titles import LABEL, is_menu
from kg.text.wordforms import POSTED, TITLES, is_common

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_RESOLVES = re.compile(
    rf"(?:\d+\.\s*)?The {NAME}{SHORT}(?: \([^)]*\))*,?(?:$| (?:meeting|having|considered|adopted|convened|"
    rf"recalling|examined)\b)"
)
_OWN = re.compile(rf"{NAME} (?i:resolution|decision|recommendation|opinion) (?:of|on|No)\b")
_DEPARTMENT = re.compile(
    rf"(?i:registry|registrar|secretariat|press (?:office|service|unit)|office|presidency) of the {NAME}\W*$"
)
_HEARS = re.compile(rf"(?:{HEARS}) (?:the )?{NAME}")
_TALKS = re.compile(rf"{NAME} (?:interviews?|(?:in )?conversation|talks?|speaks?) (?:with|to)\b")
_OFFICER = re.compile(rf"\bsaid [^.,“”]{{3,60}}, [^.“”]{{3,60}}? (?:of|at|for|with) (?:the )?{NAME}")
_PRESSES = re.compile(rf"(?:^|[–—-] )The {NAME} \([A-Z][\w&/-]{{1,12}}\)")
_VOICE = re.compile(
    rf"(?:^|[–—-] |[.”\"] )(?:The (?:\w+ Secretariat of )?)?{NAME}{SHORT},? (?:today |also )?(?:{VOICES})\b"
)
_FIRST, _LEAD, _FOOT = 14, 4, 6
_SHORT_LINE = 150
_SURE, _TOLD, _LIKELY, _LONE = 5.0, 4.0, 3.0, 2.0


def issuers(lines: Sequence[str], title: int) -> Iterator[tuple[str, float]]:
    """Names of those who issue the item, with weights."""
    plain = [w.strip(MARKS) for w in lines]
    head = [w for w in plain[: title + _LEAD] if len(w) < _SHORT_LINE]
    yield from _resolving(plain, title)
    yield from _bodies(plain, title, head)
    yield from _masthead(plain, title)
    yield from _hearing(head)
    yield from _voices(plain[title + 1 :])


def _resolving(lines: Sequence[str], title: int) -> Iterator[tuple[str, float]]:
    """'The Committee against X considered ...', 'The European Parliament,', 'Registry of the Court of X'."""
    for line in lines[:_FIRST]:
        found = _RESOLVES.match(line)
        if found and " " in found["name"] and type_of(found["name"]) in BODIES:
            yield found["name"], _SURE
    for line in lines[title : title + 2]:
        if (found := _OWN.match(line)) and type_of(found["name"]) in BODIES:
            yield found["name"], _TOLD
    for line in lines[-_FOOT:]:
        if (found := _DEPARTMENT.match(line)) and type_of(found["name"]) in BODIES:
            yield found["name"], _SURE


def _bodies(lines: Sequence[str], title: int, head: Sequence[str]) -> Iterator[tuple[str, float]]:
    """The body whose symbol the head bears; the body of a press release; an authority above its title."""
    above = [w for w in lines[:title] if type_of(w) in BODIES and " " in w]
    symbols = any(is_reference(w) for w in head)
    if above and symbols:
        yield above[-1], _LIKELY
    pressed = any(is_press(p) for w in lines for p in PIECES.split(w))
    for line in lines[title + 1 :] if pressed else ():
        officer, body = _OFFICER.search(line), _PRESSES.search(line[:_SHORT_LINE])
        if officer and _owns(officer["name"], lines):
            yield officer["name"], _LONE
        elif body and type_of(body["name"]) in BODIES:
            yield body["name"], _LONE
    for place, line in enumerate(lines[:title]):
        kind = type_of(line)
        if (pressed and kind in BODIES) or (place == 0 and kind == "StateBody"):
            yield line, _LONE


def _owns(name: str, lines: Sequence[str]) -> bool:
    """True for an organisation whose officer speaks in a press release: told by its kind, or told twice."""
    kind = type_of(name)
    again = sum(name in w for w in lines) > 1 and " " in name and is_named(name)
    return kind in PUBLISHING or (kind is None and again)


def _masthead(lines: Sequence[str], title: int) -> Iterator[tuple[str, float]]:
    """The name of the site above the title: 'Notes from X', 'Y » Statements'."""
    if not title:
        return
    first = PIECES.split(lines[0])
    rest = [LABEL.fullmatch(p) or is_dated(p) or type_of(p) == "Country" for p in first[1:]]
    if not all(rest) and not is_letterhead(first[0]):
        return
    name = first[0].strip()
    if name.isupper() and " " in name and any(is_menu(w) for w in lines[1:title]):
        yield capitalised(name), _LONE
    barred = LABEL.fullmatch(name) or is_menu(name) or is_reference(name) or type_of(name) in _NO_SITE
    if is_named(name) and not barred and not name.isupper():
        yield name, _LONE


_NO_SITE = frozenset({"Event", "Instrument", "Place", "Country", "Person"}) | BODIES


def _may_ask(name: str) -> bool:
    """True for a name that may be a site's: some common word in it, no body, no holder of a post."""
    words = name.split()
    posted = any(w in POSTED or w in TITLES for w in words)
    return is_named(name) and not posted and type_of(name) not in _NO_SITE and any(map(is_common, words))


def _hearing(head: Sequence[str]) -> Iterator[tuple[str, float]]:
    """Who interviews or takes a testimony: 'Interviewed by X', 'as told to X', 'Y tells X about Z'."""
    for line in head:
        if (found := _TALKS.match(line)) and _may_ask(found["name"]):
            yield found["name"], _LONE
        if found := _HEARS.search(line):
            yield found["name"].split(" in ")[0], _TOLD if " " in found["name"] else _LONE


def _voices(lines: Sequence[str]) -> Iterator[tuple[str, float]]:
    """An organisation that speaks in its own name at once: 'X condemns the arrest of'."""
    for line in lines[: _LEAD + 2]:
        found = _VOICE.search(line[: 2 * _SHORT_LINE])
        if found and (type_of(found["name"]) in PUBLISHING or found["short"]):
            yield found["name"], _LONE
            return
