"""The front of the server: requests from granian (RSGI) to answers.

Plain queries don't come here: the listener (`kg.web.listener`) answers them before granian sees
them. granian is chosen by measurement (two cores, 32 clients, light queries): 9,200 requests a
second with the hop to the engines, against 5,200 through Flask under its WSGI mode, 2,900 under
gunicorn and 2,000 under waitress. Its WSGI mode, like gunicorn, gives a thread to every body
that arrives slowly, and 64 of them stall it; here bodies are awaited with a deadline and a
bound, and answers are sent at the reader's pace, without a thread. That is the reason for the
`async` in this package: waiting is all that the front does.
"""

from __future__ import annotations

import asyncio
import gc
import io
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import unquote_to_bytes

from kg.errors import RightsGraphError
from kg.web import sparql, updates
from kg.web.endpoint import wants_form
from kg.web.http import ProtocolError, Request, Response, problem
from kg.web.listener import Listener
from kg.web.options import MEGABYTE
from kg.web.pages.warming import warm
from kg.web.service import event
from kg.web.serving import announce

if TYPE_CHECKING:
    import socket
    from collections.abc import Awaitable, Callable, Iterable, Iterator
    from pathlib import Path

    from _typeshed.wsgi import StartResponse
    from flask import Flask
    from granian._granian import RSGIHTTPProtocol as HTTPProtocol
    from granian.rsgi import Scope

    from kg.web.service import Service

_CHUNK = 1 << 16
_PAGES = 8
"""Threads for pages."""
_LAST = 5.0
"""Seconds that answers have to reach their readers once the server ends."""
_SECURITY = (("x-content-type-options", "nosniff"), ("referrer-policy", "same-origin"))


