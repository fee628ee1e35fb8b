"""Adaptive pooling that travels: it exports to ONNX, runs where PyTorch's own is refused, and gives the same numbers.

``inspect(model, x)`` lists every adaptive pooling that a run meets, with what becomes of it elsewhere;
``replace(model, x)`` puts modules that export in their place and compares; ``decompositions()`` does the same for
``torch.export``, functional calls included; ``AdaptiveAvgPool1d`` to ``AdaptiveMaxPool3d`` are the modules.

It needs PyTorch, which the first look at any of these names loads.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from pooltutor.extras import explained

if TYPE_CHECKING:
    from pooltutor.portable.decomposing import decompositions
    from pooltutor.portable.inspecting import inspect
    from pooltutor.portable.modules import (
        AdaptiveAvgPool1d,
        AdaptiveAvgPool2d,
        AdaptiveAvgPool3d,
        AdaptiveMaxPool1d,
        AdaptiveMaxPool2d,
        AdaptiveMaxPool3d,
    )
    from pooltutor.portable.replacing import replace

_HOMES = {
    **{f"Adaptive{kind}Pool{axes}d": "modules" for kind in ("Avg", "Max") for axes in (1, 2, 3)},
    "decompositions": "decomposing",
    "inspect": "inspecting",
    "replace": "replacing",
}
__all__ = [
    "AdaptiveAvgPool1d",
    "AdaptiveAvgPool2d",
    "AdaptiveAvgPool3d",
    "AdaptiveMaxPool1d",
    "AdaptiveMaxPool2d",
    "AdaptiveMaxPool3d",
    "decompositions",
    "inspect",
    "replace",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'pooltutor.portable' has no attribute {name!r}")
    try:
        globals()[name] = getattr(import_module(f"pooltutor.portable.{_HOMES[name]}"), name)
    except ModuleNotFoundError as error:
        raise explained(error) from None
    return globals()[name]


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
