"""All that Sphinx reads, in one folder: lessons, pages of text, the gallery, and what the templates say."""

import json
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

from pooltutor.live.explorer import explore
from pooltutor.site.assets import POLICY
from pooltutor.site.figures import Figures
from pooltutor.site.gallery import figure, gallery_source
from pooltutor.site.lessons import Lesson, folder_of
from pooltutor.site.notebook_page import anchors, lesson_source, with_anchors
from pooltutor.site.pictures import Pictures
from pooltutor.site.questions import Question
from pooltutor.site.thumbnails import thumbnail
from pooltutor.words import load

PAGES = ("teaching", "questions", "portability", "command-line", "hosts", "jupyterhub", "benchmarks")
"""The pages of text, in their order: those of the folder ``docs``."""

MESSAGE = re.compile(r"^- \[(\d+) · ([^\]]+)\]\(#(q\d+)\): \*(\w+: .+)\*$", re.MULTILINE)
"""A question that begins with an error message, in the list at the top of docs/questions.md."""


class Sources:
    """Writes the sources; afterwards it knows which pictures and styles the pages need."""

    def __init__(self, lessons: list[Lesson]) -> None:
        self.lessons = lessons
        self.pictures = Pictures()
        self.styles: dict[str, str] = {}
        self.titles: dict[str, str] = {}
        self.views: dict[str, int] = {}
        """How many views each page has, by the name of the page."""
        self.questions: dict[str, list[Question]] = {}
        """What each lesson asks in its views, by its key."""

    def write(self, folder: Path, record: dict[str, Any]) -> None:
        """Write everything into an empty folder."""
        for name in ("lessons", "docs"):
            (folder / name).mkdir(parents=True)
        for lesson in self.lessons:
            page = f"lessons/{lesson.key}"
            figures = self._figures("../", page)
            _write(folder / f"{page}.ipynb", lesson_source(lesson, figures))
            self.views[page], self.questions[lesson.key] = figures.count, figures.questions
        for name in PAGES:
            text = page_text(name)
            self.titles[name] = text.partition("\n")[0].removeprefix("# ")
            _write(folder / "docs" / f"{name}.md", with_anchors(text, name, anchors(text)))
        figures = self._figures("")
        _write(folder / "gallery.md", gallery_source(figures))
        self.views["gallery"] = figures.count
        _write(folder / "index.md", self._index())
        _write(folder / "context.json", json.dumps(self._context(record)))

    def _figures(self, root: str, page: str = "") -> Figures:
        return Figures(self.pictures, root, self.styles, page)

    def _index(self) -> str:
        """The front page, whose text its template has; the tree of all pages gives them their order."""
        pages = [*(f"lessons/{each.key}" for each in self.lessons), "gallery", *(f"docs/{name}" for name in PAGES)]
        tree = "\n".join(pages)
        return f"# {load()['site']['name']}\n\n```{{toctree}}\n:hidden:\n\n{tree}\n```\n"

    def _context(self, record: dict[str, Any]) -> dict[str, Any]:
        words = load()["site"]
        hero = self._figures("")
        cards = [self._card(each) for each in self.lessons]
        html = figure(hero, explore(14, 4))
        self.views["index"] = hero.count
        return {
            "words": words,
            "language": load()["common"]["language"],
            "policy": POLICY,
            "lessons": cards,
            "pages": [{"name": name, "title": self.titles[name]} for name in PAGES],
            "views": self.views,
            "neighbours": self._neighbours(),
            "hero": html,
            "messages": messages(),
            "record": {name: record[name] for name in ("version", "date", "count", "program")},
        }

    def _card(self, lesson: Lesson) -> dict[str, Any]:
        """What the front page shows of a lesson; how many of its questions are done, the page itself counts."""
        asked, said = self.questions[lesson.key], load()["site"]["questions"]
        done = said[len(asked) > 1].format(done="<b></b>", count=len(asked)) if asked else ""
        picture = thumbnail(lesson.heading.number)
        return {"key": lesson.key, **lesson.heading._asdict(), "thumbnail": picture, "asked": asked, "done": done}

    def _neighbours(self) -> dict[str, list[tuple[str, str, str]]]:
        """For each lesson the one before it and the one after it; the gallery follows the last."""
        row = [(f"lessons/{each.key}", f"{each.heading.number} {each.heading.title}") for each in self.lessons]
        row.append(("gallery", load()["site"]["gallery"]["title"]))
        near: dict[str, list[tuple[str, str, str]]] = {page: [] for page, _ in row}
        for before, after in pairwise(row):
            near[before[0]].append(("next", *after))
            near[after[0]].insert(0, ("previous", *before))
        return near


def page_text(name: str) -> str:
    """Return a page of the folder ``docs``, with its links as the site has them.

    What the repository has and the site has not is named without a link.
    """
    text = (folder_of("docs") / f"{name}.md").read_text(encoding="utf-8")
    text = text.replace("](../notebooks/", "](../lessons/")
    return re.sub(r"\[([^\]]+)\]\(\.\./(?!lessons/)[^)]*\)", r"\1", text)


def messages() -> list[dict[str, str]]:
    """Return the error messages that docs/questions.md answers: each with its number, question and address."""
    found = MESSAGE.findall(page_text("questions"))
    return [{"number": n, "question": q, "anchor": f"questions-{at}", "message": said} for n, q, at, said in found]


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
