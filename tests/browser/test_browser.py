"""Pages in a browser: they open at two widths, ask nobody else, and work with the keyboard alone."""

from __future__ import annotations

import json
import urllib.request
from pathlib import Path
from urllib.parse import urlencode

import pytest

pytest.importorskip("selenium")
from selenium.webdriver import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

WIDTHS = {"desktop": (1280, 900, False), "phone": (390, 844, True)}
AXE = Path(__file__).parents[2] / "kg" / "web" / "node_modules" / "axe-core" / "axe.min.js"
PAGES = (
    "/", "/facts", "/documents", "/questions", "/question/violations-in-a-country?country=TM", "/ontology",
    "/ontology/ArbitraryDetention", "/coverage", "/sparql", "/search?q=council", "/page/state/TM",
    "/brief/TM", "CLAIM", "DOCUMENT", "GRAPH", "PERSON",
)  # fmt: skip
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
EDITOR = ".CodeMirror, .yasgui, .yasr, .yasqe"
"""The query editor is a package of others."""


@pytest.fixture(scope="module")
def some(address):
    """A claim, and the pages made from it."""
    with urllib.request.urlopen(f"{address}/facts.json?country=TM&status=Asserted") as answer:  # noqa: S310
        row = json.load(answer)[0]
    with urllib.request.urlopen(f"{address}/suggest?q=a") as answer:  # noqa: S310
        found = [f["page"] for f in json.load(answer)]
    return {
        "CLAIM": f"/page/claim/{row['claim'].rpartition('/')[2]}",
        "DOCUMENT": f"/page/document/{row['document'].rpartition('/')[2]}",
        "GRAPH": f"/graph?{urlencode({'thing': row['claim']})}",
        "PERSON": next((p for p in found if "/entity/" in p), found[0]),
        "quote": row["quote"],
    }


def size(browser, name):
    width, height, mobile = WIDTHS[name]
    told = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": mobile}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", told)


def wait(browser, condition):
    return WebDriverWait(browser, 30).until(condition)


def asked_for(browser):
    """The addresses that the browser asked for since the last look."""
    found = []
    for entry in browser.get_log("performance"):
        message = json.loads(entry["message"])["message"]
        if message["method"] == "Network.requestWillBeSent":
            found.append(message["params"]["request"]["url"])
    return found


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("page", PAGES)
def test_page_opens_without_error_or_outside_request(browser, address, some, page, width):
    size(browser, width)
    browser.get_log("browser")
    browser.get_log("performance")
    browser.get(address + some.get(page, page))
    assert browser.find_element(By.TAG_NAME, "h1").text
    wait(browser, lambda b: b.execute_script("return document.readyState") == "complete")
    if page == "/sparql":
        wait(browser, lambda b: b.find_elements(By.CSS_SELECTOR, ".CodeMirror"))
    assert [e["message"] for e in browser.get_log("browser") if e["level"] == "SEVERE"] == []
    outside = [u for u in asked_for(browser) if not u.startswith((address, "data:", "blob:"))]
    assert outside == []
    assert browser.execute_script("return document.documentElement.scrollWidth") <= WIDTHS[width][0]


@pytest.mark.parametrize("page", PAGES)
def test_axe_finds_nothing_serious(browser, address, some, page):
    if not AXE.is_file():
        pytest.skip("axe-core is not installed (npm ci --prefix kg/web)")
    size(browser, "desktop")
    browser.get(address + some.get(page, page))
    browser.execute_script(AXE.read_text(encoding="utf-8"))
    found = browser.execute_async_script(
        "const done = arguments[arguments.length - 1];"
        f"axe.run({{exclude: [{json.dumps([EDITOR])}]}}, {{runOnly: {json.dumps(RULES)}}})"
        ".then((r) => done(r.violations))"
    )
    serious = [v for v in found if v["impact"] in ("serious", "critical")]
    told = [(v["id"], [n["html"][:150] for n in v["nodes"][:3]]) for v in serious]
    assert told == []


