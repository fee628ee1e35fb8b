"""What a learner's function is asked for, size by size: how it is called, what would be right, and how a wrong answer
is explained. One class for each kind of function; :mod:`pooltutor.exercises.coding.running` runs them.
"""

from collections.abc import Callable
from itertools import product
from math import prod
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from pooltutor.exercises.question import size_text
from pooltutor.report import Difference
from pooltutor.words import say

if TYPE_CHECKING:
    from pooltutor.figures import Picture

MOST = 32
"""Largest size: float32 goes wrong at 26 → 22, float64 at 30 → 22, and a thousand sizes take a fraction of a second."""

CLOSE = 1e-5
"""How far a number may be off, for its size: as far as float32 rounds."""

Size = tuple[int, ...]
Givens = dict[Size, Any]
"""What a function gave, by size, as :meth:`Task.read` makes it."""
Idea = Callable[[Size, Any], bool]
"""Whether a wrong idea gives this at a size."""


class Nonsense(Exception):
    """A function returned what cannot be an answer; its text is the end of the sentence "at 5 → 3 ..."."""


class NotFilledIn(Exception):
    """The three dots still stand where the answer is to be."""


class Task:
    """One kind of function; ``name`` is where :mod:`pooltutor.words` has what is said of it."""

    name: ClassVar[str]
    arrays: ClassVar[bool] = True
    """Whether the function gets arrays: then they are numpy's, or tensors for whoever uses torch."""

    @property
    def sizes(self) -> list[Size]:
        """All sizes that are tried, in the order of n + m, so that the first failure is the smallest."""
        return sorted(product(range(1, MOST + 1), repeat=2), key=lambda size: (sum(size), size))

    def is_usual(self, size: Size) -> bool:
        """Whether the target is not larger than the input: a failure there is shown rather than one elsewhere."""
        return size[1] <= size[0]

    def title(self, size: Size) -> str:
        """A size as it is written: "5 → 3"."""
        return size_text(*size)

    def calls(self, size: Size) -> list[Any]:
        """The calls for a size, each one ``[number of the function, arguments]``."""
        raise NotImplementedError

    def read(self, values: list[Any], size: Size) -> Any:
        """What the calls gave, in the form of :meth:`right`; raises Nonsense or NotFilledIn."""
        raise NotImplementedError

    def right(self, size: Size) -> Any:
        """What is right at a size."""
        raise NotImplementedError

    def same(self, given: Any, size: Size) -> bool:
        """Whether an answer is right, as far as numbers are rounded."""
        return close(given, self.right(size))

    def reason(self, givens: Givens, size: Size) -> str:
        """Why the answers are wrong: the known idea that gives all of them, or a hint for one size."""
        raise NotImplementedError

    def differences(self, givens: Givens, size: Size) -> list[str]:
        """What is wrong at a size, in numbers."""
        raise NotImplementedError

    def picture(self, givens: Givens, size: Size) -> "Picture":
        """The learner's answer beside PyTorch's."""
        raise NotImplementedError

    def asked_first(self, givens: Givens, size: Size) -> list[Size]:
        """The sizes by which an idea is known: all of them if this one is unusual, else all usual ones."""
        rest = [each for each in givens if self.is_usual(each) or not self.is_usual(size)]
        return [size, *rest]


