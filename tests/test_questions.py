"""Question files, their parameters, and how values get into queries."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import NotFoundError, QueryError
from kg.parameters import KINDS
from kg.questions import parse, question, questions
from kg.stores.oxigraph import in_memory
from kg.vocabulary import ID

HEAD = """#+ summary: Things with a word in them
#+ tags: words, things
#+ param: word text peace - A word
#+ param: other text war - Another word

SELECT ?s ?word WHERE {
  VALUES ?word { UNDEF }
  VALUES ?other { UNDEF }
  ?s <urn:says> ?said
  FILTER(!BOUND(?word) || ?said = ?word)
  FILTER(!BOUND(?other) || ?said = ?other)
}
"""


def written(folder, text: str = HEAD, name: str = "words.rq"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def said(*words: str) -> ox.Store:
    quads = (
        ox.Quad(ox.NamedNode(f"urn:s{i}"), ox.NamedNode("urn:says"), ox.Literal(w), ox.NamedNode("urn:g"))
        for i, w in enumerate(words)
    )
    return in_memory([(ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"")])


def test_the_head_tells_summary_tags_and_parameters(tmp_path):
    found = parse(written(tmp_path))
    assert (found.name, found.summary, found.tags) == (
        "words",
        "Things with a word in them",
        ("words", "things"),
    )
    assert [tuple(p) for p in found.parameters] == [
        ("word", "text", "", "peace", "A word"),
        ("other", "text", "", "war", "Another word"),
    ]
    assert not found.text.startswith("#+")


def test_a_question_without_values_is_left_open(tmp_path):
    assert len(list(parse(written(tmp_path)).answer(said("peace", "war")))) == 2


def test_a_value_narrows_the_answer(tmp_path):
    (row,) = parse(written(tmp_path)).answer(said("peace", "war"), {"word": "peace"})
    assert row["word"].value == "peace"


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0")))
def test_any_text_is_a_value_and_never_a_part_of_the_query(tmp_path_factory, text):
    asked = parse(written(tmp_path_factory.getbasetemp()))
    found = list(asked.answer(said(text, "peace"), {"word": text, "other": text}))
    assert {row["word"].value for row in found} == {text}


@pytest.mark.parametrize(
    "hostile",
    [
        '" } } #',
        "VALUES ?other { UNDEF }",
        '"} ?s ?p ?o . {',
        "\\",
        '\\" }',
        "'''\"\"\"",
        "> <",
        "\n} LIMIT 0 #",
    ],
)
def test_a_hostile_value_finds_itself_and_nothing_else(tmp_path, hostile):
    asked = parse(written(tmp_path))
    store = said("peace", hostile)
    assert [r["word"].value for r in asked.answer(store, {"word": hostile, "other": hostile})] == [hostile]


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        (HEAD.replace("#+ summary", "# summary"), "summary"),
        (HEAD.replace("word text peace", "word colour peace"), "can't read the parameter"),
        (HEAD.replace("VALUES ?other { UNDEF }", ""), "differ"),
        (HEAD.replace("#+ param: other text war - Another word\n", ""), "differ"),
    ],
)
def test_a_head_that_does_not_fit_its_text_is_refused(tmp_path, broken, told):
    with pytest.raises(QueryError, match=told):
        parse(written(tmp_path, broken))


@pytest.mark.parametrize("name", ["TM", "tm", "TKM", "Turkmenistan", " turkmenistan ", f"{ID}state/TM"])
def test_a_country_is_known_by_code_name_and_address(name):
    assert KINDS["state"](name, "", ID) == ox.NamedNode(f"{ID}state/TM")


def test_a_country_stands_under_the_base_of_the_data():
    assert KINDS["state"]("TM", "", "https://data.example/id/") == ox.NamedNode(
        "https://data.example/id/state/TM"
    )


def test_an_unknown_country_tells_what_comes_near():
    with pytest.raises(QueryError, match="turkmenistan"):
        KINDS["state"]("Turkmenistn", "", ID)


@pytest.mark.parametrize("name", ["ArbitraryDetention", "arbitrary detention", "arbitrarydetention"])
def test_a_term_is_known_by_name_and_label(name):
    assert KINDS["term"](name, "HarmfulAct", ID).value.endswith("#ArbitraryDetention")


def test_a_term_of_another_branch_is_refused():
    with pytest.raises(QueryError):
        KINDS["term"]("RightToLife", "HarmfulAct", ID)


@pytest.mark.parametrize("value", ["", "x", "1.5", "1e3", "9" * 30])
def test_what_is_no_whole_number_is_refused(value):
    with pytest.raises(QueryError):
        KINDS["integer"](value, "", ID)


def test_an_unknown_parameter_is_refused(tmp_path):
    with pytest.raises(QueryError, match="It takes: word, other"):
        parse(written(tmp_path)).bound({"colour": "red"})


def test_the_twelve_fact_tables_have_the_columns_of_the_contract():
    columns = {
        "documents": "item title publisher genre date",
        "entities": "item type name",
        "violations": "item type country quote claimant victim perpetrator date count start end",
        "rights": "item right",
        "recommendations": "item by addressee quote start end",
        "ratings": "item country rating",
        "roles": "item person role organisation",
        "endorsements": "item organisation",
        "actions": "item mechanism action country date quote start end",
        "instruments": "item name kind country year effect",
        "implementation": "item state claimant scope received accepted implemented quote start end",
        "figures": "item value of country quote start end",
    }
    store = in_memory()
    found = {n: " ".join(v.value for v in q.answer(store).variables) for n, q in questions("facts").items()}
    assert found == columns


def test_an_unknown_question_tells_which_there_are(tmp_path):
    (tmp_path / "questions").mkdir()
    written(tmp_path / "questions")
    with pytest.raises(NotFoundError, match="words"):
        question("letters", folder=tmp_path)
