"""``pooltutor inspect``: every adaptive pooling in a model of one's own, and what becomes of it elsewhere."""

import importlib
import importlib.util
import json
import re
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from math import prod
from pathlib import Path
from types import ModuleType
from typing import Any

from pooltutor import portable
from pooltutor.cli.arguments import whole
from pooltutor.portable.running import INPUT_TYPES, check_model, sample_input
from pooltutor.quoting import quoted
from pooltutor.words import say

_MOST = 2**28
"""Numbers of one input; a gigabyte of float32."""


def inspect_model(options: Namespace) -> int:
    """Build the model, run it once on inputs of these shapes, and print the report."""
    inputs = [_parsed(text) for text in options.input]  # before a model is built, which may take minutes
    with redirect_stdout(sys.stderr), _progress() as told:  # what a model prints is no part of the report
        model = _built(options.model)
        report = portable.inspect(model, *(sample_input(*each) for each in inputs), progress=told)
    print(json.dumps(report.to_json()) if options.json else report.text)
    return 0


# What was typed --------------------------------------------------------------------------------------------


def _parsed(text: str) -> tuple[tuple[int, ...], str]:
    """A shape and a type: 1x3x256x256, or 1x128:int64."""
    shape, _, dtype = text.partition(":")
    parts = re.split("[x×]", shape)
    if dtype not in ("", *INPUT_TYPES) or not all(parts):
        raise ValueError(say("errors.command.input", types=", ".join(INPUT_TYPES), came=quoted(text)))
    sizes = tuple(whole(part, "--input") for part in parts)
    if prod(sizes) > _MOST:
        raise ValueError(say("errors.command.most_input", most=_MOST, came=quoted(text)))
    return sizes, dtype or INPUT_TYPES[0]


# The model -------------------------------------------------------------------------------------------------


def _built(text: str) -> Any:
    """What a function gives that is named as module.py:function or package.module:function."""
    place, _, name = text.rpartition(":")
    if not place or not name:
        raise ValueError(say("errors.command.model", came=quoted(text)))
    module = _of_others(text, lambda: _file(Path(place)) if place.endswith(".py") else _package(place))
    function = _of_others(text, lambda: _attribute(module, name))
    model = function if hasattr(function, "named_modules") and not isinstance(function, type) else None
    if model is None:
        if not callable(function):
            raise ValueError(say("errors.command.model", came=quoted(text)))
        model = _of_others(text, function)
    try:
        return check_model(model)
    except TypeError as error:
        raise ValueError(str(error)) from None


def _of_others(text: str, code: Callable[[], Any]) -> Any:
    """Run code of somebody else's; whatever it raises becomes one sentence."""
    try:
        return code()
    except (Exception, SystemExit) as error:
        first = str(error).strip().split("\n")[0] or type(error).__name__
        raise ValueError(say("errors.command.builds", model=text, text=quoted(first, 200))) from error


def _file(path: Path) -> ModuleType:
    """The module in a file; what lies beside it can be imported, as from a script."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None or not path.is_file():
        raise FileNotFoundError(say("errors.command.no_file", path=path))
    module = importlib.util.module_from_spec(spec)
    sys.modules.setdefault(path.stem, module)
    sys.path.insert(0, str(path.resolve().parent))
    spec.loader.exec_module(module)
    return module


def _package(name: str) -> ModuleType:
    """A module by its name, also one in the folder that the command was called in."""
    sys.path.append(str(Path.cwd()))
    return importlib.import_module(name)


def _attribute(module: ModuleType, name: str) -> Any:
    found: Any = module
    for part in name.split("."):
        found = getattr(found, part)
    return found


@contextmanager
def _progress() -> Iterator[Callable[[str], None] | None]:
    """A line on the terminal that names the module that runs; nothing where stderr is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console

    with Console(stderr=True).status(say("portable.report.running", name="")) as status:
        yield lambda name: status.update(say("portable.report.running", name=name))
