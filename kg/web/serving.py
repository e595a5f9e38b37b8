"""Run the server: find a port, start granian with one front, end gracefully."""

from __future__ import annotations

import errno
import logging
import socket
import sys
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from granian.constants import HTTPModes, Interfaces, Loops
from granian.server import Server

from kg.errors import UsageError
from kg.stores import current

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kg.web.front import Front
    from kg.web.options import ServeOptions

_TRIES = 50
_GRACE = 5
"""Seconds beyond the time-out that the front gets to finish what it has begun."""


def free_port(host: str, port: int, *, exact: bool = False) -> int:
    """This port, or the next one that is free. Raises UsageError where there is none."""
    for candidate in range(port, port + (1 if exact else _TRIES)):
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, candidate))
            except OSError as error:
                if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                    what = f"can't listen on {host}: {error.strerror}"
                    raise UsageError(what, mend="Use another --host.") from error
            else:
                return candidate
    raise UsageError(f"port {port} is taken on {host}", mend="Use another --port.")


def run(store: Path, options: ServeOptions, front: Callable[[Path, ServeOptions], Front]) -> None:
    """Serve until SIGINT or SIGTERM; `front` is called in the worker. Raises StoreError or UsageError."""
    if options.writable and not options.key:
        raise UsageError(
            "a writable server needs a key", mend="Give --key-file FILE, or set RIGHTSGRAPH_KEY."
        )
    current(store)  # say at once where there is nothing to serve
    port = free_port(options.host, options.port, exact=options.exact)
    server = Server(
        "server:front",
        address=options.host,
        port=port,
        interface=Interfaces.RSGI,
        workers=1,
        loop=Loops.auto,
        websockets=False,
        http=HTTPModes.http1,  # what proxies speak; HTTP/2 in the clear would only be more to attack
        log_enabled=False,
        respawn_failed_workers=True,
        respawn_interval=0.5,
        workers_kill_timeout=int(options.timeout) + _GRACE,
        backlog=2048,
        factory=True,
    )
    loader = partial(front, store, replace(options, port=port))
    server.serve(target_loader=cast("Any", loader), wrap_loader=False)


def announce(options: ServeOptions) -> None:
    """Say where the server is, now that it answers."""
    local = replace(options, base="")
    print(f"RightsGraph is at {local.address}/ (Ctrl+C ends it)", flush=True)


def log_to_stderr() -> None:
    """Events as lines of JSON on the error stream."""
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stderr)
