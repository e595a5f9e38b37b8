"""Claims become the graph that docs/model.md tells, and the fact tables tell it back."""

from __future__ import annotations

import dataclasses
import typing

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made import ARREST, CLAIMS, TEXT, item_claims, span
from rdflib import BNode, Literal, URIRef
from rdflib.namespace import RDF

from kg import model, validate
from kg.errors import EvidenceError
from kg.quads import lines_of
from kg.questions import questions
from kg.reference import reference_lines
from kg.slots import CONTENT, RG
from kg.stores.oxigraph import in_memory
from kg.triples import OA, document_graph
from kg.vocabulary import ID, ontology_folder, vocabulary


def graph_of(claims: tuple[model.Claim, ...] = CLAIMS):
    found = item_claims(claims)
    return document_graph(found.reading.item.document, [found])


def rows(table: str, claims: tuple[model.Claim, ...] = CLAIMS) -> list[dict[str, str | None]]:
    store = in_memory([*reference_lines(ontology_folder()), *lines_of(graph_of(claims))])
    solutions = questions("facts")[table].answer(store)
    names = [v.value for v in solutions.variables]
    return [{n: s[n].value if s[n] is not None else None for n in names} for s in solutions]


def test_every_kind_of_content_has_slots_for_all_its_fields():
    kinds = typing.get_args(model.Content)
    assert len(kinds) == 11
    for kind in set(kinds) - {model.EntityNamed}:
        shape = CONTENT[kind]
        told = {slot.field for slot in shape.slots} | {shape.type[1:-1]}
        assert {f.name for f in dataclasses.fields(kind)} <= told, kind


def test_every_property_and_class_is_a_term_of_the_ontology():
    known = vocabulary()
    names = {slot.property for shape in CONTENT.values() for slot in shape.slots}
    graph = graph_of()
    used = {t for triple in graph for t in (triple[1], triple[2]) if str(t).startswith(str(RG))}
    for iri in {str(RG[n]) for n in names} | {str(u) for u in used}:
        assert known.term(iri).label


def test_a_document_holds_no_blank_node():
    assert not [t for triple in graph_of() for t in triple if isinstance(t, BNode)]


def test_a_violation_row_tells_who_to_whom_where_when_and_how_many():
    at = span(ARREST)
    assert rows("violations") == [
        {
            "item": "made.txt#1",
            "type": "ArbitraryDetention",
            "country": "TM",
            "quote": ARREST,
            "claimant": "Aina Orazova",
            "victim": "journalists",
            "perpetrator": "Police",
            "date": "2019-05",
            "count": "12",
            "start": str(at.start),
            "end": str(at.end),
        }
    ]


def test_rows_of_one_sentence_stand_in_the_order_of_the_words_that_say_them():
    sentence = span(
        "Police in Ashgabat arrested 12 journalists in May 2019, said Aina Orazova, head of Free Quill."
    )
    arrests = [
        model.Claim(model.Violation("ArbitraryDetention", "TM", victim=victim), sentence, trigger=span(word))
        for victim, word in (("Zora", "Police"), ("Anna", "arrested"), ("Mila", "journalists in"))
    ]
    assert [row["victim"] for row in rows("violations", arrests)] == ["Zora", "Anna", "Mila"]


def test_the_words_that_say_it_are_told_by_their_offsets():
    graph, at = graph_of(CLAIMS), span("arrested")
    (claim,) = graph.subjects(RG.triggerStart, Literal(at.start))
    assert graph.value(claim, RG.triggerEnd) == Literal(at.end)
    assert graph.value(claim, RG.claimType) == RG.ArbitraryDetention


def test_words_that_end_before_they_begin_are_found():
    back = model.Claim(CLAIMS[2].about, span(ARREST), trigger=model.Span(30, 29))
    (problem,) = validate.problems(graph_of((back,)))
    assert "begin before they end" in problem.what


