"""The laws of adaptive pooling, one function each: what must hold for every pair of sizes, and why.

Letters: ``n`` cells are pooled to ``m`` outputs, ``q, r = divmod(n, m)``, ``g = gcd(n, m)``. A cut is one of
the exact positions ``i*n/m``; it falls on a line between two cells where it is whole, and inside a cell
otherwise. A law that is a closed form holds and runs for every size up to 2**31.
"""

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from pooltutor.binning import Bins, bins, require_bins
from pooltutor.rules import Chosen
from pooltutor.validation import check_size
from pooltutor.windows import Bin
from pooltutor.words import say

if TYPE_CHECKING:
    from fractions import Fraction

_EXACT_IN_FLOAT = 2**53
"""Every integer below this is a float64."""


def _sizes(input_size: int, target_size: int) -> tuple[int, int]:
    return check_size(input_size, "input_size"), check_size(target_size, "target_size")


# Overlaps and lengths ------------------------------------------------------------------------------------


def overlap_count(input_size: int, target_size: int) -> int:
    """Return how many neighbouring windows share a cell: ``m - g``. For 14 -> 4 that is 4 - gcd(14, 4) = 2.

    Two neighbours meet at one cut. One rounds it up and the other rounds it down, so that they share one cell
    where the cut falls inside a cell and none where it falls on a line. Of the m - 1 inner cuts g - 1 fall on
    lines: the pattern of cuts repeats g times, and only the repeats meet on lines.

    >>> overlap_count(14, 4), bins(14, 4).overlaps.sum()
    (2, np.int64(2))

    Raises TypeError or ValueError, with the accepted range, for a bad size.
    """
    n, m = _sizes(input_size, target_size)
    return m - math.gcd(n, m)


def window_lengths(input_size: int, target_size: int) -> dict[int, int]:
    """Return how many windows have each length, shortest first.

    If m divides n, all m windows have length q. Otherwise r - g windows have length q + 2 and the others
    q + 1. For 14 -> 4 (q = 3, r = 2, g = 2) all four windows have length 4; for 5 -> 3 (q = 1, r = 2, g = 1)
    one window has length 3 and two have length 2.

    A ruler of n/m cells laid on squared paper touches q + 1 squares or q + 2, depending on where in a square it
    begins. How many touch q + 2 follows from the sum of all lengths: the n cells, and the m - g cells that
    neighbours share once more.

    >>> window_lengths(5, 3)
    {2: 2, 3: 1}

    Raises TypeError or ValueError, with the accepted range, for a bad size.
    """
    n, m = _sizes(input_size, target_size)
    q, r = divmod(n, m)
    if r == 0:
        return {q: m}
    longer = r - math.gcd(n, m)
    counts = {q + 1: m - longer, q + 2: longer}
    return {length: count for length, count in counts.items() if count}


# Influence -----------------------------------------------------------------------------------------------


