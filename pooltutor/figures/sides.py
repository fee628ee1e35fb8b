"""Along two sides of a grid the windows of each axis: bars in lanes, exact cuts, and the lines that windows share."""

from typing import Any, NamedTuple

import numpy as np
from matplotlib.colors import to_rgba
from matplotlib.lines import Line2D

from pooltutor.binning import Bins, bins
from pooltutor.figures.ink import text_width
from pooltutor.figures.page import Page
from pooltutor.figures.picture import Artists
from pooltutor.figures.plan import Bars, bars_of
from pooltutor.figures.plane import Sheet, fitted

LANE, WIDEST = 26, 78  # px: one lane, and all of them together
GAP = 9  # px between the lanes and the grid
CLOSEST, CLOSE = 8, 20  # px: cuts closer than this are left out; closer than that they stop at the edge of a picture
NUMBERS, LETTERS = 64, 11  # px: the least room for the numbers of the rows' cuts and their name, and their height
OVER, HATCHABLE = 8, 14  # px: how far a cut sticks out beyond the grid; the narrowest row that is hatched

Boxes = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]


class Side(NamedTuple):
    """One axis on the page. ``at`` px is where its cell 0 begins, and ``unit`` px is how long a cell is.

    The rows stand upright: their lanes run down the page. ``lanes`` is where the lanes begin across, px.
    """

    b: Bins
    bars: Bars
    wrong: np.ndarray
    upright: bool
    at: float
    unit: float
    lanes: float
    strip: float

    @property
    def dual(self) -> bool:
        """Whether the bars are cells, which they are for m > n."""
        return self.b.target_size > self.b.input_size

    def along(self, cells: Any) -> Any:
        """The px of places that are counted in cells."""
        return self.at + np.asarray(cells) * self.unit

    def boxes(self, first: Any, last: Any, near: Any, far: Any) -> Boxes:
        """Left, right, top and height of boxes from ``first`` to ``last`` px along, ``near`` to ``far`` px across."""
        first, last, near, far = np.broadcast_arrays(*map(np.atleast_1d, (first, last, near, far)))
        return (near, far, first, last - first) if self.upright else (first, last, near, far - near)

    def of_bars(self, which: Any = slice(None)) -> Boxes:
        """Left, right, top and height of some bars."""
        pitch = self.strip / self.bars.lanes
        near = (self.lanes + np.arange(len(self.bars.first)) % self.bars.lanes * pitch)[which]
        ends = self.along(self.bars.left)[which], self.along(self.bars.right)[which]
        return self.boxes(*ends, near, near + pitch * 22 / LANE)


def strip_of(b: Bins, hidden: bool) -> float:
    """The px across that the lanes of an axis need; while they are hidden that must not tell how many there are."""
    return 2 * LANE if hidden else min(bars_of(b).lanes * LANE, WIDEST)


def side_of(b: Bins, sheet: Sheet, strip: float, *, upright: bool) -> Side:
    """Put the windows of one axis beside a grid: of the rows at its left, of the columns above it."""
    bars, true = bars_of(b), bars_of(bins(b.input_size, len(b)))
    wrong = (bars.first != true.first) | (bars.last != true.last)
    edges, across = (sheet.ys, sheet.xs) if upright else (sheet.xs, sheet.ys)
    unit = sheet.unit[not upright]
    return Side(b, bars, wrong, upright, float(edges[0]), unit, float(across[0]) - GAP - strip, strip)


# Bars -----------------------------------------------------------------------------------------------------


def draw_bars(page: Page, side: Side) -> tuple[Artists, Artists]:
    """The bars and their texts; a wrong one has a red outline and a cross."""
    bars, colours = side.bars, page.colours
    left, right, top, height = side.of_bars()
    fills = [colours["window_odd" if i % 2 else "window_even"] for i in range(len(bars.first))]
    edges = [colours["wrong"] if bad else "none" for bad in side.wrong]
    solid = [colours["wrong"] if bad else fill for bad, fill in zip(side.wrong, fills, strict=True)]
    fills = fills if height.min() >= 2 else solid  # too thin for an outline
    boxes = page.boxes(left, right, top, height, fills, edges, solid=solid, line=3.5, corner=5, zorder=3)
    marks = [page.words["wrong"] if bad else "" for bad in side.wrong]
    texts = [mark + f"{first}:{last}" for mark, first, last in zip(marks, bars.first, bars.last, strict=True)]
    room, thick = (height, (right - left).min()) if side.upright else (right - left, height.min())
    letters = fitted(texts, room, thick, 13)
    return boxes, () if letters is None else _write(page, side, letters.texts, letters.size)


def _write(page: Page, side: Side, texts: list[str], size: float) -> Artists:
    left, right, top, height = side.of_bars()
    low = 0.08 * size  # digits have no descenders
    x, y = (left + right) / 2 + low * side.upright, top + height / 2 + low * (not side.upright)
    style: dict[str, Any] = {"rotation": 90 * side.upright, "zorder": 3.5}
    return tuple(page.text(*place, size, "window_ink", **style) for place in zip(x, y, texts, strict=True))


