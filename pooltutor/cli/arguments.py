"""What may follow a command: sizes and ports, and the one sentence about anything else."""

import re
import socket
from collections.abc import Callable
from typing import Any

from pooltutor.quoting import quoted
from pooltutor.validation import MAX_SIZE, check_size, check_window
from pooltutor.words import say

Sizes = tuple[int, ...]
Targets = tuple[int | None, ...]


def size_pair(input_size: str, target_size: str, largest: int = MAX_SIZE) -> tuple[Sizes, Targets]:
    """Return both sizes with one entry for each axis; a single target is that of every axis.

    >>> size_pair("7", "5"), size_pair("6x8", "4xNone")
    (((7,), (5,)), ((6, 8), (4, None)))

    Raises ValueError, with the accepted range, for anything else.
    """
    sizes = _axes(input_size, "input_size", largest)
    targets = _axes(target_size, "target_size", largest, keep=len(sizes) > 1)
    if len(targets) == 1:
        targets *= len(sizes)
    if len(sizes) > 3 or len(targets) != len(sizes):
        raise ValueError(say("errors.claim.sizes", n=input_size, m=target_size))
    return sizes, targets


def short(sentence: str) -> str:
    """A sentence in one line, without its middle where what was typed makes it longer than anybody reads."""
    line = " ".join(sentence.splitlines())
    return line if len(line) <= 400 else f"{line[:200]} ... {line[-150:]}"


def as_given(sizes: tuple) -> Any:
    """One entry as itself, several as a tuple: the way pooltutor's functions take sizes."""
    return sizes[0] if len(sizes) == 1 else sizes


def _axes(text: str, name: str, largest: int, keep: bool = False) -> tuple:
    parts = re.split("[x×]", text)
    if not all(parts):  # "x", "6x": nothing stands where a size should
        parts = [text]
    return tuple(None if keep and part == "None" else whole(part, name, largest) for part in parts)


def whole(text: str, name: str, largest: int = MAX_SIZE) -> int:
    """Return a size that was typed; ValueError, in the words of every size, where it is none."""
    return _integer(text, lambda number: check_size(number, name, largest))


def window_number(text: str, target_size: int) -> int:
    """Return the number of a window that was typed; ValueError, with the numbers that there are, where it is none."""
    return _integer(text, lambda number: check_window(number, target_size, "--window"))


def _integer(text: str, check: Callable[[Any], int]) -> int:
    """A number that was typed, as the check of such numbers returns it; whatever it raises becomes a ValueError."""
    try:
        return check(int(text) if re.fullmatch(r"-?[0-9]{1,30}", text) else text)
    except TypeError as error:
        raise ValueError(str(error)) from None


def checked_port(text: str | None) -> int | None:
    """Return a port that a user may open and that nobody has opened yet; None where none was named."""
    if text is None:
        return None
    if not (re.fullmatch("[0-9]{1,5}", text) and 1024 <= int(text) <= 65535):
        raise ValueError(say("errors.command.port", came=quoted(text)))
    with socket.socket() as probe:
        probe.settimeout(1)
        if probe.connect_ex(("127.0.0.1", int(text))) == 0:
            raise ValueError(say("demo.taken", port=text))
    return int(text)
