"""Which of the forms that we have is the one that a client asks for.

In: an Accept header and the formats on offer, in our order of preference. Out: a format, or
None for 406. Parameters of media types (charset, profile) are no reason to refuse, an empty
header means anything, and the general types that stand for several of ours (application/json,
text/xml) count after the exact ones: the traps that werkzeug's own matching falls into.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence


class Offer(Protocol):
    """Anything that is served under a media type."""

    @property
    def media_type(self) -> str: ...  # noqa: D102
    @property
    def aliases(self) -> tuple[str, ...]: ...  # noqa: D102


Offered = TypeVar("Offered", bound=Offer)


class Wish(NamedTuple):
    """One element of an Accept header."""

    media_type: str
    quality: float


@lru_cache(maxsize=1024)
def wishes(accept: str) -> tuple[Wish, ...]:
    """The elements of an Accept header, as they came."""
    found = []
    for element in accept.split(","):
        media_type, *parameters = (part.strip().lower() for part in element.split(";"))
        if "/" not in media_type:
            if media_type != "*":
                continue
            media_type = "*/*"
        quality = 1.0
        for parameter in parameters:
            name, _, value = parameter.partition("=")
            if name.strip() == "q":
                try:
                    quality = min(max(float(value), 0.0), 1.0)
                except ValueError:
                    quality = 0.0
        found.append(Wish(media_type, quality))
    return tuple(found)


def choose(accept: str | None, offers: Sequence[Offered]) -> Offered | None:
    """The offer that the client likes best; the first one where it doesn't say."""
    asked = wishes(accept or "")
    if not asked:
        return offers[0]
    best = (0.0, 0, 0)
    chosen: Offered | None = None
    for place, offer in enumerate(offers):
        rank = (*_liking(offer, asked), -place)
        if rank[0] > 0 and rank > best:
            best, chosen = rank, offer
    return chosen


def _liking(offer: Offer, asked: tuple[Wish, ...]) -> tuple[float, int]:
    """The quality that the most exact matching element gives, and how exact it is."""
    family = offer.media_type.split("/")[0] + "/*"
    exactness = {offer.media_type: 4, **dict.fromkeys(offer.aliases, 3), family: 2, "*/*": 1}
    found = (0, 0.0)
    for wish in asked:
        exact = exactness.get(wish.media_type, 0)
        if exact > found[0]:
            found = (exact, wish.quality)
    return found[1], found[0]


def encoding(accept_encoding: str | None) -> str:
    """Gzip where the client takes it, or nothing."""
    for wish in (accept_encoding or "").lower().split(","):
        name, _, parameters = wish.partition(";")
        if name.strip() in ("gzip", "x-gzip", "*"):
            return "" if parameters.replace(" ", "") in ("q=0", "q=0.0", "q=0.00", "q=0.000") else "gzip"
    return ""
