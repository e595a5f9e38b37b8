"""Who did it and to whom: nobody is accused who only tells, asks, judges, suffers or stands beside."""

from __future__ import annotations

import pytest
from texts import reading_of

from kg.text.mentions import ViolationMention, mentions
from kg.vocabulary import vocabulary

TITLE = "Notes from the harbour\n\n"


def told(body: str) -> list[ViolationMention]:
    """What a text tells, with the cues alone."""
    reading = reading_of(TITLE + body)
    return mentions(reading, vocabulary(), [None] * len(reading.sentences))  # type: ignore[list-item] # no judgement


def doers(body: str) -> set[str | None]:
    """Every perpetrator that a text is read to tell."""
    found = told(body)
    assert found, "no violation was found in the sentence"
    return {m.about.perpetrator for m in found}


def sufferers(body: str) -> set[str | None]:
    """Every victim that a text is read to tell."""
    found = told(body)
    assert found, "no violation was found in the sentence"
    return {m.about.victim for m in found}


@pytest.mark.parametrize(
    ("body", "doer"),
    [
        ("Soldiers tortured nine fishermen in May.", "Soldiers"),
        ("Nine fishermen were tortured by soldiers in May.", "soldiers"),
        ("The torture of nine fishermen by soldiers went on for days.", "soldiers"),
        ("Soldiers arrested and tortured nine fishermen.", "Soldiers"),
        ("Two women were raped by men in uniform.", "men in uniform"),
        ("Several women were tortured by their landlords.", "their landlords"),
        ("Three reporters were tortured by masked men.", "masked men"),
        ("Police raids on the newsroom went on. Police beat nine fishermen.", "Police"),
        ("Nine fishermen were tortured, according to a letter; soldiers tortured them for days.", "soldiers"),
    ],
)
def test_who_the_text_says_did_it_is_told(body: str, doer: str) -> None:
    assert doer in doers(body)


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ("Commissioner Mira Tolvanen condemned the torture of nine fishermen.", "Tolvanen"),
        ("Mira Tolvanen should publicly denounce the government for the torture of fishermen.", "Tolvanen"),
        ("Mira Tolvanen examined the torture of nine fishermen in detail.", "Tolvanen"),
        ("The ministry voiced concern at the torture of nine fishermen.", "ministry"),
        ("A court convicted seven soldiers of the torture of nine fishermen.", "court"),
        ("The government encouraged Kenya to prosecute the torture of fishermen.", "government"),
        ("The fisherman Juho Saarela complained to the police about the torture of his son.", "police"),
        ("Two reporters were tortured for criticising the government.", "government"),
        ("Three people were tortured after protests against the government.", "government"),
        ("The torture of critics of the government went on.", "government"),
        ("We call on the ministry to end the torture of fishermen.", "ministry"),
        ("Fishermen were tortured, and the ministry published a report on fish.", "ministry"),
    ],
)
def test_who_tells_judges_or_is_spoken_to_or_of_did_nothing(body: str, name: str) -> None:
    assert not any(name in (doer or "") for doer in doers(body))


@pytest.mark.parametrize(
    "body",
    [
        "The Public Meetings Act led to the torture of nine fishermen.",
        "Barriers and fear caused the torture of nine fishermen.",
        "A boy was shot dead by a rubber bullet.",
        "Nine fishermen disappeared and were tortured.",
        "Fishermen faced torture in the harbour prison.",
    ],
)
def test_laws_things_and_those_who_suffer_are_no_perpetrators(body: str) -> None:
    assert doers(body) == {None}


def test_they_who_have_no_power_are_not_accused() -> None:
    body = "Peaceful protesters marched to the harbour. They detained and tortured people."
    assert not any("protesters" in (doer or "") for doer in doers(body))


def test_they_who_have_power_are() -> None:
    body = "Soldiers came to the harbour. They tortured nine fishermen."
    assert "Soldiers" in doers(body)


