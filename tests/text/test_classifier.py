"""The classifier: what it says, what it must never do, and how it is kept whole."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from importlib import resources
from pathlib import Path

import pytest

from kg.errors import ExtractionError
from kg.model import Status
from kg.text.classifier import Classifier, classifier
from kg.vocabulary import vocabulary

WEIGHTS = Path(str(resources.files("kg"))) / "weights"
REPORTS = [
    ("Police arrested the editor of the weekly at her home and held her for a month.", "ArbitraryDetention"),
    ("Soldiers shot dead three demonstrators outside the town hall.", "UnlawfulKilling"),
    ("The guards beat him with cables and gave him electric shocks.", "TortureOrIllTreatment"),
    ("Unknown gunmen kidnapped the priest on his way to the village.", "Abduction"),
    ("The regulator blocked access to forty news websites.", "Censorship"),
    ("The governor banned the march for the second year in a row.", "ProtestBan"),
]
HARMLESS = [
    "The museum will show the paintings until the end of May.",
    "She studied law in Porto and has two children.",
    "The orchestra will execute a programme of new music.",
    "Read more about our work on our website.",
]


@pytest.fixture(scope="module")
def model() -> Classifier:
    return classifier()


@pytest.mark.parametrize(("sentence", "kind"), REPORTS)
def test_plain_reports_are_found_with_their_type(model: Classifier, sentence: str, kind: str) -> None:
    (judgement,) = model.classify([sentence])
    assert judgement.reported > 0.5
    assert max(judgement.types, key=lambda t: judgement.types[t]) == kind


@pytest.mark.parametrize("sentence", HARMLESS)
def test_sentences_without_violations_are_left_alone(model: Classifier, sentence: str) -> None:
    (judgement,) = model.classify([sentence])
    assert judgement.reported < 0.3


def test_denial_is_told_from_report(model: Classifier) -> None:
    (denied,) = model.classify(["The ministry denied that any of the prisoners had been tortured."])
    statuses = denied.status("TortureOrIllTreatment")
    assert max(statuses, key=lambda s: statuses[s]) == "denied"


def test_trigger_is_a_stretch_of_the_sentence(model: Classifier) -> None:
    sentence = "In March, agents of the service abducted the poet Núria Vidal in broad daylight."
    (judgement,) = model.classify([sentence])
    assert judgement.triggers
    for start, end in judgement.triggers.values():
        assert 0 <= start < end <= len(sentence)


def test_every_type_is_a_class_of_the_ontology(model: Classifier) -> None:
    known = {term.id for term in vocabulary().violation_types}
    assert len(model.types) > 50
    assert set(model.types) <= known
    assert set(model.statuses) == {status.value for status in Status}


def test_no_opinion_on_a_type_that_the_weights_do_not_know(model: Classifier) -> None:
    (judgement,) = model.classify(["The drone strike flattened the bakery."])
    assert judgement.types.get("TypeOfTomorrow") is None
    assert judgement.status("TypeOfTomorrow") == judgement.statuses


def test_probabilities_are_probabilities(model: Classifier) -> None:
    sentences = [s for s, _ in REPORTS] + HARMLESS + ["", "   ", "“", "x" * 5000]
    judgements = model.classify(sentences, "A title")
    assert len(judgements) == len(sentences)
    for judgement in judgements:
        assert 0 <= judgement.reported <= 1
        assert tuple(judgement.types) == model.types
        assert all(0 <= p <= 1 for p in judgement.types.values())
        assert sum(judgement.statuses.values()) == pytest.approx(1, abs=0.001)


def test_no_sentences_no_judgements(model: Classifier) -> None:
    assert not list(model.classify([]))


def test_two_readings_are_equal(model: Classifier) -> None:
    sentences = [s for s, _ in REPORTS] + HARMLESS
    judgements = list(model.classify(sentences, "Title"))
    assert list(Classifier(WEIGHTS).classify(sentences, "Title")) == judgements


def test_judgements_can_be_read_twice(model: Classifier) -> None:
    judgements = model.classify([s for s, _ in REPORTS])
    first = next(iter(judgements))
    assert next(iter(judgements)) == first
    assert list(judgements) == list(judgements)


def test_damaged_weights_are_refused(tmp_path: Path) -> None:
    folder = tmp_path / "weights"
    shutil.copytree(WEIGHTS, folder)
    (folder / "regression.npz").write_bytes(b"no weights")
    with pytest.raises(ExtractionError, match=r"regression\.npz has hash"):
        Classifier(folder)


def test_missing_weights_are_told(tmp_path: Path) -> None:
    with pytest.raises(ExtractionError, match="unusable weights"):
        Classifier(tmp_path / "nowhere")


def test_weights_are_small_hashed_and_versioned() -> None:
    metadata = json.loads((WEIGHTS / "metadata.json").read_text(encoding="utf-8"))
    files = {p.name for p in WEIGHTS.iterdir() if p.is_file()} - {"metadata.json"}
    assert set(metadata["sha256"]) == files
    assert metadata["version"]
    assert sum(p.stat().st_size for p in WEIGHTS.rglob("*")) < 30_000_000


def test_training_libraries_are_not_needed_at_run_time() -> None:
    code = (
        "import sys; from kg.text.classifier import classifier; classifier().classify(['Police beat them.']);"
        "print(sorted({'torch', 'sklearn', 'scipy', 'transformers', 'kg.training'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
