"""Entities, tenures, endorsements and ratings of texts of our own."""

from __future__ import annotations

import pytest
from texts import reading_of, sentence_reading

from kg.extractors import endorsements, entities, ratings, tenures
from kg.model import Endorsement, Rating, Tenure
from kg.vocabulary import vocabulary


def held(text: str) -> set[tuple[str, str, str | None]]:
    found = [c.about for c in tenures.extract(sentence_reading(text), vocabulary())]
    return {(t.person, t.role, t.organisation) for t in found if isinstance(t, Tenure)}


@pytest.mark.parametrize(
    ("text", "tenure"),
    [
        (
            ("We met Mira Tolvanen, director of the Harbour Press Trust."),
            ("Mira Tolvanen", "director", "Harbour Press Trust"),
        ),
        (
            "We met Mira Tolvanen, founder and Executive Director of the Harbour Press Trust.",
            ("Mira Tolvanen", "founder", "Harbour Press Trust"),
        ),
        (
            "“No,” said Mira Tolvanen, Asia Advocacy Officer for Lakeside Watch.",
            ("Mira Tolvanen", "Asia Advocacy Officer", "Lakeside Watch"),
        ),
        (
            "“No,” said Mira Tolvanen, Head of Policy and Research at Lakeside Watch.",
            ("Mira Tolvanen", "Head of Policy and Research", "Lakeside Watch"),
        ),
        ("Lakeside Watch director Mira Tolvanen spoke.", ("Mira Tolvanen", "director", "Lakeside Watch")),
        (
            ("Dr Mira Tolvanen is the Chair of the Oxbow Alliance."),
            ("Mira Tolvanen", "Chair", "Oxbow Alliance"),
        ),
        (
            ("Mira Tolvanen, who leads the Oxbow Alliance, spoke."),
            ("Mira Tolvanen", "leader", "Oxbow Alliance"),
        ),
        (
            "The minister dismissed Mira Tolvanen, the editor of the Lakeside Herald.",
            ("Mira Tolvanen", "editor", "Lakeside Herald"),
        ),
        ("He wrote to Mayor Mira Tolvanen in May.", ("Mira Tolvanen", "Mayor", None)),
        (
            "Lakeside Watch knew it. Its director, Mira Tolvanen, said that it hurt.",
            ("Mira Tolvanen", "director", "Lakeside Watch"),
        ),
        (
            "A spokesperson for the Harbour Press Trust, Mira Tolvanen, denied it.",
            ("Mira Tolvanen", "spokesperson", "Harbour Press Trust"),
        ),
        (
            "We met Mira Tolvanen, editor of the Lakeside Herald in Norport in May.",
            ("Mira Tolvanen", "editor", "Lakeside Herald"),
        ),
    ],
)
def test_post_beside_a_name_is_a_tenure(text: str, tenure: tuple[str, str, str]) -> None:
    assert tenure in held(text)


@pytest.mark.parametrize(
    "text",
    [
        "Police arrested the lawyer Mira Tolvanen.",
        "The Thai lawyer Mira Tolvanen left.",
        "Soldiers under Colonel Mira Tolvanen left.",
        "Professor Mira Tolvanen left.",
        "Mira Tolvanen, a climate activist, met the director of the Harbour Press Trust.",
    ],
)
def test_description_without_an_organisation_is_no_tenure(text: str) -> None:
    assert not held(text)


def test_pronoun_holds_the_post_of_the_person_before() -> None:
    reading = reading_of("A note\n\nWe met the lawyer Mira Tolvanen. She is the Chair of the Oxbow Alliance.")
    found = [c.about for c in tenures.extract(reading, vocabulary())]
    assert [(t.person, t.role) for t in found if isinstance(t, Tenure)] == [("Mira Tolvanen", "Chair")]


def signed(text: str) -> set[str]:
    found = [c.about for c in endorsements.extract(reading_of(text), vocabulary())]
    return {e.organisation for e in found if isinstance(e, Endorsement)}


