"""Exercises in code: a learner's function, run at all small sizes beside PyTorch's rule.

It runs in a process of its own with a limit of time and of memory, so that whatever it does, the notebook stays
usable: an endless loop, a recursion without end, ``sys.exit``, a full memory, a million printed lines. What comes of it
is an :class:`Attempt`, true if it agrees everywhere.
"""

from typing import Any

from pooltutor.exercises.coding.attempt import Attempt
from pooltutor.exercises.coding.gradient_task import GradientTask
from pooltutor.exercises.coding.overlap_task import OverlapTask
from pooltutor.exercises.coding.plane_tasks import Gradient2dTask, Pool2dTask
from pooltutor.exercises.coding.pool_task import PoolTask
from pooltutor.exercises.coding.rule_task import RuleTask
from pooltutor.exercises.coding.running import attempt

__all__ = ["Attempt", "try_gradient", "try_gradient2d", "try_overlap_count", "try_pool", "try_pool2d", "try_rule"]


def try_rule(start: Any, stop: Any) -> Attempt:
    """Mark two functions of (i, n, m), the start and the stop of window i.

    >>> try_rule(lambda i, n, m: i * n // m, lambda i, n, m: i * n // m + -(-n // m))  # doctest: +ELLIPSIS
    ✗ Not yet: this is one kernel for all windows, with ceil(5/3) = 2 cells. An interval that begins inside a cell may
    touch one cell more. That idea is right at 14 → 4: what is different here?
      The smallest size with m ≤ n at which it is wrong is 5 → 3: window 1 is 1:3 here, PyTorch's is 1:4.
      With m > n it is wrong at 2 → 3 already.
      It is right at ... of ... sizes.
    """
    names = [str(getattr(function, "__name__", "")) for function in (start, stop)]
    usual = ("start", "stop")
    return attempt(RuleTask((names[0], names[1]) if all(map(str.isidentifier, names)) else usual), (start, stop))


def try_pool(function: Any) -> Attempt:
    """Mark a function of (x, m) that averages the n numbers of x to m.

    x is a numpy array, or a tensor if the function uses torch.

    >>> try_pool(lambda x, m: [x[i * len(x) // m : -(-(i + 1) * len(x) // m)].mean() for i in range(m)])
    ✓ Right: your outputs are PyTorch's at all 1024 sizes from 1 → 1 to 32 → 32.
    """
    return attempt(PoolTask(), (function,))


def try_gradient(function: Any) -> Attempt:
    """Mark a function of (upstream, n): what the n cells receive when ``upstream`` arrives at the outputs.

    upstream is a numpy array, or a tensor if the function uses torch.
    """
    return attempt(GradientTask(), (function,))


def try_pool2d(function: Any) -> Attempt:
    """Mark a function of (x, (rows, columns)) that averages an image to so many rows and columns."""
    return attempt(Pool2dTask(), (function,))


def try_gradient2d(function: Any) -> Attempt:
    """Mark a function of (upstream, (height, width)): what the cells of an image receive."""
    return attempt(Gradient2dTask(), (function,))


def try_overlap_count(function: Any) -> Attempt:
    """Mark a function of (n, m), m <= n, that says how many cells are in two windows.

    >>> from math import gcd
    >>> bool(try_overlap_count(lambda n, m: m - gcd(n, m)))
    True
    """
    return attempt(OverlapTask(), (function,))
