"""The check: does PyTorch agree with a claim about adaptive pooling?

:func:`judge` is the one path. :func:`check` makes the claim from pooltutor's own code, :func:`compare` from a user's
own numbers; a live view claims the numbers it displays; an exercise claims what the learner wrote.
"""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np

from pooltutor import reference
from pooltutor.claims import Claim, as_arrays, both_sizes, check_dtype, claim_of, front_of
from pooltutor.comparison import Comparison
from pooltutor.displayed import DISPLAYED, Displayed
from pooltutor.pooling import Target, axis_bins, check_kind, gradient, pool
from pooltutor.precision import Bounds, Rounding
from pooltutor.report import Difference, Disagrees, NotChecked, Report
from pooltutor.rules import Chosen
from pooltutor.words import say

__all__ = ["Claim", "Difference", "Disagrees", "NotChecked", "Report", "check", "compare", "judge"]


def check(
    input_size: Target,
    target_size: Target,
    *,
    rule: Chosen = "pytorch",
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
    n, m = both_sizes(input_size, target_size)
    return judge(_own_claim(n, m, rule, check_kind(kind), device, check_dtype(dtype)))


def compare(
    input_size: Target,
    target_size: Target,
    *,
    x: Any = None,
    upstream: Any = None,
    windows: Any = None,
    outputs: Any = None,
    gradients: Any = None,
    winners: Any = None,
    kind: str = "avg",
    device: str = "cpu",
    dtype: str | None = None,
) -> Report:
    """Compare numbers of your own with PyTorch's: windows, outputs, input gradients, winners, whichever you have.

    All are lists, arrays or torch tensors, with a gradient or without, on any device. ``x`` has shape
    ``(..., *input_size)``, with any batch and channel axes in front; ``outputs``, ``upstream`` and ``winners`` have
    ``(..., *target_size)``, ``gradients`` the shape of ``x``. ``windows`` is a list of pairs (start, stop), on several
    axes a list of them for each axis. ``winners`` are flat indices, as PyTorch returns them. ``outputs`` and
    ``winners`` need ``x``, ``gradients`` need ``upstream``, and for a maximum ``x``. PyTorch computes in ``dtype``:
    where it is not given, in that of the outputs or gradients, float64 for lists.

    Windows and winners must be equal, other numbers within rounding of that type: in float64 within 1e-12 of the
    size of what was summed (the mean of ``|x|`` over a window, at least 1).

    >>> compare(5, 3, windows=[(0, 2), (1, 3), (3, 5)])  # doctest: +ELLIPSIS
    ✗ Not the same as PyTorch ...: window 1 is 1:3 here, PyTorch's is 1:4. 3 windows compared; largest difference 0.
    >>> bool(compare(5, 3, x=[0, 1, 2, 3, 4], outputs=[0.5, 2, 3.5]))
    True

    Raises TypeError or ValueError with the argument, the accepted range and what came. Where PyTorch cannot be asked
    the report says so.
    """
    return judge(
        claim_of(
            input_size,
            target_size,
            x=x,
            upstream=upstream,
            windows=windows,
            outputs=outputs,
            gradients=gradients,
            winners=winners,
            kind=kind,
            device=device,
            dtype=dtype,
        )
    )


def _own_claim(sizes: Sequence, targets: Sequence, rule: Chosen, kind: str, device: str, dtype: str) -> Claim:
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

    Windows, winners and coverage must be equal. Other numbers must be PyTorch's own, or as near to what they are
    without rounding as :mod:`pooltutor.precision` explains; NaN and infinity must stand at the same places. Where
    PyTorch's own number is further off than rounding explains, the report disagrees and says both.

    Raises ValueError for an ``x``, ``upstream`` or ``truth`` that does not belong to the claimed sizes, and for a
    matrix on more than one axis or channel.
    """
    claim = as_arrays(claim)
    about = (claim.input_size, claim.target_size, claim.kind, claim.device, claim.dtype)
    try:
        theirs = _Theirs(claim)
        found = Comparison(claim)
        found.windows(theirs.windows)
        found.truth(theirs.windows)
        for kind in DISPLAYED.values():
            if kind.part not in ("windows", "truth") and getattr(claim, kind.part) is not None:
                found.numbers(kind, getattr(claim, kind.part), *theirs.numbers(kind))
    except reference.Unavailable as reason:
        return Report("unchecked", *about, reason=str(reason))
    if not found.compared and found.first is None:
        return Report("unchecked", *about, version=theirs.version, reason=say("report.nothing_claimed"))
    verdict = "agrees" if found.first is None else "disagrees"
    return Report(verdict, *about, theirs.version, found.compared, found.largest, found.first)


class _Theirs:
    """PyTorch's numbers about a claim, each with what it is without rounding; Unavailable where it cannot be asked."""

    def __init__(self, claim: Claim) -> None:
        self.claim = claim
        self.device = reference.check_device(claim.device)
        self.version = reference.version()
        about = (claim.kind, self.device, claim.dtype)
        self.windows = reference.windows(claim.input_size, claim.target_size, *about)
        self.exact = Rounding(self.windows, claim.input_size, claim.kind, claim.dtype)
        self.upstream = np.broadcast_to(claim.upstream, (*front_of(claim), *claim.target_size))

    def numbers(self, kind: Displayed) -> tuple[np.ndarray, Bounds | None]:
        """PyTorch's numbers of one kind, and their bounds where they are rounded."""
        return getattr(self, f"_{kind.part}")()

    @cached_property
    def _values(self) -> tuple[np.ndarray, np.ndarray]:
        return self._values_for(self.upstream)

    def _values_for(self, upstream: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        claim = self.claim
        return reference.values(claim.x, claim.target_size, upstream, claim.kind, self.device, claim.dtype)

    def _outputs(self) -> tuple[np.ndarray, Bounds]:
        return self._values[0], self.exact.outputs(self.claim.x)

    def _gradients(self) -> tuple[np.ndarray, Bounds]:
        return self._values[1], self.exact.gradients(self.claim.x, self.upstream)

    def _influence(self) -> tuple[np.ndarray, Bounds]:
        ones = np.ones_like(self.upstream)
        return self._values_for(ones)[1], self.exact.gradients(self.claim.x, ones)

    def _winners(self) -> tuple[np.ndarray, None]:
        return reference.winners(self.claim.x, self.claim.target_size, self.device, self.claim.dtype), None

    def _coverage(self) -> tuple[np.ndarray, None]:
        return np.broadcast_to(self.exact.coverage(), np.shape(self.claim.x)), None

    def _matrix(self) -> tuple[np.ndarray, Bounds | None]:
        (n,), (m,) = self.claim.input_size, self.claim.target_size
        if self.exact.has_winners:
            return np.eye(n)[self._winners()[0]], None
        return reference.matrix(n, m, self.device, self.claim.dtype), self.exact.matrix()
