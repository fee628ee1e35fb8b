"""Two functions for the ends of windows; and what is said of windows, which outputs can tell, too."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from pooltutor.binning import bins
from pooltutor.exercises.coding.task import Givens, Idea, Nonsense, Size, Task, known_idea, number_array
from pooltutor.exercises.one_size import Windows
from pooltutor.exercises.reading import Window
from pooltutor.rules import End
from pooltutor.trial import first_wrong_window
from pooltutor.windows import clip
from pooltutor.words import say

if TYPE_CHECKING:
    from pooltutor.figures import Picture

Ends = tuple[list[int], list[int]]


SomeWindows = dict[Size, list[Window] | None]
"""Windows by size; None where what came from a function does not tell them."""


def windows_idea(windows: SomeWindows, sizes: list[Size]) -> str | None:
    """The known idea that gives all of these windows: a rule's name, or another one that Windows has a sentence for."""
    ideas: dict[str, Idea] = {name: _of_windows(holds) for name, holds in {**Windows.slips, **Windows.beliefs}.items()}
    return known_idea(ideas, windows, sizes)


def windows_reason(windows: SomeWindows, sizes: list[Size], size: Size) -> str:
    """The idea behind windows, or a hint about those of one size; "" where these are right or cannot be told."""
    question, given = Windows(size[0], size[1]), windows[size]
    if given is None or given == question.right():
        return ""
    idea = windows_idea(windows, sizes)
    return question.told(idea) if idea else question.hint(given)


def _of_windows(holds: Callable[[Any, Any], bool]) -> Idea:
    return lambda size, given: given is not None and holds(Windows(size[0], size[1]), given)


def looked_up(name: str, ends: dict[Size, list[int]]) -> End:
    """A function (i, n, m) that knows what the learner's function of this name gave."""

    def end(i: int, n: int, m: int) -> int:
        return ends[n, m][i]

    end.__name__ = name
    return end


class RuleTask(Task):
    """Two functions of (i, n, m), for the start and the stop of window i."""

    name = "rule"
    arrays = False

    def __init__(self, names: tuple[str, str] = ("start", "stop")) -> None:
        self.names = names

    def calls(self, size: Size) -> list[Any]:
        """Both ends of each window."""
        return [[end, [i, *size]] for end in (0, 1) for i in range(size[1])]

    def read(self, values: list[Any], size: Size) -> Ends:
        """Return starts and stops, whole numbers."""
        n, m = size
        if all(type(value) is int for value in values):  # as good as always, and a thousand times
            return values[:m], values[m:]
        given = [number_array(value, ()) for value in values]
        for k, value in enumerate(given):
            if not float(value).is_integer():
                about = {"name": self.names[k // m], "value": f"{value:.15g}", "i": k % m, "n": n, "m": m}
                raise Nonsense(say("coding.not_whole", **about))
        whole = [int(value) for value in given]
        return whole[:m], whole[m:]

    def right(self, size: Size) -> Ends:
        """Return PyTorch's starts and stops."""
        b = bins(size[0], size[1])
        return b.start.tolist(), b.stop.tolist()

    def same(self, given: Ends, size: Size) -> bool:
        """Whether the windows are PyTorch's, clipped to the input as a slice does; a start below 0 is wrong."""
        own, b = self._clipped(given, size), bins(size[0], size[1])
        return min(given[0]) >= 0 and np.array_equal(own[0], b.start) and np.array_equal(own[1], b.stop)

    def reason(self, givens: Givens, size: Size) -> str:
        """Name the idea behind the windows."""
        windows: SomeWindows = {each: self._windows(given, each) for each, given in givens.items()}
        return windows_reason(windows, self.asked_first(givens, size), size) or say("coding.below")

    def differences(self, givens: Givens, size: Size) -> list[str]:
        """Name the first window that is wrong."""
        difference = first_wrong_window(self._clipped(givens[size], size), (size[0], size[1]))
        if difference:
            return [str(difference)]
        starts = givens[size][0]
        return [say("coding.begins", i=starts.index(min(starts)), start=min(starts))]

    def picture(self, givens: Givens, size: Size) -> "Picture":
        """Draw both rules, one above the other."""
        return duel_of(size, self.names, *givens[size])

    def _windows(self, given: Ends, size: Size) -> list[Window]:
        start, stop = self._clipped(given, size)
        return list(zip(start.tolist(), stop.tolist(), strict=True))

    def _clipped(self, given: Ends, size: Size) -> tuple[np.ndarray, np.ndarray]:
        return clip(np.array(given[0]), np.array(given[1]), size[0])


def duel_of(size: Size, names: tuple[str, str], starts: list[int], stops: list[int], **more: Any) -> "Picture":
    """Draw these windows and PyTorch's, one above the other."""
    from pooltutor.figures import duel

    ends = (looked_up(names[0], {size: starts}), looked_up(names[1], {size: stops}))
    return duel(size[0], size[1], ends, **more)
