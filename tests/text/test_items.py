"""Pages to items, items to blocks."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from texts import item_of

from kg.model import BlockKind, Document
from kg.text.items import split

PAGE = """News of the alliance

  • First story: police close a radio station

    Lakeside Watch welcomes the report. We urge the government to reopen Radio Lumo.

    • a nested point of the story
    • another nested point

  • Second story

    The council met in Geneva on Monday and talked for a long time about the case.

CONTACT US
Lakeside Watch, c/o Harbour House
12 Pier Street
"""

INTERVIEW = """NORLAND: ‘They took our office keys’

Lakeside Watch speaks about the raid with Mira Tolvanen, director of the Harbour Press Trust.

What happened in May?

The police came at night and we lost our files. I was questioned for nine hours about our donors.

What do you need now?

We need lawyers and a safe place to work, and our neighbours need to know what happened to us.

Civic space in Kenya is rated ‘obstructed’ by the Lakeside Monitor.

Get in touch with the Harbour Press Trust through its website.
"""

JOINT = """Joint statement on the closure of Radio Lumo

We, the undersigned organisations, condemn the closure of the station.

We call on the government to:

- return the licence;
- release the two editors

Signed by:

Harbour Press Trust
Lakeside Watch (LW)
Women for Open Water
Free Estuary
"""


def kinds(text: str) -> list[BlockKind]:
    return [b.kind for b in item_of(text).blocks]


def test_bulleted_page_holds_an_item_a_bullet_and_its_footer_none() -> None:
    items = split(Document("page.txt", PAGE))
    assert [i.number for i in items] == [1, 2]
    assert [i.document.quote(i.title) for i in items] == [
        "First story: police close a radio station",
        "Second story",
    ]
    assert "Pier Street" not in items[1].document.quote(items[1].span)
    assert [b.kind for b in items[0].blocks].count(BlockKind.LIST_ITEM) == 2


def test_bulleted_list_in_an_article_is_no_page_of_articles() -> None:
    assert (
        len(
            split(Document("page.txt", "A title\n\nWe ask for:\n\n- bread\n- peace\n- books\n\nThat is all."))
        )
        == 1
    )


def test_first_level_headings_of_markdown_are_items() -> None:
    text = "# One\n\nBody of one.\n\n# Two\n\nBody of two.\n"
    assert [i.document.quote(i.title) for i in split(Document("page.md", text))] == ["One", "Two"]


def test_markdown_marks_and_front_matter_are_no_title() -> None:
    item = item_of(
        "---\ntitle: ignored\ndate: 2020-02-03\n---\n\n# **The title**\n\nSource: Lakeside "
        "Watch\n\nBody text here."
    )
    assert item.document.quote(item.title) == "The title"
    assert item.date == "2020-02-03"


def test_interview_has_byline_questions_answers_rating_and_furniture() -> None:
    found = kinds(INTERVIEW)
    assert found[:2] == [BlockKind.TITLE, BlockKind.BYLINE]
    assert found.count(BlockKind.QUESTION) == 2
    assert found.count(BlockKind.ANSWER) == 2
    assert found[-2:] == [BlockKind.RATING, BlockKind.BOILERPLATE]


def test_answers_are_the_interviewees() -> None:
    item = item_of(INTERVIEW)
    assert {b.speaker for b in item.blocks if b.kind is BlockKind.ANSWER} == {"Mira Tolvanen"}
    assert (item.genre, item.speaker) == ("interview", "Mira Tolvanen")


def test_labelled_questions_make_an_interview() -> None:
    item = item_of(
        "A talk\n\nQ: Who closed it?\n\nA: The police did it.\n\nQ: Why then?\n\nA: Nobody told us why."
    )
    assert [b.kind for b in item.blocks].count(BlockKind.QUESTION) == 2
    assert item.genre == "interview"


def test_list_of_questions_without_a_speaker_is_no_interview() -> None:
    text = (
        "Encryption\n\nWhat is it?\n\nA way to hide text from readers.\n\nWho needs "
        "it?\n\nEverybody who uses a network."
    )
    assert item_of(text).genre != "interview"


def test_signatories_are_read_by_structure_and_list_items_keep_their_governor() -> None:
    item = item_of(JOINT)
    signed = [item.document.quote(b.span) for b in item.blocks if b.kind is BlockKind.SIGNATORY]
    assert signed == ["Harbour Press Trust", "Lakeside Watch (LW)", "Women for Open Water", "Free Estuary"]
    listed = [b for b in item.blocks if b.kind is BlockKind.LIST_ITEM]
    assert len(listed) == 2
    assert all(
        b.governor and item.document.quote(b.governor) == "We call on the government to:" for b in listed
    )


def test_trailing_run_of_names_signs_only_where_somebody_speaks_for_several() -> None:
    names = "Harbour Press Trust\nLakeside Watch\nWomen for Open Water\nFree Estuary"
    said = item_of(f"A call\n\nWe urge the court to act now and to free the two editors.\n\n{names}")
    news = item_of(f"A theft\n\nA man stole a boat on Monday, the owner told a reporter.\n\n{names}")
    assert [b.kind for b in said.blocks].count(BlockKind.SIGNATORY) == 4
    assert BlockKind.SIGNATORY not in [b.kind for b in news.blocks]


def test_session_header_and_date_stand_apart_from_the_text() -> None:
    item = item_of(
        "A statement\n\nHuman Rights Council\n36th session\n12 September 2017\n\nWe welcome "
        "the report of the experts."
    )
    assert [b.kind for b in item.blocks][1:4] == [BlockKind.HEADER] * 3
    assert item.date == "2017-09-12"


def test_wrapped_lines_are_one_paragraph() -> None:
    line = "the members of the council who had voted in the morning came back to the hall and"
    text = "A long report\n\n" + "\n".join([line] * 12) + " left.\n"
    item = item_of(text)
    assert len(item.blocks) == 2


def test_section_is_the_nearest_heading() -> None:
    item = item_of(
        "A report\n\nIt begins with a paragraph of some length here.\n\nPrisons\n\nTwo people "
        "died in a cell this year, guards said."
    )
    assert item.blocks[-1].section == "Prisons"


@pytest.mark.parametrize(
    ("text", "genre"),
    [
        ("A talk in the hall\n\nMr President, we urge all states to act.", "statement"),
        ("PRESS RELEASE: Station closed\n\nThe station was closed on Monday.", "press-release"),
        ("Open letter to the minister\n\nDear Minister,\n\nWe ask you to act.", "letter"),
        ("Annual report 2019\n\nTwo stations were closed in the year.", "report"),
        ("Joint submission to the review\n\nThis submission tells of two stations.", "submission"),
        ("Station closed in the harbour\n\nPolice closed a station on Monday, a witness said.", "news"),
        (
            (
                "Resolution 7/1\n\nRecalling the charter,\n\nReaffirming its duty,\n\nNoting the "
                "report,\n\nDeeply concerned by it,\n\nDecides to act;\n\nRequests a report."
            ),
            "resolution",
        ),
    ],
)
def test_genre_is_told_by_structure_and_wording(text: str, genre: str) -> None:
    assert item_of(text).genre == genre


@pytest.mark.parametrize(
    ("text", "publisher"),
    [
        ('A note\n\nSource: Lakeside Watch, "A title"\n\nThe council met.', "Lakeside Watch"),
        ("A note\n\nPublisher: Harbour Press Trust\n\nThe council met.", "Harbour Press Trust"),
        ("A note | Lakeside Times\n\nThe council met.", "Lakeside Times"),
        ("A note\n\nThe council met.\n\n© 2020 Lakeside Watch", "Lakeside Watch"),
        ("A note\n\nMBABANE (Reuters) - The council met on Monday.", "Reuters"),
        ("A note\n\nThe council met and said little about the case.", ""),
    ],
)
def test_publisher_is_told_or_empty(text: str, publisher: str) -> None:
    assert item_of(text).publisher == publisher


def test_page_tells_the_publisher_of_each_of_its_articles() -> None:
    assert {i.publisher for i in split(Document("page.txt", PAGE))} == {"Lakeside Watch"}


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=400), st.sampled_from(["", "Title\n\n", "  • One\n\n    Body.\n\n"]))
def test_any_text_gives_items_whose_blocks_lie_in_order(text: str, head: str) -> None:
    document = Document("page.txt", f"{head}{text}\nx")
    items = split(document)
    assert items
    for item in items:
        spans = [b.span for b in item.blocks]
        assert spans == sorted(spans)
        assert all(s.start < s.end for s in spans)
        assert all(not a.meets(b) for a, b in itertools.pairwise(spans))
        assert all(item.span.holds(s) for s in spans)
        assert document.quote(item.title).strip() == document.quote(item.title)


def test_rows_of_a_table_are_lines_and_long_cells_paragraphs() -> None:
    text = (
        "A report on the harbour\n\nWhat was asked of the ministry stands below.\n\n| Name | State |\n|"
        "---|---|\n"
        "| Lakeside Watch | Peru |\n"
        "| The ministry should open the port to everybody who lives and works there at once. | Not done |\n"
    )
    item = item_of(text)
    quotes = [item.document.quote(b.span) for b in item.blocks]
    assert quotes[2:] == [
        "Name | State",
        "Lakeside Watch | Peru",
        "The ministry should open the port to everybody who lives and works there at once.",
        "Not done",
    ]
