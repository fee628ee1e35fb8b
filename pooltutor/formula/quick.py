"""Formulas as functions, for sizes at which no integer in them can get too long: then nothing needs to be watched.

That is asked once, of the formula alone. What has no value here is left to :mod:`pooltutor.formula.evaluation`, which
says why; where there is one, both give the same.
"""

import math
import operator
from collections.abc import Callable
from typing import Any

import numpy as np

from pooltutor.formula.parser import COMPARISONS, F64, GIVEN, INT, WANTED, Line, Node, promoted
from pooltutor.formula.values import MOST, Value, converted, many

SMALL = 2**20
"""The sizes: i, n and m to here."""


class Unsure(Exception):
    """A window may have no value, or one that only the long way finds."""


Function = Callable[[dict[str, Value]], Value]


def quick(lines: tuple[Line, ...]) -> Callable[[Any, Any, Any], tuple[Value, Value]] | None:
    """Return a function of (i, n, m), numbers or int64 arrays, for start and stop; None where integers may get long.

    The function raises Unsure where the long way must be gone.
    """
    if max(bounds_of(lines)) >= MOST:
        return None
    steps = [(line.name, _function(line.value)) for line in lines]
    ends = {line.name: line.value.type for line in lines}

    def windows(i: Any, n: Any, m: Any) -> tuple[Value, Value]:
        values = {"i": i, "n": n, "m": m}
        for name, step in steps:
            values[name] = step(values)
        start, stop = (values[name] if ends[name] == INT else _whole(values[name]) for name in WANTED)
        return start, stop

    return windows


def bounds_of(lines: tuple[Line, ...]) -> list[float]:
    """For each line what its values, and those on the way to them, do not exceed without their sign.

    MOST stands for everything from there on: exact bounds of a few lines could themselves grow for ever.
    """
    of_names: dict[str, float] = dict.fromkeys(GIVEN, SMALL)
    bounds = []
    for line in lines:
        of_names[line.name] = _bound(line.value, of_names)
        bounds.append(of_names[line.name])  # a name may be assigned again
    return bounds


def _bound(node: Node, bounds: dict[str, float]) -> float:
    return min(_exact_bound(node, bounds), MOST)


def _exact_bound(node: Node, bounds: dict[str, float]) -> float:
    if node.op == "name":
        return bounds[str(node.value)]
    if node.op == "number":
        return abs(node.value) if isinstance(node.value, (int, float)) else MOST
    inner = [_bound(arg, bounds) for arg in node.args]
    if node.op in ("+", "-"):
        return sum(inner)
    if node.op == "*":
        return max(inner[0] * inner[1], *inner)
    if node.op in ("/", "//", "%") and node.args[1].type != INT:
        return MOST
    return max(inner) + 1  # a quotient by a whole number is not larger, and rounding adds 1 at most


def _whole(value: Value) -> Value:
    whole = np.floor(value)
    if not np.all(whole == value):
        raise Unsure
    return whole.astype(np.int64) if many(whole) else int(whole)


# From nodes to functions ---------------------------------------------------------------------------------------


def _function(node: Node) -> Function:
    if node.op == "name":
        return operator.itemgetter(node.value)
    if node.op == "number":
        return lambda values: node.value
    return _MAKERS[node.op](node)


def _as(node: Node, kind: str) -> Function:
    """The value of a node as one of another type."""
    value = _function(node)
    return value if node.type == kind or kind == INT else lambda values: converted(value(values), node.type, kind)


def _two(make: Callable) -> Callable[[Node], Function]:
    """+ - * and comparisons: of both values as one type."""

    def maker(node: Node) -> Function:
        kind = promoted(*(arg.type for arg in node.args))
        left, right = (_as(arg, kind) for arg in node.args)
        return lambda values: make(left(values), right(values))

    return maker


def _compared(make: Callable) -> Callable[[Node], Function]:
    def maker(node: Node) -> Function:
        holds = _two(make)(node)
        return lambda values: holds(values) * 1  # True as 1

    return maker


def _divided(make: Callable) -> Callable[[Node], Function]:
    """By what may be 0, unless it is a size."""

    def maker(node: Node) -> Function:
        left, right = node.args
        kind = node.type if make is operator.truediv or node.type == INT else F64
        top, bottom = (_function(arg) if kind == F64 and arg.type == INT else _as(arg, kind) for arg in (left, right))
        is_size = right.op == "name" and right.value in ("n", "m")

        def divided(values: dict[str, Value]) -> Value:
            divisor = bottom(values)
            if not is_size and not np.all(divisor):
                raise Unsure
            return make(top(values), divisor)

        return divided if kind == node.type else lambda values: converted(divided(values), kind, node.type)

    return maker


def _extreme(make: Callable, of_arrays: Callable) -> Callable[[Node], Function]:
    def maker(node: Node) -> Function:
        args = [_as(arg, node.type) for arg in node.args]

        def extreme(values: dict[str, Value]) -> Value:
            found = [arg(values) for arg in args]
            if not any(map(many, found)):
                return make(found)
            value = found[0]
            for other in found[1:]:
                value = of_arrays(value, other)
            return value

        return extreme

    return maker


def _rounded(of_one: Callable, of_many: Callable) -> Callable[[Node], Function]:
    def maker(node: Node) -> Function:
        value = _function(node.args[0])
        if node.args[0].type == INT:
            return value

        def rounded(values: dict[str, Value]) -> Value:
            found = value(values)
            return of_many(found).astype(np.int64) if many(found) else int(of_one(found))

        return rounded

    return maker


def _signed(make: Callable) -> Callable[[Node], Function]:
    def maker(node: Node) -> Function:
        value = _function(node.args[0])
        return lambda values: make(value(values))

    return maker


def _chosen(node: Node) -> Function:
    condition, then, other = _function(node.args[0]), _as(node.args[1], node.type), _as(node.args[2], node.type)

    def chosen(values: dict[str, Value]) -> Value:
        holds = condition(values)
        if not many(holds):
            return then(values) if holds else other(values)
        return np.where(holds, then(values), other(values))  # where one of them has no value, it says Unsure

    return chosen


_MAKERS: dict[str, Callable[[Node], Function]] = {
    "+": _two(operator.add),
    "-": _two(operator.sub),
    "*": _two(operator.mul),
    "/": _divided(operator.truediv),
    "//": _divided(operator.floordiv),
    "%": _divided(operator.mod),
    **{sign: _compared(make) for sign, make in COMPARISONS.items()},
    "min": _extreme(min, np.minimum),
    "max": _extreme(max, np.maximum),
    "floor": _rounded(math.floor, np.floor),
    "ceil": _rounded(math.ceil, np.ceil),
    "round": _rounded(round, np.rint),
    "int": _rounded(int, np.trunc),
    "f32": lambda node: _as(node.args[0], node.type),
    "float": lambda node: _as(node.args[0], node.type),
    "neg": _signed(operator.neg),
    "abs": _signed(abs),
    "if": _chosen,
}
