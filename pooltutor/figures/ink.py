"""Colours and letters: which ink reads on a fill, what colour a gradient has, how a number is written and how wide."""

from functools import cache
from typing import Any

import numpy as np
from matplotlib.colors import to_hex, to_rgb
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

FONT = "DejaVu Sans"  # comes with matplotlib, and has the floor brackets and the cross


# Colours --------------------------------------------------------------------------------------------------


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


# Letters --------------------------------------------------------------------------------------------------


def number_text(value: Any, digits: int = 4) -> str:
    """Write a number in that many digits; integers below 100,000 in full; nan, inf and -inf by name.

    >>> number_text(1 / 3), number_text(99999), number_text(-2.5e-7)
    ('0.3333', '99999', '-2.5e-7')
    """
    v = float(value) + 0.0  # no -0
    if not np.isfinite(v) or (v.is_integer() and abs(v) < 1e5):
        return f"{v:.0f}"
    if 1e-3 <= abs(v) < 1e5:
        return f"{v:.{max(digits, len(str(int(abs(v)))))}g}"
    mantissa, exponent = f"{v:.2e}".split("e")
    return f"{float(mantissa):g}e{int(exponent)}"


@cache
def text_width(text: str) -> float:
    """Width of a text in units of its size, measured without drawing it."""
    font = FontProperties(family=FONT, weight="bold", size=100)
    return float(text_to_path.get_text_width_height_descent(text, font, False)[0]) / 100
