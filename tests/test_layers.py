"""Imports go one way, `import pooltutor` stays light, and public names stay what they are.

Proved twice: by reading every import in the source, and by importing in fresh processes. Twins show that both
proofs can fail.
"""

import ast
import json
import re
import subprocess
import sys
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

import pooltutor
from tests import spec

HOUSE = Path(pooltutor.__file__).parent
CONTRIBUTING = (HOUSE.parent / "CONTRIBUTING.md").read_text(encoding="utf-8")
# From the ground up: a module may import those before it. The package itself, last, may import all of them.
LAYERS = [
    "words",
    "quoting",
    "extras",
    "writing",
    "still",
    "legend",
    "pictures",
    "validation",
    "formula",
    "rules",
    "windows",
    "binning",
    "laws",
    "counterexamples",
    "pairs",
    "arrays",
    "boxes",
    "kinds",
    "pooling",
    "reference",
    "displayed",
    "report",
    "precision",
    "claims",
    "comparison",
    "verify",
    "figures",
    "trial",
    "exercises",
    "stories",
    "live",
    "portable",
    "access",
    "page",
    "room",
    "demo",
    "site",
    "app",
    "cli",
]
# Heavy guests, and for each the layers that let it in.
DOORS = {
    "torch": ("reference", "portable"),
    "matplotlib": ("figures",),
    "PIL": ("pictures",),
    "ipywidgets": ("live",),
    "anywidget": ("live",),
    "IPython": ("live",),
    "voila": ("app",),
    "tornado": ("room", "app"),
    "segno": ("room",),
    "rich": ("cli", "exercises"),
    "cloudpickle": ("exercises",),
}
GUESTS = list(DOORS)


# Reading the source ----------------------------------------------------------------------------------------


def layer_of(path, house):
    """The layer of a file: its name, or its first folder's name; the package's own files are the roof."""
    part = path.relative_to(house).parts[0]
    return "pooltutor" if part in ("__init__.py", "__main__.py") else part.removesuffix(".py")


def imported(path, house):
    """Every module that a file imports, inside functions too, with its full name."""
    return imports_in(path.read_text(encoding="utf-8"), ("pooltutor", *path.relative_to(house).parts[:-1]))


@cache  # the house is read once more for each fault that is built into a copy of it
def imports_in(text, package):
    return list(read_imports(text, package))


def read_imports(text, package):
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            origin = ".".join([*base, *([node.module] if node.module else [])])
            # `from pooltutor import x` may mean the module x or a name in the package itself
            yield from (f"{origin}.{alias.name}" if origin == "pooltutor" else origin for alias in node.names)


def faults(house):
    """Each import that goes up or sideways, each guest that enters by the wrong door, each unknown module."""
    floors = [*LAYERS, "pooltutor"]
    for path in sorted(house.rglob("*.py")):
        layer = layer_of(path, house)
        where = path.relative_to(house).as_posix()
        if layer not in floors:
            yield f"{where} is in no layer"
            continue
        for name in imported(path, house):
            top, part, *_ = [*name.split("."), ""]
            if top == "pooltutor":
                own = part == layer and path.parent != house  # files of one folder may import each other
                target = part if part in LAYERS else "pooltutor"
                wrong = not own and floors.index(target) >= floors.index(layer)
            else:
                wrong = layer not in DOORS.get(top, (layer,))
            if wrong:
                yield f"{where} imports {name}"


def test_every_import_in_the_source_goes_down():
    assert list(faults(HOUSE)) == []


UPWARD = {  # fault: the file and the line that commits it
    "binning.py imports pooltutor.pooling": ("binning.py", "from pooltutor.pooling import pool"),
    "binning.py imports pooltutor.verify": ("binning.py", "from pooltutor import verify"),
    "binning.py imports pooltutor": ("binning.py", "import pooltutor"),
    "verify.py imports pooltutor.check": ("verify.py", "from pooltutor import check"),
    "pooling.py imports pooltutor.verify": ("pooling.py", "from .verify import check"),
    "words/__init__.py imports pooltutor.legend": ("words/__init__.py", "from ..legend import LIGHT"),
    "pooling.py imports pooltutor.live.explorer": ("pooling.py", "def f():\n    import pooltutor.live.explorer"),
    "verify.py imports torch.nn.functional": ("verify.py", "import torch.nn.functional as F"),
    "__init__.py imports torch": ("__init__.py", "def f():\n    from torch import nn"),
    "pooling.py imports matplotlib": ("pooling.py", "from matplotlib import pyplot"),
    "surprise.py is in no layer": ("surprise.py", ""),
}


