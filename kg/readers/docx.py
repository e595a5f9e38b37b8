"""Word documents by python-docx: paragraphs and tables in their order, with Markdown's marks.

In: bytes of a .docx. Out: a Document whose text holds the words of the body; headings and lists by
their styles. Headers, footers, comments and text boxes are not read. The old .doc is another format.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

import docx
from docx.opc.exceptions import OpcError
from docx.table import Table

from kg.errors import ReadError
from kg.model import Document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docx.text.paragraph import Paragraph

SUFFIXES = (".docx",)

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_HEADING = re.compile(r"heading (\d)", re.IGNORECASE)
_LISTED = re.compile(r"list (?:bullet|number|paragraph)|aufz|bullet", re.IGNORECASE)


def decode(data: bytes, name: str) -> Document:
    """The document that these bytes hold. Raises ReadError where it is no Word document or empty."""
    try:
        document = docx.Document(io.BytesIO(data))
    except (OpcError, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise ReadError(
            f"no Word document ({error})", mend="Open it in Word and save it as .docx."
        ) from error
    blocks = [block for part in document.iter_inner_content() for block in _blocks(part)]
    text = "\n\n".join(blocks) + "\n"
    if not any(c.isalnum() for c in text):
        raise ReadError("empty: no letter or digit in it", mend="Leave it out.")
    return Document(name=name, text=text, media_type=MEDIA_TYPE)


def _blocks(part: Paragraph | Table) -> Iterator[str]:
    """The text of a paragraph, or of each row of a table."""
    if isinstance(part, Table):
        for row in part.rows:
            cells = list(dict.fromkeys(" ".join(c.text.split()) for c in row.cells))
            if any(cells):
                yield "| " + " | ".join(cells) + " |"
        return
    mark = _mark(part)
    for line in part.text.split("\n"):
        if words := " ".join(line.split()):
            yield mark + (f"**{words}**" if not mark and _is_bold(part) else words)


def _mark(paragraph: Paragraph) -> str:
    """Markdown's mark for a paragraph's style."""
    style = paragraph.style.name if paragraph.style is not None and paragraph.style.name else ""
    if style.casefold() == "title":
        return "# "
    if heading := _HEADING.match(style):
        return "#" * min(int(heading[1]) + 1, 6) + " "
    numbered = paragraph._p.pPr is not None and paragraph._p.pPr.numPr is not None  # noqa: SLF001 - no other way
    return "- " if numbered or _LISTED.search(style) else ""


def _is_bold(paragraph: Paragraph) -> bool:
    """True where all words of a paragraph are bold."""
    runs = [r for r in paragraph.runs if r.text.strip()]
    return bool(runs) and all(r.bold for r in runs)
