"""Every address of the graph answers: things by a 303 in one hop, data and ontology directly.

In: `/id/...`, an address relative to the base of the build, whatever host the server runs on.
Out: 303 to the page or to the data in the form asked for, by Accept, by ending or by
`?format=`; 404, 406 and 410 in that form too. What stood in the build before and is gone from
this one is 410.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, cast
from urllib.parse import quote

import pyoxigraph as ox
from flask import Blueprint, Response, current_app, redirect, render_template, request

from kg.engine.formats import BY_NAME, GRAPHS
from kg.engine.job import Options
from kg.errors import NotFoundError
from kg.stores import BUILDS
from kg.vocabulary import RG
from kg.web import describing, vocabularies
from kg.web.http import CORS, ProtocolError
from kg.web.negotiation import choose

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as AnyResponse

    from kg.engine.formats import Format
    from kg.web.service import Service

things = Blueprint("things", __name__)

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
_FORBIDDEN = set('<>"{}|^`\\')


@dataclass(frozen=True, slots=True)
class Page:
    """HTML as an offer beside the formats of graphs."""

    name: str = "html"
    media_type: str = "text/html"
    aliases: tuple[str, ...] = ("application/xhtml+xml",)


_PAGE = Page()
_OFFERS: tuple[Format | Page, ...] = (GRAPHS[0], _PAGE, *GRAPHS[1:])
"""Turtle for who takes anything, such as curl; browsers name text/html first."""


class GoneError(NotFoundError):
    """It stood in the build before, and stands no more."""

    http_status = 410


def _service() -> Service:
    return cast("Service", current_app.extensions["rightsgraph"])


def _iri(path: str) -> str:
    """The address of a thing, from the path below /id/."""
    if not path or _FORBIDDEN & set(path) or any(c <= " " for c in path):
        raise NotFoundError("this is no address of a thing", where=path)
    return _service().graph_iri + quote(path, safe="/:-_.~%!$&'()*+,;=@")


def _ending(path: str) -> tuple[str, Format | Page | None]:
    """The path without an ending that names a format, and the format."""
    stem, _, ending = path.rpartition(".")
    if stem and ending == "html":
        return stem, _PAGE
    return (
        (stem, BY_NAME[ending]) if stem and ending in BY_NAME and BY_NAME[ending] in GRAPHS else (path, None)
    )


def _wanted(
    chosen: Format | Page | None = None, offers: tuple[Format | Page, ...] = _OFFERS
) -> Format | Page:
    """What the client wants: by ending, by `?format=`, by Accept. Raises ProtocolError (406)."""
    if chosen:
        return chosen
    name = request.args.get("format", "").lower()
    found = (
        next((o for o in offers if name in (o.name, o.media_type)), None)
        if name
        else choose(request.headers.get("Accept"), offers)
    )
    if found is None:
        forms = ", ".join(f"{o.name} ({o.media_type})" for o in offers)
        raise ProtocolError("it comes in none of the forms asked for", status=406, mend=f"There are {forms}.")
    return found


def exists(iri: str) -> str:
    """What kind of thing it is. Raises GoneError or NotFoundError where there is none."""
    kind = describing.known(_service(), iri)
    if kind:
        return kind
    if _before(iri):
        raise GoneError("it was in the build before this one, and is no more", where=iri)
    raise NotFoundError(
        "the graph holds no such thing", where=iri, mend="Look for it at /, or ask at /sparql."
    )


def _before(iri: str) -> bool:
    """True where the build before this one knew a thing."""
    service = _service()
    name = service.build.folder.name
    thing = ox.NamedNode(iri)
    for folder in sorted((service.folder / BUILDS).iterdir()):
        if folder.name != name and not folder.name.startswith(".") and (folder / "oxigraph").is_dir():
            store = _opened(str(folder / "oxigraph"))
            found = (
                store.quads_for_pattern(thing, None, None, None),
                store.quads_for_pattern(None, None, thing, None),
            )
            if any(next(iter(quads), None) is not None for quads in found):
                return True
    return False


@lru_cache(maxsize=2)
def _opened(database: str) -> ox.Store:
    return ox.Store.read_only(database)


@things.get("/id/<path:path>")
def thing(path: str) -> AnyResponse:
    """303 to what describes a thing, in one hop."""
    stem, chosen = _ending(path.rstrip("/"))
    wanted = _wanted(chosen)
    iri = _iri(stem)
    exists(iri)
    response = redirect(location(stem, wanted), 303)
    response.headers.extend(
        [("Vary", "Accept"), ("Link", f'<{location(stem, GRAPHS[0])}>; rel="describedby"'), *CORS]
    )
    return response


def location(path: str, wanted: Format | Page) -> str:
    """Where a form of the description of a thing is."""
    whole = quote(path, safe="/:-_.~%!$&'()*+,;=@")
    if wanted is not _PAGE:
        return f"/data/{whole}.{wanted.name}"
    kind, _, key = whole.partition("/")
    return f"/document/{key}" if kind == "document" and "/" not in key else f"/page/{whole}"


@things.get("/data/<path:path>")
def data(path: str) -> AnyResponse:
    """The description of a thing in RDF, a page of its incoming links with it."""
    stem, chosen = _ending(path.rstrip("/"))
    wanted = _wanted(chosen)
    iri = _iri(stem)
    kind = exists(iri)
    if isinstance(wanted, Page):
        return redirect(location(stem, wanted), 303)
    number = _number()
    service = _service()
    text = describing.graph_of_graph(iri) if kind == "graph" else describing.graph_query(iri, number)
    options = Options(solutions="", graph=wanted.name, union=True, rows=service.options.rows)
    answer = service.run(service.ask(text, options))
    if answer.status != 200:  # noqa: PLR2004 - as in HTTP
        raise ProtocolError(answer.body.decode(), status=answer.status)
    found = service.delivered(answer, ())
    body = found.file.read_bytes() if found.file else found.body
    if found.file:
        found.file.unlink()
    response = Response(body, 200, content_type=wanted.content_type)
    own = location(stem, wanted)
    response.headers.extend([("Vary", "Accept"), ("Content-Location", own), *CORS])
    response.headers["Link"] = ", ".join(_links(stem, iri, wanted, number, kind))
    response.set_etag(f"{service.version}-{wanted.name}-{number}")
    return response.make_conditional(request)


def _number() -> int:
    """Which page of the incoming links is asked for, from 0."""
    given = request.args.get("page", "1")
    if not given.isdigit() or not 0 < int(given) < 1_000_000:  # noqa: PLR2004 - a bound that nobody meets
        raise ProtocolError("a page is a number from 1 on")
    return int(given) - 1


def _links(path: str, iri: str, wanted: Format | Page, number: int, kind: str) -> list[str]:
    """The Link header: what else describes the thing, and what it is."""
    links = [f'<{iri}>; rel="describes"', f'<{iri}>; rel="cite-as"', f'<{LICENCE}>; rel="license"']
    links += [
        f'<{location(path, offer)}>; rel="alternate"; type="{offer.media_type}"'
        for offer in _OFFERS
        if offer is not wanted
    ]
    if wanted is _PAGE:
        links.append(f'<{location(path, GRAPHS[0])}>; rel="describedby"; type="{GRAPHS[0].media_type}"')
    links += [f'<{iri_of_type}>; rel="type"' for iri_of_type in _types(iri)]
    links.append('</.well-known/void>; rel="collection"')
    if number:
        links.append(f'<{location(path, wanted)}?page={number}>; rel="prev"')
    if kind == "thing" and describing.incoming(_service(), iri) > (number + 1) * describing.INCOMING:
        links.append(f'<{location(path, wanted)}?page={number + 2}>; rel="next"')
    return links


def _types(iri: str) -> list[str]:
    rows = _service().solutions(f"SELECT DISTINCT ?t {{ <{iri}> a ?t }} ORDER BY ?t LIMIT 5")
    return [row["t"].value for row in rows]


@things.get("/page/<path:path>")
def page(path: str) -> AnyResponse:
    """The description of a thing for people."""
    stem = path.rstrip("/")
    iri = _iri(stem)
    kind = exists(iri)
    number = _number()
    told = describing.description(_service(), iri, number)
    text = render_template(
        "thing.html",
        iri=iri,
        told=told,
        forms=[(f.name, location(stem, f), f.media_type) for f in GRAPHS],
        page=number + 1,
        pages=-(-told.incoming_count // describing.INCOMING),
        link=link,
        person=any(link.term == ox.NamedNode(RG + "Person") for link in told.outgoing),
    )
    response = Response(text, 200, content_type="text/html; charset=utf-8")
    response.headers.extend([("Vary", "Accept"), *CORS])
    response.headers["Link"] = ", ".join(_links(stem, iri, _PAGE, number, kind))
    return response


def link(iri: str) -> str:
    """Where an address leads on this server; empty for one that isn't ours."""
    base = _service().graph_iri
    if iri.startswith(base):
        return f"/id/{iri.removeprefix(base)}"
    return f"/ontology#{iri.removeprefix(RG)}" if iri.startswith(RG) else ""


