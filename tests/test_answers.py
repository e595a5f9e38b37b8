"""Every question gets an answer, with sentence, claimant, status and document, from claims made for it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from made import ARREST, CLAIMS, ENTITIES, TEXT, reading, span

from kg import model
from kg.pipeline import INFERRED
from kg.quads import lines_of
from kg.questions import questions
from kg.reference import reference_lines
from kg.rules import compile_rules, infer
from kg.stores.oxigraph import in_memory
from kg.triples import document_graph
from kg.vocabulary import ontology_folder, vocabulary

TAIL = ["claimant", "status", "quote", "document", "evidence"]
AT = span(ARREST)
COUNCIL = model.Entity("mechanism-upr", "Mechanism", "Universal Periodic Review")


def violation(type_: str, *, status: model.Status = model.Status.ASSERTED, **slots: object) -> model.Claim:
    told = model.Violation(type_, **{"country": "TM", **slots})
    return model.Claim(told, AT, status, claimant="Aina Orazova", confidence=0.5, found_by="violation-cue")


MORE = (
    *CLAIMS,
    violation("TortureOrIllTreatment"),
    violation("Reprisal", victim="a witness"),
    violation("ProtestBan"),
    violation("Censorship", country=model.WORLD),
    violation(
        "ArbitraryDetention", date="2021-06-02", perpetrator="Turkmenistan", perpetrator_key="country-tm"
    ),
    model.Claim(model.InstrumentNamed("Press Act", "law", "TM", "2016", "restricts"), AT),
    model.Claim(model.Endorsement("Ink League"), AT),
    model.Claim(model.MechanismAction("Working Group", "IssuedOpinion", "TM", "2019"), AT),
    model.Claim(model.Recommendation("Free Quill", "Turkmenistan", mechanism=COUNCIL.name), AT),
)


@pytest.fixture(scope="module")
def store():
    lines = list(reference_lines(ontology_folder()))
    for name in ("one.txt", "two.txt"):
        read = replace(reading(f"{TEXT}{name}\n", name), entities=(*ENTITIES, COUNCIL))
        lines += lines_of(document_graph(read.item.document, [model.ItemClaims(read, MORE)]))
    made = in_memory(lines)
    infer(made, compile_rules(ontology_folder()), INFERRED)
    return made


def test_there_are_at_least_twenty_five_questions():
    assert len(questions()) >= 25


@pytest.mark.parametrize("name", questions())
def test_a_question_has_an_answer_with_sentence_claimant_status_and_document(store, name):
    if name.startswith("treaties-") and not vocabulary().individuals("TreatyParticipation"):
        pytest.skip("the reference data holds no ratifications")
    solutions = questions()[name].answer(store)
    columns = [variable.value for variable in solutions.variables]
    assert columns[-5:] == TAIL
    rows = list(solutions)
    assert rows
    for row in rows:
        assert row["quote"].value in TEXT
        assert row["status"] is not None
        assert "/item/" in row["document"].value


@pytest.mark.parametrize(
    ("name", "parameter"), [(n, p) for n, q in questions().items() for p in q.parameters]
)
def test_an_example_of_a_parameter_is_a_value_of_its_kind(store, name, parameter):
    narrowed = list(questions()[name].answer(store, {parameter.name: parameter.example}))
    assert len(narrowed) <= len(list(questions()[name].answer(store)))


def test_a_country_narrows_and_an_unknown_victim_finds_nothing(store):
    asked = questions()["who-is-targeted"]
    assert list(asked.answer(store, {"country": "TM", "victim": "JOURNALIST"}))
    assert list(asked.answer(store, {"country": "UG"})) == []
    assert list(asked.answer(store, {"victim": "astronaut"})) == []


def test_a_broad_type_finds_the_narrow_ones(store):
    asked = questions()["violations-in-a-country"]
    narrow = {r["act"].value for r in asked.answer(store, {"type": "ArbitraryDetention"})}
    broad = {r["act"].value for r in asked.answer(store, {"type": "ActAgainstLiberty"})}
    assert narrow
    assert narrow <= broad
