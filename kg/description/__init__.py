"""What a build tells of itself, for machines: VoID, DCAT, DQV, PROV and its example queries.

In: a `Subject`, the store of a build with what its making knows. Out: an rdflib graph, the
named graph `dataset` of the store. It isn't a part of the dump that it describes, so that the
dump's checksum can stand in it: the checksum is the id of the build. No clock: a date of
issue is told only where SOURCE_DATE_EPOCH gives one, as reproducible builds do.
"""

from __future__ import annotations

from rdflib import Graph, URIRef

from kg.description import catalogue, examples, making, partitions, quality
from kg.description.subject import NAMESPACES, Subject

__all__ = ["Subject", "describe"]


def describe(subject: Subject) -> Graph:
    """The description of a build, as the graph `dataset`."""
    graph = Graph(identifier=URIRef(f"{subject.base}graph/dataset"), bind_namespaces="none")
    for prefix, namespace in NAMESPACES.items():
        graph.bind(prefix, namespace)
    for part in (catalogue, partitions, quality, making, examples):
        part.add(graph, subject)
    return graph
