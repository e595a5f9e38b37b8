"""SHACL over what the ontology says of itself and of its terms: header, labels, definitions, sources.

In: an ontology folder. Out: `Problem`s, by `ontology/shapes/ontology-shapes.ttl`. Only triples about
the header and own terms are looked at, which takes pySHACL two seconds instead of nine.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pyshacl
from rdflib import Graph
from rdflib.namespace import RDF, SH

from kg.model import Problem
from kg.reasoner import merged
from kg.release.merging import ONTOLOGY, node

if TYPE_CHECKING:
    from pathlib import Path

SHAPES = "shapes/ontology-shapes.ttl"


def metadata_problems(folder: Path) -> list[Problem]:
    """What the shapes find wrong, sorted; nothing where a folder has no such shapes."""
    path = folder / SHAPES
    if not path.is_file():
        return []
    graph = Graph()
    for triple in merged(folder):
        if isinstance(triple.subject, ox.NamedNode) and triple.subject.value.startswith(ONTOLOGY):
            graph.add((node(triple.subject), node(triple.predicate), node(triple.object)))
    shapes = Graph().parse(path, format="turtle")
    _, results, _ = pyshacl.validate(graph, shacl_graph=shapes, advanced=True, inference="none")
    return sorted(
        (
            Problem(
                "check",
                str(results.value(result, SH.focusNode)),
                str(results.value(result, SH.resultMessage)).removesuffix("."),
                f"See {SHAPES}.",
            )
            for result in results.subjects(RDF.type, SH.ValidationResult)
        ),
        key=lambda p: (p.where, p.what),
    )
