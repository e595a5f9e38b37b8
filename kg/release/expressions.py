"""Class expressions and axioms in the words of the Manchester syntax."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.axioms import RDF, name_of
from kg.vocabulary import OWL, RDFS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

WORDS = {
    "someValuesFrom": "some",
    "allValuesFrom": "only",
    "hasValue": "value",
    "cardinality": "exactly",
    "minCardinality": "min",
    "maxCardinality": "max",
}
CHARACTERISTICS = ("Transitive", "Symmetric", "Asymmetric", "Irreflexive", "Functional", "InverseFunctional")
AXIOMS = {
    f"{RDFS}subClassOf": "subclass of",
    f"{RDFS}subPropertyOf": "sub-property of",
    f"{OWL}equivalentClass": "equivalent to",
    f"{OWL}inverseOf": "inverse of",
    f"{OWL}disjointWith": "disjoint with",
    f"{OWL}propertyDisjointWith": "disjoint with",
    f"{RDFS}domain": "domain",
    f"{RDFS}range": "range",
}


class Expressions:
    """The triples of an ontology, by subject."""

    def __init__(self, triples: Iterable[ox.Triple]) -> None:
        self.facts: dict[object, dict[str, list[object]]] = defaultdict(lambda: defaultdict(list))
        for triple in triples:
            self.facts[triple.subject][triple.predicate.value].append(triple.object)

    def text(self, node: object) -> str:
        """A class expression, or the name of a term."""
        if not isinstance(node, ox.BlankNode):
            return name_of(node)
        facts = self.facts[node]
        for name, word in (("intersectionOf", " and "), ("unionOf", " or ")):
            for head in facts.get(OWL + name, ()):
                return "(" + word.join(self.text(member) for member in self.members(head)) + ")"
        prop = next(iter(facts.get(f"{OWL}onProperty", ())), None)
        for name, word in WORDS.items():
            for value in facts.get(OWL + name, ()):
                return f"{name_of(prop)} {word} {self.text(value)}"
        return "an expression"

    def members(self, head: object) -> Iterator[object]:
        """The members of a list."""
        while isinstance(head, ox.BlankNode):
            yield from self.facts[head].get(f"{RDF}first", ())
            head = next(iter(self.facts[head].get(f"{RDF}rest", ())), None)

    def axioms(self, term: ox.NamedNode) -> list[str]:
        """The axioms that stand on a term."""
        facts = self.facts[term]
        found = [f"{word} {self.text(v)}" for p, word in AXIOMS.items() for v in facts.get(p, ())]
        chains = facts.get(f"{OWL}propertyChainAxiom", ())
        found += ["follows from " + " ∘ ".join(map(self.text, self.members(head))) for head in chains]
        kinds = {name_of(kind) for kind in facts.get(f"{RDF}type", ())}
        found += [name.lower() for name in CHARACTERISTICS if f"{name}Property" in kinds]
        return sorted(found)

    def general(self) -> list[str]:
        """Axioms that stand on no one term: general inclusions, what excludes each other."""
        found = []
        for subject, facts in self.facts.items():
            if isinstance(subject, ox.BlankNode):
                found += [
                    f"{self.text(subject)} subclass of {self.text(v)}"
                    for v in facts.get(f"{RDFS}subClassOf", ())
                ]
                for name, word in (
                    ("members", "exclude each other"),
                    ("distinctMembers", "are all different"),
                ):
                    for head in facts.get(OWL + name, ()):
                        found.append(", ".join(self.text(m) for m in self.members(head)) + f" {word}")
        return sorted(found)
