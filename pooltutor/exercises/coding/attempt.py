"""What came of a learner's function: right, or where it first goes wrong and why, as text and with a picture."""

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from pooltutor.exercises.coding.child import MOST_LINES
from pooltutor.exercises.coding.task import Size
from pooltutor.exercises.question import Marked
from pooltutor.still import picture_below
from pooltutor.words import say

if TYPE_CHECKING:
    from pooltutor.figures import Picture


@dataclass(frozen=True, repr=False)
class Attempt(Marked):
    """A learner's function, marked: true if it agrees with PyTorch at every size that was tried."""

    details: tuple[str, ...] = ()
    """What is wrong in numbers, and how much of the rest is right."""
    printed: tuple[str, ...] = ()
    """The first lines that the function printed."""
    smallest: Size | None = None
    """The smallest size at which the function is wrong, one with m <= n if there is any."""
    draw: "Callable[[], Picture] | None" = None

    @property
    def picture(self) -> "Picture | None":
        """The learner's answer and PyTorch's at :attr:`smallest`; None where there is nothing to compare."""
        return self.draw() if self.draw else None

    @property
    def shown_lines(self) -> list[str]:
        """The first lines that the function printed, and a sign that there were more."""
        most = MOST_LINES - 1
        return [*self.printed[:most], *(["..."] if len(self.printed) > most else [])]

    def __repr__(self) -> str:
        printed = [say("coding.printed"), *(f"  {line}" for line in self.shown_lines)] if self.printed else []
        return "\n  ".join([f"{self.mark} {self.text}", *self.details, *printed])

    def _repr_html_(self) -> str:
        items = "".join(f"<li>{escape(line)}</li>" for line in self.details)
        printed = escape("\n".join(self.shown_lines))
        shown = f"<p>{say('coding.printed')}</p><pre>{printed}</pre>" if self.printed else ""
        details = f"<ul>{items}</ul>" if items else ""
        return super()._repr_html_() + details + shown + picture_below(self.picture)
