"""The one handler at the server's door: errors of ours and of HTTP, in the form that the client reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import render_template, request
from werkzeug.exceptions import HTTPException

from kg.errors import RightsGraphError
from kg.web import http
from kg.web.endpoint import flask_response

if TYPE_CHECKING:
    from flask import Flask, Response


def register(app: Flask) -> None:
    """Put the handlers in."""
    app.register_error_handler(RightsGraphError, _ours)
    app.register_error_handler(HTTPException, _of_http)


def _ours(error: RightsGraphError) -> Response:
    accept = request.headers.get("Accept", "")
    response = flask_response(http.problem(error, accept))
    if response.mimetype == "text/html":
        response.set_data(render_template("error.html", title=response.status[4:], message=str(error)))
    return response


def _of_http(error: HTTPException) -> Response:
    status = error.code or 500
    # A redirect is no error, and brings its own response.
    if error.response is not None or status < 400:  # noqa: PLR2004 - as in HTTP
        return error.get_response(request.environ)  # type: ignore[return-value]  # werkzeug's base class
    headers = tuple((k.lower(), v) for k, v in error.get_headers() if k.lower() == "allow")
    told = http.ProtocolError(error.description or error.name, status=status, headers=headers)
    return _ours(told)
