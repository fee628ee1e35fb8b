"""The explorer on the feature map that flows through a pooling of a model."""

import sys
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from torch.nn import functional as F

from pooltutor.validation import SLIDER_MAX, integer_within
from pooltutor.words import say

if TYPE_CHECKING:
    from pooltutor.portable.inspecting import Found

_LARGEST = 256
"""The largest map that the 2-D explorer shows."""


def open_explorer(found: "Found", maps: tuple[torch.Tensor, torch.Tensor | None], channel: int) -> Any:
    """Open the explorer for two axes, or for one.

    Raises ValueError where there are three, where a target is larger than what it shows, or for no such channel.
    """
    call, (x, upstream) = found.call, maps
    if call.axes == 3 or max(call.target_size) > SLIDER_MAX or min(call.target_size) < 1:
        raise ValueError(say("portable.errors.explore", most=SLIDER_MAX, where=call.where))
    integer_within(channel, "channel", 0, call.channels - 1)
    plane = _plane(x, call.axes, channel)
    arriving = None if upstream is None else _plane(upstream, call.axes, channel).flatten().tolist()
    if max(plane.shape) > _LARGEST:
        sizes = [min(n, _LARGEST) for n in plane.shape]
        print(say("portable.report.reduced", came=_times(plane.shape), sizes=_times(sizes)), file=sys.stderr)
        plane = F.interpolate(plane[None, None], sizes, mode="nearest-exact")[0, 0]
    return _view(found, np.asarray(plane.tolist()), arriving)


def _plane(x: torch.Tensor, axes: int, channel: int) -> torch.Tensor:
    """One channel of the first sample."""
    sample = x[0] if x.dim() == axes + 2 else x
    return sample[channel].detach().double().cpu()


def _times(sizes: Any) -> str:
    return "×".join(map(str, sizes))


def _view(found: "Found", plane: np.ndarray, upstream: list[float] | None) -> Any:
    from pooltutor import live

    call = found.call
    if call.axes == 1:
        more: dict[str, Any] = {} if upstream is None else {"upstream": upstream}
        return live.explore(len(plane), call.target_size[0], kind=call.kind, x=plane.tolist(), **more)
    more = {} if upstream is None else {"upstream": upstream, "colour": "gradient"}
    return live.explore2d(target_size=call.target_size, kind=call.kind, image=plane, **more)
