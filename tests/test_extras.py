"""What each extra is enough for, in processes that find nothing else; what is missing says which extra brings it."""

import json
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from pooltutor.extras import EXTRAS, explained

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
OPTIONAL = PROJECT["optional-dependencies"]
MODULES = {"myst-nb": "myst_nb", "pillow": "PIL"}  # where a package's module has another name

# Hides all modules of packages that were not installed, but those of the standard library and of pooltutor.
PRELUDE = """
import json, sys
allowed = {*sys.stdlib_module_names, "pooltutor", *json.loads(sys.argv[1])}
class Hide:
    def __init__(self, finder):
        self.finder = finder
    def find_spec(self, name, path=None, target=None):
        known = name in allowed or name.startswith("_sysconfigdata") or name.endswith("__mypyc")
        hidden = path is None and not known
        return None if hidden else self.finder.find_spec(name, path, target)
    def __getattr__(self, name):
        return getattr(self.finder, name)
sys.meta_path[:] = map(Hide, sys.meta_path)
"""


def modules_of(*extras):
    """The modules of all packages that pip would install with these extras."""
    return modules_for(*PROJECT["dependencies"], *(line for extra in extras for line in OPTIONAL[extra]))


def modules_for(*lines):
    """The modules of these packages and of all that they need."""
    todo, seen = [Requirement(line) for line in lines], set()
    while todo:
        wanted = todo.pop()
        if canonicalize_name(wanted.name) in seen:
            continue
        seen.add(canonicalize_name(wanted.name))
        try:
            found = map(Requirement, metadata.requires(wanted.name) or [])
        except metadata.PackageNotFoundError:
            continue
        todo += [each for each in found if each.marker is None or each.marker.evaluate({"extra": ""})]
    provided = metadata.packages_distributions()
    return sorted(module for module, packages in provided.items() if set(map(canonicalize_name, packages)) & seen)


def said(code, *extras):
    """What a program prints where only these extras are installed."""
    command = [sys.executable, "-c", PRELUDE + code, json.dumps(modules_of(*extras))]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, encoding="utf-8")
    return done.stdout, done.stderr.strip().split("\n")[-1], done.returncode


def test_each_package_of_an_extra_is_known_by_its_module():
    for extra, lines in OPTIONAL.items():
        if extra != "test":
            names = [Requirement(line).name for line in lines]
            assert {MODULES.get(name, name) for name in names} <= set(EXTRAS[extra])


def test_numpy_and_rich_are_all_that_everybody_gets():
    assert [Requirement(line).name for line in PROJECT["dependencies"]] == ["numpy", "rich"]


def test_an_unknown_module_is_left_to_python():
    error = ModuleNotFoundError("No module named 'x'", name="x")
    assert explained(error) is error


BARE = """
import pooltutor
print(pooltutor.pool([0, 3, 0], 2), pooltutor.gradient([1, 1], 3), pooltutor.laws.overlap_count(3, 2))
print(repr(pooltutor.check(3, 2)))
from pooltutor.cli import main
main(["explain", "5", "3", "--json"])
"""


@pytest.mark.slow
def test_without_any_extra_the_core_and_the_terminal_work():
    output, error, status = said(BARE)
    assert (status, error) == (0, "")
    first, second, third = output.splitlines()
    assert first == "[1.5 1.5] [0.5 1.  0.5] 1"
    assert second == "? not checked: PyTorch is not installed (pip install torch); pooltutor[lab] brings it, too"
    assert json.loads(third)["input_size"] == [5]


LAB = "{} is not installed; pip install 'pooltutor[lab]' brings it."
ONE_OF = ("ipywidgets", "anywidget", "traitlets")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("code", "missing"),
    [
        ("pooltutor.figures", "matplotlib"),
        ("pooltutor.pictures", "PIL"),
        ("pooltutor.portable", "torch"),
        ("from pooltutor.portable import replace", "torch"),
        ("pooltutor.explore(5, 3)", ONE_OF),
        ("pooltutor.atlas()", ONE_OF),
        ("pooltutor.exercises.try_pool(print)", "cloudpickle"),
    ],
)
def test_what_is_missing_says_which_extra_brings_it(code, missing):
    output, error, status = said(f"import pooltutor\n{code}")
    assert (status, output) == (1, "")
    names = (missing,) if isinstance(missing, str) else missing
    assert error in [f"ModuleNotFoundError: {LAB.format(name)}" for name in names]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("line", "missing"),
    [
        ("figure windows 14 4 -o x.svg", "matplotlib"),
        ("demo", "psutil"),
        ("lab", "psutil"),
        ("inspect tests.models:Vgg --input 1x3x64x64", "torch"),
    ],
)
def test_so_do_the_commands(line, missing):
    code = f"from pooltutor.cli import main\nsys.exit(main({line.split()!r}))"
    assert said(code) == ("", LAB.format(missing), 2)


@pytest.mark.slow
def test_the_extra_lab_is_enough_for_all_but_onnx():
    code = "import pooltutor\nfor name in pooltutor.__all__: getattr(pooltutor, name)\nprint(pooltutor.explore(5, 3))"
    code += "\nfrom pooltutor.portable import inspect, replace, decompositions\nprint(bool(pooltutor.check(3, 2)))"
    assert said(code, "lab") == ("explore(5, 3)\nTrue\n", "", 0)


@pytest.mark.slow
@pytest.mark.skipif("onnx" not in modules_of("export"), reason="the extra export is not installed")
def test_the_extra_export_and_a_torch_of_ones_own_are_enough_for_onnx(tmp_path):
    code = f"""
import torch, warnings
warnings.simplefilter("ignore")
from pooltutor import portable
model, _ = portable.replace(torch.nn.Sequential(torch.nn.AdaptiveAvgPool2d(3)), torch.ones(1, 1, 5, 5))
torch.onnx.export(model, (torch.ones(1, 1, 5, 5),), {str(tmp_path / "x.onnx")!r}, verbose=False)
import onnx
print([node.op_type for node in onnx.load({str(tmp_path / "x.onnx")!r}).graph.node])
"""
    allowed = modules_of("export") + modules_for("torch")
    command = [sys.executable, "-c", PRELUDE + code, json.dumps(allowed)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, encoding="utf-8")
    assert done.stdout.splitlines()[-1:] == ["['AveragePool']"], done.stderr
