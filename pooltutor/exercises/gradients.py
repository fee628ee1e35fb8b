"""The question who receives how much gradient."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from pooltutor.exercises import reading
from pooltutor.exercises.one_size import WRONG_RULES, OneSize, by_rule
from pooltutor.exercises.question import Belief, Question
from pooltutor.pooling import gradient

ROUNDED = 0.005
"""How far a number may be off: 0.33 is a third, as people type it."""


def close(given: Any, numbers: Any) -> bool:
    """Whether two lists of numbers are the same, as far as people write them down."""
    return np.shape(given) == np.shape(numbers) and np.allclose(given, numbers, rtol=0, atol=ROUNDED)


def _given_whole(question: "Gradient", given: list[float]) -> bool:
    """Whether every cell of a window gets all of its gradient; a shared cell gets the sum, or either of the two."""
    return any(close(given, combined) for combined in question.combined(np.ones(question.target_size)))


def _not_added(question: "Gradient", given: list[float]) -> bool:
    _, *single = question.combined(1 / question.bins.lengths)
    return any(close(given, combined) for combined in single)


def _equal_slices(question: "Gradient", given: list[float]) -> bool:
    total = sum(question.upstream)
    return close(given, [total / question.input_size] * question.input_size)


def _gradient_by(rule: str) -> Belief:
    def holds(question: "Gradient", given: list[float]) -> bool:
        fits = by_rule(rule, question.input_size, question.target_size) is not None
        return fits and close(given, gradient(list(question.upstream), question.input_size, rule=rule))

    return holds


@dataclass(frozen=True)
class Gradient(OneSize):
    """What do the n cells receive when this gradient arrives at the m outputs?

    >>> Gradient(3, 2, (1, 1)).check("0.5 1 0.5").right, Gradient(3, 2, (1, 1)).check([1, 2, 1]).right
    (True, False)
    """

    upstream: tuple[float, ...]

    name = "gradient"
    beliefs: ClassVar[dict[str, Belief]] = {
        "given_whole": _given_whole,
        "not_added": _not_added,
        "equal_slices": _equal_slices,
        **{rule: _gradient_by(rule) for rule in WRONG_RULES},
    }

    def elsewhere(self) -> Iterator[Question]:
        """Yield sizes with windows of one length and of two, and a gradient that grows."""
        for n, m in [(14, 4), (13, 4), (3, 2), (12, 4)]:
            yield Gradient(n, m, tuple(range(1, m + 1)))

    def read(self, answer: Any) -> list[float]:
        """Return the numbers, one for each cell."""
        return reading.numbers(answer)

    def right(self) -> list[float]:
        """Return the gradient of the cells."""
        return gradient(list(self.upstream), self.input_size).tolist()

    def is_right(self, given: list[float]) -> bool:
        """Whether all numbers are right, as far as people write them down."""
        return close(given, self.right())

    def combined(self, shares: Any) -> list[list[float]]:
        """Return what the cells get of these shares: the sum of all, the first, the last, the largest."""
        cells = range(self.input_size)
        parts = [
            (window, float(each)) for window, each in zip(self.bins, np.multiply(self.upstream, shares), strict=True)
        ]
        got = [[each for window, each in parts if window.start <= j < window.stop] for j in cells]
        return [[sum(each) for each in got], [each[0] for each in got], [each[-1] for each in got], [*map(max, got)]]

    def hint(self, given: list[float]) -> str:
        """Say how many numbers there must be, what they must add up to, or which is the first wrong one."""
        if len(given) != self.input_size:
            return self.sentence("count", came=len(given))
        total, arrived = sum(given), sum(self.upstream)
        if not close([total], [arrived]):
            return self.sentence("sum", came=f"{total:g}", arrived=f"{arrived:g}")
        wrong = next(j for j, right in enumerate(self.right()) if not close([given[j]], [right]))
        return self.sentence("hint", cell=wrong)
