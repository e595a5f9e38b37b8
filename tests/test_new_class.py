"""The model is data: a violation class that only the ontology knows is extracted, stored and answered."""

from __future__ import annotations

import shutil

import pytest

from kg import pipeline
from kg.questions import questions
from kg.stores import current
from kg.stores.oxigraph import opened
from kg.vocabulary import RG, ontology_folder

CLASS = """
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix rg: <https://w3id.org/rightsgraph/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .

rg:BoatSeizure a owl:Class ;
    rdfs:subClassOf rg:ActAgainstSocialRights ,
        [ a owl:Restriction ; owl:onProperty rg:violates ; owl:hasValue rg:RightToFood ] ;
    rdfs:label "seizure of fishing boats"@en ;
    skos:definition "Fishers lose their boats to the authorities."@en ;
    rg:cue "impound obj:canoe"@en .
"""
TEXT = """Fishers lose their livelihood

In Senegal the coast guard impounded 14 canoes in March 2022, the Lagoon Fishers' Union says.
"""


@pytest.fixture(scope="module")
def build(tmp_path_factory):
    folder = tmp_path_factory.mktemp("new-class")
    shutil.copytree(ontology_folder(), folder / "ontology")
    (folder / "ontology" / "modules" / "boats.ttl").write_text(CLASS, encoding="utf-8")
    (folder / "news.txt").write_text(TEXT, encoding="utf-8")
    options = pipeline.Options(ontology=folder / "ontology")
    made, report = pipeline.build([folder / "news.txt"], folder / "store", options)
    assert report.problems == []
    assert current(folder / "store") == made
    return made


def test_a_new_class_with_one_cue_is_extracted_and_told_in_the_fact_table(build):
    (row,) = (
        r for r in questions("facts")["violations"].answer(opened(build)) if r["type"].value == "BoatSeizure"
    )
    assert row["country"].value == "SN"
    assert TEXT[int(row["start"].value) : int(row["end"].value)] == row["quote"].value
    assert "impounded 14 canoes" in row["quote"].value


def test_a_new_class_is_answered_by_a_question(build):
    answer = questions()["violations-in-a-country"].answer(opened(build), {"country": "SN"})
    assert f"{RG}BoatSeizure" in {row["act"].value for row in answer}


def test_a_new_class_has_the_consequences_of_its_axioms(build):
    answer = questions()["violations-of-a-right"].answer(opened(build), {"right": "RightToFood"})
    assert f"{RG}BoatSeizure" in {row["act"].value for row in answer}
