"""The rules: how PyTorch, and those who guess it, choose the window of an output.

Letters, here and everywhere else:

- ``n`` is the input size (number of input cells), ``m`` the target size (number of outputs);
- window ``i`` (0-based) is half-open like a slice: output ``i`` reads ``x[start:stop]``;
- cut ``i`` is the exact position ``i*n/m`` on the input, ``0 <= i <= m``.

PyTorch's rule rounds the exact interval of output ``i`` outwards to whole cells:

    start_i = floor(i*n/m)        stop_i = ceil((i+1)*n/m)

All rounding in pooltutor happens in this file, and PyTorch's rule uses integers only. Each rule takes
(i, n, m), integers or int64 arrays that broadcast, and returns (start, raw stop). Only ``//`` rounds, except in the two
rules whose subject is float rounding.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from pooltutor.validation import check_name
from pooltutor.words import load, say

Number = Any  # a Python integer or an int64 array: every rule below is written for both


def _ceil_div(a: Number, b: Number) -> Number:
    return -((-a) // b)


def _round_half_even(a: Number, b: Number) -> Number:
    """a/b to the nearest integer, a tie to the even one (Python's ``round``), without a float."""
    q = a // b
    twice = 2 * (a - q * b)
    return q + ((twice > b) | ((twice == b) & (q % 2 == 1)))


def _floor(x: Number) -> Number:
    return np.floor(x).astype(np.int64)


def _ceil(x: Number) -> Number:
    return np.ceil(x).astype(np.int64)


def _pytorch(i: Number, n: Number, m: Number) -> tuple[Number, Number]:
    return i * n // m, _ceil_div((i + 1) * n, m)


def _equal_kernel(i: Number, n: Number, m: Number) -> tuple[Number, Number]:
    start = i * n // m
    return start, start + _ceil_div(n, m)


def _forum(i: Number, n: Number, m: Number) -> tuple[Number, Number]:
    kernel = _ceil_div(n, m)
    # At m = 1 there is one window and no step; kernel is n, so that the window is 0:n.
    start = _round_half_even(i * (n - kernel), np.maximum(m - 1, 1))
    return start, start + kernel


def _fixed_stride(i: Number, n: Number, m: Number) -> tuple[Number, Number]:
    stride = n // m
    return i * stride, i * stride + n - (m - 1) * stride


def _float32(i: Number, n: Number, m: Number) -> tuple[Number, Number]:
    ratio = np.float32(np.divide(n, m))
    return _floor(np.float32(i) * ratio), _ceil(np.float32(i + 1) * ratio)


def _float64_ratio(i: Number, n: Number, m: Number) -> tuple[Number, Number]:
    ratio = np.divide(n, m)
    return _floor(i * ratio), _ceil((i + 1) * ratio)


def _split(i: Number, n: Number, m: Number) -> tuple[Number, Number]:
    q, r = n // m, n % m
    return i * q + np.minimum(i, r), (i + 1) * q + np.minimum(i + 1, r)


def _round(i: Number, n: Number, m: Number) -> tuple[Number, Number]:
    return _round_half_even(i * n, m), _round_half_even((i + 1) * n, m)


@dataclass(frozen=True)
class Rule:
    """One way to choose windows; :mod:`pooltutor.words` has the words that describe it, under its name.

    ``starts`` and ``stops`` are the formula in one or more steps, joined by " = " when shown. The places
    ``{i}``, ``{next}`` (a factor) and ``{succ}`` (an argument) for i+1, ``{n}``, ``{m}``, ``{cut}``,
    ``{next_cut}`` and ``{start}`` take letters in the general formula and numbers in a view.
    """

    name: str
    starts: tuple[str, ...]
    stops: tuple[str, ...]
    windows: Callable[[Number, Number, Number], tuple[Number, Number]]
    needs_m_up_to_n: bool = False

    @property
    def title(self) -> str:
        """What the rule is called in menus and pictures."""
        return str(load()["rules"]["titles"][self.name])

    @property
    def found_in(self) -> str:
        """Who pools by this rule, or has written it down."""
        return str(load()["rules"]["found_in"][self.name])

    @property
    def formula(self) -> str:
        """The rule in letters, as text."""
        letters = {"i": "i", "next": "(i+1)", "succ": "i+1", "n": "n", "m": "m", "start": "start"}
        return f"start = {self.starts[0].format(**letters)}, stop = {self.stops[0].format(**letters)}"

    @property
    def undefined(self) -> str:
        """The sentence that says where the rule has no windows; empty when it always has."""
        return say("rules.undefined", title=self.title) if self.needs_m_up_to_n else ""

    def defined(self, n: Number, m: Number) -> Any:
        """Say whether the rule has windows for n -> m (arrays: element by element)."""
        return (m <= n) | (not self.needs_m_up_to_n)


RULES: dict[str, Rule] = {
    rule.name: rule
    for rule in (
        Rule(
            "pytorch",
            ("⌊{i}·{n}/{m}⌋", "⌊{cut}⌋"),
            ("⌈{next}·{n}/{m}⌉", "⌈{next_cut}⌉"),
            _pytorch,
        ),
        Rule(
            "equal_kernel",
            ("⌊{i}·{n}/{m}⌋", "⌊{cut}⌋"),
            ("{start} + ⌈{n}/{m}⌉",),
            _equal_kernel,
        ),
        Rule(
            "forum",
            ("round({i}·({n} - ⌈{n}/{m}⌉)/({m} - 1))",),
            ("{start} + ⌈{n}/{m}⌉",),
            _forum,
        ),
        Rule(
            "fixed_stride",
            ("{i}·⌊{n}/{m}⌋",),
            ("{start} + {n} - ({m} - 1)·⌊{n}/{m}⌋",),
            _fixed_stride,
            needs_m_up_to_n=True,
        ),
        Rule(
            "float32",
            ("⌊f32({i})·f32({n}/{m})⌋",),
            ("⌈f32({succ})·f32({n}/{m})⌉",),
            _float32,
        ),
        Rule(
            "float64_ratio",
            ("⌊{i}·f64({n}/{m})⌋",),
            ("⌈{next}·f64({n}/{m})⌉",),
            _float64_ratio,
        ),
        Rule(
            "split",
            ("{i}·⌊{n}/{m}⌋ + min({i}, {n} mod {m})",),
            ("{next}·⌊{n}/{m}⌋ + min({succ}, {n} mod {m})",),
            _split,
        ),
        Rule(
            "round",
            ("round({i}·{n}/{m})", "round({cut})"),
            ("round({next}·{n}/{m})", "round({next_cut})"),
            _round,
        ),
    )
}
"""Every rounding rule by name. A new rule is one function and one entry here; tests, pictures and menus follow."""


def check_rule(name: Any, argument: str = "rule") -> Rule:
    """Return the rule of that name, or say in one sentence which names there are."""
    return RULES[check_name(name, RULES, argument)]
