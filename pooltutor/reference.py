"""What PyTorch does: its windows, its outputs and its gradients, asked of PyTorch itself.

With portable/ the only place that imports torch, and here only inside functions: reading this module costs nothing.
"""

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from pooltutor.boxes import Windows
from pooltutor.quoting import quoted
from pooltutor.words import say

if TYPE_CHECKING:
    import torch


class Type(NamedTuple):
    """A binary floating-point type: half the distance of two numbers from 1 on, and its smallest number."""

    unit: float
    smallest: float


TYPES = {
    "float64": Type(2.0**-53, 2.0**-1074),
    "float32": Type(2.0**-24, 2.0**-149),
    "float16": Type(2.0**-11, 2.0**-24),
    "bfloat16": Type(2.0**-8, 2.0**-133),
}
"""The floating-point types that PyTorch's adaptive pooling computes in."""

# A device that is missing, not built in or without data; a size or dtype that the operation does not take.
_REFUSALS = (RuntimeError, TypeError, AssertionError, ImportError)

_NUMBERS_FOR_ONE_THREAD = 2**16
_ENTRIES_AT_ONCE = 2**22  # the one-hot inputs of a probe take at most 32 MB


class Unavailable(Exception):
    """PyTorch cannot be asked: it is missing, does not start, lacks the device, or refuses; the message says which."""


def _torch() -> Any:
    try:
        import torch
    except Exception as error:  # a damaged installation raises anything
        if isinstance(error, ModuleNotFoundError) and error.name == "torch":
            raise Unavailable(say("errors.pytorch.missing")) from None
        raise Unavailable(say("errors.pytorch.fails", text=_first_line(error))) from None
    return torch


def version() -> str:
    """Return PyTorch's version without the build: "2.13.0", not "2.13.0+cpu"."""
    return _torch().__version__.split("+")[0]


@contextmanager
def _one_thread(numbers: int) -> Iterator[None]:
    """Waking PyTorch's threads takes longer than pooling a few numbers: then this thread does it alone."""
    torch = _torch()
    before = torch.get_num_threads()
    if numbers > _NUMBERS_FOR_ONE_THREAD or before == 1:
        yield
        return
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)


def _operation(kind: str, k: int) -> Any:
    return getattr(_torch().nn.functional, f"adaptive_{kind}_pool{k}d")


def _tensor(array: np.ndarray, device: str, dtype: str) -> "torch.Tensor":
    torch = _torch()
    # A copy: torch warns about read-only memory, which broadcast one-hot inputs are.
    return torch.from_numpy(np.array(array)).to(device=device, dtype=getattr(torch, dtype))


def _numpy(tensor: "torch.Tensor") -> np.ndarray:
    return tensor.detach().to(device="cpu", dtype=_torch().float64).numpy()


def rounded(values: np.ndarray, dtype: str) -> np.ndarray:
    """Return numbers rounded to a type as PyTorch rounds them, as float64.

    >>> rounded(np.array([1.1]), "bfloat16")
    array([1.1015625])
    """
    return values if dtype == "float64" else _numpy(_tensor(values, "cpu", dtype))


def _front(x: np.ndarray, k: int) -> tuple[int, ...]:
    """The channel axes: all in front of the last k."""
    return x.shape[: x.ndim - k]


def _one_batch(x: np.ndarray, k: int) -> np.ndarray:
    """``x`` as PyTorch takes it: one batch, one axis of channels, the k pooled axes."""
    return x.reshape(1, math.prod(_front(x, k)), *x.shape[x.ndim - k :])


def _first_line(error: Exception) -> str:
    return str(error).strip().split("\n")[0] or type(error).__name__


def _refused(device: str, error: Exception) -> Unavailable:
    return Unavailable(say("errors.pytorch.refused", device=device, text=_first_line(error)))


def check_device(device: Any) -> str:
    """Return ``device`` as PyTorch spells it; ValueError when PyTorch knows no such device."""
    torch = _torch()
    if isinstance(device, (str, torch.device)):
        with suppress(RuntimeError):
            return str(torch.device(device))
    raise ValueError(say("errors.pytorch.device", came=quoted(device)))


def windows(
    input_size: Sequence[int], target_size: Sequence[int], kind: str, device: str, dtype: str
) -> tuple[Windows, ...]:
    """Read PyTorch's windows, one pair of starts and stops for each axis, by pooling one-hot inputs.

    An input that is 1 in cell j and 0 elsewhere gives a non-zero output exactly where the window contains
    cell j. On several axes the input is 1 in slice j of one axis at a time: one input for each j. Where all
    these inputs together are too large (above about 161 x 161), that axis keeps its own input and target size and
    the others shrink to 1 -> 1. What is asked is then the same operation on as many axes, but not how the
    other sizes act on this axis; outputs and gradients are always asked at the true sizes.

    >>> [w.tolist() for w in windows((14,), (4,), "avg", "cpu", "float64")[0]]
    [[0, 3, 7, 10], [4, 7, 11, 14]]
    """
    axes = range(len(input_size))
    return tuple(_axis_windows(_probe(axis, input_size, target_size, kind, device, dtype)) for axis in axes)


