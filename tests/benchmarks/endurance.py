"""`make bench-endurance`: hostile requests beside quick ones, engines after a kill, and a soak with swaps.

In: minutes for the soak. Out: a line a measure, with what it is to reach; exit code 1 where one
isn't reached. Data and quick queries are those of `serving.py`; the hostile corpus is that of
the tests, every class of which brought some endpoint down.
"""

from __future__ import annotations

import asyncio
import http.client
import multiprocessing
import os
import re
import statistics
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

import uvloop

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "web"), str(ROOT / "tests" / "benchmarks")]

from hostile import texts  # noqa: E402
from serving import build, dashboards, light  # noqa: E402

from kg.engine.job import Options, pack_job  # noqa: E402
from kg.engine.pool import Pool, TimeUpError  # noqa: E402
from kg.engine.process import Settings  # noqa: E402
from tests.conformance.serving import running  # noqa: E402

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from kg.stores import Build

TIMEOUT = 2
HEAVY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
Address = tuple[str, int]


def ask(connection: http.client.HTTPConnection, text: str) -> tuple[int, float]:
    """One query by POST; gives the status, and when the answer began: a large one takes long to send."""
    headers = {"Content-Type": "application/sparql-query", "Accept": "*/*"}
    connection.request("POST", "/sparql", text.encode("utf-8", "surrogatepass"), headers)
    response = connection.getresponse()
    began = time.perf_counter()
    response.read()
    return response.status, began


def neighbour(address: Address, queries: list[str], stop: Connection) -> None:
    """A client of quick queries, until told to stop; then it tells its statuses and times."""
    connection = http.client.HTTPConnection(*address, timeout=60)
    times: list[float] = []
    statuses: Counter[int] = Counter()
    number = 0
    while not stop.poll():
        began = time.perf_counter()
        statuses[ask(connection, queries[number % len(queries)])[0]] += 1
        times.append(time.perf_counter() - began)
        number += 1
        time.sleep(0.002)
    stop.send((statuses, times))


class Neighbours:
    """Clients of quick queries in processes of their own."""

    def __init__(self, address: Address, queries: list[str], count: int = 2) -> None:
        context = multiprocessing.get_context("spawn")
        self.ends: list[Connection] = []
        for _ in range(count):
            ours, theirs = context.Pipe()
            context.Process(target=neighbour, args=(address, queries, theirs), daemon=True).start()
            self.ends.append(ours)

    def stop(self) -> tuple[Counter[int], list[float]]:
        """Statuses and times of all."""
        for end in self.ends:
            end.send("stop")
        statuses: Counter[int] = Counter()
        times: list[float] = []
        for end in self.ends:
            found, took = end.recv()
            statuses += found
            times += took
        return statuses, times


def p99(times: list[float]) -> float:
    """The 99th percentile in milliseconds."""
    return statistics.quantiles(times, n=100)[-1] * 1000


def told(what: str, found: str, wanted: str, *, reached: bool) -> bool:
    """One line of the report."""
    print(f"{'ok  ' if reached else 'MISS'} {what}: {found} (to reach: {wanted})", flush=True)
    return reached


