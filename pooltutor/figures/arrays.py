"""Arrays side by side, as pictures of one height on one scale: an input, and ways to make it smaller."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from pooltutor.binning import LARGEST_SHOWN, check_size
from pooltutor.figures.arguments import check_theme
from pooltutor.figures.ink import number_text, text_width
from pooltutor.figures.page import PAGE, Page, open_page
from pooltutor.figures.picture import Artists, Picture
from pooltutor.figures.plane import LARGEST_IN_NUMBERS, Letters, fitted, greys, hexes, pixels, scale_of, sheet_at, write

MARGIN, GAP = 16, 28  # px: around the page, from one array to the next
TALLEST, BIGGEST, LOWEST = 260, 96, 32  # px: an array; one cell; what is lower with square cells gets long ones
STRETCH = 4  # how many times as long as wide cells get
EASY = 120  # px: arrays that would be lower than this go into more rows
TITLE, SHAPE, HEAD, FOOT = 15, 13, 34, 34  # px: letters of titles and shapes, and room for them


class Panel(NamedTuple):
    """One array as a picture: ``values`` have shape (H, W) or (H, W, 3), ``shape`` is that of the array."""

    title: str
    values: np.ndarray
    shape: str

    def width(self, height: float, stretch: float) -> float:
        """The px across, where the array is so many px high; cells of long arrays are up to ``stretch`` times longer."""
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
    arrays: Mapping[str, Any], *, theme: str = "light", digits: int = 3, columns: int | None = None
) -> Picture:
    """Draw arrays side by side at one height: a title above each, its shape below, numbers where they fit.

    ``arrays`` maps titles to arrays of shape (n,), (H, W) or (H, W, 3). They have one grey scale, from black for
    the least value of all to white for the greatest. Three channels are colours from 0 to 255; beside them the
    scale of the others is 0 to 255 too. ``digits`` is how many digits numbers have, ``columns`` how many arrays
    stand in a row, by default as many as are easy to see.

    >>> picture = arrays({"input": [0, 3, 0], "average": [1.5, 1.5]})
    >>> picture
    Picture(input, average)
    >>> [[text.get_text() for text in texts] for texts in picture.image_texts]
    [['0', '3', '0'], ['1.5', '1.5']]
    >>> [text.get_text() for text in picture.shapes]
    ['(3,)', '(2,)']

    Raises TypeError or ValueError with the argument, the accepted range and what came.
    """
    panels = _panels(arrays)
    check_theme(theme)
    check_size(digits, "digits", 9)
    put = _arranged(panels, None if columns is None else check_size(columns, "columns"))
    flat = [panel.values for panel in panels if panel.values.ndim == 2]
    scale = (0.0, 255.0) if len(flat) < len(panels) else scale_of(flat)
    line = HEAD + put.height + FOOT
    page = open_page(PAGE, len(put.rows) * line + 36, None, theme, left=0, body=PAGE)
    drawn: dict[str, list[Any]] = {"images": [], "image_texts": [], "titles": [], "shapes": []}
    for k, row in enumerate(put.rows):
        _draw_row(page, row, put, 8 + k * line, scale, digits, drawn)
    swatches = _draw_scale(page, scale, len(put.rows) * line + 14) if flat and not all(drawn["image_texts"]) else {}
    return Picture(", ".join(arrays), page.ax, **{key: tuple(artists) for key, artists in drawn.items()}, **swatches)


# What is accepted -----------------------------------------------------------------------------------------


def _panels(arrays: Any) -> list[Panel]:
    """The arrays with their titles, or one sentence that says what is wrong with them."""
    if not isinstance(arrays, Mapping) or not all(isinstance(title, str) for title in arrays):
        raise TypeError(f"arrays must map titles to arrays, as a dictionary does, got {arrays!r}")
    if not arrays:
        raise ValueError("arrays must hold at least one array, got none")
    panels = []
    for title, values in arrays.items():
        array = np.asarray(values)
        where = f"arrays[{title!r}]"
        if array.dtype.kind not in "iuf":
            raise TypeError(f"{where} must be an array of real numbers, got dtype {array.dtype}")
        right = array.ndim in (1, 2) or (array.ndim == 3 and array.shape[2] == 3)
        if not right or not array.size or max(array.shape) > LARGEST_SHOWN:
            raise ValueError(
                f"{where} must have shape (n,), (H, W) or (H, W, 3) with sizes from 1 to {LARGEST_SHOWN}, got {array.shape}"
            )
        panels.append(Panel(title, array[None] if array.ndim == 1 else array, str(array.shape)))
    return panels


# Where they stand -----------------------------------------------------------------------------------------


def _arranged(panels: list[Panel], columns: int | None) -> Places:
    """In rows of so many; without a wish in as few rows as leave all arrays easy to see."""
    wishes = range(len(panels), 0, -1) if columns is None else [columns]
    found = [put for count in wishes if (put := _in_rows(panels, count))]
    if not found:
        what = "titles" if columns is None else f"columns must be less for these titles and shapes, got {columns}; titles"
        raise ValueError(f"{what}")
    return next((put for put in found if put.height >= EASY), max(found, key=lambda put: put.height))
