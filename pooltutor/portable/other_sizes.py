"""Inputs of other sizes, on which a model that is to take any size is compared."""

from collections.abc import Callable, Iterator
from typing import Any

import torch

from pooltutor.portable.running import changed, shape_text, tensors_of

WANTED = 5
"""How many other sizes are compared."""

# The size of an axis, and which axis it is: the sizes of a picture become unequal, so that a swapped axis shows. Some
# models take any size, some only multiples of a power of 2.
_CHANGES: tuple[Callable[[int, int], int], ...] = (
    lambda n, axis: n + 1 + axis,
    lambda n, axis: n + 3 - axis,
    lambda n, axis: n + 5 * (axis + 1),
    lambda n, axis: max(n - 1 - axis, 1),
    lambda n, axis: n + n // 2 + axis,
    lambda n, axis: n + 32 * (axis + 1),
    lambda n, axis: n + 64 * (2 - axis % 2),
    lambda n, axis: n + 96,
    lambda n, axis: n * 2,
    lambda n, axis: n + 128 if axis else n,
    lambda n, axis: n if axis else n + 32,
    lambda n, axis: n + 16 * (axis + 1),
)


def other_inputs(inputs: tuple, kwargs: dict[str, Any], axes: int) -> Iterator[tuple[tuple, dict[str, Any], str]]:
    """Inputs like these with other sizes on the last axes of each picture, and what they are in words."""
    generator = torch.Generator().manual_seed(0)
    for change in _CHANGES:

        def other(x: torch.Tensor, change: Callable[[int, int], int] = change) -> torch.Tensor:
            if not x.is_floating_point() or x.dim() not in (axes + 1, axes + 2):
                return x
            front = x.shape[: x.dim() - axes]
            sizes = [change(n, axis) for axis, n in enumerate(x.shape[x.dim() - axes :])]
            return torch.randn(*front, *sizes, generator=generator).to(x)

        new = changed((inputs, kwargs), other)
        yield *new, ", ".join(map(shape_text, tensors_of(new)))
