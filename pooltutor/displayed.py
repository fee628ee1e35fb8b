"""What counts as a displayed number, and how it is judged: one table for the claim, the kernel and the page.

A number that is in no row of :data:`DISPLAYED` is judged by nobody, and so no view may call it compared.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Displayed:
    """One kind of number that a claim may hold.

    ``part`` is its name in a claim, ``word`` the name of its sentences in a report, ``counted`` what a report
    calls several of them. ``of`` says what each number belongs to: a "window", a "cell" of the input, an "output",
    or an "entry" of the matrix. ``exact`` numbers are whole and must be equal; the others may differ by rounding.
    Where ``once`` is true, numbers that are the same in every channel may be claimed once for all.
    """

    part: str
    word: str
    counted: str
    of: str
    exact: bool = False
    once: bool = False


DISPLAYED: dict[str, Displayed] = {
    kind.part: kind
    for kind in (
        Displayed("windows", "window", "windows", "window", exact=True),
        Displayed("truth", "truth", "bars", "window", exact=True),
        Displayed("outputs", "output", "outputs", "output"),
        Displayed("gradients", "gradient", "gradients", "cell", once=True),
        Displayed("winners", "winner", "winners", "output", exact=True),
        Displayed("coverage", "coverage", "overlap counts", "cell", exact=True, once=True),
        Displayed("matrix", "matrix", "entries", "entry"),
        Displayed("influence", "influence", "influences", "cell", once=True),
    )
}
"""Every kind of displayed number by its part of a claim; a report looks for the first difference in this order."""
