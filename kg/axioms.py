"""OWL axioms -> SPARQL rules: what follows from the ontology, as patterns over triples.

In: the triples of an ontology (pyoxigraph). Out: `Rule`s, sorted and without doubles. Each
axiom form of OWL 2 RL that tells something of individuals becomes one rule or more; forms
that only forbid (disjointness, asymmetry ...) tell nothing new and are left to the reasoner and
the checks. Any other form raises: an axiom that was skipped in silence would let Protégé and
the store drift apart.

| form | rule |
| --- | --- |
| left of a subclass axiom | class, intersection, union, some, value become patterns on `?x` |
| right of it | class, value, intersection become what is added |
| equivalent classes | both directions |
| domain, range | the type of the subject, of the object |
| sub-property, inverse, symmetric, transitive, chain | the triple that follows |
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TypeGuard

import pyoxigraph as ox

from kg.errors import OntologyError
from kg.vocabulary import OWL, RDF_TYPE, RDFS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

Node = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
"""What stands in a triple."""
Term = ox.NamedNode | ox.Literal | ox.Variable
"""What stands in a pattern."""

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XSD = "http://www.w3.org/2001/XMLSchema#"
TYPE = ox.NamedNode(RDF_TYPE)
SUBJECT, OBJECT = ox.Variable("x"), ox.Variable("y")

PROPERTY_KINDS = ("ObjectProperty", "DatatypeProperty")
DECLARATIONS = frozenset(
    f"{OWL}{name}"
    for names in (
        ("Ontology", "Class", "NamedIndividual", "AnnotationProperty", "Restriction", "Axiom"),
        ("AllDisjointClasses", "AllDifferent", "AllDisjointProperties"),
        ("IrreflexiveProperty", "AsymmetricProperty", "TransitiveProperty", "SymmetricProperty"),
        PROPERTY_KINDS,
    )
    for name in names
)
"""Types of OWL that are understood: told by rules, or left since they only forbid or declare."""
LEFT = frozenset(
    f"{OWL}{name}"
    for names in (
        ("imports", "versionIRI", "versionInfo", "priorVersion", "deprecated"),
        ("backwardCompatibleWith", "incompatibleWith"),
        ("disjointWith", "propertyDisjointWith", "differentFrom", "members", "distinctMembers"),
        ("annotatedSource", "annotatedProperty", "annotatedTarget"),
    )
    for name in names
)
"""Predicates of OWL that forbid, describe or annotate."""
PARTS = frozenset(
    f"{OWL}{name}" for name in ("onProperty", "someValuesFrom", "hasValue", "intersectionOf", "unionOf")
)
"""Predicates that stand inside a class expression, where `_Axioms` reads them."""
NEEDS_MEND = "Only axioms of OWL 2 RL infer; move this one to modules/restrictions.ttl."


class Pattern(NamedTuple):
    """A triple with variables."""

    subject: Term
    predicate: ox.NamedNode
    object: Term

    def __str__(self) -> str:
        return " ".join(str(t) for t in self)


@dataclass(frozen=True)
class Rule:
    """Where the body holds, the head is true as well."""

    name: str
    """Stands for the axiom, in words: `ArbitraryDetention ⊑ violates value RightToLiberty`."""
    head: Pattern
    body: tuple[Pattern, ...]
    where: str = ""
    """The whole body in SPARQL, where it is more than the patterns (filters, for example)."""
    source: str = ""
    """The file that holds the axiom."""

    @property
    def sparql(self) -> str:
        """The body in SPARQL."""
        return self.where or " . ".join(map(str, self.body))


class _Axioms:
    """The triples of one file, read as axioms."""

    def __init__(self, triples: Iterable[ox.Quad], kinds: Mapping[str, set[str]], source: str) -> None:
        self.kinds, self.source = kinds, source
        self.facts: dict[Node, dict[str, list[Node]]] = defaultdict(lambda: defaultdict(list))
        for triple in triples:
            self.facts[triple.subject][triple.predicate.value].append(triple.object)
        self.fresh = 0

    def rules(self) -> Iterator[Rule]:
        """The rules of every axiom. Raises OntologyError for a form that has none."""
        readers = {
            RDFS + "subClassOf": self._sub_class,
            OWL + "equivalentClass": self._equivalent_class,
            RDFS + "domain": self._domain,
            RDFS + "range": self._range,
            RDFS + "subPropertyOf": self._sub_property,
            OWL + "equivalentProperty": self._equivalent_property,
            OWL + "inverseOf": self._inverse,
            OWL + "propertyChainAxiom": self._chain,
        }
        for subject, facts in self.facts.items():
            for predicate, values in facts.items():
                for value in values:
                    if predicate in readers:
                        yield from readers[predicate](subject, value)
                    elif predicate == RDF_TYPE:
                        yield from self._declaration(subject, value)
                    elif predicate.startswith(OWL) and predicate not in LEFT | PARTS:
                        raise self._unknown(predicate, subject)

    def _unknown(self, what: object, where: object) -> OntologyError:
        return OntologyError(
            f"no rule for {name_of(what)} at {name_of(where)}", where=self.source, mend=NEEDS_MEND
        )

    def _rule(self, name: str, head: Pattern, *body: Pattern, where: str = "") -> Rule:
        return Rule(name, head, body, where, self.source)

    # ------------------------------------------------------------------ class axioms

    def _sub_class(self, left: Node, right: Node) -> Iterator[Rule]:
        self.fresh = 0
        for body in self._body(left, SUBJECT):
            for head in self._head(right):
                yield self._rule(f"{self._text(left)} ⊑ {self._text(right)}", head, *body)

    def _equivalent_class(self, one: Node, other: Node) -> Iterator[Rule]:
        yield from self._sub_class(one, other)
        yield from self._sub_class(other, one)

    def _body(self, expression: Node, node: ox.Variable) -> Iterator[tuple[Pattern, ...]]:
        """The alternatives of a class expression on the left, each a join of patterns."""
        if isinstance(expression, ox.NamedNode):
            yield () if expression.value == OWL + "Thing" else (Pattern(node, TYPE, expression),)
            return
        facts = self.facts[expression] if isinstance(expression, ox.BlankNode) else {}
        if parts := facts.get(OWL + "unionOf"):
            for part in self._list(parts[0]):
                yield from self._body(part, node)
        elif parts := facts.get(OWL + "intersectionOf"):
            joined: list[tuple[Pattern, ...]] = [()]
            for part in self._list(parts[0]):
                joined = [left + right for right in list(self._body(part, node)) for left in joined]
            yield from joined
        elif OWL + "someValuesFrom" in facts:
            self.fresh += 1
            value = ox.Variable(f"y{self.fresh}")
            for rest in self._body(facts[OWL + "someValuesFrom"][0], value):
                yield (Pattern(node, self._property(facts), value), *rest)
        elif OWL + "hasValue" in facts:
            yield (Pattern(node, self._property(facts), _ground(facts[OWL + "hasValue"][0])),)
        else:
            raise self._unknown("this expression on the left", self._text(expression))

    def _head(self, expression: Node) -> Iterator[Pattern]:
        """What a class expression on the right says of `?x`."""
        if isinstance(expression, ox.NamedNode):
            if expression.value == OWL + "Nothing":
                return
            if expression.value != OWL + "Thing":
                yield Pattern(SUBJECT, TYPE, expression)
            return
        facts = self.facts[expression] if isinstance(expression, ox.BlankNode) else {}
        if parts := facts.get(OWL + "intersectionOf"):
            for part in self._list(parts[0]):
                yield from self._head(part)
        elif OWL + "hasValue" in facts:
            yield Pattern(SUBJECT, self._property(facts), _ground(facts[OWL + "hasValue"][0]))
        else:
            raise self._unknown("this expression on the right", self._text(expression))

    def _property(self, facts: Mapping[str, list[Node]]) -> ox.NamedNode:
        return self._named(facts[OWL + "onProperty"][0], "an inverse within an expression")

    def _named(self, term: Node, otherwise: str) -> ox.NamedNode:
        if not isinstance(term, ox.NamedNode):
            raise self._unknown(otherwise, term)
        return term

    def _list(self, head: Node) -> Iterator[Node]:
        while isinstance(head, ox.BlankNode):
            yield self.facts[head][RDF + "first"][0]
            head = self.facts[head][RDF + "rest"][0]

    # ------------------------------------------------------------------ property axioms

    def _infers(self, prop: Node) -> TypeGuard[ox.NamedNode]:
        """Annotation properties have axioms without meaning for a reasoner."""
        return isinstance(prop, ox.NamedNode) and bool(self.kinds[prop.value] & set(PROPERTY_KINDS))

    def _domain(self, prop: Node, kind: Node) -> Iterator[Rule]:
        if self._infers(prop):
            for head in self._head(kind):
                name = f"domain of {name_of(prop)} is {self._text(kind)}"
                yield self._rule(name, head, Pattern(SUBJECT, prop, OBJECT))

    def _range(self, prop: Node, kind: Node) -> Iterator[Rule]:
        if not self._infers(prop):
            return
        if "DatatypeProperty" in self.kinds[prop.value]:
            self._named(kind, "a data range")
            return
        for head in self._head(kind):
            told = Pattern(SUBJECT, prop, OBJECT)
            typed = Pattern(OBJECT, head.predicate, head.object)
            name = f"range of {name_of(prop)} is {self._text(kind)}"
            yield self._rule(name, typed, told, where=f"{told} FILTER(isIRI(?y))")

    def _sub_property(self, lower: Node, upper: Node) -> Iterator[Rule]:
        if self._infers(lower) and self._infers(upper):
            name = f"{name_of(lower)} ⊑ {name_of(upper)}"
            yield self._rule(name, Pattern(SUBJECT, upper, OBJECT), Pattern(SUBJECT, lower, OBJECT))

    def _equivalent_property(self, one: Node, other: Node) -> Iterator[Rule]:
        yield from self._sub_property(one, other)
        yield from self._sub_property(other, one)

    def _inverse(self, one: Node, other: Node) -> Iterator[Rule]:
        first, second = (self._named(p, "an anonymous inverse") for p in (one, other))
        for a, b in ((first, second), (second, first)):
            name = f"{name_of(a)} is the inverse of {name_of(b)}"
            yield self._rule(name, Pattern(SUBJECT, a, OBJECT), Pattern(OBJECT, b, SUBJECT))

    def _chain(self, prop: Node, members: Node) -> Iterator[Rule]:
        implied = self._named(prop, "a chain")
        chain = [self._named(link, "an anonymous property in a chain") for link in self._list(members)]
        nodes = [SUBJECT, *(ox.Variable(f"y{n}") for n in range(1, len(chain))), OBJECT]
        body = [Pattern(a, link, b) for a, link, b in zip(nodes, chain, nodes[1:], strict=False)]
        name = f"{' ∘ '.join(map(name_of, chain))} ⊑ {name_of(implied)}"
        yield self._rule(name, Pattern(SUBJECT, implied, OBJECT), *body)

    def _declaration(self, subject: Node, kind: Node) -> Iterator[Rule]:
        if not isinstance(kind, ox.NamedNode) or not kind.value.startswith(OWL):
            return
        if kind.value not in DECLARATIONS:
            raise self._unknown(kind, subject)
        if kind.value == OWL + "TransitiveProperty":
            prop, middle = self._named(subject, "an anonymous property"), ox.Variable("y1")
            body = Pattern(SUBJECT, prop, middle), Pattern(middle, prop, OBJECT)
            yield self._rule(f"{name_of(prop)} is transitive", Pattern(SUBJECT, prop, OBJECT), *body)
        elif kind.value == OWL + "SymmetricProperty":
            prop = self._named(subject, "an anonymous property")
            head, turned = Pattern(SUBJECT, prop, OBJECT), Pattern(OBJECT, prop, SUBJECT)
            yield self._rule(f"{name_of(prop)} is symmetric", head, turned)

    def _text(self, expression: Node) -> str:
        """A class expression as Protégé writes it."""
        if not isinstance(expression, ox.BlankNode):
            return name_of(expression)
        facts = self.facts[expression]
        for key, word in (("intersectionOf", " and "), ("unionOf", " or ")):
            if parts := facts.get(OWL + key):
                return f"({word.join(self._text(p) for p in self._list(parts[0]))})"
        prop = name_of(facts[OWL + "onProperty"][0]) if OWL + "onProperty" in facts else "?"
        for key, word in (("someValuesFrom", "some"), ("hasValue", "value")):
            if value := facts.get(OWL + key):
                return f"{prop} {word} {self._text(value[0])}"
        return f"{prop} ?"


def _ground(term: Node) -> ox.NamedNode | ox.Literal:
    if not isinstance(term, ox.NamedNode | ox.Literal):
        raise OntologyError("an anonymous individual as value", where=str(term), mend="Give it an IRI.")
    return term


def name_of(term: object) -> str:
    """The local name of a term, or the text of anything else."""
    if isinstance(term, ox.NamedNode):
        return term.value.rpartition("#")[2].rpartition("/")[2]
    return term.value if isinstance(term, ox.Literal) else str(term)


def axiom_rules(files: Mapping[str, list[ox.Quad]]) -> tuple[Rule, ...]:
    """The rules of the axioms in some files (name to triples), sorted, each once."""
    kinds: dict[str, set[str]] = defaultdict(set)
    for triples in files.values():
        for triple in triples:
            subject, kind = triple.subject, triple.object
            if (
                triple.predicate == TYPE
                and isinstance(subject, ox.NamedNode)
                and isinstance(kind, ox.NamedNode)
            ):
                kinds[subject.value].add(kind.value.removeprefix(OWL))
    found: dict[tuple[Pattern, tuple[Pattern, ...]], Rule] = {}
    for source in sorted(files):
        for rule in _Axioms(files[source], kinds, source).rules():
            if rule.head not in rule.body:
                found.setdefault((rule.head, rule.body), rule)
    return tuple(sorted(found.values(), key=lambda r: (r.name, str(r.head), r.source)))
