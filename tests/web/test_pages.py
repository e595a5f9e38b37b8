"""Pages as a reader without script gets them."""

from __future__ import annotations

import csv
import io
import json
import random
import re
import zipfile
from html import escape, unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlencode

import pytest
from pages_store import NAMES, build_some

from kg.questions import queries_folder, questions
from kg.vocabulary import RG
from kg.web.pages import charts
from kg.web.pages.accounts import accounts
from kg.web.pages.language import catalogue
from kg.web.pages.listing import listing, matching
from kg.web.pages.snapshot import snapshot
from server import ServeOptions, create_app

WEB = Path(__file__).parents[2] / "kg" / "web"
CLAIM = re.compile(r'data-claim="([^"]+)"')


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    app = create_app(build_some(tmp_path_factory.mktemp("pages")), ServeOptions(workers=1))
    yield app
    app.extensions["rightsgraph"].close()


@pytest.fixture
def client(app):
    return app.test_client()


@pytest.fixture(scope="module")
def seen(app):
    with app.test_request_context("/"):
        return snapshot()


def page(client, address, **headers):
    response = client.get(address, headers=headers)
    assert response.status_code == 200, (address, response.text[:300])
    return response.text


def on_pages(client, query):
    """The claims that the pages of a list show, in their order."""
    found, address = [], f"/facts?{query}"
    while address:
        text = page(client, address)
        found += CLAIM.findall(text)
        following = re.search(r'rel="next" href="([^"]+)"', text)
        address = unescape(following[1]) if following else ""
    return found


def some_filters(seen, count):
    """Addresses of lists by facets and words drawn with a fixed seed."""
    chance = random.Random(7)  # noqa: S311 - a choice of tests, the same each time
    for number in range(count):
        pairs = []
        for name in chance.sample(sorted(seen.facets), chance.choice((1, 1, 2))):
            values = sorted(term.value for term in seen.facets[name].values)
            pairs += [(name, v) for v in chance.sample(values, min(len(values), chance.choice((1, 2))))]
        if number % 4 == 3:
            pairs = [*pairs[:1], ("q", chance.choice(("the", "right", "arrest")))]
        yield urlencode(pairs)


def test_downloads_and_the_shown_query_hold_exactly_what_the_pages_show(app, client, seen):
    filters = list(some_filters(seen, 10))
    assert len(filters) == 10
    lengths = []
    for query in filters:
        shown = on_pages(client, query)
        lengths.append(len(shown))
        rows = list(csv.DictReader(io.StringIO(client.get(f"/facts.csv?{query}").text)))
        assert [row["claim"] for row in rows] == shown, query
        excel = client.get(f"/facts.excel?{query}").data.decode("utf-8-sig")
        assert [row["claim"] for row in csv.DictReader(io.StringIO(excel))] == shown
        told = json.loads(client.get(f"/facts.json?{query}").text)
        assert [row["claim"] for row in told] == shown
        assert {row["quote"] for row in told} == {row["quote"] for row in rows}
        turtle = client.get(f"/facts.ttl?{query}").text
        assert set(re.findall(rf"<([^>]+)> <[^>]+#type> <{re.escape(RG)}Claim>", turtle)) == set(shown)
        with app.test_request_context(f"/facts?{query}"):
            from flask import request  # noqa: PLC0415

            text = listing(request.args).sparql
            assert {row["claim"] for row in matching(text)} == set(shown), text
    assert sum(length > 0 for length in lengths) >= 6


def test_a_cell_that_a_spreadsheet_would_run_is_text_in_the_file_for_excel(client):
    for row in csv.reader(io.StringIO(client.get("/facts.excel").data.decode("utf-8-sig"))):
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row)


def test_counts_of_a_facet_are_the_lengths_of_its_lists(client, seen):
    for name in ("country", "status", "kind"):
        for term, count in seen.facets[name].counts(seen.everything)[:3]:
            text = page(client, f"/facts?{urlencode({name: term.value})}")
            assert re.search(rf"<strong>{count}</strong> claims?", text)


