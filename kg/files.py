"""Paths to the files that hold documents, in an order that doesn't depend on the file system.

A file that is named is read whatever it is; of a folder, the files that a reader knows are
taken, to any depth. Hidden files and README files are about the folder and no documents of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kg.errors import UsageError
from kg.readers import readers

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


class Listing(NamedTuple):
    """Files to read, and files of a folder for which there is no reader."""

    files: tuple[Path, ...]
    skipped: tuple[Path, ...]


def listing(paths: Iterable[Path]) -> Listing:
    """The documents at these paths, each once.

    Raises UsageError where a path doesn't exist or no document is found.
    """
    taken: dict[Path, None] = {}
    skipped: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            for file in sorted(p for p in path.rglob("*") if p.is_file() and not _aside(p, path)):
                (taken if file.suffix.casefold() in readers() else skipped)[file] = None
        elif path.exists():
            taken[path] = None
        else:
            raise UsageError("no such file or folder", where=str(path), mend="Look at the path.")
    if not taken:
        where = ", ".join(map(str, paths))
        known = ", ".join(sorted(readers()))
        raise UsageError("no document here", where=where, mend=f"Formats that are read: {known}.")
    return Listing(tuple(taken), tuple(skipped))


def _aside(file: Path, folder: Path) -> bool:
    parts = file.relative_to(folder).parts
    return any(part.startswith(".") for part in parts) or file.stem.casefold() == "readme"
