"""Questions that break rules: the smallest size at which one is wrong, and which rules a size does not catch."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from pooltutor.binning import bins
from pooltutor.exercises import reading
from pooltutor.exercises.one_size import by_rule
from pooltutor.exercises.question import Belief, Question, size_text
from pooltutor.exercises.reading import Unreadable
from pooltutor.rules import RULES, Chosen
from pooltutor.words import say


class SmallestSize(Question):
    """A question whose answer is the size, with the least n + m, at which something is wrong."""

    largest: int

    @property
    def title(self) -> str:
        """The sizes that are tried."""
        return str(self.largest)

    @property
    def sizes(self) -> Iterator[tuple[int, int]]:
        """All sizes that are asked about, the smallest first."""
        return _by_sum(self.largest)

    def places(self) -> dict[str, Any]:
        """Return the largest size."""
        return {"largest": self.largest}

    def fails(self, n: int, m: int) -> bool:
        """Whether it is wrong at a size."""
        raise NotImplementedError

    def read(self, answer: Any) -> tuple[int, int]:
        """Return the two sizes."""
        n, m = reading.whole_numbers(answer)
        if not (0 < n <= reading.MOST and 0 < m <= reading.MOST):
            raise Unreadable
        return n, m

    def right(self) -> tuple[int, int]:
        """Return the first size at which it is wrong."""
        return next((size for size in self.sizes if self.fails(*size)), (0, 0))  # no size, where nothing breaks it

    def is_right(self, given: tuple[int, int]) -> bool:
        """Whether it is wrong there, and at no smaller size."""
        return sum(given) == sum(self.right()) and self.fails(*given)


def _by_sum(largest: int) -> Iterator[tuple[int, int]]:
    """All sizes from the smallest n + m to 2 * largest."""
    return ((total - m, m) for total in range(2, 2 * largest + 1) for m in range(1, total))


@dataclass(frozen=True)
class SmallestCounterexample(SmallestSize):
    """At which size, with the least n + m, does a formula for the stops differ from PyTorch's?

    ``stop`` takes (i, n, m). A stop beyond n counts as n.

    >>> SmallestCounterexample(lambda i, n, m: i * n // m + -(-n // m)).check("2 -> 3").right
    True
    """

    stop: Callable[[int, int, int], int]
    largest: int = 16

    name = "smallest_counterexample"

    def fails(self, n: int, m: int) -> bool:
        """Whether the formula is wrong at a size."""
        stops = bins(n, m).stop
        return any(min(self.stop(i, n, m), n) != stops[i] for i in range(m))

    def hint(self, given: tuple[int, int]) -> str:
        """Say that the formula is right there, or that there is a smaller size."""
        n, m = given
        if not self.fails(n, m):
            return self.sentence("fine", n=n, m=m)
        failures = (size for size in self.sizes if self.fails(*size))
        uneven = next(((a, b) for a, b in failures if b < a and a % b), None)
        return self.sentence("smaller_uneven" if given == uneven else "smaller", n=n, m=m, sum=n + m)


@dataclass(frozen=True)
class BreakingSize(SmallestSize):
    """At which size with m <= n, and the least n + m, are the windows of a rule not PyTorch's?

    ``rule`` is a name of :data:`pooltutor.RULES` or the text of a formula.

    >>> BreakingSize("fixed_stride").check((5, 3)).right, BreakingSize("fixed_stride").check((7, 5)).right
    (True, False)
    """

    rule: Chosen
    largest: int = 32

    name = "breaking_size"

    @property
    def sizes(self) -> Iterator[tuple[int, int]]:
        """All sizes with m <= n."""
        return ((n, m) for n, m in _by_sum(self.largest) if m <= n)

    def fails(self, n: int, m: int) -> bool:
        """Whether the rule is wrong at a size."""
        return list(bins(n, m, self.rule)) != list(bins(n, m))

    def is_right(self, given: tuple[int, int]) -> bool:
        """Whether the rule is wrong there, and at no smaller size."""
        return given[1] <= given[0] and super().is_right(given)

    def hint(self, given: tuple[int, int]) -> str:
        """Say that the size is of the wrong kind, that the rule is right there, or that there is a smaller size."""
        n, m = given
        key = "above" if m > n else "smaller" if self.fails(n, m) else "fine"
        return self.sentence(key, n=n, m=m, sum=n + m)


@dataclass(frozen=True)
class SurvivingRules(Question):
    """Which of some rules have PyTorch's windows at n -> m? The answer are their names.

    >>> question = SurvivingRules(10, 4, ("equal_kernel", "forum", "fixed_stride"))
    >>> question.check(["forum", "equal_kernel"]).right, question.check("the forum's, one kernel").right
    (True, True)
    """

    input_size: int
    target_size: int
    rules: tuple[str, ...]

    name = "surviving_rules"
    beliefs: ClassVar[dict[str, Belief]] = {
        "none": lambda self, given: given == [],
        "all": lambda self, given: given == list(self.rules),
    }

    @property
    def title(self) -> str:
        """The size."""
        return size_text(self.input_size, self.target_size)

    def places(self) -> dict[str, Any]:
        """Return the size, the number of rules, and their names."""
        return {"size": self.title, "count": len(self.rules), "names": ", ".join(self.rules)}

    def read(self, answer: Any) -> list[str]:
        """Return the names in the question's own order; titles are names, too."""
        if isinstance(answer, str):
            return self._named_in(answer)
        named = [self._named_in(each) for each in answer]
        if not all(named):
            raise Unreadable
        return [rule for rule in self.rules if any(rule in each for each in named)]

    def _named_in(self, text: str) -> list[str]:
        called = {rule: (rule, rule.replace("_", " "), RULES[rule].title) for rule in self.rules}
        found = [rule for rule, names in called.items() if any(_is_in(name, text) for name in names)]
        if not found and not _is_in(say("common.none"), text):
            raise Unreadable
        return found

    def right(self) -> list[str]:
        """Return the rules that are right there."""
        return [rule for rule in self.rules if self.survives(rule)]

    def survives(self, rule: str) -> bool:
        """Whether a rule has PyTorch's windows there."""
        windows = by_rule(rule, self.input_size, self.target_size)
        return windows is not None and list(windows) == list(bins(self.input_size, self.target_size))

    def hint(self, given: list[str]) -> str:
        """Name the first rule that does not survive, or say that there are more."""
        wrong = next((rule for rule in given if not self.survives(rule)), None)
        return self.sentence("missing") if wrong is None else self.sentence("wrong", rule=RULES[wrong].title)


def _is_in(name: str, text: str) -> bool:
    """Whether a name stands in a text as words of its own."""
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE) is not None