def main_pages(seen):
    claim = next(c for c in seen.claims)
    document = seen.facets["document"].values[0].value.rpartition("/")[2]
    person = next(r["entity"] for r in seen.names if r["type"] == RG + "Person")
    organisation = next(r["entity"] for r in seen.names if r["type"].endswith("Organisation"))
    below = "/page/" + "{}"
    return (
        "/", "/facts", "/documents", "/questions", "/ontology", "/coverage", "/sparql", "/search?q=council",
        "/page/state/TM", "/page/mechanism/upr", "/page/instrument/iccpr", "/page/provision/iccpr-19",
        "/ontology/ArbitraryDetention", "/ontology/FreedomOfExpression", "/ontology/inCountry",
        below.format(claim.removeprefix(seen.base)), below.format(person.removeprefix(seen.base)),
        below.format(organisation.removeprefix(seen.base)), f"/page/document/{document}", "/brief/TM",
        f"/graph?{urlencode({'thing': claim})}", "/question/violations-in-a-country?country=TM",
    )  # fmt: skip


class Checker(HTMLParser):
    """Gathers what a page would load, and what it says inline."""

    def __init__(self) -> None:
        super().__init__()
        self.loads, self.inline, self.headings, self.ids = [], [], [], []

    def handle_starttag(self, tag, attrs):  # noqa: D102
        told = dict(attrs)
        if told.get("type") == "application/ld+json":
            return  # data, which nothing runs
        if tag in ("script", "img", "image", "iframe") or (tag == "link" and told.get("rel") == "stylesheet"):
            self.loads.append(told.get("src") or told.get("href") or "")
        if tag == "script" and "src" not in told:
            self.inline.append("script")
        self.inline += [name for name in told if name == "style" or name.startswith("on")]
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(tag)
        if told.get("id"):
            self.ids.append(told["id"])


def test_pages_load_nothing_from_elsewhere_and_say_nothing_inline(client, seen):
    addresses = main_pages(seen)
    assert len(addresses) >= 20
    for address in addresses:
        response = client.get(address, headers={"Accept": "text/html"})
        assert response.status_code == 200, address
        checker = Checker()
        checker.feed(response.text)
        assert all(load.startswith("/") for load in checker.loads), address
        assert not checker.inline, address
        assert checker.headings.count("h1") == 1, address
        assert len(set(checker.ids)) == len(checker.ids), address
        policy = response.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "script-src 'self';" in policy
        assert ("unsafe-inline" in policy) == (address == "/sparql")
        assert len(response.data) < 150_000, address


def test_a_page_comes_gzipped_to_who_takes_it(client):
    plain = client.get("/facts")
    packed = client.get("/facts", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.data) < len(plain.data) / 3


def test_person_pages_ask_search_engines_to_stay_away(client, seen):
    person = next(r["entity"] for r in seen.names if r["type"] == RG + "Person")
    response = client.get("/page/" + person.removeprefix(seen.base))
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in response.text


def test_a_claim_shows_sentence_claimant_status_and_why(client):
    asserted = listing_of(client, kind=RG + "HarmfulAct", status=RG + "Asserted")[0]
    text = page(client, "/page/claim/" + asserted["claim"].rpartition("/")[2])
    assert text.index("blockquote") < text.index("What follows from it")
    assert f"<h1>{asserted['claimant']} says:</h1>" in text
    assert "status-asserted" in text
    first = int(asserted["trigger_start"]) - int(asserted["start"])
    words = asserted["quote"][first : int(asserted["trigger_end"]) - int(asserted["start"])]
    assert f"<mark>{escape(words)}</mark>" in text
    assert "inferred" in text
    assert "by the rule" in text
    assert "stated in the document" in text


def listing_of(client, **chosen):
    return json.loads(client.get(f"/facts.json?{urlencode(chosen)}").text)


