"""The bins of every small size pair under every rule, packed for the browser.

The browser looks bins up and never rounds. For the sizes of the sliders, 1..64 x 1..64, the starts and stops
of all windows are one table per rule; a larger pair travels alone.
"""

import zlib
from functools import cache
from typing import Any

import numpy as np

from pooltutor.binning import bins, clip
from pooltutor.rules import RULES
from pooltutor.validation import SLIDER_MAX

UNDEFINED = 255
"""Stands for "the rule has no windows here"; no start below 64 is that large."""


def _every_window(rule: str) -> np.ndarray:
    """Starts, then stops, of all windows of all pairs in the order n, m, i; uint8."""
    n, m, i = np.mgrid[1 : SLIDER_MAX + 1, 1 : SLIDER_MAX + 1, :SLIDER_MAX]
    n, m, i = (part[i < m] for part in (n, m, i))
    windows = np.stack(clip(*RULES[rule].windows(i, n, m), n))
    return np.where(RULES[rule].defined(n, m), windows, UNDEFINED).astype(np.uint8)


AT_ONCE, SMALLEST = 7, 9
"""How hard to deflate: for a kernel, which has 0.1 s for it, and for a file, which has 1 s and gets 6 % smaller."""


@cache
def packed(level: int = AT_ONCE) -> bytes:
    """All tables, deflated: PyTorch's as steps from one entry to the next, the others as PyTorch's plus a difference.

    Both wrap at 256, and both make long runs of equal bytes: 141 KB instead of 2.1 MB.
    """
    true = _every_window("pytorch")
    parts = [np.diff(true, axis=1, prepend=np.uint8(0))]
    parts += [_every_window(rule) - true for rule in RULES if rule != "pytorch"]
    return zlib.compress(b"".join(part.tobytes() for part in parts), level)


def one_pair(n: int, m: int) -> bytes:
    """Starts, then stops, of one pair under every rule as int32; -1 where a rule is undefined."""
    return np.array([_windows_or_none(n, m, rule) for rule in RULES], dtype="<i4").tobytes()


def _windows_or_none(n: int, m: int, rule: str) -> np.ndarray:
    """Starts and stops of one pair, shape (2, m); -1 where the rule has none."""
    if not RULES[rule].defined(n, m):
        return np.full((2, m), -1)
    b = bins(n, m, rule)
    return np.array([b.start, b.stop])


def axis_targets(n: int) -> list[int]:
    """The targets of an input size beyond the tables: those of the sliders, and the size itself, which is kept."""
    return [*range(1, SLIDER_MAX + 1), n]


def one_axis(n: int) -> bytes:
    """Starts, then stops, of a size to each of its targets, rule after rule; int16, deflated, -1 where undefined."""
    both = [[_windows_or_none(n, m, rule)[side] for m in axis_targets(n)] for rule in RULES for side in (0, 1)]
    return zlib.compress(np.concatenate([part for parts in both for part in parts]).astype("<i2").tobytes(), 6)


def packed_picture(picture: np.ndarray) -> dict[str, Any]:
    """Return a picture (H, W) or (H, W, 3) as a view carries it: its channels one after the other, row by row."""
    channels = np.moveaxis(picture, -1, 0) if picture.ndim == 3 else picture[None]
    dtype = "uint8" if picture.dtype == np.uint8 else "float64"
    shape = dict(zip(("channels", "height", "width"), channels.shape, strict=True))
    return {**shape, "dtype": dtype, "data": np.ascontiguousarray(channels, dtype).tobytes()}
