"""HRDsAttack: labels of news articles, derived from a graph of them by SPARQL.

    .venv/bin/python tests/benchmarks/hrdsattack.py ARTICLES.json PREDICTIONS.json

ARTICLES.json holds objects with `id`, `title`, `published` and `html` (gold labels, where there
are any, aren't looked at). Every article becomes a document, all become one graph as
`rightsgraph build` makes it, and the queries beside this file ask it for candidates of each
label with a score, best first: what is told early, often and surely is what an article is
about. Ran et al., A New Task and Dataset on Detecting Attacks on Human Rights Defenders, 2023.
"""

from __future__ import annotations

import html
import json
import re
import sys
import tempfile
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from kg.pipeline import Options, build_in_memory  # noqa: E402 - the checkout, installed or not

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pyoxigraph as ox

QUERIES = Path(__file__).parent / "hrdsattack"
PARAGRAPH_END = re.compile(r"</(?:p|h\d|li|div|blockquote)>|<br\s*/?>", re.IGNORECASE)
TAG = re.compile(r"<[^>]*>")


BESIDE_MAIN = 0.25
"""A type counts that has this share of the score of the main one."""
SURE = 0.6
"""A month or day counts that has this share of the score of its year."""
MONTHS = [f"{date(2000, number, 1):%B}" for number in range(1, 13)]


class Candidate(NamedTuple):
    """A possible label of an article."""

    name: str
    score: float


def main(arguments: list[str]) -> int:
    """Articles in, predictions out."""
    if len(arguments) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    source, target = map(Path, arguments)
    articles = json.loads(source.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        paths = [_document(article, Path(folder)) for article in articles]
        twins = _twins(paths)
        store, _ = build_in_memory(sorted(set(twins.values())), Options(jobs=2))
    labels = candidates(store)
    predictions = [
        prediction(article, labels[twins[path].stem]) for article, path in zip(articles, paths, strict=True)
    ]
    target.write_text(json.dumps(predictions, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{len(predictions)} articles, {len(store)} quads, predictions in {target}")
    return 0


def _document(article: dict[str, Any], folder: Path) -> Path:
    """An article as the text that a reader sees: title, day of publication, paragraphs."""
    paragraphs = [html.unescape(TAG.sub(" ", part)) for part in PARAGRAPH_END.split(article["html"])]
    day = date.fromisoformat(article["published"][:10])
    lines = [article["title"], f"{day.day} {day:%B} {day.year}", *paragraphs]
    path = folder / f"{article['id']}.txt"
    text = "\n\n".join(" ".join(line.split()) for line in lines if line.strip())
    path.write_text(text + "\n", encoding="utf-8")
    return path


def _twins(paths: list[Path]) -> dict[Path, Path]:
    """Each document to the first with the same text: the graph takes a text once."""
    first: dict[str, Path] = {}
    return {path: first.setdefault(path.read_text(encoding="utf-8"), path) for path in paths}


def candidates(store: ox.Store) -> dict[str, dict[str, list[Candidate]]]:
    """Article -> query -> candidates, best first."""
    found: dict[str, dict[str, list[Candidate]]] = defaultdict(lambda: defaultdict(list))
    for path in sorted(QUERIES.glob("*.rq")):
        solutions: Iterable[Any] = store.query(
            path.read_text(encoding="utf-8"), use_default_graph_as_union=True
        )
        for solution in solutions:
            article = solution["article"].value.removesuffix(".txt")
            candidate = Candidate(solution["name"].value, float(solution["score"].value))
            found[article][path.stem].append(candidate)
    return found


def prediction(article: dict[str, Any], found: dict[str, list[Candidate]]) -> dict[str, Any]:
    """The labels of one article: the best candidates, where they are good enough."""
    types = found["types"]
    year = _best(found["year"]) or article["published"][:4]
    month = _sure([c for c in found["month"] if c.name.startswith(year)], found["year"], 7)
    day = _sure([c for c in found["day"] if c.name.startswith(month or year)], found["year"], 10)
    return {
        "id": article["id"],
        "perpetrator_mention": bool(types),
        "perpetrator_type": _best(found["perpetrator"]),
        "violation_types": [c.name for c in types if c.score >= BESIDE_MAIN * types[0].score],
        "victims": [
            {"name": c.name, "sex": "unknown", "age": "adult", "types": []} for c in found["victims"]
        ],
        "country": _best(found["country"]),
        "region": _best(found["region"]),
        "city": _best(found["city"]),
        "year": year,
        "month": MONTHS[int(month[5:7]) - 1] if month else None,
        "day": str(int(day[8:10])) if day else None,
    }


def _best(found: list[Candidate]) -> str | None:
    """The first candidate, if there is any."""
    return found[0].name if found else None


def _sure(found: list[Candidate], years: list[Candidate], length: int) -> str | None:
    """The best date of a length that holds enough of what is said of its year."""
    told = [c for c in found if len(c.name) == length]
    whole = next((y.score for y in years if told and told[0].name.startswith(y.name)), 0.0)
    return told[0].name if told and told[0].score >= SURE * whole else None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
