"""How to serve: the options of `rightsgraph serve`, with defaults for a public endpoint."""

from __future__ import annotations

import os
from dataclasses import dataclass, field

from kg.engine.guard import Bounds

MEGABYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class ServeOptions:
    """Everything that an operator may turn."""

    host: str = "127.0.0.1"
    port: int = 8000
    """The next free one is taken where this one is in use, unless `exact`."""
    exact: bool = False
    workers: int = field(default_factory=lambda: max(2, os.cpu_count() or 2))
    """Engine processes: so many queries are evaluated at a time."""
    timeout: float = 30.0
    """Seconds that a query may take, waiting included."""
    memory: int = 1024
    """Megabytes that a query may take in its engine."""
    cache: int = 64
    """Megabytes of answers kept."""
    queue: int = 128
    """Queries that may wait for an engine; more are told to come back."""
    rows: int = 1_000_000
    """Rows or statements in an answer; 0 for no bound."""
    size: int = 256
    """Megabytes in an answer."""
    body: int = 2
    """Megabytes in the body of a request."""
    body_with_key: int = 100
    """The same for those who have the key."""
    body_seconds: float = 10.0
    """Seconds in which the body of a request has to arrive."""
    resident: str = "auto"
    """auto, always or never: whether the engines hold the store in memory."""
    union: bool = True
    """The default graph is the union of the named graphs."""
    writable: bool = False
    """True to take updates from who has the key."""
    key: str = ""
    base: str = ""
    """The public address of the server, where a proxy stands before it."""
    log: str = "events"
    """events, requests (method, route, status, time) or queries (with their text)."""
    bounds: Bounds = field(default_factory=Bounds)

    @property
    def address(self) -> str:
        """Where the server is found, without a slash at the end."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return self.base.rstrip("/") or f"http://{host}:{self.port}"
