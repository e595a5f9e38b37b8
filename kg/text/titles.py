"""The title of an item, and what stands above and around it: labels, references, front matter, furniture."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.languages.english import BOILERPLATE, FUNCTION_WORDS, LABELS, META, PHOTO_CREDIT, STATED
from kg.text.heads import (
    divides_name,
    is_address,
    is_delivery,
    is_headline,
    is_masthead,
    is_reference,
    is_series,
    type_of,
)
from kg.text.imprints import DOCUMENT_OF, PLACING, is_dated, is_letterhead, is_occasion

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.text.layout import Line

_META = re.compile(rf"[*_]*{META}[*_]*\s*:[*_]*\s*(?P<value>\S.*)", re.IGNORECASE)
_PHOTO = re.compile(PHOTO_CREDIT)
_BOILERPLATE = re.compile(BOILERPLATE, re.IGNORECASE)
LABEL = re.compile(LABELS, re.IGNORECASE)
_STATED = re.compile(STATED, re.IGNORECASE)
_REFERENCE = re.compile(
    r"(?:ref(?:erence)?|index|doc(?:ument)?|no|nr)\b\W*[A-Z]{0,4}\W*\d|(?:AI Index|GE\.\s?\d|Distr\.|"
    r"Original:|Agenda item|United Nations\b.{0,12}[A-Z]/|A/HRC|E/CN|CCPR|CAT/)",
    re.IGNORECASE,
)
_SUBJECT = re.compile(r"(?:(?:re|subject|subj|concerning|concerns)\s*:\s*)(?=\S)", re.IGNORECASE)
_SALUTES = re.compile(r"(?:Dear|To|Your Excellency|Excellenc(?:y|ies)|Attn|Via|By (?:e-?mail|fax))\b")
_NAVIGATES = re.compile(r"\s(?:[>»›→]|[|·•])\s|\s{3,}|\s/\s")
"""What stands between the links of a menu, or the steps of a path to a page."""
_BUTTONS = re.compile(r"\[[A-Z][^\[\]]{1,40}\]")
_DASHES = re.compile(r"\s*(?:\s[–—|-]\s|:\s|,\s)\s*")
_PIECES = re.compile(r"\s[–—|·•-]\s|,\s(?=[\w-]+ (?:regular |special )?session\b)", re.IGNORECASE)
_SMALL = re.compile(r"(?:check against delivery|"
                    r"[\w-]+ cycle of the (?:universal periodic review|upr)\b.*|"
                    r".{3,40}, (?:no|nr|issue|vol)\W{1,2}\d+|"
                    r"\d{1,3}(?:st|nd|rd|th) (?:regular |special |upr )?(?:session|cycle)\b.*|"
                    r"(?:agenda )?item \d+\b.*|page \d+.*|\W*)\W*", re.IGNORECASE)  # fmt: skip
"""Lines of a head that tell the occasion, or nothing."""
_AGENDA = re.compile(r"agenda item \d+\W*$", re.IGNORECASE)
_DOCUMENT = re.compile(r"\b(?:SUBMISSION|STATEMENT|LETTER|APPEAL|RESOLUTION|PERIODIC REVIEW)\b")
"""What tells a document in capitals, not a site."""
_BY = re.compile(r"\bby\s*:$", re.IGNORECASE)
"""How a line ends whose names stand on the lines below it."""
_NAMES_TITLE = ("title", "headline")
_KEY = re.compile(
    r"[*_]*(?:title|headline|re|subject|subj)[*_]*\s*:[*_]*\s*(?:(?:fwd?|re|aw|fw)\s*:\s*)*[\"'“]?(?=\S)",
    re.IGNORECASE,
)
_LONGEST_SCRAP = 40
_MOST_ABOVE = 13
_RUNNING = 150
_LINK, _LINKS = 5, 2
"""Words of a link at most; a menu has more links than this, or as many and marks around them."""
_BANNER, _HEADLINE = 7, 5
_LEAST_TITLE = 3


_WORD = re.compile(r"\w+")
_LONGEST_META = 300
_LONGEST_TITLE = 300
_FEW = 14


def is_furniture(words: str) -> bool:
    """True for contacts, links, credits and the like."""
    if len(words) > _LONGEST_META:
        return False
    return _BOILERPLATE.match(words) is not None or _PHOTO.search(words) is not None


def metadata_line(words: str) -> tuple[str, str] | None:
    """Key and value of a line of front matter."""
    found = _META.fullmatch(words) if len(words) < _LONGEST_META else None
    return (found["key"].casefold(), found["value"].strip("*_ \"'")) if found else None


def title_place(words: Sequence[str], parts: Sequence[Line]) -> int:
    """The place of the title: the first heading of the first level, else the first line that can be one.

    A line that only tells the kind of document, its date, its reference or who writes stands above
    a title where a line that can be one follows; else it is the title itself.
    """
    marked = next((i for i, p in enumerate(parts[:_FEW]) if p.level == 1), None)
    if marked is not None and not LABEL.fullmatch(words[marked]):
        return marked
    plain = [i for i, w in enumerate(words[:_FEW]) if not metadata_line(w) and not is_furniture(w)]
    subject = next((i for i in plain if _SUBJECT.match(words[i])), None)
    if subject is not None and any(_SALUTES.match(w) for w in words[subject : subject + _FEW]):
        return subject
    if plain and not _can_be_title(words[plain[0]]):
        stated = (
            i for i, w in enumerate(words[:_FEW]) if (found := metadata_line(w)) and found[0] in _NAMES_TITLE
        )
        if (named := next(stated, None)) is not None:
            return named
    first = plain[0] if plain else 0
    told = (n for n, i in enumerate(plain) if DOCUMENT_OF.match(words[i]) and not words[i].endswith(":"))
    place = next(told, 0)
    if place and all(_is_above_title(words[i]) or _is_scrap(words[i]) for i in plain[:place]):
        return plain[place]
    above = _above(words, parts, plain)
    titled = above < len(plain) and above < _MOST_ABOVE and _can_be_title(words[plain[above]])
    rest = [i for i in plain if i not in _listed(words, parts, plain)]
    return plain[above] if titled else _next_best(words, rest or plain, first)


def _next_best(words: Sequence[str], plain: Sequence[int], first: int) -> int:
    """The title of a head where every line looks like something else: the one that is least so."""
    if not (_is_above_title(words[first]) or is_menu(words[first]) or type_of(words[first]) == "Country"):
        return first
    head = _head(words, plain)
    able = [i for i in head if _can_be_title(words[i]) and not is_menu(words[i]) and not is_dated(words[i])]
    free = [i for i in able if not _is_above_title(words[i]) and not is_delivery(words[i])]
    meeting = [i for i in able if _SMALL.fullmatch(words[i]) or is_occasion(words[i])]
    long = [i for i in meeting if len(_WORD.findall(words[i])) >= _HEADLINE and not is_reference(words[i])]
    country = [i for i in head if type_of(words[i]) == "Country"]
    return (free or long or country or [first])[0]


def _head(words: Sequence[str], plain: Sequence[int]) -> list[int]:
    """The lines before the running text."""
    found: list[int] = []
    for i in plain[: _MOST_ABOVE + _LEAST_TITLE]:
        if len(words[i]) > _RUNNING or (words[i][-1] in ".?!" and len(words[i]) > _RUNNING // 3):
            break
        found.append(i)
    return found


def _above(words: Sequence[str], parts: Sequence[Line], plain: Sequence[int]) -> int:
    """How many of the first lines stand above the title; a menu among them takes all before it with it."""
    head = [i for n, i in enumerate(plain) if n < _MOST_ABOVE and len(words[i]) < _RUNNING]
    menus = [n for n, i in enumerate(head) if is_menu(words[i])]
    above = menus[-1] + 1 if menus else 0
    listed = _listed(words, parts, plain)
    while above < len(plain):
        here = plain[above]
        joined = above > 0 and here == plain[above - 1] + 1 and not parts[here].spaced
        goes_on = joined and (_unfinished(words[here - 1]) or _AGENDA.match(words[here - 1]) is not None)
        if not (
            goes_on or here in listed or _is_above_title(words[here]) or _is_banner(words, plain, above)
            or _is_site(words, parts, plain, above) or _is_kicker(words, plain, above)
        ):  # fmt: skip
            break
        above += 1
    return above


def _listed(words: Sequence[str], parts: Sequence[Line], plain: Sequence[int]) -> set[int]:
    """Lines that end in 'by:', and the names below them."""
    found: set[int] = set()
    for i in plain[:_MOST_ABOVE]:
        follows = i - 1 in found and (_BY.search(words[i - 1]) is not None or not parts[i].spaced)
        if follows or _BY.search(words[i]):
            found.add(i)
    return found


def _unfinished(words: str) -> bool:
    """True for a line that breaks off: it ends in a comma or in a small word."""
    return words.endswith(",") or words.rsplit(maxsplit=1)[-1] in FUNCTION_WORDS


def is_broken(title: str, here: Line, below: Line, words: str) -> bool:
    """True where a title goes on in the line below it."""
    if below.spaced or below.bullet or below.level or here.level or len(title) + len(words) > _LONGEST_TITLE:
        return False
    split_name = divides_name(title, words)
    return _unfinished(title) or title[-1] in "–—-:" or words[0].islower() or split_name


def _is_site(words: Sequence[str], parts: Sequence[Line], plain: Sequence[int], place: int) -> bool:
    """True for the name of a site above a headline, and for what a site says of itself below its name."""
    below = [i for i in _head(words, plain) if i > plain[place]]
    spaced = [words[i] for i in below if parts[i].spaced and _can_be_title(words[i])]
    lines = [w for w in spaced if not _is_above_title(w) and not is_menu(w) and not is_furniture(w)]
    here = words[plain[place]]
    if place == 0:
        able = [words[i] for i in below if _can_be_title(words[i]) and not is_menu(words[i])]
        rest = [w for w in able if not _is_above_title(w)]
        return is_masthead(here, rest[:1] if parts[plain[0]].level == 0 else ())
    tagline = not parts[plain[place]].spaced and place == 1 and len(here) < _LONGEST_SCRAP
    return tagline and bool(lines) and is_masthead(words[plain[0]], lines[:1])


def _is_kicker(words: Sequence[str], plain: Sequence[int], place: int) -> bool:
    """True for what stands small above a headline: a country, 'Interview | Prisons'."""
    below = (words[i] for i in _head(words, plain) if i > plain[place])
    here = words[plain[place]]
    pieces = here.split(" | ")
    kind = len(pieces) > 1 and len(_WORD.findall(here)) < _BANNER and LABEL.fullmatch(pieces[0].strip())
    return bool(kind or type_of(here) == "Country") and any(
        is_headline(w) and _can_be_title(w) and not _is_above_title(w) and not is_menu(w) for w in below
    )


def is_menu(words: str) -> bool:
    """True for the links of a page, or the path that leads to it: 'Home > News > Africa'."""
    if len(words) > _RUNNING:
        return False
    if not _BUTTONS.sub("", words).strip():
        return True
    links = _BUTTONS.sub(" | ", words)
    marks = len(_NAVIGATES.findall(links))
    parts = [p for p in _NAVIGATES.split(links) if p.strip(" |")]
    if len(parts) < _LINKS or any(len(_WORD.findall(p)) > _LINK for p in parts):
        return False
    if len(parts) > _LINKS:
        return marks > 0
    steps = any(mark in words for mark in "»›>") and LABEL.fullmatch(parts[-1].strip()) is not None
    return steps or marks >= _LINKS


def _is_banner(words: Sequence[str], plain: Sequence[int], place: int) -> bool:
    """True for a site, series or country in capitals, where a headline in running letters follows."""
    here = _DASHES.split(words[plain[place]])[0]
    count = len(_WORD.findall(words[plain[place]]))
    placed = here.split()[0].casefold() in PLACING
    few = count <= _HEADLINE or (count <= _BANNER and (placed or type_of(here) is not None))
    if not here.isupper() or not few or _DOCUMENT.search(here):
        return False
    later = (words[i] for i in plain[place + 1 : place + 1 + _MOST_ABOVE])
    return any(
        len(w) < _RUNNING and len(_WORD.findall(w)) >= _HEADLINE and not w.isupper() and _can_be_title(w)
        and not _is_above_title(w) and not is_menu(w)
        for w in later
    )  # fmt: skip


def key_length(words: str) -> int:
    """How much of a title line is the key before it: 'Title:', 'Re:'."""
    found = _KEY.match(words)
    return found.end() if found else 0


def _is_above_title(words: str) -> bool:
    """True for a line that stands above a title: kind of document, date, reference, letterhead, occasion."""
    pieces = _DASHES.split(words)
    return (
        all(LABEL.fullmatch(part) for part in pieces)
        or _is_headed(words)
        or _STATED.match(words) is not None
        or _SMALL.fullmatch(words) is not None
        or _REFERENCE.match(words) is not None
        or is_reference(words)
        or is_address(words)
        or is_delivery(words)
        or is_dated(words)
        or is_letterhead(words)
        or is_occasion(words)
    )


def _is_headed(words: str) -> bool:
    """True for a line in pieces that tell who, where, in which series or as what, and no more."""
    pieces = _PIECES.split(words)
    told = [bool(LABEL.fullmatch(p) or _SMALL.fullmatch(p)) or is_series(p) for p in pieces]
    named = (is_letterhead(p) or is_occasion(p) for p in pieces)
    return len(pieces) > 1 and any(told) and all(t or n for t, n in zip(told, named, strict=True))


def _is_scrap(words: str) -> bool:
    """True for a piece of a printed head: 'UNITED', 'Distr. GENERAL'."""
    count = len(_WORD.findall(words))
    return count <= _LEAST_TITLE or (words.isupper() and count <= _HEADLINE and len(words) < _LONGEST_SCRAP)


def _can_be_title(words: str) -> bool:
    """True for a line that can be a title below a letterhead: some words that don't address or run on."""
    few = len(_WORD.findall(words)) < _LEAST_TITLE
    return not (
        few or len(words) > _LONGEST_TITLE or words.endswith((".", ",", ";", ":")) or _SALUTES.match(words)
    )
