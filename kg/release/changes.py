"""What changed from one release of the ontology to the next, in words and in Markdown."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from kg.axioms import name_of
from kg.release.expressions import AXIOMS, Expressions
from kg.vocabulary import ID, OWL, RDF_TYPE, RDFS, RG, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

KINDS = ("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty", "NamedIndividual")
TOLD_AS_AXIOMS = frozenset(AXIOMS) | {f"{OWL}propertyChainAxiom"}
WORDS = {
    f"{RDFS}label": "label",
    f"{SKOS}altLabel": "other name",
    f"{SKOS}hiddenLabel": "hidden name",
    f"{SKOS}definition": "definition",
    f"{RG}cue": "cue",
    f"{RG}counterCue": "counter-cue",
    RDF_TYPE: "type",
}


class Told(NamedTuple):
    """What an ontology says of each of its own terms."""

    kinds: dict[str, str]
    statements: dict[str, set[str]]
    deprecated: set[str]


def changes(before: Iterable[ox.Triple] | None, after: Iterable[ox.Triple], header: dict[str, str]) -> str:
    """The page of changes; `header` is that of the new release."""
    lines = [f"# Changes in {header.get('versionInfo', 'this release')}", ""]
    new = _told(after)
    if before is None:
        counts = {kind: sum(k == kind for k in new.kinds.values()) for kind in KINDS}
        told = ", ".join(f"{count:,} {_plural(kind)}" for kind, count in counts.items())
        return "\n".join([*lines, f"There is no release before this one. It holds {told}.", ""])
    found = list(_changes(_told(before), new))
    return "\n".join([*lines, *(found or ["Nothing changed."]), ""])


def _changes(old: Told, new: Told) -> Iterator[str]:
    added, gone = new.kinds.keys() - old.kinds.keys(), old.kinds.keys() - new.kinds.keys()
    for title, terms, kinds in (("Added", added, new.kinds), ("Removed", gone, old.kinds)):
        for kind in KINDS:
            those = sorted(_short(t) for t in terms if kinds[t] == kind)
            if those:
                yield f"- {title}: {len(those)} {_plural(kind)}: {', '.join(those)}"
    for term in sorted(new.deprecated - old.deprecated):
        yield f"- Deprecated: {_short(term)}"
    for term in sorted(old.kinds.keys() & new.kinds.keys()):
        more = sorted(new.statements[term] - old.statements[term])
        less = sorted(old.statements[term] - new.statements[term])
        if more or less:
            yield f"- Changed: {_short(term)}"
            yield from (f"  - no longer {statement}" for statement in less)
            yield from (f"  - now {statement}" for statement in more)


def _told(triples: Iterable[ox.Triple]) -> Told:
    triples = list(triples)
    expressions = Expressions(triples)
    told = Told({}, defaultdict(set), set())
    for triple in triples:
        subject, said = triple.subject, triple.object
        if not isinstance(subject, ox.NamedNode) or not subject.value.startswith((RG, ID)):
            continue
        if triple.predicate.value == RDF_TYPE and name_of(said) in KINDS:
            told.kinds[subject.value] = name_of(said)
        elif triple.predicate.value == f"{OWL}deprecated":
            told.deprecated.add(subject.value)
        elif triple.predicate.value not in TOLD_AS_AXIOMS:
            told.statements[subject.value].add(_statement(triple.predicate, said))
    for iri in told.kinds:
        told.statements[iri].update(expressions.axioms(ox.NamedNode(iri)))
    return told


def _statement(predicate: ox.NamedNode, said: object) -> str:
    word = WORDS.get(predicate.value, name_of(predicate))
    language = f" ({said.language})" if isinstance(said, ox.Literal) and said.language else ""
    quoted = f'"{said.value}"' if isinstance(said, ox.Literal) else name_of(said)
    return f"{word}{language} {quoted}"


def _short(iri: str) -> str:
    return iri.replace(RG, "rg:").replace(ID, "id:")


def _plural(kind: str) -> str:
    return {
        "Class": "classes",
        "ObjectProperty": "object properties",
        "DatatypeProperty": "data properties",
        "AnnotationProperty": "annotation properties",
        "NamedIndividual": "individuals",
    }[kind]
