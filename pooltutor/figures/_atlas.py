"""The map of all size pairs: n to the right, m upwards, one colour for each class of a chart."""

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.patches import Rectangle

from pooltutor.figures.alternative import alternative
from pooltutor.figures.arguments import check_axes, check_theme
from pooltutor.figures.canvas import WIDTH, Canvas, open_canvas
from pooltutor.figures.picture import Labelled, Picture
from pooltutor.pairs import RAYS, Chart, chart
from pooltutor.rules import Chosen, check_rule
from pooltutor.validation import SLIDER_MAX
from pooltutor.words import load, say

LEFT, SIDE, TOP = 84, 640, 76  # px: where the map begins, and how wide and high it is
LEGEND = LEFT + SIDE + 24  # px: where the legend begins
EDGE = 8  # px: what stays free at the right edge
STEP = 8  # sizes from one number on the axes to the next


class Ray(NamedTuple):
    """One of the lines that mark a ratio of sizes, and its label."""

    line: Any
    text: Any


@dataclass(frozen=True, repr=False)
class AtlasPicture(Picture):
    """The map: ``image`` has row m - 1 and column n - 1, ``swatches`` name the classes on it."""

    image: Any
    rays: tuple[Ray, ...]
    swatches: Labelled


def atlas(
    colour: str = "gcd", rule: Chosen = "pytorch", ax: Axes | None = None, *, theme: str = "either"
) -> AtlasPicture:
    """Draw the map of the 4,096 pairs of sizes from 1 to 64, coloured by the classes of one chart.

    ``colour`` is gcd, longest, influence, avgpool or agreement, as in :func:`pooltutor.pairs.chart`; ``rule``
    matters for agreement only. The pair n -> m stands in column n - 1 and row m - 1 of the image; lines mark
    m = n, n = 2m and m = 2n.

    >>> picture = atlas("avgpool")
    >>> picture
    Picture(map of all pairs to 64, avgpool)
    >>> picture.image.get_array().shape
    (64, 64, 3)

    Raises ValueError with the argument, the names there are and what came.
    """
    found = chart(colour, rule)
    check_axes(ax)
    check_theme(theme)
    canvas = open_canvas(SLIDER_MAX, TOP + SIDE + 66, ax, theme, left=LEFT, body=SIDE)
    canvas.text(0, 28, found.title, 17, "ink", room=WIDTH - LEFT - EDGE, ha="left")
    image, rays, swatches = _draw_image(canvas, found), _draw_rays(canvas), _draw_legend(canvas, found)
    _draw_axes(canvas)
    about = {"most": SLIDER_MAX, "colour": colour, "rule": check_rule(rule).title}
    title = say(f"figure.titles.{'atlas_rule' if colour == 'agreement' else 'atlas'}", **about)
    alt = alternative(title, f"{found.title}: {', '.join(text.get_text() for text in swatches.texts)}.")
    return AtlasPicture(title, alt, canvas.ax, canvas.colours["ink_soft"], image, rays, swatches)


def _up(m: float) -> float:
    """The y of the middle of row m, which is row m - 1 from the bottom."""
    return TOP + SIDE - (m - 0.5) * SIDE / SLIDER_MAX


def _draw_image(canvas: Canvas, found: Chart) -> Any:
    palette = np.array([to_rgb(canvas.colours[key]) for key in found.colours])
    colours = (255 * palette[found.classes.T] + 0.5).astype(np.uint8)
    extent = (0, SLIDER_MAX, TOP + SIDE, TOP)
    style: dict[str, Any] = {"origin": "lower", "interpolation": "nearest", "aspect": "auto", "zorder": 0.5}
    return canvas.ax.imshow(colours, extent=extent, **style)


def _draw_rays(canvas: Canvas) -> tuple[Ray, ...]:
    """A dark line on a light one, which is seen on every colour, and its label where it leaves the map."""
    rays, labels = [], load()["pairs"]["rays"]
    for key, *ends in RAYS:
        x, y = [n - 0.5 for n, _ in ends], [_up(m) for _, m in ends]
        canvas.ax.plot(x, y, color=canvas.colours["on_dark"], linewidth=3.4 * canvas.pt, solid_capstyle="round")
        (line,) = canvas.ax.plot(x, y, color=canvas.colours["on_light"], linewidth=1.4 * canvas.pt)
        right = ends[1][0] == SLIDER_MAX > ends[1][1]  # else it leaves through the upper edge
        to_x, to_y = (SLIDER_MAX + 8 * canvas.ux, y[1]) if right else (x[1], TOP - 14)
        text = canvas.text(to_x, to_y, labels[key], 14, "ink", ha="left" if right else "center")
        rays.append(Ray(line, text))
    return tuple(rays)


def _draw_legend(canvas: Canvas, found: Chart) -> Labelled:
    """A swatch for each class that occurs, in the order of the map's colours from the top down."""
    swatches, texts = [], []
    occurring = [(found.colours[k], found.labels[k]) for k in np.unique(found.classes)]
    for k, (key, label) in enumerate(occurring):
        corner, size = (canvas.at(LEGEND), TOP + 28 * k), (20 * canvas.ux, 20)
        style: dict[str, Any] = {
            "facecolor": canvas.colours[key],
            "edgecolor": canvas.colours["line"],
            "linewidth": canvas.pt,
        }
        swatches.append(canvas.ax.add_artist(Rectangle(corner, *size, **style)))
        place = canvas.at(LEGEND + 30), corner[1] + 10
        texts.append(canvas.text(*place, label, 14, "ink", "normal", WIDTH - LEGEND - 30 - EDGE, ha="left"))
    return Labelled(tuple(swatches), tuple(texts))


def _draw_axes(canvas: Canvas) -> None:
    bottom = TOP + SIDE
    for size in (1, *range(STEP, SLIDER_MAX + 1, STEP)):
        canvas.text(size - 0.5, bottom + 14, str(size), 12, "ink_soft", "normal")
        canvas.text(-8 * canvas.ux, _up(size), str(size), 12, "ink_soft", "normal", ha="right")
    frame = Rectangle((0, TOP), SLIDER_MAX, SIDE, fill=False, edgecolor=canvas.colours["line"], linewidth=canvas.pt)
    canvas.ax.add_artist(frame)
    canvas.text(SLIDER_MAX / 2, bottom + 42, canvas.words["axis_n"], 15, "ink")
    canvas.text(canvas.at(26), TOP + SIDE / 2, canvas.words["axis_m"], 15, "ink", rotation=90)
