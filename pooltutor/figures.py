"""The picture of one size pair in matplotlib: what is printed, put on slides, and shown where no kernel runs.

An Axes goes in, artists come out by their meaning, and pyplot is never touched. x coordinates are input
coordinates: cell ``j`` spans ``j..j+1``, cut ``i`` stands at ``i*n/m``. y counts px downwards on a page that
is 1024 px wide; in an Axes of another size strokes and letters shrink or grow with it.

Output ``i`` owns the exact interval between its two cuts; its window is that interval rounded outwards to
whole cells. For m > n the picture is the dual one: each bar is a cell and spans the outputs that it feeds.
"""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.patches import BoxStyle, FancyArrowPatch, FancyBboxPatch, Rectangle
from matplotlib.textpath import text_to_path

from pooltutor import words
from pooltutor.binning import RULES, Bins, bins
from pooltutor.legend import THEMES
from pooltutor.pooling import gradient as input_gradient
from pooltutor.pooling import pool

LARGEST = 4096
"""Largest size that is drawn; a cell is then a fifth of a px wide."""

PAGE, LEFT, BODY = 1024, 206, 760  # px: the page, where cell 0 begins on it, all cells together
LANE, LANES = 34, 204  # px: one lane of windows, and at most all of them together
NARROWEST, SMALLEST = 28, 10  # px: the narrowest box that shows a number, the smallest letters
MANY = 128  # a row of more boxes than this is drawn as one collection
FONT = "DejaVu Sans"  # comes with matplotlib, and has the floor brackets and the cross

Artists = tuple[Any, ...]


@dataclass(frozen=True, repr=False)
class Picture:
    """The artists of one picture by meaning, each a tuple in reading order; what is left out is empty.

    A row of more than 128 boxes is a tuple of one PolyCollection. ``shared`` are the hatched patches, one for
    each shared cell (m > n: for each output of several cells), ``bars`` the windows (m > n: the cells),
    ``ghosts`` PyTorch's where the rule's are wrong; ``outlines`` and ``arrows`` belong to the current window.
    """

    title: str
    ax: Axes
    cells: Artists = ()
    cell_texts: Artists = ()
    shared: Artists = ()
    bars: Artists = ()
    bar_texts: Artists = ()
    ghosts: Artists = ()
    outputs: Artists = ()
    output_texts: Artists = ()
    upstreams: Artists = ()
    upstream_texts: Artists = ()
    gradients: Artists = ()
    gradient_texts: Artists = ()
    cuts: Artists = ()
    diamonds: Artists = ()
    outlines: Artists = ()
    arrows: Artists = ()

    @property
    def figure(self) -> Figure:
        """The figure that the picture is drawn in."""
        return self.ax.figure.figure

    def png(self, dpi: float = 160) -> bytes:
        """Return the whole figure as a PNG; a figure of its own is 10.24 inches wide."""
        file = io.BytesIO()
        self.figure.savefig(file, format="png", dpi=dpi, metadata={"Software": None})
        return file.getvalue()

    def _repr_png_(self) -> bytes:
        return self.png()

    def __repr__(self) -> str:
        return f"Picture({self.title})"


# What the picture says ------------------------------------------------------------------------------------


class _Bars(NamedTuple):
    """The bars between ruler and outputs, named ``first:last``: windows, or for m > n cells."""

    first: np.ndarray
    last: np.ndarray
    left: np.ndarray
    right: np.ndarray
    lanes: int

    @property
    def strip(self) -> float:
        """The height of all lanes together; many lanes get low."""
        return min(self.lanes * LANE, LANES)

    def tops(self, y: float) -> tuple[np.ndarray, float]:
        """The y of each bar where the first lane begins at y, and the height of a bar."""
        pitch = self.strip / self.lanes
        return y + np.arange(len(self.first)) % self.lanes * pitch, pitch * 28 / LANE


def _is_dual(b: Bins) -> bool:
    return b.target_size > b.input_size


def _bars(b: Bins) -> _Bars:
    # Bars i and i + lanes never overlap: a cell in both would be in all those between, lanes + 1 in number.
    if _is_dual(b):
        first, last = b.feeds
        return _Bars(first, last, b.cuts[first], b.cuts[last], max(2, int(b.lengths.max())))
    return _Bars(b.start, b.stop, b.start, b.stop, int(b.coverage.max()))