def hostile(store: Path, documents: int, clients: int = 2) -> bool:
    """The hostile corpus beside two clients of quick queries, which had the server to themselves before."""
    quick, corpus = light(documents), texts()
    answered: list[tuple[float, int, str]] = []
    options = ("--timeout", str(TIMEOUT), "--memory", "256", "--cache", "0")
    with running(store, *options, port=18800) as address:
        neighbours = Neighbours(address, quick)
        time.sleep(15)
        _, alone = neighbours.stop()

        def attack(part: list[str]) -> None:
            for text in part:
                connection = http.client.HTTPConnection(*address, timeout=60)
                began = time.perf_counter()
                status, answer_began = ask(connection, text)
                answered.append((answer_began - began, status, text))
                connection.close()

        neighbours = Neighbours(address, quick)
        time.sleep(2)
        threads = [threading.Thread(target=attack, args=(corpus[i::clients],)) for i in range(clients)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        statuses, beside = neighbours.stop()
        alive = ask(http.client.HTTPConnection(*address, timeout=5), "ASK {}")[0]
    found = Counter(status for _, status, _ in answered)
    slowest = max(answered)
    factor = p99(beside) / p99(alone)
    print(f"     {len(corpus)} hostile requests by {clients} clients: {dict(sorted(found.items()))}")
    print(f"     quick clients, p99: {p99(alone):.1f} ms alone, {p99(beside):.1f} ms beside them")
    checks = (
        told("hostile requests answered", str(len(answered)), str(len(corpus)), reached=len(answered) >= 150),
        told("the listener answers afterwards", str(alive), "200", reached=alive == http.HTTPStatus.OK),
        told("quick requests", f"{dict(statuses)}", "200 alone", reached=set(statuses) == {200}),
        told(
            "slowest hostile answer",
            f"{slowest[0]:.3f} s: {slowest[2][:60]!r}",
            f"{TIMEOUT}.1 s",
            reached=slowest[0] <= TIMEOUT + 0.1,
        ),
        told("p99 beside hostile clients", f"{factor:.2f} times", "at most 2", reached=factor <= 2),
    )
    return all(checks)


async def after_kill(built: Build) -> list[float]:
    """Milliseconds from a kill to the full number of engines."""
    pool = Pool(Settings(str(built.database), ""), engines=2, queue=8, timeout=0.3)
    await pool.start()
    loop = asyncio.get_running_loop()
    found = []
    for number in range(20):
        try:
            await pool.ask(pack_job(f"{HEAVY} #{number}", Options()))
        except TimeUpError:
            began = loop.time()
        while len(pool._idle) < pool.engines:
            await asyncio.sleep(0.001)
        found.append((loop.time() - began) * 1000)
    pool.close()
    return found


class Memory(NamedTuple):
    """Megabytes of a server's processes, shared pages counted once."""

    front: float
    engines: float


def memory(pattern: bytes) -> Memory:
    """What the server over a store folder takes now."""
    front = engines = 0
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit() or int(entry.name) == os.getpid():
            continue
        try:
            command = (entry / "cmdline").read_bytes()
            if pattern in command:
                told_kb = re.search(r"^Pss:\s+(\d+)", (entry / "smaps_rollup").read_text(), re.MULTILINE)
                kilobytes = int(told_kb[1]) if told_kb else 0
                front += 0 if b"kg.engine.process" in command else kilobytes
                engines += kilobytes if b"kg.engine.process" in command else 0
        except OSError:
            continue
    return Memory(front / 1024, engines / 1024)


class Sampler:
    """Looks at a server's memory every few seconds."""

    def __init__(self, store: Path, every: float = 2) -> None:
        self.pattern, self.every = str(store).encode(), every
        self.found: list[Memory] = []
        self.stop = threading.Event()
        self.thread = threading.Thread(target=self._run)
        self.thread.start()

    def _run(self) -> None:
        while not self.stop.wait(self.every):
            self.found.append(memory(self.pattern))

    def thirds(self, warm: float) -> list[Memory]:
        """The median of each third, after so many seconds in which caches fill."""
        self.stop.set()
        self.thread.join()
        kept = self.found[int(warm / self.every) :] or self.found
        size = max(1, len(kept) // 3)
        parts = (kept[:size], kept[size : 2 * size] or kept, kept[-size:])
        return [Memory(*(statistics.median(values) for values in zip(*part, strict=True))) for part in parts]


class Mix:
    """Quick and heavy queries, large answers, pages and files: what one client asks in turn."""

    rest = ("/", "/health", "/sparql", "/search?q=police", "/metrics")

    def __init__(self, documents: int) -> None:
        self.queries = [quote(q) for q in (*light(documents), *dashboards())]
        self.statuses: Counter[str] = Counter()
        self.failures: Counter[str] = Counter()
        self.stop = threading.Event()

    def path(self, turn: int) -> str:
        """What is asked at this turn."""
        if turn % 40 == 0:
            return self.rest[turn // 40 % len(self.rest)]
        if turn % 401 == 0:
            return f"/sparql?query={quote(f'SELECT * {{ ?s ?p ?o }} LIMIT {20_000 + turn}')}"
        # Half of them come back, so that the cache has its part.
        return f"/sparql?query={self.queries[turn % (len(self.queries) if turn % 2 else 200)]}"

    def client(self, address: Address, number: int) -> None:
        """Ask until told to stop."""
        connection = http.client.HTTPConnection(*address, timeout=60)
        turn = number * 37
        while not self.stop.is_set():
            turn += 1
            path = self.path(turn)
            try:
                connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
                response = connection.getresponse()
                body = response.read()
                status, why = str(response.status), f"{response.status} {path[:30]} {body[:60]!r}"
            except (OSError, http.client.HTTPException) as error:
                status, why = type(error).__name__, f"{error!r} {path[:30]}"
                connection.close()
            self.statuses[status] += 1
            if status != "200":
                self.failures[why] += 1


def soak(folder: Path, thousands: int, seconds: float, every: float = 20) -> bool:
    """Eight clients with a mix of requests, while a build takes over every 20 seconds."""
    store = folder / "soak"
    _, documents = build(store, thousands)
    mix = Mix(documents)
    with running(store, "--timeout", "20", port=18820) as address:
        threads = [threading.Thread(target=mix.client, args=(address, n)) for n in range(8)]
        for thread in threads:
            thread.start()
        sampler = Sampler(store)
        began, swaps = time.monotonic(), 0
        while time.monotonic() - began < seconds:
            time.sleep(every)
            build(store, thousands)
            swaps += 1
        thirds = sampler.thirds(warm=min(60, seconds / 4))
        mix.stop.set()
        for thread in threads:
            thread.join()
    asked = sum(mix.statuses.values())
    print(f"     {asked:,} requests in {seconds:.0f} s, {swaps} builds: {dict(mix.statuses)}")
    told_mb = ", ".join(f"{m.front:.0f} + {m.engines:.0f}" for m in thirds)
    print(f"     memory by thirds, once caches are filled, front + engines, MB: {told_mb}")
    for what, number in mix.failures.most_common(10):
        print(f"     {number} times {what}")
    failed = asked - mix.statuses["200"]
    growth = sum(thirds[-1]) / sum(thirds[0])
    front = thirds[-1].front / thirds[0].front
    checks = (
        told("failed requests", str(failed), "0", reached=not failed),
        told("memory, last third against first", f"{growth:.2f} times", "1.1", reached=growth < 1.1),
        told("the same of the front alone", f"{front:.2f} times", "1.05", reached=front < 1.05),
    )
    return all(checks)


def main(minutes: float) -> int:
    """Everything in turn."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        built, documents = build(folder / "store", 100)
        times = uvloop.run(after_kill(built))
        found = f"{statistics.median(times):.0f} ms, at most {max(times):.0f} ms"
        reached = [told("full capacity after a kill", found, "250 ms", reached=max(times) <= 250)]
        reached.append(hostile(folder / "store", documents))
        if minutes:
            reached.append(soak(folder, 100, minutes * 60))
    return 0 if all(reached) else 1


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]) if len(sys.argv) > 1 else 10))
