"""The little language that rules are written in: a few lines, pasted as a learner or a porter has them.

    k = ceil(n / m)
    start = round(i * (n - k) / max(m - 1, 1))
    stop = start + k

``i``, ``n`` and ``m`` are given; ``start`` and ``stop`` must be assigned. Python's syntax for assignments and
expressions: numbers, names, ``+ - * / // %``, unary minus, parentheses, one comparison at a time, ``a if c else b``,
and floor, ceil, round (half to even), int (towards zero), min, max, abs, f32 (float32), float (float64). ``math.``,
``np.`` and ``torch.`` before a name and comments are passed over. Nothing else is there: no loops, calls, attributes,
texts.

Integers are exact, ``/`` gives float64, and whatever touches an f32 is float32, rounded after every operation.

``js/pure/formula/`` is the same language again, file by file, for the browser: both read the same texts, refuse them
with the same sentence at the same place, and give the same windows.
"""

from contextlib import suppress
from functools import lru_cache
from typing import Any

import numpy as np

from pooltutor.formula.evaluation import evaluated, integers
from pooltutor.formula.failures import FormulaError, Place
from pooltutor.formula.numbers import number_text
from pooltutor.formula.parser import Line, Node, parsed
from pooltutor.formula.printing import in_letters, in_numbers
from pooltutor.formula.quick import SMALL, Unsure, quick

__all__ = ["Formula", "FormulaError", "Line", "Node", "Place", "formula", "number_text"]


class Formula:
    r"""A text of the language, read once.

    >>> halves = formula("start = i * n // m\nstop = start + 2")
    >>> halves.windows(1, 14, 4)
    (3, 5)
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines: tuple[Line, ...] = parsed(text)
        self._quick = quick(self.lines)

    def windows(self, i: object, n: object, m: object) -> tuple:
        """Return start and stop of window i of n -> m, before they are clipped; integers, or int64 arrays of them.

        Raises FormulaError, with one sentence, at the first window that the formula does not give.
        """
        if self._quick and all(_is_small(each) for each in (i, n, m)):
            with suppress(Unsure):
                return _as_arrays(self._quick(i, n, m), i, n, m)
        return evaluated(self.lines, i, n, m)

    @property
    def letters(self) -> str:
        r"""The formula as it is shown: floor and ceil as brackets.

        >>> formula("start = i * n // m\nstop = -(-((i + 1) * n) // m)").letters
        'start = ⌊i·n/m⌋, stop = ⌈(i+1)·n/m⌉'
        """
        return ", ".join(f"{line.name} = {in_letters(line.value)}" for line in self.lines)

    def steps(self, i: int, n: int, m: int) -> list[tuple[str, list[str]]]:
        r"""Return for each line its name and its value, from the filled in formula to the result.

        >>> formula("start = i * n // m\nstop = start + 2").steps(1, 14, 4)
        [('start', ['⌊1·14/4⌋', '⌊3.5⌋', '3']), ('stop', ['3 + 2', '5'])]
        """
        return in_numbers(self.lines, integers(i, n, m))


def _is_small(given: Any) -> bool:
    if type(given) is int:
        return 0 <= given <= SMALL
    is_array = isinstance(given, np.ndarray) and given.dtype == np.int64 and given.size > 0
    return is_array and bool(given.max() <= SMALL)


def _as_arrays(ends: tuple, i: Any, n: Any, m: Any) -> tuple:
    """Starts and stops as arrays of one shape wherever something given is an array."""
    arrays = [each for each in (i, n, m) if isinstance(each, np.ndarray)]
    if not arrays:
        return ends
    shape = arrays[0].shape if len(arrays) == 1 else np.broadcast_shapes(*(each.shape for each in arrays))
    return tuple(end if np.shape(end) == shape else np.broadcast_to(end, shape) for end in ends)


@lru_cache(maxsize=256)
def formula(text: str) -> Formula:
    """Read a text; FormulaError, a ValueError with one sentence, says what is wrong with it, and where."""
    return Formula(text)
