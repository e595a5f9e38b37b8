"""`make bench-serving`: our server, rdflib-endpoint and Oxigraph's own server, side by side on one machine.

In: sizes in thousands of triples (100 and 1000; 10000 where asked for). Out: requests a second and
the slowest of a hundred, for each size, and ratios. Data are made here, in the shape of
docs/model.md, the same every time; every server gets the same database and the same addresses,
all of them different, so that no cache answers where the table says uncached. The load comes
from wrk, in one thread, on the same processors as the servers: ratios count, not figures. All
servers run at once and are asked in turn, in rounds, of which the median counts: what else the
machine does hits all of them alike.
"""

from __future__ import annotations

import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import pyoxigraph as ox
import uvloop

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from kg.engine.guard import Bounds, check  # noqa: E402
from kg.engine.job import Options, pack_job  # noqa: E402
from kg.engine.pool import Pool  # noqa: E402
from kg.engine.process import Settings  # noqa: E402
from kg.stores import Build, oxigraph  # noqa: E402
from kg.stores.search import FILE, write_index  # noqa: E402

ID, RG, OA = (
    "https://w3id.org/rightsgraph/id/",
    "https://w3id.org/rightsgraph/ontology#",
    "http://www.w3.org/ns/oa#",
)
XSD = "http://www.w3.org/2001/XMLSchema#"
PEERS = ("rdflib-endpoint[cli]==0.6.3", "oxigraph==0.5.13")
CLAIMS = 4
"""A document: of 2 + 20 triples a claim."""
SECONDS = 2
ROUNDS = 3
RDFLIB_SECONDS = 10
"""At a million triples, where one of its answers takes as long as all others' rounds."""
COST_SECONDS = 8
SETTLE = 10
"""Seconds for pages to be made ready, before anything is measured."""
SMALL = 1_000
"""Thousands of triples up to which a store is measured in memory too, and rdflib takes part: beyond, it
needs ten minutes to load and 15 GB."""
RDFLIB = "rdflib-endpoint"
MINE = ("ours, disk, uncached", "ours, memory, uncached", "ours, cached")
_WORDS = (
    "police court journalist arrested detained torture protest camp village border law bill student lawyer "
    "prison trial activist union school hospital shelling militia council report"
)
WORDS = _WORDS.split()
ADDRESSES = 6_000


def lines(documents: int) -> list[bytes]:
    """N-Quads in the shape of our graph."""
    rng = random.Random(7)  # noqa: S311 - the same data every time
    found: list[str] = []
    for d in range(documents):
        graph, document = f"<{ID}graph/{d}>", f"<{ID}document/{d}>"

        def add(s: str, p: str, o: str, graph: str = graph) -> None:
            found.append(f"{s} <{p}> {o} {graph} .")

        add(document, RG + "sha256", f'"{d:064x}"')
        add(document, "http://purl.org/dc/terms/identifier", f'"file-{d}.txt"')
        country = f"<{ID}state/C{int(60 * rng.random() ** 2)}>"
        for c in range(CLAIMS):
            key = f"{d}-{c}"
            claim, event, evidence = (f"<{ID}{kind}/{key}>" for kind in ("claim", "event", "evidence"))
            kind = f"<{RG}Type{rng.randrange(72)}>"
            for p, o in (
                ("claimType", kind),
                ("status", f"<{RG}{rng.choice(['Asserted', 'Alleged', 'Denied'])}>"),
                ("inItem", document),
                ("evidence", evidence),
                ("reports", event),
                ("confidence", f'"0.{rng.randrange(500, 999)}"^^<{XSD}decimal>'),
                ("claimantName", f'"Organisation {rng.randrange(200)}"'),
            ):
                add(claim, RG + p, o)
            add(claim, "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", f"<{RG}Claim>")
            add(event, "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", kind)
            add(event, RG + "inCountry", country)
            add(event, RG + "date", f'"{rng.randrange(2000, 2026)}"^^<{XSD}gYear>')
            add(event, RG + "victimName", f'"{rng.choice(WORDS)}s"')
            add(event, RG + "victimCount", f'"{int(rng.paretovariate(1.1))}"^^<{XSD}integer>')
            add(evidence, OA + "hasSource", document)
            for part in ("position", "quote"):
                add(evidence, OA + "hasSelector", f"<{ID}evidence/{key}/{part}>")
            start = rng.randrange(5_000)
            add(f"<{ID}evidence/{key}/position>", OA + "start", f'"{start}"^^<{XSD}integer>')
            add(f"<{ID}evidence/{key}/position>", OA + "end", f'"{start + 80}"^^<{XSD}integer>')
            add(f"<{ID}evidence/{key}/quote>", OA + "exact", f'"{" ".join(rng.choices(WORDS, k=14))}"')
    return [f"{line}\n".encode() for line in found]


