"""Pooling in two dimensions: the input with the windows of its rows and of its columns, and the output beside it."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from pooltutor.arrays import real_array
from pooltutor.binning import Bins, bins, require_bins
from pooltutor.figures.alternative import (
    alternative,
    axes_in_words,
    hidden_windows,
    planes_in_words,
    shown_in_words,
)
from pooltutor.figures.arguments import check_axes, check_flag, check_theme
from pooltutor.figures.canvas import WIDTH
from pooltutor.figures.grid_bars import AxisParts, draw_axes
from pooltutor.figures.grid_cells import draw_captions, draw_input, draw_output
from pooltutor.figures.grid_layout import MARGIN, GridLayout, lay_out_grid
from pooltutor.figures.grid_values import Scene
from pooltutor.figures.grid_window import draw_window, say_window
from pooltutor.figures.heading import GAP
from pooltutor.figures.picture import NOTHING, Artists, Labelled, Picture
from pooltutor.figures.text import shortened
from pooltutor.kinds import KINDS
from pooltutor.legend import GRID_COLOURS
from pooltutor.pooling import check_kind
from pooltutor.quoting import quoted
from pooltutor.rules import check_rule
from pooltutor.validation import check_name, check_window
from pooltutor.words import say

LARGEST = 256  # rows or columns: one is then 1.6 px
LINE = 25  # px: one line of the words above the grids


@dataclass(frozen=True, repr=False)
class GridPicture(Picture):
    """Pooling in two dimensions; what is left out is empty.

    ``rows`` and ``columns`` stand along the input; ``winners`` is one collection. ``outlines`` are those of the
    current output, its window, its exact rectangle and its bars; ``headline`` says it in words.
    """

    cells: Labelled
    outputs: Labelled
    rows: AxisParts
    columns: AxisParts
    winners: Artists = ()
    swatches: Labelled = NOTHING
    outlines: Artists = ()
    headline: Artists = ()


def grid(
    rows: Bins,
    columns: Bins,
    ax: Axes | None = None,
    *,
    x: Any = None,
    upstream: Any = None,
    kind: str = "avg",
    colour: str = "values",
    hidden: bool = False,
    window: tuple[int, int] | None = None,
    theme: str = "either",
) -> GridPicture:
    """Draw pooling in two dimensions: window (r, c) is window r of the rows times window c of the columns.

    ``rows`` and ``columns`` are bins of one rule, sizes up to 256. ``x`` has shape (H, W), or (H, W, 3) with
    channels from 0 to 255, and counts 0, 1, 2, ... in reading order by default. Outputs stand at their exact
    rectangles in a grid as large as the input's; dashed lines are the exact cuts. Rows in several windows are
    hatched one way, columns the other way (m > n: those of the output that have several cells). Large grids and
    pictures are pixels, the brighter the larger, and what is shared has a mark at the edge.

    ``colour`` says what the input shows: "values"; "overlaps", in how many windows each cell is; "influence",
    how much it counts in the sum of all outputs; or "gradient", dL/dx for ``upstream``, which has shape
    (m_h, m_w), is all ones by default, and then stands in the outputs.

    ``kind="max"`` marks the cells that win, if x has one channel; it needs that for influence and gradient.
    ``window=(r, c)`` outlines one output, its window (solid) and its exact rectangle (dashed). ``hidden=True``
    keeps all that the windows decide out of the figure.

    >>> from pooltutor import bins
    >>> picture = grid(bins(6, 4), bins(8, 3), window=(1, 1))
    >>> picture
    Picture((6, 8) → (4, 3), rule PyTorch)
    >>> [text.get_text() for text in picture.columns.bars.texts]
    ['0:3', '2:6', '5:8']
    >>> picture.headline[0].get_text()
    'output (1, 1): rows 1:3 × columns 2:6, 2 × 4 = 8 cells, y = 15.5'

    Raises TypeError or ValueError with the argument, the accepted range and what came.
    Source: two axes, one after the other, as :func:`pooltutor.pool`.
    """
    scene = _scene(rows, columns, x, upstream, kind, colour)
    current = None if window is None else _pair(window, scene.targets)
    check_axes(ax)
    check_theme(theme)
    hidden = check_flag(hidden, "hidden")
    lines = 1 + (hidden or scene.rows.rule != "pytorch") + (not hidden and current is not None)
    layout = lay_out_grid(scene, 16 + lines * LINE, hidden, ax, theme)
    drawn = draw_input(layout) | {"outputs": draw_output(layout)} | draw_axes(layout)
    draw_captions(layout)
    if current is not None:
        drawn["outlines"] = draw_window(layout, *current)
    _draw_head(layout)
    if current is not None and not hidden:
        drawn["headline"] = (say_window(layout, *current, y=4 + lines * LINE),)
    canvas = layout.canvas
    return GridPicture(_title(scene), _in_words(layout), canvas.ax, canvas.colours["ink_soft"], **drawn)


def _in_words(layout: GridLayout) -> str:
    scene = layout.scene
    if layout.hidden:
        return alternative(_title(scene), hidden_windows())
    shown = shown_in_words(scene.colour, layout.values)
    return alternative(_title(scene), axes_in_words(scene.rows, scene.columns), planes_in_words(layout.y), shown)


# What is accepted -----------------------------------------------------------------------------------------


def _scene(rows: Any, columns: Any, x: Any, upstream: Any, kind: Any, colour: Any) -> Scene:
    """The numbers of the picture, or one sentence that says what is wrong with them."""
    for name, b in (("rows", rows), ("columns", columns)):
        require_bins(b, name, "bins(6, 4)")
        if max(b.input_size, len(b)) > LARGEST:
            came = f"{name} {b.input_size} -> {len(b)}"
            raise ValueError(say("errors.figure.sizes", drawer="grid", most=LARGEST, came=came))
    if rows.rule != columns.rule:
        raise ValueError(say("errors.figure.rules", rows=rows.rule, columns=columns.rule))
    check_name(colour, GRID_COLOURS, "colour")
    sizes, targets = (rows.input_size, columns.input_size), (len(rows), len(columns))
    cells = np.arange(sizes[0] * sizes[1]).reshape(sizes) if x is None else real_array(x, "x")
    # Each channel has winners of its own, and with them an influence and a gradient.
    single = KINDS[check_kind(kind)].has_winners and colour in ("influence", "gradient")
    if single and cells.shape != sizes:
        raise ValueError(say("errors.figure.one_channel", shape=sizes, colour=repr(colour), came=cells.shape))
    if cells.shape not in (sizes, (*sizes, 3)):
        shapes = say("errors.or").join(map(str, (sizes, (*sizes, 3))))
        raise ValueError(say("errors.shape", name="x", shapes=shapes, came=cells.shape))
    arriving = np.ones(targets) if upstream is None else real_array(upstream, "upstream")
    if arriving.shape != targets:
        raise ValueError(say("errors.shape", name="upstream", shapes=targets, came=arriving.shape))
    return Scene(rows, columns, cells, arriving, kind, colour)


def _pair(window: Any, targets: tuple[int, int]) -> tuple[int, int]:
    """A row and a column of the output, or one sentence that says which there are."""
    try:
        row, column = (check_window(one, size) for one, size in zip(window, targets, strict=True))
    except (TypeError, ValueError) as error:
        last = f"({targets[0] - 1}, {targets[1] - 1})"
        raise type(error)(say("errors.figure.window", last=last, came=quoted(window))) from None
    return row, column


# The words above the grids --------------------------------------------------------------------------------


def _title(scene: Scene) -> str:
    rule = check_rule(scene.rows.rule).title
    return say("common.sizes_and_rule", n=scene.sizes, m=scene.targets, rule=rule)


def _sizes(scene: Scene) -> str:
    return f"{scene.sizes} → {scene.targets}"


def _draw_head(layout: GridLayout) -> None:
    """The sizes; of a rule other than PyTorch's its name, its formula and how many windows differ."""
    canvas, scene, say = layout.canvas, layout.scene, layout.canvas.words
    rule, left, right = check_rule(scene.rows.rule), MARGIN + 10, WIDTH - MARGIN - 10
    named = "" if rule.name == "pytorch" else "    " + say["rule"].format(title=rule.title)
    canvas.text(left, 4 + LINE, _sizes(scene) + named, 17, "ink", room=(right - left) / (2 if named else 1), ha="left")
    if layout.hidden:
        canvas.text(left, 4 + 2 * LINE, say["hidden"], 14, "ink_soft", "normal", right - left, ha="left")
    elif named:
        formula = shortened(rule.formula, 14, "normal", right - left)
        canvas.text(left, 4 + 2 * LINE, formula, 14, "ink_soft", "normal", ha="left")
        text, ink = say["same"].format(n=scene.sizes, m=scene.targets), "ink_soft"
        if count := _wrong_windows(scene):
            text, ink = say["differs"].format(count=count, m=len(scene.rows) * len(scene.columns)), "disagrees_ink"
        canvas.text(right, 4 + LINE, text, 14, ink, room=(right - left) / 2 - GAP, ha="right")


def _wrong_windows(scene: Scene) -> int:
    """How many windows are not PyTorch's, in their rows or in their columns."""
    right = []
    for b in (scene.rows, scene.columns):
        true = bins(b.input_size, len(b))
        right.append(int(((b.start == true.start) & (b.stop == true.stop)).sum()))
    return len(scene.rows) * len(scene.columns) - right[0] * right[1]
