"""A function that sends a gradient back to the cells."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from pooltutor.exercises.coding.task import (
    Givens,
    Idea,
    Size,
    Task,
    first_wrong_number,
    known_idea,
    number_array,
    numbers,
    side_by_side,
)
from pooltutor.exercises.gradients import Gradient
from pooltutor.pooling import gradient
from pooltutor.words import say

if TYPE_CHECKING:
    from pooltutor.figures import Picture


def squares(m: int) -> np.ndarray:
    """A gradient of 1, 4, 9, ...: no two outputs send the same, and what they send does not grow evenly."""
    return np.arange(1.0, m + 1) ** 2


class GradientTask(Task):
    """A function of (upstream, n) that gives n gradients."""

    name = "gradient"

    def calls(self, size: Size) -> list[Any]:
        """One call."""
        return [[0, [{"array": squares(size[1]).tolist()}, size[0]]]]

    def read(self, values: list[Any], size: Size) -> np.ndarray:
        """Return the gradients."""
        return number_array(values[0], (size[0],))

    def right(self, size: Size) -> np.ndarray:
        """Return PyTorch's gradients."""
        return gradient(squares(size[1]), size[0])

    def reason(self, givens: Givens, size: Size) -> str:
        """Name the idea behind the gradients."""
        ideas: dict[str, Idea] = {name: self._of_gradients(holds) for name, holds in Gradient.beliefs.items()}
        idea = known_idea(ideas, givens, self.asked_first(givens, size))
        question = self._question(size)
        return question.told(idea) if idea else question.hint(givens[size].tolist())

    def differences(self, givens: Givens, size: Size) -> list[str]:
        """Name the first cell that gets something else, and what arrived."""
        difference = str(first_wrong_number("gradient", givens[size], self.right(size)))
        return [difference, say("coding.upstream_was", upstream=numbers(squares(size[1])))]

    def picture(self, givens: Givens, size: Size) -> "Picture":
        """Draw what arrived, and what the cells get by either."""
        return side_by_side("upstream", squares(size[1]), givens[size], self.right(size))

    def _question(self, size: Size) -> Gradient:
        return Gradient(size[0], size[1], tuple(squares(size[1]).tolist()))

    def _of_gradients(self, holds: Callable[[Any, Any], bool]) -> Idea:
        return lambda size, given: holds(self._question(size), given.tolist())
