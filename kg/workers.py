"""A pure function over many inputs, in this process or in several, results in the order of the inputs.

No more than a few inputs for each process are under way at once, so that a corpus of any
length streams through in constant memory.
"""

from __future__ import annotations

import multiprocessing
from collections import deque
from concurrent.futures import Future, ProcessPoolExecutor
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

A = TypeVar("A")
B = TypeVar("B")

AHEAD = 3
"""Inputs under way for each process: enough that none waits for a slow neighbour."""


def each(function: Callable[[A], B], inputs: Iterable[A], jobs: int = 1) -> Iterator[B]:
    """`map` by as many processes as told."""
    if jobs <= 1:
        yield from map(function, inputs)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, mp_context=context) as pool:
        under_way: deque[Future[B]] = deque()
        for single in inputs:
            under_way.append(pool.submit(function, single))
            if len(under_way) >= jobs * AHEAD:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()
