"""Pooling, its gradient and its matrix in numpy: what a user calls, over the bins of the last axes.

kinds.py says what is computed; here arguments are accepted or refused, and float16 is computed in float32.
"""

import functools
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, overload

import numpy as np

from pooltutor import boxes
from pooltutor.arrays import real_array
from pooltutor.binning import Bins, bins
from pooltutor.boxes import Windows
from pooltutor.kinds import KINDS
from pooltutor.quoting import quoted
from pooltutor.rules import Chosen
from pooltutor.validation import MAX_ENTRIES, check_name, check_size
from pooltutor.words import say

LARGEST_RESULT = 10**8
"""Most numbers that pool and gradient make: 800 MB of float64."""

# PyTorch goes on without a word where the answer is NaN (inf - inf, the 0/0 of an empty window) or infinity.
# Some BLAS libraries raise the flag of a division by zero in a product, which divides nothing.
_AS_PYTORCH: dict[str, Any] = {"invalid": "ignore", "over": "ignore", "divide": "ignore"}

Target = int | Sequence[int | None]


# Arguments -----------------------------------------------------------------------------------------------


def check_kind(kind: Any) -> str:
    """Return ``kind``, or say in one sentence which kinds there are."""
    return check_name(kind, KINDS, "kind")


def _sizes(size: Any, name: str, axes: Any) -> tuple[Any, ...]:
    """Sizes of the last axes as a tuple: an integer is that of the last one, or of each of the last ``axes``."""
    if size is None:
        raise TypeError(say("errors.pooling.none", name=name))
    several = isinstance(size, (tuple, list))
    if several and not size:
        raise ValueError(say("errors.pooling.no_entries", name=name, came=size))
    k = (len(size) if several else 1) if axes is None else check_size(axes, "axes", _MOST_AXES)
    if several and len(size) != k:
        raise ValueError(say("errors.pooling.length", name=name, count=k, came=quoted(size)))
    return tuple(size) if several else (size,) * k


_MOST_AXES = 32  # numpy's own limit on some platforms


def axis_bins(input_sizes: Sequence[Any], target_sizes: Sequence[Any], rule: Chosen) -> tuple[Bins, ...]:
    """Return the bins of each axis; None on one side keeps the size of the other.

    >>> axis_bins((14, 5), (4, None), "pytorch")[1]
    bins(5, 5): 0:1 1:2 2:3 3:4 4:5
    """
    pairs = zip(input_sizes, target_sizes, strict=True)
    return tuple(bins(m if n is None else n, n if m is None else m, rule) for n, m in pairs)


@dataclass(frozen=True)
class _Layer:
    """What two shapes decide, whatever the numbers are; arrays of windows are made after sizes have been accepted."""

    axes: tuple[Bins, ...]

    @functools.cached_property
    def windows(self) -> tuple[Windows, ...]:
        return tuple(b.windows for b in self.axes)

    @functools.cached_property
    def input_sizes(self) -> tuple[int, ...]:
        return tuple(b.input_size for b in self.axes)

    @functools.cached_property
    def target_sizes(self) -> tuple[int, ...]:
        return tuple(b.target_size for b in self.axes)


def _layer(input_sizes: tuple[Any, ...], target_sizes: tuple[Any, ...], rule: Any) -> _Layer:
    """The layer between sizes; those of small maps are kept, for it takes longer to check a size than to pool them."""
    sizes = input_sizes + target_sizes
    plain = type(rule) is str and _PLAIN.issuperset(map(type, sizes)) and max(filter(None, sizes)) <= _MOST_KEPT
    return (_kept_layer if plain else _new_layer)(input_sizes, target_sizes, rule)


_PLAIN = {int, type(None)}  # True and 1.0 are equal to 1, but no sizes
_MOST_KEPT = 4096  # cells or windows of one axis


def _new_layer(input_sizes: tuple[Any, ...], target_sizes: tuple[Any, ...], rule: Any) -> _Layer:
    return _Layer(axis_bins(input_sizes, target_sizes, rule))


_kept_layer = functools.lru_cache(maxsize=256)(_new_layer)


