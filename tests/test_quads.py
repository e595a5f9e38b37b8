"""Lines of quads: sorted, each once, whatever their order and number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import quads


def line(number: int) -> bytes:
    return f"<urn:s{number}> <urn:p> <urn:o> <urn:g> .\n".encode()


@given(st.lists(st.integers(0, 50)), st.integers(1, 400))
def test_lines_come_sorted_and_once_however_many_runs_they_take(numbers, run_bytes):
    held = quads.RUN_BYTES
    quads.RUN_BYTES = run_bytes
    try:
        with quads.Sorter() as sorter:
            sorter.add(line(n) for n in numbers)
            found = list(sorter)
            assert found == list(sorter)
    finally:
        quads.RUN_BYTES = held
    assert found == sorted({line(n) for n in numbers})


def test_lines_are_parsed_batch_by_batch():
    count = quads.BATCH_LINES + 1
    assert len(list(quads.parsed(line(n) for n in range(count)))) == count


@pytest.mark.parametrize("size", [1, 200, 2**26])
def test_quads_come_graph_by_graph_in_their_order_however_much_fits_in_memory(monkeypatch, size):
    monkeypatch.setattr("kg.quads.RUN_BYTES", size)
    monkeypatch.setattr("kg.quads.STRETCH", 50)
    some = [b'<http://e/s%02d> <http://e/p> "o <x>" <http://e/g%d> .\n' % (n, n % 3) for n in range(40)]
    with quads.ByGraph() as by_graph:
        by_graph.add(some)
        found = [f"{quad} .\n".encode() for quad in by_graph]
    assert found == sorted(some, key=lambda line: (line[line.rindex(b"<") :], line))
