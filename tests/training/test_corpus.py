"""Labelled sentences: how they are read, split and put together."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from kg.model import Status
from kg.text.classifier import classifier
from kg.training import corpus
from kg.vocabulary import vocabulary

FOLDER = Path(corpus.__file__).parent


def test_own_sentences_name_types_and_statuses_that_exist() -> None:
    own = corpus.own()
    known = {term.id for term in vocabulary().violation_types}
    assert len(own) > 5_000
    assert set(corpus.types_of(own)) <= known
    assert {label.status for s in own for label in s.labels} <= {status.value for status in Status}


def test_every_type_has_sentences_of_our_own() -> None:
    counted = Counter(label.type for s in corpus.own() for label in s.labels)
    assert len(classifier().types) == 56
    assert min(counted[name] for name in classifier().types) >= 15


def test_triggers_of_own_sentences_stand_in_them() -> None:
    own = corpus.own()
    assert all(label.trigger in s.text for s in own for label in s.labels if label.trigger)
    assert not any("[" in s.text or "{" in s.text for s in own)


def test_folds_split_documents_never_sentences() -> None:
    sentences = [corpus.Labelled("x", (), f"d{n % 7}", n) for n in range(50)]
    folds = corpus.folds(sentences, 3)
    assert sorted(row for fold in folds for row in fold) == list(range(50))
    held = [{sentences[row].document for row in fold} for fold in folds]
    assert not held[0] & held[1]
    assert not held[1] & held[2]
    assert not held[0] & held[2]


def test_lines_are_read_in_the_order_of_their_documents(tmp_path: Path) -> None:
    path = tmp_path / "some.jsonl"
    path.write_text(
        '{"file": "b", "start": 9, "text": "Two.", "labels": []}\n'
        '{"file": "a", "start": 0, "text": "Three.", "labels": []}\n'
        '{"file": "b", "start": 0, "text": "One.", "labels": [{"type": "T", "status": "alleged"}]}\n',
        encoding="utf-8",
    )
    read = corpus.read(path)
    assert [s.text for s in read] == ["One.", "Two.", "Three."]
    assert read[0].reported == {"T"}
