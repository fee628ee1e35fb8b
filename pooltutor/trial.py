"""A rule, tried at every size: where its windows are not PyTorch's, where it has none, and which known rule it is."""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

import numpy as np

from pooltutor.counterexamples import Counterexamples, Size, counterexamples
from pooltutor.quoting import quoted
from pooltutor.report import Difference, badge
from pooltutor.rules import OWN, RULES, Chosen, Rule, check_rule
from pooltutor.still import picture_below
from pooltutor.validation import SLIDER_MAX, check_size
from pooltutor.windows import Bin, clip, differ
from pooltutor.words import load, say

if TYPE_CHECKING:
    from pooltutor.figures import Picture

LARGEST_TRIED = 1024
"""Largest size to which a rule is tried: there are 538 million windows to there."""


@dataclass(frozen=True, repr=False)
class Trial:
    """What came out when a rule was tried at all sizes from 1 to ``up_to``; truthy when nothing is wrong with it.

    ``found`` has the counts and the smallest sizes. Windows are PyTorch's where they are so after they have been
    clipped to the input, as a slice does; a start below 0 is wrong even so.
    """

    rule: Rule
    up_to: int
    found: Counterexamples

    def __bool__(self) -> bool:
        return not (self.found.differing.count or self.found.without_windows.count or self.found.below.count)

    @property
    def sizes(self) -> int:
        """How many sizes were tried."""
        return self.up_to**2

    @property
    def mark(self) -> str:
        """A tick or a cross."""
        return "✓" if self else "✗"

    @property
    def text(self) -> str:
        """What came out, as a few sentences."""
        return " ".join(self.lines)

    @property
    def lines(self) -> list[str]:
        """What came out, a line for each thing that there is to say."""
        return [self._headline(), *self._failures(), *self._outside(), *self._name()]

    @property
    def known(self) -> str | None:
        """The name, in :data:`pooltutor.RULES`, of the rule that has the same windows at every size."""
        return self.found.known

    @property
    def smallest(self) -> Size | None:
        """The smallest size (n, m) whose windows are not PyTorch's, one with m <= n if there is any."""
        return self.found.differing.smallest or self.found.differing.smallest_of_all

    @property
    def picture(self) -> "Picture | None":
        """The rule and PyTorch's at :attr:`smallest`, one above the other; None where they never differ."""
        if self.smallest is None:
            return None
        from pooltutor.figures import duel  # matplotlib is loaded where a picture is wanted

        return duel(*self.smallest, self.rule.chosen)

    def __repr__(self) -> str:
        return f"{self.mark} " + "\n  ".join(self.lines)

    def _repr_html_(self) -> str:
        head, *rest = self.lines
        items = "".join(f"<li>{escape(line)}</li>" for line in rest)
        verdict = badge("agrees" if self else "disagrees", self.mark, head)
        return verdict + (f"<ul>{items}</ul>" if rest else "") + picture_below(self.picture)

    # The sentences -----------------------------------------------------------------------------------------

    def _headline(self) -> str:
        found = self.found
        there = self.sizes - found.without_windows.count
        if found.differing.count:
            key = "differs"
        elif found.without_windows.count:
            key = "in_part" if there else "nowhere"
        else:
            key = "clipped" if found.beyond.count or found.below.count else "agrees"
        return say(f"trial.{key}", count=found.differing.count, there=there, sizes=self.sizes, most=self.up_to)

    def _failures(self) -> Iterator[str]:
        """The smallest sizes that are wrong, each with its first wrong window; then where there are no windows."""
        differing = self.found.differing
        for key in ("smallest", "smallest_of_all"):
            size = getattr(differing, key)
            if size is not None and (key == "smallest" or size != differing.smallest):
                difference = first_wrong_window(clip(*self._ends(size), size[0]), size)
                yield say(f"trial.{key}", n=size[0], m=size[1], difference=difference)
        if count := self.found.without_windows.count:
            number = "" if count == self.sizes else load()["trial"]["without"][count > 1].format(count=count) + " "
            yield number + say("trial.refusal", sentence=self.found.refusal)

    def _outside(self) -> Iterator[str]:
        """Windows that reach beyond an end of the input, and what becomes of them."""
        for key in ("beyond", "below"):
            found = getattr(self.found, key)
            if found.smallest_of_all is not None:
                count, size = found.count, found.smallest_of_all
                start, stop = (end.tolist() for end in self._ends(size))
                i = next(k for k in range(size[1]) if (stop[k] > size[0] if key == "beyond" else start[k] < 0))
                came = quoted(stop[i] if key == "beyond" else start[i])
                yield load()["trial"][key][count > 1].format(count=count, n=size[0], m=size[1], i=i, came=came)

    def _name(self) -> Iterator[str]:
        if self.rule.name == OWN and self.known not in (None, "pytorch"):
            known = RULES[str(self.known)]
            yield say("trial.known", title=known.title, found_in=known.found_in)

    def _ends(self, size: Size) -> tuple[np.ndarray, np.ndarray]:
        """Starts and stops at one size as the rule has them."""
        n, m = size
        return self.rule.windows(np.arange(m), n, m)


def first_wrong_window(own: tuple[np.ndarray, np.ndarray], size: Size) -> Difference | None:
    """Name the first of these windows, as starts and stops within the input, that is not PyTorch's; None for none."""
    true = RULES["pytorch"].windows(np.arange(size[1]), *size)
    differing = np.flatnonzero(differ(own, true))
    if not len(differing):
        return None
    i = int(differing[0])
    claimed, pytorch = (str(Bin(int(start[i]), int(stop[i]))) for start, stop in (own, true))
    return Difference("window", i, claimed, pytorch)


def try_rule(rule: Chosen, up_to: int = SLIDER_MAX) -> Trial:
    r"""Try a rule at all sizes from 1 to ``up_to``: is it PyTorch's, and if not, where does it first go wrong?

    ``rule`` is the text of a formula, as :mod:`pooltutor.formula` reads it, a pair of functions of (i, n, m) for start
    and stop, or a name of :data:`RULES`. The answer shows itself, in a notebook with a picture, and is truthy when the
    rule is right at every size. ``up_to`` may be 1024 at most; functions are called for one window at a time, which
    takes a minute or two for the 67 million windows to 512.

    >>> try_rule("start = floor(n * i / m)\nstop = start + -(-n // m)")
    ✗ The windows are not PyTorch's at 3145 of 4096 sizes from 1 → 1 to 64 → 64.
      The smallest with m ≤ n is 5 → 3: window 1 is 1:3 here, PyTorch's is 1:4.
      The smallest of all is 2 → 3: window 1 is 0:1 here, PyTorch's is 0:2.
      This is the rule 'one kernel', written differently: the windows are the same wherever both have some. Found in:
      blog posts that explain adaptive pooling.
    >>> bool(try_rule((lambda i, n, m: i * n // m, lambda i, n, m: ((i + 1) * n + m - 1) // m), up_to=16))
    True

    Raises TypeError or ValueError with the argument, the accepted range and what came. What functions raise is part of
    the answer.
    """
    tried, most = check_rule(rule), check_size(up_to, "up_to", LARGEST_TRIED)
    return Trial(tried, most, counterexamples(tried, most))