def build(folder: Path, thousands: int) -> tuple[Build, int]:
    """A store folder of about so many triples; gives it and the number of documents."""
    documents = thousands * 1_000 // (2 + 18 * CLAIMS)
    with oxigraph.temporary(folder) as new:
        store = oxigraph.on_disk(new / "oxigraph")
        oxigraph.load(store, lines(documents))
        store.optimize()
        store.flush()
        write_index(store, new / FILE)
        del store
        (new / "quads.nq.gz").touch()
        return oxigraph.swap(folder, new, {"id": f"{thousands:016d}", "base": ID}, {}), documents


LIGHT = (
    "SELECT ?p ?o {{ <{ID}event/{key}> ?p ?o }} #{i}",
    (
        "SELECT ?d ?q {{ <{ID}claim/{key}> <{RG}inItem> ?d ; "
        "<{RG}evidence>/<{OA}hasSelector>/<{OA}exact> ?q }} #{i}"
    ),
    "CONSTRUCT {{ <{ID}claim/{key}> ?p ?o }} WHERE {{ <{ID}claim/{key}> ?p ?o }} #{i}",
)
"""Point look-ups, evidence of a claim, small graphs."""
_IN = "?e <{RG}inCountry> <{ID}state/C{country}>"
_SAID = "?c <{RG}reports> ?e ; <{RG}claimantName> ?w"
DASHBOARDS = (
    "SELECT ?t (COUNT(?e) AS ?n) {{ " + _IN + " ; a ?t }} GROUP BY ?t ORDER BY DESC(?n) #{i}",
    "SELECT ?y (COUNT(?e) AS ?n) {{ " + _IN + " ; <{RG}date> ?y }} GROUP BY ?y #{i}",
    "SELECT ?e ?v {{ " + _IN + " ; <{RG}victimCount> ?v }} ORDER BY DESC(?v) LIMIT 10 #{i}",
    "SELECT ?w (COUNT(?c) AS ?n) {{ "
    + _IN
    + " . "
    + _SAID
    + " }} GROUP BY ?w ORDER BY DESC(?n) LIMIT 20 #{i}",
)
"""Counts by type, year and claimant, and lists in order."""


def light(documents: int) -> list[str]:
    """Light queries, all different."""
    rng = random.Random(1)  # noqa: S311 - the same queries every time
    keys = [f"{rng.randrange(documents)}-{rng.randrange(CLAIMS)}" for _ in range(ADDRESSES)]
    return [LIGHT[i % 3].format(ID=ID, RG=RG, OA=OA, key=key, i=i) for i, key in enumerate(keys)]


