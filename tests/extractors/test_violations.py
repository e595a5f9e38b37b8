"""Violations of whole documents: what is found, with which slots, and what is joined."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.extractors.violations import extract
from kg.model import Claim, Document, Status, Violation
from kg.text.items import split
from kg.text.lexicon import lexicon
from kg.text.reading import read_item
from kg.vocabulary import RG, Vocabulary, ontology_folder, vocabulary

if TYPE_CHECKING:
    from pathlib import Path


def claims(text: str, title: str = "Note on Malawi", terms: Vocabulary | None = None) -> list[Claim]:
    """The violations of a document of one article."""
    terms = terms or vocabulary()
    document = Document(name="note.txt", text=f"{title}\n\n{text}\n")
    return [c for item in split(document) for c in extract(read_item(item, terms), terms)]


def about(claim: Claim) -> Violation:
    assert isinstance(claim.about, Violation)
    return claim.about


def reported(found: list[Claim], kind: str) -> list[Violation]:
    """What is reported of a type or of the types below it."""
    broader = lexicon(vocabulary()).broader
    return [
        about(c)
        for c in found
        if c.status.reported and kind in (about(c).type, *broader.get(about(c).type, ()))
    ]


def test_evidence_is_the_source_to_the_letter_and_holds_the_words() -> None:
    text = "Soldiers tortured nine farmers in the barracks of Zomba."
    document = Document(name="n.txt", text=f"Note on Malawi\n\n{text}\n")
    (item,) = split(document)
    found = list(extract(read_item(item, vocabulary()), vocabulary()))
    assert any("tortured" in document.quote(c.evidence) for c in found)


def test_each_violation_of_a_list_is_a_claim() -> None:
    found = claims(
        "The security forces are responsible for arbitrary arrests, torture and extrajudicial killings."
    )
    for kind in ("ArbitraryDetention", "TortureOrIllTreatment", "UnlawfulKilling"):
        assert reported(found, kind), kind


def test_victim_perpetrator_count_and_country_stand_in_their_slots() -> None:
    found = claims("On 3 May 2021 police arbitrarily arrested 14 journalists in Blantyre, Malawi.")
    (act,) = reported(found, "ArbitraryDetention")
    assert act.country == "MW"
    assert act.count == 14
    assert act.date == "2021-05-03"
    assert "journalists" in (act.victim or "")
    assert "police" in (act.perpetrator or "").casefold()


def test_passive_and_active_give_the_same_roles() -> None:
    for text in (
        "Soldiers beat the activist to death in Malawi.",
        "The activist was beaten to death by soldiers in Malawi.",
    ):
        (act,) = reported(claims(text), "UnlawfulKilling")
        assert "activist" in (act.victim or ""), text
        assert "oldiers" in (act.perpetrator or ""), text


def test_denied_torture_is_no_violation() -> None:
    found = claims("The minister denied that prisoners had been tortured.")
    assert not reported(found, "TortureOrIllTreatment")
    assert any(c.status is Status.DENIED for c in found)


def test_demands_of_a_list_inherit_its_governor() -> None:
    found = claims(
        "We call on the government of Malawi to:\n\n"
        "  • stop the torture of prisoners;\n"
        "  • release all political prisoners.\n"
    )
    assert not reported(found, "TortureOrIllTreatment")


def test_a_name_swallows_its_triggers() -> None:
    assert not claims(
        "Professor Obi joined the Working Group on Enforced Disappearances.", "Note of the week"
    )


def test_the_same_pattern_told_twice_is_one_claim() -> None:
    found = claims(
        "Police arbitrarily detained journalists in Malawi. "
        "The arbitrary detention of the journalists drew protests from newspapers."
    )
    assert len(reported(found, "ArbitraryDetention")) == 1


def test_different_victims_are_different_events() -> None:
    found = claims(
        "In March police arbitrarily detained five teachers in Malawi. "
        "In June police arbitrarily detained three priests in Malawi."
    )
    assert len(reported(found, "ArbitraryDetention")) == 2


@pytest.mark.parametrize(
    ("text", "claimant"),
    [
        (
            "According to Amnesty International, soldiers tortured nine farmers in Malawi.",
            "Amnesty International",
        ),
        ("Human Rights Watch said that soldiers tortured nine farmers in Malawi.", "Human Rights Watch"),
    ],
)
def test_who_says_so_is_the_claimant(text: str, claimant: str) -> None:
    found = [c for c in claims(text) if about(c).victim]
    assert found
    assert {c.claimant for c in found} == {claimant}


def test_confidence_is_a_probability_and_the_finder_is_told() -> None:
    found = claims(
        "Police arbitrarily detained journalists in Malawi and raided the newsroom of a newspaper."
    )
    assert found
    assert all(0 < c.confidence < 1 for c in found)
    assert {c.found_by for c in found} <= {"violation-cue", "violation-model"}


def test_a_person_is_linked_only_above_the_threshold() -> None:
    text = "Police arbitrarily detained the journalist Ana Silva in Malawi."
    document = Document(name="n.txt", text=f"Note on Malawi\n\n{text}\n")
    (item,) = split(document)
    reading = read_item(item, vocabulary())
    sure = next(iter(extract(reading, vocabulary(), person_threshold=0.0)))
    unsure = next(iter(extract(reading, vocabulary(), person_threshold=1.0)))
    assert about(sure).victim == about(unsure).victim == "Ana Silva"
    assert about(sure).victim_key is not None
    assert sure.withheld == ()
    assert about(unsure).victim_key is None
    assert unsure.withheld == ("victim",)


def test_two_readings_give_the_same_claims() -> None:
    text = "Police arbitrarily detained journalists in Malawi and banned a rally of teachers."
    assert claims(text) == claims(text)


@pytest.fixture
def own_ontology(tmp_path: Path) -> Vocabulary:
    """The ontology with a class that the program has never seen."""
    for path in ontology_folder().rglob("*.ttl"):
        copy = tmp_path / path.relative_to(ontology_folder())
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    (tmp_path / "modules" / "own.ttl").write_text(
        f"@prefix rg: <{RG}> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        "rg:RadioJamming rdfs:subClassOf rg:HarmfulAct ;\n"
        '  rdfs:label "jamming of a village radio"@en ; rg:cue "drown* obj:broadcast|signal ^0.9"@en .\n',
        encoding="utf-8",
    )
    return Vocabulary(tmp_path)


def test_a_class_with_one_cue_is_found(own_ontology: Vocabulary) -> None:
    found = claims("Army lorries drowned the broadcast with noise in Malawi.", terms=own_ontology)
    assert "RadioJamming" in {about(c).type for c in found if c.status.reported}


def test_a_class_is_found_by_its_label(own_ontology: Vocabulary) -> None:
    found = claims("The jamming of a village radio went on for nine weeks.", terms=own_ontology)
    assert "RadioJamming" in {about(c).type for c in found if c.status.reported}


@pytest.mark.parametrize(
    ("sentence", "kind", "count"),
    [
        ("Police arrested almost 4,500 activists in Zomba.", "ArbitraryDetention", 4500),
        ("Soldiers fired into the crowd and killed four.", "UnlawfulKilling", 4),
        ("The minister was ousted in the 1994 coup.", "UnconstitutionalSeizureOfPower", None),
    ],
)
def test_a_count_counts_victims_and_never_years(sentence: str, kind: str, count: int | None) -> None:
    found = reported(claims(sentence), kind)
    assert found
    assert {act.count for act in found} == {count}


@pytest.mark.parametrize(
    ("sentence", "victim"),
    [
        ("Police arrested almost 4,500 activists in Zomba.", "activists"),
        ("Police arrested 14 journalists, including two editors, on Friday.", "journalists"),
        ("Police arrested no journalist but beat two students.", None),
    ],
)
def test_a_victim_is_named_without_number_date_and_example(sentence: str, victim: str | None) -> None:
    acts = [act for act in reported(claims(sentence), "ArbitraryDetention") if act.victim is not None]
    assert [act.victim for act in acts] == ([victim] if victim else [])


def test_the_government_keeps_its_words_and_is_linked() -> None:
    text = "The Malawian authorities are silent. The government arbitrarily arrested two teachers in Malawi."
    (act,) = reported(claims(text), "ArbitraryDetention")
    assert act.perpetrator == "government"
    assert act.perpetrator_key is not None


def test_an_act_and_its_end_in_one_sentence_are_both_told() -> None:
    found = claims("The editor was arbitrarily detained for two days before she was released on bail.")
    assert reported(found, "ArbitraryDetention")


def test_torture_and_ill_treatment_of_one_group_are_one_event_of_the_narrower_kind() -> None:
    found = claims("There is evidence of torture and ill-treatment of prisoners by guards in Malawi.")
    (act,) = reported(found, "TortureOrIllTreatment")
    assert act.type == "Torture"


def test_a_list_of_abuses_is_no_ordinary_crime() -> None:
    found = claims("They face arbitrary arrests, evictions, beatings and homicide.")
    assert reported(found, "ArbitraryDetention")


def test_what_a_review_recommends_is_asked_for_and_told_of_the_state_under_review() -> None:
    entries = (
        "Put an end to torture in police stations (France)",
        "Stop the arbitrary arrest of journalists (Chad, Mali and Peru)",
        "Combat police brutality and excessive use of force (Italy)",
        "Protect women from domestic violence (Japan)",
        "Ensure that nobody is held incommunicado (Norway)",
        "End the beating of inmates (Ghana)",
    )
    listed = "\n".join(f"7.{n}. {entry};" for n, entry in enumerate(entries, 1))
    text = (
        "6. Italy expressed concern at torture.\n\n"
        f"7. The following recommendations enjoy the support of Malawi:\n{listed}\n\n"
        "8. The report was adopted."
    )
    found = claims(text, "Report of the Working Group on Malawi")
    assert len(found) >= 5
    assert {about(c).country for c in found} == {"MW"}
    told = [c for c in found if c.status.reported]
    assert len(told) <= 1


@pytest.mark.parametrize(
    "text",
    [
        "The UN office had become weak, since it hardly spoke out when people were disappeared and killed.",
        "The Human Rights Council has harmed its name by ignoring police brutality.",
        "The Oxbow Rights Network has been analysing cyberattacks against hospitals.",
        "The Committee against Torture watched while prisoners were beaten in Zomba.",
    ],
)
def test_who_watches_is_not_who_did_it(text: str) -> None:
    found = [about(c) for c in claims(text) if c.status.reported]
    assert found
    assert {v.perpetrator_key for v in found} == {None}
    assert not any("UN" in v.perpetrator or "Network" in v.perpetrator for v in found if v.perpetrator)


def test_a_body_that_the_text_says_did_it_is_named() -> None:
    found = claims("Forty families of Zomba were forcibly evicted by the World Bank.")
    assert "World Bank" in [v.perpetrator for v in map(about, found)]


def test_where_victims_come_from_is_neither_who_did_it_nor_where() -> None:
    (found,) = [about(c) for c in claims("Groups from the Global South are still underrepresented in talks.")]
    assert found.type == "ExclusionFromParticipation"
    assert (found.perpetrator, found.place) == (None, None)
