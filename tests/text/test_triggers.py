"""Which words of a sentence count as saying a violation."""

from __future__ import annotations

import pytest

from kg.model import Document
from kg.text.cues import Sighted
from kg.text.items import split
from kg.text.lexicon import lexicon
from kg.text.reading import read_item
from kg.text.triggers import triggers
from kg.vocabulary import vocabulary

LEX = lexicon(vocabulary())


def types(text: str) -> list[str]:
    """The types that the cues find in a sentence."""
    (item,) = split(Document(name="n.txt", text=f"Note of the week\n\n{text}\n"))
    reading = read_item(item, vocabulary())
    sentence = reading.sentences[-1]
    sighted = Sighted(sentence.tokens, refusals=LEX.words("refusal"))
    return sorted(m.cue.term for m in triggers(reading, sentence, sighted, LEX))


@pytest.mark.parametrize(
    "text",
    [
        "Professor Obi joined the Working Group on Enforced Disappearances.",
        "The Observatory on Arbitrary Arrests moved to larger offices.",
        "The Death Penalty Information Centre published a bibliography.",
    ],
)
def test_names_mask_their_triggers(text: str) -> None:
    assert types(text) == []


def test_the_same_words_outside_a_name_are_triggers() -> None:
    assert types("Enforced disappearances went on in the north.") == ["EnforcedDisappearance"]


def test_coordinated_triggers_of_one_type_are_one() -> None:
    assert types("Police arrested and detained nine priests.") == ["ArbitraryDetention"]


def test_counter_cues_take_a_type_away() -> None:
    assert "UnlawfulKilling" not in types("He was charged with murder.")
    assert "DeathInCustody" not in types("The prisoner faces the death penalty.")


def test_the_narrower_class_is_meant() -> None:
    assert types("Prisoners were subjected to torture.") == ["Torture"]


def test_a_mandate_that_is_executed_harms_nobody() -> None:
    assert types("The commission executed its mandate.") == []
