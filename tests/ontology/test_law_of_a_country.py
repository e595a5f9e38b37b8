"""What a state can be held to: treaties that it joined, declarations everywhere, nothing else."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from kg.questions import questions
from kg.vocabulary import ID, RG, ontology_files, ontology_folder

DATA = f"""
@prefix rg: <{RG}> .
@prefix id: <{ID}> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def told(country: str) -> str:
    return f"""
id:event\\/{country} a rg:ArbitraryDetention ; rg:inCountry id:state\\/{country} ;
    rg:violates rg:RightToLibertyAndSecurity .
id:claim\\/{country} a rg:Claim ; rg:reports id:event\\/{country} ; rg:claimType rg:ArbitraryDetention ;
    rg:status rg:Asserted ; rg:inItem id:item ; rg:evidence id:evidence .
id:evidence oa:hasSelector id:quote .
id:quote oa:exact "arrested" .
"""


@pytest.fixture(scope="module")
def store():
    store = ox.Store()
    for path in ontology_files(ontology_folder()):
        store.load(
            path.read_bytes(), format=ox.RdfFormat.TURTLE, to_graph=ox.NamedNode(f"{ID}graph/reference")
        )
    text = DATA + told("TM") + told("SA")
    store.load(text.encode(), format=ox.RdfFormat.TURTLE, to_graph=ox.NamedNode(f"{ID}graph/test"))
    return store


def instruments(store, country):
    rows = questions()["treaty-articles-at-stake"].answer(store, {"country": country})
    return {row["instrument"].value.removeprefix(f"{ID}instrument/") for row in rows}


def test_a_party_to_the_covenant_is_held_to_it_and_to_the_declaration(store):
    assert {"iccpr", "udhr"} <= instruments(store, "TM")


def test_a_state_that_did_not_join_the_covenant_is_held_to_the_declaration_alone(store):
    found = instruments(store, "SA")
    assert "udhr" in found
    assert "iccpr" not in found


@pytest.mark.parametrize("country", ["TM", "SA"])
def test_no_regional_charter_is_listed_whose_parties_are_not_known(store, country):
    regional = {"achpr", "echr", "echr-p4", "achr", "arab-charter", "san-salvador-protocol"}
    assert not regional & instruments(store, country)
