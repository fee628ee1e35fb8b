"""A grid on the page: where its boxes are, how numbers fit into them, and how it is painted, as boxes or as pixels."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from matplotlib.collections import PolyCollection

from pooltutor.figures.ink import ink_on, number_text, text_width
from pooltutor.figures.page import MANY, SMALLEST, Page
from pooltutor.figures.picture import Artists

LARGEST_IN_NUMBERS = 16  # a grid of more rows or columns is shown as pixels
COMFORTABLE = 11  # px: before letters get smaller than this they lose a digit
STEPS = 255  # from one end of a colour scale to the other


class Sheet(NamedTuple):
    """A grid of equal boxes on the page, px: the columns' edges from the left, the rows' edges from the top."""

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


def sheet_at(left: float, top: float, width: float, height: float, shape: tuple[int, int]) -> Sheet:
    """Lay out a grid of so many rows and columns in a rectangle of the page."""
    rows, columns = shape
    return Sheet(left + np.arange(columns + 1) * width / columns, top + np.arange(rows + 1) * height / rows)


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


def write(page: Page, sheet: Sheet, letters: Letters, fills: Sequence[str], ink: str = "") -> Artists:
    """Write one text into each box. Behind it the fill hides whatever else runs through the box."""
    left, right, top, height = sheet.boxes
    x, y = (left + right) / 2, top + height / 2
    half = np.array([text_width(text) for text in letters.texts]) * letters.size / 2 + 1.5
    tall = 0.44 * letters.size + 1.5
    corners = np.array([[x - half, y - tall], [x + half, y - tall], [x + half, y + tall], [x - half, y + tall]])
    grounds = PolyCollection(list(corners.transpose(2, 0, 1)), facecolors=list(fills), edgecolors="none", zorder=2.5)
    page.ax.add_collection(grounds, autolim=False)
    inks = {fill: ink or ink_on(fill, page.colours) for fill in set(fills)}
    low = 0.08 * letters.size  # digits have no descenders
    places = zip(x, y + low, letters.texts, fills, strict=True)
    return tuple(page.text(left, top, text, letters.size, inks[fill]) for left, top, text, fill in places)


# Paint ----------------------------------------------------------------------------------------------------


def hexes(rgb: np.ndarray) -> list[str]:
    """The colours of a uint8 array (H, W, 3) in reading order.

    >>> hexes(np.array([[[0, 128, 255]]], np.uint8))
    ['#0080ff']
    """
    return ["#" + bytes(colour).hex() for colour in np.ascontiguousarray(rgb).reshape(-1, 3)]


def boxes(page: Page, sheet: Sheet, fills: Sequence[str], edge: str, corner: float = 0) -> Artists:
    """Paint a grid as boxes. Many boxes touch each other, and get a thinner edge."""
    line = 1.2 if len(fills) <= MANY else 0.6
    return page.boxes(*sheet.boxes, list(fills), page.colours[edge], corner=corner, inset=1.5, line=line)


def pixels(page: Page, sheet: Sheet, rgb: np.ndarray) -> Artists:
    """Paint a grid as one image; a thin line around it keeps its edge apart from the ground."""
    left, right, top, bottom = sheet.ends
    style: dict[str, Any] = {"interpolation": "nearest", "aspect": "equal", "zorder": 0.5}
    image = page.ax.imshow(rgb, extent=(left, right, bottom, top), **style)
    page.boxes(np.array([left]), np.array([right]), top, bottom - top, "none", page.colours["line"], zorder=0.6)
    return (image,)


def scale_of(arrays: Sequence[np.ndarray]) -> tuple[float, float]:
    """The smallest and the largest finite value of some arrays."""
    finite = np.concatenate([array[np.isfinite(array)].ravel() for array in arrays])
    return (float(finite.min()), float(finite.max())) if finite.size else (0.0, 1.0)


def shares_of(values: np.ndarray, scale: tuple[float, float]) -> np.ndarray:
    """How far each value lies between the ends of a scale, 0 to 1 in even steps; NaN stays NaN.

    >>> shares_of(np.array([2, 4, 9, np.nan]), (0, 4))
    array([0.50196078, 1.        , 1.        , nan])
    """
    low, high = scale
    share = (np.asarray(values, float) - low) / (high - low) if high > low else np.where(np.isnan(values), np.nan, 1.0)
    return np.round(np.clip(share, 0, 1) * STEPS) / STEPS


def greys(values: np.ndarray, scale: tuple[float, float], blank: str) -> np.ndarray:
    """Black at the low end of a scale, white at the high end, ``blank`` for NaN; three channels stay as they are."""
    if values.ndim == 3:
        return np.nan_to_num(np.round(np.clip(values, 0, 255))).astype(np.uint8)
    share = shares_of(values, scale)
    grey = np.repeat(np.nan_to_num(share)[..., None] * STEPS, 3, axis=-1).round().astype(np.uint8)
    grey[np.isnan(share)] = list(bytes.fromhex(blank[1:]))
    return grey


def draw_swatches(page: Page, meanings: Sequence[tuple[str, str]], x: float, y: float) -> dict[str, Artists]:
    """Colours with what they mean, one beside the other from x on."""
    swatches: list[Any] = []
    texts: list[Any] = []
    for fill, text in meanings:
        swatches += page.boxes(np.array([x]), np.array([x + 16]), y - 8, 16, fill, page.colours["line"])
        texts.append(page.text(x + 23, y, text, 13, "ink", "normal", ha="left"))
        x += 23 + 13 * text_width(text) + 22
    return {"swatches": tuple(swatches), "swatch_texts": tuple(texts)}
