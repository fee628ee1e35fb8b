"""The rules: how PyTorch, and those who guess it, choose the window of an output.

Letters, here and everywhere else:

- ``n`` is the input size (number of input cells), ``m`` the target size (number of outputs);
- window ``i`` (0-based) is half-open like a slice: output ``i`` reads ``x[start:stop]``;
- cut ``i`` is the exact position ``i*n/m`` on the input, ``0 <= i <= m``.

PyTorch's rule rounds the exact interval of output ``i`` outwards to whole cells:

    start_i = floor(i*n/m)        stop_i = ceil((i+1)*n/m)

A rule is its formula: one text in the language of :mod:`pooltutor.formula`, which Python and the browser evaluate
alike. ``a // b`` rounds down and ``-(-a // b)`` up, in integers.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from pooltutor.formula import Formula, FormulaError, formula, number_text
from pooltutor.quoting import quoted
from pooltutor.words import load, say

Number = Any  # an integer, or an int64 array of them
End = Callable[[int, int, int], Any]
"""One end of window i of n -> m, as a function of (i, n, m)."""
Chosen = str | tuple[End, End]
"""What names a rule: a name of :data:`RULES`, the text of a formula, or two functions, for start and stop."""

OWN = "own"
"""The name of every rule that is not in :data:`RULES`: its formula, or its functions, tell it from others."""


@dataclass(frozen=True)
class Rule:
    """One way to choose windows; :mod:`pooltutor.words` has the words that describe it, under its name."""

    name: str
    text: str = ""
    needs_m_up_to_n: bool = False
    ends: tuple[End, End] | None = None
    """The functions for start and stop of a rule that has no formula."""

    @property
    def chosen(self) -> Chosen:
        """What names this rule, wherever a rule can be given."""
        return self.name if self.name != OWN else self.ends or self.text

    @property
    def title(self) -> str:
        """What the rule is called in menus and pictures."""
        return str(load()["rules"]["titles"][self.name])

    @property
    def found_in(self) -> str:
        """Who pools by this rule, or has written it down."""
        return str(load()["rules"]["found_in"][self.name])

    @property
    def read(self) -> Formula | None:
        """The formula, read; None where there are functions in its place."""
        return formula(self.text) if self.text else None

    @property
    def formula(self) -> str:
        """The rule in letters, as text."""
        return self.read.letters if self.read else say("rules.functions", names=", ".join(map(_name, self.ends or ())))

    def windows(self, i: Number, n: Number, m: Number) -> tuple[Number, Number]:
        """Return start and stop of window i of n -> m as the rule has them, before they are clipped to the input.

        Raises ValueError, with one sentence, at the first window that the formula or the functions do not give.
        """
        if self.text:
            return formula(self.text).windows(i, n, m)
        start, stop = (_of_function(end, name, i, n, m) for end, name in zip(self.ends or (), _ENDS, strict=True))
        return start, stop

    def defined(self, n: Number, m: Number) -> Any:
        """Say whether the rule is meant for n -> m (arrays: element by element)."""
        return (m <= n) | (not self.needs_m_up_to_n)

    @property
    def undefined(self) -> str:
        """The sentence that says where the rule has no windows; empty when it always has."""
        return say("rules.undefined", title=self.title) if self.needs_m_up_to_n else ""


# Functions in place of a formula -------------------------------------------------------------------------------

_ENDS = ("start", "stop")


def _name(function: End) -> str:
    return str(getattr(function, "__name__", type(function).__name__))


def _of_function(end: End, name: str, i: Number, n: Number, m: Number) -> Number:
    """One end of each window: the function is called for one window at a time, so that it may be written for one."""
    if not any(isinstance(each, np.ndarray) for each in (i, n, m)):
        return _whole(end(int(i), int(n), int(m)), name, i, n, m)
    arrays = np.broadcast_arrays(i, n, m)
    given = [array.ravel().tolist() for array in arrays]
    values: list[Any] = list(map(end, *given))
    if set(map(type, values)) != {int}:
        values = [_whole(value, name, *one) for value, one in zip(values, zip(*given, strict=True), strict=True)]
    try:
        return np.array(values, np.int64).reshape(arrays[0].shape)
    except OverflowError:  # integers that int64 has no room for stay Python's own
        return np.array(values, object).reshape(arrays[0].shape)


def _whole(value: Any, name: str, i: int, n: int, m: int) -> int:
    """What a function returned, as an integer; ValueError, with one sentence, where it is none."""
    try:
        whole = int(value)
        if whole == value:
            return whole
        said = number_text(value) if isinstance(value, (float, np.floating)) else quoted(value)
    except (TypeError, ValueError, OverflowError):
        said = quoted(value)
    raise FormulaError("whole", name=name, value=said, i=i, n=n, m=m)


# The table -----------------------------------------------------------------------------------------------------

RULES: dict[str, Rule] = {
    rule.name: rule
    for rule in (
        Rule("pytorch", "start = i * n // m\nstop = -(-((i + 1) * n) // m)"),
        Rule("equal_kernel", "start = i * n // m\nstop = start + ceil(n / m)"),
        Rule("forum", "k = ceil(n / m)\nstart = round(i * (n - k) / max(m - 1, 1))\nstop = start + k"),
        Rule("fixed_stride", "s = n // m\nstart = i * s\nstop = start + n - (m - 1) * s", needs_m_up_to_n=True),
        Rule("float32", "start = floor(f32(i) * f32(n / m))\nstop = ceil(f32(i + 1) * f32(n / m))"),
        Rule("float64_ratio", "start = floor(i * float(n / m))\nstop = ceil((i + 1) * float(n / m))"),
        Rule("split", "q = n // m\nr = n % m\nstart = i * q + min(i, r)\nstop = (i + 1) * q + min(i + 1, r)"),
        Rule("round", "start = round(i * n / m)\nstop = round((i + 1) * n / m)"),
        Rule("fraction_first", "start = floor(f32(i) / m * n)\nstop = ceil(f32(i + 1) / m * n)"),
        Rule("floor_floor", "start = i * n // m\nstop = (i + 1) * n // m"),
        Rule("rest_to_last", "s = n // m\nstart = i * s\nstop = start + s if i + 1 < m else n"),
        Rule("ceil_kernel", "start = i * (n // m)\nstop = start + ceil(n / m)", needs_m_up_to_n=True),
        Rule("equal_tiles", "s = n // m\nstart = i * s\nstop = start + s", needs_m_up_to_n=True),
    )
}
"""Every rule by name. A new one is one entry here and its words; tests, pictures and menus follow."""


def check_rule(value: Any, argument: str = "rule") -> Rule:
    r"""Return the rule of that name, of that formula, or of these two functions; ValueError says what is accepted.

    >>> check_rule("split").title
    'split'
    >>> check_rule("start = i\nstop = i + 2").windows(3, 14, 4)
    (3, 5)
    """
    rule = _rule_of(value)
    if rule is None and isinstance(value, (tuple, list)) and len(value) == 2 and all(map(callable, value)):
        rule = Rule(OWN, ends=(value[0], value[1]))
    if rule is None:
        raise ValueError(say("errors.rule", name=argument, names=", ".join(RULES), came=quoted(value)))
    return rule


def check_shown_rule(value: Any, argument: str = "rule") -> str:
    """Return a name of :data:`RULES` or the text of a formula, which a browser evaluates, too."""
    rule = _rule_of(value)
    if rule is None:
        raise ValueError(say("errors.shown_rule", name=argument, names=", ".join(RULES), came=quoted(value)))
    return str(rule.chosen)


def as_argument(rule: Chosen) -> str:
    """Return a rule as it stands in a call behind the sizes; PyTorch's need not be named.

    >>> as_argument("forum"), as_argument("pytorch")
    (", rule='forum'", '')
    """
    return "" if rule == "pytorch" else f", rule={rule!r}"


def _rule_of(value: Any) -> Rule | None:
    """The rule of that name or of that formula; None for what is neither."""
    if not isinstance(value, str):
        return None
    if value in RULES:
        return RULES[value]
    is_formula = "=" in value or "\n" in value  # no name has either, and no formula does without
    return Rule(OWN, formula(str(value)).text) if is_formula else None
