"""The server's side of engine processes: starts the nursery, has it fork engines, ends them.

In: settings. Out: an `Engine` for each `hatch`, ready for its first job. The processes
themselves are `kg.engine.process`.
"""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
from collections import deque
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import kg
from kg.engine.job import LENGTH, Answer
from kg.engine.process import READY, command
from kg.errors import RightsGraphError

if TYPE_CHECKING:
    from kg.engine.pool import Job
    from kg.engine.process import Settings

_SLOW = 5
"""What is added to the nice value of an engine whose query takes long: a third of a quick one's share."""


_ENVIRONMENT = {
    "RUST_BACKTRACE": "0",
    # The database opens its files in sixteen threads. With an arena for each, glibc would reserve
    # a gigabyte of addresses for them, and a bound on addresses would leave none for queries.
    "MALLOC_ARENA_MAX": "2",
    # What a query frees is kept for the next one: page faults took 25 of 190 microseconds.
    "MALLOC_TRIM_THRESHOLD_": str(64 << 20),
    "MALLOC_TOP_PAD_": str(16 << 20),
    # A query allocates small pieces by the thousand; kept at hand by size, not seven but ten thousand of
    # each, they take a quarter off every query and a third off those that group and sort.
    "GLIBC_TUNABLES": "glibc.malloc.tcache_count=10000",
}


class BrokenEngineError(RightsGraphError):
    """The engine ended in the middle of a query."""

    http_status = 500


class Engine:
    """One process, seen from the server."""

    __slots__ = (
        *("buffer", "connection", "job", "lower", "more", "pid"),
        *("sending", "since", "slow", "stale", "thread"),
    )

    def __init__(self, connection: socket.socket) -> None:
        self.connection = connection
        self.pid = self.thread = 0
        self.job: Job | None = None
        """What it works on."""
        self.more: deque[Job] = deque()
        """What it was sent besides, and hasn't begun."""
        self.stale = 0
        """Jobs that were taken back from it: it answers them, and nobody waits for that."""
        self.sending = False
        """True while a part of a job is still to be sent."""
        self.since = 0.0
        """When its job began, or when it last answered one that it was sent besides."""
        self.slow = False
        """True while it has given its place to another one."""
        self.lower = False
        """True once it runs at a lower priority, from which there is no way back: it ends with its job."""
        self.buffer = bytearray()

    @property
    def takes_more(self) -> bool:
        """True where it may be sent another job before it has answered this one."""
        return not (self.slow or self.stale or self.sending)

    def answers(self, chunk: bytes) -> list[Answer]:
        """The answers that are whole now that this has come."""
        if self.buffer:
            self.buffer += chunk
            if len(self.buffer) < LENGTH.size:
                return []
            if len(self.buffer) < LENGTH.size + LENGTH.unpack_from(self.buffer)[0]:
                return []
            chunk = bytes(self.buffer)
            self.buffer = bytearray()
        found, start, size = [], 0, len(chunk)
        while start + LENGTH.size <= size:
            end = start + LENGTH.size + LENGTH.unpack_from(chunk, start)[0]
            if end > size:
                break
            found.append(Answer.unpack(chunk, start + LENGTH.size, end))
            start = end
        if start < size:
            self.buffer += chunk[start:]
        return found

    def step_back(self) -> None:
        """Let other engines go first, from now on."""
        self.lower = True
        # Nice values are the threads' own on Linux; only a lowered one would need rights.
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, self.thread, os.getpriority(os.PRIO_PROCESS, 0) + _SLOW)

    def end(self) -> None:
        """End the process."""
        self.connection.close()
        if self.pid:
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)


class Nursery:
    """The process that forks engines."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._process: subprocess.Popen[bytes] | None = None
        self._starting = asyncio.Lock()
        self._control = socket.socket(socket.AF_UNIX)

    async def start(self) -> None:
        """Start it where it doesn't run; return when the store is open. Raises BrokenEngineError."""
        async with self._starting:
            if not self.alive:
                await self._start()

    async def _start(self) -> None:
        self._control.close()
        self._control, theirs = socket.socketpair()
        with theirs:
            path = str(Path(kg.__file__).parent.parent)
            environment = {**os.environ, "PYTHONPATH": path, **_ENVIRONMENT}
            self._process = subprocess.Popen(  # noqa: S603 - our own module; it returns at once
                command(theirs.fileno(), self.settings), pass_fds=[theirs.fileno()], env=environment
            )
        self._control.settimeout(0)
        if not await asyncio.get_running_loop().sock_recv(self._control, 1):
            raise BrokenEngineError(
                "the store can't be opened",
                where=self.settings.database,
                mend="Build it anew, or look at the message above.",
            )

    @property
    def alive(self) -> bool:
        """False where the process has ended."""
        return self._process is not None and self._process.poll() is None

    async def hatch(self) -> Engine:
        """One more engine. Raises BrokenEngineError or OSError."""
        ours, theirs = socket.socketpair()
        with theirs:
            socket.send_fds(self._control, [b"."], [theirs.fileno()])
        ours.settimeout(0)
        engine = Engine(ours)
        try:
            hello = await asyncio.get_running_loop().sock_recv(ours, READY.size)
        except BaseException:
            ours.close()
            raise
        if len(hello) < READY.size:
            ours.close()
            raise BrokenEngineError("an engine did not start", where=self.settings.database)
        engine.pid, engine.thread = READY.unpack(hello)
        return engine

    def close(self) -> None:
        """End it."""
        self._control.close()
        if self._process is not None:
            self._process.kill()
            self._process.wait()
