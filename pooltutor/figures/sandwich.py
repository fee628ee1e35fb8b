"""The picture of one size pair: its rows from input to output, windows in between, gradients outside."""

from typing import Any

import numpy as np
from matplotlib.axes import Axes

from pooltutor.binning import LARGEST_SHOWN, RULES, Bins, bins, check_window
from pooltutor.figures.lanes import draw_current, draw_lanes
from pooltutor.figures.page import Page, open_page
from pooltutor.figures.picture import Picture
from pooltutor.figures.plan import Plan, make_plan
from pooltutor.figures.rows import draw_cells, draw_cuts, draw_gradients, draw_outputs, draw_ruler, draw_upstreams
from pooltutor.legend import THEMES


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
    _check(b, window, theme)
    cells, arriving = _values(x, range(b.input_size), "x"), _values(upstream, range(1, len(b) + 1), "upstream")
    plan = make_plan(b, cells, arriving, kind, gradient=gradient, hidden=hidden)
    page = open_page(b.input_size, plan.rows.bottom, ax, theme)
    drawn = draw_cells(page, plan) | draw_cuts(page, plan) | draw_outputs(page, plan) | draw_lanes(page, plan)
    if gradient:
        drawn |= draw_gradients(page, plan) | draw_upstreams(page, plan)
    if window is not None:
        drawn |= draw_current(page, plan, int(window))
    draw_ruler(page, plan)
    _draw_title(page, plan)
    _draw_directions(page, plan, gradient)
    return Picture(f"{b.input_size} → {len(b)}, rule {RULES[b.rule].title}", page.ax, **drawn)


def readme_picture(theme: str = "light") -> Picture:
    """Return the picture in the README: 14 -> 4 with window 1. ``docs/`` holds its PNG for both themes."""
    return windows(bins(14, 4), window=1, theme=theme)


# Arguments ------------------------------------------------------------------------------------------------


def _check(b: Any, window: Any, theme: Any) -> None:
    if not isinstance(b, Bins):
        raise TypeError(f"b must be bins, as bins(14, 4) makes them, got {b!r}")
    if max(b.input_size, b.target_size) > LARGEST_SHOWN:
        raise ValueError(f"windows draws sizes up to {LARGEST_SHOWN}, got {b.input_size} -> {b.target_size}")
    if window is not None:
        check_window(window, len(b))
    if theme not in THEMES:
        raise ValueError(f"theme must be one of {', '.join(THEMES)}, got {theme!r}")


def _values(values: Any, default: range, name: str) -> np.ndarray:
    array = np.asarray(default if values is None else values)
    if array.shape != (len(default),):
        raise ValueError(f"{name} must have shape ({len(default)},), got {array.shape}")
    return array


# Around the rows ------------------------------------------------------------------------------------------


def _draw_title(page: Page, plan: Plan) -> None:
    """The name of a rule other than PyTorch's; unless hidden, its formula and how many windows differ."""
    b, say, rule = plan.b, page.words, RULES[plan.b.rule]
    if b.rule == "pytorch":
        return
    page.text(0, 22, say["rule"].format(title=rule.title), 16, "ink", ha="left")
    if plan.answer:
        true = bins(b.input_size, b.target_size)
        count = int(((b.start != true.start) | (b.stop != true.stop)).sum())
        said, ink = ("differs", "disagrees_ink") if count else ("same", "ink_soft")
        page.text(b.input_size, 22, say[said].format(count=count, n=b.input_size, m=len(b)), 14, ink, ha="right")
        page.text(0, 46, rule.formula, 14, "ink_soft", "normal", ha="left")


def _draw_directions(page: Page, plan: Plan, gradient: bool) -> None:
    """Forward at the left from input to output, backward at the right from one gradient to the other."""
    rows, middle = plan.rows, (plan.rows.cells + plan.rows.outputs + 40) / 2
    page.arrow(page.at(12), rows.cells + 12, page.at(12), rows.outputs + 32, "ink", 22)
    page.text(page.at(27), middle, page.words["forward"], 13, "ink", rotation=90)
    if gradient:
        page.arrow(page.at(1011), rows.upstreams + 22, page.at(1011), rows.gradients + 4, "gradient", 22)
        page.text(page.at(997), middle, page.words["backward"], 13, "gradient", rotation=90)
