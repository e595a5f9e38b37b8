"""A bounded pool of engine processes for one build.

In: jobs as frames. Out: answers, or one of three refusals: the queue is full, the time is up,
the engine broke down (its memory bound, as a rule). All state lives on one event loop, so
that admission, time-outs and kills need no lock; a killed engine is replaced from the nursery
within milliseconds, while the next one already takes the next job.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import socket
import subprocess
import tempfile
from collections import deque
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import kg
from kg.engine.job import LENGTH, Answer
from kg.engine.process import READY, Settings, command
from kg.errors import RightsGraphError

if TYPE_CHECKING:
    from collections.abc import Callable

_CHUNK = 1 << 16


class BusyError(RightsGraphError):
    """All engines work and the queue is full."""

    http_status = 503


class TimeUpError(RightsGraphError):
    """The query took longer than this server lets a query take."""

    http_status = 504


class BrokenEngineError(RightsGraphError):
    """The engine ended in the middle of a query."""

    http_status = 500


@dataclass(slots=True)
class Tally:
    """What a pool has done, for the metrics."""

    jobs: int = 0
    killed: int = 0
    broken: int = 0
    refused: int = 0


class _Engine:
    """One process, seen from the server."""

    __slots__ = ("buffer", "connection", "pid", "reply", "timer")

    def __init__(self, connection: socket.socket) -> None:
        self.connection = connection
        self.pid = 0
        self.reply: asyncio.Future[Answer] | None = None
        self.timer: asyncio.TimerHandle | None = None
        self.buffer = bytearray()


class Pool:
    """Engines over one database."""

    def __init__(self, settings: Settings, *, engines: int, queue: int, timeout: float) -> None:
        self.spool = Path(tempfile.mkdtemp(prefix="rightsgraph-"))
        self.settings = replace(settings, spool=str(self.spool))
        self.engines, self.queue, self.timeout = engines, queue, timeout
        self.tally = Tally()
        self._idle: list[_Engine] = []
        self._all: set[_Engine] = set()
        self._waiting: deque[tuple[bytes, float, asyncio.Future[Answer]]] = deque()
        self._busy = 0
        self._closed = False
        self._changed: Callable[[], None] = lambda: None

    async def start(self) -> None:
        """Start the nursery and the engines; return when all of them are ready."""
        self._loop = asyncio.get_running_loop()
        await self._start_nursery()
        await asyncio.gather(*(self._hatch() for _ in range(self.engines)))

    async def _start_nursery(self) -> None:
        self._control, theirs = socket.socketpair()
        with theirs:
            path = str(Path(kg.__file__).parent.parent)
            environment = {**os.environ, "PYTHONPATH": path, "RUST_BACKTRACE": "0"}
            self._nursery = subprocess.Popen(  # noqa: S603 - our own module; it returns at once
                command(theirs.fileno(), self.settings), pass_fds=[theirs.fileno()], env=environment
            )
        self._control.settimeout(0)
        if not await self._loop.sock_recv(self._control, 1):
            raise BrokenEngineError(
                "the store can't be opened",
                where=self.settings.database,
                mend="Build it anew, or look at the message above.",
            )

    async def _hatch(self) -> None:
        """One more engine."""
        ours, theirs = socket.socketpair()
        with theirs:
            socket.send_fds(self._control, [b"."], [theirs.fileno()])
        ours.settimeout(0)
        engine = _Engine(ours)
        self._all.add(engine)
        hello = await self._loop.sock_recv(ours, READY.size)
        if len(hello) < READY.size:
            self._all.discard(engine)
            ours.close()
            raise BrokenEngineError("an engine did not start", where=self.settings.database)
        (engine.pid,) = READY.unpack(hello)
        self._loop.add_reader(ours.fileno(), self._read, engine)
        self._free(engine)

    @property
    def ready(self) -> bool:
        """True where at least one engine is there."""
        return any(e.pid for e in self._all)

    @property
    def load(self) -> tuple[int, int]:
        """Jobs being worked on, and jobs that wait."""
        return self._busy, len(self._waiting)

    async def ask(self, frame: bytes, timeout: float | None = None) -> Answer:
        """The answer to a job. Raises BusyError, TimeUpError or BrokenEngineError."""
        seconds = self.timeout if timeout is None else timeout
        reply: asyncio.Future[Answer] = self._loop.create_future()
        if self._idle:
            self._give(self._idle.pop(), frame, seconds, reply)
        elif len(self._waiting) < self.queue and not self._closed:
            self._waiting.append((frame, self._loop.time() + seconds, reply))
        else:
            self.tally.refused += 1
            raise BusyError("all engines are busy and the queue is full", mend="Try again in a moment.")
        self.tally.jobs += 1
        return await reply

    def _give(self, engine: _Engine, frame: bytes, seconds: float, reply: asyncio.Future[Answer]) -> None:
        self._busy += 1
        engine.reply = reply
        engine.timer = self._loop.call_later(seconds, self._time_up, engine, seconds)
        try:
            sent = engine.connection.send(frame)
        except (BlockingIOError, BrokenPipeError, ConnectionResetError):
            sent = 0
        if sent < len(frame):
            rest = self._loop.create_task(self._send_rest(engine, frame[sent:]))
            rest.add_done_callback(lambda done: done.cancelled() or done.exception())

    async def _send_rest(self, engine: _Engine, rest: bytes) -> None:
        # A broken connection shows where the answer is read.
        with suppress(BrokenPipeError, ConnectionResetError, OSError):
            await self._loop.sock_sendall(engine.connection, rest)

    def _read(self, engine: _Engine) -> None:
        """Something came from an engine: a part of its answer, or its end."""
        try:
            chunk = engine.connection.recv(_CHUNK)
        except (BlockingIOError, InterruptedError):
            return
        except OSError:
            chunk = b""
        if not chunk:
            self._lost(engine, BrokenEngineError("the query needs more memory than this server gives it"))
            return
        buffer = engine.buffer
        if not buffer and len(chunk) == LENGTH.size + LENGTH.unpack_from(chunk)[0]:
            frame = chunk[LENGTH.size :]
        else:
            buffer += chunk
            if len(buffer) < LENGTH.size or len(buffer) < LENGTH.size + LENGTH.unpack_from(buffer)[0]:
                return
            frame = bytes(buffer[LENGTH.size :])
            engine.buffer = bytearray()
        reply, engine.reply = engine.reply, None
        if engine.timer:
            engine.timer.cancel()
        self._busy -= 1
        self._free(engine)
        if reply and not reply.done():
            reply.set_result(Answer.unpack(frame))
        else:
            discard(Answer.unpack(frame))

    def _free(self, engine: _Engine) -> None:
        """An engine has nothing to do: the next job, or the bench."""
        now = self._loop.time()
        while self._waiting:
            frame, until, reply = self._waiting.popleft()
            if reply.done():
                continue
            if until <= now:
                reply.set_exception(self._late(self.timeout))
                continue
            self._give(engine, frame, until - now, reply)
            return
        if self._closed:
            self._drop(engine)
            self._changed()
        else:
            self._idle.append(engine)

    def _late(self, seconds: float) -> TimeUpError:
        return TimeUpError(
            f"no answer within {seconds:g} seconds",
            mend="Ask for less: add a LIMIT, a country or a document, or work on a dump.",
        )

    def _time_up(self, engine: _Engine, seconds: float) -> None:
        self.tally.killed += 1
        self._lost(engine, self._late(seconds))

    def _drop(self, engine: _Engine) -> None:
        """Forget an engine and end its process."""
        self._all.discard(engine)
        self._loop.remove_reader(engine.connection.fileno())
        engine.connection.close()
        if engine.pid:
            with suppress(ProcessLookupError):
                os.kill(engine.pid, signal.SIGKILL)

    def _lost(self, engine: _Engine, why: RightsGraphError) -> None:
        """An engine is gone or has to go: tell who waits for it, and replace it."""
        if engine not in self._all:
            return
        reply, engine.reply = engine.reply, None
        if engine.timer:
            engine.timer.cancel()
        if engine in self._idle:
            self._idle.remove(engine)
        self._drop(engine)
        if reply:
            self._busy -= 1
            if isinstance(why, BrokenEngineError):
                self.tally.broken += 1
            if not reply.done():
                reply.set_exception(why)
        if not self._closed or self._waiting:
            self._loop.create_task(self._replace())
        else:
            self._changed()

    async def _replace(self) -> None:
        pause = 0.05
        while not self._closed or self._waiting:
            try:
                if self._nursery.poll() is not None:
                    self._control.close()
                    await self._start_nursery()
                await self._hatch()
            except (RightsGraphError, OSError):
                await asyncio.sleep(pause)
                pause = min(2 * pause, 2)
            else:
                return

    async def drain(self, grace: float) -> None:
        """Take no more jobs, finish those that are there, end all processes."""
        self._closed = True
        gone = asyncio.Event()
        self._changed = lambda: gone.set() if not self._busy and not self._waiting else None
        for engine in list(self._idle):
            self._drop(engine)
        self._idle.clear()
        self._changed()
        with suppress(TimeoutError):
            await asyncio.wait_for(gone.wait(), grace)
        self.close()

    def close(self) -> None:
        """End all processes at once."""
        self._closed = True
        for engine in list(self._all):
            self._drop(engine)
        self._control.close()
        self._nursery.kill()
        self._nursery.wait()
        shutil.rmtree(self.spool, ignore_errors=True)

    def counts(self) -> dict[str, int]:
        """The tally as names and numbers."""
        return asdict(self.tally)


def discard(answer: Answer) -> None:
    """Throw away an answer that nobody waits for any more."""
    if answer.in_file:
        Path(answer.body.decode()).unlink(missing_ok=True)
