"""A model runs once, and is left as it was: its training flags, buffers, gradients, hooks and the random state."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.utils import _pytree as pytree

from pooltutor.quoting import quoted
from pooltutor.words import say


def check_model(model: Any) -> nn.Module:
    """Return the model; TypeError, in one sentence, for what is none."""
    if not isinstance(model, nn.Module):
        raise TypeError(say("portable.errors.model", came=quoted(model)))
    return model


@contextmanager
def left_as_it_was(model: nn.Module) -> Iterator[None]:
    """Evaluate a model, and put all back afterwards that a run changes.

    Buffers are copied back, so that views of them stay views; Python's, numpy's and PyTorch's random numbers go on
    where they were, on each device that the model lies on.
    """
    flags = {module: module.training for module in model.modules()}
    buffers = [(buffer, buffer.detach().clone()) for buffer in model.buffers()]
    states = random.getstate(), np.random.get_state()
    tensors = [*model.parameters(), *model.buffers()]
    cards = sorted({tensor.device.index or 0 for tensor in tensors if tensor.is_cuda})
    with torch.random.fork_rng(devices=cards):
        try:
            for module in flags:  # not model.eval(), which a model may have made its own
                module.training = False
            yield
        finally:
            for module, flag in flags.items():
                module.training = flag
            with torch.no_grad():
                for buffer, before in buffers:
                    if buffer.numel() and not buffer.is_meta and not torch.equal(buffer, before):
                        buffer.copy_(before)
            random.setstate(states[0])
            np.random.set_state(states[1])


def run(model: nn.Module, inputs: tuple, kwargs: dict[str, Any]) -> Any:
    """Return what a model gives; ValueError, in one sentence with the model's own, where it refuses the inputs."""
    try:
        return model(*inputs, **kwargs)
    except Exception as error:  # a model of somebody else's raises anything
        text = str(error).strip().split("\n")[0] or type(error).__name__
        shapes = ", ".join(shape_text(each) for each in [*inputs, *kwargs.values()])
        raise ValueError(say("portable.errors.run", shapes=shapes, text=quoted(text, 200))) from error


def shape_text(value: Any) -> str:
    """A tensor as its shape, anything else as it is: "1×3×64×64".

    >>> shape_text(torch.zeros(1, 3, 8, 8)), shape_text(2)
    ('1×3×8×8', '2')
    """
    return "×".join(map(str, value.shape)) if isinstance(value, torch.Tensor) else quoted(value)


INPUT_TYPES = ("float32", "float64", "float16", "bfloat16", "int64", "int32")
"""What a sample input may be made of."""


def sample_input(shape: tuple[int, ...], dtype: str) -> torch.Tensor:
    """Numbers around 0 that look at random and are the same every time; zeros where they are to be integers.

    >>> sample_input((1, 2), "int64")
    tensor([[0, 0]])
    """
    kind: torch.dtype = getattr(torch, dtype)
    if not kind.is_floating_point:
        return torch.zeros(shape, dtype=kind)
    return torch.randn(shape, generator=torch.Generator().manual_seed(0)).to(kind)


def tensors_of(value: Any) -> list[torch.Tensor]:
    """All floating-point tensors in what a model takes or gives, in order."""
    return [each for each in pytree.tree_leaves(value) if isinstance(each, torch.Tensor) and each.is_floating_point()]


def changed(value: Any, change: Callable[[torch.Tensor], torch.Tensor]) -> Any:
    """The same with each tensor changed."""
    return pytree.tree_map(lambda each: change(each) if isinstance(each, torch.Tensor) else each, value)
