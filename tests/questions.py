"""Make docs/questions.md of the fifteen questions of lesson 07: python -m tests.questions, after the lesson was saved.

Whoever has an error message types it into a search box, and notebooks are hard to find in that way. So the same cells
stand on a page of text, with what they print.
"""

import re
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from tests.lessons import NOTEBOOKS

LESSON = NOTEBOOKS / "07-in-the-wild.ipynb"
PAGE = NOTEBOOKS.parent / "docs" / "questions.md"
HEADING = re.compile(r'### (<a id="q(\d+)"></a>)(\d+ · .+)')

TOP = """# Fifteen questions about adaptive pooling

You came with an error message, or with numbers that differ? Here are the questions that people ask most often, in their
own words, each with a short answer, a few lines that show it, and what to do. They are the last part of
[lesson 07](../notebooks/07-in-the-wild.ipynb), which you can run and change; the code [needs a few
lines](#first-of-all) before it. Nothing here is written by hand: `python -m tests.questions` takes it from the lesson.
"""
SETUP = """## <a id="first-of-all"></a>Before the code

`pip install 'pooltutor[lab,export]'` brings all that is needed. These lines come first.
"""


def questions(lesson: NotebookNode | None = None) -> dict[int, list[NotebookNode]]:
    """The cells of each question, its heading first."""
    found: dict[int, list[NotebookNode]] = {}
    current: list[NotebookNode] | None = None
    for cell in (lesson or nbformat.read(LESSON, 4)).cells:
        if heading := HEADING.match(cell.source):
            current = found[int(heading[2])] = []
        elif cell.source.startswith("## "):
            current = None
        if current is not None:
            current.append(cell)
    return found


def setup(lesson: NotebookNode | None = None) -> list[NotebookNode]:
    """The cells that all questions need, which the lesson marks."""
    return [cell for cell in (lesson or nbformat.read(LESSON, 4)).cells if "setup" in cell.metadata.get("tags", [])]


def page(lesson: NotebookNode | None = None) -> str:
    """The whole page."""
    found = questions(lesson)
    contents = [f"- [{title(cells[0])}](#q{number})" + message(cells[0]) for number, cells in found.items()]
    parts = [TOP, "\n".join(contents), *(text_of(cell) for cells in found.values() for cell in cells)]
    code = "\n\n".join(cell.source + "\n" for cell in setup(lesson))
    return "\n\n".join(part.strip() for part in [*parts, SETUP, f"```python\n{code}```"]) + "\n"


def title(heading: NotebookNode) -> str:
    """A question with its number, without the anchor."""
    return str(HEADING.match(heading.source)[3])  # type: ignore[index]  # it is a heading


def message(heading: NotebookNode) -> str:
    """The error message below a heading, as the list of contents has it."""
    said = re.search(r"^> (.+)", heading.source, re.M)
    return f": *{said[1]}*" if said else ""


def text_of(cell: NotebookNode) -> str:
    """A cell as it stands on the page: headings one level up, links from the folder docs, code with what it prints."""
    if cell.cell_type == "code":
        printed = "".join(output.get("text", "") for output in cell.outputs)
        return f"```python\n{cell.source}\n```" + (f"\n\n```text\n{printed.rstrip()}\n```" if printed else "")
    text = HEADING.sub(r"## \1\3", cell.source)
    text = re.sub(r"\]\((\d\d-[\w-]+\.ipynb)\)", r"](../notebooks/\1)", text)
    return re.sub(r"`docs/([\w-]+\.md)`", r"[docs/\1](\1)", text)


def main() -> None:
    """Write the page."""
    Path(PAGE).write_text(page(), encoding="utf-8", newline="\n")
    print(PAGE)


if __name__ == "__main__":
    main()
