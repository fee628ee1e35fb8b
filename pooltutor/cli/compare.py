"""``pooltutor compare``: outputs and windows of one's own beside PyTorch's, and which rule gives them."""

from argparse import Namespace
from collections.abc import Iterator
from typing import Any

import numpy as np

from pooltutor.arrays import dtype_name
from pooltutor.claims import both_sizes
from pooltutor.cli.arguments import as_given, size_pair
from pooltutor.cli.as_json import json_text, report_facts
from pooltutor.cli.own_numbers import given_numbers, given_windows
from pooltutor.pooling import axis_bins, pool
from pooltutor.rules import RULES
from pooltutor.verify import NotChecked, Report, compare
from pooltutor.words import say

# By how much outputs may differ from a rule's, in parts of the largest input: more than rounding, less than a cell.
_ROUNDING = {"float32": 1e-5, "float16": 1e-2}


def compare_numbers(options: Namespace) -> int:
    """Print what PyTorch says of somebody's numbers; return 0 where it agrees and 1 where it does not."""
    n, m = both_sizes(*map(as_given, size_pair(options.input_size, options.target_size)))
    claimed: dict[str, Any] = {}
    if options.outputs is not None:
        claimed["outputs"] = given_numbers(options.outputs, "--outputs")
    if options.windows is not None:
        claimed["windows"] = given_windows(options.windows)
    x = np.arange(float(np.prod(n))).reshape(n) if options.x is None else given_numbers(options.x, "--x")
    report = compare(n, m, x=x, kind=options.kind, **claimed)
    if report.agrees is None:
        raise NotChecked(repr(report))
    rules = [name for name in RULES if _gives(name, report, x, **claimed)]
    if options.json:
        print(json_text(report_facts(report) | {"rules": rules}))
    else:
        print("\n".join([repr(report), *_sentences(bool(report), rules)]))
    return 0 if report else 1


def _gives(name: str, report: Report, x: np.ndarray, outputs: Any = None, windows: Any = None) -> bool:
    """Whether a rule whose windows are not PyTorch's gives these numbers."""
    n, m = report.input_size, report.target_size
    if not all(RULES[name].defined(*pair) for pair in zip(n, m, strict=True)):
        return False
    axes, true = axis_bins(n, m, name), axis_bins(n, m, "pytorch")
    if not any(len(one.differs(other)) for one, other in zip(axes, true, strict=True)):
        return False
    if windows is not None and [tuple(window) for window in axes[0]] != windows:
        return False
    return outputs is None or _is_close(outputs, pool(x.astype(float), m, kind=report.kind, rule=name), x)


def _is_close(outputs: np.ndarray, own: np.ndarray, x: np.ndarray) -> bool:
    largest = np.max(np.abs(x), where=np.isfinite(x), initial=1.0)
    within = _ROUNDING.get(dtype_name(outputs), 1e-12) * largest
    return np.allclose(outputs.astype(float), own, rtol=0, atol=within, equal_nan=True)


def _sentences(agrees: bool, rules: list[str]) -> Iterator[str]:
    """Which rules give the numbers, a line for each."""
    if not rules and not agrees:
        yield say("cli.compare.none")
    for rule in map(RULES.get, rules):
        if rule is not None:
            key = "too" if agrees else "gives"
            yield say(f"cli.compare.{key}", title=rule.title, found_in=rule.found_in)
