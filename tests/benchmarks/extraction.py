"""What extraction is worth, on documents that nothing was learned from: `make bench-extraction`.

Prints the fact tables of the gold page and of the invented documents of `tests/golden`;
sentences, types and statuses on the labelled documents, with the classifier as it was while each
document was left out; HRDsAttack; the ten commonest kinds of error; and words a second beside
spaCy's own English pipeline. Documents are split, never sentences. Figures that are accepted
stand in `accepted.json`, and `test_accepted.py` fails below them.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path

BESIDE = Path(__file__).resolve().parent
ROOT = BESIDE.parents[1]
sys.path[:0] = [str(BESIDE), str(ROOT)]

from labelled import Tally, few, measure, sentences  # noqa: E402 - found beside this file
from pace import pace  # noqa: E402
from page import SETS, tables  # noqa: E402
from report import written  # noqa: E402
from tasks import attacks  # noqa: E402

SHARED = ROOT.parent / "shared"


def main() -> int:
    """Every measure, or the chosen ones."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=["page", "labelled", "attacks", "speed"], action="append")
    parser.add_argument("--accept", action="store_true", help="write the figures of now to accepted.json")
    parser.add_argument("--documents", type=int, help="labelled documents to take, all by default")
    parser.add_argument("--report", type=Path, help="write all figures to this Markdown file")
    parser.add_argument("--conditions", default="", help="date, machine and load, for the report")
    arguments = parser.parse_args()
    chosen = arguments.only or ["page", "labelled", "attacks", "speed"]
    if not SHARED.is_dir():
        print(f"{SHARED} isn't there: nothing to measure on", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as room:
        if arguments.accept:
            _accept(Path(room))
            return 0
        if arguments.report:
            text = written(SHARED, Path(room), arguments.conditions)
            arguments.report.write_text(text, encoding="utf-8")
            return 0
        if "page" in chosen:
            for name in SETS:
                print(f"\n== Fact tables of {name} (the classifier wasn't trained on them)")
                for table, figures in tables(SHARED, Path(room), name).items():
                    print(f"{table:<16}" + "  ".join(f"{k} {v}" for k, v in figures.items()))
        if "labelled" in chosen:
            _labelled(arguments.documents)
        if "attacks" in chosen:
            print("\n== HRDsAttack, dev split")
            print(attacks(SHARED, Path(room)))
        if "speed" in chosen:
            print("\n== Speed, one process, words a second on the same text")
            print(json.dumps(pace(SHARED), indent=1))
    return 0


def _accept(room: Path) -> None:
    """The figures that `test_accepted.py` measures become those that it asks for."""
    found = {
        f"{name}, F1": {
            table: round(figures["f1"], 4) for table, figures in tables(SHARED, room, name).items()
        }
        for name in SETS
    }
    told = {name: round(figure, 4) for name, figure in measure(SHARED, few(SHARED)).figures().items()}
    text = json.dumps({**found, "labelled sentences": told}, indent=1)
    (BESIDE / "accepted.json").write_text(text + "\n", encoding="utf-8")


def _labelled(count: int | None) -> None:
    found = sentences(SHARED)
    documents = sorted(found)[:count]
    tally: Tally = measure(SHARED, {d: found[d] for d in documents})
    print(f"\n== Labelled sentences of {len(documents)} documents, each left out of what was learned")
    for name, figure in tally.figures().items():
        print(f"{name:<40}{figure:.3f}")
    print(f"\n{'type':<32}{'gold':>6}{'found':>7}{'prec':>7}{'rec':>7}{'F1':>7}")
    for kind, (gold, found_n, precision, recall, f1) in tally.by_type().items():
        print(f"{kind:<32}{gold:>6}{found_n:>7}{precision:>7.2f}{recall:>7.2f}{f1:>7.2f}")
    print("\nThe ten commonest kinds of error")
    for kind, number, examples in tally.commonest(10):
        print(f"{number:>5}  {kind}")
        for example in examples:
            print(f"         {example[:160]!r}")


if __name__ == "__main__":
    sys.exit(main())