def _ghost_bars(true: _Bars, wrong: np.ndarray) -> _Bars:
    """PyTorch's bars where others are wrong; in one lane if no two of them overlap."""
    first, last, left, right = (column[wrong] for column in true[:4])
    return _Bars(first, last, left, right, 2 if (left[1:] < right[:-1]).any() else 1)


class _Answer(NamedTuple):
    """All that hidden=True keeps out of the figure."""

    bars: _Bars
    ghosts: _Bars
    wrong: np.ndarray
    y: np.ndarray
    gradient: np.ndarray


def _answer(b: Bins, x: np.ndarray, upstream: np.ndarray, kind: str) -> _Answer:
    bars, true = _bars(b), _bars(bins(b.input_size, b.target_size))
    wrong = (bars.first != true.first) | (bars.last != true.last)
    y = pool(x, b.target_size, kind=kind, rule=b.rule)
    computed = input_gradient(upstream, b.input_size, kind=kind, x=x, rule=b.rule)
    return _Answer(bars, _ghost_bars(true, wrong), wrong, y, computed)


def _number(value: Any, digits: int = 4) -> str:
    """A number in that many digits; integers below 100,000 in full; nan, inf and -inf by name."""
    v = float(value) + 0.0  # no -0
    if not np.isfinite(v) or (v.is_integer() and abs(v) < 1e5):
        return f"{v:.0f}"
    if 1e-3 <= abs(v) < 1e5:
        return f"{v:.{max(digits, len(str(int(abs(v)))))}g}"
    mantissa, exponent = f"{v:.2e}".split("e")
    return f"{float(mantissa):g}e{int(exponent)}"


# Colours --------------------------------------------------------------------------------------------------


def _luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)]
    return float(np.dot(linear, (0.2126, 0.7152, 0.0722)))


def _ink_on(fill: str, colours: dict[str, str]) -> str:
    """The dark or the light letters, whichever have the better contrast to the fill."""
    ground, dark, light = (_luminance(c) + 0.05 for c in (fill, colours["on_light"], colours["on_dark"]))
    return colours["on_light" if ground / dark > light / ground else "on_dark"]


def _gradient_fills(values: np.ndarray, colours: dict[str, str]) -> list[str]:
    """From low at 0 to high at the largest magnitude; negative ones to minus as soon as signs mix."""
    low, high, minus = (np.array(to_rgb(colours[f"gradient_{end}"])) for end in ("low", "high", "minus"))
    finite = values[np.isfinite(values)]
    largest, mixed = np.abs(finite).max(initial=0), finite.min(initial=0) < 0 < finite.max(initial=0)
    share = np.abs(values) / (largest or 1)
    blank = colours["unchecked_ground"]
    return [
        to_hex(low + t * ((minus if mixed and v < 0 else high) - low)) if np.isfinite(v) else blank
        for v, t in zip(values, share, strict=True)
    ]


# The page -------------------------------------------------------------------------------------------------


class _Rows(NamedTuple):
    """The y where each row begins, px from the top; of the ruler where its line is."""

    gradients: float
    cells: float
    ruler: float
    bars: float
    ghosts: float
    outputs: float
    upstreams: float
    bottom: float


def _rows(b: Bins, answer: _Answer | None, gradient: bool) -> _Rows:
    """Where the rows begin. While the answer is hidden the height must not tell the number of lanes."""
    top = 14 + (0 if b.rule == "pytorch" else 34 if answer is None else 58)
    cells = top + 49 * gradient
    bars = cells + 98
    ghosts = bars + 12 + (2 * LANE if answer is None or _tiles(b) else answer.bars.strip)
    outputs = ghosts + 4 + (answer.ghosts.strip + 10 if answer and answer.wrong.any() else 0)
    upstreams = outputs + 48 * gradient
    return _Rows(top, cells, cells + 56, bars, ghosts, outputs, upstreams, upstreams + (44 if gradient else 48))


def _tiles(b: Bins) -> bool:
    return b.rule == "pytorch" and b.input_size % b.target_size == 0


@cache
def _width(text: str) -> float:
    """Width of a text in units of its size, measured without drawing it."""
    font = FontProperties(family=FONT, weight="bold", size=100)
    return float(text_to_path.get_text_width_height_descent(text, font, False)[0]) / 100


