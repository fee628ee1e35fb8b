"""The backward pass of one size pair: what arrives is cut into equal shares, and each cell sums its own."""

from fractions import Fraction
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from pooltutor.binning import Bins
from pooltutor.figures.arguments import check_axes, check_bins, check_theme, one_each
from pooltutor.figures.ink import gradient_fills, ink_on, number_text
from pooltutor.figures.page import NARROWEST, Page, open_page
from pooltutor.figures.picture import Artists, Picture, title_of
from pooltutor.figures.plan import Answer, Plan, Rows, make_plan, members
from pooltutor.figures.rows import draw_cuts, draw_gradients, draw_rule, draw_ruler, draw_upstreams
from pooltutor.laws import influence

TALLEST = 40  # px: the column of the cell that counts most
FINEST = 4  # px: where cells are narrower, a window is one box; its shares are all the same


def gradient(b: Bins, ax: Axes | None = None, *, upstream: Any = None, theme: str = "light") -> Picture:
    """Draw how average pooling sends a gradient back: ``grad_j = sum of g_i/L_i`` over the windows i of cell j.

    From the bottom: the gradient g that arrives, ``upstream`` of shape (m,) and 1, 2, ..., m by default; its
    shares ``g_i/L_i`` in the cells of each window; the gradient computed; and the influence of each cell, which
    is its column sum of P, or the gradient when every g_i is 1. For m > n each bar is a cell, and holds the
    shares that it gets. What is not as under PyTorch's rule has a red outline and a cross.

    >>> from pooltutor import bins
    >>> picture = gradient(bins(3, 2))
    >>> [text.get_text() for text in picture.share_texts]
    ['1/2', '1/2', '2/2', '2/2']
    >>> [text.get_text() for text in picture.gradient_texts]
    ['0.5', '1.5', '1']

    Raises TypeError or ValueError with the argument, the accepted range and what came.
    Source: as :func:`pooltutor.gradient`.
    """
    check_bins(b, "gradient")
    check_axes(ax)
    check_theme(theme)
    arriving = one_each(upstream, range(1, len(b) + 1), "upstream")
    plan = make_plan(b, np.zeros(b.input_size), arriving, "avg", gradient=True, hidden=False)
    plan = plan._replace(rows=_rows(plan.shown, 0 if b.rule == "pytorch" else 50))
    page = open_page(b.input_size, plan.rows.bottom, ax, theme)
    draw_rule(page, b, 0, b.input_size)
    drawn = _draw_influence(page, plan) | draw_gradients(page, plan) | draw_cuts(page, plan)
    drawn |= _draw_shares(page, plan, plan.shown) | draw_upstreams(page, plan)
    draw_ruler(page, plan)
    page.arrow(page.at(1004), plan.rows.upstreams + 22, page.at(1004), plan.rows.gradients + 4, "gradient", 22)
    page.text(page.at(990), plan.rows.bars + 10, page.words["backward"], 13, "gradient", rotation=90)
    return Picture(f"gradient of {title_of(b)}", page.ax, **drawn)


def _rows(answer: Answer, top: float) -> Rows:
    """Where the rows begin; the influence stands above the gradient, and both need no input row."""
    gradients = top + 14 + TALLEST + 40
    bars = gradients + 86
    upstreams = bars + answer.bars.strip + 12
    return Rows(gradients, gradients, gradients + 42, bars, upstreams, upstreams, upstreams, upstreams + 44)


# The rows -------------------------------------------------------------------------------------------------


def _draw_influence(page: Page, plan: Plan) -> dict[str, Artists]:
    """One column for each cell, as high as its influence, and below it the number."""
    b, ground = plan.b, plan.rows.gradients - 36
    values, left = influence(b.input_size, len(b), b.rule), np.arange(b.input_size)
    height = TALLEST * values / values.max()
    page.label(ground - 12, "influence", "influence_sub", "gradient")
    colours = page.colours
    columns = page.boxes(left, left + 1, ground - height, height, colours["gradient"], colours["ground"])
    page.ax.hlines(ground, 0, b.input_size, colors=colours["line"], linewidth=1.4 * page.pt)
    if page.narrowest(left, left + 1) < NARROWEST:  # exact fractions of many cells take time, and none would fit
        return {"influence": columns}
    texts = page.numbers(_fractions(b), left, left + 1, ground + 14, 13, "ink")
    return {"influence": columns, "influence_texts": texts}


def _fractions(b: Bins) -> list[str]:
    """The influence of each cell as an exact fraction."""
    shares = [Fraction(1, window.length) if window.length else Fraction(0) for window in b]
    return [str(sum(shares[first:last], Fraction(0))) for first, last in zip(*b.feeds, strict=True)]


def _draw_shares(page: Page, plan: Plan, answer: Answer) -> dict[str, Artists]:
    """All shares in their bars; a bar has the outline of its window, red if that is wrong."""
    b, bars, colours = plan.b, answer.bars, page.colours
    tops, height = bars.tops(plan.rows.bars)
    page.label(plan.rows.bars + bars.strip / 2 - 3, "shares", "collected" if plan.dual else "shares_sub")
    owner, left, right, window = _pieces(page, plan, answer)
    lengths = np.maximum(b.lengths[window], 1)
    values = plan.upstream[window] / lengths
    fills = gradient_fills(np.concatenate([values, answer.gradient]), colours)[: len(values)]  # one scale for both
    inks, texts = [ink_on(fill, colours) for fill in fills], _quotients(plan.upstream[window], lengths)
    marked = np.flatnonzero(answer.wrong[owner] & (np.diff(owner, prepend=-1) > 0))  # the first share of a wrong bar
    for k in marked:
        texts[k] = page.words["wrong"] + texts[k]
    boxes = page.boxes(left, right, tops[owner], height, fills, colours["ground"], line=0.8)
    hues = [colours["wrong" if bad else "edge_odd" if k % 2 else "edge_even"] for k, bad in enumerate(answer.wrong)]
    style: dict[str, Any] = {"line": 3, "zorder": 2, "solid": "none"}
    outlines = page.boxes(bars.left, bars.right, tops, height, "none", hues, **style)
    numbers = page.numbers(texts, left, right, tops[owner] + height / 2, min(14, 0.5 * height), inks)
    return {"shares": boxes, "share_texts": numbers, "bars": outlines}


def _pieces(page: Page, plan: Plan, answer: Answer) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """The bar, the left and right end, and the window of each share."""
    bars = answer.bars
    if page.ux > 1 / FINEST and not plan.dual:
        every = np.arange(len(bars.first))
        return every, bars.left, bars.right, every
    owner, item = members(bars.first, bars.last)
    edges = plan.b.cuts if plan.dual else np.arange(plan.b.input_size + 1)
    return owner, edges[item], edges[item + 1], item if plan.dual else owner


def _quotients(upstream: np.ndarray, lengths: np.ndarray) -> list[str]:
    """Shares as quotients that show what was divided, such as 2/4; as numbers if what arrives is not whole."""
    if not all(float(g).is_integer() for g in upstream):
        return [number_text(share, 3) for share in upstream / lengths]
    pairs = zip(map(number_text, upstream), lengths, strict=True)
    return [f"{g}/{length}" if g != "0" and length > 1 else g for g, length in pairs]
