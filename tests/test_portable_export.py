"""What ``replace`` and ``decompositions`` make: both exporters take it, and onnxruntime gives PyTorch's numbers.

Where the extra ``export`` is not installed these tests do not run, and conftest.py says so; with CI set that fails.
"""

import os
import warnings
from collections import Counter
from importlib.util import find_spec

import numpy as np
import pytest
import torch

from pooltutor import portable
from tests.models import MODELS, build

MISSING = [name for name in ("onnx", "onnxscript", "onnxruntime") if find_spec(name) is None]
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(MISSING) and not os.environ.get("CI"), reason="the extra export is not installed"),
    # The exporters' own: they use what PyTorch itself has declared old.
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning", "ignore::UserWarning"),
]
TRACED = (1, 3, 52, 60)
OTHERS = [(36, 44), (68, 53), (97, 120), (24, 128)]
CLOSE = 1e-5


@pytest.fixture
def export(tmp_path, capsys):
    """Export a model or a program by one of both exporters, and return what runs it, and its nodes by type."""

    def exported(model, x, *, legacy, dynamic):
        import onnx
        import onnxruntime

        file, names = str(tmp_path / "model.onnx"), {2: "height", 3: "width"}
        more = {"dynamo": not legacy, "input_names": ["x"]}
        if legacy:
            more |= {"opset_version": 17, **({"dynamic_axes": {"x": names}} if dynamic else {})}
        elif not isinstance(model, torch.export.ExportedProgram):
            more |= {"verbose": False, **({"dynamic_shapes": (open_axes(),)} if dynamic else {})}
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            torch.onnx.export(model, (x,), file, **more)
        nodes = Counter(node.op_type for node in onnx.load(file).graph.node if node.op_type != "Constant")
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        session = onnxruntime.InferenceSession(file, options, providers=["CPUExecutionProvider"])
        return lambda y: session.run(None, {"x": y.numpy()}), nodes

    return exported


def open_axes():
    return {2: torch.export.Dim.DYNAMIC, 3: torch.export.Dim.DYNAMIC}


def assert_same(model, run, sizes):
    for size in sizes:
        x = torch.randn(*TRACED[:2], *size, generator=torch.Generator().manual_seed(1))
        with torch.no_grad():
            theirs = model(x)
        theirs = theirs if isinstance(theirs, tuple) else (theirs,)
        ours = run(x)
        assert [each.shape for each in ours] == [tuple(each.shape) for each in theirs], size
        for mine, torchs in zip(ours, theirs, strict=True):
            np.testing.assert_allclose(mine, torchs.numpy(), rtol=0, atol=CLOSE, err_msg=str(size))


def test_onnx_is_there_where_it_must_be():
    assert MISSING == []


@pytest.mark.parametrize("dynamic", [False, True], ids=["fixed", "dynamic"])
@pytest.mark.parametrize("legacy", [True, False], ids=["legacy", "default"])
@pytest.mark.parametrize("name", MODELS)
def test_a_model_gives_the_same_numbers_in_onnxruntime(export, name, legacy, dynamic):
    model, x = build(name), torch.randn(TRACED, generator=torch.Generator().manual_seed(0))
    new, report = portable.replace(model, x, dynamic=dynamic)
    assert report
    run, nodes = export(new, x, legacy=legacy, dynamic=dynamic)
    print(name, "legacy" if legacy else "default", "dynamic" if dynamic else "fixed", sum(nodes.values()), "nodes")
    assert_same(model, run, [TRACED[2:], *(OTHERS if dynamic else [])])


@pytest.mark.parametrize("dynamic", [False, True], ids=["fixed", "dynamic"])
@pytest.mark.parametrize("name", ["functions", "spp", "se"])
def test_decompositions_take_functions_and_modules(export, name, dynamic):
    model, x = build(name), torch.randn(TRACED, generator=torch.Generator().manual_seed(0))
    program = torch.export.export(model, (x,), dynamic_shapes=(open_axes(),) if dynamic else None, strict=False)
    program = program.run_decompositions(portable.decompositions())
    assert not [node for node in program.graph.nodes if "adaptive" in str(node.target)]
    run, _ = export(program, x, legacy=False, dynamic=dynamic)
    assert_same(model, run, [TRACED[2:], *(OTHERS if dynamic else [])])


@pytest.mark.parametrize(
    ("kind", "n", "m", "expected"),
    [
        ("Avg", 8, 4, {"AveragePool": 1}),
        ("Avg", 5, 3, {"AveragePool": 1}),  # padded: PyTorch's own exporters refuse it, or make 26 nodes
        ("Max", 5, 3, {"MaxPool": 1}),
        ("Avg", 14, 4, {"MatMul": 2, "Div": 1}),
        ("Max", 14, 4, {"Gather": 2, "Reshape": 2, "ReduceMax": 2}),
    ],
)
def test_a_fixed_size_becomes_few_nodes(export, kind, n, m, expected):
    pool = getattr(portable, f"Adaptive{kind}Pool2d")(m, input_size=n)
    run, nodes = export(pool, torch.randn(1, 3, n, n), legacy=False, dynamic=False)
    assert nodes == expected
    x = torch.randn(1, 3, n, n)
    np.testing.assert_allclose(run(x)[0], pool(x).numpy(), rtol=0, atol=CLOSE)


def test_pytorchs_own_default_exporter_is_silently_wrong_with_open_sizes(export):
    """Why all this is there: with an own module in its place the same export is right."""
    x, y = torch.randn(1, 3, 16, 16), torch.randn(1, 3, 24, 24)
    theirs, _ = export(torch.nn.AdaptiveAvgPool2d(2), x, legacy=False, dynamic=True)
    ours, _ = export(portable.AdaptiveAvgPool2d(2), x, legacy=False, dynamic=True)
    assert theirs(y)[0].shape == (1, 3, 3, 3)
    np.testing.assert_allclose(ours(y)[0], torch.nn.AdaptiveAvgPool2d(2)(y).numpy(), rtol=0, atol=CLOSE)
