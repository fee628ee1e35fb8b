"""The ruler under the input cells, which counts the lines between them, and the exact cuts."""

from typing import Any, NamedTuple

import numpy as np
from matplotlib.lines import Line2D

from pooltutor.figures.canvas import NARROWEST, Canvas
from pooltutor.figures.layout import Layout
from pooltutor.figures.picture import Artists
from pooltutor.figures.text import text_width


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


def draw_cuts(canvas: Canvas, layout: Layout) -> Cuts:
    """A diamond on the ruler and a dashed line at each cut, dark where it falls inside a cell."""
    b, y, room = layout.b, layout.rows.ruler, layout.b.input_size / len(layout.b) / canvas.ux
    shown = np.arange(0, len(b) + 1, 1 if room >= 4 else len(b))  # closer than 4 px they would be a grey wall
    style: dict[str, Any] = {"linewidth": min(1.2, 0.1 * room) * canvas.pt, "dashes": (2.5, 2.5), "zorder": 0.9}
    style |= {"ydata": [y + 25, layout.rows.bottom - 8], "color": canvas.colours["line"]}
    lines = [canvas.ax.add_artist(Line2D([x, x], **style)) for x in b.cuts[shown]]
    inks = [canvas.colours["ink" if i * b.input_size % len(b) else "line"] for i in shown.tolist()]
    style = {"marker": "D", "markersize": min(6.5, 0.45 * room) * canvas.pt, "zorder": 4}
    places = zip(b.cuts[shown], inks, strict=True)
    diamonds = [canvas.ax.add_artist(Line2D([x], [y], color=ink, **style)) for x, ink in places]
    return Cuts(tuple(lines), tuple(diamonds))
