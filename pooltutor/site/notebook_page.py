"""A lesson as Sphinx takes it: the notebook as it is committed, with its outputs as the site shows them."""

import json
import re
from collections.abc import Iterable
from copy import deepcopy

from pooltutor.site.figures import Figures
from pooltutor.site.lessons import TITLE, Lesson, source
from pooltutor.words import say

ANCHOR = re.compile(r'^(#+ )<a id="([\w-]+)"></a>', re.MULTILINE)
"""A heading with a name of its own, as GitHub and notebooks read it."""

ONLY_IN_NOTEBOOKS = re.compile(r"\s*<!-- notebook -->.*?<!-- /notebook -->", re.DOTALL)
"""What is said to those only who run the cells."""


def lesson_source(lesson: Lesson, figures: Figures) -> str:
    """Return the text of the notebook that Sphinx reads."""
    notebook = deepcopy(lesson.notebook)
    texts = [cell for cell in notebook["cells"] if cell["cell_type"] == "markdown"]
    names = anchors("\n".join(map(source, texts)))
    texts[0]["source"] = _opening(source(texts[0]))
    for cell in texts:
        cell["source"] = with_anchors(ONLY_IN_NOTEBOOKS.sub("", source(cell)), lesson.key, names)
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"] = [figures.output(output) for output in cell["outputs"]]
    return json.dumps(notebook)


def _opening(text: str) -> str:
    """The first text of a lesson, as a page has it: the number stands over the title, and nobody need press a key."""
    note = f'<p class="site-note">{say("site.has_run")}</p>'
    return TITLE.sub(r"# \2", text) + f"\n\n{note}"


def anchors(text: str) -> list[str]:
    """Return the names that headings of a page have."""
    return [name for _, name in ANCHOR.findall(text)]


def with_anchors(text: str, page: str, names: Iterable[str]) -> str:
    """Return a text in Markdown with the names of its headings as Sphinx has them: unique in the whole site.

    >>> print(with_anchors('### <a id="q5"></a>5 · Export [fails](#q6)', "questions", ["q5", "q6"]))
    (questions-q5)=
    ### 5 · Export [fails](#questions-q6)
    """
    text = ANCHOR.sub(rf"({page}-\2)=\n\1", text)
    for name in names:
        text = text.replace(f"](#{name})", f"](#{page}-{name})")
    return text
