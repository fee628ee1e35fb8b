"""Questions about the windows of one size: which they are, and which cells they share."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from pooltutor.binning import Bins, bins
from pooltutor.exercises import reading
from pooltutor.exercises.question import Belief, Question, size_text
from pooltutor.exercises.reading import Window
from pooltutor.rules import RULES

WRONG_RULES = [name for name in RULES if name != "pytorch"]
TILING_RULES = [name for name in WRONG_RULES if not np.any(bins(7, 5, name).coverage > 1)]
"""Those that share no cell: about shared cells they all say the same."""


def by_rule(rule: str, n: int, m: int) -> Bins | None:
    """The bins of a size, or None where the rule has none."""
    return bins(n, m, rule) if RULES[rule].defined(n, m) else None


def pairs(b: Bins) -> list[Window]:
    """Windows in the form in which answers are read."""
    return [(window.start, window.stop) for window in b]


@dataclass(frozen=True)
class OneSize(Question):
    """A question about n -> m."""

    input_size: int
    target_size: int

    @property
    def bins(self) -> Bins:
        """The windows that are right."""
        return bins(self.input_size, self.target_size)

    @property
    def title(self) -> str:
        """The size: "10 → 4"."""
        return size_text(self.input_size, self.target_size)

    def places(self) -> dict[str, Any]:
        """Return both sizes, and the kernel of those who believe in one."""
        n, m = self.input_size, self.target_size
        return {"n": n, "m": m, "kernel": -(-n // m), "last": n - 1, "size": self.title}

    def elsewhere(self) -> Iterator[Question]:
        """Yield sizes at which wrong ideas are right, the least obvious ones first."""
        for n, m in [(14, 4), (5, 3), (13, 4), (7, 4), (3, 2), (6, 4), (12, 4), (14, 7)]:
            yield type(self)(n, m)


def _told_by(rule: str, answer: Callable[[Bins], list[Any]]) -> Belief:
    """Return the belief in a rule, whose windows are made an answer."""

    def holds(question: OneSize, given: list[Any]) -> bool:
        b = by_rule(rule, question.input_size, question.target_size)
        return b is not None and given == answer(b)

    return holds


# Windows ---------------------------------------------------------------------------------------------------


def _rounds(start: int, stop: int) -> Belief:
    """The belief that a start is the cut, plus `start` if it is inside a cell; likewise for the stop."""

    def holds(question: "Windows", given: list[Window]) -> bool:
        n, m = question.input_size, question.target_size
        cuts = [(i * n // m, i * n % m > 0) for i in range(m + 1)]
        ends = [(low + inside * start, low + inside * stop) for low, inside in cuts]
        return given == [(ends[i][0], ends[i + 1][1]) for i in range(m)]

    return holds


def _floor_plus_one(question: "Windows", given: list[Window]) -> bool:
    n, m = question.input_size, question.target_size
    return given == [(i * n // m, min((i + 1) * n // m + 1, n)) for i in range(m)]


class Windows(OneSize):
    """Which windows has n -> m?

    >>> Windows(5, 3).check([(0, 2), (1, 4), (3, 5)]).right, Windows(5, 3).check("0:2 1:3 3:5").right
    (True, False)
    """

    name = "windows"
    slips: ClassVar[dict[str, Belief]] = {
        "last_cell": lambda self, given: [(start, stop + 1) for start, stop in given] == self.right(),
        "from_one": lambda self, given: [(start - 1, stop) for start, stop in given] == self.right(),
        "from_one_line": lambda self, given: [(start - 1, stop - 1) for start, stop in given] == self.right(),
    }
    beliefs: ClassVar[dict[str, Belief]] = {
        **{rule: _told_by(rule, pairs) for rule in WRONG_RULES},
        "both_up": _rounds(1, 1),
        "inwards": _rounds(1, 0),
        "floor_plus_one": _floor_plus_one,
    }

    def read(self, answer: Any) -> list[Window]:
        """Return the windows as pairs, the leftmost first."""
        return reading.windows(answer, self.input_size)

    def right(self) -> list[Window]:
        """Return PyTorch's windows."""
        return pairs(self.bins)

    def hint(self, given: list[Window]) -> str:
        """Say how many windows there must be, or name the first wrong one and its interval."""
        if len(given) != self.target_size:
            return self.sentence("count", came=len(given))
        wrong = next(i for i, (came, right) in enumerate(zip(given, self.right(), strict=True)) if came != right)
        cuts = {"cut": self.bins.cut_text(wrong), "next_cut": self.bins.cut_text(wrong + 1)}
        return self.sentence("hint", i=wrong, **cuts)


# Shared cells ----------------------------------------------------------------------------------------------


def shared(b: Bins) -> list[int]:
    """The cells that are in more than one window."""
    return np.flatnonzero(b.coverage > 1).tolist()


def _one_for_each_pair(question: "SharedCells", given: list[int]) -> bool:
    """Whether each inner cut is given a cell, also where it falls on a line: there it may be either neighbour."""
    n, m = question.input_size, question.target_size
    touched = [{-(-i * n // m) - 1, i * n // m} for i in range(1, m)]
    return len(given) == len(touched) and all(cell in cells for cell, cells in zip(given, touched, strict=True))


class SharedCells(OneSize):
    """Which cells of n -> m are in two windows?

    >>> SharedCells(14, 4).check({3, 10}).right, SharedCells(14, 4).check([]).right
    (True, False)
    """

    name = "shared_cells"
    slips: ClassVar[dict[str, Belief]] = {
        "how_many": lambda self, given: given == [len(self.right())],
        "from_one": lambda self, given: [cell - 1 for cell in given] == self.right(),
    }
    beliefs: ClassVar[dict[str, Belief]] = {
        "tile": lambda self, given: given == [],
        "all_pairs": _one_for_each_pair,
        **{rule: _told_by(rule, shared) for rule in WRONG_RULES if rule not in TILING_RULES},
    }

    def read(self, answer: Any) -> list[int]:
        """Return the cells in order."""
        return reading.cells(answer, self.input_size)

    def right(self) -> list[int]:
        """Return the cells that are in more than one window."""
        return shared(self.bins)

    def hint(self, given: list[int]) -> str:
        """Name a cell that is not shared, or say that some are missing."""
        outside = [cell for cell in given if not 0 <= cell < self.input_size]
        wrong = [cell for cell in given if cell not in self.right()]
        if outside:
            return self.sentence("outside", cell=outside[0])
        return self.sentence("one_window", cell=wrong[0]) if wrong else self.sentence("missing")
