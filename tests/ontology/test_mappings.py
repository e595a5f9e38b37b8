"""The mappings to outside vocabularies: every row whole, justified, and of a term that there is."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from kg.errors import OntologyError
from kg.release.mappings import mappings
from kg.vocabulary import ID, RG, SKOS, ontology_folder, vocabulary

SEMAPV = "https://w3id.org/semapv/vocab/"
PREDICATES = {f"{SKOS}{kind}Match" for kind in ("exact", "close", "broad", "narrow", "related")}
JUSTIFICATIONS = {
    f"{SEMAPV}{kind}" for kind in ("ManualMappingCuration", "MappingChaining", "UnspecifiedMatching")
}
ROWS = mappings(ontology_folder())


def test_there_are_mappings_to_each_kind_of_vocabulary():
    assert len({row.table for row in ROWS}) == 5
    assert len(ROWS) > 500
    hosts = {row.object.split("/")[2] for row in ROWS}
    assert {
        "semanticweb.cs.vu.nl",
        "schema.org",
        "data.europa.eu",
        "www.wikidata.org",
        "eurovoc.europa.eu",
        "metadata.un.org",
        "github.com",
    } <= hosts


def test_every_row_maps_a_term_under_its_own_label_by_a_known_relation():
    terms = vocabulary()
    for row in ROWS:
        assert terms.term(row.subject).label == row.subject_label, row
        assert row.predicate in PREDICATES, row
        assert row.object_label, row


def test_every_row_is_justified_and_what_was_not_compared_is_no_exact_match():
    for row in ROWS:
        assert row.justification in JUSTIFICATIONS, row
        assert 0.5 <= row.confidence <= 1, row
        if row.justification.endswith("UnspecifiedMatching"):
            assert not row.predicate.endswith("exactMatch"), row
            assert "unverified" in row.comment, row


def test_themes_of_the_index_lead_to_our_terms_and_say_what_was_not_checked():
    terms, themes = vocabulary(), vocabulary().individuals("Topic")
    themes = {t.iri for t in themes if f"{ID}theme/" in t.iri}
    rows = [row for row in ROWS if row.subject in themes]
    assert len(themes) > 70
    assert len(rows) > 200
    kinds = [
        {t.iri for t in found}
        for found in (terms.rights, terms.violation_types, terms.individuals("AffectedGroup"))
    ]
    for row in rows:
        assert any(row.object in kind for kind in kinds), row
        assert terms.term(row.object).label == row.object_label, row
        unverified = terms.values(row.subject, f"{RG}verification") == [f"{RG}Unverified"]
        assert unverified == row.justification.endswith("UnspecifiedMatching"), row
    assert all(any(row.object in kind for row in rows) for kind in kinds)


UPR = Path(__file__).parents[3] / "shared" / "data" / "upr" / "recommendations.csv"


@pytest.mark.shared
@pytest.mark.skipif(not UPR.is_file(), reason="needs ../shared/data/upr/recommendations.csv")
def test_issues_that_the_mappings_of_themes_name_are_in_the_table_of_recommendations():
    with UPR.open(encoding="utf-8", newline="") as table:
        issues = {issue.strip() for row in csv.DictReader(table) for issue in row["issues"].split(",")}
    named = {row.comment.partition("UPR Info issue: ")[2] for row in ROWS} - {""}
    assert len(named) > 30
    assert named <= issues


def test_no_pair_stands_twice_and_no_term_equals_two_of_one_vocabulary():
    pairs = Counter((row.subject, row.object) for row in ROWS)
    assert [pair for pair, count in pairs.items() if count > 1] == []
    exact = Counter((r.subject, r.object.split("/")[2]) for r in ROWS if r.predicate.endswith("exactMatch"))
    assert [pair for pair, count in exact.items() if count > 1] == []


def test_rows_are_sorted_so_that_changes_read_well():
    for path in sorted((ontology_folder() / "mappings").glob("*.tsv")):
        lines = [x for x in path.read_text(encoding="utf-8").splitlines() if not x.startswith("#")][1:]
        assert lines == sorted(lines), path.name


def test_a_row_with_an_unknown_prefix_raises(tmp_path):
    (tmp_path / "mappings").mkdir()
    names = ["subject_id", "subject_label", "predicate_id", "object_id", "object_label"]
    names += ["mapping_justification", "confidence", "comment"]
    row = "rg:Torture\ttorture\tskos:exactMatch\tnew:x\tx\tsemapv:ManualMappingCuration\t1\t"
    (tmp_path / "mappings" / "bad.sssom.tsv").write_text(
        "\t".join(names) + "\n" + row + "\n", encoding="utf-8"
    )
    with pytest.raises(OntologyError) as caught:
        mappings(tmp_path)
    assert "bad.sssom.tsv" in caught.value.where
