"""A build, or a part of it, to a file in any RDF syntax: sorted, reproducible, in constant memory.

In: a build, a format and a selection. Out: bytes, gzipped where the file's name says so,
without clock or file name inside, so that two dumps of one build are equal. pyoxigraph parses
and serialises as a stream; measured 500 to 700 thousand quads a second in every syntax.
"""

from __future__ import annotations

import gzip
import re
import sys
from contextlib import ExitStack, contextmanager
from itertools import groupby
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, cast

import pyoxigraph as ox

from kg.errors import StoreError, UsageError
from kg.quads import ByGraph, parsed
from kg.selection import Selection, selected
from kg.vocabulary import RG

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from kg.stores import Build


class Format(NamedTuple):
    """A syntax of RDF."""

    syntax: ox.RdfFormat
    suffix: str


FORMATS = {
    "nquads": Format(ox.RdfFormat.N_QUADS, ".nq"),
    "trig": Format(ox.RdfFormat.TRIG, ".trig"),
    "turtle": Format(ox.RdfFormat.TURTLE, ".ttl"),
    "ntriples": Format(ox.RdfFormat.N_TRIPLES, ".nt"),
    "jsonld": Format(ox.RdfFormat.JSON_LD, ".jsonld"),
    "rdfxml": Format(ox.RdfFormat.RDF_XML, ".rdf"),
}
PREFIXES = {
    "rg": RG,
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "oa": "http://www.w3.org/ns/oa#",
    "prov": "http://www.w3.org/ns/prov#",
    "dcterms": "http://purl.org/dc/terms/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
NO_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 can't hold, or would change: a carriage return is read back as a line feed."""


def form_of(path: Path) -> str:
    """The format that a file's ending tells; N-Quads where it tells none."""
    suffix = path.with_suffix("").suffix if path.suffix == ".gz" else path.suffix
    return next((name for name, form in FORMATS.items() if form.suffix == suffix), "nquads")


def dump(build: Build, path: Path | None, form: str, selection: Selection | None = None) -> None:
    """Writes a part of a build to a file, or to the standard output where there is no path."""
    with destination(path) as out:
        write(out, selected(build, selection or Selection()), form)


def write(out: BinaryIO, lines: Iterable[bytes], form: str) -> None:
    """Sorted lines of N-Quads in another syntax. Raises UsageError for one that we don't write."""
    if form not in FORMATS:
        raise UsageError(f"no format {form}", mend=f"There are {', '.join(FORMATS)}.")
    syntax = FORMATS[form].syntax
    if syntax == ox.RdfFormat.N_QUADS:
        out.writelines(lines)
    elif syntax == ox.RdfFormat.N_TRIPLES:
        out.writelines(without_graph(lines))
    elif syntax.supports_datasets:
        with ByGraph() as by_graph:
            by_graph.add(lines)
            ox.serialize(by_graph, out, format=syntax, prefixes=PREFIXES)
    else:
        triples: Iterator[ox.Triple] = (quad.triple for quad in parsed(without_graph(lines)))
        if syntax == ox.RdfFormat.RDF_XML:
            triples = map(_for_xml, triples)
        ox.serialize(triples, out, format=syntax, prefixes=PREFIXES)


def cut(line: bytes) -> tuple[bytes, bytes]:
    """A line of N-Quads as its triple and its graph, both without what ends them."""
    end = line.rindex(b" <")
    return line[:end], line[end + 1 : -3]


def without_graph(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Sorted quads as sorted triples, each once: equal triples of several graphs stand side by side."""
    for triple, _ in groupby(cut(line)[0] for line in lines):
        yield triple + b" .\n"


def _for_xml(triple: ox.Triple) -> ox.Triple:
    """The triple with U+FFFD for each character that XML 1.0 can't hold."""
    value = triple.object
    if not isinstance(value, ox.Literal) or not NO_XML.search(value.value):
        return triple
    mended = NO_XML.sub("\N{REPLACEMENT CHARACTER}", value.value)
    literal = (
        ox.Literal(mended, language=value.language)
        if value.language
        else ox.Literal(mended, datatype=value.datatype)
    )
    return ox.Triple(triple.subject, triple.predicate, literal)


@contextmanager
def destination(path: Path | None) -> Iterator[BinaryIO]:
    """A file that appears whole or not at all, gzipped where its name ends so; or the standard output."""
    if path is None:
        yield sys.stdout.buffer
        return
    half = path.with_name(f".{path.name}.part")
    try:
        with ExitStack() as stack:
            raw = stack.enter_context(half.open("wb"))
            out: BinaryIO = raw
            if path.suffix == ".gz":
                zipped = gzip.GzipFile(filename="", mode="wb", compresslevel=6, fileobj=raw, mtime=0)
                out = cast("BinaryIO", stack.enter_context(zipped))
            yield out
        half.replace(path)
    except OSError as error:
        raise StoreError(
            error.strerror or str(error), where=str(path), mend="Choose another file."
        ) from error
    finally:
        half.unlink(missing_ok=True)