def _pooled_shape(array: np.ndarray, name: str, k: int) -> tuple[int, ...]:
    pooled = array.shape[-k:]
    if len(pooled) < k or 0 in pooled:
        raise ValueError(say("errors.pooling.dimensions", name=name, count=k, shape=array.shape))
    return pooled


def _refuse_large_result(front: Sequence[int], sizes: Sequence[int], name: str) -> None:
    numbers = math.prod((*front, *sizes))
    if numbers > LARGEST_RESULT:
        shown = " x ".join(map(str, sizes))
        raise ValueError(say("errors.pooling.result", name=name, most=LARGEST_RESULT, came=shown, numbers=numbers))


# Average and maximum -------------------------------------------------------------------------------------


def winners(x: Any, axes: Sequence[Bins]) -> np.ndarray:
    """For each output of max pooling the flat index of its winning cell over the pooled axes, -1 when empty.

    Shape: that of the output. Ties go to the first cell, of several NaN the last one wins; both as in
    PyTorch's ``return_indices=True``.

    >>> winners([0.0, 9.0, 0.0], [bins(3, 2)])
    array([1, 1])
    """
    values = real_array(x, "x")
    _pooled_shape(values, "x", len(axes))
    return boxes.winners(values, [b.windows for b in axes])


# Public --------------------------------------------------------------------------------------------------


@overload
def pool(
    x: Any,
    target_size: Target,
    *,
    axes: int | None = None,
    kind: str = "avg",
    rule: Chosen = "pytorch",
    return_indices: Literal[False] = False,
) -> np.ndarray: ...
@overload
def pool(
    x: Any,
    target_size: Target,
    *,
    axes: int | None = None,
    kind: str = "avg",
    rule: Chosen = "pytorch",
    return_indices: Literal[True],
) -> tuple[np.ndarray, np.ndarray]: ...
def pool(
    x: Any,
    target_size: Target,
    *,
    axes: int | None = None,
    kind: str = "avg",
    rule: Chosen = "pytorch",
    return_indices: bool = False,
) -> Any:
    """Pool the last axis (an int) or the last k axes (a tuple of k) of ``x`` to ``target_size``.

    An int pools the last axis only, whatever the shape of ``x``: what ``F.adaptive_avg_pool2d(x, 5)`` does is
    ``pool(x, 5, axes=2)``, or ``pool(x, (5, 5))``.

    ``y_i`` is the mean, or for ``kind="max"`` the maximum, of ``x[start_i:stop_i]``; None in a tuple keeps
    that axis. Axes in front are batch and channels, any number of them. ``x`` is a list, an array or a torch tensor.
    float16, float32 and float64 stay what they are (float16 is averaged in float32, as in PyTorch on one and two
    axes); integers become float64. With ``return_indices=True`` a maximum comes with the flat index, over the pooled
    axes, of the cell that won, -1 for an empty window.

    >>> pool(np.arange(14), 4)
    array([ 1.5,  4.5,  8.5, 11.5])
    >>> pool(np.ones((2, 3, 6, 8)), (4, None)).shape, pool(np.ones((2, 3, 6, 8)), 4, axes=2).shape
    ((2, 3, 4, 8), (2, 3, 4, 4))
    >>> pool([0, 9, 0], 2, kind="max", return_indices=True)
    (array([9., 9.]), array([1, 1]))

    Raises TypeError or ValueError with the argument, the accepted range and what came.
    Source: ``adaptive_avg_pool2d_kernel`` and ``adaptive_max_pool2d_kernel`` in PyTorch's ATen/native/cpu.
    """
    values, targets = real_array(x, "x"), _sizes(target_size, "target_size", axes)
    _check_return_indices(return_indices, check_kind(kind))
    layer = _layer(_pooled_shape(values, "x", len(targets)), targets, rule)
    _refuse_large_result(values.shape[: values.ndim - len(targets)], layer.target_sizes, "target_size")
    outputs = _in_wider_type(KINDS[kind].outputs, values, layer.windows)
    return (outputs, boxes.winners(values, layer.windows)) if return_indices else outputs


