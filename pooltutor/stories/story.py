"""Stories: lists of steps, each of which says something, sets a view and may ask. They are read and checked here.

A shipped story is a JSON file beside this one, in which steps have names; what they say stands in the words, under
``stories``. A story of one's own says it itself. What a view's state may be is the view's to say, in ``live``.
"""

import json
import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from pooltutor.quoting import quoted
from pooltutor.stories.questions import check_question
from pooltutor.validation import check_bool, check_name
from pooltutor.words import load, say

FOLDER = Path(__file__).parent
STORIES = ("tour", "ten-minute-demo", *(file.stem for file in sorted(FOLDER.glob("predict-*.json"))))
"""The stories that come with the package."""

VIEWS = ("explorer", "grid", "atlas")
"""The kinds of view that a step may show."""

AXES = {"explorer": 1, "grid": 2}
"""Of those that ask, how many axes they have."""

PARTS = {
    "sizes": ".pt-sizes",
    "line": ".pt-line",
    "steps": ".pt-buttons",
    "picture": ".pt-picture",
    "verdict": ".pt-status",
    "more": ".pt-more",
    "cuts": ".pt-picture :is(.pt-diamond, .pt-number)",
    "input": ".pt-picture .pt-cell",
    "windows": ".pt-picture .pt-bar",
    "outputs": ".pt-picture .pt-output",
    "map": ".pt-map",
}
"""What a step may point at, by name, and the CSS selector of its elements in a view."""

MARKS = {
    "cell": ".pt-picture [data-cell='{k}']",
    "window": ".pt-picture [data-window='{k}']",
    "output": ".pt-picture [data-output='{k}']",
}
"""The same of what has a number behind its name, as ``cell:3``; in two dimensions ``cell:3,2``."""

MOST_STEPS, LONGEST_TEXT, LONGEST_FILE = 100, 1000, 200_000
_MARK = re.compile(rf"({'|'.join(MARKS)}):(\d{{1,4}}(?:,\d{{1,4}})?)")
_KEYS = ("say", "view", "set", "point", "ask", "simple")


@dataclass(frozen=True)
class Step:
    """One step: a text, the view that it is about and its state, what the text speaks of, and a question or none."""

    say: str
    view: str
    set: dict[str, Any] = field(default_factory=dict)
    point: list[str] = field(default_factory=list)
    ask: dict[str, Any] | None = None
    simple: bool = False
    """Only the sizes and the picture are shown: the first steps of a beginner."""


@dataclass(frozen=True)
class Story:
    """A title and steps; ``name`` is that of a shipped story, or "own"."""

    title: str
    steps: tuple[Step, ...]
    name: str = "own"

    def as_data(self) -> dict[str, Any]:
        """Return the story as a page takes it: JSON, with CSS selectors for what steps point at."""
        steps = [{**asdict(step), "point": [selector(name) for name in step.point]} for step in self.steps]
        return {"name": self.name, "title": self.title, "steps": steps}

    def __repr__(self) -> str:
        return f"<story {quoted(self.title)}, {len(self.steps)} steps>"


def selector(name: str) -> str:
    """Return the CSS selector of what a step points at by this name.

    >>> selector("cell:3")
    ".pt-picture [data-cell='3']"
    """
    if name in PARTS:
        return PARTS[name]
    kind, k = name.split(":")
    return MARKS[kind].format(k=k)


# Reading --------------------------------------------------------------------------------------------------------


def read_story(value: Any, name: str = "story", view: str = "explorer") -> Story:
    """Return a story: a shipped one by its name, a list of steps, {"title", "steps"}, or a JSON file of either.

    ``view`` is what steps show that name no view.

    >>> read_story([{"say": "Three cells, two windows.", "set": {"input_size": 3, "target_size": 2}}])
    <story 'A story of your own', 1 steps>

    Raises TypeError or ValueError, in one sentence with the number of the step, for anything else.
    """
    if isinstance(value, Story):
        return value
    if isinstance(value, str) and value in STORIES:
        return _shipped(value, view)
    if isinstance(value, Path) or (isinstance(value, str) and value.endswith(".json")):
        value = _from_file(Path(value), name)
    if isinstance(value, dict):
        check_keys(value, ("title", "steps"), name)
        title, steps = value.get("title", say("stories.own")), value.get("steps")
    else:
        title, steps = say("stories.own"), value
    if not isinstance(steps, (list, tuple)):
        raise TypeError(say("errors.story.story", name=name, names=", ".join(STORIES), came=quoted(value)))
    if not 1 <= len(steps) <= MOST_STEPS:
        raise ValueError(say("errors.story.count", name=name, most=MOST_STEPS, came=len(steps)))
    return Story(_text(title, f"{name}.title"), _steps(steps, name, view))


