"""Adaptive pooling, its gradient and its matrix in numpy: nothing but sums over the bins.

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
from typing import Any

import numpy as np

from pooltutor.binning import MAX_ENTRIES, Bins, bins

KINDS = ("avg", "max")

# PyTorch goes on without a word where the answer is NaN (inf - inf, the 0/0 of an empty window) or infinity.
# Some BLAS libraries raise the flag of a division by zero in a product, which divides nothing.
_AS_PYTORCH: dict[str, Any] = {"invalid": "ignore", "over": "ignore", "divide": "ignore"}

# Up to so many entries in its matrix a product is faster than sums of slices. Longer sums would also lose
# digits: BLAS adds up in few places, numpy pairwise.
_SMALL = 1024

Target = int | Sequence[int | None]
Windows = tuple[np.ndarray, np.ndarray]


# Arguments -----------------------------------------------------------------------------------------------


def check_kind(kind: Any) -> str:
    """Return ``kind``, or say in one sentence which kinds there are."""
    if kind not in KINDS:
        raise ValueError(f"kind must be one of {', '.join(KINDS)}, got {kind!r}")
    return str(kind)


def _floating(values: Any, name: str) -> np.ndarray:
    array = np.asarray(values)
    if array.dtype.kind in "iu":  # PyTorch refuses integers; a learner's arange(14) means numbers
        return array.astype(np.float64)
    if array.dtype.kind != "f":
        raise TypeError(f"{name} must be an array of real numbers, got dtype {array.dtype}")
    return array


def _sizes(size: Any, name: str) -> tuple[Any, ...]:
    """Sizes of the last k axes as a tuple: an int means the last one."""
    if size is None:
        raise TypeError(f"{name} must be an integer or a tuple; None keeps an axis only inside a tuple")
    if isinstance(size, (tuple, list)):
        if not size:
            raise ValueError(f"{name} must be an integer or a tuple with one entry for each pooled axis, got {size!r}")
        return tuple(size)
    return (size,)


def axis_bins(input_sizes: Sequence[Any], target_sizes: Sequence[Any], rule: str) -> tuple[Bins, ...]:
    """Return the bins of each axis; None on one side keeps the size of the other.

    >>> axis_bins((14, 5), (4, None), "pytorch")[1]
    bins(5, 5): 0:1 1:2 2:3 3:4 4:5
    """
    pairs = zip(input_sizes, target_sizes, strict=True)
    return tuple(bins(m if n is None else n, n if m is None else m, rule) for n, m in pairs)


def _pooled_shape(array: np.ndarray, name: str, k: int) -> tuple[int, ...]:
    if array.ndim < k or 0 in array.shape[array.ndim - k :]:
        raise ValueError(f"{name} must have at least {k} dimensions with entries in them, got shape {array.shape}")
    return array.shape[array.ndim - k :]


# One axis ------------------------------------------------------------------------------------------------
# `windows` are starts and stops, `axis` counts from the end.


def _reduce(ufunc: np.ufunc, x: np.ndarray, windows: Windows, axis: int, empty: float) -> np.ndarray:
    """``ufunc`` over ``x[start_i:stop_i]`` for each i, and ``empty`` where nothing is there.

    Few long windows are reduced one by one, many short ones all at once cell by cell. Only cells of the
    window are touched, so that a NaN stays where it is.
    """
    start, stop = windows
    lengths = stop - start
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


def _sums(x: np.ndarray, windows: Windows, axis: int) -> np.ndarray:
    """The sum of ``x[start_i:stop_i]`` for each i: a matrix of 0 and 1 times x, where that is small."""
    if len(windows[0]) * x.shape[axis] <= _SMALL:
        total = _product(_members(windows, x.shape[axis]).astype(x.dtype), x, axis)
        # 0 * NaN and 0 * inf are NaN although the window has no such cell. Such cells are absent where x is
        # finite, or where all sums are: each cell of a window is in its sum. The shorter is looked at.
        if np.isfinite(min(x, total, key=np.size).sum()):
            return total
    return _reduce(np.add, x, windows, axis, 0)


def _product(members: np.ndarray, x: np.ndarray, axis: int) -> np.ndarray:
    if axis == -1:
        product = x.reshape(-1, x.shape[-1]) @ members.T  # for all rows at once, which `x @ members.T` is not
    else:
        product = members @ x.reshape(-1, x.shape[axis], math.prod(x.shape[axis + 1 :]))
    return product.reshape(_resized(x.shape, axis, len(members)))


def _resized(shape: tuple[int, ...], axis: int, size: int) -> tuple[int, ...]:
    return (*shape[:axis], size, *shape[len(shape) + axis + 1 :])


def _members(windows: Windows, n: int) -> np.ndarray:
    """Whether window i contains cell j, shape (m, n)."""
    cells = np.arange(n)
    return (windows[0][:, None] <= cells) & (cells < windows[1][:, None])


# Average -------------------------------------------------------------------------------------------------


def _avg(x: np.ndarray, axes: Sequence[Bins]) -> np.ndarray:
    cells = _cells_of_all(axes)
    if 0 < cells <= _SMALL:
        total = x.reshape(-1, cells) @ np.ones(cells, x.dtype)
        return (total / x.dtype.type(cells)).reshape(*x.shape[: x.ndim - len(axes)], *(1 for _ in axes))
    boxes = [(b.start, b.stop) for b in axes]
    return _box_sums(x, boxes) / _areas(boxes, x.dtype)


def _avg_gradient(upstream: np.ndarray, axes: Sequence[Bins]) -> np.ndarray:
    cells = _cells_of_all(axes)
    if cells:
        shape = (*upstream.shape[: upstream.ndim - len(axes)], *(b.input_size for b in axes))
        return np.repeat(upstream / upstream.dtype.type(cells), cells).reshape(shape)
    # Each cell sums the shares of the boxes that contain it: backward is a forward over `b.feeds`.
    areas = _areas([(b.start, b.stop) for b in axes], upstream.dtype)
    return _box_sums(upstream / np.maximum(areas, 1), [b.feeds for b in axes])


def _cells_of_all(axes: Sequence[Bins]) -> int:
    """How many cells there are where one box has all of them (global average pooling), else 0."""
    one_box = all(b.target_size == 1 and b[0].length == b.input_size for b in axes)
    return math.prod(b.input_size for b in axes) if one_box else 0


def _box_sums(x: np.ndarray, boxes: Sequence[Windows]) -> np.ndarray:
    """Sums over boxes of windows, one window from each of the last axes."""
    k = len(boxes)
    shrinks = math.prod(len(start) for start, _ in boxes) < math.prod(x.shape[x.ndim - k :])
    # Sums along the last axis are the slow ones: they come when the array is small.
    for axis in range(-k, 0) if shrinks else range(-1, -k - 1, -1):
        x = _sums(x, boxes[axis], axis)
    return x


def _areas(boxes: Sequence[Windows], dtype: np.dtype) -> np.ndarray:
    """Cells in each box, shape (m_1, ..., m_k)."""
    return functools.reduce(np.multiply.outer, (stop - start for start, stop in boxes)).astype(dtype)


# Maximum ---------------------------------------------------------------------------------------------------


def _max(x: np.ndarray, axes: Sequence[Bins]) -> np.ndarray:
    for axis, b in zip(range(-len(axes), 0), axes, strict=True):
        x = _reduce(np.maximum, x, (b.start, b.stop), axis, np.nan)
    return x


def _winner(values: np.ndarray) -> np.ndarray:
    """Position of the maximum on the last axis: the first of equal ones, but the last NaN, as in PyTorch."""
    nan = np.isnan(values)
    last_nan = values.shape[-1] - 1 - np.argmax(nan[..., ::-1], axis=-1)
    return np.where(nan.any(-1), last_nan, np.argmax(values, axis=-1))


def _winners_axis(values: np.ndarray, where: np.ndarray, b: Bins, axis: int) -> tuple[np.ndarray, np.ndarray]:
    """Maximum of each window on ``axis`` and the flat index (from ``where``) of the cell it came from."""
    values, where = np.moveaxis(values, axis, -1), np.moveaxis(where, axis, -1)
    best, index = [], []
    for window in b:
        if not window.length:
            best.append(np.full(values.shape[:-1], np.nan))
            index.append(np.full(values.shape[:-1], -1))
            continue
        won = _winner(values[..., window.slice])[..., None]
        best.append(np.take_along_axis(values[..., window.slice], won, -1)[..., 0])
        index.append(np.take_along_axis(where[..., window.slice], won, -1)[..., 0])
    return np.stack(best, axis), np.stack(index, axis)


def winners(x: Any, axes: Sequence[Bins]) -> np.ndarray:
    """For each output of max pooling the flat index of its winning cell over the pooled axes, -1 when empty.

    Shape: that of the output. Ties go to the first cell, of several NaN the last one wins; both as in
    PyTorch's ``return_indices=True``.

    >>> winners([0.0, 9.0, 0.0], [bins(3, 2)])
    array([1, 1])
    """
    values = _floating(x, "x")
    pooled = _pooled_shape(values, "x", len(axes))
    where = np.broadcast_to(np.arange(np.prod(pooled)).reshape(pooled), values.shape)
    # The last axis first: the winner is then the first one in reading order, as PyTorch's loops find it.
    for axis, b in zip(range(-1, -len(axes) - 1, -1), reversed(axes), strict=True):
        values, where = _winners_axis(values, where, b, axis)
    return where


def _max_gradient(upstream: np.ndarray, x: np.ndarray, axes: Sequence[Bins]) -> np.ndarray:
    front = x.shape[: x.ndim - len(axes)]
    batch, outputs = math.prod(front), math.prod(b.target_size for b in axes)
    index, shares = winners(x, axes).reshape(batch, outputs), upstream.reshape(batch, outputs)
    out = np.zeros((batch, math.prod(b.input_size for b in axes)), upstream.dtype)
    row = np.broadcast_to(np.arange(batch)[:, None], index.shape)
    won = index >= 0
    with np.errstate(**_AS_PYTORCH):
        np.add.at(out, (row[won], index[won]), shares[won])  # one cell can win twice and then collects twice
    return out.reshape(x.shape)


# Public --------------------------------------------------------------------------------------------------


def pool(x: Any, target_size: Target, *, kind: str = "avg", rule: str = "pytorch") -> np.ndarray:
    """Pool the last axis (an int) or the last k axes (a tuple of k) of ``x`` to ``target_size``.

    ``y_i`` is the mean, or for ``kind="max"`` the maximum, of ``x[start_i:stop_i]``; None in a tuple keeps
    that axis. Axes in front are batch and channels, any number of them. float16, float32 and float64 stay
    what they are (float16 is averaged in float32, as in PyTorch on one and two axes); integers become float64.

    >>> pool(np.arange(14), 4)
    array([ 1.5,  4.5,  8.5, 11.5])
    >>> pool(np.ones((2, 3, 6, 8)), (4, None)).shape
    (2, 3, 4, 8)
    >>> pool([0, 9, 0], 2, kind="max")
    array([9., 9.])

    Raises TypeError or ValueError with the argument, the accepted range and what came.
    Source: ``adaptive_avg_pool2d_kernel`` and ``adaptive_max_pool2d_kernel`` in PyTorch's ATen/native/cpu.
    """
    values, targets = _floating(x, "x"), _sizes(target_size, "target_size")
    axes = axis_bins(_pooled_shape(values, "x", len(targets)), targets, rule)
    return _in_wider_type(_max if check_kind(kind) == "max" else _avg, values, axes)


def gradient(
    upstream: Any, input_size: Target, *, kind: str = "avg", x: Any = None, rule: str = "pytorch"
) -> np.ndarray:
    """Return the gradient with respect to the input, given the ``upstream`` gradient of the outputs.

    Average: each output cuts its gradient into ``L_i`` equal shares and gives one to each of its cells, so
    the sum stays the same. Maximum: all of it goes to the winning cell, which needs ``x``. ``input_size``
    is the size of the last axis, or a tuple for the last k; None in a tuple means that axis was kept.

    >>> gradient([1, 2, 3, 4], 14)
    array([0.25, 0.25, 0.25, 0.75, 0.5 , 0.5 , 0.5 , 0.75, 0.75, 0.75, 1.75, 1.  , 1.  , 1.  ])
    >>> gradient([1, 1], 3, kind="max", x=[0, 9, 0])
    array([0., 2., 0.])

    Raises TypeError or ValueError with the argument, the accepted range and what came.
    Source: ``adaptive_avg_pool2d_backward`` in PyTorch's ATen/native/cpu, which loops over input cells with
    the same start and stop, input and output exchanged.
    """
    values, sizes = _floating(upstream, "upstream"), _sizes(input_size, "input_size")
    axes = axis_bins(sizes, _pooled_shape(values, "upstream", len(sizes)), rule)
    if check_kind(kind) == "max":
        return _max_gradient(values, _matching_x(x, values, axes), axes)
    return _in_wider_type(_avg_gradient, values, axes)


def _in_wider_type(compute: Callable, values: np.ndarray, axes: Sequence[Bins]) -> np.ndarray:
    """``compute(values, axes)``, for float16 in float32, without numpy's warnings."""
    wider = values.astype(np.float32) if values.dtype == np.float16 else values
    with np.errstate(**_AS_PYTORCH):
        return compute(wider, axes).astype(values.dtype, copy=False)


