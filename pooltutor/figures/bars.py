"""The windows as bars: all in their lanes, PyTorch's below wrong ones, the cells they share, and the current one."""

from typing import Any

import numpy as np

from pooltutor.figures.canvas import Canvas
from pooltutor.figures.layout import Answer, Bars, Layout, shared_of
from pooltutor.figures.picture import NOTHING, Artists, Labelled

SENTENCE = 48  # px: from the top of the bars to the middle of the sentence that they tile


def sentences(layout: Layout) -> list[float]:
    """Where a line of words stands among the bars, px from the top: no cut runs through it."""
    return [layout.rows.bars + SENTENCE] if layout.answer and layout.tiles else []


def draw_lanes(canvas: Canvas, layout: Layout) -> dict[str, Any]:
    """All that is known of the windows, or what stands in their place while they are hidden."""
    answer = layout.answer
    if answer is None:
        _draw_hidden(canvas, layout)
        return {}
    if layout.tiles:
        middle = layout.b.input_size / 2, layout.rows.bars + SENTENCE
        canvas.text(*middle, canvas.words["tile"], 14, "ink_soft", "normal", canvas.body)
    return {
        "bars": draw_bars(canvas, layout, answer),
        "shared": draw_shared(canvas, layout),
        "ghosts": _draw_ghosts(canvas, layout, answer.ghosts),
    }


def _draw_hidden(canvas: Canvas, layout: Layout) -> None:
    """What stands in place of the windows while they are hidden."""
    y, n = layout.rows.bars, np.array([layout.b.input_size])
    canvas.label(y + 31, "windows", "prediction")
    canvas.boxes(0 * n, n, y, 62, canvas.colours["panel"], canvas.colours["line"], corner=8, linestyle="--")
    canvas.text(n[0] / 2, y + 31, canvas.words["hidden"], 16, "panel_ink", "normal", canvas.body)


def draw_bars(canvas: Canvas, layout: Layout, answer: Answer) -> Labelled:
    """Windows in lanes, for m > n cells; a wrong one has a red outline and a cross."""
    bars, wrong = answer.bars, answer.wrong
    (tops, height), say, colours = bars.tops(layout.rows.bars), canvas.words, canvas.colours
    names = ("fed", "feeds") if layout.dual else ("windows", "rounded" if layout.b.rule == "pytorch" else "by_rule")
    canvas.label(layout.rows.bars + bars.strip / 2 - 3, *names)
    fills = [colours["window_odd" if i % 2 else "window_even"] for i in range(len(wrong))]
    edges = [colours["wrong"] if bad else "none" for bad in wrong]
    solid = [colours["wrong"] if bad else fill for bad, fill in zip(wrong, fills, strict=True)]
    boxes = canvas.boxes(bars.left, bars.right, tops, height, fills, edges, solid=solid, line=3.5, corner=6)
    marks = [say["wrong"] if bad else "" for bad in wrong]
    texts = [mark + f"{first}:{last}" for mark, first, last in zip(marks, bars.first, bars.last, strict=True)]
    sized = bars.left, bars.right, tops + height / 2, min(15, 0.7 * height)
    return Labelled(boxes, canvas.numbers(texts, *sized, "window_ink"))


def draw_shared(canvas: Canvas, layout: Layout) -> Artists:
    """Cells in several windows, for m > n outputs of several cells: hatched in both hues, one solid hue if narrow."""
    b, rows, marked, colours = layout.b, layout.rows, shared_of(layout.b), canvas.colours
    left, right = (b.cuts[marked], b.cuts[marked + 1]) if layout.dual else (marked, marked + 1)
    y, height = (rows.outputs + 23, 9) if layout.dual else (rows.cells + 34, 12)
    if canvas.narrowest(left, right) < 20:
        return canvas.boxes(left, right, y, height, colours["shared_solid"], colours["input"])
    style: dict[str, Any] = {"line": 0, "corner": 1, "inset": 2.5}
    canvas.boxes(left, right, y, height, colours["ground"], colours["shared_odd"], hatch="\\" * 3, **style)
    return canvas.boxes(left, right, y, height, "none", colours["shared_even"], hatch="/" * 3, **style)


def _draw_ghosts(canvas: Canvas, layout: Layout, ghosts: Bars) -> Labelled:
    """PyTorch's bars in place of the wrong ones, dashed, in a strip of their own."""
    if not len(ghosts.first):
        return NOTHING
    tops, height = ghosts.tops(layout.rows.ghosts)
    canvas.label(layout.rows.ghosts + ghosts.strip / 2 - 3, "pytorch", "ghosts")
    style: dict[str, Any] = {"line": 1.6, "corner": 6, "linestyle": (0, (3, 2)), "solid": canvas.colours["ink_soft"]}
    ends, colours = (ghosts.left, ghosts.right), canvas.colours
    texts = [f"{first}:{last}" for first, last in zip(ghosts.first, ghosts.last, strict=True)]
    boxes = canvas.boxes(*ends, tops, height, colours["ghost"], colours["ink_soft"], **style)
    return Labelled(boxes, canvas.numbers(texts, *ends, tops + height / 2, min(14, 0.7 * height), "panel_ink"))


# The current window ---------------------------------------------------------------------------------------


def draw_current(canvas: Canvas, layout: Layout, i: int) -> dict[str, Artists]:
    """Outlines of window i, its cells and its output, and how its cuts are rounded; hidden: of the output only."""
    b, rows, (start, stop) = layout.b, layout.rows, layout.b[i]
    hue = "focus" if layout.dual else "edge_odd" if i % 2 else "edge_even"
    output = _outline(canvas, b.cuts[i], b.cuts[i + 1], rows.outputs, 34, hue)
    if layout.answer is None or start == stop:
        return {"outlines": output}
    bars, mine = layout.answer.bars, np.arange(start, stop) if layout.dual else np.array([i])
    tops, height = bars.tops(rows.bars)
    window = _outline(canvas, bars.left[mine], bars.right[mine], tops[mine], height, "focus")
    outlines = _outline(canvas, start, stop, rows.cells, 47, hue) + window + output
    return {"outlines": outlines, "arrows": _rounding(canvas, layout, i) if b.rule == "pytorch" else ()}


def _outline(canvas: Canvas, left: Any, right: Any, y: Any, height: float, ink: str) -> Artists:
    # Outside the box, so that the red of a wrong window stays visible.
    style: dict[str, Any] = {"line": 3, "thinnest": 1.6, "corner": 6, "inset": -1.5, "zorder": 3}
    return canvas.boxes(np.atleast_1d(left), np.atleast_1d(right), y, height, "none", canvas.colours[ink], **style)


def _rounding(canvas: Canvas, layout: Layout, i: int) -> Artists:
    """Arrows from the cuts of window i outwards to the lines that they are rounded to."""
    y, arrows = layout.rows.ruler, []
    for cut, line in zip(layout.b.cuts[i : i + 2], layout.b[i], strict=True):
        if cut != line:
            arrows.append(canvas.arrow(cut, y, line, y, "ink", np.clip(abs(cut - line) / canvas.ux, 6, 18)))
    return tuple(arrows)
