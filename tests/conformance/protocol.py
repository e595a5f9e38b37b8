"""The W3C's 34 tests of the SPARQL 1.1 Protocol, from their manifest."""

from __future__ import annotations

import http.client
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pyoxigraph as ox

from tests.conformance.manifests import MF, RDFS, UT, Manifest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conformance.comparing import Term
    from tests.conformance.running import Client

HT = "http://www.w3.org/2011/http#"
CNT = "http://www.w3.org/2011/content#"
_KINDS = {
    "boolean": ("sparql-results",),
    "tabular": ("sparql-results", "text/csv", "text/tab"),
    "RDF": ("turtle", "rdf+xml", "n-triples", "ld+json", "n3", "trig", "n-quads"),
}


@dataclass(frozen=True)
class Exchange:
    """One request and what is expected of the response."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes
    status: str
    boolean: str = ""
    form: str = ""


def exchanges(folder: Path) -> dict[str, tuple[list[tuple[str, Path]], list[Exchange]]]:
    """By name: the graphs to load, and the requests in order."""
    path = folder / "sparql11" / "protocol" / "manifest.ttl"
    manifest = Manifest(path)
    found = {}
    for entry in manifest.list(manifest.one(ox.NamedNode(manifest.base), MF + "entries")):
        action = manifest.one(entry, MF + "action")
        assert action is not None
        requests = manifest.list(manifest.one(action, HT + "requests"))
        found[entry.value.rpartition("#")[2]] = (
            _graphs(manifest, entry, path.parent),
            [_exchange(manifest, r) for r in requests],
        )
    return found


def _graphs(manifest: Manifest, entry: Term, folder: Path) -> list[tuple[str, Path]]:
    graphs = []
    for data in manifest.all(entry, UT + "graphData"):
        file, label = manifest.one(data, UT + "graph"), manifest.one(data, RDFS + "label")
        assert file is not None
        assert label is not None
        graphs.append((label.value, folder / urlsplit(file.value).path.rpartition("/")[2]))
    return graphs


def _exchange(manifest: Manifest, request: Term) -> Exchange:
    def text(node: Term | None, predicate: str) -> str:
        value = manifest.one(node, predicate) if node is not None else None
        return value.value if value is not None else ""

    headers = {
        text(h, HT + "fieldName"): text(h, HT + "fieldValue") or _value(manifest, h)
        for h in manifest.list(manifest.one(request, HT + "headers"))
    }
    body = manifest.one(request, HT + "body")
    encoding = text(body, CNT + "characterEncoding") or "UTF-8"
    response = manifest.one(request, HT + "resp")
    statuses = (
        [s.value.rpartition("StatusCode")[2] for s in manifest.all(response, MF + "expectedStatus")]
        if response
        else []
    )
    return Exchange(
        text(request, HT + "methodName"),
        text(request, HT + "absolutePath"),
        headers,
        text(body, CNT + "chars").encode(encoding),
        "".join(s[0] for s in statuses),
        text(response, MF + "expectedBoolean"),
        text(response, MF + "expectedFormat"),
    )


def _value(manifest: Manifest, header: Term) -> str:
    element = next(iter(manifest.list(manifest.one(header, HT + "headerElements"))), None)
    if element is None:
        return ""
    value = manifest.one(element, HT + "elementName")
    parameters = []
    for parameter in manifest.list(manifest.one(element, HT + "params")):
        name, told = manifest.one(parameter, HT + "paramName"), manifest.one(parameter, HT + "paramValue")
        parameters.append(f"; {name.value}={told.value}" if name is not None and told is not None else "")
    return (value.value if value is not None else "") + "".join(parameters)


def failure(client: Client, graphs: list[tuple[str, Path]], steps: list[Exchange]) -> str:
    """What goes wrong in a test, or nothing."""
    assert client.update("DROP ALL")[0] == 204
    for name, file in graphs:
        text = file.read_text(encoding="utf-8")
        assert client.update(f"INSERT DATA {{ GRAPH <{name}> {{ {text} }} }}")[0] == 204
    for step in steps:
        if told := _step(client, step):
            return f"{step.method} {step.target}: {told}"
    return ""


def _step(client: Client, step: Exchange) -> str:
    split = urlsplit(step.target)
    target = "/sparql" + (f"?{split.query}" if split.query else "")
    connection = http.client.HTTPConnection(client.connection.host, client.connection.port, timeout=10)
    connection.putrequest(step.method, target, skip_accept_encoding=True)
    for name, value in step.headers.items():
        if name.lower() not in ("host", "content-length"):
            connection.putheader(name, value)
    connection.putheader("Authorization", f"Bearer {client.key}")
    if step.body or step.method in ("POST", "PUT"):
        connection.putheader("Content-Length", str(len(step.body)))
    connection.endheaders(step.body or None)
    response = connection.getresponse()
    body = response.read()
    connection.close()
    if step.status and str(response.status)[0] not in step.status:
        return f"status {response.status}, not {step.status}xx: {body[:200]!r}"
    kind = response.headers.get("content-type", "")
    if step.form and not any(part in kind for part in _KINDS[step.form]):
        return f"{kind} is no form of {step.form}"
    if step.boolean:
        shape = ox.QueryResultsFormat.XML if "xml" in kind else ox.QueryResultsFormat.JSON
        found = ox.parse_query_results(body, format=shape)
        if not isinstance(found, ox.QueryBoolean) or str(bool(found)).lower() != step.boolean:
            return f"{body[:100]!r}, not {step.boolean}"
    return ""
