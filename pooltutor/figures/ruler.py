"""The ruler under the input cells, which counts the lines between them, and the exact cuts."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from matplotlib.lines import Line2D

from pooltutor.figures.canvas import NARROWEST, Canvas
from pooltutor.figures.layout import Layout
from pooltutor.figures.picture import Artists
from pooltutor.figures.text import text_width

CLEAR = 13  # px: above and below the middle of a line of words


class Cuts(NamedTuple):
    """The cuts: a dashed line through the picture for each, and a diamond on the ruler."""

    lines: Artists
    diamonds: Artists


def draw_ruler(canvas: Canvas, layout: Layout) -> None:
    """Numbers on the lines between cells; few where cells are narrow."""
    y, n = layout.rows.ruler, layout.b.input_size
    gap = max(NARROWEST, 12 * text_width(str(n)) + 12) * canvas.ux
    step = next(s for s in (f * 10**k for k in range(5) for f in (1, 2, 5)) if s >= gap)
    lines = [*(line for line in range(0, n, step) if n - line >= gap), n]
    ticks = range(n + 1) if canvas.ux <= 1 / 4 else lines
    canvas.ax.hlines(y, 0, n, colors=canvas.colours["line"], linewidth=1.4 * canvas.pt)
    canvas.ax.vlines(ticks, y, y + 6, colors=canvas.colours["line"], linewidth=canvas.pt)
    for line in lines:
        canvas.text(line, y + 16, str(line), 12, "ink_soft", "normal")


def draw_cuts(canvas: Canvas, layout: Layout, words: Sequence[float] = ()) -> Cuts:
    """A diamond on the ruler and a dashed line at each cut; the diamond is full and in ink inside a cell.

    ``words`` are where lines of words stand, px from the top: the lines stop above each and go on below it.
    """
    b, y, room = layout.b, layout.rows.ruler, layout.b.input_size / len(layout.b) / canvas.ux
    shown = np.arange(0, len(b) + 1, 1 if room >= 4 else len(b))  # closer than 4 px they would be a grey wall
    style: dict[str, Any] = {"linewidth": min(1.2, 0.1 * room) * canvas.pt, "dashes": (2.5, 2.5), "zorder": 0.9}
    breaks = [end for middle in words for end in (middle - CLEAR, np.nan, middle + CLEAR)]
    down = [y + 25, *breaks, layout.rows.bottom - 8]
    style |= {"ydata": down, "color": canvas.colours["line"]}
    lines = [canvas.ax.add_artist(Line2D([x] * len(down), **style)) for x in b.cuts[shown]]
    style = {"marker": "D", "markersize": min(6.5, 0.45 * room) * canvas.pt, "zorder": 4}
    diamonds = []
    for i, x in zip(shown.tolist(), b.cuts[shown], strict=True):
        ink, fill = ("ink", "ink") if i * b.input_size % len(b) else ("line", "cut_on_line")
        style |= {"color": canvas.colours[ink], "markerfacecolor": canvas.colours[fill]}
        diamonds.append(canvas.ax.add_artist(Line2D([x], [y], **style)))
    return Cuts(tuple(lines), tuple(diamonds))
