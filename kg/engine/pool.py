"""A bounded pool of engine processes for one build.

In: jobs as frames. Out: answers, or one of three refusals: the queue is full, the time is up,
the engine broke down (its memory bound, as a rule). All state lives on one event loop, so
that admission, time-outs and kills need no lock; a killed engine is replaced from the nursery
within milliseconds, and one in reserve takes the next job at once.

Quick queries don't wait for slow ones: a job that has taken `_QUICK` seconds gives its place
to another engine, and after `_LONG` seconds it goes on at a lower priority, as long as there are
no more than `engines` of these; a text that was slow before starts there. So a few heavy clients
take what processor time is left over, and everybody else goes on as before.

Where jobs take less than `_BRISK` seconds and more than `_BACKLOG` wait, an engine is sent up to
`_AHEAD` of them before it has answered the one it works on, so that it needn't sleep between them:
on two processors that is a third of the time of a light query. What it hasn't begun is taken back
once another engine has nothing to do, or after `_STUCK` seconds; evaluated twice, it does no harm:
such engines only read.
"""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections import OrderedDict, deque
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from kg.engine.nursery import BrokenEngineError, Engine, Nursery
from kg.engine.writing import unfinished
from kg.errors import RightsGraphError

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from kg.engine.job import Answer
    from kg.engine.process import Settings

__all__ = ["BrokenEngineError", "BusyError", "Pool", "TimeUpError", "discard"]

_CHUNK = 1 << 16
_QUICK = 0.05
"""Seconds after which a job gives way to others."""
_LONG = 1.0
"""Seconds after which it goes on at a lower priority. What ends with its job has to be forked anew,
and is slow at first, with nothing in its caches: so this is not for a query of 0.1 seconds."""
_BRISK = 0.002
_AHEAD = 7
_BACKLOG = 2
_STUCK = 0.01
_SHORT = 1 << 15
"""Bytes of a job that may be sent ahead: it has to fit into the socket."""
_TICK = 0.01
"""Seconds between looks at the clock while there is work."""
_LEFT = 2.0
"""Seconds that answers in files have to be opened by those who asked, once the engines end."""
_RESERVE = 1
"""Engines that stand ready beyond those that may work."""
_KNOWN = 4_096
"""Slow texts that are remembered, by their hash."""


class BusyError(RightsGraphError):
    """All engines work and the queue is full."""

    http_status = 503


class TimeUpError(RightsGraphError):
    """The query took longer than this server lets a query take."""

    http_status = 504


@dataclass(slots=True)
class Tally:
    """What a pool has done, for the metrics."""

    jobs: int = 0
    killed: int = 0
    broken: int = 0
    refused: int = 0


class Reply(Protocol):
    """Who waits for an answer: a future, or what is to be called at once."""

    def done(self) -> bool:
        """True where nobody waits any more."""

    def set_result(self, answer: Answer, /) -> None:
        """The answer is there."""

    def set_exception(self, error: RightsGraphError, /) -> None:
        """There is none."""


class Job:
    """A frame, until when its answer counts, and who waits for it."""

    __slots__ = ("frame", "reply", "until")

    def __init__(self, frame: bytes, until: float, reply: Reply) -> None:
        self.frame, self.until, self.reply = frame, until, reply


