"""The ruler's table: the same attributes as the pipeline's own attribute ruler sets."""

from __future__ import annotations

import pytest
import spacy

from kg.text import ruler
from kg.text.parser import MODEL, parser

PLAIN = "The court, which they had called unfair, did not release her and the others that were held."
TWO_TOKENS = "There were reports that they're gonna be tried; let's wait. She ain't free."
BY_EXPRESSION = "Nothin' was said about y'all."
WHITE_SPACE = "The  police \n came."


@pytest.mark.parametrize("text", [PLAIN, TWO_TOKENS, BY_EXPRESSION, WHITE_SPACE, ""])
def test_table_tells_what_the_shipped_ruler_tells(text: str) -> None:
    shipped = spacy.load(MODEL, exclude=["ner"])
    told = [(t.tag_, t.pos_, t.dep_, t.lemma_, str(t.morph)) for t in shipped(text)]
    assert [(t.tag_, t.pos_, t.dep_, t.lemma_, str(t.morph)) for t in parser()(text)] == told


def test_pipeline_runs_the_table_in_place_of_the_ruler() -> None:
    assert ruler.NAME in parser().pipe_names
    assert "attribute_ruler" not in parser().pipe_names
