"""Lists of claims: from an address to the claims, their rows, and the SPARQL that asks for the same.

In: the parameters of an address (facets, words, order). Out: one `Listing`, from which the
page, every download and the query shown are made, so that they can't differ.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyoxigraph as ox

from kg.questions import question, questions
from kg.stores import search
from kg.web.pages.asking import Row, ask, fill, service, solutions
from kg.web.pages.snapshot import Snapshot, snapshot

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray
    from werkzeug.datastructures import MultiDict

    from kg.web.pages.asking import Term

BATCH = 500
"""Claims whose rows are asked for at a time."""
_CLAIM = "VALUES ?claim { UNDEF }"
_FACET = "FILTER(?value IN (%s))"
"""A filter, because the engine joins VALUES with a variable of BIND before that has its value."""


class Choice(NamedTuple):
    """A value of a facet as a list offers it."""

    value: Term
    claims: int
    chosen: bool


@dataclass(frozen=True)
class Listing:
    """Some of the claims, in one order."""

    chosen: Mapping[str, tuple[str, ...]]
    """Facet to the values of which a claim has to have one."""
    words: str = ""
    """What the evidence has to hold."""
    at: Snapshot = None  # type: ignore[assignment]  # set by `listing`, the only maker

    @cached_property
    def _said(self) -> NDArray[np.bool_]:
        """True for each claim whose evidence holds the words."""
        if not self.words:
            return self.at.everything
        held = np.zeros(len(self.at.claims), dtype=bool)
        with closing(search.opened(service().build.search)) as index:
            for entry in search.find(index, self.words, -1, kind="evidence"):
                held[list(self.at.resting.get(entry.iri, ()))] = True
        return held

    @cached_property
    def claims(self) -> Sequence[str]:
        """The IRIs of the claims, newest first."""
        held = self.at.among(self.chosen) & self._said
        return [self.at.claims[n] for n in np.flatnonzero(held)]

    def choices(self, name: str) -> list[Choice]:
        """What a facet offers, counted as if nothing of its own were chosen; chosen values always."""
        facet = self.at.facets[name]
        chosen = self.chosen.get(name, ())
        counts = facet.counts(self.at.among(self.chosen, but=name) & self._said)
        shown = {term.value for term, _ in counts}
        found = [Choice(term, count, term.value in chosen) for term, count in counts]
        found += [
            Choice(facet.values[facet.numbers[v]], 0, chosen=True)
            for v in chosen
            if v in facet.numbers and v not in shown
        ]
        return found

    @cached_property
    def sparql(self) -> str:
        """The query that gives the rows of all these claims, at any endpoint with the same graph."""
        parts = [_inner(question("claims", "pages").text, "?claim")]
        for name, values in self.chosen.items():
            facet = self.at.facets[name]
            terms = ", ".join(str(facet.values[facet.numbers[v]]) for v in values if v in facet.numbers)
            text = questions("facets")[name].text
            parts.append(_inner(text, "?claim", _FACET % terms))
        if self.words:
            parts.append(
                _inner(fill(question("quotes", "pages").text, words=[ox.Literal(self.words)]), "?claim")
            )
        text = question("claim-rows", "pages").text
        heads = [text, *(questions("facets")[n].text for n in self.chosen), question("claims", "pages").text]
        heads += [question("quotes", "pages").text] if self.words else []
        return fill(_prologue(heads) + _body(text).replace(_CLAIM, "\n  ".join(parts), 1))

    def rows(self, claims: Iterable[str] | None = None) -> Iterator[Row]:
        """A row for each of the claims, or of these, in their order; several values in one cell."""
        wanted = list(self.claims if claims is None else claims)
        for first in range(0, len(wanted), BATCH):
            yield from rows(wanted[first : first + BATCH])


def listing(arguments: MultiDict[str, str] | Mapping[str, str]) -> Listing:
    """The list that an address asks for; parameters that name no facet are left out."""
    at = snapshot()
    chosen = {}
    for name in at.facets:
        values = arguments.getlist(name) if hasattr(arguments, "getlist") else [arguments.get(name, "")]
        kept = tuple(dict.fromkeys(_whole(at, name, v.strip()) for v in values if v.strip()))
        if kept:
            chosen[name] = kept
    return Listing(chosen, (arguments.get("q") or "").strip()[:200], at)


def rows(claims: Sequence[str]) -> list[Row]:
    """A row for each of these claims, in this order; several values of one column joined."""
    found: dict[str, dict[str, dict[str, None]]] = {}
    for row in ask("claim-rows", claim=[ox.NamedNode(iri) for iri in claims]) if claims else ():
        cells = found.setdefault(row["claim"], {})
        for name, text in row.items():
            if text:
                cells.setdefault(name, {})[text] = None
            else:
                cells.setdefault(name, {})
    joined = {iri: {n: "; ".join(texts) for n, texts in cells.items()} for iri, cells in found.items()}
    return [joined[iri] for iri in claims if iri in joined]


def columns() -> list[str]:
    """The columns of a row, in order."""
    text = question("claim-rows", "pages").text
    head = text[text.index("SELECT DISTINCT") : text.index("WHERE")]
    return [word[1:] for word in head.split() if word.startswith("?")]


def matching(query: str) -> list[Row]:
    """What a query of a listing answers, for the test that page and query are equal."""
    return solutions(query)


def _whole(at: Snapshot, name: str, text: str) -> str:
    """A value as the facet has it: addresses may be written by their last part."""
    facet = at.facets[name]
    if text in facet.numbers:
        return text
    short = [v for v in facet.numbers if v.rpartition("/")[2].rpartition("#")[2] == text]
    return short[0] if len(short) == 1 else text


def _prologue(texts: Iterable[str]) -> str:
    lines = {line.strip() for text in texts for line in text.split("\n") if line.startswith("PREFIX")}
    return "\n".join(sorted(lines)) + "\n\n"


def _body(text: str) -> str:
    return "\n".join(line for line in text.split("\n") if not line.startswith("PREFIX")).strip() + "\n"


def _inner(text: str, variable: str, more: str = "") -> str:
    """A query as a sub-query that binds one variable."""
    body = _body(text)
    pattern = body[body.index("{") + 1 : body.rindex("}")].strip()
    indented = "\n".join(
        f"    {line}".rstrip() for line in (pattern + (f"\n  {more}" if more else "")).split("\n")
    )
    return f"{{\n    SELECT DISTINCT {variable} WHERE {{\n  {indented}\n    }}\n  }}"
