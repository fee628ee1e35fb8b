"""The cells of a 2-D picture: both grids, the winners, what the colours mean, and the captions."""

from typing import Any

import numpy as np

from pooltutor.figures.canvas import Canvas
from pooltutor.figures.colours import hexes
from pooltutor.figures.grid_colours import cell_colours, explained, output_colours
from pooltutor.figures.grid_layout import CAPTION, GridLayout, captions_of, letters_of
from pooltutor.figures.picture import Artists, Labelled
from pooltutor.figures.raster import Letters, Raster, boxes, pixels, write
from pooltutor.kinds import KINDS
from pooltutor.pooling import winners

FINEST = 6  # px: boxes smaller than this are painted as pixels


def draw_input(layout: GridLayout) -> dict[str, Any]:
    """The cells of the input: numbers on colours, or pixels; the winners marked; and what the colours mean."""
    canvas, raster, letters = layout.canvas, layout.places.input, layout.letters
    if layout.unknown:
        return {"cells": _draw_unknown(canvas, raster, "panel", "line")}
    numbers = letters is not None
    rgb = cell_colours(layout.scene, layout.values, numbers, canvas.colours)
    cells = boxes(canvas, raster, hexes(rgb), "between") if numbers else pixels(canvas, raster, rgb)
    drawn: dict[str, Any] = {"cells": Labelled(cells, write(canvas, raster, letters, hexes(rgb)) if letters else ())}
    if KINDS[layout.scene.kind].has_winners and layout.scene.x.ndim == 2 and not layout.hidden:
        drawn["winners"] = _draw_winners(layout)
    if layout.scene.colour != "values" or not numbers:
        meanings = explained(layout.scene, layout.values, rgb, canvas.words["grid"])
        drawn["swatches"] = canvas.swatches(meanings, raster.ends[0], raster.ends[3] + CAPTION + 6)
    return drawn


def draw_output(layout: GridLayout) -> Labelled:
    """The outputs at their exact rectangles, or the gradient that arrives there."""
    canvas, scene, raster, y = layout.canvas, layout.scene, layout.places.output, layout.y
    arriving = scene.colour == "gradient"
    edge, ink = ("gradient", "arriving_ink") if arriving else ("output_edge", "")
    if layout.hidden and not arriving:
        return _draw_unknown(canvas, raster, "output", edge, 5)
    numbers = layout.letters is not None and y.ndim == 2
    rgb = output_colours(scene, y, numbers, canvas.colours)
    letters = letters_of(raster, _output_words(layout))
    boxed = numbers and min(raster.unit) >= FINEST
    outputs = boxes(canvas, raster, hexes(rgb), edge, 5) if boxed else pixels(canvas, raster, rgb)
    return Labelled(outputs, write(canvas, raster, letters, hexes(rgb), ink if numbers else "") if letters else ())


def _output_words(layout: GridLayout) -> list[list[Any]]:
    """The numbers of the output; none for colours."""
    if layout.scene.colour == "gradient":
        return [layout.scene.upstream.ravel().tolist()]
    if layout.y.ndim == 3:
        return []
    empty = np.multiply.outer(layout.scene.rows.lengths, layout.scene.columns.lengths) == 0
    word = layout.canvas.words["empty"]
    return [[word if none else v for v, none in zip(layout.y.ravel().tolist(), empty.ravel(), strict=True)]]


def _draw_unknown(canvas: Canvas, raster: Raster, fill: str, edge: str, corner: float = 0) -> Labelled:
    """A question mark in each box, or where they are too small one for all of them."""
    letters = letters_of(raster, [[canvas.words["unknown"]] * (raster.shape[0] * raster.shape[1])])
    if letters is None:
        raster = Raster(raster.xs[[0, -1]], raster.ys[[0, -1]])
        letters = Letters([canvas.words["unknown"]], 16)
    fills = [canvas.colours[fill]] * len(letters.texts)
    return Labelled(boxes(canvas, raster, fills, edge, corner), write(canvas, raster, letters, fills))


def _draw_winners(layout: GridLayout) -> Artists:
    """A triangle at the lower edge of each cell that wins, or a dot on its pixel."""
    canvas, raster = layout.canvas, layout.places.input
    won = np.unique(winners(layout.scene.x, [layout.scene.rows, layout.scene.columns]))
    left, right, top, height = (edge[won[won >= 0]] for edge in raster.boxes)
    small, numbers = min(raster.unit), layout.letters is not None
    side = min(0.2 * small, 9) if numbers else float(np.clip(0.6 * small, 2, 9))
    y = top + height - 0.6 * side - 3 if numbers else top + height / 2
    style: dict[str, Any] = {"c": canvas.colours["winner"], "edgecolors": canvas.colours["on_light"], "zorder": 3.2}
    style |= {"linewidths": 0.8 * canvas.pt, "marker": "^" if numbers else "o"}
    return (canvas.ax.scatter((left + right) / 2, y, (side * canvas.pt) ** 2, **style),)


def draw_captions(layout: GridLayout) -> None:
    """What both grids are, and an arrow from the input to the output, or back for a gradient."""
    canvas, places, scene = layout.canvas, layout.places, layout.scene
    for raster, caption in zip((places.input, places.output), captions_of(scene, canvas.words["grid"]), strict=True):
        canvas.text(raster.middle[0], raster.ends[3] + 26, caption, 14, "ink")
    ends, y = (places.input.ends[1] + 14, places.output.ends[0] - 9), places.input.middle[1]
    if scene.colour == "gradient":
        canvas.arrow(ends[1], y, ends[0], y, "gradient", 20)
    else:
        canvas.arrow(ends[0], y, ends[1], y, "ink", 20)
