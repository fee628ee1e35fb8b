"""What every picture accepts, and the one sentence that it says about anything else."""

from typing import Any

import numpy as np
from matplotlib.axes import Axes

from pooltutor.arrays import real_array
from pooltutor.binning import Bins, require_bins
from pooltutor.legend import STILL_THEMES
from pooltutor.quoting import quoted
from pooltutor.validation import LARGEST_SHOWN, check_name
from pooltutor.words import say


def check_theme(theme: Any) -> str:
    """Return the name of a theme, or say in one sentence which there are."""
    return check_name(theme, STILL_THEMES, "theme")


def check_flag(value: Any, name: str) -> bool:
    """Return True or False, or say in one sentence that nothing else will do: the text "no" would count as true."""
    if not isinstance(value, (bool, np.bool_)):
        raise TypeError(say("errors.true_or_false", name=name, came=quoted(value)))
    return bool(value)


def check_axes(ax: Any) -> Axes | None:
    """Return ``ax``, or say in one sentence what can be drawn into."""
    if ax is not None and not (isinstance(ax, Axes) and ax.name == "rectilinear"):
        raise TypeError(say("errors.figure.ax", came=quoted(ax)))
    return ax


def check_bins(b: Any, drawer: str, largest: int = LARGEST_SHOWN) -> Bins:
    """Return ``b``, or say in one sentence what the function named ``drawer`` draws."""
    require_bins(b)
    if max(b.input_size, b.target_size) > largest:
        came = f"{b.input_size} -> {b.target_size}"
        raise ValueError(say("errors.figure.sizes", drawer=drawer, most=largest, came=came))
    return b


def one_each(values: Any, default: range, name: str) -> np.ndarray:
    """One real number for each cell or output as an array; None means the default."""
    array = real_array(default if values is None else values, name)
    if array.shape != (expected := (len(default),)):
        raise ValueError(say("errors.shape", name=name, shapes=expected, came=array.shape))
    return array
