"""What every picture accepts, and the one sentence that it says about anything else."""

from typing import Any

import numpy as np

from pooltutor.binning import LARGEST_SHOWN, Bins
from pooltutor.legend import THEMES
from pooltutor.quoting import quoted


def check_theme(theme: Any) -> str:
    """Return the name of a theme, or say in one sentence which there are."""
    if not isinstance(theme, str) or theme not in THEMES:
        raise ValueError(f"theme must be one of {', '.join(THEMES)}, got {quoted(theme)}")
    return str(theme)


def check_bins(b: Any, drawer: str, largest: int = LARGEST_SHOWN) -> Bins:
    """Return ``b``, or say in one sentence what the function named ``drawer`` draws."""
    if not isinstance(b, Bins):
        raise TypeError(f"b must be bins, as bins(14, 4) makes them, got {b!r}")
    if max(b.input_size, b.target_size) > largest:
        raise ValueError(f"{drawer} draws sizes up to {largest}, got {b.input_size} -> {b.target_size}")
    return b


def one_each(values: Any, default: range, name: str) -> np.ndarray:
    """One value for each cell or output as an array; None means the default."""
    array = np.asarray(default if values is None else values)
    if array.shape != (len(default),):
        raise ValueError(f"{name} must have shape ({len(default)},), got {array.shape}")
    return array
