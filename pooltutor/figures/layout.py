"""The layout of one size pair's picture: what it says and where its rows stand, in numbers; nothing is drawn here.

x coordinates are input coordinates: cell ``j`` spans ``j..j+1``, cut ``i`` stands at ``i*n/m``. Output ``i`` owns
the exact interval between its two cuts; its window is that interval rounded outwards to whole cells. For m > n
the picture is the dual one: each bar is a cell and spans the outputs that it feeds.
"""

from typing import NamedTuple

import numpy as np

from pooltutor.binning import Bins, bins
from pooltutor.pooling import gradient as input_gradient
from pooltutor.pooling import pool

LANE, LANES = 34, 204  # px: one lane of windows, and at most all of them together


# What the picture says ------------------------------------------------------------------------------------


class Bars(NamedTuple):
    """The bars between ruler and outputs, named ``first:last``: windows, or for m > n cells."""

    first: np.ndarray
    last: np.ndarray
    left: np.ndarray
    right: np.ndarray
    lanes: int

    @property
    def strip(self) -> float:
        """The height of all lanes together; many lanes get low."""
        return min(self.lanes * LANE, LANES)

    def tops(self, y: float) -> tuple[np.ndarray, float]:
        """The y of each bar where the first lane begins at y, and the height of a bar."""
        pitch = self.strip / self.lanes
        return y + np.arange(len(self.first)) % self.lanes * pitch, pitch * 28 / LANE


def bars_of(b: Bins) -> Bars:
    """The windows of b as bars in lanes, for m > n its cells."""
    # Bars i and i + lanes never overlap: a cell in both would be in all those between, lanes + 1 in number.
    if b.target_size > b.input_size:
        first, last = b.feeds
        return Bars(first, last, b.cuts[first], b.cuts[last], max(2, int(b.lengths.max())))
    return Bars(b.start, b.stop, b.start, b.stop, max(1, int(b.coverage.max())))  # all may be empty


def _ghosts_of(true: Bars, wrong: np.ndarray) -> Bars:
    """PyTorch's bars where others are wrong; in one lane if no two of them overlap."""
    first, last, left, right = (column[wrong] for column in true[:4])
    return Bars(first, last, left, right, 2 if (left[1:] < right[:-1]).any() else 1)


def members(first: np.ndarray, last: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """All k in the ranges ``first[i]:last[i]``, one after the other, as two arrays: the i and the k of each.

    >>> members(np.array([0, 1]), np.array([2, 3]))
    (array([0, 0, 1, 1]), array([0, 1, 1, 2]))
    """
    counts = last - first
    before = np.cumsum(counts) - counts
    return np.repeat(np.arange(len(first)), counts), np.arange(counts.sum()) + np.repeat(first - before, counts)


def shared_of(b: Bins) -> np.ndarray:
    """The cells in several windows; for m > n the outputs of several cells.

    >>> shared_of(bins(14, 4)), shared_of(bins(3, 5))
    (array([ 3, 10]), array([1, 3]))
    """
    return np.flatnonzero((b.lengths if b.target_size > b.input_size else b.coverage) > 1)


class Answer(NamedTuple):
    """All that hidden=True keeps out of the figure."""

    bars: Bars
    ghosts: Bars
    wrong: np.ndarray
    outputs: np.ndarray
    gradient: np.ndarray


def _answer(b: Bins, x: np.ndarray, upstream: np.ndarray, kind: str) -> Answer:
    bars, true = bars_of(b), bars_of(bins(b.input_size, b.target_size))
    wrong = (bars.first != true.first) | (bars.last != true.last)
    outputs = pool(x, b.target_size, kind=kind, rule=b.rule)
    computed = input_gradient(upstream, b.input_size, kind=kind, x=x, rule=b.rule)
    return Answer(bars, _ghosts_of(true, wrong), wrong, outputs, computed)


# Where it says it -----------------------------------------------------------------------------------------


class Rows(NamedTuple):
    """The y where each row begins, px from the top; of the ruler where its line is."""

    gradients: float
    cells: float
    ruler: float
    bars: float
    ghosts: float
    outputs: float
    upstreams: float
    bottom: float


def _tiles(b: Bins) -> bool:
    return b.rule == "pytorch" and b.input_size % b.target_size == 0


def _rows(b: Bins, answer: Answer | None, gradient: bool) -> Rows:
    """Where the rows begin. While the answer is hidden the height must not tell the number of lanes."""
    top = 14 + (0 if b.rule == "pytorch" else 34 if answer is None else 58)
    cells = top + 49 * gradient
    bars = cells + 98
    ghosts = bars + 12 + (2 * LANE if answer is None or _tiles(b) else answer.bars.strip)
    outputs = ghosts + 4 + (answer.ghosts.strip + 10 if answer and answer.wrong.any() else 0)
    upstreams = outputs + 48 * gradient
    return Rows(top, cells, cells + 56, bars, ghosts, outputs, upstreams, upstreams + (44 if gradient else 48))


class Layout(NamedTuple):
    """All numbers of one picture; without an answer while that is hidden."""

    b: Bins
    x: np.ndarray
    upstream: np.ndarray
    kind: str
    answer: Answer | None
    rows: Rows

    @property
    def dual(self) -> bool:
        """Whether the bars are cells, which they are for m > n."""
        return self.b.target_size > self.b.input_size

    @property
    def shown(self) -> Answer:
        """The answer of a layout that hides nothing."""
        if self.answer is None:
            raise ValueError("a hidden layout has no answer to show")
        return self.answer

    @property
    def tiles(self) -> bool:
        """Whether all cuts of PyTorch's rule fall on lines, so that the windows lie side by side."""
        return _tiles(self.b)


def lay_out(b: Bins, x: np.ndarray, upstream: np.ndarray, kind: str, *, gradient: bool, hidden: bool) -> Layout:
    """Compute what the picture of b says; ``gradient`` keeps room for its two rows."""
    found = _answer(b, x, upstream, kind)  # also while hidden, so that bad arguments are refused
    answer = None if hidden else found
    return Layout(b, x, upstream, kind, answer, _rows(b, answer, gradient))
