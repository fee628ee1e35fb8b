"""What other libraries pool: the identity, at all 1,024 sizes to 32, beside PyTorch's. `python -m benchmarks.peers`.

Whatever is installed is asked; the rest is named. An environment of its own is best:

    pip install pooltutor[lab] jax equinox keras openvino opencv-python-headless scikit-image
    python -m benchmarks.peers
"""

import datetime
import importlib
import os
from collections.abc import Callable
from itertools import product

import numpy as np

from pooltutor import check, matrix
from pooltutor.quoting import quoted

LARGEST = 32
TOLERANCE = 1e-6

Pool = Callable[[np.ndarray, int], np.ndarray]
"""Pools the rows of an array (k, n) to m: shape (k, m)."""


def torch_area() -> tuple[str, Pool]:
    """PyTorch's resizing by area."""
    import torch

    def pool(x: np.ndarray, m: int) -> np.ndarray:
        y = torch.nn.functional.interpolate(torch.from_numpy(x)[None], size=m, mode="area")
        return y[0].numpy()

    return torch.__version__, pool


def keras_pooling() -> tuple[str, Pool]:
    """Keras 3, on the backend that KERAS_BACKEND names."""
    import keras

    def pool(x: np.ndarray, m: int) -> np.ndarray:
        y = keras.layers.AdaptiveAveragePooling1D(m)(x[..., None].astype("float32"))
        return np.asarray(keras.ops.convert_to_numpy(y))[..., 0]

    return f"{keras.__version__} on {keras.backend.backend()}", pool


def equinox() -> tuple[str, Pool]:
    """Equinox, on JAX."""
    import equinox as eqx
    import jax

    def pool(x: np.ndarray, m: int) -> np.ndarray:
        return np.asarray(eqx.nn.AdaptiveAvgPool1d(m)(x.astype("float32")))

    return f"{eqx.__version__} on JAX {jax.__version__}", pool


def openvino() -> tuple[str, Pool]:
    """OpenVINO's own operation, on the CPU."""
    import openvino as ov
    from openvino import opset8

    core = ov.Core()

    def pool(x: np.ndarray, m: int) -> np.ndarray:
        given = opset8.parameter([1, *x.shape], np.float32)
        made = opset8.adaptive_avg_pool(given, opset8.constant(np.array([m], np.int64)))
        settings = {"INFERENCE_PRECISION_HINT": "f32"}
        return core.compile_model(ov.Model([made], [given]), "CPU", settings)(x[None].astype("float32"))[0][0]

    return ov.__version__.split("-")[0], pool


def opencv() -> tuple[str, Pool]:
    """OpenCV's resizing by area."""
    import cv2

    def pool(x: np.ndarray, m: int) -> np.ndarray:
        return np.stack([cv2.resize(row[None], (m, 1), interpolation=cv2.INTER_AREA)[0] for row in x])

    return cv2.__version__, pool


def scikit_image() -> tuple[str, Pool]:
    """scikit-image's local mean."""
    import skimage
    from skimage.transform import resize_local_mean

    def pool(x: np.ndarray, m: int) -> np.ndarray:
        return np.stack([resize_local_mean(row, (m,), preserve_range=True) for row in x])

    return skimage.__version__, pool


def pillow() -> tuple[str, Pool]:
    """Pillow's box filter."""
    import PIL
    from PIL import Image

    def pool(x: np.ndarray, m: int) -> np.ndarray:
        rows = (Image.fromarray(row[None].astype(np.float32)).resize((m, 1), Image.Resampling.BOX) for row in x)
        return np.stack([np.asarray(row)[0] for row in rows])

    return PIL.__version__, pool


def numpy_split() -> tuple[str, Pool]:
    """Means of np.array_split."""

    def pool(x: np.ndarray, m: int) -> np.ndarray:
        with np.errstate(invalid="ignore"):
            return np.stack([part.sum(axis=1) / len(part.T) for part in np.array_split(x, m, axis=1)], axis=1)

    return np.__version__, pool


PEERS: dict[str, Callable[[], tuple[str, Pool]]] = {
    "PyTorch, interpolate area": torch_area,
    "Keras": keras_pooling,
    "Equinox": equinox,
    "OpenVINO": openvino,
    "OpenCV INTER_AREA": opencv,
    "scikit-image resize_local_mean": scikit_image,
    "Pillow BOX": pillow,
    "np.array_split": numpy_split,
}


def compared(pool: Pool) -> tuple[int, int, tuple[int, int] | None]:
    """At how many sizes it agrees, how many it refuses, and the smallest that it does not agree at."""
    agrees, refused, smallest = 0, 0, None
    for n, m in sorted(product(range(1, LARGEST + 1), repeat=2), key=lambda pair: (sum(pair), pair)):
        try:
            same = np.allclose(pool(np.eye(n), m).T, matrix(n, m), rtol=0, atol=TOLERANCE)
        except Exception:  # a library may refuse a size by anything
            refused += 1
            continue
        agrees += same
        smallest = smallest if same or smallest else (n, m)
    return agrees, refused, smallest


def rows() -> list[str]:
    """One line of a table for each library, and which are not installed."""
    lines, missing = [], []
    for name, open_peer in PEERS.items():
        try:
            version, pool = open_peer()
        except ImportError as error:
            missing.append(f"{name} ({quoted(str(error), 50)})")
            continue
        agrees, refused, smallest = compared(pool)
        where = "-" if smallest is None else f"{smallest[0]} → {smallest[1]}"
        lines.append(f"| {name} {version} | {agrees} | {refused} | {where} |")
    return [*lines, *([f"\nNot installed: {', '.join(missing)}."] if missing else [])]


def main() -> None:
    """Print the table, once PyTorch itself has agreed."""
    os.environ.setdefault("KERAS_BACKEND", "torch")
    if not all(check(n, m) for n, m in ((14, 4), (5, 3), (7, 13))):
        raise SystemExit("PyTorch does not agree with pooltutor here: nothing else is worth asking.")
    torch = importlib.import_module("torch")
    print(f"{datetime.date.today()}, PyTorch {torch.__version__}, {LARGEST**2:,} sizes to {LARGEST}\n")
    print("| library | agrees with PyTorch | refuses | smallest disagreement |\n|---|---|---|---|")
    print("\n".join(rows()))


if __name__ == "__main__":
    main()
