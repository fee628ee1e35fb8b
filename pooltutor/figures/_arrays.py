"""Arrays side by side, as pictures of one height on one scale: an input, and ways to make it smaller."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from pooltutor.arrays import real_array
from pooltutor.figures.alternative import alternative, numbers
from pooltutor.figures.arguments import check_theme
from pooltutor.figures.canvas import WIDTH, Canvas, open_canvas
from pooltutor.figures.colours import greys, hexes, scale_of
from pooltutor.figures.picture import NOTHING, Artists, Labelled, Picture
from pooltutor.figures.raster import LARGEST_IN_NUMBERS, Raster, fitted, pixels, raster_at, write
from pooltutor.figures.text import number_text, text_width
from pooltutor.quoting import quoted
from pooltutor.validation import LARGEST_SHOWN, check_size
from pooltutor.words import say

MARGIN, GAP = 16, 28  # px: around the canvas, from one array to the next
TALLEST, BIGGEST, LOWEST = 260, 96, 32  # px: an array; one cell; what is lower with square cells gets long ones
STRETCH = 4  # how many times as long as wide cells get
EASY, EASY_CELL = 120, 40  # px: arrays that would be lower than one of these go into more rows
TITLE, SHAPE, HEAD, FOOT = 15, 13, 34, 34  # px: letters of titles and shapes, and room for them
ROOM, LEGEND = WIDTH - 2 * MARGIN, 30  # px: for one row across; for what black and white mean
Scale = tuple[float, float]


class PanelParts(NamedTuple):
    """What one array is made of: its picture, the numbers in that if they fit, its title and its shape in words."""

    image: Any
    texts: Artists
    title: Any
    shape: Any


@dataclass(frozen=True, repr=False)
class ArraysPicture(Picture):
    """Several arrays: each is a panel, and ``swatches`` say what black and white mean."""

    panels: tuple[PanelParts, ...]
    swatches: Labelled


class Panel(NamedTuple):
    """One array as a picture: ``values`` have shape (H, W) or (H, W, 3), ``shape`` is that of the array."""

    title: str
    values: np.ndarray
    shape: str

    def width(self, height: float, stretch: float) -> float:
        """The px across, where the array is so many px high; ``stretch`` makes the cells of long arrays longer."""
        ratio = self.values.shape[1] / self.values.shape[0]
        longer = max(ratio, 1 / ratio)
        shown = max(longer / stretch, min(longer, STRETCH))
        return height * (shown if ratio > 1 else 1 / shown)

    def slot(self, height: float, stretch: float) -> float:
        """The px across that the array and its words need."""
        return max(self.width(height, stretch), TITLE * text_width(self.title), SHAPE * text_width(self.shape))


class Places(NamedTuple):
    """How the panels are arranged: in rows, all so many px high."""

    rows: list[list[Panel]]
    height: float
    stretch: float


def arrays(
    arrays: Mapping[str, Any], *, theme: str = "either", digits: int = 3, columns: int | None = None
) -> ArraysPicture:
    """Draw arrays side by side at one height: a title above each, its shape below, numbers where they fit.

    ``arrays`` maps titles to arrays of shape (n,), (H, W) or (H, W, 3). They have one grey scale, from black for
    the least value of all to white for the greatest. Three channels are colours from 0 to 255; beside them the
    scale of the others is 0 to 255 too. ``digits`` is how many digits numbers have at most, ``columns`` how many
    arrays stand in a row at most, by default as many as are easy to see.

    >>> picture = arrays({"input": [0, 3, 0], "average": [1.5, 1.5]})
    >>> picture
    Picture(input, average)
    >>> [[text.get_text() for text in panel.texts] for panel in picture.panels]
    [['0', '3', '0'], ['1.5', '1.5']]
    >>> [panel.shape.get_text() for panel in picture.panels]
    ['(3,)', '(2,)']

    Raises TypeError or ValueError with the argument, the accepted range and what came.
    """
    panels = _panels(arrays)
    check_theme(theme)
    check_size(digits, "digits", 9)
    places = _arranged(panels, len(panels) if columns is None else check_size(columns, "columns"))
    flat = [panel.values for panel in panels if panel.values.ndim == 2]
    scale = (0.0, 255.0) if len(flat) < len(panels) else scale_of(flat)
    line = HEAD + places.height + FOOT
    bottom = 8 + len(places.rows) * line
    canvas = open_canvas(WIDTH, bottom + LEGEND * bool(flat), None, theme, left=0, body=WIDTH)
    drawn: list[PanelParts] = []
    for k, row in enumerate(places.rows):
        drawn += _draw_row(canvas, row, places, 8 + k * line, scale, digits)
    swatches = _draw_scale(canvas, scale, bottom + 8) if flat else NOTHING
    title = ", ".join(arrays)
    alt = alternative(title, *map(_in_words, panels))
    return ArraysPicture(title, alt, canvas.ax, canvas.colours["ink_soft"], tuple(drawn), swatches)


def _in_words(panel: Panel) -> str:
    """The title of an array, its shape and its numbers; of a picture in colour no numbers."""
    said = f": {numbers(panel.values.ravel())}" if panel.values.ndim == 2 else ""
    return f"{panel.title} {panel.shape}{said}."


# What is accepted -----------------------------------------------------------------------------------------


def _panels(arrays: Any) -> list[Panel]:
    """The arrays with their titles, or one sentence that says what is wrong with them."""
    if not isinstance(arrays, Mapping) or not all(isinstance(title, str) for title in arrays):
        raise TypeError(say("errors.figure.arrays", came=quoted(arrays)))
    if not arrays:
        raise ValueError(say("errors.figure.no_arrays"))
    panels = []
    for title, values in arrays.items():
        where = f"arrays[{quoted(title)}]"
        array = real_array(values, where)
        right = array.ndim in (1, 2) or (array.ndim == 3 and array.shape[2] == 3)
        if not right or not array.size or max(array.shape) > LARGEST_SHOWN:
            raise ValueError(say("errors.figure.array_shape", name=where, most=LARGEST_SHOWN, came=array.shape))
        if TITLE * text_width(title) > ROOM:
            raise ValueError(say("errors.figure.title", px=WIDTH, came=quoted(title)))
        panels.append(Panel(title, array[None] if array.ndim == 1 else array, str(array.shape)))
    return panels


# Where they stand -----------------------------------------------------------------------------------------


def _arranged(panels: list[Panel], most: int) -> Places:
    """Share the arrays out over as few rows as keep them easy to see."""
    most_cells = max(len(panel.values) for panel in panels)
    tallest, easy = min(TALLEST, BIGGEST * most_cells), min(EASY, EASY_CELL * most_cells)
    best = Places([], 0, 1)
    for count in range(min(most, len(panels)), 0, -1):
        rows = [panels[first : first + count] for first in range(0, len(panels), count)]
        best = max(best, _fitted_rows(rows, tallest), key=lambda places: places.height)
        if best.height >= easy:
            break
    return best


def _fitted_rows(rows: list[list[Panel]], tallest: float) -> Places:
    """The height at which all rows fit on the canvas, 0 where their words do not; cells are square if there is room."""
    found = []
    for stretch in (1, STRETCH):
        heights = (tallest * 0.98**k for k in range(400))
        fits = (h for h in heights if max(_wide(row, h, stretch) for row in rows) <= ROOM)
        found.append(Places(rows, next(fits, 0), stretch))
    return found[0] if found[0].height >= LOWEST else found[1]


def _wide(row: list[Panel], height: float, stretch: float) -> float:
    return sum(panel.slot(height, stretch) for panel in row) + GAP * (len(row) - 1)


# How they look --------------------------------------------------------------------------------------------


def _draw_row(
    canvas: Canvas, row: list[Panel], places: Places, top: float, scale: Scale, digits: int
) -> Iterator[PanelParts]:
    """Draw the panels of one row, which stand in the middle of the canvas."""
    left = (WIDTH - _wide(row, places.height, places.stretch)) / 2
    for panel in row:
        slot, width = panel.slot(places.height, places.stretch), panel.width(places.height, places.stretch)
        middle = left + slot / 2
        raster = raster_at(middle - width / 2, top + HEAD, width, places.height, panel.values.shape[:2])
        rgb = greys(panel.values, scale, canvas.colours["unchecked_ground"])
        title = canvas.text(middle, top + HEAD - 15, panel.title, TITLE, "ink")
        shape = canvas.text(middle, top + HEAD + places.height + 16, panel.shape, SHAPE, "ink_soft", "normal")
        (image,) = pixels(canvas, raster, rgb)
        yield PanelParts(image, _draw_numbers(canvas, raster, panel, rgb, digits), title, shape)
        left += slot + GAP


def _draw_numbers(canvas: Canvas, raster: Raster, panel: Panel, rgb: np.ndarray, digits: int) -> Artists:
    """The numbers and lines between them, where they fit."""
    (rows, columns), (high, wide) = raster.shape, raster.unit
    if panel.values.ndim == 3 or max(rows, columns) > LARGEST_IN_NUMBERS:
        return ()
    letters = fitted(panel.values.ravel().tolist(), wide, high, 17, range(digits, min(digits, 2) - 1, -1))
    if letters is None:
        return ()
    left, right, top, bottom = raster.ends
    style: dict[str, Any] = {"colors": canvas.colours["line"], "linewidth": 0.8 * canvas.pt}
    canvas.ax.hlines(raster.ys, left, right, **style)
    canvas.ax.vlines(raster.xs, top, bottom, **style)
    return write(canvas, raster, letters, hexes(rgb))


def _draw_scale(canvas: Canvas, scale: Scale, y: float) -> Labelled:
    """What black and white mean."""
    say, (low, high) = canvas.words["grid"], scale
    ends = [("#000000", "least", low), ("#ffffff", "most", high)] if low < high else [("#ffffff", "all", high)]
    meanings = [(fill, say[key].format(value=number_text(value))) for fill, key, value in ends]
    return canvas.swatches(meanings, MARGIN, y)
