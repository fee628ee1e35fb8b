"""What a page shows, read as a claim: text is made numbers, and nothing that came is trusted."""

import math
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from pooltutor import pictures
from pooltutor.live.traits import check_grid_size, check_shown_size
from pooltutor.validation import SLIDER_MAX
from pooltutor.verify import Claim


def axis_claim(shown: dict[str, Any]) -> Claim:
    """Turn the numbers that a view displays (text, read back from its picture) into a claim.

    Text that is no number becomes NaN, which no window and no finite number equals.
    """
    (n,), (m,) = ([check_shown_size(size, name) for size in shown[name]] for name in ("n", "m"))
    parts = dict(shown["parts"])
    axes, rows = _axes(parts), parts.pop("matrix", None)
    numbers: dict[str, Any] = {part: texts_to_numbers(texts) for part, texts in parts.items()}
    if rows is not None:
        numbers["matrix"] = _matrix(rows, n)
    return Claim((n,), (m,), kind=shown["kind"], **axes, **numbers)


def grid_claim(shown: dict[str, Any], buffers: Sequence[Any]) -> Claim:
    """Turn what a page displays into a claim: sizes and windows come as text, longer rows of numbers in buffers.

    Text that is no number becomes NaN, which no window equals.
    """
    n, m = check_grid_size(shown["n"], "n"), check_grid_size(shown["m"], "m")
    parts = dict(shown["parts"])
    axes = _axes(parts)
    if {about["buffer"] for about in parts.values()} != set(range(len(buffers))):
        raise ValueError("each part of a claim must have a buffer, and each buffer a part")
    numbers: dict[str, Any] = {part: _plane(about, buffers) for part, about in parts.items()}
    return Claim(n, m, kind=shown["kind"], **axes, **numbers)


def _axes(parts: dict[str, Any]) -> dict[str, Any]:
    """Take the windows, and the bars that are said to be PyTorch's, out of the parts of a claim: for each axis."""
    sides = parts.pop("windows"), parts.pop("truth", None)
    windows, truth = (axes and [[texts_to_numbers(texts) for texts in axis] for axis in axes] for axes in sides)
    return {"windows": windows, "truth": truth}


def texts_to_numbers(texts: Iterable[Any]) -> np.ndarray:
    """Text as numbers, NaN where it is none."""
    return np.array([_number(text) for text in texts])


def _matrix(rows: list[list[Any]], n: int) -> np.ndarray:
    """P from its rows, each (from, to, weight): the weight stands in the cells from:to, and 0 elsewhere."""
    if max(n, len(rows)) > SLIDER_MAX:
        raise ValueError(f"a matrix is displayed to {SLIDER_MAX} -> {SLIDER_MAX}")
    start, stop, weight = np.array([[_number(text) for text in row] for row in rows]).T[..., None]
    cells = np.arange(n)
    inside = (start <= cells) & (cells < stop)
    return np.where(np.isnan(start + stop), np.nan, np.where(inside, weight, 0.0))


def _number(text: Any) -> float:
    try:
        return float(text)
    except (TypeError, ValueError):
        return np.nan


def _plane(about: dict[str, Any], buffers: Sequence[Any]) -> np.ndarray:
    """The numbers of one part of a claim; those of one channel are of no channel, or stand for all.

    Raises ValueError where the buffer does not hold what is said of it.
    """
    shape = about["shape"] if about["channels"] == 1 else [about["channels"], *about["shape"]]
    if about["dtype"] not in ("u1", "<f8") or math.prod(shape) > 3 * pictures.LARGEST**2:
        raise ValueError("a part of a claim holds the bytes or float64 numbers of at most 3 channels")
    return np.frombuffer(buffers[about["buffer"]], about["dtype"]).reshape(shape).astype(float)