def _shipped(name: str, view: str) -> Story:
    words = load()["stories"][name]
    steps = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    told = [{"say": words[step.pop("name")], **step} for step in steps]
    return Story(words["title"], _steps(told, name, view), name)


def _from_file(path: Path, name: str) -> Any:
    try:
        with path.open("rb") as file:
            held = file.read(LONGEST_FILE + 1)
    except OSError:
        raise ValueError(say("errors.story.file", name=name, came=quoted(str(path)))) from None
    if len(held) > LONGEST_FILE:
        raise ValueError(say("errors.story.long_file", name=name, most=LONGEST_FILE, came=quoted(str(path))))
    try:
        text = held.decode()
    except UnicodeDecodeError:
        raise ValueError(say("errors.story.file", name=name, came=quoted(str(path)))) from None
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        place = f"{error.lineno}:{error.colno}" if isinstance(error, json.JSONDecodeError) else "1:1"
        raise ValueError(say("errors.story.json", name=name, came=quoted(str(path)), place=place)) from None


# Checking -------------------------------------------------------------------------------------------------------


@contextmanager
def at_step(name: str, k: int) -> Iterator[None]:
    """Name the step, counted from 1, in what an error says of it."""
    try:
        yield
    except (TypeError, ValueError) as error:
        kind = TypeError if isinstance(error, TypeError) else ValueError  # some that are ValueErrors take no sentence
        raise kind(say("errors.story.step", name=name, k=k + 1, text=error)) from None


def _steps(steps: Any, name: str, view: str) -> tuple[Step, ...]:
    checked = []
    for k, step in enumerate(steps):
        with at_step(name, k):
            checked.append(_step(step, view))
    return tuple(checked)


def _step(step: Any, view: str) -> Step:
    if not isinstance(step, dict):
        raise TypeError(say("errors.story.dictionary", names=", ".join(_KEYS), came=quoted(step)))
    check_keys(step, _KEYS, "a step")
    view, state, simple = step.get("view", view), step.get("set", {}), step.get("simple", False)
    check_name(view, VIEWS, "view")
    if not isinstance(state, dict) or not all(isinstance(key, str) for key in state):
        raise TypeError(say("errors.story.set", came=quoted(state)))
    check_bool(simple, "simple")
    return Step(_text(step.get("say"), "say"), view, state, _points(step.get("point", [])), _ask(step, view), simple)


def check_keys(value: dict[Any, Any], accepted: Collection[str], name: str) -> None:
    """Refuse a key that is none of these, in one sentence."""
    for key in value:
        if key not in accepted:
            raise ValueError(say("errors.story.key", name=name, names=", ".join(accepted), came=quoted(key)))


def _text(value: Any, name: str) -> str:
    if not isinstance(value, str) or not value.strip() or len(value) > LONGEST_TEXT:
        raise ValueError(say("errors.story.text", name=name, most=LONGEST_TEXT, came=quoted(value)))
    return value


def _points(value: Any) -> list[str]:
    if not isinstance(value, (list, tuple)):
        raise TypeError(say("errors.story.points", names=_point_names(), came=quoted(value)))
    for name in value:
        if not isinstance(name, str) or not (name in PARTS or _MARK.fullmatch(name)):
            raise ValueError(say("errors.story.points", names=_point_names(), came=quoted(name)))
    return list(value)


def _point_names() -> str:
    return ", ".join([*PARTS, *(f"{mark}:0" for mark in MARKS)])


def _ask(step: dict[str, Any], view: str) -> dict[str, Any] | None:
    question = step.get("ask")
    if question is not None and view not in AXES:
        raise ValueError(say("errors.story.ask", names=", ".join(AXES), came=quoted(view)))
    return check_question(question, "ask", AXES.get(view))
