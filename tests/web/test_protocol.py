"""SPARQL 1.1 Protocol, as clients use it."""

from __future__ import annotations

import gzip
import json
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.web.http import ProtocolError
from kg.web.protocol import parameters

ALL = "SELECT * { ?s ?p ?o }"
JSON, XML = "application/sparql-results+json", "application/sparql-results+xml"
CONSTRUCT = "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"


def ask(client, query, **headers):
    return client.get("/sparql", query_string={"query": query}, headers=headers)


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("", JSON),
        ("*/*", JSON),
        (JSON, JSON),
        (XML, XML),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        ("application/json", JSON),
        ("text/csv;charset=utf-8", "text/csv; charset=utf-8"),
        (f"{JSON};q=0.4, {XML};q=0.8, */*;q=0.1", XML),
        (f"{JSON};q=0, */*;q=0.5", XML),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", JSON),
        ("application/sparql-results+json,*/*;q=0.9", JSON),
    ],
)
def test_solutions_come_in_the_form_asked_for(client, accept, kind):
    response = ask(client, ALL, Accept=accept)
    assert response.status_code == 200
    assert response.headers["content-type"] == kind


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("", "text/turtle; charset=utf-8"),
        ("text/turtle", "text/turtle; charset=utf-8"),
        ("text/turtle;charset=utf-8", "text/turtle; charset=utf-8"),
        ("application/n-triples", "application/n-triples"),
        ("application/rdf+xml", "application/rdf+xml"),
        ('application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"', "application/ld+json"),
        ("application/n-quads", "application/n-quads"),
        ("application/trig", "application/trig; charset=utf-8"),
        ("application/json", "application/ld+json"),
        ("text/plain", "application/n-triples"),
        (f"{JSON}, application/n-triples;q=0.9", "application/n-triples"),
    ],
)
def test_graphs_come_in_the_form_asked_for(client, accept, kind):
    response = ask(client, CONSTRUCT, Accept=accept)
    assert response.status_code == 200
    assert response.headers["content-type"] == kind


def test_solutions_never_come_as_rdf_and_graphs_never_as_a_table(client):
    assert ask(client, ALL, Accept="text/turtle").status_code == 406
    refused = ask(client, CONSTRUCT, Accept="text/csv")
    assert refused.status_code == 406
    assert "text/turtle" in refused.get_data(as_text=True)


def test_post_form_and_post_direct_give_what_get_gives(client):
    got = ask(client, "ASK {}").data
    assert client.post("/sparql", data={"query": "ASK {}"}).data == got
    assert client.post("/sparql", data="ASK {}", content_type="application/sparql-query").data == got
    assert client.post("/sparql/", data={"query": "ASK {}"}).data == got


def test_a_syntax_error_tells_line_and_column_of_what_was_sent(client):
    response = ask(client, "SELECT * {\n  ?s ?p }")
    assert response.status_code == 400
    assert "line 2, column" in response.get_data(as_text=True)


@pytest.mark.parametrize("query", ["GROUP_CONCAT(?x) {", "SELECT (GROUP_CONCAT(?s) AS ?x) {\n ?s ?p "])
def test_a_repaired_query_tells_its_errors_as_it_was_sent(client, query):
    assert "rightsgraph_row" not in ask(client, query).get_data(as_text=True)
    assert "STR(" not in ask(client, query).get_data(as_text=True)


