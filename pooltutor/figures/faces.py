"""What the two grids of a 2-D picture show: a number and a colour for each box, and what the colours mean."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np

from pooltutor.binning import Bins
from pooltutor.figures.ink import blend, gradient_fills, luminance, number_text
from pooltutor.figures.plane import LARGEST_IN_NUMBERS, STEPS, greys, scale_of, shares_of
from pooltutor.laws import influence
from pooltutor.pooling import gradient, pool

COLOURS = ("values", "overlaps", "influence", "gradient")
TINT = 0.28  # of the way from a fill to its line: the darkest box that holds a number
SWATCHES = 4  # more counts than these are not told one by one


class Scene(NamedTuple):
    """What is to be drawn: both axes, and the numbers that go in. ``x`` is (H, W), or (H, W, 3) for three channels."""

    rows: Bins
    columns: Bins
    x: np.ndarray
    upstream: np.ndarray
    kind: str
    colour: str

    @property
    def sizes(self) -> tuple[int, int]:
        """Rows and columns of the input."""
        return self.rows.input_size, self.columns.input_size

    @property
    def targets(self) -> tuple[int, int]:
        """Rows and columns of the output."""
        return len(self.rows), len(self.columns)

    def pooled(self) -> np.ndarray:
        """The outputs, shape (m_h, m_w) or (m_h, m_w, 3)."""
        channels = np.moveaxis(self.x, -1, 0) if self.x.ndim == 3 else self.x
        y = pool(channels, self.targets, kind=self.kind, rule=self.rows.rule)
        return np.moveaxis(y, 0, -1) if self.x.ndim == 3 else y

    def sent_back(self, upstream: np.ndarray) -> np.ndarray:
        """The gradient of each cell, given that of the outputs, shape (H, W)."""
        x = self.x if self.kind == "max" else None
        return gradient(upstream, self.sizes, kind=self.kind, x=x, rule=self.rows.rule)


# What the cells of the input say --------------------------------------------------------------------------


def quantity(scene: Scene) -> np.ndarray:
    """What the cells of the input show: one number each, or three where they show a picture in colour."""
    if scene.colour == "values":
        return scene.x
    if scene.colour == "overlaps":
        return np.multiply.outer(scene.rows.coverage, scene.columns.coverage)
    if scene.colour == "gradient":
        return scene.sent_back(scene.upstream)
    if scene.kind == "max":
        return scene.sent_back(np.ones(scene.targets))
    shares = (influence(b.input_size, len(b), b.rule) for b in (scene.rows, scene.columns))
    return np.multiply.outer(*shares)


def exact_influence(b: Bins) -> list[Fraction]:
    """The influence of each cell along one axis as an exact fraction.

    >>> from pooltutor import bins
    >>> exact_influence(bins(3, 2))
    [Fraction(1, 2), Fraction(1, 1), Fraction(1, 2)]
    """
    shares = [Fraction(1, window.length) if window.length else Fraction(0) for window in b]
    return [sum(shares[first:last], Fraction(0)) for first, last in zip(*b.feeds, strict=True)]


def wordings(scene: Scene, values: np.ndarray) -> list[list[Any]]:
    """The ways to write what the cells show, the best first; none for colours, and for more cells than get numbers."""
    if values.ndim == 3 or max(values.shape) > LARGEST_IN_NUMBERS:
        return []
    numbers = values.ravel().tolist()
    if scene.colour != "influence" or scene.kind == "max":
        return [numbers]
    down, across = exact_influence(scene.rows), exact_influence(scene.columns)
    return [[str(one * other) for one in down for other in across], numbers]


# Colours --------------------------------------------------------------------------------------------------


def looked_up(values: np.ndarray, fills_of: Callable[[np.ndarray], list[str]]) -> np.ndarray:
    """The colour of each value as a uint8 array of shape (H, W, 3); each that occurs is asked for once."""
    levels, where = np.unique(values, return_inverse=True)
    palette = np.frombuffer(bytes.fromhex("".join(fill[1:] for fill in fills_of(levels))), np.uint8).reshape(-1, 3)
    return palette[where.reshape(values.shape)]


def tints(values: np.ndarray, scale: tuple[float, float], kind: str, colours: dict[str, str]) -> np.ndarray:
    """The hue of inputs or outputs, in which the larger value is the brighter one, as in a picture."""
    hue, line = (colours["input"], colours["line"]) if kind == "input" else (colours["output"], colours["output_edge"])
    low, high = sorted((hue, blend(hue, line, TINT)), key=luminance)
    share = shares_of(values, scale) if scale[1] > scale[0] else np.where(np.isnan(values), np.nan, hue == high)
    blank = colours["panel"]
    return looked_up(share, lambda steps: [blank if np.isnan(t) else blend(low, high, t) for t in steps])


def count_fills(counts: np.ndarray, colours: dict[str, str]) -> list[str]:
    """The more windows, the stronger, in the neutral hue of the input."""
    most = max(int(counts.max()), 2)
    steps = [0 if count <= 1 else 0.3 + 0.7 * (count - 1) / (most - 1) for count in counts]
    return [
        blend(colours["input" if c else "panel"], colours["ink_soft"], t) for c, t in zip(counts, steps, strict=True)
    ]


def gradient_colours(values: np.ndarray, colours: dict[str, str]) -> np.ndarray:
    """The colours of ``gradient_fills``, in steps, so that many pixels ask for few."""
    largest = np.abs(values[np.isfinite(values)]).max(initial=0) or 1
    return looked_up(np.round(values / largest * STEPS), lambda steps: gradient_fills(steps, colours))


def cell_colours(scene: Scene, values: np.ndarray, numbers: bool, colours: dict[str, str]) -> np.ndarray:
    """The colours of the input; values are greys, but the hue of the input where numbers stand in the cells."""
    if scene.colour == "overlaps":
        return looked_up(values, lambda counts: count_fills(counts, colours))
    if scene.colour != "values":
        return gradient_colours(values, colours)
    scale = scale_of([scene.x])
    return tints(values, scale, "input", colours) if numbers else greys(values, scale, colours["unchecked_ground"])


def output_colours(scene: Scene, y: np.ndarray, numbers: bool, colours: dict[str, str]) -> np.ndarray:
    """The colours of the output, on the scale of the input; of a gradient that arrives, if that is what it shows."""
    if scene.colour == "gradient":
        ground = np.full((*y.shape[:2], 3), list(bytes.fromhex(colours["ground"][1:])), np.uint8)
        return ground if numbers else gradient_colours(scene.upstream, colours)
    scale = scale_of([scene.x])
    return tints(y, scale, "output", colours) if numbers else greys(y, scale, colours["unchecked_ground"])


# What the colours mean ------------------------------------------------------------------------------------


def explained(scene: Scene, values: np.ndarray, rgb: np.ndarray, say: dict[str, Any]) -> list[tuple[str, str]]:
    """A colour and what it means, for each that is worth a swatch; none for pictures in colour."""
    if values.ndim == 3:
        return []
    flat, colours = values.ravel(), rgb.reshape(-1, 3)
    if scene.colour == "overlaps":
        counts, first, cells = np.unique(flat, return_index=True, return_counts=True)
        if len(counts) <= SWATCHES:
            texts = [
                say["in_windows"][int(c != 1)].format(count=c, cells=k) for c, k in zip(counts, cells, strict=True)
            ]
            return [(_hex(colours[k]), text) for k, text in zip(first, texts, strict=True)]
    finite = np.flatnonzero(np.isfinite(flat))
    if not len(finite):
        return []
    ends = finite[[flat[finite].argmin(), flat[finite].argmax()]]
    least, most = _ends_as_text(scene, flat[ends])
    if least == most:
        return [(_hex(colours[ends[0]]), say["all"].format(value=least))]
    told = zip(ends, (say["least"].format(value=least), say["most"].format(value=most)), strict=True)
    return [(_hex(colours[k]), text) for k, text in told]


def _ends_as_text(scene: Scene, ends: np.ndarray) -> list[str]:
    if scene.colour != "influence" or scene.kind == "max":
        return [number_text(value) for value in ends]
    down, across = exact_influence(scene.rows), exact_influence(scene.columns)
    return [str(min(down) * min(across)), str(max(down) * max(across))]


def _hex(colour: np.ndarray) -> str:
    return "#" + bytes(colour).hex()
