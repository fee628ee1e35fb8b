"""``inspect``: every adaptive pooling that one run of a model meets, and what becomes of it elsewhere."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import prod
from typing import Any, overload

import torch
from torch import nn

from pooltutor.laws import equivalent_avg_pool, influence_ratio, overlap_count, window_lengths
from pooltutor.portable.adaptive import one_pool, pool_text
from pooltutor.portable.calls import Call, find_calls
from pooltutor.portable.running import check_model
from pooltutor.portable.targets import FINE, Verdict, verdicts
from pooltutor.words import load, say


@dataclass(frozen=True)
class Axis:
    """What there is to know of one axis, n -> m: shared cells, influence ratio, and why there is no single AvgPool."""

    input_size: int
    target_size: int

    @cached_property
    def shared(self) -> int:
        """How many neighbouring windows share a cell."""
        return overlap_count(self.input_size, self.target_size) if self.target_size else 0

    @cached_property
    def influence(self) -> float:
        """How much more the most influential cell counts than the least."""
        return float(influence_ratio(self.input_size, self.target_size)) if self.target_size else 1.0

    @cached_property
    def lengths(self) -> dict[int, int]:
        """How many windows have each length."""
        return window_lengths(self.input_size, self.target_size) if self.target_size else {}

    @property
    def reason(self) -> str:
        """Why one AvgPool does it, or none, in a sentence."""
        if not self.target_size:
            return say("portable.report.empty")
        return equivalent_avg_pool(self.input_size, self.target_size)[1]


@dataclass(frozen=True)
class Found:
    """One adaptive pooling: where, of which sizes, what it equals, and the verdict of each target.

    ``explore`` opens the 2-D explorer on the feature map that flows there.
    """

    call: Call
    number: int
    _run: "_Run" = field(repr=False, compare=False)

    @cached_property
    def axes(self) -> tuple[Axis, ...]:
        """One entry for each axis."""
        return tuple(map(Axis, self.call.input_size, self.call.target_size))

    @property
    def tiles(self) -> bool:
        """Whether no cell is in two windows."""
        return not any(axis.shared for axis in self.axes)

    @property
    def influence(self) -> float:
        """How much more the most influential cell of the map counts than the least: the axes multiply."""
        return prod(axis.influence for axis in self.axes)

    @property
    def single(self) -> str | None:
        """The AvgPool or MaxPool with the same windows, as it is written in Python; None where there is none."""
        pool = one_pool(self.call.input_size, self.call.target_size)
        return None if pool is None else pool_text(self.call.kind, pool)

    @property
    def reasons(self) -> tuple[str, ...]:
        """For each axis without a single pooling why there is none."""
        uneven = (axis for axis in self.axes if not _has_pool(axis))
        return tuple(dict.fromkeys(axis.reason for axis in uneven))

    @cached_property
    def verdicts(self) -> tuple[Verdict, ...]:
        """What becomes of it elsewhere."""
        return verdicts(self.call)

    def explore(
        self, channel: int = 0, *, upstream: bool = False, loss: Callable[[Any], torch.Tensor] | None = None
    ) -> Any:
        """Open the explorer on the map that flows here, of one channel of the first sample.

        A map larger than 256 is reduced, which is said. With ``upstream=True`` it has the gradient that ``loss`` of
        the model's output sends back, by default the sum of all outputs. The model runs once more for it.
        """
        from pooltutor.portable.exploring import open_explorer

        return open_explorer(self, self._run.maps(self.number, loss if upstream else None, upstream), channel)


def _has_pool(axis: Axis) -> bool:
    return axis.target_size > 0 and equivalent_avg_pool(axis.input_size, axis.target_size)[0] is not None


class _Run:
    """The model with its inputs, for a second run that gives the same numbers."""

    def __init__(self, model: nn.Module, inputs: tuple, kwargs: dict[str, Any]) -> None:
        self._about = model, inputs, kwargs
        self._states = torch.get_rng_state(), random.getstate()

    def maps(
        self, number: int, loss: Callable[[Any], torch.Tensor] | None, backward: bool
    ) -> tuple[torch.Tensor, torch.Tensor | None]:
        """The input of a pooling, and the gradient that arrives at its output."""
        seen: dict[str, torch.Tensor] = {}

        def look(k: int, x: torch.Tensor, y: torch.Tensor) -> None:
            if k == number:
                seen.update(x=x.detach(), y=y)

        model, inputs, kwargs = self._about
        if backward:
            inputs = tuple(_leaf(each) for each in inputs)
        with torch.random.fork_rng(devices=[]):
            torch.set_rng_state(self._states[0])
            _, outputs = find_calls(model, inputs, kwargs, seen=look, gradients=backward)
        if not backward:
            return seen["x"], None
        with torch.enable_grad():
            value = (loss or _sum)(outputs)
        (gradient,) = torch.autograd.grad(value, seen["y"])
        return seen["x"], gradient


def _leaf(x: Any) -> Any:
    return x.detach().clone().requires_grad_() if isinstance(x, torch.Tensor) and x.is_floating_point() else x


def _sum(outputs: Any) -> torch.Tensor:
    from pooltutor.portable.running import tensors_of

    return torch.stack([each.sum() for each in tensors_of(outputs)]).sum()


class Inspection(Sequence[Found]):
    """The report of ``inspect``: a sequence of :class:`Found` in the order of the run, as text, HTML and JSON."""

    def __init__(self, found: Sequence[Found]) -> None:
        self._found = tuple(found)

    @overload
    def __getitem__(self, k: int) -> Found: ...
    @overload
    def __getitem__(self, k: slice) -> Sequence[Found]: ...
    def __getitem__(self, k: int | slice) -> Found | Sequence[Found]:
        return self._found[k]

    def __len__(self) -> int:
        return len(self._found)

    def __iter__(self) -> Iterator[Found]:
        return iter(self._found)

    @property
    def title(self) -> str:
        """How many there are."""
        return str(load()["portable"]["report"]["title"][len(self) != 1]).format(count=len(self))

    @property
    def summary(self) -> str:
        """How many tile, how many are one pooling, and how many stay right when they are exported with open sizes."""
        dynamic = [v for each in self for v in each.verdicts if v.target == "onnx_dynamic"]
        return say(
            "portable.report.summary",
            tile=sum(each.tiles for each in self),
            overlap=sum(not each.tiles for each in self),
            single=sum(each.single is not None for each in self),
            right=sum(v.level == FINE for v in dynamic),
            count=len(self),
        )

    @property
    def text(self) -> str:
        """The report as a terminal shows it."""
        from pooltutor.portable.report_text import as_text

        return as_text(self)

    def to_json(self) -> dict[str, Any]:
        """The report as numbers and texts that json can write."""
        from pooltutor.portable.report_text import as_json

        return as_json(self)

    def __repr__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        from pooltutor.portable.report_html import as_html

        return as_html(self)


def inspect(model: nn.Module, *inputs: Any, progress: Callable[[str], None] | None = None, **kwargs: Any) -> Inspection:
    """Run a model once and list every adaptive pooling in it, with what becomes of each elsewhere.

    Modules stand under their names, calls of functions under their file and line, ``F.interpolate(mode="area")`` is
    one of them. For each axis n -> m: whether windows tile or share cells, how much more the most influential cell
    counts than the least, the AvgPool or MaxPool with the same windows or why there is none, and for each target a
    verdict that was measured here or read there, with its date. The model evaluates, and is left as it was: its
    training flags, buffers, gradients, hooks and the random state. ``progress`` is told the name of each module.

    >>> import torch
    >>> model = torch.nn.Sequential(torch.nn.Conv2d(3, 4, 3), torch.nn.AdaptiveAvgPool2d(3))
    >>> report = inspect(model, torch.rand(1, 3, 9, 7))
    >>> report[0].call.where, report[0].call.input_size, report[0].call.target_size
    ('1', (7, 5), (3, 3))
    >>> report[0].single
    'AvgPool2d(3, 2, (0, 1), count_include_pad=False)'

    Raises TypeError for what is no module, ValueError where the model refuses the inputs.
    """
    check_model(model)
    run = _Run(model, inputs, kwargs)
    calls, _ = find_calls(model, inputs, kwargs, progress=progress)
    return Inspection([Found(call, number, run) for number, call in enumerate(calls)])
