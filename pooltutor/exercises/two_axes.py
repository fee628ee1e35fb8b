"""The question how many cells of an image feed one, two and four outputs."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from pooltutor.binning import bins
from pooltutor.exercises import reading
from pooltutor.exercises.question import Belief, Question, size_text, sizes_text


@dataclass(frozen=True)
class FeedCounts(Question):
    """How many cells of an image feed one, two and four outputs? Sizes are (height, width), targets not larger.

    >>> FeedCounts((6, 8), (4, 3)).check({1: 24, 2: 20, 4: 4}).right
    True
    """

    input_size: tuple[int, int]
    target_size: tuple[int, int]

    name = "feed_counts"
    slips: ClassVar[dict[str, Belief]] = {
        "reversed": lambda self, given: given[::-1] == self.right(),
    }
    beliefs: ClassVar[dict[str, Belief]] = {
        "tile": lambda self, given: given[1:] == [0, 0],
        "all_cuts": lambda self, given: given == self.counts([m - 1 for m in self.target_size]),
        "swapped": lambda self, given: given == FeedCounts(self.input_size, self.target_size[::-1]).right(),
        "outputs": lambda self, given: given[2:] == [self.target_size[0] * self.target_size[1]],
        "remainders": lambda self, given: (
            given == self.counts([n % m for n, m in zip(self.input_size, self.target_size, strict=True)])
        ),
    }

    @property
    def title(self) -> str:
        """The sizes: "9 × 10 → 6 × 4"."""
        return sizes_text(*self.input_size, *self.target_size)

    def places(self) -> dict[str, Any]:
        """Return the sizes and the number of cells."""
        (height, width), (rows, columns) = self.input_size, self.target_size
        return {
            "size": self.title,
            "cells": height * width,
            "height_axis": size_text(height, rows),
            "width_axis": size_text(width, columns),
        }

    def read(self, answer: Any) -> list[int]:
        """Return three counts."""
        return reading.whole_numbers(answer)

    def counts(self, shared_lines: list[int]) -> list[int]:
        """Return the three counts where so many rows and so many columns are shared."""
        (height, width), (rows, columns) = self.input_size, shared_lines
        both = rows * columns
        return [(height - rows) * (width - columns), rows * width + columns * height - 2 * both, both]

    def right(self) -> list[int]:
        """Return how many cells are in one, in two and in four windows."""
        rows, columns = (bins(n, m).coverage for n, m in zip(self.input_size, self.target_size, strict=True))
        count = Counter(np.outer(rows, columns).ravel().tolist())
        return [count[k] for k in (1, 2, 4)]

    def elsewhere(self) -> Iterator[Question]:
        """Yield sizes of which both axes tile, share at every cut, or have equal targets."""
        for size, target in [((5, 8), (4, 3)), ((8, 8), (7, 7)), ((14, 14), (4, 4)), ((4, 6), (2, 3))]:
            yield FeedCounts(size, target)

    def hint(self, given: list[int]) -> str:
        """Say how many numbers there must be, what they must add up to, or how to begin."""
        if len(given) != 3:
            return self.sentence("count", came=len(given))
        return self.sentence("hint") if sum(given) == self.places()["cells"] else self.sentence("sum", came=sum(given))
