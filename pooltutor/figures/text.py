"""Letters: how a number and an influence are written, and how wide a text is."""

from bisect import bisect_left
from fractions import Fraction
from functools import cache
from typing import Any

import numpy as np
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from pooltutor.binning import Bins
from pooltutor.laws import exact_influence

SMALLEST = 10  # px: the smallest letters
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


def fitting(text: str, size: float, weight: str, room: float) -> tuple[str, float]:
    r"""Return a text and its size for so many px: smaller if need be, and in two lines before letters get too small.

    >>> fitting("gradient", 15, "bold", 100), fitting("a gradient that arrives", 15, "bold", 100)
    (('gradient', 15), ('a gradient\nthat arrives', 10))
    """
    fits = room / text_width(text, weight)
    if fits >= min(size, SMALLEST) or " " not in text:
        return text, min(size, fits)
    words = text.split(" ")
    halves = ((" ".join(words[:k]), " ".join(words[k:])) for k in range(1, len(words)))
    wide, lines = min((max(text_width(line, weight) for line in two), two) for two in halves)
    return "\n".join(lines), min(size, SMALLEST, room / wide)


def shortened(text: str, size: float, weight: str, room: float) -> str:
    """Return a text as it is where it fits into so many px, else its beginning.

    >>> shortened("start = i, stop = i + 1", 10, "normal", 200), shortened("start = i, stop = i + 1", 10, "normal", 80)
    ('start = i, stop = i + 1', 'start = i, sto …')
    """
    if size * text_width(text, weight) <= room:
        return text
    beginnings = [f"{text[:k].rstrip()} …" for k in range(len(text))]
    fit = bisect_left(beginnings, True, key=lambda each: size * text_width(each, weight) > room)
    return beginnings[max(0, fit - 1)]


@cache
def text_width(text: str, weight: str = "bold") -> float:
    """Width of a text in units of its size, measured without drawing it."""
    font = FontProperties(family=FONT, weight=weight, size=100)
    return float(text_to_path.get_text_width_height_descent(text, font, False)[0]) / 100
