"""Charts of all pairs of sizes from 1 to 64: one value and one class for each of the 4,096 pairs.

``values[n - 1, m - 1]`` belongs to n cells pooled to m outputs. A class is an index into the labels and the
colours of the chart, so that a picture needs no arithmetic. Everything is an exact integer until a ratio is
shown.
"""

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import numpy as np

from pooltutor.counterexamples import Counterexamples, counterexamples
from pooltutor.formula import FormulaError
from pooltutor.laws import equivalent_avg_pool
from pooltutor.rules import RULES, Chosen, Number, Rule, check_rule
from pooltutor.validation import SLIDER_MAX, check_name
from pooltutor.windows import clip
from pooltutor.words import load, say

CHARTS = ("gcd", "longest", "influence", "avgpool", "agreement")

RAYS = (
    ("same", (1, 1), (SLIDER_MAX, SLIDER_MAX)),
    ("half", (2, 1), (SLIDER_MAX, SLIDER_MAX // 2)),
    ("double", (1, 2), (SLIDER_MAX // 2, SLIDER_MAX)),
)
"""Lines on the map, m = n, n = 2m and m = 2n: the key of its label in the words, first and last (n, m)."""

_SEQUENCE = tuple(f"map_{k}" for k in range(7))
# The first value of each class; the last class ends at SLIDER_MAX.
_FIRST = {"gcd": (1, 2, 3, 4, 8, 16, 32), "longest": (1, 2, 3, 4, 5, 9, 17)}


@dataclass(frozen=True, eq=False)
class Chart:
    """One number for every pair of sizes, its class, and the text and colour of each class.

    ``values`` and ``classes`` have shape (64, 64) and are read-only; ``classes`` (uint8) indexes ``labels`` and
    ``colours``, which are keys of :mod:`pooltutor.legend`. The values are, by name: ``gcd`` of n and m;
    ``longest`` window; ``influence`` of the cell that counts most over that of the cell that counts least;
    ``avgpool`` 0 none, 1 plain, 2 padded; ``agreement`` the number of windows that are not PyTorch's, and -1
    where the rule has none.
    """

    name: str
    values: np.ndarray
    classes: np.ndarray
    colours: tuple[str, ...]
    rule: Chosen = "pytorch"

    def __post_init__(self) -> None:
        for array in (self.values, self.classes):
            array.setflags(write=False)  # charts are cached and shared

    @property
    def title(self) -> str:
        """What the map shows; for "agreement" with the name of the rule."""
        return say(f"pairs.titles.{self.name}", rule=check_rule(self.rule).title)

    @property
    def labels(self) -> tuple[str, ...]:
        """The text of each class."""
        return _ranges(_FIRST[self.name]) if self.name in _FIRST else tuple(load()["pairs"]["labels"][self.name])


def check_chart(name: Any) -> str:
    """Return the name of a chart, or say in one sentence which there are.

    >>> check_chart("gcd")
    'gcd'

    Raises ValueError for any other name.
    """
    return check_name(name, CHARTS, "colour")


def chart(name: str, rule: Chosen = "pytorch") -> Chart:
    """Return the chart of that name; ``rule`` matters for "agreement" only.

    >>> found = chart("longest")
    >>> found.values[14 - 1, 4 - 1], found.labels[found.classes[14 - 1, 4 - 1]]
    (np.int64(4), '4')

    Raises ValueError, with the names there are, for any other name or rule.
    """
    found = check_rule(rule)
    return _agreement(found) if check_chart(name) == "agreement" else _of_pytorch(name)


def wrong_sizes(rule: Chosen) -> int:
    """Return for how many of the 4,096 pairs the rule has windows, and not all of them are PyTorch's.

    >>> wrong_sizes("pytorch"), wrong_sizes("split")
    (0, 3816)

    Raises ValueError for what is no rule.
    """
    return _found(check_rule(rule)).differing.count


def defined_sizes(rule: Chosen) -> int:
    """Return for how many of the 4,096 pairs the rule has windows at all.

    >>> defined_sizes("pytorch"), defined_sizes("fixed_stride")
    (4096, 2080)

    Raises ValueError for what is no rule.
    """
    return SLIDER_MAX**2 - _found(check_rule(rule)).without_windows.count


def smallest_wrong(rule: Chosen) -> tuple[int, int] | None:
    """Return the pair (n, m) with the smallest n + m, m <= n, where the rule's windows are not PyTorch's.

    None where there is no such pair up to 64.

    >>> smallest_wrong("equal_kernel"), smallest_wrong("float32"), smallest_wrong("pytorch")
    ((5, 3), (26, 22), None)

    Raises ValueError for what is no rule.
    """
    return _found(check_rule(rule)).differing.smallest


@lru_cache(maxsize=64)
def _found(rule: Rule) -> Counterexamples:
    """What is wrong with a rule: every view tells this of every rule, so it takes little memory, as a map would not."""
    return counterexamples(rule, SLIDER_MAX)


# All windows of all pairs, shape (64, 64, 64): [n - 1, m - 1, i], and what is not a window has i >= m ------


def _sizes() -> tuple[np.ndarray, np.ndarray]:
    """The input size and the target size of every pair, shapes (64, 1) and (1, 64)."""
    sizes = np.arange(1, SLIDER_MAX + 1)
    return sizes[:, None], sizes[None, :]


def _windows(rule: Rule) -> tuple[np.ndarray, np.ndarray]:
    """Starts and stops of a rule as one array, 0 where there is no window, and which pairs have windows."""
    n, m = _sizes()
    has_windows = np.broadcast_to(rule.defined(n, m), (SLIDER_MAX, SLIDER_MAX)).copy()
    wanted = _inside() & has_windows[..., None]
    rows, columns, i = np.nonzero(wanted)
    windows = np.zeros((2, SLIDER_MAX, SLIDER_MAX, SLIDER_MAX), np.int64)
    try:
        windows[:, wanted] = _clipped(rule, i, rows + 1, columns + 1)
    except FormulaError:  # somewhere: pair after pair
        for k, j in np.argwhere(has_windows).tolist():
            try:
                windows[:, k, j, : j + 1] = _clipped(rule, np.arange(j + 1), k + 1, j + 1)
            except FormulaError:
                has_windows[k, j] = False
    return windows, has_windows


def _clipped(rule: Rule, i: np.ndarray, n: Number, m: Number) -> np.ndarray:
    return np.stack(clip(*rule.windows(i, n, m), n)).astype(np.int64)


@cache
def _true_windows() -> np.ndarray:
    return _windows(RULES["pytorch"])[0]


def _inside() -> np.ndarray:
    """Which places [n - 1, m - 1, i] are windows; with n and m exchanged: which [n - 1, m - 1, j] are cells."""
    return np.broadcast_to(np.arange(SLIDER_MAX) < _sizes()[1][..., None], (SLIDER_MAX,) * 3)


# Values --------------------------------------------------------------------------------------------------


def _gcds() -> np.ndarray:
    return np.gcd(*_sizes())


def _longest() -> np.ndarray:
    start, stop = _true_windows()
    return (stop - start).max(axis=-1)  # past the last window PyTorch's rule, clipped, is empty


def _influences() -> tuple[np.ndarray, np.ndarray]:
    """The largest and the smallest influence of each pair, as integers over one denominator per pair."""
    n, m = _sizes()
    start, stop = _true_windows()
    lengths = np.maximum(stop - start, 1)
    common = np.lcm.reduce(np.stack([n // m + (n < m), n // m + 1, n // m + 2]), axis=0)[..., None]
    up_to = np.pad(np.cumsum(common // lengths, axis=-1), ((0, 0), (0, 0), (1, 0)))
    first, last = _true_windows().swapaxes(1, 2)  # duality: cell j of n -> m is in the windows of bin j of m -> n
    influence = np.take_along_axis(up_to, last, -1) - np.take_along_axis(up_to, first, -1)
    return influence.max(axis=-1), np.where(_inside().swapaxes(0, 1), influence, influence.max()).min(axis=-1)


def _avg_pools() -> np.ndarray:
    def kind(n: int, m: int) -> int:
        pool, _ = equivalent_avg_pool(n, m)
        return 0 if pool is None else 2 if pool.padding else 1

    sizes = range(1, SLIDER_MAX + 1)
    return np.array([[kind(n, m) for m in sizes] for n in sizes])


def _wrong_windows(rule: Rule) -> np.ndarray:
    windows, has_windows = _windows(rule)
    differs = (windows != _true_windows()).any(axis=0) & _inside()
    return np.where(has_windows, differs.sum(axis=-1), -1)


# Charts --------------------------------------------------------------------------------------------------


def _ranges(first: tuple[int, ...]) -> tuple[str, ...]:
    """The text of each class of integers, from the first value of each."""
    last = (*(value - 1 for value in first[1:]), SLIDER_MAX)
    both = zip(first, last, strict=True)
    return tuple(say("pairs.one" if low == high else "pairs.range", low=low, high=high) for low, high in both)


@cache
def _of_pytorch(name: str) -> Chart:
    return {"gcd": _gcd, "longest": _lengths, "influence": _influence, "avgpool": _avgpool}[name]()


def _by_ranges(name: str, values: np.ndarray) -> Chart:
    classes = (np.searchsorted(_FIRST[name], values, side="right") - 1).astype(np.uint8)
    return Chart(name, values, classes, _SEQUENCE)


def _gcd() -> Chart:
    return _by_ranges("gcd", _gcds())


def _lengths() -> Chart:
    return _by_ranges("longest", _longest())


def _influence() -> Chart:
    most, least = _influences()
    # Up to 64 the ratios are 1, values up to 3/2, then 2, values from above 2 to 8/3, and 3; compared as integers.
    above = [most > least, 4 * most > 5 * least, 2 * most > 3 * least]
    above += [most > 2 * least, 2 * most >= 5 * least, most >= 3 * least]
    return Chart("influence", most / least, np.sum(above, axis=0).astype(np.uint8), _SEQUENCE)


def _avgpool() -> Chart:
    values = _avg_pools()
    return Chart("avgpool", values, values.astype(np.uint8), ("map_none", "map_plain", "map_padded"))


@lru_cache(maxsize=64)
def _agreement(rule: Rule) -> Chart:
    values = _wrong_windows(rule)
    classes = np.select([values == 0, values > 0], [0, 1], 2).astype(np.uint8)
    return Chart("agreement", values, classes, ("map_agrees", "map_differs", "map_undefined"), rule.chosen)
