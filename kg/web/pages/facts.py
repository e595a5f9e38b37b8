"""Facts: a list of claims that facets narrow; its address holds the whole state."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from flask import Blueprint, Response, render_template, request

from kg.web.pages.downloads import FORMATS, stream
from kg.web.pages.language import said
from kg.web.pages.links import label
from kg.web.pages.listing import listing, rows

if TYPE_CHECKING:
    from kg.web.pages.listing import Listing

blueprint = Blueprint("facts", __name__)

PAGE = 25
"""Claims on a page."""
_OPEN = 6
"""Values of a facet that stand open; the others are behind 'more'."""


@blueprint.get("/facts")
def facts() -> str:
    """A page of a list."""
    found = listing(request.args)
    last = max(1, -(-len(found.claims) // PAGE))
    asked = request.args.get("page", "1")
    number = min(max(int(asked) if asked.isdigit() else 1, 1), last)
    shown = found.claims[(number - 1) * PAGE : number * PAGE]
    return render_template(
        "facts.html",
        listing=found,
        rows=rows(shown),
        number=number,
        last=last,
        first=(number - 1) * PAGE,
        open=_OPEN,
        state=state(found),
        title=heading(found),
        formats=FORMATS,
    )


@blueprint.get("/facts.<form>")
def download(form: str) -> Response:
    """The whole list as a file."""
    found = listing(request.args)
    kind, ending = FORMATS.get(form, ("", ""))
    body = stream(found, form)
    told = {"Content-Disposition": f'attachment; filename="rightsgraph-facts.{ending}"'}
    return Response(body, content_type=kind, headers=told)


def state(found: Listing) -> str:
    """The list's own address parameters, without the page."""
    pairs = [(name, v) for name, values in found.chosen.items() for v in values]
    return urlencode([*pairs, ("q", found.words)] if found.words else pairs)


def heading(found: Listing) -> str:
    """What a list is about, in words."""
    parts = [", ".join(label(v) if ":" in v else v for v in values) for values in found.chosen.values()]
    if found.words:
        parts.append(f"“{found.words}”")
    return " · ".join(parts) or said("All claims")
