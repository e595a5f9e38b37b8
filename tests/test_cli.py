"""The command line: what it prints, and how it ends."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kg import __main__, dumps
from kg.__main__ import app
from kg.errors import RightsGraphError
from kg.questions import questions

SAMPLE = Path(__file__).parent.parent / "kg" / "sample"


def run(*args: object) -> tuple[int, str]:
    """Exit code and output of a command."""
    result = CliRunner().invoke(app, [*map(str, args)])
    if isinstance(result.exception, RightsGraphError):
        return result.exception.exit_code, str(result.exception)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.output


@pytest.fixture(scope="module")
def store(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("cli") / "store"
    code, told = run("build", SAMPLE / "venezuela-council-statement.txt", "--store", folder)
    assert code == 0, told
    return folder


def test_every_command_has_help():
    code, told = run("--help")
    commands = [c.name or c.callback.__name__ for c in app.registered_commands]
    assert code == 0
    assert {"build", "facts", "query", "export", "serve", "doctor"} <= set(commands)
    for name in commands:
        assert name in told
        assert run(name, "--help")[0] == 0


def test_query_without_a_name_lists_every_question(store):
    code, told = run("query", "--store", store)
    assert code == 0
    assert [n for n in questions() if n not in told] == []


def test_query_prints_a_table_with_names_instead_of_addresses(store):
    code, told = run("query", "violations-in-a-country", "--country", "VE", "--store", store)
    assert code == 0
    assert "venezuela-council-statement.txt#1" in told
    assert re.search(r"\d+ rows", told)


def test_query_writes_csv_and_json(store):
    asked = ("query", "violations-in-a-country", "--country=VE", "--store", store, "--format")
    rows = list(csv.DictReader(io.StringIO(run(*asked, "csv")[1])))
    found = json.loads(run(*asked, "json")[1])["results"]["bindings"]
    assert len(rows) == len(found) > 0
    assert rows[0]["quote"] == found[0]["quote"]["value"]


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("query", "nothing"), "no question"),
        (("query", "figures", "--colour", "red"), "no parameter colour"),
        (("query", "figures", "--country"), "needs a value"),
        (("query", "figures", "--country", "Atlantis"), "no country"),
        (("query", "figures", "TM"), "belongs to no option"),
        (("query", "figures", "--format", "excel"), "no format"),
        (("export", "graph.xyz", "--format", "excel"), "no format"),
        (("export", "-", "--document", "nowhere.txt"), "no document"),
    ],
)
def test_wrong_usage_ends_with_two_and_says_what(store, args, told):
    code, output = run(*args, "--store", store)
    assert code == 2
    assert told in output


def test_no_store_ends_with_two_and_says_how_to_make_one(tmp_path):
    code, told = run("query", "figures", "--store", tmp_path)
    assert code == 2
    assert "rightsgraph build" in told


def test_export_writes_the_file(store, tmp_path):
    path = tmp_path / "graph.ttl"
    assert run("export", path, "--store", store)[0] == 0
    assert path.read_text(encoding="utf-8").startswith("@prefix")
    assert dumps.form_of(path) == "turtle"


def test_facts_writes_a_table_each(tmp_path):
    code, told = run("facts", SAMPLE / "venezuela-council-statement.txt", "--out", tmp_path)
    assert code == 0, told
    assert sorted(p.stem for p in tmp_path.glob("*.csv")) == sorted(questions("facts"))
    (row,) = csv.DictReader(io.StringIO((tmp_path / "documents.csv").read_text(encoding="utf-8")))
    assert row["item"] == "venezuela-council-statement.txt#1"


def test_doctor_tells_python_java_model_store_and_versions(store):
    code, told = run("doctor", "--store", store)
    assert code in (0, 1)  # 1 where a part is absent, as in a checkout that was not installed
    for subject in ("Python", "Java", "language model", "ontology", "store", "rdflib", "pyoxigraph"):
        assert subject in told


def test_an_error_is_one_line_without_traceback(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr("sys.argv", ["rightsgraph", "query", "figures", "--store", str(tmp_path)])
    with pytest.raises(SystemExit) as ended:
        __main__.main()
    assert ended.value.code == 2
    assert capsys.readouterr().err.count("\n") == 1
