"""Other accounts of what a claim tells: those that may be of the same event, side by side with it.

In: a claim of the snapshot. Out: claims of the same type about the same country, those first
that name the same victim, perpetrator or year. Nothing is merged and no number is preferred:
what is alike and what differs is for the reader to weigh.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.web.pages.snapshot import Snapshot

MOST = 8
_SAME = ("type", "country")
"""What an account has to share."""
_LIKE = ("victim", "perpetrator", "year")
"""What speaks for the same event."""


class Account(NamedTuple):
    """Another claim, and the facets in which it says the same."""

    claim: str
    alike: tuple[str, ...]


def accounts(at: Snapshot, claim: str) -> Sequence[Account]:
    """Other claims of the same type in the same country, most alike first, then as lists go."""
    number = at.places.get(claim)
    if number is None or not all(at.facets[name].of(number) for name in _SAME):
        return ()
    held = at.among({name: tuple(at.facets[name].of(number)) for name in _SAME}).copy()
    held[number] = False
    alike = {}
    for name in _LIKE:
        own = at.facets[name].of(number)
        alike[name] = at.facets[name].holding(own, len(at.claims)) & held
    score = sum((found.astype(np.int8) for found in alike.values()), np.zeros(len(at.claims), dtype=np.int8))
    others = sorted(np.flatnonzero(held), key=lambda n: (-int(score[n]), int(n)))[:MOST]
    return [Account(at.claims[n], tuple(name for name in _LIKE if alike[name][n])) for n in others]
