"""The checks of the data: silent on what is well, and each finds its planted defect."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from made import CLAIMS, item_claims

from kg.quads import lines_of
from kg.questions import questions
from kg.reference import reference_lines
from kg.stores.oxigraph import in_memory
from kg.triples import OA, document_graph
from kg.vocabulary import ID, RDF_TYPE, RG, ontology_folder

CHECKS = {name: check for name, check in questions("checks").items() if "data" in check.tags}
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


DEFECTS = {
    "data-declared-classes": [line(EVENT, RDF_TYPE, f"{RG}Tickling")],
    "data-declared-properties": [line(EVENT, f"{RG}tickledBy", '"a feather"')],
    "data-declared-claim-types": [line(CLAIM, f"{RG}claimType", f"{RG}Tickling")],
    "data-evidence-is-the-text": [],
    "data-claims-have-evidence": [line(CLAIM, RDF_TYPE, f"{RG}Claim")],
    "data-events-only-of-what-happened": [
        line(CLAIM, f"{RG}reports", EVENT),
        line(CLAIM, f"{RG}status", f"{RG}Denied"),
        line(EVENT, RDF_TYPE, f"{RG}HarmfulAct"),
    ],
    "data-known-countries": [line(EVENT, f"{RG}inCountry", f"{ID}state/QQ")],
    "data-no-blank-nodes": [line("_:thing", f"{RG}text", '"nobody knows where I am"')],
    "data-labelled-entities": [line(ITEM, f"{RG}names", f"{ID}entity/x/1/nameless")],
}


def test_every_check_has_a_planted_defect():
    assert CHECKS.keys() == DEFECTS.keys()
    assert len(CHECKS) >= 9


@pytest.mark.parametrize("name", CHECKS)
def test_a_check_is_silent_on_what_is_well(well, name):
    assert list(CHECKS[name].answer(in_memory(well))) == []


@pytest.mark.parametrize("name", sorted(DEFECTS))
def test_a_check_finds_its_planted_defect(well, name):
    store = in_memory([*well, *DEFECTS[name]])
    if name == "data-evidence-is-the-text":
        quad = next(q for q in store if q.predicate.value == str(OA.start))
        store.remove(quad)
        moved = ox.Literal(int(quad.object.value) + 1)
        store.add(ox.Quad(quad.subject, quad.predicate, moved, quad.graph_name))
    assert list(CHECKS[name].answer(store))
