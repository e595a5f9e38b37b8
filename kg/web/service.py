"""One store folder being served: the build that counts, its engines, the cache, the swap.

In: jobs. Out: answers of the build that counts when the job arrives. A new build is noticed
by the name in CURRENT; its engines are started beside the old ones, take over when they are
ready, and the old ones finish what they have begun. Everything runs on one event loop: that
of the server in front, or a thread of its own where the app runs under a plain WSGI server.
"""

from __future__ import annotations

import asyncio
import atexit
import hashlib
import json
import logging
import threading
from contextlib import suppress
from dataclasses import asdict
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import pyoxigraph as ox

from kg.engine.guard import check
from kg.engine.job import Answer, Options, pack_job
from kg.engine.pool import BusyError, Pool
from kg.engine.process import Settings
from kg.engine.residence import fits, size
from kg.errors import QueryError, RightsGraphError, StoreError
from kg.stores import current
from kg.web.cache import Cache
from kg.web.http import Response
from kg.web.metrics import Metrics
from kg.web.options import MEGABYTE, ServeOptions
from kg.web.protocol import Ticket, weight

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from kg.stores import Build
    from kg.web.http import Headers

V = TypeVar("V")

LOG = logging.getLogger("rightsgraph.serve")
_AT_ONCE = 64 * MEGABYTE
"""Size of a database up to which the start waits for it to be in memory: 2 seconds."""
_LOOK = 0.5
"""Seconds between looks at CURRENT."""


