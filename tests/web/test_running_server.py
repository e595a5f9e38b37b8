"""The server as a process: hostile requests, slow clients, writing with a key, swaps, and its end."""

from __future__ import annotations

import http.client
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
import zipfile
from collections import Counter
from pathlib import Path
from urllib.parse import urlencode

import pytest
from hostile import texts
from rdflib import Graph, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from web_store import DATA, make_build

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from tests.conformance.running import Client
from tests.conformance.serving import KEY, make_store, running, writable

TIMEOUT = 1
QUERY = {"Content-Type": "application/sparql-query"}


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """A server with tight bounds."""
    folder = tmp_path_factory.mktemp("server")
    make_build(folder, DATA)
    options = ("--workers", "2", "--timeout", str(TIMEOUT), "--memory", "256", "--queue", "8")
    with running(folder, *options, port=18500) as found:
        yield found


def sent(address, text, accept="*/*", timeout=60):
    connection = http.client.HTTPConnection(*address, timeout=timeout)
    body = text.encode("utf-8", "surrogatepass")
    headers = {"Content-Type": "application/sparql-query", "Accept": accept}
    connection.request("POST", "/sparql", body, headers)
    response = connection.getresponse()
    found = response.status, response.read(), dict(response.getheaders())
    connection.close()
    return found


def test_hostile_requests_are_answered_and_the_next_one_as_well(address):
    corpus = texts()
    assert len(corpus) >= 150
    for text in corpus:
        status, body, _ = sent(address, text)
        assert status in (200, 400, 403, 413, 500, 504), (status, text[:100], body[:200])
        if status == 500:
            assert b"memory" in body or b"evaluated" in body, (text[:100], body[:300])
    assert sent(address, "ASK {}")[1] == b'{"head":{},"boolean":true}'


def test_a_query_that_takes_too_long_is_ended_and_says_what_to_do(address):
    status, body, _ = sent(
        address, "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n2 ?o }"
    )
    assert status == 504
    assert b"LIMIT" in body


