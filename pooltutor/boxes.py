"""Sums, maxima and winners over boxes: one window from each of the last axes, in all combinations.

``Windows`` are the starts and stops of one axis; the caller has them from a rule, or read them out of PyTorch.
Several axes follow one another. An empty window, which some rules have, has no cells: its sum is 0, its maximum NaN.
"""

import functools
import math
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

Windows = tuple[np.ndarray, np.ndarray]

LARGEST_PRODUCT = 1024
"""Up to so many entries in its matrix a product is faster than sums of slices.

Longer sums would also lose digits: BLAS adds up in few places, numpy pairwise.
"""

LARGEST_IN_ONE = 10_000
"""Up to so many entries the matrix of all axes together is faster than one product for each axis."""

_WINNERS_AT_ONCE = 2**22  # numbers that are looked at together: 32 MB


def members(windows: Windows, n: int) -> np.ndarray:
    """Whether window i contains cell j, shape (m, n)."""
    cells = np.arange(n)
    return (windows[0][:, None] <= cells) & (cells < windows[1][:, None])


def areas(boxes: Sequence[Windows]) -> np.ndarray:
    """Cells in each box, shape (m_1, ..., m_k)."""
    return functools.reduce(np.multiply.outer, (stop - start for start, stop in boxes))


# Sums ----------------------------------------------------------------------------------------------------


def sums(x: np.ndarray, boxes: Sequence[Windows]) -> np.ndarray:
    """The sum of ``x`` over each box.

    Numbers so large that the order of the additions decides whether a sum overflows, and NaN and infinity, are
    added up in reading order, as PyTorch adds them.
    """
    flat = x.ravel()
    # One pass over x: where the sum of squares is finite, no sum can overflow and 0 times an entry is 0.
    tame = bool(np.isfinite(flat @ flat))
    total = _along(x, boxes, tame)
    if not tame:
        total = total.copy() if total is x else total
        in_order = ~np.isfinite(_along(np.abs(x), boxes, tame))
        for at in zip(*np.nonzero(in_order.any(tuple(range(x.ndim - len(boxes))))), strict=True):
            total[(..., *at)] = _in_order(_box(x, boxes, at), len(boxes))
    return total


def _along(x: np.ndarray, boxes: Sequence[Windows], tame: bool) -> np.ndarray:
    k = x.ndim - len(boxes)
    same = [_is_each_cell(windows, n) for windows, n in zip(boxes, x.shape[k:], strict=True)]
    if tame and len(boxes) > 1 and not any(same):
        outputs = tuple(len(start) for start, _ in boxes)
        if math.prod((*x.shape[k:], *outputs)) <= LARGEST_IN_ONE:
            return _in_one(x, boxes).reshape(*x.shape[:k], *outputs)
    for axis in _cheapest_first(x.shape, boxes, tame):
        if not same[axis]:
            x = _sums_along(x, boxes[axis], axis, tame)
    return x


def _in_one(x: np.ndarray, boxes: Sequence[Windows]) -> np.ndarray:
    """The sums of all axes in one product, shape (front, outputs)."""
    cells = x.shape[x.ndim - len(boxes) :]
    matrix = functools.reduce(_both, (members(windows, n) for windows, n in zip(boxes, cells, strict=True)))
    return x.reshape(-1, math.prod(cells)) @ matrix.T.astype(x.dtype)


