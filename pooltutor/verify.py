"""The check: does PyTorch agree with a claim about adaptive pooling?

:func:`compare` is the one path. :func:`check` makes the claim from pooltutor's own code; a live view claims
the numbers it displays; an exercise claims what the learner wrote.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

import numpy as np

from pooltutor import reference
from pooltutor.legend import LIGHT
from pooltutor.pooling import Target, axis_bins, check_kind, gradient, pool
from pooltutor.words import load

_EPSILON = {"float32": 2.0**-23, "float16": 2.0**-10, "bfloat16": 2.0**-7}


class NotChecked(RuntimeError):
    """Somebody asked for yes or no where PyTorch could not be asked."""


@dataclass(frozen=True)
class Claim:
    """What somebody asserts about one pooling; parts that are None are not asserted and not compared.

    ``windows`` holds starts and stops for each axis. ``outputs`` has the shape ``target_size``, ``gradients``
    the shape ``input_size``, and so do ``upstream`` and ``x``, which they belong to. ``winners`` are the flat
    indices of the cells that maximum pooling took, shape ``target_size``. On one axis ``truth`` lists bars that are
    said to be PyTorch's own, each (number, from, to): windows, or above n what a cell feeds; ``matrix`` is P, shape
    (m, n), and ``influence`` its column sums, shape (n,); for maximum pooling P has a 1 at each winner.
    """

    input_size: tuple[int, ...]
    target_size: tuple[int, ...]
    x: np.ndarray
    upstream: np.ndarray
    windows: Sequence[tuple[Any, Any]] | None = None
    outputs: Any = None
    gradients: Any = None
    winners: Any = None
    truth: Any = None
    matrix: Any = None
    influence: Any = None
    kind: str = "avg"
    device: str = "cpu"
    dtype: str = "float64"


@dataclass(frozen=True)
class Difference:
    """The first place where a claim and PyTorch part: ``what`` names the kind of number, or its shape."""

    what: str
    index: int | tuple[int, ...] | None
    claimed: str
    pytorch: str
    axis: int | None = None

    def __str__(self) -> str:
        axis = "" if self.axis is None else load()["report"]["on_axis"].format(axis=self.axis)
        return load()["report"][self.what].format(
            index=self.index, claimed=self.claimed, pytorch=self.pytorch, axis=axis
        )


@dataclass(frozen=True)
class Report:
    """The answer of :func:`compare`: truthy when PyTorch agrees, falsy when it does not.

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
        where = "" if (self.device, self.dtype) == ("cpu", "float64") else f" ({self.device}, {self.dtype})"
        headline = words[self.verdict].format(version=self.version + where, difference=self.first_difference)
        return f"{headline} {compared}".rstrip()

    @property
    def mark(self) -> str:
        """A tick, a cross, or a question mark."""
        return {"agrees": "✓", "disagrees": "✗"}.get(self.verdict, "?")

    def __repr__(self) -> str:
        return f"{self.mark} {self.text}"

    def _repr_html_(self) -> str:
        ink, ground = LIGHT[f"{self.verdict}_ink"], LIGHT[f"{self.verdict}_ground"]
        style = f"color:{ink};background:{ground};padding:.5em .8em;border-radius:.5em;display:inline-block"
        return f'<div style="{style}"><b>{self.mark}</b> {escape(self.text)}</div>'


def check(
    input_size: Target,
    target_size: Target,
    *,
    rule: str = "pytorch",
    kind: str = "avg",
    device: str = "cpu",
    dtype: str = "float64",
) -> Report:
    """Compare pooltutor's windows, outputs and gradients of one size pair with PyTorch's.

    Sizes are integers, or tuples of up to three for 2-D and 3-D; None in a target keeps that size. ``dtype``
    is the type PyTorch computes in: float64, float32, float16 or bfloat16.

    >>> check(14, 4)  # doctest: +ELLIPSIS
    ✓ Same numbers as PyTorch ... 4 windows, 4 outputs, 14 gradients compared; largest difference 0.
    >>> bool(check(5, 3, rule="forum"))
    False

    Raises TypeError or ValueError for bad arguments. Where PyTorch cannot be asked the report says so.
    """
    sizes = input_size if isinstance(input_size, (tuple, list)) else (input_size,)
    targets = target_size if isinstance(target_size, (tuple, list)) else (target_size,) * len(sizes)
    if not 1 <= len(sizes) <= 3 or len(targets) != len(sizes):
        raise ValueError(
            f"input_size and target_size must have the same 1 to 3 entries, got {input_size!r} and {target_size!r}"
        )
    if target_size is None:
        raise TypeError("target_size must be an integer or a tuple; None keeps an axis only inside a tuple")
    if any(size is None for size in sizes):
        raise TypeError(f"input_size must be an integer or a tuple of integers, got {input_size!r}")
    if dtype not in reference.DTYPES:
        raise ValueError(f"dtype must be one of {', '.join(reference.DTYPES)}, got {dtype!r}")
    return compare(_own_claim(sizes, targets, rule, check_kind(kind), device, dtype))


