"""Where the parts of a 2-D picture stand on the page, px."""

from typing import NamedTuple

from pooltutor.figures.faces import Scene
from pooltutor.figures.page import PAGE
from pooltutor.figures.plane import Sheet, sheet_at
from pooltutor.figures.sides import GAP, Side, side_of, strip_of

MARGIN, NUMBERS, BETWEEN = 10, 64, 56  # px: at both ends, for the numbers of the rows' cuts, between the grids
LARGEST, BIGGEST = 412, 80  # px: a whole grid, one cell
THIN, STRETCH = 48, 4  # a grid thinner than so many px gets cells that are up to so many times as long as wide


class Places(NamedTuple):
    """Both grids, and the two sides of the input."""

    input: Sheet
    output: Sheet
    rows: Side
    columns: Side


def places_of(scene: Scene, hidden: bool, top: float, captions: tuple[float, float]) -> Places:
    """Lay out both grids and the sides of the input below ``top`` px; the grids' captions are so many px wide."""
    strips = strip_of(scene.rows, hidden), strip_of(scene.columns, hidden)
    beside, above = NUMBERS + strips[0] + GAP, 26 + strips[1] + GAP
    room = min(LARGEST, (PAGE - 2 * MARGIN - beside - BETWEEN) / 2)
    height, width = _size(scene.sizes, room)
    between = max(BETWEEN, sum(captions) / 2 + 24 - width)
    left = (PAGE - beside - 2 * width - between) / 2 + beside
    upper = top + above
    sheet = sheet_at(left, upper, width, height, scene.sizes)
    output = sheet_at(left + width + between, upper, width, height, scene.targets)
    rows = side_of(scene.rows, sheet, strips[0], upright=True)
    columns = side_of(scene.columns, sheet, strips[1], upright=False)
    return Places(sheet, output, rows, columns)


def _size(sizes: tuple[int, int], room: float) -> tuple[float, float]:
    """Height and width of a grid of square cells; those of a thin grid are stretched."""
    cell, least = min(BIGGEST, room / max(sizes)), min(sizes)
    stretch = min(STRETCH, max(1, THIN / (cell * least)))
    height, width = (size * cell * (stretch if size == least else 1) for size in sizes)
    return height, width
