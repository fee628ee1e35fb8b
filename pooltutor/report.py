"""The answer of a check: whether PyTorch agrees, what was compared, and the first difference, in words."""

from dataclasses import dataclass, field
from html import escape

from pooltutor.legend import LIGHT
from pooltutor.words import load, say


class NotChecked(RuntimeError):
    """Somebody asked for yes or no where PyTorch could not be asked."""


class Disagrees(RuntimeError):
    """PyTorch says otherwise, where only what it confirms will do."""


@dataclass(frozen=True)
class Difference:
    """The first place where a claim and PyTorch part: ``what`` names the kind of number, or its shape.

    Where PyTorch's own number is off, ``what`` ends in "_own", and ``claimed`` is the exact number.

    ``axis`` counts from the end, as sizes do: -1 are the columns, -2 the rows, -3 the depth; None where there is
    one axis only. ``channel`` is None for what has no channel.
    """

    what: str
    index: float | tuple[int, ...] | None
    claimed: str
    pytorch: str
    axis: int | None = None
    channel: int | tuple[int, ...] | None = None

    def __str__(self) -> str:
        words = load()["report"]
        axis = "" if self.axis is None else words["of_axis"][self.axis]
        channel = "" if self.channel is None else words["of_channel"].format(channel=self.channel)
        return words[self.what].format(
            index=self.index, claimed=self.claimed, pytorch=self.pytorch, axis=axis, channel=channel
        )


def place_text(device: str, dtype: str) -> str:
    """Where PyTorch computed and in which type, in brackets; nothing where both are as usual."""
    return "" if (device, dtype) == ("cpu", "float64") else say("report.where", device=device, dtype=dtype)


def badge(verdict: str, mark: str, text: str) -> str:
    """A sentence as a notebook shows it, in the colours of a verdict: "agrees", "disagrees" or "unchecked"."""
    ink, ground = LIGHT[f"{verdict}_ink"], LIGHT[f"{verdict}_ground"]
    style = f"color:{ink};background:{ground};padding:.5em .8em;border-radius:.5em;display:inline-block"
    return f'<div style="{style}"><b>{mark}</b> {escape(text)}</div>'


@dataclass(frozen=True)
class Report:
    """The answer of a check: truthy when PyTorch agrees, falsy when it does not.

    Where PyTorch could not be asked, ``verdict`` is "unchecked" and asking for yes or no raises
    :class:`NotChecked`: a check that did not run never looks like one that passed.
    """

    verdict: str
    input_size: tuple[int, ...]
    target_size: tuple[int, ...]
    kind: str
    device: str
    dtype: str
    version: str = ""
    compared: dict[str, int] = field(default_factory=dict)
    largest_difference: float = 0.0
    first_difference: Difference | None = None
    reason: str = ""

    @property
    def agrees(self) -> bool | None:
        """True, False, or None when PyTorch could not be asked."""
        return {"agrees": True, "disagrees": False}.get(self.verdict)

    def __bool__(self) -> bool:
        if self.agrees is None:
            raise NotChecked(self.text)
        return self.agrees

    @property
    def text(self) -> str:
        """The report as one or two sentences."""
        words = load()["report"]
        if self.agrees is None:
            return words["unchecked"].format(reason=self.reason)
        counts = ", ".join(words["counts"][what][n != 1].format(n=n) for what, n in self.compared.items())
        compared = words["compared"].format(counts=counts, largest=f"{self.largest_difference:.3g}") if counts else ""
        where = place_text(self.device, self.dtype)
        headline = words[self.verdict].format(version=self.version + where, difference=self.first_difference)
        return f"{headline} {compared}".rstrip()

    @property
    def mark(self) -> str:
        """A tick, a cross, or a question mark."""
        return {"agrees": "✓", "disagrees": "✗"}.get(self.verdict, "?")

    def __repr__(self) -> str:
        return f"{self.mark} {self.text}"

    def _repr_html_(self) -> str:
        return badge(self.verdict, self.mark, self.text)
