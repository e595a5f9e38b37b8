"""What a build did: counts of each stage, in the order of the stages, and the problems found.

An empty stage shows as a zero. Counters add up, so that the reports of many documents, or of
worker processes, make one.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.model import Problem

STAGES = (
    "documents",
    "items",
    "sentences",
    "mentions",
    "entities",
    "claims",
    "triples",
    "reference triples",
    "inferred triples",
    "quads",
    "description triples",
)


@dataclass
class Report:
    """Counts by stage, claims by status and by what they are about, and problems."""

    counts: Counter[str] = field(default_factory=Counter)
    statuses: Counter[str] = field(default_factory=Counter)
    tables: Counter[str] = field(default_factory=Counter)
    withheld: int = 0
    """Links to persons that were held back for want of confidence."""
    skipped: list[str] = field(default_factory=list)
    """Files found in a folder for which there is no reader."""
    problems: list[Problem] = field(default_factory=list)

    def add(self, other: Report) -> None:
        """Takes in the report of a part."""
        self.counts += other.counts
        self.statuses += other.statuses
        self.tables += other.tables
        self.withheld += other.withheld
        self.skipped += other.skipped
        self.problems += other.problems

    def rows(self) -> Iterator[tuple[str, int]]:
        """Stage by stage what came out of it, claims also by status and kind."""
        for stage in STAGES:
            yield stage, self.counts[stage]
            if stage == "claims":
                for name, number in sorted(self.statuses.items()):
                    yield f"  {name}", number
                for name, number in sorted(self.tables.items()):
                    yield f"  about {name}", number
                yield "  links to persons held back", self.withheld
        yield "problems", len(self.problems)

    def as_json(self) -> dict[str, Any]:
        """The report as JSON: what `report.json` in a build holds."""
        return {
            "counts": {stage: self.counts[stage] for stage in STAGES},
            "claims by status": dict(sorted(self.statuses.items())),
            "claims by kind": dict(sorted(self.tables.items())),
            "links to persons held back": self.withheld,
            "skipped": self.skipped,
            "problems": [asdict(p) for p in self.problems],
        }
