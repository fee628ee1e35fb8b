"""What came, quoted shortly: a sentence about a value stays a sentence, however large the value is."""

import re
from reprlib import Repr
from typing import Any

LONGEST = 60
"""Most characters of a quotation; a longer one is cut in its middle."""


class _Short(Repr):
    """Cuts a value before it is written, so that a string of a megabyte costs no megabyte."""

    def __init__(self) -> None:
        super().__init__()
        self.maxstring = self.maxother = self.maxlong = LONGEST

    def repr_bytes(self, value: bytes, level: int) -> str:
        return repr(value) if len(value) <= LONGEST else f"{value[:LONGEST]!r}..."

    def repr_int(self, value: int, level: int) -> str:
        try:
            return super().repr_int(value, level)
        except ValueError:  # Python writes no integer of more than 4,300 digits
            return f"an integer of {value.bit_length()} bits"


_short = _Short()


def quoted(value: Any) -> str:
    """Return ``repr(value)`` in one line of at most 60 characters, with "..." for what is left out.

    >>> quoted("four"), quoted([1, 2, 3])
    ("'four'", '[1, 2, 3]')
    >>> quoted(list(range(10**6)))
    '[0, 1, 2, 3, 4, 5, ...]'
    """
    text = re.sub(r"\s*\n\s*", " ", _short.repr(value))
    half = (LONGEST - 3) // 2
    return text if len(text) <= LONGEST else f"{text[:half]}...{text[-half:]}"
