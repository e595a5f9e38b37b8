"""What the engine gets wrong or would let through, put right in the text of the query.

In: the text, the store, the options. Out: the same text (the same object, where nothing is to
be done), or one that means what the standard says. Each repair is sound: where it can't be
made without changing what else the query says, the query stays as it is, and the case stands
in docs/conformance.md.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.engine.paths import repair_paths
from kg.engine.rewriting import Draft

if TYPE_CHECKING:
    from kg.engine.job import Options

_GRAPH = re.compile(r"GRAPH\s*[?$#]")
_ROW = "?rightsgraph_row"
_GRAPHS = 200
"""Graphs over which a GRAPH block is spelled out, at most."""
_LENGTH = 200_000
"""Characters that such a query may grow to."""


class UnknownGraphError(ValueError):
    """The dataset of a query names a graph that the store doesn't have."""

    def __init__(self, graph: str) -> None:
        super().__init__(f"The store has no graph <{graph}>, and this endpoint fetches none")


class DatasetConflictError(ValueError):
    """An update names its dataset both in its text and by the protocol."""

    def __init__(self) -> None:
        super().__init__(
            "USING and WITH don't go with the parameters using-graph-uri and using-named-graph-uri"
        )


def repair(text: str, store: ox.Store, options: Options) -> str:
    """The query as the engine must get it. Raises UnknownGraphError."""
    upper = text.upper()
    if "FROM" in upper:
        _check_dataset(text, store, options)
    if "GROUP_CONCAT" in upper:
        text = _plain_concatenations(text)
    if "BNODE" in upper:
        text = _blank_nodes_by_row(text)
    if _GRAPH.search(upper) and any(word in upper for word in ("MINUS", "VALUES", "SELECT")):
        text = _graph_by_graph(text, store, options)
    return repair_paths(text, store, options)


def repair_update(text: str, options: Options) -> str:
    """The update as the engine must get it. Raises DatasetConflictError."""
    upper = text.upper()
    draft = Draft(text)
    if "LOAD" in upper:
        _no_load(draft)
    if options.dataset:
        _using(draft, options)
    return draft.done()


def local(text: str) -> str:
    """The text without what would reach out, but with the same syntax: for a check of that alone."""
    draft = Draft(text)
    for index in draft.find("SERVICE"):
        draft.replace(index, index + draft[index + 1].says("SILENT"), "GRAPH")
    _no_load(draft)
    return draft.done()


def _check_dataset(text: str, store: ox.Store, options: Options) -> None:
    """The engine would take an unknown graph for an empty one; a client should hear of it."""
    draft = Draft(text, options.base)
    for iri in (*draft.default_graphs, *draft.named_graphs):
        if not store.contains_named_graph(ox.NamedNode(iri)):
            raise UnknownGraphError(iri)


def _plain_concatenations(text: str) -> str:
    """GROUP_CONCAT gives a plain literal; the engine keeps a language tag that all members share."""
    draft = Draft(text)
    for index in draft.find("GROUP_CONCAT"):
        closing = draft.partner.get(index + 1)
        if closing is not None:
            draft.insert(index, "STR(")
            draft.insert(closing + 1, ")")
    return draft.done()


def _blank_nodes_by_row(text: str) -> str:
    """BNODE("x") is one node within a solution and another in the next; the engine's is one in all.

    A key of the row is added to the label, in the SELECT clause of a query that doesn't group.
    """
    draft = Draft(text)
    for select in draft.find("SELECT"):
        opening = next((i for i in range(select, len(draft)) if draft[i].says("{")), None)
        closing = draft.partner.get(opening) if opening is not None else None
        if opening is None or closing is None or draft[closing + 1].says("GROUP"):
            continue
        found = False
        for index in range(select, opening):
            inner = draft.partner.get(index + 1)
            if draft[index].says("BNODE") and inner is not None and inner > index + 2:
                found = True
                draft.insert(index + 2, "CONCAT(")
                draft.insert(inner, f", {_ROW})")
        if found:
            draft.insert(opening + 1, " { ")
            draft.insert(closing, f" }} BIND(STRUUID() AS {_ROW}) ")
    return draft.done()


def _graph_by_graph(text: str, store: ox.Store, options: Options) -> str:
    """A block of GRAPH ?g is to be evaluated in each graph by itself.

    The engine hands ?g down into its patterns instead, which goes wrong in sub-queries, MINUS
    and VALUES. Blocks with one of these are spelled out as a UNION over the graphs.
    """
    draft = Draft(text, options.base)
    done = -1
    for index in draft.find("GRAPH"):
        variable, opening = draft[index + 1], index + 2
        closing = draft.partner.get(opening)
        if variable.kind != "var" or closing is None or index < done:
            continue
        if not any(draft[i].says("MINUS", "VALUES", "SELECT") for i in range(opening, closing)):
            continue
        graphs = _graphs(draft, store, options)
        body = draft.source(opening, closing)
        if len(graphs) > _GRAPHS or len(graphs) * len(body) > _LENGTH:
            continue
        each = [f"{{ GRAPH <{g}> {body} VALUES {variable.text} {{ <{g}> }} }}" for g in graphs]
        draft.replace(index, closing, " UNION ".join(each) or f"VALUES {variable.text} {{ }}")
        done = closing
    return draft.done()


def _graphs(draft: Draft, store: ox.Store, options: Options) -> list[str]:
    """The named graphs of the query's dataset, at most one more than are spelled out."""
    if options.dataset:
        return list(options.named_graphs)
    if draft.dataset:
        return draft.named_graphs
    found = []
    for graph in store.named_graphs():
        if isinstance(graph, ox.NamedNode):
            found.append(graph.value)
        if len(found) > _GRAPHS:
            break
    return sorted(found)


def _no_load(draft: Draft) -> None:
    """LOAD SILENT may fail without a word, and here it does: nothing is fetched. The guard refuses LOAD."""
    for index in draft.find("LOAD"):
        last = index + 1 + draft[index + 1].says("SILENT")
        whole = draft[last].kind in ("iri", "name")
        if draft[last + 1].says("INTO"):
            last += 3
            whole = whole and draft[last - 1].says("GRAPH") and draft[last].kind in ("iri", "name")
        # What is no LOAD by the grammar must be no LOAD for the engine's parser either.
        draft.replace(index, min(last, len(draft) - 1), "INSERT DATA {}" if whole else "MALFORMED")


def _using(draft: Draft, options: Options) -> None:
    """The dataset that the protocol gives to an update's WHERE clauses."""
    if any(True for _ in draft.find("USING", "WITH")):
        raise DatasetConflictError
    clause = "".join(f"USING <{g}> " for g in options.default_graphs)
    clause += "".join(f"USING NAMED <{g}> " for g in options.named_graphs)
    depth = 0
    for index, token in enumerate(draft.tokens):
        depth += token.says("{") - token.says("}")
        if depth == 0 and token.says("WHERE") and not draft[index - 1].says("DELETE"):
            draft.insert(index, clause)
