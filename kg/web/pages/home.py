"""Home, search and coverage: what is in the graph, where to begin, and what is not in it."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from flask import Blueprint, Response, jsonify, render_template, request

from kg.questions import questions
from kg.web.pages import charts
from kg.web.pages.asking import ask, service
from kg.web.pages.language import language
from kg.web.pages.links import page
from kg.web.pages.listing import listing, rows
from kg.web.pages.snapshot import snapshot

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.questions import Question
    from kg.web.pages.snapshot import Snapshot

blueprint = Blueprint("home", __name__)

_CARDS = 10
_SUGGESTIONS = 8
_SHOWN = 60


class Found(NamedTuple):
    """Something whose name holds the words."""

    iri: str
    label: str
    kind: str
    """IRI of its class."""
    uses: int
    """How many documents' articles name it."""


@blueprint.get("/")
def home() -> str:
    """The front page."""
    at = snapshot()
    facets = at.facets
    countries = [(term.value, n) for term, n in facets["country"].counts(at.everything)]
    years = [(term.value, n) for term, n in facets["year"].counts(at.everything)]
    return render_template(
        "home.html",
        at=at,
        countries=countries,
        known=_known(at),
        sparql=listing({}).sparql,
        dots=charts.dots(countries),
        land=bool(charts.land()),
        bars=charts.bars(years),
        claimants=facets["claimant"].counts(at.everything),
        kinds=facets["kind"].counts(at.everything),
        statuses=facets["status"].counts(at.everything),
        documents=at.documents,
        report=service().build.report,
        questions=chosen(),
        size=(charts.WIDTH, charts.HEIGHT, charts.SHOWN),
    )


def chosen() -> list[Question]:
    """Questions for the front page: of each subject one in turn, as their files tell it."""
    found = list(questions().values())
    seen: set[str] = set()
    first = [q for q in found if q.tags and not (q.tags[0] in seen or seen.add(q.tags[0]))]  # type: ignore[func-returns-value]  # add gives None on purpose
    return [*first, *(q for q in found if q not in first)][:_CARDS]


@blueprint.get("/map/land.svg")
def land() -> Response:
    """The land under the map, which takes the colours that the reader's system asks for."""
    picture = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {charts.WIDTH} {charts.HEIGHT}">'
        "<style>path{fill:#e4e0d6}@media(prefers-color-scheme:dark){path{fill:#2b3138}}</style>"
        f'<path d="{charts.land()}"/></svg>'
    )
    headers = {"Cache-Control": "public, max-age=86400"}
    return Response(picture, content_type="image/svg+xml; charset=utf-8", headers=headers)


@blueprint.get("/search")
def search() -> str:
    """What is named by, and what is said with, some words."""
    words = request.args.get("q", "").strip()[:200]
    claims = listing({"q": words}).claims if words else []
    return render_template(
        "search.html", words=words, named=named(words, _SHOWN), claims=claims, rows=rows(list(claims[:10]))
    )


@blueprint.get("/suggest")
def suggest() -> Response:
    """Names that hold the words, as the reader types."""
    found = named(request.args.get("q", "")[:200], _SUGGESTIONS)
    at = snapshot()
    told = [{"label": f.label, "kind": at.label(f.kind, language()), "page": page(f.iri)} for f in found]
    return jsonify(told)


@blueprint.get("/coverage")
def coverage() -> str:
    """What the graph was made from, and what that leaves out."""
    at = snapshot()
    return render_template(
        "coverage.html",
        at=at,
        rows=ask("coverage"),
        silent=[r for r in ask("documents") if r["item"] not in at.articles][:_SHOWN],
        report=service().build.report,
        build=service().build.folder.name,
        countries=[(t.value, n) for t, n in at.facets["country"].counts(at.everything)],
        known=_known(at),
    )


def _known(at: Snapshot) -> int:
    """How many countries and territories the reference data hold."""
    return sum("/state/" in iri for iri in at.labels)


def named(words: str, most: int) -> list[Found]:
    """Things whose names hold all the words; whole names first, then beginnings."""
    wanted = _plain(words)
    if not wanted:
        return []
    ranked = []
    for plain, found in _index(snapshot(), language()):
        if all(word in plain for word in wanted.split()):
            at_start = plain.startswith(wanted)
            ranked.append((plain != wanted, not at_start, -found.uses, len(plain), found))
    ranked.sort(key=lambda r: (*r[:4], r[4].label, r[4].iri))
    return [r[4] for r in ranked[:most]]


def ready(languages: Iterable[str]) -> None:
    """Make the snapshot and the names that search finds, in these languages."""
    for wanted in languages:
        _index(snapshot(), wanted)


@lru_cache(maxsize=6)
def _index(at: Snapshot, wanted: str) -> list[tuple[str, Found]]:
    """Every thing that can be found by name: reference data and ontology, and names in documents."""
    found = []
    kinds = {r["thing"]: r["kind"] for r in ask("kinds")}
    for iri, labels in at.labels.items():
        if page(iri) and iri in kinds:
            name = at.label(iri, wanted)
            texts = " ".join(_plain(text) for text in dict.fromkeys((name, *labels.values())))
            found.append((texts, Found(iri, name, kinds[iri], at.uses.get(iri, 0))))
    # One entry for a name, however many documents have it: its page lists them.
    groups: dict[tuple[str, str], list[str]] = {}
    for row in at.names:
        if not row["denotes"]:
            groups.setdefault((row["label"], row["type"]), []).append(row["entity"])
    for (name, kind), entities in groups.items():
        found.append((_plain(name), Found(min(entities), name, kind, len(entities))))
    return found


def _plain(text: str) -> str:
    """Lower case without accents, words apart by one space."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c for c in letters if not unicodedata.combining(c)).split())
