"""/sparql as a Flask route, for WSGI servers and tests; under our own front requests don't come here."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from flask import Blueprint, Response, current_app, render_template, request

from kg.web import http, sparql
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


@endpoint.route("/sparql", methods=["GET", "HEAD", "POST", "OPTIONS", "PUT", "DELETE", "PATCH"])
def route() -> Response:
    """The SPARQL endpoint; a form for people who come without a query."""
    service = cast("Service", current_app.extensions["rightsgraph"])
    if wants_form(request.method, request.query_string.decode("latin-1"), request.headers.get("Accept", "")):
        return Response(render_template("sparql.html", text=EXAMPLE))
    limit = service.options.body * MEGABYTE
    body = request.stream.read(limit + 1)
    if len(body) > limit:
        error = http.ProtocolError("the body is too large", status=413)
        return flask_response(http.problem(error, request.headers.get("Accept", "")))
    asked = http.Request(
        request.method,
        request.path,
        request.query_string.decode("latin-1"),
        request.headers.get,
        body,
    )
    return flask_response(service.run(sparql.respond(service, asked)))


def wants_form(method: str, query: str, accept: str) -> bool:
    """True for a browser that comes to look."""
    return method in ("GET", "HEAD") and "query=" not in query and "update=" not in query and "html" in accept


def flask_response(response: http.Response) -> Response:
    """A response of ours as Flask's."""
    body = response.body
    if response.file:
        body = response.file.read_bytes()
        response.file.unlink(missing_ok=True)
    return Response(body, response.status, list(response.headers))
