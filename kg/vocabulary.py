"""The ontology as Python sees it: terms with their labels and cues, states, gazetteer.

In: the Turtle files of `ontology/` (parsed by pyoxigraph, 10 times as fast as rdflib's
parser). Out: a frozen `Vocabulary`. Nothing here knows a term by name but the handful of
upper classes and annotation properties that give the lexicon its shape.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import OntologyError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

RG = "https://w3id.org/rightsgraph/ontology#"
"""Namespace of all our terms, whatever module they stand in."""
ID = "https://w3id.org/rightsgraph/id/"
"""Namespace of the data; a build can replace it by the publisher's own."""

RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
SKOS = "http://www.w3.org/2004/02/skos/core#"

PARTS_OF_ONTOLOGY = ("", "modules", "reference", "lexicon", "imports")
"""Folders of the ontology that hold Turtle files; the first is the folder itself."""


def ontology_folder() -> Path:
    """Where the ontology lies: beside the package in a checkout, inside it in a wheel."""
    inside = Path(str(resources.files("kg"))) / "ontology"
    return inside if inside.is_dir() else Path(__file__).resolve().parent.parent / "ontology"


def ontology_files(folder: Path) -> list[Path]:
    """The Turtle files that make up an ontology. Raises OntologyError where there is none."""
    files = sorted(
        p
        for part in ("", "modules", "reference", "lexicon", "imports")
        for p in (folder / part).glob("*.ttl")
        if p.name != "merged.ttl"
    )
    if not files:
        raise OntologyError("no Turtle file here", where=str(folder), mend="Is the checkout whole?")
    return files


@dataclass(frozen=True, slots=True)
class Term:
    """A class or individual with what text says of it, in one language."""

    iri: str
    id: str
    """The local name: what the fact tables write."""
    label: str
    parents: tuple[str, ...] = ()
    """IRIs of direct superclasses, or of the types of an individual."""
    definition: str = ""
    alternatives: tuple[str, ...] = ()
    """skos:altLabel and skos:hiddenLabel, longest first."""
    cues: tuple[str, ...] = ()
    """rg:cue: patterns over lemmas that say this term; see docs/lexicon.md."""
    counter_cues: tuple[str, ...] = ()
    """rg:counterCue: patterns in whose presence a cue doesn't count."""

    @property
    def names(self) -> tuple[str, ...]:
        """Label and alternatives, without doubles."""
        return tuple(dict.fromkeys((self.label, *self.alternatives)))


@dataclass(frozen=True, slots=True)
class State:
    """A state or territory with the ways in which text names it."""

    iri: str
    alpha2: str
    alpha3: str
    label: str
    names: tuple[str, ...]
    """Short, official and old names."""
    demonyms: tuple[str, ...] = ()
    capital: str | None = None


