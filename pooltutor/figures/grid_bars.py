"""Along two sides of a grid the windows of each axis: bars in lanes, exact cuts, and what windows share."""

from typing import Any, NamedTuple

import numpy as np
from matplotlib.colors import to_rgba
from matplotlib.lines import Line2D

from pooltutor.figures.canvas import Canvas
from pooltutor.figures.grid_axis import GAP, LETTERS, Axis, room_for_cuts, widest_cut
from pooltutor.figures.grid_layout import GridLayout
from pooltutor.figures.layout import shared_of
from pooltutor.figures.picture import NOTHING, Artists, Labelled
from pooltutor.figures.raster import Raster, fitted

CLOSEST, CLOSE = 8, 20  # px: cuts closer than this are left out; closer than that they stop at the edge of a picture
NAME = 100  # px: the least room for the name of the rows' bars
OVER, HATCHABLE = 8, 14  # px: how far a cut sticks out beyond the grid; the narrowest row that is hatched


class AxisParts(NamedTuple):
    """What stands along one axis; while the windows are hidden only the cuts."""

    cuts: Artists
    bars: Labelled = NOTHING
    shared: Artists = ()


# Both axes ------------------------------------------------------------------------------------------------


def draw_axes(layout: GridLayout) -> dict[str, AxisParts]:
    """The bars of rows and columns, the cuts, and what is shared."""
    places = layout.places
    drawn = {
        "rows": _draw_axis(layout, places.rows, places.input.ends[1]),
        "columns": _draw_axis(layout, places.columns, places.input.ends[3]),
    }
    _name_bars(layout)
    return drawn


def _draw_axis(layout: GridLayout, axis: Axis, end: float) -> AxisParts:
    canvas, numbers = layout.canvas, layout.letters is not None
    cuts = _draw_cuts(canvas, axis, end, bright=not numbers)
    if layout.hidden:
        _draw_hidden(canvas, axis)
        return AxisParts(cuts)
    bars, raster = _draw_bars(canvas, axis), layout.places.output if axis.dual else layout.places.input
    return AxisParts(cuts, bars, _draw_shared(canvas, axis, raster, hatched=numbers))


def _name_bars(layout: GridLayout) -> None:
    """What the bars are, at the left of both axes."""
    canvas, places, say = layout.canvas, layout.places, layout.canvas.words["grid"]
    rows, columns = places.rows, places.columns
    feed = [not layout.hidden and axis.dual for axis in (rows, columns)]
    down, across = say["rows_feed" if feed[0] else "rows"], say["columns_feed" if feed[1] else "columns"]
    left, outside = places.input.ends[0], rows.lanes - room_for_cuts(rows.b) + 2
    high = max(places.input.ends[3] - places.input.ends[2], NAME)
    canvas.text(outside, places.input.middle[1], down, 12, "ink_soft", "normal", high, rotation=90)
    canvas.text(left - 10, columns.lanes + columns.strip / 2, across, 12, "ink_soft", "normal", left - 20, ha="right")


# Bars -----------------------------------------------------------------------------------------------------


def _draw_bars(canvas: Canvas, axis: Axis) -> Labelled:
    """The bars and their texts; a wrong one has a red outline and a cross."""
    bars, colours = axis.bars, canvas.colours
    left, right, top, height = axis.of_bars()
    fills = [colours["window_odd" if i % 2 else "window_even"] for i in range(len(bars.first))]
    edges = [colours["wrong"] if bad else "none" for bad in axis.wrong]
    solid = [colours["wrong"] if bad else fill for bad, fill in zip(axis.wrong, fills, strict=True)]
    fills = fills if height.min() >= 2 else solid  # too thin for an outline
    boxes = canvas.boxes(left, right, top, height, fills, edges, solid=solid, line=3.5, corner=5, zorder=3)
    marks = [canvas.words["wrong"] if bad else "" for bad in axis.wrong]
    texts = [mark + f"{first}:{last}" for mark, first, last in zip(marks, bars.first, bars.last, strict=True)]
    room, thick = (height, (right - left).min()) if axis.upright else (right - left, height.min())
    letters = fitted(texts, room, thick, 13)
    return Labelled(boxes, () if letters is None else _write(canvas, axis, letters.texts, letters.size))


def _write(canvas: Canvas, axis: Axis, texts: list[str], size: float) -> Artists:
    left, right, top, height = axis.of_bars()
    low = 0.08 * size  # digits have no descenders
    x, y = (left + right) / 2 + low * axis.upright, top + height / 2 + low * (not axis.upright)
    style: dict[str, Any] = {"rotation": 90 * axis.upright, "zorder": 3.5}
    return tuple(canvas.text(*place, size, "window_ink", **style) for place in zip(x, y, texts, strict=True))


