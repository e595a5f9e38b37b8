"""Axioms become rules, rules reach the fixpoint, and each inferred triple can be explained."""

from __future__ import annotations

import shutil

import owlrl
import pyoxigraph as ox
import pytest
from rdflib import BNode, Graph

from kg.derivation import derivation
from kg.errors import NotFoundError, OntologyError
from kg.rules import LEFT_TO_REASONERS, compile_rules, infer
from kg.vocabulary import ID, RG, ontology_files, ontology_folder

PREFIXES = f"""
@prefix rg: <{RG}> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix state: <{ID}state/> .
@prefix test: <{ID}test/> .
"""
EVENTS = """
test:court a rg:Court ; rg:ofState state:TM .
test:rebels a rg:ArmedGroup .
test:after a rg:ArbitraryDetention ; rg:perpetrator test:court ; rg:date "2015-03-01"^^xsd:date .
test:same-year a rg:ArbitraryDetention ; rg:perpetrator test:court ; rg:date "1997"^^xsd:gYear .
test:before a rg:ArbitraryDetention ; rg:perpetrator test:court ; rg:date "1990-06"^^xsd:gYearMonth .
test:undated a rg:ArbitraryDetention ; rg:perpetrator test:court .
test:abuse a rg:ArbitraryDetention ; rg:perpetrator test:rebels ; rg:date "2015"^^xsd:gYear .
test:named a rg:MassArrest ; rg:perpetrator test:country ; rg:date "2015"^^xsd:gYear .
test:country a rg:Country ; rg:denotes state:TM .
test:group a rg:TreatyBody .
test:finding a rg:Claim ; rg:status rg:Asserted ; rg:claimant test:group ; rg:reports test:after .
test:rumour a rg:Claim ; rg:status rg:Alleged ; rg:claimant test:group ; rg:reports test:before .
"""
UPPER = ("http://www.w3.org/2002/07/owl#", "http://www.w3.org/2000/01/rdf-schema#")
DATA, REFERENCE, INFERRED = f"{ID}graph/test", f"{ID}graph/reference", f"{ID}graph/inferred"


def node(name):
    return ox.NamedNode(name if ":" in name else f"{ID}{name}")


def store_of(data, folder=None):
    store = ox.Store()
    for path in ontology_files(folder or ontology_folder()):
        for t in ox.parse(path.read_bytes(), format=ox.RdfFormat.TURTLE):
            store.add(ox.Quad(t.subject, t.predicate, t.object, node(REFERENCE)))
    store.load((PREFIXES + data).encode(), format=ox.RdfFormat.TURTLE, to_graph=node(DATA))
    return store


def holds(store, subject, predicate, value):
    return any(store.quads_for_pattern(node(f"test/{subject}"), node(RG + predicate), node(value), None))


