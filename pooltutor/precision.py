"""What numbers are without rounding, and how far rounding explains that they differ.

A sum of N numbers of mean size s, in a type whose additions lose at most u of the result, is off by about
``u * s * sqrt(N)`` for a mean, and by nothing where every partial sum is a whole multiple of one power of two that
the type holds. Beyond 1/u numbers of one size such a sum no longer grows: that is not rounding.

PyTorch's averages on the CPU add up in the type itself, but float16 and bfloat16 in float32 on one and two axes;
then they divide by the length of each axis in turn. Gradients add up in the type itself.
Source: ``AdaptiveAvgPoolKernel.cpp`` and ``AdaptiveAveragePooling3d.cpp`` in PyTorch's ATen/native; measured with
PyTorch 2.13.0.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from pooltutor import boxes, reference
from pooltutor.boxes import Windows
from pooltutor.displayed import ROUNDING
from pooltutor.kinds import KINDS, average, average_gradient
from pooltutor.reference import TYPES
from pooltutor.windows import fed_by


class Sum(NamedTuple):
    """Numbers that are sums: without rounding, the size of what was summed (for a mean its mean), how many terms."""

    exact: np.ndarray
    size: np.ndarray
    terms: np.ndarray


class Bounds(NamedTuple):
    """A number without rounding, how far PyTorch's may be from it, and how far a claimed one may be."""

    exact: np.ndarray
    pytorch: np.ndarray
    claimed: np.ndarray


class Rounding:
    """What one pooling computes without rounding, and the bounds for each kind of number.

    ``windows`` are PyTorch's own; x and upstream gradients are rounded to the type first, as PyTorch gets them.
    """

    def __init__(self, windows: Sequence[Windows], sizes: Sequence[int], kind: str, dtype: str) -> None:
        self.windows, self.sizes, self.dtype = windows, tuple(sizes), dtype
        self.has_winners = KINDS[kind].has_winners

    def outputs(self, x: np.ndarray) -> Bounds:
        """Bounds for the outputs."""
        x = reference.rounded(x, self.dtype)
        if self.has_winners:
            return self._bounds(_no_sum(boxes.maxima(x, self.windows)), x, self.dtype, divisions=0)
        total = _sum_of(lambda part: average(part, self.windows), x, boxes.areas(self.windows))
        adds_in = self.dtype if len(self.sizes) > 2 else _wider(self.dtype, "float32")
        return self._bounds(total, x, adds_in, _wider(self.dtype, "float32"))

    def gradients(self, x: np.ndarray, upstream: np.ndarray) -> Bounds:
        """Bounds for the gradient with respect to the input, given the gradient of the outputs in every channel."""
        upstream = reference.rounded(upstream, self.dtype)
        if self.has_winners:
            won = boxes.winners(reference.rounded(x, self.dtype), self.windows)
            counts = boxes.sums_of_winners(np.ones(won.shape), won, self.sizes)
            total = _sum_of(lambda part: boxes.sums_of_winners(part, won, self.sizes), upstream, counts)
            return self._bounds(total, upstream, self.dtype, divisions=0)
        total = _sum_of(lambda part: average_gradient(part, self.windows, self.sizes), upstream, self.coverage())
        return self._bounds(total, upstream / np.maximum(boxes.areas(self.windows), 1), self.dtype)

    def matrix(self) -> Bounds:
        """Bounds for the entries of P, on one axis."""
        (windows,), (n,) = self.windows, self.sizes
        inside = boxes.members(windows, n)
        exact = inside / np.maximum(inside.sum(axis=1, keepdims=True), 1)
        return self._bounds(_no_sum(exact), exact, self.dtype)

    def coverage(self) -> np.ndarray:
        """In how many windows each cell is."""
        fed = [fed_by(axis, n) for axis, n in zip(self.windows, self.sizes, strict=True)]
        return boxes.areas(fed)

    def _bounds(
        self, total: Sum, summands: np.ndarray, adds_in: str, claimed_in: str = "", divisions: int | None = None
    ) -> Bounds:
        """``adds_in`` is the type that PyTorch adds up in; who claims may be asked for more, in ``claimed_in``."""
        if self.dtype == "float64":
            off = ROUNDING * np.maximum(1, np.where(np.isfinite(total.size), total.size, 0))
            return Bounds(total.exact, off, off)
        total = Sum(_overflowed(total.exact, self.dtype), np.where(np.isfinite(total.size), total.size, 0), total.terms)
        step, grid = _step(total.exact, self.dtype), _grid(summands)
        each = len(self.sizes) if divisions is None else divisions
        theirs = step / 2 + _explained(total, grid, adds_in, each)
        claimed = step + _explained(total, grid, claimed_in or adds_in, 0 if claimed_in else each)
        return Bounds(total.exact, theirs, claimed)


def _wider(*names: str) -> str:
    """The type that loses least."""
    return min(names, key=lambda name: TYPES[name].unit)


def _no_sum(values: np.ndarray) -> Sum:
    """Numbers that are picked, not added up."""
    return Sum(values, np.abs(values), np.ones_like(values))


def _sum_of(compute: Callable[[np.ndarray], np.ndarray], values: np.ndarray, count: np.ndarray) -> Sum:
    """A sum, and the size of its summands; these are made small first, so that their sum cannot overflow."""
    small = 2.0**-60
    with np.errstate(invalid="ignore", over="ignore"):
        return Sum(compute(values), compute(np.abs(values) * small) / small, count)


def _explained(total: Sum, grid: float, dtype: str, divisions: int) -> np.ndarray:
    """How far additions and divisions in a type explain that a number is off."""
    unit, smallest = TYPES[dtype]
    additions = np.maximum(total.terms - 1, 0)
    exactly = total.size * total.terms * unit <= grid  # every partial sum is a number of the type
    additions = np.where(exactly | (total.terms * unit >= 1), 0, additions)
    return 2 * unit * total.size * (divisions + np.sqrt(additions)) + 2 * smallest * divisions * total.terms


def _grid(values: np.ndarray) -> float:
    """The largest power of two of which all these numbers are whole multiples; 0 where there is none."""
    mantissa, exponent = np.frexp(values[np.isfinite(values) & (values != 0)])
    whole = (mantissa * 2.0**53).astype(np.int64)
    return float(np.ldexp((whole & -whole).astype(float), exponent - 53).min(initial=np.inf))


def _overflowed(exact: np.ndarray, dtype: str) -> np.ndarray:
    """The exact numbers, infinite where they are beyond the type."""
    rounded = reference.rounded(exact, dtype)
    return np.where(np.isinf(rounded), rounded, exact)


def _step(exact: np.ndarray, dtype: str) -> np.ndarray:
    """The distance from a number to the next one of its type."""
    unit, smallest = TYPES[dtype]
    _, exponent = np.frexp(np.where(np.isfinite(exact), exact, 0))
    return np.maximum(np.ldexp(unit, exponent), smallest)
