"""Builds are whole or not there, and the one that counts is named."""

from __future__ import annotations

import pytest

from kg.errors import StoreError
from kg.stores import BUILDS, CURRENT, current, oxigraph

LINE = b'<urn:s> <urn:p> "%d" <urn:g> .\n'


def built(folder, number: int):
    with oxigraph.temporary(folder) as new:
        store = oxigraph.on_disk(new / "oxigraph")
        oxigraph.load(store, [LINE % number])
        store.flush()
        del store
        identity, count = oxigraph.write_quads(new / "quads.nq.gz", [LINE % number])
        told = {"id": identity, "base": "urn:x", "counts": {"quads": count}}
        return oxigraph.swap(folder, new, told, {"problems": []})


def test_the_last_build_counts(tmp_path):
    built(tmp_path, 1)
    second = built(tmp_path, 2)
    assert current(tmp_path).folder == second.folder
    assert [q.object.value for q in oxigraph.opened(current(tmp_path))] == ["2"]


def test_the_build_before_is_kept_and_older_ones_go(tmp_path):
    folders = [built(tmp_path, n).folder.name for n in (1, 2, 3)]
    assert sorted(p.name for p in (tmp_path / BUILDS).iterdir()) == sorted(folders[1:])


def test_a_reader_goes_on_while_a_new_build_is_swapped_in(tmp_path):
    reader = oxigraph.opened(built(tmp_path, 1))
    built(tmp_path, 2)
    assert [q.object.value for q in reader] == ["1"]


def test_the_same_build_again_is_a_build_of_its_own(tmp_path):
    first, second = built(tmp_path, 1), built(tmp_path, 1)
    assert first.id == second.id
    assert first.folder != second.folder
    assert current(tmp_path).folder == second.folder


def test_a_build_that_fails_leaves_nothing(tmp_path):
    built(tmp_path, 1)
    before = sorted((tmp_path / BUILDS).iterdir())
    with pytest.raises(StoreError), oxigraph.temporary(tmp_path) as new:
        oxigraph.on_disk(new / "oxigraph" / "deeper" / "still")
    assert sorted((tmp_path / BUILDS).iterdir()) == before


def test_a_folder_without_build_says_how_to_make_one(tmp_path):
    with pytest.raises(StoreError, match="rightsgraph build"):
        current(tmp_path)


def test_a_build_that_is_not_whole_is_refused(tmp_path):
    (tmp_path / CURRENT).write_text("gone\n")
    with pytest.raises(StoreError, match="not whole"):
        current(tmp_path)


def test_the_lines_of_a_build_come_back(tmp_path):
    with oxigraph.read_quads(built(tmp_path, 7).quads) as lines:
        assert list(lines) == [LINE % 7]
