"""The SSSOM tables of mappings, read as rows and as triples.

In: `ontology/mappings/*.sssom.tsv` (https://mapping-commons.github.io/sssom): a head of comment
lines in YAML with the prefixes, then a table. Out: rows with full IRIs. A row that isn't whole
raises OntologyError.
"""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from kg.errors import OntologyError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PREFIX = re.compile(r'^#  (\w+): "([^"]+)"$', re.MULTILINE)


class Mapping(NamedTuple):
    """One row of a table."""

    subject: str
    subject_label: str
    predicate: str
    object: str
    object_label: str
    justification: str
    confidence: float
    comment: str
    table: str


def mappings(folder: Path) -> list[Mapping]:
    """The rows of all tables of an ontology folder, table by table."""
    return [row for path in sorted((folder / "mappings").glob("*.sssom.tsv")) for row in _rows(path)]


def triples(folder: Path) -> list[ox.Triple]:
    """The mappings as statements."""
    found = {(m.subject, m.predicate, m.object) for m in mappings(folder)}
    return [ox.Triple(*map(ox.NamedNode, row)) for row in sorted(found)]


def _rows(path: Path) -> Iterator[Mapping]:
    text = path.read_text(encoding="utf-8")
    prefixes = dict(PREFIX.findall(text))
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
        try:
            yield Mapping(
                subject=_iri(row["subject_id"], prefixes),
                subject_label=row["subject_label"],
                predicate=_iri(row["predicate_id"], prefixes),
                object=_iri(row["object_id"], prefixes),
                object_label=row["object_label"],
                justification=_iri(row["mapping_justification"], prefixes),
                confidence=float(row["confidence"]),
                comment=row["comment"],
                table=path.name,
            )
        except (KeyError, TypeError, ValueError) as error:
            raise OntologyError(
                f"a row of mappings isn't whole: {row}",
                where=str(path),
                mend="Look at its columns and prefixes.",
            ) from error


def _iri(name: str, prefixes: dict[str, str]) -> str:
    prefix, _, local = name.partition(":")
    return prefixes[prefix] + local
