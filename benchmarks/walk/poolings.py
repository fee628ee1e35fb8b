"""Random poolings against PyTorch: outputs and gradients, average and maximum, one axis to three."""

from collections.abc import Iterator
from contextlib import contextmanager
from random import Random

import numpy as np

import pooltutor
from benchmarks.walk.steps import Fell, Step

SPECIAL = (0.0, -0.0, 1.0, 1e16, -1e16, 1e-300, float("inf"), float("-inf"), float("nan"))


def compare(random: Random) -> None:
    """One pooling, with a few numbers that are hard to add up."""
    axes = random.randint(1, 3)
    most = (200, 24, 9)[axes - 1]
    n, m = (tuple(random.randint(1, most) for _ in range(axes)) for _ in range(2))
    kind, special = random.choice(("avg", "max")), random.random() < 0.3
    generator = np.random.default_rng(random.getrandbits(64))
    x, upstream = generator.standard_normal((2, *n)), generator.standard_normal((2, *m))
    if special:
        for _ in range(3):
            x[tuple(random.randrange(side) for side in x.shape)] = random.choice(SPECIAL)
    y, dx = _torch(x, upstream, m, kind)
    tried = f"{kind} {n} -> {m}{', with special numbers' if special else ''}"
    scale = float(np.abs(x[np.isfinite(x)]).max(initial=1))
    _same(pooltutor.pool(x, m, kind=kind), y, scale, f"{tried}: outputs")
    known = {"x": x} if kind == "max" else {}
    _same(pooltutor.gradient(upstream, n, kind=kind, **known), dx, float(np.abs(dx).max()), f"{tried}: gradients")


def _torch(x: np.ndarray, upstream: np.ndarray, m: tuple[int, ...], kind: str) -> tuple[np.ndarray, np.ndarray]:
    import torch

    leaf = torch.from_numpy(x.copy()).requires_grad_()
    y = getattr(torch.nn.functional, f"adaptive_{kind}_pool{len(m)}d")(leaf, m)
    y.backward(torch.from_numpy(upstream.copy()))
    return y.detach().numpy(), leaf.grad.numpy()


def _same(ours: np.ndarray, theirs: np.ndarray, scale: float, tried: str) -> None:
    if not np.allclose(ours, theirs, rtol=1e-12, atol=1e-12 * max(1, scale), equal_nan=True):
        raise Fell(f"{tried} differ from PyTorch's")


@contextmanager
def steps() -> Iterator[Step]:
    """The step of this part."""
    yield compare
