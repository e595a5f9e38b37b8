"""The whole way, from files to a store: what is counted, what is reported, what is equal."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from made import TEXT

from kg import extraction, pipeline
from kg.errors import EvidenceError, UsageError
from kg.model import Claim, RightNamed, Span
from kg.questions import questions
from kg.report import STAGES
from kg.stores import current
from kg.stores.oxigraph import opened
from kg.vocabulary import ID

SAMPLE = Path(__file__).parent.parent / "kg" / "sample"
FEW = sorted(SAMPLE.glob("*.txt"))[:2]


def rightsgraph(*args: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command line in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "kg", *map(str, args)],
        cwd=SAMPLE.parent.parent,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A build of two files, one of them in a folder, and its report."""
    folder = tmp_path_factory.mktemp("store")
    documents = folder / "documents"
    (documents / "deeper").mkdir(parents=True)
    for number, path in enumerate(FEW):
        (documents / ("deeper" if number else ".") / path.name).write_bytes(path.read_bytes())
    for name in ("README.md", ".hidden.txt", "photo.jpeg"):
        (documents / name).write_text("not a document")
    made, report = pipeline.build([documents], folder / "store")
    return folder / "store", made, report


def test_the_report_counts_every_stage(built):
    _, made, report = built
    told = [stage for stage, _ in report.rows() if not stage.startswith(" ")]
    assert told == [*STAGES, "problems"]
    assert report.counts["documents"] == 2
    for stage in ("items", "sentences", "triples", "reference triples", "quads", "description triples"):
        assert report.counts[stage], stage
    assert json.loads((made.folder / "report.json").read_text()) == report.as_json()


def test_readme_and_hidden_files_are_no_documents_and_unknown_ones_are_told(built):
    _, _, report = built
    assert [Path(p).name for p in report.skipped] == ["photo.jpeg"]
    assert report.problems == []


def test_the_store_holds_what_the_report_counts(built):
    folder, made, report = built
    assert current(folder) == made
    assert len(opened(made)) == report.counts["quads"] + report.counts["description triples"]
    assert made.description["counts"]["quads"] == report.counts["quads"]
    documents = list(questions("facts")["documents"].answer(opened(made)))
    assert len(documents) == report.counts["items"]


def test_every_quote_in_the_store_is_the_text_at_its_offsets(built):
    _, made, _ = built
    rows = opened(made).query(
        """PREFIX oa: <http://www.w3.org/ns/oa#>
        PREFIX rg: <https://w3id.org/rightsgraph/ontology#>
        SELECT ?exact ?start ?end ?text WHERE {
          ?e oa:hasSelector ?p, ?q ; oa:hasSource/rg:text ?text .
          ?p oa:start ?start ; oa:end ?end .
          ?q oa:exact ?exact
        }""",
        use_default_graph_as_union=True,
    )
    checked = 0
    for row in rows:
        assert row["text"].value[int(row["start"].value) : int(row["end"].value)] == row["exact"].value
        checked += 1
    assert checked >= made.report["counts"]["items"]


def test_the_graphs_are_one_a_document_and_the_shared_ones(built):
    _, made, _ = built
    names = sorted(g.value.removeprefix(f"{ID}graph/") for g in opened(made).named_graphs())
    hashes = [entry["sha256"][:16] for entry in made.description["inputs"]]
    assert set(hashes) < set(names)
    assert {"reference", "inferred"} <= set(names)


def test_no_quad_has_a_blank_node(built):
    _, made, _ = built
    with gzip.open(made.quads, "rt", encoding="utf-8") as lines:
        assert not [line for line in lines if line.startswith("_:") or " _:" in line.split('"')[0]]


def test_two_builds_under_different_hash_seeds_are_equal_byte_for_byte(tmp_path):
    for seed in ("1", "2"):
        done = rightsgraph("build", *FEW, "--store", tmp_path / seed, PYTHONHASHSEED=seed)
        assert done.returncode == 0, done.stderr
    one, two = (current(tmp_path / seed) for seed in ("1", "2"))
    assert gzip.decompress(one.quads.read_bytes()) == gzip.decompress(two.quads.read_bytes())
    for name in ("quads.nq.gz", "build.json", "report.json"):
        assert (one.folder / name).read_bytes() == (two.folder / name).read_bytes(), name