def _draw_hidden(canvas: Canvas, axis: Axis) -> None:
    """What stands in place of the bars while they are hidden."""
    near, far = axis.lanes, axis.lanes + axis.strip
    begin, end = axis.along([0, axis.b.input_size])
    box = axis.boxes(begin, end, near + 2, far - 2)
    canvas.boxes(*box, canvas.colours["panel"], canvas.colours["line"], corner=6, linestyle="--", zorder=3)
    across, along = (near + far) / 2, (begin + end) / 2
    x, y = (across, along) if axis.upright else (along, across)
    canvas.text(x, y, canvas.words["unknown"], 16, "panel_ink", zorder=3.5)


# Cuts -----------------------------------------------------------------------------------------------------


def _draw_cuts(canvas: Canvas, axis: Axis, end: float, *, bright: bool) -> Artists:
    """Dashed lines from the lanes along the grid to ``end`` px, in ink where they run inside cells, and their numbers.

    Cuts that are very close are not drawn, but for the first and the last. ``bright`` is for a picture: a light line
    stands below each, and where they are close only the first and the last run along it.
    """
    b, room = axis.b, axis.unit * axis.b.input_size / len(axis.b)
    begin, edge = axis.lanes - 4, axis.lanes + axis.strip + GAP - 1
    shown = np.arange(0, len(b) + 1, 1 if room >= CLOSEST else len(b))
    style: dict[str, Any] = {"linewidth": min(1.3, 0.1 * room) * canvas.pt, "dashes": (2.5, 2.5), "zorder": 2}
    lines = []
    for i, place in zip(shown.tolist(), axis.along(b.cuts[shown]), strict=True):
        stops = bright and room < CLOSE and 0 < i < len(b)
        ends = [begin, edge if stops else end + OVER], [place, place]
        if bright and not stops:
            below = {"linewidth": 2 * style["linewidth"], "alpha": 0.7, "zorder": 1.9}
            canvas.ax.add_artist(Line2D(*_turned(axis, ends), color=canvas.colours["ground"], **below))
        ink = canvas.colours["ink" if i * b.input_size % len(b) else "line"]
        lines.append(canvas.ax.add_artist(Line2D(*_turned(axis, ends), color=ink, **style)))
    _number_cuts(canvas, axis, begin, room)
    return tuple(lines)


def _turned(axis: Axis, ends: tuple[list[float], list[float]]) -> tuple[list[float], list[float]]:
    """Places across and along as x and y."""
    return ends if axis.upright else (ends[1], ends[0])


def _number_cuts(canvas: Canvas, axis: Axis, begin: float, room: float) -> None:
    """The places of the cuts beside their lines, counted in cells; few where there is no room for all."""
    b = axis.b
    needed = 15 if axis.upright else widest_cut(b) + 6
    step = next(s for s in (f * 10**k for k in range(3) for f in (1, 2, 5)) if s * room >= needed or s >= len(b))
    kept = [*(i for i in range(0, len(b), step) if (len(b) - i) * room >= needed), len(b)]
    style: dict[str, Any] = {"ha": "right"} if axis.upright else {}
    for i in kept if b.input_size * axis.unit >= needed else [len(b)]:
        place = float(axis.along(b.cuts[i]))
        x, y = (begin - 4, place) if axis.upright else (place, begin - 9)
        canvas.text(x, y, b.cut_text(i), LETTERS, "ink_soft", "normal", **style)


# What is shared -------------------------------------------------------------------------------------------


def _draw_shared(canvas: Canvas, axis: Axis, raster: Raster, *, hatched: bool) -> Artists:
    """Rows (or columns) of ``raster`` that are in several windows: hatched right across, or marked at its edge.

    For m > n these are rows (or columns) of the output that have several cells. Narrow ones are never hatched.
    """
    marked, edges = shared_of(axis.b), raster.ys if axis.upright else raster.xs
    left, right, top, bottom = raster.ends
    near, far = (left, right) if axis.upright else (top, bottom)
    if not len(marked):
        return ()
    if not hatched or edges[1] - edges[0] < HATCHABLE:
        boxes = axis.boxes(edges[marked], edges[marked + 1], near - 6, near - 2)
        return canvas.boxes(*boxes, canvas.colours["shared_mark"], "none", zorder=2.6)
    boxes = axis.boxes(edges[marked], edges[marked + 1], near, far)
    style: dict[str, Any] = {"line": 0, "hatch": "//" if axis.upright else "\\\\", "zorder": 1.5}
    return canvas.boxes(*boxes, "none", to_rgba(canvas.colours["shared_hatch"], 0.7), **style)
