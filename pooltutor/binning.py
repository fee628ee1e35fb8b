"""The bins of one size pair: which input cells each output of adaptive pooling reads.

Letters, here and everywhere else:

- ``n`` is the input size (number of input cells), ``m`` the target size (number of outputs);
- window ``i`` (0-based) is half-open like a slice: output ``i`` reads ``x[start:stop]``;
- cut ``i`` is the exact position ``i*n/m`` on the input, ``0 <= i <= m``.

PyTorch's rule rounds the exact interval of output ``i`` outwards to whole cells:

    start_i = floor(i*n/m)        stop_i = ceil((i+1)*n/m)

All rounding in pooltutor happens in this file, and the rules that PyTorch follows happen in integers.
"""

import operator
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple, overload

import numpy as np

from pooltutor.quoting import quoted

if TYPE_CHECKING:
    from fractions import Fraction

MAX_SIZE = 2**31
"""Largest size: ``i*n`` then stays below 2**63, so that int64 is exact."""

LARGEST_SHOWN = 4096
"""Largest size that a picture or a view shows; a cell is then a fifth of a px wide."""

SLIDER_MAX = 64
"""Largest size on the sliders, in the tables of the views and on the atlas."""

MAX_ENTRIES = 10**7
"""Longest array that is built on demand; single windows ``b[i]`` have no such limit."""

_AT_ONCE = 4096  # windows that an iteration computes together: far faster than one by one, and soon there

Number = Any  # a Python integer or an int64 array: every rule below is written for both


# Sizes, window numbers and names -------------------------------------------------------------------------


def check_size(value: Any, name: str, largest: int = MAX_SIZE) -> int:
    """Return ``value`` as an int, or say in one sentence what is accepted; the one validator of sizes.

    >>> check_size(14, "input_size")
    14

    Raises TypeError for anything but an integer (a bool is not one) and ValueError outside ``1..largest``.
    """
    return _integer_within(value, name, 1, largest)


def check_window(value: Any, target_size: int, name: str = "window") -> int:
    """Return the number of a window as an int, or say in one sentence what is accepted.

    >>> check_window(3, 4)
    3

    Raises TypeError for anything but an integer (a bool is not one) and ValueError outside ``0..target_size-1``.
    """
    return _integer_within(value, name, 0, target_size - 1)


def check_name(value: Any, names: Collection[str], argument: str) -> str:
    """Return ``value`` if it is one of the names, or say in one sentence which there are.

    >>> check_name("light", ("light", "dark"), "theme")
    'light'

    Raises ValueError for anything else, whatever its type.
    """
    if not isinstance(value, str) or value not in names:
        raise ValueError(f"{argument} must be one of {', '.join(names)}, got {quoted(value)}")
    return str(value)


def _integer_within(value: Any, name: str, first: int, last: int, outside: type[Exception] = ValueError) -> int:
    limit = f"{name} must be an integer from {first} to {last}, got {quoted(value)}"
    if isinstance(value, (bool, np.bool_)):
        raise TypeError(limit)
    try:
        integer = operator.index(value)
    except TypeError:
        raise TypeError(limit) from None
    if not first <= integer <= last:
        raise outside(limit)
    return integer


# Rules ---------------------------------------------------------------------------------------------------
# Each takes (i, n, m), integers or int64 arrays that broadcast, and returns (start, raw stop). Only `//`
# rounds, except in the two rules whose subject is float rounding.


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
    """One way to choose windows, with the words that describe it.

    ``starts`` and ``stops`` are the formula in one or more steps, joined by " = " when shown. The places
    ``{i}``, ``{next}`` (a factor) and ``{succ}`` (an argument) for i+1, ``{n}``, ``{m}``, ``{cut}``,
    ``{next_cut}`` and ``{start}`` take letters in the general formula and numbers in a view.
    """

    name: str
    title: str
    starts: tuple[str, ...]
    stops: tuple[str, ...]
    found_in: str
    windows: Callable[[Number, Number, Number], tuple[Number, Number]]
    needs_m_up_to_n: bool = False

    @property
    def formula(self) -> str:
        """The rule in letters, as text."""
        letters = {"i": "i", "next": "(i+1)", "succ": "i+1", "n": "n", "m": "m", "start": "start"}
        return f"start = {self.starts[0].format(**letters)}, stop = {self.stops[0].format(**letters)}"

    @property
    def undefined(self) -> str:
        """The sentence that says where the rule has no windows; empty when it always has."""
        return f"The rule '{self.title}' has no windows when m > n." if self.needs_m_up_to_n else ""

    def defined(self, n: Number, m: Number) -> Any:
        """Say whether the rule has windows for n -> m (arrays: element by element)."""
        return (m <= n) | (not self.needs_m_up_to_n)


