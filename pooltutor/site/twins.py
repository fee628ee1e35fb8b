"""Each page as Markdown, for those who read text: people with a terminal, and programs."""

import re
from collections.abc import Iterable
from typing import Any

from pooltutor.live.preview import STATE
from pooltutor.site.figures import PNG, joined
from pooltutor.site.lessons import Lesson, source
from pooltutor.words import load


def lesson_twin(lesson: Lesson) -> str:
    """Return a lesson as Markdown: its text, its code, and what that prints; pictures in words."""
    parts = []
    for cell in lesson.notebook["cells"]:
        if cell["cell_type"] == "markdown":
            parts.append(with_twins(source(cell)))
        elif cell["cell_type"] == "code":
            parts += [f"```python\n{source(cell)}\n```", *filter(None, map(_output, cell["outputs"]))]
    return "\n\n".join(parts) + "\n"


def _output(output: dict[str, Any]) -> str:
    data = output.get("data", {})
    if PNG in data or STATE in data:
        about = output["metadata"].get(PNG, {}).get("alt", "")
        return f"> {joined(data.get('text/plain', ''))}: {about}" if about else ""
    text = joined(output["text"] if "text" in output else data.get("text/plain", ""))
    return f"```text\n{text.rstrip()}\n```" if text.strip() else ""


def with_twins(text: str) -> str:
    """Return a text whose links to lessons go to their twins.

    >>> with_twins("see [02](02-overlaps.ipynb) and [docs](../docs/questions.md#q5)")
    'see [02](02-overlaps.md) and [docs](../docs/questions.md#q5)'
    """
    return re.sub(r"\.ipynb(#[\w-]+)?\)", r".md\1)", text)


def llms_text(lessons: Iterable[Lesson], pages: dict[str, str]) -> str:
    """Return what a language model should know of the site: a summary, and a line for each page in Markdown."""
    words = load()["site"]
    named = [(f"lessons/{each.key}.md", each.heading) for each in lessons]
    lines = [
        f"# {words['name']}\n\n> {words['summary']}\n\n{words['rule']}\n\n## {words['nav']['lessons']}\n",
        *(f"- [{head.number} {head.name}]({path}): {head.question}" for path, head in named),
        f"\n## {words['more']}\n",
        *(f"- [{title}](docs/{name}.md)" for name, title in pages.items()),
    ]
    return "\n".join(lines) + "\n"
