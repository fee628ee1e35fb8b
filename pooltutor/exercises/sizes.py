"""Questions about sizes: at which of them something holds, and by which number they are bound."""

from collections.abc import Callable
from dataclasses import dataclass
from math import gcd
from typing import Any, ClassVar

from pooltutor.binning import bins
from pooltutor.exercises import reading
from pooltutor.exercises.question import Belief, Question, size_text
from pooltutor.exercises.reading import Unreadable
from pooltutor.pooling import matrix
from pooltutor.quoting import quoted_error


class WhichSizes(Question):
    """A question whose answer is some of a range of sizes, in any order."""

    def read(self, answer: Any) -> list[int]:
        """Return the sizes, each once, in order."""
        return sorted(set(reading.cells(answer, self.candidates.stop)))

    @property
    def candidates(self) -> range:
        """All sizes that are to be thought of."""
        raise NotImplementedError

    def belongs(self, size: int) -> bool:
        """Whether a size belongs to the answer."""
        raise NotImplementedError

    def wrong(self, size: int) -> str:
        """Say why a size does not belong to the answer."""
        raise NotImplementedError

    def right(self) -> list[int]:
        """Return the sizes that belong to the answer."""
        return [size for size in self.candidates if self.belongs(size)]

    def hint(self, given: list[int]) -> str:
        """Name the first size that does not belong there, or say that some are missing."""
        for size in given:
            if size not in self.candidates:
                return self.sentence("outside", wrong=size)
            if not self.belongs(size):
                return self.wrong(size)
        return self.sentence("missing")


def all_that(holds: Callable[[Any, int], bool]) -> Belief:
    """Return the belief that these sizes belong to the answer to a question, and no others."""
    return lambda self, given: given == [size for size in self.candidates if holds(self, size)]


@dataclass(frozen=True)
class SharingTargets(WhichSizes):
    """At which targets, not larger than the input, is exactly this number of cells shared?

    >>> SharingTargets(14, 2).check({3, 4}).right, SharingTargets(14, 2).check([3]).right
    (True, False)
    """

    input_size: int
    shared: int

    name = "sharing_targets"
    beliefs: ClassVar[dict[str, Belief]] = {
        "as_many_outputs": lambda self, given: self.shared in given and not self.belongs(self.shared),
    }

    @property
    def title(self) -> str:
        """The input size."""
        return str(self.input_size)

    @property
    def candidates(self) -> range:
        """All targets up to the input size."""
        return range(1, self.input_size + 1)

    def places(self) -> dict[str, Any]:
        """Return the input size and the number of shared cells."""
        return {"n": self.input_size, "shared": self.shared}

    def belongs(self, size: int) -> bool:
        """Whether so many cells are shared at this target."""
        return self._shared(size) == self.shared

    def wrong(self, size: int) -> str:
        """Say how many cells are shared at that target."""
        return self.sentence("wrong", wrong=size, counted=self._shared(size))

    def _shared(self, target: int) -> int:
        return int(bins(self.input_size, target).overlaps.sum())


@dataclass(frozen=True)
class Detours(WhichSizes):
    """Through which sizes between n and m can one go without changing anything?

    >>> Detours(12, 3).check(6).right, Detours(12, 3).check([4, 6]).right
    (True, False)
    """

    input_size: int
    target_size: int

    name = "detours"
    beliefs: ClassVar[dict[str, Belief]] = {
        "first_step_only": all_that(lambda self, size: self.input_size % size == 0),
        "second_step_only": all_that(lambda self, size: size % self.target_size == 0),
        "either_step": all_that(lambda self, size: self.input_size % size == 0 or size % self.target_size == 0),
        "any": all_that(lambda self, size: True),
    }

    @property
    def title(self) -> str:
        """Where one begins and where one ends."""
        return size_text(self.input_size, self.target_size)

    @property
    def candidates(self) -> range:
        """All sizes between the two."""
        return range(self.target_size + 1, self.input_size)

    def places(self) -> dict[str, Any]:
        """Return both sizes, and the first and the last between them."""
        first, last = self.candidates[0], self.candidates[-1]
        return {"n": self.input_size, "m": self.target_size, "first": first, "last": last}

    def belongs(self, size: int) -> bool:
        """Whether two steps do the same as one."""
        two_steps = matrix(size, self.target_size) @ matrix(self.input_size, size)
        return bool(abs(two_steps - matrix(self.input_size, self.target_size)).max() < 1e-12)

    def wrong(self, size: int) -> str:
        """Say at which of the two steps cells are shared."""
        first = bins(self.input_size, size).overlaps.any()
        step = (self.input_size, size) if first else (size, self.target_size)
        return self.sentence("wrong", wrong=size, step=size_text(*step))


def _always(number: Callable[[int, int], int]) -> Belief:
    return lambda self, given: given == [number(n, self.target_size) for n in self.sizes]


@dataclass(frozen=True)
class MissingNumber(Question):
    """Which number, made of n and m, is missing from m where the shared cells are counted? The answer is a function.

    >>> MissingNumber(12).check(lambda n: n % 12).right
    False
    """

    target_size: int

    name = "missing_number"
    beliefs: ClassVar[dict[str, Belief]] = {
        "remainder": _always(lambda n, m: n % m),
        "less_remainder": _always(lambda n, m: m - n % m),
        "difference": _always(lambda n, m: n - m),
        "one": _always(lambda n, m: 1),
    }

    @property
    def title(self) -> str:
        """The target size."""
        return str(self.target_size)

    @property
    def sizes(self) -> range:
        """The input sizes that are asked about."""
        return range(self.target_size + 1, 2 * self.target_size + 1)

    def places(self) -> dict[str, Any]:
        """Return the target, how many input sizes there are, and the ends of their range."""
        return {
            "m": self.target_size,
            "count": len(self.sizes),
            "first": size_text(self.sizes[0], self.target_size),
            "last": size_text(self.sizes[-1], self.target_size),
        }

    def check(self, answer: Any) -> Any:
        """Mark a function; one that still returns three dots is no answer yet."""
        try:
            unanswered = callable(answer) and answer(self.sizes[0]) is ...
        except Exception:  # read() says what the function raises
            unanswered = False
        return super().check(None if unanswered else answer)

    def read(self, answer: Any) -> list[float]:
        """Return the function's numbers for all sizes."""
        if not callable(answer):
            raise Unreadable
        try:
            values = [answer(n) for n in self.sizes]
        except Exception as error:  # a learner's function may raise anything
            raise Unreadable(self.sentence("raises", error=quoted_error(error))) from None
        if None in values:
            raise Unreadable(self.sentence("returns_nothing"))
        return [number for value in values for number in reading.numbers([value])]

    def right(self) -> list[int]:
        """Return what is missing: the greatest common divisor, by the law of overlaps."""
        return [gcd(n, self.target_size) for n in self.sizes]

    def reason(self, given: list[float]) -> str:
        """Name the number that the function gives, if people think of it, and say how far it is right."""
        thought_of = (belief for belief, holds in self.beliefs.items() if holds(self, given))
        belief = next(thought_of, None)
        return self.hint(given) if belief is None else self.sentence(belief, counted=self.hint(given))

    def hint(self, given: list[float]) -> str:
        """Say at how many sizes the function is right, and the first at which it is not."""
        matches = [came == right for came, right in zip(given, self.right(), strict=True)]
        first = self.sizes[matches.index(False)]
        where = size_text(first, self.target_size)
        return self.sentence("hint", matching=sum(matches), where=where, came=f"{given[matches.index(False)]:g}")
