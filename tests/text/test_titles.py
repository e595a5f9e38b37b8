"""The title of an item is its headline, whatever a page puts above it."""

from __future__ import annotations

import pytest
from texts import item_of

from kg.extractors.ratings import extract
from kg.text.reading import read_item
from kg.vocabulary import vocabulary

HEADLINE = "Harbour workers held for a night after asking for their pay"
BODY = (
    "Police closed the harbour on Monday and held nine dock workers for a night, their families told us, "
    "although no court had been asked."
)


@pytest.mark.parametrize(
    "above",
    [
        "PRESS RELEASE – FOR IMMEDIATE RELEASE",
        "Press release | 3 May 2021",
        "Home > News > Africa > Norland",
        "Home / Norland / Labour",
        "Lakeside Watch   Home > What we do > Statements",
        "About us  |  Reports  |  Donate",
        "Countries · Topics · Reports · Contact",
        "NORLAND",
        "THE HARBOUR HERALD – news & weather",
        "LAKESIDE MONITOR\n\nWho watches the shore\n\nCountries  |  Methods  |  Contact\n\nNORLAND",
        "*Check against delivery*",
        "47th session of the Human Rights Council\n\nItem 4: General debate",
        "[Share]  [Print]  [Read in French]",
        "Page 4 of 12",
        "NORLAND\n\nRating: REPRESSED (was: obstructed)\n\nLast updated on 4 May 2021 at 10:15",
        "Text: Mira Tolvanen    Photos: Jon Aho",
        "3 minutes read",
    ],
)
def test_what_a_page_puts_above_its_headline_is_no_title(above: str) -> None:
    item = item_of(f"{above}\n\n{HEADLINE}\n\n{BODY}\n\n{BODY}")
    assert item.document.quote(item.title) == HEADLINE


@pytest.mark.parametrize(
    "title",
    [
        "NORLAND: HARBOUR WORKERS HELD FOR A NIGHT",
        "Norland | Harbour workers held for a night",
        "Harbour / Workers held",
        "Statement on the arrest of nine dock workers",
        "OPEN LETTER ON THE HARBOUR",
        "Norland – a night in the cells",
    ],
)
def test_a_headline_that_looks_like_a_banner_or_a_menu_stays_the_title(title: str) -> None:
    item = item_of(f"{title}\n\n{BODY}\n\n{BODY}")
    assert item.document.quote(item.title) == title


def test_a_rating_above_the_headline_is_still_read() -> None:
    terms = vocabulary()
    item = item_of(f"UGANDA\n\nRating: REPRESSED (was: obstructed)\n\n{HEADLINE}\n\n{BODY}")
    told = [(c.about.country, c.about.rating) for c in extract(read_item(item, terms), terms)]
    assert item.document.quote(item.title) == HEADLINE
    assert told == [("UG", "repressed")]


def test_the_day_of_the_last_update_dates_a_page() -> None:
    item = item_of(f"UGANDA\n\nLast updated on 18.11.2024 at 09:40\n\n{HEADLINE}\n\n{BODY}")
    assert item.date == "2024-11-18"
