"""Read-only handles on builds, for pages that look into a store without asking an engine.

In: a build. Out: its store, opened once for all who ask; the last few are kept. Where the server
takes updates, its files may tell less than its engine knows.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from kg.stores.oxigraph import opened

if TYPE_CHECKING:
    import pyoxigraph as ox

    from kg.stores import Build

_KEPT = 4


@lru_cache(maxsize=_KEPT)
def store_of(build: Build) -> ox.Store:
    """The store of a build. Raises StoreError where it is damaged."""
    return opened(build)
