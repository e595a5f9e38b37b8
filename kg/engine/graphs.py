"""Whole graphs of a store, read and replaced: the engine's side of the Graph Store Protocol."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.engine.formats import BY_NAME

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.engine.job import Options


def triples(store: ox.Store, options: Options) -> Iterator[ox.Triple] | None:
    """The triples of the graph that the options name; None where the store has no such graph."""
    if not options.default_graphs:
        graph = None if options.union else ox.DefaultGraph()
        return (quad.triple for quad in store.quads_for_pattern(None, None, None, graph))
    named = ox.NamedNode(options.default_graphs[0])
    if not store.contains_named_graph(named):
        return None
    return (quad.triple for quad in store.quads_for_pattern(None, None, None, named))


def change(store: ox.Store, text: str, options: Options) -> int:
    """Put, post or delete a graph, in one transaction; gives the status. Raises SyntaxError."""
    name = options.default_graphs[0] if options.default_graphs else ""
    known = not name or store.contains_named_graph(ox.NamedNode(name))
    if options.kind == "delete":
        if not known:
            return 404
        store.update(f"DROP GRAPH {ox.NamedNode(name)}" if name else "DROP DEFAULT")
        return 204
    writer = BY_NAME[options.graph].writer
    if not isinstance(writer, ox.RdfFormat):
        raise TypeError(f"{options.graph} is no format of graphs")
    quads = ox.parse(text.encode(), format=writer, base_iri=options.base or None, rename_blank_nodes=True)
    data = "\n".join(f"{quad.triple} ." for quad in quads)
    graph = f"GRAPH {ox.NamedNode(name)} {{ {data} }}" if name else data
    clear = ""
    if options.kind == "put":
        clear = f"DROP SILENT GRAPH {ox.NamedNode(name)} ;\n" if name else "DROP DEFAULT ;\n"
    create = f"CREATE SILENT GRAPH {ox.NamedNode(name)} ;\n" if name else ""
    store.update(f"{clear}{create}INSERT DATA {{ {graph} }}")
    return 204 if known else 201
