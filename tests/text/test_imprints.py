"""Who publishes, when, and under which title: letterheads, imprints, bylines, signatures."""

from __future__ import annotations

import pytest
from texts import item_of

from kg.text.kinds import kinds
from kg.text.listing import several
from kg.vocabulary import vocabulary

BODY = (
    "Police closed the harbour on Monday and held nine dock workers for a night, their families told us, "
    "although no court had been asked."
)


@pytest.mark.parametrize(
    ("text", "publisher"),
    [
        (f"Harbour closed\n\nPublished by Lakeside Watch, June 2021\n\n{BODY}", "Lakeside Watch"),
        (f"Harbour closed\n\nAnnual report of the Harbour Press Trust\n\n{BODY}", "Harbour Press Trust"),
        (
            f"Harbour closed\n\nStatement by the Estuary Rights Network (ERN)\n\n{BODY}",
            "Estuary Rights Network",
        ),
        (
            f"Harbour closed\n\nStatement by Mira Tolvanen, director of Lakeside Watch\n\n{BODY}",
            "Lakeside Watch",
        ),
        (f"Harbour closed\n\n*Estuary Morning Bulletin, 3 May 2021*\n\n{BODY}", "Estuary Morning Bulletin"),
        (
            f"Harbour closed\n\nBy Mira Tolvanen, Harbour Herald\nNorport, 3 May 2021\n\n{BODY}",
            "Harbour Herald",
        ),
        (
            f"Lakeside Watch\n3 Pier Street\n\nTo the Minister\nHarbour Trust\n\nDear Minister,\n\n{BODY}",
            "Lakeside Watch",
        ),
        (
            f"Harbour closed\n\n{BODY}\n\nYours sincerely,\n\nMira Tolvanen\nDirector\nLakeside Watch",
            "Lakeside Watch",
        ),
        (
            f"Closed\n\nLakeside Watch (LW) and the undersigned organisations condemn it.\n\n{BODY}",
            "Lakeside Watch",
        ),
        (
            f"Harbour closed\n\nDelivered by Harbour Press Trust and Lakeside Watch\n\n{BODY}",
            "Harbour Press Trust",
        ),
        (
            f"OPEN SHORE TRACKER\n\nPort shut for a night\n\n{BODY}\n\nOpen Shore Tracker is read.",
            "Open Shore Tracker",
        ),
        (f"NORPORT WEEKLY – work & leisure\n\nHarbour closed for a night\n\n{BODY}", "Norport Weekly"),
        (
            f"HUMAN RIGHTS COMMISSION OF NORLAND\n\nWhat we saw in the harbour prison\n\n{BODY}",
            "Human Rights Commission of Norland",
        ),
        (
            f"Harbour closed\n\nNorport – The Estuary Workers’ Network (EWN) condemns it.\n\n{BODY}",
            "Estuary Workers’ Network",
        ),
        (f"GENEVA\n\nHarbour closed for a night\n\n{BODY}", ""),
        (f"HUMAN RIGHTS COUNCIL\n\nHarbour closed for a night\n\n{BODY}", ""),
        (f"Harbour closed\n\nGeneva, 3 May 2021\n\n{BODY}", ""),
        (f"Harbour closed\n\nBy Mira Tolvanen, Lagos\n\n{BODY}", ""),
        (f"Harbour closed\n\nHuman Rights Council\n36th session\n\n{BODY}", ""),
    ],
)
def test_head_and_foot_tell_the_publisher(text: str, publisher: str) -> None:
    assert item_of(text).publisher == publisher


def test_the_interviewee_is_not_the_publisher() -> None:
    item = item_of(
        "‘They took our keys’\n\nLakeside Watch talks with Mira Tolvanen, head of the dockers, about the "
        "raid.\n\n"
        "What happened in May?\n\nThe police came at night and we lost our files, all of them.\n\n"
        "What do you need?\n\nWe need lawyers and a safe place to work in.\n\n"
        "Mira Tolvanen spoke to Lakeside Watch on 2 August 2022."
    )
    assert (item.publisher, item.date, item.genre) == ("Lakeside Watch", "2022-08-02", "interview")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"PRESS RELEASE\n\nHarbour closed for nine days\n\n{BODY}", "Harbour closed for nine days"),
        (
            f"FOR IMMEDIATE RELEASE\n3 May 2021\n\nHarbour closed for nine days\n\n{BODY}",
            "Harbour closed for nine days",
        ),
        (
            f"Estuary Rights Network (ERN)\nJoint statement\n\nHarbour closed for nine days\n\n{BODY}",
            "Harbour closed for nine days",
        ),
        (f"Joint statement\n\n{BODY}", "Joint statement"),
        (
            f"Title: Harbour closed for nine days\nSource: Lakeside Watch\n\n{BODY}",
            "Harbour closed for nine days",
        ),
        (
            f"Lakeside Watch\n\nTo the Minister\n\nRe: Harbour closed\n\nDear Minister,\n\n{BODY}",
            "Harbour closed",
        ),
        (f"Lakeside Watch\n\nTo the Minister\n\nDear Minister,\n\n{BODY}", "Lakeside Watch"),
    ],
)
def test_what_stands_above_a_title_is_none(text: str, title: str) -> None:
    item = item_of(text)
    assert item.document.quote(item.title) == title


def test_a_report_tells_itself_below_its_title() -> None:
    item = item_of(
        f"Land and water: Norland\n\nAnnual report of the Harbour Press Trust\nJune 2021\n\n{BODY}"
    )
    assert (item.genre, item.date) == ("report", "2021-06")


def test_a_month_in_running_text_is_no_date_of_the_item() -> None:
    assert item_of(f"Harbour closed\n\nIn June 2021 a report was held back.\n\n{BODY}").date is None


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Harbour Press Trust and Lakeside Watch", ["Harbour Press Trust", "Lakeside Watch"]),
        ("Media Freedom and Democracy Centre", ["Media Freedom and Democracy Centre"]),
        ("Centre for Justice and Reconciliation", ["Centre for Justice and Reconciliation"]),
        ("Byte Justice Lagos and River Delta Volunteers", ["Byte Justice Lagos", "River Delta Volunteers"]),
        ("Lakeside Watch , the Harbour Fund and the Dockers", ["Lakeside Watch", "Harbour Fund", "Dockers"]),
    ],
)
def test_an_and_divides_two_names_and_joins_one(words: str, found: list[str]) -> None:
    assert [" ".join(n) for n in several(words.split(), kinds(vocabulary()))] == found


def test_the_head_of_a_printed_report_is_no_title() -> None:
    item = item_of(
        "GE.21-1234\n\nHuman Rights Council\n\nTwelfth session\n\nAgenda item 6\n\n"
        f"Report of the Working Group on Harbours\n\nNorland\n\nDistr.: General\n\n4 June 2021\n\n{BODY}"
    )
    assert item.document.quote(item.title) == "Report of the Working Group on Harbours"
    assert (item.publisher, item.genre, item.date) == ("Human Rights Council", "report", "2021-06-04")
