"""Quads as lines: canonical N-Quads, sorted, in constant memory.

In: rdflib graphs, or lines of N-Quads. Out: the same lines in the form that pyoxigraph writes
(canonical N-Triples with the graph's name), in code point order and without doubles, so that
two builds can be compared byte for byte. More lines than fit in memory are sorted in runs on
disk and merged.
"""

from __future__ import annotations

import heapq
import tempfile
from contextlib import ExitStack
from itertools import groupby, islice
from typing import TYPE_CHECKING, BinaryIO, Self

import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rdflib import Graph

RUN_BYTES = 64 * 2**20
"""A run of this size is sorted in memory; eight times as much is in use while it lasts."""

BATCH_LINES = 5000
STRETCH = 2**20
"""Bytes that are parsed at a time."""


def lines_of(graph: Graph) -> list[bytes]:
    """The sorted lines of an rdflib graph, in the graph of its identifier.

    Raises ValueError where a term is no valid RDF term.
    """
    triples = graph.serialize(format="nt", encoding="utf-8")
    name = ox.NamedNode(str(graph.identifier))
    quads = (
        ox.Quad(t.subject, t.predicate, t.object, name)
        for t in ox.parse(triples, format=ox.RdfFormat.N_TRIPLES)
    )
    return sorted(lines(quads))


def lines(quads: Iterable[ox.Quad]) -> list[bytes]:
    """Quads as lines, in their order."""
    written = ox.serialize(quads, format=ox.RdfFormat.N_QUADS)
    return (written or b"").splitlines(keepends=True)


def parsed(some: Iterable[bytes]) -> Iterator[ox.Quad]:
    """The quads of lines, a batch at a time."""
    source = iter(some)
    while batch := b"".join(islice(source, BATCH_LINES)):
        yield from ox.parse(batch, format=ox.RdfFormat.N_QUADS)


class _Runs:
    """Lines in memory, and runs of them on disk where they are more than `RUN_BYTES`.

    A context manager: the runs on disk go when it closes.
    """

    def __init__(self) -> None:
        self._files = ExitStack()
        self._bytes = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._files.close()

    def add(self, some: Iterable[bytes]) -> None:
        """Takes lines; each ends with a line feed."""
        for line in some:
            self._hold(line)
            self._bytes += len(line)
            if self._bytes >= RUN_BYTES:
                self._spill(self._files.enter_context(tempfile.TemporaryFile()))  # noqa: SIM115 - the stack closes it
                self._bytes = 0

    def _hold(self, line: bytes) -> None:
        raise NotImplementedError

    def _spill(self, run: BinaryIO) -> None:
        """Writes what is held to a new file, and holds nothing."""
        raise NotImplementedError


class Sorter(_Runs):
    """Takes lines in any order and any number, and gives them back sorted, each once."""

    def __init__(self) -> None:
        super().__init__()
        self._runs: list[BinaryIO] = []
        self._held: list[bytes] = []

    def __iter__(self) -> Iterator[bytes]:
        self._held.sort()
        runs = [iter(run) for run in self._rewound()]
        for line, _ in groupby(heapq.merge(*runs, self._held)):
            yield line

    def _rewound(self) -> list[BinaryIO]:
        for run in self._runs:
            run.seek(0)
        return self._runs

    def _hold(self, line: bytes) -> None:
        self._held.append(line)

    def _spill(self, run: BinaryIO) -> None:
        run.writelines(sorted(self._held))
        self._runs.append(run)
        self._held = []


class ByGraph(_Runs):
    """Takes lines of quads, and gives them back graph by graph, those of one graph in their order.

    Nothing is compared but the names of graphs, which stand at the ends of lines.
    """

    def __init__(self) -> None:
        super().__init__()
        self._held: dict[bytes, list[bytes]] = {}
        self._runs: dict[bytes, list[tuple[BinaryIO, int, int]]] = {}
        """Where the lines of each graph lie: file, first byte, how many."""

    def __iter__(self) -> Iterator[ox.Quad]:
        for name in sorted({*self._runs, *self._held}):
            for run, first, size in self._runs.get(name, ()):
                run.seek(first)
                yield from _parsed_stretch(run, size)
            yield from parsed(self._held.get(name, ()))

    def _hold(self, line: bytes) -> None:
        self._held.setdefault(line[line.rindex(b" <") :], []).append(line)

    def _spill(self, run: BinaryIO) -> None:
        for name, some in self._held.items():
            first = run.tell()
            run.writelines(some)
            self._runs.setdefault(name, []).append((run, first, run.tell() - first))
        self._held = {}


def _parsed_stretch(run: BinaryIO, size: int) -> Iterator[ox.Quad]:
    """The quads of the next bytes of a file, which end with a line."""
    while size > 0:
        # Up to the end of a line, and never beyond the stretch.
        part = run.read(min(size, STRETCH))
        part += run.readline() if size > len(part) and not part.endswith(b"\n") else b""
        size -= len(part)
        yield from ox.parse(part, format=ox.RdfFormat.N_QUADS)
