"""The windows of one axis as tensors: from sizes that are known, or from a shape at run time, always in integers."""

from typing import TYPE_CHECKING, Any, NamedTuple

import torch

from pooltutor.binning import bins

if TYPE_CHECKING:
    from torch import Tensor


class Members(NamedTuple):
    """Which cells each window has, for averages: ``member`` is a 0/1 table (m, n), ``lengths`` has m entries."""

    member: "Tensor"
    lengths: "Tensor"


def fixed_members(n: int, m: int) -> Members:
    """The windows n -> m as a table of true and false, and their lengths.

    >>> fixed_members(3, 2).member.int(), fixed_members(3, 2).lengths
    (tensor([[1, 1, 0],
            [0, 1, 1]], dtype=torch.int32), tensor([2, 2]))
    """
    return _members(*_fixed_bounds(n, m), n)


def fixed_cells(n: int, m: int) -> "Tensor":
    """The cells of each window n -> m, shape (m, longest window); a short window repeats its last cell.

    >>> fixed_cells(5, 3)
    tensor([[0, 1, 1],
            [1, 2, 3],
            [3, 4, 4]])
    """
    start, stop = _fixed_bounds(n, m)
    return _cells(start, stop, int((stop - start).max()) if m else 1)


def members_of_shape(n: Any, m: Any, device: Any) -> Members:
    """As :func:`fixed_members`, where n and m may be sizes that a program being exported reads from a shape."""
    return _members(*_bounds_of_shape(n, m, device), n)


def cells_of_shape(n: Any, m: Any, device: Any) -> "Tensor":
    """As :func:`fixed_cells`, where n and m may be sizes that a program being exported reads from a shape.

    No window n -> m is longer than ceil(n/m) + 1.
    """
    at_least_1 = _at_least_1(m)
    return _cells(*_bounds_of_shape(n, m, device), (n + at_least_1 - 1) // at_least_1 + 1)


def _fixed_bounds(n: int, m: int) -> tuple["Tensor", "Tensor"]:
    if m == 0:
        return torch.zeros(0, dtype=torch.int64), torch.zeros(0, dtype=torch.int64)
    b = bins(n, m)
    return torch.from_numpy(b.start.copy()), torch.from_numpy(b.stop.copy())


def _at_least_1(m: Any) -> Any:
    """A divisor for no windows at all; a size that is read from a shape is not asked about."""
    return max(m, 1) if isinstance(m, int) else m


def _bounds_of_shape(n: Any, m: Any, device: Any) -> tuple["Tensor", "Tensor"]:
    """floor(i*n/m) and ceil((i+1)*n/m), as integers throughout."""
    i, m = torch.arange(m, device=device), _at_least_1(m)
    return (i * n) // m, ((i + 1) * n + (m - 1)) // m


def _members(start: "Tensor", stop: "Tensor", n: Any) -> Members:
    cell = torch.arange(n, device=start.device)
    return Members((cell >= start.unsqueeze(1)) & (cell < stop.unsqueeze(1)), stop - start)


def _cells(start: "Tensor", stop: "Tensor", longest: Any) -> "Tensor":
    ladder = start.unsqueeze(1) + torch.arange(longest, device=start.device)
    return torch.minimum(ladder, (stop - 1).unsqueeze(1))
