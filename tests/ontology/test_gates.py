"""The quality gates: each fails on a planted defect, and passes without."""

from __future__ import annotations

import shutil

import pyoxigraph as ox
import pytest

from kg.check import checks, ontology_problems
from kg.vocabulary import ID, RG, ontology_files, ontology_folder

PREFIXES = f"""
@prefix rg: <{RG}> .
@prefix id: <{ID}> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
DEFECTS = {
    "class-is-connected": "rg:Alone a owl:Class .",
    "country-name-is-one-countrys": 'id:a a rg:Country ; rdfs:label "Turkmenistan"@en .',
    "declaration-proclaims": "rg:RightToLife rg:proclaimedBy <" + ID + "provision/iccpr-9> .",
    "declared": "rg:RightToLife rg:guarantedBy id:x .",
    "defined-by": "rg:New a owl:Class .",
    "definition": "rg:New a owl:Class .",
    "deprecated-is-replaced": "rg:Torture owl:deprecated true .",
    "deprecated-is-unused": "rg:ArbitraryDetention owl:deprecated true .",
    "domain-or-range": "rg:loose a owl:ObjectProperty .",
    "foreign-terms-declared": 'id:a <http://example.org/unheardOf> "x" .',
    "foreign-terms-unchanged": "prov:Agent rdfs:subClassOf prov:Entity .",
    "label-in-english": 'rg:New a owl:Class ; rdfs:label "neu"@de .',
    "label-in-french-and-spanish": 'rg:New a owl:Class ; rdfs:label "new"@en , "nouveau"@fr .',
    "label-in-six-languages": "rg:New a owl:Class ; rdfs:subClassOf rg:HarmfulAct ; rdfs:isDefinedBy id:x .",
    "label-names-one-term": 'rg:New a owl:Class ; rdfs:label "torture"@en .',
    "mechanism-name-is-one-mechanisms": 'id:a a rg:TreatyBody ; skos:altLabel "OHCHR"@en .',
    "module-header": "id:module a owl:Ontology .",
    "name-is-no-other-violations-label": 'rg:Censorship skos:altLabel "torture"@en .',
    "naming-style": "rg:bad_name a owl:Class .",
    "no-cycle-of-classes": "rg:HarmfulAct rdfs:subClassOf rg:Torture .",
    "no-synonyms-as-classes": "rg:Torture owl:equivalentClass rg:Censorship .",
    "notation-is-a-class-above": 'rg:Torture skos:notation "Censorship" .',
    "one-domain-one-range": "rg:treaty rdfs:range rg:Declaration .",
    "one-label-a-language": 'rg:Torture rdfs:label "tormenting"@en .',
    "participation-is-whole": "id:p a rg:TreatyParticipation ; rg:participant id:x .",
    "provision-is-whole": "id:p a rg:LegalProvision .",
    "right-is-guaranteed": "rg:RightToNothing a rg:Right .",
    "source": "rg:New a owl:Class .",
    "state-codes": 'id:a a rg:Country ; rg:iso3166Alpha2 "QQ" .',
    "translation-awaits-review": 'rg:New a owl:Class ; rdfs:label "新"@zh .',
    "verified-or-marked": "id:body a owl:NamedIndividual , rg:UnitedNationsBody .",
    "violation-type-harms-a-right": "rg:New a owl:Class ; rdfs:subClassOf rg:CivicSpaceRestriction .",
}
"""What makes each gate fail."""
TAKEN_AWAY = {
    "header": "DELETE WHERE { ?ontology <http://www.w3.org/2002/07/owl#priorVersion> ?any }",
    "some-disjointness": "DELETE WHERE { ?any a <http://www.w3.org/2002/07/owl#AllDisjointClasses> }",
}
"""What makes those gates fail that ask for something."""


@pytest.fixture(scope="module")
def ontology():
    store = ox.Store()
    for path in ontology_files(ontology_folder()):
        store.bulk_load(path.read_bytes(), format=ox.RdfFormat.TURTLE)
    return store


def by_name():
    return {check.name: check for check in checks() if check.on == "ontology"}


def test_every_gate_has_a_planted_defect():
    assert set(by_name()) == set(DEFECTS) | set(TAKEN_AWAY)
    assert len(by_name()) > 30


@pytest.mark.parametrize("name", sorted(DEFECTS))
def test_a_gate_fails_on_its_defect_and_passes_without(ontology, name):
    check, graph = by_name()[name], ox.NamedNode(f"{ID}graph/defect")
    assert list(check.problems(ontology)) == []
    ontology.load((PREFIXES + DEFECTS[name]).encode(), format=ox.RdfFormat.TURTLE, to_graph=graph)
    found = list(check.problems(ontology))
    ontology.remove_graph(graph)
    assert found
    assert all(check.summary in p.what or "more" in p.what for p in found)
    assert all(p.where and p.mend == check.mend for p in found)


@pytest.mark.parametrize("name", sorted(TAKEN_AWAY))
def test_a_gate_fails_where_what_it_asks_for_is_gone(ontology, name):
    assert list(by_name()[name].problems(ontology)) == []
    store = ox.Store()
    store.extend(ontology)
    store.update(TAKEN_AWAY[name])
    assert list(by_name()[name].problems(store))


@pytest.fixture
def copy(tmp_path):
    shutil.copytree(ontology_folder(), tmp_path / "ontology")
    return tmp_path / "ontology"


def test_a_file_that_is_no_turtle_is_told(copy):
    (copy / "modules" / "broken.ttl").write_text("rg:Torture a", encoding="utf-8")
    (problem,) = ontology_problems(copy)
    assert "broken.ttl" in problem.where
    assert "Protégé" in problem.mend


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """What is found in an ontology with several defects at once."""
    folder = tmp_path_factory.mktemp("defects") / "ontology"
    shutil.copytree(ontology_folder(), folder)
    (folder / "modules" / "new.ttl").write_text("", encoding="utf-8")
    (folder / "modules" / "restrictions.ttl").unlink()
    with (folder / "rightsgraph.ttl").open("a", encoding="utf-8") as root:
        root.write("\n<https://w3id.org/rightsgraph/ontology> owl:imports <urn:x> .\n")
    with (folder / "modules" / "core.ttl").open("a", encoding="utf-8") as module:
        module.write("\nrg:idle a owl:ObjectProperty ; rdfs:domain rg:Claim .\n")
    return [p for p in ontology_problems(folder) if not p.what.startswith("not so: ")]


def test_a_file_that_the_catalog_does_not_name_is_told(found):
    (problem,) = [p for p in found if "new.ttl" in p.where]
    assert "catalog" in problem.what


def test_an_import_that_the_catalog_does_not_name_is_told(found):
    assert [p for p in found if "urn:x" in p.what]


def test_an_entry_of_the_catalog_without_its_file_is_told(found):
    assert [p for p in found if "restrictions.ttl" in p.what]


def test_a_term_that_nothing_uses_is_told(found):
    assert [p for p in found if p.where.endswith("idle") and "uses this term" in p.what]


def test_nothing_else_is_told(found):
    """Two addresses of the catalog lead to the file that is gone."""
    assert len(found) == 5


def test_an_axiom_without_a_rule_is_told(copy):
    module = copy / "modules" / "core.ttl"
    text = module.read_text(encoding="utf-8") + "\nrg:partOf a owl:FunctionalProperty .\n"
    module.write_text(text, encoding="utf-8")
    (problem,) = ontology_problems(copy)
    assert "FunctionalProperty" in problem.what
    assert "restrictions.ttl" in problem.mend
