"""Dumps over HTTP: the build, or a part of it, streamed in the syntax that the name tells.

In: `/dump/rightsgraph.nq.gz` and its like, with the selection of `rightsgraph export` as
parameters (`country`, `document`, `since`, `until`, `stated`). Out: the bytes that
`rightsgraph export` writes, from a process of its own, so that an hour's download takes neither
the memory nor the time of those who ask something small. Equal builds give equal bytes, so the
entity tag is known before a byte is written. `/changes.atom` tells what changed between builds.
"""

from __future__ import annotations

import subprocess
import sys
import zlib
from threading import BoundedSemaphore
from typing import TYPE_CHECKING, NamedTuple, cast

from flask import Blueprint, Response, current_app, request, send_file
from werkzeug.http import quote_etag

from kg.dumps import FORMATS
from kg.engine.pool import BusyError
from kg.errors import NotFoundError, StoreError
from kg.feed import atom
from kg.selection import Selection, check
from kg.web.http import CORS, ProtocolError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import IO

    from werkzeug.wrappers import Response as AnyResponse

    from kg.stores import Build
    from kg.web.service import Service

dumping = Blueprint("dumping", __name__)

AT_A_TIME = 2
"""Dumps that are written at a time; more are told to come back."""
_CHUNK = 1 << 16
_TURNS = BoundedSemaphore(AT_A_TIME)


class Offer(NamedTuple):
    """A dump that there is."""

    form: str
    """As `rightsgraph export --format` calls it."""
    media_type: str
    whole: bool = False
    """True where there is nothing but the whole."""


OFFERS = {
    **{f"rightsgraph{f.suffix}": Offer(name, f.syntax.media_type) for name, f in FORMATS.items()},
    "nanopublications.trig": Offer("nanopublications", "application/trig", whole=True),
    "vocabularies.skos.ttl": Offer("skos", "text/turtle", whole=True),
    "description.ttl": Offer("description", "text/turtle", whole=True),
}
"""By the name of the file; each comes gzipped too, with `.gz` at its end."""


def _service() -> Service:
    return cast("Service", current_app.extensions["rightsgraph"])


@dumping.get("/changes.atom")
def changes() -> AnyResponse:
    """What changed from build to build, as an Atom feed."""
    service = _service()
    response = Response(
        atom(service.build, f"{service.options.address}/"), content_type="application/atom+xml; charset=utf-8"
    )
    response.headers.extend(CORS)
    response.set_etag(f"{service.build.folder.name}-changes")
    return response.make_conditional(request)


@dumping.get("/dump/<name>")
def dump(name: str) -> AnyResponse:
    """A dump. Raises NotFoundError for a name that there isn't, and what a wrong selection raises."""
    service = _service()
    build = service.build
    plain = name.removesuffix(".gz")
    offer = OFFERS.get(plain)
    if offer is None:
        raise NotFoundError("there is no such dump", where=name, mend=f"There are {', '.join(OFFERS)}.")
    if service.writes:
        raise ProtocolError(
            "the store has been written to since its build, and dumps are of builds",
            status=409,
            mend="Ask /sparql, or take the graphs one by one.",
        )
    selection = _selection(build, offer)
    if (plain, name) == ("rightsgraph.nq", "rightsgraph.nq.gz") and selection == Selection():
        response: AnyResponse = send_file(
            build.quads, mimetype="application/gzip", etag=f"{build.id[:16]}-{name}"
        )
    else:
        response = _written(build, offer, selection, gzipped=name != plain)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Link"] = f'<{build.licence}>; rel="license", </.well-known/void>; rel="describedby"'
    response.headers.extend(CORS)
    return response


def _selection(build: Build, offer: Offer) -> Selection:
    """The part that the parameters ask for; found wrong before anything is sent."""
    given = request.args
    unknown = sorted(set(given) - {"country", "document", "since", "until", "stated"})
    if unknown:
        raise ProtocolError(
            f"a dump has no parameter {unknown[0]}", mend="There are country, document, since, until, stated."
        )
    selection = Selection(
        tuple(given.getlist("country")),
        tuple(given.getlist("document")),
        given.get("since", ""),
        given.get("until", ""),
        inferred=given.get("stated", "false").lower() not in ("", "1", "true", "yes"),
    )
    if offer.whole and selection != Selection():
        raise ProtocolError(f"{offer.form} is written of the whole", mend="Leave the parameters out.")
    check(build, selection)
    return selection


def _written(build: Build, offer: Offer, selection: Selection, *, gzipped: bool) -> Response:
    """The dump as a stream; not modified, or only its head, where no more is asked for."""
    tag = (
        f"{build.id[:16]}-{offer.form}-{abs(zlib.crc32(repr(selection).encode()))}{'-gz' if gzipped else ''}"
    )
    kind = "application/gzip" if gzipped else offer.media_type
    if request.if_none_match.contains_weak(tag):
        response = Response(status=304)
    elif request.method == "HEAD":
        response = Response(content_type=kind)
    else:
        written = _Dump(_command(build, offer, selection))
        response = Response(_compressed(written) if gzipped else iter(written), content_type=kind)
        response.call_on_close(written.close)
    response.headers["ETag"] = quote_etag(tag)
    return response


def _command(build: Build, offer: Offer, selection: Selection) -> list[str]:
    """The command line that writes it."""
    told = [f"--country={c}" for c in selection.countries] + [f"--document={d}" for d in selection.documents]
    told += [f"--since={selection.since}"] if selection.since else []
    told += [f"--until={selection.until}"] if selection.until else []
    told += [] if selection.inferred else ["--stated"]
    return [
        sys.executable,
        "-m",
        "kg",
        "export",
        "-",
        f"--store={build.folder}",
        f"--format={offer.form}",
        *told,
    ]


class _Dump:
    """A process that writes a dump; it ends with its reader. Raises BusyError where too many do."""

    def __init__(self, command: list[str]) -> None:
        if not _TURNS.acquire(blocking=False):
            raise BusyError(f"{AT_A_TIME} dumps are being written", mend="Try again in a moment.")
        try:
            self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)  # noqa: S603 - our own command
        except OSError:
            _TURNS.release()
            raise

    def __iter__(self) -> Iterator[bytes]:
        """What it writes, as it writes it. Raises StoreError where it breaks off."""
        out, told = cast("IO[bytes]", self.process.stdout), cast("IO[bytes]", self.process.stderr)
        while piece := out.read(_CHUNK):
            yield piece
        if self.process.wait():
            raise StoreError(told.read().decode(errors="replace").strip() or "the dump broke off")

    def close(self) -> None:
        """End the process, whether or not it was read to its end."""
        self.process.kill()
        self.process.communicate()
        _TURNS.release()


def _compressed(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Pieces gzipped, without a time, so that one dump is one sequence of bytes."""
    squeeze = zlib.compressobj(6, wbits=31)
    for piece in pieces:
        if found := squeeze.compress(piece):
            yield found
    yield squeeze.flush()
