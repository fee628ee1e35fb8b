"""Averages and maxima over windows, one axis after the other, from operations that every exporter has.

The backward of each gives the same bits every time, on a GPU too: products are sums in a fixed order, and where m <= n
a cell lies in at most two windows, so that whatever arrives first, a + b is b + a.
"""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import torch

from pooltutor.portable.axis_windows import Members

if TYPE_CHECKING:
    from torch import Tensor

_NARROW = (torch.float16, torch.bfloat16)


def widened(x: "Tensor") -> "Tensor":
    """The numbers in float32 where their own type is too narrow to add up in."""
    return x.float() if x.dtype in _NARROW else x


def narrowed(y: "Tensor", x: "Tensor") -> "Tensor":
    """``y`` in the type of ``x``; where it has that already nothing is left in an exported program."""
    return y if y.dtype == x.dtype else y.to(x.dtype)


class Whole:
    """One window that has all cells of its axis: no table is needed."""


def average(x: "Tensor", windows: Sequence[Members | Whole | None]) -> "Tensor":
    """Average over the windows of the last axes; None keeps an axis.

    ``y_i = sum of x_j over the cells j of window i, divided by its length``: a product with the 0/1 table of each
    axis, and one division. An infinity or a NaN reaches every output of its line, because 0 times it is NaN.

    >>> from pooltutor.portable.axis_windows import fixed_members
    >>> average(torch.arange(14.0)[None, None], [fixed_members(14, 4)])
    tensor([[[ 1.5000,  4.5000,  8.5000, 11.5000]]])
    """
    total, counts = widened(x), None
    whole = [axis for axis in range(-len(windows), 0) if isinstance(windows[axis], Whole)]
    if whole:
        total = total.mean(whole, keepdim=True)
    for axis in range(-1, -len(windows) - 1, -1):
        found = windows[axis]
        if found is not None and not isinstance(found, Whole):
            total = _product(total, found.member.to(total.dtype), axis)
            lengths = found.lengths.to(total.dtype).reshape(-1, *[1] * (-axis - 1))
            counts = lengths if counts is None else counts * lengths
    return narrowed(total if counts is None else total / counts, x)


def _product(x: "Tensor", table: "Tensor", axis: int) -> "Tensor":
    """Put ``table`` (m, n) times the n numbers of an axis in their place."""
    if axis == -1:
        return x @ table.T
    if axis == -2:
        return table @ x
    return (x.transpose(axis, -1) @ table.T).transpose(axis, -1)


def maximum(
    x: "Tensor", windows: Sequence["Tensor | Whole | None"], return_indices: bool = False
) -> tuple["Tensor", "Tensor | None"]:
    """The largest number of each window of the last axes, and where it is; None keeps an axis.

    ``windows`` are tables of cells (m, longest window), or :class:`Whole` for one window of all cells. Of equal numbers
    the first wins, in the order in which they lie in memory, as in PyTorch; an index counts the cells of one channel.

    >>> from pooltutor.portable.axis_windows import fixed_cells
    >>> maximum(torch.tensor([[0.0, 9.0, 0.0]]), [fixed_cells(3, 2)], return_indices=True)
    (tensor([[9., 9.]]), tensor([[1, 1]]))
    """
    values = widened(x)
    places = _places(x, len(windows)) if return_indices else None
    for axis in range(-1, -len(windows) - 1, -1):
        cells, d = windows[axis], x.dim() + axis
        if cells is None:
            continue
        if isinstance(cells, Whole):
            values, pick = values.max(dim=d, keepdim=True)
            places = None if places is None else places.gather(d, pick)
            continue
        many = x.is_cuda and x.requires_grad and torch.is_grad_enabled() and values.shape[d] < cells.shape[0]
        values, pick = (_masked if many else _gathered)(values, cells, d).max(dim=d + 1)
        if places is not None:
            choice = _unfolded(places, cells.shape[0], d) if many else _gathered(places, cells, d)
            places = choice.gather(d + 1, pick.unsqueeze(d + 1)).squeeze(d + 1)
    return narrowed(values, x), places


def _places(x: "Tensor", axes: int) -> "Tensor":
    """For each number its place among the cells of its channel."""
    sizes = x.shape[x.dim() - axes :]
    return torch.arange(math.prod(sizes), device=x.device).reshape(sizes).expand_as(x)


def _gathered(values: "Tensor", cells: "Tensor", d: int) -> "Tensor":
    """The numbers of each window along axis d, which becomes two axes: windows, and what each has."""
    m, longest = cells.shape
    # A trace knows no number for the longest window; -1 would not do where there is no window at all.
    found = values.index_select(d, cells.flatten())
    return torch.unflatten(found, d, (m, longest if isinstance(m, int) and m == 0 else -1))


def _masked(values: "Tensor", cells: "Tensor", d: int) -> "Tensor":
    """As :func:`_gathered`, but each window has all n cells, of which those that are not its own are -inf.

    Its backward adds up in a fixed order even where a cell lies in many windows.
    """
    cell = torch.arange(values.shape[d], device=values.device)
    inside = (cell >= cells[:, :1]) & (cell <= cells[:, -1:])
    inside = inside.reshape(*inside.shape, *[1] * (values.dim() - d - 1))
    return torch.where(inside, values.unsqueeze(d), -torch.inf)


def _unfolded(places: "Tensor", m: int, d: int) -> "Tensor":
    """The places of what :func:`_masked` shows: all of them in each of m windows."""
    shape = places.shape
    return places.unsqueeze(d).expand(*shape[:d], m, *shape[d:])
