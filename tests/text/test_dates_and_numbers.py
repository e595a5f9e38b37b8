"""Dates and numbers as the text tells them, no more."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from texts import reading_of, sentence_reading

from kg.text.calendar import expressions
from kg.text.dates import date_for, dates_in
from kg.text.numbers import numbers_in, value_of


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("On 27th April 2017 they met", ["2017-04-27"]),
        ("on April 3, 2017 and in May 2018", ["2017-04-03", "2018-05"]),
        ("In April 2018, the chair left", ["2018-04"]),
        ("on Friday 22nd June 2018", ["2018-06-22"]),
        ("since 2011 and until 2014", ["2011", "2014"]),
        ("on 17/02/2017 and 2018-04-30", ["2017-02-17", "2018-04-30"]),
        ("from 5 to 7 May 2019", ["2019-05-05"]),
        ("in the 1990s, resolution 2015/12, 31 February 2010", []),
        ("about 2000 arrests and $2010 of tax", []),
        ("He may march on the mayor", []),
    ],
)
def test_dates_have_the_precision_of_the_text(text: str, found: list[str]) -> None:
    assert [e.iso for e in expressions(text) if e.iso] == found


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("A note\n\nPolice came on 3 March.", []),
        ("A note\n\nIn May 2019 the station closed. On 3 June police came back.", ["2019-06-03"]),
        ("A note\n\n12 September 2017\n\nOn 3 March police came to the station.", ["2017-03-03"]),
        ("A note\n\n12 September 2017\n\nPolice came to the station on 3 December.", ["2016-12-03"]),
        ("World report 2021: Norland (events of 2020)\n\nIn July police came to the station.", ["2020-07"]),
        ("A note\n\n12 September 2017\n\nPolice came to the station yesterday.", ["2017-09-11"]),
        ("A note\n\n12 September 2017\n\nPolice came to the station on Friday.", ["2017-09-08"]),
        ("A note\n\nShe stood in 2016. Police came that year.", ["2016"]),
        ("Report 2007: Norland\n\nThe port closed in 2006.\n\nIn July police came.", ["2006-07"]),
        ("A note\n\nOn 3 May 2019 the station closed.\n\nIn June police came back.", ["2019-06"]),
        ("A note\n\nOn 3 May 2019 and in 2008 the station closed.\n\nIn March police came.", ["2019-03"]),
        ("A note\n\nOn 3 May 2019 and on 9 July 2012 it closed.\n\nIn March police came.", []),
        ("A note\n\nPolice came between 12 January and 20 January 2021.", ["2021-01"]),
        ("A note\n\nPolice came from 12 January 2021 to 3 February 2022.", []),
    ],
)
def test_year_comes_from_the_context_or_not_at_all(text: str, iso: list[str]) -> None:
    reading = reading_of(text)
    assert [d.iso for d in dates_in(reading, reading.sentences[-1])] == iso


@pytest.mark.parametrize(
    ("told", "act", "iso"),
    [
        ("In March 2019 he was tried and jailed.", "jailed", "2019-03"),
        ("He was jailed for a speech that he gave in March 2019.", "jailed", None),
        ("He was jailed in raids carried out on 5 May 2019.", "jailed", "2019-05-05"),
        ("When women marched on 5 May 2019, troops killed four.", "killed", "2019-05-05"),
        ("The clinic stands empty since its budget was moved in 2019.", "stands", None),
    ],
)
def test_an_act_has_the_date_of_its_clause_or_the_one_above(told: str, act: str, iso: str | None) -> None:
    reading = sentence_reading(told)
    sentence = reading.sentences[-1]
    token = next(t for t in sentence.tokens if t.text == act)
    assert date_for(reading, sentence, token) == iso


@given(st.text(max_size=80))
def test_any_text_has_date_expressions_in_order(text: str) -> None:
    found = expressions(text)
    assert all(0 <= e.start < e.end <= len(text) for e in found)
    assert [e.start for e in found] == sorted(e.start for e in found)


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("112", 112),
        ("1,300", 1300),
        ("three million", 3_000_000),
        ("20 million", 20_000_000),
        ("2.5 million", 2_500_000),
        ("two hundred and five", 205),
        ("forty-five", 45),
        ("a hundred", 100),
        ("dozens", None),
        ("some", None),
        ("2.5", None),
    ],
)
def test_number_words_and_digits_have_one_value(words: str, value: int | None) -> None:
    assert value_of(words) == value


@pytest.mark.parametrize(
    ("sentence", "values"),
    [
        ("Police arrested 112 people in the harbour.", [112]),
        ("At least 54 groups had to close.", [54]),
        ("The flood drove more than three million people from their homes.", [3_000_000]),
        ("Dozens of students were held.", []),
        ("Two journalists and five drivers were held.", [2, 5]),
    ],
)
def test_numbers_that_count_are_found(sentence: str, values: list[int]) -> None:
    reading = sentence_reading(sentence)
    assert [n.value for n in numbers_in(reading.sentences[-1])] == values


@pytest.mark.parametrize(
    "sentence",
    [
        "The student, aged 22, left in 2019.",
        "About 30 per cent of voters stayed away.",
        "The court fined her 500 dollars.",
        "She was sentenced to eight years in prison.",
        "It was the 54th session under article 19.",
        "Two girls in three are cut, and four men out of ten are beaten",
    ],
)
def test_ages_years_shares_money_and_terms_count_nothing(sentence: str) -> None:
    assert numbers_in(sentence_reading(sentence).sentences[-1]) == ()
