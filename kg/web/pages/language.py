"""The language of the interface: which one a reader wants, and what it says for each English text.

In: the request. Out: texts. The catalogue is `kg/web/translations.tsv`, a column a language; a
text without a translation stays English, and a test finds it.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from flask import g, request

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE = Path(__file__).parents[1] / "translations.tsv"
NAMES = {"en": "English", "fr": "Français", "es": "Español"}
COOKIE = "language"


def language() -> str:
    """The reader's language: asked for in the address, kept in the cookie, or wished for by the browser."""
    if "language" not in g:
        g.language = _wished()
    return str(g.language)


def _wished() -> str:
    for wanted in (request.args.get("lang"), request.cookies.get(COOKIE)):
        if wanted in NAMES:
            return wanted
    return request.accept_languages.best_match(list(NAMES)) or "en"


@cache
def catalogue(wanted: str) -> Mapping[str, str]:
    """The translations into a language, by the English text."""
    lines = [line for line in FILE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    names = lines[0].split("\t")
    place = names.index(wanted)
    rows = (line.split("\t") for line in lines[1:])
    return {row[0]: row[place] for row in rows}


def said(text: str, **values: object) -> str:
    """A text of the interface in the reader's language, with values put in."""
    found = catalogue(language()).get(text, text)
    return found.format(**values) if values else found


def number(count: int) -> str:
    """A whole number as the reader's language groups it."""
    mark = {"en": ",", "fr": "\u202f", "es": "\u00a0"}[language()]
    return f"{count:,}".replace(",", mark)
