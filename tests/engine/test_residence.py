"""A database is held in memory where there is room for it."""

from __future__ import annotations

from kg.engine import residence


def test_the_size_of_a_database_is_that_of_its_files(tmp_path):
    (tmp_path / "inner").mkdir()
    (tmp_path / "a.sst").write_bytes(b"x" * 100)
    (tmp_path / "inner" / "b.sst").write_bytes(b"x" * 20)
    assert residence.size(tmp_path) == 120


def test_a_small_database_fits_and_one_larger_than_memory_does_not(tmp_path):
    small, large = tmp_path / "small", tmp_path / "large"
    for folder in (small, large):
        folder.mkdir()
    (small / "a.sst").write_bytes(b"x")
    with (large / "a.sst").open("wb") as file:
        file.truncate(1 << 42)  # a hole: no disk is taken
    assert residence.fits(small)
    assert not residence.fits(large)
