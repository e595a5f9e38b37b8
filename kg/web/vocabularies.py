"""The ontology under its own address, as RDF for tools.

In: the folder of the ontology. Out: the whole of it in one document, or one module, in every
RDF syntax; parsed once, since it doesn't change while the server runs.
"""

from __future__ import annotations

from functools import lru_cache

import pyoxigraph as ox

from kg.engine.formats import BY_NAME, PREFIXES
from kg.vocabulary import OWL, RDF_TYPE, RG, ontology_folder

ONTOLOGY = RG.rstrip("#")


@lru_cache(maxsize=1)
def modules() -> dict[str, tuple[ox.Triple, ...]]:
    """The triples of each module by its IRI; the whole under the ontology's own."""
    found: dict[str, tuple[ox.Triple, ...]] = {}
    whole: dict[ox.Triple, None] = {}
    for path in sorted(ontology_folder().rglob("*.ttl")):
        if path.name == "merged.ttl":
            continue
        triples = tuple(
            q.triple for q in ox.parse(path.read_bytes(), format=ox.RdfFormat.TURTLE, rename_blank_nodes=True)
        )
        for triple in triples:
            if triple.predicate.value == RDF_TYPE and triple.object == ox.NamedNode(OWL + "Ontology"):
                found[triple.subject.value] = triples
            if triple.predicate.value == OWL + "versionIRI" and isinstance(triple.object, ox.NamedNode):
                found[triple.object.value] = triples
        whole.update(dict.fromkeys(triples))
    found[ONTOLOGY] = tuple(t for t in whole if not _import_of_ours(t))
    return found


def _import_of_ours(triple: ox.Triple) -> bool:
    """The whole holds its modules, so it doesn't import them."""
    importing = triple.predicate.value == OWL + "imports"
    return importing and isinstance(triple.object, ox.NamedNode) and triple.object.value.startswith(ONTOLOGY)


@lru_cache(maxsize=64)
def serialised(iri: str, name: str) -> bytes:
    """A module, or the whole, in a format."""
    writer = BY_NAME[name].writer
    assert isinstance(writer, ox.RdfFormat)  # noqa: S101 - the table of graph formats holds no other
    prefixes = PREFIXES if BY_NAME[name].header else None
    return ox.serialize(modules()[iri], format=writer, prefixes=prefixes) or b""
