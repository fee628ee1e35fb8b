"""The bins of every small size pair under every rule, packed for the browser.

The browser looks bins up and never rounds. For the sizes of the sliders, 1..64 x 1..64, the starts and stops
of all windows are one table per rule; a larger pair travels alone.
"""

import zlib
from functools import cache

import numpy as np

from pooltutor.binning import RULES, SLIDER_MAX, bins, clip

UNDEFINED = 255
"""Stands for "the rule has no windows here"; no start below 64 is that large."""


def _every_window(rule: str) -> np.ndarray:
    """Starts, then stops, of all windows of all pairs in the order n, m, i; uint8."""
    n, m, i = np.mgrid[1 : SLIDER_MAX + 1, 1 : SLIDER_MAX + 1, :SLIDER_MAX]
    n, m, i = (part[i < m] for part in (n, m, i))
    windows = np.stack(clip(*RULES[rule].windows(i, n, m), n))
    return np.where(RULES[rule].defined(n, m), windows, UNDEFINED).astype(np.uint8)


@cache
def packed() -> bytes:
    """All tables, deflated: PyTorch's as steps from one entry to the next, the others as PyTorch's plus a difference.

    Both wrap at 256, and both make long runs of equal bytes: 145 KB instead of 2.1 MB.
    """
    true = _every_window("pytorch")
    parts = [np.diff(true, axis=1, prepend=np.uint8(0))]
    parts += [_every_window(rule) - true for rule in RULES if rule != "pytorch"]
    return zlib.compress(b"".join(part.tobytes() for part in parts), 6)


def one_pair(n: int, m: int) -> bytes:
    """Starts, then stops, of one pair under every rule as int32; -1 where a rule is undefined."""
    undefined = np.full((2, m), -1)
    each = ((b := bins(n, m, rule), (b.start, b.stop))[1] if RULES[rule].defined(n, m) else undefined for rule in RULES)
    return np.array(list(each), dtype="<i4").tobytes()
