"""The listener: plain queries are answered here, all else goes to the full HTTP server behind it.

In: connections. Out: a plain query (`kg.web.plain`) goes straight to an engine, and its answer
straight back: no thread, no task and no second parser for it. From the first byte that is
anything else, the connection is granian's, through a socket of this machine. Measured on two
processors under load, light queries, processor time of the front: 37 microseconds a request, against
95 where granian hands each one over to Python's loop; 16 where the cache has the answer.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from kg.engine.job import pack_job
from kg.engine.pool import discard
from kg.errors import RightsGraphError
from kg.web import plain, sparql
from kg.web.http import Request, problem
from kg.web.relay import Relay

if TYPE_CHECKING:
    import socket
    from collections.abc import Coroutine
    from pathlib import Path
    from typing import IO, Any

    from kg.engine.job import Answer
    from kg.web.http import Response
    from kg.web.plain import Asked
    from kg.web.protocol import Ticket
    from kg.web.service import Service

_CHUNK = 1 << 16
_AHEAD = 1 << 16
"""Bytes that a client may send before it has read the answer to what it asked before."""
_SWEEP = 15.0
_IDLE = 60.0
"""Seconds that a connection may be silent, or not take what is sent to it."""


Done = Callable[[str, str, str, int, float], None]
"""Told of each answer: method, path, query string, status and seconds."""


class Listener:
    """All connections of a server."""

    def __init__(self, service: Service, behind: Path, log: Done) -> None:
        self.service, self.behind, self.log = service, str(behind), log
        self.open: set[Connection] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None
        self._sweeper: asyncio.TimerHandle | None = None

    async def start(self, listening: socket.socket) -> None:
        """Take connections of a socket that listens."""
        self.loop = asyncio.get_running_loop()
        self._server = await self.loop.create_server(lambda: Connection(self), sock=listening)
        self._sweep()

    def _sweep(self) -> None:
        """End connections that are only held."""
        now = self.loop.time()
        for connection in list(self.open):
            connection.looked_at(now)
        self._sweeper = self.loop.call_later(_SWEEP, self._sweep)

    def later(self, work: Coroutine[Any, Any, None]) -> None:
        """Have something done that waits."""
        task = self.loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def close(self) -> None:
        """Take no more connections; those that are idle end, the others after their answer."""
        if self._server:
            self._server.close()
        if self._sweeper:
            self._sweeper.cancel()
        for connection in list(self.open):
            connection.finish()

    async def gone(self, seconds: float) -> None:
        """Wait until all answers are sent, so long at most."""
        until = self.loop.time() + seconds
        while self.open and self.loop.time() < until:
            await asyncio.sleep(0.02)


class Connection(asyncio.Protocol):
    """A client."""

    def __init__(self, listener: Listener) -> None:
        self.listener, self.service = listener, listener.service
        self.exchange: Exchange | None = None
        self.relay: Relay | None = None
        self.writable: asyncio.Event | None = None
        """Where a file is being sent: set while the client takes it."""
        self._ahead = b""
        self._since = self._unsent = 0.0
        self._ending = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:  # noqa: D102
        self.transport = cast("asyncio.Transport", transport)
        self._since = self.listener.loop.time()
        self.listener.open.add(self)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002, D102
        self.listener.open.discard(self)
        if self.exchange:
            self.exchange.deserted()
        if self.relay:
            self.relay.end()
        if self.writable:
            self.writable.set()

    def data_received(self, data: bytes) -> None:  # noqa: D102
        if self.relay:
            self.relay.send(data)
        elif self.exchange:
            self._ahead += data
            if len(self._ahead) > _AHEAD:
                self.transport.pause_reading()
        else:
            self._begin(data)

    def eof_received(self) -> bool:  # noqa: D102
        if self.relay:
            self.relay.send_eof()
            return True
        self._ending = True
        return self.exchange is not None  # who closes one side only still reads the other one

    def pause_writing(self) -> None:  # noqa: D102
        if self.relay:
            self.relay.pause()
        if self.writable:
            self.writable.clear()

    def resume_writing(self) -> None:  # noqa: D102
        if self.relay:
            self.relay.resume()
        if self.writable:
            self.writable.set()

    def _begin(self, data: bytes) -> None:
        """A request begins with these bytes."""
        asked = plain.read(data) if self.service.pool else None
        if asked is None or not Exchange(self, asked).begin():
            self.relay = Relay(self.transport, self.listener.behind, data)
            self.listener.later(self.relay.connect())

    def sent(self) -> None:
        """An answer is written: what next?"""
        self.exchange = None
        self._since = self.listener.loop.time()
        if self._ending or self.service.closing:
            self.transport.close()
        elif self._ahead:
            ahead, self._ahead = self._ahead, b""
            self.transport.resume_reading()
            self._begin(ahead)

    def looked_at(self, now: float) -> None:
        """End it where it is only held: silent for long, or not reading what was sent to it."""
        unsent = self.transport.get_write_buffer_size()
        if unsent != self._unsent or (not unsent and (self.exchange or self.relay)):
            self._unsent, self._since = unsent, now
        elif now - self._since > _IDLE:
            self.transport.abort()

    def finish(self) -> None:
        """End it now where nothing is under way, else after the answer."""
        self._ending = True
        if not self.exchange and not self.relay:
            self.transport.close()


class Exchange:
    """A plain query on its way: the pool's `Reply`."""

    __slots__ = ("asked", "began", "claimed", "connection", "service", "tag", "ticket")

    def __init__(self, connection: Connection, asked: Asked) -> None:
        self.connection: Connection | None = connection
        self.service, self.asked = connection.service, asked
        self.began = time.perf_counter()
        self.tag = ""
        self.claimed = False
        """True where others wait for this answer."""

    def begin(self) -> bool:
        """Answer, or have an engine answer; False where this isn't for us."""
        method, query, body, heads = self.asked
        request = Request(method, "/sparql", query, heads.fields.get, body)
        try:
            ticket = sparql.simple(self.service, request, heads.accept, heads.packed)
            if ticket is None:
                return False
            self.ticket: Ticket = ticket
            if self.connection:
                self.connection.exchange = self
            self._ask(heads.known)
        except RightsGraphError as error:
            self.set_exception(error)
        return True

    def _ask(self, known: str | None) -> None:
        service = self.service
        self.tag = sparql.tag_of(service, self.ticket)
        if found := sparql.at_hand(service, self.tag, known):
            self._send(found)
        elif self.tag and service.cache.most:
            if coming := service.cache.coming(self.tag):
                coming.add_done_callback(self._shared)
            else:
                service.cache.begin(self.tag)
                self.claimed = True
                self._submit()
        else:
            self._submit()

    def _submit(self) -> None:
        text, options = self.ticket.operation.text, self.ticket.operation.options
        assert self.service.pool is not None  # noqa: S101 - or the connection hadn't begun
        self.service.pool.submit(pack_job(text, options), self)

    def _shared(self, coming: asyncio.Future[Response]) -> None:
        """Somebody else's answer to the same query is there."""
        if self.connection is None:
            return
        try:
            response = coming.result()
            if response.file:  # a file is for one reader
                self._submit()
                return
            self.service.cache.hits += 1
            self._send(response)
        except RightsGraphError as error:
            self.set_exception(error)
        except asyncio.CancelledError:
            self.connection.transport.abort()

    def done(self) -> bool:
        """True where nobody waits."""
        return self.connection is None and not self.claimed

    def set_result(self, answer: Answer) -> None:
        """The engine's answer."""
        try:
            response = sparql.response_of(answer, self.ticket.operation.options, self.tag)
        except RightsGraphError as error:
            self.set_exception(error)
            return
        if self.claimed:
            self.claimed = False
            self.service.cache.settle(self.tag, response)
        if self.connection:
            self._send(response)
        else:
            discard(answer)

    def set_exception(self, error: RightsGraphError) -> None:
        """There is no answer."""
        if self.claimed:
            self.claimed = False
            self.service.cache.fail(self.tag, error)
        accept = self.asked.heads.accept
        self._send(problem(error, "" if sparql.operation_is_for_programs(accept) else accept))

    def deserted(self) -> None:
        """The client has gone."""
        self.connection = None

    def _send(self, response: Response) -> None:
        connection = self.connection
        if connection is None:
            return
        connection.transport.write(plain.written(response, last=self.service.closing))
        seconds = time.perf_counter() - self.began
        connection.listener.log(self.asked.method, "/sparql", self.asked.query, response.status, seconds)
        if response.file:
            file = response.file.open("rb")  # at once: a file lives no longer than its build
            response.file.unlink()
            connection.listener.later(self._send_file(connection, file))
        else:
            connection.sent()

    async def _send_file(self, connection: Connection, opened: IO[bytes]) -> None:
        """A large answer, at the client's pace."""
        connection.writable = writable = asyncio.Event()
        writable.set()
        with opened as file:
            while (chunk := file.read(_CHUNK)) and self.connection:
                connection.transport.write(chunk)
                await writable.wait()
        connection.writable = None
        if self.connection:
            connection.sent()
