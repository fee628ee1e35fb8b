"""The rows around the windows: each draws itself and returns its artists by their names in Picture."""

from typing import Any

import numpy as np
from matplotlib.lines import Line2D

from pooltutor.binning import RULES, Bins, bins
from pooltutor.figures.ink import gradient_fills, ink_on, text_width
from pooltutor.figures.page import NARROWEST, Page
from pooltutor.figures.picture import Artists
from pooltutor.figures.plan import Plan


def draw_rule(page: Page, b: Bins, left: float, right: float, *, hidden: bool = False) -> None:
    """The name of a rule other than PyTorch's; unless hidden, its formula and how many windows differ."""
    say, rule = page.words, RULES[b.rule]
    if b.rule == "pytorch":
        return
    page.text(left, 22, say["rule"].format(title=rule.title), 16, "ink", ha="left")
    if not hidden:
        true = bins(b.input_size, b.target_size)
        count = int(((b.start != true.start) | (b.stop != true.stop)).sum())
        said, ink = ("differs", "disagrees_ink") if count else ("same", "ink_soft")
        page.text(right, 22, say[said].format(count=count, n=b.input_size, m=len(b)), 14, ink, ha="right")
        page.text(left, 46, rule.formula, 14, "ink_soft", "normal", ha="left")


def draw_gradients(page: Page, plan: Plan) -> dict[str, Artists]:
    """The computed gradient, or question marks."""
    y, n, answer = plan.rows.gradients, plan.b.input_size, plan.answer
    page.label(y + 15, "gradient", "gradient_sub", "gradient")
    fills = [page.colours["panel"]] * n if answer is None else gradient_fills(answer.gradient, page.colours)
    values = [page.words["unknown"]] * n if answer is None else answer.gradient
    left = np.arange(n)
    boxes = page.boxes(left, left + 1, y, 30, fills, page.colours["ground"])
    inks = [ink_on(fill, page.colours) for fill in fills]
    return {"gradients": boxes, "gradient_texts": page.numbers(values, left, left + 1, y + 15, 14, inks)}


def draw_cells(page: Page, plan: Plan) -> dict[str, Artists]:
    """The input cells and their numbers."""
    y, left = plan.rows.cells, np.arange(plan.b.input_size)
    page.label(y + 23, "input", "input_sub", n=len(left))
    boxes = page.boxes(left, left + 1, y, 47, page.colours["input"], page.colours["ground"])
    return {"cells": boxes, "cell_texts": page.numbers(plan.x, left, left + 1, y + 19, 17, "input_ink")}


def draw_ruler(page: Page, plan: Plan) -> None:
    """Numbers on the lines between cells; few where cells are narrow."""
    y, n = plan.rows.ruler, plan.b.input_size
    gap = max(NARROWEST, 12 * text_width(str(n)) + 12) * page.ux
    step = next(s for s in (f * 10**k for k in range(5) for f in (1, 2, 5)) if s >= gap)
    lines = [*(line for line in range(0, n, step) if n - line >= gap), n]
    ticks = range(n + 1) if page.ux <= 1 / 4 else lines
    page.ax.hlines(y, 0, n, colors=page.colours["line"], linewidth=1.4 * page.pt)
    page.ax.vlines(ticks, y, y + 6, colors=page.colours["line"], linewidth=page.pt)
    for line in lines:
        page.text(line, y + 16, str(line), 12, "ink_soft", "normal")


def draw_cuts(page: Page, plan: Plan) -> dict[str, Artists]:
    """A diamond on the ruler and a dashed line at each cut, dark where it falls inside a cell."""
    b, y, room = plan.b, plan.rows.ruler, plan.b.input_size / len(plan.b) / page.ux
    shown = np.arange(0, len(b) + 1, 1 if room >= 4 else len(b))  # closer than 4 px they would be a grey wall
    style: dict[str, Any] = {"linewidth": min(1.2, 0.1 * room) * page.pt, "dashes": (2.5, 2.5), "zorder": 0.9}
    style |= {"ydata": [y + 25, plan.rows.bottom - 8], "color": page.colours["line"]}
    cuts = [page.ax.add_artist(Line2D([x, x], **style)) for x in b.cuts[shown]]
    inks = [page.colours["ink" if i * b.input_size % len(b) else "line"] for i in shown.tolist()]
    style = {"marker": "D", "markersize": min(6.5, 0.45 * room) * page.pt, "zorder": 4}
    places = zip(b.cuts[shown], inks, strict=True)
    diamonds = [page.ax.add_artist(Line2D([x], [y], color=ink, **style)) for x, ink in places]
    return {"cuts": tuple(cuts), "diamonds": tuple(diamonds)}


def draw_outputs(page: Page, plan: Plan) -> dict[str, Artists]:
    """Outputs at their exact intervals, or question marks. That of an empty window has no colour."""
    b, top, answer, say, colours = plan.b, plan.rows.outputs, plan.answer, page.words, page.colours
    page.label(top + 17, "output", plan.kind, m=len(b))
    empty = np.zeros(len(b), bool) if answer is None else b.lengths == 0
    shown = [say["unknown"]] * len(b) if answer is None else answer.outputs.tolist()
    values = [say["empty"] if none else v for v, none in zip(shown, empty, strict=True)]
    fills = [colours["panel" if none else "output"] for none in empty]
    left, right, middle = b.cuts[:-1], b.cuts[1:], top + 17 - (0 if answer is None else 5 * plan.dual)
    boxes = page.boxes(left, right, top, 34, fills, colours["output_edge"], corner=5, inset=1.5)
    return {"outputs": boxes, "output_texts": page.numbers(values, left, right, middle, 16, "output_ink")}


def draw_upstreams(page: Page, plan: Plan) -> dict[str, Artists]:
    """The gradient that arrives at each output."""
    y, left, right = plan.rows.upstreams, plan.b.cuts[:-1], plan.b.cuts[1:]
    page.label(y + 15, "upstream", "upstream_sub", "gradient")
    hue, ground = page.colours["gradient"], page.colours["ground"]
    boxes = page.boxes(left, right, y, 30, ground, hue, solid=hue, line=1.4, corner=5, inset=1.5)
    return {"upstreams": boxes, "upstream_texts": page.numbers(plan.upstream, left, right, y + 15, 15, "gradient")}
