"""Do two models give the same? Outputs, and the gradients of parameters and inputs, on the same numbers."""

import copy
from dataclasses import dataclass
from typing import Any

import torch
from torch import nn

from pooltutor.portable.running import changed, left_as_it_was, run, tensors_of
from pooltutor.words import say

TOLERANCE = {torch.float64: 1e-10, torch.float32: 1e-5}
"""The largest difference that rounding explains, as a share of the largest number beside it."""

_NARROW = 2e-2


class Differs(RuntimeError):
    """A model with other poolings does not give what the model gives."""


@dataclass(frozen=True)
class Compared:
    """What was compared on one set of inputs: how many numbers, and the largest difference of each."""

    sizes: str
    outputs: int
    gradients: int
    output_difference: float
    gradient_difference: float
    dtype: str


def compare_models(model: nn.Module, other: nn.Module, inputs: tuple, kwargs: dict[str, Any], sizes: str) -> Compared:
    """Run both forward and backward on the same inputs; :class:`Differs` where they do not give the same.

    Where float32 gives more than 1e-5 of the largest number, both run once more in float64: there rounding explains
    nothing, and it is float64 that decides.
    """
    found = _differences(model, other, inputs, kwargs)
    if not found.outputs:  # what was not compared shall not look as if it had been
        raise ValueError(say("portable.errors.nothing"))
    if not _agrees(found) and found.dtype == torch.float32:
        first, second = (copy.deepcopy(each).double() for each in (model, other))
        wide, named = changed((inputs, kwargs), lambda x: x.double() if x.dtype == torch.float32 else x)
        found = _differences(first, second, wide, named)
    if not _agrees(found):
        raise Differs(say("portable.errors.differs", sizes=sizes, outputs=found.output, gradients=found.gradient))
    dtype = str(found.dtype).removeprefix("torch.")
    return Compared(sizes, found.outputs, found.gradients, found.output, found.gradient, dtype)


@dataclass
class _Found:
    output: float
    gradient: float
    outputs: int
    gradients: int
    dtype: torch.dtype


def _agrees(found: _Found) -> bool:
    most = TOLERANCE.get(found.dtype, _NARROW)
    return found.output <= most and found.gradient <= most  # NaN is neither


def _differences(model: nn.Module, other: nn.Module, inputs: tuple, kwargs: dict[str, Any]) -> _Found:
    ours, theirs = (_answer(each, inputs, kwargs) for each in (other, model))
    tensors = [*theirs[0], *theirs[1]]
    dtype = max((t.dtype for t in tensors), key=lambda dtype: torch.finfo(dtype).eps, default=torch.float32)
    return _Found(
        output=_largest(theirs[0], ours[0]),
        gradient=_largest(theirs[1], ours[1]),
        outputs=sum(t.numel() for t in theirs[0]),
        gradients=sum(t.numel() for t in theirs[1]),
        dtype=dtype,
    )


def _answer(model: nn.Module, inputs: tuple, kwargs: dict[str, Any]) -> tuple[list[torch.Tensor], list[torch.Tensor]]:
    """The outputs, and the gradients of a sum of them with weights that look at random and are the same every time."""
    inputs, kwargs = changed((inputs, kwargs), _leaf)
    with left_as_it_was(model), torch.enable_grad():
        torch.manual_seed(0)
        outputs = tensors_of(run(model, inputs, kwargs))
        leaves = [p for p in [*tensors_of((inputs, kwargs)), *model.parameters()] if p.requires_grad]
        loss = sum((_weighted(each) for each in outputs if each.requires_grad), torch.zeros(()))
        if not isinstance(loss, torch.Tensor) or not loss.requires_grad:
            return [each.detach() for each in outputs], []
        found = torch.autograd.grad(loss, leaves, allow_unused=True)
    zero = torch.zeros(())
    return [each.detach() for each in outputs], [zero if each is None else each for each in found]


def _leaf(x: torch.Tensor) -> torch.Tensor:
    return x.detach().clone().requires_grad_() if x.is_floating_point() else x


def _weighted(y: torch.Tensor) -> torch.Tensor:
    weights = torch.cos(torch.arange(y.numel(), device=y.device, dtype=torch.float32)).reshape(y.shape)
    return (y.float() if y.dtype in (torch.float16, torch.bfloat16) else y).mul(weights.to(torch.float32)).sum().cpu()


def _largest(theirs: list[torch.Tensor], ours: list[torch.Tensor]) -> float:
    """The largest difference as a share of the largest number of its tensor, at least 1e-3; infinite for other shapes.

    NaN and infinity count as equal where both have the same.
    """
    if [t.shape for t in theirs] != [t.shape for t in ours]:
        return float("inf")
    return max((_share(a.double(), b.double()) for a, b in zip(theirs, ours, strict=True) if a.numel()), default=0.0)


def _share(a: torch.Tensor, b: torch.Tensor) -> float:
    finite = a.isfinite()
    if not torch.equal(finite, b.isfinite()) or not torch.equal(
        a[~finite].nan_to_num(nan=0.5), b[~finite].nan_to_num(nan=0.5)
    ):
        return float("inf")
    if not finite.any():
        return 0.0
    scale = max(float(a[finite].abs().max()), 1e-3)
    return float((a[finite] - b[finite]).abs().max()) / scale
