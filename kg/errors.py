"""The errors of RightsGraph: one root, one subclass a stage.

    RightsGraphError
    ├── UsageError          the call itself is wrong
    ├── ReadError           bytes that are no document
    ├── OntologyError       ontology, lexicon or shapes can't be used
    ├── ExtractionError     a stage between text and claims can't go on
    │   └── EvidenceError   a quote isn't the source at its offsets: the build fails
    ├── StoreError          the store can't be built, opened or swapped
    ├── QueryError          a query is malformed or refused
    └── NotFoundError       nothing stands at that name or address

Wrong data is a value (`kg.model.Problem`, an entry of the report); an exception means that
the work at hand can't go on. Each class carries its HTTP status and exit code.
"""


class RightsGraphError(Exception):
    """What went wrong, where, and what to do about it."""

    http_status = 500
    exit_code = 2

    def __init__(self, what: str, *, where: str = "", mend: str = "") -> None:
        self.what, self.where, self.mend = what, where, mend
        place = f"{where}: " if where else ""
        stop = "" if what.endswith((".", "!", "?", ":")) else "."
        advice = f"{stop} {mend}" if mend else ""
        super().__init__(f"{place}{what}{advice}")


class UsageError(RightsGraphError):
    """The call itself is wrong: an unknown option, a missing path, a bad parameter."""

    http_status = 400


class ReadError(RightsGraphError):
    """These bytes are no document that the reader can take."""

    exit_code = 1


class OntologyError(RightsGraphError):
    """The ontology, its lexicon or its shapes can't be used."""


class ExtractionError(RightsGraphError):
    """A stage between text and claims can't go on."""


class EvidenceError(ExtractionError):
    """A quote isn't the source text at its offsets, or a claim has none: no build may hold it."""


class StoreError(RightsGraphError):
    """The store can't be built, opened or swapped."""


class QueryError(RightsGraphError):
    """A query is malformed or refused."""

    http_status = 400


class NotFoundError(RightsGraphError):
    """Nothing stands at that name or address."""

    http_status = 404
