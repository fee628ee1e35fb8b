"""A question and the way in which an answer to it is marked: the same for all kinds of questions."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from pooltutor.exercises.reading import Unreadable, is_empty
from pooltutor.report import badge
from pooltutor.words import say

Belief = Callable[[Any, Any], bool]
"""Whether an answer to a question is what a known wrong idea gives: (question, answer as it was read) -> bool."""


def size_text(n: int, m: int) -> str:
    """A size as it is written: "10 → 4"."""
    return say("exercises.size", n=n, m=m)


def sizes_text(height: int, width: int, rows: int, columns: int) -> str:
    """The sizes of two axes as they are written: "9 × 10 → 6 × 4"."""
    return say("exercises.sizes", height=height, width=width, rows=rows, columns=columns)


@dataclass(frozen=True)
class Marked:
    """An answer, marked: true if it is right. ``right`` is None where there was nothing to mark."""

    right: bool | None
    text: str
    """One or two sentences: what was checked, or why the answer is wrong; never what would be right."""

    def __bool__(self) -> bool:
        return self.right is True

    @property
    def mark(self) -> str:
        """A tick, a cross, or three dots."""
        return {True: "✓", False: "✗", None: "…"}[self.right]

    def __repr__(self) -> str:
        return f"{self.mark} {self.text}"

    def _repr_html_(self) -> str:
        verdict = {True: "agrees", False: "disagrees", None: "unchecked"}[self.right]
        return badge(verdict, self.mark, self.text)


class Question:
    """A question whose answer is computed, not stored. Each kind of question is a class of its own.

    ``name`` is where :mod:`pooltutor.words` has its sentences. ``slips`` are answers that mean the right thing and
    say it wrongly, ``beliefs`` are wrong ideas that people have; each goes by the name of its sentence.
    """

    name: ClassVar[str]
    slips: ClassVar[dict[str, Belief]] = {}
    beliefs: ClassVar[dict[str, Belief]] = {}

    def check(self, answer: Any) -> Marked:
        """Mark an answer, in whatever form a person would type it; no answer raises."""
        if is_empty(answer):
            return Marked(None, say("exercises.your_turn"))
        try:
            given = self.read(answer)
        except Exception as error:  # an answer may be anything: an object of the learner's own, or a function
            reason = str(error) if isinstance(error, Unreadable) else ""
            return Marked(None, reason or say("exercises.unreadable", expected=self.sentence("expected")))
        if self.is_right(given):
            return Marked(True, say("exercises.right", checked=self.sentence("checked")))
        return Marked(False, say("exercises.wrong", reason=self.reason(given)))

    def reason(self, given: Any) -> str:
        """Say why a wrong answer is wrong: the known idea that gives it, or a hint."""
        for idea, holds in {**self.slips, **self.beliefs}.items():
            if holds(self, given):
                return self.told(idea)
        return self.hint(given)

    def told(self, idea: str) -> str:
        """Return the sentence about a known idea and, of a belief, a size at which it is right."""
        reason, holds = self.sentence(idea), self.beliefs.get(idea)
        where = next((each for each in self.elsewhere() if holds and holds(each, each.right())), None)
        return reason if where is None else say("exercises.elsewhere", reason=reason, where=where.title)

    def sentence(self, key: str, **places: Any) -> str:
        """Return one of the question's own sentences."""
        return say(f"exercises.{self.name}.{key}", **self.places(), **places)

    def is_right(self, given: Any) -> bool:
        """Whether an answer, as it was read, is right."""
        return bool(given == self.right())

    def elsewhere(self) -> "Iterator[Question]":
        """Yield the same question about other sizes, where a wrong idea may be right."""
        yield from ()

    @property
    def title(self) -> str:
        """The sizes that the question is about."""
        raise NotImplementedError

    def places(self) -> dict[str, Any]:
        """Return what the sentences may name."""
        raise NotImplementedError

    def read(self, answer: Any) -> Any:
        """Return an answer in one form; any exception means that it could not be read."""
        raise NotImplementedError

    def right(self) -> Any:
        """Return the right answer, in the form that ``read`` gives."""
        raise NotImplementedError

    def hint(self, given: Any) -> str:
        """Say what is wrong with an answer that no known idea gives, without saying what is right."""
        raise NotImplementedError
