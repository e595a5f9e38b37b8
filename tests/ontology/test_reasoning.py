"""HermiT over the ontology and a few facts: what must follow, and what must contradict, and why.

Each bad example contradicts by the one axiom that it is there for: the ontology without these
axioms allows all examples together, and with that axiom alone put back it forbids the example.
"""

from __future__ import annotations

from functools import reduce
from typing import NamedTuple

import owlready2
import pyoxigraph as ox
import pytest

from kg.reasoner import axioms as without_words
from kg.reasoner import java, loaded, merged, quick_java
from kg.vocabulary import ID, OWL, RG, ontology_folder

pytestmark = pytest.mark.skipif(java() is None, reason="HermiT needs Java")

TEST = f"{ID}test/"
PREFIXES = f"""
PREFIX rg: <{RG}>
PREFIX id: <{ID}>
PREFIX test: <{TEST}>
PREFIX owl: <{OWL}>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
"""
MEMBERS = "?group a {} ; owl:{}/rdf:rest*/rdf:first {} , {}"
ON = "{} rdfs:subClassOf ?r . ?r owl:onProperty {} ; {} ?v"


class Bad(NamedTuple):
    """Facts that can't all be true, and the axioms that say so."""

    facts: str
    triple: str
    """Taken away, with these the facts are possible: what is deleted ..."""
    where: str
    """... and where it stands."""


def disjoint(one: str, other: str) -> tuple[str, str]:
    return "?group ?p ?o", "?group ?p ?o . " + MEMBERS.format("owl:AllDisjointClasses", "members", one, other)


def different(one: str, other: str) -> tuple[str, str]:
    pattern = MEMBERS.format("owl:AllDifferent", "distinctMembers", one, other)
    return "?group ?p ?o", "?group ?p ?o . " + pattern


def restricted(kind: str, prop: str, how: str) -> tuple[str, str]:
    return f"{kind} rdfs:subClassOf ?r", ON.format(kind, prop, how)


BAD = {
    "a state body that is a civil society organisation": Bad(
        "test:x a rg:Court , rg:NonGovernmentalOrganisation .", *disjoint("rg:StateBody", "rg:NonStateActor")
    ),
    "an act attributed to an armed group": Bad(
        "test:act a rg:Torture ; rg:attributableTo test:rebels . test:rebels a rg:ArmedGroup .",
        *restricted("rg:HarmfulAct", "rg:attributableTo", "owl:allValuesFrom"),
    ),
    "a finding that denies": Bad(
        "test:c a rg:Finding ; rg:status rg:Denied .",
        *restricted("rg:Finding", "rg:status", "owl:hasValue"),
    ),
    "a claim confirmed and rejected": Bad(
        "test:c a rg:Claim ; rg:reviewState rg:Confirmed , rg:Rejected .",
        *restricted("rg:Claim", "rg:reviewState", "owl:maxCardinality"),
    ),
    "a recommendation supported and noted": Bad(
        "test:r a rg:Recommendation ; rg:position rg:Supported , rg:Noted .",
        *restricted("rg:Recommendation", "rg:position", "owl:maxCardinality"),
    ),
    "a rating of two values": Bad(
        "test:r a rg:CivicSpaceRating ; rg:ratingValue rg:Open , rg:Closed .",
        *different("rg:Open", "rg:Closed"),
    ),
    "a right that is an article": Bad(
        "rg:RightToLife a rg:LegalProvision .", *disjoint("rg:Right", "rg:LegalProvision")
    ),
    "a document that is an event": Bad(
        "test:d a rg:Document , rg:Torture .", *disjoint("rg:Occurrence", "rg:InformationResource")
    ),
    "a territory that is a state": Bad(
        "test:t a rg:Territory , rg:State .", *disjoint("rg:State", "rg:Territory")
    ),
}
GOOD = """
INSERT DATA {
  test:turkmenistan a rg:State ; rg:actsFor test:turkmenistan .
  test:court a rg:Court ; rg:organOf test:turkmenistan .
  test:rebels a rg:ArmedGroup .
  test:firm a rg:Company .
  test:committee a rg:TreatyBody .
  test:byCourt a rg:ArbitraryDetention ; rg:perpetrator test:court .
  test:byRebels a rg:ArbitraryDetention ; rg:perpetrator test:rebels .
  test:byFirm a rg:ForcedLabour ; rg:perpetrator test:firm .
  test:byBoth a rg:Torture ; rg:perpetrator test:court , test:rebels .
  test:byNobody a rg:Torture .
  test:found a rg:Claim ; rg:status rg:Asserted ; rg:claimant test:committee ; rg:reports test:byCourt .
  test:alleged a rg:Claim ; rg:status rg:Alleged ; rg:claimant test:committee ; rg:reports test:byFirm .
}
"""


