"""Graph and shapes to problems, and the gate that no build passes with a wrong quote.

In: the graph of one document. Out: `Problem`s, by SHACL (`ontology/shapes/data-shapes.ttl`,
run by pySHACL without inference), or `EvidenceError` where a quote isn't the text at its
offsets. Each document is checked by itself: pySHACL takes time with the size of the graph,
and a document's graph stays small however large the corpus grows.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import pyshacl
from rdflib import Graph, URIRef
from rdflib.namespace import RDF, SH

from kg.errors import EvidenceError
from kg.model import Problem
from kg.slots import RG
from kg.triples import OA
from kg.vocabulary import ontology_folder

if TYPE_CHECKING:
    from pathlib import Path

    from rdflib.term import Node

SHAPES = "shapes/data-shapes.ttl"


@lru_cache(maxsize=4)
def shapes(folder: Path | None = None) -> Graph:
    """The shapes for data of an ontology folder."""
    return Graph().parse((folder or ontology_folder()) / SHAPES, format="turtle")


def problems(graph: Graph, folder: Path | None = None) -> list[Problem]:
    """What the shapes find wrong in a document's graph, sorted."""
    conforms, results, _ = pyshacl.validate(graph, shacl_graph=shapes(folder), inference="none")
    if conforms:
        return []
    return sorted(
        (_problem(results, result) for result in results.subjects(RDF.type, SH.ValidationResult)),
        key=lambda p: (p.where, p.what),
    )


def _problem(results: Graph, result: Node) -> Problem:
    path = results.value(result, SH.resultPath)
    value = results.value(result, SH.value)
    found = f" Found {_short(value)}." if value is not None else ""
    return Problem(
        stage="validate",
        where=str(results.value(result, SH.focusNode)),
        what=f"{results.value(result, SH.resultMessage)}{found}",
        mend=f"Look at {_short(path)} in {SHAPES}." if path is not None else "",
    )


def _short(term: Node) -> str:
    text = str(term)
    return text if len(text) <= 80 else f"{text[:77]}..."  # noqa: PLR2004 - a line on a terminal


def check_evidence(graph: Graph) -> int:
    """Number of quotes that equal their source text at their offsets, which all of them must.

    Raises EvidenceError at the first that doesn't, and for a claim that has none.
    """
    for claim in graph.subjects(RDF.type, RG.Claim):
        if not isinstance(graph.value(claim, RG.evidence), URIRef):
            raise EvidenceError("no evidence", where=str(claim), mend="Look at the extractor that found it.")
    checked = 0
    for evidence in graph.subjects(RDF.type, OA.SpecificResource):
        text = graph.value(graph.value(evidence, OA.hasSource), RG.text)
        quote, start, end = (
            next((v for s in graph.objects(evidence, OA.hasSelector) for v in graph.objects(s, p)), None)
            for p in (OA.exact, OA.start, OA.end)
        )
        if text is None or quote is None or start is None or end is None:
            raise EvidenceError("evidence without text, quote or offsets", where=str(evidence))
        first, last = int(str(start)), int(str(end))
        if not (0 <= first < last <= len(str(text)) and str(text)[first:last] == str(quote)):
            raise EvidenceError(
                f"the quote isn't the text at {first}-{last}",
                where=str(evidence),
                mend="Look at the extractor that found it: evidence is an offset pair into Document.text.",
            )
        checked += 1
    return checked
