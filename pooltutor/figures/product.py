"""Average pooling as a matrix: forward is P times the input, backward is P transposed times the gradient."""

from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import FancyArrowPatch

from pooltutor.binning import SLIDER_MAX, Bins
from pooltutor.figures.arguments import check_axes, check_bins, check_theme, one_each
from pooltutor.figures.ink import blend, gradient_fills, ink_on, text_width
from pooltutor.figures.page import PAGE, Page, open_page
from pooltutor.figures.picture import Artists, Picture, title_of
from pooltutor.figures.plan import members
from pooltutor.figures.rows import draw_rule
from pooltutor.pooling import gradient as input_gradient
from pooltutor.pooling import pool

SPAN, WIDEST, HIGHEST = 640, 64, 36  # px: the whole matrix at most, one column, one row
LINE, SIDE, GAP = 34, 76, 24  # px: height of x and of the gradient, width of g and of y, room beside the matrix


class _Grid(NamedTuple):
    """Where everything is, px: the width of a column, the height of a row, and the y where each part begins."""

    column: float
    row: float
    cells: float
    entries: float
    gradients: float
    bottom: float


def matrix(b: Bins, ax: Axes | None = None, *, x: Any = None, upstream: Any = None, theme: str = "light") -> Picture:
    """Draw average pooling as the matrix P, shape (m, n), with ``P[i, j] = 1/L_i`` where window i contains cell j.

    Forward: ``x``, shape (n,), stands on the columns and ``y = P x`` at the right. Backward: the gradient ``g``
    that arrives, ``upstream`` of shape (m,), stands at the left and ``P^T g`` below the columns. By default x is
    0, 1, 2, ... and g is 1, 2, ..., m. The larger an entry, the stronger its colour; a zero has none.

    >>> from pooltutor import bins
    >>> picture = matrix(bins(3, 2))
    >>> picture
    Picture(matrix of 3 → 2, rule PyTorch)
    >>> [text.get_text() for text in picture.entry_texts]
    ['1/2', '1/2', '1/2', '1/2']

    Raises TypeError or ValueError with the argument, the accepted range and what came; sizes go up to 64.
    Source of the rule: as :func:`pooltutor.bins`.
    """
    check_bins(b, "matrix", SLIDER_MAX)
    check_axes(ax)
    check_theme(theme)
    values, arriving = one_each(x, range(b.input_size), "x"), one_each(upstream, range(1, len(b) + 1), "upstream")
    outputs, computed = pool(values, len(b), rule=b.rule), input_gradient(arriving, b.input_size, rule=b.rule)
    grid = _grid(b)
    width = b.input_size * grid.column
    page = open_page(b.input_size, grid.bottom, ax, theme, left=(PAGE - width) / 2, body=width)
    draw_rule(page, b, page.at(24), page.at(PAGE - 24))
    drawn = _draw_entries(page, b, grid) | _draw_rows(page, grid, values, computed)
    drawn |= _draw_columns(page, b, grid, outputs, arriving)
    _draw_numbers(page, b, grid)
    _draw_directions(page, b, grid)
    return Picture(f"matrix of {title_of(b)}", page.ax, **drawn)


def _grid(b: Bins) -> _Grid:
    column, row = min(SPAN / b.input_size, WIDEST), min(SPAN / len(b), HIGHEST)
    cells = 24 + (0 if b.rule == "pytorch" else 50)
    entries = cells + LINE + 76
    gradients = entries + len(b) * row + 30
    return _Grid(column, row, cells, entries, gradients, gradients + LINE + 62)


# The parts ------------------------------------------------------------------------------------------------


def _draw_entries(page: Page, b: Bins, grid: _Grid) -> dict[str, Artists]:
    """The entries that are not zero, in the hue of their window."""
    colours, all_columns = page.colours, np.array([b.input_size])
    ground = 0 * all_columns, all_columns, grid.entries, len(b) * grid.row
    page.boxes(*ground, colours["panel"], "none")
    row, column = members(b.start, b.stop)
    lengths = b.lengths
    shortest = lengths[lengths > 0].min(initial=b.input_size)
    hues = [colours["window_odd" if i % 2 else "window_even"] for i in range(len(b))]
    shades = [blend(colours["ground"], hue, shortest / max(k, 1)) for hue, k in zip(hues, lengths, strict=True)]
    fills, texts = [shades[i] for i in row], [_share(lengths[i]) for i in row]
    top, inks = grid.entries + row * grid.row, [ink_on(fill, colours) for fill in fills]
    boxes = page.boxes(column, column + 1, top, grid.row, fills, colours["panel"])
    numbers = page.numbers(texts, column, column + 1, top + grid.row / 2, min(15, 0.7 * grid.row), inks)
    page.boxes(*ground, "none", colours["line"])
    return {"entries": boxes, "entry_texts": numbers}


def _share(length: int) -> str:
    return "1" if length == 1 else f"1/{length}"


