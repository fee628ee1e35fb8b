"""What other libraries pool: the identity, at all 1,024 sizes to 32, beside PyTorch's. `python -m benchmarks.peers`.

Whatever is installed is asked; the rest is named. An environment of its own is best:

    pip install pooltutor[lab] jax equinox keras tensorflow openvino opencv-python-headless scikit-image ncnn
    pip install paddlepaddle  # in an environment of its own, where it does not get on with the others
    python -m benchmarks.peers

Keras reads its backend when it is imported, so that each backend is asked in a process of its own.
"""

import datetime
import importlib
import os
import subprocess
import sys
from collections.abc import Callable
from itertools import product

import numpy as np

from pooltutor import check, matrix
from pooltutor.quoting import quoted

LARGEST = 32
TOLERANCE = 1e-5
"""Other windows differ by 1e-3 and more; a scale n / m in float32, as TensorFlow has it, by 2e-6."""

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


def tensorflow_area() -> tuple[str, Pool]:
    """TensorFlow's resizing by area."""
    import tensorflow

    def pool(x: np.ndarray, m: int) -> np.ndarray:
        y = tensorflow.image.resize(x[None, :, :, None].astype("float32"), (len(x), m), method="area")
        return y.numpy()[0, :, :, 0]

    return tensorflow.__version__, pool


def tensorflow_addons() -> tuple[str, Pool]:
    """TensorFlow Addons, which has ended; it wants TensorFlow up to 2.15."""
    import tensorflow_addons

    def pool(x: np.ndarray, m: int) -> np.ndarray:
        return tensorflow_addons.layers.AdaptiveAveragePooling1D(m)(x[..., None].astype("float32")).numpy()[..., 0]

    return tensorflow_addons.__version__, pool


def paddle() -> tuple[str, Pool]:
    """Paddle's own operation."""
    import paddle

    def pool(x: np.ndarray, m: int) -> np.ndarray:
        return paddle.nn.functional.adaptive_avg_pool1d(paddle.to_tensor(x[None].astype("float32")), m).numpy()[0]

    return paddle.__version__, pool


def mxnet() -> tuple[str, Pool]:
    """MXNet's contrib operation. Its last version wants numpy before 1.24."""
    import mxnet

    def pool(x: np.ndarray, m: int) -> np.ndarray:
        given = mxnet.nd.array(np.ascontiguousarray(x[None, :, None, :], dtype=np.float32))
        return mxnet.nd.contrib.AdaptiveAvgPooling2D(given, output_size=(1, m)).asnumpy()[0, :, 0]

    return mxnet.__version__, pool


def mindspore() -> tuple[str, Pool]:
    """MindSpore's operation for two axes."""
    import mindspore

    def pool(x: np.ndarray, m: int) -> np.ndarray:
        given = mindspore.Tensor(np.ascontiguousarray(x[:, None, :], dtype=np.float32))
        return mindspore.ops.adaptive_avg_pool2d(given, (1, m)).asnumpy()[:, 0]

    return mindspore.__version__, pool


def mindspore_on_one() -> tuple[str, Pool]:
    """MindSpore's operation for one axis."""
    import mindspore

    def pool(x: np.ndarray, m: int) -> np.ndarray:
        return mindspore.ops.adaptive_avg_pool1d(mindspore.Tensor(x[None].astype("float32")), m).asnumpy()[0]

    return mindspore.__version__, pool


def ncnn() -> tuple[str, Pool]:
    """The layer Pooling of ncnn, adaptive (7=1), average (0=1); an output keeps the height of one row."""
    import ncnn

    def pool(x: np.ndarray, m: int) -> np.ndarray:
        net = ncnn.Net()
        net.load_param_mem(f"7767517\n2 2\nInput in 0 1 in\nPooling out 1 1 in out 0=1 7=1 8={m} 18=1\n")
        net.load_model_mem(b"")
        ask, numbers = net.create_extractor(), np.ascontiguousarray(x[:, None, :], dtype=np.float32)
        ask.input("in", ncnn.Mat(numbers))  # it points to the numbers of the array and does not keep it
        return np.array(ask.extract("out")[1])[:, 0]

    return ncnn.__version__, pool


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


KERAS_BACKENDS = ("torch", "numpy", "tensorflow", "openvino", "jax")

PEERS: dict[str, Callable[[], tuple[str, Pool]]] = {
    "PyTorch, interpolate area": torch_area,
    "Keras": keras_pooling,
    "TensorFlow, image.resize area": tensorflow_area,
    "TensorFlow Addons": tensorflow_addons,
    "Paddle": paddle,
    "ncnn": ncnn,
    "MXNet": mxnet,
    "MindSpore, two axes": mindspore,
    "MindSpore, one axis": mindspore_on_one,
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


def row(name: str) -> str:
    """One line of the table, or that this library is not installed."""
    try:
        version, pool = PEERS[name]()
    except ImportError as error:
        return f"| {name} | not installed: {quoted(str(error), 50)} | | |"
    agrees, refused, smallest = compared(pool)
    where = "-" if smallest is None else f"{smallest[0]} → {smallest[1]}"
    return f"| {name} {version} | {agrees} | {refused} | {where} |"


def row_of_a_process(name: str, backend: str) -> str:
    """The same from a fresh process: not all of these libraries bear each other."""
    command = [sys.executable, "-m", "benchmarks.peers", name]
    done = subprocess.run(command, env={**os.environ, "KERAS_BACKEND": backend}, capture_output=True, text=True)
    lines = [line for line in done.stdout.splitlines() if line.startswith("| ")]
    return lines[-1] if lines else f"| {name}, {backend} | ended with {done.returncode} | | |"


def main() -> None:
    """Print the table, once PyTorch itself has agreed."""
    if not all(check(n, m) for n, m in ((14, 4), (5, 3), (7, 13))):
        raise SystemExit("PyTorch does not agree with pooltutor here: nothing else is worth asking.")
    torch = importlib.import_module("torch")
    print(f"{datetime.date.today()}, PyTorch {torch.__version__}, {LARGEST**2:,} sizes to {LARGEST}\n")
    print("| library | agrees with PyTorch | refuses | smallest disagreement |\n|---|---|---|---|")
    for name in PEERS:
        for backend in KERAS_BACKENDS if name == "Keras" else KERAS_BACKENDS[:1]:
            print(row_of_a_process(name, backend), flush=True)


if __name__ == "__main__":
    print(row(sys.argv[1])) if len(sys.argv) > 1 else main()
