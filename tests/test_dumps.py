"""Dumps in every syntax: the same statements, sorted, reproducible; and parts of a build."""

from __future__ import annotations

import gzip

import pyoxigraph as ox
import pytest
from made import CLAIMS, ENTITIES, TEXT, reading
from rdflib import Dataset, Graph

from kg import dumps, model
from kg.errors import NotFoundError, QueryError, UsageError
from kg.quads import lines_of
from kg.reference import reference_lines
from kg.selection import Selection, selected
from kg.stores import oxigraph
from kg.triples import document_graph
from kg.vocabulary import ID, RG, ontology_folder

OTHER = "Protest in Kampala\n\nPolice in Uganda beat a student on 3 April 2021. It was raining.\n"
BEATEN = model.Claim(
    model.Violation("PhysicalAttack", "UG", "student", "Police", "2021-04-03"),
    model.Span(20, 66),
    claimant="X",
)


@pytest.fixture(scope="module")
def build(tmp_path_factory):
    """A build of two made documents, one on Turkmenistan in 2019 and one on Uganda in 2021."""
    folder = tmp_path_factory.mktemp("store")
    lines = list(reference_lines(ontology_folder()))
    for text, name, claims, entities in (
        (TEXT, "made.txt", CLAIMS, ENTITIES),
        (OTHER, "other.txt", (BEATEN,), ()),
    ):
        read = reading(text, name, entities)
        lines += lines_of(document_graph(read.item.document, [model.ItemClaims(read, claims)]))
    stated = next(line for line in lines if b"/event/" in line and b"#type> " in line and b"Attack" in line)
    harm = stated.replace(b"#PhysicalAttack", b"#HarmfulAct").rsplit(b" <", 1)[0]
    lines.append(harm + f" <{ID}graph/inferred> .\n".encode())
    lines = sorted(set(lines))
    with oxigraph.temporary(folder) as new:
        store = oxigraph.on_disk(new / "oxigraph")
        oxigraph.load(store, lines)
        store.flush()
        del store
        identity, count = oxigraph.write_quads(new / "quads.nq.gz", lines)
        told = {"id": identity, "base": ID, "counts": {"quads": count}, "inputs": []}
        return oxigraph.swap(folder, new, told, {})


def written(build, tmp_path, form: str, suffix: str = "", selection: Selection | None = None) -> bytes:
    path = tmp_path / f"dump{dumps.FORMATS[form].suffix}{suffix}"
    dumps.dump(build, path, form, selection)
    data = path.read_bytes()
    return gzip.decompress(data) if suffix else data


def quads(data: bytes, form: str) -> set[str]:
    """The statements of a dump, without graphs where the syntax has none."""
    return {str(q) for q in ox.parse(data, format=dumps.FORMATS[form].syntax)}


def everything(build) -> bytes:
    return b"".join(selected(build, Selection()))


def test_there_are_six_syntaxes():
    assert len(dumps.FORMATS) == 6


@pytest.mark.parametrize("form", dumps.FORMATS)
def test_every_syntax_tells_the_same_statements(build, tmp_path, form):
    whole = everything(build)
    if dumps.FORMATS[form].syntax.supports_datasets:
        expected = quads(whole, "nquads")
    else:
        expected = quads(b"".join(dumps.without_graph(whole.splitlines(keepends=True))), "ntriples")
    assert quads(written(build, tmp_path, form), form) == expected


@pytest.mark.parametrize("form", dumps.FORMATS)
def test_two_dumps_are_equal_byte_for_byte_gzipped_or_not(build, tmp_path, form):
    plain = written(build, tmp_path, form)
    assert written(build, tmp_path, form) == plain
    assert written(build, tmp_path, form, ".gz") == plain
    path = tmp_path / f"dump{dumps.FORMATS[form].suffix}.gz"
    first = path.read_bytes()
    dumps.dump(build, path, form)
    assert path.read_bytes() == first


@pytest.mark.parametrize("form", ["nquads", "ntriples"])
def test_lines_come_sorted_as_sort_sorts_them(build, tmp_path, form):
    lines = written(build, tmp_path, form).splitlines()
    assert lines == sorted(lines)
    assert len(lines) == len(set(lines))