@pytest.mark.parametrize("status", [s for s in model.Status if not s.reported])
def test_what_is_not_said_to_have_happened_is_a_claim_without_event(status):
    claim = model.Claim(model.Violation("TortureOrIllTreatment", "TM"), span("torture"), status)
    graph = graph_of((claim,))
    assert not list(graph.subjects(RDF.type, RG.TortureOrIllTreatment))
    (told,) = graph.subjects(RG.claimType, RG.TortureOrIllTreatment)
    assert graph.value(told, RG.inCountry) == URIRef(f"{ID}state/TM")
    assert not rows("violations", (claim,))


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("documents", {"title": "Rights group warns on Turkmenistan", "publisher": "Free Quill",
                       "genre": "news", "date": "2019-06-01"}),
        ("rights", {"right": "FreedomOfExpression"}),
        ("recommendations", {"by": "Free Quill", "addressee": "the government"}),
        ("ratings", {"country": "TM", "rating": "closed"}),
        ("roles", {"person": "Aina Orazova", "role": "head", "organisation": "Free Quill"}),
        ("endorsements", {"organisation": "Free Quill"}),
        ("actions", {"mechanism": "Human Rights Council", "action": "AdoptedResolution", "country": "*",
                     "date": "2019-03-21"}),
        ("instruments", {"name": "resolution 40/11", "kind": "resolution", "country": "*", "year": "2019",
                         "effect": "protects"}),
        ("implementation", {"state": "TM", "claimant": "Free Quill", "scope": None, "received": "191",
                            "accepted": "172", "implemented": None}),
        ("figures", {"value": "12", "of": "journalists", "country": "TM"}),
    ],
)  # fmt: skip
def test_a_fact_table_tells_its_claim(table, expected):
    (row,) = rows(table)
    assert row["item"] == "made.txt#1"
    assert {k: row[k] for k in expected} == expected


def test_the_entity_table_tells_types_and_names():
    assert {(r["type"], r["name"]) for r in rows("entities")} == {
        ("Person", "Aina Orazova"),
        ("CivilSocietyOrganisation", "Free Quill"),
        ("Country", "Turkmenistan"),
    }


def test_claims_that_differ_in_one_slot_only_are_both_kept():
    one, other = (
        model.Claim(model.Violation("ArbitraryDetention", "TM", count=n), span(ARREST)) for n in (12, 13)
    )
    assert [r["count"] for r in sorted(rows("violations", (one, other)), key=str)] == ["12", "13"]
    assert lines_of(graph_of((one, other))) == lines_of(graph_of((other, one, one)))


def test_the_order_of_claims_does_not_matter():
    assert lines_of(graph_of(CLAIMS)) == lines_of(graph_of(CLAIMS[::-1]))


def test_the_graph_meets_its_shapes_and_its_evidence_is_the_text():
    graph = graph_of()
    assert validate.problems(graph) == []
    assert validate.check_evidence(graph) >= len({c.evidence for c in CLAIMS})


@pytest.mark.parametrize("offsets", [(-5, 4), (10, 10), (20, 10), (len(TEXT) - 1, len(TEXT) + 9)])
def test_evidence_outside_of_the_text_fails(offsets):
    claim = model.Claim(model.RightNamed("RightToLife"), model.Span(*offsets))
    with pytest.raises(EvidenceError, match="isn't the text"):
        validate.check_evidence(graph_of((claim,)))


def test_a_quote_that_is_not_the_text_fails():
    graph = graph_of()
    quote = next(graph.subjects(OA.exact))
    graph.set((quote, OA.exact, next(graph.objects(quote, OA.exact)) + "!"))
    with pytest.raises(EvidenceError, match="isn't the text"):
        validate.check_evidence(graph)


def test_a_claim_without_evidence_fails():
    graph = graph_of()
    graph.remove((next(graph.subjects(RDF.type, RG.Claim)), RG.evidence, None))
    with pytest.raises(EvidenceError, match="no evidence"):
        validate.check_evidence(graph)


DEFECTS = [
    (model.Rating("TM", "sunny"), "one of five"),
    (model.Violation("ArbitraryDetention", "TM", date="in May"), "A date is"),
    (model.Violation("ArbitraryDetention", "tm"), "The country is"),
    (model.Violation("ArbitraryDetention", "TM", count=-2), "number of victims"),
    (model.InstrumentNamed("Press Act", "leaflet"), "kind of an instrument"),
    (model.InstrumentNamed("Press Act", "law", effect="delays"), "effect of an instrument"),
]


@pytest.mark.parametrize(("about", "told"), DEFECTS)
def test_the_shapes_find_a_planted_defect(about, told):
    (problem,) = validate.problems(graph_of((model.Claim(about, span(ARREST)),)))
    assert told in problem.what


def test_a_confidence_above_one_is_found():
    (problem,) = validate.problems(graph_of((model.Claim(CLAIMS[2].about, span(ARREST), confidence=1.5),)))
    assert "confidence" in problem.what


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1))
def test_any_text_survives_as_evidence(text):
    text = "Title\n" + text
    at = model.Span(6, len(text))
    found = item_claims((model.Claim(model.RightNamed("RightToLife"), at),), text)
    lines = lines_of(document_graph(found.reading.item.document, [found]))
    quads = list(ox.parse(b"".join(lines), format=ox.RdfFormat.N_QUADS))
    exact = [q.object.value for q in quads if q.predicate.value == str(OA.exact)]
    assert text[6:] in exact
    assert text in [q.object.value for q in quads if q.predicate.value == str(RG.text)]