def matrix(n: int, m: int, device: str, dtype: str) -> np.ndarray:
    """Return PyTorch's average pooling n -> m as a matrix, shape (m, n): the pooled identity, transposed.

    >>> matrix(3, 2, "cpu", "float64")
    array([[0.5, 0.5, 0. ],
           [0. , 0.5, 0.5]])
    """
    return np.concatenate(list(_probe(0, (n,), (m,), "avg", device, dtype))).T


def winners(x: np.ndarray, target_size: Sequence[int], device: str, dtype: str) -> np.ndarray:
    """Return for each output of maximum pooling the flat index of the cell that PyTorch took in its channel.

    ``x`` may have channel axes in front of the pooled ones, and then so has the answer.

    >>> winners(np.array([0.0, 9.0, 0.0]), (2,), "cpu", "float64")
    array([1, 1])
    """
    k = len(target_size)
    try:
        _, index = _operation("max", k)(_tensor(_one_batch(x, k), device, dtype), tuple(target_size), True)
        return index.cpu().numpy().reshape(*_front(x, k), *target_size)
    except _REFUSALS as error:
        raise _refused(device, error) from None


def _probe(
    axis: int, input_size: Sequence[int], target_size: Sequence[int], kind: str, device: str, dtype: str
) -> Iterator[np.ndarray]:
    """What one-hot inputs on one axis give, some cells at a time, together of shape (n, m): P transposed.

    It is not 0 where window i contains cell j.
    """
    n, k = input_size[axis], len(input_size)
    if n * _largest(input_size, target_size) > _ENTRIES_AT_ONCE:
        input_size, target_size = (tuple(_only(axis, sizes)) for sizes in (input_size, target_size))
    at_once = max(1, _ENTRIES_AT_ONCE // _largest(input_size, target_size))
    line = tuple(slice(None) if a == axis else 0 for a in range(k))
    for first in range(0, n, at_once):
        hot = np.eye(min(at_once, n - first), n, first)
        spread = hot.reshape(len(hot), 1, *_only(axis, input_size))
        inputs = np.broadcast_to(spread, (len(hot), 1, *input_size))
        yield _run(inputs, target_size, kind, device, dtype)[(slice(None), 0, *line)]


def _largest(input_size: Sequence[int], target_size: Sequence[int]) -> int:
    return max(math.prod(input_size), math.prod(target_size))


def _only(axis: int, sizes: Sequence[int]) -> list[int]:
    """The size of one axis, and 1 for each of the others."""
    return [size if a == axis else 1 for a, size in enumerate(sizes)]


def _axis_windows(parts: Iterator[np.ndarray]) -> Windows:
    """Starts and stops, from the cells in turn: of a large pair there is no room for all that they give at once."""
    seen, start, stop, cells = 0, np.array(np.iinfo(np.int64).max), np.array(0), np.array(0)
    for part in parts:
        inside = part > 0
        some, after = inside.any(axis=0), seen + len(inside)
        start = np.minimum(start, np.where(some, seen + inside.argmax(axis=0), start))
        stop = np.where(some, after - inside[::-1].argmax(axis=0), stop)
        cells, seen = cells + inside.sum(axis=0), after
    if not np.array_equal(cells, stop - start):
        raise Unavailable(say("errors.pytorch.torn"))
    return start, stop


def _run(inputs: np.ndarray, target_size: Sequence[int], kind: str, device: str, dtype: str) -> np.ndarray:
    try:
        with _one_thread(inputs.size):
            return _numpy(_operation(kind, len(target_size))(_tensor(inputs, device, dtype), tuple(target_size)))
    except _REFUSALS as error:
        raise _refused(device, error) from None


def values(
    x: np.ndarray, target_size: Sequence[int], upstream: np.ndarray, kind: str, device: str, dtype: str
) -> tuple[np.ndarray, np.ndarray]:
    """Return PyTorch's outputs for ``x`` and its input gradient for ``upstream``, both as float64.

    ``x`` has one dimension for each pooled axis, after any number of channel axes; ``upstream`` has the shape of
    the outputs, or that of one channel for all alike. PyTorch computes in ``dtype`` on ``device``.

    >>> values(np.arange(14.0), (4,), np.ones(4), "avg", "cpu", "float64")[0]
    array([ 1.5,  4.5,  8.5, 11.5])
    """
    torch, k = _torch(), len(target_size)
    shape = (*_front(x, k), *target_size)
    try:
        with _one_thread(x.size):
            leaf = _tensor(_one_batch(x, k), device, dtype).requires_grad_()
            y = _operation(kind, k)(leaf, tuple(target_size))
            arriving = _tensor(_one_batch(np.broadcast_to(upstream, shape), k), device, dtype)
            (grad,) = torch.autograd.grad(y, leaf, arriving)
            return _numpy(y).reshape(shape), _numpy(grad).reshape(x.shape)
    except _REFUSALS as error:
        raise _refused(device, error) from None
