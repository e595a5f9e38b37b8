"""Mentions of one event become one claim; different people, numbers and times stay apart."""

from __future__ import annotations

from dataclasses import replace

import pytest
from texts import reading_of

from kg.extractors.violations import extract
from kg.model import Span, Status, Violation
from kg.text.attribution import Attribution
from kg.text.events import joined
from kg.text.mentions import ViolationMention
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


def test_one_named_person_is_one_of_many_and_not_all() -> None:
    text = (
        "Kenya: a note\n\nIn 2019 police arrested 45 students.\n\n"
        "Police arrested the reporter Amina Odhiambo as well."
    )
    assert [one.count for one in told(text, "ArbitraryDetention")] == [45, None]


@pytest.mark.parametrize(
    ("sentence", "kind", "count"),
    [
        (
            "Over 70 countries maintain laws that criminalise same-sex relations.",
            "CriminalisationOfIdentity",
            70,
        ),
        (
            "At least 20 states have proposed laws with harsher penalties that criminalise protesters.",
            "RestrictiveLegislation",
            20,
        ),
        ("Over 70 states condemned the arrest of Ali Hassan, a journalist.", "ArbitraryDetention", None),
        ("Soldiers killed four.", "UnlawfulKilling", 4),
        ("Another one, Ali Hassan, was beaten to death by soldiers.", "UnlawfulKilling", None),
        ("Police tortured 12 detainees in May 2019.", "Torture", 12),
    ],
)
def test_the_count_is_of_victims_cases_or_states(sentence: str, kind: str, count: int | None) -> None:
    assert [one.count for one in told(f"A note\n\n{sentence}", kind)] == [count]


def test_the_agent_of_one_act_did_not_do_the_next() -> None:
    text = (
        "Kenya: a note\n\nTenants were evicted by landlords and subjected to beatings and arbitrary arrests."
    )
    assert [one.perpetrator for one in told(text, "ForcedEviction")] == ["landlords"]
    assert [one.perpetrator for one in told(text, "ArbitraryArrest")] == [None]


def mention(sentence: int, perpetrator: str | None, key: str | None, confidence: float) -> ViolationMention:
    """A mention of torture, one a sentence."""
    about = Violation(
        type="Torture", country="KE", victim="Amina", perpetrator=perpetrator, perpetrator_key=key
    )
    span = Span(100 * sentence, 100 * sentence + 50)
    return ViolationMention(
        about, Status.ASSERTED, span, sentence, span, Attribution(), confidence, "tortured"
    )


@pytest.mark.parametrize(
    ("perpetrator", "key", "lent"),
    [
        ("police", "statebody-police", "police"),
        ("Peter Otieno", "person-peter-otieno", None),
        ("the aunt of Amina", None, None),
    ],
)
def test_who_did_it_is_lent_to_another_mention_unless_it_is_a_person(
    perpetrator: str, key: str | None, lent: str | None
) -> None:
    bare = mention(1, None, None, 0.9)
    best = replace(bare, about=replace(bare.about, count=1, date="2019"))
    [claim] = joined([best, mention(2, perpetrator, key, 0.5)], {})
    assert isinstance(claim.about, Violation)
    assert claim.about.perpetrator == lent