@pytest.mark.parametrize("fault", UPWARD)
def test_an_import_that_goes_up_is_found_in_the_source(tmp_path, fault):
    file, line = UPWARD[fault]
    for path in HOUSE.rglob("*.py"):
        copy = tmp_path / path.relative_to(HOUSE)
        copy.parent.mkdir(exist_ok=True, parents=True)
        copy.write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    assert list(faults(tmp_path)) == []
    with (tmp_path / file).open("a", encoding="utf-8") as changed:
        changed.write(f"\n\n{line}\n")
    assert list(faults(tmp_path)) == [fault]


def test_contributing_lists_the_layers_from_the_top_down():
    table = CONTRIBUTING.split("## Layers")[1].split("\n\n")[2]
    rows = [re.findall(r"`(\w+)(?:\.py|/)`", row.split("|")[1]) for row in table.splitlines()]
    assert sorted(name for row in rows for name in row) == sorted(LAYERS)
    floors = [[LAYERS.index(name) for name in row] for row in rows if row]
    for above, below in pairwise(floors):
        assert min(above) > min(below), [LAYERS[k] for k in above + below]


def test_the_way_from_a_size_to_a_verdict_names_files_that_are_there():
    picture = CONTRIBUTING.split("## How a size becomes a checked picture")[1].split("```")[1]
    files = re.findall(r"[\w/]+\.(?:py|json|js)", picture)
    assert len(files) > 15
    assert [file for file in files if not any((HOUSE / part / file).exists() for part in ("", "live/js"))] == []


def imports_of(layer):
    """The layers that a layer imports, without words and quoting, which every one may."""
    files = [HOUSE / f"{layer}.py"] if (HOUSE / f"{layer}.py").exists() else (HOUSE / layer).rglob("*.py")
    names = {name for file in files for name in imported(file, HOUSE) if name.startswith("pooltutor.")}
    return {name.split(".")[1] for name in names} & set(LAYERS) - {layer, "words", "quoting"}


def test_contributing_says_what_each_module_imports():
    table = CONTRIBUTING.split("## Layers")[1].split("\n\n")[2]
    said = {}
    for row in table.splitlines()[2:]:
        file, _, touches = (cell.strip() for cell in row.strip("|").split("|"))
        if touches != "everything below":
            said[re.findall(r"`(\w+)", file)[0]] = set(touches.split(", ")) - {"nothing"}
    assert len(said) > 15
    assert said == {layer: imports_of(layer) for layer in said}


def test_no_file_of_the_package_is_longer_than_300_lines():
    lengths = {path.name: len(path.read_text(encoding="utf-8").splitlines()) for path in HOUSE.rglob("*.py")}
    assert len(lengths) > 50
    assert {name for name, lines in lengths.items() if lines > 300} == set()  # biome.json says the same of JavaScript


# Fresh processes -------------------------------------------------------------------------------------------


def in_a_fresh_process(code, *, folder=HOUSE.parent):
    """Run code that leaves its answer in ``answer``."""
    code = f"import json, sys\nsys.path.insert(0, {str(folder)!r})\n{code}\nprint(json.dumps(answer))"
    run = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


# The package's own __init__ opens the lower layers, so an empty package of the same name stands in for it.
ALONE = """
import importlib, types
package = sys.modules["pooltutor"] = types.ModuleType("pooltutor")
package.__path__ = [{house!r}]
importlib.import_module("pooltutor.{layer}")
answer = sorted({{name.split(".")[1] for name in sys.modules if name.startswith("pooltutor.")}})
answer += [guest for guest in {guests} if guest in sys.modules]
"""


def loaded_by(layer, house=HOUSE):
    return in_a_fresh_process(ALONE.format(house=str(house), layer=layer, guests=GUESTS))


def built():
    """The layers that there are, in order."""
    return [layer for layer in LAYERS if (HOUSE / layer).is_dir() or (HOUSE / f"{layer}.py").exists()]


@pytest.mark.slow
@pytest.mark.parametrize("layer", built())
def test_a_layer_alone_loads_nothing_from_above_and_no_torch(layer):
    upper = LAYERS[LAYERS.index(layer) + 1 :]
    loaded = loaded_by(layer)
    assert layer in loaded
    assert not set(loaded) & {*upper, "torch"}
    if layer not in ("figures", "live", "page", "app"):
        assert not set(loaded) & set(GUESTS)


def test_a_layer_that_loads_one_from_above_is_caught(tmp_path):
    (tmp_path / "binning.py").write_text("import pooltutor.pooling, ipywidgets")
    (tmp_path / "pooling.py").write_text("")
    assert {"binning", "pooling", "ipywidgets"} <= set(loaded_by("binning", tmp_path))


