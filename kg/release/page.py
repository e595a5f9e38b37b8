"""The documentation of the ontology as one HTML page: hierarchy, labels, axioms, examples, anchors.

In: the merged triples. Out: HTML that needs no script and nothing from elsewhere. Each own
term of the ontology's namespace has an anchor with its local name, so that `#Torture` leads to it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from kg.axioms import name_of
from kg.release.expressions import WORDS, Expressions
from kg.release.figures import LANGUAGES, figures
from kg.release.mappings import Mapping, mappings
from kg.release.merging import header
from kg.vocabulary import OWL, RDF_TYPE, RDFS, RG, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

SECTIONS = {
    "Class": "Classes",
    "ObjectProperty": "Object properties",
    "DatatypeProperty": "Data properties",
    "AnnotationProperty": "Annotation properties",
    "NamedIndividual": "Rights, ratings, statuses and other individuals of the ontology",
}
LINKS = {
    f"{RG}broaderRight": "broader right",
    f"{RG}guaranteedBy": "guaranteed by",
    f"{RG}proclaimedBy": "proclaimed by",
    f"{RG}typicalVictim": "typical victims",
    f"{RG}typicalPerpetrator": "typical perpetrators",
}
ALSO = (f"{SKOS}altLabel", f"{RDFS}label")
EXAMPLE = "example.ttl"


@dataclass(frozen=True)
class Entry:
    """A term as the page shows it."""

    name: str
    iri: str
    kinds: tuple[str, ...]
    labels: tuple[tuple[str, str], ...]
    other_names: tuple[tuple[str, str], ...]
    definition: str
    notes: tuple[str, ...]
    source: str
    axioms: tuple[str, ...]
    links: tuple[tuple[str, tuple[str, ...]], ...]
    mapped: tuple[Mapping, ...]
    awaiting: tuple[str, ...]
    deprecated: bool


@dataclass(frozen=True)
class Branch:
    """A class in the tree, with those below it."""

    name: str
    label: str
    below: tuple[Branch, ...]


def page(triples: list[ox.Triple], folder: Path) -> str:
    """The page of an ontology."""
    expressions = Expressions(triples)
    mapped: dict[str, list[Mapping]] = defaultdict(list)
    for mapping in mappings(folder):
        mapped[mapping.subject].append(mapping)
    entries = {kind: _entries(expressions, kind, mapped) for kind in SECTIONS}
    anchors = {entry.name for those in entries.values() for entry in those} - set(WORDS.values())
    environment = Environment(
        loader=PackageLoader("kg.release", ""),
        autoescape=select_autoescape(),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["linked"] = lambda text: _linked(text, anchors)
    held = Counter(name_of(t.object) for t in triples if t.predicate.value == RDF_TYPE and _ours(t.object))
    source, _, _ = (
        environment.loader.get_source(environment, EXAMPLE) if environment.loader else ("", "", None)
    )
    return environment.get_template("page.html").render(
        header=header(triples),
        figures=figures(folder),
        branches=_tree(expressions),
        sections=[(title, entries[kind]) for kind, title in SECTIONS.items()],
        general=expressions.general(),
        held=sorted(held.items()),
        example=source,
        languages=LANGUAGES,
    )


def _linked(text: str, anchors: set[str]) -> Markup:
    """A text in which every name of a term leads to it."""
    parts = re.split(r"(\w+)", text)
    return Markup("").join(
        Markup('<a href="#{}">{}</a>').format(part, part) if part in anchors else part for part in parts
    )


def _ours(term: object) -> bool:
    return isinstance(term, ox.NamedNode) and term.value.startswith(RG)


def _entries(expressions: Expressions, kind: str, mapped: dict[str, list[Mapping]]) -> list[Entry]:
    """The terms of a kind; an individual is what is of no other kind, declared as one or not."""
    kinds = {ox.NamedNode(OWL + other) for other in SECTIONS if other != "NamedIndividual"}
    terms = []
    for term, facts in expressions.facts.items():
        if isinstance(term, ox.NamedNode) and _ours(term) and facts.get(RDF_TYPE):
            of_these = kinds.intersection(facts[RDF_TYPE])
            if ox.NamedNode(OWL + kind) in of_these or (kind == "NamedIndividual" and not of_these):
                terms.append(term)
    return [_entry(expressions, term, mapped.get(term.value, [])) for term in sorted(terms, key=str)]


def _entry(expressions: Expressions, term: ox.NamedNode, mapped: list[Mapping]) -> Entry:
    facts = expressions.facts[term]

    def words(predicate: str) -> tuple[tuple[str, str], ...]:
        found = [v for v in facts.get(predicate, ()) if isinstance(v, ox.Literal)]
        order = list(LANGUAGES)
        told = [(v.language or "", v.value) for v in found]
        return tuple(sorted(told, key=lambda t: (order.index(t[0]) if t[0] in order else len(order), t)))

    links = {
        word: tuple(sorted(_shown(expressions, v) for v in facts.get(iri, ()))) for iri, word in LINKS.items()
    }
    return Entry(
        name=name_of(term),
        iri=term.value,
        kinds=tuple(sorted(name_of(k) for k in facts.get(RDF_TYPE, ()) if _ours(k))),
        labels=words(f"{RDFS}label"),
        other_names=words(f"{SKOS}altLabel"),
        definition=" ".join(text for _, text in words(f"{SKOS}definition")),
        notes=tuple(text for _, text in (*words(f"{SKOS}scopeNote"), *words(f"{SKOS}example"))),
        source="; ".join(name_of(v) for v in facts.get("http://purl.org/dc/terms/source", ())),
        axioms=tuple(expressions.axioms(term)),
        links=tuple((word, names) for word, names in links.items() if names),
        mapped=tuple(sorted(mapped)),
        awaiting=tuple(text for _, text in words(f"{RG}translationAwaitingReview")),
        deprecated=bool(facts.get(f"{OWL}deprecated")),
    )


def _shown(expressions: Expressions, term: object) -> str:
    """The name of a term that the page shows; of one that it doesn't, a short name or label."""
    facts = expressions.facts.get(term, {}) if isinstance(term, ox.NamedNode) and not _ours(term) else {}
    return next((s for p in ALSO if (s := _english(facts.get(p, ())))), name_of(term))


def _tree(expressions: Expressions) -> tuple[Branch, ...]:
    """The classes under their superclasses; one that has several stands under each."""
    below: dict[str, set[str]] = defaultdict(set)
    labels: dict[str, str] = {}
    for term, facts in expressions.facts.items():
        if (
            isinstance(term, ox.NamedNode)
            and _ours(term)
            and ox.NamedNode(f"{OWL}Class") in facts.get(RDF_TYPE, ())
        ):
            labels[term.value] = _english(facts.get(f"{RDFS}label", ())) or name_of(term)
            above = [
                v.value
                for v in facts.get(f"{RDFS}subClassOf", ())
                if isinstance(v, ox.NamedNode) and _ours(v)
            ]
            for upper in above or [""]:
                below[upper].add(term.value)

    def branches(upper: str) -> tuple[Branch, ...]:
        lower = sorted(below.get(upper, ()), key=lambda iri: (labels[iri], iri))
        return tuple(Branch(name_of(ox.NamedNode(iri)), labels[iri], branches(iri)) for iri in lower)

    return branches("")


def _english(values: Iterable[object]) -> str:
    return next((v.value for v in values if isinstance(v, ox.Literal) and v.language == "en"), "")