def test_every_marked_passage_leads_to_claims_whose_evidence_holds_it(client, seen):
    document = seen.facets["document"].values[0].value
    key = document.rpartition("/")[2]
    text = page(client, f"/page/document/{key}")
    body = re.search(r'<article class="document"[^>]*>(.*?)</article>', text, re.DOTALL)[1]
    plain = unescape(re.sub(r"<[^>]+>", "", body))
    marks = re.findall(r'<a class="mark[^"]*" href="\?e=(\d+)-(\d+)#[^"]+">(.*?)</a>', body, re.DOTALL)
    assert len(marks) > 5
    for start, end, shown in marks:
        assert plain[int(start) : int(end)] == unescape(shown)
        told = client.get(f"/page/document/{key}/claims.json?e={start}-{end}").get_json()["html"]
        assert CLAIM.search(told)


def test_every_anchor_that_a_quote_leads_to_is_on_its_page(client):
    for row in listing_of(client)[:20]:
        key = row["document"].rpartition("/")[2]
        text = page(client, f"/page/document/{key}")
        assert f'id="e-{row["start"]}-{row["end"]}"' in text


def test_suggestions_find_names_without_accents_and_in_other_languages(client):
    assert any(f["page"] == "/page/state/TM" for f in client.get("/suggest?q=turkmen").get_json())
    assert any(f["page"] == "/page/state/CI" for f in client.get("/suggest?q=cote+d").get_json())
    assert client.get("/suggest?q=").get_json() == []


def test_every_question_has_a_page(client):
    assert len(questions()) >= 15
    for name in questions():
        page(client, f"/question/{name}")


@pytest.mark.parametrize("language", ["fr", "es"])
def test_the_interface_speaks(client, language):
    response = client.get(f"/?lang={language}")
    assert f'<html lang="{language}">' in response.text
    assert response.headers["Set-Cookie"].startswith(f"language={language}")
    assert f'<html lang="{language}">' in client.get("/", headers={"Accept-Language": language}).text


def test_every_text_of_the_interface_is_translated():
    texts = set()
    for path in [*WEB.glob("templates/*.html"), *WEB.glob("pages/*.py")]:
        told = path.read_text(encoding="utf-8")
        texts |= set(re.findall(r'(?:\b_|said)\(\s*"([^"]+)"', told)) | set(
            re.findall(r"\b_\(\s*'([^']+)'", told)
        )
    for part in ("facets", "questions"):
        assert list((queries_folder() / part).glob("*.rq"))
        texts |= {q.summary for q in questions(part).values()}
    for asked in questions().values():
        head = asked.text[asked.text.index("SELECT") : asked.text.index("WHERE")]
        texts |= {name.replace("_", " ") for name in re.findall(r"\?(\w+)", head)} - {"evidence", "document"}
        texts |= {*asked.tags[:1], *(p.label for p in asked.parameters)}
    assert len(texts) > 200
    for language in ("fr", "es"):
        missing = sorted(t for t in texts if not catalogue(language).get(t))
        assert not missing, f"add to kg/web/translations.tsv: {missing}"


def test_the_brief_is_the_same_bytes_twice_and_names_its_sources(client):
    first, second = client.get("/brief/TM.docx").data, client.get("/brief/TM.docx").data
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        text = archive.read("word/document.xml").decode()
    assert "Turkmenistan" in text
    assert "turkmenistan-upr-adoption.txt" in text
    notes = re.findall(r'href="#n(\d+)"', page(client, "/brief/TM"))
    assert notes == [str(n) for n in range(1, len(notes) + 1)]


def test_the_picture_and_the_table_of_a_neighbourhood_say_the_same(client, seen):
    query = urlencode({"thing": seen.claims[0]})
    edges = [e for e in client.get(f"/graph.json?{query}").get_json() if "source" in e["data"]]
    table = page(client, f"/graph?{query}")
    assert len(edges) == table.split("<tbody>")[1].count("<tr>")