def test_the_order_of_files_and_the_number_of_processes_do_not_matter(built, tmp_path):
    _, made, _ = built
    again, _ = pipeline.build(FEW[::-1], tmp_path, pipeline.Options(jobs=2))
    assert again.id == made.id


def test_a_base_address_replaces_ours_in_the_data_and_nowhere_else(built, tmp_path):
    _, made, _ = built
    base = "https://data.example/id/"
    moved, _ = pipeline.build(FEW, tmp_path, pipeline.Options(base=base))
    lines = gzip.decompress(moved.quads.read_bytes())
    assert ID.encode() not in lines
    assert len(opened(moved)) == len(opened(made))
    (one, *_) = opened(moved).query(
        questions("facts")["documents"].bound(base=base), use_default_graph_as_union=True
    )
    assert one["title"].value


UNREADABLE = {
    "binary.txt": b"\x00\x01\x02\x03" * 100,
    "empty.txt": b"",
    "latin.txt": "Café société".encode("latin-1"),
    "wide.txt": "Widened".encode("utf-16"),
    "one-line.txt": b"word " * 10_000_000,
    "unknown.xyz": b"what is this",
}


def test_unreadable_files_are_reported_and_the_others_are_built(tmp_path):
    paths = []
    for name, data in UNREADABLE.items():
        (tmp_path / name).write_bytes(data)
        paths.append(tmp_path / name)
    done = rightsgraph("build", *paths, FEW[0], "--store", tmp_path / "store")
    assert done.returncode == 1, done.stderr
    report = current(tmp_path / "store").report
    assert report["counts"]["documents"] == 1
    assert sorted(Path(p["where"]).name for p in report["problems"]) == sorted(UNREADABLE)
    for problem in report["problems"]:
        assert problem["what"]
        assert problem["mend"]
        assert problem["what"] in done.stdout


def test_a_missing_path_cannot_go_on(tmp_path):
    with pytest.raises(UsageError, match="no such file"):
        pipeline.build([tmp_path / "nowhere"], tmp_path / "store")
    done = rightsgraph("build", tmp_path / "nowhere", "--store", tmp_path / "store")
    assert done.returncode == 2
    assert "no such file" in done.stderr
    assert "Traceback" not in done.stderr


def test_two_documents_of_one_name_and_two_of_one_text_are_told(tmp_path):
    for name, text in {"a/x.txt": TEXT, "b/x.txt": TEXT + "More.\n", "b/y.txt": TEXT}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    _, report = pipeline.build_in_memory([tmp_path])
    told = sorted(p.what for p in report.problems)
    assert len(told) == 2
    assert "same text" in told[0]
    assert "this name" in told[1]


def test_an_extractor_that_breaks_costs_no_more_than_itself(monkeypatch):
    class Broken:
        @staticmethod
        def extract(_reading, _vocabulary):
            yield Claim(RightNamed("RightToLife"), Span(0, 4))
            raise IndexError("list index out of range")

    monkeypatch.setattr(extraction, "extractors", lambda: {"broken": Broken})
    store, report = pipeline.build_in_memory(FEW)
    assert {p.stage for p in report.problems} == {"broken"}
    assert "IndexError" in report.problems[0].what
    assert len(list(questions("facts")["documents"].answer(store))) == report.counts["items"]


def test_evidence_outside_of_the_text_fails_the_build(monkeypatch, tmp_path):
    class Wrong:
        @staticmethod
        def extract(_reading, _vocabulary):
            yield Claim(RightNamed("RightToLife"), Span(10**6, 10**6 + 5))

    monkeypatch.setattr(extraction, "extractors", lambda: {"wrong": Wrong})
    with pytest.raises(EvidenceError):
        pipeline.build(FEW, tmp_path / "store")
    assert list((tmp_path / "store").rglob("*.json")) == []
