"""A build into somebody else's store: SPARQL 1.1 Graph Store Protocol, or SPARQL Update.

In: a build and an endpoint. Out: one request (or a few) a named graph, and a journal beside the
builds that holds the hash of each graph that has arrived. A push that broke off goes on where
it stopped; the next build sends only the graphs that changed and takes away those that are
gone. Needs the standard library alone. A key stands in the environment (RIGHTSGRAPH_KEY), not
on the command line, where other users of the machine would see it.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from itertools import groupby, islice
from typing import TYPE_CHECKING, BinaryIO
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit
from urllib.request import Request, urlopen

from kg.dumps import cut
from kg.errors import StoreError, UsageError
from kg.quads import Sorter
from kg.stores.oxigraph import read_quads

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from kg.stores import Build

    Watch = Callable[[str, int, int], None]

PROTOCOLS = ("graph-store", "update")
TRIPLES = 5000
"""Statements in one update: servers bound the length of a request."""
SECONDS = 600
GONE = "gone"
SPOOL = 16 * 2**20


def push(build: Build, folder: Path, to: str, protocol: str, watch: Watch) -> dict[str, int]:
    """Sends what the endpoint hasn't; gives the number of graphs sent, equal and taken away.

    Raises UsageError for an address or protocol that can't be used, StoreError where the
    endpoint refuses or doesn't answer; what had arrived by then is in the journal.
    """
    if urlsplit(to).scheme not in {"http", "https"}:
        raise UsageError(f"{to!r} is no address", mend="Give one that starts with https:// or http://.")
    if protocol not in PROTOCOLS:
        raise UsageError(f"no protocol {protocol}", mend=f"There are {', '.join(PROTOCOLS)}.")
    journal = Journal(folder / f"pushed-{hashlib.sha256(to.encode()).hexdigest()[:16]}.tsv")
    counts = {"sent": 0, "equal": 0, "taken away": 0}
    put, delete = (_put, _delete) if protocol == "graph-store" else (_insert, _drop)
    with Sorter() as lines, read_quads(build.quads) as quads:
        lines.add(b"%b %b .\n" % cut(line)[::-1] for line in quads)
        names = []
        for graph, triples in _graphs(lines):
            names.append(graph)
            with tempfile.SpooledTemporaryFile(SPOOL) as body:
                digest = _spool(triples, body)
                if journal.arrived.get(graph) == digest:
                    counts["equal"] += 1
                    continue
                journal.note(graph, "")
                put(to, graph, body)
                journal.note(graph, digest)
            counts["sent"] += 1
            watch(graph, counts["sent"] + counts["equal"], 0)
    for graph in sorted(set(journal.arrived) - set(names)):
        delete(to, graph)
        journal.note(graph, None)
        counts["taken away"] += 1
    return counts


class Journal:
    """What an endpoint holds of ours: a line a step, so that a break costs no more than the last.

    The hash is empty while a graph is under way, for then the endpoint may hold half of it.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.arrived: dict[str, str] = {}
        for line in path.read_text(encoding="utf-8").split("\n") if path.is_file() else ():
            graph, tab, digest = line.partition("\t")
            if tab:
                self._set(graph, None if digest == GONE else digest)

    def note(self, graph: str, digest: str | None) -> None:
        """Writes down that a graph is under way, has arrived, or is gone (None)."""
        self._set(graph, digest)
        with self.path.open("a", encoding="utf-8") as file:
            file.write(f"{graph}\t{GONE if digest is None else digest}\n")

    def _set(self, graph: str, digest: str | None) -> None:
        if digest is None:
            self.arrived.pop(graph, None)
        else:
            self.arrived[graph] = digest


def _graphs(lines: Iterable[bytes]) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Each graph's address with its triples, from lines that start with the graph."""
    split = (line.split(b" ", 1) for line in lines)
    for name, some in groupby(split, key=lambda parts: parts[0]):
        yield name[1:-1].decode(), (parts[1] for parts in some)


def _spool(triples: Iterable[bytes], body: BinaryIO | tempfile.SpooledTemporaryFile[bytes]) -> str:
    """The triples in a file at its start, and their hash."""
    digest = hashlib.sha256()
    for triple in triples:
        digest.update(triple)
        body.write(triple)
    body.seek(0)
    return digest.hexdigest()


def _put(to: str, graph: str, body: tempfile.SpooledTemporaryFile[bytes]) -> None:
    """Replaces a graph by the Graph Store Protocol."""
    size = body.seek(0, os.SEEK_END)
    body.seek(0)
    headers = {"Content-Type": "application/n-triples", "Content-Length": str(size)}
    _send("PUT", f"{to}?graph={quote(graph, safe='')}", headers, body)


def _delete(to: str, graph: str) -> None:
    _send("DELETE", f"{to}?graph={quote(graph, safe='')}", {}, None, gone_is_well=True)


def _insert(to: str, graph: str, body: tempfile.SpooledTemporaryFile[bytes]) -> None:
    """Replaces a graph by updates: it is dropped and its triples inserted, a batch at a time."""
    _drop(to, graph)
    while batch := b"".join(islice(body, TRIPLES)):
        _update(to, b"INSERT DATA { GRAPH <%b> {\n%b} }" % (graph.encode(), batch))


def _drop(to: str, graph: str) -> None:
    _update(to, f"DROP SILENT GRAPH <{graph}>".encode())


def _update(to: str, text: bytes) -> None:
    _send("POST", to, {"Content-Type": "application/sparql-update; charset=utf-8"}, text)


def _send(
    method: str,
    address: str,
    headers: dict[str, str],
    body: bytes | tempfile.SpooledTemporaryFile[bytes] | None,
    *,
    gone_is_well: bool = False,
) -> None:
    key = os.environ.get("RIGHTSGRAPH_KEY", "")
    told = {**headers, "User-Agent": "rightsgraph", **({"Authorization": f"Bearer {key}"} if key else {})}
    request = Request(address, data=body, headers=told, method=method)  # noqa: S310 - http(s) only, see push
    try:
        with urlopen(request, timeout=SECONDS) as answer:  # noqa: S310
            answer.read()
    except HTTPError as error:
        with error:
            if gone_is_well and error.code in {404, 410}:
                return
            told_back = error.read(500).decode("utf-8", "replace").strip()
        mend = "Look at the endpoint, then push again: it goes on where it stopped."
        raise StoreError(
            f"{method} was answered {error.code}: {told_back}", where=address, mend=mend
        ) from error
    except (URLError, TimeoutError, ConnectionError) as error:
        reason = getattr(error, "reason", error)
        raise StoreError(
            f"no answer: {reason}", where=address, mend="Is the endpoint up? Push again."
        ) from error
