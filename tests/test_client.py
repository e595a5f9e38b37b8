"""The client gives the same rows from a store folder and from an endpoint."""

from __future__ import annotations

import datetime as dt
import sys
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.client import Client, value
from kg.errors import QueryError, StoreError, UsageError

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.conformance.serving import make_store, running

DATA = b"""<urn:a> <urn:n> "7"^^<http://www.w3.org/2001/XMLSchema#integer> <urn:g> .
<urn:a> <urn:l> "word"@en <urn:g> .
<urn:b> <urn:n> "1.5"^^<http://www.w3.org/2001/XMLSchema#decimal> <urn:g> .
"""
QUERY = "SELECT ?s ?n ?l { ?s <urn:n> ?n OPTIONAL { ?s <urn:l> ?l } } ORDER BY ?s"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("client")
    make_store(place, DATA)
    return place


@pytest.fixture(scope="module")
def clients(folder):
    with running(folder, "--workers", "1", port=18400) as (host, port):
        yield [Client(folder), Client(f"http://{host}:{port}/sparql")]


def test_folder_and_endpoint_give_the_same(clients):
    expected = [{"s": "urn:a", "n": 7, "l": "word"}, {"s": "urn:b", "n": Decimal("1.5"), "l": None}]
    for client in clients:
        assert client.select(QUERY) == expected
        assert client.ask("ASK { <urn:a> ?p ?o }") is True
        assert client.graph("CONSTRUCT { ?s <urn:q> ?o } { ?s <urn:l> ?o }") == [
            ox.Triple(ox.NamedNode("urn:a"), ox.NamedNode("urn:q"), ox.Literal("word", language="en"))
        ]


def test_a_wrong_query_tells_where_it_is_wrong(clients):
    for client in clients:
        with pytest.raises(QueryError, match="1"):
            client.select("SELECT {")
        with pytest.raises(UsageError):
            client.select("ASK {}")


def test_nobody_there_is_an_error_that_says_so():
    with pytest.raises(StoreError, match="no answer"):
        Client("http://127.0.0.1:9/sparql", timeout=2).select(QUERY)


@pytest.mark.parametrize(
    ("text", "datatype", "expected"),
    [
        ("2019-05-01", "date", dt.date(2019, 5, 1)),
        ("true", "boolean", True),
        ("1e3", "double", 1000.0),
        ("2019-05", "gYearMonth", "2019-05"),
        ("x", "integer", "x"),
    ],
)
def test_literals_become_python_values_where_they_can(text, datatype, expected):
    literal = ox.Literal(text, datatype=ox.NamedNode(f"http://www.w3.org/2001/XMLSchema#{datatype}"))
    assert value(literal) == expected


def test_without_pandas_a_frame_says_what_to_install(clients, monkeypatch):
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(UsageError, match="pandas"):
        clients[0].frame(QUERY)
