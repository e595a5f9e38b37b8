"""The ontology and its reference data as quads of the graph `reference`.

In: the Turtle files of an ontology folder. Out: sorted lines of N-Quads. What the graph needs
to answer and pages need to label are statements between names; axioms over anonymous
classes stay in the ontology's files, where reasoners read them, so that the data holds no
blank node and two builds agree byte for byte. So do the headers' types and imports: a dump
with the headers of thirty modules inside is refused by Protégé ("ontology already exists").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg import addresses
from kg.errors import OntologyError
from kg.quads import lines
from kg.vocabulary import OWL, ontology_files

if TYPE_CHECKING:
    from pathlib import Path

OF_HEADERS = frozenset({f"{OWL}imports", f"{OWL}versionIRI", f"{OWL}priorVersion"})
ONTOLOGY = ox.NamedNode(f"{OWL}Ontology")


def reference_lines(folder: Path) -> list[bytes]:
    """Every statement between names that the ontology makes, in the reference graph."""
    graph = ox.NamedNode(addresses.graph("reference"))
    found: set[bytes] = set()
    for path in ontology_files(folder):
        try:
            triples = ox.parse(path.read_bytes(), format=ox.RdfFormat.TURTLE)
            found.update(
                lines(
                    ox.Quad(t.subject, t.predicate, t.object, graph)
                    for t in triples
                    if not isinstance(t.subject, ox.BlankNode)
                    and not isinstance(t.object, ox.BlankNode)
                    and t.predicate.value not in OF_HEADERS
                    and t.object != ONTOLOGY
                )
            )
        except SyntaxError as error:
            raise OntologyError(str(error), where=str(path), mend="Open it in Protégé.") from error
    return sorted(found)
