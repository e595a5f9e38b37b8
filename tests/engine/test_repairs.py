"""What the engine gets wrong is put right, and nothing else is touched."""

from __future__ import annotations

import json

import pyoxigraph as ox
import pytest

from kg.engine.answering import Engine
from kg.engine.job import Options
from kg.engine.repairs import repair
from kg.questions import questions

DATA = """PREFIX : <http://e/> INSERT DATA {
  :n :p :m .
  GRAPH :g1 { :a :p :o }
  GRAPH :g2 { :a :p :x . :b :p :y }
}"""
OPTIONS = Options(union=False)


@pytest.fixture
def engine(tmp_path):
    store = ox.Store()
    store.update(DATA)
    return Engine(store, spool=tmp_path)


def rows(engine, query, options=OPTIONS):
    answer = engine.answer("PREFIX : <http://e/> " + query, options)
    assert answer.status == 200, answer.body
    bindings = json.loads(answer.body)["results"]["bindings"]
    return sorted(tuple(sorted((k, v["value"]) for k, v in row.items())) for row in bindings)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT ?o { :none :p* ?o }", [(("o", "http://e/none"),)]),
        ("SELECT ?o { :none :p? ?o }", [(("o", "http://e/none"),)]),
        ("SELECT ?s { ?s :p* :none }", [(("s", "http://e/none"),)]),
        ("SELECT ?o { :none (:p/:q*)|^:z? ?o }", [(("o", "http://e/none"),)]),
        ("SELECT ?o { :none :p+ ?o }", []),
        ("SELECT ?o { :none :p/:q* ?o }", []),
        ("SELECT ?o { :none !:p ?o }", []),
        ("SELECT ?o { :n :p* ?o }", [(("o", "http://e/m"),), (("o", "http://e/n"),)]),
    ],
)
def test_a_path_of_length_zero_binds_a_term_that_the_graph_does_not_hold(engine, query, expected):
    assert rows(engine, query) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (
            "SELECT ?g ?c { GRAPH ?g { SELECT (COUNT(*) AS ?c) { ?s :p ?x FILTER(?x != :o) } } }",
            [(("c", "0"), ("g", "http://e/g1")), (("c", "2"), ("g", "http://e/g2"))],
        ),
        ("SELECT ?a { GRAPH ?g { ?a :p :o MINUS { ?b :p :o } } }", [(("a", "http://e/a"),)]),
        (
            "SELECT ?g ?t { GRAPH ?g { VALUES (?g ?t) { (UNDEF 'foo') (:g1 'bar') } } }",
            [
                (("g", "http://e/g1"), ("t", "bar")),
                (("g", "http://e/g1"), ("t", "foo")),
                (("g", "http://e/g2"), ("t", "foo")),
            ],
        ),
        (
            "SELECT ?g { GRAPH ?g { ?s :p ?o { SELECT ?s { ?s :p :o } } } }",
            [(("g", "http://e/g1"),)],
        ),
    ],
)
def test_a_graph_block_is_evaluated_graph_by_graph(engine, query, expected):
    assert rows(engine, query) == expected


def test_group_concat_gives_plain_literals(engine):
    query = "SELECT (GROUP_CONCAT(?x; separator='+') AS ?l) { VALUES ?x { 'a'@en 'b'@en } }"
    answer = json.loads(engine.answer(query, OPTIONS).body)
    assert answer["results"]["bindings"] == [{"l": {"type": "literal", "value": "a+b"}}]


def test_a_blank_node_by_label_is_one_in_a_row_and_another_in_the_next(engine):
    query = "SELECT (BNODE(?a) AS ?x) (BNODE(?b) AS ?y) { VALUES (?a ?b) { ('f' 'f') ('f' 'g') } }"
    found = [dict(row) for row in rows(engine, query)]
    same = [row for row in found if row["x"] == row["y"]]
    assert len(same) == 1
    assert len({row["x"] for row in found}) == 2


def test_what_needs_no_repair_stays_as_it_is():
    store = ox.Store()
    store.update(DATA)
    for text in [q.text for q in questions().values()] + ["ASK { ?s ?p ?o }", "SELECT (2*3 AS ?x) {}"]:
        assert repair(text, store, Options()) in (
            text,
            repair(repair(text, store, Options()), store, Options()),
        )


def test_updates_load_nothing_and_take_their_dataset_from_the_protocol(engine):
    update = Options(kind="update", default_graphs=("http://e/g1",))
    assert (
        engine.answer("LOAD SILENT <http://127.0.0.1:9/x> INTO GRAPH <urn:g>", Options(kind="update")).status
        == 204
    )
    assert engine.answer("INSERT { <urn:x> <urn:y> ?o } WHERE { ?s ?p ?o }", update).status == 204
    assert rows(engine, "SELECT ?o { <urn:x> <urn:y> ?o }") == [(("o", "http://e/o"),)]
    conflict = engine.answer("INSERT { <urn:x> <urn:y> ?o } USING <urn:g> WHERE { ?s ?p ?o }", update)
    assert conflict.status == 400


def test_an_update_that_fails_leaves_nothing(engine):
    before = len(engine.store)
    wrong = "INSERT DATA { <urn:a> <urn:b> <urn:c> } ; CREATE GRAPH <urn:g> ; CREATE GRAPH <urn:g>"
    assert engine.answer(wrong, Options(kind="update")).status in (400, 500)
    assert len(engine.store) == before
