"""The canvas: an Axes that counts in px, and what is drawn on it: texts, labels, numbers, boxes, arrows, swatches.

x coordinates are those of the data. y counts px downwards on a canvas that is 1024 px wide; in an Axes of another
size strokes and letters shrink or grow with it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure
from matplotlib.patches import BoxStyle, FancyArrowPatch, FancyBboxPatch, Rectangle

from pooltutor import words
from pooltutor.figures.picture import Artists, Labelled
from pooltutor.figures.text import FONT, SMALLEST, fitting, number_text, text_width
from pooltutor.legend import still_colours

WIDTH, LEFT, BODY = 1024, 206, 760  # px: the canvas, where x = 0 is on it, and how wide all data together are
NARROWEST = 28  # px: the narrowest box that shows a number
LOWER = 4  # px: how far two lines stand from where one would
BESIDE, FREE = 18, 26  # px: from the names of rows to the data, and what an arrow at the left edge takes
MANY = 128  # a row of more boxes than this is drawn as one collection


@dataclass(frozen=True)
class Canvas:
    """An Axes with its units: ``ux`` and ``uy`` are one px in data coordinates, ``pt`` is one px in points.

    The data span ``0..across`` in x, which are ``body`` px that begin ``left`` px from the left edge. ``colours``
    and ``words`` are those of the legend and of figures, by key.
    """

    ax: Axes
    across: int
    left: float
    body: float
    ux: float
    uy: float
    pt: float
    colours: dict[str, str]
    words: dict[str, Any]

    def at(self, px: float) -> float:
        """The x of a place that is counted in px from the left edge of the canvas."""
        return (px - self.left) * self.across / self.body

    def narrowest(self, left: Any, right: Any) -> float:
        """The px that the narrowest of some boxes is wide; without boxes infinite."""
        return float(((right - left) / self.ux).min(initial=np.inf))

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        ink: str,
        weight: str = "bold",
        room: float | None = None,
        **style: Any,
    ) -> Any:
        """A text around (x, y), ``size`` px high, made to fit if there is ``room`` for so many px; ink: see colours."""
        if room is not None:
            text, size = fitting(text, size, weight, room)
        style = {"ha": "center", "va": "center", "family": FONT, "weight": weight, "parse_math": False, **style}
        return self.ax.text(x, y, text, size=size * self.pt, color=self.colours.get(ink, ink), **style)

    def label(self, y: float, name: str, sub: str, ink: str = "ink", **values: Any) -> None:
        """The name of a row at its left, and below it what more there is to say; both by their keys."""
        style: dict[str, Any] = {"ha": "right", "room": self.left - BESIDE - FREE}
        self.two_lines(self.at(self.left - BESIDE), y, self.words[name], self.words[sub].format(**values), ink, **style)

    def two_lines(self, x: float, y: float, name: str, sub: str, ink: str, **style: Any) -> None:
        """A name above the middle, and below it, smaller, what more there is to say; more lines take more room."""
        above = self.text(x, y - 9, name, 15, ink, **style)
        below = self.text(x, y + 9, sub, 12, "ink_soft", "normal", **style)
        above.set_y(y - 9 - LOWER * above.get_text().count("\n"))
        below.set_y(y + 9 + LOWER * below.get_text().count("\n"))

    def numbers(self, values: Iterable[Any], left: Any, right: Any, y: Any, size: float, ink: Any) -> Artists:
        """One number (or text) in the middle of each box, or none at all where one of them would not fit."""
        room = (right - left) / self.ux
        if self.narrowest(left, right) < NARROWEST:
            return ()
        for digits in (4, 3):
            texts = [v if isinstance(v, str) else number_text(v, digits) for v in values]
            fits = min([size, *((px - 8) / text_width(text) for px, text in zip(room, texts, strict=True))])
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
        height: Any,
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
        count, narrowest, low = len(left), self.narrowest(left, right), float(np.min(height))
        style["linewidth"] = self.pt * min(line, max(thinnest, min(0.12 * narrowest, 0.15 * low)))
        y, height = np.broadcast_to(y, count), np.broadcast_to(height, count)
        fill, edge = _each(fill, count), _each(edge, count)
        if count > MANY:
            style |= {"edgecolors": edge, "facecolors": fill} if narrowest >= 2 else {"facecolors": solid or fill}
            return (self._one_collection(left, right, y, height, style),)
        patch: Any = Rectangle
        if corner:
            patch = FancyBboxPatch
            style |= self._round(min(corner, 0.2 * narrowest, 0.3 * low), min(inset, 0.1 * narrowest, 0.1 * low))
        places = zip(left, right - left, y, height, fill, edge, strict=True)
        boxes = (patch((x, top), w, h, facecolor=f, edgecolor=e, **style) for x, w, top, h, f, e in places)
        return tuple(self.ax.add_artist(box) for box in boxes)  # add_patch would also measure every box

    def _one_collection(self, left: Any, right: Any, y: Any, height: Any, style: dict[str, Any]) -> Any:
        corners = np.array([[left, y], [right, y], [right, y + height], [left, y + height]]).transpose(2, 0, 1)
        return self.ax.add_collection(PolyCollection(list(corners), antialiased=False, **style), autolim=False)

    def _round(self, corner: float, inset: float) -> dict[str, Any]:
        style = BoxStyle.Round(pad=-inset * self.ux, rounding_size=corner * self.ux)
        return {"boxstyle": style, "mutation_aspect": self.uy / self.ux}

    def arrow(self, x: float, y: float, to_x: float, to_y: float, ink: str, tip: float) -> Any:
        """An arrow with a tip of that many px; ink is the key of a colour."""
        style: dict[str, Any] = {"arrowstyle": "-|>", "shrinkA": 0, "shrinkB": 0, "color": self.colours[ink]}
        style |= {"mutation_scale": tip * self.pt, "linewidth": 2.2 * self.pt, "zorder": 3.5}
        return self.ax.add_artist(FancyArrowPatch((x, y), (to_x, to_y), **style))

    def swatches(self, meanings: Iterable[tuple[str, str]], x: float, y: float) -> Labelled:
        """Colours with what they mean, one beside the other from x on, on a canvas whose data are px."""
        boxes: list[Any] = []
        texts: list[Any] = []
        for fill, text in meanings:
            boxes += self.boxes(np.array([x]), np.array([x + 16]), y - 8, 16, fill, self.colours["line"])
            texts.append(self.text(x + 23, y, text, 13, "ink", "normal", ha="left"))
            x += 23 + 13 * text_width(text) + 22
        return Labelled(tuple(boxes), tuple(texts))


def _each(value: Any, count: int) -> list[Any]:
    return value if isinstance(value, list) else [value] * count


def open_canvas(
    across: int, height: float, ax: Axes | None, theme: str, left: float = LEFT, body: float = BODY
) -> Canvas:
    """Make a canvas of ``height`` px for data that span ``0..across``, in ``ax`` or in a figure of its own."""
    colours, unit = still_colours(theme), across / body
    if ax is None:
        figure = Figure(figsize=(WIDTH / 100, height / 100), facecolor=colours["page"])
        ax = figure.add_axes((0, 0, 1, 1))
    ax.set(xlim=(-left * unit, (WIDTH - left) * unit), ylim=(height, 0), xticks=(), yticks=())
    ax.set(facecolor=colours["page"], aspect="auto")
    ax.spines[:].set_visible(False)
    wide, high = (100 * px / ax.figure.dpi for px in (ax.bbox.width / WIDTH, ax.bbox.height / height))
    scale = min(wide, high)
    units = unit * scale / wide, scale / high, 0.72 * scale
    return Canvas(ax, across, left, body, *units, colours, words.load()["figure"])
