"""Every address of the graph answers: things by a 303 in one hop, data and ontology directly.

In: `/id/...`, an address relative to the base of the build, whatever host the server runs on.
Out: 303 to the page or to the data in the form asked for, by Accept, by ending or by
`?format=`; 404, 406 and 410 in that form too. What stood in the build before and is gone from
this one is 410.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast
from urllib.parse import quote

import pyoxigraph as ox
from flask import Blueprint, Response, current_app, redirect, request

from kg.engine.formats import BY_NAME, GRAPHS
from kg.engine.job import Options
from kg.errors import NotFoundError
from kg.stores import BUILDS, Build
from kg.vocabulary import RG
from kg.web import describing, vocabularies
from kg.web.handles import store_of
from kg.web.http import CORS, ProtocolError
from kg.web.negotiation import choose

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as AnyResponse

    from kg.engine.formats import Format
    from kg.web.service import Service

things = Blueprint("things", __name__)

_SAFE = "/:-_.~%!$&'()*+,;=@"
"""Characters that stand for themselves in the path of an address."""
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
    return _service().graph_iri + _checked(quote(path, safe=_SAFE))


def _checked(iri: str) -> str:
    """An IRI that can be written into a query. Raises NotFoundError for what is none."""
    if not iri or _FORBIDDEN & set(iri) or any(c <= " " for c in iri):
        raise NotFoundError("this is no address of a thing", where=iri)
    return iri


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
            store = store_of(Build(folder))
            found = (
                store.quads_for_pattern(thing, None, None, None),
                store.quads_for_pattern(None, None, thing, None),
            )
            if any(next(iter(quads), None) is not None for quads in found):
                return True
    return False


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
    whole = quote(path, safe=_SAFE)
    if wanted is not _PAGE:
        return f"/data/{whole}.{wanted.name}"
    return f"/page/{whole}"


@things.get("/data/<path:path>")
def data(path: str) -> AnyResponse:
    """The description of a thing in RDF, a page of its incoming links with it."""
    stem, chosen = _ending(path.rstrip("/"))
    wanted = _wanted(chosen)
    iri = _iri(stem)
    kind = exists(iri)
    if isinstance(wanted, Page):
        response = redirect(location(stem, wanted), 303)
        response.headers.extend([("Vary", "Accept"), *CORS])
        return response
    number = _number()
    text = describing.graph_of_graph(iri) if kind == "graph" else describing.graph_query(iri, number)
    response = _described(text, wanted)
    response.headers["Content-Location"] = location(stem, wanted)
    response.headers["Link"] = ", ".join(_links(stem, iri, wanted, number, kind))
    response.set_etag(f"{_service().version}-{wanted.name}-{number}")
    return response.make_conditional(request)


def _described(text: str, wanted: Format) -> Response:
    """The graph that a query of ours gives."""
    service = _service()
    options = Options(solutions="", graph=wanted.name, union=True, rows=service.options.rows)
    answer = service.run(service.ask(text, options))
    if answer.status != 200:  # noqa: PLR2004 - as in HTTP
        raise ProtocolError(answer.body.decode(), status=answer.status)
    found = service.delivered(answer, ())
    body = found.file.read_bytes() if found.file else found.body
    if found.file:
        found.file.unlink()
    response = Response(body, 200, content_type=wanted.content_type)
    response.headers.extend([("Vary", "Accept"), *CORS])
    return response


def _number() -> int:
    """Which page of the incoming links is asked for, from 0."""
    given = request.args.get("page", "1")
    if not given.isdigit() or not 0 < int(given) < 1_000_000:  # noqa: PLR2004 - a bound that nobody meets
        raise ProtocolError("a page is a number from 1 on")
    return int(given) - 1


def _links(path: str, iri: str, wanted: Format | Page, number: int, kind: str) -> list[str]:
    """The Link header: what else describes the thing, and what it is."""
    licence = _service().build.licence
    links = [f'<{iri}>; rel="describes"', f'<{iri}>; rel="cite-as"', f'<{licence}>; rel="license"']
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


@things.after_app_request
def _links_of_pages(response: Response) -> Response:
    """What programs find in the header of a page for people: its data, its type, how to cite it."""
    path = request.path.strip("/")
    kind, _, rest = path.partition("/")
    if response.status_code == 200 and kind == "page" and rest:  # noqa: PLR2004 - as in HTTP
        response.headers["Link"] = ", ".join(_links(rest, _iri(rest), _PAGE, 0, "page"))
        response.vary.add("Accept")
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
        response = redirect(own, 303)
        response.headers.extend([("Vary", "Accept"), *CORS])
        return response
    raise NotFoundError("this server doesn't stand for that address", where=iri, mend="Ask at /sparql.")


@things.before_app_request
def _ontology() -> AnyResponse | None:
    """The ontology, a module or a term as data, directly; people get the pages behind these addresses."""
    path = request.path.strip("/")
    if path != "ontology" and not path.startswith(("ontology/", "ontology.")):
        return None
    stem, chosen = _ending(path)
    if path.startswith("ontology.") and chosen is None:
        raise NotFoundError("the ontology has no such form", where=path)
    wanted = _wanted(chosen)
    iri = vocabularies.ONTOLOGY.removesuffix("ontology") + stem
    module = iri in vocabularies.modules()
    if isinstance(wanted, Page):
        return redirect("/ontology", 303) if module and stem != "ontology" else None
    if module:
        response = Response(vocabularies.serialised(iri, wanted.name), content_type=wanted.content_type)
        response.headers.extend([("Vary", "Accept"), *CORS])
    else:
        iri = _checked(RG + stem.removeprefix("ontology/"))
        exists(iri)
        response = _described(describing.graph_query(iri, 0), wanted)
    response.headers["Content-Location"] = f"/{stem}.{wanted.name}"
    response.headers["Link"] = ", ".join(
        [f'<{iri}>; rel="cite-as"', f'<{_service().build.licence}>; rel="license"']
        + [f'</{stem}.{f.name}>; rel="alternate"; type="{f.media_type}"' for f in GRAPHS if f is not wanted]
    )
    return response