def _draw_rows(page: Page, grid: _Grid, x: np.ndarray, computed: np.ndarray) -> dict[str, Artists]:
    """The input above the columns, and the gradient of each cell below them."""
    left, colours, ends = np.arange(len(x)), page.colours, (page.left, PAGE - page.left)
    fills = gradient_fills(computed, colours)
    _name(page, ends[0] - GAP, grid.cells + LINE / 2, "matrix_x", "matrix_x_sub", "ink", "right")
    _name(page, ends[1] + GAP, grid.gradients + LINE / 2, "matrix_gradient", "matrix_gradient_sub", "gradient", "left")
    page.text(page.at(PAGE / 2), grid.bottom - 24, page.words["matrix_entries"], 13, "ink_soft", "normal")
    sized, inks = (left, left + 1), [ink_on(fill, colours) for fill in fills]
    return {
        "cells": page.boxes(*sized, grid.cells, LINE, colours["input"], colours["ground"]),
        "cell_texts": page.numbers(x, *sized, grid.cells + LINE / 2, 15, "input_ink"),
        "gradients": page.boxes(*sized, grid.gradients, LINE, fills, colours["ground"]),
        "gradient_texts": page.numbers(computed, *sized, grid.gradients + LINE / 2, 14, inks),
    }


def _draw_columns(page: Page, b: Bins, grid: _Grid, y: np.ndarray, upstream: np.ndarray) -> dict[str, Artists]:
    """The gradient that arrives left of the rows, and the outputs right of them."""
    say, colours, empty = page.words, page.colours, b.lengths == 0
    shown = [say["empty"] if none else value for value, none in zip(y.tolist(), empty, strict=True)]
    yellow = [colours["panel" if none else "output"] for none in empty]
    begin, end = page.left - GAP - SIDE, PAGE - page.left + GAP
    for px, name, ink in ((begin, "matrix_upstream", "gradient"), (end, "matrix_y", "ink")):
        _name(page, px + SIDE / 2, grid.entries - 26, name, f"{name}_sub", ink, "center")
    return {
        **_column(page, grid, "output", end, shown, yellow, colours["output_edge"], "output_ink"),
        **_column(page, grid, "upstream", begin, upstream, colours["ground"], colours["gradient"], "gradient"),
    }


def _column(
    page: Page, grid: _Grid, row: str, px: float, values: Iterable[Any], fill: Any, edge: str, ink: str
) -> dict[str, Artists]:
    values = list(values)
    top = grid.entries + np.arange(len(values)) * grid.row
    left, right = (np.full(len(values), page.at(px + add)) for add in (0, SIDE))
    texts = page.numbers(values, left, right, top + grid.row / 2, min(15, 0.7 * grid.row), ink)
    boxes = page.boxes(left, right, top, grid.row, fill, edge, corner=5, inset=1.5)
    return {f"{row}s": boxes, f"{row}_texts": texts}


# Around the parts -----------------------------------------------------------------------------------------


def _name(page: Page, px: float, y: float, name: str, sub: str, ink: str, side: str) -> None:
    page.text(page.at(px), y - 9, page.words[name], 15, ink, ha=side)
    page.text(page.at(px), y + 9, page.words[sub], 12, "ink_soft", "normal", ha=side)


def _draw_numbers(page: Page, b: Bins, grid: _Grid) -> None:
    """Numbers of cells above the columns and of outputs left of the rows; few where there is no room for all."""
    for j in _thinned(b.input_size, grid.column, 12 * text_width(str(b.input_size)) + 4):
        page.text(j + 0.5, grid.entries - 10, str(j), 12, "ink_soft", "normal")
    for i in _thinned(len(b), grid.row, 14):
        middle = grid.entries + (i + 0.5) * grid.row
        page.text(page.at(page.left - 4), middle, str(i), 12, "ink_soft", "normal", ha="right")


def _thinned(count: int, px: float, needed: float) -> range:
    """Numbers 0, step, 2*step, ... below count, so that each has the px it needs."""
    return range(0, count, next(step for step in (1, 2, 4, 8, 16) if step * px >= needed))


def _draw_directions(page: Page, b: Bins, grid: _Grid) -> None:
    """Forward from x around the corner down to y, backward from g around the corner to the gradient."""
    begin, end = page.left - GAP - SIDE / 2, PAGE - page.left + GAP + SIDE / 2
    over, under = grid.cells + LINE / 2, grid.gradients + LINE / 2
    rows_end = grid.entries + len(b) * grid.row
    corner = "angle,angleA=0,angleB=90,rad=0", "angle,angleA=90,angleB=0,rad=0"
    _bent(page, (PAGE - page.left + 6, over), (end, grid.entries - 46), corner[0], "ink")
    _bent(page, (begin, rows_end + 4), (page.left - 6, under), corner[1], "gradient")
    page.text(page.at(end + 10), over, page.words["forward"], 13, "ink", ha="left")
    page.text(page.at(begin - 10), under, page.words["backward"], 13, "gradient", ha="right")


def _bent(page: Page, start: tuple[float, float], to: tuple[float, float], corner: str, ink: str) -> None:
    ends = ((page.at(px), y) for px, y in (start, to))
    style: dict[str, Any] = {"arrowstyle": "-|>", "shrinkA": 0, "shrinkB": 0, "color": page.colours[ink]}
    style |= {"mutation_scale": 18 * page.pt, "linewidth": 2.2 * page.pt, "connectionstyle": corner}
    page.ax.add_artist(FancyArrowPatch(*ends, **style))
