"""The figures of the ontology, as its documentation shows them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.release.mappings import mappings
from kg.vocabulary import ID, OWL, RDF_TYPE, RDFS, RG, ontology_files

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

OWN = (RG, ID)
TYPES = {
    "classes": f"{OWL}Class",
    "object properties": f"{OWL}ObjectProperty",
    "data properties": f"{OWL}DatatypeProperty",
    "annotation properties": f"{OWL}AnnotationProperty",
    "individuals": f"{OWL}NamedIndividual",
    "rights": f"{RG}Right",
    "provisions": f"{RG}LegalProvision",
    "participations in treaties": f"{RG}TreatyParticipation",
    "topics and themes of recommendations": f"{RG}Topic",
}
LEXICON = "lexicon"
"""Folder of the cues: its sets of words are no terms of the ontology."""
LANGUAGES = {
    "en": "English",
    "fr": "French",
    "es": "Spanish",
    "ar": "Arabic",
    "ru": "Russian",
    "zh": "Chinese",
}


def figures(folder: Path) -> dict[str, int]:
    """Name of each figure, and the figure; own terms only."""
    files = [path for path in ontology_files(folder) if path.parent.name != LEXICON]
    triples = [t for path in files for t in ox.parse(path.read_bytes(), format=ox.RdfFormat.TURTLE)]
    found = {name: len(_members(triples, kind)) for name, kind in TYPES.items()}
    labels = Counter(
        t.object.language
        for t in triples
        if t.predicate.value == f"{RDFS}label" and _own(t.subject) and isinstance(t.object, ox.Literal)
    )
    found |= {f"labels in {name}": labels[code] for code, name in LANGUAGES.items()}
    return found | {"mappings": len(mappings(folder))}


def table(folder: Path) -> str:
    """The figures as a table in Markdown."""
    rows = [f"| {name} | {figure:,} |" for name, figure in figures(folder).items()]
    return "\n".join(["| | |", "| --- | ---: |", *rows])


def _members(triples: Iterable[ox.Quad], kind: str) -> set[object]:
    return {
        t.subject
        for t in triples
        if t.predicate.value == RDF_TYPE and t.object == ox.NamedNode(kind) and _own(t.subject)
    }


def _own(term: object) -> bool:
    return isinstance(term, ox.NamedNode) and term.value.startswith(OWN)
