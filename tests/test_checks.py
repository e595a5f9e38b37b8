"""The gates on a store: silent on what is well, and each finds its planted defect."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from made import CLAIMS, item_claims

from kg.check import checks, store_problems
from kg.quads import lines_of
from kg.reference import reference_lines
from kg.stores.oxigraph import in_memory
from kg.triples import OA, document_graph
from kg.vocabulary import ID, RDF_TYPE, RDFS, RG, ontology_folder

CHECKS = {check.name: check for check in checks() if check.on == "store"}
CLAIM, ITEM, EVENT = f"{ID}claim/0123456789abcdef", f"{ID}document/x/item/1", f"{ID}event/0123456789abcdef"


def quads(found) -> list[bytes]:
    return lines_of(document_graph(found.reading.item.document, [found]))


@pytest.fixture(scope="module")
def well() -> list[bytes]:
    return [*reference_lines(ontology_folder()), *quads(item_claims(CLAIMS))]


def graph() -> str:
    found = item_claims(CLAIMS)
    return str(document_graph(found.reading.item.document, [found]).identifier)


def line(subject: str, predicate: str, value: str) -> bytes:
    term = value if value.startswith(('"', "_:")) else f"<{value}>"
    name = subject if subject.startswith("_:") else f"<{subject}>"
    return f"{name} <{predicate}> {term} <{graph()}> .\n".encode()


DATE, POSITION = f"{RG}date", f"{RG}position"
DEFECTS = {
    "act-is-asserted-or-alleged": [
        line(CLAIM, f"{RG}reports", EVENT),
        line(CLAIM, f"{RG}status", f"{RG}Denied"),
        line(EVENT, RDF_TYPE, f"{RG}HarmfulAct"),
    ],
    "claim-is-whole": [line(CLAIM, RDF_TYPE, f"{RG}Claim"), line(CLAIM, f"{RG}status", f"{RG}Asserted")],
    "claim-type-is-declared": [line(CLAIM, f"{RG}claimType", f"{RG}Tickling")],
    "class-of-data-is-declared": [line(EVENT, RDF_TYPE, f"{RG}Tickling")],
    "country-is-known": [line(EVENT, f"{RG}inCountry", f"{ID}state/QQ")],
    "date-is-a-date": [line(EVENT, DATE, '"last summer"')],
    "denotes-something-known": [line(f"{ID}entity/x/1/somebody", f"{RG}denotes", f"{ID}state/QQ")],
    "entity-has-a-name": [line(ITEM, f"{RG}names", f"{ID}entity/x/1/nameless")],
    "event-is-reported": [line(EVENT, RDF_TYPE, f"{RG}Torture")],
    "everything-has-an-address": [line("_:thing", f"{RG}text", '"nobody knows where I am"')],
    "evidence-is-in-the-claims-document": [line(CLAIM, RDF_TYPE, f"{RG}Claim")],
    "evidence-is-whole": [line(CLAIM, f"{RG}evidence", f"{ID}evidence/x/1-2")],
    "one-position": [line(EVENT, POSITION, f"{RG}Supported"), line(EVENT, POSITION, f"{RG}Noted")],
    "property-of-data-is-declared": [line(EVENT, f"{RG}tickledBy", '"a feather"')],
    "quote-is-the-text": [],
    "trigger-is-in-the-evidence": [
        line(CLAIM, f"{RG}triggerStart", '"1"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        line(CLAIM, f"{RG}triggerEnd", '"2"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        line(CLAIM, f"{RG}evidence", f"{ID}evidence/x/4-9"),
        line(f"{ID}evidence/x/4-9", str(OA.hasSelector), f"{ID}evidence/x/4-9/position"),
        line(
            f"{ID}evidence/x/4-9/position", str(OA.start), '"4"^^<http://www.w3.org/2001/XMLSchema#integer>'
        ),
        line(f"{ID}evidence/x/4-9/position", str(OA.end), '"9"^^<http://www.w3.org/2001/XMLSchema#integer>'),
    ],
}


def test_every_check_has_a_planted_defect():
    assert CHECKS.keys() == DEFECTS.keys()
    assert len(CHECKS) >= 15


@pytest.mark.parametrize("name", CHECKS)
def test_a_check_is_silent_on_what_is_well(well, name):
    assert list(CHECKS[name].problems(in_memory(well))) == []


@pytest.mark.parametrize("name", sorted(DEFECTS))
def test_a_check_finds_its_planted_defect(well, name):
    store = in_memory([*well, *DEFECTS[name]])
    if name == "quote-is-the-text":
        quad = next(q for q in store if q.predicate.value == str(OA.start))
        store.remove(quad)
        moved = ox.Literal(int(quad.object.value) + 1)
        store.add(ox.Quad(quad.subject, quad.predicate, moved, quad.graph_name))
    found = list(CHECKS[name].problems(store))
    assert found
    assert all(p.where and p.mend == CHECKS[name].mend for p in found)


def test_a_thing_of_two_classes_that_exclude_each_other_is_told(well):
    body = f"{ID}entity/x/1/body"
    both = [line(body, RDF_TYPE, f"{RG}{kind}") for kind in ("StateBody", "IntergovernmentalBody")]
    both.append(line(body, f"{RDFS}label", '"x"'))
    found = store_problems(in_memory([*well, *both]), ontology_folder())
    assert ["exclude each other" in p.what for p in found] == [True]