def test_signatories_and_who_delivers_endorse_a_statement() -> None:
    text = (
        "A joint statement\n\nOn behalf of Lakeside Watch, Free Estuary, the Movement for Open "
        "Water and Peace, and the Oxbow "
        "Alliance, I thank the expert.\n\nWe urge all states to act."
    )
    assert signed(text) == {
        "Lakeside Watch",
        "Free Estuary",
        "Movement for Open Water and Peace",
        "Oxbow Alliance",
    }
    listed = (
        "A statement\n\nWe urge all states to act.\n\nSigned by:\n\nLakeside Watch "
        "(LW)\nFree Estuary\nOxbow Alliance"
    )
    assert signed(listed) == {"Lakeside Watch", "Free Estuary", "Oxbow Alliance"}


def test_a_publishers_own_statement_is_endorsed_by_the_publisher() -> None:
    assert signed(
        "A statement\n\nLakeside Watch welcomes the report. We urge all states to act.\n\n© "
        "2020 Lakeside Watch"
    ) == {"Lakeside Watch"}


@pytest.mark.parametrize(
    "text",
    [
        (
            "Joint submission to the review of Malta\n\nSubmission by Lakeside Watch, an organisation with "
            "consultative status\n\nand\n\nHarbour Press Trust\n\nand\n\nFree Estuary Network\n\n"
            "1. Introduction\n\n1.1 The port of Malta was closed to all who fish, and we ask why it was.\n"
        ),
        (
            "Submission to the review of Malta\n\n1. This submission was prepared by Lakeside Watch, Harbour "
            "Press Trust and the Free Estuary Network.\n\n2. We ask that the port be opened."
        ),
        (
            "Joint statement on Malta\n\nLakeside Watch, Harbour Press Trust and Free Estuary "
            "Network thank the "
            "Council. We ask that the port be opened."
        ),
        (
            "Oral statement by Lakeside Watch, co-sponsored by Harbour Press Trust and Free "
            "Estuary Network\n\n"
            "Thank you, Mr President. We ask that the port be opened."
        ),
        (
            "Joint submission on Malta\n\nLakeside Watch has joined the Harbour Press Trust "
            "and the Free Estuary "
            "Network in a submission to the Council.\n\nIt asks that the port be opened."
        ),
        (
            "Joint letter on Malta\n\nWe, the undersigned, ask that the port be opened.\n\n"
            "Lakeside Watch\nHarbour Press Trust\nFree Estuary Network"
        ),
        (
            "Joint submission on Malta\n\nWe ask that the port be opened, and that the fishermen be paid.\n\n"
            "• Lakeside Watch\n• Harbour Press Trust\n• Free Estuary Network\n• Lakeside Watch\n"
        ),
        (
            "Open letter on Malta\n\nDear Minister,\n\nWe ask that the port be opened.\n\nRespectfully,\n\n"
            "Lakeside Watch | Harbour Press Trust\nFree Estuary Network | Lakeside Watch\n"
        ),
        (
            "The port of Malta\n\nFour have filed a submission on the port of "
            "Malta.\n\nSubmitted by Lakeside "
            "Watch (LW), Harbour Press Trust and the Free Estuary Network\n"
        ),
    ],
)
def test_those_who_submit_or_speak_together_all_endorse(text: str) -> None:
    assert signed(text) == {"Lakeside Watch", "Harbour Press Trust", "Free Estuary Network"}


def test_news_has_no_endorsement() -> None:
    assert not signed(
        "Station closed\n\nOn behalf of the Oxbow Alliance, a man spoke on Monday, a reporter said."
    )


