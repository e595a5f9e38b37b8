"""The regression that is fitted is the regression that runs."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from kg.text import regression as run
from kg.training import corpus, regression, weights

OWN = corpus.read_own(Path(corpus.__file__).parent / "sentences" / "general.tsv")


@pytest.fixture(scope="module")
def fitted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("weights") / "regression.npz"
    weights.write_arrays(path, regression.fit(OWN, corpus.types_of(OWN)))
    return path


def test_what_it_was_fitted_on_it_mostly_tells(fitted: Path) -> None:
    logits = run.load(fitted).logits([s.text for s in OWN])
    reported = np.array([bool(s.reported) for s in OWN])
    assert ((logits[:, 0] > 0) == reported).mean() > 0.8


def test_two_fittings_write_the_same_bytes(fitted: Path, tmp_path: Path) -> None:
    weights.write_arrays(tmp_path / "again.npz", regression.fit(OWN, corpus.types_of(OWN)))
    assert (tmp_path / "again.npz").read_bytes() == fitted.read_bytes()


def test_sentences_without_known_words_get_the_base_rate(fitted: Path) -> None:
    model = run.load(fitted)
    assert np.array_equal(model.logits(["", "Qwrtz!"]), np.stack([model.bias, model.bias]))
