"""Cities by name, with the country where they lie: a weak clue, used only where the text says 'in'.

34,000 names by themselves match mostly other things (Police, Most, Officer are cities too),
so that a name counts as a city only with a preposition of place before it or another place
beside it; see `kg.text.entities`.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from kg.text.repair import plain

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping


@cache
def _cities() -> Mapping[str, tuple[str, ...]]:
    """Countries of each city name, the one with the largest such city first."""
    found: dict[str, list[str]] = {}
    text = resources.files("kg.text").joinpath("places.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        country, names = line.split("\t")
        for name in names.split(";"):
            held = found.setdefault(plain(name.removeprefix("?")), [])
            if name.startswith("?"):
                held.append(country)
            else:
                held.insert(0, country)
    return {name: tuple(dict.fromkeys(countries)) for name, countries in found.items()}


def city_country(name: str, near: Collection[str] = ()) -> str | None:
    """Alpha-2 of the country of a city: one of those near where its name is shared, else the largest."""
    countries = _cities().get(plain(name), ())
    return next((c for c in countries if c in near), countries[0] if countries else None)
