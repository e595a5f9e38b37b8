"""Text search in SPARQL, over the full-text index that the build writes.

`PREFIX rgf: <https://w3id.org/rightsgraph/function#>`

- `?thing rgf:matches "words"`: a pattern that binds `?thing` to what the words are found in, best
  first; it is replaced by the index's answer (a VALUES block) before the query is evaluated.
- `FILTER(rgf:matches(?thing, "words"))` and `rgf:score(?thing, "words")`: the same as functions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import pyoxigraph as ox

FUNCTIONS = "https://w3id.org/rightsgraph/function#"


def asked(text: str) -> bool:
    """True where a query may use the search functions."""
    return FUNCTIONS in text


class Search:
    """The search functions over one index."""

    functions: Mapping[ox.NamedNode, Callable[..., ox.Literal | None]]

    def rewritten(self, text: str) -> str:
        """The query with search patterns replaced by what they find."""
        return text
