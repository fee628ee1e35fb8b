"""A window as a Bin, and many as two arrays, of starts and of stops: clipped to the input, and seen from its cells."""

from typing import Any, NamedTuple

import numpy as np

from pooltutor.rules import Number
from pooltutor.words import say


class Bin(NamedTuple):
    """One window: the half-open range of input cells that one output reads.

    >>> Bin(3, 7).length, list(range(14))[Bin(3, 7).slice]
    (4, [3, 4, 5, 6])
    """

    start: int
    stop: int

    @property
    def length(self) -> int:
        """How many cells the window has; 0 when it is empty."""
        return self.stop - self.start

    @property
    def slice(self) -> slice:
        """The window as a slice, so that ``x[b.slice]`` are its cells."""
        return slice(self.start, self.stop)

    def __str__(self) -> str:
        return f"{self.start}:{self.stop}" if self.length else say("common.empty")


def clip(start: Number, raw_stop: Number, n: Number) -> tuple[Number, Number]:
    """Clip windows to the input's cells 0 to n; an empty one gets stop = start."""
    start = np.minimum(np.maximum(start, 0), n)
    return start, np.maximum(start, np.minimum(raw_stop, n))


def fed_by(windows: tuple[np.ndarray, np.ndarray], n: int) -> tuple[np.ndarray, np.ndarray]:
    """For each of n cells the first window that contains it, and the one after the last: two arrays of shape (n,).

    >>> fed_by((np.array([0, 1]), np.array([2, 3])), 3)
    (array([0, 0, 1]), array([1, 2, 2]))
    """
    cells = np.arange(n)
    return np.searchsorted(windows[1], cells, side="right"), np.searchsorted(windows[0], cells, side="right")


def differ(one: tuple[Any, Any], other: tuple[Any, Any]) -> Any:
    """Which windows, as starts and stops, are not those of another rule.

    >>> differ((np.array([0, 1]), np.array([2, 3])), (np.array([0, 1]), np.array([2, 4])))
    array([False,  True])
    """
    return (one[0] != other[0]) | (one[1] != other[1])


def shortened(count: int, head: int = 12, tail: int = 4) -> list[int | None]:
    """Return the numbers below ``count`` that a table shows; None stands for those left out in the middle.

    >>> shortened(3), shortened(100)[10:15]
    ([0, 1, 2], [10, 11, None, 96, 97])
    """
    if count <= head + tail + 1:
        return list(range(count))
    return [*range(head), None, *range(count - tail, count)]


def first_back(start: np.ndarray, stop: np.ndarray) -> int | None:
    """The first window that begins or ends left of the one before it; None where all go from left to right.

    >>> first_back(np.array([0, 2, 1]), np.array([2, 3, 4]))
    2
    """
    back = np.flatnonzero((np.diff(start) < 0) | (np.diff(stop) < 0))
    return int(back[0]) + 1 if len(back) else None
