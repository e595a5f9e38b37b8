"""/sparql as a Flask route, for WSGI servers and tests; under our own front requests don't come here."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from flask import Blueprint, Response, current_app, render_template, request

from kg.web import http, sparql, updates
from kg.web.options import MEGABYTE

if TYPE_CHECKING:
    from kg.web.service import Service

endpoint = Blueprint("endpoint", __name__)

EXAMPLE = """PREFIX rg: <https://w3id.org/rightsgraph/ontology#>

SELECT ?type (COUNT(?claim) AS ?claims)
WHERE { ?claim a rg:Claim ; rg:claimType ?type }
GROUP BY ?type
ORDER BY DESC(?claims)
LIMIT 20
"""


_METHODS = ["GET", "HEAD", "POST", "OPTIONS", "PUT", "DELETE", "PATCH"]


@endpoint.route("/sparql", methods=_METHODS)
@endpoint.route("/sparql/", methods=_METHODS)
def route() -> Response:
    """The SPARQL endpoint; a form for people who come without a query."""
    service = cast("Service", current_app.extensions["rightsgraph"])
    if wants_form(request.method, request.query_string.decode("latin-1"), request.headers.get("Accept", "")):
        return Response(render_template("sparql.html", text=EXAMPLE))
    return flask_response(service.run(sparql.respond(service, _asked(service))))


@endpoint.route(updates.GRAPH_STORE, methods=_METHODS)
def graph_store() -> Response:
    """Whole graphs by the Graph Store Protocol."""
    service = cast("Service", current_app.extensions["rightsgraph"])
    return flask_response(service.run(updates.graph_store(service, _asked(service))))


def _asked(service: Service) -> http.Request:
    """The request at hand as a record of ours. Raises ProtocolError for a body that is too large."""
    limit = service.options.body * MEGABYTE
    body = request.stream.read(limit + 1)
    if len(body) > limit:
        raise http.ProtocolError(f"the body is larger than {service.options.body} MB", status=413)
    query = request.query_string.decode("latin-1")
    return http.Request(request.method, request.path, query, request.headers.get, body)


def wants_form(method: str, query: str, accept: str) -> bool:
    """True for a browser that comes to look."""
    return method in ("GET", "HEAD") and "query=" not in query and "update=" not in query and "html" in accept


def flask_response(response: http.Response) -> Response:
    """A response of ours as Flask's."""
    body = response.body
    if response.file:
        body = response.file.read_bytes()
        response.file.unlink(missing_ok=True)
    return Response(body, response.status, list(response.fields))
