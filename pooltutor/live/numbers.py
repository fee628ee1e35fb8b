"""The numbers a learner pools: presets by name, or a typed list. js/pure/numbers.js says the same in the browser."""

import re
from collections.abc import Callable
from typing import Any

import numpy as np

from pooltutor.quoting import quoted
from pooltutor.words import say

# One decimal, both signs, drawn once: a picture that looks the same for everybody.
RANDOM: list[float] = np.round(np.random.default_rng(2017).uniform(-5, 5, 64), 1).tolist()

PRESETS: dict[str, Callable[[int], np.ndarray]] = {
    "ramp": lambda n: np.arange(float(n)),
    "count": lambda n: np.arange(1.0, n + 1),
    "ones": np.ones,
    "spike": lambda n: (np.arange(n) == n // 2).astype(float),
    "powers": lambda n: 10.0 ** (np.arange(n) % 16),
    "random": lambda n: np.resize(RANDOM, n),
}
"""From a length to that many numbers. Powers start again after 10**15, so that float64 tells them apart."""

# Digits and letters are ASCII, and spaces those of JavaScript: the browser takes the same texts and no others.
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?|[+-]?inf(inity)?|nan", re.IGNORECASE | re.ASCII)
_SPACES = "\t\n\v\f\r \u00a0\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u2028\u2029\u202f\u205f\u3000\ufeff"

MOST_NUMBERS = 2**16
"""How many numbers may be listed: a target of 256 x 256 has one for each output."""

LONGEST_TEXT = 32 * MOST_NUMBERS
"""How long the text of a list may be: float64 needs up to 24 characters."""


def check_numbers(value: Any, name: str) -> str:
    """Return a preset's name or a list of numbers as text; ValueError says in one sentence what is accepted.

    >>> check_numbers([1, 10, 0.5], "x")
    '1, 10, 0.5'
    """
    if isinstance(value, str) and value.strip(_SPACES) in PRESETS:
        return value.strip(_SPACES)
    too_long = isinstance(value, str) and len(value) > LONGEST_TEXT
    tokens = [] if too_long else _tokens(value) if isinstance(value, str) else _written(value)
    if too_long or len(tokens) > MOST_NUMBERS:
        raise ValueError(say("errors.view.most_numbers", name=name, most=MOST_NUMBERS, came=quoted(value)))
    if not tokens or not all(map(_NUMBER.fullmatch, tokens)):
        raise ValueError(say("errors.view.numbers", name=name, names=", ".join(PRESETS), came=quoted(value)))
    return ", ".join(tokens)


def _written(value: Any) -> list[str]:
    """Real numbers as texts, no more than are needed to see that they are too many; none for anything else."""
    try:
        array = np.asarray(value)
    except ValueError:  # rows of unequal length
        return []
    return [f"{number:.17g}" for number in array.ravel()[: MOST_NUMBERS + 1]] if array.dtype.kind in "iuf" else []


def _tokens(text: str) -> list[str]:
    return [token for token in re.split(rf"[{_SPACES},;]+", text) if token]


def numbers(text: str, length: int) -> np.ndarray:
    """Return ``length`` numbers: a preset's, or the listed ones, cut off or filled up with zeros.

    >>> numbers("count", 3), numbers("5, nan", 3)
    (array([1., 2., 3.]), array([ 5., nan,  0.]))
    """
    if text in PRESETS:
        return PRESETS[text](length)
    listed = [float(token) for token in _tokens(text)][:length]
    return np.array(listed + [0.0] * (length - len(listed)))
