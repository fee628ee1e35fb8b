"""A panel of the 1-D explorer is a file, a line in the list of panels, and its words: nothing else knows its name."""

import re
from pathlib import Path

import pytest

from pooltutor import live
from pooltutor.live.explorer import PANELS
from pooltutor.words import load

JS = Path(live.__file__).parent / "js"
LIST = JS / "explorer" / "panels.js"
FILES = sorted((JS / "explorer" / "panels").glob("*.js"))
NAMES = [path.stem for path in FILES]
PARTS_OF_THE_PICTURE = {"windows", "gradient", "influence", "words"}
DRAWN_IN_THE_PICTURE_TOO = {"duel"}


def read(path):
    return path.read_text(encoding="utf-8")


def test_show_names_the_panels_and_the_parts_of_the_picture():
    assert {*PANELS} == {*NAMES, "code", *PARTS_OF_THE_PICTURE}


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_a_panel_bears_the_name_of_its_file_and_has_its_words(path):
    assert re.findall(r'static key = "(\w+)";', read(path)) == [path.stem]
    words = load()["view"]
    assert words["panels"][path.stem]
    assert words[path.stem]["title"]


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_the_list_has_every_panel_once(path):
    (kind,) = re.findall(r"^export class (\w+) extends Panel\b", read(path), re.MULTILINE)
    assert len(re.findall(rf"\b{kind}\b", read(LIST).partition("EXPLORER_PANELS =")[2])) == 1


@pytest.mark.parametrize("name", [name for name in NAMES if name not in DRAWN_IN_THE_PICTURE_TOO])
def test_nothing_else_in_a_view_names_a_panel(name):
    modules = {path for folder in ("view", "explorer", "grid") for path in (JS / folder).rglob("*.js")}
    named = re.compile(rf"[\"'`]{name}[\"'`]|\b(?:panels|state|words)\.{name}\b|\b{name}:")
    assert [path.name for path in modules if named.search(read(path))] == [f"{name}.js"]
