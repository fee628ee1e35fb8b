"""The picture of one size pair: its rows from input to output, windows in between, gradients outside."""

from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes

from pooltutor.binning import Bins, bins
from pooltutor.figures.alternative import (
    alternative,
    gradients_in_words,
    hidden_windows,
    outputs_in_words,
    windows_in_words,
)
from pooltutor.figures.arguments import check_axes, check_bins, check_flag, check_theme, one_each
from pooltutor.figures.bars import draw_current, draw_lanes, sentences
from pooltutor.figures.canvas import Canvas, open_canvas
from pooltutor.figures.cells import draw_cells, draw_gradients, draw_outputs, draw_upstreams
from pooltutor.figures.heading import draw_rule
from pooltutor.figures.layout import Layout, lay_out
from pooltutor.figures.picture import NOTHING, Artists, Labelled, Picture
from pooltutor.figures.ruler import Cuts, draw_cuts, draw_ruler
from pooltutor.validation import check_window


@dataclass(frozen=True, repr=False)
class WindowsPicture(Picture):
    """The windows of one size pair; what is left out is empty.

    ``bars`` are the windows (m > n: the cells), ``shared`` one hatched box for each shared cell (m > n: for each
    output of several cells), ``ghosts`` PyTorch's bars where the rule's are wrong. ``outlines`` and ``arrows``
    belong to the current window.
    """

    cells: Labelled
    cuts: Cuts
    outputs: Labelled
    bars: Labelled = NOTHING
    shared: Artists = ()
    ghosts: Labelled = NOTHING
    gradients: Labelled = NOTHING
    upstreams: Labelled = NOTHING
    outlines: Artists = ()
    arrows: Artists = ()


def windows(
    b: Bins,
    ax: Axes | None = None,
    *,
    x: Any = None,
    upstream: Any = None,
    kind: str = "avg",
    gradient: bool = True,
    hidden: bool = False,
    window: int | None = None,
    theme: str = "either",
) -> WindowsPicture:
    """Draw input, cuts, windows, outputs and both gradients of one size pair, into ``ax`` or a figure of its own.

    ``x`` has shape (n,) and is 0, 1, 2, ... by default, ``upstream`` has shape (m,) and is 1, 2, ..., m;
    ``gradient=False`` leaves out both gradient rows. ``hidden=True`` puts question marks in place of windows,
    outputs and gradient: nothing in the figure gives them away. ``window`` outlines one window, its cells and
    its output; for PyTorch's rule arrows show how its cuts are rounded. Where another rule is wrong, its
    windows get red outlines, and PyTorch's stand below.

    >>> picture = windows(bins(14, 4))
    >>> picture
    Picture(14 → 4, rule PyTorch)
    >>> [text.get_text() for text in picture.bars.texts]
    ['0:4', '3:7', '7:11', '10:14']

    Raises TypeError or ValueError with the argument, the accepted range and what came.
    """
    check_bins(b, "windows")
    check_axes(ax)
    gradient, hidden = check_flag(gradient, "gradient"), check_flag(hidden, "hidden")
    if window is not None:
        check_window(window, len(b))
    check_theme(theme)
    cells, arriving = one_each(x, range(b.input_size), "x"), one_each(upstream, range(1, len(b) + 1), "upstream")
    layout = lay_out(b, cells, arriving, kind, gradient=gradient, hidden=hidden)
    canvas = open_canvas(b.input_size, layout.rows.bottom, ax, theme)
    drawn: dict[str, Any] = {
        "cells": draw_cells(canvas, layout),
        "cuts": draw_cuts(canvas, layout, sentences(layout)),
        "outputs": draw_outputs(canvas, layout),
        **draw_lanes(canvas, layout),
    }
    if gradient:
        drawn |= {"gradients": draw_gradients(canvas, layout), "upstreams": draw_upstreams(canvas, layout)}
    if window is not None:
        drawn |= draw_current(canvas, layout, int(window))
    draw_ruler(canvas, layout)
    draw_rule(canvas, b, 0, b.input_size, hidden=hidden)
    _draw_directions(canvas, layout, gradient)
    return WindowsPicture(b.title, _in_words(layout, gradient), canvas.ax, canvas.colours["ink_soft"], **drawn)


def readme_picture(theme: str = "light") -> WindowsPicture:
    """Return the picture in the README: 14 -> 4 with window 1. ``docs/`` holds its PNG for both themes.

    The page chooses the theme that it has itself, so the picture needs no ground of its own.
    """
    picture = windows(bins(14, 4), window=1, theme=theme)
    picture.figure.set_facecolor("none")
    picture.ax.set_facecolor("none")
    return picture


def _in_words(layout: Layout, gradient: bool) -> str:
    if (answer := layout.answer) is None:
        return alternative(layout.b.title, hidden_windows())
    computed = gradients_in_words(answer.gradient) if gradient else ""
    return alternative(layout.b.title, windows_in_words(layout.b), outputs_in_words(answer.outputs), computed)


# Around the rows ------------------------------------------------------------------------------------------


def _draw_directions(canvas: Canvas, layout: Layout, gradient: bool) -> None:
    """Forward at the left from input to output, backward at the right from one gradient to the other."""
    rows, middle = layout.rows, (layout.rows.cells + layout.rows.outputs + 40) / 2
    canvas.arrow(canvas.at(12), rows.cells + 12, canvas.at(12), rows.outputs + 32, "ink", 22)
    canvas.text(canvas.at(27), middle, canvas.words["forward"], 13, "ink", rotation=90)
    if gradient:
        canvas.arrow(canvas.at(1011), rows.upstreams + 22, canvas.at(1011), rows.gradients + 4, "gradient", 22)
        canvas.text(canvas.at(997), middle, canvas.words["backward"], 13, "gradient", rotation=90)
