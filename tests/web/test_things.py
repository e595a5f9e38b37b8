"""Every address of the graph answers in one hop, in the form that real clients ask for."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from web_store import DATA, DOCUMENT, ID, make_build

from server import ServeOptions, create_app

CHROME = (
    "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8,"
    "application/signed-exchange;v=b3;q=0.7"
)
FIREFOX = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
CURL = "*/*"
RDFLIB = "application/rdf+xml,text/rdf+n3;q=0.9,application/xhtml+xml;q=0.5, */*;q=0.1"
RDFLIB_TURTLE = "text/turtle, application/x-turtle"
JENA = "text/turtle,application/n-triples;q=0.9,application/ld+json;q=0.8,application/rdf+xml;q=0.7,*/*;q=0.3"
OWLAPI = "application/rdf+xml, application/xml; q=0.7, text/xml; q=0.6, text/plain; q=0.1, */*; q=0.09"
RDF4J = "application/n-triples;q=0.8, application/rdf+xml;q=0.9, text/turtle, application/trig;q=0.7"
JSONLD = 'application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"'
JSONLD_JS = "application/ld+json, application/json"
COMUNICA = (
    "application/n-quads,application/trig;q=0.95,application/ld+json;q=0.9,application/n-triples;q=0.8,"
    "text/turtle;q=0.6,application/rdf+xml;q=0.5,text/n3;q=0.35,*/*;q=0.1"
)
HTML, TURTLE, JSON = "text/html; charset=utf-8", "text/turtle; charset=utf-8", "application/problem+json"
TEXT = "text/plain; charset=utf-8"
TM = "/id/state/TM"

# client's Accept, address, status, where it leads (of a 303) or the content type
ROWS = [
    (CHROME, TM, 303, "/page/state/TM"),
    (FIREFOX, TM, 303, "/page/state/TM"),
    ("text/html", TM, 303, "/page/state/TM"),
    ("application/xhtml+xml", TM, 303, "/page/state/TM"),
    (CURL, TM, 303, "/data/state/TM.ttl"),
    ("", TM, 303, "/data/state/TM.ttl"),
    (None, TM, 303, "/data/state/TM.ttl"),
    (RDFLIB, TM, 303, "/data/state/TM.rdf"),
    (RDFLIB_TURTLE, TM, 303, "/data/state/TM.ttl"),
    (JENA, TM, 303, "/data/state/TM.ttl"),
    (OWLAPI, TM, 303, "/data/state/TM.rdf"),
    (RDF4J, TM, 303, "/data/state/TM.ttl"),
    (JSONLD, TM, 303, "/data/state/TM.jsonld"),
    (JSONLD_JS, TM, 303, "/data/state/TM.jsonld"),
    (COMUNICA, TM, 303, "/data/state/TM.nq"),
    ("text/turtle;charset=utf-8", TM, 303, "/data/state/TM.ttl"),
    ("TEXT/TURTLE", TM, 303, "/data/state/TM.ttl"),
    ("application/n-triples", TM, 303, "/data/state/TM.nt"),
    ("text/plain", TM, 303, "/data/state/TM.nt"),
    ("application/json", TM, 303, "/data/state/TM.jsonld"),
    ("text/xml", TM, 303, "/data/state/TM.rdf"),
    ("text/n3", TM, 303, "/data/state/TM.n3"),
    ("text/*", TM, 303, "/data/state/TM.ttl"),
    ("text/turtle;q=0, */*;q=0.1", TM, 303, "/page/state/TM"),
    ("text/html;q=0.3, text/turtle;q=0.7", TM, 303, "/data/state/TM.ttl"),
    ("text/turtle;q=x, application/rdf+xml", TM, 303, "/data/state/TM.rdf"),
    ("nonsense", TM, 303, "/data/state/TM.ttl"),
    ("image/png", TM, 406, TEXT),
    ("image/png, application/pdf;q=0.5", TM, 406, TEXT),
    (CURL, f"{TM}/", 303, "/data/state/TM.ttl"),
    (CHROME, f"{TM}/", 303, "/page/state/TM"),
    (CURL, f"{TM}.ttl", 303, "/data/state/TM.ttl"),
    (CHROME, f"{TM}.ttl", 303, "/data/state/TM.ttl"),
    (CURL, f"{TM}.jsonld", 303, "/data/state/TM.jsonld"),
    (CURL, f"{TM}.rdf", 303, "/data/state/TM.rdf"),
    (CURL, f"{TM}.nt", 303, "/data/state/TM.nt"),
    (CURL, f"{TM}.html", 303, "/page/state/TM"),
    (CURL, f"{TM}.nq", 303, "/data/state/TM.nq"),
    (CURL, f"{TM}.trig", 303, "/data/state/TM.trig"),
    (CHROME, f"{TM}?format=ttl", 303, "/data/state/TM.ttl"),
    (CHROME, f"{TM}?format=text/turtle", 303, "/data/state/TM.ttl"),
    (CURL, f"{TM}?format=html", 303, "/page/state/TM"),
    (CURL, f"{TM}?format=jsonld", 303, "/data/state/TM.jsonld"),
    (CURL, f"{TM}?format=pdf", 406, TEXT),
    (CHROME, f"/id/document/{DOCUMENT}", 303, f"/page/document/{DOCUMENT}"),
    (CURL, f"/id/document/{DOCUMENT}", 303, f"/data/document/{DOCUMENT}.ttl"),
    (CHROME, f"/id/document/{DOCUMENT}/item/1", 303, f"/page/document/{DOCUMENT}/item/1"),
    (CURL, f"/id/evidence/{DOCUMENT}/0-58", 303, f"/data/evidence/{DOCUMENT}/0-58.ttl"),
    (CURL, f"/id/evidence/{DOCUMENT}/0-58/quote", 303, f"/data/evidence/{DOCUMENT}/0-58/quote.ttl"),
    (CURL, "/id/graph/reference", 303, "/data/graph/reference.ttl"),
    (CURL, "/id/claim/c1", 303, "/data/claim/c1.ttl"),
    (CURL, "/data/claim/c1.ttl", 200, TURTLE),
    (CHROME, "/data/claim/c1.ttl", 200, TURTLE),
    (CURL, "/data/claim/c1.jsonld", 200, "application/ld+json"),
    (CURL, "/data/claim/c1.rdf", 200, "application/rdf+xml"),
    (CURL, "/data/claim/c1.nt", 200, "application/n-triples"),
    (RDFLIB, "/data/claim/c1", 200, "application/rdf+xml"),
    (CHROME, "/data/claim/c1", 303, "/page/claim/c1"),
    (CURL, "/data/graph/reference.nt", 200, "application/n-triples"),
    (CURL, "/data/claim/none.ttl", 404, TEXT),
    (CURL, "/id/claim/none", 404, TEXT),
    (CHROME, "/id/claim/none", 404, HTML),
    ("application/json", "/id/claim/none", 404, JSON),
    (CURL, "/id/%3Cscript%3E", 404, TEXT),
    (CURL, "/id/claim/none.ttl", 404, TEXT),
    (CURL, "/id/claim/gone", 410, TEXT),
    (CHROME, "/id/claim/gone", 410, HTML),
    ("application/ld+json", "/id/claim/gone", 410, JSON),
    (CURL, "/data/state/TM.ttl?page=0", 400, TEXT),
    (OWLAPI, "/ontology", 200, "application/rdf+xml"),
    (JENA, "/ontology", 200, TURTLE),
    (CURL, "/ontology", 200, TURTLE),
    (RDFLIB, "/ontology/", 200, "application/rdf+xml"),
    (CURL, "/ontology.rdf", 200, "application/rdf+xml"),
    (CHROME, "/ontology.ttl", 200, TURTLE),
    (CURL, "/ontology.jsonld", 200, "application/ld+json"),
    (CHROME, "/ontology?format=nt", 200, "application/n-triples"),
    (OWLAPI, "/ontology/rights", 200, "application/rdf+xml"),
    (CURL, "/ontology/rights.ttl", 200, TURTLE),
    (CURL, "/ontology/none", 404, TEXT),
    (CURL, "/ontology.pdf", 404, TEXT),
    ("image/png", "/ontology", 406, TEXT),
    (CURL, f"/describe?iri={ID}state/TM", 303, TM),
    (CURL, "/describe?iri=https://w3id.org/rightsgraph/ontology%23Claim", 303, "/ontology#Claim"),
    (CURL, "/describe?iri=https://example.org/x", 404, TEXT),
]


@pytest.fixture(scope="module")
def two_builds(tmp_path_factory):
    """An app over a store whose build before held one claim more."""
    folder = tmp_path_factory.mktemp("two")
    make_build(folder, DATA + f"<{ID}claim/gone> <urn:p> <urn:o> .")
    make_build(folder, DATA)
    app = create_app(folder, ServeOptions(workers=1, timeout=5, memory=512))
    yield app
    app.extensions["rightsgraph"].close()


def test_the_table_is_as_long_as_it_should_be():
    assert len(ROWS) >= 60


@pytest.mark.parametrize(("accept", "address", "status", "expected"), ROWS)
def test_address_answers(two_builds, accept, address, status, expected):
    headers = {} if accept is None else {"Accept": accept}
    response = two_builds.test_client().get(address, headers=headers)
    assert response.status_code == status, response.get_data(as_text=True)
    if status == 303:
        assert response.headers["Location"] == expected
    else:
        assert response.headers["Content-Type"] == expected
    if status in (200, 303):
        assert "Accept" in response.headers["Vary"]
        assert response.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("ending", ["ttl", "nt", "rdf", "jsonld", "nq", "trig"])
def test_every_form_of_a_claim_holds_its_evidence_and_labels(client, ending):
    shapes = {
        "ttl": ox.RdfFormat.TURTLE,
        "nt": ox.RdfFormat.N_TRIPLES,
        "rdf": ox.RdfFormat.RDF_XML,
        "jsonld": ox.RdfFormat.JSON_LD,
        "nq": ox.RdfFormat.N_QUADS,
        "trig": ox.RdfFormat.TRIG,
    }
    response = client.get(f"/data/claim/c1.{ending}")
    text = "\n".join(str(quad.triple) for quad in ox.parse(response.data, format=shapes[ending]))
    assert "Police in Ashgabat arrested twelve journalists" in text
    assert '"arbitrary detention"@en' in text
    assert response.headers["Content-Location"] == f"/data/claim/c1.{ending}"


def test_links_tell_what_there_is_beside(client):
    link = client.get("/data/claim/c1.ttl").headers["Link"]
    for part in (
        f'<{ID}claim/c1>; rel="cite-as"',
        '</data/claim/c1.jsonld>; rel="alternate"; type="application/ld+json"',
        '</page/claim/c1>; rel="alternate"; type="text/html"',
        'rel="license"',
        '<https://w3id.org/rightsgraph/ontology#Claim>; rel="type"',
        'rel="collection"',
    ):
        assert part in link
    assert 'rel="next"' not in link


def test_incoming_links_are_paged(tmp_path):
    many = "".join(f"<{ID}event/e{i}> <urn:in> <{ID}state/TM> .\n" for i in range(250))
    make_build(tmp_path, DATA + many)
    app = create_app(tmp_path, ServeOptions(workers=1, timeout=5, memory=512))
    try:
        sizes, address = [], "/data/state/TM.nt"
        while address:
            response = app.test_client().get(address)
            sizes.append(response.data.count(b"<urn:in>"))
            following = [part for part in response.headers["Link"].split(", ") if 'rel="next"' in part]
            address = following[0].split(">")[0].strip("<") if following else ""
        assert sum(sizes) == 250
        assert max(sizes) <= 100
        assert len(sizes) == 3
    finally:
        app.extensions["rightsgraph"].close()


def test_a_known_tag_spares_the_description(client):
    tag = client.get("/data/state/TM.ttl").headers["ETag"]
    assert client.get("/data/state/TM.ttl", headers={"If-None-Match": tag}).status_code == 304
