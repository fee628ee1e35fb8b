"""A claim about one pooling: what somebody asserts, put together from a user's own numbers and checked for shape."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from pooltutor.arrays import detached_array, dtype_name, index_array, real_array
from pooltutor.binning import Bins
from pooltutor.kinds import KINDS
from pooltutor.pooling import Target, check_kind
from pooltutor.quoting import quoted
from pooltutor.reference import DTYPES
from pooltutor.validation import MAX_ENTRIES, check_name, check_size
from pooltutor.words import say

MOST_PROBED = 2**29
"""Most entries of the one-hot inputs of an axis, together: reading its windows then takes some ten seconds."""

Sizes = tuple[int, ...]


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


def both_sizes(input_size: Target, target_size: Target) -> tuple[Sizes, Sizes]:
    """Return both sizes with one entry for each axis; an integer target is that of every axis, None keeps a size.

    >>> both_sizes((6, 8), (4, None)), both_sizes(14, 4)
    (((6, 8), (4, 8)), ((14,), (4,)))

    Raises TypeError or ValueError for anything else, and for sizes that PyTorch would be asked about for too long.
    """
    sizes = input_size if isinstance(input_size, (tuple, list)) else (input_size,)
    targets = target_size if isinstance(target_size, (tuple, list)) else (target_size,) * len(sizes)
    if not 1 <= len(sizes) <= 3 or len(targets) != len(sizes):
        raise ValueError(say("errors.claim.sizes", n=quoted(input_size), m=quoted(target_size)))
    if target_size is None:
        raise TypeError(say("errors.pooling.none", name="target_size"))
    if any(size is None for size in sizes):
        raise TypeError(say("errors.claim.input_size", came=quoted(input_size)))
    n = tuple(check_size(size, "input_size") for size in sizes)
    m = tuple(k if size is None else check_size(size, "target_size") for k, size in zip(n, targets, strict=True))
    _refuse_long_questions(n, m)
    return n, m


def _refuse_long_questions(n: Sizes, m: Sizes) -> None:
    entries = max(math.prod(n), math.prod(m))
    if entries > MAX_ENTRIES:
        raise ValueError(say("errors.claim.entries", most=MAX_ENTRIES, came=entries))
    probed = max(k * max(k, size) for k, size in zip(n, m, strict=True))
    if probed > MOST_PROBED:
        raise ValueError(say("errors.claim.probed", most=MOST_PROBED, came=probed))


def check_dtype(value: Any) -> str:
    """Return the name of a type that PyTorch computes in, or say in one sentence which there are."""
    return check_name(value, DTYPES, "dtype")


# A user's own numbers ------------------------------------------------------------------------------------


def claim_of(
    input_size: Target,
    target_size: Target,
    *,
    x: Any,
    upstream: Any,
    windows: Any,
    outputs: Any,
    gradients: Any,
    winners: Any,
    kind: Any,
    device: str,
    dtype: Any,
) -> Claim:
    """Put a claim together from the arguments of :func:`pooltutor.compare`; one sentence names what does not fit."""
    n, m = both_sizes(input_size, target_size)
    claimed = {"outputs": outputs, "gradients": gradients, "winners": winners}
    _check_complete(claimed, windows, x, upstream, check_kind(kind))
    front, x, upstream = _inputs(x, upstream, n, m)
    shapes = {"outputs": [(*front, *m)], "gradients": [(*front, *n), n], "winners": [(*front, *m)]}
    arrays: dict[str, Any] = {
        name: _shaped(values, name, shapes[name], index_array if name == "winners" else detached_array)
        for name, values in claimed.items()
        if values is not None
    }
    return Claim(
        n,
        m,
        x,
        upstream,
        windows=None if windows is None else _axis_windows(windows, len(n)),
        kind=kind,
        device=device,
        dtype=_dtype_of(claimed) if dtype is None else check_dtype(dtype),
        **arrays,
    )


def _check_complete(claimed: dict[str, Any], windows: Any, x: Any, upstream: Any, kind: str) -> None:
    """Refuse a claim of nothing, and numbers without those that they are made of."""
    if windows is None and all(values is None for values in claimed.values()):
        raise ValueError(say("errors.claim.nothing"))
    has_winners = KINDS[kind].has_winners
    if claimed["winners"] is not None and not has_winners:
        raise ValueError(say("errors.claim.winners", kind=repr(kind)))
    pooled = [name for name in ("outputs", "winners") if claimed[name] is not None]
    if has_winners and claimed["gradients"] is not None:
        pooled.append("gradients")
    if pooled and x is None:
        raise TypeError(say("errors.claim.source", name="x", part=pooled[0]))
    if claimed["gradients"] is not None and upstream is None:
        raise TypeError(say("errors.claim.source", name="upstream", part="gradients"))


def _inputs(x: Any, upstream: Any, n: Sizes, m: Sizes) -> tuple[Sizes, np.ndarray, np.ndarray]:
    """The channel axes, x and the upstream gradient; what is not given is 0 and 1, and nothing depends on it."""
    if x is not None:
        x = detached_array(x, "x")
        front = x.shape[: max(0, x.ndim - len(n))]
        _refuse_shape(x.shape, "x", [(*front, *n)])
    if upstream is not None:
        upstream = detached_array(upstream, "upstream")
        front = front if x is not None else upstream.shape[: max(0, upstream.ndim - len(m))]
        _refuse_shape(upstream.shape, "upstream", [(*front, *m), m])
    if x is None and upstream is None:
        front = ()
    return front, np.zeros((*front, *n)) if x is None else x, np.ones(m) if upstream is None else upstream


def _shaped(values: Any, name: str, shapes: list[Sizes], read: Any) -> np.ndarray:
    array = read(values, name)
    _refuse_shape(array.shape, name, shapes)
    return array


def _refuse_shape(shape: Sizes, name: str, accepted: list[Sizes]) -> None:
    if shape not in accepted or 0 in shape:
        raise _wrong_shape(name, accepted, shape)


def _wrong_shape(name: str, accepted: list[Sizes], shape: Sizes) -> ValueError:
    shapes = say("errors.or").join(dict.fromkeys(map(str, accepted)))
    return ValueError(say("errors.shape", name=name, shapes=shapes, came=shape))


def _axis_windows(windows: Any, axes: int) -> list[tuple[np.ndarray, np.ndarray]]:
    """Starts and stops for each axis, from pairs (start, stop); on one axis these need no list around them."""
    if isinstance(windows, Bins):
        windows = [windows] if axes == 1 else windows
    elif axes == 1 and _is_pairs(windows):
        windows = [windows]
    if not isinstance(windows, (list, tuple)) or len(windows) != axes or not all(map(_is_pairs, windows)):
        pairs = "pairs" if axes == 1 else "pairs_of_axes"
        raise ValueError(say(f"errors.claim.{pairs}", axes=axes, came=quoted(windows)))
    return [_starts_and_stops(axis) for axis in windows]


def _is_pairs(windows: Any) -> bool:
    if isinstance(windows, Bins):
        return True
    try:
        array = index_array(windows, "windows")
    except (TypeError, ValueError):
        return False
    return array.ndim == 2 and array.shape[1] == 2 and len(array) > 0


def _starts_and_stops(windows: Any) -> tuple[np.ndarray, np.ndarray]:
    if isinstance(windows, Bins):
        return windows.start, windows.stop
    pairs = index_array(windows, "windows")
    return pairs[:, 0], pairs[:, 1]


def _dtype_of(claimed: dict[str, Any]) -> str:
    """The type of what is claimed: that of the outputs, else of the gradients; float64 for lists and integers."""
    names = [dtype_name(claimed[name]) for name in ("outputs", "gradients") if claimed[name] is not None]
    return next((name for name in names if name in DTYPES), "float64")


# Shapes --------------------------------------------------------------------------------------------------


def as_arrays(claim: Claim) -> Claim:
    """Return the claim with x and upstream as arrays; refuse one whose parts do not belong together."""
    x, upstream = (real_array(getattr(claim, name), name).astype(float) for name in ("x", "upstream"))
    claim = replace(claim, x=x, upstream=upstream)
    _check_shapes(claim)
    return claim


def _check_shapes(claim: Claim) -> None:
    """Refuse a claim whose parts do not belong together."""
    n, m, shape = tuple(claim.input_size), tuple(claim.target_size), np.shape(claim.x)
    front = front_of(claim)
    if shape != (*front, *n):
        raise ValueError(say("errors.shape", name="x", shapes=f"(..., {', '.join(map(str, n))})", came=shape))
    if 0 in front:
        raise ValueError(say("errors.claim.channel", shape=shape))
    if np.shape(claim.upstream) not in (m, (*front, *m)):
        raise _wrong_shape("upstream", [m, (*front, *m)], np.shape(claim.upstream))
    if claim.matrix is not None and len(shape) > 1:
        raise ValueError(say("errors.claim.matrix", shape=shape))
    if claim.truth is not None and len(claim.truth) != len(n):
        raise ValueError(say("errors.claim.truth", came=len(claim.truth), n=n))


def front_of(claim: Claim) -> tuple[int, ...]:
    """The channel axes: all in front of the pooled ones."""
    shape = np.shape(claim.x)
    return shape[: max(0, len(shape) - len(claim.input_size))]