def rated(text: str) -> set[tuple[str, str]]:
    found = [c.about for c in ratings.extract(reading_of(text), vocabulary())]
    return {(r.country, r.rating) for r in found if isinstance(r, Rating)}


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            ("A note\n\nCivic space in Kenya is rated ‘obstructed’ by the Lakeside Monitor."),
            {("KE", "obstructed")},
        ),
        ("A note\n\nThe Lakeside Monitor rates civic space in Kenya as repressed.", {("KE", "repressed")}),
        (
            ("Kenya: a note\n\nThe Lakeside Monitor rates civic space in the country as 'closed'."),
            {("KE", "closed")},
        ),
        ("A note\n\nMongolia’s rating has been upgraded from obstructed to narrowed.", {("MN", "narrowed")}),
        (
            "A note\n\nThe Lakeside Monitor moved Mongolia from ‘narrowed’ to ‘obstructed’ in May.",
            {("MN", "obstructed")},
        ),
        (
            'On Mongolia\n\nThe Lakeside Monitor classes the country\'s civic space as "obstructed".',
            {("MN", "obstructed")},
        ),
        ("On Mongolia\n\nCivic space in Mongolia is now closed.", {("MN", "closed")}),
        ("Mongolia: a year\n\nRating: OBSTRUCTED (was: narrowed)\n\nMuch was said.", {("MN", "obstructed")}),
        (
            "A note\n\nCivic space is open in Malta and Fiji and narrowed in four countries.",
            {("MT", "open"), ("FJ", "open")},
        ),
        ("On Mongolia\n\nThe road to Mongolia is obstructed and the port closed.", set()),
        (
            "A note\n\nFour countries – China, Laos and Vietnam among them – are rated closed.",
            {("CN", "closed"), ("LA", "closed"), ("VN", "closed")},
        ),
        (
            (
                "A note\n\nCivic space in Japan is rated narrowed, so that Taiwan "
                "remains the only one rated as open."
            ),
            {("JP", "narrowed"), ("TW", "open")},
        ),
        ("A note\n\nEleven countries are rated as repressed and seven as obstructed.", set()),
        ("A note\n\nThe road to Kenya is open and the school in Chad is closed.", set()),
        (
            (
                "A note\n\nArrests were many in countries classed as having narrowed civic space, as seen in "
                "Ghana, Namibia and Malawi."
            ),
            {("GH", "narrowed"), ("NA", "narrowed"), ("MW", "narrowed")},
        ),
        (
            (
                "A note on civic space\n\nTwo are closed: Eritrea and Sudan. Peru and Chile are classed as "
                "obstructed. Tunisia moved from narrowed to obstructed."
            ),
            {
                ("ER", "closed"),
                ("SD", "closed"),
                ("PE", "obstructed"),
                ("CL", "obstructed"),
                ("TN", "obstructed"),
            },
        ),
        ("In countries with open civic space, such as Norway, few were held.", {("NO", "open")}),
        ("A note\n\nTwo of the files are closed: Peru moved from doubt to trust.", set()),
    ],
)
def test_rating_that_holds_now_is_told_by_its_frame(text: str, rows: set[tuple[str, str]]) -> None:
    assert rated(text) == rows


def test_each_entity_is_claimed_once_with_its_first_mention() -> None:
    reading = reading_of("A note\n\nThe Oxbow Alliance met in Kampala. The Oxbow Alliance left Kampala.")
    claims = list(entities.extract(reading, vocabulary()))
    assert len(claims) == len({c.about for c in claims})
    document = reading.item.document
    assert "Oxbow Alliance" in {document.quote(c.evidence) for c in claims}
    assert all(c.evidence.start < document.text.index("The Oxbow Alliance left") for c in claims)


def test_a_signature_block_tells_name_post_and_organisation() -> None:
    reading = reading_of(
        "Letter on the port\n\nDear Minister,\n\nThe port is closed and nobody tells us why.\n\nYours "
        "sincerely,\n\n"
        "Mira Tolvanen\nGeneral Secretary\nLakeside Watch"
    )
    found = [c.about for c in tenures.extract(reading, vocabulary())]
    assert [(t.person, t.role, t.organisation) for t in found if isinstance(t, Tenure)] == [
        ("Mira Tolvanen", "General Secretary", "Lakeside Watch")
    ]


def test_two_who_submit_are_two_endorsements() -> None:
    text = (
        "Joint submission on the port\n\nSubmitted by Byte Watch and Harbour Press Trust\n\nWe ask for help."
    )
    assert signed(text) == {"Byte Watch", "Harbour Press Trust"}


