"""The current window of a 2-D picture: outlined in both grids and among the bars, and in words."""

from typing import Any

import numpy as np

from pooltutor.figures.canvas import WIDTH, Canvas
from pooltutor.figures.grid_layout import MARGIN, GridLayout
from pooltutor.figures.picture import Artists
from pooltutor.figures.text import number_text
from pooltutor.kinds import KINDS
from pooltutor.pooling import winners

OUTLINE: dict[str, Any] = {"line": 3, "thinnest": 1.6, "corner": 6, "inset": -1.5, "zorder": 4}


def draw_window(layout: GridLayout, row: int, column: int) -> Artists:
    """Outline one output; unless hidden its window, within that its exact rectangle, and its bars."""
    canvas, places, (rows, columns) = layout.canvas, layout.places, (layout.scene.rows, layout.scene.columns)
    output = _outlined(canvas, places.output.xs[[column, column + 1]], places.output.ys[[row, row + 1]])
    (first, last), (begin, end) = rows[row], columns[column]
    if layout.hidden or first == last or begin == end:
        return output
    window = _outlined(canvas, places.input.xs[[begin, end]], places.input.ys[[first, last]])
    across = places.columns.along(columns.cuts[[column, column + 1]])
    down = places.rows.along(rows.cuts[[row, row + 1]])
    exact = _outlined(canvas, across, down, "output_edge", inset=4.5, line=2.4, zorder=2.3, linestyle=(0, (3, 1.6)))
    bars: list[Any] = []
    for axis, i, ends in ((places.rows, row, (first, last)), (places.columns, column, (begin, end))):
        left, right, top, height = axis.of_bars(np.arange(*ends) if axis.dual else np.array([i]))
        bars += canvas.boxes(left, right, top, height, "none", canvas.colours["focus"], **OUTLINE)
    return (*output, *window, *exact, *bars)


def _outlined(canvas: Canvas, xs: np.ndarray, ys: np.ndarray, ink: str = "focus", **more: Any) -> Artists:
    """An outline, and below it a wider one in the colour of the ground, so that it is seen on any picture."""
    style = {**OUTLINE, **more}
    below = {**style, "line": style["line"] + 2.5, "zorder": style["zorder"] - 0.1}
    left, right, top, height = xs[:1], xs[1:], ys[:1], ys[1:] - ys[:1]
    canvas.boxes(left, right, top, height, "none", canvas.colours["ground"], **below)
    return canvas.boxes(left, right, top, height, "none", canvas.colours[ink], **style)


def say_window(layout: GridLayout, row: int, column: int, y: float) -> Any:
    """The current window in words: its rows times its columns, how many cells these are, and the output."""
    canvas, scene, say = layout.canvas, layout.scene, layout.canvas.words["grid"]
    down, across = scene.rows[row], scene.columns[column]
    at: dict[str, Any] = {"row": row, "column": column}
    text = say["nothing"].format(**at)
    if cells := down.length * across.length:
        result = say["average"].format(values=", ".join(map(number_text, np.atleast_1d(layout.y[row, column]))))
        if KINDS[scene.kind].has_winners and scene.x.ndim == 2:
            won = divmod(int(winners(scene.x, [scene.rows, scene.columns])[row, column]), scene.sizes[1])
            result = say["maximum"].format(values=number_text(layout.y[row, column]), row=won[0], column=won[1])
        area = say["cells"][cells != 1].format(height=down.length, width=across.length, count=cells)
        text = say["output"].format(**at, rows=down, columns=across, cells=area, result=result)
    return canvas.text(MARGIN + 10, y, text, 15, "ink", room=WIDTH - 2 * MARGIN - 20, ha="left")
