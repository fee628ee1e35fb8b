"""A question about export: at which sizes one AvgPool takes the place of adaptive pooling."""

from dataclasses import dataclass
from typing import Any, ClassVar

from pooltutor.exercises.question import Belief, size_text
from pooltutor.exercises.sizes import WhichSizes, all_that
from pooltutor.laws import equivalent_avg_pool


@dataclass(frozen=True)
class AvgPoolSizes(WhichSizes):
    """At which input sizes, from the first to the last, does one AvgPool do what adaptive pooling to m does?

    >>> AvgPoolSizes(4, 12, 16).check([12, 13, 15, 16]).right, AvgPoolSizes(4, 12, 16).check([12, 16]).right
    (True, False)
    """

    target_size: int
    first: int
    last: int

    name = "avg_pool_sizes"
    beliefs: ClassVar[dict[str, Belief]] = {
        "tiles_only": all_that(lambda self, n: n % self.target_size == 0),
        "recipe": all_that(lambda self, n: n % self.target_size <= 1),
        "any": all_that(lambda self, n: True),
    }

    @property
    def title(self) -> str:
        """The target size."""
        return str(self.target_size)

    @property
    def candidates(self) -> range:
        """All sizes that are asked about."""
        return range(self.first, self.last + 1)

    def places(self) -> dict[str, Any]:
        """Return the target, and the first and the last size."""
        return {"m": self.target_size, "first": self.first, "last": self.last}

    def belongs(self, size: int) -> bool:
        """Whether one AvgPool has these windows."""
        return equivalent_avg_pool(size, self.target_size)[0] is not None

    def wrong(self, size: int) -> str:
        """Name the size at which no AvgPool does it."""
        return self.sentence("wrong", wrong=size_text(size, self.target_size))
