"""Two rules on the same input, one above the other: which windows differ, and what that does to the outputs."""

from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes

from pooltutor.binning import LARGEST_SHOWN, Bins, Rule, bins, check_rule, check_size
from pooltutor.figures.arguments import check_axes, check_theme, one_each
from pooltutor.figures.lanes import draw_bars, draw_shared
from pooltutor.figures.page import Page, open_page
from pooltutor.figures.picture import Artists, Picture
from pooltutor.figures.plan import Plan, make_plan
from pooltutor.figures.rows import draw_cells, draw_cuts, draw_outputs, draw_ruler

VEIL = 62  # px: the box that says that a rule has no windows


class _Corner(NamedTuple):
    """One of the two rules: where its part begins and ends, and its plan, if it has windows."""

    rule: Rule
    top: float
    bottom: float
    plan: Plan | None


def duel(
    input_size: int,
    target_size: int,
    rule: str,
    against: str = "pytorch",
    ax: Axes | None = None,
    *,
    x: Any = None,
    kind: str = "avg",
    theme: str = "light",
) -> Picture:
    """Draw the windows and outputs of two rules on the same input, one above the other.

    ``x`` has shape (n,) and is 0, 1, 2, ... by default; ``kind`` is "avg" or "max".

    The headline names the first window in which they differ. Windows that are not PyTorch's have a red outline
    and a cross, whichever rule they belong to. Where a rule has no windows a sentence stands in their place.
    ``bars`` and ``outputs`` belong to ``rule``, ``rival_bars`` and ``rival_outputs`` to ``against``.

    >>> duel(5, 3, "equal_kernel").headline[0].get_text()
    '✗ Window 1 is 1:3 under one kernel, 1:4 under PyTorch.'

    Raises TypeError or ValueError with the argument, the accepted range and what came.
    Sources of the rules: ``found_in`` of :data:`pooltutor.RULES`.
    """
    n, m = check_size(input_size, "input_size", LARGEST_SHOWN), check_size(target_size, "target_size", LARGEST_SHOWN)
    one, other = check_rule(rule), check_rule(against, "against")
    check_axes(ax)
    check_theme(theme)
    cells = one_each(x, range(n), "x")
    upper = _corner(one, cells, m, kind, 132)
    lower = _corner(other, cells, m, kind, upper.bottom)
    shared = _plan(bins(n, m), cells, kind, cells=48, ruler=104, bottom=lower.bottom)
    page = open_page(n, lower.bottom, ax, theme)
    drawn = draw_cells(page, shared) | draw_cuts(page, shared) | _draw_corner(page, upper)
    drawn |= {f"rival_{row}": artists for row, artists in _draw_corner(page, lower).items()}
    drawn["headline"] = (_draw_headline(page, upper, lower, f"{n} → {m}"),)
    draw_ruler(page, shared)
    return Picture(f"{n} → {m}, {one.title} against {other.title}", page.ax, **drawn)


def _plan(b: Bins, x: np.ndarray, kind: str, **rows: float) -> Plan:
    plan = make_plan(b, x, np.ones(len(b)), kind, gradient=False, hidden=False)
    return plan._replace(rows=plan.rows._replace(**rows))


def _corner(rule: Rule, x: np.ndarray, m: int, kind: str, top: float) -> _Corner:
    n, bars = len(x), top + 38
    if not rule.defined(n, m):
        return _Corner(rule, top, bars + VEIL + 18, None)
    plan = _plan(Bins(n, m, rule.name), x, kind, bars=bars)
    outputs = bars + plan.shown.bars.strip + 8
    return _Corner(rule, top, outputs + 54, plan._replace(rows=plan.rows._replace(outputs=outputs)))


# The two corners ------------------------------------------------------------------------------------------


def _draw_corner(page: Page, corner: _Corner) -> dict[str, Artists]:
    """The name and formula of the rule, its windows and its outputs; or the sentence that it has none."""
    rule, plan = corner.rule, corner.plan
    clear = {"facecolor": page.colours["ground"], "edgecolor": "none", "pad": 2}  # no cut runs through the words
    page.text(0, corner.top + 20, page.words["rule"].format(title=rule.title), 16, "ink", ha="left", bbox=clear)
    page.text(page.across, corner.top + 20, rule.formula, 13, "ink_soft", "normal", ha="right", bbox=clear)
    if plan is None:
        y, width = corner.top + 38, np.array([page.across])
        page.boxes(0 * width, width, y, VEIL, page.colours["panel"], page.colours["line"], corner=8, linestyle="--")
        page.text(page.across / 2, y + VEIL / 2, rule.undefined, 14, "ink", "normal")
        return {}
    drawn = draw_bars(page, plan, plan.shown) | draw_outputs(page, plan)
    if plan.dual:  # else what they share are cells, and those stand here once for both rules
        draw_shared(page, plan)
    return drawn


def _draw_headline(page: Page, upper: _Corner, lower: _Corner, pair: str) -> Any:
    """The first window in which the two rules differ, in words."""
    if upper.plan is None or lower.plan is None:
        text, ink = page.words["nothing"].format(pair=pair), "ink_soft"
    elif (i := _first_difference(upper.plan.b, lower.plan.b)) is None:
        text, ink = page.words["agree"].format(pair=pair, rule=upper.rule.title, against=lower.rule.title), "agrees_ink"
    else:
        found = {"one": upper.plan.b[i], "other": lower.plan.b[i]}
        text = page.words["differ"].format(i=i, rule=upper.rule.title, against=lower.rule.title, **found)
        ink = "disagrees_ink"
    return page.text(0, 22, text, 16, ink, ha="left")


def _first_difference(one: Bins, other: Bins) -> int | None:
    differs = (one.start != other.start) | (one.stop != other.stop)
    return int(differs.argmax()) if differs.any() else None
