"""Run cases against a server over HTTP: load, ask, compare."""

from __future__ import annotations

import http.client
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlencode, urljoin, urlsplit

import pyoxigraph as ox

from tests.conformance import comparing

if TYPE_CHECKING:
    from tests.conformance.manifests import Case, Dataset

_FROM = re.compile(r"FROM\s+(?:NAMED\s+)?<([^>]*)>", re.IGNORECASE)
_TYPES = {
    ".srx": "application/sparql-results+xml",
    ".srj": "application/sparql-results+json",
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
}
_FORMATS = {
    ".srx": ox.QueryResultsFormat.XML,
    ".srj": ox.QueryResultsFormat.JSON,
    ".tsv": ox.QueryResultsFormat.TSV,
}
_GRAPHS = {".ttl": ox.RdfFormat.TURTLE, ".rdf": ox.RdfFormat.RDF_XML, ".nt": ox.RdfFormat.N_TRIPLES}
_MEDIA = {".ttl": "text/turtle", ".rdf": "application/rdf+xml", ".nt": "application/n-triples"}


@dataclass(frozen=True)
class Outcome:
    """How a case went: exact, value (equal but for the form of numbers), or a failure with its reason."""

    case: Case
    passed: str
    why: str = ""


def local(iri: str) -> Path:
    """The file of a file IRI."""
    return Path(unquote(urlsplit(iri).path))


