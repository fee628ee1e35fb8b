"""All charts of the atlas, packed for the browser: the class of every size pair, and what its readout says.

The browser looks classes and values up; it neither computes nor rounds one. Every rule is in the package, so that
the map of another rule needs no kernel.
"""

import zlib
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from typing import Any

import numpy as np

from pooltutor import pairs
from pooltutor.laws import equivalent_avg_pool, influence_ratio
from pooltutor.rules import RULES
from pooltutor.validation import SLIDER_MAX
from pooltutor.words import load

UNDEFINED = 255
"""Stands for "the rule has no windows here"; no pair has that many wrong windows."""

VALUES = ("gcd", "longest", "numerator", "denominator", "kernel", "stride", "padding")
"""What the readout says of a pair under PyTorch's rule: the influence ratio as a fraction; kernel 0 is no AvgPool."""

_SIZES = range(1, SLIDER_MAX + 1)


def drawn() -> list[tuple[str, str]]:
    """Every map that can be drawn, as (colour, rule): only the map of agreement differs from rule to rule."""
    return [(colour, rule) for colour in pairs.CHARTS for rule in RULES if colour == "agreement" or rule == "pytorch"]


def _ratio(n: int, m: int) -> tuple[int, int]:
    ratio = Fraction(influence_ratio(n, m))  # PyTorch's windows leave no cell out, so that it is finite
    return ratio.numerator, ratio.denominator


def _avg_pool(n: int, m: int) -> tuple[int, ...]:
    pool, _ = equivalent_avg_pool(n, m)
    return (0, 0, 0) if pool is None else pool


def _values() -> Iterator[np.ndarray]:
    yield from (pairs.chart(name).values for name in ("gcd", "longest"))
    for fact in (_ratio, _avg_pool):
        yield from np.moveaxis(np.array([[fact(n, m) for m in _SIZES] for n in _SIZES]), -1, 0)


def _bytes(chart: np.ndarray) -> bytes:
    """The 64 x 64 numbers in the order n, m, one byte each; -1 becomes UNDEFINED."""
    if not ((chart >= -1) & (chart < UNDEFINED)).all():
        raise OverflowError("a chart of the atlas no longer fits bytes")
    return (chart.astype(np.int16) & 0xFF).astype(np.uint8).tobytes()


@cache
def packed() -> bytes:
    """Classes of every map, then the values, then for each rule how many windows are wrong; deflated."""
    classes = [pairs.chart(*each).classes for each in drawn()]
    wrong = [pairs.chart("agreement", rule).values for rule in RULES]
    return zlib.compress(b"".join(map(_bytes, [*classes, *_values(), *wrong])), 9)


def _legend(chart: pairs.Chart) -> dict[str, Any]:
    return {"title": chart.title, "labels": chart.labels, "colours": chart.colours}


def charts() -> dict[str, Any]:
    """What an atlas needs beside the shared words and tables: the packed maps, their legends, the labels."""
    words = load()
    return {
        "packed": packed(),
        "drawn": drawn(),
        "values": VALUES,
        "legends": {f"{colour},{rule}": _legend(pairs.chart(colour, rule)) for colour, rule in drawn()},
        "rays": [
            {"key": key, "label": words["pairs"]["rays"][key], "start": start, "end": end}
            for key, start, end in pairs.RAYS
        ],
        "words": words["atlas"],
    }
