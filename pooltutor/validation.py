"""Sizes, window numbers and names: each is accepted by one function, or refused in one sentence."""

import operator
from collections.abc import Collection
from typing import Any

import numpy as np

from pooltutor.quoting import quoted
from pooltutor.words import say

MAX_SIZE = 2**31
"""Largest size: ``i*n`` then stays below 2**63, so that int64 is exact."""

LARGEST_SHOWN = 4096
"""Largest size that a picture or a view shows; a cell is then a fifth of a px wide."""

SLIDER_MAX = 64
"""Largest size on the sliders, in the tables of the views and on the atlas."""

MAX_ENTRIES = 10**7
"""Longest array that is built on demand; single windows ``b[i]`` have no such limit."""


def check_size(value: Any, name: str, largest: int = MAX_SIZE) -> int:
    """Return ``value`` as an int, or say in one sentence what is accepted; the one validator of sizes.

    >>> check_size(14, "input_size")
    14

    Raises TypeError for anything but an integer (a bool is not one) and ValueError outside ``1..largest``.
    """
    return integer_within(value, name, 1, largest)


def check_window(value: Any, target_size: int, name: str = "window") -> int:
    """Return the number of a window as an int, or say in one sentence what is accepted.

    >>> check_window(3, 4)
    3

    Raises TypeError for anything but an integer (a bool is not one) and ValueError outside ``0..target_size-1``.
    """
    return integer_within(value, name, 0, target_size - 1)


def check_name(value: Any, names: Collection[str], argument: str) -> str:
    """Return ``value`` if it is one of the names, or say in one sentence which there are.

    >>> check_name("light", ("light", "dark"), "theme")
    'light'

    Raises ValueError for anything else, whatever its type.
    """
    if not isinstance(value, str) or value not in names:
        raise ValueError(say("errors.name", name=argument, names=", ".join(names), came=quoted(value)))
    return str(value)


def integer_within(value: Any, name: str, first: int, last: int, outside: type[Exception] = ValueError) -> int:
    """Return ``value`` as an int from first to last; TypeError for no integer, ``outside`` for one beyond them."""
    integer = _integer(value)
    if integer is not None and first <= integer <= last:
        return integer
    error = TypeError if integer is None else outside
    raise error(say("errors.integer", name=name, first=first, last=last, came=quoted(value)))


def _integer(value: Any) -> int | None:
    """The value as Python's own integer; None where it is none."""
    if isinstance(value, (bool, np.bool_)):
        return None
    try:
        return operator.index(value)
    except TypeError:
        return None


def check_bool(value: Any, name: str) -> bool:
    """Return True or False; TypeError for anything else, 0 and 1 included."""
    if not isinstance(value, bool):
        raise TypeError(say("errors.true_or_false", name=name, came=quoted(value)))
    return value
