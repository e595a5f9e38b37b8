"""A release of the ontology: one file for each kind of reader, a page, and what changed in words.

In: an ontology folder; the merged Turtle of the release before, where there is one. Out: files
that are equal, byte for byte, for equal input:

| file | for whom |
| --- | --- |
| rightsgraph.ttl | everything in one Turtle file without imports: opens alone in Protégé |
| rightsgraph.owl | the same as RDF/XML, which owlready2 and older tools read |
| rightsgraph.jsonld | the same as JSON-LD |
| rightsgraph-skos.ttl | the vocabularies as concept schemes, for thesaurus browsers |
| rightsgraph-mappings.ttl | the mappings to outside vocabularies as statements |
| index.html | the documentation: hierarchy, labels, axioms, anchors |
| changes.md | what changed since the release before |
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.release.changes import changes
from kg.release.figures import figures
from kg.release.mappings import triples as mapped
from kg.release.merging import MERGED, PREFIXES, header, turtle, whole
from kg.release.page import page
from kg.skos import skos

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["figures", "release"]


def release(folder: Path, out: Path, before: Path | None = None) -> list[Path]:
    """Write every file of a release; gives them in the order of their names."""
    out.mkdir(parents=True, exist_ok=True)
    triples = whole(folder)
    earlier = None
    if before is not None:
        earlier = [ox.Triple(*q.triple) for q in ox.parse(before.read_bytes(), format=ox.RdfFormat.TURTLE)]
    texts = {
        MERGED: turtle(triples),
        "rightsgraph.owl": _serialized(triples, ox.RdfFormat.RDF_XML),
        "rightsgraph.jsonld": _serialized(triples, ox.RdfFormat.JSON_LD),
        "rightsgraph-skos.ttl": turtle(skos(folder)),
        "rightsgraph-mappings.ttl": turtle(mapped(folder)),
        "index.html": page(triples, folder).encode(),
        "changes.md": changes(earlier, triples, header(triples)).encode(),
    }
    for name, text in texts.items():
        (out / name).write_bytes(text)
    return [out / name for name in sorted(texts)]


def _serialized(triples: list[ox.Triple], form: ox.RdfFormat) -> bytes:
    return ox.serialize(triples, format=form, prefixes=PREFIXES) or b""
