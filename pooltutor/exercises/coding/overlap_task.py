"""A function that counts shared cells."""

from typing import TYPE_CHECKING, Any

from pooltutor.binning import bins
from pooltutor.exercises.coding.task import Givens, Idea, Size, Task, known_idea, number_array
from pooltutor.laws import overlap_count
from pooltutor.words import say

if TYPE_CHECKING:
    from pooltutor.figures import Picture


class OverlapTask(Task):
    """A function of (n, m) that gives the number of shared cells, for m <= n."""

    name = "overlap_count"
    arrays = False
    ideas: dict[str, Idea] = {  # noqa: RUF012, read only
        "tile": lambda size, given: given == 0,
        "all_pairs": lambda size, given: given == size[1] - 1,
        "remainder": lambda size, given: given == size[0] % size[1],
        "less_remainder": lambda size, given: given == (size[1] - size[0] % size[1]) % size[1],
        "difference": lambda size, given: given == size[0] - size[1],
    }

    @property
    def sizes(self) -> list[Size]:
        """All sizes with m <= n: above, shared cells are not what the law counts."""
        return [size for size in super().sizes if self.is_usual(size)]

    def calls(self, size: Size) -> list[Any]:
        """One call."""
        return [[0, list(size)]]

    def read(self, values: list[Any], size: Size) -> float:
        """Return a number."""
        return float(number_array(values[0], ()))

    def right(self, size: Size) -> int:
        """Return the number of cells in two windows."""
        return overlap_count(*size)

    def same(self, given: float, size: Size) -> bool:
        """Whether the number is right."""
        return given == self.right(size)

    def reason(self, givens: Givens, size: Size) -> str:
        """Name the idea behind the numbers."""
        idea = known_idea(self.ideas, givens, self.asked_first(givens, size))
        return say(f"coding.ideas.{idea}") if idea else say("coding.hints.overlap_count")

    def differences(self, givens: Givens, size: Size) -> list[str]:
        """Say how many cells are shared."""
        return [say("coding.shared", came=f"{givens[size]:g}", right=self.right(size))]

    def picture(self, givens: Givens, size: Size) -> "Picture":
        """Draw the windows, with what they share."""
        from pooltutor.figures import windows

        return windows(bins(size[0], size[1]), gradient=False)
