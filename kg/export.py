"""A build to files that other people's tools read: the door to dumps, tables and views.

In: a build, the name of a form. Out: a file, or for `csv` and `all` a folder. `all` writes every
form beside the tables, with a file of checksums in the form that `sha256sum -c` reads.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.dumps import FORMATS, PREFIXES, destination, dump
from kg.errors import UsageError
from kg.nanopublications import write_nanopublications
from kg.selection import Selection
from kg.skos import skos
from kg.stores.oxigraph import opened
from kg.tables import write_tables
from kg.vocabulary import ontology_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from kg.stores import Build


def export(build: Build, path: Path | None, form: str, selection: Selection | None = None) -> None:
    """Writes a build, or a part of it, in one form, or in all.

    Raises UsageError for a form that there isn't, and for a part where only the whole is written.
    """
    selection = selection or Selection()
    if form in FORMATS:
        dump(build, path, form, selection)
        return
    if form not in {**FILES, **FOLDERS}:
        raise UsageError(f"no format {form}", mend=f"There are {', '.join([*FORMATS, *FILES, *FOLDERS])}.")
    if not selection.everything or not selection.inferred:
        raise UsageError(f"{form} is written of the whole", mend="Leave the selection out.")
    if form in FILES:
        FILES[form](build, path)
    elif path is not None:
        FOLDERS[form](build, path)
    else:
        raise UsageError(f"{form} needs a folder", mend="Give its path.")


def write_skos(_build: Build, path: Path | None) -> None:
    """The vocabularies as SKOS in Turtle."""
    with destination(path) as out:
        ox.serialize(skos(ontology_folder()), out, format=ox.RdfFormat.TURTLE, prefixes=PREFIXES)


def write_description(build: Build, path: Path | None) -> None:
    """What the build tells of itself, in Turtle."""
    graph = ox.NamedNode(f"{build.base}graph/dataset")
    quads = opened(build).quads_for_pattern(None, None, None, graph)
    triples = sorted((quad.triple for quad in quads), key=str)
    with destination(path) as out:
        ox.serialize(triples, out, format=ox.RdfFormat.TURTLE, prefixes=PREFIXES)


def write_all(build: Build, folder: Path) -> None:
    """Every dump, gzipped, the tables, the views, and SHA256SUMS over all of them."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, form in FORMATS.items():
        dump(build, folder / f"rightsgraph{form.suffix}.gz", name)
    write_tables(build, folder / "tables")
    write_nanopublications(build, folder / "nanopublications.trig.gz")
    write_skos(build, folder / "vocabularies.skos.ttl")
    write_description(build, folder / "description.ttl")
    files = sorted(p for p in folder.rglob("*") if p.is_file() and p.name != "SHA256SUMS")
    (folder / "SHA256SUMS").write_text("".join(checksums(files, folder)), encoding="utf-8")


def checksums(files: Iterable[Path], folder: Path) -> Iterable[str]:
    """Lines that `sha256sum --check` reads."""
    for path in files:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        yield f"{digest}  {path.relative_to(folder).as_posix()}\n"


FILES: dict[str, Callable[[Build, Path | None], object]] = {
    "nanopublications": write_nanopublications,
    "skos": write_skos,
    "description": write_description,
}
FOLDERS: dict[str, Callable[[Build, Path], object]] = {"csv": write_tables, "all": write_all}
