"""Linked data at full length: a crawl of every address, and the export of millions of quads.

`make bench-linked-data` builds the bundled sample and asks for each of its addresses as a page
and as Turtle; then it multiplies the sample's statements to MILLIONS (10) and writes them in
every syntax, each in a process of its own. Printed are faults, times, quads a second and the largest
memory in use.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from itertools import groupby
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "web")]

from crawling import addresses, visits  # noqa: E402 - found by the line above

from kg import pipeline  # noqa: E402
from kg.dumps import FORMATS  # noqa: E402
from kg.stores import Build, current  # noqa: E402
from kg.stores.oxigraph import read_quads, write_quads  # noqa: E402
from server import ServeOptions, create_app  # noqa: E402


def crawl(folder: Path) -> None:
    """Asks for every address, and prints what is wrong."""
    build = current(folder)
    app = create_app(folder, ServeOptions(workers=1))
    iris = addresses(build)
    found = list(visits(app.test_client(), build, iris))
    app.extensions["rightsgraph"].close()
    seconds = sorted(v.seconds for v in found)
    faults = [v for v in found if v.fault]
    for fault, some in groupby(sorted(faults, key=lambda v: v.fault), key=lambda v: v.fault):
        told = list(some)
        print(f"  {len(told)} times: {fault}, such as {told[0].iri} as {told[0].form}")
    print(f"{len(iris)} addresses, {len(found)} answers, {len(faults)} with a fault")
    print(
        f"median {statistics.median(seconds) * 1000:.0f} ms, 99th percentile "
        f"{seconds[int(len(seconds) * 0.99)] * 1000:.0f} ms, slowest {seconds[-1] * 1000:.0f} ms, "
        f"over a second: {sum(s > 1 for s in seconds)}"
    )


def multiplied(build: Build, wanted: int, folder: Path) -> Build:
    """A build with copies of the sample's statements on things of its own, as many as wanted."""
    base = build.base.encode()
    with read_quads(build.quads) as lines:
        own = [line for line in lines if line.startswith(b"<" + base)]
    copies = range(-(-wanted // len(own)))
    some = (line.replace(b"<" + base, b"<%bcopy%06d/" % (base, n)) for n in copies for line in own)
    folder.mkdir()
    identity, count = write_quads(folder / "quads.nq.gz", some)
    told = {"id": identity, "base": build.base, "counts": {"quads": count}, "inputs": []}
    (folder / "build.json").write_text(json.dumps(told), encoding="utf-8")
    return Build(folder)


def export(build: Build) -> None:
    """Writes a build in every syntax, and prints speed and memory."""
    quads = build.description["counts"]["quads"]
    print(f"\nexport of {quads:,} quads    seconds    quads a second    most memory, MB")
    for form in FORMATS:
        command = [sys.executable, "-m", "kg", "export", "-", f"--store={build.folder}", f"--format={form}"]
        report(form, command, quads)


def report(name: str, command: list[str], quads: int) -> None:
    """Runs a command and prints what it took."""
    began = time.perf_counter()
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL) as process:
        peak = 0
        status = Path(f"/proc/{process.pid}/status")
        while process.poll() is None:
            time.sleep(0.1)
            for line in status.read_text().splitlines() if status.exists() else ():
                if line.startswith("VmHWM"):
                    peak = max(peak, int(line.split()[1]) // 1024)
    seconds = time.perf_counter() - began
    if process.returncode:
        raise SystemExit(f"{name} failed with {process.returncode}")
    print(f"{name:<28} {seconds:>7.1f} {quads / seconds:>17,.0f} {peak:>18}")


def main() -> None:
    """Both measurements."""
    millions = float(sys.argv[1]) if len(sys.argv) > 1 else 10
    with tempfile.TemporaryDirectory() as scratch:
        store = Path(scratch) / "store"
        pipeline.build([ROOT / "kg" / "sample"], store)
        crawl(store)
        large = multiplied(current(store), int(millions * 1_000_000), Path(scratch) / "large")
        export(large)


if __name__ == "__main__":
    main()
