"""Numbers: what counts people and cases, and what became of recommendations."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from texts import reading_of

from kg.extractors import figures, implementation
from kg.model import Figure, Implementation
from kg.vocabulary import vocabulary

if TYPE_CHECKING:
    from kg.model import Reading


def read(body: str, title: str = "A note on recent events") -> Reading:
    return reading_of(f"{title}\n\n{body}\n")


COUNTED = [
    ("Police arrested 14 students.", {14}),
    ("At least 54 organisations were closed.", {54}),
    ("More than three million people fled their homes.", {3_000_000}),
    ("More than 5,000 were detained during the march.", {5000}),
    ("The court tried nine men, three of whom had no lawyer.", {9, 3}),
    ("Over 40 countries punish same-sex relations.", {40}),
    ("We recorded 1,200 campaigns of attacks.", {1200}),
    ("Seven members of the Farmers' League were beaten.", {7}),
    ("Dozens of teachers were dismissed.", set()),
    ("The 2014 law is still in force.", set()),
    ("The fee rose by 12 per cent in three years.", set()),
    ("We have members in 175 countries.", set()),
    ("The council has 47 members.", set()),
    ("One man was held.", set()),
    ("He is 22 years old.", set()),
    ("Troops fired into the crowd and killed four.", {4}),
    ("Peru received 266 recommendations. It supported 201.", {266, 201}),
    ("Some 40,000 Peruvians are refused papers.", {40_000}),
    ("At nine rallies, 1983 people were detained.", {1983}),
    ("On 9 May relatives came to the gate.", set()),
    ("Two girls in three were beaten at home.", set()),
]
ACCOUNTS = [
    ("Peru received 50 recommendations and accepted 35.", (50, 35, None)),
    (
        (
            "Peru has not implemented any of the 31 recommendations on prisons, "
            "among them the 20 recommendations that were accepted."
        ),
        (31, 20, 0),
    ),
    ("Peru accepted all 19 of the 19 recommendations.", (19, 19, None)),
    ("Peru received 80 recommendations. It supported 61 of them. Six have been implemented.", (80, 61, 6)),
    ("Of 12 recommendations on prisons Peru accepted nine and has fulfilled two.", (12, 9, 2)),
    ("Peru supported 112 of the 190 recommendations put to it in May.", (190, 112, None)),
    ("Peru accepted 30 recommendations and implemented none.", (None, 30, 0)),
    ("In 2018 Peru received 20 recommendations on prisons. It accepted 15 of them.", (20, 15, None)),
    ("Peru accepted 30 recommendations and has partially implemented three.", (None, 30, None)),
]


@pytest.mark.parametrize(("text", "values"), COUNTED)
def test_number_counts_or_not(text: str, values: set[int]) -> None:
    found = figures.extract(read(text), vocabulary())
    assert {c.about.value for c in found if isinstance(c.about, Figure)} == values


@pytest.mark.parametrize(("text", "numbers"), ACCOUNTS)
def test_account_of_recommendations(text: str, numbers: tuple[int | None, ...]) -> None:
    (found,) = [
        c.about
        for c in implementation.extract(read(text), vocabulary())
        if isinstance(c.about, Implementation)
    ]
    assert (found.received, found.accepted, found.implemented) == numbers
    assert found.state == "PE"


def test_scope_of_an_account_is_what_the_recommendations_are_about() -> None:
    (claim,) = implementation.extract(
        read("Peru received 27 recommendations on civic space and accepted 24."), vocabulary()
    )
    assert isinstance(claim.about, Implementation)
    assert claim.about.scope == "civic space"


def test_other_numbers_make_no_account() -> None:
    assert not list(implementation.extract(read("Peru accepted 300 refugees in May."), vocabulary()))
