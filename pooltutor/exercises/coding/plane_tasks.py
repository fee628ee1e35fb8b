"""Functions of two axes: outputs and gradients of an image. Sizes are (height, width, rows, columns)."""

from itertools import product

import numpy as np

from pooltutor.binning import Bins, bins
from pooltutor.exercises.coding.task import ArrayTask, Givens, Idea, Size, close, known_idea
from pooltutor.exercises.one_size import WRONG_RULES, Windows
from pooltutor.exercises.question import size_text, sizes_text
from pooltutor.pooling import gradient, pool
from pooltutor.words import say

MOST = 6
"""Largest height, width, and number of rows and columns: 1,296 sizes."""


def image(height: int, width: int) -> np.ndarray:
    """Numbers of which each box has another mean: 1, 3, 9, ... to the right, and twice as much in each row below."""
    return np.outer(2.0 ** np.arange(height), 3.0 ** np.arange(width))


def axes_of(size: Size, rule: str = "pytorch") -> tuple[Bins, Bins]:
    """The windows of the rows, and those of the columns."""
    height, width, rows, columns = size
    return bins(height, rows, rule), bins(width, columns, rule)


class PlaneTask(ArrayTask):
    """A function of an array and of two sizes that gives an array."""

    @property
    def sizes(self) -> list[Size]:
        """All sizes to MOST, in the order of their sum."""
        return sorted(product(range(1, MOST + 1), repeat=4), key=lambda size: (sum(size), size))

    def is_usual(self, size: Size) -> bool:
        """Whether neither target is larger than its input."""
        return size[2] <= size[0] and size[3] <= size[1]

    def title(self, size: Size) -> str:
        """A size as it is written: "5 × 4 → 3 × 2"."""
        return sizes_text(*size)

    def by_rule(self, rule: str, size: Size) -> np.ndarray:
        """What a rule gives that is used along both axes."""
        raise NotImplementedError

    def right(self, size: Size) -> np.ndarray:
        """Return PyTorch's numbers."""
        return self.by_rule("pytorch", size)

    def ideas(self) -> dict[str, Idea]:
        """The ideas that are not about windows."""
        raise NotImplementedError

    def reason(self, givens: Givens, size: Size) -> str:
        """Name the idea behind the numbers: one about both axes, or a wrong rule along each."""
        sizes = self.asked_first(givens, size)
        if idea := known_idea(self.ideas(), givens, sizes):
            return say(f"coding.ideas.{idea}")
        rules: dict[str, Idea] = {rule: self._of_rule(rule) for rule in WRONG_RULES}
        idea = known_idea(rules, givens, sizes)
        if idea is None:
            return say(f"coding.hints.{self.name}")
        height, width, rows, columns = size
        wrong = [(n, m) for n, m in ((height, rows), (width, columns)) if list(bins(n, m, idea)) != list(bins(n, m))]
        return say(
            "coding.along",
            size=size_text(*wrong[0]),
            reason=Windows(*wrong[0]).told(idea),
        )

    def _of_rule(self, rule: str) -> Idea:
        return lambda size, given: close(given, self.by_rule(rule, size))


class Pool2dTask(PlaneTask):
    """A function of (x, (rows, columns)) that gives averages."""

    name, arrived, entry = "pool2d", "x", "output"

    def given_to(self, size: Size) -> np.ndarray:
        """What is pooled."""
        return image(*size[:2])

    def shape(self, size: Size) -> Size:
        """Rows and columns of the outputs."""
        return size[2:]

    def by_rule(self, rule: str, size: Size) -> np.ndarray:
        """Outputs."""
        return pool(image(*size[:2]), size[2:], rule=rule)

    def ideas(self) -> dict[str, Idea]:
        """The sum in place of the mean, and the windows of the height for the width as well."""
        return {"sum": lambda size, given: close(given, self.right(size) * cells_of(size)), "one_side": one_side}


class Gradient2dTask(PlaneTask):
    """A function of (upstream, (height, width)) that gives gradients."""

    name, arrived, entry = "gradient2d", "upstream", "gradient"

    def given_to(self, size: Size) -> np.ndarray:
        """What arrives at the outputs."""
        return image(*size[2:])

    def shape(self, size: Size) -> Size:
        """Height and width of the input."""
        return size[:2]

    def by_rule(self, rule: str, size: Size) -> np.ndarray:
        """Gradients."""
        return gradient(image(*size[2:]), size[:2], rule=rule)

    def ideas(self) -> dict[str, Idea]:
        """All of an output's gradient for each of its cells; equal slices for all cells; the last of several slices."""
        return {
            "whole": lambda size, given: close(given, gradient(image(*size[2:]) * cells_of(size), size[:2])),
            "equal": lambda size, given: close(given, np.full(size[:2], image(*size[2:]).sum() / (size[0] * size[1]))),
            "replaced": lambda size, given: close(given, last_slices(size)),
        }


# Ideas ---------------------------------------------------------------------------------------------------------


def cells_of(size: Size) -> np.ndarray:
    """How many cells each window has."""
    rows, columns = axes_of(size)
    return np.outer(rows.lengths, columns.lengths)


def one_side(size: Size, given: np.ndarray) -> bool:
    """Whether these are the means of an image that is taken for a square, as wide as it is high."""
    height, width, rows, columns = size
    if any(window.start >= width for window in bins(height, columns)):
        return True  # an empty window, which everybody fills in another way: nothing to be seen here
    x, boxes = image(height, width), product(bins(height, rows), bins(height, columns))
    return close(given, np.array([x[r.slice, c.slice].mean() for r, c in boxes]).reshape(rows, columns))


def last_slices(size: Size) -> np.ndarray:
    """What cells have that keep the last slice that came instead of adding all of them up."""
    got, (rows, columns), upstream = np.zeros(size[:2]), axes_of(size), image(*size[2:])
    for (i, r), (j, c) in product(enumerate(rows), enumerate(columns)):
        got[r.slice, c.slice] = upstream[i, j] / (r.length * c.length)
    return got
