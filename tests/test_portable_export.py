"""What ``replace`` and ``decompositions`` make: both exporters take it, and onnxruntime gives PyTorch's numbers.

Where the extra ``export`` is not installed these tests do not run, and conftest.py says so; with CI set that fails.
"""

import os
import warnings
from collections import Counter
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
import torch

from pooltutor import portable
from tests.conftest import NO_ONNX
from tests.models import MODELS, build

ROOT = Path(__file__).resolve().parent.parent
MISSING = [name for name in ("onnx", "onnxscript", "onnxruntime") if find_spec(name) is None]
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(MISSING) and not os.environ.get("CI"), reason=NO_ONNX),
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

        file, names = str(tmp_path / "model.onnx"), {axis: f"size{axis}" for axis in range(2, x.dim())}
        more = {"dynamo": not legacy, "input_names": ["x"]}
        if legacy:
            more |= {"opset_version": 17, **({"dynamic_axes": {"x": names}} if dynamic else {})}
        elif not isinstance(model, torch.export.ExportedProgram):
            more |= {"verbose": False, **({"dynamic_shapes": (open_axes(x.dim()),)} if dynamic else {})}
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            torch.onnx.export(model, (x,), file, **more)
        nodes = Counter(node.op_type for node in onnx.load(file).graph.node if node.op_type != "Constant")
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        session = onnxruntime.InferenceSession(file, options, providers=["CPUExecutionProvider"])
        return lambda y: session.run(None, {"x": y.numpy()}), nodes

    return exported


def open_axes(dimensions=4):
    return dict.fromkeys(range(2, dimensions), torch.export.Dim.DYNAMIC)


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


@pytest.mark.parametrize(
    ("kind", "sizes", "target"),
    [
        ("Avg", (16, 16), 1),
        ("Avg", (16, 16), 3),
        ("Avg", (16, 8), (2, 4)),
        ("Avg", (7, 7), 5),
        ("Avg", (4, 4), 8),
        ("Avg", (8,), 4),
        ("Avg", (5, 5, 5), 3),
        ("Max", (16, 16), 2),
        ("Max", (5, 5), 3),
    ],
)
def test_the_verdicts_are_what_the_exporters_do(export, kind, sizes, target):
    pool = getattr(torch.nn, f"Adaptive{kind}Pool{len(sizes)}d")(target)
    x = torch.randn(1, 3, *sizes)
    verdicts = {verdict.target: verdict.status for verdict in portable.inspect(pool, x)[0].verdicts}
    measured = {
        "onnx_legacy": outcome(export, pool, x, legacy=True, dynamic=False),
        "onnx_default": outcome(export, pool, x, legacy=False, dynamic=False),
        "onnx_dynamic": outcome(export, pool, x, legacy=False, dynamic=True),
    }
    assert {name: verdicts[name] for name in measured} == measured


def outcome(export, pool, x, *, legacy, dynamic):
    """What an exporter makes of a pooling, in the words of the verdicts."""
    try:
        run, nodes = export(pool, x, legacy=legacy, dynamic=dynamic)
    except Exception:  # both exporters have errors of their own, private ones
        return "refused"
    assert_close(pool, run, x)
    if dynamic:
        return "agrees" if all(agrees(pool, run, x, change) for change in (1, 2, 3, 7, 16)) else "wrong"
    return {1: "one_node", 3: "three_nodes", 4: "four_nodes"}.get(sum(nodes.values()), "unrolled")


def assert_close(pool, run, x):
    np.testing.assert_allclose(run(x)[0], pool(x).numpy(), rtol=0, atol=CLOSE)


def agrees(pool, run, x, change):
    y = torch.randn(*x.shape[:2], *(n + change for n in x.shape[2:]))
    try:
        assert_close(pool, run, y)
    except Exception:  # onnxruntime's own, or an AssertionError
        return False
    return True


def test_the_three_lines_of_readme(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code = (ROOT / "README.md").read_text(encoding="utf-8").split("## On your own model")[1]
    lines = code.split("```python\n")[1].split("```")[0]
    assert len(lines.splitlines()) == 3
    original, x = build("pspnet"), torch.randn(TRACED)
    names = {"model": original, "x": x, "torch": torch}
    exec(lines, names)
    import onnxruntime

    session = onnxruntime.InferenceSession("model.onnx", providers=["CPUExecutionProvider"])
    (name,) = (each.name for each in session.get_inputs())
    assert_same(original, lambda y: session.run(None, {name: y.numpy()}), [TRACED[2:], *OTHERS])