@pytest.fixture(scope="module")
def axioms():
    """The ontology without the reference lists and the words, which add nothing to these examples."""
    store = ox.Store()
    store.extend(
        ox.Quad(*triple)
        for triple in without_words(merged(ontology_folder()))
        if not any(isinstance(t, ox.NamedNode) and t.value.startswith(ID) for t in triple)
    )
    return store


def consistent(axioms: ox.Store, *updates: str, properties: bool = False) -> tuple[bool, owlready2.World]:
    store = ox.Store()
    store.extend(axioms)
    for update in updates:
        store.update(PREFIXES + update)
    world = loaded(q.triple for q in store)
    try:
        with quick_java(java() or ""):
            owlready2.sync_reasoner_hermit(world, infer_property_values=properties, debug=0)
    except owlready2.OwlReadyInconsistentOntologyError:
        return False, world
    return True, world


def without(store: ox.Store, bad: Bad) -> ox.Store:
    found = ox.Store()
    found.extend(store)
    found.update(f"{PREFIXES} DELETE {{ {bad.triple} }} WHERE {{ {bad.where} }}")
    return found


@pytest.fixture(scope="module")
def permissive(axioms):
    """The ontology without the axioms that the bad examples are there for."""
    return reduce(without, BAD.values(), axioms)


def test_without_their_axioms_all_bad_examples_are_possible_together(permissive):
    assert consistent(permissive, *(f"INSERT DATA {{ {bad.facts} }}" for bad in BAD.values()))[0]


def reached(axioms: ox.Store, start: ox.Store):
    """What leads up from the facts, and what excludes what: with fewer axioms, less can contradict."""
    todo = [term for quad in start for term in quad.triple if not isinstance(term, ox.Literal)]
    for kind in ("AllDisjointClasses", "AllDifferent"):
        todo += [q.subject for q in axioms.quads_for_pattern(None, None, ox.NamedNode(OWL + kind))]
    seen = set()
    while todo:
        term = todo.pop()
        if term not in seen:
            seen.add(term)
            for quad in axioms.quads_for_pattern(term, None, None):
                yield quad
                todo += [t for t in (quad.predicate, quad.object) if not isinstance(t, ox.Literal)]


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD)
def test_a_bad_example_contradicts_by_its_own_axiom(axioms, permissive, bad):
    own = set(axioms) - set(without(axioms, bad))
    assert own
    store = ox.Store()
    store.extend(own)
    store.update(f"{PREFIXES} INSERT DATA {{ {bad.facts} }}")
    store.extend(set(reached(permissive, store)))
    assert not consistent(store)[0]


@pytest.fixture(scope="module")
def inferred(axioms):
    sound, world = consistent(axioms, GOOD, properties=True)
    assert sound
    return world


KINDS = {
    "byCourt": {"Violation", "EstablishedAct"},
    "byRebels": {"Abuse"},
    "byFirm": {"Abuse"},
    "byBoth": {"Violation", "Abuse"},
    "byNobody": set(),
}


@pytest.mark.parametrize(("act", "kinds"), KINDS.items(), ids=KINDS)
def test_violation_abuse_and_established_act_are_told_apart(inferred, act, kinds):
    """A joint act is both: the court's part is the state's violation, the rebels' part an abuse."""
    found = {kind.name for kind in inferred[TEST + act].INDIRECT_is_a if hasattr(kind, "name")}
    assert found & {"Violation", "Abuse", "EstablishedAct"} == kinds


def test_what_an_act_violates_and_to_whom_it_is_attributed_follows(inferred):
    act = inferred[f"{TEST}byCourt"]
    assert "RightToLibertyAndSecurity" in {right.name for right in act.violates}
    assert [state.name for state in act.attributableTo] == ["turkmenistan"]
    assert inferred[f"{TEST}byRebels"].attributableTo == []
    kinds = {kind.name for kind in inferred[f"{TEST}found"].INDIRECT_is_a if hasattr(kind, "name")}
    assert "Finding" in kinds
