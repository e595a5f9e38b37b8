"""A server of ours in its own process, for tests that go through HTTP."""

from __future__ import annotations

import re
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from kg.stores import Build, oxigraph

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent.parent
KEY = "key-of-the-tests"
_ADDRESS = re.compile(r"http://([\d.]+):(\d+)/")


def make_store(folder: Path, quads: bytes = b"", base: str = "https://w3id.org/rightsgraph/id/") -> Build:
    """A store folder with one build that holds these N-Quads."""
    lines = sorted(set(quads.splitlines(keepends=True)))
    with oxigraph.temporary(folder) as new:
        store = oxigraph.on_disk(new / "oxigraph")
        oxigraph.load(store, lines)
        store.flush()
        del store
        identity, count = oxigraph.write_quads(new / "quads.nq.gz", lines)
        return oxigraph.swap(folder, new, {"id": identity, "base": base, "counts": {"quads": count}}, {})


@contextmanager
def running(store: Path, *options: str, port: int = 18200) -> Iterator[tuple[str, int]]:
    """Host and port of a server over a store folder."""
    command = [sys.executable, "-m", "kg", "serve", "--store", str(store), "--port", str(port), *options]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        try:
            assert process.stdout is not None
            found = _ADDRESS.search(process.stdout.readline())
            assert found, "the server did not start"
            yield found[1], int(found[2])
        finally:
            process.terminate()
            process.wait(timeout=30)


@contextmanager
def writable(store: Path, *options: str, key_folder: Path) -> Iterator[tuple[str, int]]:
    """A server that takes changes with `KEY`."""
    path = key_folder / "key"
    path.write_text(KEY, encoding="utf-8")
    with running(store, "--writable", "--key-file", str(path), "--no-union", *options) as address:
        yield address
