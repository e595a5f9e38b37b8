"""What people read: one module a page, one blueprint over them all.

Pages are made on the server and work without script; scripts in `static/` add to them what
needs one. Addresses hold the whole state. What pages say of a thing always comes with who
says so and how it stands (asserted, alleged, denied, ...), and what is inferred is marked so.
"""

from __future__ import annotations

import gzip
import re
from itertools import groupby
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from flask import Blueprint, Response, request
from markupsafe import Markup, escape

from kg.web.marking import Mark, marked
from kg.web.negotiation import encoding
from kg.web.pages import ask, briefs, charts, documents, facts, graphs, home, named_graphs, ontology, things
from kg.web.pages.language import COOKIE, NAMES, language, number, said
from kg.web.pages.links import facts as facts_address
from kg.web.pages.links import here, label, page
from kg.web.pages.markup import markup
from kg.web.pages.snapshot import local

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.web.pages.asking import Row

pages = Blueprint("pages", __name__)
for module in (home, facts, things, documents, ask, ontology, graphs, named_graphs, briefs):
    pages.register_blueprint(module.blueprint)

_SPACE = re.compile(r"\s+")
_YEAR = 365 * 24 * 3600
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'{styles}; img-src 'self' data:; "
    "font-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
)
_EDITOR = ("/sparql",)
"""Pages with the query editor, which writes its column widths into a style element."""


@pages.app_context_processor
def _for_templates() -> dict[str, object]:
    return {
        "_": said,
        "facts_address": facts_address,
        "here": here,
        "label": label,
        "lang": language(),
        "languages": NAMES,
        "local": local,
        "markup": markup,
        "number_": number,
        "page": page,
        "toggled": toggled,
        "vendored": vendored,
    }


@pages.app_template_filter("together")
def together(rows: Iterable[Row]) -> list[list[Row]]:
    """Rows in groups of those that follow one another and rest on one sentence of one voice."""
    by_sentence = groupby(rows, key=lambda r: (r["evidence"], r["claimant"], r["via"]))
    return [list(group) for _, group in by_sentence]


@pages.app_template_filter("pointed")
def pointed(rows: Sequence[Row]) -> Markup:
    """The sentence on which these claims rest, with the words that say each of them marked."""
    quote, start = rows[0]["quote"], int(rows[0]["start"] or 0)
    spans = [
        Mark(int(r["trigger_start"]) - start, int(r["trigger_end"]) - start, "")
        for r in rows
        if r["trigger_end"]
    ]
    pieces = (
        Markup("<mark>{}</mark>").format(p.text) if p.told else escape(p.text) for p in marked(quote, spans)
    )
    return Markup("").join(pieces)


@pages.app_template_filter("before")
def before(text: str) -> str:
    """The words before a piece of evidence, on one line and without the half word at their beginning."""
    return _SPACE.sub(" ", text[text.find(" ") + 1 :])


@pages.app_template_filter("after")
def after(text: str) -> str:
    """The words after it, likewise."""
    return _SPACE.sub(" ", text[: text.rfind(" ")] if " " in text.strip() else text)


@pages.after_app_request
def _headers(response: Response) -> Response:
    """What every page tells the browser: whom it may ask (nobody but us), and the language kept."""
    if response.mimetype == "text/html":
        styles = " 'unsafe-inline'" if request.path in _EDITOR else ""
        response.headers.setdefault("Content-Security-Policy", _POLICY.format(styles=styles))
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Referrer-Policy", "same-origin")
        response.headers.setdefault("Content-Language", language())
        response.vary.update(["Accept-Language", "Cookie"])
        _squeeze(response)
    if request.args.get("lang") in NAMES:
        response.set_cookie(COOKIE, request.args["lang"], max_age=_YEAR, samesite="Lax", httponly=True)
    return response


def vendored(name: str) -> bool:
    """True where a front-end part is installed; without it a page is plainer."""
    return (charts.VENDOR / name).is_file()


def _squeeze(response: Response) -> None:
    """Gzip a page for who takes it: a list of claims shrinks to an eighth."""
    wanted = encoding(request.headers.get("Accept-Encoding")) == "gzip"
    if wanted and not response.is_streamed and "Content-Encoding" not in response.headers:
        # Without a time, so that one page is one sequence of bytes.
        response.set_data(gzip.compress(response.get_data(), 5, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    response.vary.add("Accept-Encoding")


def toggled(name: str, text: str) -> str:
    """The address of this list with a value of a facet added, or taken away where it is there."""
    kept = [(k, v) for k, values in request.args.lists() if k != "page" for v in values if v]
    pair = (name, text)
    pairs = [p for p in kept if p != pair] if pair in kept else [*kept, pair]
    return f"/facts?{urlencode(pairs)}" if pairs else "/facts"
