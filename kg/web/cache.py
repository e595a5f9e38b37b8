"""Answers that were given before, bounded in bytes; and one evaluation for many who ask the same."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Hashable

V = TypeVar("V")

_OVERHEAD = 500
"""Bytes that an entry takes beside what `weigh` tells, its key among them."""


class Cache(Generic[V]):
    """Least recently used goes first; lives on one event loop."""

    def __init__(self, most: int, weigh: Callable[[V], int]) -> None:
        self.most, self.weigh = most, weigh
        self.hits = self.misses = self.size = 0
        self._kept: OrderedDict[Hashable, V] = OrderedDict()
        self._coming: dict[Hashable, asyncio.Future[V]] = {}

    def find(self, key: Hashable) -> V | None:
        """The value for a key, or None."""
        found = self._kept.get(key)
        if found is None:
            return None
        self._kept.move_to_end(key)
        self.hits += 1
        return found

    async def get(self, key: Hashable, make: Callable[[], Awaitable[V]]) -> V:
        """The value for a key, made once however many wait for it.

        A value of negative weight is for one reader alone, such as a file that is removed once sent.
        """
        if (found := self.find(key)) is not None:
            return found
        if (coming := self.coming(key)) is not None:
            shared = await asyncio.shield(coming)
            if self.weigh(shared) >= 0:
                self.hits += 1
                return shared
            self.misses += 1
            return await make()
        self.begin(key)
        try:
            value = await make()
        except BaseException as error:
            self.fail(key, error)
            raise
        self.settle(key, value)
        return value

    def coming(self, key: Hashable) -> asyncio.Future[V] | None:
        """What others wait for who asked for the same before, or None."""
        return self._coming.get(key)

    def begin(self, key: Hashable) -> None:
        """From now on whoever asks for it waits; `settle` or `fail` has to follow."""
        self.misses += 1
        self._coming[key] = asyncio.get_running_loop().create_future()

    def settle(self, key: Hashable, value: V) -> None:
        """The value is there: for those who wait, and for those who come."""
        self._coming.pop(key).set_result(value)
        self.keep(key, value)

    def fail(self, key: Hashable, error: BaseException) -> None:
        """There is no value; those who wait are told why."""
        coming = self._coming.pop(key)
        if isinstance(error, Exception):
            coming.set_exception(error)
            coming.exception()  # seen: nobody else may be waiting
        else:
            coming.cancel()

    def keep(self, key: Hashable, value: V) -> None:
        """Keep a value, in the place of an older one of its key."""
        if (before := self._kept.pop(key, None)) is not None:
            self.size -= self.weigh(before) + _OVERHEAD
        weight = self.weigh(value) + _OVERHEAD
        # An answer that would push out a quarter of the others isn't worth it.
        if self.weigh(value) < 0 or weight > self.most // 4:
            return
        self._kept[key] = value
        self.size += weight
        while self.size > self.most:
            _, gone = self._kept.popitem(last=False)
            self.size -= self.weigh(gone) + _OVERHEAD

    def clear(self) -> None:
        """Forget everything: the build has changed."""
        self._kept.clear()
        self.size = 0

    def __len__(self) -> int:
        return len(self._kept)
