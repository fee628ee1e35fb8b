"""Functions as a learner writes them: in a cell of a notebook, which no other process can import."""

import itertools
import linecache
from typing import Any

_NUMBER = itertools.count(1)


def written(source: str, *names: str) -> Any:
    """The functions of these names, or the only one, from a cell with this source."""
    file = f"<cell {next(_NUMBER)}>"
    linecache.cache[file] = (len(source), None, source.splitlines(keepends=True), file)
    cell: dict[str, Any] = {"__name__": "__main__"}
    exec(compile(source, file, "exec"), cell)
    found = [cell[name] for name in names] or [value for name, value in cell.items() if name == "f"]
    return found[0] if len(found) == 1 else found


RIGHT = {
    "rule": """
def start(i, n, m):
    return i * n // m
def stop(i, n, m):
    return -(-(i + 1) * n // m)
""",
    "pool": """
def f(x, m):
    n = len(x)
    return [x[i * n // m : -(-(i + 1) * n // m)].mean() for i in range(m)]
""",
    "gradient": """
def f(upstream, n):
    m, got = len(upstream), [0.0] * n
    for i in range(m):
        start, stop = i * n // m, -(-(i + 1) * n // m)
        for j in range(start, stop):
            got[j] += upstream[i] / (stop - start)
    return got
""",
    "pool2d": """
def rows(x, m):
    n = len(x)
    return np.stack([x[i * n // m : -(-(i + 1) * n // m)].mean(0) for i in range(m)])
def f(x, target):
    return rows(rows(x, target[0]).T, target[1]).T
import numpy as np
""",
    "gradient2d": """
import numpy as np
def windows(n, m):
    return [(i * n // m, -(-(i + 1) * n // m)) for i in range(m)]
def f(upstream, size):
    got = np.zeros(size)
    for i, (a, b) in enumerate(windows(size[0], upstream.shape[0])):
        for j, (c, d) in enumerate(windows(size[1], upstream.shape[1])):
            got[a:b, c:d] += upstream[i, j] / ((b - a) * (d - c))
    return got
""",
    "overlap_count": """
from math import gcd
def f(n, m):
    return m - gcd(n, m)
""",
}
"""A right answer to each kind of exercise in code."""
