"""Rights that are named or discussed, and instruments with kind, year and effect."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from texts import reading_of, sentence_reading

from kg.extractors import instruments, rights
from kg.model import InstrumentNamed, RightNamed
from kg.vocabulary import SKOS, vocabulary

if TYPE_CHECKING:
    from kg.model import Reading


def read(body: str, title: str = "A note on recent events") -> Reading:
    return reading_of(f"{title}\n\n{body}\n")


NAMED = [
    ("They wrote about freedom of expression.", {"FreedomOfExpression"}),
    (
        "The rights to association, assembly and expression are in danger.",
        {"FreedomOfAssociation", "FreedomOfPeacefulAssembly", "FreedomOfExpression"},
    ),
    ("Everyone has the right to life.", {"RightToLife"}),
    ("The right to privacy comes first.", {"RightToPrivacy"}),
    ("The weather was fine all week.", set()),
]
INSTRUMENTS = [
    (
        "Peru passed the Public Gatherings Act 2016, which restricts protests.",
        ("law", "PE", "2016", "restricts"),
    ),
    (
        "They appealed to the International Covenant on Civil and Political Rights.",
        ("treaty", "*", None, "protects"),
    ),
]


def found(text: str, title: str = "A note on recent events") -> set[str]:
    return {
        c.about.right
        for c in rights.extract(read(text, title), vocabulary())
        if isinstance(c.about, RightNamed)
    }


@pytest.mark.parametrize(("text", "expected"), NAMED)
def test_right_is_named_or_not(text: str, expected: set[str]) -> None:
    assert found(text) == expected


def test_name_of_a_mandate_discusses_no_right() -> None:
    assert (
        found("The Special Rapporteur on freedom of religion or belief spoke first, and then the others did.")
        == set()
    )


def test_one_arrest_in_a_long_text_is_no_theme() -> None:
    filler = "The road over the hills is long and the bus is slow on most days of the year. " * 60
    assert "RightToLibertyAndSecurity" not in found(f"A driver was arrested. {filler}")


def test_every_right_of_the_lexicon_is_noted_by_one_that_exists() -> None:
    known = {t.id for t in vocabulary().rights}
    noted = {vocabulary().value(t.iri, SKOS + "notation") or t.id for t in vocabulary().rights}
    assert noted <= known
    assert len(noted) >= 41


@pytest.mark.parametrize(("text", "expected"), INSTRUMENTS)
def test_instrument_has_kind_country_year_and_effect(text: str, expected: tuple[str | None, ...]) -> None:
    (one,) = [
        c.about for c in instruments.extract(read(text), vocabulary()) if isinstance(c.about, InstrumentNamed)
    ]
    assert (one.kind, one.country, one.year, one.effect) == expected


@pytest.mark.parametrize(
    ("text", "name", "kind", "year"),
    [
        ("Norway welcomed the ratification of OP-CEDAW.", "OP-CEDAW", "treaty", None),
        ("It had ratified CAT in May.", "CAT", "treaty", None),
        (
            "The draconian anti-terrorism law adopted in 2009 is a threat.",
            "anti-terrorism law",
            "law",
            "2009",
        ),
        ("Its adoption was foreseen by the Criminal Code adopted in 2008.", "Criminal Code", "law", "2008"),
        (
            "It was prepared pursuant to Human Rights Council resolutions 5/1 and 16/21.",
            "Human Rights Council resolution 16/21",
            "resolution",
            None,
        ),
        (
            "It follows Human Rights Council resolution 5/1 of 18 June 2007.",
            "Human Rights Council resolution 5/1",
            "resolution",
            "2007",
        ),
    ],
)
def test_instrument_has_its_kind_and_the_year_told_beside_it(
    text: str, name: str, kind: str, year: str | None
) -> None:
    found = [c.about for c in instruments.extract(sentence_reading(text), vocabulary())]
    told = {(i.name, i.kind, i.year) for i in found if isinstance(i, InstrumentNamed)}
    assert (name, kind, year) in told


def test_the_end_of_a_title_is_the_same_law() -> None:
    found = reading_of(
        "Withdraw the Terrorism Bill\n\nThe ‘Protection of the Shore from Terrorism Bill’ is bad. "
        "The Terrorism Bill must go."
    )
    told = [c.about for c in instruments.extract(found, vocabulary())]
    assert [i.name for i in told if isinstance(i, InstrumentNamed)] == [
        "Protection of the Shore from Terrorism Bill"
    ]


def test_a_weak_word_said_often_is_no_theme() -> None:
    body = "A doctor came. The doctor left. Another doctor stayed. One more doctor sang. The doctor ran."
    assert "RightToHealth" not in found(body)


def test_two_cues_of_one_sentence_count_together() -> None:
    body = "The settlement has no safe drinking water and no sanitation. It rained all week in the hills."
    assert "RightToWaterAndSanitation" in found(body)