def test_a_full_queue_says_when_to_come_back(address):
    heavy = "SELECT (COUNT(*) AS ?n) {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n2 ?o{} }}"
    found = []
    threads = [
        threading.Thread(target=lambda n=n: found.append(sent(address, heavy.format(n)))) for n in range(24)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    refused = [headers for status, _, headers in found if status == 503]
    assert {status for status, _, _ in found} == {503, 504}
    assert all({k.lower(): v for k, v in headers.items()}["retry-after"] == "1" for headers in refused)


def test_slow_bodies_hold_nobody_up(address):
    slow = []
    for _ in range(150):
        connection = socket.create_connection(address)
        connection.sendall(
            b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            b"Content-Length: 1000\r\n\r\nquery="
        )
        slow.append(connection)
    try:
        assert sent(address, "ASK {}", timeout=5)[0] == 200
        connection = http.client.HTTPConnection(*address, timeout=5)
        connection.request("GET", "/health")
        assert connection.getresponse().read()
        connection.close()
    finally:
        for connection in slow:
            connection.close()


def test_slow_readers_hold_no_engine(address):
    slow = []
    for number in range(6):
        connection = socket.socket()
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.connect(address)
        query = urlencode({"query": f"SELECT * {{ ?a ?b ?c . ?d ?e ?f }} LIMIT {20_000 + number}"})
        connection.sendall(f"GET /sparql?{query} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        slow.append(connection)
    try:
        for number in range(4):
            assert sent(address, f"SELECT * {{ ?s ?p ?o }} LIMIT {number + 1}", timeout=10)[0] == 200
    finally:
        for connection in slow:
            connection.close()


def test_a_body_that_is_too_large_is_refused_before_it_is_read(address):
    connection = socket.create_connection(address, timeout=10)
    connection.sendall(
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
        b"Content-Length: 100000000\r\n\r\nASK"
    )
    assert b" 413 " in connection.recv(200)
    connection.close()


def test_chunked_bodies_are_read_and_bounded(address):
    def send(count):
        with socket.create_connection(address, timeout=20) as connection:
            connection.sendall(
                b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
                b"Transfer-Encoding: chunked\r\n\r\n"
            )
            try:
                for _ in range(count):
                    connection.sendall(b"10000\r\n" + b" " * 0x10000 + b"\r\n")
                connection.sendall(b"6\r\nASK {}\r\n0\r\n\r\n")
                return connection.recv(200)
            except (BrokenPipeError, ConnectionResetError):
                return b" 413 "

    assert b" 200 " in send(1)
    assert b" 413 " in send(64)


def test_a_large_answer_comes_whole_and_a_capped_one_says_so(tmp_path):
    lines = b"".join(
        b'<urn:s%d> <urn:p> "some words that fill a line" <urn:g> .\n' % i for i in range(30_000)
    )
    make_store(tmp_path, lines)
    with running(tmp_path, "--workers", "1", "--rows", "25000", port=18520) as address:
        status, body, headers = sent(address, "SELECT * { ?s ?p ?o } LIMIT 20000")
        assert status == 200
        assert len(json.loads(body)["results"]["bindings"]) == 20_000
        assert "x-truncated" not in {k.lower() for k in headers}
        status, body, headers = sent(address, "SELECT * { ?s ?p ?o }")
        assert len(json.loads(body)["results"]["bindings"]) == 25_000
        assert "rows=25000" in {k.lower(): v for k, v in headers.items()}["x-truncated"]


def test_many_who_ask_for_the_same_large_answer_all_get_it(tmp_path):
    make_store(tmp_path, b"".join(b'<urn:s%d> <urn:p> "some words" <urn:g> .\n' % i for i in range(30_000)))
    with running(tmp_path, "--workers", "1", port=18530) as address:
        found = []
        threads = [
            threading.Thread(target=lambda: found.append(sent(address, "SELECT * { ?s ?p ?o }")[:2]))
            for _ in range(6)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert {status for status, _ in found} == {200}
        assert {len(body) for _, body in found} == {len(found[0][1])}


def test_changes_need_the_key_and_are_whole_or_not_at_all(tmp_path):
    make_store(tmp_path / "store")
    with writable(tmp_path / "store", key_folder=tmp_path) as (host, port):
        stranger, owner = Client(host, port, "wrong"), Client(host, port, KEY)
        assert stranger.update("CLEAR ALL")[0] == 401
        assert stranger.send("PUT", "/graphs?default", b"", content_type="text/turtle")[0] == 401
        assert owner.update("INSERT DATA { <urn:a> <urn:b> <urn:c> }")[0] == 204
        wrong = "INSERT DATA { <urn:x> <urn:b> <urn:c> } ; CREATE GRAPH <urn:g> ; CREATE GRAPH <urn:g>"
        assert owner.update(wrong)[0] >= 400
        assert owner.update("LOAD <http://127.0.0.1:9/>")[0] == 403
        assert [str(q.subject) for q in owner.content()] == ["<urn:a>"]
        turtle = b"<urn:s> <urn:p> 1 , 2 ."
        assert owner.send("PUT", "/graphs?graph=urn:g1", turtle, content_type="text/turtle")[0] == 201
        assert (
            owner.send("POST", "/graphs?graph=urn:g1", b"<urn:t> <urn:p> 3 .", content_type="text/turtle")[0]
            == 204
        )
        assert len(owner.content()) == 4
        assert (
            owner.send("PUT", "/graphs?graph=urn:g1", b"<urn:t> <urn:p", content_type="text/turtle")[0] == 400
        )
        assert len(owner.content()) == 4
        assert owner.send("GET", "/graphs?graph=urn:none")[0] == 404
        assert owner.send("GET", "/graphs")[0] == 400
        assert owner.send("PUT", "/graphs?graph=urn:g1", b"x", content_type="image/png")[0] == 415
        assert owner.send("DELETE", "/graphs?graph=urn:g1")[0] == 204
        assert len(owner.content()) == 1
        tag = stranger.send("GET", "/sparql?query=ASK%7B%7D")
        assert tag[0] == 200
        stranger.connection.close()
        owner.connection.close()


def test_a_new_build_takes_over_without_a_failed_request(tmp_path):
    make_build(tmp_path, DATA)
    with running(tmp_path, "--workers", "1", port=18540) as address:
        query = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
        statuses, counts, stop = [], set(), threading.Event()

        def asking():
            while not stop.is_set():
                status, body, _ = sent(address, query)
                statuses.append(status)
                counts.add(body)

        threads = [threading.Thread(target=asking) for _ in range(4)]
        for thread in threads:
            thread.start()
        while not counts:
            time.sleep(0.05)
        for number in range(3):
            seen = len(counts)
            make_build(
                tmp_path, DATA + "".join(f"<urn:s{i}> <urn:p> <urn:o{number}> ." for i in range(number + 1))
            )
            for _ in range(200):
                if len(counts) > seen:
                    break
                time.sleep(0.05)
        stop.set()
        for thread in threads:
            thread.join()
        assert set(statuses) == {200}
        assert len(counts) == 4


def test_builds_swapped_under_mixed_load_cost_nobody_an_answer(tmp_path):
    make_build(tmp_path, DATA)
    large = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } LIMIT 20000"
    queries = [*(f"SELECT * {{ ?s ?p ?o }} LIMIT {n}" for n in range(1, 15)), large]
    paths = [
        *(f"/sparql?{urlencode({'query': query})}" for query in queries),
        *("/", "/search?q=journalist", "/sparql", "/health", "/ready", "/metrics", "/dump/rightsgraph.nq.gz"),
    ]
    with running(tmp_path, "--workers", "2", port=18545) as address:
        found, stop, swaps = Counter(), threading.Event(), 0
        threads = [
            threading.Thread(target=keep_asking, args=(address, paths, number * 5, found, stop))
            for number in range(6)
        ]
        for thread in threads:
            thread.start()
        for number in range(6):
            make_build(tmp_path, DATA + f"<urn:s> <urn:p> <urn:o{number}> .")
            for _ in range(400):
                if swapped(address) > swaps:
                    break
                time.sleep(0.05)
            swaps = swapped(address)
        stop.set()
        for thread in threads:
            thread.join()
    assert swaps == 6
    assert set(found) == {(200, "")}
    assert found[200, ""] > 200


def keep_asking(address, paths, turn, found, stop):
    """One client on one connection: its answers' status, and what came where that isn't 200."""
    connection = http.client.HTTPConnection(*address, timeout=60)
    while not stop.is_set():
        turn += 1
        if turn % 7:
            connection.request("GET", paths[turn % len(paths)])
        else:
            connection.request("POST", "/sparql", f"ASK {{}} #{turn}", QUERY)
        response = connection.getresponse()
        body = response.read()
        found[
            response.status, "" if response.status == 200 else f"{paths[turn % len(paths)]} {body[:200]}"
        ] += 1
    connection.close()


def swapped(address):
    """How many builds have taken over."""
    connection = http.client.HTTPConnection(*address, timeout=60)
    connection.request("GET", "/metrics")
    told = connection.getresponse().read().decode()
    connection.close()
    return int(re.search(r"^rightsgraph_swaps_total (\d+)", told, re.MULTILINE)[1])


def test_the_next_port_is_taken_and_told(address, tmp_path):
    make_build(tmp_path, DATA)
    with running(tmp_path, "--workers", "1", port=address[1]) as other:
        assert other[1] > address[1]
        assert sent(other, "ASK {}")[0] == 200


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_curl_asks_and_follows(address):
    base = f"http://{address[0]}:{address[1]}"
    command = ["curl", "-s", "-L", "-H", "Accept: text/turtle", f"{base}/id/state/TM"]
    assert "Turkmenistan" in subprocess.run(command, capture_output=True, text=True, check=True).stdout
    command = ["curl", "-s", "--data-urlencode", "query=ASK {}", f"{base}/sparql"]
    assert "true" in subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_rdflib_asks_as_a_store(address):
    graph = Graph(SPARQLStore(f"http://{address[0]}:{address[1]}/sparql"))
    assert len(list(graph.query("SELECT ?s { ?s ?p ?o } LIMIT 3"))) == 3
    iri = URIRef("https://w3id.org/rightsgraph/id/state/TM")
    assert len(list(graph.triples((iri, None, None)))) == 4


def test_sparqlwrapper_asks(address):
    wrapper = pytest.importorskip("SPARQLWrapper", reason="SPARQLWrapper is not installed")
    client = wrapper.SPARQLWrapper(f"http://{address[0]}:{address[1]}/sparql")
    for form, query in ((wrapper.JSON, "SELECT * { ?s ?p ?o } LIMIT 2"), (wrapper.XML, "ASK {}")):
        client.setQuery(query)
        client.setReturnFormat(form)
        assert client.query().convert()
    client.setQuery("SELECT {")
    with pytest.raises(Exception, match="line 1"):
        client.query()


JENA = Path("/usr/share/java")
_NEEDED = (
    *("jena-*", "slf4j-api", "slf4j-nop", "jcl-over-slf4j", "httpclient", "httpcore", "commons-*", "thrift"),
    *("gson", "guava", "jsonld-java", "jackson-*", "protobuf", "dexx.collection", "titanium-json-ld"),
    "jakarta.json-api",
)


@pytest.mark.skipif(not (JENA / "jena-arq.jar").exists(), reason="Apache Jena is not installed")
def test_jena_asks_from_its_command_line(address, tmp_path):
    # Debian moves Jena's copy of xerces but not its message files: put them where they are looked for.
    with zipfile.ZipFile(JENA / "jena-core.jar") as jar:
        for name in jar.namelist():
            if name.startswith("org/apache/jena/ext/xerces/") and name.endswith(".properties"):
                target = tmp_path / name.removeprefix("org/apache/jena/ext/")
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(jar.read(name))
    jars = [str(path) for name in _NEEDED for path in sorted(JENA.glob(f"{name}.jar"))]
    service = f"http://{address[0]}:{address[1]}/sparql"
    command = ["java", "-cp", ":".join([str(tmp_path), *jars]), "arq.rsparql", "--service", service]
    told = subprocess.run(
        [*command, "--results=CSV", "SELECT ?s { ?s ?p ?o } LIMIT 2"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.stdout.splitlines()[:1] == ["s"], told.stderr
    assert len(told.stdout.splitlines()) == 3


def test_the_process_ends_when_it_is_told_to_and_takes_its_engines_along(tmp_path):
    make_build(tmp_path, DATA)
    with running(tmp_path, "--workers", "2", port=18560) as address:
        sent(address, "ASK {}")
        before = _engines(tmp_path)
        assert before
    for _ in range(100):
        if not _engines(tmp_path):
            break
        time.sleep(0.05)
    assert not _engines(tmp_path)


def _engines(folder):
    """Processes whose command line names a store."""
    found = []
    for entry in Path("/proc").iterdir() if Path("/proc").is_dir() else ():
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            try:
                words = (entry / "cmdline").read_bytes()
            except OSError:
                continue
            if b"kg.engine.process" in words and str(folder).encode() in words:
                found.append(entry.name)
    return found
