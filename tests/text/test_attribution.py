"""Who says what a sentence says."""

from __future__ import annotations

import pytest

from kg.model import Document, Reading, Sentence
from kg.text.attribution import Attribution, attribution
from kg.text.items import split
from kg.text.reading import read_item
from kg.vocabulary import vocabulary


def read(text: str) -> Reading:
    (item,) = split(Document(name="n.txt", text=f"Note of the week\n\n{text}\n"))
    return read_item(item, vocabulary())


def said_of(word: str, text: str) -> Attribution:
    """Who says what stands at a word."""
    reading = read(text)
    sentence, token = next((s, t) for s in reading.sentences for t in s.tokens if t.text == word)
    assert isinstance(sentence, Sentence)
    return attribution(reading, sentence, token, vocabulary())


@pytest.mark.parametrize(
    ("text", "claimant"),
    [
        ("Amnesty International said that soldiers tortured nine men.", "Amnesty International"),
        ("According to Amnesty International, soldiers tortured nine men.", "Amnesty International"),
        ("Soldiers tortured nine men, the lawyer said.", "lawyer"),
        ("A report by the ministry says soldiers tortured nine men.", "report by the ministry"),
    ],
)
def test_a_verb_of_saying_names_the_claimant(text: str, claimant: str) -> None:
    assert said_of("tortured", text).claimant == claimant


def test_what_nobody_is_said_to_say_is_the_items_own_voice() -> None:
    assert said_of("tortured", "Soldiers tortured nine men in May.") == Attribution()


def test_i_and_we_are_the_items_own_voice() -> None:
    assert said_of("tortured", "We said that soldiers tortured nine men.").claimant is None


def test_a_denial_is_a_verb_of_saying_of_clauses_only() -> None:
    assert said_of("permits", "Police denied permits for nine marches.").claimant is None
    assert said_of("tortured", "The army denied that soldiers tortured nine men.").verb == "deny"


def test_a_quotation_belongs_to_its_speaker_over_several_sentences() -> None:
    text = "“This is a disgrace,” said Amnesty International. “Soldiers tortured nine men.”"
    assert said_of("tortured", text).claimant == "Amnesty International"


@pytest.mark.parametrize(
    ("text", "claimant"),
    [
        (
            "According to our partner Harbour Watch Foundation, soldiers tortured nine men.",
            "Harbour Watch Foundation",
        ),
        (
            "According to the local branch of the union, soldiers tortured nine men.",
            "local branch of the union",
        ),
        (
            "The editor learned from Amnesty International that soldiers tortured nine men.",
            "Amnesty International",
        ),
        ("Fellow prisoners told Amnesty International that soldiers tortured nine men.", "Fellow prisoners"),
        ("The defence team said that soldiers tortured nine men.", "defence team"),
    ],
)
def test_sources_are_named_however_they_are_told(text: str, claimant: str) -> None:
    assert said_of("tortured", text).claimant == claimant


@pytest.mark.parametrize(
    "text",
    [
        "Fishermen found themselves in danger as soldiers tortured nine men.",
        "According to the law, soldiers tortured nine men.",
        "The legislation states that soldiers tortured nine men.",
    ],
)
def test_laws_and_those_who_find_themselves_somewhere_claim_nothing(text: str) -> None:
    assert said_of("tortured", text).claimant is None


def test_what_somebody_does_not_say_is_not_theirs() -> None:
    assert said_of("tortured", "Fishermen did not say that soldiers tortured nine men.").claimant is None
