"""What the engine gets wrong or would let through, put right in the text of the query.

In: the text, the store, the options. Out: the same text (the same object, where nothing is to
be done), or one that means what the standard says. Each repair is sound: where it can't be
made without changing what else the query says, the query stays as it is and the case stands
in docs/conformance.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urljoin

import pyoxigraph as ox

from kg.engine.tokens import Token, tokens

if TYPE_CHECKING:
    from kg.engine.job import Options


class UnknownGraphError(ValueError):
    """The dataset of the query names a graph that the store doesn't have."""

    def __init__(self, graph: str) -> None:
        super().__init__(f"The store has no graph <{graph}>, and this endpoint fetches none.")


class Prologue:
    """Prefixes and base of a query."""

    def __init__(self, found: list[Token], base: str) -> None:
        self.base, self.prefixes = base, dict[str, str]()
        for i, token in enumerate(found):
            if token.says("BASE") and found[i + 1].kind == "iri":
                self.base = self.resolved(found[i + 1].text)
            elif token.says("PREFIX") and found[i + 2].kind == "iri":
                self.prefixes[found[i + 1].text] = self.resolved(found[i + 2].text)
            elif token.says("SELECT", "ASK", "CONSTRUCT", "DESCRIBE"):
                break

    def resolved(self, iri: str) -> str:
        """The IRI in angle brackets, against the base."""
        return urljoin(self.base, iri[1:-1]) if self.base else iri[1:-1]

    def iri(self, token: Token) -> str | None:
        """The IRI that a token names, or None."""
        if token.kind == "iri":
            return self.resolved(token.text)
        if token.kind == "name":
            prefix, _, local = token.text.partition(":")
            if prefix + ":" in self.prefixes:
                return self.prefixes[prefix + ":"] + local.replace("\\", "")
        return None


def repair(text: str, store: ox.Store, options: Options) -> str:
    """The query as the engine must get it. Raises UnknownGraphError."""
    upper = text.upper()
    if "FROM" in upper:
        _check_dataset(text, store, options)
    return text


def _check_dataset(text: str, store: ox.Store, options: Options) -> None:
    found = [*tokens(text), Token("mark", "", len(text)), Token("mark", "", len(text))]
    prologue = Prologue(found, options.base)
    for i, token in enumerate(found):
        if token.says("{"):
            break
        if token.says("FROM"):
            name = found[i + 2] if found[i + 1].says("NAMED") else found[i + 1]
            iri = prologue.iri(name)
            if iri and not store.contains_named_graph(ox.NamedNode(iri)):
                raise UnknownGraphError(iri)
