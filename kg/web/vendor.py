"""The front-end parts that pages use: from installed npm packages to `static/vendor/`.

In: `kg/web/node_modules`, as `npm ci` made it from the lock file. Out: the few files that pages
load, without source maps, and `LICENCES.txt` with the licence of every package whose code is in
them. They are not committed; a wheel carries them. Run as `python -m kg.web.vendor`.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

from kg.errors import StoreError

HERE = Path(__file__).parent
PACKAGES = HERE / "node_modules"
VENDOR = HERE / "static" / "vendor"
FILES = (
    "@zazuko/yasgui/build/yasgui.min.js",
    "@zazuko/yasgui/build/yasgui.min.css",
    "cytoscape/dist/cytoscape.min.js",
    "world-atlas/land-110m.json",
)
"""What pages load; the name of a file is its name in `static/vendor/`."""
_MAP = re.compile(rb"\n?(//|/\*)# sourceMappingURL=[^\n]*")


def copy(packages: Path = PACKAGES, to: Path = VENDOR) -> list[Path]:
    """The files, copied, and the licences. Raises StoreError where a package is missing."""
    to.mkdir(parents=True, exist_ok=True)
    made = []
    for name in FILES:
        source = packages / name
        if not source.is_file():
            raise StoreError(
                "this npm package isn't installed", where=name, mend="Run: npm ci --prefix kg/web"
            )
        # A source map is 3 MB that no page needs, and a browser's tools ask for it.
        made.append(to / source.name)
        made[-1].write_bytes(_MAP.sub(b"", source.read_bytes()))
    made.append(to / "LICENCES.txt")
    made[-1].write_text(licences(packages), encoding="utf-8")
    return made


def licences(packages: Path) -> str:
    """The licence of each installed package that isn't for tests alone, in order of their names."""
    lock = json.loads((packages.parent / "package-lock.json").read_text(encoding="utf-8"))
    told = []
    for place, entry in sorted(lock["packages"].items()):
        if not place or entry.get("dev"):
            continue
        name = place.rpartition("node_modules/")[2]
        folder = packages.parent / place
        files = sorted(
            p for p in folder.glob("*") if re.match(r"(?i)(licen[cs]e|copying)", p.name) and p.is_file()
        )
        text = files[0].read_text(encoding="utf-8", errors="replace").strip() if files else _named(folder)
        told.append(f"{name} {entry['version']} ({entry.get('license', 'see below')})\n\n{text}\n")
    return ("\n" + "-" * 78 + "\n\n").join(told)


def _named(folder: Path) -> str:
    """What a package without a licence file says of itself."""
    told = json.loads((folder / "package.json").read_text(encoding="utf-8"))
    author = told.get("author", "")
    author = author.get("name", "") if isinstance(author, dict) else author
    return (
        f"It has no licence file; its package.json names {told.get('license')}, and {author or 'no author'}."
    )


if __name__ == "__main__":
    sys.stdout.write(f"{len(copy())} front-end files are in {VENDOR}\n")