@pytest.mark.parametrize(
    ("method", "path", "body", "kind", "status"),
    [
        ("GET", "/sparql?query=ASK%7B%7D&query=ASK%7B%7D", b"", None, 400),
        ("GET", "/sparql?update=CLEAR+ALL", b"", None, 400),
        ("POST", "/sparql", b"ASK {}", "text/plain", 415),
        ("POST", "/sparql", b"ASK {}", None, 415),
        ("POST", "/sparql", "ASK {}".encode("utf-16"), "application/sparql-query; charset=UTF-16", 415),
        ("POST", "/sparql", b"ASK { \xff }", "application/sparql-query", 400),
        ("POST", "/sparql", b"query=ASK%20%FF", "application/x-www-form-urlencoded", 400),
        ("POST", "/sparql?query=ASK%7B%7D", b"ASK {}", "application/sparql-query", 400),
        ("POST", "/sparql", b"CLEAR ALL", "application/sparql-update", 403),
        ("POST", "/sparql", b"update=CLEAR+ALL", "application/x-www-form-urlencoded", 403),
        ("PUT", "/sparql", b"x", "text/turtle", 405),
        ("DELETE", "/sparql", b"", None, 405),
        ("GET", "/sparql?query=ASK%7B%7D&format=pdf", b"", None, 406),
        ("GET", "/sparql?" + "a=1&" * 200 + "query=ASK%7B%7D", b"", None, 400),
    ],
)
def test_wrong_requests_get_their_status(client, method, path, body, kind, status):  # noqa: PLR0917 - a table
    response = client.open(path, method=method, data=body, content_type=kind)
    assert response.status_code == status, response.get_data(as_text=True)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { SERVICE SILENT <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { \\u0053ERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        'SELECT * { ?s ?p "\\u0022" . SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } ?s ?p "x" }',
    ],
)
def test_service_is_refused_with_a_clear_message(client, query):
    response = ask(client, query)
    assert response.status_code in (400, 403)
    if response.status_code == 403:
        assert "asks no other host" in response.get_data(as_text=True)


def test_a_refused_query_with_a_syntax_error_hears_of_the_error(client):
    assert ask(client, "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p } }").status_code == 400


def test_from_of_an_unknown_graph_is_refused(client):
    for query in ("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }", "ASK FROM NAMED <urn:none> {}"):
        response = ask(client, query)
        assert response.status_code == 400
        assert "no graph" in response.get_data(as_text=True)


def test_from_of_a_graph_of_the_store_is_answered(client):
    query = "ASK FROM <https://w3id.org/rightsgraph/id/graph/reference> { ?s ?p 'TM' }"
    assert ask(client, query).json["boolean"] is True


def test_the_dataset_can_be_given_by_parameters(client):
    graph = "https://w3id.org/rightsgraph/id/graph/reference"
    query = {"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"}
    whole = int(client.get("/sparql", query_string=query).json["results"]["bindings"][0]["n"]["value"])
    part = client.get("/sparql", query_string={**query, "default-graph-uri": graph}).json
    assert 0 < int(part["results"]["bindings"][0]["n"]["value"]) < whole


def test_head_and_options_answer(client):
    head = client.head("/sparql?query=ASK%7B%7D")
    assert (head.status_code, head.data) == (200, b"")
    options = client.options("/sparql")
    assert options.status_code == 204
    assert options.headers["access-control-allow-origin"] == "*"
    assert "POST" in options.headers["access-control-allow-methods"]


