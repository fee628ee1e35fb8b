"""What the modules of each kind have: which way they go for a size, and how they go it."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Any, ClassVar, cast

import torch
from torch import nn
from torch.nn import functional as F

from pooltutor.laws import AvgPool, equivalent_avg_pool
from pooltutor.portable.arguments import Sizes, Targets, check_fixed, check_input, check_input_size, check_output_size
from pooltutor.portable.axis_windows import Members, cells_of_shape, fixed_cells, fixed_members, members_of_shape
from pooltutor.portable.operations import Whole, average, maximum, narrowed, widened
from pooltutor.quoting import quoted
from pooltutor.words import say

if TYPE_CHECKING:
    from torch import Tensor


def one_pool(sizes: Sizes, targets: Targets) -> tuple[AvgPool, ...] | None:
    """The kernel, stride and padding of each axis, where one AvgPool or MaxPool does it on every axis; else None.

    >>> one_pool((5, 8), (3, None))
    (AvgPool(kernel=3, stride=2, padding=1), AvgPool(kernel=1, stride=1, padding=0))
    >>> one_pool((5, 14), (3, 4)) is None
    True
    """
    pairs = [(n, n if m is None else m) for n, m in zip(sizes, targets, strict=True)]
    found = [equivalent_avg_pool(n, m)[0] if m else None for n, m in pairs]
    pools = tuple(pool for pool in found if pool)
    return pools if len(pools) == len(found) else None


class AdaptiveModule(nn.Module):
    """Its sizes, and the way that it goes: what averages and maxima share."""

    kind: ClassVar[str]
    axes: ClassVar[int]

    def __init__(self, output_size: Any, *, input_size: Any = None) -> None:
        super().__init__()
        self.output_size = output_size
        self._targets: Targets = check_output_size(output_size, self.axes)
        self.input_size: Sizes | None = check_input_size(input_size, self.axes)
        self._pool = None if self.input_size is None else one_pool(self.input_size, self._targets)
        if self.input_size is not None and self._pool is None:
            for axis, (n, m) in enumerate(zip(self.input_size, self._targets, strict=True)):
                if m is not None and m != n:
                    for name, table in self._tables(n, m).items():
                        # Not in the state dict, which stays that of PyTorch's module: it has none.
                        self.register_buffer(f"_{name}_{axis}", table, persistent=False)

    @property
    def way(self) -> str:
        """What it is made of, in words: one pooling, products, gathered windows, or windows from the shape."""
        if self.input_size is None:
            return say("portable.ways.whole" if set(self._targets) == {1} else "portable.ways.any_size")
        if self._pool is None:
            return say(f"portable.ways.{self.kind}")
        return pool_text(self.kind, self._pool)

    def extra_repr(self) -> str:
        """What stands in brackets where the module is printed."""
        fixed = "" if self.input_size is None else f", input_size={self.input_size}"
        return f"output_size={self.output_size}{fixed}, {self.way}"

    def _tables(self, n: int, m: int) -> dict[str, "Tensor"]:
        """What one axis needs, by name, where its size is known."""
        raise NotImplementedError

    def _check(self, x: "Tensor") -> None:
        layer = type(self).__name__
        check_input(x, self.axes, layer)
        if self.input_size is not None and not torch._C._get_tracing_state():  # a trace has no sizes to look at
            check_fixed(x, self.input_size, layer)

    def _repeats(self, x: "Tensor") -> bool:
        """Whether the backward of AvgPool or MaxPool gives the same bits every time.

        PyTorch lists those of MaxPool and AvgPool3d on a GPU as not deterministic.
        """
        listed = (self.kind == "max" or self.axes == 3) and x.is_cuda
        return not (listed and x.requires_grad and torch.is_grad_enabled())

    def _sizes(self, x: "Tensor") -> Iterator[tuple[int, Any, int | None]]:
        """For each axis its number, its size and its target; None keeps it."""
        for axis, target in enumerate(self._targets):
            if self.input_size is None:
                yield axis, x.shape[x.dim() - self.axes + axis], target
            else:  # numbers, also where the program is being traced
                n = self.input_size[axis]
                yield axis, n, None if target == n else target

    @property
    def _has_tables(self) -> bool:
        return self.input_size is not None and self._pool is None


def pool_text(kind: str, pool: Sequence[AvgPool]) -> str:
    """One AvgPool or MaxPool as it is written in Python.

    >>> pool_text("avg", [AvgPool(3, 2, 1), AvgPool(2, 2, 0)])
    'AvgPool2d((3, 2), 2, (1, 0), count_include_pad=False)'
    """
    kernel, stride, padding = (_as_written(entries) for entries in zip(*pool, strict=True))
    written = [kernel] if kernel == stride else [kernel, stride]
    if padding != "0":
        written = [kernel, stride, padding, *["count_include_pad=False"] * (kind == "avg")]
    return f"{kind.capitalize()}Pool{len(pool)}d({', '.join(written)})"


def _as_written(entries: tuple[int, ...]) -> str:
    return str(entries[0] if len(set(entries)) == 1 else entries)


class AverageModule(AdaptiveModule):
    """An average over any number of axes."""

    kind = "avg"

    def _tables(self, n: int, m: int) -> dict[str, "Tensor"]:
        return fixed_members(n, m)._asdict()

    def forward(self, x: "Tensor") -> "Tensor":
        """Average over the windows of the last axes."""
        self._check(x)
        if self._pool and self._repeats(x):
            pool, arguments = getattr(F, f"avg_pool{self.axes}d"), map(list, zip(*self._pool, strict=True))
            return narrowed(pool(widened(x), *arguments, count_include_pad=False), x)
        with own_type(x):
            return average(x, [self._members(axis, n, m, x.device) for axis, n, m in self._sizes(x)])

    def _members(self, axis: int, n: Any, m: int | None, device: Any) -> Members | Whole | None:
        if m is not None and self._has_tables:
            return Members(getattr(self, f"_member_{axis}"), getattr(self, f"_lengths_{axis}"))
        return members_to(m, n, device)


class MaximumModule(AdaptiveModule):
    """A maximum over any number of axes."""

    kind = "max"

    def __init__(self, output_size: Any, return_indices: bool = False, *, input_size: Any = None) -> None:
        super().__init__(output_size, input_size=input_size)
        if not isinstance(return_indices, bool):
            raise TypeError(say("errors.true_or_false", name="return_indices", came=quoted(return_indices)))
        self.return_indices = return_indices

    def _tables(self, n: int, m: int) -> dict[str, "Tensor"]:
        return {"cells": fixed_cells(n, m)}

    def forward(self, x: "Tensor") -> Any:
        """The largest number of each window of the last axes, with ``return_indices`` also where it is."""
        self._check(x)
        if self._pool and self._repeats(x):
            pool, arguments = getattr(F, f"max_pool{self.axes}d"), map(list, zip(*self._pool, strict=True))
            found = pool(widened(x), *arguments, return_indices=self.return_indices)
            values, places = found if self.return_indices else (found, None)
            values = narrowed(values, x)
        else:
            windows = [self._cells(axis, n, m, x.device) for axis, n, m in self._sizes(x)]
            values, places = maximum(x, windows, self.return_indices)
        return (values, places) if self.return_indices else values

    def _cells(self, axis: int, n: Any, m: int | None, device: Any) -> "Tensor | Whole | None":
        if m is not None and self._has_tables:
            return cast("Tensor", getattr(self, f"_cells_{axis}"))
        return cells_to(m, n, device)


def members_to(m: Any, n: Any, device: Any) -> Members | Whole | None:
    """The windows of an axis of n cells whose target is m: None keeps it, and 1 takes all its cells."""
    if m is None:
        return None
    return Whole() if isinstance(m, int) and m == 1 else members_of_shape(n, m, device)


def cells_to(m: Any, n: Any, device: Any) -> "Tensor | Whole | None":
    """As :func:`members_to`, for maxima."""
    if m is None:
        return None
    return Whole() if isinstance(m, int) and m == 1 else cells_of_shape(n, m, device)


def own_type(x: "Tensor") -> AbstractContextManager:
    """Adaptive pooling computes in the type of its input under autocast, too; a product would not."""
    device = x.device.type
    on = torch.amp.is_autocast_available(device) and torch.is_autocast_enabled(device)  # a meta tensor knows none
    return torch.autocast(device, enabled=False) if on else nullcontext()
