"""Where builds lie: a store folder holds whole, immutable builds and the name of the one that counts.

    STORE_DIR/
        CURRENT                 one line: the name of the build to serve, for example 3f2a91c07be4d5aa
        builds/3f2a91c07be4d5aa/
            oxigraph/           the Oxigraph database; only ever opened read-only
            search.sqlite       the text index over evidence and labels (kg.stores.search)
            quads.nq.gz         every quad, sorted, with the lexical forms that Oxigraph makes canonical
            build.json          id, base address, counts, inputs with their hashes, versions
            report.json         counts of each stage and the problems found

The id of a build is the SHA-256 of its sorted N-Quads (uncompressed), so equal input gives an
equal id; the folder bears its first 16 digits. A build is written into a temporary folder
beside the others and renamed when it is whole; `CURRENT` is then replaced by a rename, as
LevelDB does, which works on every file system, symbolic links or not. The build before is
kept, so that a server which still reads it can finish; older ones go.

One module a backend; each takes named graphs in and gives SPARQL solutions out.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from kg.errors import StoreError

if TYPE_CHECKING:
    from pathlib import Path

CURRENT = "CURRENT"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
"""Of the statements, where a build names no other; the texts stay with their publishers."""
BUILDS = "builds"


@dataclass(frozen=True)
class Build:
    """One whole build in its folder."""

    folder: Path

    @cached_property
    def description(self) -> dict[str, Any]:
        """What build.json tells."""
        found: dict[str, Any] = json.loads((self.folder / "build.json").read_text(encoding="utf-8"))
        return found

    @property
    def id(self) -> str:
        """SHA-256 of the sorted N-Quads."""
        return str(self.description["id"])

    @property
    def base(self) -> str:
        """The address under which the data's own IRIs stand."""
        return str(self.description["base"])

    @property
    def licence(self) -> str:
        """The address of the licence of the statements."""
        return str(self.description.get("licence", LICENCE))

    @property
    def database(self) -> Path:
        """The folder of the Oxigraph database."""
        return self.folder / "oxigraph"

    @property
    def quads(self) -> Path:
        """The sorted N-Quads, gzipped."""
        return self.folder / "quads.nq.gz"

    @property
    def search(self) -> Path:
        """The text index."""
        return self.folder / "search.sqlite"

    @cached_property
    def report(self) -> dict[str, Any]:
        """What report.json tells: counts of each stage and problems."""
        found: dict[str, Any] = json.loads((self.folder / "report.json").read_text(encoding="utf-8"))
        return found


def current(folder: Path) -> Build:
    """The build that counts in a store folder. Raises StoreError where there is none."""
    pointer = folder / CURRENT
    mend = f"Make one with: rightsgraph build DOCUMENTS --store {folder}"
    if not pointer.is_file():
        raise StoreError("no build here", where=str(folder), mend=mend)
    build = Build(folder / BUILDS / pointer.read_text(encoding="utf-8").strip())
    if not (build.folder / "build.json").is_file():
        raise StoreError(
            f"CURRENT names {build.folder.name}, which is not whole", where=str(folder), mend=mend
        )
    return build


def named(folder: Path) -> Build:
    """The build that a folder is, or that counts in a store folder. Raises StoreError where there is none."""
    return Build(folder) if (folder / "build.json").is_file() else current(folder)
