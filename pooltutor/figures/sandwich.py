"""The picture of one size pair: its rows from input to output, windows in between, gradients outside."""

from typing import Any

from matplotlib.axes import Axes

from pooltutor.binning import Bins, bins, check_window
from pooltutor.figures.arguments import check_axes, check_bins, check_flag, check_theme, one_each
from pooltutor.figures.lanes import draw_current, draw_lanes
from pooltutor.figures.page import Page, open_page
from pooltutor.figures.picture import Picture, title_of
from pooltutor.figures.plan import Plan, make_plan
from pooltutor.figures.rows import (
    draw_cells,
    draw_cuts,
    draw_gradients,
    draw_outputs,
    draw_rule,
    draw_ruler,
    draw_upstreams,
)


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
    theme: str = "light",
) -> Picture:
    """Draw input, cuts, windows, outputs and both gradients of one size pair, into ``ax`` or a figure of its own.

    ``x`` has shape (n,) and is 0, 1, 2, ... by default, ``upstream`` has shape (m,) and is 1, 2, ..., m;
    ``gradient=False`` leaves out both gradient rows. ``hidden=True`` puts question marks in place of windows,
    outputs and gradient: nothing in the figure gives them away. ``window`` outlines one window, its cells and
    its output; for PyTorch's rule arrows show how its cuts are rounded. Where another rule is wrong, its
    windows get red outlines, and PyTorch's stand below.

    >>> picture = windows(bins(14, 4))
    >>> picture
    Picture(14 → 4, rule PyTorch)
    >>> [text.get_text() for text in picture.bar_texts]
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
    plan = make_plan(b, cells, arriving, kind, gradient=gradient, hidden=hidden)
    page = open_page(b.input_size, plan.rows.bottom, ax, theme)
    drawn = draw_cells(page, plan) | draw_cuts(page, plan) | draw_outputs(page, plan) | draw_lanes(page, plan)
    if gradient:
        drawn |= draw_gradients(page, plan) | draw_upstreams(page, plan)
    if window is not None:
        drawn |= draw_current(page, plan, int(window))
    draw_ruler(page, plan)
    draw_rule(page, b, 0, b.input_size, hidden=hidden)
    _draw_directions(page, plan, gradient)
    return Picture(title_of(b), page.ax, **drawn)


def readme_picture(theme: str = "light") -> Picture:
    """Return the picture in the README: 14 -> 4 with window 1. ``docs/`` holds its PNG for both themes."""
    return windows(bins(14, 4), window=1, theme=theme)


# Around the rows ------------------------------------------------------------------------------------------


def _draw_directions(page: Page, plan: Plan, gradient: bool) -> None:
    """Forward at the left from input to output, backward at the right from one gradient to the other."""
    rows, middle = plan.rows, (plan.rows.cells + plan.rows.outputs + 40) / 2
    page.arrow(page.at(12), rows.cells + 12, page.at(12), rows.outputs + 32, "ink", 22)
    page.text(page.at(27), middle, page.words["forward"], 13, "ink", rotation=90)
    if gradient:
        page.arrow(page.at(1011), rows.upstreams + 22, page.at(1011), rows.gradients + 4, "gradient", 22)
        page.text(page.at(997), middle, page.words["backward"], 13, "gradient", rotation=90)
