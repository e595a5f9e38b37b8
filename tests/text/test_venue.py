"""Where an act happened: the country that an item is about, the world, and places below the country."""

from __future__ import annotations

import pytest
from texts import reading_of

from kg.text.lexicon import lexicon
from kg.text.venue import country_of, place_of, subject
from kg.vocabulary import vocabulary

REPORT = """Report on Malawi

Police in Malawi arrested three teachers in May. The Malawian parliament passed a law on assemblies.

Refugees from Mozambique live in the south. Judges were dismissed in December.

The government of Malawi closed two radio stations."""


def country(text: str, word: str) -> str:
    """The country of what a word of a text tells."""
    reading = reading_of(text)
    sentence, token = next((s, t) for s in reading.sentences for t in s.tokens if t.text == word)
    return country_of(reading, sentence, token, (), lexicon(vocabulary()))


def test_the_country_that_the_title_and_most_sentences_tell_is_the_subject() -> None:
    assert subject(reading_of(REPORT)) == "MW"


def test_a_neighbour_named_in_passing_doesnt_take_the_next_sentence() -> None:
    assert country(REPORT, "dismissed") == "MW"


def test_an_item_on_two_countries_has_no_subject() -> None:
    text = "Two notes\n\nPolice in Malawi arrested ten men.\n\nPolice in Zambia arrested ten women."
    assert subject(reading_of(text)) is None


def test_what_happens_around_the_world_happens_in_no_country() -> None:
    text = "Report on Malawi\n\nJournalists are attacked around the world."
    assert country(text, "attacked") == "*"


@pytest.mark.parametrize(
    ("sentence", "place"),
    [
        ("Soldiers beat a reporter in Mzuzu, Malawi.", "Mzuzu"),
        ("Soldiers beat a reporter.", None),
    ],
)
def test_a_place_stands_after_a_preposition_of_place(sentence: str, place: str | None) -> None:
    reading = reading_of(f"Note on Malawi\n\n{sentence}")
    told = reading.sentences[-1]
    token = next(t for t in told.tokens if t.text == "beat")
    assert place_of(reading, told, token, "MW") == place


def test_an_item_whose_title_and_calls_name_one_country_is_about_it() -> None:
    text = (
        "Experts press Malawi over detained teachers\n\n"
        "Five experts have urged Malawi to explain why three teachers were detained.\n\n"
        "A Brazilian lawyer was pleased. The teachers were beaten in their cells."
    )
    assert subject(reading_of(text)) == "MW"
    assert country(text, "beaten") == "MW"