@pytest.mark.parametrize(
    ("form", "name"), [("turtle", "turtle"), ("ntriples", "nt"), ("rdfxml", "xml"), ("nquads", "nquads"),
                       ("trig", "trig"), ("jsonld", "json-ld")]
)  # fmt: skip
@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of rdflib's parsers among themselves
def test_rdflib_reads_as_many_statements_as_we_wrote(build, tmp_path, form, name):
    selection = Selection(documents=("made.txt",))
    data = written(build, tmp_path, form, selection=selection)
    graph = Dataset() if dumps.FORMATS[form].syntax.supports_datasets else Graph()
    graph.parse(data=data, format=name)
    assert len(list(graph.quads() if isinstance(graph, Dataset) else graph)) == len(quads(data, form))


def test_a_dump_goes_into_an_empty_store_as_the_same_build(build, tmp_path):
    store = ox.Store()
    store.bulk_load(written(build, tmp_path, "nquads"), format=ox.RdfFormat.N_QUADS)
    again = sorted(ox.serialize(store, format=ox.RdfFormat.N_QUADS).splitlines(keepends=True))
    assert b"".join(again) == everything(build)


def text_of(lines: bytes) -> set[str]:
    """Names of the documents that a part tells of."""
    return {
        q.object.value
        for q in ox.parse(lines, format=ox.RdfFormat.N_QUADS)
        if "identifier" in q.predicate.value
    }


PARTS = [
    (Selection(countries=("TM",)), {"made.txt"}),
    (Selection(countries=("Uganda",)), {"other.txt"}),
    (Selection(countries=("TM", "UG")), {"made.txt", "other.txt"}),
    (Selection(documents=("other.txt",)), {"other.txt"}),
    (Selection(since="2021"), {"other.txt"}),
    (Selection(until="2020"), {"made.txt"}),
    (Selection(since="2019-05", until="2019-05"), {"made.txt"}),
    (Selection(since="2021-04-03", until="2021-04-03"), {"other.txt"}),
    (Selection(since="2022"), set()),
    (Selection(countries=("TM",), since="2021"), set()),
]


@pytest.mark.parametrize(("selection", "names"), PARTS)
def test_a_part_tells_of_its_documents_only(build, selection, names):
    assert text_of(b"".join(selected(build, selection))) == names


def test_a_part_is_the_claims_with_all_they_rest_on(build):
    part = b"".join(selected(build, Selection(documents=("made.txt",))))
    kept = set(part.splitlines())
    whole = everything(build).splitlines()
    graph = next(line for line in whole if b'"made.txt"' in line).rsplit(b" ", 2)[1]
    assert {line for line in whole if line.endswith(graph + b" .")} == kept


def test_inferred_statements_can_be_left_out(build):
    country = Selection(countries=("UG",))
    with_inferred = set(selected(build, country))
    stated = set(selected(build, Selection(countries=("UG",), inferred=False)))
    (left_out,) = with_inferred - stated
    assert f"<{RG}HarmfulAct> <{ID}graph/inferred>".encode() in left_out


@pytest.mark.parametrize(
    ("selection", "error"),
    [
        (Selection(countries=("Atlantis",)), QueryError),
        (Selection(documents=("nowhere.txt",)), NotFoundError),
        (Selection(since="yesterday"), UsageError),
        (Selection(until="2020' || true || '"), UsageError),
    ],
)
def test_what_cannot_be_selected_is_told(build, selection, error):
    with pytest.raises(error):
        list(selected(build, selection))


@pytest.mark.parametrize("form", dumps.FORMATS)
def test_the_ending_of_a_file_tells_its_format(tmp_path, form):
    path = tmp_path / f"dump{dumps.FORMATS[form].suffix}"
    assert dumps.form_of(path) == dumps.form_of(path.with_name(path.name + ".gz")) == form


def test_an_unknown_format_leaves_no_file(build, tmp_path):
    with pytest.raises(UsageError, match="turtle"):
        dumps.dump(build, tmp_path / "dump.xyz", "excel")
    assert list(tmp_path.iterdir()) == []


def test_rdf_xml_marks_what_xml_cannot_hold(tmp_path):
    line = b'<urn:a> <urn:p> "a\\u0001b\\u000Cc\\rd" <urn:g> .\n'
    path = tmp_path / "dump.rdf"
    with dumps.destination(path) as out:
        dumps.write(out, [line], "rdfxml")
    (quad,) = ox.parse(path.read_bytes(), format=ox.RdfFormat.RDF_XML)
    assert quad.object.value == "a\ufffdb\ufffdc\ufffdd"
    Graph().parse(path, format="xml")
