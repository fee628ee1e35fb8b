"""A function that pools: its outputs, and the windows behind them."""

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from pooltutor.binning import bins
from pooltutor.exercises.coding.rule_task import SomeWindows, duel_of, windows_idea, windows_reason
from pooltutor.exercises.coding.task import CLOSE, ArrayTask, Givens, Idea, Size, close, known_idea, numbers
from pooltutor.exercises.reading import Window
from pooltutor.pooling import pool
from pooltutor.rules import RULES
from pooltutor.words import say

if TYPE_CHECKING:
    from pooltutor.figures import Picture


def powers(n: int) -> np.ndarray:
    """Return 1, 10, 100, ...: the mean of every window is another number, so each output names its window.

    Powers of 2 would not do: the mean of the first 32 is the 28th, but for one part in four billion.
    """
    return 10.0 ** np.arange(n)


@cache
def _means(n: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Start and stop of each window of n cells, and the mean of 1, 10, 100, ... in it."""
    start, stop = np.triu_indices(n + 1, 1)
    return start, stop, (10.0**stop - 10.0**start) / 9 / (stop - start)


def windows_of(outputs: np.ndarray, n: int) -> list[Window] | None:
    """The windows whose means of 1, 10, 100, ... these are; None where some number is no such mean.

    >>> windows_of(np.array([5.5, 370, 5500]), 5)
    [(0, 2), (1, 4), (3, 5)]
    """
    start, stop, means = _means(n)
    with np.errstate(invalid="ignore"):  # infinities, which are no means
        off = np.abs(outputs[:, None] - means) / means
    nearest = np.argmin(np.where(np.isnan(off), np.inf, off), axis=1)
    found = off[np.arange(len(outputs)), nearest] <= CLOSE
    return list(zip(start[nearest].tolist(), stop[nearest].tolist(), strict=True)) if found.all() else None


def exact_means(x: np.ndarray, m: int) -> np.ndarray:
    """The means of the exact intervals, to which a cut cell belongs in part."""
    n = len(x)
    edges = np.minimum(np.arange(1, m + 1)[:, None] * n, np.arange(1, n + 1) * m)
    low = np.maximum(np.arange(m)[:, None] * n, np.arange(n) * m)
    return np.maximum(edges - low, 0) @ x / n


class PoolTask(ArrayTask):
    """A function of (x, m) that gives m averages."""

    name, arrived, entry = "pool", "x", "output"
    ideas: dict[str, Idea] = {  # noqa: RUF012, read only
        "sum": lambda size, given: close(given, pool(powers(size[0]), size[1]) * bins(size[0], size[1]).lengths),
        "maximum": lambda size, given: close(given, pool(powers(size[0]), size[1], kind="max")),
        "exact": lambda size, given: close(given, exact_means(powers(size[0]), size[1])),
    }

    def given_to(self, size: Size) -> np.ndarray:
        """What is pooled."""
        return powers(size[0])

    def shape(self, size: Size) -> Size:
        """As many outputs as the target says."""
        return size[1:]

    def right(self, size: Size) -> np.ndarray:
        """Return PyTorch's outputs."""
        return pool(powers(size[0]), size[1])

    def reason(self, givens: Givens, size: Size) -> str:
        """Name the idea behind the outputs, or that behind their windows."""
        sizes = self.asked_first(givens, size)
        if idea := known_idea(self.ideas, givens, sizes):
            return say(f"coding.ideas.{idea}")
        return windows_reason(_told_windows(givens), sizes, size) or say("coding.hints.pool")

    def differences(self, givens: Givens, size: Size) -> list[str]:
        """Name the first output that is wrong, and what was pooled."""
        return [*super().differences(givens, size), say("coding.x_was", x=numbers(powers(size[0])))]

    def picture(self, givens: Givens, size: Size) -> "Picture":
        """Draw the windows of both where the outputs tell them, else the outputs."""
        from pooltutor.figures import duel

        x, windows = powers(size[0]), _told_windows(givens)
        idea = windows_idea(windows, self.asked_first(givens, size))
        if idea in RULES:
            return duel(size[0], size[1], str(idea), x=x)
        if told := windows[size]:
            starts, stops = ([window[end] for window in told] for end in (0, 1))
            return duel_of(size, ("start", "stop"), starts, stops, x=x)
        return super().picture(givens, size)


def _told_windows(givens: Givens) -> SomeWindows:
    """The windows of all sizes, as far as the outputs tell them."""
    return {size: windows_of(given, size[0]) for size, given in givens.items()}
