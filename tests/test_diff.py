"""What changed between two builds, in words and as a patch."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made import CLAIMS, TEXT, reading

from kg import diff, model
from kg.quads import lines_of
from kg.reference import reference_lines
from kg.stores import oxigraph
from kg.triples import document_graph
from kg.vocabulary import ID, ontology_folder


def built(folder, claims: tuple[model.Claim, ...], text: str = TEXT, name: str = "made.txt"):
    read = reading(text, name)
    lines = set(reference_lines(ontology_folder()))
    lines.update(lines_of(document_graph(read.item.document, [model.ItemClaims(read, claims)])))
    with oxigraph.temporary(folder) as new:
        store = oxigraph.on_disk(new / "oxigraph")
        oxigraph.load(store, lines)
        store.flush()
        del store
        identity, count = oxigraph.write_quads(new / "quads.nq.gz", sorted(lines))
        return oxigraph.swap(folder, new, {"id": identity, "base": ID, "counts": {"quads": count}}, {})


@pytest.fixture(scope="module")
def before(tmp_path_factory):
    return built(tmp_path_factory.mktemp("before"), CLAIMS[:4])


def test_equal_builds_have_no_difference(before):
    found = diff.difference(before, before)
    assert found == diff.Difference()


def test_a_claim_added_or_gone_is_told_with_document_and_quote(before, tmp_path):
    after = built(tmp_path, CLAIMS[1:5])
    found = diff.difference(before, after)
    assert [(c.kind, c.item) for c in found.changes] == [("added", "made.txt#1"), ("gone", "made.txt#1")]
    added, gone = found.changes
    assert added.quote == "Turkmenistan is rated closed"
    assert gone.what == "arbitrary detention, Turkmenistan (asserted, Aina Orazova)"
    words = "\n".join(diff.in_words(found))
    assert "Claims added: 1" in words
    assert "arrested 12 journalists in May 2019" in words


def test_a_better_reading_of_a_slot_is_the_same_claim_changed(before, tmp_path):
    arrest = CLAIMS[0]
    better = replace(arrest, about=replace(arrest.about, count=120), confidence=0.95)
    (change,) = diff.difference(before, built(tmp_path, (better, *CLAIMS[1:4]))).changes
    assert change.kind == "changed"
    assert any("0.87 -> 0.95" in slot for slot in change.slots)
    assert any("12 -> 120" in slot for slot in change.slots)


def test_a_corrected_text_does_not_make_all_claims_new(before, tmp_path):
    found = diff.difference(before, built(tmp_path, CLAIMS[:4], TEXT + "Corrected on Monday.\n"))
    assert found.changes == []
    assert (found.documents_added, found.documents_gone) == ([], [])
    assert found.added > 0


def test_a_document_added_or_gone_is_told(before, tmp_path):
    found = diff.difference(before, built(tmp_path, (), "Another one\n\nNothing happened.\n", "other.txt"))
    assert (found.documents_added, found.documents_gone) == (["other.txt"], ["made.txt"])
    assert found.count("gone") == 4


def applied(patch: bytes, lines: set[bytes]) -> set[bytes]:
    """The lines after a patch."""
    rows = patch.splitlines(keepends=True)
    assert rows[0].startswith(b"H id <")
    assert rows[1].startswith(b"H prev <")
    assert (rows[2], rows[-1]) == (b"TX .\n", b"TC .\n")
    for row in rows[3:-1]:
        if row.startswith(b"A "):
            assert row[2:] not in lines
            lines.add(row[2:])
        else:
            lines.remove(row[2:])
    return lines


def test_the_patch_makes_the_new_build_out_of_the_old(before, tmp_path):
    after = built(tmp_path, CLAIMS[2:])
    out = io.BytesIO()
    diff.write_patch(before, after, out)
    with oxigraph.read_quads(before.quads) as old, oxigraph.read_quads(after.quads) as new:
        assert applied(out.getvalue(), set(old)) == set(new)


@given(st.sets(st.binary(max_size=3)), st.sets(st.binary(max_size=3)))
def test_merged_lines_are_those_that_only_one_side_has(old, new):
    found = list(diff.changed_lines(sorted(old), sorted(new)))
    assert {line for sign, line in found if sign == "D"} == old - new
    assert {line for sign, line in found if sign == "A"} == new - old
    assert len(found) == len(old ^ new)
