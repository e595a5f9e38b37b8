"""Pushing a build into another store: what arrives, what is left out, and going on after a break."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox
import pytest
from made import CLAIMS, TEXT, reading

from kg import model
from kg.errors import StoreError, UsageError
from kg.push import PROTOCOLS, push
from kg.quads import lines_of
from kg.stores import oxigraph
from kg.triples import document_graph
from kg.vocabulary import ID

if TYPE_CHECKING:
    from collections.abc import Iterator


class Endpoint(BaseHTTPRequestHandler):
    """A store that speaks the Graph Store Protocol at /data and SPARQL Update at /update."""

    server: Server

    def do_PUT(self) -> None:
        """Replace a graph."""
        graph, body = ox.NamedNode(parse_qs(urlsplit(self.path).query)["graph"][0]), self.body()
        if self.refused(graph.value):
            return
        self.server.store.clear_graph(graph)
        self.server.store.load(body, format=ox.RdfFormat.N_TRIPLES, to_graph=graph)
        self.answer(204)

    def do_DELETE(self) -> None:
        """Take a graph away."""
        self.server.store.remove_graph(ox.NamedNode(parse_qs(urlsplit(self.path).query)["graph"][0]))
        self.answer(204)

    def do_POST(self) -> None:
        """Update."""
        text = self.body().decode()
        if not self.refused(text):
            self.server.store.update(text)
            self.answer(204)

    def refused(self, asked: str) -> bool:
        """True where the key is wrong or patience is at its end; the answer is given then."""
        self.server.asked.append((self.command, asked))
        if self.server.key and self.headers["Authorization"] != f"Bearer {self.server.key}":
            self.answer(401)
            return True
        if len(self.server.asked) > self.server.patience:
            self.answer(503)
            return True
        return False

    def body(self) -> bytes:
        """What was sent."""
        return self.rfile.read(int(self.headers["Content-Length"]))

    def answer(self, status: int) -> None:
        """An answer without content."""
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Tells nobody."""


class Server(HTTPServer):
    """The endpoint's store, and what it was asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Endpoint)
        self.store = ox.Store()
        self.asked: list[tuple[str, str]] = []
        self.patience = 10**6
        self.key = ""

    def address(self, protocol: str) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.server_port}/{protocol}"


@pytest.fixture
def endpoint() -> Iterator[Server]:
    server = Server()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def built(folder, *documents: str):
    """A build with one graph a document."""
    lines = set()
    for number, name in enumerate(documents):
        read = reading(TEXT + f"{number} {name}\n", name)
        lines.update(lines_of(document_graph(read.item.document, [model.ItemClaims(read, CLAIMS)])))
    with oxigraph.temporary(folder) as new:
        store = oxigraph.on_disk(new / "oxigraph")
        oxigraph.load(store, lines)
        store.flush()
        del store
        identity, _ = oxigraph.write_quads(new / "quads.nq.gz", sorted(lines))
        return oxigraph.swap(folder, new, {"id": identity, "base": ID}, {})


def quads(store: ox.Store) -> list[str]:
    return sorted(map(str, store))


def quiet(_name: str, _done: int, _total: int) -> None:
    """Tells nobody."""


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_every_graph_arrives_and_only_changes_go_the_next_time(endpoint, tmp_path, protocol):
    to = endpoint.address(protocol)
    build = built(tmp_path, "a", "b", "c")
    assert push(build, tmp_path, to, protocol, quiet) == {"sent": 3, "equal": 0, "taken away": 0}
    assert quads(endpoint.store) == quads(oxigraph.opened(build))
    assert push(build, tmp_path, to, protocol, quiet) == {"sent": 0, "equal": 3, "taken away": 0}
    later = built(tmp_path, "a", "x")
    assert push(later, tmp_path, to, protocol, quiet) == {"sent": 1, "equal": 1, "taken away": 2}
    assert quads(endpoint.store) == quads(oxigraph.opened(later))


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_a_push_that_broke_off_goes_on_where_it_stopped(endpoint, tmp_path, protocol):
    to = endpoint.address(protocol)
    build = built(tmp_path, "a", "b", "c", "d")
    endpoint.patience = 2 if protocol == "graph-store" else 4
    with pytest.raises(StoreError, match="503"):
        push(build, tmp_path, to, protocol, quiet)
    endpoint.patience = 10**6
    assert push(build, tmp_path, to, protocol, quiet) == {"sent": 2, "equal": 2, "taken away": 0}
    assert quads(endpoint.store) == quads(oxigraph.opened(build))


def test_the_key_of_the_environment_is_sent(endpoint, tmp_path, monkeypatch):
    endpoint.key = "open sesame"
    build = built(tmp_path, "a")
    monkeypatch.delenv("RIGHTSGRAPH_KEY", raising=False)
    with pytest.raises(StoreError, match="401"):
        push(build, tmp_path, endpoint.address("graph-store"), "graph-store", quiet)
    monkeypatch.setenv("RIGHTSGRAPH_KEY", "open sesame")
    assert push(build, tmp_path, endpoint.address("graph-store"), "graph-store", quiet)["sent"] == 1


def test_an_endpoint_that_is_not_there_is_told(tmp_path, endpoint):
    free = endpoint.server_port
    endpoint.server_close()
    with pytest.raises(StoreError, match="Push again"):
        push(built(tmp_path, "a"), tmp_path, f"http://127.0.0.1:{free}/data", "graph-store", quiet)


@pytest.mark.parametrize(("to", "protocol"), [("file:///etc/passwd", "update"), ("http://x.example/", "ftp")])
def test_what_cannot_be_pushed_is_told(tmp_path, to, protocol):
    with pytest.raises(UsageError):
        push(built(tmp_path, "a"), tmp_path, to, protocol, quiet)
