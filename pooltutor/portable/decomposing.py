"""Decompositions for ``torch.export``: every adaptive pooling of a program becomes operations that export."""

from collections.abc import Callable
from functools import cache
from typing import Any

import torch
from torch.nn import functional as F

from pooltutor.portable.adaptive import cells_to, members_to, one_pool, own_type
from pooltutor.portable.comparing import Differs
from pooltutor.portable.operations import average, maximum, narrowed, widened
from pooltutor.words import say

_TRIED = ((5, 3), (7, 4), (8, 2), (4, 7), (14, 4))
"""Pairs of sizes that all ways are tried with: padded, overlapping, tiling, above n, of no single pooling."""


def decompositions() -> dict[Any, Callable[..., Any]]:
    """Return a table for ``ExportedProgram.run_decompositions``: PyTorch's own, and ours for adaptive pooling.

    It takes modules and calls of functions alike, with fixed sizes and with sizes that stay open. Before the first
    table is returned each entry is compared with PyTorch, outputs and gradients, at sizes of every kind.

    >>> table = decompositions()
    >>> x = torch.rand(1, 2, 7, 9)
    >>> ours = table[torch.ops.aten.adaptive_avg_pool2d.default](x, [3, 4])
    >>> torch.allclose(ours, torch.nn.functional.adaptive_avg_pool2d(x, (3, 4)))
    True

    Raises RuntimeError where an entry does not give what PyTorch gives.
    """
    ours = _ours()
    _compare()
    return {**torch.export.default_decompositions(), **ours}


def _ours() -> dict[Any, Callable[..., Any]]:
    aten = torch.ops.aten
    table: dict[Any, Callable[..., Any]] = {}
    for axes in (1, 2, 3):
        table[getattr(aten, f"adaptive_avg_pool{axes}d").default] = _average_of(axes)
        table[getattr(aten, f"adaptive_max_pool{axes}d").default] = _maximum_of(axes)
    for axes in (2, 3):
        table[getattr(aten, f"_adaptive_avg_pool{axes}d").default] = _average_of(axes)
    return table


def _average_of(axes: int) -> Callable[..., Any]:
    def pooled(x: torch.Tensor, output_size: Any) -> torch.Tensor:
        pairs = _pairs(x, output_size, axes)
        pool = _one_pool(pairs)
        if pool is not None:
            return narrowed(getattr(F, f"avg_pool{axes}d")(widened(x), *pool, count_include_pad=False), x)
        with own_type(x):
            return average(x, [members_to(_kept(n, m), n, x.device) for n, m in pairs])

    return pooled


def _maximum_of(axes: int) -> Callable[..., Any]:
    def pooled(x: torch.Tensor, output_size: Any) -> tuple[torch.Tensor, torch.Tensor]:
        pairs = _pairs(x, output_size, axes)
        pool = _one_pool(pairs)
        if pool is not None:
            values, places = getattr(F, f"max_pool{axes}d")(widened(x), *pool, return_indices=True)
            return narrowed(values, x), places
        values, places = maximum(x, [cells_to(_kept(n, m), n, x.device) for n, m in pairs], True)
        assert places is not None  # they were asked for
        return values, places

    return pooled


def _pairs(x: torch.Tensor, output_size: Any, axes: int) -> list[tuple[Any, Any]]:
    """Size and target of each axis, each a number or a size that the program reads from a shape."""
    targets = output_size if isinstance(output_size, (tuple, list)) else [output_size] * axes
    return list(zip(x.shape[x.dim() - axes :], targets, strict=True))


def _one_pool(pairs: list[tuple[Any, Any]]) -> list[list[int]] | None:
    if not all(isinstance(n, int) and isinstance(m, int) for n, m in pairs):
        return None
    found = one_pool(tuple(n for n, _ in pairs), tuple(m for _, m in pairs))
    return None if found is None else [list(entries) for entries in zip(*found, strict=True)]


def _kept(n: Any, m: Any) -> Any:
    """The target, or None where it is the axis's own size, whatever that will be."""
    from torch.fx.experimental.symbolic_shapes import statically_known_true

    return None if statically_known_true(n == m) else m


@cache
def _compare() -> None:
    """Try each entry on a few sizes, in float64, forward and backward; RuntimeError where one is not PyTorch's."""
    for operation, ours in _ours().items():
        axes = int(str(operation.name())[-2])
        for n, m in _TRIED:
            sizes, targets = [n, *[3] * (axes - 1)], [m, *[2] * (axes - 1)]
            x = torch.sin(torch.arange(2.0 * n * 3 ** (axes - 1), dtype=torch.float64)).reshape(1, 2, *sizes)
            if not all(map(torch.allclose, _answers(operation, x, targets), _answers(ours, x, targets))):
                raise Differs(say("portable.errors.entry", operation=operation.name(), n=n, m=m))


def _answers(operation: Callable[..., Any], x: torch.Tensor, targets: list[int]) -> list[torch.Tensor]:
    with torch.enable_grad():
        leaf = x.clone().requires_grad_()
        given = operation(leaf, targets)
        values, *places = given if isinstance(given, tuple) else (given,)
        weights = torch.arange(1.0, values.numel() + 1, dtype=x.dtype).reshape(values.shape)
        (gradient,) = torch.autograd.grad(values, leaf, weights)
    return [values.detach(), *places, gradient]