def _each(value: Any, count: int) -> list[Any]:
    return value if isinstance(value, list) else [value] * count


@dataclass(frozen=True)
class _Page:
    """An Axes with its units: ``ux`` and ``uy`` are one px in data coordinates, ``pt`` is one px in points."""

    b: Bins
    rows: _Rows
    ax: Axes
    ux: float
    uy: float
    pt: float
    colours: dict[str, str]
    words: dict[str, Any]

    def at(self, px: float) -> float:
        """The x of a place that is counted in px from the left edge of the page."""
        return (px - LEFT) * self.b.input_size / BODY

    def text(self, x: float, y: float, text: str, size: float, ink: str, weight: str = "bold", **style: Any) -> Any:
        style = {"ha": "center", "va": "center", "family": FONT, "weight": weight, **style}
        return self.ax.text(x, y, text, size=size * self.pt, color=self.colours.get(ink, ink), **style)

    def label(self, y: float, name: str, sub: str, ink: str = "ink", **values: Any) -> None:
        """The name of a row at its left, and below it what more there is to say; both by their keys."""
        self.text(self.at(188), y - 9, self.words[name], 15, ink, ha="right")
        self.text(self.at(188), y + 9, self.words[sub].format(**values), 12, "ink_soft", "normal", ha="right")

    def numbers(self, values: Iterable[Any], left: Any, right: Any, y: Any, size: float, ink: Any) -> Artists:
        """One number (or text) in the middle of each box, or none at all where one of them would not fit."""
        room = (right - left) / self.ux
        if room.min(initial=np.inf) < NARROWEST:
            return ()
        for digits in (4, 3):
            texts = [v if isinstance(v, str) else _number(v, digits) for v in values]
            fits = min([size, *((px - 8) / _width(text) for px, text in zip(room, texts, strict=True))])
            if fits >= SMALLEST:
                y = np.broadcast_to(y + 0.08 * fits * self.uy, room.shape)  # digits have no descenders
                places = zip((left + right) / 2, y, texts, strict=True)
                return tuple(self.text(*at, fits, i) for at, i in zip(places, _each(ink, len(texts)), strict=True))
        return ()

    def boxes(
        self,
        left: Any,
        right: Any,
        y: Any,
        height: float,
        fill: Any,
        edge: Any,
        *,
        solid: Any = None,
        line: float = 1.2,
        thinnest: float = 0,
        corner: float = 0,
        inset: float = 1,
        **style: Any,
    ) -> Artists:
        """A row of boxes; strokes get thin where boxes are narrow, and below 2 px there is only ``solid`` colour.

        Boxes with round corners are drawn ``inset`` px inside, though their x and width stay exact.
        """
        count, narrowest = len(left), ((right - left) / self.ux).min(initial=np.inf)
        style["linewidth"] = self.pt * min(line, max(thinnest, min(0.12 * narrowest, 0.15 * height)))
        y, fill, edge = np.broadcast_to(y, count), _each(fill, count), _each(edge, count)
        if count > MANY:
            corners = np.array([[left, y], [right, y], [right, y + height], [left, y + height]]).transpose(2, 0, 1)
            style |= {"edgecolors": edge, "facecolors": fill} if narrowest >= 2 else {"facecolors": solid or fill}
            return (self.ax.add_collection(PolyCollection(list(corners), antialiased=False, **style), autolim=False),)
        patch: Any = Rectangle
        if corner:
            corner, inset = min(corner, 0.2 * narrowest, 0.3 * height), min(inset, 0.1 * narrowest, 0.1 * height)
            patch = FancyBboxPatch
            style["boxstyle"] = BoxStyle.Round(pad=-inset * self.ux, rounding_size=corner * self.ux)
            style["mutation_aspect"] = self.uy / self.ux
        places = zip(left, right - left, y, fill, edge, strict=True)
        boxes = (patch((x, top), w, height, facecolor=f, edgecolor=e, **style) for x, w, top, f, e in places)
        return tuple(self.ax.add_artist(box) for box in boxes)  # add_patch would also measure every box

    def arrow(self, x: float, y: float, to_x: float, to_y: float, ink: str, tip: float) -> Any:
        style: dict[str, Any] = {"arrowstyle": "-|>", "shrinkA": 0, "shrinkB": 0, "color": self.colours[ink]}
        style |= {"mutation_scale": tip * self.pt, "linewidth": 2.2 * self.pt, "zorder": 3.5}
        return self.ax.add_artist(FancyArrowPatch((x, y), (to_x, to_y), **style))


