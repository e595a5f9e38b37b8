"""From the ontology to the inferred graph: compile the rules, run them to the fixpoint.

In: an ontology folder; a store of named graphs. Out: triples in one graph of their own, so
that what is inferred never mixes with what is stated. Axioms become rules in `kg.axioms`;
what OWL can't say (dates, for example) stands in `ontology/rules/*.rq`, one CONSTRUCT a file.

A rule runs again only when something that its body asks for was added; the work is done on a
copy in memory that holds the asked-for predicates alone. That the result equals owlrl's is a
test. A rule may ask in NOT EXISTS for what is stated, never for what is inferred.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

import pyoxigraph as ox
from rdflib.plugins.sparql import prepareQuery
from rdflib.term import Literal, URIRef, Variable

from kg.axioms import TYPE, Pattern, Rule, Term, axiom_rules
from kg.errors import OntologyError
from kg.vocabulary import PARTS_OF_ONTOLOGY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from rdflib.plugins.sparql.parserutils import CompValue
    from rdflib.term import Node

__all__ = ["Pattern", "Rule", "compile_rules", "infer"]

LEFT_TO_REASONERS = frozenset({"restrictions.ttl"})
"""Modules whose axioms add nothing to a store: existentials and cardinalities."""
SUMMARY = re.compile(r"^#\+\s*summary:\s*(.+)$", re.MULTILINE)
BODY = re.compile(r"\bWHERE\s*\{(?P<body>.*)\}\s*\Z", re.DOTALL | re.IGNORECASE)
PREFIX = re.compile(r"^\s*PREFIX\s+(\w*):\s*<([^>]*)>", re.MULTILINE | re.IGNORECASE)

Key = tuple[ox.NamedNode, Term | None]
"""What a pattern asks for: a predicate, and for types the class."""


def compile_rules(folder: Path) -> tuple[Rule, ...]:
    """The rules of an ontology folder, in a fixed order.

    Raises OntologyError for an axiom of a form that no rule covers.
    """
    files: dict[str, list[ox.Quad]] = {}
    for part in PARTS_OF_ONTOLOGY:
        for path in sorted((folder / part).glob("*.ttl")):
            if path.name not in LEFT_TO_REASONERS:
                files[str(path)] = _triples(path)
    if not files:
        raise OntologyError("no Turtle file here", where=str(folder), mend="Is the checkout whole?")
    written = [rule for path in sorted((folder / "rules").glob("*.rq")) for rule in _query_rules(path)]
    return axiom_rules(files) + tuple(written)


def _triples(path: Path) -> list[ox.Quad]:
    try:
        return list(ox.parse(path.read_bytes(), format=ox.RdfFormat.TURTLE))
    except SyntaxError as error:
        raise OntologyError(str(error), where=str(path), mend="Open it in Protégé.") from error


# ---------------------------------------------------------------------- rules written as queries


def _query_rules(path: Path) -> Iterator[Rule]:
    """The rules of a CONSTRUCT query, one a triple of its template."""
    text = path.read_text(encoding="utf-8")
    summary, body = SUMMARY.search(text), BODY.search(text)
    if not summary or not body:
        raise OntologyError("a rule needs '#+ summary:' and WHERE { ... }", where=str(path))
    algebra = prepareQuery(text).algebra
    patterns = tuple(_pattern(t) for t in _triple_patterns(algebra.p))
    where = _expand(body["body"], dict(PREFIX.findall(text)))
    for triple in algebra.template:
        yield Rule(summary[1].strip(), _pattern(triple), patterns, where, str(path))


def _triple_patterns(part: CompValue) -> Iterator[tuple[Node, Node, Node]]:
    """The triples that must hold: those within FILTER (NOT EXISTS too) and OPTIONAL are none."""
    if part.name == "BGP":
        yield from part.triples
    elif part.name in ("Filter", "Extend", "Project", "Distinct", "ToMultiSet"):
        yield from _triple_patterns(part.p)
    elif part.name == "Join":
        yield from _triple_patterns(part.p1)
        yield from _triple_patterns(part.p2)
    elif part.name == "LeftJoin":
        yield from _triple_patterns(part.p1)
    elif part.name != "values":
        raise OntologyError(f"a rule can't hold {part.name}", mend="Write it as two rules.")


def _pattern(triple: tuple[Node, Node, Node]) -> Pattern:
    subject, predicate, value = map(_term, triple)
    if not isinstance(predicate, ox.NamedNode):
        raise OntologyError(f"a rule needs a property here: {predicate}", mend="Name the property.")
    return Pattern(subject, predicate, value)


def _term(node: Node) -> Term:
    if isinstance(node, Variable):
        return ox.Variable(str(node))
    if isinstance(node, URIRef):
        return ox.NamedNode(str(node))
    if isinstance(node, Literal):
        datatype = ox.NamedNode(str(node.datatype)) if node.datatype else None
        return ox.Literal(str(node), language=node.language, datatype=datatype)
    raise OntologyError(f"a rule can't hold {node!r}", mend="Use variables, IRIs and literals.")


def _expand(body: str, prefixes: dict[str, str]) -> str:
    """The body with prefixed names written out, so that it stands alone."""
    names = "|".join(map(re.escape, prefixes))
    return re.sub(rf"(?<![\w<?])({names}):([\w-]+)", lambda m: f"<{prefixes[m[1]]}{m[2]}>", body).strip()


# ---------------------------------------------------------------------- the fixpoint


def infer(store: ox.Store, rules: Iterable[Rule], inferred_graph: str | ox.NamedNode) -> int:
    """Add to one graph all that follows from the union of all; return how many triples were new."""
    rules = tuple(rules)
    target = ox.NamedNode(inferred_graph) if isinstance(inferred_graph, str) else inferred_graph
    work = _asked_for(store, rules)
    watchers: dict[Key, set[int]] = defaultdict(set)
    for number, rule in enumerate(rules):
        for pattern in rule.body:
            watchers[_key(pattern)].add(number)
    new = 0
    waiting = set(range(len(rules)))
    while waiting:
        for number in sorted(waiting):
            waiting.discard(number)
            drawn = _drawn(work, rules[number])
            if drawn:
                work.extend(ox.Quad(t.subject, t.predicate, t.object) for t in drawn)
                store.extend(ox.Quad(t.subject, t.predicate, t.object, target) for t in drawn)
                new += len(drawn)
                head = rules[number].head
                waiting |= watchers[_key(head)] | watchers[head.predicate, None]
    return new


def _drawn(work: ox.Store, rule: Rule) -> set[ox.Triple]:
    """The new triples that a rule draws (asking for the size of a store would count all of it)."""
    text = f"CONSTRUCT {{ {rule.head} }} WHERE {{ {rule.sparql} FILTER NOT EXISTS {{ {rule.head} }} }}"
    found = work.query(text)
    return set(found) if isinstance(found, ox.QueryTriples) else set()


def _key(pattern: Pattern) -> Key:
    named = pattern.predicate == TYPE and isinstance(pattern.object, ox.NamedNode)
    return pattern.predicate, pattern.object if named else None


def _asked_for(store: ox.Store, rules: tuple[Rule, ...]) -> ox.Store:
    """A store in memory with the triples of all graphs that a rule may ask for or add."""
    predicates = {p.predicate for rule in rules for p in (*rule.body, rule.head)}
    predicates |= {ox.NamedNode(iri) for rule in rules for iri in re.findall(r"<([^>]*)>", rule.where)}
    work = ox.Store()
    for predicate in sorted(predicates, key=str):
        work.extend(
            ox.Quad(q.subject, q.predicate, q.object) for q in store.quads_for_pattern(None, predicate, None)
        )
    return work
