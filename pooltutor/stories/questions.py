"""A question as data, and what somebody has answered: each is accepted by one function, or refused in one sentence.

No answer is stored here: what is right follows from the size and the numbers of the view that asks.
"""

from collections.abc import Callable
from typing import Any

from pooltutor.quoting import quoted
from pooltutor.rules import check_shown_rule
from pooltutor.validation import LARGEST_SHOWN, check_bool, check_name, integer_within
from pooltutor.words import say

LONGEST_ANSWER = 1000
"""Most characters of an answer, a formula included."""

LONGEST_TEXT = 400
"""Most characters of a question's own prompt, and of each of its hints."""

HINTS = 3
"""How many hints a question has."""

MOST_RANKED = 6
"""Most cells that are put in order."""

MOST_COUNTED = 2**31 - 1

STATES = ("open", "sent", "right", "shown")
"""What may become of an answer: still open, sent to the teacher, right, or PyTorch's was asked for."""

FRESH: dict[str, Any] = {"given": "", "checked": "", "tries": 0, "hints": 0, "state": "open", "seed": 0}
"""The answer that nobody has given yet. ``checked`` is the text that was last compared with what is right."""

Check = Callable[[Any, str], Any]


def _index(value: Any, name: str) -> int:
    return integer_within(value, name, 0, LARGEST_SHOWN - 1)


def _pair(value: Any, name: str) -> list[int]:
    if not isinstance(value, (list, tuple)) or len(value) != 2:
        raise TypeError(say("errors.view.window", name=name, came=quoted(value)))
    return [_index(each, f"{name}[{k}]") for k, each in enumerate(value)]


def _cells(value: Any, name: str) -> list[int]:
    listed = list(value) if isinstance(value, (list, tuple)) else []
    if not 2 <= len(listed) <= MOST_RANKED or len({*map(str, listed)}) < len(listed):
        raise ValueError(say("errors.question.cells", name=name, most=MOST_RANKED, came=quoted(value)))
    return [_index(each, f"{name}[{k}]") for k, each in enumerate(listed)]


def _one_of(*names: str) -> Check:
    return lambda value, name: check_name(value, names, name)


KINDS: dict[int, dict[str, dict[str, Check]]] = {
    1: {
        "windows": {},
        "shared": {},
        "output": {"index": _index},
        "gradient": {"index": _index},
        "rank": {"cells": _cells},
        "count": {"of": _one_of("shared")},
        "size": {"rule": check_shown_rule},
        "formula": {},
    },
    2: {
        "count": {"of": _one_of("four")},
        "output": {"index": _pair},
        "gradient": {"index": _pair},
    },
}
"""The kinds of questions by the axes of the view that asks them, each with its fields and their checks."""


def check_question(value: Any, name: str, axes: int | None = None) -> dict[str, Any] | None:
    """Return a question as plain data, or None for none; of ``axes`` axes, if that is given.

    >>> check_question({"kind": "output", "index": 1}, "question")
    {'kind': 'output', 'index': 1}

    Raises TypeError or ValueError, with one sentence, for anything else.
    """
    if value is None:
        return None
    if not isinstance(value, dict):
        raise TypeError(say("errors.question.dict", name=name, came=quoted(value)))
    fields = _fields(value, name, axes)
    known = {"kind", "prompt", "hints", "send", *fields}
    for key in value:
        if key not in known:
            raise ValueError(say("errors.question.field", name=name, names=", ".join(sorted(known)), came=quoted(key)))
    own = {key: check(value.get(key), f"{name}[{key!r}]") for key, check in fields.items()}
    return {"kind": value["kind"], **own, **_own_words(value, name)}


def _fields(value: dict[Any, Any], name: str, axes: int | None) -> dict[str, Check]:
    """The fields of the question's kind, by what they are in a view of so many axes."""
    tables = [KINDS[axes]] if axes else list(KINDS.values())
    kinds = [kind for table in tables for kind in table]
    kind = check_name(value.get("kind"), dict.fromkeys(kinds), f"{name}['kind']")
    found = [table[kind] for table in tables if kind in table]
    return next((fields for fields in found if _fits(value, fields)), found[0])


def _fits(value: dict[Any, Any], fields: dict[str, Check]) -> bool:
    try:
        return all(check(value.get(key), key) is not None for key, check in fields.items())
    except (TypeError, ValueError):
        return False


def _own_words(value: dict[Any, Any], name: str) -> dict[str, Any]:
    own: dict[str, Any] = {}
    if value.get("prompt") is not None:
        own["prompt"] = _text(value["prompt"], f"{name}['prompt']", LONGEST_TEXT)
    if value.get("hints") is not None:
        hints = value["hints"]
        if not isinstance(hints, (list, tuple)) or len(hints) > HINTS:
            raise ValueError(say("errors.question.hints", name=name, most=HINTS, came=quoted(hints)))
        own["hints"] = [_text(hint, f"{name}['hints']", LONGEST_TEXT) for hint in hints]
    if value.get("send") is not None:
        own["send"] = check_bool(value["send"], f"{name}['send']")
    return own


def _text(value: Any, name: str, most: int) -> str:
    if not isinstance(value, str) or len(value) > most:
        error = ValueError if isinstance(value, str) else TypeError
        raise error(say("errors.short_text", name=name, most=most, came=quoted(value)))
    return value


def check_answer(value: Any, name: str) -> dict[str, Any]:
    """Return an answer with all its parts, those that are missing as nobody has changed them; of None a fresh one.

    >>> check_answer({"given": "0:2 1:4 3:5"}, "answer")["state"]
    'open'

    Raises TypeError or ValueError, with one sentence, for anything else.
    """
    if value is None:
        return dict(FRESH)
    if not isinstance(value, dict) or not {*value} <= {*FRESH}:
        raise ValueError(say("errors.question.answer", name=name, names=", ".join(FRESH), came=quoted(value)))
    answer = {**FRESH, **value}
    for key in ("given", "checked"):
        _text(answer[key], f"{name}[{key!r}]", LONGEST_ANSWER)
    for key, most in {"tries": MOST_COUNTED, "hints": HINTS, "seed": MOST_COUNTED}.items():
        answer[key] = integer_within(answer[key], f"{name}[{key!r}]", 0, most)
    check_name(answer["state"], STATES, f"{name}['state']")
    return answer


def is_open(question: dict[str, Any] | None, answer: dict[str, Any]) -> bool:
    """Whether somebody is still to answer: then a view hides what would give the answer away."""
    return question is not None and answer["state"] in ("open", "sent")
