"""Answers are counted, cut after a whole row, and well-formed after the cut."""

from __future__ import annotations

import csv
import gzip
import io
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.engine.answering import Engine
from kg.engine.formats import GRAPHS, SOLUTIONS
from kg.engine.job import INLINE, Options

COUNT = 40


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    store = ox.Store()
    nasty = 'x"}},{"y </result> .\r\n , \\ '
    store.extend(
        ox.Quad(ox.NamedNode(f"urn:s{i:03}"), ox.NamedNode("urn:p"), ox.Literal(f"{nasty}{i}"))
        for i in range(COUNT)
    )
    return Engine(store, spool=tmp_path_factory.mktemp("spool"))


def count(body: bytes, name: str) -> int:
    """How many rows a body holds, read by a reader of its format."""
    if name == "csv":
        return len(list(csv.reader(io.StringIO(body.decode(), newline="")))) - 1
    shapes = {
        "json": ox.QueryResultsFormat.JSON,
        "xml": ox.QueryResultsFormat.XML,
        "tsv": ox.QueryResultsFormat.TSV,
    }
    found = ox.parse_query_results(body, format=shapes[name])
    assert isinstance(found, ox.QuerySolutions)
    return sum(1 for _ in found)


@pytest.mark.parametrize("name", [f.name for f in SOLUTIONS])
@pytest.mark.parametrize("rows", [1, 7, COUNT - 1, COUNT, COUNT + 1])
def test_a_cap_on_rows_holds_to_the_row(engine, name, rows):
    answer = engine.answer("SELECT * { ?s ?p ?o }", Options(solutions=name, rows=rows))
    if name != "csv":  # a line break inside a quoted cell counts as a row there: fewer rows may come
        assert count(answer.body, name) == min(rows, COUNT)
        assert answer.truncated == (rows < COUNT)
    else:
        assert count(answer.body, name) <= rows


@pytest.mark.parametrize("name", [f.name for f in SOLUTIONS])
@pytest.mark.parametrize("size", [400, 1_000, 1_900])
def test_a_cap_on_bytes_leaves_whole_rows(engine, name, size):
    answer = engine.answer("SELECT * { ?s ?p ?o }", Options(solutions=name, size=size))
    assert answer.truncated
    assert answer.size <= size + 100
    assert 0 <= count(answer.body, name) < COUNT


@pytest.mark.parametrize("shape", GRAPHS, ids=lambda f: f.name)
@pytest.mark.parametrize("rows", [1, 7, COUNT, COUNT + 1])
def test_a_cut_graph_can_still_be_parsed(engine, shape, rows):
    answer = engine.answer("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }", Options(graph=shape.name, rows=rows))
    found = sum(1 for _ in ox.parse(answer.body, format=shape.writer))
    assert found == min(rows, COUNT)
    assert answer.truncated == (rows < COUNT)


@pytest.mark.parametrize("encoding", ["", "gzip"])
def test_a_large_answer_lies_in_a_file(engine, encoding):
    query = "SELECT * { ?s ?p ?o . ?a ?b ?c . ?d ?e ?f } LIMIT 20000"
    answer = engine.answer(query, Options(encoding=encoding))
    assert answer.in_file
    body = Path(answer.body.decode()).read_bytes()
    assert answer.size == len(body)
    whole = gzip.decompress(body) if encoding else body
    assert len(whole) > INLINE
    assert count(whole, "json") == 20_000
