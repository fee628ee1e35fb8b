"""Claimed numbers beside PyTorch's: what was compared, the largest difference, and the first wrong place."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from pooltutor.boxes import Windows
from pooltutor.claims import Claim, front_of
from pooltutor.displayed import Displayed
from pooltutor.precision import Bounds
from pooltutor.report import Difference
from pooltutor.windows import fed_by
from pooltutor.words import say


class Comparison:
    """Collects what was compared, the largest difference and the first wrong place."""

    def __init__(self, claim: Claim) -> None:
        self.claim = claim
        self.front = len(front_of(claim))
        self.compared: dict[str, int] = {}
        self.largest = 0.0
        self.first: Difference | None = None

    def _note(self, difference: Difference) -> None:
        self.first = self.first or difference

    def windows(self, theirs: Sequence[Windows]) -> None:
        """Compare the windows of each axis."""
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

    def _axis_windows(self, claimed: tuple[Any, Any], true: Windows, axis: int | None) -> None:
        start, stop = (np.asarray(part, dtype=float) for part in claimed)
        if start.shape != true[0].shape or stop.shape != true[1].shape:
            count = _count_text(start, stop)
            return self._note(Difference("window_count", None, count, str(len(true[0])), axis))
        wrong = np.flatnonzero((start != true[0]) | (stop != true[1]))
        if len(wrong):
            i = int(wrong[0])
            theirs = f"{true[0][i]}:{true[1][i]}"
            self._note(Difference("window", i, _window_text(start[i], stop[i]), theirs, axis))

    def truth(self, theirs: Sequence[Windows]) -> None:
        """Bars that are said to be PyTorch's; above n, where bars are cells, the outputs that each cell feeds."""
        if self.claim.truth is None:
            return
        for axis, (bars, true) in enumerate(zip(self.claim.truth, theirs, strict=True)):
            n, m = self.claim.input_size[axis], self.claim.target_size[axis]
            start, stop = fed_by(true, n) if m > n else true
            theirs_of: dict[float, Any] = dict(enumerate(zip(start.tolist(), stop.tolist(), strict=True)))
            for k, *bar in bars:
                their_bar = theirs_of.get(k, (np.nan, np.nan))
                if tuple(bar) != their_bar:
                    texts = _window_text(*bar), _window_text(*their_bar)
                    index = int(k) if k in theirs_of else k  # whatever a page calls a bar's number
                    return self._note(Difference("truth", index, *texts, self._axis(axis)))

    def numbers(self, kind: Displayed, claimed: Any, true: np.ndarray, bounds: Bounds | None) -> None:
        """Numbers of one kind; cells and counts have no bounds: another cell is another winner, however near."""
        mine = self._shaped(kind, claimed, true)
        if mine is None:
            return
        same, distance = _distance(mine, true)
        if kind.of != "output" or not kind.exact:  # the number of a cell is no quantity, its distance says nothing
            self.largest = max(self.largest, float(distance.max()))
        if bounds is None:
            return self._first_wrong(kind.word, mine, true, ~same)
        self._own(kind, true, bounds)
        self._first_wrong(kind.word, mine, true, ~same & ~(_distance(mine, bounds.exact)[1] <= bounds.claimed))

    def _own(self, kind: Displayed, true: np.ndarray, bounds: Bounds) -> None:
        """Where PyTorch's own number is off, nobody can agree with it."""
        off = np.isfinite(bounds.exact) & ~(_distance(true, bounds.exact)[1] <= bounds.pytorch)
        self._first_wrong(f"{kind.word}_own", bounds.exact, true, off)

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


def _distance(one: np.ndarray, other: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Whether numbers are the same, NaN and infinity too, and how far apart they are, infinitely where one is NaN."""
    same = (one == other) | (np.isnan(one) & np.isnan(other))
    with np.errstate(invalid="ignore", over="ignore"):
        distance = np.where(same, 0.0, np.abs(one - other))
    distance[np.isnan(distance)] = np.inf
    return same, distance


def _place(at: Sequence[Any]) -> int | tuple[int, ...] | None:
    """The index of an entry: one number on one axis, None on no axis."""
    if not at:
        return None
    return int(at[0]) if len(at) == 1 else tuple(int(k) for k in at)


def _count_text(start: np.ndarray, stop: np.ndarray) -> str:
    """How many windows are claimed, in words where there are not as many stops as starts."""
    return str(start.size) if start.shape == stop.shape else say("report.shapes", start=start.shape, stop=stop.shape)


def _window_text(start: float, stop: float) -> str:
    return say("report.empty") if start == stop else f"{start:.17g}:{stop:.17g}"