def _page(b: Bins, rows: _Rows, ax: Axes | None, theme: str) -> _Page:
    colours, cell = THEMES[theme], b.input_size / BODY
    if ax is None:
        figure = Figure(figsize=(PAGE / 100, rows.bottom / 100), facecolor=colours["ground"])
        ax = figure.add_axes((0, 0, 1, 1))
    ax.set(xlim=(-LEFT * cell, (PAGE - LEFT) * cell), ylim=(rows.bottom, 0), xticks=(), yticks=())
    ax.set(facecolor=colours["ground"], aspect="auto")
    ax.spines[:].set_visible(False)
    across, down = (100 * px / ax.figure.dpi for px in (ax.bbox.width / PAGE, ax.bbox.height / rows.bottom))
    scale = min(across, down)
    return _Page(b, rows, ax, cell * scale / across, scale / down, 0.72 * scale, colours, words.load()["figure"])


# The rows: each draws itself and returns its artists by their names in Picture ----------------------------


def _gradients(page: _Page, computed: np.ndarray | None) -> dict[str, Artists]:
    """The computed gradient; None is hidden."""
    y, n, left = page.rows.gradients, page.b.input_size, np.arange(page.b.input_size)
    page.label(y + 15, "gradient", "gradient_sub", "gradient")
    fills = [page.colours["panel"]] * n if computed is None else _gradient_fills(computed, page.colours)
    values = [page.words["unknown"]] * n if computed is None else computed
    boxes = page.boxes(left, left + 1, y, 30, fills, page.colours["ground"])
    inks = [_ink_on(fill, page.colours) for fill in fills]
    return {"gradients": boxes, "gradient_texts": page.numbers(values, left, left + 1, y + 15, 14, inks)}


def _cells(page: _Page, x: np.ndarray) -> dict[str, Artists]:
    y, left = page.rows.cells, np.arange(page.b.input_size)
    page.label(y + 23, "input", "input_sub", n=len(x))
    boxes = page.boxes(left, left + 1, y, 47, page.colours["input"], page.colours["ground"])
    return {"cells": boxes, "cell_texts": page.numbers(x, left, left + 1, y + 19, 17, "input_ink")}


def _ruler(page: _Page) -> None:
    """Numbers on the lines between cells; few where cells are narrow."""
    y, n = page.rows.ruler, page.b.input_size
    gap = max(NARROWEST, 12 * _width(str(n)) + 12) * page.ux
    step = next(s for s in (f * 10**k for k in range(5) for f in (1, 2, 5)) if s >= gap)
    lines = [*(line for line in range(0, n, step) if n - line >= gap), n]
    ticks = range(n + 1) if page.ux <= 1 / 4 else lines
    page.ax.hlines(y, 0, n, colors=page.colours["line"], linewidth=1.4 * page.pt)
    page.ax.vlines(ticks, y, y + 6, colors=page.colours["line"], linewidth=page.pt)
    for line in lines:
        page.text(line, y + 16, str(line), 12, "ink_soft", "normal")


def _cuts(page: _Page) -> dict[str, Artists]:
    """A diamond on the ruler and a dashed line at each cut, dark where it falls inside a cell."""
    b, y, room = page.b, page.rows.ruler, page.b.input_size / len(page.b) / page.ux
    shown = np.arange(0, len(b) + 1, 1 if room >= 4 else len(b))  # closer than 4 px they would be a grey wall
    style: dict[str, Any] = {"linewidth": min(1.2, 0.1 * room) * page.pt, "dashes": (2.5, 2.5), "zorder": 0.9}
    style |= {"ydata": [y + 25, page.rows.bottom - 8], "color": page.colours["line"]}
    cuts = [page.ax.add_artist(Line2D([x, x], **style)) for x in b.cuts[shown]]
    inks = [page.colours["ink" if i * b.input_size % len(b) else "line"] for i in shown.tolist()]
    style = {"marker": "D", "markersize": min(6.5, 0.45 * room) * page.pt, "zorder": 4}
    places = zip(b.cuts[shown], inks, strict=True)
    diamonds = [page.ax.add_artist(Line2D([x], [y], color=ink, **style)) for x, ink in places]
    return {"cuts": tuple(cuts), "diamonds": tuple(diamonds)}


