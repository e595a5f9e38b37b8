"""Calls: who calls on whom, in sentences and lists; norms, hopes, blame and questions are none."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from texts import reading_of

from kg.extractors.recommendations import extract
from kg.model import Claim, Recommendation
from kg.vocabulary import vocabulary

if TYPE_CHECKING:
    from kg.model import Reading


def read(body: str, title: str = "A note on recent events") -> Reading:
    return reading_of(f"{title}\n\n{body}\n")


CASES = Path(__file__).parent / "cases" / "calls.tsv"
LINES = CASES.read_text(encoding="utf-8").splitlines()
ROWS = [line.split("\t") for line in LINES if line and not line.startswith("#")]


def claims(text: str, title: str = "A note on recent events") -> list[Claim]:
    return list(extract(read(text, title), vocabulary()))


def asked(found: list[Claim]) -> list[Recommendation]:
    return [c.about for c in found if isinstance(c.about, Recommendation)]


@pytest.mark.parametrize(("count", "by", "to", "text"), ROWS, ids=[r[3][:60] for r in ROWS])
def test_call_is_told_or_not(count: str, by: str, to: str, text: str) -> None:
    found = asked(claims(text))
    assert len(found) == int(count)
    if found and by != "we":
        assert by.casefold().removeprefix("the ") in (found[0].by or "").casefold()
    if found and to != "-":
        assert to.casefold() in (found[0].addressee or "").casefold()


def test_cases_hold_calls_and_what_is_none() -> None:
    assert len([r for r in ROWS if r[0] == "0"]) >= 15
    assert len(ROWS) >= 40


def test_each_item_of_a_list_is_a_call_and_its_introduction_none() -> None:
    found = claims(
        "We call on the government of Peru to:\n\n"
        "• Free the teachers\n• Reopen the radio station\n• Pay the miners\n"
    )
    assert [c.about.action for c in found if isinstance(c.about, Recommendation)] == [
        "Free the teachers",
        "Reopen the radio station",
        "Pay the miners",
    ]
    assert {r.addressee for r in asked(found)} == {"government of Peru"}


def test_section_of_recommendations_holds_imperatives() -> None:
    text = (
        "The river is poisoned.\n\n## Recommendations\n\n"
        "Close the mine at once.\n\nThe river was clean before.\n"
    )
    found = claims(text)
    assert [r.action for r in asked(found)] == ["Close the mine at once."]


def test_numbered_parts_of_one_sentence_are_calls_of_their_own() -> None:
    found = claims("We urge Ghana to (i) close the camp, and (ii) pay the families.")
    assert len(found) == 2


def test_title_makes_no_call() -> None:
    assert claims("The vote was on Monday.", title="Ministers must act now on Peru") == []


def test_quoted_speaker_calls() -> None:
    found = asked(claims("“The government must free him,” said Ada Bello, a lawyer."))
    assert [r.by for r in found] == ["Ada Bello"]


def test_call_names_the_rights_it_is_about() -> None:
    (found,) = asked(claims("We urge Peru to respect freedom of expression."))
    assert found.rights == ("FreedomOfExpression",)


def test_evidence_is_the_text_to_the_letter() -> None:
    text = "We urge Peru to free the teachers. The school is closed."
    note = read(text)
    (claim,) = extract(note, vocabulary())
    assert note.item.document.quote(claim.evidence) == "We urge Peru to free the teachers."


REVIEW = """\
II. Conclusions

