"""Who is meant by a pronoun or 'the journalist': only where one is left."""

from __future__ import annotations

import pytest
from texts import reading_of

from kg.text.coreference import resolve

TITLE = "Kenya: notes from the harbour\n\n"


def meant(body: str, word: str, at: int = -1) -> str | None:
    """Name of the entity behind the last occurrence of a word, in a given sentence."""
    reading = reading_of(TITLE + body)
    sentence = reading.sentences[at]
    token = [t for t in sentence.tokens if t.text == word][-1]
    entity = resolve(reading, sentence, token)
    return entity.name if entity else None


@pytest.mark.parametrize(
    ("body", "word", "name"),
    [
        ("Police arrested the blogger Mira Tolvanen. They beat her in a cell.", "her", "Mira Tolvanen"),
        ("Police arrested Mira Tolvanen, a blogger. Guards beat the blogger.", "blogger", "Mira Tolvanen"),
        ("Mira Tolvanen, who was arrested in May, is free.", "who", "Mira Tolvanen"),
        ("The Harbour Press Trust was raided. Police closed the Trust.", "Trust", "Harbour Press Trust"),
        (
            "The Kenyan government closed it. The government gave no reason.",
            "government",
            "Kenyan government",
        ),
    ],
)
def test_one_candidate_is_meant(body: str, word: str, name: str) -> None:
    assert meant(body, word) == name


@pytest.mark.parametrize(
    ("body", "word"),
    [
        ("Police arrested the blogger Mira Tolvanen and the lawyer Juho Saarela. They beat him.", "him"),
        ("A storm came. He left at noon.", "He"),
        (
            (
                "They met the journalist Mira Tolvanen and the journalist Juho Saarela. Guards "
                "beat the journalist."
            ),
            "journalist",
        ),
        ("Some journalists came. They said it was late.", "They"),
    ],
)
def test_two_candidates_or_none_leave_it_open(body: str, word: str) -> None:
    assert meant(body, word) is None


def test_the_court_is_the_one_named_before() -> None:
    body = "The Harbour Court of Grave Crimes sat in May. The court gave no reason."
    assert meant(body, "court") == "Harbour Court of Grave Crimes"


def test_a_noun_before_a_name_is_nobody_else() -> None:
    body = "Police met Mira Tolvanen, a journalist. They beat the journalist and blogger Juho Saarela."
    assert meant(body, "journalist") != "Mira Tolvanen"


def test_a_pronoun_goes_on_from_the_subject_of_the_sentence_before() -> None:
    body = (
        "The blogger Mira Tolvanen was arrested. She had written of President Juho Saarela. Guards beat her."
    )
    assert meant(body, "her") == "Mira Tolvanen"


@pytest.mark.parametrize(
    "body",
    [
        "The Nigerian Police arrested two boys. In Kenya a march was broken up by the police.",
        "The Mombasa Police came first.\n\nThe Kisumu Police came later.\n\nThey fled from the police.",
    ],
)
def test_the_police_of_another_country_or_of_one_of_two_towns_are_not_meant(body: str) -> None:
    assert meant(body, "police") is None
