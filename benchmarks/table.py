"""Rows of the table of measurements: what was measured, its budget, median, 95th percentile, and the verdict."""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

HEAD = "| what | budget | median | p95 | verdict |\n|---|---|---|---|---|"


@dataclass(frozen=True)
class Row:
    """Repetitions of one measurement, and the budget for the statistic ``on`` of them (None: reported only).

    ``tried`` says what is known of a missed budget; it is printed where the budget is missed. ``missing`` says why
    there are no repetitions. ``reference`` is what others' work took on the machine that the budgets in milliseconds
    are for; what it takes here says how fast this machine is. ``waiting`` is the part of a time that passes by the
    clock, on any machine.
    """

    what: str
    values: Sequence[float]
    unit: str = "ms"
    budget: float | None = None
    on: str = "p95"
    at_least: bool = False
    tried: str = ""
    missing: str = ""
    reference: float | None = None
    waiting: float = 0

    @property
    def median(self) -> float:
        """The middle of the repetitions."""
        return statistics.median(self.values)

    @property
    def p95(self) -> float:
        """The 95th percentile, inside the range of what was measured."""
        return statistics.quantiles(self.values, n=20, method="inclusive")[-1] if len(self.values) > 1 else self.median

    @property
    def over(self) -> bool:
        """Whether the budget is missed; a measurement without a budget misses none."""
        if self.budget is None or self.missing:
            return False
        measured = getattr(self, self.on)
        return measured < self.budget if self.at_least else measured > self.budget

    def divided(self, times: float) -> str:
        """A time as it would be on a machine that is so many times as fast; nothing where this is no time."""
        if self.unit not in ("ms", "s"):
            return ""
        working = getattr(self, self.on) - self.waiting
        rest = f", and {number(self.waiting)} {self.unit} of waiting" if self.waiting else ""
        return f"divided by {number(times)}, {number(working / times)} {self.unit}{rest}."

    @property
    def verdict(self) -> str:
        """Within or OVER, nothing where there is no budget, or why there is no measurement."""
        if self.missing:
            return f"**not measured**: {self.missing}"
        return "" if self.budget is None else "**OVER**" if self.over else "within"

    def __str__(self) -> str:
        sign = "≥" if self.at_least else "≤"
        budget = "" if self.budget is None else f"{self.on} {sign} {number(self.budget)} {self.unit}"
        if self.missing:
            return f"| {self.what} | {budget} |  |  | {self.verdict} |"
        p95 = f"{number(self.p95)} {self.unit}" if len(self.values) > 1 else ""
        return f"| {self.what} | {budget} | {number(self.median)} {self.unit} | {p95} | {self.verdict} |"


def attempted(what: str, measure: Callable[[], list[Row]]) -> list[Row]:
    """Rows that are measured or, where that fails, one that says why: the others are worth having all the same."""
    try:
        return measure()
    except Exception as error:  # a browser, a server, a kernel: whatever failed, this was not measured
        reason = next(iter(str(error).splitlines()), "") or type(error).__name__
        return [Row(what, (), missing=reason.replace("|", "/"))]


def number(value: float) -> str:
    """Three significant digits, without an exponent.

    >>> number(0.01234), number(3.14159), number(1234.5), number(8)
    ('0.0123', '3.14', '1234', '8')
    """
    text = f"{value:.0f}" if abs(value) >= 100 else f"{value:#.3g}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def milliseconds(work: Callable[[], object]) -> float:
    """How long ``work()`` takes."""
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def repeated(work: Callable[[], object], times: int, warm_up: int = 2) -> list[float]:
    """Milliseconds of each of several runs, after a few that are not counted."""
    return [milliseconds(work) for _ in range(warm_up + times)][warm_up:]
