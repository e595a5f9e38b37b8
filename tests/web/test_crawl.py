"""No address of a build is a dead end: each answers as a page with a heading and as data.

Here of each kind as many as a test may take; `make bench-linked-data` asks for all.
"""

from __future__ import annotations

from collections import defaultdict

import pytest
from crawling import addresses, kind, visits
from pages_store import build_some

from kg.stores import current
from server import ServeOptions, create_app

EACH = 6
"""Addresses of each kind, spread evenly over the sorted list."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return build_some(tmp_path_factory.mktemp("crawl"))


@pytest.fixture(scope="module")
def client(folder):
    app = create_app(folder, ServeOptions(workers=1))
    yield app.test_client()
    app.extensions["rightsgraph"].close()


def test_every_kind_of_address_answers_to_people_and_to_programs(folder, client):
    build = current(folder)
    by_kind = defaultdict(list)
    for iri in addresses(build):
        by_kind[kind(build, iri)].append(iri)
    assert len(by_kind) >= 15, sorted(by_kind)
    chosen = [iri for iris in by_kind.values() for iri in iris[:: max(1, len(iris) // EACH)]]
    found = list(visits(client, build, chosen))
    assert len(found) == 2 * len(chosen) > 150
    assert [(v.iri, v.form, v.fault) for v in found if v.fault] == []