class Front:
    """What granian calls, once a request."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.service: Service = app.extensions["rightsgraph"]
        self.service.warm = partial(warm, app)
        self.threads = ThreadPoolExecutor(_PAGES, thread_name_prefix="page")
        self.starting: asyncio.Task[None] | None = None
        self._listening: tuple[socket.socket, Path] | None = None
        self._listener: Listener | None = None

    def listen(self, listening: socket.socket, behind: Path) -> Front:
        """Have plain queries answered at a socket, and all else carried to where granian listens."""
        self._listening = listening, behind
        return self

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        """Called when the worker has its loop."""
        self.starting = loop.create_task(self._start())

    async def _start(self) -> None:
        if self._listening:
            listening, behind = self._listening
            self._listener = Listener(self.service, behind, self._done)
            await self._listener.start(listening)
        await self.service.start()
        gc.freeze()  # modules and templates stay as they are: no need to look at them again and again
        announce(self.service.options)

    def __rsgi_del__(self, loop: asyncio.AbstractEventLoop) -> None:
        """Called when the worker ends."""
        loop.run_until_complete(self._stop())

    async def _stop(self) -> None:
        if self._listener:
            self._listener.close()
        await self.service.stop()
        if self._listener:
            await self._listener.gone(_LAST)

    async def __rsgi__(self, scope: Scope, protocol: HTTPProtocol) -> None:
        """One request."""
        began = time.perf_counter()
        try:
            request = Request(
                scope.method,
                scope.path,
                scope.query_string,
                scope.headers.get,
                await self._body(scope, protocol),
            )
            answering = self._direct(request)
            if answering:
                route = request.path
                if self.starting and not self.starting.done():
                    await self.starting
                response = await answering(self.service, request)
                await _send(protocol, response)
                status = response.status
            else:
                route = "pages"
                status = await self._page(scope, request, protocol)
        except RightsGraphError as error:
            route = "refused"
            status = error.http_status
            await _send(protocol, problem(error, scope.headers.get("accept") or ""))
        seconds = time.perf_counter() - began
        self._done(scope.method, scope.path, scope.query_string, status, seconds, route=route)

    @staticmethod
    def _direct(request: Request) -> Callable[[Service, Request], Awaitable[Response]] | None:
        """What answers a request without Flask, or None."""
        path = request.path.removesuffix("/")
        if path == "/sparql" and not wants_form(
            request.method, request.query, request.header("accept") or ""
        ):
            return sparql.respond
        return updates.graph_store if path == updates.GRAPH_STORE else None

    def _done(
        self, method: str, path: str, query: str, status: int, seconds: float, *, route: str = "/sparql"
    ) -> None:
        """A request is answered: count it, and tell of it where the operator wants that."""
        self.service.metrics.count(route, status, seconds)
        if self.service.options.log != "events":
            told: dict[str, object] = {"method": method, "path": path, "status": status}
            if self.service.options.log == "queries":
                told["query"] = query
            event("request", **told, ms=round(seconds * 1000, 1))

    async def _body(self, scope: Scope, protocol: HTTPProtocol) -> bytes:
        """The body, within its bound and its deadline."""
        headers = scope.headers
        length = headers.get("content-length")
        if length in (None, "0") and headers.get("transfer-encoding") is None:
            return b""
        options = self.service.options
        trusted = options.writable and updates.bears_key(headers.get("authorization"), options.key)
        megabytes = options.body_with_key if trusted else options.body
        most = megabytes * MEGABYTE
        too_large = ProtocolError(f"the body is larger than {megabytes} MB", status=413)
        if length is not None and (not length.isdigit() or int(length) > most):
            raise too_large
        try:
            async with asyncio.timeout(options.body_seconds):
                parts, size = [], 0
                async for part in protocol:
                    parts.append(part)
                    size += len(part)
                    if size > most:
                        raise too_large
                return b"".join(parts)
        except TimeoutError as error:
            raise ProtocolError("the body came too slowly", status=408) from error

    async def _page(self, scope: Scope, request: Request, protocol: HTTPProtocol) -> int:
        """A page by Flask, in a thread."""
        loop = asyncio.get_running_loop()
        answer = await loop.run_in_executor(self.threads, _call, self.app, _environ(scope, request))
        headers = [(k.lower(), v) for k, v in answer.headers]
        headers += [pair for pair in _SECURITY if pair[0] not in dict(headers)]
        if request.method == "HEAD":  # an answer that is streamed to who GETs it has no length to tell
            headers = [pair for pair in headers if pair != ("content-length", "0")]
        first = await loop.run_in_executor(self.threads, answer.next)
        second = await loop.run_in_executor(self.threads, answer.next) if first is not None else None
        if second is None:
            protocol.response_bytes(answer.status, headers, first or b"")
            return answer.status
        stream = protocol.response_stream(answer.status, headers)
        try:
            await stream.send_bytes(first or b"")
            while second is not None:
                await stream.send_bytes(second)
                second = await loop.run_in_executor(self.threads, answer.next)
        finally:
            answer.close()
        return answer.status


async def _send(protocol: HTTPProtocol, response: Response) -> None:
    headers = list(response.fields)
    if response.file is None:
        protocol.response_bytes(int(response.status), headers, response.body)
        return
    try:
        with response.file.open("rb") as file:
            response.file.unlink()
            stream = protocol.response_stream(int(response.status), headers)
            while chunk := file.read(_CHUNK):
                await stream.send_bytes(chunk)
    except ConnectionError:
        pass  # the reader has gone


class _Answer:
    """What a WSGI application says, taken piece by piece."""

    def __init__(self, app: Flask, environ: dict[str, Any]) -> None:
        self.status, self.headers = 500, list[tuple[str, str]]()
        self._found: Iterable[bytes] = app(environ, cast("StartResponse", self._start))
        self._pieces: Iterator[bytes] = iter(self._found)

    def _start(self, status: str, headers: list[tuple[str, str]], _: object = None) -> None:
        self.status, self.headers = int(status.split(" ", 1)[0]), headers

    def next(self) -> bytes | None:
        """The next piece that holds anything, or None after the last."""
        for piece in self._pieces:
            if piece:
                return piece
        self.close()
        return None

    def close(self) -> None:
        """Let the application clean up."""
        if close := getattr(self._found, "close", None):
            close()


def _call(app: Flask, environ: dict[str, Any]) -> _Answer:
    return _Answer(app, environ)


def _environ(scope: Scope, request: Request) -> dict[str, Any]:
    """The WSGI environment of a request."""
    host, _, port = (scope.authority or scope.headers.get("host") or scope.server).rpartition(":")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": request.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(request.path).decode("latin-1"),
        "QUERY_STRING": request.query,
        "SERVER_NAME": host or port,
        "SERVER_PORT": port if host else "80",
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": scope.client.rpartition(":")[0],
        "CONTENT_LENGTH": str(len(request.body)),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": io.BytesIO(request.body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    for name, value in scope.headers.items():
        key = name.upper().replace("-", "_")
        if key == "CONTENT_TYPE":
            environ[key] = value
        elif key != "CONTENT_LENGTH":
            environ[f"HTTP_{key}"] = (
                f"{environ[f'HTTP_{key}']},{value}" if f"HTTP_{key}" in environ else value
            )
    return environ