def test_nobody_is_victim_and_perpetrator_of_one_act() -> None:
    found = [
        m.about
        for body in ("Some groups censor themselves.", "Soldiers tortured soldiers.")
        for m in told(body)
    ]
    assert found
    assert all(about.victim != about.perpetrator or about.victim is None for about in found)


@pytest.mark.parametrize(
    ("body", "victim"),
    [
        ("Police tortured the journalist and blogger Mira Tolvanen in May.", "Mira Tolvanen"),
        ("650 Palestinians were killed by soldiers.", "Palestinians"),
        ("At least six reporters were tortured by police.", "reporters"),
        ("Police arrested nine people, who were charged with rioting.", "nine people"),
        ("Attacks against defenders went on, and police tortured defenders.", "defenders"),
        (
            "The harbour police tortured people who criticise the harbour fees.",
            "people who criticise the harbour fees",
        ),
    ],
)
def test_victims_are_called_by_their_name_or_by_what_says_who_they_are(body: str, victim: str) -> None:
    assert victim in sufferers(body)


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ("We are concerned by the torture in the harbour prison.", "We"),
        ("The government should be condemned for the torture in the harbour prison.", "government"),
        ("Police suppressed peaceful assembly and tortured people.", "assembly"),
    ],
)
def test_who_is_concerned_who_governs_and_rights_are_no_victims(body: str, name: str) -> None:
    assert not any(name in (victim or "") for victim in sufferers(body))


@pytest.mark.parametrize(
    ("body", "victim"),
    [
        ("Mira Tolvanen was among nine people tortured in May.", "Mira Tolvanen"),
        (
            "Mira Tolvanen and Juho Saarela were two of the activists tortured by police.",
            "Mira Tolvanen and Juho Saarela",
        ),
        ("Nine opposition leaders arrested in May were tortured.", "Nine opposition leaders"),
    ],
)
def test_who_is_told_to_be_among_them_is_the_victim(body: str, victim: str) -> None:
    assert victim in sufferers(body)


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ("The blogger Mira Tolvanen was convicted of the torture of nine fishermen.", "Tolvanen"),
        ("Union leaders continue to face torture in the harbour prison.", "leaders"),
        ("By October 2021 fishermen had been tortured.", "October"),
    ],
)
def test_the_accused_those_who_face_it_and_months_are_not_told_as_doers(body: str, name: str) -> None:
    assert not any(name in (doer or "") for doer in doers(body))


@pytest.mark.parametrize(
    ("body", "victim"),
    [
        ("The head of the dockers' union, Mira Tolvanen, was tortured in May.", "Mira Tolvanen"),
        ("Police tortured the journalists Mira Tolvanen and Juho Saarela.", "Mira Tolvanen and Juho Saarela"),
        ("Mira Tolvanen is said to have been among nine people tortured in May.", "Mira Tolvanen"),
    ],
)
def test_persons_named_beside_a_noun_for_them_are_the_victims(body: str, victim: str) -> None:
    assert victim in sufferers(body)


@pytest.mark.parametrize(
    "body",
    [
        "Not many countries tortured journalists.",
        "In May those were tortured.",
    ],
)
def test_words_that_name_nobody_are_neither_victim_nor_doer(body: str) -> None:
    names = doers(body) | sufferers(body)
    assert not {name for name in names if name and name.casefold() in ("those", "not many countries")}


def test_what_somebody_is_attacked_for_is_no_victim() -> None:
    assert "political opposition" not in sufferers("Critics were tortured for their political opposition.")


@pytest.mark.parametrize(
    ("body", "doer"),
    [
        ("The government's torture of nine fishermen shocked the harbour.", "government"),
        ("Soldiers staged a coup in May.", "Soldiers"),
    ],
)
def test_to_whom_an_act_belongs_and_who_carries_it_out_did_it(body: str, doer: str) -> None:
    assert doer in doers(body)
