"""SPARQL Update, where the server was started writable and the client has the key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.web.http import ProtocolError

if TYPE_CHECKING:
    from kg.web.http import Request, Response
    from kg.web.protocol import Operation
    from kg.web.service import Service


async def respond(service: Service, request: Request, operation: Operation) -> Response:
    """The response to an update."""
    raise ProtocolError("updates are off on this server", status=403)