class Vocabulary:
    """Terms, hierarchy, states and gazetteer of one ontology, in one language.

    Raises OntologyError where a folder holds no ontology.
    """

    def __init__(self, folder: Path | None = None, language: str = "en") -> None:
        self.folder = folder or ontology_folder()
        self.language = language
        self._triples: dict[str, dict[str, list[ox.NamedNode | ox.Literal]]] = defaultdict(
            lambda: defaultdict(list)
        )
        self._required: dict[tuple[str, str], list[str]] = defaultdict(list)
        for path in ontology_files(self.folder):
            nameless: dict[str, dict[str, str]] = defaultdict(dict)
            classes: list[tuple[str, str]] = []
            try:
                for quad in ox.parse(path.read_bytes(), format=ox.RdfFormat.TURTLE):
                    about, predicate, said = quad.subject, quad.predicate.value, quad.object
                    if isinstance(about, ox.BlankNode) and isinstance(said, ox.NamedNode):
                        nameless[about.value][predicate] = said.value
                    elif isinstance(about, ox.NamedNode) and isinstance(said, ox.BlankNode):
                        classes.append((about.value, said.value))
                    elif isinstance(about, ox.NamedNode) and not isinstance(said, ox.BlankNode):
                        self._triples[about.value][predicate].append(said)
            except SyntaxError as error:
                raise OntologyError(str(error), where=str(path), mend="Open it in Protégé.") from error
            for iri, node in classes:
                facts = nameless[node]
                if OWL + "hasValue" in facts and OWL + "onProperty" in facts:
                    self._required[iri, facts[OWL + "onProperty"]].append(facts[OWL + "hasValue"])

    def values(self, iri: str, predicate: str) -> list[str]:
        """Values of a property: IRIs, and literals in this language or without one."""
        return [
            o.value
            for o in self._triples.get(iri, {}).get(predicate, ())
            if not isinstance(o, ox.Literal) or o.language in (None, self.language)
        ]

    def value(self, iri: str, predicate: str) -> str | None:
        """The first value of a property, or None."""
        return next(iter(self.values(iri, predicate)), None)

    def required(self, iri: str, predicate: str) -> list[str]:
        """What every member of a class has by its own axioms: the values of `predicate value X`."""
        return list(dict.fromkeys(self._required.get((iri, predicate), ())))

    @cached_property
    def children(self) -> Mapping[str, tuple[str, ...]]:
        """Direct subclasses of each class."""
        below: dict[str, list[str]] = defaultdict(list)
        for iri, facts in self._triples.items():
            for parent in facts.get(RDFS + "subClassOf", ()):
                below[parent.value].append(iri)
        return {k: tuple(sorted(v)) for k, v in below.items()}

    def below(self, ident: str) -> Iterator[str]:
        """IRIs of a class of ours, given by id, and of all classes below it."""
        todo, seen = [RG + ident], set()
        while todo:
            iri = todo.pop()
            if iri not in seen:
                seen.add(iri)
                yield iri
                todo += self.children.get(iri, ())

    @cached_property
    def by_type(self) -> Mapping[str, tuple[str, ...]]:
        """Individuals of each class, directly typed."""
        members: dict[str, list[str]] = defaultdict(list)
        for iri, facts in self._triples.items():
            for kind in facts.get(RDF_TYPE, ()):
                members[kind.value].append(iri)
        return {k: tuple(sorted(v)) for k, v in members.items()}

    @cache  # noqa: B019 - a vocabulary lives as long as the process
    def term(self, ident: str) -> Term:
        """A term by its id (local name) or IRI. Raises OntologyError for an unknown one."""
        iri = ident if ":" in ident else RG + ident
        if iri not in self._triples:
            raise OntologyError(f"no term {ident}", where=str(self.folder), mend="Look in ontology/modules.")
        others = {*self.values(iri, SKOS + "altLabel"), *self.values(iri, SKOS + "hiddenLabel")}
        return Term(
            iri=iri,
            id=iri.removeprefix(RG),
            label=self.value(iri, RDFS + "label") or iri.removeprefix(RG),
            parents=tuple(sorted({*self.values(iri, RDFS + "subClassOf"), *self.values(iri, RDF_TYPE)})),
            definition=self.value(iri, SKOS + "definition") or "",
            alternatives=tuple(sorted(others, key=lambda s: (-len(s), s))),
            cues=tuple(sorted(set(self.values(iri, RG + "cue")))),
            counter_cues=tuple(sorted(set(self.values(iri, RG + "counterCue")))),
        )

    def classes(self, ident: str) -> list[Term]:
        """The classes below a class of ours (itself left out), sorted by id."""
        return [self.term(i) for i in sorted(set(self.below(ident)) - {RG + ident}) if i.startswith(RG)]

    def individuals(self, ident: str) -> list[Term]:
        """The individuals of a class of ours or of a class below it, sorted by IRI."""
        return [self.term(i) for i in sorted({m for c in self.below(ident) for m in self.by_type.get(c, ())})]

    def notation(self, ident: str) -> str:
        """The id under which fact tables report a term: its skos:notation, else its own id."""
        iri = ident if ":" in ident else RG + ident
        return self.value(iri, SKOS + "notation") or iri.removeprefix(RG)

    @cached_property
    def violation_types(self) -> list[Term]:
        """Every class of violations, grouping classes included."""
        return self.classes("HarmfulAct")

    @cached_property
    def rights(self) -> list[Term]:
        """Every right."""
        return self.individuals("Right")

    @cached_property
    def mechanism_actions(self) -> list[Term]:
        """Every class of actions of mechanisms."""
        return self.classes("MechanismAction")

    @cached_property
    def states(self) -> list[State]:
        """States and territories of the reference data."""
        return [
            State(
                iri=t.iri,
                alpha2=self.value(t.iri, RG + "iso3166Alpha2") or "",
                alpha3=self.value(t.iri, RG + "iso3166Alpha3") or "",
                label=t.label,
                names=tuple(dict.fromkeys((*t.names, *self.values(t.iri, RG + "formerName")))),
                demonyms=tuple(sorted(self.values(t.iri, RG + "demonym"))),
                capital=self.value(t.iri, RG + "capitalName"),
            )
            for t in self.individuals("Country")
        ]


@lru_cache(maxsize=4)
def vocabulary(folder: Path | None = None, language: str = "en") -> Vocabulary:
    """The vocabulary of a folder, read once a process."""
    return Vocabulary(folder, language)
