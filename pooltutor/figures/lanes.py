"""The windows: all of them in their lanes, PyTorch's below wrong ones, the cells they share, and the current one."""

from typing import Any

import numpy as np

from pooltutor.figures.page import Page
from pooltutor.figures.picture import Artists
from pooltutor.figures.plan import Answer, Bars, Plan


def draw_lanes(page: Page, plan: Plan) -> dict[str, Artists]:
    """All that is known of the windows, or a veil while they are hidden."""
    if plan.answer is None:
        return _veil(page, plan)
    if plan.tiles:
        clear = {"facecolor": page.colours["ground"], "edgecolor": "none", "pad": 2}  # no cut runs through the words
        middle = plan.b.input_size / 2, plan.rows.bars + 48
        page.text(*middle, page.words["tile"], 14, "ink_soft", "normal", bbox=clear)
    return draw_bars(page, plan, plan.answer) | draw_shared(page, plan) | _ghosts(page, plan, plan.answer.ghosts)


def _veil(page: Page, plan: Plan) -> dict[str, Artists]:
    """What stands in place of the windows while they are hidden."""
    y, n = plan.rows.bars, np.array([plan.b.input_size])
    page.label(y + 31, "windows", "prediction")
    page.boxes(0 * n, n, y, 62, page.colours["panel"], page.colours["line"], corner=8, linestyle="--")
    page.text(n[0] / 2, y + 31, page.words["hidden"], 16, "ink_soft", "normal")
    return {}


def draw_bars(page: Page, plan: Plan, answer: Answer) -> dict[str, Artists]:
    """Windows in lanes, for m > n cells; a wrong one has a red outline and a cross."""
    bars, wrong = answer.bars, answer.wrong
    (tops, height), say, colours = bars.tops(plan.rows.bars), page.words, page.colours
    names = ("fed", "feeds") if plan.dual else ("windows", "rounded" if plan.b.rule == "pytorch" else "by_rule")
    page.label(plan.rows.bars + bars.strip / 2 - 3, *names)
    fills = [colours["window_odd" if i % 2 else "window_even"] for i in range(len(wrong))]
    edges = [colours["wrong"] if bad else "none" for bad in wrong]
    solid = [colours["wrong"] if bad else fill for bad, fill in zip(wrong, fills, strict=True)]
    boxes = page.boxes(bars.left, bars.right, tops, height, fills, edges, solid=solid, line=3.5, corner=6)
    marks = [say["wrong"] if bad else "" for bad in wrong]
    texts = [mark + f"{first}:{last}" for mark, first, last in zip(marks, bars.first, bars.last, strict=True)]
    sized = bars.left, bars.right, tops + height / 2, min(15, 0.7 * height)
    return {"bars": boxes, "bar_texts": page.numbers(texts, *sized, "window_ink")}


def draw_shared(page: Page, plan: Plan) -> dict[str, Artists]:
    """Cells in several windows, for m > n outputs of several cells: hatched in both hues, dark if narrow."""
    b, rows, colours = plan.b, plan.rows, page.colours
    marked = np.flatnonzero((b.lengths if plan.dual else b.coverage) > 1)
    left, right = (b.cuts[marked], b.cuts[marked + 1]) if plan.dual else (marked, marked + 1)
    y, height = (rows.outputs + 23, 9) if plan.dual else (rows.cells + 34, 12)
    if page.narrowest(left, right) < 20:
        return {"shared": page.boxes(left, right, y, height, colours["ink_soft"], colours["input"])}
    style: dict[str, Any] = {"line": 0, "corner": 1, "inset": 2.5}
    page.boxes(left, right, y, height, colours["ground"], colours["edge_odd"], hatch="\\" * 3, **style)
    return {"shared": page.boxes(left, right, y, height, "none", colours["edge_even"], hatch="/" * 3, **style)}


def _ghosts(page: Page, plan: Plan, ghosts: Bars) -> dict[str, Artists]:
    """PyTorch's bars in place of the wrong ones, dashed, in a strip of their own."""
    if not len(ghosts.first):
        return {}
    tops, height = ghosts.tops(plan.rows.ghosts)
    page.label(plan.rows.ghosts + ghosts.strip / 2 - 3, "pytorch", "ghosts")
    style: dict[str, Any] = {"line": 1.6, "corner": 6, "linestyle": (0, (3, 2)), "solid": page.colours["ink_soft"]}
    ends, colours = (ghosts.left, ghosts.right), page.colours
    texts = [f"{first}:{last}" for first, last in zip(ghosts.first, ghosts.last, strict=True)]
    page.numbers(texts, *ends, tops + height / 2, min(14, 0.7 * height), "ink_soft")
    return {"ghosts": page.boxes(*ends, tops, height, colours["ground"], colours["ink_soft"], **style)}


# The current window ---------------------------------------------------------------------------------------


def draw_current(page: Page, plan: Plan, i: int) -> dict[str, Artists]:
    """Outlines of window i, its cells and its output, and how its cuts are rounded; hidden: of the output only."""
    b, rows, (start, stop) = plan.b, plan.rows, plan.b[i]
    hue = "focus" if plan.dual else "edge_odd" if i % 2 else "edge_even"
    output = _outline(page, b.cuts[i], b.cuts[i + 1], rows.outputs, 34, hue)
    if plan.answer is None or start == stop:
        return {"outlines": output}
    bars, mine = plan.answer.bars, np.arange(start, stop) if plan.dual else np.array([i])
    tops, height = bars.tops(rows.bars)
    window = _outline(page, bars.left[mine], bars.right[mine], tops[mine], height, "focus")
    outlines = _outline(page, start, stop, rows.cells, 47, hue) + window + output
    return {"outlines": outlines, "arrows": _rounding(page, plan, i) if b.rule == "pytorch" else ()}


def _outline(page: Page, left: Any, right: Any, y: Any, height: float, ink: str) -> Artists:
    # Outside the box, so that the red of a wrong window stays visible.
    style: dict[str, Any] = {"line": 3, "thinnest": 1.6, "corner": 6, "inset": -1.5, "zorder": 3}
    return page.boxes(np.atleast_1d(left), np.atleast_1d(right), y, height, "none", page.colours[ink], **style)


def _rounding(page: Page, plan: Plan, i: int) -> Artists:
    """Arrows from the cuts of window i outwards to the lines that they are rounded to."""
    y, arrows = plan.rows.ruler, []
    for cut, line in zip(plan.b.cuts[i : i + 2], plan.b[i], strict=True):
        if cut != line:
            arrows.append(page.arrow(cut, y, line, y, "ink", np.clip(abs(cut - line) / page.ux, 6, 18)))
    return tuple(arrows)
