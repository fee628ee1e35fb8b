"""At which sizes a rule's windows are not PyTorch's: all sizes up to a largest, gone through a part at a time."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from pooltutor.formula import FormulaError
from pooltutor.quoting import quoted_error
from pooltutor.rules import RULES, Rule
from pooltutor.windows import clip, differ
from pooltutor.words import say

AT_ONCE = 2**15
"""Windows that are computed together: an array of them has 256 KB, which is faster than a megabyte."""

PARTS = 8
"""Where a formula fails for some sizes, these are tried in so many parts, until the failing ones stand alone."""

Size = tuple[int, int]


@dataclass(frozen=True)
class Found:
    """Some of the sizes (n, m): how many, the smallest with m <= n and the smallest of all, by n + m; None for none."""

    count: int
    smallest: Size | None
    smallest_of_all: Size | None


@dataclass(frozen=True)
class Counterexamples:
    """What is wrong with a rule, and at which sizes."""

    differing: Found
    """The windows, clipped to the input, are not PyTorch's."""
    without_windows: Found
    """The rule has no windows."""
    refusal: str
    """Why it has none at the smallest of these; "" where it always has."""
    beyond: Found
    """A window's stop lies beyond the input."""
    below: Found
    """A window's start lies below 0."""
    known: str | None
    """The rule of RULES that has the same windows at every size."""


def counterexamples(rule: Rule, up_to: int) -> Counterexamples:
    """Compare a rule's windows with PyTorch's at all sizes from 1 to ``up_to``.

    >>> counterexamples(RULES["split"], 64).differing
    Found(count=3816, smallest=(3, 2), smallest_of_all=(1, 2))
    """
    search = _Search(rule, up_to)
    for n, m in _parts(up_to):
        search.add(n, m)
    return search.result()


def _parts(up_to: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Input sizes and target sizes of all pairs, as many at once as have a bounded number of windows."""
    n, m = (sizes.ravel() for sizes in np.mgrid[1 : up_to + 1, 1 : up_to + 1])
    cuts = np.flatnonzero(np.diff(np.cumsum(m) // AT_ONCE)) + 1
    return zip(np.split(n, cuts), np.split(m, cuts), strict=True)


def _numbered(n: np.ndarray, m: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """i, n and m of every window of some sizes, size after size."""
    return np.arange(m.sum()) - np.repeat(np.cumsum(m) - m, m), np.repeat(n, m), np.repeat(m, m)


def _at_sizes(of_windows: np.ndarray, m: np.ndarray) -> np.ndarray:
    """For each size whether it holds for any of its windows."""
    return np.logical_or.reduceat(of_windows, np.cumsum(m) - m)


class _Search:
    """All that is known of a rule after some of the sizes."""

    def __init__(self, rule: Rule, up_to: int) -> None:
        self.rule = rule
        self.where = {what: np.zeros((up_to, up_to), bool) for what in ("differing", "missing", "beyond", "below")}
        self.refusals: dict[tuple[int, int], Exception | str] = {}  # by (n + m, n), of which the least is kept
        self.others = [each for each in RULES.values() if each.name != "pytorch" and rule.name not in RULES]

    def add(self, n: np.ndarray, m: np.ndarray) -> None:
        """Compare the windows of some more sizes."""
        numbers = _numbered(n, m)
        start, stop, exists = self._windows(n, m)
        own, true = clip(start, stop, numbers[1]), RULES["pytorch"].windows(*numbers)
        found = {"differing": differ(own, true), "beyond": stop > numbers[1], "below": start < 0}
        place = (n - 1, m - 1)
        for what, of_windows in found.items():
            self.where[what][place] = _at_sizes(of_windows.astype(bool), m) & exists
        self.where["missing"][place] = ~exists
        self.others = [each for each in self.others if _is_same(each, own, exists, numbers, (n, m))]

    # Windows of the rule -----------------------------------------------------------------------------------

    def _windows(self, n: np.ndarray, m: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Starts and stops of all windows, 0 at the sizes that have none, and which sizes have them."""
        start, stop, exists = self._tried(n, m)
        defined = np.broadcast_to(self.rule.defined(n, m), exists.shape)
        if not defined.all():
            k = int(np.argmin(np.where(defined, np.inf, n + m)))
            self._note(self.rule.undefined, int(n[k]), int(m[k]))
        return start, stop, exists & defined

    def _tried(self, n: np.ndarray, m: np.ndarray) -> tuple[np.ndarray, ...]:
        """As _windows; a formula that fails somewhere is tried with fewer of the sizes, and functions size by size."""
        step = 1
        if not self.rule.ends or len(n) == 1:
            try:
                return (*self.rule.windows(*_numbered(n, m)), np.ones(len(n), bool))
            except Exception as error:  # functions may raise anything, and a formula FormulaError
                if not (self.rule.ends or isinstance(error, FormulaError)):
                    raise
                if len(n) == 1:
                    self._note(error, int(n[0]), int(m[0]))
                    nothing = np.zeros(int(m[0]), np.int64)
                    return nothing, nothing, np.zeros(1, bool)
            step = -(-len(n) // PARTS)
        parts = [self._tried(n[k : k + step], m[k : k + step]) for k in range(0, len(n), step)]
        return tuple(np.concatenate(each) for each in zip(*parts, strict=True))

    def _note(self, refusal: Exception | str, n: int, m: int) -> None:
        key = (n + m, n)
        if not self.refusals or key < min(self.refusals):
            self.refusals = {key: refusal}

    # What was found ----------------------------------------------------------------------------------------

    def result(self) -> Counterexamples:
        """What was found at all sizes."""
        found = {what: _found_at(where) for what, where in self.where.items()}
        refusal = next((_sentence(refusal, *key) for key, refusal in self.refusals.items()), "")
        missing = found.pop("missing")
        return Counterexamples(**found, without_windows=missing, refusal=refusal, known=self._known())

    def _known(self) -> str | None:
        if self.rule.name in RULES:
            return self.rule.name
        if not self.where["differing"].any() and not self.where["missing"][:, 1:].any():
            return "pytorch"
        return self.others[0].name if self.others else None


def _is_same(
    other: Rule, own: tuple[Any, Any], exists: np.ndarray, numbers: tuple[Any, Any, Any], sizes: tuple[Any, Any]
) -> bool:
    """Whether another rule has the same windows at these sizes, wherever it has windows.

    One window, for m = 1, may be missing: formulas that divide by m - 1 have none there, and are known by the rest.
    """
    n, m = sizes
    wanted = np.broadcast_to(other.defined(n, m), exists.shape)
    if (wanted & ~exists & (m > 1)).any():
        return False
    differs = differ(own, clip(*other.windows(*numbers), numbers[1]))
    return not (_at_sizes(differs.astype(bool), m) & wanted & exists).any()


def _found_at(where: np.ndarray) -> Found:
    """Count the sizes at which an array of them, ``[n - 1, m - 1]``, is true, and name the smallest."""
    sizes = [(int(n), int(m)) for n, m in np.argwhere(where) + 1]
    smallest = [
        min(some, key=lambda size: (sum(size), size), default=None)
        for some in ([size for size in sizes if size[1] <= size[0]], sizes)
    ]
    return Found(len(sizes), *smallest)


def _sentence(refusal: Exception | str, total: int, n: int) -> str:
    """Why there are no windows at n -> m; what a function raises is repeated in one line."""
    if isinstance(refusal, (str, FormulaError)):
        return str(refusal)
    return say("trial.raises", n=n, m=total - n, error=quoted_error(refusal))
