"""The colours of both grids of a 2-D picture, and what they mean."""

from typing import Any

import numpy as np

from pooltutor.figures.colours import STEPS, blend, gradient_fills, greys, looked_up, luminance, scale_of, shares_of
from pooltutor.figures.grid_values import Scene
from pooltutor.figures.text import fractions_of_influence, number_text
from pooltutor.kinds import KINDS

TINT = 0.28  # of the way from a fill to its line: the darkest box that holds a number
SWATCHES = 4  # more counts than these are not told one by one


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
        ground = np.full((*y.shape[:2], 3), list(bytes.fromhex(colours["arriving"][1:])), np.uint8)
        return ground if numbers else gradient_colours(scene.upstream, colours)
    scale = scale_of([scene.x])
    return tints(y, scale, "output", colours) if numbers else greys(y, scale, colours["unchecked_ground"])


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
    if scene.colour != "influence" or KINDS[scene.kind].has_winners:
        return [number_text(value) for value in ends]
    down, across = fractions_of_influence(scene.rows), fractions_of_influence(scene.columns)
    return [str(min(down) * min(across)), str(max(down) * max(across))]


def _hex(colour: np.ndarray) -> str:
    return "#" + bytes(colour).hex()
