"""The country of an event: sentence, paragraph, section, title; never addressee or origin of a victim."""

from __future__ import annotations

import pytest
from texts import reading_of

from kg.text.countries import countries_in, country_for, listed_with


def country(text: str, word: str) -> str:
    """Country of what a word of the last sentence names."""
    reading = reading_of(text)
    sentence = reading.sentences[-1]
    token = next(t for t in sentence.tokens if t.text == word)
    return country_for(reading, sentence, token)


@pytest.mark.parametrize(
    ("text", "word", "alpha2"),
    [
        ("A note\n\nPolice arrested two men in Uganda.", "arrested", "UG"),
        ("A note\n\nUgandan police arrested two men.", "arrested", "UG"),
        ("A note\n\nIn Kampala, police arrested two men.", "arrested", "UG"),
        ("A note\n\nKenya closed a school. Police arrested two men.", "arrested", "KE"),
        ("Kenya: a note\n\nPolice arrested two men.", "arrested", "KE"),
        (
            "A yearly report\n\nKENYA\n\nPolice arrested two men in the market and held them for a day.",
            "arrested",
            "KE",
        ),
        ("Kenya: a note\n\nPolice shot an Indonesian journalist.", "shot", "KE"),
        ("Yemen: a note\n\nWe urge France to condemn the arrests.", "arrests", "YE"),
        ("A note\n\nArrests were made in Chad, and people were shot in Mali.", "shot", "ML"),
        ("A note\n\nPeople were arrested.", "arrested", "*"),
        ("Kenya: a review\n\nItaly expressed concern at violence against women.", "violence", "KE"),
        ("Kenya: a review\n\nChad and Mali commended it and regretted the arrests.", "arrests", "KE"),
        (
            "Kenya: a review\n\nEnd the beating of suspects in every station (France);",
            "beating",
            "KE",
        ),
        (
            "Kenya: a review\n\nMay one ask when the beating will end (Chad, Mali and Peru)?",
            "beating",
            "KE",
        ),
        ("Kenya: a review\n\nDenmark was seriously concerned about violence.", "violence", "KE"),
        ("Kenya: a review\n\nThe Netherlands remained concerned about arrests.", "arrests", "KE"),
        ("Kenya: a review\n\nPeru also observed that violence is widespread.", "violence", "KE"),
        ("A note\n\nItaly condemned the arrests.", "arrests", "*"),
        ("A note\n\nTwo men were arrested in Munich (Germany).", "arrested", "DE"),
        ("Kenya: a note\n\nA hearing in Spanish was held before they shot him.", "shot", "KE"),
        ("Kenya: a note\n\nThey shot a woman from Chad.", "shot", "KE"),
        ("Kenya: a note\n\nHe was arrested for smuggling goods worth US$70 million.", "arrested", "KE"),
        ("Kenya: a note\n\nThe attacks made families flee to Uganda.", "attacks", "KE"),
        ("Kenya: a note\n\nAfter the beatings they sought asylum in Uganda.", "beatings", "KE"),
        (
            "A note\n\nA missed chance in Chad\n\nPolice arrested two men in the market at noon.",
            "arrested",
            "TD",
        ),
        ("A note\n\nMen were shot in eastern Democratic Republic of Congo.", "shot", "CD"),
    ],
)
def test_country_is_where_it_happens(text: str, word: str, alpha2: str) -> None:
    assert country(text, word) == alpha2


def test_countries_of_a_sentence_come_in_order() -> None:
    reading = reading_of("A note\n\nKenya, Chad and the Ugandan government were silent.")
    assert [c.alpha2 for c in countries_in(reading, reading.sentences[-1])] == ["KE", "TD", "UG"]


def test_a_state_that_speaks_of_another_is_no_country_of_the_sentence() -> None:
    reading = reading_of("A review\n\nItaly raised concerns about Chad.")
    assert "IT" not in [c.alpha2 for c in countries_in(reading, reading.sentences[-1])]
    assert "TD" in [c.alpha2 for c in countries_in(reading, reading.sentences[-1])]


@pytest.mark.parametrize(
    ("sentence", "alpha2", "listed"),
    [
        ("Protests were broken up in Chad, Ghana, Niger and Uganda.", "TD", ("TD", "GH", "NE", "UG")),
        ("Protests were broken up in Chad and in the United States.", "TD", ("TD", "US")),
        ("Police in Chad arrested men who had come from Niger.", "TD", ("TD",)),
        ("A deal between Chad and Niger led to arrests.", "TD", ("TD",)),
        ("The Chadian and Nigerien governments closed the office.", "TD", ("TD",)),
    ],
)
def test_states_of_a_list_are_all_where_it_happens(
    sentence: str, alpha2: str, listed: tuple[str, ...]
) -> None:
    told = (reading := reading_of(f"A note\n\n{sentence}")).sentences[-1]
    act = next(t for t in told.tokens if t.text in ("broken", "arrested", "arrests", "closed"))
    assert listed_with(reading, told, alpha2, act) == listed
