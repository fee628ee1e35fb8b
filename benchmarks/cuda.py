"""What a GPU does: PyTorch's windows there, whether its backward repeats itself, and the speed of the portable modules.

python -m benchmarks.cuda cuda.json
"""

import datetime
import json
import statistics
import sys
from itertools import product
from pathlib import Path
from typing import Any

import torch
from torch.nn import functional as F

from pooltutor import portable, reference
from pooltutor.binning import bins

LAYERS = [  # what it is, batch, channels, side, target side
    ("VGG", 16, 512, 7, 7),
    ("VGG, images of 256", 16, 512, 8, 7),
    ("VGG, images of 448", 16, 512, 14, 7),
    ("ResNet-50", 16, 2048, 7, 1),
    ("AlexNet, images of 448", 16, 256, 13, 6),
    ("PSPNet, images of 473", 4, 2048, 60, 6),
    ("a first layer", 4, 64, 224, 7),
    ("an image made small", 4, 3, 1024, 100),
]
REPEATED = [(1, 224, 100), (2, 56, 13), (2, 7, 5), (2, 14, 4), (2, 7, 33), (3, 28, 5), (2, 28, 1)]  # axes, n, m
RUNS = 50
DEVICE = "cuda"


def windows_differ(kind: str) -> list[tuple[int, int]]:
    """The sizes to 64 at which PyTorch's windows on the GPU are not those of the rule."""
    wrong = []
    for n, m in product(range(1, 65), repeat=2):
        [(start, stop)] = reference.windows((n,), (m,), kind, DEVICE, "float32")
        b = bins(n, m)
        if (start != b.start).any() or (stop != b.stop).any():
            wrong.append((n, m))
    return wrong


def milliseconds(work: Any) -> float:
    """The median of several runs, in the GPU's own time."""
    for _ in range(5):
        work()
    times = []
    for _ in range(30):
        begin, end = (torch.cuda.Event(enable_timing=True) for _ in range(2))
        begin.record()
        work()
        end.record()
        torch.cuda.synchronize()
        times.append(begin.elapsed_time(end))
    return statistics.median(times)


def gradients(pool: Any, x: torch.Tensor) -> int:
    """How many different gradients there are in several runs, bit for bit."""
    seen = set()
    for _ in range(RUNS):
        leaf = x.clone().requires_grad_()
        y = pool(leaf)
        y.backward(torch.cos(torch.arange(y.numel(), device=y.device)).reshape(y.shape).to(y.dtype))
        seen.add(leaf.grad.cpu().numpy().tobytes())
    return len(seen)


def repeated(kind: str, axes: int, n: int, m: int) -> dict[str, Any]:
    """How many gradients there are of PyTorch's operation and of our module; inputs of maxima have ties."""
    x = torch.randn(8, 16, *[n] * axes, device=DEVICE)
    x = x.round(decimals=1) if kind == "max" else x
    theirs = getattr(F, f"adaptive_{kind}_pool{axes}d")
    own = getattr(portable, f"Adaptive{kind.capitalize()}Pool{axes}d")(m, input_size=n).to(DEVICE)
    counts = {"PyTorch": gradients(lambda y: theirs(y, m), x), "portable": gradients(own, x)}
    return {"kind": kind, "axes": axes, "n": n, "m": m, **counts}


def layer(kind: str, name: str, batch: int, channels: int, n: int, m: int) -> dict[str, Any]:
    """One layer: times forward and backward, and how many gradients there are."""
    torch.manual_seed(0)
    x, upstream = (torch.randn(batch, channels, side, side, device=DEVICE) for side in (n, m))
    ours = {"avg": portable.AdaptiveAvgPool2d, "max": portable.AdaptiveMaxPool2d}[kind]
    poolings = {
        "PyTorch": lambda each: getattr(F, f"adaptive_{kind}_pool2d")(each, m),
        "fixed": ours(m, input_size=(n, n)).to(DEVICE),
        "dynamic": ours(m).to(DEVICE),
    }
    found: dict[str, Any] = {"kind": kind, "name": name, "shape": [batch, channels, n, m], "ways": {}}
    expected = poolings["PyTorch"](x)
    for way, pool in poolings.items():
        leaf = x.clone().requires_grad_()
        y = pool(leaf)
        found["ways"][way] = {
            "difference": float((y.detach() - expected).abs().max()),
            "forward": milliseconds(lambda pool=pool: pool(x)),
            "both": milliseconds(lambda pool=pool, leaf=leaf: pool(leaf).backward(upstream)),
            "gradients": gradients(pool, x),
        }
    return found


def main(path: str) -> None:
    """Measure everything and write it."""
    torch.backends.cuda.matmul.allow_tf32 = False
    around = {
        "date": datetime.date.today().isoformat(),
        "torch": torch.__version__,
        "device": torch.cuda.get_device_name(),
        "cuda": torch.version.cuda,
        "runs": RUNS,
    }
    result: dict[str, Any] = {**around, "windows": {kind: windows_differ(kind) for kind in ("avg", "max")}}
    result["repeated"] = [repeated(kind, *sizes) for kind, sizes in product(("avg", "max"), REPEATED)]
    result["layers"] = []
    for kind, row in product(("avg", "max"), LAYERS):
        try:
            result["layers"].append(layer(kind, *row))
        except Exception as error:  # one layer that does not fit takes none of the others with it
            result["layers"].append({"kind": kind, "name": row[0], "reason": f"{type(error).__name__}: {error}"[:200]})
        Path(path).write_text(json.dumps(result, indent=1), encoding="utf-8")
        print(result["layers"][-1], flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
