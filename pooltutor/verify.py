"""The check: does PyTorch agree with a claim about adaptive pooling?

:func:`judge` is the one path. :func:`check` makes the claim from pooltutor's own code; a live view claims
the numbers it displays; an exercise claims what the learner wrote.
"""

import functools
import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

import numpy as np

from pooltutor import reference
from pooltutor.displayed import DISPLAYED, Displayed
from pooltutor.legend import LIGHT
from pooltutor.pooling import Target, axis_bins, check_kind, gradient, pool
from pooltutor.words import load

_EPSILON = {"float32": 2.0**-23, "float16": 2.0**-10, "bfloat16": 2.0**-7}


class NotChecked(RuntimeError):
    """Somebody asked for yes or no where PyTorch could not be asked."""


class Disagrees(RuntimeError):
    """PyTorch says otherwise, where only what it confirms will do."""


@dataclass(frozen=True)
class Claim:
    """What somebody asserts about one pooling; parts that are None are not asserted and not compared.

    ``x`` has shape ``(*front, *input_size)``: channel axes, any number of them, often none, then the pooled ones.

    - ``outputs``, and ``winners`` (the flat index, in its channel, of the cell that a maximum came from), have
      shape ``(*front, *target_size)``; so has ``upstream``, or ``target_size`` where it is the same in all channels.
    - ``gradients``, ``influence`` (the gradient when every output gets 1) and ``coverage`` (how many windows contain
      a cell) have shape ``(*front, *input_size)``, or ``input_size`` where they are the same in all channels.
    - ``windows`` holds starts and stops for each axis. ``truth`` lists for each axis the bars that are said to be
      PyTorch's own, each (number, from, to): windows, or above n the outputs that a cell feeds.
    - ``matrix`` is P, for one axis and one channel, shape (m, n); for a maximum it has a 1 at each winner.
    """

    input_size: tuple[int, ...]
    target_size: tuple[int, ...]
    x: np.ndarray
    upstream: np.ndarray
    windows: Sequence[tuple[Any, Any]] | None = None
    outputs: Any = None
    gradients: Any = None
    winners: Any = None
    truth: Sequence[Sequence[Sequence[float]]] | None = None
    matrix: Any = None
    influence: Any = None
    coverage: Any = None
    kind: str = "avg"
    device: str = "cpu"
    dtype: str = "float64"


@dataclass(frozen=True)
class Difference:
    """The first place where a claim and PyTorch part: ``what`` names the kind of number, or its shape.

    ``axis`` counts from the end, as sizes do: -1 are the columns, -2 the rows, -3 the depth; None where there is
    one axis only. ``channel`` is None for what has no channel.
    """

    what: str
    index: int | tuple[int, ...] | None
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