class Client:
    """One connection to a server that takes changes."""

    def __init__(self, host: str, port: int, key: str) -> None:
        self.connection = http.client.HTTPConnection(host, port, timeout=30)
        self.key = key

    def send(self, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, str, bytes]:
        """Status, content type and body of the response."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        self.connection.request(method, path, body or None, {**sent, "Authorization": f"Bearer {self.key}"})
        response = self.connection.getresponse()
        return response.status, response.headers.get("content-type", ""), response.read()

    def update(self, text: str) -> tuple[int, str]:
        """Status and message of an update."""
        status, _, body = self.send(
            "POST", "/sparql", text.encode(), content_type="application/sparql-update"
        )
        return status, body.decode()

    def query(self, text: str, accept: str) -> tuple[int, str, bytes]:
        """Status, content type and body of an answer."""
        return self.send(
            "POST", "/sparql", text.encode(), content_type="application/sparql-query", accept=accept
        )

    def load(self, data: Dataset, base: str = "") -> None:
        """Empty the store and load files."""
        assert self.update("DROP ALL")[0] == 204, "the server takes no updates"
        for file in data.default:
            self.put("?default", file, "POST")
        for name, file in data.named:
            self.put("?" + urlencode({"graph": urljoin(base, name)}), file, "POST")

    def put(self, graph: str, file: str, method: str) -> None:
        """Load a file into a graph, its own IRI the base."""
        path = local(file)
        base = f"@base <{file}> .\n" if path.suffix == ".ttl" else ""
        text = base + path.read_text(encoding="utf-8")
        if path.suffix == ".rdf" and "xml:base" not in text:
            text = text.replace("<rdf:RDF", f'<rdf:RDF xml:base="{file}"', 1)
        status, _, body = self.send(
            method, f"/graphs{graph}", text.encode(), content_type=_MEDIA[path.suffix]
        )
        assert status in (201, 204), (status, body)

    def content(self) -> list[ox.Quad]:
        """Everything in the store."""
        quads = self._graph("?default", ox.DefaultGraph())
        status, _, body = self.query("SELECT ?g { GRAPH ?g {} }", "application/sparql-results+json")
        assert status == 200, body
        found = ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
        assert isinstance(found, ox.QuerySolutions)
        for row in found:
            quads += self._graph("?" + urlencode({"graph": row["g"].value}), row["g"])
        return quads

    def _graph(self, query: str, name: ox.NamedNode | ox.DefaultGraph) -> list[ox.Quad]:
        status, _, body = self.send("GET", f"/graphs{query}", accept="application/n-triples")
        assert status == 200, body
        found = ox.parse(body, format=ox.RdfFormat.N_TRIPLES)
        return [ox.Quad(q.subject, q.predicate, q.object, name) for q in found]


def run(case: Case, client: Client) -> Outcome:
    """One case."""
    if "Syntax" in case.kind:
        return _syntax(case, client)
    if case.kind == "UpdateEvaluationTest":
        return _update(case, client)
    return _query(case, client)


def _syntax(case: Case, client: Client) -> Outcome:
    text = local(case.request).read_text(encoding="utf-8")
    status = client.update(text)[0] if "Update" in case.kind else client.query(text, "*/*")[0]
    # A dataset that the store doesn't have is refused after the text was found well-formed.
    if status == 400 and _FROM.search(text):
        status = client.query(_FROM.sub("", text), "*/*")[0]
    wrong = status == 400
    right = wrong == case.kind.startswith("Negative")
    return Outcome(case, "exact" if right else "", f"status {status}")


def _update(case: Case, client: Client) -> Outcome:
    client.load(case.data)
    text = local(case.request).read_text(encoding="utf-8")
    status, message = client.update(f"BASE <{case.request}>\n{text}")
    if status >= 400:
        return Outcome(case, "", message)
    expected = [
        ox.Quad(q.subject, q.predicate, q.object, name)
        for name, file in (
            *((ox.DefaultGraph(), f) for f in case.expected.default),
            *((ox.NamedNode(n), f) for n, f in case.expected.named),
        )
        for q in _parsed(file)
    ]
    passed = comparing.same(client.content(), expected)
    return Outcome(case, passed, "" if passed else "other content")


def _parsed(file: str) -> list[ox.Quad]:
    path = local(file)
    return list(ox.parse(path.read_bytes(), format=_GRAPHS[path.suffix], base_iri=file))


def _query(case: Case, client: Client) -> Outcome:
    client.load(case.data)
    text = local(case.request).read_text(encoding="utf-8")
    for name in _FROM.findall(text):
        file = urljoin(case.request, name)
        client.put("?" + urlencode({"graph": file}), file, "PUT")
    suffix = local(case.result).suffix
    accept = _TYPES.get(suffix, "application/sparql-results+json, application/n-triples")
    status, kind, body = client.query(f"BASE <{case.request}>\n{text}", accept)
    if status != 200:
        return Outcome(case, "", f"status {status}: {body.decode()[:200]}")
    passed = _compared(case, suffix, kind, body)
    return Outcome(case, passed, "" if passed else f"other answer: {body.decode()[:300]}")


def _compared(case: Case, suffix: str, kind: str, body: bytes) -> str:
    """How far the answer is what is expected."""
    expected = local(case.result).read_bytes()
    if suffix == ".csv":
        return comparing.same_csv(body.decode(), expected.decode())
    if suffix in _FORMATS:
        wanted = ox.parse_query_results(expected, format=_FORMATS[suffix])
        found = ox.parse_query_results(body, format=_FORMATS[suffix])
        if isinstance(wanted, ox.QueryBoolean):
            return "exact" if isinstance(found, ox.QueryBoolean) and bool(found) == bool(wanted) else ""
        return _tables(*comparing.table(wanted), [], *comparing.table(found))
    quads = _parsed(case.result)
    if "n-triples" in kind:
        return comparing.same(ox.parse(body, format=ox.RdfFormat.N_TRIPLES), quads)
    told = comparing.result_set(quads)
    found = ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
    if isinstance(told, bool):
        return "exact" if isinstance(found, ox.QueryBoolean) and bool(found) == told else ""
    return _tables(told[0], told[1], told[2], *comparing.table(found))


def _tables(
    names: list[str],
    wanted: list[comparing.Row],
    order: list[int],
    found_names: list[str],
    found: list[comparing.Row],
) -> str:
    if set(names) != set(found_names) or len(wanted) != len(found):
        return ""
    indices = range(len(found)) if order else ()
    return comparing.same(comparing.rows_as_quads(found, indices), comparing.rows_as_quads(wanted, indices))
