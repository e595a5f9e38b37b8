"""`queries/*.rq` to Questions: summary, parameters and text; and answers from a store.

A question file starts with lines of the form that grlc made common:

    #+ summary: Which violations are told in a country, and who says so?
    #+ tags: violations, countries
    #+ param: country state TM - Country or territory

(name, kind, an example, what it is) and holds one line `VALUES ?country { UNDEF }` for each
parameter, so that it runs as it stands and a parameter that isn't given leaves it open. A
value becomes an RDF term of the parameter's kind, which pyoxigraph's serialiser writes in the
place of `UNDEF`: what a user types is never pasted into a query. (pyoxigraph's substitutions
bind projected variables only and don't reach into filters; the bound text, moreover, can be
shown, copied and sent to any endpoint.)
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from kg.errors import NotFoundError, QueryError, UsageError
from kg.parameters import KINDS
from kg.vocabulary import ID

if TYPE_CHECKING:
    from collections.abc import Mapping

_HEAD = re.compile(r"#\+ (\w+): *(.*)")
_OPEN = re.compile(r"VALUES \?(\w+) \{ UNDEF \}")
_PARAMETER = re.compile(r"(\w+) (\w+)(?:/(\w+))? (.+?) - (.+)")


class Parameter(NamedTuple):
    """What a question can be asked about."""

    name: str
    """Name of the variable, and of the option on the command line."""
    kind: str
    """How a value is understood: a key of `kg.parameters.KINDS`."""
    root: str
    """For a term: the class that it belongs to or stands below; else empty."""
    example: str
    label: str


@dataclass(frozen=True)
class Question:
    """A query file, as page, command, download and test see it."""

    name: str
    """The file's name without suffix."""
    summary: str
    tags: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    text: str
    """SPARQL that runs as it stands."""
    subject: str = ""
    """For a fact table: the variable of what each row tells of."""

    def bound(self, values: Mapping[str, str] | None = None, base: str = ID) -> str:
        """The query with values for some of its parameters, for data under a base address.

        Raises QueryError for a parameter that it doesn't have, or a value that isn't of its kind.
        """
        text = self.text if base == ID else self.text.replace(f"<{ID}", f"<{base}")
        known = {p.name: p for p in self.parameters}
        terms = {}
        for name, value in (values or {}).items():
            if name not in known:
                mend = f"It takes: {', '.join(known) or 'none'}."
                raise QueryError(f"no parameter {name}", where=self.name, mend=mend)
            terms[name] = str(KINDS[known[name].kind](value, known[name].root, base))
        # In one pass, so that no value is looked into for the place of another.
        return _OPEN.sub(lambda m: f"VALUES ?{m[1]} {{ {terms.get(m[1], 'UNDEF')} }}", text)

    def answer(
        self, store: ox.Store, values: Mapping[str, str] | None = None, base: str = ID
    ) -> ox.QuerySolutions:
        """The solutions in a store, over the union of its graphs."""
        try:
            found = store.query(self.bound(values, base), use_default_graph_as_union=True)
        except SyntaxError as error:
            raise QueryError(str(error), where=self.name) from error
        if not isinstance(found, ox.QuerySolutions):
            raise QueryError("a question is a SELECT query", where=self.name)
        return found


def queries_folder() -> Path:
    """Where the queries lie: beside the package in a checkout, inside it in a wheel."""
    inside = Path(str(resources.files("kg"))) / "queries"
    return inside if inside.is_dir() else Path(__file__).resolve().parent.parent / "queries"


def parse(path: Path) -> Question:
    """The question of a file. Raises QueryError where its head and its text don't agree."""
    text = path.read_text(encoding="utf-8")
    heads = [match.groups() for line in text.split("\n") if (match := _HEAD.fullmatch(line.rstrip()))]
    summaries = [value for key, value in heads if key == "summary"]
    if len(summaries) != 1:
        raise QueryError("needs one line '#+ summary: ...'", where=str(path))
    parameters = []
    for key, value in heads:
        if key == "param":
            match = _PARAMETER.fullmatch(value)
            if not match or match[2] not in KINDS:
                mend = f"Write '#+ param: NAME KIND EXAMPLE - LABEL' with one of {', '.join(KINDS)}."
                raise QueryError(f"can't read the parameter {value!r}", where=str(path), mend=mend)
            parameters.append(Parameter(match[1], match[2], match[3] or "", match[4], match[5]))
    if sorted(_OPEN.findall(text)) != sorted(p.name for p in parameters):
        mend = "Each parameter has one line such as 'VALUES ?country { UNDEF }', and each such line one."
        raise QueryError("parameters in head and text differ", where=str(path), mend=mend)
    tags = tuple(tag.strip() for key, value in heads if key == "tags" for tag in value.split(","))
    body = "\n".join(line for line in text.split("\n") if not line.startswith("#+")).strip() + "\n"
    subject = next((value for key, value in heads if key == "subject"), "")
    return Question(path.stem, summaries[0], tags, tuple(parameters), body, subject)


@cache
def questions(part: str = "questions", folder: Path | None = None) -> dict[str, Question]:
    """The questions of a part (`questions`, `facts`) by name, in order of their names."""
    found = {p.stem: parse(p) for p in sorted(((folder or queries_folder()) / part).glob("*.rq"))}
    if not found:
        raise UsageError(f"no query in {part}", where=str(folder or queries_folder()))
    return found


def question(name: str, part: str = "questions", folder: Path | None = None) -> Question:
    """One question by its name. Raises NotFoundError with the names that come near."""
    found = questions(part, folder)
    if name not in found:
        near = [n for n in found if any(word in n for word in name.split("-"))] or list(found)
        raise NotFoundError(f"no question {name}", mend=f"There are: {', '.join(near)}.")
    return found[name]
