"""Dumps in the hands of other people's libraries: Jena and the OWL API see what we wrote.

Both come inside the package owlready2; rdflib's and the store's own round trips stand in
test_dumps.py.
"""

from __future__ import annotations

import shutil
import subprocess
from importlib import util
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import pipeline
from kg.dumps import FORMATS, dump
from kg.quads import Sorter
from kg.stores.oxigraph import opened, read_quads
from kg.vocabulary import OWL, RDF_TYPE

SAMPLE = Path(__file__).parent.parent / "kg" / "sample"
SOURCE = Path(__file__).parent / "java" / "Signature.java"
JARS = Path(str(util.find_spec("owlready2").origin)).parent / "pellet" / "*"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("java") is None, reason="needs Java, which is not installed"),
]


def java(*args: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["java", "-cp", str(JARS), *map(str, args)], capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def build(tmp_path_factory):
    made, _ = pipeline.build([SAMPLE / "venezuela-council-statement.txt"], tmp_path_factory.mktemp("trips"))
    return made


@pytest.mark.parametrize("form", ["nquads", "trig", "turtle", "ntriples"])
def test_jena_finds_nothing_wrong_and_as_many_statements(build, tmp_path, form):
    path = tmp_path / f"dump{FORMATS[form].suffix}"
    dump(build, path, form)
    checked = java("riotcmd.riot", "--validate", path)
    assert (checked.returncode, checked.stderr) == (0, "")
    read = java("riotcmd.riot", path)
    assert read.returncode == 0, read.stderr
    with read_quads(build.quads) as quads, Sorter() as written:
        written.add(
            line if FORMATS[form].syntax.supports_datasets else line.rsplit(b" <", 1)[0] for line in quads
        )
        assert len(set(read.stdout.splitlines())) == len(list(written))


@pytest.mark.skipif(shutil.which("javac") is None, reason="needs a Java compiler, which is not installed")
def test_the_owl_api_sees_classes_properties_and_individuals_where_they_belong(build, tmp_path):
    paths = [tmp_path / f"dump{FORMATS[form].suffix}" for form in ("turtle", "rdfxml")]
    for form, path in zip(("turtle", "rdfxml"), paths, strict=True):
        dump(build, path, form)
    done = java(SOURCE, *paths)
    assert done.returncode == 0, done.stderr
    turtle, xml = (tuple(map(int, line.split())) for line in done.stdout.splitlines())
    assert turtle == xml
    store = opened(build)
    for seen, kind in zip(
        turtle, ("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty"), strict=False
    ):
        declared = store.quads_for_pattern(None, ox.NamedNode(RDF_TYPE), ox.NamedNode(OWL + kind))
        names = {q.subject.value for q in declared}
        # Nothing is guessed; rdfs:label, owl:versionInfo and their like need no declaration.
        assert seen <= len(names) + (6 if kind == "AnnotationProperty" else 0), kind
        assert seen >= len(names) * 0.9, kind
    assert turtle[4] > 1000