def _both(rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
    """The members of all boxes of two axes, from those of each: shape (m_1 m_2, n_1 n_2)."""
    together = rows[:, None, :, None] & columns[:, None]
    return together.reshape(len(rows) * len(columns), -1)


def _is_each_cell(windows: Windows, n: int) -> bool:
    """Whether window i is cell i, as at 7 -> 7: such an axis stays as it is."""
    start, stop = windows
    return len(start) == n and bool((start == np.arange(n)).all() and (stop == start + 1).all())


def _cheapest_first(shape: tuple[int, ...], boxes: Sequence[Windows], tame: bool) -> list[int]:
    """The axes that shrink, then those that grow.

    On the last axis a product is cheapest, and sums of slices are dearest: there one goes first, the other last.
    """
    axes = range(-len(boxes), 0)
    shrinking = [axis for axis in axes if len(boxes[axis][0]) < shape[axis]]
    growing = [axis for axis in reversed(axes) if axis not in shrinking]
    return (shrinking[::-1] if _is_product(boxes[-1], shape[-1], tame) else shrinking) + growing


def _is_product(windows: Windows, n: int, tame: bool) -> bool:
    return tame and len(windows[0]) * n <= LARGEST_PRODUCT


def _sums_along(x: np.ndarray, windows: Windows, axis: int, tame: bool) -> np.ndarray:
    """The sum of ``x[start_i:stop_i]`` for each i: a matrix of 0 and 1 times x, where that is small."""
    if _is_product(windows, x.shape[axis], tame):
        return _product(members(windows, x.shape[axis]).astype(x.dtype), x, axis)
    return _reduce(np.add, x, windows, axis, 0)


def _product(matrix: np.ndarray, x: np.ndarray, axis: int) -> np.ndarray:
    if axis == -1:
        result = x.reshape(-1, x.shape[-1]) @ matrix.T  # for all rows at once, which `x @ matrix.T` is not
    else:
        result = matrix @ x.reshape(-1, x.shape[axis], math.prod(x.shape[axis + 1 :]))
    return result.reshape(*x.shape[:axis], len(matrix), *x.shape[x.ndim + axis + 1 :])


def _reduce(ufunc: np.ufunc, x: np.ndarray, windows: Windows, axis: int, empty: float) -> np.ndarray:
    """``ufunc`` over ``x[start_i:stop_i]`` for each i, and ``empty`` where nothing is there.

    On the last axis, where cells stand side by side in memory, numpy walks through each row once. Elsewhere few long
    windows are reduced one by one, many short ones all at once cell by cell. Only cells of the window are touched, so
    that a NaN stays where it is.
    """
    start, stop = windows
    lengths = stop - start
    if axis == -1 and lengths.all() and (stop[:-1] < x.shape[-1]).all():
        ends = np.stack(windows, axis=1).ravel()  # every second part is a window, the others lie between
        return ufunc.reduceat(x, ends[: len(ends) - (ends[-1] == x.shape[-1])], axis=-1)[..., ::2]
    out = x.take(start, axis, mode="clip")  # the first cell of each window
    to, cells = np.moveaxis(out, axis, 0), np.moveaxis(x, axis, 0)
    to[lengths == 0] = empty
    if len(start) < lengths.max() ** 2:
        for i in np.flatnonzero(lengths):
            ufunc.reduce(cells[start[i] : stop[i]], axis=0, keepdims=True, out=to[i : i + 1])
        return out
    for step in range(1, lengths.max()):
        longer = np.flatnonzero(lengths > step)
        to[longer] = ufunc(to[longer], cells[start[longer] + step])
    return out


def _box(x: np.ndarray, boxes: Sequence[Windows], at: Sequence[int]) -> np.ndarray:
    """The cells of one box."""
    slices: tuple[Any, ...] = tuple(slice(start[i], stop[i]) for (start, stop), i in zip(boxes, at, strict=True))
    return x[(..., *slices)]


def _in_order(box: np.ndarray, axes: int) -> np.ndarray:
    """The sum of the cells of a box in reading order, one by one: numpy's own sums pair them."""
    cells = box.reshape(*box.shape[:-axes], -1)
    return np.add.accumulate(cells, axis=-1)[..., -1]


# Maximum ---------------------------------------------------------------------------------------------------


def maxima(x: np.ndarray, boxes: Sequence[Windows]) -> np.ndarray:
    """The maximum of ``x`` over each box."""
    for axis, windows in zip(range(-len(boxes), 0), boxes, strict=True):
        x = _reduce(np.maximum, x, windows, axis, np.nan)
    return x


def winners(x: np.ndarray, boxes: Sequence[Windows]) -> np.ndarray:
    """The flat index, over the pooled axes, of the cell that the maximum of each box comes from; -1 when empty.

    Ties go to the first cell, of several NaN the last one wins, as in PyTorch.
    """
    pooled = x.shape[x.ndim - len(boxes) :]
    where = np.broadcast_to(np.arange(math.prod(pooled)).reshape(pooled), x.shape)
    # The last axis first: the winner is then the first one in reading order, as PyTorch's loops find it.
    for axis, windows in zip(range(-1, -len(boxes) - 1, -1), reversed(boxes), strict=True):
        x, where = _winners_along(x, where, windows, axis)
    return where


def _winner(values: np.ndarray) -> np.ndarray:
    """Position of the maximum on the last axis: the first of equal ones, but the last NaN, as in PyTorch."""
    nan = np.isnan(values)
    last_nan = values.shape[-1] - 1 - np.argmax(nan[..., ::-1], axis=-1)
    return np.where(nan.any(-1), last_nan, np.argmax(values, axis=-1))


def _winners_along(values: np.ndarray, where: np.ndarray, windows: Windows, axis: int) -> tuple[np.ndarray, np.ndarray]:
    """Maximum of each window on ``axis`` and the flat index (from ``where``) of the cell it came from."""
    values, where = np.moveaxis(values, axis, -1), np.moveaxis(where, axis, -1)
    won = np.concatenate(list(_winning_cells(values, windows)), axis=-1)
    empty = windows[0] == windows[1]
    best = np.where(empty, np.nan, np.take_along_axis(values, won, -1))
    index = np.where(empty, -1, np.take_along_axis(where, won, -1))
    return np.moveaxis(best, -1, axis), np.moveaxis(index, -1, axis)


def _winning_cells(values: np.ndarray, windows: Windows) -> Iterator[np.ndarray]:
    """On the last axis the cell that wins each window, any cell where it is empty: so many windows at a time."""
    longest = max(1, int((windows[1] - windows[0]).max()))
    at_once = max(1, _WINNERS_AT_ONCE // max(1, longest * (values.size // values.shape[-1])))
    for first in range(0, len(windows[0]), at_once):
        start, stop = (side[first : first + at_once, None] for side in windows)
        cells = start + np.arange(longest)
        seen = values[..., np.minimum(cells, values.shape[-1] - 1)]
        yield np.minimum(start[:, 0] + _winner(np.where(cells < stop, seen, -np.inf)), values.shape[-1] - 1)


def sums_of_winners(upstream: np.ndarray, won: np.ndarray, cells: tuple[int, ...]) -> np.ndarray:
    """For each cell the sum of ``upstream`` over the boxes that it won; ``cells`` are the pooled sizes.

    ``upstream`` and ``won`` have shape (*front, m_1, ..., m_k), the answer (*front, *cells).
    """
    front = upstream.shape[: upstream.ndim - len(cells)]
    batch, outputs = math.prod(front), math.prod(upstream.shape[len(front) :])
    index, shares = won.reshape(batch, outputs), upstream.reshape(batch, outputs)
    out = np.zeros((batch, math.prod(cells)), upstream.dtype)
    row = np.broadcast_to(np.arange(batch)[:, None], index.shape)
    some = index >= 0
    np.add.at(out, (row[some], index[some]), shares[some])  # one cell can win twice and then collects twice
    return out.reshape(*front, *cells)
