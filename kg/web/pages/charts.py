"""Pictures of counts as SVG that the server draws: a map of circles and bars over years.

The map is neutral: land without any border, a circle at the centroid of each country or
territory, so that small ones are seen and no line is taken sides on. The projection is Equal
Earth (Šavrič, Patterson and Jenny 2018), which keeps areas.
"""

from __future__ import annotations

import json
import math
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

WIDTH, HEIGHT = 960, 468
SHOWN = 420
"""Height of the part that pages show: the far south has no country."""
HALF = 180.0
VENDOR = Path(__file__).parents[1] / "static" / "vendor"
_A = (1.340264, -0.081106, 0.000893, 0.003796)
_SCALE = 354.0 / 2
_M = math.sqrt(3) / 2


Place = tuple[float, float]
"""Longitude and latitude."""


class Dot(NamedTuple):
    """A country on the map."""

    iri: str
    x: float
    y: float
    radius: float
    claims: int


class Bar(NamedTuple):
    """A year in a timeline."""

    name: str
    claims: int
    x: float
    y: float
    width: float
    height: float


def projected(longitude: float, latitude: float) -> tuple[float, float]:
    """A place on the map, Equal Earth, in the units of the picture."""
    if abs(longitude) > HALF:
        longitude = (longitude + HALF) % (2 * HALF) - HALF
    theta = math.asin(_M * math.sin(math.radians(latitude)))
    square = theta * theta
    six = square**3
    x = math.radians(longitude) * math.cos(theta)
    x /= _M * (_A[0] + 3 * _A[1] * square + six * (7 * _A[2] + 9 * _A[3] * square))
    y = theta * (_A[0] + _A[1] * square + six * (_A[2] + _A[3] * square))
    return round(WIDTH / 2 + x * _SCALE, 1), round(HEIGHT / 2 - y * _SCALE, 1)


@cache
def centroids() -> Mapping[str, tuple[float, float]]:
    """Longitude and latitude of each country's centroid, by ISO code; the file names its source."""
    path = Path(__file__).parents[1] / "centroids.tsv"
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    parts = (line.split("\t") for line in lines[1:])
    return {code: (float(longitude), float(latitude)) for code, latitude, longitude in parts}


def dots(counts: Iterable[tuple[str, int]]) -> list[Dot]:
    """Circles for countries with their counts, the large ones first, so that small ones lie on top."""
    found = []
    for iri, count in counts:
        place = centroids().get(iri.rpartition("/")[2])
        if place:
            x, y = projected(*place)
            found.append(Dot(iri, x, y, round(min(3.5 + 1.6 * math.sqrt(count), 34), 1), count))
    return sorted(found, key=lambda d: (-d.radius, d.iri))


@cache
def land() -> str:
    """The outline of the land as an SVG path, from world-atlas; empty where it isn't installed."""
    path = VENDOR / "land-110m.json"
    if not path.is_file():
        return ""
    topology = json.loads(path.read_text(encoding="utf-8"))
    arcs = [_places(arc, topology["transform"]) for arc in topology["arcs"]]
    polygons: list[Sequence[Sequence[int]]] = []
    for geometry in topology["objects"]["land"]["geometries"]:
        polygons += geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    drawn = []
    for ring in (ring for polygon in polygons for ring in polygon):
        drawn += [_path(points) for points in _within_the_map(_whole(arcs, ring))]
    return "".join(drawn)


def _places(arc: Sequence[Sequence[int]], transform: Mapping[str, Sequence[float]]) -> list[Place]:
    """The longitudes and latitudes of an arc, which TopoJSON tells as steps on a grid."""
    scale, shift = transform["scale"], transform["translate"]
    x = y = 0
    found = []
    for dx, dy in arc:
        x, y = x + dx, y + dy
        found.append((x * scale[0] + shift[0], y * scale[1] + shift[1]))
    return found


def _whole(arcs: Sequence[Sequence[Place]], ring: Sequence[int]) -> list[Place]:
    """A ring of arcs as places whose longitudes go on beyond 180 instead of jumping back."""
    found: list[Place] = []
    turn = 0.0
    for number in ring:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        for longitude, latitude in arc[1:] if found else arc:
            if found and abs(longitude + turn - found[-1][0]) > HALF:
                turn += 2 * HALF if longitude + turn < found[-1][0] else -2 * HALF
            found.append((longitude + turn, latitude))
    if abs(found[-1][0] - found[0][0]) > HALF:  # it goes round a pole, which lies within it
        pole = math.copysign(90, found[0][1])
        found += [(found[-1][0], pole), (found[0][0], pole)]
    return found


def _within_the_map(ring: Sequence[Place]) -> list[list[Place]]:
    """A ring cut at the edges of the map; what lies beyond one edge comes in at the other."""
    found = []
    for shift in (-2 * HALF, 0, 2 * HALF):
        moved = [(longitude + shift, latitude) for longitude, latitude in ring]
        for edge, side in ((-HALF, 1), (HALF, -1)):
            moved = _cut(moved, edge, side)
        if moved:
            found.append(moved)
    return found


def _cut(ring: Sequence[Place], edge: float, side: int) -> list[Place]:
    """The part of a ring on one side of a meridian (Sutherland and Hodgman 1974)."""
    found = []
    for last, this in zip([ring[-1], *ring[:-1]], ring, strict=True) if ring else ():
        inside, was_inside = (this[0] - edge) * side >= 0, (last[0] - edge) * side >= 0
        if inside != was_inside:
            share = (edge - last[0]) / (this[0] - last[0])
            found.append((edge, last[1] + share * (this[1] - last[1])))
        if inside:
            found.append(this)
    return found


def _path(ring: Sequence[Place]) -> str:
    points = (projected(*place) for place in ring)
    return "M" + "L".join(f"{x:g},{y:g}" for x, y in points) + "Z"


def bars(years: Iterable[tuple[str, int]], width: int = 960, height: int = 92) -> list[Bar]:
    """Bars for years, those between the first and the last that have nothing included."""
    counts = {int(year): count for year, count in years if year.isdigit()}
    if not counts:
        return []
    span = range(min(counts), max(counts) + 1)
    step = min(width / len(span), 64)
    most = max(counts.values())
    found = []
    for place, year in enumerate(span):
        count = counts.get(year, 0)
        tall = round(height * count / most, 1)
        bar = Bar(
            str(year), count, round(place * step + 1, 1), round(height - tall, 1), round(step - 2, 1), tall
        )
        found.append(bar)
    return found
