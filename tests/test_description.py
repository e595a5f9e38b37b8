"""The description of a build meets its shapes, counts rightly and tells how it was made."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
from rdflib import BNode, Graph, URIRef
from rdflib.namespace import DCAT, DCTERMS, PROV, RDF, SH, VOID

from kg import pipeline
from kg.description import catalogue
from kg.description import subject as names
from kg.questions import questions
from kg.stores.oxigraph import opened
from kg.vocabulary import ID, ontology_folder

SAMPLE = Path(__file__).parent.parent / "kg" / "sample"


@pytest.fixture(scope="module")
def build(tmp_path_factory):
    files = sorted(SAMPLE.glob("*.txt"))[:3]
    return pipeline.build(files, tmp_path_factory.mktemp("described"))[0]


@pytest.fixture(scope="module")
def told(build) -> Graph:
    quads = opened(build).quads_for_pattern(None, None, None, ox.NamedNode(f"{ID}graph/dataset"))
    data = ox.serialize((q.triple for q in quads), format=ox.RdfFormat.N_TRIPLES)
    return Graph().parse(data=data, format="nt")


def count(build, pattern: str) -> int:
    """Solutions of a pattern over every graph but the description's."""
    store = opened(build)
    graphs = [g for g in store.named_graphs() if not g.value.endswith("/dataset")]
    (row,) = store.query("SELECT (COUNT(*) AS ?n) WHERE { " + pattern + " }", default_graph=graphs)
    return int(row["n"].value)


def test_the_description_meets_its_shapes(told):
    shapes = Graph().parse(ontology_folder() / "shapes" / "dataset-shapes.ttl")
    conforms, _, text = pyshacl.validate(told, shacl_graph=shapes, inference="none")
    assert conforms, text


@pytest.mark.parametrize(
    "missing",
    [DCTERMS.license, DCAT.distribution, VOID.triples, PROV.wasGeneratedBy, SH.select, DCAT.endpointURL],
)
def test_the_shapes_find_what_is_missing(told, missing):
    shapes = Graph().parse(ontology_folder() / "shapes" / "dataset-shapes.ttl")
    poorer = Graph()
    for triple in told:
        if triple[1] != missing:
            poorer.add(triple)
    assert not pyshacl.validate(poorer, shacl_graph=shapes, inference="none")[0]


def test_totals_and_partitions_count_the_data_without_the_description(build, told):
    dataset = URIRef(f"{ID}dataset")
    assert int(told.value(dataset, VOID.triples)) == count(build, "?s ?p ?o")
    claims = URIRef(f"{ID}dataset/class/rg-Claim")
    rg = "https://w3id.org/rightsgraph/ontology#"
    assert int(told.value(claims, VOID.entities)) == count(build, f"?s a <{rg}Claim>")
    status = URIRef(f"{ID}dataset/property/rg-status")
    assert int(told.value(status, VOID.triples)) == count(build, f"?s <{rg}status> ?o")
    of_claims = URIRef(f"{claims}/rg-status")
    assert told.value(of_claims, VOID.triples) == told.value(status, VOID.triples)


def test_the_checksum_of_the_distribution_is_the_id_of_the_build(build, told):
    distribution = URIRef(f"{ID}dataset/distribution/nquads")
    checksum = told.value(distribution, names.SPDX.checksum)
    assert str(told.value(checksum, names.SPDX.checksumValue)) == build.id


def test_the_build_used_every_document_rule_and_part(build, told):
    (activity,) = told.subjects(RDF.type, PROV.Activity)
    used = {str(u) for u in told.objects(activity, PROV.used)}
    assert {f"{ID}document/{i['sha256'][:16]}" for i in build.description["inputs"]} <= used
    rules = {q.object.value for q in opened(build) if q.predicate.value.endswith("#foundBy")}
    assert rules
    assert rules <= used
    assert len(list(told.objects(activity, PROV.wasAssociatedWith))) >= 5


def test_every_question_is_an_example_that_runs_as_it_stands(build, told):
    texts = [str(t) for t in told.objects(None, SH.select)]
    assert len(texts) == len(questions()) >= 25
    for text in texts:
        assert isinstance(opened(build).query(text, use_default_graph_as_union=True), ox.QuerySolutions)


def test_every_fact_table_has_its_number_of_rows(build, told):
    for table, question in questions("facts").items():
        measured = told.value(URIRef(f"{ID}dataset/quality/rows/{table}"), names.DQV.value)
        assert int(measured) == len(list(question.answer(opened(build))))


def test_everything_described_has_an_address_of_its_own(told):
    assert not [term for triple in told for term in triple if isinstance(term, BNode)]


def test_a_date_is_told_only_where_the_environment_gives_one(monkeypatch, told):
    assert told.value(URIRef(f"{ID}dataset"), DCTERMS.modified) is None
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert str(catalogue.issued()) == "2023-11-14"