def _matching_x(x: Any, upstream: np.ndarray, axes: Sequence[Bins]) -> np.ndarray:
    if x is None:
        raise TypeError("x must be given for kind='max': the gradient goes to the cells that won")
    values = _floating(x, "x")
    expected = (*upstream.shape[: upstream.ndim - len(axes)], *(b.input_size for b in axes))
    if values.shape != expected:
        raise ValueError(f"x must have shape {expected} to fit upstream and input_size, got {values.shape}")
    return values


def matrix(input_size: int, target_size: int, rule: str = "pytorch") -> np.ndarray:
    """Return average pooling as a matrix P of shape (m, n): ``y = P @ x`` and ``grad = P.T @ upstream``.

    ``P[i, j] = 1/L_i`` where window i contains cell j, else 0. Rows sum to 1 (an empty window's to 0).

    >>> matrix(3, 2)
    array([[0.5, 0.5, 0. ],
           [0. , 0.5, 0.5]])

    Raises TypeError or ValueError for bad sizes, ValueError for more than 10**7 entries.
    """
    b = bins(input_size, target_size, rule)
    if b.input_size * b.target_size > MAX_ENTRIES:
        raise ValueError(f"matrix is built up to {MAX_ENTRIES} entries, got {b.target_size} x {b.input_size}")
    return _members((b.start, b.stop), b.input_size) / np.maximum(b.lengths, 1)[:, None]
