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

    A product spreads NaN and infinity to windows that they are not in, and the order of the additions decides whether
    a sum overflows: where that can be, all is added up a second time, in PyTorch's order. One case is not seen: cells
    so large that PyTorch's sum overflows on its way, while every sum here is small. The true sums come out then.
    """
    total = _along(x, boxes, products=True)
    flat = min(x, total, key=np.size).ravel()
    # One pass over the smaller side: where its sum of squares is finite, so are its numbers, with room to spare.
    return total if np.isfinite(flat @ flat) else _in_pytorchs_order(x, boxes)


def _in_pytorchs_order(x: np.ndarray, boxes: Sequence[Windows]) -> np.ndarray:
    """Sums in which NaN and infinity stay in their boxes; what may overflow is added up in reading order."""
    total = _along(x, boxes, products=False)
    total = total.copy() if total is x else total
    large = ~np.isfinite(_along(np.abs(x), boxes, products=False))
    for at in zip(*np.nonzero(large.any(tuple(range(x.ndim - len(boxes))))), strict=True):
        total[(..., *at)] = _in_order(_box(x, boxes, at), len(boxes))
    return total


def _along(x: np.ndarray, boxes: Sequence[Windows], products: bool) -> np.ndarray:
    k = x.ndim - len(boxes)
    cells, outputs = x.shape[k:], tuple(len(start) for start, _ in boxes)
    same = [_is_each_cell(windows, n) for windows, n in zip(boxes, cells, strict=True)]
    if products and len(boxes) > 1 and not any(same) and math.prod((*cells, *outputs)) <= LARGEST_IN_ONE:
        return (x.reshape(-1, math.prod(cells)) @ _matrix(boxes, cells, x.dtype)).reshape(*x.shape[:k], *outputs)
    for axis in _cheapest_first(cells, boxes):
        if not same[axis]:
            x = _sums_along(x, boxes[axis], axis, products)
    return x


def _is_each_cell(windows: Windows, n: int) -> bool:
    """Whether window i is cell i, as at 7 -> 7: such an axis stays as it is."""
    start, stop = windows
    return len(start) == n and bool((start == np.arange(n)).all() and (stop == start + 1).all())


def _cheapest_first(cells: Sequence[int], boxes: Sequence[Windows]) -> list[int]:
    """The axes that shrink, then those that grow.

    Whole rows are added up fastest, so of those that shrink the last axis is the last.
    """
    axes = range(-len(boxes), 0)
    shrinking = [axis for axis in axes if len(boxes[axis][0]) < cells[axis]]
    return shrinking + [axis for axis in reversed(axes) if axis not in shrinking]


def _is_small(windows: Windows, n: int) -> bool:
    return len(windows[0]) * n <= LARGEST_PRODUCT


def _sums_along(x: np.ndarray, windows: Windows, axis: int, products: bool) -> np.ndarray:
    """The sum of ``x[start_i:stop_i]`` for each i: x times a matrix of 0 and 1, where that is small."""
    n, before, after = x.shape[axis], x.shape[:axis], x.shape[x.ndim + axis + 1 :]
    shape = (*before, len(windows[0]), *after)
    if products and _is_small(windows, n):
        matrix = _matrix([windows], [n], x.dtype)
        if axis == -1:
            return (x.reshape(-1, n) @ matrix).reshape(shape)  # all rows at once, which `x @ matrix` is not
        return (matrix.T @ x.reshape(-1, n, math.prod(after))).reshape(shape)
    if axis != -1 and _are_few_and_long(windows):
        return _sums_of_rows(x.reshape(*before, n, math.prod(after)), windows).reshape(shape)
    return _reduce(np.add, x, windows, axis, 0)


def _are_few_and_long(windows: Windows) -> bool:
    """Whether it is faster to go window by window than cell by cell."""
    return len(windows[0]) < (windows[1] - windows[0]).max() ** 2


def _matrix(boxes: Sequence[Windows], cells: Sequence[int], dtype: np.dtype) -> np.ndarray:
    """Which cell is in which box, as numbers: shape (cells, outputs), all axes together."""
    ends = tuple(tuple(end.tolist()) for windows in boxes for end in windows)
    return _kept_matrix(ends, tuple(cells), dtype)


@functools.lru_cache(maxsize=64)
def _kept_matrix(ends: tuple[tuple[int, ...], ...], cells: tuple[int, ...], dtype: np.dtype) -> np.ndarray:
    """A layer asks for the same one again and again, and making it takes longer than a small product."""
    sides = [np.array(end, np.int64) for end in ends]
    each = (members((start, stop), n) for start, stop, n in zip(sides[::2], sides[1::2], cells, strict=True))
    return functools.reduce(_both, each).T.astype(dtype)


def _both(rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
    """The members of all boxes of two axes, from those of each: shape (m_1 m_2, n_1 n_2)."""
    together = rows[:, None, :, None] & columns[:, None]
    return together.reshape(len(rows) * len(columns), -1)


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
    if _are_few_and_long(windows):
        for i in np.flatnonzero(lengths):
            ufunc.reduce(cells[start[i] : stop[i]], axis=0, keepdims=True, out=to[i : i + 1])
        return out
    for step in range(1, lengths.max()):
        longer = np.flatnonzero(lengths > step)
        to[longer] = ufunc(to[longer], cells[start[longer] + step])
    return out


def _sums_of_rows(x: np.ndarray, windows: Windows) -> np.ndarray:
    """The sums of windows on the axis before the last, by products with ones: BLAS adds rows faster than numpy."""
    ones = np.ones((1, x.shape[-2]), x.dtype)
    out = np.empty((*x.shape[:-2], len(windows[0]), x.shape[-1]), x.dtype)
    for i, (start, stop) in enumerate(zip(*windows, strict=True)):
        np.matmul(ones[:, : stop - start], x[..., start:stop, :], out=out[..., i : i + 1, :])
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
