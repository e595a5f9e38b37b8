"""What passes between server and engine: jobs one way, answers the other.

A frame is its length and its bytes, on a socket pair. The options of a job are a line of JSON
that both ends keep parsed, since most jobs share a handful of them; the query follows as it
came. An answer starts with six fixed fields; one larger than `INLINE` lies in a file that
the frame names, so that no process holds it whole and no slow reader holds an engine.
"""

from __future__ import annotations

import json
import struct
from dataclasses import asdict, dataclass
from enum import IntEnum
from functools import lru_cache
from typing import Any, NamedTuple

INLINE = 1 << 20
LENGTH = struct.Struct("!I")
_HEAD = struct.Struct("!HBBBBQ")


class Form(IntEnum):
    """What an answer holds."""

    TEXT = 0
    """A message: an error, or nothing at all."""
    SOLUTIONS = 1
    BOOLEAN = 2
    GRAPH = 3


_FORMS = tuple(Form)


@dataclass(frozen=True, slots=True)
class Options:
    """How a query or update is to be read and answered."""

    kind: str = "query"
    """query, update, the syntax alone of one, or what to do with a graph: get, put, post, delete."""
    solutions: str = "json"
    """Format of solutions and booleans; empty where the client takes none."""
    graph: str = "ttl"
    """Format of graphs; empty where the client takes none."""
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    union: bool = True
    """The default graph is the union of the named ones."""
    encoding: str = ""
    """gzip or nothing."""
    base: str = ""
    rows: int = 0
    """At most so many rows or statements; 0 for no bound."""
    guarded: bool = True
    """False for a long text that the engine has to put through the guard first."""
    size: int = 0
    """At most so many bytes, before compression; 0 for no bound."""

    @property
    def dataset(self) -> bool:
        """True where the protocol names the dataset."""
        return bool(self.default_graphs or self.named_graphs)


@lru_cache(maxsize=4096)
def _encoded(options: Options) -> bytes:
    return json.dumps(asdict(options)).encode()


@lru_cache(maxsize=4096)
def _decoded(line: bytes) -> Options:
    fields: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in json.loads(line).items()}
    return Options(**fields)


def pack_job(text: str, options: Options) -> bytes:
    """A job as a frame."""
    line, body = _encoded(options), text.encode()
    return b"".join((LENGTH.pack(len(line) + 1 + len(body)), line, b"\n", body))


def unpack_job(frame: bytes) -> tuple[str, Options]:
    """The query and options of a frame without its length."""
    line, _, body = frame.partition(b"\n")
    return body.decode(), _decoded(line)


class Answer(NamedTuple):
    """What came of a job."""

    status: int
    """As in HTTP: 200, 400 for a syntax error, 406, 500."""
    form: Form
    body: bytes = b""
    """The answer, or the name of the file that holds it."""
    size: int = 0
    """Bytes of the answer as it is sent."""
    truncated: bool = False
    in_file: bool = False
    encoded: bool = False
    """True where it is compressed as the job asked."""

    def pack(self) -> bytes:
        """The answer as a frame."""
        flags = (self.truncated, self.in_file, self.encoded)
        head = _HEAD.pack(self.status, self.form, *flags, self.size)
        return b"".join((LENGTH.pack(len(head) + len(self.body)), head, self.body))

    @classmethod
    def unpack(cls, frame: bytes, start: int, end: int) -> Answer:
        """The answer of a frame whose length ends at `start`."""
        status, form, truncated, in_file, encoded, size = _HEAD.unpack_from(frame, start)
        body = frame[start + _HEAD.size : end]
        return cls(status, _FORMS[form], body, size, bool(truncated), bool(in_file), bool(encoded))
