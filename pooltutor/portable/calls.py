"""Every adaptive pooling that one run of a model meets: modules under their names, calls with file and line."""

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch
from torch import nn
from torch.nn.modules import module as hooks
from torch.overrides import TorchFunctionMode

from pooltutor.portable.arguments import Sizes, check_output_size
from pooltutor.portable.running import left_as_it_was, run

MODULES: dict[type[nn.Module], tuple[str, int]] = {
    getattr(nn, f"Adaptive{kind}Pool{axes}d"): (kind.lower(), axes) for kind in ("Avg", "Max") for axes in (1, 2, 3)
}
"""PyTorch's modules, and the kind and the number of axes of each."""

_FUNCTIONS = {
    f"{before}adaptive_{kind}_pool{axes}d{after}": (kind, axes)
    for kind in ("avg", "max")
    for axes in (1, 2, 3)
    for before, after in (("", ""), ("_", ""), ("", "_with_indices"))
}


@dataclass(frozen=True)
class Call:
    """One adaptive pooling that a run met.

    ``names`` are those of its module, none for a call of a function; ``where`` is the name, or file and line.
    """

    kind: str
    input_size: Sizes
    target_size: Sizes
    output_size: Any
    shape: Sizes
    dtype: str
    where: str
    function: str
    names: tuple[str, ...] = ()
    module: nn.Module | None = field(default=None, repr=False, compare=False)

    @property
    def axes(self) -> int:
        """How many axes are pooled."""
        return len(self.input_size)

    @property
    def channels(self) -> int:
        """How many channels the feature map has."""
        return self.shape[-self.axes - 1]


def adaptive_module(module: nn.Module) -> tuple[str, int] | None:
    """The kind and axes of PyTorch's own adaptive pooling; None for anything else, and where forward is another."""
    for own, about in MODULES.items():
        if isinstance(module, own) and type(module).forward is own.forward:
            return about
    return None


def names_of(model: nn.Module) -> dict[nn.Module, tuple[str, ...]]:
    """Each module with all its names: one that is used in several places has several."""
    names: dict[nn.Module, tuple[str, ...]] = {}
    for name, module in model.named_modules(remove_duplicate=False):
        names[module] = (*names.get(module, ()), name)
    return names


def find_calls(
    model: nn.Module,
    inputs: tuple,
    kwargs: dict[str, Any],
    *,
    progress: Callable[[str], None] | None = None,
    seen: Callable[[int, torch.Tensor, torch.Tensor], None] | None = None,
    gradients: bool = False,
) -> tuple[list[Call], Any]:
    """Run a model once, as it evaluates; return every adaptive pooling in order, and what the model gave.

    ``progress`` is told the name of each module that begins; ``seen`` the number of a call, its input and its output.
    With ``gradients`` the run keeps what a backward needs.
    """
    watch = _Watch(names_of(model), progress, seen)
    with left_as_it_was(model), torch.set_grad_enabled(gradients), watch.listening(), watch:
        outputs = run(model, inputs, kwargs)
    return watch.calls, outputs


class _Watch(TorchFunctionMode):
    """Sees each call of a function of PyTorch's, and from which module it comes."""

    def __init__(
        self,
        names: dict[nn.Module, tuple[str, ...]],
        progress: Callable[[str], None] | None,
        seen: Callable[[int, torch.Tensor, torch.Tensor], None] | None,
    ) -> None:
        super().__init__()
        self.calls: list[Call] = []
        self._names, self._progress, self._seen = names, progress, seen
        self._stack: list[nn.Module] = []

    def listening(self) -> "_Listening":
        """Hooks of all modules that there are, for the time of the run: the model's own stay as they are."""
        return _Listening(self._enter, self._leave)

    def _enter(self, module: nn.Module, arguments: Any) -> None:
        self._stack.append(module)
        if self._progress is not None:
            self._progress(self._names.get(module, ("",))[0])

    def _leave(self, module: nn.Module, arguments: Any, output: Any) -> None:
        if module in self._stack:
            del self._stack[self._stack.index(module) :]

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        kwargs = kwargs or {}
        result = func(*args, **kwargs)
        call = self._call(func, args, kwargs)
        if call is not None:
            self.calls.append(call)
            if self._seen is not None:
                x = args[0] if args else kwargs["input"]
                self._seen(len(self.calls) - 1, x, result[0] if isinstance(result, tuple) else result)
        return result

    def _call(self, func: Any, args: tuple, kwargs: dict[str, Any]) -> Call | None:
        name = getattr(func, "__name__", "")
        x = args[0] if args else kwargs.get("input")
        if not isinstance(x, torch.Tensor):
            return None
        if name == "interpolate":
            about = _area(x, args, kwargs)
        elif name in _FUNCTIONS:
            kind, axes = _FUNCTIONS[name]
            about = kind, axes, args[1] if len(args) > 1 else kwargs["output_size"]
        else:
            return None
        return None if about is None else self._described(name, x, *about)

    def _described(self, name: str, x: torch.Tensor, kind: str, axes: int, output_size: Any) -> Call:
        sizes = tuple(x.shape[-axes:])
        targets = tuple(n if m is None else m for n, m in zip(sizes, check_output_size(output_size, axes), strict=True))
        module = self._stack[-1] if self._stack and adaptive_module(self._stack[-1]) else None
        names = () if module is None else self._names.get(module, ())
        shown = f"adaptive_{kind}_pool{axes}d" if name != "interpolate" else 'interpolate(mode="area")'
        return Call(
            kind=kind,
            input_size=sizes,
            target_size=targets,
            output_size=output_size,
            shape=tuple(x.shape),
            dtype=str(x.dtype).removeprefix("torch."),
            where=", ".join(names) if names else _place(),
            function=f"F.{shown}",
            names=names,
            module=module,
        )


def _area(x: torch.Tensor, args: tuple, kwargs: dict[str, Any]) -> tuple[str, int, Any] | None:
    """What ``F.interpolate(mode="area")`` pools; None for another mode."""
    given = {**dict(zip(("input", "size", "scale_factor", "mode"), args, strict=False)), **kwargs}
    if given.get("mode") != "area":
        return None
    axes, size, scale = x.dim() - 2, given.get("size"), given.get("scale_factor")
    if size is None:
        scales = scale if isinstance(scale, (tuple, list)) else [scale] * axes
        size = [int(n * s) for n, s in zip(x.shape[2:], scales, strict=True)]
    return "avg", axes, size


def _place() -> str:
    """The file and line that called PyTorch: the innermost that is neither PyTorch's nor ours."""
    frame = sys._getframe()
    ours = (str(Path(torch.__file__).parent), str(Path(__file__).parent))
    while frame.f_back is not None and frame.f_code.co_filename.startswith(ours):
        frame = frame.f_back
    return f"{Path(frame.f_code.co_filename).name}:{frame.f_lineno}"


class _Listening:
    """Global hooks before and after each module, as a context."""

    def __init__(self, before: Any, after: Any) -> None:
        self._before, self._after = before, after
        self._handles: list[Any] = []

    def __enter__(self) -> None:
        self._handles = [
            hooks.register_module_forward_pre_hook(self._before),
            hooks.register_module_forward_hook(self._after),
        ]

    def __exit__(self, *about: object) -> None:
        for handle in self._handles:
            handle.remove()
