"""Measure what other tools make of PyTorch's own adaptive pooling: the facts behind the verdicts of ``inspect``.

    python -m benchmarks.targets

onnx, onnxscript and onnxruntime come with pooltutor[export]; openvino and coremltools are tried where they are
installed. What is not installed is named at the end, and nothing is said about it.
"""

import io
import logging
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import torch
from torch import nn

SIZES = [
    *(("16x16", m) for m in ("1x1", "2x2", "3x3", "6x6")),
    *(("5x5", "3x3"), ("4x4", "6x6"), ("7x7", "5x5"), ("14x14", "4x4"), ("5", "3"), ("8", "4"), ("5x5x5", "3x3x3")),
]


def main() -> None:
    """Print a line for each kind, size and tool."""
    warnings.simplefilter("ignore")
    logging.disable(logging.ERROR)
    missing = [name for name, (needed, _) in TOOLS.items() if find_spec(needed) is None]
    for kind in ("Avg", "Max"):
        for sizes, targets in SIZES:
            n, m = ([int(part) for part in text.split("x")] for text in (sizes, targets))
            pool = getattr(nn, f"Adaptive{kind}Pool{len(n)}d")(m if len(m) > 1 else m[0])
            answers = "; ".join(
                f"{name} {_answer(tool, pool, n)}" for name, (_, tool) in TOOLS.items() if name not in missing
            )
            print(f"{kind} {sizes} -> {targets}: {answers}", flush=True)
    if missing:
        print(f"Not measured, as they are not installed: {', '.join(missing)}.")


def _answer(tool: Callable[[nn.Module, torch.Tensor], str], pool: nn.Module, n: list[int]) -> str:
    try:
        with redirect_stdout(io.StringIO()):  # the legacy exporter prints what it refuses
            return tool(pool, torch.randn(1, 2, *n))
    except Exception as error:  # each tool has errors of its own
        return f"refuses ({type(error).__name__})"


def _others(x: torch.Tensor) -> Iterator[torch.Tensor]:
    for more in (0, 1, 2, 3, 7, 16):
        yield torch.randn(*x.shape[:2], *(n + more for n in x.shape[2:]))


def _right(pool: nn.Module, run: Callable[[np.ndarray], np.ndarray], x: torch.Tensor) -> bool:
    try:
        y, expected = run(x.numpy()), pool(x).numpy()
    except Exception:
        return False
    return y.shape == expected.shape and float(np.abs(y - expected).max()) <= 1e-5


def _onnx(legacy: bool, open_sizes: bool) -> Callable[[nn.Module, torch.Tensor], str]:
    def tool(pool: nn.Module, x: torch.Tensor) -> str:
        import onnx
        import onnxruntime

        axes, more = dict.fromkeys(range(2, x.dim()), torch.export.Dim.DYNAMIC), {}
        if open_sizes:
            more = (
                {"dynamic_axes": {"x": {axis: f"s{axis}" for axis in axes}}} if legacy else {"dynamic_shapes": (axes,)}
            )
        with tempfile.TemporaryDirectory() as folder:
            file = str(Path(folder) / "pool.onnx")
            torch.onnx.export(pool, (x,), file, dynamo=not legacy, input_names=["x"], verbose=False, **more)
            nodes = [node for node in onnx.load(file).graph.node if node.op_type != "Constant"]
            session = onnxruntime.InferenceSession(file, providers=["CPUExecutionProvider"])
        right = [_right(pool, lambda y: session.run(None, {"x": y})[0], y) for y in (_others(x) if open_sizes else [x])]
        return f"{len(nodes)} nodes, right at {sum(right)} of {len(right)} sizes"

    return tool


def _openvino(pool: nn.Module, x: torch.Tensor) -> str:
    import openvino

    shape = openvino.PartialShape([*x.shape[:2], *[-1] * (x.dim() - 2)])
    model = openvino.Core().compile_model(openvino.convert_model(pool, example_input=x, input=[shape]), "CPU")
    right = [_right(pool, lambda y: model(y)[0], y) for y in _others(x)]
    return f"open sizes, right at {sum(right)} of {len(right)} sizes"


def _coreml(pool: nn.Module, x: torch.Tensor) -> str:
    """Converted only: Core ML itself runs on Apple's systems."""
    import coremltools

    traced = torch.jit.trace(pool, x)
    model = coremltools.convert(traced, inputs=[coremltools.TensorType(shape=x.shape)], convert_to="mlprogram")
    operations = [each for function in model._mil_program.functions.values() for each in function.operations]
    return f"{sum(each.op_type not in ('const', 'cast') for each in operations)} operations"


TOOLS = {
    "ONNX legacy": ("onnxruntime", _onnx(legacy=True, open_sizes=False)),
    "ONNX default": ("onnxruntime", _onnx(legacy=False, open_sizes=False)),
    "ONNX default, open sizes": ("onnxruntime", _onnx(legacy=False, open_sizes=True)),
    "OpenVINO": ("openvino", _openvino),
    "Core ML": ("coremltools", _coreml),
}


if __name__ == "__main__":
    main()
