"""What operators and their tools ask: is it alive, is it ready, what does it do."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from flask import Blueprint, Response, current_app, jsonify

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.web.service import Service

operations = Blueprint("operations", __name__)


def _service() -> Service:
    return cast("Service", current_app.extensions["rightsgraph"])


@operations.get("/health")
def health() -> Response:
    """Alive: this process answers."""
    return jsonify(status="alive")


@operations.get("/ready")
def ready() -> tuple[Response, int]:
    """Ready: engines are up on a whole build, and the server isn't ending."""
    service = _service()
    return jsonify(status="ready" if service.ready else "not ready", build=service.build.folder.name), (
        200 if service.ready else 503
    )


@operations.get("/metrics")
def metrics() -> Response:
    """Counters and gauges for Prometheus."""
    service = _service()
    text = "\n".join(service.metrics.lines(gauges(service))) + "\n"
    return Response(text, content_type="text/plain; version=0.0.4; charset=utf-8")


def gauges(service: Service) -> Iterable[tuple[str, str, str, float]]:
    """What the service tells about itself: name, kind, help, value."""
    pool, cache = service.pool, service.cache
    if pool:
        busy, waiting = pool.load
        yield "resident", "gauge", "1 where the store is held in memory.", int(pool.settings.resident)
        yield "engines_busy", "gauge", "Engines that evaluate a query.", busy
        yield "queries_waiting", "gauge", "Queries that wait for an engine.", waiting
        for name, about in (
            ("jobs", "Queries handed to engines."),
            ("killed", "Queries ended by the time-out."),
            ("broken", "Queries that broke their engine, by memory as a rule."),
            ("refused", "Queries refused because the queue was full."),
        ):
            yield f"{name}_total", "counter", about, pool.counts()[name]
    yield "cache_bytes", "gauge", "Bytes of answers kept.", cache.size
    yield "cache_hits_total", "counter", "Answers given from the cache.", cache.hits
    yield "cache_misses_total", "counter", "Answers that had to be evaluated.", cache.misses
    yield "swaps_total", "counter", "Builds taken over since the start.", service.swaps
