"""Ask a store or an endpoint from Python, and get rows or a DataFrame.

    from kg.client import Client

    rows = Client("build/store").select("SELECT ?s { ?s ?p ?o } LIMIT 5")
    table = Client("https://example.org/sparql").frame(query)   # needs the extra 'pandas'

In: a store folder or the address of any SPARQL endpoint. Out: rows as dictionaries of Python
values (numbers, dates and booleans converted, IRIs and other literals as text), or the terms
themselves. A local store is read in this process; an endpoint is asked over HTTP.
"""

from __future__ import annotations

import datetime as dt
import urllib.error
import urllib.request
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pyoxigraph as ox

from kg.errors import QueryError, StoreError, UsageError
from kg.stores import current
from kg.stores.oxigraph import opened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pandas as pd

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Value = str | int | float | bool | Decimal | dt.date | dt.datetime | None

_XSD = "http://www.w3.org/2001/XMLSchema#"
_VALUES: dict[str, Callable[[str], Value]] = {
    "integer": int,
    "int": int,
    "long": int,
    "decimal": Decimal,
    "double": float,
    "float": float,
    "boolean": lambda text: text in ("true", "1"),
    "date": dt.date.fromisoformat,
    "dateTime": dt.datetime.fromisoformat,
}


class Client:
    """A store folder or an endpoint."""

    def __init__(self, source: str | Path, *, timeout: float = 60.0) -> None:
        self.source, self.timeout = str(source), timeout
        self._remote = self.source.startswith(("http://", "https://"))
        self._store = None if self._remote else opened(current(Path(source)))

    def select(self, query: str) -> list[dict[str, Value]]:
        """The solutions as Python values. Raises QueryError, or StoreError where nobody answers."""
        return [{name: value(term) for name, term in row.items()} for row in self.terms(query)]

    def terms(self, query: str) -> Iterator[dict[str, Term | None]]:
        """The solutions as RDF terms; what is unbound is None."""
        found = self._results(query)
        if not isinstance(found, ox.QuerySolutions):
            raise UsageError("this query has no solutions", mend="Use ask or graph for it.")
        names = [variable.value for variable in found.variables]
        return ({name: row[name] for name in names} for row in found)

    def ask(self, query: str) -> bool:
        """The answer to an ASK query."""
        found = self._results(query)
        if not isinstance(found, ox.QueryBoolean):
            raise UsageError("this query has no yes or no", mend="Use select or graph for it.")
        return bool(found)

    def graph(self, query: str) -> list[ox.Triple]:
        """The triples of a CONSTRUCT or DESCRIBE query."""
        if self._store is None:
            body = self._sent(query, "application/n-triples")
            return [quad.triple for quad in ox.parse(body, format=ox.RdfFormat.N_TRIPLES)]
        found = self._local(query)
        if not isinstance(found, ox.QueryTriples):
            raise UsageError("this query gives no graph", mend="Use select or ask for it.")
        return list(found)

    def frame(self, query: str) -> pd.DataFrame:
        """The solutions as a DataFrame. Raises UsageError where pandas isn't installed."""
        try:
            import pandas as pd  # noqa: PLC0415 - an optional extra
        except ImportError as error:
            raise UsageError("pandas isn't installed", mend="pip install 'rightsgraph[pandas]'") from error
        return pd.DataFrame(self.select(query))

    def _results(self, query: str) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        if self._store is not None:
            return self._local(query)
        body = self._sent(query, "application/sparql-results+json")
        return ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)

    def _local(self, query: str) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        assert self._store is not None  # noqa: S101 - callers have looked
        try:
            return self._store.query(query, use_default_graph_as_union=True)
        except SyntaxError as error:
            raise QueryError(str(error)) from error

    def _sent(self, query: str, accept: str) -> bytes:
        """The answer of an endpoint, by POST, so that no query is too long."""
        request = urllib.request.Request(  # noqa: S310 - http and https only, see __init__
            self.source, urlencode({"query": query}).encode(), {"Accept": accept, "User-Agent": "rightsgraph"}
        )
        try:
            with urllib.request.urlopen(request, timeout=self.timeout) as response:  # noqa: S310
                body: bytes = response.read()
                return body
        except urllib.error.HTTPError as error:
            with error:
                raise QueryError(error.read().decode(errors="replace").strip(), where=self.source) from error
        except (urllib.error.URLError, TimeoutError) as error:
            raise StoreError(f"no answer: {error}", where=self.source, mend="Is it running?") from error


def value(term: Term | None) -> Value:
    """A term as a Python value; what doesn't fit its datatype stays text."""
    if term is None or isinstance(term, ox.Triple):
        return None if term is None else str(term)
    if isinstance(term, ox.Literal):
        convert: Callable[[str], Value] | None = _VALUES.get(term.datatype.value.removeprefix(_XSD))
        if convert is not None:
            with suppress(ValueError, ArithmeticError):
                return convert(term.value)
    return term.value


def as_json(row: dict[str, Value]) -> dict[str, Any]:
    """A row as JSON can hold it: decimals and dates as text."""
    plain = (str, int, float, bool, type(None))
    return {name: held if isinstance(held, plain) else str(held) for name, held in row.items()}
