"""Counters of the server in the text format of Prometheus."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_BOUNDS = (0.001, 0.005, 0.025, 0.1, 0.5, 2.0, 10.0, 30.0)


class Metrics:
    """What was asked and how long it took; never who asked, nor what."""

    def __init__(self) -> None:
        self._requests: Counter[tuple[str, int]] = Counter()
        self._buckets = [0] * (len(_BOUNDS) + 1)
        self._seconds = 0.0

    def count(self, route: str, status: int, seconds: float) -> None:
        """One request is answered."""
        self._requests[route, status] += 1
        self._buckets[bisect_left(_BOUNDS, seconds)] += 1
        self._seconds += seconds

    def lines(self, gauges: Iterable[tuple[str, str, str, float]]) -> Iterable[str]:
        """The exposition: our counters, and gauges as (name, kind, help, value)."""
        yield "# HELP rightsgraph_requests_total Requests answered, by route and status."
        yield "# TYPE rightsgraph_requests_total counter"
        for (route, status), number in sorted(self._requests.items()):
            yield f'rightsgraph_requests_total{{route="{route}",status="{status}"}} {number}'
        yield "# HELP rightsgraph_request_seconds Time from the whole request to the answer."
        yield "# TYPE rightsgraph_request_seconds histogram"
        total = 0
        for bound, number in zip(map(str, (*_BOUNDS, "+Inf")), self._buckets, strict=True):
            total += number
            yield f'rightsgraph_request_seconds_bucket{{le="{bound}"}} {total}'
        yield f"rightsgraph_request_seconds_sum {self._seconds:.6f}"
        yield f"rightsgraph_request_seconds_count {total}"
        for name, kind, about, value in gauges:
            yield f"# HELP rightsgraph_{name} {about}"
            yield f"# TYPE rightsgraph_{name} {kind}"
            yield f"rightsgraph_{name} {value:g}"
