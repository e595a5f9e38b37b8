"""Actions of mechanisms: what is told as done is found, what is due or done by others isn't."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from texts import reading_of

from kg.extractors.actions import extract
from kg.model import MechanismAction
from kg.vocabulary import vocabulary

if TYPE_CHECKING:
    from kg.model import Reading


def read(body: str, title: str = "A note on recent events") -> Reading:
    return reading_of(f"{title}\n\n{body}\n")


CASES = Path(__file__).parent / "cases" / "actions.tsv"
LINES = CASES.read_text(encoding="utf-8").splitlines()
ROWS = [line.split("\t") for line in LINES if line and not line.startswith("#")]


def actions(text: str, title: str = "A note on recent events") -> list[MechanismAction]:
    return [c.about for c in extract(read(text, title), vocabulary()) if isinstance(c.about, MechanismAction)]


@pytest.mark.parametrize(("action", "text"), ROWS, ids=[r[1][:60] for r in ROWS])
def test_action_is_told_or_not(action: str, text: str) -> None:
    found = {a.action for a in actions(text)}
    assert (not found) if action == "-" else (action in found)


def test_cases_cover_every_kind_of_action() -> None:
    told = {row[0] for row in ROWS} - {"-"}
    assert told == {t.id for t in vocabulary().mechanism_actions} & told
    assert len(told) >= 17
    assert len(ROWS) >= 120


def test_date_and_country_come_from_the_sentence() -> None:
    (found,) = actions("The Special Rapporteur on violence against women visited Mongolia in December 2021.")
    assert (found.country, found.date) == ("MN", "2021-12")
    assert found.mechanism == "Special Rapporteur on violence against women"


def test_visits_to_two_countries_are_two_actions() -> None:
    found = actions("The Working Group on Arbitrary Detention visited Malta and Peru in 2019.")
    assert {a.country for a in found if a.action == "Visited"} == {"MT", "PE"}


def test_a_date_that_only_counts_from_is_no_date() -> None:
    found = actions("The Special Rapporteur on torture has asked to visit Eritrea since 2005.")
    assert {a.date for a in found} == {None}


def test_the_same_action_told_twice_is_one() -> None:
    text = (
        "The Human Rights Council adopted a resolution on Peru in May 2020. "
        "The Human Rights Council adopted the resolution on Peru in May 2020 by consensus."
    )
    assert len([a for a in actions(text) if a.action == "AdoptedResolution"]) == 1


def test_a_resolution_tells_what_its_body_does() -> None:
    text = (
        "Adopted by the Lakes Parliamentary Forum at its eleventh session, Suva, 19 May 2020\n\nThe "
        "Forum,\n\n"
        "Recalling its charter,\n\nReaffirming it,\n\nNoting the report,\n\nDeeply concerned by it,\n\n"
        "1. Appoints Ms Mira Tolvanen as its rapporteur on Fiji for a year;\n\n2. Decides to act.\n\n"
        "Adopted by 41 votes to 9, with 12 abstentions."
    )
    found = actions(text, "Resolution 14/2020 on human rights in Fiji")
    assert {(a.mechanism, a.action, a.country, a.date) for a in found} == {
        ("Lakes Parliamentary Forum", "AdoptedResolution", "FJ", "2020-05-19"),
        ("Lakes Parliamentary Forum", "AppointedMandateHolder", "FJ", "2020-05-19"),
        ("Lakes Parliamentary Forum", "VotedOn", "FJ", "2020-05-19"),
    }


def test_a_title_names_the_mechanism_of_a_review() -> None:
    found = actions("Fiji was reviewed for the third time in May 2019.", "Fiji: what became of the UPR")
    assert [(a.mechanism, a.action, a.date) for a in found] == [("UPR", "Reviewed", "2019-05")]


def test_an_act_told_again_under_a_like_name_is_one() -> None:
    text = (
        "The Office of the High Commissioner for Human Rights visited Fiji in May 2020. It was hot.\n\n"
        "The UN Office of the High Commissioner for Human Rights visited Fiji in May 2020."
    )
    assert [a.action for a in actions(text) if a.action == "Visited"] == ["Visited"]


@pytest.mark.parametrize(
    "text",
    [
        "Norway thanked the Human Rights Committee for its work. It was concerned at the arrests.",
        "Activists wrote to the Human Rights Committee. They condemned the arrests.",
        "The Special Rapporteur on torture came. The delegation reported that the law had changed.",
        "The Human Rights Ombudsman of the Republic of Slovenia noted that the law had not changed.",
        "The Human Rights Committee waited, but no report has been submitted.",
        "The fourth review will be a test for the Universal Periodic Review.",
    ],
)
def test_words_of_states_and_national_bodies_and_what_is_to_come_are_no_actions(text: str) -> None:
    assert not actions(text)


def test_what_is_dated_after_the_text_is_not_done() -> None:
    body = "Geneva, 3 May 2021\n\nThe Special Rapporteur on torture visits Mongolia in September 2021."
    assert not [a for a in actions(body) if a.date]


def test_what_a_resolution_created_is_done_by_the_body_that_passed_it() -> None:
    found = actions(
        "The Working Group on Arbitrary Detention, established by Human Rights Council resolution 5/1, met."
    )
    assert {(a.mechanism, a.action) for a in found} == {("Human Rights Council", "CreatedMandate")}
