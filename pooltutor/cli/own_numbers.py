"""Numbers that a command is told: a list, or a .npy file; windows as start:stop."""

import re
from contextlib import suppress
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.lib.format import MAGIC_PREFIX

from pooltutor.quoting import quoted
from pooltutor.validation import MAX_ENTRIES
from pooltutor.words import say

Windows = list[tuple[int, int]]

_WINDOW = re.compile(r"([0-9]{1,18}):([0-9]{1,18})")


def given_numbers(text: str, option: str) -> np.ndarray:
    """Return the numbers of a list, or the array of a .npy file.

    >>> given_numbers("1.5, 4.5, 25/3", "--outputs").round(2)
    array([1.5 , 4.5 , 8.33])

    Raises ValueError, with one sentence, for anything else; OSError for a file that cannot be read.
    """
    if text.lower().endswith(".npy"):
        return _in_file(text, option)
    with suppress(ValueError, ZeroDivisionError, OverflowError):
        if found := [_number(part) for part in _parts(text)]:
            return np.array(found)
    raise ValueError(say("errors.command.numbers", name=option, came=quoted(text)))


def given_windows(text: str) -> Windows:
    """Return windows as pairs (start, stop).

    >>> given_windows("0:4,3:7")
    [(0, 4), (3, 7)]
    """
    found = [_WINDOW.fullmatch(part) for part in _parts(text)]
    if None in found or not found:
        raise ValueError(say("errors.command.windows", came=quoted(text)))
    return [(int(each[1]), int(each[2])) for each in found if each]


def _parts(text: str) -> list[str]:
    """What stands between commas or spaces, in brackets or without."""
    parts = text.strip().removeprefix("[").removesuffix("]")
    return re.split(r"\s*,\s*|\s+", parts.strip()) if parts.strip() else []


def _number(text: str) -> float:
    return float(Fraction(text)) if re.fullmatch(r"-?[0-9]{1,18}/[0-9]{1,18}", text) else float(text)


def _in_file(name: str, option: str) -> np.ndarray:
    """The array of a file. It is looked at before it is read: a header may promise more than the file has."""
    with open(name, "rb") as file:
        is_array = file.read(len(MAGIC_PREFIX)) == MAGIC_PREFIX
    array: Any = None
    with suppress(Exception):  # of a damaged file numpy may raise anything
        array = np.load(name, mmap_mode="r", allow_pickle=False) if is_array else None
    if not isinstance(array, np.ndarray) or array.dtype.kind not in "fiu" or array.size > MAX_ENTRIES:
        raise ValueError(say("errors.command.npy", name=option, most=MAX_ENTRIES, came=quoted(name)))
    return np.array(array)
