"""The questions that a page asks in its views, and where the browser keeps what a reader answers."""

from typing import Any

Question = dict[str, str | int]
"""A step of a story, ``{"story": its name, "step": its number}``, or a view of its own, ``{"place": page#id}``."""


def questions_of(saved: dict[str, Any], place: str) -> list[Question]:
    """Return the questions of a view, as ``js/pure/story/progress.js`` looks for their answers.

    >>> questions_of({"view": "explorer", "state": {"question": {"kind": "windows"}}}, "gallery#view-2")
    [{'place': 'gallery#view-2'}]
    """
    story = saved["state"].get("story")
    if story:
        steps = enumerate(story["steps"])
        return [{"story": story["name"], "step": k} for k, step in steps if step["ask"]]
    return [{"place": place}] if saved["state"].get("question") else []
