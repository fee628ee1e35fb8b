"""The bins of one size pair: which input cells each output of adaptive pooling reads.

A rule of rules.py says where window ``i`` starts and stops; here its windows become a sequence. ``n``, ``m``, ``i`` and
*cut* mean here what they mean there.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Any, overload

import numpy as np

from pooltutor.formula.numbers import quotient_text
from pooltutor.quoting import quoted
from pooltutor.rules import RULES, Chosen, Number, as_argument, check_rule
from pooltutor.validation import MAX_ENTRIES, check_size, integer_within
from pooltutor.windows import Bin, clip, differ, fed_by, first_back, shortened
from pooltutor.words import load, say

if TYPE_CHECKING:
    from fractions import Fraction

_MOST_KEPT = 4096  # windows of one size pair that are kept for the next time
_AT_ONCE = 4096  # windows that an iteration computes together: far faster than one by one, and soon there


@dataclass(frozen=True, repr=False)
class Bins:
    """The windows of ``input_size -> target_size`` under one rule: a frozen sequence of :class:`Bin`.

    :func:`bins` makes it, and both refuse the same arguments. It stores three values only: ``b[i]`` is exact and
    costs nothing at any size. What is built of many windows, slices, iterations and the array properties (int64,
    built when asked for), refuses more than 10**7 entries before it begins.
    """

    input_size: int
    target_size: int
    rule: Chosen = "pytorch"

    def __post_init__(self) -> None:
        n, m = check_size(self.input_size, "input_size"), check_size(self.target_size, "target_size")
        rule = check_rule(self.rule)
        if not rule.defined(n, m):
            raise ValueError(say("errors.bins.undefined", title=rule.title, n=n, m=m))
        for name, value in (("input_size", n), ("target_size", m), ("rule", rule.chosen)):
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
        k = integer_within(i, "window", -m, m - 1, IndexError) % m
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
            raise TypeError(say("errors.bins.slice", came=quoted(part))) from None

    def _each(self, numbers: range) -> Iterator[Bin]:
        self._refuse_above_limit(len(numbers))
        parts = (numbers[k : k + _AT_ONCE] for k in range(0, len(numbers), _AT_ONCE))
        return chain.from_iterable(map(self._some, parts))

    def _some(self, numbers: range) -> Iterator[Bin]:
        start, stop = clip(*self._rule_at(np.array(numbers, np.int64)), self.input_size)
        return map(Bin, start.tolist(), stop.tolist())

    def _rule_at(self, i: Number) -> tuple[Number, Number]:
        return check_rule(self.rule).windows(i, self.input_size, self.target_size)

    def _raw(self) -> tuple[np.ndarray, np.ndarray]:
        self._refuse_above_limit(self.target_size)
        return self._rule_at(np.arange(self.target_size, dtype=np.int64))

    @property
    def windows(self) -> tuple[np.ndarray, np.ndarray]:
        """Starts and stops of all windows, two arrays of shape (m,) that cannot be written to.

        >>> bins(14, 4).windows
        (array([ 0,  3,  7, 10]), array([ 4,  7, 11, 14]))
        """
        keeps = self.rule in RULES and self.target_size <= _MOST_KEPT
        return _kept(self) if keeps else self._computed()

    def _computed(self) -> tuple[np.ndarray, np.ndarray]:
        start, stop = (end.astype(np.int64, copy=False) for end in clip(*self._raw(), self.input_size))
        i = None if self.rule in RULES else first_back(start, stop)
        if i is not None:  # no picture and no sum here is made for that
            before, window = (str(Bin(int(start[k]), int(stop[k]))) for k in (i - 1, i))
            raise ValueError(say("formula.order", i=i, n=self.input_size, m=len(self), window=window, before=before))
        for end in (start, stop):
            end.setflags(write=False)
        return start, stop

    def _refuse_above_limit(self, entries: int) -> None:
        if entries > MAX_ENTRIES:
            raise ValueError(say("errors.bins.entries", most=MAX_ENTRIES, came=entries))

    @property
    def start(self) -> np.ndarray:
        """First cell of each window, shape (m,).

        >>> bins(14, 4).start
        array([ 0,  3,  7, 10])
        """
        return self.windows[0].copy()

    @property
    def stop(self) -> np.ndarray:
        """One past the last cell of each window, shape (m,).

        >>> bins(14, 4).stop
        array([ 4,  7, 11, 14])
        """
        return self.windows[1].copy()

    @property
    def raw_stop(self) -> np.ndarray:
        """The stop as the rule computes it, before clipping, shape (m,). Some rules point past the end.

        >>> bins(7, 13, rule="float32").raw_stop[-1]
        np.int64(8)
        """
        return self._raw()[1]

    @property
    def lengths(self) -> np.ndarray:
        """Cells in each window, shape (m,).

        >>> bins(5, 3).lengths
        array([2, 3, 2])
        """
        return self.windows[1] - self.windows[0]

    @property
    def overlaps(self) -> np.ndarray:
        """Cells shared by window i and window i+1, shape (m - 1,).

        >>> bins(14, 4).overlaps
        array([1, 0, 1])
        """
        return np.maximum(0, self.windows[1][:-1] - self.windows[0][1:])

    @property
    def feeds(self) -> tuple[np.ndarray, np.ndarray]:
        """For each input cell the windows that contain it, as a half-open range: two arrays of shape (n,).

        Starts and stops never decrease, so the windows that contain one cell follow each other. For
        PyTorch's rule this is ``bins(m, n)``: input and output change places.

        >>> bins(3, 2).feeds
        (array([0, 0, 1]), array([1, 2, 2]))
        """
        self._refuse_above_limit(self.input_size)
        return fed_by(self.windows, self.input_size)

    @property
    def coverage(self) -> np.ndarray:
        """Windows that contain each input cell, shape (n,).

        >>> bins(3, 2).coverage
        array([1, 2, 1])
        """
        return np.subtract(*self.feeds[::-1])

    def differs(self, other: "Bins") -> np.ndarray:
        """The numbers of the windows that are not those of ``other``, which has as many, in order.

        >>> bins(7, 5, rule="equal_kernel").differs(bins(7, 5))
        array([2])

        Raises TypeError where ``other`` is no bins, ValueError where it has another number of windows.
        """
        if not isinstance(other, Bins) or len(other) != len(self):
            error, came = (ValueError, len(other)) if isinstance(other, Bins) else (TypeError, quoted(other))
            raise error(say("errors.bins.other", m=len(self), came=came))
        return np.flatnonzero(differ(self.windows, other.windows))

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

        return Fraction(integer_within(i, "cut", 0, self.target_size, IndexError) * self.input_size, self.target_size)

    def cut_text(self, i: int) -> str:
        """Cut number i as it is written everywhere, in views, tables and pictures: exactly.

        A decimal where two digits are enough, else the fraction: a rounded one may look like a line that it is not on.

        >>> [bins(14, 4).cut_text(i) for i in range(3)], bins(14, 3).cut_text(1), bins(4095, 4096).cut_text(4095)
        (['0', '3.5', '7'], '14/3', '16769025/4096')

        Raises as :meth:`cut`.
        """
        return quotient_text(*self.cut(i).as_integer_ratio())

    @property
    def title(self) -> str:
        """The sizes and the rule, as tables and pictures are titled."""
        return say("common.sizes_and_rule", n=self.input_size, m=self.target_size, rule=check_rule(self.rule).title)

    def __repr__(self) -> str:
        shown = ("..." if i is None else str(self[i]) for i in shortened(self.target_size, 6, 3))
        return f"bins({self.input_size}, {self.target_size}{as_argument(self.rule)}): {' '.join(shown)}"

    def _repr_html_(self) -> str:
        """A table of the windows for notebooks; a long one is shortened in the middle."""
        rows = "".join(map(self._html_row, shortened(self.target_size)))
        head = "".join(f"<th>{word}</th>" for word in load()["bins"]["headings"])
        return f"<table><caption>{self.title}</caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"

    def _html_row(self, i: int | None) -> str:
        if i is None:
            return "<tr>" + "<td>…</td>" * 5 + "</tr>"
        exact, window = say("bins.interval", cut=self.cut_text(i), next_cut=self.cut_text(i + 1)), self[i]
        return "<tr>" + "".join(f"<td>{v}</td>" for v in (i, exact, *window, window.length or window)) + "</tr>"


@lru_cache(maxsize=256)
def _kept(b: Bins) -> tuple[np.ndarray, np.ndarray]:
    """Its windows: whoever pools many arrays of one size asks for them again and again."""
    return b._computed()


def bins(input_size: int, target_size: int, rule: Chosen = "pytorch") -> Bins:
    """Return the windows that adaptive pooling uses for ``input_size -> target_size``.

    PyTorch's rule is ``start_i = floor(i*n/m)``, ``stop_i = ceil((i+1)*n/m)`` with n the input size and m
    the target size. ``rule`` is the name of another one of :data:`RULES`, the text of a formula, as
    :mod:`pooltutor.formula` reads it, or a pair of functions of (i, n, m). Both sizes count cells, 1 to 2**31.

    >>> bins(14, 4)
    bins(14, 4): 0:4 3:7 7:11 10:14
    >>> bins(14, 4)[1]
    Bin(start=3, stop=7)
    >>> bins(5, 3, rule="equal_kernel")
    bins(5, 3, rule='equal_kernel'): 0:2 1:3 3:5
    >>> list(bins(5, 3, (lambda i, n, m: i * n // m, lambda i, n, m: (i + 1) * n // m + 1)))[1]
    Bin(start=1, stop=4)

    Raises TypeError or ValueError, with the accepted range, for a bad size or rule, and ValueError where the
    rule is not defined. Source of PyTorch's rule: ``start_index`` and ``end_index`` in
    ``aten/src/ATen/native/AdaptivePooling.h``.
    """
    return Bins(input_size, target_size, rule)


def require_bins(b: Any, name: str = "b", example: str = "bins(14, 4)") -> Bins:
    """Return ``b``, or say in one sentence that the argument of this name takes bins, and how they are made."""
    if not isinstance(b, Bins):
        raise TypeError(say("errors.bins.type", name=name, example=example, came=quoted(b)))
    return b


def refusal(n: int, m: int, rule: Chosen) -> str:
    """Return the sentence that says why a rule has no windows for n -> m; "" where it has.

    >>> refusal(3, 5, "fixed_stride"), refusal(5, 3, "fixed_stride")
    ("The rule 'AvgPool recipe' has no windows when m > n.", '')
    """
    found = check_rule(rule)
    try:
        return "" if found.defined(n, m) and bins(n, m, rule)._computed() else found.undefined
    except ValueError as error:
        return str(error)