def exact_influence(b: Bins) -> tuple[np.ndarray, int]:
    """Return the influence of each cell as integers over one common denominator, shape (n,), and that denominator.

    >>> exact_influence(bins(7, 4))
    (array([3, 5, 2, 4, 2, 5, 3]), 6)

    Raises TypeError for what is no bins, ValueError for more than 10**7 cells or windows. See :func:`influence`.
    """
    first, last = require_bins(b).feeds  # before all else: they refuse too many cells, and too many windows, at once
    lengths, kind = np.unique(b.lengths, return_inverse=True)
    common = math.lcm(*(length for length in lengths.tolist() if length))
    # Python's own integers where int64 or the division could lose a digit: float32 windows of millions of cells.
    dtype = np.int64 if len(b) * common < _EXACT_IN_FLOAT else object
    shares = np.array([common // max(length, 1) for length in lengths.tolist()], dtype)  # an empty one feeds no cell
    up_to = np.concatenate([np.zeros(1, dtype), np.cumsum(shares[kind])])
    return up_to[last] - up_to[first], common


def influence(input_size: int, target_size: int, rule: Chosen = "pytorch") -> np.ndarray:
    """Return how much each input cell counts in the sum of all outputs, shape (n,): the column sums of P.

    ``influence_j = sum of 1/L_i over the windows i that contain cell j``, which is also the gradient when each
    output sends back 1. Under PyTorch's rule it sums to m, reads the same from both ends, repeats every n/g
    cells, and is the same for all cells exactly where m divides n or n divides 2m. For 7 -> 4 it is
    1/2 5/6 1/3 2/3 1/3 5/6 1/2.

    Each output gives away one whole in equal shares 1/L_i, and no share is lost.

    >>> influence(7, 4) * 6
    array([3., 5., 2., 4., 2., 5., 3.])

    Raises TypeError or ValueError, with the accepted range, for a bad size or rule, and ValueError where the
    rule is not defined or an array would have more than 10**7 entries.
    """
    numerators, common = exact_influence(bins(input_size, target_size, rule))
    return (numerators / common).astype(np.float64)


def influence_ratio(input_size: int, target_size: int, rule: Chosen = "pytorch") -> "Fraction | float":
    """Return the largest influence of a cell over the smallest, as an exact fraction.

    Infinity where a rule leaves a cell out, as float32 does for 9437189 -> 9.

    Under PyTorch's rule and for n > m it is at most 2(q+2)/(q+1), which is never above 3: a cell lies in one
    window or in two, so that at best it gets 2/(q+1) from two short windows and at worst 1/(q+2) from one long
    window. For 7 -> 5 (q = 1) cell 1 gets 1/2 + 1/2 and cell 3 gets 1/3: the ratio is 3. For m > n it is at
    most 2.

    >>> influence_ratio(7, 5)
    Fraction(3, 1)

    Raises as :func:`influence`.
    """
    from fractions import Fraction  # 2 ms that `import pooltutor` need not spend

    numerators, _ = exact_influence(bins(input_size, target_size, rule))
    least, most = int(numerators.min()), int(numerators.max())
    return Fraction(most, least) if least else math.inf


# One AvgPool ---------------------------------------------------------------------------------------------


class AvgPool(NamedTuple):
    """The arguments of ``torch.nn.AvgPool1d``; padded cells are not counted (``count_include_pad=False``)."""

    kernel: int
    stride: int
    padding: int


def equivalent_avg_pool(input_size: int, target_size: int) -> tuple[AvgPool | None, str]:
    """Return the AvgPool (and MaxPool) with the same windows, or None, and the reason in one sentence.

    If m divides n or n - 1 (m <= n), the kernel q + r with stride q does it; if m divides n + 1, the kernel
    q + 2 with stride q + 1 and padding 1; otherwise none does. 14 -> 7 is kernel 2, stride 2; 5 -> 3 is
    kernel 3, stride 2, padding 1, because 3 divides 5 + 1; 14 -> 4 is none.

    AvgPool takes equal steps, so that all starts but the first must lie on one even ladder. The starts
    floor(i*n/m) do so with step q where r is too small to ever add a cell, and with step q + 1, as if the
    input began one cell earlier, where only one cell is missing.

    >>> equivalent_avg_pool(5, 3)
    (AvgPool(kernel=3, stride=2, padding=1), '3 divides 5 + 1: kernel 3, stride 2, padding 1 (not counted).')

    Raises TypeError or ValueError, with the accepted range, for a bad size.
    """
    n, m = _sizes(input_size, target_size)
    found, reason = _avg_pool(n, m)
    numbers = found._asdict() if found else {}
    return found, say(f"laws.avg_pool.{reason}", n=n, m=m, r=n % m, last=m - 1, **numbers)


def _avg_pool(n: int, m: int) -> tuple[AvgPool | None, str]:
    """The AvgPool, and the key of the reason in the words."""
    q, r = divmod(n, m)
    if m <= n and r <= 1:
        return AvgPool(q + r, q, 0), "plain"
    if (n + 1) % m == 0:
        return AvgPool(q + 2, q + 1, 1), "padded"
    return None, "uneven" if m <= n else "above"


# Symmetry ------------------------------------------------------------------------------------------------


def dual(b: Bins) -> Bins:
    """Return the bins of pooling back, m -> n: the windows that contain input cell j are exactly its bin j.

    For 7 -> 4 cell 3 lies in windows 1 and 2, and bin 3 of 4 -> 7 is 1:3.

    Draw cells and outputs as two rows of boxes of the same width. Cell j is in window i exactly where the two
    boxes overlap, and that does not say which row is the input: turn the page upside down.

    >>> dual(bins(7, 4))[3]
    Bin(start=1, stop=3)

    Raises TypeError unless ``b`` is a :class:`~pooltutor.Bins`, ValueError for any rule but PyTorch's.
    Source: PyTorch's backward loops over input cells with the same start and stop, sizes exchanged.
    """
    if require_bins(b).rule != "pytorch":
        raise ValueError(say("errors.bins.dual", came=b.rule))
    return bins(b.target_size, b.input_size)


def mirror(b: Bins) -> tuple[Bin, ...]:
    """Return the windows as they stand when the input is read from its other end, in that order.

    Under PyTorch's rule they are the windows themselves: ``start_(m-1-i) = n - stop_i``. For 7 -> 4 window 0 is
    0:2, and the last one is 5:7, where 5 = 7 - 2.

    The mirror turns a cut's distance from the left into its distance from the right, and rounding up into
    rounding down: outwards stays outwards. Rules that round both ends the same way fail here.

    >>> mirror(bins(7, 4)) == tuple(bins(7, 4)), mirror(bins(5, 3, "equal_kernel"))
    (True, (Bin(start=0, stop=2), Bin(start=2, stop=4), Bin(start=3, stop=5)))

    Raises TypeError unless ``b`` is a :class:`~pooltutor.Bins`, ValueError above 10**7 windows.
    """
    n = require_bins(b).input_size
    return tuple(map(Bin, (n - b.stop[::-1]).tolist(), (n - b.start[::-1]).tolist()))


class Period(NamedTuple):
    """The bins of a pair of sizes are ``copies`` of the bins of ``input_size -> target_size``, side by side."""

    copies: int
    input_size: int
    target_size: int


def period(input_size: int, target_size: int) -> Period:
    """Return the smallest part that repeats: g copies of n/g -> m/g. 14 -> 4 is two copies of 7 -> 2.

    After m/g windows the cut i*n/m is whole, at n/g: from this line on everything repeats, shifted.

    >>> period(14, 4)
    Period(copies=2, input_size=7, target_size=2)
    >>> bins(7, 2), bins(14, 4)
    (bins(7, 2): 0:4 3:7, bins(14, 4): 0:4 3:7 7:11 10:14)

    Raises TypeError or ValueError, with the accepted range, for a bad size.
    """
    n, m = _sizes(input_size, target_size)
    g = math.gcd(n, m)
    return Period(g, n // g, m // g)