def press(browser, *keys):
    ActionChains(browser).send_keys(*keys).perform()


def tab_to(browser, wanted, most=200):
    """Moves with the Tab key to the first element that fits a selector."""
    for _ in range(most):
        press(browser, Keys.TAB)
        if browser.execute_script("return document.activeElement.matches(arguments[0])", wanted):
            return browser.switch_to.active_element
    pytest.fail(f"no Tab leads to {wanted}")
    return None


def test_search_with_the_keyboard(browser, address):
    size(browser, "desktop")
    browser.get(address + "/")
    tab_to(browser, "#find")
    press(browser, "turkmen")
    wait(browser, lambda b: b.find_elements(By.CSS_SELECTOR, ".suggestions li"))
    press(browser, Keys.ARROW_DOWN, Keys.ENTER)
    wait(browser, lambda b: b.current_url.endswith("/page/state/TM"))


def test_facet_sentence_and_claim_with_the_keyboard(browser, address):
    browser.get(address + "/facts")
    before = int(browser.find_element(By.CSS_SELECTOR, ".lead strong").text.replace(",", ""))
    tab_to(browser, ".facet a")
    press(browser, Keys.ENTER)
    wait(browser, lambda b: "kind=" in b.current_url)
    assert int(browser.find_element(By.CSS_SELECTOR, ".lead strong").text.replace(",", "")) < before
    quote = tab_to(browser, "blockquote a").text
    press(browser, Keys.ENTER)
    wait(browser, lambda b: "/page/document/" in b.current_url)
    wait(browser, lambda b: quote in b.find_element(By.ID, "told").text)


def test_a_marked_passage_tells_its_claims_when_it_has_the_focus(browser, address, some):
    browser.get(address + some["DOCUMENT"])
    tab_to(browser, "a.mark")
    wait(browser, lambda b: b.find_elements(By.CSS_SELECTOR, "#told .claim"))


def test_a_question_is_asked_with_the_keyboard(browser, address):
    browser.get(address + "/question/violations-in-a-country")
    tab_to(browser, "#p-country")
    press(browser, "Turkmenistan")
    tab_to(browser, "form.line button")
    press(browser, Keys.ENTER)
    wait(browser, lambda b: "country=TM" in b.current_url)
    assert browser.find_elements(By.CSS_SELECTOR, "td.quote a")


def test_a_list_is_downloaded_with_the_keyboard(browser, address):
    browser.get(address + "/facts?country=TM")
    link = tab_to(browser, "a[download]")
    assert link.get_attribute("href").startswith(f"{address}/facts.csv?country=")


def test_sparql_runs_with_the_keyboard_and_completes_our_terms(browser, address):
    query = "SELECT ?c { ?c a <https://w3id.org/rightsgraph/ontology#Claim> } LIMIT 3"
    browser.get(f"{address}/sparql?{urlencode({'edit': query})}")
    wait(browser, lambda b: b.find_elements(By.CSS_SELECTOR, ".CodeMirror"))
    browser.execute_script("window.rightsgraph.getTab().getYasqe().focus()")
    ActionChains(browser).key_down(Keys.CONTROL).send_keys(Keys.ENTER).key_up(Keys.CONTROL).perform()
    wait(browser, lambda b: b.find_elements(By.CSS_SELECTOR, ".yasr table td"))
    completers = browser.execute_script("return Yasgui.Yasqe.defaults.autocompleters")
    assert completers == ["variables", "prefixes", "our-classes", "our-properties"]


def test_sparql_and_search_work_without_script(browser, address):
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        for page in ("/", "/facts", "/sparql", "/ontology"):
            browser.get(address + page)
            assert browser.find_element(By.TAG_NAME, "h1").text
        browser.get(address + "/sparql")
        assert browser.find_element(By.ID, "query").is_displayed()
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
