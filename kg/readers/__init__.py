r"""Files to Documents: `read(path)` finds the reader of the file's format.

A reader is a module of this package with `SUFFIXES` and `decode(data, name) -> Document`;
it is found by looking, not registered. Line ends come as `\n` whatever the file holds, as
Python's own `read_text` gives them, so that offsets agree with anybody else's reading.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from typing import TYPE_CHECKING

from kg.errors import ReadError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from types import ModuleType

    from kg.model import Document


@cache
def readers() -> Mapping[str, ModuleType]:
    """The reader of each file suffix, in order of module names."""
    modules = [importlib.import_module(f"{__name__}.{m.name}") for m in pkgutil.iter_modules(__path__)]
    return {suffix: module for module in modules for suffix in getattr(module, "SUFFIXES", ())}


def read(path: Path) -> Document:
    """The document in a file. Raises ReadError where it is none that we can take."""
    reader = readers().get(path.suffix.casefold())
    if reader is None:
        known = ", ".join(sorted(readers()))
        raise ReadError(
            f"no reader for {path.suffix or 'a name without suffix'}",
            where=str(path),
            mend=f"Known are {known}.",
        )
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ReadError(
            error.strerror or str(error), where=str(path), mend="Look at the path and its rights."
        ) from error
    try:
        document: Document = reader.decode(data, path.name)
    except ReadError as error:
        raise ReadError(error.what, where=str(path), mend=error.mend) from error
    return document
