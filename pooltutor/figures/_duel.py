"""Two rules on the same input, one above the other: which windows differ, and what that does to the outputs."""

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes

from pooltutor.binning import Bins, bins, refusal
from pooltutor.figures.alternative import alternative
from pooltutor.figures.arguments import check_axes, check_theme, one_each
from pooltutor.figures.bars import draw_bars, draw_shared
from pooltutor.figures.canvas import Canvas, open_canvas
from pooltutor.figures.cells import draw_cells, draw_outputs
from pooltutor.figures.heading import GAP
from pooltutor.figures.layout import Layout, lay_out
from pooltutor.figures.picture import NOTHING, Artists, Labelled, Picture
from pooltutor.figures.ruler import Cuts, draw_cuts, draw_ruler
from pooltutor.figures.text import SMALLEST, shortened, text_width
from pooltutor.rules import Chosen, Rule, check_rule
from pooltutor.validation import LARGEST_SHOWN, check_size
from pooltutor.words import say

SENTENCE, NAME = 62, 20  # px: the box that says that a rule has no windows; the middle of a rule's name


class RuleParts(NamedTuple):
    """What stands there for one rule; empty where it has no windows. ``shared`` are outputs of several cells."""

    bars: Labelled = NOTHING
    outputs: Labelled = NOTHING
    shared: Artists = ()


@dataclass(frozen=True, repr=False)
class DuelPicture(Picture):
    """Two rules on one input: ``upper`` belongs to ``rule``, ``lower`` to ``against``."""

    cells: Labelled
    cuts: Cuts
    upper: RuleParts
    lower: RuleParts
    headline: Any


class _Half(NamedTuple):
    """One of the two rules: where its part begins and ends, and its layout, if it has windows."""

    rule: Rule
    top: float
    bottom: float
    layout: Layout | None
    refusal: str = ""


def duel(
    input_size: int,
    target_size: int,
    rule: Chosen,
    against: Chosen = "pytorch",
    ax: Axes | None = None,
    *,
    x: Any = None,
    kind: str = "avg",
    theme: str = "either",
) -> DuelPicture:
    """Draw the windows and outputs of two rules on the same input, one above the other.

    ``x`` has shape (n,) and is 0, 1, 2, ... by default; ``kind`` is "avg" or "max".

    The headline names the first window in which they differ. Windows that are not PyTorch's have a red outline
    and a cross, whichever rule they belong to. Where a rule has no windows a sentence stands in their place.

    >>> duel(5, 3, "equal_kernel").headline.get_text()
    '✗ Window 1 is 1:3 under one kernel, 1:4 under PyTorch.'

    Raises TypeError or ValueError with the argument, the accepted range and what came.
    Sources of the rules: ``found_in`` of :data:`pooltutor.RULES`.
    """
    n, m = check_size(input_size, "input_size", LARGEST_SHOWN), check_size(target_size, "target_size", LARGEST_SHOWN)
    one, other = check_rule(rule), check_rule(against, "against")
    check_axes(ax)
    check_theme(theme)
    cells = one_each(x, range(n), "x")
    upper = _half(one, cells, m, kind, 132)
    lower = _half(other, cells, m, kind, upper.bottom)
    shared = _layout(bins(n, m), cells, kind, cells=48, ruler=104, bottom=lower.bottom)
    canvas = open_canvas(n, lower.bottom, ax, theme)
    drawn: dict[str, Any] = {
        "cells": draw_cells(canvas, shared),
        "cuts": draw_cuts(canvas, shared, [half.top + NAME for half in (upper, lower)]),
        "upper": _draw_half(canvas, upper),
        "lower": _draw_half(canvas, lower),
        "headline": _draw_headline(canvas, upper, lower, f"{n} → {m}"),
    }
    draw_ruler(canvas, shared)
    title = say("figure.titles.duel", n=n, m=m, rule=one.title, against=other.title)
    alt = alternative(title, drawn["headline"].get_text())
    return DuelPicture(title, alt, canvas.ax, canvas.colours["ink_soft"], **drawn)


def _layout(b: Bins, x: np.ndarray, kind: str, **rows: float) -> Layout:
    layout = lay_out(b, x, np.ones(len(b)), kind, gradient=False, hidden=False)
    return layout._replace(rows=layout.rows._replace(**rows))


def _half(rule: Rule, x: np.ndarray, m: int, kind: str, top: float) -> _Half:
    n, bars = len(x), top + 38
    if refused := refusal(n, m, rule.chosen):
        return _Half(rule, top, bars + SENTENCE + 18, None, refused)
    layout = _layout(Bins(n, m, rule.chosen), x, kind, bars=bars)
    outputs = bars + layout.shown.bars.strip + 8
    return _Half(rule, top, outputs + 54, layout._replace(rows=layout.rows._replace(outputs=outputs)))


# The two halves -------------------------------------------------------------------------------------------


def _draw_half(canvas: Canvas, half: _Half) -> RuleParts:
    """The name and formula of the rule, its windows and its outputs; or the sentence that it has none."""
    rule, layout = half.rule, half.layout
    name = canvas.words["rule"].format(title=rule.title)
    formula = shortened(rule.formula, 13, "bold", canvas.body - SMALLEST * text_width(name) - GAP)
    room = canvas.body - 13 * text_width(formula) - GAP
    canvas.text(0, half.top + NAME, name, 16, "ink", room=room, ha="left")
    canvas.text(canvas.across, half.top + NAME, formula, 13, "ink_soft", "normal", ha="right")
    if layout is None:
        _draw_sentence(canvas, half.top + 38, half.refusal)
        return RuleParts()
    bars, outputs = draw_bars(canvas, layout, layout.shown), draw_outputs(canvas, layout)
    # For m <= n what they share are cells, and those stand here once for both rules.
    return RuleParts(bars, outputs, draw_shared(canvas, layout) if layout.dual else ())


def _draw_sentence(canvas: Canvas, y: float, sentence: str) -> None:
    """In place of windows, why there are none."""
    width, colours = np.array([canvas.across]), canvas.colours
    canvas.boxes(0 * width, width, y, SENTENCE, colours["panel"], colours["line"], corner=8, linestyle="--")
    canvas.text(canvas.across / 2, y + SENTENCE / 2, sentence, 14, "panel_ink", "normal", canvas.body)


def _draw_headline(canvas: Canvas, upper: _Half, lower: _Half, pair: str) -> Any:
    """The first window in which the two rules differ, in words."""
    given: dict[str, Any] = {"pair": pair, "rule": upper.rule.title, "against": lower.rule.title}
    if upper.layout is None or lower.layout is None:
        said, ink = "nothing", "ink_soft"
    elif (i := _first_difference(upper.layout.b, lower.layout.b)) is None:
        said, ink = "agree", "agrees_ink"
    else:
        said, ink = "differ", "disagrees_ink"
        given |= {"i": i, "one": upper.layout.b[i], "other": lower.layout.b[i]}
    return canvas.text(0, 22, canvas.words[said].format(**given), 16, ink, room=canvas.body, ha="left")


def _first_difference(one: Bins, other: Bins) -> int | None:
    differs = one.differs(other)
    return int(differs[0]) if len(differs) else None