def _own_claim(sizes: Sequence, targets: Sequence, rule: str, kind: str, device: str, dtype: str) -> Claim:
    """What pooltutor itself says about these sizes, on small integers that every dtype holds exactly."""
    axes = axis_bins(sizes, targets, rule)
    n, m = tuple(b.input_size for b in axes), tuple(b.target_size for b in axes)
    cells, outputs = np.arange(np.prod(n)), np.arange(np.prod(m))
    # Neither sorted nor symmetric, and with ties for the maximum: a ramp would hide errors.
    x = ((3 * cells * cells + 5 * cells) % 11 - 3.0).reshape(n)
    upstream = (7 * outputs % 5 + 1.0).reshape(m)
    return Claim(
        n,
        m,
        x,
        upstream,
        windows=[(b.start, b.stop) for b in axes],
        outputs=pool(x, m, kind=kind, rule=rule),
        gradients=gradient(upstream, n, kind=kind, x=x, rule=rule),
        kind=kind,
        device=device,
        dtype=dtype,
    )


def compare(claim: Claim) -> Report:
    """Ask PyTorch for windows, outputs and gradients, and report whether the claim has the same.

    Windows must be equal. Numbers must be within ``1e-12 * max(1, |y|)`` in float64, in other types within a
    few units in the last place for each number summed; NaN and infinity must stand at the same places.

    Raises ValueError for an ``x`` or ``upstream`` that does not belong to the claimed sizes, and for a matrix or
    an influence on more than one axis.
    """
    if len(claim.input_size) > 1 and not (claim.matrix is None and claim.influence is None):
        raise ValueError(f"matrix and influence are of one axis, got sizes {tuple(claim.input_size)}")
    for name, shape in (("x", claim.input_size), ("upstream", claim.target_size)):
        if np.shape(getattr(claim, name)) != tuple(shape):
            raise ValueError(f"{name} must have shape {tuple(shape)}, got {np.shape(getattr(claim, name))}")
    about = (claim.input_size, claim.target_size, claim.kind, claim.device, claim.dtype)
    try:
        device = reference.check_device(claim.device)
        windows = reference.windows(claim.input_size, claim.target_size, claim.kind, device, claim.dtype)
        outputs, gradients = reference.values(
            claim.x, claim.target_size, claim.upstream, claim.kind, device, claim.dtype
        )
        winners, matrix = _further(claim, device)
        version = reference.version()
    except reference.Unavailable as reason:
        return Report("unchecked", *about, reason=str(reason))
    found = _Comparison(claim)
    found.windows(windows)
    found.numbers("output", claim.outputs, outputs)
    found.numbers("gradient", claim.gradients, gradients)
    found.winners(winners)
    found.truth(windows)
    found.numbers("matrix", claim.matrix, matrix, counted="entries")
    found.numbers("influence", claim.influence, matrix.sum(axis=0))
    if not found.compared and found.first is None:
        return Report("unchecked", *about, version=version, reason=load()["report"]["nothing_claimed"])
    verdict = "agrees" if found.first is None else "disagrees"
    return Report(verdict, *about, version, found.compared, found.largest, found.first)


def _further(claim: Claim, device: str) -> tuple[np.ndarray, np.ndarray]:
    """PyTorch's winners and its matrix P, as far as the claim asks for them; without entries where it does not."""
    wants_matrix = claim.matrix is not None or claim.influence is not None
    winners, matrix = np.empty(0, int), np.empty((0, 0))
    if claim.kind == "max" and (wants_matrix or claim.winners is not None):
        winners = reference.winners(claim.x, claim.target_size, device, claim.dtype)
    if wants_matrix:
        (n,), (m,) = claim.input_size, claim.target_size
        matrix = reference.matrix(n, m, device, claim.dtype) if claim.kind == "avg" else np.eye(n)[winners]
    return winners, matrix


