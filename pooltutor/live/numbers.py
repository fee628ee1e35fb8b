"""The numbers a learner pools: presets by name, or a typed list. numbers.js says the same in the browser."""

import re
from collections.abc import Callable
from typing import Any

import numpy as np

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

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?|[+-]?inf(inity)?|nan", re.IGNORECASE)


def check_numbers(value: Any, name: str) -> str:
    """Return a preset's name or a list of numbers as text; ValueError says in one sentence what is accepted.

    >>> check_numbers([1, 10, 0.5], "x")
    '1, 10, 0.5'
    """
    text = value.strip() if isinstance(value, str) else _as_text(value)
    if text in PRESETS:
        return text
    tokens = _tokens(text)
    if not tokens or not all(_NUMBER.fullmatch(token) for token in tokens):
        raise ValueError(f"{name} must be a list of numbers or one of {', '.join(PRESETS)}, got {value!r}")
    return ", ".join(tokens)


def _as_text(value: Any) -> str:
    array = np.asarray(value)
    return ", ".join(f"{number:.17g}" for number in array.ravel()) if array.dtype.kind in "iuf" else ""


def _tokens(text: str) -> list[str]:
    return [token for token in re.split(r"[\s,;]+", text) if token]


def numbers(text: str, length: int) -> np.ndarray:
    """Return ``length`` numbers: a preset's, or the listed ones, cut off or filled up with zeros.

    >>> numbers("count", 3), numbers("5, nan", 3)
    (array([1., 2., 3.]), array([ 5., nan,  0.]))
    """
    if text in PRESETS:
        return PRESETS[text](length)
    listed = [float(token) for token in _tokens(text)][:length]
    return np.array(listed + [0.0] * (length - len(listed)))
