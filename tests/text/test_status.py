"""How a claim stands to the act, read from the tree alone."""

from __future__ import annotations

import pytest

from kg.model import Status
from kg.text.cues import CueIndex, Match, Sighted
from kg.text.grammar import parse_cue
from kg.text.lexicon import lexicon
from kg.text.parser import parser
from kg.text.patterns import Cue
from kg.text.status import governors, status_of
from kg.vocabulary import vocabulary

LEX = lexicon(vocabulary())
TRIGGER = CueIndex(
    c
    for cue in ("tortur*", "=arrested|arrest|arrests", "killing/NOUN", "kidnapped", "curfew")
    for c in parse_cue("Act", cue, LEX.sets)
)


def status(text: str) -> Status:
    """The status of the last trigger of a sentence."""
    sentence = Sighted(next(iter(parser()(text).sents)), refusals=LEX.words("refusal"))
    match = TRIGGER.find(sentence)[-1]
    return status_of(match, governors(sentence, LEX), LEX)


@pytest.mark.parametrize(
    "text",
    [
        "Police arrested nine students in the capital.",
        "Torture remains widespread in the prisons of the north.",
        "The Council should condemn the police for the killing of two farmers.",
        "Despite the killing of three miners, the pit was opened again.",
        "No fewer than nine people were arrested.",
        "Four men who were arrested in May have left the country.",
        "The minister did not condemn the killing of the priest.",
        "Their arrest may harm the talks.",
    ],
)
def test_what_happened_is_asserted(text: str) -> None:
    assert status(text) is Status.ASSERTED


@pytest.mark.parametrize(
    "text",
    [
        "The governor denied that prisoners were tortured.",
        "Nobody was arrested during the march.",
        "No student was arrested.",
        "Not one farmer was arrested.",
        "The observers saw no evidence of torture.",
        "There were no arrests.",
        "The police did not torture the suspects.",
        "It is untrue that soldiers tortured him.",
    ],
)
def test_what_did_not_happen_is_denied(text: str) -> None:
    assert status(text) is Status.DENIED


@pytest.mark.parametrize(
    "text",
    [
        "He fears that he will be arrested.",
        "Protesters are at risk of torture.",
        "She could be arrested on her return.",
        "If they arrest him, the union will strike.",
        "Even if a curfew were imposed, the market would open.",
    ],
)
def test_what_may_happen_is_feared(text: str) -> None:
    assert status(text) is Status.FEARED


@pytest.mark.parametrize(
    "text",
    [
        "We call on the government to stop the torture of prisoners.",
        "The state must end arrests of poets.",
        "Stop torture in the camps.",
    ],
)
def test_what_is_demanded_is_called_for(text: str) -> None:
    assert status(text) is Status.CALLED_FOR


@pytest.mark.parametrize(
    "text",
    [
        "The convention prohibits torture.",
        "Torture is prohibited at all times.",
        "Anyone who is arrested has a right to counsel.",
        "Her group campaigns against torture.",
        "Students staged a play about torture.",
    ],
)
def test_what_a_norm_or_campaign_is_about_is_normative(text: str) -> None:
    assert status(text) is Status.NORMATIVE


def test_what_is_only_said_is_alleged() -> None:
    assert status("They allege that he was tortured.") is Status.ALLEGED
    assert status("He was reportedly tortured.") is Status.ALLEGED


def test_what_was_lifted_is_reversed() -> None:
    assert status("The curfew was lifted in May.") is Status.REVERSED


def test_what_was_not_lifted_goes_on() -> None:
    assert status("The army refused to lift the curfew.") is Status.ASSERTED


def test_a_negation_among_the_words_of_the_model_is_part_of_what_is_told() -> None:
    sentence = Sighted(next(iter(parser()("The state has never paid the victims of 1994.").sents)))
    words = sentence.tokens[2:5]
    match = Match(Cue("Impunity", "", ()), tuple(t.i for t in words), words[-1])
    assert status_of(match, governors(sentence, LEX), LEX) is Status.ASSERTED