@things.get("/describe")
def describe() -> AnyResponse:
    """Any address, ours or another's: on to the thing, the term, or what the store says of it."""
    iri = request.args.get("iri", "")
    own = link(iri)
    if own:
        return redirect(own, 303)
    raise NotFoundError("this server doesn't stand for that address", where=iri, mend="Ask at /sparql.")


@things.get("/ontology")
@things.get("/ontology/<path:path>")
def ontology(path: str = "") -> AnyResponse:
    """The ontology, or one module of it, directly: a hash address needs no redirect."""
    stem, chosen = _ending(f"ontology/{path}".rstrip("/"))
    return _vocabulary(stem, chosen)


@things.get("/ontology.<ending>")
def ontology_file(ending: str) -> AnyResponse:
    """The whole ontology by its ending."""
    stem, chosen = _ending(f"ontology.{ending}")
    if chosen is None:
        raise NotFoundError("the ontology has no such form", where=ending)
    return _vocabulary(stem, chosen)


def _vocabulary(stem: str, chosen: Format | Page | None) -> AnyResponse:
    iri = vocabularies.ONTOLOGY.removesuffix("ontology") + stem
    wanted = _wanted(chosen)
    if iri not in vocabularies.modules():
        raise NotFoundError("the ontology has no such module", where=stem)
    if isinstance(wanted, Page):
        terms = vocabularies.terms()
        response = Response(
            render_template("ontology.html", terms=terms, forms=GRAPHS),
            content_type="text/html; charset=utf-8",
        )
    else:
        response = Response(vocabularies.serialised(iri, wanted.name), content_type=wanted.content_type)
        response.headers["Content-Location"] = f"/{stem}.{wanted.name}"
    response.headers.extend([("Vary", "Accept"), *CORS])
    response.headers["Link"] = ", ".join(
        [f'<{iri}>; rel="cite-as"', f'<{LICENCE}>; rel="license"']
        + [f'</{stem}.{f.name}>; rel="alternate"; type="{f.media_type}"' for f in GRAPHS if f is not wanted]
    )
    return response