def _check_return_indices(value: Any, kind: str) -> None:
    if not isinstance(value, bool):
        raise TypeError(say("errors.true_or_false", name="return_indices", came=quoted(value)))
    if value and not KINDS[kind].has_winners:
        raise ValueError(say("errors.pooling.indices", kind=repr(kind)))


def gradient(
    upstream: Any,
    input_size: Target,
    *,
    axes: int | None = None,
    kind: str = "avg",
    x: Any = None,
    rule: Chosen = "pytorch",
) -> np.ndarray:
    """Return the gradient with respect to the input, given the ``upstream`` gradient of the outputs.

    Average: each output cuts its gradient into ``L_i`` equal shares and gives one to each of its cells, so
    the sum stays the same. Maximum: all of it goes to the winning cell, which needs ``x``. ``input_size``
    is the size of the last axis (with ``axes=k`` of each of the last k), or a tuple for the last k; None in a tuple
    means that axis was kept. ``upstream`` and ``x`` are lists, arrays or torch tensors.

    >>> gradient([1, 2, 3, 4], 14)
    array([0.25, 0.25, 0.25, 0.75, 0.5 , 0.5 , 0.5 , 0.75, 0.75, 0.75, 1.75, 1.  , 1.  , 1.  ])
    >>> gradient([1, 1], 3, kind="max", x=[0, 9, 0])
    array([0., 2., 0.])

    Raises TypeError or ValueError with the argument, the accepted range and what came.
    Source: ``adaptive_avg_pool2d_backward`` in PyTorch's ATen/native/cpu, which loops over input cells with
    the same start and stop, input and output exchanged.
    """
    values, sizes = real_array(upstream, "upstream"), _sizes(input_size, "input_size", axes)
    layer = _layer(sizes, _pooled_shape(values, "upstream", len(sizes)), rule)
    _refuse_large_result(values.shape[: values.ndim - len(sizes)], layer.input_sizes, "input_size")
    way_back, about = KINDS[check_kind(kind)], (layer.windows, layer.input_sizes)
    if not way_back.has_winners:
        return _in_wider_type(way_back.gradient, values, *about, None)
    with np.errstate(**_AS_PYTORCH):
        return way_back.gradient(values, *about, _matching_x(x, values, layer.input_sizes))


@np.errstate(**_AS_PYTORCH)
def _in_wider_type(compute: Callable, values: np.ndarray, *more: Any) -> np.ndarray:
    """``compute(values, *more)``, for float16 in float32, without numpy's warnings."""
    if values.dtype != np.float16:
        return compute(values, *more)
    return compute(values.astype(np.float32), *more).astype(np.float16)


def _matching_x(x: Any, upstream: np.ndarray, sizes: tuple[int, ...]) -> np.ndarray:
    if x is None:
        raise TypeError(say("errors.pooling.x"))
    values = real_array(x, "x")
    expected = (*upstream.shape[: upstream.ndim - len(sizes)], *sizes)
    if values.shape != expected:
        raise ValueError(say("errors.pooling.x_shape", shape=expected, came=values.shape))
    return values


def matrix(input_size: int, target_size: int, rule: Chosen = "pytorch") -> np.ndarray:
    """Return average pooling as a matrix P of shape (m, n): ``y = P @ x`` and ``grad = P.T @ upstream``.

    ``P[i, j] = 1/L_i`` where window i contains cell j, else 0. Rows sum to 1 (an empty window's to 0).

    >>> matrix(3, 2)
    array([[0.5, 0.5, 0. ],
           [0. , 0.5, 0.5]])

    Raises TypeError or ValueError for bad sizes, ValueError for more than 10**7 entries.
    """
    b = bins(input_size, target_size, rule)
    if b.input_size * b.target_size > MAX_ENTRIES:
        raise ValueError(say("errors.pooling.matrix", most=MAX_ENTRIES, m=b.target_size, n=b.input_size))
    return boxes.members(b.windows, b.input_size) / np.maximum(b.lengths, 1)[:, None]