@dataclass(frozen=True)
class Report:
    """The answer of :func:`judge`: truthy when PyTorch agrees, falsy when it does not.

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

    Sizes are integers, or tuples of up to three for 2-D and 3-D; an integer target is the target of every axis,
    and None in a tuple keeps that size. ``dtype`` is the type PyTorch computes in: float64, float32, float16 or
    bfloat16.

    >>> check(14, 4)  # doctest: +ELLIPSIS
    ✓ Same numbers as PyTorch ... 4 windows, 4 outputs, 14 gradients compared; largest difference 0.
    >>> check((6, 8), (4, None))  # doctest: +ELLIPSIS
    ✓ Same numbers as PyTorch ... 12 windows, 32 outputs, 48 gradients compared; largest difference 0.
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
    return judge(_own_claim(sizes, targets, rule, check_kind(kind), device, dtype))


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


def judge(claim: Claim) -> Report:
    """Ask PyTorch for windows, outputs and gradients, and report whether the claim has the same.

    Windows, winners and coverage must be equal. Numbers must be within ``1e-12 * max(1, |y|)`` in float64, in
    other types within a few units in the last place for each number summed; NaN and infinity must stand at the
    same places.

    Raises ValueError for an ``x``, ``upstream`` or ``truth`` that does not belong to the claimed sizes, and for a
    matrix on more than one axis or channel.
    """
    _check_shapes(claim)
    about = (claim.input_size, claim.target_size, claim.kind, claim.device, claim.dtype)
    try:
        device = reference.check_device(claim.device)
        windows = reference.windows(claim.input_size, claim.target_size, claim.kind, device, claim.dtype)
        outputs, gradients = reference.values(
            claim.x, claim.target_size, claim.upstream, claim.kind, device, claim.dtype
        )
        winners, matrix, influence = _further(claim, device)
        version = reference.version()
    except reference.Unavailable as reason:
        return Report("unchecked", *about, reason=str(reason))
    found = _Comparison(claim)
    found.windows(windows)
    found.truth(windows)
    theirs = {
        "outputs": outputs,
        "gradients": gradients,
        "winners": winners,
        "coverage": _coverage(windows, claim),
        "matrix": matrix,
        "influence": influence,
    }
    for part, true in theirs.items():
        found.numbers(DISPLAYED[part], getattr(claim, part), true)
    if not found.compared and found.first is None:
        return Report("unchecked", *about, version=version, reason=load()["report"]["nothing_claimed"])
    verdict = "agrees" if found.first is None else "disagrees"
    return Report(verdict, *about, version, found.compared, found.largest, found.first)


def _check_shapes(claim: Claim) -> None:
    """Refuse a claim whose parts do not belong together."""
    n, m, shape = tuple(claim.input_size), tuple(claim.target_size), np.shape(claim.x)
    front = _front(claim)
    if shape != (*front, *n):
        raise ValueError(f"x must have shape (..., {', '.join(map(str, n))}), got {shape}")
    if 0 in front:
        raise ValueError(f"x must have at least one channel, got shape {shape}")
    accepted = list(dict.fromkeys([m, (*front, *m)]))
    if np.shape(claim.upstream) not in accepted:
        shapes = " or ".join(map(str, accepted))
        raise ValueError(f"upstream must have shape {shapes}, got {np.shape(claim.upstream)}")
    if claim.matrix is not None and len(shape) > 1:
        raise ValueError(f"matrix is of one axis and one channel, got x of shape {shape}")
    if claim.truth is not None and len(claim.truth) != len(n):
        raise ValueError(f"truth must be one list of bars for each axis, got {len(claim.truth)} for sizes {n}")


def _front(claim: Claim) -> tuple[int, ...]:
    """The channel axes: all in front of the pooled ones."""
    shape = np.shape(claim.x)
    return shape[: max(0, len(shape) - len(claim.input_size))]


def _further(claim: Claim, device: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """PyTorch's winners, matrix P and influence as far as the claim asks for them; empty where it does not."""
    winners, matrix, influence = np.empty(0, int), np.empty((0, 0)), np.empty(0)
    if claim.kind == "max" and (claim.matrix is not None or claim.winners is not None):
        winners = reference.winners(claim.x, claim.target_size, device, claim.dtype)
    if claim.matrix is not None:
        (n,), (m,) = claim.input_size, claim.target_size
        matrix = reference.matrix(n, m, device, claim.dtype) if claim.kind == "avg" else np.eye(n)[winners]
    if claim.influence is not None:
        ones = np.ones(tuple(claim.target_size))
        _, influence = reference.values(claim.x, claim.target_size, ones, claim.kind, device, claim.dtype)
    return winners, matrix, influence


def _fed_by(windows: reference.Windows, n: int) -> tuple[np.ndarray, np.ndarray]:
    """For each of n cells the first window that contains it, and the one after the last."""
    first, after = (np.searchsorted(side, np.arange(n), side="right") for side in reversed(windows))
    return first, after


def _coverage(windows: Sequence[reference.Windows], claim: Claim) -> np.ndarray:
    """In how many of PyTorch's windows each cell is, the same in every channel."""
    fed = [_fed_by(axis, n) for axis, n in zip(windows, claim.input_size, strict=True)]
    counts = functools.reduce(np.multiply.outer, (after - first for first, after in fed))
    return np.broadcast_to(counts, np.shape(claim.x))


