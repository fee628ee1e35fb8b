"""The kinds of pooling: what becomes of the cells of a window, and of the gradient on its way back.

For one axis with windows ``start_i:stop_i`` of length ``L_i``:

- average: ``y_i = (x[start_i] + ... + x[stop_i - 1]) / L_i``
- its gradient: ``grad_j = sum of upstream_i / L_i over the windows i that contain cell j``
- maximum: ``y_i = max(x[start_i:stop_i])``; its gradient gives all of ``upstream_i`` to the winning cell

Several axes follow one another: sums along each, and one division by the number of cells in the box. An
empty window, which some rules have, gives NaN.
"""

import functools
import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from pooltutor import boxes
from pooltutor.boxes import Windows
from pooltutor.windows import fed_by


def average(x: np.ndarray, windows: Sequence[Windows]) -> np.ndarray:
    """The mean of ``x`` over each box of windows."""
    cells = _cells_of_all(windows, x.shape)
    if 0 < cells <= boxes.LARGEST_PRODUCT:
        total = x.reshape(-1, cells).dot(_ones(cells, x.dtype))
        total /= cells
        return total.reshape(x.shape[: x.ndim - len(windows)] + (1,) * len(windows))
    return boxes.sums(x, windows) / boxes.areas(windows).astype(x.dtype)


@functools.lru_cache(maxsize=64)
def _ones(cells: int, dtype: np.dtype) -> np.ndarray:
    """For a small layer it takes as long to make them as to add up."""
    return np.ones(cells, dtype)


def average_gradient(upstream: np.ndarray, windows: Sequence[Windows], sizes: Sequence[int]) -> np.ndarray:
    """For each cell the sum of the shares of the boxes that contain it; ``sizes`` are the input sizes."""
    front = upstream.shape[: upstream.ndim - len(windows)]
    cells = _cells_of_all(windows, tuple(sizes))
    if cells:
        return np.repeat(upstream / upstream.dtype.type(cells), cells).reshape(*front, *sizes)
    shares = upstream / np.maximum(boxes.areas(windows), 1).astype(upstream.dtype)
    # Backward is a forward over the windows that contain each cell.
    return boxes.sums(shares, [fed_by(axis, n) for axis, n in zip(windows, sizes, strict=True)])


def _cells_of_all(windows: Sequence[Windows], shape: tuple[int, ...]) -> int:
    """How many cells there are where one box has all of them (global average pooling), else 0."""
    sizes = shape[len(shape) - len(windows) :]
    for (start, stop), n in zip(windows, sizes, strict=True):
        if len(start) != 1 or start[0] or stop[0] != n:
            return 0
    return math.prod(sizes)


def _maximum_gradient(
    upstream: np.ndarray, windows: Sequence[Windows], sizes: Sequence[int], x: np.ndarray
) -> np.ndarray:
    return boxes.sums_of_winners(upstream, boxes.winners(x, windows), tuple(sizes))


class Kind(NamedTuple):
    """One kind of pooling.

    ``outputs(x, windows)`` pools the last axes; ``gradient(upstream, windows, sizes, x)`` is the way back to cells of
    those sizes. ``has_winners``: each output is the number of one cell, its winner; only then x decides the gradient.
    """

    outputs: Callable[[np.ndarray, Sequence[Windows]], np.ndarray]
    gradient: Callable[[np.ndarray, Sequence[Windows], Sequence[int], np.ndarray], np.ndarray]
    has_winners: bool


KINDS = {
    "avg": Kind(average, lambda upstream, windows, sizes, x: average_gradient(upstream, windows, sizes), False),
    "max": Kind(boxes.maxima, _maximum_gradient, True),
}
"""Every kind of pooling by its name in PyTorch: ``adaptive_{name}_pool1d``."""
