"""pooltutor's numbers against PyTorch's, one thread each: `python -m benchmarks.numerics` prints the rows as JSON."""

import dataclasses
import json
import os
import statistics
import subprocess
import sys
from itertools import product

import numpy as np

import pooltutor
from benchmarks.table import Row, milliseconds, repeated

ONE_THREAD = {f"{library}_NUM_THREADS": "1" for library in ("OPENBLAS", "OMP", "MKL")}

LAYERS = [  # network (images of 224 unless said) or what it stands for, channels, side, target side
    ("VGG", 512, 7, 7),
    ("VGG, images of 256", 512, 8, 7),
    ("VGG, images of 448", 512, 14, 7),
    ("ResNet-50", 2048, 7, 1),
    ("AlexNet, images of 448", 256, 13, 6),
    ("PSPNet, images of 473", 2048, 60, 6),
    ("a first layer", 64, 224, 7),
    ("an image made small", 3, 1024, 100),
]


def rows() -> list[Row]:
    """Measure in a fresh process: BLAS reads the number of its threads when it is loaded."""
    command = [sys.executable, "-m", "benchmarks.numerics"]
    done = subprocess.run(command, env={**os.environ, **ONE_THREAD}, stdout=subprocess.PIPE, check=True)
    return [Row(**row) for row in json.loads(done.stdout)]


def compare_all_pairs() -> None:
    """PyTorch's windows of all pairs to 64, read from PyTorch itself, beside those of `bins`."""
    from pooltutor import reference

    for n, m in product(range(1, 65), repeat=2):
        [(start, stop)] = reference.windows((n,), (m,), "avg", "cpu", "float64")
        b = pooltutor.bins(n, m)
        if not (np.array_equal(start, b.start) and np.array_equal(stop, b.stop)):
            raise RuntimeError(f"PyTorch has other windows at {n} -> {m}")


def side_by_side(what: str, ours, theirs) -> Row:
    """Ratio of the two times, measured in turn until about half a second is spent."""
    for _ in range(3):
        once = milliseconds(ours) + milliseconds(theirs)
    pairs = [(milliseconds(ours), milliseconds(theirs)) for _ in range(max(20, min(2000, int(500 / once))))]
    mine, torchs = (statistics.median(times) for times in zip(*pairs, strict=True))
    what = f"{what}: {mine:.3f} ms, PyTorch {torchs:.3f} ms"
    return Row(what, [a / b for a, b in pairs], "×", 1, "median")


def layer(name: str, channels: int, n: int, m: int) -> list[Row]:
    """`pool` and `gradient` of one layer, float32, over PyTorch's time for the same."""
    import torch
    from torch.nn.functional import adaptive_avg_pool2d

    random = np.random.default_rng(0)
    x, upstream = (random.standard_normal((1, channels, side, side), dtype=np.float32) for side in (n, m))
    leaf, weights = torch.from_numpy(x), torch.from_numpy(upstream)
    y = adaptive_avg_pool2d(leaf.clone().requires_grad_(), m)
    about = f"{name}, {channels}×{n}×{n} → {m}"
    return [
        side_by_side(
            f"`pool` over PyTorch, {about}", lambda: pooltutor.pool(x, (m, m)), lambda: adaptive_avg_pool2d(leaf, m)
        ),
        side_by_side(
            f"`gradient` over PyTorch, {about}",
            lambda: pooltutor.gradient(upstream, (n, n)),
            lambda: y.grad_fn(weights),
        ),
    ]


def measure() -> list[Row]:
    """All rows, in this process."""
    import torch

    torch.set_num_threads(1)
    pairs = repeated(compare_all_pairs, 10, warm_up=1)
    starts = repeated(lambda: pooltutor.bins(10**6, 10**5).start, 50)
    found = [
        Row("PyTorch's windows of all 4,096 pairs 1 to 64, read and compared", pairs, budget=200, on="median"),
        Row("`bins(10**6, 10**5).start`", starts, budget=10, on="median"),
    ]
    return found + [row for each in LAYERS for row in layer(*each)]


if __name__ == "__main__":
    print(json.dumps([dataclasses.asdict(row) for row in measure()]))
