"""The changelog of a store folder, and an Atom feed (RFC 4287) of it.

In: the build before and the new one. Out: `changes.json` in the new build, an entry a build, the
newest first, carried on from build to build; and the feed's bytes. The time of an entry is that
of the build's own file, so that nothing of the clock gets into the data.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from kg.diff import difference, in_words
from kg.dumps import NO_XML
from kg.stores.oxigraph import write_json

if TYPE_CHECKING:
    from kg.stores import Build

ATOM = "http://www.w3.org/2005/Atom"
ENTRIES = 50
LINES = 200
"""Lines of an entry; `rightsgraph diff` tells all."""
CHANGES = "changes.json"


def record(old: Build | None, new: Build) -> None:
    """Writes what changed since the build before, with what had changed before that."""
    past: list[dict[str, Any]] = changes(old) if old else []
    entry: dict[str, Any] = {"id": new.id, "made": _made(new), "counts": new.description["counts"]}
    if old:
        found = difference(old, new)
        told = list(in_words(found))
        entry |= {kind: found.count(kind) for kind in ("added", "gone", "changed")}
        more = [f"... and {len(told) - LINES} more lines"] if len(told) > LINES else []
        entry["words"] = told[:LINES] + more
    write_json(new.folder / CHANGES, {"entries": [entry, *past][:ENTRIES]})


def changes(build: Build) -> list[dict[str, Any]]:
    """The entries of a build's changelog, the newest first; none where it was not recorded."""
    path = build.folder / CHANGES
    if not path.is_file():
        return []
    entries: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["entries"]
    return entries


def atom(build: Build, site: str) -> bytes:
    """The changelog as an Atom feed for a site."""
    ET.register_namespace("", ATOM)
    feed = ET.Element(f"{{{ATOM}}}feed")
    entries = changes(build)
    _text(feed, "id", f"{site}changes")
    _text(feed, "title", "RightsGraph: what changed")
    _text(feed, "updated", entries[0]["made"] if entries else _made(build))
    _text(ET.SubElement(feed, f"{{{ATOM}}}author"), "name", f"The publisher of {site}")
    ET.SubElement(feed, f"{{{ATOM}}}link", {"rel": "self", "href": f"{site}changes.atom"})
    for entry in entries:
        element = ET.SubElement(feed, f"{{{ATOM}}}entry")
        _text(element, "id", f"{build.base}build/{entry['id'][:16]}")
        _text(element, "title", _title(entry))
        _text(element, "updated", entry["made"])
        ET.SubElement(element, f"{{{ATOM}}}link", {"href": f"{build.base}build/{entry['id'][:16]}"})
        _text(element, "content", "\n".join(entry.get("words", [])) or _title(entry))
    written: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return written


def _title(entry: dict[str, Any]) -> str:
    if "added" not in entry:
        return f"First build: {entry['counts']['claims']} claims"
    return f"{entry['added']} claims added, {entry['gone']} gone, {entry['changed']} changed"


def _made(build: Build) -> str:
    """When a build's file was written, to the second."""
    seconds = (build.folder / "build.json").stat().st_mtime
    return datetime.fromtimestamp(int(seconds), UTC).isoformat()


def _text(parent: ET.Element, name: str, text: str) -> None:
    """A child element; characters that XML can't hold are left out."""
    ET.SubElement(parent, f"{{{ATOM}}}{name}").text = NO_XML.sub("", text)
