"""Which lessons there are, where they are, and what they are called."""

import json
import re
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from pooltutor.demo import PACKAGE, folders

TITLE = re.compile(r"# (\d\d) · (.+)")


class Heading(NamedTuple):
    """What a lesson is called: its number, its name from the file, its title, and the question in that."""

    number: str
    name: str
    title: str
    question: str


class Lesson:
    """A notebook whose name begins with a number."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def key(self) -> str:
        """Return the name of its file, without the ending: ``01-windows``."""
        return self.path.stem

    @cached_property
    def notebook(self) -> dict[str, Any]:
        """Return what the file holds."""
        return dict(json.loads(self.path.read_text(encoding="utf-8")))

    @property
    def heading(self) -> Heading:
        """Return what the lesson is called; its question is what its title says behind a name, if it has one."""
        number, _, name = self.key.partition("-")
        title = TITLE.match(source(self.notebook["cells"][0]))
        said = title[2] if title else ""
        question = said.partition(": ")[2] or said
        return Heading(number, name.replace("-", " ").capitalize(), said, question[:1].upper() + question[1:])


def source(cell: dict[str, Any]) -> str:
    """Return the text of a cell, which a file holds as lines."""
    text = cell["source"]
    return text if isinstance(text, str) else "".join(text)


def lessons() -> list[Lesson]:
    """Return all lessons in order; none where the package came without them."""
    found = (sorted(folder.glob("[0-9][0-9]-*.ipynb")) for folder in folders())
    return [Lesson(path) for path in next(filter(None, found), [])]


def folder_of(name: str) -> Path:
    """Return a folder of the repository that an installed package carries: ``docs``, or ``site`` as ``site/source``.

    Raises FileNotFoundError where it is neither here nor there.
    """
    carried = PACKAGE / "site" / "source" if name == "site" else PACKAGE / name
    for place in (carried, PACKAGE.parent / name):
        if place.is_dir():
            return place
    raise FileNotFoundError(2, "No such folder", str(carried))
