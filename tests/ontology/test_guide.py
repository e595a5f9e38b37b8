"""The guide 'extend the ontology' followed step by step, from the class to its facts."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kg.__main__ import app
from kg.check import ontology_problems
from kg.vocabulary import ontology_folder

GUIDE = (Path(__file__).parents[2] / "docs" / "extend-the-ontology.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", GUIDE, re.MULTILINE | re.DOTALL)


def commands() -> list[list[str]]:
    lines = (shlex.split(line) for block in blocks("sh") for line in block.splitlines())
    return [words[1:] for words in lines if words[0].endswith("rightsgraph")]


def run(*args: str) -> str:
    result = CliRunner().invoke(app, list(args))
    assert result.exit_code == 0, result.output
    return result.output


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("guide")
    shutil.copytree(ontology_folder(), folder / "my-ontology")
    (new,), (text,) = blocks("turtle"), blocks("text")
    with (folder / "my-ontology" / "modules" / "violations.ttl").open("a", encoding="utf-8") as module:
        module.write("\n" + new)
    (folder / "crops.txt").write_text(text, encoding="utf-8")
    return folder


def test_the_ontology_with_the_new_class_passes_every_gate(folder):
    assert ontology_problems(folder / "my-ontology") == []


def test_the_commands_of_the_guide_lead_to_the_fact(folder, monkeypatch):
    monkeypatch.chdir(folder)
    check, build, query = commands()
    run(*check, "--no-reasoner")
    run(*build)
    told = run(*query)
    assert "destruction of crops" in told
    assert "burned the harvest of 60 families" in told
    store = query[query.index("--store") + 1]
    again = run("query", "violations-of-a-right", "--right", "RightToFood", "--store", store)
    assert "burned the harvest" in again
