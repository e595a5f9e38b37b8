"""Dumps and the feed over HTTP: what the command writes, streamed, with the errors told first."""

from __future__ import annotations

import gzip
import hashlib
from functools import partial
from xml.etree import ElementTree as ET

import pyoxigraph as ox
import pytest
from web_store import DATA, DOCUMENT, ID, make_build

from kg.dumps import FORMATS, write
from kg.engine.pool import BusyError
from kg.selection import Selection, selected
from kg.stores import current
from kg.web import dumping
from server import ServeOptions, create_app

RDF = sorted(name for name, offer in dumping.OFFERS.items() if not offer.whole)


@pytest.fixture
def client(app):
    """A client that reads every answer to its end and closes it, as a server does."""
    client = app.test_client()
    client.get = partial(client.get, buffered=True)
    return client


def test_every_syntax_is_offered():
    assert len(RDF) == len(FORMATS) == 6
    assert len(dumping.OFFERS) == 9


@pytest.mark.parametrize("name", RDF)
def test_a_dump_is_what_the_command_writes(client, store, tmp_path, name):
    offer = dumping.OFFERS[name]
    with (tmp_path / "dump").open("w+b") as file:
        write(file, selected(current(store), Selection()), offer.form)
        file.seek(0)
        expected = file.read()
    answer = client.get(f"/dump/{name}")
    assert answer.status_code == 200
    assert answer.content_type.split(";")[0] == FORMATS[offer.form].syntax.media_type
    assert answer.data == expected
    assert gzip.decompress(client.get(f"/dump/{name}.gz").data) == expected


def test_the_digest_of_the_sorted_quads_is_the_identity_of_the_build(client, store):
    lines = sorted(gzip.decompress(client.get("/dump/rightsgraph.nq.gz").data).splitlines(keepends=True))
    assert hashlib.sha256(b"".join(lines)).hexdigest() == current(store).id


@pytest.mark.parametrize("name", sorted(n for n, offer in dumping.OFFERS.items() if offer.whole))
def test_views_come_too(client, name):
    answer = client.get(f"/dump/{name}")
    assert answer.status_code == 200
    form = ox.RdfFormat.from_media_type(answer.content_type.split(";")[0])
    assert form is not None
    told = list(ox.parse(answer.data, format=form))
    # The small store of these tests has no description of itself.
    assert bool(told) is (name != "description.ttl")


def test_a_part_is_smaller_and_holds_what_was_asked_for(client):
    whole = client.get("/dump/rightsgraph.nt").data
    part = client.get("/dump/rightsgraph.nt?country=TM&since=2019").data
    assert f"<{ID}claim/c1>".encode() in part
    assert 0 < len(part) < len(whole)
    assert client.get(f"/dump/rightsgraph.nt?document={DOCUMENT}&until=2018").data == b""


def test_dumps_tell_their_name_their_licence_and_their_tag(client):
    answer = client.get("/dump/rightsgraph.ttl")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="rightsgraph.ttl"'
    assert 'rel="license"' in answer.headers["Link"]
    again = client.get("/dump/rightsgraph.ttl", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    part = client.get("/dump/rightsgraph.ttl?country=TM")
    assert part.headers["ETag"] != answer.headers["ETag"]
    head = client.head("/dump/rightsgraph.ttl")
    assert (head.status_code, head.data, head.headers["ETag"]) == (200, b"", answer.headers["ETag"])


def test_a_range_of_the_quads_can_be_taken_up_again(client):
    whole = client.get("/dump/rightsgraph.nq.gz").data
    rest = client.get("/dump/rightsgraph.nq.gz", headers={"Range": "bytes=100-"})
    assert (rest.status_code, rest.data) == (206, whole[100:])


@pytest.mark.parametrize(
    ("address", "status", "told"),
    [
        ("/dump/rightsgraph.docx", 404, "there is no such dump"),
        ("/dump/rightsgraph.nt?country=Atlantis", 400, "Atlantis"),
        ("/dump/rightsgraph.nt?document=none.txt", 404, "no document none.txt"),
        ("/dump/rightsgraph.nt?since=lately", 400, "is no date"),
        ("/dump/rightsgraph.nt?land=TM", 400, "no parameter land"),
        ("/dump/vocabularies.skos.ttl?country=TM", 400, "of the whole"),
    ],
)
def test_a_wrong_wish_is_told_before_anything_is_sent(client, address, status, told):
    answer = client.get(address)
    assert answer.status_code == status
    assert told in answer.text


def test_more_than_a_few_at_a_time_are_told_to_come_back(client):
    command = ["cat", "/dev/null"]
    held = [dumping._Dump(command) for _ in range(dumping.AT_A_TIME)]
    with pytest.raises(BusyError):
        dumping._Dump(command)
    answer = client.get("/dump/rightsgraph.nt")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "1")
    for one in held:
        one.close()
    assert client.get("/dump/rightsgraph.nt").status_code == 200


def test_a_process_that_nobody_reads_ends():
    one = dumping._Dump(["sleep", "600"])
    one.close()
    assert one.process.returncode == -9


def test_the_feed_is_atom(client):
    answer = client.get("/changes.atom")
    assert answer.content_type == "application/atom+xml; charset=utf-8"
    feed = ET.fromstring(answer.data)  # noqa: S314 - we wrote it
    assert feed.tag == "{http://www.w3.org/2005/Atom}feed"
    assert feed.findtext("{http://www.w3.org/2005/Atom}updated")


def test_dumps_of_a_store_that_was_written_to_are_refused(tmp_path):
    make_build(tmp_path, DATA)
    app = create_app(tmp_path, ServeOptions(workers=1, writable=True, key="k"))
    app.extensions["rightsgraph"].changed()
    answer = app.test_client().get("/dump/rightsgraph.nt")
    assert answer.status_code == 409
    assert "written to" in answer.text
