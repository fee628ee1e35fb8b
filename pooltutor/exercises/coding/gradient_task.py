"""A function that sends a gradient back to the cells."""

from collections.abc import Callable
from typing import Any

import numpy as np

from pooltutor.exercises.coding.task import ArrayTask, Givens, Idea, Size, known_idea, numbers
from pooltutor.exercises.gradients import Gradient
from pooltutor.pooling import gradient
from pooltutor.words import say


def squares(m: int) -> np.ndarray:
    """A gradient of 1, 4, 9, ...: no two outputs send the same, and what they send does not grow evenly."""
    return np.arange(1.0, m + 1) ** 2


class GradientTask(ArrayTask):
    """A function of (upstream, n) that gives n gradients."""

    name, arrived, entry = "gradient", "upstream", "gradient"

    def given_to(self, size: Size) -> np.ndarray:
        """What arrives at the outputs."""
        return squares(size[1])

    def shape(self, size: Size) -> Size:
        """One gradient for each cell."""
        return size[:1]

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
        return [*super().differences(givens, size), say("coding.upstream_was", upstream=numbers(squares(size[1])))]

    def _question(self, size: Size) -> Gradient:
        return Gradient(size[0], size[1], tuple(squares(size[1]).tolist()))

    def _of_gradients(self, holds: Callable[[Any, Any], bool]) -> Idea:
        return lambda size, given: holds(self._question(size), given.tolist())