class ArrayTask(Task):
    """A function of an array and of the size of what it gives, which is an array as well."""

    arrived: ClassVar[str]
    """What the array is that it gets: "x" or "upstream"."""
    entry: ClassVar[str]
    """What one number is that it gives: "output" or "gradient"."""

    def given_to(self, size: Size) -> np.ndarray:
        """The array that the function gets."""
        raise NotImplementedError

    def shape(self, size: Size) -> Size:
        """The shape of what it is to give."""
        raise NotImplementedError

    def calls(self, size: Size) -> list[Any]:
        """One call."""
        shape = self.shape(size)
        return [[0, [{"array": self.given_to(size).tolist()}, shape[0] if len(shape) == 1 else {"sizes": shape}]]]

    def read(self, values: list[Any], size: Size) -> np.ndarray:
        """Return the array."""
        return number_array(values[0], self.shape(size))

    def differences(self, givens: Givens, size: Size) -> list[str]:
        """Name the first number that is wrong."""
        return [str(first_wrong_number(self.entry, givens[size], self.right(size)))]

    def picture(self, givens: Givens, size: Size) -> "Picture":
        """Draw what the function got, what it gave, and what PyTorch gives."""
        return side_by_side(self.arrived, self.given_to(size), givens[size], self.right(size))


def close(given: Any, right: Any) -> bool:
    """Whether two arrays are the same, as far as float32 can tell; numbers are positive here, so nothing cancels."""
    return np.shape(given) == np.shape(right) and bool(np.allclose(given, right, rtol=CLOSE, atol=0))


def known_idea(ideas: dict[str, Idea], givens: Givens, sizes: list[Size]) -> str | None:
    """The name of the first idea that gives all of these answers."""
    fits = (name for name, holds in ideas.items() if all(holds(size, givens[size]) for size in sizes))
    return next(fits, None)


# What functions return -----------------------------------------------------------------------------------------


def leaves(value: Any) -> list[Any]:
    """All single values of nested lists."""
    return [leaf for item in value for leaf in leaves(item)] if isinstance(value, list) else [value]


def number_array(value: Any, shape: Size) -> np.ndarray:
    """Numbers as an array of this shape; a dimension of length 1 more or less, as of a batch, is forgiven."""
    _refuse_what_is_no_number(value, shape)
    try:
        array = np.array(value, dtype=float)
    except ValueError:  # rows of unequal lengths
        raise Nonsense(say("coding.returns_rows", expected=_shape_in_words(shape))) from None
    if array.size != prod(shape) or array.squeeze().shape != np.empty(shape).squeeze().shape:
        came, expected = _shape_in_words(array.shape), _shape_in_words(shape)
        raise Nonsense(say("coding.returns", came=came, expected=expected))
    return array.reshape(shape)


def _refuse_what_is_no_number(value: Any, shape: Size) -> None:
    if value is None:
        raise Nonsense(say("coding.returns_nothing"))
    for leaf in leaves(value):
        if isinstance(leaf, dict) and "dots" in leaf:
            raise NotFilledIn
        if not isinstance(leaf, (int, float)):
            came = str(leaf.get("odd")) if isinstance(leaf, dict) else repr(leaf)
            raise Nonsense(say("coding.returns", came=came, expected=_shape_in_words(shape)))


def _shape_in_words(shape: Size) -> str:
    if shape in ((), (1,)):
        return say("coding.one_number")
    if len(shape) == 1:
        return say("coding.numbers", count=shape[0])
    return say("coding.grid", shape=" × ".join(map(str, shape)))


def first_wrong_number(what: str, given: np.ndarray, right: np.ndarray) -> Difference:
    """The first number that is wrong."""
    wrong = np.argwhere(~np.isclose(given, right, rtol=CLOSE, atol=0))[0]
    index = tuple(map(int, wrong))
    return Difference(what, index[0] if len(index) == 1 else index, f"{given[index]:.6g}", f"{right[index]:.6g}")


def numbers(values: np.ndarray) -> str:
    """A few numbers, as a sentence has them."""
    return ", ".join(f"{value:g}" for value in values.ravel().tolist())


def side_by_side(title: str, arrived: np.ndarray, given: np.ndarray, right: np.ndarray) -> "Picture":
    """What a function got, what it gave, and what PyTorch gives."""
    from pooltutor.figures import arrays

    titles = [say(f"coding.titles.{each}") for each in (title, "yours", "pytorch")]
    return arrays(dict(zip(titles, (arrived, given, right), strict=True)), digits=4)
