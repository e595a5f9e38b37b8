"""What a measure is taken against isn't told as done."""

from __future__ import annotations

import pytest

from kg.text.cues import CueIndex, Sighted
from kg.text.grammar import parse_cue
from kg.text.lexicon import lexicon
from kg.text.measures import is_opposed
from kg.text.parser import parser
from kg.vocabulary import vocabulary

LEX = lexicon(vocabulary())
TRIGGER = CueIndex(c for cue in ("tortur*", "arrest") for c in parse_cue("Act", cue, LEX.sets))


def opposed(text: str) -> bool:
    """Whether a measure is taken against the last trigger of a sentence."""
    sentence = Sighted(next(iter(parser()(text).sents)))
    return is_opposed(TRIGGER.find(sentence)[-1], LEX)


@pytest.mark.parametrize(
    "text",
    [
        "The ministry adopted a plan to eliminate hunger and torture.",
        "Peru highlighted the measures taken to combat torture.",
        "Italy commended the reduction of arbitrary arrests.",
    ],
)
def test_what_measures_are_taken_against_is_opposed(text: str) -> None:
    assert opposed(text)


@pytest.mark.parametrize(
    "text",
    [
        "The government has failed to prevent torture.",
        "There is no plan to combat torture.",
        "Every year we tackle about 300 cases of torture.",
        "To combat dissent, police arrested the mayor.",
    ],
)
def test_what_goes_on_in_spite_of_measures_is_not_opposed(text: str) -> None:
    assert not opposed(text)