class Service:
    """What routes ask."""

    def __init__(self, folder: Path, options: ServeOptions | None = None) -> None:
        self.folder, self.options = folder, options or ServeOptions()
        self.build = current(folder)
        self.pool: Pool | None = None
        self.metrics = Metrics()
        self.cache: Cache[Response] = Cache(
            self.options.cache * MEGABYTE, lambda r: -1 if r.file else len(r.body)
        )
        self.tickets: Cache[Ticket] = Cache(self.options.cache * MEGABYTE // 8, weight)
        """Queries that were read and checked; a build has no part in that."""
        self.writes = 0
        """Updates since the start: a part of every entity tag."""
        self.swaps = 0
        self.closing = False
        self.warm: Callable[[], None] | None = None
        """What is made ready for a build that has just taken over, in a thread."""
        self._loop: asyncio.AbstractEventLoop | None = None
        self._watcher: asyncio.Task[None] | None = None
        self._moving: asyncio.Task[None] | None = None
        self._leaving: set[asyncio.Future[None]] = set()
        """Pools of builds that were: they finish what they have begun."""
        self._thread: threading.Thread | None = None
        self._own_loop = threading.Lock()

        self.caps = Options(
            union=self.options.union,
            base=f"{self.options.address}/sparql",
            rows=self.options.rows,
            size=self.options.size * MEGABYTE,
        )
        """What is added to every job."""

    # Life

    async def start(self) -> None:
        """Start the engines on the running loop, and look out for new builds."""
        self._loop = asyncio.get_running_loop()
        resident = _resident(self.build, self.options)
        later = resident and self.options.resident == "auto" and size(self.build.database) > _AT_ONCE
        self.pool = await self._engines(self.build, resident=resident and not later)
        if later:
            self._moving = self._loop.create_task(self._into_memory(self.build, self.pool))
        event("started", build=self.build.folder.name, engines=self.pool.engines)
        self._watcher = self._loop.create_task(self._watch())
        self._warmed()

    def _warmed(self) -> None:
        if self.warm:  # a thread that a stopping server doesn't wait for
            threading.Thread(target=self.warm, name="warm", daemon=True).start()

    async def _into_memory(self, build: Build, on_disk: Pool) -> None:
        """Answer from disk until a large store is in memory."""
        try:
            pool = await self._engines(build, resident=True)
        except (RightsGraphError, OSError) as error:
            event("not-resident", why=str(error))
            return
        if self.pool is not on_disk or self.closing:
            pool.close()
            return
        self.pool = pool
        event("resident", build=build.folder.name)
        await self._leave(on_disk)

    async def _engines(self, build: Build, *, resident: bool) -> Pool:
        options = self.options
        pool = Pool(
            Settings(
                database=str(build.database),
                spool="",
                resident=resident,
                writable=options.writable,
                memory=options.memory * MEGABYTE,
                index=str(build.search),
                bounds=asdict(options.bounds),
            ),
            engines=1 if options.writable else options.workers,
            queue=options.queue,
            timeout=options.timeout,
        )
        try:
            await pool.start()
        except BaseException:  # a server that ends in the middle of it leaves nothing behind
            pool.close()
            raise
        return pool

    async def _leave(self, pool: Pool) -> None:
        """Let a pool finish what it has begun, whatever becomes of the task that waits for it."""
        leaving = asyncio.ensure_future(pool.drain(self.options.timeout))
        self._leaving.add(leaving)
        leaving.add_done_callback(self._leaving.discard)
        await asyncio.shield(leaving)

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(_LOOK)
            try:
                await self.refresh()
            except RightsGraphError as error:
                event("swap-failed", why=str(error))

    async def refresh(self) -> bool:
        """Take over a new build where there is one; True where there was."""
        build = current(self.folder)
        if build.folder == self.build.folder:
            return False
        pool = await self._engines(build, resident=_resident(build, self.options))
        old, self.pool, self.build = self.pool, pool, build
        self.__dict__.pop("graph_iri", None)
        self.cache.clear()
        self.swaps += 1
        event("swapped", build=build.folder.name)
        self._warmed()
        if old:
            await self._leave(old)
        return True

    async def stop(self) -> None:
        """Finish what is begun, end the engines."""
        self.closing = True
        for task in (self._watcher, self._moving):
            if task:
                task.cancel()
        if self.pool:
            await asyncio.gather(self.pool.drain(self.options.timeout), *self._leaving)
        event("stopped")

    def close(self) -> None:
        """The same from outside the loop, where the service runs on a thread of its own."""
        thread, self._thread = self._thread, None
        if thread and self._loop:
            with suppress(TimeoutError):
                asyncio.run_coroutine_threadsafe(self.stop(), self._loop).result(self.options.timeout + 1)
            self._loop.call_soon_threadsafe(self._loop.stop)
            thread.join()

    # Asking

    @property
    def ready(self) -> bool:
        """True where questions are answered at once."""
        return bool(self.pool and self.pool.ready and not self.closing)

    @property
    def version(self) -> str:
        """Changes whenever an answer may change."""
        return f"{self.build.folder.name}.{self.writes}" if self.writes else self.build.folder.name

    async def ask(self, text: str, options: Options) -> Answer:
        """The answer of an engine. Raises what the pool raises."""
        if self.pool is None:
            raise BusyError("the server is starting", mend="Try again in a moment.")
        return await self.pool.ask(pack_job(text, options))

    def changed(self) -> None:
        """The store isn't what it was: forget the answers that it gave."""
        self.writes += 1
        self.cache.clear()

    @staticmethod
    def delivered(answer: Answer, headers: Headers, tag: str = "") -> Response:
        """A whole answer as a response; that it is compressed, the headers have to say."""
        if answer.in_file:
            size = ("content-length", str(answer.size))
            return Response(200, (*headers, size), file=Path(answer.body.decode()), tag=tag)
        return Response(200, headers, answer.body, tag=tag)

    def run(self, work: Coroutine[Any, Any, V]) -> V:
        """Wait for something that lives on the loop; for threads, never for the loop itself."""
        with self._own_loop:
            if self._loop is None:
                loop = asyncio.new_event_loop()
                self._thread = threading.Thread(target=_live, args=(loop,), name="engines", daemon=True)
                self._thread.start()
                atexit.register(self.close)
                asyncio.run_coroutine_threadsafe(self.start(), loop).result()
            else:
                loop = self._loop
        return asyncio.run_coroutine_threadsafe(work, loop).result()

    def solutions(self, text: str) -> ox.QuerySolutions:
        """The solutions of a SELECT query of our own, for pages. Raises QueryError, and what `ask` raises."""
        check(text, self.options.bounds)
        options = Options(solutions="json", graph="", union=True, rows=self.options.rows)
        response = self.run(self._kept(text, options))
        body = response.body
        if response.file:
            body = response.file.read_bytes()
            response.file.unlink()
        found = ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
        if not isinstance(found, ox.QuerySolutions):
            raise QueryError("a page asks SELECT queries")
        return found

    async def _kept(self, text: str, options: Options) -> Response:
        """The answer to a query of our own: asked once a build, however many open the same page."""

        async def make() -> Response:
            answer = await self.ask(text, options)
            if answer.status >= 400:  # noqa: PLR2004 - as in HTTP
                raise QueryError(answer.body.decode())
            return self.delivered(answer, ())

        key = f"page {self.version} {hashlib.blake2b(text.encode(), digest_size=16).hexdigest()}"
        return await (self.cache.get(key, make) if self.cache.most else make())

    @cached_property
    def graph_iri(self) -> str:
        """The address under which the graph's own things stand."""
        try:
            return self.build.base
        except (OSError, ValueError, KeyError) as error:
            raise StoreError(str(error), where=str(self.build.folder), mend="Build it anew.") from error


def _live(loop: asyncio.AbstractEventLoop) -> None:
    """The life of a thread that holds nothing but a loop."""
    asyncio.set_event_loop(loop)
    loop.run_forever()
    loop.close()


def _resident(build: Build, options: ServeOptions) -> bool:
    if options.writable or options.resident == "never":
        return False
    return options.resident == "always" or fits(build.database)


def event(name: str, **fields: object) -> None:
    """One line of JSON in the log."""
    LOG.info(json.dumps({"event": name, **fields}))
