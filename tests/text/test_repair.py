"""Repaired copies: what is mended, what is left alone, and the way back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Span
from kg.text.repair import align, damage


def repaired(text: str) -> str:
    return align(text, Span(0, len(text))).text


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("She isthe chair of theAlliance", "She is the chair of the Alliance"),
        ("through itswebsite orFacebook", "through its website or Facebook"),
        ("women havespoken up andprotested", "women have spoken up and protested"),
        ("aboutthe weaponisation of law", "about the weaponisation of law"),
        ("floods in ChadIn addition, rains came", "floods in Chad In addition, rains came"),
        ("a non\u2010governmental\u00a0body", "a non-governmental body"),
        ("two  spaces\tand\u00a0more ", "two spaces and more"),
        ("the citizen&#8217;s rights &amp; duties", "the citizen’s rights & duties"),
        ("see [the report](https://example.org/a) and **act**", "see the report and act"),
        ("b On4July, soldiersburstinto a house", "On 4 July, soldiers burst into a house"),
        ("Attacksonciviliansbythe army", "Attacks on civilians by the army"),
    ],
)
def test_what_a_page_lost_is_mended(text: str, mended: str) -> None:
    assert repaired(text) == mended


@pytest.mark.parametrize(
    "text",
    [
        "Elchin of DefendDefenders and WhatsApp",
        "McDonald met openDemocracy and eSwatini",
        "the undersigned therapists found disinformation and cybersecurity",
        "#16DaysOfAction and @LakesideWatch",
        "G20 and Article19 and COVID19 on the 22nd",
    ],
)
def test_names_and_whole_words_are_left_alone(text: str) -> None:
    assert repaired(text) == text


def test_glued_name_is_cut_where_its_parts_stand_alone() -> None:
    text = "MiraTolvanenLAKESIDE speaks with Mira Tolvanen for LAKESIDE"
    assert repaired(text).startswith("Mira Tolvanen LAKESIDE speaks")


def test_lost_ligatures_are_restored_where_the_item_shows_that_they_are_lost() -> None:
    text = (
        "They o en meet. It is essen al and o en said that the accreditation on "
        "processes take  me frame by  me frame."
    )
    assert "often meet" in repaired(text)
    assert "essential" in repaired(text)
    assert "accreditation processes" in repaired(text)
    assert "time frame" in repaired(text)
    assert (
        repaired("The accreditation on paper is a end in itself")
        == "The accreditation on paper is a end in itself"
    )


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.sampled_from("ab theAofIn*_[]()&;#8217 \u00a0\u2010\u00adéX4.\n"), max_size=80))
def test_alignment_is_monotone_and_leads_back(text: str) -> None:
    span = Span(0, len(text))
    copy = align(text, span, damage(text, span))
    assert len(copy.offsets) == len(copy.text) + 1
    assert all(a <= b for a, b in zip(copy.offsets, copy.offsets[1:], strict=False))
    assert all(0 <= o <= len(text) for o in copy.offsets)
    for at in range(len(copy.text)):
        found = copy.source(at, at + 1)
        assert span.holds(found)


@given(st.text(max_size=120))
def test_any_text_is_repaired_without_a_crash(text: str) -> None:
    assert isinstance(repaired(text), str)
