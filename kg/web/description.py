"""The SPARQL 1.1 Service Description of the endpoint."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.web.http import CORS, VARY, Response

if TYPE_CHECKING:
    from kg.web.service import Service


def respond(service: Service, accept: str) -> Response:
    """What the endpoint says about itself to a request that asks nothing."""
    return Response(200, (("content-type", "text/turtle; charset=utf-8"), VARY, *CORS), b"")
