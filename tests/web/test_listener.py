"""What the listener answers itself, and what goes to the server behind it: nobody can tell them apart."""

from __future__ import annotations

import http.client
import socket
import sys
from pathlib import Path
from urllib.parse import urlencode

import pytest
from web_store import DATA, make_build

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from kg.web import plain
from tests.conformance.serving import running

GET = b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: x\r\nAccept: */*\r\n\r\n"
YES = b'{"head":{},"boolean":true}'


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    folder = tmp_path_factory.mktemp("server")
    make_build(folder, DATA)
    with running(folder, "--workers", "2", port=18580) as found:
        yield found


def talk(address, *pieces, shut=False):
    """All that comes back on a connection that sends these pieces one by one."""
    with socket.create_connection(address, timeout=20) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for piece in pieces:
            connection.sendall(piece)
        if shut:
            connection.shutdown(socket.SHUT_WR)
        came = b""
        while part := connection.recv(65536):
            came += part
        return came


def answered(address, request):
    """Status, headers and body of one answer."""
    with socket.create_connection(address, timeout=20) as connection:
        connection.sendall(request)
        response = http.client.HTTPResponse(connection, method=request.split(b" ")[0].decode())
        response.begin()
        fields = {name.lower(): value for name, value in response.getheaders()}
        for name in ("date", "server", "connection"):
            fields.pop(name, None)
        return response.status, fields, response.read()


QUERIES = (
    "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o",
    "ASK {}",
    "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "SELECT",
    "SELECT * { SERVICE <urn:x> { ?s ?p ?o } }",
    "SELECT * { " + "{" * 200 + "}" * 200 + "}",
    "SELECT (RAND() AS ?r) { } LIMIT 0",
)
ACCEPTS = ("*/*", "text/csv", "text/turtle;q=0.9, application/json", "text/html", "image/png")


@pytest.mark.parametrize("accept", ACCEPTS)
@pytest.mark.parametrize("query", QUERIES)
def test_both_ways_answer_alike(address, query, accept):
    form = urlencode({"query": query}).encode()
    common = b"Host: x\r\nAccept: " + accept.encode() + b"\r\nAccept-Encoding: gzip\r\n"
    typed = b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n" % len(form)
    for request in (
        b"GET /sparql?" + form + b" HTTP/1.1\r\n" + common + b"%s\r\n",
        b"POST /sparql HTTP/1.1\r\n" + common + typed + b"%s\r\n" + form,
    ):
        direct = request.replace(b"%s", b"")
        assert plain.read(direct)
        behind = request.replace(b"%s", b"Connection: close\r\n")
        assert plain.read(behind) is None
        assert answered(address, direct) == answered(address, behind)


@pytest.mark.parametrize(
    "request_",
    [
        GET[:-2],
        GET + GET,
        GET.replace(b"GET", b"HEAD"),
        GET.replace(b"1.1", b"1.0"),
        GET.replace(b"Host: x\r\n", b""),
        GET.replace(b"Host: x\r\n", b"Host: x\r\nHost: y\r\n"),
        GET.replace(b"Host: x", b"Host : x"),
        GET.replace(b"Accept: */*", b" folded: x"),
        GET.replace(b"Accept: */*", b"Content-Length: 0"),
        GET.replace(b"Accept: */*", b"Transfer-Encoding: chunked"),
        GET.replace(b"Accept: */*", b"Accept: \xff"),
        GET.replace(b"Accept: */*", b"X: a\nb"),
        GET.replace(b"Accept: */*", b"Upgrade: h2c"),
        GET.replace(b"ASK%7B%7D", b"ASK {}"),
        GET.replace(b"ASK%7B%7D", b"ASK\xc3\xa4"),
        GET.replace(b"ASK%7B%7D", b"ASK#x"),
        GET.replace(b"sparql?", b"sparql/?"),
        GET.replace(b"query=", b"quer="),
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nASKx",
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nASK",
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: +3\r\n\r\nASK",
        b"POST /sparql HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\n\r\n",
        b"\r\n\r\n",
        b"",
    ],
)
def test_what_is_not_plain_to_the_letter_is_left_to_the_full_parser(request_):
    assert plain.read(request_) is None


def test_a_query_without_text_is_not_taken_for_the_description(address):
    common = b" /sparql HTTP/1.1\r\nHost: x\r\nAccept: text/turtle\r\n"
    empty = b"POST" + common + b"Content-Type: application/sparql-query\r\nContent-Length: 0\r\n\r\n"
    assert plain.read(empty)
    assert answered(address, empty)[0] == 400
    status, _, body = answered(address, b"GET" + common + b"\r\n")
    assert status == 200
    assert b"sparql-service-description" in body


def test_a_request_in_pieces_and_requests_in_one_piece_are_answered(address):
    last = GET.replace(b"Accept", b"Connection: close\r\nAccept")
    assert talk(address, GET[:20], GET[20:50], GET[50:] + last).count(YES) == 2
    assert talk(address, GET + GET + last).count(YES) == 3
    assert talk(address, *[GET] * 20, last).count(YES) == 21


def test_who_sends_no_more_still_reads(address):
    assert YES in talk(address, GET, shut=True)


def test_one_connection_carries_queries_and_pages(address):
    page = b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n"
    with socket.create_connection(address, timeout=20) as connection:
        for sent, expected in ((GET, YES), (page, b"alive"), (GET, YES), (page, b"alive")):
            connection.sendall(sent)
            came = b""
            while expected not in came:
                came += connection.recv(65536)


def test_the_head_of_a_streamed_dump_tells_no_length(address):
    head = b"HEAD /dump/rightsgraph.ttl HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    status, fields, body = answered(address, head)
    assert status == 200
    assert "content-length" not in fields
    assert not body
