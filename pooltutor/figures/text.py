"""Letters: how a number and an influence are written, and how wide a text is."""

from fractions import Fraction
from functools import cache
from typing import Any

import numpy as np
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from pooltutor.binning import Bins
from pooltutor.laws import exact_influence

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


def fractions_of_influence(b: Bins) -> list[Fraction]:
    """The influence of each cell as an exact fraction.

    >>> from pooltutor import bins
    >>> fractions_of_influence(bins(3, 2))
    [Fraction(1, 2), Fraction(1, 1), Fraction(1, 2)]
    """
    numerators, common = exact_influence(b)
    return [Fraction(int(each), common) for each in numerators]


@cache
def text_width(text: str) -> float:
    """Width of a text in units of its size, measured without drawing it."""
    font = FontProperties(family=FONT, weight="bold", size=100)
    return float(text_to_path.get_text_width_height_descent(text, font, False)[0]) / 100
