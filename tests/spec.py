"""Everything said a second time, straight from the definitions: fractions, lists and loops, slow and plain.

Nothing here imports pooltutor. The tests compare the fast code with these twins.
"""

import re
import struct
from fractions import Fraction
from itertools import accumulate, pairwise, product
from math import ceil, floor

import numpy as np
import pytest


def refused(error, message):
    """Expect ``error`` with exactly this message."""
    return pytest.raises(error, match=rf"\A{re.escape(message)}\Z")


def f32(value):
    """The float32 nearest to ``value``, as a Python float."""
    return struct.unpack("f", struct.pack("f", float(value)))[0]


# Windows: one function for each rule, (start, stop) of every window before clipping ------------------------


def pytorch(n, m):
    return [(floor(Fraction(i * n, m)), ceil(Fraction((i + 1) * n, m))) for i in range(m)]


def equal_kernel(n, m):
    kernel = ceil(Fraction(n, m))
    return [(start, start + kernel) for start in (floor(Fraction(i * n, m)) for i in range(m))]


def forum(n, m):
    kernel = ceil(Fraction(n, m))
    if m == 1:
        return [(0, n)]
    return [(start, start + kernel) for start in (round(Fraction(i * (n - kernel), m - 1)) for i in range(m))]


def fixed_stride(n, m):
    stride = floor(Fraction(n, m))
    kernel = n - (m - 1) * stride
    return [(i * stride, i * stride + kernel) for i in range(m)]


def float32(n, m):
    ratio = f32(n / m)  # a product of two float32 is exact in Python's float, so that f32 rounds it once
    return [(floor(f32(f32(i) * ratio)), ceil(f32(f32(i + 1) * ratio))) for i in range(m)]


def float64_ratio(n, m):
    return [(floor(i * (n / m)), ceil((i + 1) * (n / m))) for i in range(m)]


def split(n, m):
    lengths = [n // m + 1] * (n % m) + [n // m] * (m - n % m)
    edges = [0, *accumulate(lengths)]
    return list(pairwise(edges))


def round_(n, m):
    return [(round(Fraction(i * n, m)), round(Fraction((i + 1) * n, m))) for i in range(m)]


def fraction_first(n, m):
    def position(i):
        return f32(f32(f32(i) / m) * n)  # a quotient of two float32, rounded twice, is the one that is rounded once

    return [(floor(position(i)), ceil(position(i + 1))) for i in range(m)]


def floor_floor(n, m):
    return [(floor(Fraction(i * n, m)), floor(Fraction((i + 1) * n, m))) for i in range(m)]


def rest_to_last(n, m):
    stride = floor(Fraction(n, m))
    edges = [i * stride for i in range(m)]
    return list(pairwise([*edges, n]))


def ceil_kernel(n, m):
    stride, kernel = floor(Fraction(n, m)), ceil(Fraction(n, m))
    return [(i * stride, i * stride + kernel) for i in range(m)]


def equal_tiles(n, m):
    stride = floor(Fraction(n, m))
    return [(i * stride, (i + 1) * stride) for i in range(m)]


RAW_WINDOWS = {
    "pytorch": pytorch,
    "equal_kernel": equal_kernel,
    "forum": forum,
    "fixed_stride": fixed_stride,
    "float32": float32,
    "float64_ratio": float64_ratio,
    "split": split,
    "round": round_,
    "fraction_first": fraction_first,
    "floor_floor": floor_floor,
    "rest_to_last": rest_to_last,
    "ceil_kernel": ceil_kernel,
    "equal_tiles": equal_tiles,
}


def defined(rule, n, m):
    return rule not in ("fixed_stride", "ceil_kernel", "equal_tiles") or m <= n


def windows(rule, n, m):
    """The windows clipped as Python clips a slice; an empty one has stop = start."""
    clipped = [slice(*window).indices(n)[:2] for window in RAW_WINDOWS[rule](n, m)]
    return [(start, max(start, stop)) for start, stop in clipped]


# Pooling: ``axes`` holds the windows of each axis of x -----------------------------------------------------


def cells(axes, output):
    """The input cells that one output reads, in reading order."""
    ranges = [range(*axis[i]) for axis, i in zip(axes, output, strict=True)]
    return list(product(*ranges))


def winner(x, where):
    """The first cell with the largest value; of several NaN the last."""
    best = where[0]
    for cell in where:
        if x[cell] > x[best] or np.isnan(x[cell]):
            best = cell
    return best


def pool(x, axes, kind):
    y = np.full([len(axis) for axis in axes], np.nan)
    for output in np.ndindex(y.shape):
        where = cells(axes, output)
        if where:
            y[output] = sum(x[c] for c in where) / len(where) if kind == "avg" else x[winner(x, where)]
    return y


def gradient(upstream, axes, kind, x):
    grad = np.zeros(x.shape)
    for output in np.ndindex(upstream.shape):
        where = cells(axes, output)
        if kind == "max":
            where = [winner(x, where)] if where else []
        for c in where:
            grad[c] += upstream[output] / len(where)
    return grad
