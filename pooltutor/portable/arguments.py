"""What the modules take: target sizes, input sizes and inputs, each accepted or refused in one sentence."""

from typing import TYPE_CHECKING, Any

from pooltutor.quoting import quoted
from pooltutor.validation import MAX_SIZE, check_size, integer_within
from pooltutor.words import say

if TYPE_CHECKING:
    from torch import Tensor

Targets = tuple[int | None, ...]
Sizes = tuple[int, ...]


def check_output_size(value: Any, axes: int) -> Targets:
    """Return the target of each axis; None keeps an axis, and 0 gives an empty output, as in PyTorch.

    >>> check_output_size(5, 2), check_output_size((None, 7), 2)
    ((5, 5), (None, 7))

    Raises TypeError or ValueError for anything else.
    """
    targets = _one_for_each_axis(value, "output_size", axes)
    return tuple(_target(target, f"output_size[{axis}]", axes) for axis, target in enumerate(targets))


def _target(value: Any, name: str, axes: int) -> int | None:
    if value is None and axes > 1:
        return None
    return integer_within(value, name, 0, MAX_SIZE)


def check_input_size(value: Any, axes: int) -> Sizes | None:
    """Return the size of each axis; None where it is not fixed.

    >>> check_input_size(14, 1), check_input_size((6, 8), 2), check_input_size(None, 3)
    ((14,), (6, 8), None)

    Raises TypeError or ValueError for anything else.
    """
    if value is None:
        return None
    sizes = _one_for_each_axis(value, "input_size", axes)
    return tuple(check_size(size, f"input_size[{axis}]") for axis, size in enumerate(sizes))


def _one_for_each_axis(value: Any, name: str, axes: int) -> tuple:
    given = tuple(value) if isinstance(value, (tuple, list)) else (value,) * axes
    if value is None or len(given) != axes:  # a None alone is no target in PyTorch either
        raise TypeError(say("portable.errors.axes", name=name, axes=axes, came=quoted(value)))
    return given


def check_input(x: Any, axes: int, layer: str) -> None:
    """Is this a tensor that the layer pools? Its sizes are looked at only where they are numbers.

    Raises TypeError or ValueError with one sentence where it is not.
    """
    import torch

    if not isinstance(x, torch.Tensor):
        raise TypeError(say("portable.errors.tensor", layer=layer, came=quoted(x)))
    if not x.is_floating_point():
        raise TypeError(say("portable.errors.dtype", layer=layer, came=_name(x.dtype)))
    if x.dim() not in (axes + 1, axes + 2):
        raise ValueError(say("portable.errors.shape", layer=layer, shapes=_shapes(axes), came=quoted(tuple(x.shape))))
    if any(isinstance(n, int) and n == 0 for n in _spatial(x, axes)):
        raise ValueError(say("portable.errors.empty", layer=layer, came=quoted(tuple(x.shape))))


def _shapes(axes: int) -> str:
    spatial = ", ".join("DHW"[3 - axes :]) if axes > 1 else "L"
    return say("portable.errors.shapes", spatial=spatial)


def _spatial(x: "Tensor", axes: int) -> tuple:
    return tuple(x.shape[x.dim() - axes :])


def _name(dtype: Any) -> str:
    return str(dtype).removeprefix("torch.")


def check_fixed(x: "Tensor", sizes: Sizes, layer: str) -> None:
    """Has the input the size that the layer was made for? ValueError where it has not."""
    came = _spatial(x, len(sizes))
    if came != sizes:
        raise ValueError(say("portable.errors.fixed", layer=layer, sizes=quoted(sizes), came=quoted(came)))