10. The recommendations listed below enjoy the support of Peru:
10.1. Close the open mines (Chile, Norway);
10.2. Give every village a teacher who speaks its language (United
A/HRC/99/1
14
Kingdom);
10.3. Ratify the Optional Protocol (OP-CAT) without delay (Ghana and Fiji);
11. The recommendations below did not enjoy the support of Peru:
11.1. Abolish the tax on bread (Malta);
11.2. Free the fishermen (Kenya).
12. All conclusions reflect the position of the states that made them.
"""


def test_numbered_recommendations_of_a_review_have_states_and_position() -> None:
    found = [r for r in asked(claims(REVIEW)) if r.position]
    assert {(r.by, r.position) for r in found} == {
        ("Chile", "supported"),
        ("Norway", "supported"),
        ("United Kingdom", "supported"),
        ("Ghana", "supported"),
        ("Fiji", "supported"),
        ("Malta", "noted"),
        ("Kenya", "noted"),
    }
    assert {r.addressee for r in found} == {"Peru"}
    assert "Give every village a teacher who speaks its language" in {r.action for r in found}


def test_an_excerpt_of_a_review_tells_its_few_entries_by_their_numbers() -> None:
    found = asked(
        claims(
            "Report of the Working Group\n\n"
            "58. The recommendations listed below enjoy the support of Peru:\n\n"
            "58.14. Give every harbour a doctor (Czech Republic);\n\n"
            "59. The following recommendations will be examined by Peru in due time:\n\n"
            "59.3. Free the fishermen without delay (Kenya);\n"
        )
    )
    assert [(r.by, r.addressee, r.position) for r in found] == [
        ("Czech Republic", "Peru", "supported"),
        ("Kenya", "Peru", "pending"),
    ]


def test_a_state_that_urges_in_a_review_means_the_state_under_review() -> None:
    found = asked(
        claims(
            "Universal Periodic Review: Peru\n\nThe review of Peru was held on 4 May 2021. Peru thanked "
            "all delegations. Kenya urged the implementation of the treaties that Peru had ratified."
        )
    )
    assert [(r.by, r.addressee) for r in found] == [("Kenya", "Peru")]


def test_a_pronoun_calls_for_whom_the_sentence_before_told() -> None:
    found = asked(
        claims(
            "Harbour News: tanneries\n\nThe Tanners’ Union went to court on Monday. It asks the court to "
            "open the files."
        )
    )
    assert [r.by for r in found] == ["Tanners’ Union"]


def test_those_who_submit_are_the_voice_of_their_submission() -> None:
    found = asked(
        claims(
            "Joint submission on Peru\n\nSubmitted by Harbour Watch\n\n"
            "The submitting organisations urge the government to open the files. This submission "
            "recommends that the ministry pay the dockers."
        )
    )
    assert [r.by for r in found] == ["Harbour Watch", "Harbour Watch"]


def test_an_item_of_a_list_tells_who_is_asked() -> None:
    found = asked(
        claims(
            "Statement by Harbour Watch\n\nWe recommend that:\n\n"
            "(a) the Ministry of Justice publish the register;\n"
            "(b) Peru to free the fishermen.\n"
        )
    )
    assert [r.addressee for r in found] == ["Ministry of Justice", "Peru"]


def test_a_summary_of_submissions_has_no_voice_of_its_own() -> None:
    found = asked(
        claims(
            "Summary of stakeholders’ submissions on Peru\n\nReport of the Office of the United Nations "
            "High Commissioner for Human Rights\n\nPeru should open the files of the harbour police."
        )
    )
    assert [r.by for r in found] == [None]


def test_a_dateline_calls_for_nothing() -> None:
    found = asked(claims("A note\n\nGENEVA — Six independent experts urged Peru to open the files."))
    assert [r.by for r in found] == ["Six independent experts"]


def test_acts_that_a_call_lists_are_calls_of_their_own() -> None:
    found = asked(
        claims(
            "We call upon the ministry to open the files; pay the dockers; and repeal the decree. "
            "Experts urged Peru to free the fishermen, to pay them and to “leave the harbour alone”."
        )
    )
    assert [(r.addressee, r.action) for r in found] == [
        ("ministry", "We call upon the ministry to open the files"),
        ("ministry", "pay the dockers"),
        ("ministry", "repeal the decree."),
        ("Peru", "Experts urged Peru to free the fishermen"),
        ("Peru", "to pay them"),
        ("Peru", "to “leave the harbour alone”."),
    ]


def test_a_letter_that_is_introduced_tells_who_writes_and_who_is_asked() -> None:
    found = asked(
        claims(
            "Dockers write to the minister\n\nBelow is an open letter signed by tanners and dockers to "
            "Harbour Minister Ada Rossi.\n\nWe write with alarm. We call on you forthwith to;\n\n"
            "a)Open the files of the harbour police\n\nb)Withdraw the decree on strikes\n\n"
            "The charges must be dropped.\n"
        )
    )
    assert {(r.by, r.addressee) for r in found} == {("tanners and dockers", "Harbour Minister Ada Rossi")}
    assert len(found) == 3


@pytest.mark.parametrize(
    "sentence",
    [
        "The tax office demanded 300 dinars from the dockers.",
        "In 2021 we addressed 31 recommendations to the State.",
        "The requirement is that people must be examined by a doctor.",
    ],
)
def test_sums_counts_and_requirements_are_no_calls(sentence: str) -> None:
    assert claims(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "whom"),
    [
        ("Harbour Watch demands urgent action from the international community.", "international community"),
        ("The government’s campaign against the dockers must be stopped.", "government"),
        ("Harbour Watch reminds the ministry that it has a duty to protect the dockers.", "ministry"),
    ],
)
def test_who_is_asked_may_stand_beside_what_is_asked(sentence: str, whom: str) -> None:
    assert [r.addressee for r in asked(claims(sentence))] == [whom]


def test_entries_of_a_review_are_no_other_calls() -> None:
    assert len(claims(REVIEW)) == 7


def test_a_verb_that_asks_several_makes_a_call_for_each() -> None:
    found = asked(
        claims(
            "We urge parliament to repeal the decree, the ministry to pay the dockers, and the Harbour "
            "Council to "
            "publish the files."
        )
    )
    assert [(r.addressee, r.action) for r in found] == [
        ("parliament", "We urge parliament to repeal the decree"),
        ("ministry", "the ministry to pay the dockers"),
        ("Harbour Council", "the Harbour Council to publish the files."),
    ]


def test_several_clauses_of_a_proposal_are_calls_of_their_own() -> None:
    found = asked(
        claims("Dockers recommend that the state close the camp, and that Congress reject the bill.")
    )
    assert [r.addressee for r in found] == ["state", "Congress"]


def test_several_things_asked_of_one_are_one_call() -> None:
    found = asked(
        claims("We call on the police to stop beating people and to release them, and to pay for it.")
    )
    assert len(found) == 1


def test_operative_paragraphs_are_calls_of_their_own() -> None:
    text = (
        "A resolution\n\nThe Forum,\n\nRecalling its charter,\n\n1. Calls upon the government of Peru to "
        "free the "
        "teachers;\n\n2. Requests the African Commission on Human and Peoples' Rights to send a mission "
        "to Peru;\n\n"
        "3. Decides to remain seized of the matter."
    )
    assert [r.addressee for r in asked(claims(text))] == [
        "government of Peru",
        "African Commission on Human and Peoples' Rights",
    ]


def test_you_is_whom_a_letter_addresses() -> None:
    text = (
        "Letter on the port\n\nLakeside Watch\n\nTo the Director-General\nInternational Labour "
        "Organization\n\n"
        "Dear Director-General,\n\nThe port is closed.\n\nWe ask you to send a mission to the port."
    )
    (found,) = asked(claims(text))
    assert found.addressee == "Director-General of the International Labour Organization"


def test_the_government_is_asked_in_its_own_words() -> None:
    (found,) = asked(claims("In Peru the port is closed. The government should open the port."))
    assert found.addressee == "government"
