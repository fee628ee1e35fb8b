"""Numbers as colours, and the ink that reads on a colour."""

from collections.abc import Callable, Sequence

import numpy as np
from matplotlib.colors import to_hex, to_rgb

STEPS = 255  # from one end of a colour scale to the other


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it.

    >>> luminance("#000000"), luminance("#ffffff")
    (0.0, 1.0)
    """
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)]
    return float(np.dot(linear, (0.2126, 0.7152, 0.0722)))


def ink_on(fill: str, colours: dict[str, str]) -> str:
    """The dark or the light letters, whichever have the better contrast to the fill."""
    ground, dark, light = (luminance(c) + 0.05 for c in (fill, colours["on_light"], colours["on_dark"]))
    return colours["on_light" if ground / dark > light / ground else "on_dark"]


def blend(low: str, high: str, share: float) -> str:
    """The colour that lies this share of the way from low to high.

    >>> blend("#000000", "#ffffff", 0.2)
    '#333333'
    """
    start, end = np.array(to_rgb(low)), np.array(to_rgb(high))
    return to_hex(start + share * (end - start))


def gradient_fills(values: np.ndarray, colours: dict[str, str]) -> list[str]:
    """From low at 0 to high at the largest magnitude; negative ones to minus as soon as signs mix."""
    low, high, minus = (colours[f"gradient_{end}"] for end in ("low", "high", "minus"))
    finite = values[np.isfinite(values)]
    largest, mixed = np.abs(finite).max(initial=0), finite.min(initial=0) < 0 < finite.max(initial=0)
    share = np.abs(values) / (largest or 1)
    blank = colours["unchecked_ground"]
    return [
        blend(low, minus if mixed and v < 0 else high, t) if np.isfinite(v) else blank
        for v, t in zip(values, share, strict=True)
    ]


def hexes(rgb: np.ndarray) -> list[str]:
    """The colours of a uint8 array (H, W, 3) in reading order.

    >>> hexes(np.array([[[0, 128, 255]]], np.uint8))
    ['#0080ff']
    """
    return ["#" + bytes(colour).hex() for colour in np.ascontiguousarray(rgb).reshape(-1, 3)]


def scale_of(arrays: Sequence[np.ndarray]) -> tuple[float, float]:
    """The smallest and the largest finite value of some arrays."""
    finite = np.concatenate([array[np.isfinite(array)].ravel() for array in arrays])
    return (float(finite.min()), float(finite.max())) if finite.size else (0.0, 1.0)


def shares_of(values: np.ndarray, scale: tuple[float, float]) -> np.ndarray:
    """How far each value lies between the ends of a scale, 0 to 1 in even steps; NaN stays NaN.

    >>> shares_of(np.array([2, 4, 9, np.nan]), (0, 4))
    array([0.50196078, 1.        , 1.        , nan])
    """
    low, high = scale
    share = (np.asarray(values, float) - low) / (high - low) if high > low else np.where(np.isnan(values), np.nan, 1.0)
    return np.round(np.clip(share, 0, 1) * STEPS) / STEPS


def greys(values: np.ndarray, scale: tuple[float, float], blank: str) -> np.ndarray:
    """Black at the low end of a scale, white at the high end, ``blank`` for NaN; three channels stay as they are."""
    if values.ndim == 3:
        return np.nan_to_num(np.round(np.clip(values, 0, 255))).astype(np.uint8)
    share = shares_of(values, scale)
    grey = np.repeat(np.nan_to_num(share)[..., None] * STEPS, 3, axis=-1).round().astype(np.uint8)
    grey[np.isnan(share)] = list(bytes.fromhex(blank[1:]))
    return grey


def looked_up(values: np.ndarray, fills_of: Callable[[np.ndarray], list[str]]) -> np.ndarray:
    """The colour of each value as a uint8 array of shape (H, W, 3); each that occurs is asked for once."""
    levels, where = np.unique(values, return_inverse=True)
    palette = np.frombuffer(bytes.fromhex("".join(fill[1:] for fill in fills_of(levels))), np.uint8).reshape(-1, 3)
    return palette[where.reshape(values.shape)]
