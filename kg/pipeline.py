"""The whole flow: documents -> items -> readings -> claims -> graph -> problems -> store -> inferred.

In: paths. Out: a store folder with one more whole build, or a store in memory, and the
report. This module alone knows the order of the stages; what happens to one document stands
in `kg.extraction`. Documents stream through, by several processes where asked, and no more
than a few are held at once.
"""

from __future__ import annotations

import re
import shutil
from collections import defaultdict
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg import addresses, feed
from kg.description import Subject, describe
from kg.errors import StoreError, UsageError
from kg.extraction import process
from kg.files import listing
from kg.provenance import Input, description, twins
from kg.quads import Sorter, lines, lines_of, parsed
from kg.reference import reference_lines
from kg.report import Report
from kg.rules import compile_rules, infer
from kg.stores import LICENCE, current, oxigraph
from kg.stores.search import FILE, write_index
from kg.vocabulary import ID, ontology_folder
from kg.workers import each

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from kg.stores import Build

    Keep = Callable[[Iterable[bytes]], None]
    Watch = Callable[[str, int, int], None]
    """Told the name of each file that is done, its number and how many there are."""

_IRI = re.compile(r"https?://[^\s<>\"{}|^`\\]+")

INFERRED = ox.NamedNode(addresses.graph("inferred"))


def _unwatched(name: str, done: int, total: int) -> None:
    """Tells nobody."""


@dataclass(frozen=True)
class Options:
    """How a build is made; the defaults are what `make run` uses."""

    base: str = ID
    """The address under which the data's IRIs stand."""
    jobs: int = 1
    """Processes that read documents."""
    ontology: Path | None = None
    """An ontology folder other than the packaged one."""
    watch: Watch = _unwatched
    licence: str = LICENCE
    """Of the statements; the texts stay with their publishers."""


def build(paths: Iterable[Path], folder: Path, options: Options | None = None) -> tuple[Build, Report]:
    """A new build in a store folder, swapped in whole; nothing is left of one that fails.

    Raises UsageError for a licence that is no address, and StoreError for a folder that can't be written.
    """
    options = options or Options()
    if not _IRI.fullmatch(options.licence):
        raise UsageError(f"{options.licence!r} is no address", mend="Give one that starts with https://")
    with oxigraph.temporary(folder) as new, Sorter() as found, Sorter() as moved:
        store = oxigraph.on_disk(new / "oxigraph")
        report, inputs = _fill(store, list(paths), options, found.add)
        if options.base != ID:
            del store
            shutil.rmtree(new / "oxigraph")
            moved.add(
                line for quad in addresses.rebase(parsed(found), options.base) for line in lines([quad])
            )
            store = oxigraph.on_disk(new / "oxigraph")
            oxigraph.load(store, moved)
        quads = found if options.base == ID else moved
        identity, report.counts["quads"] = oxigraph.write_quads(new / "quads.nq.gz", quads)
        ontology = options.ontology or ontology_folder()
        subject = Subject(store, options.base, identity, tuple(inputs), ontology, options.licence)
        told = lines_of(describe(subject))
        oxigraph.load(store, told)
        report.counts["description triples"] = len(told)
        store.optimize()
        store.flush()
        report.counts["search entries"] = write_index(store, new / FILE)
        del store, subject  # gives the lock back before the folder gets its name
        facts = description(identity, options.base, ontology, inputs, report, licence=options.licence)
        before = before_this(folder)
        made = oxigraph.swap(folder, new, facts, report.as_json())
        feed.record(before, made)
        return made, report


def before_this(folder: Path) -> Build | None:
    """The build that a new one follows; none where the folder is new, or holds nothing whole."""
    try:
        return current(folder)
    except StoreError:
        return None


def build_in_memory(paths: Iterable[Path], options: Options | None = None) -> tuple[ox.Store, Report]:
    """A store in memory with what a build of these paths holds."""
    store = oxigraph.in_memory()
    report, _ = _fill(store, list(paths), options or Options(), lambda _: None)
    report.counts["quads"] = len(store)
    return store, report


def _fill(store: ox.Store, paths: list[Path], options: Options, keep: Keep) -> tuple[Report, list[Input]]:
    """Reference data, documents and what follows from both into a store; every line is kept as well."""
    found = listing(paths)
    ontology = options.ontology or ontology_folder()
    report = Report(skipped=[str(p) for p in found.skipped])
    reference = reference_lines(ontology)
    report.counts["reference triples"] = len(reference)
    oxigraph.load(store, reference)
    keep(reference)
    seen: dict[str, list[Input]] = defaultdict(list)
    outcomes = each(partial(process, ontology=options.ontology), found.files, options.jobs)
    for number, (path, outcome) in enumerate(zip(found.files, outcomes, strict=True), 1):
        oxigraph.load(store, outcome.lines)
        keep(outcome.lines)
        report.add(outcome.report)
        if outcome.sha256:
            document = Input(outcome.name, outcome.sha256)
            report.problems += twins(document, seen[document.name] + seen[document.sha256])
            seen[document.name].append(document)
            seen[document.sha256].append(document)
        options.watch(path.name, number, len(found.files))
    report.counts["inferred triples"] = infer(store, compile_rules(ontology), INFERRED)
    keep(lines(store.quads_for_pattern(None, None, None, INFERRED)))
    return report, sorted({i for same in seen.values() for i in same})