def _outputs(page: _Page, y: np.ndarray | None, kind: str) -> dict[str, Artists]:
    """Outputs at their exact intervals; None is hidden. That of an empty window has no colour."""
    b, top, say, colours = page.b, page.rows.outputs, page.words, page.colours
    page.label(top + 17, "output", kind, m=len(b))
    empty = np.zeros(len(b), bool) if y is None else b.lengths == 0
    shown = [say["unknown"]] * len(b) if y is None else y.tolist()
    values = [say["empty"] if none else v for v, none in zip(shown, empty, strict=True)]
    fills = [colours["panel" if none else "output"] for none in empty]
    left, right, middle = b.cuts[:-1], b.cuts[1:], top + 17 - (0 if y is None else 5 * _is_dual(b))
    boxes = page.boxes(left, right, top, 34, fills, colours["output_edge"], corner=5, inset=1.5)
    return {"outputs": boxes, "output_texts": page.numbers(values, left, right, middle, 16, "output_ink")}


def _upstreams(page: _Page, arriving: np.ndarray) -> dict[str, Artists]:
    y, left, right = page.rows.upstreams, page.b.cuts[:-1], page.b.cuts[1:]
    page.label(y + 15, "upstream", "upstream_sub", "gradient")
    hue, ground = page.colours["gradient"], page.colours["ground"]
    boxes = page.boxes(left, right, y, 30, ground, hue, solid=hue, line=1.4, corner=5, inset=1.5)
    return {"upstreams": boxes, "upstream_texts": page.numbers(arriving, left, right, y + 15, 15, "gradient")}


# The answer -----------------------------------------------------------------------------------------------


def _veil(page: _Page) -> dict[str, Artists]:
    """What stands in place of the windows while they are hidden."""
    y, n = page.rows.bars, np.array([page.b.input_size])
    page.label(y + 31, "windows", "prediction")
    page.boxes(0 * n, n, y, 62, page.colours["panel"], page.colours["line"], corner=8, linestyle="--")
    page.text(n[0] / 2, y + 31, page.words["hidden"], 16, "ink_soft", "normal")
    return {}


def _shared(page: _Page) -> dict[str, Artists]:
    """Cells in several windows, for m > n outputs of several cells: hatched in both hues, dark if narrow."""
    b, rows, colours = page.b, page.rows, page.colours
    marked = np.flatnonzero((b.lengths if _is_dual(b) else b.coverage) > 1)
    left, right = (b.cuts[marked], b.cuts[marked + 1]) if _is_dual(b) else (marked, marked + 1)
    y, height = (rows.outputs + 23, 9) if _is_dual(b) else (rows.cells + 34, 12)
    if ((right - left) / page.ux).min(initial=np.inf) < 20:
        return {"shared": page.boxes(left, right, y, height, colours["ink_soft"], colours["input"])}
    style: dict[str, Any] = {"line": 0, "corner": 1, "inset": 2.5}
    page.boxes(left, right, y, height, colours["ground"], colours["edge_odd"], hatch="\\" * 3, **style)
    return {"shared": page.boxes(left, right, y, height, "none", colours["edge_even"], hatch="/" * 3, **style)}


def _bars_row(page: _Page, answer: _Answer) -> dict[str, Artists]:
    """Windows in lanes, for m > n cells; a wrong one has a red outline and a cross."""
    bars, wrong = answer.bars, answer.wrong
    (tops, height), say, colours = bars.tops(page.rows.bars), page.words, page.colours
    names = ("fed", "feeds") if _is_dual(page.b) else ("windows", "rounded" if page.b.rule == "pytorch" else "by_rule")
    page.label(page.rows.bars + bars.strip / 2 - 3, *names)
    fills = [colours["window_odd" if i % 2 else "window_even"] for i in range(len(wrong))]
    edges = [colours["wrong"] if bad else "none" for bad in wrong]
    solid = [colours["wrong"] if bad else fill for bad, fill in zip(wrong, fills, strict=True)]
    boxes = page.boxes(bars.left, bars.right, tops, height, fills, edges, solid=solid, line=3.5, corner=6)
    marks = [say["wrong"] if bad else "" for bad in wrong]
    texts = [mark + f"{first}:{last}" for mark, first, last in zip(marks, bars.first, bars.last, strict=True)]
    sized = bars.left, bars.right, tops + height / 2, min(15, 0.7 * height)
    if _tiles(page.b):
        clear = {"facecolor": colours["ground"], "edgecolor": "none", "pad": 2}  # no cut runs through the words
        page.text(page.b.input_size / 2, page.rows.bars + 48, say["tile"], 14, "ink_soft", "normal", bbox=clear)
    return {"bars": boxes, "bar_texts": page.numbers(texts, *sized, "window_ink")}


