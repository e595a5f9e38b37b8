"""A newcomer finds who says what of every country in three clicks, and ends at the sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("selenium")
from conftest import serving
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from kg import pipeline

DOCUMENTS = Path(__file__).parents[3] / "shared" / "documents"


@pytest.fixture(scope="module")
def real(tmp_path_factory):
    """A server over the page that the project began with."""
    pages = sorted(DOCUMENTS.glob("*.txt"))
    if not pages:
        pytest.skip("../shared/documents is not beside this checkout")
    folder = tmp_path_factory.mktemp("real")
    pipeline.build(pages, folder)
    with serving(folder) as address:
        yield address


def walk(browser, address):
    """Each country of the front page to a sentence; gives how many there were."""
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    browser.set_window_size(1280, 900)
    browser.get(address + "/")
    countries = [a.get_attribute("href") for a in browser.find_elements(By.CSS_SELECTOR, ".places a")]
    for country in countries:
        browser.get(address + "/")
        link = browser.find_element(By.CSS_SELECTOR, f'.places a[href="{country.removeprefix(address)}"]')
        name = link.find_element(By.TAG_NAME, "span").text
        link.click()
        assert name in browser.find_element(By.TAG_NAME, "h1").text
        card = browser.find_element(By.CSS_SELECTOR, "article.claim")
        assert card.find_element(By.CSS_SELECTOR, ".who strong").text
        assert card.find_element(By.TAG_NAME, "blockquote").text
        card.find_element(By.CSS_SELECTOR, ".what a").click()
        sentence = browser.find_element(By.CSS_SELECTOR, "blockquote.large a")
        quote = " ".join(sentence.text.split())
        assert quote
        assert browser.find_elements(By.CSS_SELECTOR, ".badge")
        sentence.click()
        WebDriverWait(browser, 20).until(lambda b: b.find_elements(By.CSS_SELECTOR, "#told .claim"))
        told = " ".join(browser.find_element(By.ID, "told").text.split())
        assert quote in told, (name, quote, told)
    return len(countries)


def test_three_clicks_lead_from_every_country_to_a_sentence(browser, address):
    assert walk(browser, address) > 3


@pytest.mark.shared
def test_three_clicks_lead_from_every_country_of_the_real_page_to_a_sentence(browser, real):
    assert walk(browser, real) > 10
