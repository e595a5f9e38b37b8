"""The wheel holds all that is needed: installed into an empty folder, it builds and answers."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def run(*args: object, cwd: Path, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, *map(str, args)],
        cwd=cwd,
        env={k: v for k, v in os.environ.items() if k != "PYTHONPATH"} | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run("-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    (found,) = folder.glob("*.whl")
    return found


@pytest.mark.slow
def test_the_wheel_holds_ontology_queries_and_sample(wheel):
    with zipfile.ZipFile(wheel) as files:
        names = files.namelist()
    for part in ("kg/ontology/rightsgraph.ttl", "kg/queries/facts/violations.rq", "kg/sample/", "server.py"):
        assert [n for n in names if n.startswith(part)], part
    for folder, suffix in (("ontology", "ttl"), ("queries", "rq")):
        expected = sorted(p.relative_to(ROOT).as_posix() for p in (ROOT / folder).rglob(f"*.{suffix}"))
        held = sorted(
            n.removeprefix("kg/") for n in names if n.startswith(f"kg/{folder}/") and n.endswith(suffix)
        )
        assert held == expected
        assert len(held) >= 12


@pytest.mark.slow
def test_the_wheel_works_in_an_empty_folder(wheel, tmp_path):
    target = tmp_path / "installed"
    pip = ("-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--no-compile", "--target", target)
    run(*pip, wheel, cwd=tmp_path)
    there = {"PYTHONPATH": str(target)}
    assert run("-c", "import kg; print(kg.__file__)", cwd=tmp_path, **there).startswith(str(target))
    sample = next((target / "kg" / "sample").glob("*.txt"))
    run("-m", "kg", "build", sample, "--store", tmp_path / "store", cwd=tmp_path, **there)
    asked = ("-m", "kg", "query", "rights-discussed", "--format", "csv", "--store", tmp_path / "store")
    assert run(*asked, cwd=tmp_path, **there).startswith("right,title,")
