"""What every part of the walk has in common: steps that a seed and a number repeat, and what counts as a failure."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from random import Random

LONGEST = 500
"""Characters of a refusal: a sentence, whatever came."""

Step = Callable[[Random], None]


class Fell(AssertionError):
    """Something that a walk must not bring about; the message says what was tried."""


@dataclass
class Walked:
    """How many steps were tried, and what each that failed said."""

    tried: int = 0
    failures: dict[int, str] = field(default_factory=dict)


def numbers(seconds: float, most: int | None = None) -> Iterator[int]:
    """Yield 0, 1, 2, ... until the time is over, or ``most`` have been given."""
    deadline = time.monotonic() + seconds
    for number in count():
        if number == most or time.monotonic() > deadline:
            return
        yield number


def walked(name: str, step: Step, seed: int, which: Iterator[int]) -> Walked:
    """Try the steps of these numbers; each has a random generator of its own, so that it can be repeated alone."""
    found = Walked()
    for number in which:
        found.tried += 1
        try:
            step(Random(f"{seed} {name} {number}"))
        except Exception as error:  # whatever it is, the next step is tried
            found.failures[number] = f"{type(error).__name__}: {error}"
    return found


def check_sentence(text: str, tried: str) -> None:
    """Refuse a refusal that is no sentence of one line."""
    if not text.strip() or len(text) > LONGEST or "\n" in text.strip():
        raise Fell(f"{tried[:200]} is refused by {text[:200]!r} ({len(text)} characters)")