LIGHT = f"import pooltutor\nanswer = [guest for guest in {GUESTS} if guest in sys.modules]"


def test_importing_pooltutor_loads_no_heavy_guest():
    assert in_a_fresh_process(LIGHT) == []


@pytest.mark.slow
def test_a_heavy_guest_in_a_fresh_process_is_caught():
    assert in_a_fresh_process(f"import torch\n{LIGHT}") == ["torch"]


@pytest.mark.slow
def test_torch_is_loaded_by_the_first_check():
    code = "import pooltutor\npooltutor.check(3, 2)\n"
    assert in_a_fresh_process(f"{code}{LIGHT}") == ["torch"]


# Public names ----------------------------------------------------------------------------------------------


def test_no_module_bears_the_name_of_a_public_function():
    modules = {layer_of(path, HOUSE) for path in HOUSE.rglob("*.py")}
    public_modules = {"exercises", "figures", "laws", "pictures", "portable"}
    assert modules & set(pooltutor.__all__) <= public_modules


def test_no_file_of_figures_bears_the_name_of_a_public_function():
    files = {path.stem for path in (HOUSE / "figures").rglob("*.py")}
    assert "__init__" in files
    assert not files & {*pooltutor.figures.__all__, *pooltutor.__all__}


def test_each_picture_is_in_the_file_of_its_name():
    drawers = set(pooltutor.figures.__all__) - {"Picture", "readme_picture"}
    homes = {name: getattr(pooltutor.figures, name).__module__ for name in drawers}
    assert homes == {name: f"pooltutor.figures._{name}" for name in drawers}
    assert {path.stem for path in (HOUSE / "figures").glob("_[a-z]*.py")} == {f"_{name}" for name in drawers}


def files_of_figures():
    """The files that CONTRIBUTING names inside figures/, from the ground up."""
    table = CONTRIBUTING.split("Inside `figures/`")[1].split("\n\n")[1]
    return [file for row in table.splitlines() for file in re.findall(r"`(\w+\.py)`", row.split("|")[1])]


def test_contributing_names_each_file_of_figures_once():
    tree = {path.name for path in (HOUSE / "figures").rglob("*.py")} - {"__init__.py"}
    assert sorted(files_of_figures()) == sorted(tree)


def test_a_file_of_figures_imports_only_those_before_it():
    files = files_of_figures()
    for place, file in enumerate(files):
        names = imported(HOUSE / "figures" / file, HOUSE)
        own = {name.split(".")[2] + ".py" for name in names if name.startswith("pooltutor.figures.")}
        assert own <= set(files[:place]), file


@pytest.mark.slow
def test_each_public_name_is_the_same_object_at_every_look():
    code = """
import importlib, pkgutil, types, pooltutor
first = {name: getattr(pooltutor, name) for name in pooltutor.__all__}
for module in pkgutil.walk_packages(pooltutor.__path__, "pooltutor."):
    importlib.import_module(module.name)
changed = [name for name in first if getattr(pooltutor, name) is not first[name]]
modules = [name for name in first if isinstance(first[name], types.ModuleType)]
callables = [name for name in first if callable(first[name])]
answer = [sorted(first), changed, modules, callables]
"""
    names, changed, modules, callables = in_a_fresh_process(code)
    assert names == sorted(pooltutor.__all__)
    assert changed == []
    assert modules == ["exercises", "figures", "laws", "pictures", "portable"]
    functions = ["atlas", "bins", "check", "compare", "explore", "explore2d", "gradient", "matrix", "pool", "story"]
    assert callables == ["Bin", "Bins", "Report", *functions, "try_rule"]


def test_a_function_hidden_by_a_module_of_its_name_is_caught(tmp_path):
    (tmp_path / "house").mkdir()
    lazy = "def __getattr__(name):\n    from house.check import check\n    return check\n"
    (tmp_path / "house" / "__init__.py").write_text(lazy)
    (tmp_path / "house" / "check.py").write_text("def check(): ...")
    code = "import house\nanswer = [callable(house.check), callable(house.check)]"
    assert in_a_fresh_process(code, folder=tmp_path) == [True, False]


def test_dir_lists_every_public_name():
    assert set(pooltutor.__all__) <= set(dir(pooltutor))


def test_an_unknown_name_is_an_attribute_error():
    with spec.refused(AttributeError, "module 'pooltutor' has no attribute 'explain'"):
        pooltutor.explain  # noqa: B018, the look is the test
