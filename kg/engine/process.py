"""The processes in which queries are evaluated: a nursery, and the engines it forks.

`python -m kg.engine.process SOCKET SETTINGS` is the nursery. It is started clean (no threads,
nothing imported but pyoxigraph), loads the store into memory where the store is small, and
forks an engine for every socket that the server sends it: with the interpreter and the data
already there that takes milliseconds, and engines share the loaded data copy on write. An
engine takes one job at a time off its socket, in a thread with a large stack; its address
space is bounded, it dies with its nursery, and the server kills it when a job's time is up.
"""

from __future__ import annotations

import ctypes
import gc
import json
import os
import resource
import signal
import socket
import struct
import sys
import threading
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.engine.answering import Engine
from kg.engine.guard import Bounds
from kg.engine.job import LENGTH, unpack_job
from kg.engine.searching import Search

if TYPE_CHECKING:
    from collections.abc import Iterator

READY = struct.Struct("!II")
"""What an engine says first: the ids of its process and of the thread that works."""
_CHUNK = 1 << 16
_STACK = 256 << 20
_PARENT_DEATH = 1
"""PR_SET_PDEATHSIG of Linux's prctl."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How a nursery is to run its engines."""

    database: str
    """The folder of the Oxigraph database."""
    spool: str
    """Where large answers are put."""
    resident: bool = False
    """True to hold the whole store in memory."""
    writable: bool = False
    memory: int = 1 << 30
    """Bytes that an engine may take beyond what it starts with."""
    index: str = ""
    """The text index, or empty."""
    bounds: dict[str, int] = field(default_factory=dict)
    """Those of the guard's `Bounds` that differ from its own."""


def _frames(connection: socket.socket) -> Iterator[bytes]:
    """The frames of jobs without their lengths, until there are no more."""
    held = bytearray()
    while part := connection.recv(_CHUNK):
        if not held and len(part) >= LENGTH.size and len(part) == LENGTH.size + LENGTH.unpack_from(part)[0]:
            yield part[LENGTH.size :]  # one job alone, as most come
            continue
        held += part
        while len(held) >= LENGTH.size:
            end = LENGTH.size + LENGTH.unpack_from(held)[0]
            if len(held) < end:
                break
            yield bytes(held[LENGTH.size : end])
            del held[:end]


def _bound_memory(extra: int) -> None:
    """Limit the address space to what is taken now and so much more."""
    if not extra or not sys.platform.startswith("linux"):
        return
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    limit = pages * resource.getpagesize() + _STACK + extra
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def _die_with_parent() -> None:
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(_PARENT_DEATH, signal.SIGKILL)


def _serve(connection: socket.socket, engine: Engine) -> None:
    # The server may be gone, or may have stopped reading: then there is nobody to answer.
    with suppress(BrokenPipeError, ConnectionResetError):
        connection.sendall(READY.pack(os.getpid(), threading.get_native_id()))
        for frame in _frames(connection):
            text, options = unpack_job(frame)
            connection.sendall(engine.answer(text, options).pack())


def _engine(connection: socket.socket, settings: Settings, loaded: ox.Store | None) -> None:
    """The life of an engine process."""
    _die_with_parent()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if loaded is not None:
        store = loaded
    elif settings.writable:
        store = ox.Store(settings.database)
    else:
        store = ox.Store.read_only(settings.database)
    search = Search(settings.index) if settings.index else None
    bounds = Bounds(**settings.bounds)
    engine = Engine(store, spool=Path(settings.spool), search=search, bounds=bounds)
    _bound_memory(settings.memory)
    threading.stack_size(_STACK)
    thread = threading.Thread(target=_serve, args=(connection, engine))
    thread.start()
    thread.join()


def _load(database: str) -> ox.Store:
    """The whole store in memory."""
    store = ox.Store()
    store.bulk_extend(iter(ox.Store.read_only(database)))
    return store


def nursery(control: socket.socket, settings: Settings) -> None:
    """Fork an engine for each socket that arrives, until the server goes."""
    _die_with_parent()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    loaded = _load(settings.database) if settings.resident else None
    gc.freeze()  # what all engines share is looked at, and so copied, by none of them
    control.sendall(b"+")
    while True:
        message, handles, _, _ = socket.recv_fds(control, 1, 1)
        if not message:
            return
        for handle in handles:
            if os.fork() == 0:
                control.close()
                _engine(socket.socket(fileno=handle), settings, loaded)
                os._exit(0)
            os.close(handle)


def command(handle: int, settings: Settings) -> list[str]:
    """The command line that starts a nursery on an inherited socket."""
    return [sys.executable, "-P", "-m", __spec__.name, str(handle), json.dumps(asdict(settings))]


if __name__ == "__main__":
    nursery(socket.socket(fileno=int(sys.argv[1])), Settings(**json.loads(sys.argv[2])))
