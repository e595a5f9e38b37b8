"""A release of the ontology: whole in each syntax, equal from run to run, its changes in words."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from importlib import resources

import owlready2
import pyoxigraph as ox
import pytest

from kg.release import release
from kg.release.changes import changes
from kg.release.merging import ONTOLOGY, header, whole
from kg.rules import compile_rules, infer
from kg.vocabulary import ID, OWL, RDF_TYPE, RG, ontology_files, ontology_folder

FORMS = {
    "rightsgraph.ttl": ox.RdfFormat.TURTLE,
    "rightsgraph.owl": ox.RdfFormat.RDF_XML,
    "rightsgraph.jsonld": ox.RdfFormat.JSON_LD,
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    out = tmp_path_factory.mktemp("release")
    assert len(release(ontology_folder(), out)) == 7
    return out


@pytest.fixture(scope="module")
def merged():
    return whole(ontology_folder())


def triples(path, form):
    data = ox.Dataset(ox.Quad(*q.triple) for q in ox.parse(path.read_bytes(), format=form))
    data.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return {str(q) for q in data}


def test_every_syntax_holds_the_same_triples_as_the_modules(folder, merged):
    expected = {str(ox.Quad(*t)) for t in merged}
    assert len(expected) > 30_000
    for name, form in FORMS.items():
        assert triples(folder / name, form) == expected, name


def test_the_merged_file_stands_alone(folder):
    found = list(ox.parse((folder / "rightsgraph.ttl").read_bytes(), format=ox.RdfFormat.TURTLE))
    assert not [q for q in found if q.predicate.value == f"{OWL}imports"]
    headers = {q.subject.value for q in found if q.object == ox.NamedNode(f"{OWL}Ontology")}
    assert headers == {ONTOLOGY}
    declared = {q.subject.value for q in found if q.predicate.value == RDF_TYPE}
    used = {q.predicate.value for q in found if q.predicate.value.startswith(RG)}
    assert used <= declared


def test_owlready2_opens_the_rdf_xml_and_finds_a_class_by_label(folder):
    world = owlready2.World()
    world.get_ontology((folder / "rightsgraph.owl").as_uri()).load()
    (found,) = world.search(label="enforced disappearance")
    assert found.name == "EnforcedDisappearance"


def test_another_run_gives_the_same_bytes(folder, tmp_path):
    environment = {**os.environ, "PYTHONHASHSEED": "7"}
    command = [sys.executable, "-m", "kg.release", "--out", str(tmp_path)]
    subprocess.run(command, check=True, env=environment, capture_output=True)
    for path in sorted(folder.iterdir()):
        assert (tmp_path / path.name).read_bytes() == path.read_bytes(), path.name


def test_the_page_has_an_anchor_for_every_term_and_no_link_leads_nowhere(folder, merged):
    page = (folder / "index.html").read_text(encoding="utf-8")
    anchors = re.findall(r' id="([^"]+)"', page)
    assert len(anchors) == len(set(anchors))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(anchors)
    own = {t.subject.value for t in merged if t.predicate.value == RDF_TYPE}
    assert {iri.removeprefix(RG) for iri in own if iri.startswith(RG)} <= set(anchors)
    for label in ("torture", "disparition forcée", "desaparición forzada", "酷刑"):
        assert label in page
    assert '<a href="#violates">violates</a> value <a href="#RightToLife">RightToLife</a>' in page
    assert "exactMatch <a href=" in page
    assert "ICCPR article 6" in page
    assert "<script" not in page


def test_the_example_of_the_page_infers_what_it_says():
    store = ox.Store()
    for path in ontology_files(ontology_folder()):
        store.load(path.read_bytes(), format=ox.RdfFormat.TURTLE)
    example = resources.files("kg.release").joinpath("example.ttl").read_bytes()
    store.load(example, format=ox.RdfFormat.TURTLE)
    infer(store, compile_rules(ontology_folder()), f"{ID}graph/inferred")
    act = ox.NamedNode(f"{ID}test/detention")
    found = {(q.predicate.value, q.object.value) for q in store.quads_for_pattern(act, None, None)}
    provisions = {f"{ID}provision/{name}" for name in ("iccpr-9", "udhr-3", "udhr-9")}
    assert provisions <= {value for name, value in found if name == f"{RG}engagesProvision"}
    assert (f"{RG}boundBy", f"{ID}instrument/iccpr") in found
    assert (f"{RG}attributableTo", f"{ID}state/TM") in found
    assert (RDF_TYPE, f"{RG}Violation") in found
    assert (RDF_TYPE, f"{RG}EstablishedAct") not in found


def test_the_json_ld_is_json(folder):
    nodes = json.loads((folder / "rightsgraph.jsonld").read_text(encoding="utf-8"))
    assert f"{RG}Torture" in {node["@id"] for node in nodes}


PLANTED = """
rg:Torture a owl:Class ; rdfs:label "torment"@en ; rdfs:subClassOf rg:Event .
rg:BrandNew a owl:Class .
rg:Censorship owl:deprecated true .
rg:HarmfulAct rdfs:subClassOf
    [ a owl:Restriction ; owl:onProperty rg:victim ; owl:someValuesFrom rg:Person ] .
"""


def test_changes_are_told_in_words(merged, tmp_path):
    shutil.copytree(ontology_folder(), tmp_path / "ontology")
    module = tmp_path / "ontology" / "modules" / "violations.ttl"
    text = module.read_text(encoding="utf-8")
    gone = re.search(r"^rg:MassArrest\n(?:.+\n)+", text, re.MULTILINE)
    assert gone
    module.write_text(text.replace(gone[0], "") + PLANTED, encoding="utf-8")
    lexicon = tmp_path / "ontology" / "lexicon" / "violations.ttl"
    told = lexicon.read_text(encoding="utf-8")
    lexicon.write_text(told.replace("rg:MassArrest\n", "rg:ArbitraryArrest\n"), encoding="utf-8")
    after = whole(tmp_path / "ontology")
    report = changes(merged, after, header(after))
    assert "- Added: 1 classes: rg:BrandNew" in report
    assert "rg:MassArrest" in next(line for line in report.splitlines() if line.startswith("- Removed"))
    assert "- Deprecated: rg:Censorship" in report
    assert '  - now label (en) "torment"' in report
    assert "  - now subclass of Event" in report
    assert "  - now subclass of victim some Person" in report


def test_nothing_changed_is_said(merged):
    assert "Nothing changed." in changes(merged, merged, header(merged))


def test_a_first_release_says_so(folder):
    told = (folder / "changes.md").read_text(encoding="utf-8")
    assert "no release before" in told
    assert re.search(r"\d+ classes", told)