RULES: dict[str, Rule] = {
    rule.name: rule
    for rule in (
        Rule(
            "pytorch",
            "PyTorch",
            ("⌊{i}·{n}/{m}⌋", "⌊{cut}⌋"),
            ("⌈{next}·{n}/{m}⌉", "⌈{next_cut}⌉"),
            "PyTorch, Paddle, OpenVINO, MXNet, ncnn",
            _pytorch,
        ),
        Rule(
            "equal_kernel",
            "one kernel",
            ("⌊{i}·{n}/{m}⌋", "⌊{cut}⌋"),
            ("{start} + ⌈{n}/{m}⌉",),
            "blog posts that explain adaptive pooling",
            _equal_kernel,
        ),
        Rule(
            "forum",
            "the forum's",
            ("round({i}·({n} - ⌈{n}/{m}⌉)/({m} - 1))",),
            ("{start} + ⌈{n}/{m}⌉",),
            "the most quoted answer on discuss.pytorch.org, thread 26897",
            _forum,
        ),
        Rule(
            "fixed_stride",
            "AvgPool recipe",
            ("{i}·⌊{n}/{m}⌋",),
            ("{start} + {n} - ({m} - 1)·⌊{n}/{m}⌋",),
            "recipes that replace adaptive pooling by AvgPool",
            _fixed_stride,
            needs_m_up_to_n=True,
        ),
        Rule(
            "float32",
            "float32",
            ("⌊f32({i})·f32({n}/{m})⌋",),
            ("⌈f32({succ})·f32({n}/{m})⌉",),
            "blog code, RoIPool",
            _float32,
        ),
        Rule(
            "float64_ratio",
            "float64 ratio",
            ("⌊{i}·f64({n}/{m})⌋",),
            ("⌈{next}·f64({n}/{m})⌉",),
            "NumPy ports, np.linspace",
            _float64_ratio,
        ),
        Rule(
            "split",
            "split",
            ("{i}·⌊{n}/{m}⌋ + min({i}, {n} mod {m})",),
            ("{next}·⌊{n}/{m}⌋ + min({succ}, {n} mod {m})",),
            "np.array_split, Equinox",
            _split,
        ),
        Rule(
            "round",
            "round",
            ("round({i}·{n}/{m})", "round({cut})"),
            ("round({next}·{n}/{m})", "round({next_cut})"),
            "intuition",
            _round,
        ),
    )
}
"""Every rounding rule by name. A new rule is one function and one entry here; tests, pictures and menus follow."""


def check_rule(name: Any, argument: str = "rule") -> Rule:
    """Return the rule of that name, or say in one sentence which names there are."""
    return RULES[check_name(name, RULES, argument)]


def clip(start: Number, raw_stop: Number, n: Number) -> tuple[Number, Number]:
    """Clip windows to the input, as the slice ``x[start:stop]`` would; an empty one gets stop = start."""
    start = np.minimum(start, n)
    return start, np.maximum(start, np.minimum(raw_stop, n))


def fed_by(windows: tuple[np.ndarray, np.ndarray], n: int) -> tuple[np.ndarray, np.ndarray]:
    """For each of n cells the first window that contains it, and the one after the last: two arrays of shape (n,).

    >>> fed_by((np.array([0, 1]), np.array([2, 3])), 3)
    (array([0, 0, 1]), array([1, 2, 2]))
    """
    cells = np.arange(n)
    return np.searchsorted(windows[1], cells, side="right"), np.searchsorted(windows[0], cells, side="right")


# Bins ----------------------------------------------------------------------------------------------------


class Bin(NamedTuple):
    """One window: the half-open range of input cells that one output reads.

    >>> Bin(3, 7).length, list(range(14))[Bin(3, 7).slice]
    (4, [3, 4, 5, 6])
    """

    start: int
    stop: int

    @property
    def length(self) -> int:
        """How many cells the window has; 0 when it is empty."""
        return self.stop - self.start

    @property
    def slice(self) -> slice:
        """The window as a slice, so that ``x[b.slice]`` are its cells."""
        return slice(self.start, self.stop)

    def __str__(self) -> str:
        return f"{self.start}:{self.stop}" if self.length else "empty"


