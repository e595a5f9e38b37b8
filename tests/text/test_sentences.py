"""Sentences: exact spans, one for a heading or list item, breaks where a reader sees them."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from texts import reading_of

from kg.model import BlockKind, Document
from kg.text.items import split
from kg.text.sentences import sentences


def texts_of(body: str) -> list[str]:
    return [s.text for s in reading_of(f"A note on the harbour\n\n{body}").sentences[1:]]


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ("Judge R. K. Tolvanen of the High Court heard the case. She left at noon.", 2),
        ("The court, sitting in No. 4, adjourned. Nobody knows why.", 2),
        ("‘They beat us.’ She wept. ‘They took the keys.’", 3),
        ("He asked: who closed it? Nobody answered.", 2),
        ("Mr. Tolvanen and Dr. Oja met Gen. Saar in the U.S. embassy in May.", 1),
    ],
)
def test_breaks_stand_where_a_reader_sees_them(body: str, count: int) -> None:
    assert len(texts_of(body)) == count


def test_heading_title_and_signatory_are_one_sentence_each() -> None:
    reading = reading_of(
        "Council: what now? A question. Another\n\nWe urge states to act.\n\nSigned by:\n\nOxbow Inc. Trust"
    )
    for sentence in reading.sentences:
        if sentence.block.kind in (BlockKind.TITLE, BlockKind.SIGNATORY):
            assert sentence.span == sentence.block.span


def test_furniture_holds_no_sentence() -> None:
    reading = reading_of("A note\n\nThe council met.\n\nFollow us on Twitter for more about the council.")
    assert all(s.block.kind is not BlockKind.BOILERPLATE for s in reading.sentences)


def test_sentences_lead_back_to_the_source_to_the_letter() -> None:
    text = (
        "A note\n\nShe isthe\u00a0chair of theAlliance. They o en meet, and it is essen al that they o en do."
    )
    item = split(Document("page.txt", text))[0]
    for sentence in sentences(item):
        for token in sentence.tokens:
            quote = text[slice(*sentence.source(token))]
            letters = [c for c in token.text.casefold() if c.isalnum()]
            kept = [c for c in quote.casefold() if c.isalnum()]
            assert not kept or letters[0] == kept[0]


@settings(max_examples=25)
@given(st.lists(st.text(alphabet="abAB .,’“”?!:()\u00a0-1", min_size=1, max_size=60), min_size=1, max_size=4))
def test_any_paragraphs_give_sentences_in_order_that_do_not_overlap(paragraphs: list[str]) -> None:
    text = "Title\n\n" + "\n\n".join(paragraphs)
    for item in split(Document("page.txt", text)):
        found = list(sentences(item))
        assert [s.index for s in found] == list(range(len(found)))
        spans = [s.span for s in found]
        assert spans == sorted(spans)
        assert all(not a.meets(b) for a, b in itertools.pairwise(spans))
        assert all(s.block.span.holds(s.span) for s in found)
