"""Run the server: find a port, start granian with one front, end gracefully.

The port is the listener's (`kg.web.listener`); granian itself listens on a socket of this machine
that only the listener knows.
"""

from __future__ import annotations

import errno
import logging
import resource
import socket
import sys
import tempfile
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from granian.constants import HTTPModes, Interfaces, Loops
from granian.server import Server

from kg.errors import UsageError
from kg.stores import current

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.web.front import Front
    from kg.web.options import ServeOptions

_TRIES = 50
_BACKLOG = 2048
_GRACE = 5
"""Seconds beyond the time-out that the front gets to finish what it has begun."""


def bound(host: str, port: int, *, exact: bool = False) -> socket.socket:
    """A socket that listens at this port, or at the next one that is free. Raises UsageError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for candidate in range(port, port + (1 if exact else _TRIES)):
        listening = socket.socket(family)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((host, candidate))
            listening.listen(_BACKLOG)
        except OSError as error:
            listening.close()
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                what = f"can't listen on {host}: {error.strerror}"
                raise UsageError(what, mend="Use another --host.") from error
        else:
            return listening
    raise UsageError(f"port {port} is taken on {host}", mend="Use another --port.")


def _many_connections() -> None:
    """Let the front hold as many connections as the system lets a process hold."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def run(store: Path, options: ServeOptions, front: Callable[[Path, ServeOptions], Front]) -> None:
    """Serve until SIGINT or SIGTERM; `front` is called in the worker. Raises StoreError or UsageError."""
    if options.writable and not options.key:
        raise UsageError(
            "a writable server needs a key", mend="Give --key-file FILE, or set RIGHTSGRAPH_KEY."
        )
    current(store)  # say at once where there is nothing to serve
    _many_connections()
    with (
        bound(options.host, options.port, exact=options.exact) as listening,
        tempfile.TemporaryDirectory(prefix="rightsgraph-") as private,
    ):
        behind = Path(private) / "http"
        server = Server(
            "server:front",
            uds=behind,
            uds_permissions=0o600,
            interface=Interfaces.RSGI,
            workers=1,
            loop=Loops.auto,
            websockets=False,
            http=HTTPModes.http1,  # what proxies speak; HTTP/2 in the clear would only be more to attack
            log_enabled=False,
            respawn_failed_workers=True,
            respawn_interval=0.5,
            workers_kill_timeout=int(options.timeout) + _GRACE,
            backlog=_BACKLOG,
            factory=True,
        )
        told = replace(options, port=listening.getsockname()[1])

        def loader() -> Front:
            return front(store, told).listen(listening, behind)

        server.serve(target_loader=cast("Any", loader), wrap_loader=False)


def announce(options: ServeOptions) -> None:
    """Say where the server is, now that it answers."""
    local = replace(options, base="")
    print(f"RightsGraph is at {local.address}/ (Ctrl+C ends it)", flush=True)


def log_to_stderr() -> None:
    """Events as lines of JSON on the error stream."""
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stderr)
