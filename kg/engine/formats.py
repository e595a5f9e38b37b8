"""The media types that SPARQL answers come in, one table for the whole server.

In: a short name or a media type. Out: what the engine calls it, how it is served, and where
an answer in it can be cut so that it stays well-formed. A new format is a row here.
"""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph as ox

PREFIXES = {
    "rg": "https://w3id.org/rightsgraph/ontology#",
    "dcterms": "http://purl.org/dc/terms/",
    "oa": "http://www.w3.org/ns/oa#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""Written into Turtle, TriG and RDF/XML answers, so that people can read them."""


@dataclass(frozen=True, slots=True)
class Format:
    """A serialisation of solutions, booleans or graphs."""

    name: str
    """Ending of files and value of `format=`."""
    media_type: str
    writer: ox.QueryResultsFormat | ox.RdfFormat
    aliases: tuple[str, ...] = ()
    """Other media types that mean this one."""
    row: bytes = b"\n"
    """What ends a row, or stands between two, so that rows can be counted and an answer cut there."""
    close: bytes = b""
    """What makes an answer whole that was cut before a `row`."""
    between: bool = False
    """True where `row` stands between rows, not after each."""
    header: int = 0
    """How many lines that end like a row come before the first one."""
    charset: bool = False

    @property
    def content_type(self) -> str:
        """The header's value."""
        return f"{self.media_type}; charset=utf-8" if self.charset else self.media_type


SOLUTIONS = (
    Format(
        "json",
        "application/sparql-results+json",
        ox.QueryResultsFormat.JSON,
        ("application/json", "text/json"),
        # The quote before the braces ends a term; inside a literal it would be escaped.
        row=b'"}},{"',
        close=b'"}}]}}',
        between=True,
    ),
    Format(
        "xml",
        "application/sparql-results+xml",
        ox.QueryResultsFormat.XML,
        ("application/xml", "text/xml"),
        row=b"</result>",
        close=b"</result></results></sparql>",
    ),
    Format("csv", "text/csv", ox.QueryResultsFormat.CSV, row=b"\r\n", close=b"\r\n", header=1, charset=True),
    Format(
        "tsv",
        "text/tab-separated-values",
        ox.QueryResultsFormat.TSV,
        row=b"\n",
        close=b"\n",
        header=1,
        charset=True,
    ),
)
GRAPHS = (
    Format(
        "ttl",
        "text/turtle",
        ox.RdfFormat.TURTLE,
        ("application/turtle", "application/x-turtle"),
        row=b" .\n",
        close=b" .\n",
        header=len(PREFIXES),
        charset=True,
    ),
    Format(
        "nt", "application/n-triples", ox.RdfFormat.N_TRIPLES, ("text/plain",), row=b" .\n", close=b" .\n"
    ),
    Format(
        "rdf",
        "application/rdf+xml",
        ox.RdfFormat.RDF_XML,
        ("application/xml", "text/xml"),
        row=b"</rdf:Description>",
        close=b"</rdf:Description></rdf:RDF>",
    ),
    Format(
        "jsonld",
        "application/ld+json",
        ox.RdfFormat.JSON_LD,
        ("application/json",),
        row=b'},{"@id":"',
        close=b"}]",
        between=True,
    ),
    Format("nq", "application/n-quads", ox.RdfFormat.N_QUADS, ("text/x-nquads",), row=b" .\n", close=b" .\n"),
    Format(
        "trig",
        "application/trig",
        ox.RdfFormat.TRIG,
        row=b" .\n",
        close=b" .\n",
        header=len(PREFIXES),
        charset=True,
    ),
    Format("n3", "text/n3", ox.RdfFormat.N3, ("text/rdf+n3",), row=b" .\n", close=b" .\n", charset=True),
)
BY_NAME = {f.name: f for f in (*SOLUTIONS, *GRAPHS)}


def parsing(content_type: str) -> Format | None:
    """The graph format of a body's content type, or None."""
    media_type = content_type.split(";", maxsplit=1)[0].strip().lower()
    return next((f for f in GRAPHS if media_type in (f.media_type, *f.aliases)), None)
