"""Tables for spreadsheets, nanopublications, vocabularies as SKOS, and all of it in one folder."""

from __future__ import annotations

import csv
import hashlib
import io
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import export, pipeline
from kg.errors import UsageError
from kg.questions import questions
from kg.selection import Selection
from kg.skos import SCHEMES, skos
from kg.stores.oxigraph import opened
from kg.tables import safe
from kg.vocabulary import ID, RDF_TYPE, RG, SKOS, ontology_folder, vocabulary

SAMPLE = Path(__file__).parent.parent / "kg" / "sample"
NP = "http://www.nanopub.org/nschema#"


@pytest.fixture(scope="module")
def build(tmp_path_factory):
    return pipeline.build([SAMPLE / "venezuela-council-statement.txt"], tmp_path_factory.mktemp("exported"))[
        0
    ]


@pytest.fixture(scope="module")
def everything(build, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("everything") / "dump"
    export.export(build, folder, "all")
    return folder


def test_every_file_has_its_checksum(everything):
    lines = (everything / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    held = {p.relative_to(everything).as_posix() for p in everything.rglob("*") if p.is_file()} - {
        "SHA256SUMS"
    }
    assert {line.split("  ")[1] for line in lines} == held
    assert len(held) == 6 + 12 + 3
    for line in lines:
        digest, name = line.split("  ")
        assert hashlib.sha256((everything / name).read_bytes()).hexdigest() == digest


def test_a_table_row_has_its_address_quote_and_source(build, everything):
    store = opened(build)
    text = next(q.object.value for q in store if q.predicate.value == f"{RG}text")
    for name in questions("facts"):
        rows = csv.DictReader(
            io.StringIO((everything / "tables" / f"{name}.csv").read_text(encoding="utf-8-sig"))
        )
        for row in rows:
            assert any(store.quads_for_pattern(ox.NamedNode(row["address"]), None, None))
            assert row["quote"].removeprefix("'") in text
            assert row["source"].startswith(f"{ID}document/")


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "\uff1dx"])
def test_no_cell_is_a_formula(cell):
    assert safe(cell) == f"'{cell}"
    assert safe(f"a{cell}") == f"a{cell}"


def graphs_of(path: Path) -> dict[str, list[ox.Quad]]:
    found: dict[str, list[ox.Quad]] = {}
    for quad in ox.parse(path.read_bytes(), format=ox.RdfFormat.TRIG):
        found.setdefault(quad.graph_name.value, []).append(quad)
    return found


def test_every_claim_is_a_nanopublication_of_four_graphs(build, tmp_path):
    path = tmp_path / "claims.trig"
    export.export(build, path, "nanopublications")
    graphs = graphs_of(path)
    claims = list(opened(build).quads_for_pattern(None, ox.NamedNode(RDF_TYPE), ox.NamedNode(f"{RG}Claim")))
    assert len(claims) > 10
    assert Counter(name.rpartition("/")[2] for name in graphs) == dict.fromkeys(
        ("head", "assertion", "provenance", "pubinfo"), len(claims)
    )
    for name, quads in graphs.items():
        if name.endswith("/head"):
            links = {q.predicate.value.removeprefix(NP): q.object.value for q in quads}
            assert {links[f"has{part}"] for part in ("Assertion", "Provenance", "PublicationInfo")} <= set(
                graphs
            )
        if name.endswith("/provenance"):
            about = {q.subject.value for q in quads if q.predicate.value.endswith("#wasDerivedFrom")}
            assert about == {name.replace("/provenance", "/assertion")}


def test_no_nanopublication_tells_what_is_inferred(build, tmp_path):
    export.export(build, tmp_path / "claims.trig", "nanopublications")
    told = {str(q.triple) for quads in graphs_of(tmp_path / "claims.trig").values() for q in quads}
    stated = {str(q.triple) for q in opened(build) if not q.graph_name.value.endswith("/inferred")}
    assert {t for t in told - stated if "nanopublication" not in t} == set()


@pytest.fixture(scope="module")
def concepts() -> list[ox.Triple]:
    return skos(ontology_folder())


def values(triples: list[ox.Triple], name: str) -> list[tuple[str, ox.Literal | ox.NamedNode]]:
    return [(t.subject.value, t.object) for t in triples if t.predicate.value == SKOS + name]


def test_every_violation_type_and_right_is_a_concept(concepts):
    found = {s for s, o in values(concepts, "inScheme")}
    assert {t.iri for t in vocabulary().violation_types} <= found
    assert {t.iri for t in vocabulary().rights} <= found
    assert len({o.value for _, o in values(concepts, "inScheme")}) == len(SCHEMES) == 9


def test_the_scheme_of_themes_has_a_version_and_its_themes_their_codes_and_sources(concepts):
    scheme = "https://w3id.org/rightsgraph/scheme/themes"
    themes = {s for s, o in values(concepts, "inScheme") if o == ox.NamedNode(scheme)}
    assert len(themes) > 70
    told = {(t.subject.value, t.predicate.value.rpartition("/")[2], t.object.value) for t in concepts}
    assert [1 for s, p, v in told if s == scheme and p.endswith("versionInfo") and v.count(".") == 2]
    assert themes <= {s for s, p, _ in told if p == "source"}
    (theme,) = {s for s, o in values(concepts, "notation") if o.value == "D43"}
    assert theme in themes


def test_a_concept_has_one_preferred_label_in_a_language(concepts):
    labels = Counter((s, o.language) for s, o in values(concepts, "prefLabel"))
    assert labels
    assert [pair for pair, count in labels.items() if count > 1] == []


def test_preferred_and_alternative_labels_are_disjoint(concepts):
    preferred = {(s, str(o)) for s, o in values(concepts, "prefLabel")}
    assert sorted(preferred & {(s, str(o)) for s, o in values(concepts, "altLabel")}) == []


def test_broader_has_no_circle_and_every_concept_a_top(concepts):
    broader: dict[str, set[str]] = {}
    for s, o in values(concepts, "broader"):
        broader.setdefault(s, set()).add(o.value)
    tops = {s for s, _ in values(concepts, "topConceptOf")}
    for start in {s for s, _ in values(concepts, "inScheme")}:
        path, todo = set(), {start}
        while todo:
            path |= todo
            todo = {up for iri in todo for up in broader.get(iri, ())}
            assert start not in todo
        assert path & tops


@pytest.mark.parametrize(
    ("form", "selection", "path"),
    [
        ("excel", Selection(), Path("x")),
        ("csv", Selection(countries=("VE",)), Path("x")),
        ("skos", Selection(inferred=False), Path("x")),
        ("csv", Selection(), None),
        ("all", Selection(), None),
    ],
)
def test_what_cannot_be_exported_is_told(build, form, selection, path):
    with pytest.raises(UsageError):
        export.export(build, path, form, selection)
