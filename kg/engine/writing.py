"""Where the engine writes an answer: counted, capped, compressed, and in a file when it is large.

In: the chunks that pyoxigraph serialises (8 kB each). Out: an `Answer`. Rows are counted by
what ends them, and an answer over its cap is cut after its last whole row and closed, so that
what arrives is well-formed; the answer says that it is not all. As long as there are fewer
bytes than rows allowed, no cap can be reached, and chunks are only kept.
"""

from __future__ import annotations

import gzip
import os
import tempfile
import zlib
from typing import IO, TYPE_CHECKING, cast

from kg.engine.job import INLINE, Answer, Form

if TYPE_CHECKING:
    from pathlib import Path

    from kg.engine.formats import Format
    from kg.engine.job import Options

_SMALL = 1_000
"""Bytes below which compression costs more than it saves."""
_LEVEL = 5


def unfinished(folder: Path, pid: int) -> Path:
    """Where the engine of this process writes a large answer, until it is whole."""
    return folder / f"{pid}.part"


class Full(Exception):  # noqa: N818 - no error: it ends a serialisation at its cap
    """The cap on rows or bytes is reached."""


class Output:
    """A file object for one answer."""

    def __init__(self, form: Form, shape: Format, options: Options, folder: Path) -> None:
        self.form, self.shape, self.options, self.folder = form, shape, options, folder
        self.truncated = False
        self._marks = 0
        """Row ends in what is already emitted."""
        self._size = 0
        self._tail = b""
        """What came since the last row end, with it: a cut needs it."""
        self._chunks: list[bytes] = []
        self._file: IO[bytes] | None = None
        self._held = 0
        self._unseen = min(options.rows or INLINE, options.size or INLINE, INLINE)
        """Bytes up to which nothing is looked at."""

    def write(self, chunk: bytes) -> int:
        """Take a chunk. Raises Full when a cap is reached."""
        if self._unseen:
            self._held += len(chunk)
            if self._held < self._unseen:
                self._chunks.append(chunk)
                return len(chunk)
            held, self._chunks, self._unseen = [*self._chunks, chunk], [], 0
            for piece in held:
                self._counted(piece)
            return len(chunk)
        self._counted(chunk)
        return len(chunk)

    def _counted(self, chunk: bytes) -> None:
        if self.truncated:  # the writer flushes once more what it could not write
            return
        seen = self._tail + chunk
        marks = seen.count(self.shape.row)
        last = self._last_mark(seen, marks)
        if last is not None:
            self.truncated, self._tail = True, b""
            self._emit(seen[:last] + self.shape.close)
            raise Full
        keep = seen.rfind(self.shape.row)
        if keep > 0:
            self._marks += marks - 1
            self._emit(seen[:keep])
            seen = seen[keep:]
        self._tail = seen

    def flush(self) -> None:
        """Nothing to do: chunks are kept as they come."""

    def _last_mark(self, seen: bytes, marks: int) -> int | None:
        """Where to cut, or None where no cap is reached."""
        cut: int | None = None
        if self.options.rows:
            wanted = self.options.rows + self.shape.header
            if self._marks + marks >= wanted + (0 if self.shape.between else 1):
                cut = -1
                for _ in range(wanted - self._marks):
                    cut = seen.index(self.shape.row, cut + 1)
        if self.options.size and self._size + len(seen) > self.options.size:
            room = self.options.size - self._size
            fits = max(seen.rfind(self.shape.row, 0, max(room, len(self.shape.row))), 0)
            cut = fits if cut is None else min(cut, fits)
        return cut

    def _emit(self, chunk: bytes) -> None:
        self._size += len(chunk)
        if self._file is None and self._size > INLINE:
            self._spill()
        if self._file is None:
            self._chunks.append(chunk)
        else:
            self._file.write(chunk)

    def _spill(self) -> None:
        compress = self.options.encoding == "gzip"
        path = unfinished(self.folder, os.getpid())
        opened = gzip.open(path, "wb", compresslevel=_LEVEL) if compress else path.open("wb")  # noqa: SIM115
        self._file = cast("IO[bytes]", opened)
        self._file.write(b"".join(self._chunks))
        self._chunks.clear()

    def answer(self) -> Answer:
        """All that was written."""
        if self._tail:
            self._emit(self._tail)
        compress = self.options.encoding == "gzip"
        if self._file is not None:
            self._file.close()
            handle, path = tempfile.mkstemp(dir=self.folder)
            os.close(handle)
            size = unfinished(self.folder, os.getpid()).replace(path).stat().st_size
            name = path.encode()
            return Answer(200, self.form, name, size, self.truncated, in_file=True, encoded=compress)
        body = b"".join(self._chunks)
        compress = compress and len(body) > _SMALL
        if compress:
            body = zlib.compress(body, _LEVEL, wbits=31)
        return Answer(200, self.form, body, len(body), self.truncated, encoded=compress)
