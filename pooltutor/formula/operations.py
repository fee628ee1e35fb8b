"""What each operation makes of its values: a function of its node, of these, and of the values of all names."""

import operator
from collections.abc import Callable

import numpy as np

from pooltutor.formula.numbers import number_text
from pooltutor.formula.parser import COMPARISONS, F64, INT, Node, promoted
from pooltutor.formula.values import (
    EXACT,
    Fails,
    Value,
    Values,
    as_integer,
    converted,
    counted,
    is_long,
    largest,
    long,
    many,
)


def _arithmetic(make: Callable, bound: Callable) -> Callable:
    def operation(node: Node, args: list[Value], values: Values) -> Value:
        if node.type == INT:
            return counted(node, make, bound, args, values)
        return make(*(converted(value, arg.type, node.type) for value, arg in zip(args, node.args, strict=True)))

    return operation


def _refuse_zero(node: Node, divisor: Value, values: Values) -> None:
    broken = divisor == 0
    if np.any(broken):
        raise Fails(values.first(broken), "zero", node.place)


def _divided(node: Node, args: list[Value], values: Values) -> Value:
    """``/``: of integers the nearest float64 to the exact quotient."""
    a, b = args
    _refuse_zero(node, b, values)
    left, right = (arg.type for arg in node.args)
    if promoted(left, right) != INT:
        return converted(a, left, node.type) / converted(b, right, node.type)
    if not (many(a) or many(b)):
        return a / b
    return (long(a) / long(b)).astype(np.float64) if max(map(largest, args)) > EXACT else a / b


def _rounded_down(make: Callable, make_float: Callable, bound: Callable) -> Callable:
    """``//`` and ``%``: of float32 what float64 gives, rounded once."""

    def operation(node: Node, args: list[Value], values: Values) -> Value:
        _refuse_zero(node, args[1], values)
        if node.type == INT:
            return counted(node, make, bound, args, values)
        wide = (converted(value, arg.type, F64) for value, arg in zip(args, node.args, strict=True))
        return converted(make_float(*wide), F64, node.type)

    return operation


def _compared(make: Callable) -> Callable:
    def operation(node: Node, args: list[Value], values: Values) -> Value:
        kind = promoted(*(arg.type for arg in node.args))
        holds = make(*(converted(value, arg.type, kind) for value, arg in zip(args, node.args, strict=True)))
        return holds.astype(np.int64) if many(holds) else int(holds)

    return operation


def _extreme(make: Callable, of_floats: Callable) -> Callable:
    """``min`` and ``max``; NaN where one is NaN."""

    def operation(node: Node, args: list[Value], values: Values) -> Value:
        same = [converted(value, arg.type, node.type) for value, arg in zip(args, node.args, strict=True)]
        if node.type == INT and any(map(is_long, same)):
            same = list(map(long, same))
        value = same[0]
        for other in same[1:]:
            plain = node.type == INT and not (many(value) or many(other))
            value = make(value, other) if plain else of_floats(value, other)
        return value

    return operation


def _integer(rounds: Callable) -> Callable:
    """``floor``, ``ceil``, ``round`` and ``int``."""

    def operation(node: Node, args: list[Value], values: Values) -> Value:
        (value,), (arg,) = args, node.args
        if arg.type == INT:
            return value
        broken = ~np.isfinite(value)
        if np.any(broken):
            k, said = values.first_of(broken, value)
            raise Fails(k, "infinite", node.place, name=node.op, value=number_text(said))
        return as_integer(value.astype(np.float64) if many(value) else float(value), rounds)

    return operation


def _as_type(node: Node, args: list[Value], values: Values) -> Value:
    return converted(args[0], node.args[0].type, node.type)


def _same(node: Node, args: list[Value], values: Values) -> Value:
    return -args[0] if node.op == "neg" else abs(args[0])


OPERATIONS: dict[str, Callable] = {
    "+": _arithmetic(operator.add, operator.add),
    "-": _arithmetic(operator.sub, operator.add),
    "*": _arithmetic(operator.mul, operator.mul),
    "/": _divided,
    "//": _rounded_down(operator.floordiv, np.floor_divide, max),
    "%": _rounded_down(operator.mod, np.mod, max),
    **{sign: _compared(make) for sign, make in COMPARISONS.items()},
    "min": _extreme(min, np.minimum),
    "max": _extreme(max, np.maximum),
    "floor": _integer(np.floor),
    "ceil": _integer(np.ceil),
    "round": _integer(np.rint),
    "int": _integer(np.trunc),
    "f32": _as_type,
    "float": _as_type,
    "neg": _same,
    "abs": _same,
}