def test_a_table_of_signatories_is_read_by_its_names() -> None:
    text = (
        "Joint statement on the port\n\nWe urge all states to act.\n\nSigned by:\n\n| 1 | Lakeside Watch |"
        " Peru |\n"
        "| 2 | Harbour Press Trust | Chile |\n| 3 | Free Estuary | Fiji |\n| 4 | Oxbow Alliance | Malta |\n"
    )
    assert signed(text) == {"Lakeside Watch", "Harbour Press Trust", "Free Estuary", "Oxbow Alliance"}


def test_a_signature_tells_the_post_after_a_dash() -> None:
    found = reading_of(
        "An open letter on the harbour law\n\nWe, the undersigned, write to you about the law.\n\n"
        "1.Sela Orvik - poet and General Secretary, Harbour Workers Union (HWU)\n\n"
        "2.Prof. Ada Moro - University of Norport\n\n3.Tuva Stone - Activist\n\n"
        "4.Marta Lind - Attorney-at-Law\n"
    )
    told = {c.about for c in tenures.extract(found, vocabulary())}
    posts = {(t.person, t.role, t.organisation) for t in told if isinstance(t, Tenure)}
    assert posts == {
        ("Sela Orvik", "General Secretary", "Harbour Workers Union"),
        ("Ada Moro", "Professor", "University of Norport"),
    }


@pytest.mark.parametrize(
    ("text", "tenure"),
    [
        (
            "They jailed Lakeside Herald director Ulla Moro, editor-in-chief Sela Orvik and Tuva Brenk.",
            ("Sela Orvik", "editor-in-chief", "Lakeside Herald"),
        ),
        (
            "They jailed Lakeside Herald journalist and economist Sela Orvik.",
            ("Sela Orvik", "economist", "Lakeside Herald"),
        ),
        (
            "Sela Orvik, Lakeside Watch’s Director for Eastern Europe, spoke.",
            ("Sela Orvik", "Director for Eastern Europe", "Lakeside Watch"),
        ),
        (
            "The delegation of Norway was headed by Sela Orvik, a lawyer.",
            ("Sela Orvik", "head of delegation", "Norway"),
        ),
        ("The case was heard by Judge Sela Orvik.", ("Sela Orvik", "Judge", None)),
        (
            "Sela Orvik, one of the local heads of the Lakeside Alliance, was held.",
            ("Sela Orvik", "one of the local heads", "Lakeside Alliance"),
        ),
        ("Sela Orvik, a member of parliament, was held.", ("Sela Orvik", "member of parliament", None)),
        (
            "Sela Orvik, a columnist with the national weekly Lakeside Herald, was held.",
            ("Sela Orvik", "columnist", "Lakeside Herald"),
        ),
        (
            "The Supreme Patriarch of the banned Lakeside Church, Sela Orvik, 87, was held.",
            ("Sela Orvik", "Supreme Patriarch", "Lakeside Church"),
        ),
        ("It was denied by police spokesman Sela Orvik.", ("Sela Orvik", "police spokesman", None)),
    ],
)
def test_post_in_a_list_a_label_or_a_passive_is_a_tenure(text: str, tenure: tuple[str, str, str]) -> None:
    assert tenure in held(text)


def test_label_before_a_colon_tells_the_post_and_the_country() -> None:
    found = reading_of(
        "Norway: yearly report\n\nHead of state: Sela Orvik (replaced Tuva Brenk in June)\n\nIt rained."
    )
    told = {c.about for c in tenures.extract(found, vocabulary())}
    assert {(t.person, t.role, t.organisation) for t in told if isinstance(t, Tenure)} == {
        ("Sela Orvik", "Head of state", "Norway"),
        ("Tuva Brenk", "Head of state", "Norway"),
    }


@pytest.mark.parametrize(
    "text",
    [
        "Following Mira Orvik, Lakeside Herald editor Tuva Brenk spoke.",
        "It was said by Azeri journalist Mira Orvik in May.",
        "Speaker: Mira Orvik",
    ],
)
def test_post_of_another_or_a_mere_description_is_no_tenure(text: str) -> None:
    assert not {t for t in held(text) if t[0] == "Mira Orvik"}
