"""In a record of a meeting what is said belongs to who spoke, never to the body that printed it."""

from __future__ import annotations

import pytest
from texts import reading_of

from kg.text.attribution import attribution
from kg.text.mentions import mentions
from kg.text.naming import Named
from kg.text.records import is_own_account, speaking
from kg.text.status import is_topic
from kg.vocabulary import vocabulary

REVIEW = """Report of the Working Group on the Universal Periodic Review

Kenya

Norway was concerned at cases of torture by soldiers. It asked about prisons.

The Netherlands noted that judges were dismissed. Elections had been put off twice.

Chad welcomed the new law; however, it regretted arrests of students.

The delegation stated that the army had acted within the law. Prisons had been built.

On the last point, nobody had been arrested for what he said.

Peru reiterated concern at attacks on women.

End the beating of suspects in every police station (France);
"""
NEWS = """Norland: a strike

The union said that police beat nine men. The station was closed.

The mayor said that nobody was hurt. Buses did not run.

The doctor said that three men were in hospital. One has left it.

The shop owners said that they would open again. Streets were empty.
"""


@pytest.mark.parametrize(
    ("start", "speaker"),
    [
        ("Norway was concerned", "Norway"),
        ("It asked about", "Norway"),
        ("Elections had been", "Netherlands"),
        ("Chad welcomed", "Chad"),
        ("Prisons had been", "delegation"),
        ("On the last point", "Kenya"),
        ("Peru reiterated", "Peru"),
        ("End the beating", "France"),
    ],
)
def test_a_record_tells_who_spoke(start: str, speaker: str) -> None:
    reading = reading_of(REVIEW)
    sentence = next(s for s in reading.sentences if s.text.startswith(start))
    found = speaking(reading, sentence, vocabulary())
    assert found is not None
    assert found.name.startswith(speaker)


def test_news_speaks_for_itself_after_what_others_said() -> None:
    reading = reading_of(NEWS)
    sentence = next(s for s in reading.sentences if s.text.startswith("The station"))
    assert speaking(reading, sentence, vocabulary()) is None


def test_the_claimant_is_the_state_that_was_concerned() -> None:
    reading = reading_of(REVIEW)
    sentence = next(s for s in reading.sentences if "torture" in s.text)
    token = next(t for t in sentence.tokens if t.text == "torture")
    said = attribution(reading, sentence, token, vocabulary())
    assert said.claimant == "Norway"


@pytest.mark.parametrize(
    ("sentence", "topic"),
    [
        ("Regarding the arrests, the minister said that order was kept.", True),
        ("In response to questions about arrests, she spoke of order.", True),
        ("On the question of arrests, the delegation was silent.", True),
        ("The minister was asked about the arrests.", False),
        ("In response to the strike, soldiers made arrests.", False),
    ],
)
def test_what_a_sentence_takes_up_is_only_its_topic(sentence: str, *, topic: bool) -> None:
    told = reading_of(f"A note\n\n{sentence}").sentences[-1]
    token = next(t for t in told.tokens if t.text == "arrests")
    assert is_topic(told, token) is topic


def test_answers_of_a_delegation_are_no_admissions() -> None:
    reading = reading_of(
        REVIEW.replace("Prisons had been built.", "Nine men had been serving their sentences.")
    )
    assert is_own_account(reading, Named("delegation of Kenya"), vocabulary())
    assert not is_own_account(reading, Named("Norway"), vocabulary())
    told = [m for m in mentions(reading, vocabulary()) if "delegation" in (m.attribution.claimant or "")]
    assert not [m.about.type for m in told if m.status.reported]


def test_what_no_delegation_said_the_state_under_review_says_of_itself() -> None:
    text = REVIEW.replace("Peru reiterated concern at", "Some cases were known of")
    reading = reading_of(text)
    sentence = next(s for s in reading.sentences if s.text.startswith("Some cases"))
    found = speaking(reading, sentence, vocabulary())
    assert found is not None
    assert found.name == "Kenya"
    assert is_own_account(reading, found, vocabulary())


def test_a_summary_of_what_others_submitted_leaves_the_rest_to_nobody() -> None:
    text = (
        "Summary of stakeholders’ submissions on Kenya\n\nReport of the Office, prepared for the "
        "Universal Periodic Review\n\nThe Ombudsman noted that cells were full.\n\n"
        "The Bar Association stated that judges were dismissed.\n\n"
        "The union reported that strikes were banned.\n\nThe Ombudsman reported that rents rose.\n\n"
        "In the north villages were burned by soldiers."
    )
    reading = reading_of(text)
    assert speaking(reading, reading.sentences[-1], vocabulary()) is None
