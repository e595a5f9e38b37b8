"""One document from bytes to checked quads: a pure function that any engine can run.

In: a path and the ontology's folder. Out: an `Outcome`, the sorted lines of the document's
graph and the report of its stages. What goes wrong with a file, an item or an extractor
becomes a problem of the report and costs no more than itself; evidence that isn't the
source's text is an error and ends the build.
"""

from __future__ import annotations

import importlib
import pkgutil
import traceback
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import kg.extractors
from kg import validate
from kg.errors import ReadError
from kg.model import EntityNamed, ItemClaims, Problem, Reading
from kg.quads import lines_of
from kg.readers import read
from kg.report import Report
from kg.text.items import split
from kg.text.mentions import judge
from kg.text.reading import read_item
from kg.triples import document_graph
from kg.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import ModuleType

    from kg.model import Claim, Document, Item
    from kg.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one file."""

    name: str
    sha256: str = ""
    """Hash of the document's text; empty where the file held none."""
    lines: list[bytes] = field(default_factory=list)
    report: Report = field(default_factory=Report)


@cache
def extractors() -> dict[str, ModuleType]:
    """The extractors by name, in name order: every module of the package with `extract`."""
    names = sorted(m.name for m in pkgutil.iter_modules(kg.extractors.__path__))
    modules = {name: importlib.import_module(f"{kg.extractors.__name__}.{name}") for name in names}
    return {name: module for name, module in modules.items() if hasattr(module, "extract")}


def process(path: Path, ontology: Path | None = None) -> Outcome:
    """One file, read, understood, told as RDF and checked."""
    try:
        document = read(path)
    except ReadError as error:
        problem = Problem("read", error.where or str(path), error.what, error.mend)
        return Outcome(path.name, report=Report(problems=[problem]))
    return understand(document, vocabulary(ontology))


def understand(document: Document, words: Vocabulary) -> Outcome:
    """One document, understood, told as RDF and checked."""
    report = Report()
    found = list(_items(document, words, report.problems))
    graph = document_graph(document, found)
    validate.check_evidence(graph)
    lines = lines_of(graph)
    report.problems += validate.problems(graph, words.folder)
    claims = [c for item in found for c in item.claims]
    report.problems += [p for item in found for p in item.problems]
    report.counts.update(
        {
            "documents": 1,
            "items": len(found),
            "sentences": sum(len(f.reading.sentences) for f in found),
            "mentions": sum(len(f.reading.mentions) for f in found),
            "entities": sum(len(f.reading.entities) for f in found),
            "claims": len(claims),
            "triples": len(lines),
        }
    )
    report.statuses = Counter(str(c.status) for c in claims)
    report.tables = Counter(type(c.about).__name__ for c in claims)
    report.withheld = sum(len(c.withheld) for c in claims)
    return Outcome(document.name, document.sha256, lines, report)


def _items(document: Document, words: Vocabulary, problems: list[Problem]) -> Iterator[ItemClaims]:
    with _Guard("items", document.name, problems):
        for item in split(document):
            yield claims_of(item, words)


def claims_of(item: Item, words: Vocabulary) -> ItemClaims:
    """An item with everything that is claimed in it."""
    problems: list[Problem] = []
    claims: list[Claim] = []
    reading = Reading(item, ())
    with _Guard("reading", item.id, problems):
        reading = read_item(item, words)
        with _Guard("classifier", item.id, problems):
            judge(reading)  # it reads in the background while the first extractors work
        for name, module in extractors().items():
            with _Guard(name, item.id, problems):
                claims += _known(module.extract(reading, words), reading, name, problems)
    return ItemClaims(reading, tuple(claims), tuple(problems))


def _known(claims: Iterable[Claim], reading: Reading, name: str, problems: list[Problem]) -> Iterator[Claim]:
    """The claims whose entity the reading holds; the others are problems."""
    for claim in claims:
        if isinstance(claim.about, EntityNamed) and claim.about.key not in reading.entity:
            problems.append(
                Problem(name, reading.item.id, f"names an entity that isn't there: {claim.about.key}")
            )
        else:
            yield claim


class _Guard:
    """Turns an unforeseen exception of one part into a problem, so that the rest goes on."""

    def __init__(self, stage: str, where: str, problems: list[Problem]) -> None:
        self.stage, self.where, self.problems = stage, where, problems

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> bool:
        if not isinstance(error, Exception):
            return False
        frame = traceback.extract_tb(error.__traceback__)[-1]
        what = f"{type(error).__name__}: {error} ({Path(frame.filename).name}:{frame.lineno})"
        self.problems.append(Problem(self.stage, self.where, what, "Report it with the document."))
        return True
