"""One axis of a 2-D picture: where the bars of its windows stand beside the grid, and how much room they need."""

from typing import Any, NamedTuple

import numpy as np

from pooltutor.binning import Bins, bins
from pooltutor.figures.layout import Bars, bars_of
from pooltutor.figures.raster import Raster
from pooltutor.figures.text import text_width

LANE, WIDEST = 26, 78  # px: one lane, and all of them together
GAP = 9  # px between the lanes and the grid
NUMBERS, LETTERS = 64, 11  # px: the least room for the numbers of the rows' cuts and their name, and their height

Boxes = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]


class Axis(NamedTuple):
    """One axis on the canvas. ``at`` px is where its cell 0 begins, and ``unit`` px is how long a cell is.

    The rows stand upright: their lanes run down the canvas. ``lanes`` is where the lanes begin across, px.
    """

    b: Bins
    bars: Bars
    wrong: np.ndarray
    upright: bool
    at: float
    unit: float
    lanes: float
    strip: float

    @property
    def dual(self) -> bool:
        """Whether the bars are cells, which they are for m > n."""
        return self.b.target_size > self.b.input_size

    def along(self, cells: Any) -> Any:
        """The px of places that are counted in cells."""
        return self.at + np.asarray(cells) * self.unit

    def boxes(self, first: Any, last: Any, near: Any, far: Any) -> Boxes:
        """Left, right, top and height of boxes from ``first`` to ``last`` px along, ``near`` to ``far`` px across."""
        first, last, near, far = np.broadcast_arrays(*map(np.atleast_1d, (first, last, near, far)))
        return (near, far, first, last - first) if self.upright else (first, last, near, far - near)

    def of_bars(self, which: Any = slice(None)) -> Boxes:
        """Left, right, top and height of some bars."""
        pitch = self.strip / self.bars.lanes
        near = (self.lanes + np.arange(len(self.bars.first)) % self.bars.lanes * pitch)[which]
        ends = self.along(self.bars.left)[which], self.along(self.bars.right)[which]
        return self.boxes(*ends, near, near + pitch * 22 / LANE)


def strip_of(b: Bins, hidden: bool) -> float:
    """The px across that the lanes of an axis need; while they are hidden that must not tell how many there are."""
    return 2 * LANE if hidden else min(bars_of(b).lanes * LANE, WIDEST)


def axis_at(b: Bins, raster: Raster, strip: float, *, upright: bool) -> Axis:
    """Put the windows of one axis beside a grid: of the rows at its left, of the columns above it."""
    bars, true = bars_of(b), bars_of(bins(b.input_size, len(b)))
    wrong = (bars.first != true.first) | (bars.last != true.last)
    edges, across = (raster.ys, raster.xs) if upright else (raster.xs, raster.ys)
    unit = raster.unit[not upright]
    return Axis(b, bars, wrong, upright, float(edges[0]), unit, float(across[0]) - GAP - strip, strip)


def room_for_cuts(b: Bins) -> float:
    """The px at the left of the rows' lanes that the numbers of their cuts need, and the name beside them."""
    return max(NUMBERS, widest_cut(b) + 26)


def widest_cut(b: Bins) -> float:
    """The px that the longest number of a cut is wide."""
    return LETTERS * max(text_width(b.cut_text(i)) for i in range(len(b) + 1))
