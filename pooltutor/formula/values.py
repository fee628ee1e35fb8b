"""What the values of a formula are: integers that stay exact, floats of two kinds, for one window or for many.

Integers are Python's own, or int64 arrays as long as everything fits, and else arrays of Python's integers.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from pooltutor.formula.failures import Place
from pooltutor.formula.parser import F64, INT, Node

Value = Any  # a Python integer or float, an np.float32, or an array of integers (int64, or objects), float64 or float32

MOST = 2**62
"""int64 arrays hold what is smaller; the room above it is that of one more operation."""
EXACT = 2**53
"""float64 has every integer to here."""
BITS = 1000
"""An integer of more is refused: a few lines could square it for ever."""


class Fails(Exception):
    """An operation has no value for window number ``k`` of those that are asked for."""

    def __init__(self, k: int, key: str, place: Place, **places: Any) -> None:
        super().__init__(key)
        self.k, self.key, self.place, self.places = k, key, place, places


class Values(dict):
    """The values of the names, and which of the windows that were asked for they belong to: None where of all."""

    where: np.ndarray | None = None

    def of(self, chosen: np.ndarray) -> "Values":
        """The values of some windows alone."""
        part = Values({name: value[chosen] if many(value) else value for name, value in self.items()})
        part.where = np.flatnonzero(chosen) if self.where is None else self.where[chosen]
        return part

    def first(self, failing: Any) -> int:
        """The number of the first window of which something is true."""
        if not many(failing):
            return 0 if self.where is None else int(self.where[0])
        k = int(np.argmax(failing))
        return k if self.where is None else int(self.where[k])

    def first_of(self, failing: Any, value: Value) -> tuple[int, Value]:
        """The number of the first window of which something is true, and its one of these values."""
        return self.first(failing), value[np.argmax(failing)] if many(value) else value


def many(value: Value) -> bool:
    """Is it an array, with a value for each of many windows?"""
    return isinstance(value, np.ndarray)


def is_long(value: Value) -> bool:
    """Are these integers for which int64 may be too short?"""
    return value.dtype == object if many(value) else isinstance(value, int) and abs(value) >= MOST


def converted(value: Value, kind: str, wanted: str) -> Value:
    """A value of one type as another: an integer as the nearest float64, and that as the nearest float32."""
    if kind == wanted or wanted == INT:
        return value
    wide: Any = value if kind == F64 else value.astype(np.float64) if many(value) else float(value)
    if wanted == F64:
        return wide
    return wide.astype(np.float32) if many(wide) else np.float32(wide)


def largest(value: Value) -> int:
    """The largest size of some integers, without a sign."""
    if not many(value):
        return abs(value)
    return max(-int(value.min()), int(value.max())) if value.size else 0


def long(value: Value) -> Value:
    """Integers as Python's own, which have any length."""
    return value.astype(object) if many(value) else value


def counted(node: Node, make: Callable, bound: Callable, args: list[Value], values: Values) -> Value:
    """Integers out of integers, with Python's own where int64 might be too short."""
    if not any(map(many, args)):
        made = make(*args)
    elif any(map(is_long, args)) or bound(*map(largest, args)) >= MOST:
        made = make(*map(long, args))
    else:
        return make(*args)
    broken = np.vectorize(too_long, otypes=[bool])(made) if many(made) else too_long(made)
    if np.any(broken):
        raise Fails(values.first(broken), "grows", node.place)
    return made


def too_long(value: int) -> bool:
    """Is it longer than any formula needs?"""
    return value.bit_length() > BITS


def as_integer(value: Value, rounds: Callable) -> Value:
    """Finite floats as integers."""
    whole = rounds(value)
    if not many(whole):
        return int(whole)
    if not whole.size or np.abs(whole).max() < MOST:
        return whole.astype(np.int64)
    return np.array([int(each) for each in whole], object)
