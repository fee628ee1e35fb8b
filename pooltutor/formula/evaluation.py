"""The values of a formula: for one window with Python's own numbers, for many with arrays."""

import operator
from typing import Any

import numpy as np

from pooltutor.formula.failures import FormulaError
from pooltutor.formula.numbers import number_text
from pooltutor.formula.operations import OPERATIONS
from pooltutor.formula.parser import F32, F64, INT, WANTED, Line, Node
from pooltutor.formula.values import MOST, Fails, Value, Values, as_integer, converted, is_long, largest, many


def integers(i: Any, n: Any, m: Any) -> dict[str, Value]:
    """What is given: integers as Python's own, and arrays as int64 of one length."""
    given = {"i": i, "n": n, "m": m}
    return {name: value.astype(np.int64) if many(value) else operator.index(value) for name, value in given.items()}


# Windows -------------------------------------------------------------------------------------------------------


def evaluated(lines: tuple[Line, ...], i: Any, n: Any, m: Any) -> tuple[Value, Value]:
    """Return start and stop of each window; FormulaError about the first window that has none."""
    if not any(map(many, (i, n, m))):
        return _one(lines, integers(i, n, m))
    arrays, given = _alike(i, n, m)
    shape = arrays[0].shape
    try:
        start, stop = _run(lines, given)
    except Fails as failed:
        raise _first_failure(lines, given, failed.k) from None
    return _shaped(start, arrays[0].size, shape), _shaped(stop, arrays[0].size, shape)


def _shaped(end: Value, size: int, shape: tuple[int, ...]) -> np.ndarray:
    """One end of all windows as an array, which has int64 wherever that is long enough."""
    array = end if many(end) else np.full(size, end)
    if array.dtype == object and largest(array) < MOST:
        array = array.astype(np.int64)
    return array.reshape(shape)


def _alike(i: Any, n: Any, m: Any) -> tuple[list[np.ndarray], dict[str, Value]]:
    """What is given, with all arrays of one length; single numbers stay single."""
    arrays = np.broadcast_arrays(i, n, m)
    flat = (each.ravel() if many(one) and one.ndim else one for each, one in zip(arrays, (i, n, m), strict=True))
    return list(arrays), integers(*flat)


def _one(lines: tuple[Line, ...], given: dict[str, Value]) -> tuple[Value, Value]:
    try:
        return _run(lines, given)
    except Fails as failed:
        raise FormulaError(failed.key, failed.place, **given, **failed.places) from None


def _first_failure(lines: tuple[Line, ...], given: dict[str, Value], k: int) -> FormulaError:
    """The error about the first window that has one: an earlier window may fail at a later operation."""
    while k:
        before = {name: value[:k] if many(value) else value for name, value in given.items()}
        try:
            _run(lines, before)
            break
        except Fails as failed:
            k = failed.k
    one = {name: int(value[k]) if many(value) else value for name, value in given.items()}
    try:
        _one(lines, one)
    except FormulaError as error:
        return error
    raise AssertionError("a window fails among others, but not alone")


def _run(lines: tuple[Line, ...], given: dict[str, Value]) -> tuple[Value, Value]:
    values = Values(given)
    with np.errstate(all="ignore"):  # infinity and NaN are values; what cannot be a window is refused
        for line in lines:
            values[line.name] = value_of(line.value, values)
        ends = {line.name: line for line in lines}
        start, stop = (_whole(values[name], ends[name], values) for name in WANTED)
    return start, stop


def _whole(value: Value, line: Line, values: Values) -> Value:
    """The value as an integer; where it is none, the sentence names it."""
    if line.value.type == INT:
        return value
    broken = ~(np.isfinite(value) & (np.floor(value) == value))
    if np.any(broken):
        k, said = values.first_of(broken, value)
        raise Fails(k, "whole", line.place, name=line.name, value=number_text(said))
    return as_integer(value, np.trunc)


# Values --------------------------------------------------------------------------------------------------------


def value_of(node: Node, values: Values) -> Value:
    """The value of a node: the name's, the number itself, or what the operation makes of its values."""
    if node.op == "name":
        return values[str(node.value)]
    if node.op == "number":
        return node.value
    if node.op == "if":
        return _chosen(node, values)
    return OPERATIONS[node.op](node, [value_of(arg, values) for arg in node.args], values)


def _chosen(node: Node, values: Values) -> Value:
    """One of two values; where windows differ in which, each is evaluated for its windows alone."""
    condition, then, other = node.args
    holds = value_of(condition, values) != 0
    if not many(holds):
        branch = then if holds else other
        return converted(value_of(branch, values), branch.type, node.type)
    parts = []
    for branch, chosen in ((then, holds), (other, ~holds)):
        if chosen.any():
            parts.append((chosen, converted(value_of(branch, values.of(chosen)), branch.type, node.type)))
    kind: type = {F32: np.float32, F64: np.float64}.get(node.type, np.int64)
    if any(is_long(part) for _, part in parts):
        kind = object
    value = np.empty(holds.shape, kind)
    for chosen, part in parts:
        value[chosen] = part
    return value