def test_an_entity_tag_spares_the_answer_and_changes_with_the_question(client):
    first = ask(client, ALL)
    tag = first.headers["etag"]
    again = ask(client, ALL, **{"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    assert ask(client, "ASK {}").headers["etag"] != tag
    assert ask(client, ALL, Accept=XML).headers["etag"] != tag


@pytest.mark.parametrize(
    "query", ["SELECT (RAND() AS ?x) {}", "SELECT (NOW() AS ?x) {}", "SELECT (UUID() AS ?x) {}"]
)
def test_what_changes_by_itself_is_not_kept(client, query):
    response = ask(client, query)
    assert "etag" not in response.headers
    assert response.headers["cache-control"] == "no-store"


def test_answers_are_compressed_where_the_client_takes_it(client):
    plain = ask(client, ALL)
    packed = ask(client, ALL, **{"Accept-Encoding": "gzip, br"})
    assert packed.headers["content-encoding"] == "gzip"
    assert json.loads(gzip.decompress(packed.data)) == plain.json
    assert "content-encoding" not in ask(client, "ASK {}", **{"Accept-Encoding": "gzip"}).headers
    assert "content-encoding" not in ask(client, ALL, **{"Accept-Encoding": "gzip;q=0"}).headers


def test_the_endpoint_describes_itself(client):
    text = client.get("/sparql", headers={"Accept": "text/turtle"}).get_data(as_text=True)
    assert "sd:Service" in text
    assert "graph/reference" in text
    assert client.get("/sparql", headers={"Accept": "image/png"}).status_code == 406


def test_people_who_come_without_a_query_get_a_form(client):
    response = client.get("/sparql", headers={"Accept": "text/html"})
    assert "<textarea" in response.get_data(as_text=True)


def test_the_search_function_finds_evidence_and_labels(client):
    prefix = "PREFIX rgf: <https://w3id.org/rightsgraph/function#> "
    found = ask(client, prefix + 'SELECT ?e { ?e rgf:matches "journalist arrest" }').json["results"][
        "bindings"
    ]
    assert [row["e"]["value"].rpartition("/")[2] for row in found] == ["0-58"]
    filtered = 'SELECT ?s { ?s ?p ?o FILTER(rgf:matches(?s, "turkmenistan")) } LIMIT 1'
    assert ask(client, prefix + filtered).json["results"]["bindings"]
    assert not ask(client, prefix + 'SELECT ?e { ?e rgf:matches "zebra" }').json["results"]["bindings"]
    for words in ('\\"unbalanced', "AND OR NOT", "a*b:c^d", "", "(((", "NEAR(x)"):
        assert ask(client, f'{prefix}SELECT ?e {{ ?e rgf:matches "{words}" }}').status_code == 200


def test_a_search_that_is_no_pattern_of_its_own_is_told_how_to_be_one(client):
    query = 'PREFIX rgf: <https://w3id.org/rightsgraph/function#> SELECT ?e { ?e a ?t ; rgf:matches "x" }'
    response = ask(client, query)
    assert response.status_code == 400
    assert "of its own" in response.get_data(as_text=True)


@pytest.mark.parametrize(
    "address",
    [
        "/sparql?query=ASK%7B%7D&named-graph-uri=%00",
        "/sparql?query=ASK%7B%7D&default-graph-uri=a%20b",
        "/sparql?query=BASE%20%3Chttp%3A%2F%2F%5Bx%3E%20ASK%20%7B%20%3Ca%3E%20%3Curn%3Ap%3E*%20%3Co%20%7D",
        "/sparql?query=SELECT%20*%20FROM%20%3Chttp%3A%2F%2F%5Bx%3E%20%7B%7D",
        "/graphs?graph=a%20b%01%3C",
        "/graphs?graph=http%3A%2F%2F%5Bx",
        "/graphs?graph=%FF",
    ],
)
def test_what_is_no_iri_is_an_error_of_the_client(client, address):
    assert client.get(address).status_code == 400


@given(st.text(alphabet="%+&=aé\\x41Uu0fF2 #é\U0001f600", max_size=40))
def test_parameters_are_read_as_the_standard_library_reads_them(encoded):
    try:
        expected = parse_qsl(encoded, keep_blank_values=True, errors="strict")
    except UnicodeDecodeError:
        with pytest.raises(ProtocolError):
            parameters(encoded)
        return
    assert parameters(encoded) == expected


def test_a_long_text_is_guarded_and_answered(client):
    long = "ASK {} #" + "x" * 60_000
    assert client.post("/sparql", data={"query": long}).get_json() == {"head": {}, "boolean": True}
    deep = "ASK " + "{" * 15_000 + "}" * 15_000
    assert client.post("/sparql", data={"query": deep}).status_code == 403


def test_headers_that_would_fill_the_memory_of_choices_are_refused(client):
    assert ask(client, "ASK {}", Accept="a/b," * 2_000).status_code == 431
