"""One job on one store: what an engine process does all day.

In: the text of a query or update and its options. Out: an `Answer`; whatever the text holds,
wrong queries are answers too. The store is pyoxigraph's; its results are serialised in Rust,
straight into the chunks of `Output`.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from itertools import chain, islice
from typing import IO, TYPE_CHECKING, Any, ClassVar, cast

import pyoxigraph as ox

from kg.engine import graphs, repairs, searching
from kg.engine.formats import BY_NAME, PREFIXES
from kg.engine.guard import Bounds, Refused, check
from kg.engine.job import Answer, Form
from kg.engine.writing import Full, Output
from kg.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from kg.engine.job import Options
    from kg.engine.searching import Search

_PAGE = 2_000
"""Statements up to which a graph is put in order."""
_PLACE = re.compile(r"error at (\d+):(\d+)")


class Engine:
    """A store and all that answers need besides it."""

    def __init__(
        self, store: ox.Store, *, spool: Path, search: Search | None = None, bounds: Bounds | None = None
    ) -> None:
        self.store, self.spool, self.search = store, spool, search
        self.bounds = bounds or Bounds()

    def answer(self, text: str, options: Options) -> Answer:
        """The answer to a job."""
        try:
            if not options.guarded:
                check(text, replace(self.bounds, size=len(text)), update=options.kind == "update")
            return self._KINDS[options.kind](self, text, options)
        except Refused as refused:
            return _problem(refused.http_status, str(refused))
        except SyntaxError as error:
            return _problem(400, _told(error, text))
        except (repairs.UnknownGraphError, repairs.DatasetConflictError, searching.SearchError) as error:
            return _problem(400, str(error))
        except StoreError as error:
            return _problem(500, error.what)
        except (ValueError, RuntimeError, OSError) as error:
            return _problem(500, f"The query can't be evaluated: {error}")

    def _query(self, text: str, options: Options) -> Answer:
        arguments: dict[str, Any] = {"use_default_graph_as_union": options.union and not options.dataset}
        if options.base:
            arguments["base_iri"] = options.base
        if options.dataset:
            arguments["default_graph"] = self._graphs(options.default_graphs)
            arguments["named_graphs"] = self._graphs(options.named_graphs)
        repaired = repairs.repair(text, self.store, options)
        if self.search and searching.asked(repaired):
            repaired = self.search.rewritten(repaired, options.base)
            arguments["custom_functions"] = self.search.functions
        try:
            found = self.store.query(repaired, **arguments)
        except SyntaxError:
            if repaired is text:
                raise
            # The place of the error has to be that of what the client sent; and a repair
            # that the parser doesn't take must cost nobody the answer to a good query.
            found = self.store.query(text, **arguments)
        return self._written(found, options)

    @staticmethod
    def _graphs(names: Iterable[str]) -> list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph]:
        return [ox.NamedNode(name) for name in names]

    def _written(self, found: Any, options: Options) -> Answer:
        if isinstance(found, ox.QueryTriples):
            form, name = Form.GRAPH, options.graph
        else:
            form = Form.BOOLEAN if isinstance(found, ox.QueryBoolean) else Form.SOLUTIONS
            name = options.solutions
        if not name:
            what = {Form.GRAPH: "a graph", Form.BOOLEAN: "true or false"}.get(form, "a table of solutions")
            return _problem(406, f"The answer is {what}, and none of the media types asked for can hold it.")
        shape = BY_NAME[name]
        output = Output(form, shape, options, self.spool)
        with suppress(Full):
            if isinstance(shape.writer, ox.RdfFormat) and shape.header:
                ox.serialize(_ordered(found), cast("IO[bytes]", output), shape.writer, prefixes=PREFIXES)
            else:
                found.serialize(output, shape.writer)
        return output.answer()

    def _update(self, text: str, options: Options) -> Answer:
        self.store.update(repairs.repair_update(text, options), base_iri=options.base or None)
        return Answer(204, Form.TEXT)

    def _syntax(self, text: str, options: Options) -> Answer:
        """Only whether a refused text is well-formed: 204, or 400 with the place."""
        nothing, base = ox.Store(), options.base or None
        if options.kind == "update-syntax":
            nothing.update(repairs.local(text), base_iri=base)
        else:
            nothing.query(repairs.local(text), base_iri=base)
        return Answer(204, Form.TEXT)

    def _graph(self, _: str, options: Options) -> Answer:
        triples = graphs.triples(self.store, options)
        if triples is None:
            return _problem(404, "The store has no such graph")
        shape = BY_NAME[options.graph]
        output = Output(Form.GRAPH, shape, options, self.spool)
        with suppress(Full):
            ox.serialize(
                triples, cast("IO[bytes]", output), cast("ox.RdfFormat", shape.writer), prefixes=PREFIXES
            )
        return output.answer()

    def _change(self, text: str, options: Options) -> Answer:
        return Answer(graphs.change(self.store, text, options), Form.TEXT)

    _KINDS: ClassVar[dict[str, Callable[[Engine, str, Options], Answer]]] = {
        "query": _query,
        "update": _update,
        "query-syntax": _syntax,
        "update-syntax": _syntax,
        "get": _graph,
        "put": _change,
        "post": _change,
        "delete": _change,
    }


def _ordered(triples: Iterable[ox.Triple]) -> Iterable[ox.Triple]:
    """A graph that fits a page by subject and predicate, so that people can read it; others as they come."""
    coming = iter(triples)
    first = list(islice(coming, _PAGE))
    if len(first) < _PAGE:
        return sorted(first, key=str)
    return chain(first, coming)


def _problem(status: int, message: str) -> Answer:
    body = message.encode()
    return Answer(status, Form.TEXT, body, len(body))


def _told(error: SyntaxError, text: str) -> str:
    """The parser's message in words, with line, column and what stands there."""
    match = _PLACE.match(str(error))
    if not match:
        return f"Syntax error: {error}"
    line, column = int(match[1]), int(match[2])
    lines = text.split("\n")
    there = lines[line - 1][column - 1 :].strip()[:60] if line <= len(lines) else ""
    place = f"before: {there}" if there else "at the end of the line"
    return f"Syntax error at line {line}, column {column}, {place}"
