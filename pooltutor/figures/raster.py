"""A grid on the canvas: where its boxes are, how numbers fit into them, and how it is painted: as boxes, as pixels."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from matplotlib.collections import PolyCollection

from pooltutor.figures.canvas import MANY, Canvas
from pooltutor.figures.colours import ink_on
from pooltutor.figures.picture import Artists
from pooltutor.figures.text import SMALLEST, number_text, text_width

LARGEST_IN_NUMBERS = 16  # a grid of more rows or columns is shown as pixels
COMFORTABLE = 11  # px: before letters get smaller than this they lose a digit


class Raster(NamedTuple):
    """A grid of equal boxes on the canvas, px: the columns' edges from the left, the rows' edges from the top."""

    xs: np.ndarray
    ys: np.ndarray

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return len(self.ys) - 1, len(self.xs) - 1

    @property
    def unit(self) -> tuple[float, float]:
        """The px that one box is high and wide."""
        (rows, columns), (left, right, top, bottom) = self.shape, self.ends
        return (bottom - top) / rows, (right - left) / columns

    @property
    def ends(self) -> tuple[float, float, float, float]:
        """The left, right, upper and lower edge of the whole grid."""
        return float(self.xs[0]), float(self.xs[-1]), float(self.ys[0]), float(self.ys[-1])

    @property
    def middle(self) -> tuple[float, float]:
        """The x and the y of the middle."""
        left, right, top, bottom = self.ends
        return (left + right) / 2, (top + bottom) / 2

    @property
    def boxes(self) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """Left, right, top and height of each box in reading order."""
        top, left = (edges.ravel() for edges in np.meshgrid(self.ys[:-1], self.xs[:-1], indexing="ij"))
        bottom, right = (edges.ravel() for edges in np.meshgrid(self.ys[1:], self.xs[1:], indexing="ij"))
        return left, right, top, bottom - top


def raster_at(left: float, top: float, width: float, height: float, shape: tuple[int, int]) -> Raster:
    """Lay out a grid of so many rows and columns in a rectangle of the canvas."""
    rows, columns = shape
    return Raster(left + np.arange(columns + 1) * width / columns, top + np.arange(rows + 1) * height / rows)


# Numbers --------------------------------------------------------------------------------------------------


class Letters(NamedTuple):
    """Texts that fit into their boxes, and the px that all of them are high."""

    texts: list[str]
    size: float


def fitted(
    values: Sequence[Any], wide: Any, high: float, size: float, digits: Sequence[int] = (4, 3)
) -> Letters | None:
    """Write numbers (or texts) for boxes of so many px, at most ``size`` px high; None where one would not fit.

    >>> [fitted([1, 2 / 3], wide, 30, 17).texts for wide in (60, 40)]
    [['1', '0.6667'], ['1', '0.667']]
    >>> fitted([1, 2 / 3], 20, 30, 17)
    """
    room = wide - np.maximum(4, 0.14 * np.asarray(wide))
    tallest = max(0.62 * high, min(SMALLEST, 0.7 * high))
    for accuracy in digits:
        texts = [v if isinstance(v, str) else number_text(v, accuracy) for v in values]
        needed = np.array([text_width(text) for text in texts])
        fits = float(min(size, tallest, (room / needed).min(initial=np.inf)))
        if fits >= (SMALLEST if accuracy == digits[-1] else max(SMALLEST, min(COMFORTABLE, tallest))):
            return Letters(texts, fits)
    return None


def write(canvas: Canvas, raster: Raster, letters: Letters, fills: Sequence[str], ink: str = "") -> Artists:
    """Write one text into each box. Behind it the fill hides whatever else runs through the box."""
    left, right, top, height = raster.boxes
    x, y = (left + right) / 2, top + height / 2
    half = np.array([text_width(text) for text in letters.texts]) * letters.size / 2 + 1.5
    tall = 0.44 * letters.size + 1.5
    corners = np.array([[x - half, y - tall], [x + half, y - tall], [x + half, y + tall], [x - half, y + tall]])
    grounds = PolyCollection(list(corners.transpose(2, 0, 1)), facecolors=list(fills), edgecolors="none", zorder=2.5)
    canvas.ax.add_collection(grounds, autolim=False)
    inks = {fill: ink or ink_on(fill, canvas.colours) for fill in set(fills)}
    low = 0.08 * letters.size  # digits have no descenders
    places = zip(x, y + low, letters.texts, fills, strict=True)
    return tuple(canvas.text(left, top, text, letters.size, inks[fill]) for left, top, text, fill in places)


# Paint ----------------------------------------------------------------------------------------------------


def boxes(canvas: Canvas, raster: Raster, fills: Sequence[str], edge: str, corner: float = 0) -> Artists:
    """Paint a grid as boxes. Many boxes touch each other, and get a thinner edge."""
    line = 1.2 if len(fills) <= MANY else 0.6
    return canvas.boxes(*raster.boxes, list(fills), canvas.colours[edge], corner=corner, inset=1.5, line=line)


def pixels(canvas: Canvas, raster: Raster, rgb: np.ndarray) -> Artists:
    """Paint a grid as one image; a thin line around it keeps its edge apart from the ground."""
    left, right, top, bottom = raster.ends
    style: dict[str, Any] = {"interpolation": "nearest", "aspect": "equal", "zorder": 0.5}
    image = canvas.ax.imshow(rgb, extent=(left, right, bottom, top), **style)
    canvas.boxes(np.array([left]), np.array([right]), top, bottom - top, "none", canvas.colours["line"], zorder=0.6)
    return (image,)
