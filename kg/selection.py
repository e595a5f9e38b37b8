"""A part of a build: the claims of some countries, documents or years, with all they rest on.

In: a build and a `Selection`. Out: the sorted lines of its quads, streamed. What belongs to a
claim is found by SPARQL once (claim, what it reports, evidence with selectors, item, document,
entities); their addresses are sorted and merged with the sorted quads of the build, so that
neither ever stands in memory as a whole.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import pyoxigraph as ox

from kg.errors import NotFoundError, UsageError
from kg.parameters import state
from kg.quads import Sorter
from kg.stores.oxigraph import opened, read_quads
from kg.vocabulary import RG

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.stores import Build

PREFIXES = f"""PREFIX rg: <{RG}>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX dcterms: <http://purl.org/dc/terms/>
"""
ENTITIES = (
    "rg:claimant|rg:victim|rg:perpetrator|rg:by|rg:addressee|rg:holder|rg:organisation|rg:mechanism"
    "|rg:throughMechanism|rg:instrument"
)
"""Properties of a claim, or of what it reports, that lead to an entity."""
BELONGS = (
    "BIND(?claim AS ?thing)",
    "?claim rg:reports ?thing",
    "?claim rg:evidence/oa:hasSelector? ?thing",
    "?claim rg:inItem/rg:evidence?/oa:hasSelector? ?thing",
    "?claim rg:inItem/rg:partOfDocument ?thing",
    f"?claim rg:reports?/({ENTITIES}) ?thing",
)
"""What goes with a claim: patterns from `?claim` to `?thing`."""
_ISO = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


@dataclass(frozen=True)
class Selection:
    """Which part of a build; empty fields leave open, several fields narrow one another."""

    countries: tuple[str, ...] = ()
    """ISO codes or names."""
    documents: tuple[str, ...] = ()
    """File names, or the first digits of the hashes of their texts."""
    since: str = ""
    """First year, month or day; a claim without a date has that of its item."""
    until: str = ""
    """Last year, month or day."""
    inferred: bool = True
    """Whether what follows from the axioms is in it."""

    @property
    def everything(self) -> bool:
        """True where no claim is left out."""
        return not (self.countries or self.documents or self.since or self.until)


def selected(build: Build, selection: Selection) -> Iterator[bytes]:
    """The sorted lines of a part of a build.

    Raises QueryError for an unknown country, NotFoundError for an unknown document and
    UsageError for a date that is none.
    """
    with read_quads(build.quads) as stream:
        lines: Iterable[bytes] = stream
        if not selection.inferred:
            ending = f" <{build.base}graph/inferred> .\n".encode()
            lines = (line for line in lines if not line.endswith(ending))
        if selection.everything:
            yield from lines
            return
        with Sorter() as things:
            things.add(_things(build, selection))
            yield from _of_subjects(lines, things)


def check(build: Build, selection: Selection) -> None:
    """Raises what `selected` would raise for a selection, before anything is written."""
    if not selection.everything:
        _pattern(opened(build), build.base, selection)


def _of_subjects(lines: Iterable[bytes], subjects: Iterable[bytes]) -> Iterator[bytes]:
    """The lines whose subject is one of these; both come sorted."""
    wanted = iter(subjects)
    subject = next(wanted, None)
    for line in lines:
        while subject is not None and subject < line and not line.startswith(subject):
            subject = next(wanted, None)
        if subject is None:
            return
        if line.startswith(subject):
            yield line


def _things(build: Build, selection: Selection) -> Iterator[bytes]:
    """The subjects that belong to the selected claims, as lines start with them."""
    store = opened(build)
    pattern = _pattern(store, build.base, selection)
    for belongs in BELONGS:
        query = f"{PREFIXES}SELECT DISTINCT ?thing WHERE {{ {pattern} {belongs} }}"
        found = cast("ox.QuerySolutions", store.query(query, use_default_graph_as_union=True))
        yield from (f"{row['thing']} ".encode() for row in found if isinstance(row["thing"], ox.NamedNode))
    for country in selection.countries:
        yield f"{state(country, '', build.base)} ".encode()


def _pattern(store: ox.Store, base: str, selection: Selection) -> str:
    """SPARQL that binds `?claim` to the selected claims."""
    parts = ["?claim rg:inItem ?item ."]
    if selection.countries:
        states = " ".join(str(state(country, "", base)) for country in selection.countries)
        parts.append(f"VALUES ?state {{ {states} }}")
        parts.append("?claim rg:reports?/(rg:inCountry|rg:ratedState|rg:ofState|rg:denotes) ?state .")
    if selection.documents:
        found = " ".join(str(_document(store, base, name)) for name in selection.documents)
        parts.append(f"VALUES ?document {{ {found} }} ?item rg:partOfDocument ?document .")
    if selection.since or selection.until:
        parts.append("OPTIONAL { ?item rg:statedDate ?stated } OPTIONAL { ?claim rg:reports?/rg:date ?told }")
        parts.append("BIND(STR(COALESCE(?told, ?stated)) AS ?day) FILTER(BOUND(?day))")
    for bound, sign in ((selection.since, ">="), (selection.until, "<=")):
        if bound:
            if not _ISO.fullmatch(bound):
                raise UsageError(f"{bound!r} is no date", mend="Write 2018, 2018-04 or 2018-04-30.")
            # As many digits as both have: 2018-04 lies within 2018, and 2018 isn't before 2018-04.
            parts.append(f"FILTER(SUBSTR(?day, 1, {len(bound)}) {sign} SUBSTR('{bound}', 1, STRLEN(?day)))")
    return "\n".join(parts)


def _document(store: ox.Store, base: str, name: str) -> ox.NamedNode:
    wanted = ox.Literal(name)
    identifier = ox.NamedNode("http://purl.org/dc/terms/identifier")
    for quad in store.quads_for_pattern(None, identifier, wanted):
        if isinstance(quad.subject, ox.NamedNode):
            return quad.subject
    by_hash = ox.NamedNode(f"{base}document/{name[:16]}") if name.isalnum() else None
    if by_hash and any(store.quads_for_pattern(by_hash, None, None)):
        return by_hash
    raise NotFoundError(f"no document {name}", mend="Give the name of its file, or the hash of its text.")
