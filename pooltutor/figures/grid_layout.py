"""The layout of a 2-D picture: where its parts stand on the canvas, and the numbers that stand there."""

from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes

from pooltutor.figures.canvas import WIDTH, Canvas, open_canvas
from pooltutor.figures.grid_axis import GAP, Axis, axis_at, room_for_cuts, strip_of
from pooltutor.figures.grid_values import Scene, quantity, wordings
from pooltutor.figures.raster import LARGEST_IN_NUMBERS, Letters, Raster, fitted, raster_at
from pooltutor.figures.text import text_width
from pooltutor.words import load

CAPTION, LEGEND = 46, 30  # px below the grids: for their captions, for what the colours mean
MARGIN, BETWEEN = 10, 56  # px: at both ends, between the grids
LARGEST, BIGGEST = 412, 80  # px: a whole grid, one cell
LEGIBLE = 34  # px: an output; cells get larger where outputs would be smaller than this
THIN, STRETCH = 48, 4  # a grid thinner than so many px gets cells that are up to so many times as long as wide


class Places(NamedTuple):
    """Both grids, and the two axes of the input."""

    input: Raster
    output: Raster
    rows: Axis
    columns: Axis


def places_of(scene: Scene, hidden: bool, top: float, captions: tuple[float, float]) -> Places:
    """Lay out both grids and the axes of the input below ``top`` px; the grids' captions are so many px wide."""
    strips = strip_of(scene.rows, hidden), strip_of(scene.columns, hidden)
    beside, above = room_for_cuts(scene.rows) + strips[0] + GAP, 26 + strips[1] + GAP
    room = min(LARGEST, (WIDTH - 2 * MARGIN - beside - BETWEEN) / 2)
    height, width = _size(scene.sizes, scene.targets, room)
    between = max(BETWEEN, sum(captions) / 2 + 24 - width)
    left = (WIDTH - beside - 2 * width - between) / 2 + beside
    upper = top + above
    raster = raster_at(left, upper, width, height, scene.sizes)
    output = raster_at(left + width + between, upper, width, height, scene.targets)
    rows = axis_at(scene.rows, raster, strips[0], upright=True)
    columns = axis_at(scene.columns, raster, strips[1], upright=False)
    return Places(raster, output, rows, columns)


def _size(sizes: tuple[int, int], targets: tuple[int, int], room: float) -> tuple[float, float]:
    """Height and width of a grid of square cells; those of a thin grid are stretched."""
    outputs = max(m / n for n, m in zip(sizes, targets, strict=True))  # in one cell
    cell, least = min(max(BIGGEST, LEGIBLE * outputs), room / max(sizes)), min(sizes)
    stretch = min(STRETCH, max(1, THIN / (cell * least)))
    height, width = (size * cell * (stretch if size == least else 1) for size in sizes)
    return height, width


class GridLayout(NamedTuple):
    """A scene on its canvas: ``values`` are what the cells show, ``letters`` how they are written; None means pixels.

    ``unknown`` says that the cells show what the windows decide, while these are hidden.
    """

    canvas: Canvas
    scene: Scene
    places: Places
    hidden: bool
    unknown: bool
    values: np.ndarray
    y: np.ndarray
    letters: Letters | None


def lay_out_grid(scene: Scene, head: float, hidden: bool, ax: Axes | None, theme: str) -> GridLayout:
    """Compute what the picture shows, and lay it out below ``head`` px of words."""
    values, y, say = quantity(scene), scene.pooled(), load()["figure"]
    left, right = (14 * text_width(caption) for caption in captions_of(scene, say["grid"]))
    places = places_of(scene, hidden, head, (left, right))
    unknown = hidden and scene.colour != "values"
    letters = letters_of(places.input, [[say["unknown"]] * values.size] if unknown else wordings(scene, values))
    legend = values.ndim == 2 and not unknown and (scene.colour != "values" or letters is None)
    canvas = open_canvas(WIDTH, places.input.ends[3] + CAPTION + LEGEND * legend, ax, theme, left=0, body=WIDTH)
    # Cells are square in Axes of any shape: one px of the canvas is as high as wide there.
    canvas.ax.set_aspect("equal")
    canvas.ax.apply_aspect()
    return GridLayout(replace(canvas, ux=1.0, uy=1.0), scene, places, hidden, unknown, values, y, letters)


def captions_of(scene: Scene, say: dict[str, Any]) -> tuple[str, str]:
    """What stands under the input and under the output."""
    sizes = (say["size"].format(height=height, width=width) for height, width in (scene.sizes, scene.targets))
    keys = scene.colour, "upstream" if scene.colour == "gradient" else scene.kind
    one, other = (say["captions"][key].format(size=size) for key, size in zip(keys, sizes, strict=True))
    return one, other


def letters_of(raster: Raster, ways: list[list[Any]]) -> Letters | None:
    """The first way to write the numbers of a grid that fits; None where it has too many boxes, or none fits."""
    if max(raster.shape) > LARGEST_IN_NUMBERS:
        return None
    high, wide = raster.unit
    return next((letters for way in ways if (letters := fitted(way, wide, high, 17))), None)