def _ghosts(page: _Page, ghosts: _Bars) -> dict[str, Artists]:
    """PyTorch's bars in place of the wrong ones, dashed, in a strip of their own."""
    if not len(ghosts.first):
        return {}
    tops, height = ghosts.tops(page.rows.ghosts)
    page.label(page.rows.ghosts + ghosts.strip / 2 - 3, "pytorch", "ghosts")
    style: dict[str, Any] = {"line": 1.6, "corner": 6, "linestyle": (0, (3, 2)), "solid": page.colours["ink_soft"]}
    ends, colours = (ghosts.left, ghosts.right), page.colours
    texts = [f"{first}:{last}" for first, last in zip(ghosts.first, ghosts.last, strict=True)]
    page.numbers(texts, *ends, tops + height / 2, min(14, 0.7 * height), "ink_soft")
    return {"ghosts": page.boxes(*ends, tops, height, colours["ground"], colours["ink_soft"], **style)}


def _title(page: _Page, answer: _Answer | None) -> None:
    """The name of a rule other than PyTorch's; unless hidden, its formula and how many windows differ."""
    b, say, rule = page.b, page.words, RULES[page.b.rule]
    if b.rule == "pytorch":
        return
    page.text(0, 22, say["rule"].format(title=rule.title), 16, "ink", ha="left")
    if answer:
        true = bins(b.input_size, b.target_size)
        count = int(((b.start != true.start) | (b.stop != true.stop)).sum())
        said, ink = ("differs", "disagrees_ink") if count else ("same", "ink_soft")
        page.text(b.input_size, 22, say[said].format(count=count, n=b.input_size, m=len(b)), 14, ink, ha="right")
        page.text(0, 46, rule.formula, 14, "ink_soft", "normal", ha="left")


# The current window and the directions --------------------------------------------------------------------


def _outline(page: _Page, left: Any, right: Any, y: Any, height: float, ink: str) -> Artists:
    # Outside the box, so that the red of a wrong window stays visible.
    style: dict[str, Any] = {"line": 3, "thinnest": 1.6, "corner": 6, "inset": -1.5, "zorder": 3}
    return page.boxes(np.atleast_1d(left), np.atleast_1d(right), y, height, "none", page.colours[ink], **style)


def _current(page: _Page, i: int, bars: _Bars | None) -> dict[str, Artists]:
    """Outlines of window i, its cells and its output, and how its cuts are rounded; hidden: of the output only."""
    b, rows, (start, stop) = page.b, page.rows, page.b[i]
    hue = "focus" if _is_dual(b) else "edge_odd" if i % 2 else "edge_even"
    output = _outline(page, b.cuts[i], b.cuts[i + 1], rows.outputs, 34, hue)
    if bars is None or start == stop:
        return {"outlines": output}
    mine = np.arange(start, stop) if _is_dual(b) else np.array([i])
    tops, height = bars.tops(rows.bars)
    window = _outline(page, bars.left[mine], bars.right[mine], tops[mine], height, "focus")
    outlines = _outline(page, start, stop, rows.cells, 47, hue) + window + output
    return {"outlines": outlines, "arrows": _rounding(page, i) if b.rule == "pytorch" else ()}


def _rounding(page: _Page, i: int) -> Artists:
    """Arrows from the cuts of window i outwards to the lines that they are rounded to."""
    y, arrows = page.rows.ruler, []
    for cut, line in zip(page.b.cuts[i : i + 2], page.b[i], strict=True):
        if cut != line:
            arrows.append(page.arrow(cut, y, line, y, "ink", np.clip(abs(cut - line) / page.ux, 6, 18)))
    return tuple(arrows)


