"""A part of the W3C's tests: the protocol whole, and the folders where the engine is repaired."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from tests.conformance import manifests, protocol, running
from tests.conformance.serving import KEY, ROOT, make_store, writable

W3C = ROOT.parent / "shared" / "benchmarks" / "w3c-sparql"
REPAIRED = ("property-path", "negation", "bindings", "update-silent", "syntax-fed")

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not W3C.is_dir(), reason="the W3C's tests are not in ../shared/benchmarks"),
]


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    folder = tmp_path_factory.mktemp("w3c")
    make_store(folder / "store")
    with writable(folder / "store", key_folder=folder) as (host, port):
        found = running.Client(host, port, KEY)
        yield found
        found.connection.close()


def test_the_protocol_is_kept(client):
    found = protocol.exchanges(W3C)
    assert len(found) == 34
    wrong = {name: protocol.failure(client, graphs, steps) for name, (graphs, steps) in found.items()}
    assert not {name: why for name, why in wrong.items() if why}


def test_repaired_folders_pass_whole(client):
    chosen = [case for case in manifests.cases(W3C) if case.name.partition("/")[0] in REPAIRED]
    assert len(chosen) == 72
    outcomes = [running.run(case, client) for case in chosen]
    assert not [(o.case.name, o.why) for o in outcomes if not o.passed]
