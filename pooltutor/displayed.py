"""What counts as a displayed number, and how it is judged: one table for the claim, the kernel and the page.

A number that is in no row of :data:`DISPLAYED` is judged by nobody, and so no view may call it compared.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Displayed:
    """One kind of number that a claim may hold.

    ``part`` is its name in a claim, ``word`` the name of its sentences in a report, ``counted`` what a report
    calls several of them. ``of`` says what each number belongs to: a "window", a "cell" of the input, an "output",
    or an "entry" of the matrix. ``exact`` numbers are whole and must be equal; the others may differ by rounding.
    Where ``once`` is true, numbers that are the same in every channel may be claimed once for all.

    ``marks`` are the data attributes by which a picture marks what shows these numbers, without their "data-": the
    number itself, or a place whose text it is. What repeats a number is marked as that number's kind.
    """

    part: str
    word: str
    counted: str
    of: str
    exact: bool = False
    once: bool = False
    marks: tuple[str, ...] = ()


_FEEDS = ("feeds", "feeding", "row-feeds", "column-feeds")
_SHARED = ("shared", "shared-row", "shared-column")

DISPLAYED: dict[str, Displayed] = {
    kind.part: kind
    for kind in (
        Displayed(
            *("windows", "window", "windows", "window"),
            exact=True,
            marks=("start", "stop", "table-row", *_FEEDS, *_SHARED),
        ),
        Displayed("truth", "truth", "bars", "window", exact=True, marks=("true", "row-true", "column-true")),
        Displayed("outputs", "output", "outputs", "output", marks=("y", "y-of", "side-y", "rival-y")),
        Displayed("gradients", "gradient", "gradients", "cell", once=True, marks=("grad", "side-grad", "grad-ends")),
        Displayed("winners", "winner", "winners", "output", exact=True, marks=("winner", "won-of", "winners", "ties")),
        Displayed(
            *("coverage", "coverage", "overlap counts", "cell"),
            exact=True,
            once=True,
            marks=("count", "times-of", "count-ends"),
        ),
        Displayed("matrix", "matrix", "entries", "entry", marks=("weight",)),
        Displayed(
            *("influence", "influence", "influences", "cell"),
            once=True,
            marks=("influence", "ratio", "influence-ends"),
        ),
    )
}
"""Every kind of displayed number by its part of a claim; a report looks for the first difference in this order."""

GIVEN: dict[str, tuple[str, ...]] = {"x": ("x", "side-x", "x-ends"), "upstream": ("upstream", "side-g", "g-of")}
"""The parts of a claim that PyTorch is given, each with its marks: they are what the others are judged by."""

PLACES = (
    *("cell", "window", "output", "of", "from", "to", "row", "row-window", "column-window"),
    *("ghost", "rival", "rival-output"),
    *("own", "own-start", "own-stop"),
)
"""
The data attributes that are no displayed number: they say where one stands, or which ends a bar has, and of one's own
windows, which a learner has drawn, all.
"""


ROUNDING = 1e-12
"""How far a displayed float64 may be off, relative to what was summed: PyTorch adds in other orders."""


def unjudged(parts: Iterable[str]) -> list[str]:
    """Return those of these parts of a claim that nothing judges.

    >>> unjudged(["x", "outputs", "variances"])
    ['variances']
    """
    return [part for part in parts if part not in DISPLAYED and part not in GIVEN]


def as_data() -> dict[str, Any]:
    """Return the whole table as plain data, for the browser."""
    kinds = [{**asdict(kind), "rounding": 0 if kind.exact else ROUNDING} for kind in DISPLAYED.values()]
    return {"kinds": kinds, "given": GIVEN, "places": PLACES}
