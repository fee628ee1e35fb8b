"""Average pooling as a matrix: forward is P times the input, backward is P transposed times the gradient."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import FancyArrowPatch

from pooltutor.binning import Bins
from pooltutor.figures.alternative import alternative, gradients_in_words, outputs_in_words, windows_in_words
from pooltutor.figures.arguments import check_axes, check_bins, check_theme, one_each
from pooltutor.figures.canvas import WIDTH, Canvas, open_canvas
from pooltutor.figures.colours import blend, gradient_fills, ink_on
from pooltutor.figures.heading import draw_rule
from pooltutor.figures.layout import members
from pooltutor.figures.picture import Labelled, Picture
from pooltutor.figures.text import text_width
from pooltutor.pooling import gradient as input_gradient
from pooltutor.pooling import pool
from pooltutor.validation import SLIDER_MAX

SPAN, WIDEST, HIGHEST = 640, 64, 36  # px: the whole matrix at most, one column, one row
LINE, SIDE, GAP = 34, 76, 24  # px: height of x and of the gradient, width of g and of y, room beside the matrix


@dataclass(frozen=True, repr=False)
class MatrixPicture(Picture):
    """The matrix between what goes in and what comes out: ``entries`` are those that are not zero, row by row."""

    entries: Labelled
    cells: Labelled
    gradients: Labelled
    outputs: Labelled
    upstreams: Labelled


class _Places(NamedTuple):
    """Where everything is, px: the width of a column, the height of a row, and the y where each part begins."""

    column: float
    row: float
    cells: float
    entries: float
    gradients: float
    bottom: float


def matrix(
    b: Bins, ax: Axes | None = None, *, x: Any = None, upstream: Any = None, theme: str = "either"
) -> MatrixPicture:
    """Draw average pooling as the matrix P, shape (m, n), with ``P[i, j] = 1/L_i`` where window i contains cell j.

    Forward: ``x``, shape (n,), stands on the columns and ``y = P x`` at the right. Backward: the gradient ``g``
    that arrives, ``upstream`` of shape (m,), stands at the left and ``P^T g`` below the columns. By default x is
    0, 1, 2, ... and g is 1, 2, ..., m. The larger an entry, the stronger its colour; a zero has none.

    >>> from pooltutor import bins
    >>> picture = matrix(bins(3, 2))
    >>> picture
    Picture(matrix of 3 → 2, rule PyTorch)
    >>> [text.get_text() for text in picture.entries.texts]
    ['1/2', '1/2', '1/2', '1/2']

    Raises TypeError or ValueError with the argument, the accepted range and what came; sizes go up to 64.
    Source of the rule: as :func:`pooltutor.bins`.
    """
    check_bins(b, "matrix", SLIDER_MAX)
    check_axes(ax)
    check_theme(theme)
    values, arriving = one_each(x, range(b.input_size), "x"), one_each(upstream, range(1, len(b) + 1), "upstream")
    outputs, computed = pool(values, len(b), rule=b.rule), input_gradient(arriving, b.input_size, rule=b.rule)
    places = _places_of(b)
    width = b.input_size * places.column
    canvas = open_canvas(b.input_size, places.bottom, ax, theme, left=(WIDTH - width) / 2, body=width)
    draw_rule(canvas, b, canvas.at(24), canvas.at(WIDTH - 24))
    drawn = {
        "entries": _draw_entries(canvas, b, places),
        "cells": _draw_input(canvas, places, values),
        "gradients": _draw_gradient(canvas, places, computed),
        "outputs": _draw_outputs(canvas, b, places, outputs),
        "upstreams": _draw_upstream(canvas, places, arriving),
    }
    _draw_numbers(canvas, b, places)
    _draw_directions(canvas, b, places)
    below = canvas.at(WIDTH / 2), places.bottom - 24
    canvas.text(*below, canvas.words["matrix_entries"], 13, "ink_soft", "normal", WIDTH - 16)
    title = canvas.words["titles"]["matrix"].format(what=b.title)
    alt = alternative(title, windows_in_words(b), outputs_in_words(outputs), gradients_in_words(computed))
    return MatrixPicture(title, alt, canvas.ax, canvas.colours["ink_soft"], **drawn)


def _places_of(b: Bins) -> _Places:
    column, row = min(SPAN / b.input_size, WIDEST), min(SPAN / len(b), HIGHEST)
    cells = 24 + (0 if b.rule == "pytorch" else 50)
    entries = cells + LINE + 76
    gradients = entries + len(b) * row + 30
    return _Places(column, row, cells, entries, gradients, gradients + LINE + 62)


# The parts ------------------------------------------------------------------------------------------------


def _draw_entries(canvas: Canvas, b: Bins, places: _Places) -> Labelled:
    """The entries that are not zero, in the hue of their window."""
    colours, all_columns = canvas.colours, np.array([b.input_size])
    ground = 0 * all_columns, all_columns, places.entries, len(b) * places.row
    canvas.boxes(*ground, colours["zero"], "none")
    row, column = members(b.start, b.stop)
    lengths = b.lengths
    shortest = lengths[lengths > 0].min(initial=b.input_size)
    hues = [colours["window_odd" if i % 2 else "window_even"] for i in range(len(b))]
    shades = [blend(colours["ground"], hue, shortest / max(k, 1)) for hue, k in zip(hues, lengths, strict=True)]
    fills, texts = [shades[i] for i in row], [_share(lengths[i]) for i in row]
    top, inks = places.entries + row * places.row, [ink_on(fill, colours) for fill in fills]
    boxes = canvas.boxes(column, column + 1, top, places.row, fills, colours["panel"])
    numbers = canvas.numbers(texts, column, column + 1, top + places.row / 2, min(15, 0.7 * places.row), inks)
    canvas.boxes(*ground, "none", colours["line"])
    return Labelled(boxes, numbers)


def _share(length: int) -> str:
    return "1" if length == 1 else f"1/{length}"


def _draw_input(canvas: Canvas, places: _Places, x: np.ndarray) -> Labelled:
    """The input above the columns."""
    y, colours = places.cells, canvas.colours
    _name(canvas, canvas.left - GAP, y + LINE / 2, "matrix_x", "ink", "right")
    return _row(canvas, y, x, [colours["input"]] * len(x), 15, "input_ink")


def _draw_gradient(canvas: Canvas, places: _Places, computed: np.ndarray) -> Labelled:
    """The gradient of each cell below the columns."""
    y, fills = places.gradients, gradient_fills(computed, canvas.colours)
    _name(canvas, WIDTH - canvas.left + GAP, y + LINE / 2, "matrix_gradient", "gradient", "left")
    return _row(canvas, y, computed, fills, 14, [ink_on(fill, canvas.colours) for fill in fills])


def _row(canvas: Canvas, y: float, values: np.ndarray, fills: list[str], size: float, ink: Any) -> Labelled:
    left = np.arange(len(values))
    boxes = canvas.boxes(left, left + 1, y, LINE, fills, canvas.colours["between"])
    return Labelled(boxes, canvas.numbers(values, left, left + 1, y + LINE / 2, size, ink))


def _draw_outputs(canvas: Canvas, b: Bins, places: _Places, y: np.ndarray) -> Labelled:
    """The outputs right of the rows."""
    px, say, colours, empty = WIDTH - canvas.left + GAP, canvas.words, canvas.colours, b.lengths == 0
    _name(canvas, px + SIDE / 2, places.entries - 26, "matrix_y", "ink", "center")
    values = [say["empty"] if none else value for value, none in zip(y.tolist(), empty, strict=True)]
    fills = [colours["panel" if none else "output"] for none in empty]
    return _column(canvas, places, px, values, fills, colours["output_edge"], "output_ink")


def _draw_upstream(canvas: Canvas, places: _Places, upstream: np.ndarray) -> Labelled:
    """The gradient that arrives left of the rows."""
    px, colours = canvas.left - GAP - SIDE, canvas.colours
    _name(canvas, px + SIDE / 2, places.entries - 26, "matrix_upstream", "gradient", "center")
    return _column(canvas, places, px, upstream, colours["page"], colours["gradient"], "gradient")


def _column(
    canvas: Canvas, places: _Places, px: float, values: Iterable[Any], fill: Any, edge: str, ink: str
) -> Labelled:
    values = list(values)
    top = places.entries + np.arange(len(values)) * places.row
    left, right = (np.full(len(values), canvas.at(px + add)) for add in (0, SIDE))
    texts = canvas.numbers(values, left, right, top + places.row / 2, min(15, 0.7 * places.row), ink)
    boxes = canvas.boxes(left, right, top, places.row, fill, edge, corner=5, inset=1.5)
    return Labelled(boxes, texts)


# Around the parts -----------------------------------------------------------------------------------------


def _name(canvas: Canvas, px: float, y: float, name: str, ink: str, side: str) -> None:
    """What a row or a column is, and below that how it is computed."""
    room = SIDE + 2 * GAP - 8 if side == "center" else canvas.left - GAP - 8
    canvas.two_lines(canvas.at(px), y, canvas.words[name], canvas.words[f"{name}_sub"], ink, ha=side, room=room)


def _draw_numbers(canvas: Canvas, b: Bins, places: _Places) -> None:
    """Numbers of cells above the columns and of outputs left of the rows; few where there is no room for all."""
    for j in _thinned(b.input_size, places.column, 12 * text_width(str(b.input_size)) + 4):
        canvas.text(j + 0.5, places.entries - 10, str(j), 12, "ink_soft", "normal")
    for i in _thinned(len(b), places.row, 14):
        middle = places.entries + (i + 0.5) * places.row
        canvas.text(canvas.at(canvas.left - 4), middle, str(i), 12, "ink_soft", "normal", ha="right")


def _thinned(count: int, px: float, needed: float) -> range:
    """Numbers 0, step, 2*step, ... below count, so that each has the px it needs."""
    return range(0, count, next(step for step in (1, 2, 4, 8, 16) if step * px >= needed))


def _draw_directions(canvas: Canvas, b: Bins, places: _Places) -> None:
    """Forward from x around the corner down to y, backward from g around the corner to the gradient."""
    begin, end = canvas.left - GAP - SIDE / 2, WIDTH - canvas.left + GAP + SIDE / 2
    over, under = places.cells + LINE / 2, places.gradients + LINE / 2
    rows_end = places.entries + len(b) * places.row
    corner = "angle,angleA=0,angleB=90,rad=0", "angle,angleA=90,angleB=0,rad=0"
    _bent(canvas, (WIDTH - canvas.left + 6, over), (end, places.entries - 46), corner[0], "ink")
    _bent(canvas, (begin, rows_end + 4), (canvas.left - 6, under), corner[1], "gradient")
    canvas.text(canvas.at(end + 10), over, canvas.words["forward"], 13, "ink", ha="left")
    canvas.text(canvas.at(begin - 10), under, canvas.words["backward"], 13, "gradient", ha="right")


def _bent(canvas: Canvas, start: tuple[float, float], to: tuple[float, float], corner: str, ink: str) -> None:
    ends = ((canvas.at(px), y) for px, y in (start, to))
    style: dict[str, Any] = {"arrowstyle": "-|>", "shrinkA": 0, "shrinkB": 0, "color": canvas.colours[ink]}
    style |= {"mutation_scale": 18 * canvas.pt, "linewidth": 2.2 * canvas.pt, "connectionstyle": corner}
    canvas.ax.add_artist(FancyArrowPatch(*ends, **style))
