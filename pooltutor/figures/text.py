"""Letters: how a number is written, and how wide a text is."""

from functools import cache
from typing import Any

import numpy as np
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

FONT = "DejaVu Sans"  # comes with matplotlib, and has the floor brackets and the cross


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
