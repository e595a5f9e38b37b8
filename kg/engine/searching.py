"""Text search in SPARQL, over the index that the build writes (`kg.stores.search`).

`PREFIX rgf: <https://w3id.org/rightsgraph/function#>`

- `?thing rgf:matches "words"`: a pattern that binds `?thing` to what the words are found in; it is
  replaced by the index's answer (a VALUES block, best first) before the query is evaluated.
- `FILTER(rgf:matches(?thing, "words"))` and `rgf:score(?thing, "words")`: the same as functions.
"""

from __future__ import annotations

from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.engine.rewriting import Draft
from kg.stores import search

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kg.engine.tokens import Token

FUNCTIONS = "https://w3id.org/rightsgraph/function#"
_MATCHES, _SCORE = FUNCTIONS + "matches", FUNCTIONS + "score"
_MOST = 5_000
"""Things that a pattern binds; the functions know no bound."""
_XSD = "http://www.w3.org/2001/XMLSchema#"


class SearchError(ValueError):
    """The search pattern stands where it can't be answered."""


def asked(text: str) -> bool:
    """True where a query may use the search functions."""
    return FUNCTIONS in text


class Search:
    """The search functions over one index."""

    def __init__(self, path: str) -> None:
        self.path = Path(path)
        self._scores = lru_cache(maxsize=8)(self._found)

    @property
    def functions(self) -> Mapping[ox.NamedNode, Callable[..., ox.Literal | None]]:
        """For the engine's `custom_functions`."""
        return {
            ox.NamedNode(_MATCHES): partial(self._function, score=False),
            ox.NamedNode(_SCORE): partial(self._function, score=True),
        }

    def _found(self, words: str) -> dict[str, float]:
        index = search.opened(self.path)
        found: dict[str, float] = {}
        for entry in search.find(index, words, -1):
            found.setdefault(entry.iri, entry.score)
        index.close()
        return found

    def _function(self, *arguments: object, score: bool) -> ox.Literal | None:
        if len(arguments) != 2 or not isinstance(arguments[1], ox.Literal):  # noqa: PLR2004 - thing and words
            return None
        value = self._scores(arguments[1].value).get(str(getattr(arguments[0], "value", "")))
        if score:
            return None if value is None else ox.Literal(repr(value), datatype=ox.NamedNode(_XSD + "double"))
        return ox.Literal(value is not None)

    def rewritten(self, text: str, base: str = "") -> str:
        """The query with search patterns replaced by what they find. Raises SearchError."""
        draft = Draft(text, base)
        for index, token in enumerate(draft.tokens):
            if draft.iri(token) != _MATCHES or draft[index + 1].says("("):
                continue
            subject, words, after = draft[index - 1], draft[index + 1], draft[index + 2]
            if subject.kind != "var" or words.kind != "string" or not after.says(".", "}", ";"):
                if subject.kind == "word" or subject.says("<"):
                    continue
                raise SearchError('Write the search as a pattern of its own: ?thing rgf:matches "words" .')
            found = dict.fromkeys(f.iri for f in self._entries(_unquoted(words)))
            block = f"VALUES {subject.text} {{ {' '.join(f'<{iri}>' for iri in found)} }}"
            if after.says(";"):
                draft.replace(index - 1, index + 2, f"{block} {subject.text}")
            else:
                draft.replace(index - 1, index + 1, block)
        return draft.done()

    def _entries(self, words: str) -> list[search.Found]:
        index = search.opened(self.path)
        found = search.find(index, words, _MOST)
        index.close()
        return found


def _unquoted(token: Token) -> str:
    """The value of a string token."""
    quotes = 3 if token.text[:3] in ('"""', "'''") else 1
    written = f'<urn:s> <urn:p> """{token.text[quotes:-quotes]} """ .'
    value = next(iter(ox.parse(written, format=ox.RdfFormat.TURTLE))).object
    return value.value if isinstance(value, ox.Literal) else ""
