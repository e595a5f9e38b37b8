"""Plain text in UTF-8: bytes -> Document, or a ReadError that says why not.

A byte order mark stays the first code point of the text (layout takes it for space), so
that offsets count as they do for whoever decodes the file as UTF-8.
"""

from __future__ import annotations

import codecs

from kg.errors import ReadError
from kg.model import Document

SUFFIXES = (".txt", ".text")

LONGEST_LINE = 1_000_000
"""Code points: longer than any paragraph, shorter than what stalls a parser."""

_MARKS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
_CONTROLS = frozenset(range(32)) - {9, 10, 11, 12, 13, 27}


def text_of(data: bytes) -> str:
    r"""The text of bytes in UTF-8, with line ends as `\n`."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            raise ReadError(f"encoded in {encoding}", mend=f"Convert it: iconv -f {encoding} -t UTF-8.")
    head = data[:65536]
    if 0 in data or sum(b in _CONTROLS for b in head) > len(head) / 100:
        raise ReadError("binary, not text", mend="Give the text of the document.")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ReadError(
            f"not UTF-8 (byte {data[error.start]:#04x} at offset {error.start})",
            mend="Convert it: iconv -f WINDOWS-1252 -t UTF-8, or whatever its encoding is.",
        ) from error
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not any(c.isalnum() for c in text):
        raise ReadError("empty: no letter or digit in it", mend="Leave it out.")
    longest = max(map(len, text.split("\n")))
    if longest > LONGEST_LINE:
        raise ReadError(
            f"one line of {longest:,} characters, more than {LONGEST_LINE:,}",
            mend="Is it a data dump? Break the text into paragraphs.",
        )
    return text


def decode(data: bytes, name: str) -> Document:
    """The document that these bytes hold."""
    return Document(name=name, text=text_of(data))
