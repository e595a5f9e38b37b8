"""PDF by PDFium: the text of its pages as paragraphs, without page furniture and line breaks.

In: bytes. Out: a Document whose text is what stands in the PDF's text layer, so that evidence can
be looked up in it. Lines that recur at the head or foot of pages, and page numbers, are left out;
lines are joined to paragraphs, hyphenated words to one. PDFium was chosen since it reads columns in
order and resolves ligatures (pdfplumber interleaves columns, pypdf keeps ligatures). A scan has no
text layer: it is refused with what to do.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

import pypdfium2 as pdfium

from kg.errors import ReadError
from kg.model import Document

SUFFIXES = (".pdf",)

_EDGE = 3
"""Lines at the head and foot of a page that can be furniture."""
_RECURS = 3
_SHARE = 0.3
_NUMBER = re.compile(
    r"(?:page\s+)?[-–—\s]*\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?[-–—\s]*|[ivxlc]{1,6}", re.IGNORECASE
)
_MARKED = re.compile(
    r"(?:[•●▪◦‣·–—*\uf0b7-]\s+|\(?\d{1,3}(?:\.\d{1,3})*[.)]\s|\([a-z]{1,4}\)\s|[A-Z]\.\s|[IVX]{1,5}\.\s)"
)
_HYPHEN = re.compile(r"(?:[\u00ad\ufffe\x02]|(?<=[a-z])-)$")
_KEPT_HYPHEN = re.compile(
    r"(?:^|[\s(])(?:non|self|co|pre|post|anti|multi|inter|sub|vice|ex|well|long|so|mid|cross)-$",
    re.IGNORECASE,
)
_CONTENTS = re.compile(r"[.…\s]{6,}\s*[\divxlc–-]{1,9}(?:\s+\d{1,4})?\s*$|^_{5,}$", re.IGNORECASE)
"""A line of a table of contents, or a rule."""
_OPEN = re.compile(r"[\w,;’'\-–—(&]$")
_SMALL = re.compile(r"\b(?:the|of|on|and|for|to|in|a|an|by|with|or|from|at|its|their)$", re.IGNORECASE)
_CLOSED = re.compile(r"[.?!:;”\"’)]$")
_FULL = 0.8
_SHORT = 0.6


def decode(data: bytes, name: str) -> Document:
    """The document that these bytes hold. Raises ReadError where it has no text."""
    pages = [_without_numbers(page) for page in _without_furniture(_pages(data))]
    text = _joined([line for page in pages for line in page if not _CONTENTS.search(line.strip())])
    if not any(c.isalnum() for c in text):
        raise ReadError("no text in it: a scan?", mend="Recognise its text first: ocrmypdf IN.pdf OUT.pdf.")
    return Document(name=name, text=text, media_type="application/pdf")


def _pages(data: bytes) -> list[list[str]]:
    """The lines of each page, as PDFium gives them, trailing spaces kept."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        locked = "password" in str(error).casefold()
        raise ReadError(
            "locked with a password" if locked else f"no PDF that can be read ({error})",
            mend="Save a copy without password." if locked else "Open it in a viewer and save it anew.",
        ) from error
    try:
        return [_lines(document[number]) for number in range(len(document))]
    finally:
        document.close()


def _lines(page: pdfium.PdfPage) -> list[str]:
    found = page.get_textpage().get_text_range()
    return [line for line in re.split(r"\r\n|\r|\n", found) if line.strip()]


def _without_furniture(pages: list[list[str]]) -> list[list[str]]:
    """Pages without the lines that recur at their edges, digits aside."""
    counts = Counter(key for page in pages for key in {_key(line) for line in _edges(page)})
    least = max(_RECURS, int(len(pages) * _SHARE))
    recurring = {key for key, n in counts.items() if n >= least}
    kept = []
    for page in pages:
        edges = {id(line) for line in _edges(page)}
        kept.append([line for line in page if not (id(line) in edges and _key(line) in recurring)])
    return kept


def _edges(page: list[str]) -> list[str]:
    return [*page[:_EDGE], *page[max(_EDGE, len(page) - _EDGE) :]]


def _key(line: str) -> str:
    return re.sub(r"\d+", "#", " ".join(line.split())).casefold()


def _without_numbers(page: list[str]) -> list[str]:
    """A page without its number at head or foot."""
    start, end = 0, len(page)
    while start < end and _NUMBER.fullmatch(page[start].strip()):
        start += 1
    while end > start and _NUMBER.fullmatch(page[end - 1].strip()):
        end -= 1
    return page[start:end]


def _joined(lines: list[str]) -> str:
    """Lines as paragraphs, an empty line between them."""
    if not lines:
        return ""
    widths = sorted(len(line.rstrip()) for line in lines)
    width = widths[len(widths) * 9 // 10]
    paragraphs = [_clean(lines[0])]
    for above, line in pairwise(lines):
        here = _clean(line)
        if not _continues(above, line, width):
            paragraphs.append(here)
        elif _HYPHEN.search(paragraphs[-1]):
            kept = _KEPT_HYPHEN.search(paragraphs[-1]) or not here[:1].islower()
            held = paragraphs[-1] if kept else _HYPHEN.sub("", paragraphs[-1])
            paragraphs[-1] = held + here
        else:
            paragraphs[-1] += " " + here
    return "\n\n".join(p for p in paragraphs if p) + "\n"


def _clean(line: str) -> str:
    """A line without odd spaces; a soft hyphen only where the line ends in it."""
    plain = " ".join(line.replace("\x00", "").split())
    return re.sub(r"[\u00ad\ufffe\x02](?=.)", "", plain)


def _continues(above: str, line: str, width: int) -> bool:
    """True where a line goes on with the paragraph of the line above it."""
    before, here = above.strip(), line.strip()
    if _MARKED.match(here):
        return False
    if _HYPHEN.search(before) or _SMALL.search(before) or here[0].islower() or here[0] in ",;)":
        return True
    long = len(before) >= _FULL * width
    if above.endswith(" ") and len(before) > _SHORT * width:
        return True
    if _CLOSED.search(before):
        return long and not before.endswith((":", ";"))
    return long and _OPEN.search(before) is not None