@dataclass(frozen=True, repr=False)
class Bins:
    """The windows of ``input_size -> target_size`` under one rule: a frozen sequence of :class:`Bin`.

    :func:`bins` makes it, and both refuse the same arguments. It stores three values only: ``b[i]`` is exact and
    costs nothing at any size. What is built of many windows, slices, iterations and the array properties (int64,
    built when asked for), refuses more than 10**7 entries before it begins.
    """

    input_size: int
    target_size: int
    rule: str = "pytorch"

    def __post_init__(self) -> None:
        n, m = check_size(self.input_size, "input_size"), check_size(self.target_size, "target_size")
        rule = check_rule(self.rule)
        if not rule.defined(n, m):
            raise ValueError(f"{rule.undefined[:-1]}, got {n} -> {m}")
        for name, value in (("input_size", n), ("target_size", m), ("rule", rule.name)):
            object.__setattr__(self, name, value)  # numpy's integers become Python's

    def __len__(self) -> int:
        return self.target_size

    @overload
    def __getitem__(self, i: int) -> Bin: ...
    @overload
    def __getitem__(self, i: slice) -> tuple[Bin, ...]: ...
    def __getitem__(self, i: int | slice) -> Bin | tuple[Bin, ...]:
        if isinstance(i, slice):
            return tuple(self._each(self._numbers(i)))
        m = self.target_size
        k = _integer_within(i, "window", -m, m - 1, IndexError) % m
        start, stop = clip(*self._rule_at(k), self.input_size)
        return Bin(int(start), int(stop))

    def __iter__(self) -> Iterator[Bin]:
        return self._each(range(self.target_size))

    def __reversed__(self) -> Iterator[Bin]:
        return self._each(range(self.target_size)[::-1])

    def _numbers(self, part: slice) -> range:
        try:
            return range(self.target_size)[part]
        except TypeError:
            raise TypeError(f"a slice of windows must have integers or None in it, got {quoted(part)}") from None

    def _each(self, numbers: range) -> Iterator[Bin]:
        self._refuse_above_limit(len(numbers))
        parts = (numbers[k : k + _AT_ONCE] for k in range(0, len(numbers), _AT_ONCE))
        return chain.from_iterable(map(self._some, parts))

    def _some(self, numbers: range) -> Iterator[Bin]:
        start, stop = clip(*self._rule_at(np.array(numbers, np.int64)), self.input_size)
        return map(Bin, start.tolist(), stop.tolist())

    def _rule_at(self, i: Number) -> tuple[Number, Number]:
        return RULES[self.rule].windows(i, self.input_size, self.target_size)

    def _all(self) -> tuple[np.ndarray, np.ndarray]:
        self._refuse_above_limit(self.target_size)
        return self._rule_at(np.arange(self.target_size, dtype=np.int64))

    def _refuse_above_limit(self, entries: int) -> None:
        if entries > MAX_ENTRIES:
            raise ValueError(
                f"arrays of bins are built up to {MAX_ENTRIES} entries, got {entries}; b[i] gives single windows"
            )

    @property
    def start(self) -> np.ndarray:
        """First cell of each window, shape (m,).

        >>> bins(14, 4).start
        array([ 0,  3,  7, 10])
        """
        return clip(*self._all(), self.input_size)[0]

    @property
    def stop(self) -> np.ndarray:
        """One past the last cell of each window, shape (m,).

        >>> bins(14, 4).stop
        array([ 4,  7, 11, 14])
        """
        return clip(*self._all(), self.input_size)[1]

    @property
    def raw_stop(self) -> np.ndarray:
        """The stop as the rule computes it, before clipping, shape (m,). Some rules point past the end.

        >>> bins(7, 13, rule="float32").raw_stop[-1]
        np.int64(8)
        """
        return self._all()[1]

    @property
    def lengths(self) -> np.ndarray:
        """Cells in each window, shape (m,).

        >>> bins(5, 3).lengths
        array([2, 3, 2])
        """
        start, stop = clip(*self._all(), self.input_size)
        return stop - start

    @property
    def overlaps(self) -> np.ndarray:
        """Cells shared by window i and window i+1, shape (m - 1,).

        >>> bins(14, 4).overlaps
        array([1, 0, 1])
        """
        start, stop = clip(*self._all(), self.input_size)
        return np.maximum(0, stop[:-1] - start[1:])

    @property
    def feeds(self) -> tuple[np.ndarray, np.ndarray]:
        """For each input cell the windows that contain it, as a half-open range: two arrays of shape (n,).

        Starts and stops never decrease, so the windows that contain one cell follow each other. For
        PyTorch's rule this is ``bins(m, n)``: input and output change places.

        >>> bins(3, 2).feeds
        (array([0, 0, 1]), array([1, 2, 2]))
        """
        self._refuse_above_limit(self.input_size)
        return fed_by(clip(*self._all(), self.input_size), self.input_size)

    @property
    def coverage(self) -> np.ndarray:
        """Windows that contain each input cell, shape (n,).

        >>> bins(3, 2).coverage
        array([1, 2, 1])
        """
        first, last = self.feeds
        return last - first

    def differs(self, other: "Bins") -> np.ndarray:
        """The numbers of the windows that are not those of ``other``, which has as many, in order.

        >>> bins(7, 5, rule="equal_kernel").differs(bins(7, 5))
        array([2])

        Raises TypeError where ``other`` is no bins, ValueError where it has another number of windows.
        """
        if not isinstance(other, Bins):
            raise TypeError(f"other must be bins of {len(self)} windows, got {quoted(other)}")
        if len(other) != len(self):
            raise ValueError(f"other must be bins of {len(self)} windows, got {len(other)}")
        return np.flatnonzero((self.start != other.start) | (self.stop != other.stop))

    @property
    def cuts(self) -> np.ndarray:
        """The exact cuts ``i*n/m`` for i = 0..m as float64, shape (m + 1,); see :meth:`cut` for fractions.

        >>> bins(14, 4).cuts
        array([ 0. ,  3.5,  7. , 10.5, 14. ])
        """
        self._refuse_above_limit(self.target_size + 1)
        return np.arange(self.target_size + 1) * self.input_size / self.target_size

    def cut(self, i: int) -> "Fraction":
        """Cut number i as an exact fraction, 0 <= i <= m.

        >>> bins(14, 4).cut(1)
        Fraction(7, 2)

        Raises TypeError for anything but an integer, IndexError outside ``0..m``.
        """
        from fractions import Fraction  # 2 ms that `import pooltutor` need not spend

        number = _integer_within(i, "cut", 0, self.target_size, IndexError)
        return Fraction(number * self.input_size, self.target_size)

    def cut_text(self, i: int) -> str:
        """Cut number i as it is written everywhere, in views, tables and pictures: exactly.

        A decimal where two digits after the point are enough, else the fraction in lowest terms, for a rounded
        one could look like a line that it is not on.

        >>> [bins(14, 4).cut_text(i) for i in range(3)], bins(14, 3).cut_text(1), bins(4095, 4096).cut_text(4095)
        (['0', '3.5', '7'], '14/3', '16769025/4096')

        Raises as :meth:`cut`.
        """
        cut = self.cut(i)
        return f"{float(cut):.12g}" if 100 % cut.denominator == 0 else str(cut)

    def _shortened(self, head: int, tail: int) -> list[int | None]:
        """The numbers of the windows to show; None stands for those left out in the middle."""
        m = self.target_size
        if m <= head + tail + 1:
            return list(range(m))
        return [*range(head), None, *range(m - tail, m)]

    def __repr__(self) -> str:
        rule = "" if self.rule == "pytorch" else f", rule={self.rule!r}"
        shown = ("..." if i is None else str(self[i]) for i in self._shortened(6, 3))
        return f"bins({self.input_size}, {self.target_size}{rule}): {' '.join(shown)}"

    def _repr_html_(self) -> str:
        """A table of the windows for notebooks; a long one is shortened in the middle."""
        rows = "".join(self._html_row(i) for i in self._shortened(12, 4))
        head = "".join(f"<th>{word}</th>" for word in ("i", "exact interval", "start", "stop", "length"))
        title = f"{self.input_size} → {self.target_size}, rule {RULES[self.rule].title}"
        return f"<table><caption>{title}</caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"

    def _html_row(self, i: int | None) -> str:
        if i is None:
            return "<tr>" + "<td>…</td>" * 5 + "</tr>"
        exact = f"{self.cut_text(i)} to {self.cut_text(i + 1)}"
        window = self[i]
        return "<tr>" + "".join(f"<td>{v}</td>" for v in (i, exact, *window, window.length or "empty")) + "</tr>"


def bins(input_size: int, target_size: int, rule: str = "pytorch") -> Bins:
    """Return the windows that adaptive pooling uses for ``input_size -> target_size``.

    PyTorch's rule is ``start_i = floor(i*n/m)``, ``stop_i = ceil((i+1)*n/m)`` with n the input size and m
    the target size; ``rule`` names another one of :data:`RULES`. Both sizes count cells, 1 to 2**31.

    >>> bins(14, 4)
    bins(14, 4): 0:4 3:7 7:11 10:14
    >>> bins(14, 4)[1]
    Bin(start=3, stop=7)
    >>> bins(5, 3, rule="equal_kernel")
    bins(5, 3, rule='equal_kernel'): 0:2 1:3 3:5

    Raises TypeError or ValueError, with the accepted range, for a bad size or rule, and ValueError where the
    rule is not defined. Source of PyTorch's rule: ``start_index`` and ``end_index`` in
    ``aten/src/ATen/native/AdaptivePooling.h``.
    """
    return Bins(input_size, target_size, rule)
