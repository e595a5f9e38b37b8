"""Mentions of one event become one claim; different people, numbers and times stay apart."""

from __future__ import annotations

from texts import reading_of

from kg.extractors.violations import extract
from kg.model import Violation
from kg.vocabulary import vocabulary


def told(text: str, kind: str) -> list[Violation]:
    """What a text tells of a type."""
    words = vocabulary()
    claims = [c.about for c in extract(reading_of(text), words) if c.status.reported]
    return [about for about in claims if isinstance(about, Violation) and about.type == kind]


def test_what_the_title_says_is_the_event_that_the_text_tells() -> None:
    text = (
        "Kenya: journalists arrested\n\nThe sun was out. It was Monday. People went to work.\n\n"
        "On 3 May 2019 police arrested the reporter Amina Odhiambo in Nakuru."
    )
    found = told(text, "ArbitraryDetention")
    assert [(one.victim, one.date) for one in found] == [("Amina Odhiambo", "2019-05-03")]


def test_two_mentions_that_count_alike_are_one() -> None:
    text = (
        "Kenya: a note\n\nPolice arrested 45 students in Nakuru in May 2019.\n\nIt rained. The town "
        "was quiet. Nobody spoke.\n\nThe 45 protesters who were arrested went home."
    )
    assert [one.count for one in told(text, "ArbitraryDetention")] == [45]


def test_two_numbers_or_two_days_are_two_events() -> None:
    text = (
        "Kenya: a note\n\nPolice arrested 45 students on 3 May 2019. On 9 June 2019 police arrested 12 men."
    )
    assert [one.count for one in told(text, "ArbitraryDetention")] == [45, 12]


def test_an_act_in_a_list_of_states_is_a_claim_for_each() -> None:
    text = "A yearly note\n\nPolice arbitrarily detained peaceful protesters in Chad, Ghana and Niger."
    assert tuple(one.country for one in told(text, "ArbitraryDetention")) == ("TD", "GH", "NE")
