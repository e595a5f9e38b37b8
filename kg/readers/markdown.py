"""Markdown in UTF-8: kept as it stands, offsets and all; layout reads its marks."""

from __future__ import annotations

from kg.model import Document
from kg.readers.plain import text_of

SUFFIXES = (".md", ".markdown")


def decode(data: bytes, name: str) -> Document:
    """The document that these bytes hold."""
    return Document(name=name, text=text_of(data), media_type="text/markdown")
