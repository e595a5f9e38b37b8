"""The guard lets people's queries through and stops what would hurt the engine."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.engine.guard import Bounds, Refused, check
from kg.engine.tokens import tokens
from kg.questions import questions

BOUNDS = Bounds()


def test_every_question_of_ours_passes():
    texts = [question.text for question in questions().values()]
    assert len(texts) >= 15
    for text in texts:
        check(text, BOUNDS)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?s ?p 'SERVICE' }",
        'SELECT * { ?s ?p """ { { { SERVICE """ }',
        "SELECT * { <http://example.org/SERVICE> ?p ?o }",
        "PREFIX ex: <urn:> SELECT * { ex:SERVICE ex:LOAD ?o }",
        "SELECT ?service { ?service ?load ?o } # SERVICE <http://example.org/> {",
        "SELECT * { ?s ?p '" + "{" * 5000 + "' }",
        "SELECT * { ?s ?p ?o FILTER(?a < ?b && ?c > ?d) }",
        "ASK {} # " + "(" * 5000,
    ],
)
def test_words_and_brackets_in_strings_names_and_comments_count_for_nothing(text):
    check(text, BOUNDS)


HOSTILE = {
    "braces": "{" * 20_000,
    "parentheses": "ASK { FILTER(" + "(" * 20_000 + "1" + ")" * 20_000 + ") }",
    "negations": "ASK { FILTER(" + "!" * 50_000 + "?x) }",
    "path parentheses": "ASK { ?s " + "(" * 20_000 + "<urn:p>" + ")" * 20_000 + " ?o }",
    "optionals": "ASK {" + "OPTIONAL {" * 3_000 + "}" * 3_000 + "}",
    "sub-selects": "SELECT * {" + "{ SELECT * {" * 2_000 + "}}" * 2_000 + "}",
    "unions": "SELECT * { {}" + " UNION {}" * 20_000 + "}",
    "sums": "ASK { FILTER(1" + "+1" * 100_000 + " = 1) }",
    "blank nodes": "ASK { ?s ?p " + "[ ?p " * 200 + "[]" + "]" * 200 + " }",
    "few blank nodes": "ASK { ?s ?p " + "[ ?p " * 17 + "[]" + "]" * 17 + " }",
    "patterns": "SELECT * {" + " . ".join(f"?a{i} ?p ?a{i + 1}" for i in range(800)) + "}",
    "values": "SELECT * { VALUES ?x {" + "<urn:x> " * 400_000 + "} }",
    "size": "ASK {}" + " " * 1_000_001,
    "hidden in what may be an IRI": "SELECT * { FILTER(?a<" + "!" * 50_000 + "(?b>?c)) }",
    "service": "SELECT * { SERVICE <urn:x> {} }",
    "service in small letters": "SELECT * { sErViCe<urn:x>{} }",
    "service by escape": "SELECT * { \\u0053ERVICE <urn:x> {} }",
    "service behind an escaped quote": 'SELECT * { ?s ?p "\\u0022" . SERVICE <urn:x> {} ?a ?b "" }',
    "service behind a comment": "SELECT * { # {\n SERVICE <urn:x> {} }",
    "service variable": "SELECT * { SERVICE ?x {} }",
    "load": "LOAD <http://127.0.0.1:9/>",
    "load silent in a query": "LOAD SILENT <http://127.0.0.1:9/>",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_refused(name):
    with pytest.raises(Refused):
        check(HOSTILE[name], BOUNDS)


def test_load_silent_passes_only_as_it_is_written():
    check("LOAD SILENT <http://127.0.0.1:9/>", BOUNDS, update=True)
    with pytest.raises(Refused):
        check("LOAD <http://127.0.0.1:9/>", BOUNDS, update=True)
    with pytest.raises(Refused):
        check("\\u004cOAD SILENT <http://127.0.0.1:9/>", BOUNDS, update=True)


def test_a_refusal_tells_place_and_bound():
    with pytest.raises(Refused, match=r"line 2, column 1[0-9]+: more than 100 nested brackets"):
        check("ASK {\n" + " " + "{" * 200, BOUNDS)


@given(st.text())
def test_any_text_is_read_to_its_end(text):
    for token in tokens(text):
        assert text[token.start : token.end] == token.text


@given(st.text(alphabet="{}()[]!?*+<>'\"\\#\n aSERVICE:./;,0", max_size=80))
def test_the_short_cut_never_passes_what_the_count_refuses(text):
    small = Bounds(depth=3, blank_depth=1, patterns=3, unions=1, operators=3, values=3)
    try:
        check(text, small)
    except Refused:
        return
    deepest = depth = 0
    for token in tokens(text):
        depth = max(0, depth + token.says("{", "(", "[") - token.says("}", ")", "]"))
        deepest = max(deepest, depth)
    assert deepest <= 3
    assert not any(token.says("SERVICE") for token in tokens(text))