def _directions(page: _Page, gradient: bool) -> None:
    """Forward at the left from input to output, backward at the right from one gradient to the other."""
    rows, middle = page.rows, (page.rows.cells + page.rows.outputs + 40) / 2
    page.arrow(page.at(12), rows.cells + 12, page.at(12), rows.outputs + 32, "ink", 22)
    page.text(page.at(27), middle, page.words["forward"], 13, "ink", rotation=90)
    if gradient:
        page.arrow(page.at(1011), rows.upstreams + 22, page.at(1011), rows.gradients + 4, "gradient", 22)
        page.text(page.at(997), middle, page.words["backward"], 13, "gradient", rotation=90)


# Public ---------------------------------------------------------------------------------------------------


def _check(b: Any, window: Any, theme: Any) -> None:
    if not isinstance(b, Bins):
        raise TypeError(f"b must be bins, as bins(14, 4) makes them, got {b!r}")
    if max(b.input_size, b.target_size) > LARGEST:
        raise ValueError(f"windows draws sizes up to {LARGEST}, got {b.input_size} -> {b.target_size}")
    whole = isinstance(window, (int, np.integer)) and not isinstance(window, bool)
    if window is not None and not (whole and 0 <= window < len(b)):
        raise ValueError(f"window must be None or an integer from 0 to {len(b) - 1}, got {window!r}")
    if theme not in THEMES:
        raise ValueError(f"theme must be one of {', '.join(THEMES)}, got {theme!r}")


def _values(values: Any, default: range, name: str) -> np.ndarray:
    array = np.asarray(default if values is None else values)
    if array.shape != (len(default),):
        raise ValueError(f"{name} must have shape ({len(default)},), got {array.shape}")
    return array


def windows(
    b: Bins,
    ax: Axes | None = None,
    *,
    x: Any = None,
    upstream: Any = None,
    kind: str = "avg",
    gradient: bool = True,
    hidden: bool = False,
    window: int | None = None,
    theme: str = "light",
) -> Picture:
    """Draw input, cuts, windows, outputs and both gradients of one size pair, into ``ax`` or a figure of its own.

    ``x`` has shape (n,) and is 0, 1, 2, ... by default, ``upstream`` has shape (m,) and is 1, 2, ..., m;
    ``gradient=False`` leaves out both gradient rows. ``hidden=True`` puts question marks in place of windows,
    outputs and gradient: nothing in the figure gives them away. ``window`` outlines one window, its cells and
    its output; for PyTorch's rule arrows show how its cuts are rounded. Where another rule is wrong, its
    windows get red outlines, and PyTorch's stand below.

    >>> picture = windows(bins(14, 4))
    >>> picture
    Picture(14 → 4, rule PyTorch)
    >>> [text.get_text() for text in picture.bar_texts]
    ['0:4', '3:7', '7:11', '10:14']

    Raises TypeError or ValueError with the argument, the accepted range and what came.
    """
    _check(b, window, theme)
    cells, arriving = _values(x, range(b.input_size), "x"), _values(upstream, range(1, len(b) + 1), "upstream")
    found = _answer(b, cells, arriving, kind)  # also while hidden, so that bad arguments are refused
    answer = None if hidden else found
    page = _page(b, _rows(b, answer, gradient), ax, theme)
    drawn = _cells(page, cells) | _cuts(page) | _outputs(page, answer and answer.y, kind)
    drawn |= _bars_row(page, answer) | _shared(page) | _ghosts(page, answer.ghosts) if answer else _veil(page)
    if gradient:
        drawn |= _gradients(page, answer and answer.gradient) | _upstreams(page, arriving)
    if window is not None:
        drawn |= _current(page, int(window), answer and answer.bars)
    _ruler(page)
    _title(page, answer)
    _directions(page, gradient)
    return Picture(f"{b.input_size} → {len(b)}, rule {RULES[b.rule].title}", page.ax, **drawn)


def readme_picture(theme: str = "light") -> Picture:
    """Return the picture in the README: 14 -> 4 with window 1. ``docs/`` holds its PNG for both themes."""
    return windows(bins(14, 4), window=1, theme=theme)
