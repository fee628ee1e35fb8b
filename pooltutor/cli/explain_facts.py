"""What ``pooltutor explain`` knows of a size pair, as values that JSON has; cuts and fractions are texts."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import gcd
from typing import Any

from pooltutor import laws
from pooltutor.binning import Bins, bins
from pooltutor.kinds import KINDS
from pooltutor.pooling import axis_bins, check_kind
from pooltutor.rules import Chosen, check_rule

Numbered = Callable[[int], Sequence[int | None]]


def everything(count: int) -> Sequence[int | None]:
    """All numbers below count."""
    return range(count)


def facts(
    sizes: Sequence,
    targets: Sequence,
    rule: Chosen,
    kind: str,
    numbered: Numbered = everything,
    window: int | None = None,
) -> dict[str, Any]:
    """Return the windows, overlaps, influence and equivalents of a size pair, axis by axis.

    >>> [axis] = facts((7,), (5,), "pytorch", "avg")["axes"]
    >>> axis["windows"][1]  # doctest: +NORMALIZE_WHITESPACE
    {'i': 1, 'cut': '1.4', 'next_cut': '2.8', 'start': 1, 'stop': 3, 'length': 2, 'shared_with_next': 1}
    >>> axis["influence"], axis["influence_ratio"]
    (['1/2', '1', '5/6', '1/3', '5/6', '1', '1/2'], '3')

    ``steps`` calculates one window step by step: ``window``, or else the first that is not PyTorch's, or else window 1.
    A maximum has no influence: which cell counts depends on the values. For PyTorch's rule the law of overlaps
    and the equivalent AvgPool are there, for others the first window that is not PyTorch's.
    """
    axes, kind = axis_bins(sizes, targets, rule), check_kind(kind)
    n, m = [b.input_size for b in axes], [b.target_size for b in axes]
    found: dict[str, Any] = {"input_size": n, "target_size": m, "rule": rule, "kind": kind}
    found |= {"axes": [_axis(b, kind, numbered, window) for b in axes]}
    if rule == "pytorch":
        found["layer"] = _layer([laws.equivalent_avg_pool(*pair)[0] for pair in zip(n, m, strict=True)], kind)
    return {**found, "code": _code(n, m, rule, kind)}


def _axis(b: Bins, kind: str, numbered: Numbered, window: int | None) -> dict[str, Any]:
    n, m = b.input_size, b.target_size
    found: dict[str, Any] = {"input_size": n, "target_size": m}
    found["windows"] = [i if i is None else _window(b, i) for i in numbered(m)]
    found["overlaps"] = int((b.overlaps > 0).sum())
    if not KINDS[kind].has_winners:
        found["influence"] = _influence(b, numbered(n))
        found["influence_ratio"] = str(laws.influence_ratio(n, m, b.rule))
    found |= _one_pool(n, m) if b.rule == "pytorch" else _wrong(b)
    first_wrong = found.get("first_wrong") or {"i": min(1, m - 1)}
    return found | {"steps": _steps(b, first_wrong["i"] if window is None else window)}


def _window(b: Bins, i: int) -> dict[str, Any]:
    """What a row of the table has; for a rule that is not PyTorch's also PyTorch's window."""
    window, true = b[i], bins(b.input_size, b.target_size)[i]
    shared = None if i + 1 == len(b) else max(0, window.stop - b[i + 1].start)
    found: dict[str, Any] = {"i": i, "cut": b.cut_text(i), "next_cut": b.cut_text(i + 1)}
    found |= {"start": window.start, "stop": window.stop, "length": window.length, "shared_with_next": shared}
    return found if b.rule == "pytorch" else found | {"pytorch": [*true]}


def _steps(b: Bins, i: int) -> dict[str, Any]:
    """The lines of the rule's formula for window i, each with its name and its value, step by step."""
    read = check_rule(b.rule).read
    return {"window": i, "lines": read.steps(i, b.input_size, len(b)) if read else []}


def _influence(b: Bins, cells: Sequence[int | None]) -> list[str | None]:
    """The influence of some cells as fractions; None stands for those that are left out."""
    numerators, common = laws.exact_influence(b)
    return [None if j is None else str(Fraction(int(numerators[j]), common)) for j in cells]


def _one_pool(n: int, m: int) -> dict[str, Any]:
    found, reason = laws.equivalent_avg_pool(n, m)
    return {"gcd": gcd(n, m), "avg_pool": found and found._asdict(), "avg_pool_reason": reason}


def _wrong(b: Bins) -> dict[str, Any]:
    """How many windows are not PyTorch's, and the first of these."""
    true = bins(b.input_size, b.target_size)
    wrong = b.differs(true)
    return {"wrong": len(wrong), "first_wrong": _window(b, int(wrong[0])) if len(wrong) else None}


# Code ----------------------------------------------------------------------------------------------------


def _entries(values: Sequence[int]) -> str:
    """One size as itself, several as a tuple."""
    return str(values[0]) if len(values) == 1 else f"({', '.join(map(str, values))})"


def _layer(pools: Sequence[laws.AvgPool | None], kind: str) -> str | None:
    """The layer of equal steps that has these windows on every axis, or None."""
    if None in pools:
        return None
    kernel, stride, padding = (list(values) for values in zip(*filter(None, pools), strict=True))
    padded = f", padding={_entries(padding)}" if any(padding) else ""
    uncounted = ", count_include_pad=False" if padded and not KINDS[kind].has_winners else ""
    name = f"torch.nn.{kind.capitalize()}Pool{len(pools)}d"
    return f"{name}({_entries(kernel)}, stride={_entries(stride)}{padded}{uncounted})"


def _code(n: Sequence[int], m: Sequence[int], rule: Chosen, kind: str) -> list[str]:
    """Two lines of Python that do it: PyTorch's layer, or where PyTorch has no such rule our own function."""
    shape = ", ".join(map(str, n))
    if rule == "pytorch":
        layer = f"torch.nn.Adaptive{kind.capitalize()}Pool{len(n)}d({_entries(m)})"
        return ["import torch", f"y = {layer}(torch.rand(1, {shape}))"]
    named = "" if kind == "avg" else f", kind={kind!r}"
    return [
        "import numpy, pooltutor",
        f"y = pooltutor.pool(numpy.random.rand({shape}), {_entries(m)}{named}, rule={rule!r})",
    ]