class Pool:
    """Engines over one database."""

    def __init__(self, settings: Settings, *, engines: int, queue: int, timeout: float) -> None:
        self.spool = Path(tempfile.mkdtemp(prefix="rightsgraph-"))
        self.settings = replace(settings, spool=str(self.spool))
        # Of a database that is open for writing there can be but one engine.
        self.engines, self.slow = (1, 0) if settings.writable else (engines, engines)
        self.queue, self.timeout = queue, timeout
        self.tally = Tally()
        self._nursery = Nursery(self.settings)
        self._idle: list[Engine] = []
        self._busy: set[Engine] = set()
        self._slow = 0
        self._waiting: deque[Job] = deque()
        self._waiting_slow: deque[Job] = deque()
        self._known: OrderedDict[int, None] = OrderedDict()
        self._coming = 0
        self._ahead = 0
        """Jobs that engines were sent and haven't begun: they count as waiting."""
        self._pace = 0.0
        """Seconds that a job took of late."""
        self._tasks: set[asyncio.Task[None]] = set()
        self._clock: asyncio.TimerHandle | None = None
        self._closed = False
        self._changed: Callable[[], None] = lambda: None

    async def start(self) -> None:
        """Start the nursery and the engines; return when all of them are ready."""
        self._loop = asyncio.get_running_loop()
        await self._nursery.start()
        reserve = _RESERVE if self.slow else 0
        await asyncio.gather(*(self._hatch() for _ in range(self.engines + reserve)))

    async def _hatch(self) -> None:
        self._coming += 1
        try:
            engine = await self._nursery.hatch()
        finally:
            self._coming -= 1
        if self._closed and not self._waiting_any:
            engine.end()
            return
        self._loop.add_reader(engine.connection.fileno(), self._read, engine)
        self._idle.append(engine)
        self._next()

    @property
    def ready(self) -> bool:
        """True where at least one engine is there."""
        return bool(self._idle or self._busy)

    @property
    def load(self) -> tuple[int, int]:
        """Jobs being worked on, and jobs that wait."""
        return len(self._busy), len(self._waiting) + len(self._waiting_slow) + self._ahead

    async def ask(self, frame: bytes) -> Answer:
        """The answer to a job. Raises BusyError, TimeUpError or BrokenEngineError."""
        reply: asyncio.Future[Answer] = self._loop.create_future()
        self.submit(frame, reply)
        return await reply

    def submit(self, frame: bytes, reply: Reply) -> None:
        """Have a job done. Raises BusyError; whatever comes later, the reply is told."""
        job = Job(frame, self._loop.time() + self.timeout, reply)
        slow = bool(self._known) and hash(frame) in self._known
        queue = self._waiting_slow if slow else self._waiting
        if self._idle and self._room(slow=slow):
            self._give(self._idle.pop(), job, slow=slow)
        elif len(queue) + (not slow) * self._ahead < self.queue and not self._closed:
            queue.append(job)
            self._spread()
        else:
            self.tally.refused += 1
            raise BusyError("all engines are busy and the queue is full", mend="Try again in a moment.")
        self.tally.jobs += 1
        if self._clock is None:
            self._tick()

    def _room(self, *, slow: bool) -> bool:
        """True where one more job may start."""
        return self._slow < self.slow if slow else len(self._busy) - self._slow < self.engines

    def _give(self, engine: Engine, job: Job, *, slow: bool) -> None:
        self._busy.add(engine)
        engine.job, engine.since = job, self._loop.time()
        if slow:
            self._give_way(engine)
        self._send(engine, job.frame)

    def _brisk(self, job: Job) -> Engine | None:
        """The engine that a job may be sent to ahead of its turn: with the fewest before it."""
        if self._pace > _BRISK or not self.slow or len(job.frame) > _SHORT:
            return None
        found, fewest, latest = None, _AHEAD, self._loop.time() - _BRISK
        for engine in self._busy:
            if len(engine.more) < fewest and engine.since >= latest and engine.takes_more:
                found, fewest = engine, len(engine.more)
        return found

    def _send(self, engine: Engine, frame: bytes) -> None:
        try:
            sent = engine.connection.send(frame)
        except (BlockingIOError, BrokenPipeError, ConnectionResetError):
            sent = 0
        if sent < len(frame):
            engine.sending = True
            self._later(self._send_rest(engine, frame[sent:]))

    def _later(self, work: Coroutine[Any, Any, None]) -> None:
        task = self._loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _send_rest(self, engine: Engine, rest: bytes) -> None:
        # A broken connection shows where the answer is read.
        with suppress(OSError):
            await self._loop.sock_sendall(engine.connection, rest)
        engine.sending = False

    def _relieve(self, longer: float) -> None:
        """Take from engines what waits behind a job that takes longer than this."""
        since = self._loop.time() - longer
        for engine in self._busy:
            if engine.more and engine.since < since:
                engine.stale += len(engine.more)
                self._take_back(engine)

    def _take_back(self, engine: Engine) -> None:
        """Jobs that an engine hasn't begun: they are the first to be given to another one."""
        self._ahead -= len(engine.more)
        self._waiting.extendleft(reversed(engine.more))
        engine.more.clear()

    def _next(self) -> None:
        """Give waiting jobs to engines that have nothing to do."""
        for queue, slow in ((self._waiting, False), (self._waiting_slow, True)):
            while queue and self._idle and self._room(slow=slow):
                job = queue.popleft()
                if not job.reply.done():
                    self._give(self._idle.pop(), job, slow=slow)
        self._spread()

    def _spread(self) -> None:
        """Send jobs ahead of their turn where many wait; the rest is for who has nothing to do first."""
        while len(self._waiting) > _BACKLOG and (engine := self._brisk(self._waiting[0])):
            job = self._waiting.popleft()
            if not job.reply.done():
                engine.more.append(job)
                self._ahead += 1
                self._send(engine, job.frame)

    # Engines that take long

    def _tick(self) -> None:
        self._clock = self._loop.call_later(_TICK, self._look) if self._busy or self._waiting_any else None

    @property
    def _waiting_any(self) -> bool:
        return bool(self._waiting or self._waiting_slow)

    def _look(self) -> None:
        """Whose time is up, and who is to give way?"""
        now = self._loop.time()
        self._relieve(_STUCK)
        self._next()
        for engine in list(self._busy):
            if engine in self._busy:
                self._look_at(engine, now)
        for queue in (self._waiting, self._waiting_slow):
            while queue and queue[0].until <= now:
                job = queue.popleft()
                if not job.reply.done():
                    job.reply.set_exception(self._late())
        self._tick()

    def _look_at(self, engine: Engine, now: float) -> None:
        job, took = engine.job, now - engine.since
        if job and job.until <= now:
            self.tally.killed += 1
            self._lost(engine, self._late())
        elif engine.stale and not job and took > _QUICK:
            self._lost(engine, self._late())  # it works on what another one answers
        elif job and not engine.slow and took > _QUICK and self.slow:
            self._remember(job)
            if self._slow < self.slow:
                self._give_way(engine)
                self._next()
        elif engine.slow and not engine.lower and took > _LONG:
            engine.step_back()

    def _give_way(self, engine: Engine) -> None:
        engine.slow = True
        self._slow += 1
        self._fill()

    def _remember(self, job: Job) -> None:
        self._known[hash(job.frame)] = None
        if len(self._known) > _KNOWN:
            self._known.popitem(last=False)

    def _late(self) -> TimeUpError:
        return TimeUpError(
            f"no answer within {self.timeout:g} seconds",
            mend="Ask for less: add a LIMIT, a country or a document, or work on a dump.",
        )

    # Answers

    def _read(self, engine: Engine) -> None:
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
        found = [(self._answered(engine), answer) for answer in engine.answers(chunk)]
        if found and not engine.job and not engine.stale:
            self._busy.discard(engine)
            self._done(engine)
        elif self._waiting:
            self._next()
        # Who is answered may ask again at once: so this comes when all is in order.
        for job, answer in found:
            if job and not job.reply.done():
                job.reply.set_result(answer)
            else:
                discard(answer)

    def _answered(self, engine: Engine) -> Job | None:
        """The job that an engine has just answered; None where another engine was given it."""
        now, job = self._loop.time(), engine.job
        took, engine.since = now - engine.since, now
        if job is None:
            engine.stale -= 1
            return None
        self._pace += (took - self._pace) / 8
        if engine.slow and took < _QUICK:
            self._known.pop(hash(job.frame), None)
        engine.job = None
        if engine.more:
            engine.job = engine.more.popleft()
            self._ahead -= 1
        return job

    def _done(self, engine: Engine) -> None:
        """An engine has nothing to do: the next job, or the bench, or its end."""
        changed = engine.slow or self._closed
        self._slow -= engine.slow
        engine.slow = False
        if engine.lower or (self._closed and not self._waiting_any):
            self._drop(engine)
        else:
            self._idle.append(engine)
            if not self._waiting:
                self._relieve(_BRISK)
        if self._waiting_any:
            self._next()
        if changed:
            self._fill()

    def _drop(self, engine: Engine) -> None:
        """Forget an engine and end its process."""
        self._loop.remove_reader(engine.connection.fileno())
        engine.end()

    def _lost(self, engine: Engine, why: RightsGraphError) -> None:
        """An engine is gone or has to go: tell who waits for it, and replace it."""
        job, engine.job = engine.job, None
        if engine in self._idle:
            self._idle.remove(engine)
        elif engine not in self._busy:
            return
        self._busy.discard(engine)
        self._slow -= engine.slow
        self._take_back(engine)
        self._drop(engine)
        # The file may be large, and to remove it may take a while.
        self._loop.run_in_executor(None, _forget, unfinished(self.spool, engine.pid))
        self._next()
        self._fill()
        if job and isinstance(why, BrokenEngineError):
            self.tally.broken += 1
        if job and not job.reply.done():
            job.reply.set_exception(why)

    def _fill(self) -> None:
        """Have as many engines as may work, and the reserve."""
        if self._closed and not self._waiting_any:
            self._changed()
            return
        quick = len(self._busy) - self._slow
        reserve = _RESERVE if self.slow else 0
        missing = self.engines + reserve - quick - len(self._idle) - self._coming
        for _ in range(missing):
            self._coming += 1
            self._later(self._replace())

    async def _replace(self) -> None:
        self._coming -= 1  # the engine that hatches counts for itself
        pause = 0.05
        while not self._closed or self._waiting_any:
            try:
                await self._nursery.start()
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
        self._changed = lambda: gone.set() if not self._busy and not self._waiting_any else None
        if not self._waiting_any:
            for engine in self._idle:
                self._drop(engine)
            self._idle.clear()
        self._changed()
        try:
            with suppress(TimeoutError):
                await asyncio.wait_for(gone.wait(), grace)
            until = self._loop.time() + min(grace, _LEFT)
            while any(self.spool.iterdir()) and self._loop.time() < until:
                await asyncio.sleep(_TICK)
        finally:
            self.close()

    def close(self) -> None:
        """End all processes at once."""
        self._closed = True
        if self._clock:
            self._clock.cancel()
        working = [job for engine in self._busy for job in (engine.job, *engine.more) if job]
        for job in (*self._waiting, *self._waiting_slow, *working):
            if not job.reply.done():
                job.reply.set_exception(BusyError("the server is ending"))
        self._waiting.clear()
        self._waiting_slow.clear()
        for engine in (*self._idle, *self._busy):
            self._drop(engine)
        self._idle.clear()
        self._busy.clear()
        self._nursery.close()
        shutil.rmtree(self.spool, ignore_errors=True)

    def counts(self) -> dict[str, int]:
        """The tally as names and numbers."""
        return asdict(self.tally)


def _forget(path: Path) -> None:
    path.unlink(missing_ok=True)


def discard(answer: Answer) -> None:
    """Throw away an answer that nobody waits for any more."""
    if answer.in_file:
        Path(answer.body.decode()).unlink(missing_ok=True)
