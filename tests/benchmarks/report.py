"""All figures of extraction as one Markdown page: `extraction.py --report FILE --conditions TEXT`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from labelled import measure, sentences
from pace import pace
from page import SETS, tables
from tasks import attacks

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

FIRST = 25
"""Types that the page lists, the commonest first."""
ERRORS = 10
WHAT = {
    "the gold page": "twenty articles of one civil society site; they were read while rules were written",
    "documents held out": "seven invented documents, scored and never read",
    "documents of development": "nineteen invented documents that were read; they flatter",
    "annotated documents": "nineteen real ones; the classifier learned from their sentences, half were read",
}
HEAD = """# Benchmarks of extraction

`make bench-extraction` prints these figures anew; with `--report` its script writes this page. {conditions}

F1 with precision and recall, by the fact contract's own scorer. What the sets are, and how far each of them
flatters, stands in `tests/golden/README.md`.
"""


def written(shared: Path, room: Path, conditions: str) -> str:
    """The page; `conditions` tells date, machine and load."""
    parts = [HEAD.format(conditions=conditions)]
    parts += [_tables(name, tables(shared, room, name)) for name in SETS]
    parts += [_labelled(shared), _attacks(attacks(shared, room)), _pace(pace(shared))]
    return "\n".join(parts)


def _tables(name: str, found: dict[str, dict[str, float]]) -> str:
    """The fact tables of a set."""
    rows = [
        (
            table,
            *(int(figures[k]) for k in ("gold", "found", "right")),
            *(f"{figures[k]:.2f}" for k in ("precision", "recall", "f1")),
            ", ".join(
                f"{k.removesuffix(' right')} {v:.2f}" for k, v in figures.items() if k.endswith(" right")
            ),
        )
        for table, figures in found.items()
    ]
    heads = ("table", "gold", "found", "right", "P", "R", "F1", "of the matched rows, right")
    return f"## {name[0].upper()}{name[1:]}\n\n{WHAT[name].capitalize()}.\n\n{_table(heads, rows)}"


def _labelled(shared: Path) -> str:
    """Labelled sentences, the classifier as it was while their document was left out."""
    found = sentences(shared)
    tally = measure(shared, found)
    figures = [(name, f"{figure:.3f}") for name, figure in tally.figures().items()]
    kinds = [
        (kind, gold, number, f"{p:.2f}", f"{r:.2f}", f"{f1:.2f}")
        for kind, (gold, number, p, r, f1) in list(tally.by_type().items())[:FIRST]
    ]
    errors = [(kind, number) for kind, number, _ in tally.commonest(ERRORS)]
    return "\n".join(
        [
            f"## Labelled sentences\n\n{len(found)} documents, each left out of what was learned.\n",
            _table(("measure", "figure"), figures),
            _table(("type", "gold", "found", "P", "R", "F1"), kinds),
            "The commonest kinds of error:\n",
            _table(("error", "sentences"), errors),
        ]
    )


def _attacks(printed: str) -> str:
    return (
        "## HRDsAttack, dev split\n\nBeside the best of the paper's three models, measured on its test split."
        f"\n\n```\n{printed.strip()}\n```\n"
    )


def _pace(figures: dict[str, float]) -> str:
    return "## Speed\n\nWords a second, one process, the same text in turns.\n\n" + _table(
        ("measure", "figure"), [(name, f"{figure:,}") for name, figure in figures.items()]
    )


def _table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "".join("| " + " | ".join(str(cell) for cell in line) + " |\n" for line in lines)