def dashboards() -> list[str]:
    """Queries of dashboards, all different."""
    return [DASHBOARDS[i % 4].format(ID=ID, RG=RG, country=i % 40 + 10, i=i) for i in range(ADDRESSES // 10)]


class Figure(NamedTuple):
    """What wrk tells of a run."""

    rate: float
    """Requests a second."""
    p99: float
    """Milliseconds that one in a hundred takes longer than."""


_UNITS = {"us": 0.001, "ms": 1.0, "s": 1_000.0, "m": 60_000.0}


def wrk(address: str, queries: list[str], clients: int, folder: Path, seconds: int = SECONDS) -> Figure:
    """The figures of a run; tells where any request fails."""
    script = folder / "load.lua"
    targets = "\n".join(f'paths[{i}] = "?query={quote(q)}"' for i, q in enumerate(queries, 1))
    script.write_text(
        f"local paths, n = {{}}, 0\n{targets}\n"
        'wrk.headers["Accept"] = "application/sparql-results+json,application/n-triples;q=0.9"\n'
        f"local base = wrk.path\nrequest = function() n = n % {len(queries)} + 1; "
        "return wrk.format('GET', base .. paths[n]) end\n"
    )
    command = ["wrk", "-t1", f"-c{clients}", f"-d{seconds}s", "--latency", "--timeout", "30s"]
    told = subprocess.run([*command, "-s", str(script), address], capture_output=True, text=True, check=True)
    for complaint in re.findall(r"(Non-2xx.*|Socket errors.*)", told.stdout):
        print(f"    {address}: {complaint}")
    rate = float(re.findall(r"Requests/sec:\s+([\d.]+)", told.stdout)[0])
    p99, unit = re.findall(r"99%\s+([\d.]+)(us|ms|s|m)", told.stdout)[0]
    return Figure(rate, float(p99) * _UNITS[unit])


@contextmanager
def process(command: list[str]):
    """A server, until it is done with."""
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            yield
        finally:
            server.terminate()
            server.wait()


def await_answer(address: str) -> None:
    """Return once a server answers."""
    for _ in range(6_000):  # rdflib takes minutes to load a million triples
        try:
            urllib.request.urlopen(f"{address}?query=ASK%7B%7D", timeout=5).close()  # noqa: S310 - our own address
        except OSError:
            time.sleep(0.1)
        else:
            return


def peers() -> Path:
    """A virtual environment with the other servers."""
    place = ROOT / "build" / "bench-venv"
    if not (place / "bin" / "oxigraph").exists():
        subprocess.run([sys.executable, "-m", "venv", str(place)], check=True)
        subprocess.run([str(place / "bin" / "pip"), "install", "-q", *PEERS], check=True)
    return place / "bin"


ENDPOINT = """
import sys, uvicorn
from rdflib import Dataset
from rdflib_endpoint import SparqlEndpoint
graph = Dataset(default_union=True)
graph.parse(sys.argv[1], format="nquads")
uvicorn.run(SparqlEndpoint(graph=graph), port=int(sys.argv[2]), log_level="critical")
"""


async def cost(build: Build, queries: list[str], *, resident: bool) -> tuple[float, float]:
    """Median milliseconds of raw evaluation, and through guard and engine process, one client."""
    store = ox.Store.read_only(str(build.database))
    if resident:
        store, source = ox.Store(), store
        store.bulk_extend(iter(source))
    pool = Pool(Settings(str(build.database), "", resident=resident), engines=1, queue=1, timeout=60)
    await pool.start()
    options, bounds = Options(graph="nt"), Bounds()
    raw, through = [], []
    ends = time.monotonic() + COST_SECONDS
    for turn, query in enumerate(queries[:900]):
        if time.monotonic() > ends:
            break
        # In turn first and second: whoever comes second finds the data in the processor's caches.
        for which in (0, 1) if turn % 2 else (1, 0):
            began = time.perf_counter()
            if which:
                check(query, bounds)
                await pool.ask(pack_job(query, options))
            else:
                found = store.query(query, use_default_graph_as_union=True)
                graph = isinstance(found, ox.QueryTriples)
                found.serialize(format=ox.RdfFormat.N_TRIPLES if graph else ox.QueryResultsFormat.JSON)
            (through if which else raw).append(time.perf_counter() - began)
    pool.close()
    return statistics.median(raw) * 1000, statistics.median(through) * 1000


def ours(store: Path, port: int, *options: str) -> list[str]:
    """The command of our server."""
    return [sys.executable, "-m", "kg", "serve", "--store", str(store), "--port", str(port), *options]


def costs(built: Build, mixes: dict[str, list[str]], *, memory: bool) -> None:
    """What guard and process add to the evaluation itself."""
    for resident in (False, True) if memory else (False,):
        for name, queries in mixes.items():
            raw, through = uvloop.run(cost(built, queries, resident=resident))
            where = "memory" if resident else "disk"
            told = f"{raw:.3f} ms raw, {through:.3f} ms with them, {through / raw:.2f} times"
            print(f"  guard and process, {name}, {where}: {told}", flush=True)


def servers(store: Path, database: Path, folder: Path, thousands: int) -> dict[str, tuple[list[str], str]]:
    """Command line and address of each server."""
    peer, base = peers(), "http://127.0.0.1"
    never, always = ("--cache", "0", "--resident", "never"), ("--cache", "0", "--resident", "always")
    native = ["--location", str(database), "--union-default-graph", "--bind", "127.0.0.1:18704"]
    found = {}
    if thousands <= SMALL:
        dump = folder / "all.nq"
        ox.Store.read_only(str(database)).dump(str(dump), format=ox.RdfFormat.N_QUADS)
        found[RDFLIB] = ([str(peer / "python"), "-c", ENDPOINT, str(dump), "18705"], f"{base}:18705/")
        found[MINE[1]] = (ours(store, 18702, *always), f"{base}:18702/sparql")
    return found | {
        MINE[0]: (ours(store, 18701, *never), f"{base}:18701/sparql"),
        MINE[2]: (ours(store, 18703, "--resident", "never"), f"{base}:18703/sparql"),
        "oxigraph": ([str(peer / "oxigraph"), "serve-read-only", *native], f"{base}:18704/query"),
    }


Figures = dict[tuple[str, str, int], Figure]


def throughput(
    addresses: dict[str, str], mixes: dict[str, list[str]], thousands: int, folder: Path
) -> Figures:
    """The figures of all servers, asked in turn."""
    runs: dict[tuple[str, str, int], list[Figure]] = {}
    for mix, queries in mixes.items():
        for clients, rounds in ((1, 1), (32, ROUNDS)):
            for turn in range(rounds):
                for name, address in addresses.items():
                    long = name == RDFLIB and thousands >= SMALL
                    if long and turn:
                        continue
                    asked = queries[:300] if name == MINE[2] else queries
                    seconds = RDFLIB_SECONDS if long else SECONDS
                    runs.setdefault((name, mix, clients), []).append(
                        wrk(address, asked, clients, folder, seconds)
                    )
    figures = {}
    for (name, mix, clients), found in runs.items():
        rate, p99 = (statistics.median(values) for values in zip(*found, strict=True))
        figures[name, mix, clients] = Figure(rate, p99)
        rates = ", ".join(f"{figure.rate:,.0f}" for figure in found)
        print(f"  {name}, {mix}, {clients} clients: {rates} requests/s; p99 {p99:.1f} ms", flush=True)
    return figures


def hit_rate(address: str) -> float:
    """The part of requests that the cache has answered."""
    metrics = address.replace("/sparql", "/metrics")
    told = urllib.request.urlopen(metrics).read().decode()  # noqa: S310 - our own address
    hits, misses = (
        float(re.findall(rf"\nrightsgraph_cache_{n}_total (\S+)", told)[0]) for n in ("hits", "misses")
    )
    return hits / (hits + misses)


def measure(thousands: int, folder: Path) -> None:
    """All servers over data of one size."""
    built, documents = build(folder / "store", thousands)
    mixes = {"light": light(documents), "dashboards": dashboards()}
    print(f"\n{thousands:,} thousand triples, one graph a document ({documents:,})", flush=True)
    costs(built, mixes, memory=thousands <= SMALL)
    found = servers(folder / "store", built.database, folder, thousands)
    addresses = {name: address for name, (_, address) in found.items()}
    with ExitStack() as running:
        for command, _ in found.values():
            running.enter_context(process(command))
        for address in addresses.values():
            await_answer(address)
        time.sleep(SETTLE)
        figures = throughput(addresses, mixes, thousands, folder)
        print(f"  hit rate of the cache: {hit_rate(addresses[MINE[2]]):.4f}")
    for mix in mixes:
        for other in (name for name in addresses if name not in MINE):
            for mine in (name for name in MINE if name in addresses):
                ratio = figures[mine, mix, 32].rate / figures[other, mix, 32].rate
                print(f"  {mix}, 32 clients: {mine} is {ratio:.2f} times {other}")


def main(sizes: list[int]) -> int:
    """Measure each size in turn."""
    if shutil.which("wrk") is None:
        print("wrk is not installed: apt-get install wrk")
        return 2
    for thousands in sizes:
        with tempfile.TemporaryDirectory() as place:
            measure(thousands, Path(place))
    return 0


if __name__ == "__main__":
    sys.exit(main([int(a) for a in sys.argv[1:]] or [100, 1_000]))
