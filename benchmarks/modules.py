"""The modules of `pooltutor.portable` against PyTorch's own: `python -m benchmarks.modules` prints the rows as JSON."""

import dataclasses
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

from benchmarks.numerics import LAYERS, ONE_THREAD, side_by_side
from benchmarks.table import Row


def rows() -> list[Row]:
    """Measure in a fresh process with one thread, as the numerics are."""
    command = [sys.executable, "-m", "benchmarks.modules"]
    done = subprocess.run(command, env={**os.environ, **ONE_THREAD}, stdout=subprocess.PIPE, check=True)
    return [Row(**row) for row in json.loads(done.stdout)]


def measure() -> Iterator[Row]:
    """Averages and maxima of each layer, of a fixed size and of any size, forward and backward."""
    for kind in ("Avg", "Max"):
        for layer in LAYERS:
            yield from measured(kind, *layer)


def measured(kind: str, name: str, channels: int, n: int, m: int) -> Iterator[Row]:
    """Four rows: both ways of the module, forward and backward, over PyTorch's time for the same, float32."""
    import torch

    from pooltutor import portable

    x, upstream = torch.randn(1, channels, n, n), torch.randn(1, channels, m, m)
    theirs = getattr(torch.nn, f"Adaptive{kind}Pool2d")(m)
    for way, size in (("fixed", n), ("any size", None)):
        ours = getattr(portable, f"Adaptive{kind}Pool2d")(m, input_size=size)
        about = f"{name}, {channels}×{n}×{n} → {m}"
        title = f"`Adaptive{kind}Pool2d`, {way}, {{}} over PyTorch, {about}"
        found = side_by_side(title.format("forward"), forward(ours, x), forward(theirs, x))
        yield dataclasses.replace(found, budget=None)
        found = side_by_side(title.format("backward"), backward(ours, x, upstream), backward(theirs, x, upstream))
        yield dataclasses.replace(found, budget=None)


def forward(pool: Callable, x: Any) -> Callable[[], object]:
    """A call that pools."""
    return lambda: pool(x)


def backward(pool: Callable, x: Any, upstream: Any) -> Callable[[], object]:
    """A call that sends a gradient back through what was pooled once."""
    import torch

    leaf = x.clone().requires_grad_()
    y = pool(leaf)
    return lambda: torch.autograd.grad(y, leaf, upstream, retain_graph=True)


if __name__ == "__main__":
    print(json.dumps([dataclasses.asdict(row) for row in measure()]))
