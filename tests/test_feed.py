"""The changelog of a store, and what search engines read of its pages."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pyoxigraph as ox
import pytest

from kg import feed, pipeline, schema_org
from kg.dumps import FORMATS
from kg.stores import current
from kg.stores.oxigraph import opened
from kg.vocabulary import RDF_TYPE, RG

SAMPLE = Path(__file__).parent.parent / "kg" / "sample"
ATOM = {"a": feed.ATOM}
SITE = "https://data.example/"


@pytest.fixture(scope="module")
def builds(tmp_path_factory):
    """Two builds after one another: the second has one document more."""
    folder = tmp_path_factory.mktemp("feed")
    first = SAMPLE / "venezuela-council-statement.txt"
    second = SAMPLE / "yemen-humanitarian-note.txt"
    return [pipeline.build(paths, folder)[0] for paths in ([first], [first, second])]


def test_each_build_carries_the_changelog_on(builds):
    old, new = builds
    assert [entry["id"] for entry in feed.changes(old)] == [old.id]
    assert [entry["id"] for entry in feed.changes(new)] == [new.id, old.id]
    entry = feed.changes(new)[0]
    assert entry["added"] > 0
    assert (entry["gone"], entry["changed"]) == (0, 0)
    assert entry["words"][0] == "Documents new: yemen-humanitarian-note.txt"


def test_the_feed_is_atom_with_an_entry_a_build(builds):
    root = ET.fromstring(feed.atom(builds[1], SITE))  # noqa: S314 - our own
    assert root.tag == f"{{{feed.ATOM}}}feed"
    for name in ("id", "title", "updated", "author/a:name"):
        assert root.findtext(f"a:{name}", namespaces=ATOM)
    entries = root.findall("a:entry", ATOM)
    assert len(entries) == 2
    for entry in entries:
        for name in ("id", "title", "updated", "content"):
            assert entry.findtext(f"a:{name}", namespaces=ATOM), name


def test_a_damaged_build_does_not_stop_the_next(tmp_path):
    made, _ = pipeline.build([SAMPLE / "venezuela-council-statement.txt"], tmp_path)
    (made.folder / "build.json").unlink()
    again, _ = pipeline.build([SAMPLE / "venezuela-council-statement.txt"], tmp_path)
    assert current(tmp_path) == again
    assert len(feed.changes(again)) == 1


def of_class(store: ox.Store, name: str) -> list[ox.NamedNode]:
    return [q.subject for q in store.quads_for_pattern(None, ox.NamedNode(RDF_TYPE), ox.NamedNode(RG + name))]


def test_the_dataset_names_its_licence_and_every_dump(builds):
    about = schema_org.dataset(builds[1], opened(builds[1]), SITE)
    assert about["@type"] == "Dataset"
    assert about["license"].startswith("https://")
    assert len(about["distribution"]) == len(FORMATS)


def test_a_claim_is_never_told_as_an_event(builds):
    store = opened(builds[1])
    told = [about for iri in of_class(store, "Claim") if (about := schema_org.claim(store, iri))]
    assert len(told) > 10
    for about in told:
        assert about["@type"] == "Claim"
        assert about["appearance"]["name"]
        assert about["text"]


def test_the_naming_of_a_person_has_no_markup(builds):
    store = opened(builds[1])
    people = {
        q.subject for q in store if q.predicate.value == f"{RG}claimType" and q.object.value == f"{RG}Person"
    }
    assert [iri for iri in people if schema_org.claim(store, iri)] == []


def test_an_item_is_a_work_with_title_and_publisher(builds):
    store = opened(builds[1])
    for iri in of_class(store, "DocumentItem"):
        about = schema_org.item(store, iri)
        assert about["name"]
        assert about["publisher"]["name"]
    assert schema_org.item(store, ox.NamedNode("https://example.org/nothing")) == {}
