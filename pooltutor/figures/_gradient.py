"""The backward pass of one size pair: what arrives is cut into equal shares, and each cell sums its own."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from pooltutor.binning import Bins
from pooltutor.figures.alternative import alternative, gradients_in_words, windows_in_words
from pooltutor.figures.arguments import check_axes, check_bins, check_theme, one_each
from pooltutor.figures.canvas import NARROWEST, Canvas, open_canvas
from pooltutor.figures.cells import draw_gradients, draw_upstreams
from pooltutor.figures.colours import gradient_fills, ink_on
from pooltutor.figures.heading import draw_rule
from pooltutor.figures.layout import Answer, Layout, Rows, lay_out, members
from pooltutor.figures.picture import Artists, Labelled, Picture
from pooltutor.figures.ruler import Cuts, draw_cuts, draw_ruler
from pooltutor.figures.text import fractions_of_influence, number_text
from pooltutor.laws import influence

TALLEST = 40  # px: the column of the cell that counts most
FINEST = 4  # px: where cells are narrower, a window is one box; its shares are all the same


@dataclass(frozen=True, repr=False)
class GradientPicture(Picture):
    """The gradient sent back, from the top: ``shares`` stand bar by bar, and ``bars`` are their outlines."""

    influence: Labelled
    gradients: Labelled
    cuts: Cuts
    shares: Labelled
    bars: Artists
    upstreams: Labelled


def gradient(b: Bins, ax: Axes | None = None, *, upstream: Any = None, theme: str = "either") -> GradientPicture:
    """Draw how average pooling sends a gradient back: ``grad_j = sum of g_i/L_i`` over the windows i of cell j.

    From the bottom: the gradient g that arrives, ``upstream`` of shape (m,) and 1, 2, ..., m by default; its
    shares ``g_i/L_i`` in the cells of each window; the gradient computed; and the influence of each cell, which
    is its column sum of P, or the gradient when every g_i is 1. For m > n each bar is a cell, and holds the
    shares that it gets. What is not as under PyTorch's rule has a red outline and a cross.

    >>> from pooltutor import bins
    >>> picture = gradient(bins(3, 2))
    >>> [text.get_text() for text in picture.shares.texts]
    ['1/2', '1/2', '2/2', '2/2']
    >>> [text.get_text() for text in picture.gradients.texts]
    ['0.5', '1.5', '1']

    Raises TypeError or ValueError with the argument, the accepted range and what came.
    Source: as :func:`pooltutor.gradient`.
    """
    check_bins(b, "gradient")
    check_axes(ax)
    check_theme(theme)
    arriving = one_each(upstream, range(1, len(b) + 1), "upstream")
    layout = lay_out(b, np.zeros(b.input_size), arriving, "avg", gradient=True, hidden=False)
    layout = layout._replace(rows=_rows(layout.shown, 0 if b.rule == "pytorch" else 50))
    canvas = open_canvas(b.input_size, layout.rows.bottom, ax, theme)
    draw_rule(canvas, b, 0, b.input_size)
    drawn: dict[str, Any] = {
        "influence": _draw_influence(canvas, layout),
        "gradients": draw_gradients(canvas, layout),
        "cuts": draw_cuts(canvas, layout),
        **_draw_shares(canvas, layout, layout.shown),
        "upstreams": draw_upstreams(canvas, layout),
    }
    draw_ruler(canvas, layout)
    _draw_direction(canvas, layout.rows)
    title = canvas.words["titles"]["gradient"].format(what=b.title)
    alt = alternative(title, windows_in_words(b), gradients_in_words(layout.shown.gradient))
    return GradientPicture(title, alt, canvas.ax, canvas.colours["ink_soft"], **drawn)


def _rows(answer: Answer, top: float) -> Rows:
    """Where the rows begin; the influence stands above the gradient, and both need no input row."""
    gradients = top + 14 + TALLEST + 40
    bars = gradients + 86
    upstreams = bars + answer.bars.strip + 12
    return Rows(gradients, gradients, gradients + 42, bars, upstreams, upstreams, upstreams, upstreams + 44)


def _draw_direction(canvas: Canvas, rows: Rows) -> None:
    """Backward at the right from the gradient that arrives to the one computed."""
    canvas.arrow(canvas.at(1004), rows.upstreams + 22, canvas.at(1004), rows.gradients + 4, "gradient", 22)
    canvas.text(canvas.at(990), rows.bars + 10, canvas.words["backward"], 13, "gradient", rotation=90)


# The rows -------------------------------------------------------------------------------------------------


def _draw_influence(canvas: Canvas, layout: Layout) -> Labelled:
    """One column for each cell, as high as its influence, and below it the number."""
    b, ground = layout.b, layout.rows.gradients - 36
    values, left = influence(b.input_size, len(b), b.rule), np.arange(b.input_size)
    height = TALLEST * values / values.max()
    canvas.label(ground - 12, "influence", "influence_sub", "gradient")
    colours = canvas.colours
    columns = canvas.boxes(left, left + 1, ground - height, height, colours["gradient"], colours["between"])
    canvas.ax.hlines(ground, 0, b.input_size, colors=colours["line"], linewidth=1.4 * canvas.pt)
    if canvas.narrowest(left, left + 1) < NARROWEST:  # exact fractions of many cells take time, and none would fit
        return Labelled(columns)
    fractions = [str(each) for each in fractions_of_influence(b)]
    return Labelled(columns, canvas.numbers(fractions, left, left + 1, ground + 14, 13, "ink"))


def _draw_shares(canvas: Canvas, layout: Layout, answer: Answer) -> dict[str, Any]:
    """All shares in their bars; a bar has the outline of its window, red if that is wrong."""
    b, bars, colours = layout.b, answer.bars, canvas.colours
    tops, height = bars.tops(layout.rows.bars)
    canvas.label(layout.rows.bars + bars.strip / 2 - 3, "shares", "collected" if layout.dual else "shares_sub")
    owner, left, right, window = _pieces(canvas, layout, answer)
    lengths = np.maximum(b.lengths[window], 1)
    values = layout.upstream[window] / lengths
    fills = gradient_fills(np.concatenate([values, answer.gradient]), colours)[: len(values)]  # one scale for both
    inks, texts = [ink_on(fill, colours) for fill in fills], _quotients(layout.upstream[window], lengths)
    marked = np.flatnonzero(answer.wrong[owner] & (np.diff(owner, prepend=-1) > 0))  # the first share of a wrong bar
    for k in marked:
        texts[k] = canvas.words["wrong"] + texts[k]
    boxes = canvas.boxes(left, right, tops[owner], height, fills, colours["between"], line=0.8)
    hues = [colours["wrong" if bad else "edge_odd" if k % 2 else "edge_even"] for k, bad in enumerate(answer.wrong)]
    style: dict[str, Any] = {"line": 3, "zorder": 2, "solid": "none"}
    outlines = canvas.boxes(bars.left, bars.right, tops, height, "none", hues, **style)
    numbers = canvas.numbers(texts, left, right, tops[owner] + height / 2, min(14, 0.5 * height), inks)
    return {"shares": Labelled(boxes, numbers), "bars": outlines}


def _pieces(canvas: Canvas, layout: Layout, answer: Answer) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """The bar, the left and right end, and the window of each share."""
    bars = answer.bars
    if canvas.ux > 1 / FINEST and not layout.dual:
        every = np.arange(len(bars.first))
        return every, bars.left, bars.right, every
    owner, item = members(bars.first, bars.last)
    edges = layout.b.cuts if layout.dual else np.arange(layout.b.input_size + 1)
    return owner, edges[item], edges[item + 1], item if layout.dual else owner


def _quotients(upstream: np.ndarray, lengths: np.ndarray) -> list[str]:
    """Shares as quotients that show what was divided, such as 2/4; as numbers if what arrives is not whole."""
    if not all(float(g).is_integer() for g in upstream):
        return [number_text(share, 3) for share in upstream / lengths]
    pairs = zip(map(number_text, upstream), lengths, strict=True)
    return [f"{g}/{length}" if g != "0" and length > 1 else g for g, length in pairs]