class _Comparison:
    """Collects what was compared, the largest difference and the first wrong place."""

    def __init__(self, claim: Claim) -> None:
        self.claim = claim
        self.front = len(_front(claim))
        self.compared: dict[str, int] = {}
        self.largest = 0.0
        self.first: Difference | None = None

    def _note(self, difference: Difference) -> None:
        self.first = self.first or difference

    def windows(self, theirs: Sequence[reference.Windows]) -> None:
        if self.claim.windows is None:
            return
        if len(self.claim.windows) != len(theirs):
            return self._note(Difference("axes", None, str(len(self.claim.windows)), str(len(theirs))))
        self.compared["windows"] = sum(len(start) for start, _ in theirs)
        for axis, (claimed, true) in enumerate(zip(self.claim.windows, theirs, strict=True)):
            self._axis_windows(claimed, true, self._axis(axis))

    def _axis(self, axis: int) -> int | None:
        """The axis as it is named: counted from the end, and not at all where it is the only one."""
        axes = len(self.claim.input_size)
        return None if axes == 1 else axis - axes

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

    def truth(self, theirs: Sequence[reference.Windows]) -> None:
        """Bars that are said to be PyTorch's; above n, where bars are cells, the outputs that each cell feeds."""
        if self.claim.truth is None:
            return
        for axis, (bars, true) in enumerate(zip(self.claim.truth, theirs, strict=True)):
            n, m = self.claim.input_size[axis], self.claim.target_size[axis]
            start, stop = _fed_by(true, n) if m > n else true
            theirs_of = dict(enumerate(zip(start.tolist(), stop.tolist(), strict=True)))
            for k, *bar in bars:
                their_bar = theirs_of.get(int(k), (np.nan, np.nan))
                if tuple(bar) != their_bar:
                    texts = _window_text(*bar), _window_text(*their_bar)
                    return self._note(Difference("truth", int(k), *texts, self._axis(axis)))

    def numbers(self, kind: Displayed, claimed: Any, true: np.ndarray) -> None:
        """Numbers of one kind; cells and counts have no rounding: another cell is another winner, however near."""
        mine = self._shaped(kind, claimed, true)
        if mine is None:
            return
        same = (mine == true) | (np.isnan(mine) & np.isnan(true))  # also equal infinities
        if kind.of == "output" and kind.exact:  # the number of a cell is no quantity, its distance says nothing
            return self._first_wrong(kind.word, mine, true, ~same)
        with np.errstate(invalid="ignore", over="ignore"):
            distance = np.where(same, 0.0, np.abs(mine - true))
        distance[np.isnan(distance)] = np.inf  # a number where the other has NaN, or opposite infinities
        self.largest = max(self.largest, float(distance.max()))
        self._first_wrong(kind.word, mine, true, distance > (0 if kind.exact else self._tolerance(true)))

    def _shaped(self, kind: Displayed, claimed: Any, true: np.ndarray) -> np.ndarray | None:
        """The claimed numbers if they have PyTorch's shape, or where the table allows it that of one channel."""
        if claimed is None:
            return None
        mine = np.asarray(claimed, dtype=float)
        if mine.shape != true.shape and not (kind.once and mine.shape == true.shape[self.front :]):
            self._note(Difference(f"{kind.word}_shape", None, str(mine.shape), str(true.shape)))
            return None
        self.compared[kind.counted] = int(mine.size)
        return mine

    def _first_wrong(self, what: str, mine: np.ndarray, true: np.ndarray, wrong: np.ndarray) -> None:
        if not wrong.any():
            return
        missing = true.ndim - mine.ndim  # channel axes that a shared claim does without
        at = np.unravel_index(int(wrong.argmax()), true.shape)
        channel, index = at[missing : self.front], at[self.front :]
        texts = f"{mine[at[missing:]]:.17g}", f"{true[at]:.17g}"
        self._note(Difference(what, _place(index), *texts, channel=_place(channel)))

    def _tolerance(self, true: np.ndarray) -> np.ndarray:
        return _unit(self.claim) * np.maximum(1, np.where(np.isfinite(true), np.abs(true), 1))


def _place(at: Sequence[Any]) -> int | tuple[int, ...] | None:
    """The index of an entry: one number on one axis, None on no axis."""
    if not at:
        return None
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
