"""An answer as a person types it: numbers, cells and windows, out of lists, arrays, tensors, ranges, slices or text.

Every function here raises Unreadable, or whatever the answer itself raises, for what it cannot read;
:meth:`pooltutor.exercises.Question.check` makes one sentence of that.
"""

import math
import re
from fractions import Fraction
from itertools import islice
from typing import Any

MOST = 4096
"""Most numbers that are read of one answer."""

Window = tuple[int, int]

_NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)(?:/\d+)?")
_SPAN = re.compile(r"(\d+)\s*:\s*(\d+)")


class Unreadable(ValueError):
    """An answer in a form that the question does not take; its text, where it has one, is the reason."""


def is_empty(answer: Any) -> bool:
    """Whether nobody has answered yet.

    >>> is_empty(...), is_empty(None), is_empty(" "), is_empty([])
    (True, True, True, False)
    """
    return answer is None or answer is ... or (isinstance(answer, str) and not answer.strip())


def numbers(answer: Any) -> list[float]:
    """Return numbers in the order in which they were given.

    >>> numbers((1, "1/2", 0.25)), numbers("1, 1/2 and 0.25"), numbers({1: 48, 2: 36})
    ([1.0, 0.5, 0.25], [1.0, 0.5, 0.25], [48.0, 36.0])
    """
    if isinstance(answer, (set, frozenset)):
        raise Unreadable  # a set has no order
    if isinstance(answer, str):
        return _some([float(Fraction(text)) for text in _NUMBER.findall(answer)])
    return [_number(value) for value in _leaves(answer)]


def whole_numbers(answer: Any) -> list[int]:
    """Return whole numbers in the order in which they were given; of a set, the smallest first.

    >>> whole_numbers(range(2, 4)), whole_numbers("2 -> 3"), whole_numbers({3, 2}), whole_numbers(2.0)
    ([2, 3], [2, 3], [2, 3], [2])
    """
    given = sorted(answer) if isinstance(answer, (set, frozenset)) else answer
    return [_whole(value) for value in numbers(given)]


def cells(answer: Any, input_size: int) -> list[int]:
    """Return the cells that are named, each once, in order; a slice or "1:4" stands for all of its cells.

    >>> cells([4, 1], 6), cells("1:4", 6), cells(slice(4, None), 6), cells([range(2), 5], 6)
    ([1, 4], [1, 2, 3], [4, 5], [0, 1, 5])
    """
    if isinstance(answer, str):
        if not _NUMBER.search(answer):
            raise Unreadable
        spans = [range(int(start), int(stop)) for start, stop in _SPAN.findall(answer)]
        single = whole_numbers(_SPAN.sub(" ", answer)) if _NUMBER.search(_SPAN.sub(" ", answer)) else []
        return _distinct([*single, *(cell for span in spans for cell in islice(span, MOST))])
    parts = [answer] if isinstance(answer, slice) else _parts(answer)
    return _distinct([cell for part in parts for cell in _cells_of(part, input_size)])


def windows(answer: Any, input_size: int) -> list[Window]:
    """Return windows as pairs (start, stop), the leftmost first.

    Each may be a pair, a slice, a range, text such as "0:2", or the list of its cells; or there are two rows, all
    starts and all stops.

    >>> windows([(0, 2), (1, 4)], 5), windows("0:2 1:4", 5), windows({0: slice(2), 1: range(1, 4)}, 5)
    ([(0, 2), (1, 4)], [(0, 2), (1, 4)], [(0, 2), (1, 4)])
    >>> windows([[0, 1], [1, 2, 3], [3, 4]], 5), windows([[0, 1, 3], [2, 4, 5]], 5)
    ([(0, 2), (1, 4), (3, 5)], [(0, 2), (1, 4), (3, 5)])
    """
    if isinstance(answer, str):
        spans = _SPAN.findall(answer)
        if not _NUMBER.search(answer):
            raise Unreadable
        return _pairs([int(k) for span in spans for k in span] if spans else whole_numbers(answer))
    if isinstance(answer, (slice, range)):
        return [_span(answer, input_size)]
    parts = _parts(answer)
    if all(_is_number(part) for part in parts):
        return _pairs([_whole(part) for part in parts])
    rows = [_row(part, input_size) for part in parts]
    if all(len(row) == 2 for row in rows):
        return _pairs([k for row in rows for k in row])
    if all(row == list(range(row[0], row[0] + len(row))) for row in rows):
        return sorted((row[0], row[-1] + 1) for row in rows)
    if len(rows) == 2 and len(rows[0]) == len(rows[1]):
        return sorted(zip(*rows, strict=True))
    raise Unreadable


def _parts(answer: Any) -> list[Any]:
    """What a collection holds, dictionaries by their keys; a single value is a collection of one."""
    if hasattr(answer, "tolist"):  # arrays and tensors of any library, and their single numbers
        _check_count(math.prod(getattr(answer, "shape", ())))
        answer = answer.tolist()
    if isinstance(answer, dict):
        counted = all(isinstance(key, int) for key in answer)
        answer = [answer[key] for key in sorted(answer)] if counted else list(answer.values())
    if isinstance(answer, str) or not hasattr(answer, "__iter__"):
        return [answer]
    found = list(islice(answer, MOST + 1))
    _check_count(len(found))
    return found


def _leaves(answer: Any, depth: int = 4) -> list[Any]:
    """All single values of nested collections, in order."""
    if not depth:
        raise Unreadable
    parts = _parts(answer)
    if len(parts) == 1 and parts[0] is answer:
        return parts
    return _some([leaf for part in parts for leaf in ([part] if _is_number(part) else _leaves(part, depth - 1))])


def _is_number(value: Any) -> bool:
    return not hasattr(value, "__iter__") and not isinstance(value, slice)


def _number(value: Any) -> float:
    if isinstance(value, bool) or not _is_number(value):
        if not isinstance(value, str):
            raise Unreadable
        value = Fraction(value.strip())
    return float(value)


def _whole(value: Any) -> int:
    number = _number(value)
    if number != int(number):
        raise Unreadable
    return int(number)


def _cells_of(part: Any, input_size: int) -> list[int]:
    if isinstance(part, slice):
        return list(range(*part.indices(input_size)))
    return cells(part, input_size) if isinstance(part, str) else whole_numbers(part)


def _span(part: slice | range, input_size: int) -> Window:
    start, stop, step = part.indices(input_size) if isinstance(part, slice) else (part.start, part.stop, part.step)
    if step != 1:
        raise Unreadable
    return start, stop


def _row(part: Any, input_size: int) -> list[int]:
    """The numbers of one window, or of one row."""
    if isinstance(part, (slice, range)):
        return list(_span(part, input_size))
    row = whole_numbers(part.replace(":", " ") if isinstance(part, str) else part)
    if not row:
        raise Unreadable
    return row


def _pairs(flat: list[int]) -> list[Window]:
    if len(flat) % 2:
        raise Unreadable
    return sorted(zip(flat[::2], flat[1::2], strict=True))


def _distinct(found: list[int]) -> list[int]:
    _check_count(len(found))
    return sorted(set(found))


def _some(found: list[Any]) -> list[Any]:
    """What was found in a text or a nest, unless that is nothing or too much."""
    _check_count(len(found))
    return found


def _check_count(count: int) -> None:
    if count > MOST:
        raise Unreadable