def draw_veil(page: Page, side: Side) -> None:
    """What stands in place of the bars while they are hidden."""
    near, far = side.lanes, side.lanes + side.strip
    begin, end = side.along([0, side.b.input_size])
    veil = side.boxes(begin, end, near + 2, far - 2)
    page.boxes(*veil, page.colours["panel"], page.colours["line"], corner=6, linestyle="--", zorder=3)
    across, along = (near + far) / 2, (begin + end) / 2
    x, y = (across, along) if side.upright else (along, across)
    page.text(x, y, page.words["unknown"], 16, "ink_soft", zorder=3.5)


# Cuts -----------------------------------------------------------------------------------------------------


def draw_cuts(page: Page, side: Side, end: float, *, bright: bool) -> Artists:
    """Dashed lines from the lanes along the grid to ``end`` px, dark where they run inside cells, and their numbers.

    Cuts that are very close are not drawn, but for the first and the last. ``bright`` is for a picture: a light line
    stands below each, and where they are close only the first and the last run along it.
    """
    b, room = side.b, side.unit * side.b.input_size / len(side.b)
    begin, edge = side.lanes - 4, side.lanes + side.strip + GAP - 1
    shown = np.arange(0, len(b) + 1, 1 if room >= CLOSEST else len(b))
    style: dict[str, Any] = {"linewidth": min(1.3, 0.1 * room) * page.pt, "dashes": (2.5, 2.5), "zorder": 2}
    lines = []
    for i, place in zip(shown.tolist(), side.along(b.cuts[shown]), strict=True):
        stops = bright and room < CLOSE and 0 < i < len(b)
        ends = [begin, edge if stops else end + OVER], [place, place]
        if bright and not stops:
            below = {"color": page.colours["ground"], "linewidth": 2 * style["linewidth"], "alpha": 0.7, "zorder": 1.9}
            page.ax.add_artist(Line2D(*_turned(side, ends), **below))
        ink = page.colours["ink" if i * b.input_size % len(b) else "line"]
        lines.append(page.ax.add_artist(Line2D(*_turned(side, ends), color=ink, **style)))
    _number_cuts(page, side, begin, room)
    return tuple(lines)


def _turned(side: Side, ends: tuple[list[float], list[float]]) -> tuple[list[float], list[float]]:
    """Places across and along as x and y."""
    return ends if side.upright else (ends[1], ends[0])


def _number_cuts(page: Page, side: Side, begin: float, room: float) -> None:
    """The places of the cuts beside their lines, counted in cells; few where there is no room for all."""
    b = side.b
    needed = 15 if side.upright else _widest_cut(b) + 6
    step = next(s for s in (f * 10**k for k in range(3) for f in (1, 2, 5)) if s * room >= needed or s >= len(b))
    kept = [*(i for i in range(0, len(b), step) if (len(b) - i) * room >= needed), len(b)]
    style: dict[str, Any] = {"ha": "right"} if side.upright else {}
    for i in kept if b.input_size * side.unit >= needed else [len(b)]:
        place = float(side.along(b.cuts[i]))
        x, y = (begin - 4, place) if side.upright else (place, begin - 9)
        page.text(x, y, b.cut_text(i), LETTERS, "ink_soft", "normal", **style)


def _widest_cut(b: Bins) -> float:
    return LETTERS * max(text_width(b.cut_text(i)) for i in range(len(b) + 1))


def room_for_cuts(b: Bins) -> float:
    """The px at the left of the rows' lanes that the numbers of their cuts need, and the name beside them."""
    return max(NUMBERS, _widest_cut(b) + 26)


# What is shared -------------------------------------------------------------------------------------------


def draw_shared(page: Page, side: Side, sheet: Sheet, *, hatched: bool) -> Artists:
    """Rows (or columns) of ``sheet`` that are in several windows: hatched right across, or marked at its edge.

    For m > n these are rows (or columns) of the output that have several cells. Narrow ones are never hatched.
    """
    b = side.b
    marked = np.flatnonzero((b.lengths if side.dual else b.coverage) > 1)
    edges = sheet.ys if side.upright else sheet.xs
    left, right, top, bottom = sheet.ends
    near, far = (left, right) if side.upright else (top, bottom)
    if not len(marked):
        return ()
    if not hatched or edges[1] - edges[0] < HATCHABLE:
        boxes = side.boxes(edges[marked], edges[marked + 1], near - 6, near - 2)
        return page.boxes(*boxes, page.colours["ink"], "none", zorder=2.6)
    boxes = side.boxes(edges[marked], edges[marked + 1], near, far)
    style: dict[str, Any] = {"line": 0, "hatch": "//" if side.upright else "\\\\", "zorder": 1.5}
    return page.boxes(*boxes, "none", to_rgba(page.colours["line"], 0.7), **style)
