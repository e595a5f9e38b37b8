"""Names: how far they reach, which class they are, who is the same."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from texts import names, reading_of, sentence_reading

from kg.model import Document
from kg.text.items import split
from kg.text.joining import folded
from kg.text.reading import read_item
from kg.vocabulary import vocabulary


@pytest.mark.parametrize(
    ("sentence", "type_", "name"),
    [
        (
            "We met the Alliance of Fishers on Harbour Safety and Clean Water.",
            "CivilSocietyOrganisation",
            "Alliance of Fishers on Harbour Safety and Clean Water",
        ),
        (
            "Funds came from the Oxbow Women and Children Foundation (OWCF).",
            "CivilSocietyOrganisation",
            "Oxbow Women and Children Foundation",
        ),
        (
            "They asked the Truth, Justice and Healing Network for help.",
            "CivilSocietyOrganisation",
            "Truth, Justice and Healing Network",
        ),
        (
            "She wrote to the Special Rapporteur on freedom of religion or belief in May.",
            "Mechanism",
            "Special Rapporteur on freedom of religion or belief",
        ),
        ("The Ministry of Fisheries closed it.", "StateBody", "Ministry of Fisheries"),
        ("The Ugandan government closed it.", "StateBody", "Ugandan government"),
        (
            ("Police used the Harbour Order Act of 2013 against them."),
            "Instrument",
            "Harbour Order Act of 2013",
        ),
        ("The 2014 Law on Boat Owners is vague.", "Instrument", "2014 Law on Boat Owners"),
        (
            ("It was told at the 36th session of the Human Rights Council."),
            "Event",
            "36th session of the Human Rights Council",
        ),
        ("He writes for the Lakeside Herald.", "MediaOutlet", "Lakeside Herald"),
        ("They fled to northern Uganda.", "Place", "northern Uganda"),
        ("Protests were held in Kampala.", "Place", "Kampala"),
        ("The judges of Myanmar were silent.", "Country", "Myanmar"),
        ("The judges of Burma were silent.", "Country", "Burma"),
        (
            "We met the Observatory of Prisons in Olmedo (OPO).",
            "CivilSocietyOrganisation",
            "Observatory of Prisons in Olmedo",
        ),
        ("They work at Vireo Textiles.", "Company", "Vireo Textiles"),
        ("It breaks Convention No. 87 once more.", "Instrument", "Convention No. 87"),
        ("The chamber is debating Bill 6103.", "Instrument", "Bill 6103"),
        ("Parliament has passed it.", "StateBody", "Parliament"),
        ("They learned it from the NGO Vireo Forensics.", "CivilSocietyOrganisation", "Vireo Forensics"),
        ("They met at its eleventh session.", "Event", "eleventh session"),
        ("The Independent Monitoring Mechanism was told.", "Mechanism", "Independent Monitoring Mechanism"),
        ("Guards beat men in Juntovica in May.", "Place", "Juntovica"),
        ("Girls in the region of Gidomaka are at risk.", "Place", "Gidomaka"),
        ("Offices were shut in Juntovica and Gidomaka.", "Place", "Gidomaka"),
        ("The youngest was Elmer Vireo, a mechanic of 23.", "Person", "Elmer Vireo"),
        ("A spokesperson for the port, Davie Vireo, was silent.", "Person", "Davie Vireo"),
    ],
)
def test_name_is_found_whole_and_classed(sentence: str, type_: str, name: str) -> None:
    assert name in names(sentence_reading(sentence), type_)


@pytest.mark.parametrize(
    ("sentence", "apart"),
    [
        (
            "She met Amnesty International and the Lakeside Watch.",
            {"Amnesty International", "Lakeside Watch"},
        ),
        ("They praised the Harbour Network and Oxbow Alliance.", {"Harbour Network", "Oxbow Alliance"}),
    ],
)
def test_two_names_beside_an_and_stay_two(sentence: str, apart: set[str]) -> None:
    assert names(sentence_reading(sentence), "CivilSocietyOrganisation") >= apart


@pytest.mark.parametrize(
    ("sentence", "person"),
    [
        ("Police arrested the journalist Saparmurat Oje in May.", "Saparmurat Oje"),
        ("“It hurts,” said Mira Tolvanen, a lawyer.", "Mira Tolvanen"),
        ("Dr Juho Saarela left.", "Juho Saarela"),
        ("Mira Tolvanen (34) was taken from her boat.", "Mira Tolvanen"),
        ("The president of Uganda met Prime Minister Aino van der Meer.", "Aino van der Meer"),
        ("High Commissioner Mira Tolvanen spoke.", "Mira Tolvanen"),
        ("The trial of Juho al-Saarela, who wrote it, begins.", "Juho al-Saarela"),
    ],
)
def test_person_is_told_by_the_words_beside_the_name(sentence: str, person: str) -> None:
    assert person in names(sentence_reading(sentence), "Person")


@pytest.mark.parametrize(
    "sentence",
    [
        "They walked along Broken Bridge Street to the sea.",
        "The Basic Law and the Open Water Act are old.",
        "Free Estuary said that the river was dirty.",
        "On Human Rights Day they marched.",
        "Police Won’t Comment On Reporter Allegedly Detained For Redshirt Talk",
    ],
)
def test_what_nothing_says_is_a_person_is_none(sentence: str) -> None:
    assert not names(sentence_reading(sentence), "Person")


def test_acronym_short_form_and_full_name_are_one_entity() -> None:
    reading = reading_of(
        "A note\n\nThe Foundation for Open Water (FOW) was raided. FOW has ten boats. The "
        "Foundation lost its files."
    )
    found = [e for e in reading.entities if e.type == "CivilSocietyOrganisation"]
    assert [e.name for e in found] == ["Foundation for Open Water"]
    assert sum(m.entity == found[0].key for m in reading.mentions) == 3


def test_surname_and_title_are_the_same_person() -> None:
    reading = reading_of(
        "A note\n\nThe lawyer Mira Tolvanen left. Tolvanen was tired, and Dr Tolvanen slept."
    )
    found = [e for e in reading.entities if e.type == "Person"]
    assert [e.name for e in found] == ["Mira Tolvanen"]


def test_two_persons_of_one_surname_stay_two() -> None:
    reading = reading_of("A note\n\nThe lawyer Mira Tolvanen met her brother, the singer Juho Tolvanen.")
    assert names(reading, "Person") == {"Mira Tolvanen", "Juho Tolvanen"}


def test_body_of_the_reference_data_is_linked_whatever_its_form() -> None:
    reading = sentence_reading("The UN Human Rights Council met. The Council voted. Turkmenistan was absent.")
    council = next(e for e in reading.entities if e.type == "IntergovernmentalBody")
    assert council.iri
    assert sum(m.entity == council.key for m in reading.mentions) == 2
    assert next(e for e in reading.entities if e.type == "Country").country == "TM"


def test_adjective_of_a_people_names_no_country_for_the_tables() -> None:
    reading = sentence_reading("Police held a Thai lawyer.")
    assert all(e.confidence < 0.6 for e in reading.entities if e.type == "Country")


def test_signatory_lines_are_organisations_or_persons_with_their_posts() -> None:
    reading = reading_of(
        "A letter\n\nDear Minister,\n\nWe urge you to act.\n\nSigned by:\n\nFree Estuary\nLW "
        "(Lakeside Watch)\n"
        "Dr. Mira Tolvanen - Harbour University\nJuho Saarela, President, Union of Fishers"
    )
    assert {"Free Estuary", "Lakeside Watch", "Union of Fishers"} <= names(
        reading, "CivilSocietyOrganisation"
    )
    assert {"Mira Tolvanen", "Juho Saarela"} <= names(reading, "Person")


def test_folding_drops_case_accents_and_small_words() -> None:
    assert folded(["The", "Fête", "of", "the", "United", "Nations"]) == ("fete", "un")


@settings(max_examples=30)
@given(
    st.lists(
        st.sampled_from(
            [
                "The",
                "UN",
                "Human",
                "Rights",
                "Council",
                "and",
                "of",
                "on",
                "Mira",
                "Tolvanen",
                "said",
                ",",
                "(",
                ")",
                "’s",
                "Law",
                "2014",
                "Uganda",
                "-",
                "Trust",
                "for",
                "36th",
                "session",
                "in",
                "May",
                ".",
                "“",
                "”",
                "A",
                "government",
            ]
        ),
        min_size=1,
        max_size=24,
    )
)
def test_any_words_give_mentions_in_order_that_do_not_overlap(words: list[str]) -> None:
    text = "Title\n\n" + " ".join(words)
    for item in split(Document("page.txt", text)):
        reading = read_item(item, vocabulary())
        spans = [m.span for m in reading.mentions]
        assert spans == sorted(spans)
        assert all(not a.meets(b) for a, b in itertools.pairwise(spans))
        assert {m.entity for m in reading.mentions} <= set(reading.entity)
        assert len(reading.entity) == len(reading.entities)


def test_a_word_of_a_longer_name_is_no_place() -> None:
    reading = sentence_reading("They were quoted in Vireo reports.")
    assert not names(reading, "Place")


def test_the_publisher_is_one_name() -> None:
    reading = reading_of(
        "Closed\n\nPublished by Quorum Sahel, June 2021\n\nQuorum Sahel met the nine dock workers of the "
        "harbour."
    )
    assert names(reading, "CivilSocietyOrganisation") == {"Quorum Sahel"}
    assert not names(reading, "Place")


def test_who_stands_in_a_list_with_a_person_is_one() -> None:
    found = sentence_reading("Sela Orvik, Tuva Brenk and Marta Stone were arrested in May.")
    assert names(found, "Person") == {"Sela Orvik", "Tuva Brenk", "Marta Stone"}


def test_a_list_without_any_sign_of_persons_holds_none() -> None:
    found = sentence_reading("They were proud of Sela Orvik Gate, Harbour Dawn and Silver Spoon.")
    assert names(found, "Person") == set()


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("The state freed several prisoners, including Sela Orvik.", "Sela Orvik"),
        ("The protest was led by the journalists Mark Orvik and Tuva Brenk.", "Mark Orvik"),
        ("Head of state: Sela Orvik (replaced Tuva Brenk in June)", "Sela Orvik"),
        ("Sela Orvik, Harbour Watch’s Director for the East, spoke.", "Sela Orvik"),
        ("Orvik Sela Do, 77, was awarded a prize.", "Orvik Sela Do"),
        ("Journalists Sela Orvik and Tuva Brenk received long sentences.", "Tuva Brenk"),
        ("Sela Orvik was involved in a march. She was struck in the face.", "Sela Orvik"),
    ],
)
def test_person_is_told_by_a_list_a_label_or_what_goes_on(text: str, person: str) -> None:
    assert person in names(sentence_reading(text), "Person")


@pytest.mark.parametrize(
    ("sentence", "type_", "name"),
    [
        ("The ‘Protection of the Shore from Strangers Bill’ fell.", "Instrument",
         "Protection of the Shore from Strangers Bill"),
        ("They changed the Harbour Registration (Amendment) Act 2009.", "Instrument",
         "Harbour Registration (Amendment) Act 2009"),
        ("He was held under Act No. 23 of 2022.", "Instrument", "Act No. 23 of 2022"),
        ("Harbour TV, Lake TV and Sorvane Netta were shut.", "MediaOutlet", "Sorvane Netta"),
        ("He watched Kanal 13 all day.", "MediaOutlet", "Kanal 13"),
        ("He belongs to the Lakeside Alliance party.", "PoliticalParty", "Lakeside Alliance party"),
        ("They fled to Port Sudan in May.", "Place", "Port Sudan"),
        ("There was fighting in Darfur, Kordofan and Blue Nile.", "Place", "Blue Nile"),
        ("There was fighting in West Darfur.", "Place", "West Darfur"),
        ("The Movimiento Costa Clara protested.", "CivilSocietyOrganisation", "Movimiento Costa Clara"),
        ("The Rapid Response Unit fired at them.", "StateBody", "Rapid Response Unit"),
    ],
)  # fmt: skip
def test_name_is_classed_by_its_frame(sentence: str, type_: str, name: str) -> None:
    assert name in names(sentence_reading(sentence), type_)


def test_numbered_lines_that_say_who_somebody_is_after_a_dash_sign() -> None:
    found = reading_of(
        "An open letter on the harbour law\n\nWe, the undersigned, write to you about the law.\n\n"
        "1.Sela Orvik - former detainee, human rights activist and writer\n\n"
        "2.Rev. Fr. M. Brenk - General Secretary, Harbour Workers Union (HWU)\n\n"
        "3.Tuva Stone - Journalist\n\n4.Prof. Ada Moro - University of Norport\n\n"
        "5.Movement for Clean Water (MCW)\n"
    )
    assert names(found, "Person") == {"Sela Orvik", "M. Brenk", "Tuva Stone", "Ada Moro"}
    assert names(found, "CivilSocietyOrganisation") >= {"Harbour Workers Union", "Movement for Clean Water"}
