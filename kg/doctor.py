"""What a fresh machine has and lacks: Python, Java, model, store, versions."""

from __future__ import annotations

import platform
import subprocess
import sys
from typing import TYPE_CHECKING, NamedTuple

from kg.errors import RightsGraphError
from kg.provenance import versions
from kg.questions import questions
from kg.reasoner import java
from kg.stores import current
from kg.stores.oxigraph import opened
from kg.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PARTS = (
    "rightsgraph",
    "rdflib",
    "pyoxigraph",
    "pyshacl",
    "owlready2",
    "spacy",
    "flask",
    "waitress",
    "onnxruntime",
)


class Finding(NamedTuple):
    """One thing looked at."""

    subject: str
    told: str
    well: bool = True
    """False where something doesn't work without it; what is optional is well when absent."""


def findings(store: Path) -> Iterator[Finding]:
    """Looks at everything that RightsGraph needs or can use."""
    enough = sys.version_info >= (3, 11)
    yield Finding("Python", platform.python_version() + ("" if enough else ", needs 3.11"), enough)
    for part, version in versions(PARTS).items():
        yield Finding(part, version, version != "absent")
    yield _java()
    yield _model()
    yield _ontology()
    yield _store(store)


def _java() -> Finding:
    program = java()
    if program is None:
        return Finding("Java", "absent; only 'rightsgraph check' with HermiT needs it (extra: java)")
    done = subprocess.run([program, "-version"], capture_output=True, text=True, check=False)  # noqa: S603
    return Finding("Java", (done.stderr or done.stdout).split("\n")[0])


def _model() -> Finding:
    from kg.text.parser import parser  # noqa: PLC0415 - absent or broken packages are what we look for

    try:
        meta = parser().meta
    except (OSError, ImportError, RightsGraphError) as error:
        return Finding("language model", str(error), well=False)
    return Finding("language model", f"{meta['lang']}_{meta['name']} {meta['version']}")


def _ontology() -> Finding:
    try:
        words = vocabulary()
        types, rights, states = len(words.violation_types), len(words.rights), len(words.states)
        told = f"{types} violation types, {rights} rights, {states} states, {len(questions())} questions"
    except RightsGraphError as error:
        return Finding("ontology", str(error), well=False)
    return Finding("ontology", told)


def _store(folder: Path) -> Finding:
    try:
        build = current(folder)
        return Finding("store", f"{len(opened(build)):,} quads in build {build.folder.name} of {folder}")
    except RightsGraphError as error:
        return Finding("store", str(error))