@pytest.mark.parametrize(
    "address",
    ["/page/claim/none", "/page/state/ZZ", "/page/nothing", "/ontology/None", "/graph?thing=x", "/brief/ZZ",
     "/facts.pdf", "/page/document/none", "/question/none", "/page/%3Cscript%3E"],
)  # fmt: skip
def test_what_is_not_there_is_a_404_that_says_so(client, address):
    response = client.get(address, headers={"Accept": "text/html"})
    assert response.status_code == 404, response.text[:200]
    assert "<script>alert" not in response.text


@pytest.mark.parametrize(
    "words", ["<script>alert(1)</script>", '" } DROP', "\\", "'\"\u0000\n", "%", "é" * 500]
)
def test_any_words_can_be_searched_for(client, words):
    for address in ("/search", "/facts", "/suggest"):
        response = client.get(f"{address}?{urlencode({'q': words})}")
        assert response.status_code == 200
        assert "<script>alert" not in response.text


JSON_LD = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def test_search_engines_read_what_a_page_is_about_and_nothing_of_people(client, seen):
    about = json.loads(JSON_LD.search(page(client, "/"))[1])
    assert about["@type"] == "Dataset"
    assert len(about["distribution"]) == 6
    claims = [page(client, f"/page/{iri.removeprefix(seen.base)}") for iri in seen.claims[::25]]
    told = [json.loads(found[1]) for text in claims if (found := JSON_LD.search(text))]
    assert len(told) > 5
    assert {a["@type"] for a in told} == {"Claim"}
    keys = sorted(set(re.findall(r"/page/document/(\w+)", page(client, "/documents"))))
    assert len(keys) == len(NAMES)
    for key in keys:
        works = json.loads(JSON_LD.search(page(client, f"/page/document/{key}"))[1])["@graph"]
        assert works
        assert all(work["name"] for work in works)


def test_without_the_front_end_parts_pages_are_plainer_but_whole(client, seen, monkeypatch, tmp_path):
    monkeypatch.setattr(charts, "VENDOR", tmp_path)
    charts.land.cache_clear()
    try:
        home = page(client, "/")
        assert 'class="dot"' in home
        assert "land.svg" not in home
        form = page(client, "/sparql", Accept="text/html")
        assert '<textarea id="query"' in form
        assert "yasgui" not in form
        graph = page(client, f"/graph?{urlencode({'thing': seen.claims[0]})}")
        assert "cytoscape.min.js" not in graph
        assert "<tbody>" in graph
    finally:
        charts.land.cache_clear()


def test_the_questions_of_an_interview_stand_in_the_outline(client, seen):
    document = next(iri for iri, name in seen.named.items() if name == "uganda-un-office-interview.md")
    text = page(client, "/page/" + document.removeprefix(seen.base))
    places = re.findall(r'href="#(q-\d+)"', text)
    assert len(places) > 1
    assert all(f'id="{place}"' in text for place in places)


def test_other_accounts_share_type_and_country_and_the_most_alike_come_first(seen):
    compared = 0
    for claim in seen.claims:
        found = accounts(seen, claim)
        here = seen.places[claim]
        for account in found:
            there = seen.places[account.claim]
            assert there != here
            for name in ("type", "country"):
                assert set(seen.facets[name].of(here)) & set(seen.facets[name].of(there))
        alike = [len(account.alike) for account in found]
        assert alike == sorted(alike, reverse=True)
        compared += bool(found)
    assert compared > 5


def test_victims_are_found_by_the_group_that_their_names_tell(client, seen):
    groups = seen.facets["group"].counts(seen.everything)
    assert groups
    for group, count in groups:
        told = listing_of(client, group=group.value)
        assert len(told) == count
        assert all(row["victim"] for row in told)


def test_the_brief_quotes_each_sentence_of_a_type_once(client):
    text = page(client, "/brief/TM")
    for part in re.findall(r"<h3>.*?</ul>", text, re.DOTALL):
        quotes = re.findall(r"“(.*?)”<sup>", part, re.DOTALL)
        assert len(set(quotes)) == len(quotes)