class _Comparison:
    """Collects what was compared, the largest difference and the first wrong place."""

    def __init__(self, claim: Claim) -> None:
        self.claim = claim
        self.compared: dict[str, int] = {}
        self.largest = 0.0
        self.first: Difference | None = None

    def _note(self, difference: Difference) -> None:
        self.first = self.first or difference

    def windows(self, theirs: Sequence[reference.Windows]) -> None:
        if self.claim.windows is None:
            return
        several = len(theirs) > 1
        if len(self.claim.windows) != len(theirs):
            return self._note(Difference("axes", None, str(len(self.claim.windows)), str(len(theirs))))
        self.compared["windows"] = sum(len(start) for start, _ in theirs)
        for axis, (claimed, true) in enumerate(zip(self.claim.windows, theirs, strict=True)):
            self._axis_windows(claimed, true, axis if several else None)

    def _axis_windows(self, claimed: tuple[Any, Any], true: reference.Windows, axis: int | None) -> None:
        start, stop = (np.asarray(part, dtype=float) for part in claimed)
        if start.shape != true[0].shape or stop.shape != true[1].shape:
            count = f"{len(start.ravel())}" if start.shape == stop.shape else f"{start.shape} and {stop.shape}"
            return self._note(Difference("window_count", None, count, str(len(true[0])), axis))
        wrong = np.flatnonzero((start != true[0]) | (stop != true[1]))
        if len(wrong):
            i = int(wrong[0])
            theirs = f"{true[0][i]}:{true[1][i]}"
            self._note(Difference("window", i, _window_text(start[i], stop[i]), theirs, axis))

    def winners(self, true: np.ndarray) -> None:
        """Cells have no rounding: another cell is another winner, however near it is."""
        if self.claim.winners is None:
            return
        mine = np.asarray(self.claim.winners, dtype=float)
        if mine.shape != true.shape:
            return self._note(Difference("winner_shape", None, str(mine.shape), str(true.shape)))
        self.compared["winners"] = int(true.size)
        wrong = np.argwhere(mine != true)
        if len(wrong):
            at = tuple(wrong[0].tolist())
            self._note(Difference("winner", _place(at), f"{mine[at]:.17g}", str(true[at])))

    def truth(self, theirs: Sequence[reference.Windows]) -> None:
        """Bars that are said to be PyTorch's; above n, where bars are cells, the outputs that each cell feeds."""
        (n,), (m,), (start, stop) = self.claim.input_size[:1], self.claim.target_size[:1], theirs[0]
        if m > n:
            start, stop = (np.searchsorted(side, np.arange(n), side="right") for side in (stop, start))
        for k, *claimed in self.claim.truth or ():
            true = [int(start[int(k)]), int(stop[int(k)])]
            if claimed != true:
                return self._note(Difference("truth", int(k), _window_text(*claimed), "{}:{}".format(*true)))

    def numbers(self, what: str, claimed: Any, true: np.ndarray, counted: str = "") -> None:
        if claimed is None:
            return
        mine = np.asarray(claimed, dtype=float)
        if mine.shape != true.shape:
            return self._note(Difference(f"{what}_shape", None, str(mine.shape), str(true.shape)))
        self.compared[counted or f"{what}s"] = int(true.size)
        same = (mine == true) | (np.isnan(mine) & np.isnan(true))  # also equal infinities
        with np.errstate(invalid="ignore", over="ignore"):
            distance = np.where(same, 0.0, np.abs(mine - true))
        distance[np.isnan(distance)] = np.inf  # a number where the other has NaN, or opposite infinities
        self.largest = max(self.largest, float(distance.max()))
        wrong = np.flatnonzero(distance > self._tolerance(true))
        if len(wrong):
            at = np.unravel_index(wrong[0], true.shape)
            self._note(Difference(what, _place(at), f"{mine[at]:.17g}", f"{true[at]:.17g}"))

    def _tolerance(self, true: np.ndarray) -> np.ndarray:
        return _unit(self.claim) * np.maximum(1, np.where(np.isfinite(true), np.abs(true), 1))


def _place(at: Sequence[Any]) -> int | tuple[int, ...]:
    """The index of an entry: one number on one axis."""
    return int(at[0]) if len(at) == 1 else tuple(int(k) for k in at)


def _unit(claim: Claim) -> float:
    """Largest difference relative to ``max(1, |y|)`` that rounding explains."""
    if claim.dtype == "float64":
        return 1e-12
    # PyTorch adds up in the type itself (bfloat16 has 8 bits): every addition may lose half a unit.
    longest = [max(-(-n // m), -(-m // n)) + 1 for n, m in zip(claim.input_size, claim.target_size, strict=True)]
    return _EPSILON[claim.dtype] * (2 + math.prod(longest) / 2)


def _window_text(start: float, stop: float) -> str:
    return load()["report"]["empty"] if start == stop else f"{start:.17g}:{stop:.17g}"
