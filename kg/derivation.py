"""Why an inferred triple holds: the rules and premises that lead to it, from what is stated.

In: a store, a triple, the rules. Out: steps in the order of the argument, the conclusion last,
so that a page can show each of them and end at the sentences of the documents.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import NotFoundError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.axioms import Node, Pattern, Rule

    Bindings = dict[ox.Variable, Node]


@dataclass(frozen=True)
class Step:
    """A triple and why it holds: some graphs state it, or a rule draws it from premises."""

    triple: ox.Triple
    rule: Rule | None = None
    premises: tuple[ox.Triple, ...] = ()
    graphs: tuple[str, ...] = ()
    """IRIs of the graphs that state it; empty where it is inferred."""


def derivation(
    store: ox.Store, triple: ox.Triple, rules: Iterable[Rule], inferred_graph: str
) -> tuple[Step, ...]:
    """The steps from stated triples to this one. Raises NotFoundError where it doesn't follow."""
    by_predicate: dict[ox.NamedNode, list[Rule]] = {}
    for rule in rules:
        by_predicate.setdefault(rule.head.predicate, []).append(rule)
    proof = _Search(store, by_predicate, inferred_graph).prove(triple, frozenset())
    if proof is None:
        raise NotFoundError("no graph states this and no rule infers it", where=str(triple))
    return tuple({step.triple: step for step in proof}.values())


class _Search:
    def __init__(self, store: ox.Store, rules: dict[ox.NamedNode, list[Rule]], inferred: str) -> None:
        self.store, self.rules, self.inferred = store, rules, inferred

    def prove(self, triple: ox.Triple, above: frozenset[ox.Triple]) -> list[Step] | None:
        """The steps that lead to a triple without using those that it is to prove."""
        quads = self.store.quads_for_pattern(triple.subject, triple.predicate, triple.object, None)
        graphs = sorted(q.graph_name.value for q in quads if isinstance(q.graph_name, ox.NamedNode))
        if stated := tuple(g for g in graphs if g != self.inferred):
            return [Step(triple, graphs=stated)]
        above |= {triple}
        for rule in self.rules.get(triple.predicate, ()):
            for premises in self._premises(rule, triple):
                if above.isdisjoint(premises):
                    steps = self._prove_all(premises, above)
                    if steps is not None:
                        return [*steps, Step(triple, rule, premises)]
        return None

    def _prove_all(self, premises: tuple[ox.Triple, ...], above: frozenset[ox.Triple]) -> list[Step] | None:
        steps: list[Step] = []
        for premise in premises:
            proof = self.prove(premise, above)
            if proof is None:
                return None
            steps += proof
        return steps

    def _premises(self, rule: Rule, triple: ox.Triple) -> Iterator[tuple[ox.Triple, ...]]:
        """What a rule would draw the triple from, each possibility, in a fixed order."""
        bound = _unify(rule.head, triple)
        if bound is None:
            return
        query = f"SELECT DISTINCT * WHERE {{ {rule.sparql} }}"
        solutions = self.store.query(query, substitutions=bound, use_default_graph_as_union=True)
        if not isinstance(solutions, ox.QuerySolutions):
            return
        found = set()
        for solution in solutions:
            values = {v: solution[v.value] for v in solutions.variables if solution[v.value] is not None}
            found.add(tuple(_fill(p, bound | values) for p in rule.body))
        yield from sorted(found, key=str)


def _unify(head: Pattern, triple: ox.Triple) -> Bindings | None:
    bound: Bindings = {}
    for wanted, given in zip(head, triple, strict=True):
        if isinstance(wanted, ox.Variable):
            if bound.setdefault(wanted, given) != given:
                return None
        elif wanted != given:
            return None
    return bound


def _fill(pattern: Pattern, values: Bindings) -> ox.Triple:
    subject = values[pattern.subject] if isinstance(pattern.subject, ox.Variable) else pattern.subject
    value = values[pattern.object] if isinstance(pattern.object, ox.Variable) else pattern.object
    if isinstance(subject, ox.Literal):
        raise TypeError(f"a literal can't be a subject: {subject}")
    return ox.Triple(subject, pattern.predicate, value)