def is_a(store, subject, kind):
    type_ = node("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    return any(store.quads_for_pattern(node(f"test/{subject}"), type_, node(RG + kind), None))


@pytest.fixture(scope="module")
def rules():
    return compile_rules(ontology_folder())


@pytest.fixture(scope="module")
def inferred(rules):
    store = store_of(EVENTS)
    assert infer(store, rules, INFERRED) > 0
    return store


def test_detention_by_a_court_of_a_bound_state_violates_right_article_and_treaty(inferred):
    assert holds(inferred, "after", "violates", RG + "RightToLibertyAndSecurity")
    for article in ("iccpr-9", "udhr-3", "udhr-9"):
        assert holds(inferred, "after", "engagesProvision", f"provision/{article}")
    assert holds(inferred, "after", "engagesInstrument", "instrument/iccpr")
    assert holds(inferred, "after", "attributableTo", "state/TM")
    assert holds(inferred, "after", "boundBy", "instrument/iccpr")
    assert is_a(inferred, "after", "Violation")
    assert not is_a(inferred, "after", "Abuse")


@pytest.mark.parametrize("event", ["before", "same-year", "undated"])
def test_where_the_state_was_not_certainly_bound_only_the_declaration_remains(inferred, event):
    assert holds(inferred, event, "engagesProvision", "provision/udhr-9")
    assert not holds(inferred, event, "engagesProvision", "provision/iccpr-9")
    assert not holds(inferred, event, "boundBy", "instrument/iccpr")
    assert is_a(inferred, event, "Violation")


def test_the_same_act_by_an_armed_group_is_an_abuse_and_engages_no_treaty(inferred):
    assert is_a(inferred, "abuse", "Abuse")
    assert not is_a(inferred, "abuse", "Violation")
    assert not holds(inferred, "abuse", "boundBy", "instrument/iccpr")
    assert not holds(inferred, "abuse", "engagesProvision", "provision/iccpr-9")


def test_a_state_named_in_the_text_acts_for_itself(inferred):
    assert holds(inferred, "named", "attributableTo", "state/TM")
    assert is_a(inferred, "named", "ArbitraryDetention")


def test_an_act_is_established_by_a_finding_and_not_by_an_allegation(inferred):
    assert is_a(inferred, "after", "EstablishedAct")
    assert not is_a(inferred, "before", "EstablishedAct")


def test_a_denunciation_ends_the_bond(rules):
    left = (
        f"test:one a rg:TreatyParticipation ; rg:participant state:XK ; rg:treaty <{ID}instrument/iccpr> ; "
        'rg:participationYear "1990"^^xsd:gYear ; rg:denunciationYear "2000"^^xsd:gYear .\n'
    )
    events = "".join(
        f'test:e{y} a rg:ArbitraryDetention ; rg:attributableTo state:XK ; rg:date "{y}"^^xsd:gYear .\n'
        for y in (1995, 2005)
    )
    store = store_of(left + events)
    infer(store, rules, INFERRED)
    assert holds(store, "e1995", "boundBy", "instrument/iccpr")
    assert not holds(store, "e2005", "boundBy", "instrument/iccpr")


def test_inference_adds_to_the_inferred_graph_alone_and_a_second_run_adds_nothing(rules):
    store = store_of(EVENTS)
    stated = set(store)
    new = infer(store, rules, INFERRED)
    added = set(store) - stated
    assert len(added) == new
    assert {q.graph_name for q in added} == {node(INFERRED)}
    assert infer(store, rules, INFERRED) == 0


def test_denied_torture_is_no_violation(rules):
    store = store_of("test:claim a rg:Claim ; rg:status rg:Denied ; rg:claimType rg:Torture .")
    infer(store, rules, INFERRED)
    assert not is_a(store, "claim", "HarmfulAct")


def test_each_step_of_a_derivation_is_stated_or_follows_from_steps_before(inferred, rules):
    triple = ox.Triple(node("test/after"), node(RG + "engagesInstrument"), node("instrument/iccpr"))
    steps = derivation(inferred, triple, rules, INFERRED)
    assert steps[-1].triple == triple
    seen = set()
    for step in steps:
        assert step.graphs if step.rule is None else set(step.premises) <= seen
        seen.add(step.triple)
    names = " ".join(s.rule.name for s in steps if s.rule)
    assert "engagesProvision ∘ provisionOf ⊑ engagesInstrument" in names
    assert "ArbitraryDetention ⊑ violates value RightToLibertyAndSecurity" in names


def test_what_neither_is_stated_nor_follows_has_no_derivation(inferred, rules):
    triple = ox.Triple(node("test/abuse"), node(RG + "boundBy"), node("instrument/iccpr"))
    with pytest.raises(NotFoundError):
        derivation(inferred, triple, rules, INFERRED)


@pytest.mark.parametrize(
    "axiom",
    [
        "rg:Torture rdfs:subClassOf [ owl:onProperty rg:victim ; owl:someValuesFrom rg:Person ] .",
        "rg:Torture rdfs:subClassOf [ owl:onProperty rg:victim ; owl:allValuesFrom rg:Person ] .",
        "rg:victim a owl:FunctionalProperty .",
        "rg:Person owl:hasKey ( rg:value ) .",
        "rg:Torture owl:oneOf ( test:a test:b ) .",
        "rg:victim rdfs:domain [ a owl:Class ; owl:unionOf ( rg:Claim rg:HarmfulAct ) ] .",
        "rg:victim owl:inverseOf [ owl:inverseOf rg:perpetrator ] .",
        "test:a owl:sameAs test:b .",
    ],
)
def test_an_axiom_that_no_rule_covers_raises(tmp_path, axiom):
    folder = tmp_path / "ontology"
    shutil.copytree(ontology_folder(), folder)
    (folder / "modules" / "new.ttl").write_text(PREFIXES + axiom, encoding="utf-8")
    with pytest.raises(OntologyError) as caught:
        compile_rules(folder)
    assert "new.ttl" in caught.value.where
    assert "restrictions.ttl" in caught.value.mend


def test_a_folder_without_an_ontology_raises(tmp_path):
    with pytest.raises(OntologyError):
        compile_rules(tmp_path)


def test_rules_come_in_one_order_and_each_once(rules):
    assert rules == compile_rules(ontology_folder())
    assert len({(r.head, r.body, r.where) for r in rules}) == len(rules)
    assert len(rules) > 400


def test_compiled_rules_and_owlrl_agree(rules):
    """Both closures of the same data, compared on what is said of the data's own things."""
    axioms = [p for p in ontology_files(ontology_folder()) if p.parent.name == "modules"]
    axioms = [p for p in axioms if p.name not in LEFT_TO_REASONERS]
    reference = ontology_folder() / "reference" / "rights.ttl"
    graph = Graph().parse(data=PREFIXES + EVENTS, format="turtle")
    for path in (*axioms, reference):
        graph.parse(path)
    data = graph.serialize(format="nt")
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    store = ox.Store()
    store.load(data.encode(), format=ox.RdfFormat.N_TRIPLES, to_graph=node(DATA))
    infer(store, tuple(r for r in rules if not r.source.endswith(".rq")), INFERRED)

    def told(subject, predicate, value):
        own = predicate.startswith(RG) or predicate.endswith("#type")
        return subject.startswith(f"{ID}test/") and own and not value.startswith(UPPER)

    named = ((s, p, o) for s, p, o in graph if not isinstance(o, BNode))
    oracle = {t for t in ((str(s), str(p), str(o)) for s, p, o in named) if told(*t)}
    quads = (
        q for q in store if isinstance(q.subject, ox.NamedNode) and not isinstance(q.object, ox.BlankNode)
    )
    found = {t for t in ((q.subject.value, q.predicate.value, q.object.value) for q in quads) if told(*t)}
    assert found == oracle
    assert len(found) > 100
