"""A rule is an entry in rules.py, its words, and its slow twin in spec.py: nothing else decides by its name."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

import pooltutor
from pooltutor import RULES
from pooltutor.words import load
from tests import spec

HOUSE = Path(pooltutor.__file__).parent
# Names that mean other things too: a type of numbers, the end of a line, what a text does.
AMBIGUOUS = {"float32", "round", "split"}
WRONG = [name for name in RULES if name != "pytorch"]


@cache
def texts(path):
    """The text constants of a Python file, without its docstrings; those of a script, without its comments."""
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        return re.findall(r"[\"'`](\w+)[\"'`]", re.sub(r"/\*.*?\*/|//[^\n]*", "", source, flags=re.DOTALL))
    tree = ast.parse(source)
    described = (node.value for node in ast.walk(tree) if isinstance(node, ast.Expr))
    docstrings = {id(node) for node in described if isinstance(node, ast.Constant)}
    constants = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in docstrings)
    return [node.value for node in constants if isinstance(node.value, str)]


def files_that_name(rule):
    files = (path for ending in ("py", "js") for path in HOUSE.rglob(f"*.{ending}"))
    return {path.relative_to(HOUSE).as_posix() for path in files if rule in texts(path)}


OPENED = {  # the tab of duels, and the picture of lesson 05 on the site
    "equal_kernel": ("live/classroom.py", "live/js/page/models.js"),
    "forum": ("site/thumbnails.py",),
}


@pytest.mark.parametrize("rule", [name for name in WRONG if name not in AMBIGUOUS])
def test_no_other_file_of_the_package_names_a_rule_but_to_open_one(rule):
    assert files_that_name(rule) == {"rules.py", *OPENED.get(rule, ())}


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_has_its_words_and_its_twin(rule):
    words = load()
    assert words["rules"]["titles"][rule]
    assert words["rules"]["found_in"][rule]
    assert words["view"]["duel"]["reasons"].get(rule, "none is needed" if rule == "pytorch" else "")
    assert rule in spec.RAW_WINDOWS
