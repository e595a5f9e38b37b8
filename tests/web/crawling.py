"""A crawl as a stranger's program makes it: every address of a build, as a page and as data.

In: a build and a client of the app. Out: what is wrong with each answer, in words.
"""

from __future__ import annotations

import re
import time
from html import unescape
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from kg.stores.oxigraph import read_quads
from kg.vocabulary import RG

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask.testing import FlaskClient

    from kg.stores import Build

ONTOLOGY = RG.removesuffix("#")
HEADING = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)
TAGS = re.compile(r"<[^>]+>")
FORMS = ("text/html", "text/turtle")


class Visit(NamedTuple):
    """One address asked for in one form."""

    iri: str
    form: str
    fault: str
    """Empty where all is well."""
    seconds: float


def addresses(build: Build) -> list[str]:
    """Every address of the build's own and of the ontology that any statement names, sorted."""
    found: set[str] = set()
    with read_quads(build.quads) as lines:
        for line in lines:
            found.update(re.findall(r"<([^<>]*)>", line.decode()))
    return sorted(iri for iri in found if iri.startswith((build.base, ONTOLOGY)))


def kind(build: Build, iri: str) -> str:
    """What sort of address it is: the first part of its path, or the ontology."""
    return iri.removeprefix(build.base).split("/")[0] if iri.startswith(build.base) else "ontology"


def visits(client: FlaskClient, build: Build, iris: list[str]) -> Iterator[Visit]:
    """Asks for each address in each form."""
    for iri in iris:
        path = f"/id/{iri.removeprefix(build.base)}" if iri.startswith(build.base) else _term(iri)
        for form in FORMS:
            began = time.perf_counter()
            answer = client.get(path, headers={"Accept": form}, follow_redirects=True)
            seconds = time.perf_counter() - began
            yield Visit(iri, form, _fault(answer, form), seconds)


def _term(iri: str) -> str:
    """Where the server has a term: below the ontology's own address."""
    return iri.replace(RG, f"{ONTOLOGY}/").removeprefix(ONTOLOGY.removesuffix("/ontology"))


def _fault(answer, form: str) -> str:
    if answer.status_code != 200:
        return f"status {answer.status_code}"
    if answer.mimetype != form:
        return f"is {answer.mimetype}"
    if form == "text/turtle":
        return "" if any(ox.parse(answer.data, format=ox.RdfFormat.TURTLE)) else "says nothing"
    heading = HEADING.search(answer.text)
    text = unescape(TAGS.sub("", heading[1])).strip() if heading else ""
    return "has no heading" if not text else "is headed by an address" if "://" in text else ""
