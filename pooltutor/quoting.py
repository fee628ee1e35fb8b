"""What came, quoted shortly: a sentence about a value stays a sentence, however large the value is."""

import re
from reprlib import Repr
from typing import Any

from pooltutor.words import say

LONGEST = 60
"""Most characters of a quotation; a longer one is cut in its middle."""

LONGEST_ERROR = 200
"""Most characters of an error that are repeated."""


class _Short(Repr):
    """Cuts a value before it is written, so that a string of a megabyte costs no megabyte."""

    def __init__(self, longest: int) -> None:
        super().__init__()
        self.maxstring = self.maxother = self.maxlong = longest

    def repr_bytes(self, value: bytes, level: int) -> str:
        return repr(value) if len(value) <= self.maxstring else f"{value[: self.maxstring]!r}..."

    def repr_int(self, value: int, level: int) -> str:
        try:
            return super().repr_int(value, level)
        except ValueError:  # Python writes no integer of more than 4,300 digits
            return say("errors.bits", bits=value.bit_length())


def quoted(value: Any, longest: int = LONGEST) -> str:
    """Return ``repr(value)`` in one line of at most ``longest`` characters, with "..." for what is left out.

    >>> quoted("four"), quoted([1, 2, 3])
    ("'four'", '[1, 2, 3]')
    >>> quoted(list(range(10**6)))
    '[0, 1, 2, 3, 4, 5, ...]'
    """
    text = re.sub(r"\s*\n\s*", " ", _Short(longest).repr(value))
    half = (longest - 3) // 2
    return text if len(text) <= longest else f"{text[:half]}...{text[-half:]}"


def quoted_error(error: Exception) -> str:
    """Return the beginning of what somebody's own function raised, in one line.

    >>> quoted_error(ValueError("no window"))
    'ValueError: no window'
    """
    return " ".join(f"{type(error).__name__}: {error}".split())[:LONGEST_ERROR]
