"""A formula as it is shown: brackets for floor and ceil, in letters or with the numbers of one window filled in."""

from typing import Any

import numpy as np

from pooltutor.formula.evaluation import value_of
from pooltutor.formula.numbers import number_text, quotient_text
from pooltutor.formula.parser import INT, Line, Node
from pooltutor.formula.values import Values

# How tightly an operation holds what it joins; in a place of a tighter one it gets parentheses.
_IF, _COMPARED, _SUM, _MOD, _PRODUCT, _SIGN, _ATOM = range(7)
_SIGNS = {"<": "<", "<=": "≤", ">": ">", ">=": "≥", "==": "=", "!=": "≠"}
_BRACKETS = {"floor": "⌊{}⌋", "ceil": "⌈{}⌉"}
_ROUNDING = ("floor", "ceil", "round", "int")
_NAMES = {"float": "f64"}


# Letters and numbers -------------------------------------------------------------------------------------------


def in_letters(node: Node) -> str:
    """The formula of a node with its names."""
    return _text(node, None)


def in_numbers(lines: tuple[Line, ...], given: dict[str, Any]) -> list[tuple[str, list[str]]]:
    """For each line its name and its steps: filled in, what is rounded, the result; none twice in a row."""
    values, shown = Values(given), []
    with np.errstate(all="ignore"):
        for line in lines:
            value = value_of(line.value, values)
            steps = [_text(line.value, values), *_rounded(line.value, values), number_text(value)]
            values[line.name] = value
            shown.append((line.name, [step for k, step in enumerate(steps) if k == 0 or step != steps[k - 1]]))
    return shown


def _rounded(node: Node, values: Values) -> list[str]:
    """A rounding with the value that it rounds."""
    if rounded := _rounded_quotient(node):
        bracket, top, bottom = rounded
        return [_called(bracket, [quotient_text(value_of(top, values), value_of(bottom, values))])]
    if node.op not in _ROUNDING or node.args[0].type == INT:
        return []
    inside = node.args[0]
    is_exact = inside.op == "/" and all(arg.type == INT for arg in inside.args)
    text = (
        quotient_text(*(value_of(arg, values) for arg in inside.args))
        if is_exact
        else number_text(value_of(inside, values))
    )
    return [_called(node.op, [text])]


def _rounded_quotient(node: Node) -> tuple[str, Node, Node] | None:
    """Which way is rounded, what is divided by what: ``a // b``, and ``-(-a // b)``, which is ⌈a/b⌉ for integers."""
    if node.op == "//" and node.type == INT:
        return "floor", node.args[0], node.args[1]
    inner = node.args[0] if node.op == "neg" else None
    if inner is None or inner.op != "//" or inner.type != INT:
        return None
    top = _positive(inner.args[0])
    return None if top is None else ("ceil", top, inner.args[1])


def _positive(node: Node) -> Node | None:
    """The node without the minus that it begins with: ``-(i + 1) * n`` begins with one, too."""
    if node.op == "neg":
        return node.args[0]
    left = _positive(node.args[0]) if node.op == "*" else None
    return None if left is None else Node("*", (left, node.args[1]), node.type, node.place)


def _called(op: str, args: list[str]) -> str:
    return _BRACKETS[op].format(*args) if op in _BRACKETS else f"{_NAMES.get(op, op)}({', '.join(args)})"


def _is_neighbour(node: Node) -> bool:
    """Is it the number of a window near this one, such as i + 1?"""
    return node.op in ("+", "-") and node.args[0].value == "i" and node.args[1].op == "number"


def _text(node: Node, values: Values | None, tightness: int = _IF) -> str:
    """A node as text; in letters where there are no values."""
    text, own = _written(node, values)
    return f"({text})" if own < tightness else text


def _written(node: Node, values: Values | None) -> tuple[str, int]:
    """A node as text, and how tightly that holds together."""
    if node.op == "number" or (values is not None and (node.op == "name" or _is_neighbour(node))):
        value = node.value if node.op == "number" else value_of(node, values or Values())
        text = number_text(value)
        return text, _SIGN if text.startswith("-") else _ATOM
    if node.op == "name":
        return str(node.value), _ATOM
    if rounded := _rounded_quotient(node):
        bracket, top, bottom = rounded
        return _called(bracket, [f"{_text(top, values, _PRODUCT)}/{_text(bottom, values, _SIGN)}"]), _ATOM
    return _joined(node, values)


def _joined(node: Node, values: Values | None) -> tuple[str, int]:
    args = node.args
    if node.op in ("+", "-"):
        sign = node.op if _is_neighbour(node) else f" {node.op} "
        return _text(args[0], values, _SUM) + sign + _text(args[1], values, _MOD), _SUM
    if node.op in ("*", "/", "//"):
        sign = {"*": "·", "/": "/", "//": "//"}[node.op]
        return _text(args[0], values, _PRODUCT) + sign + _text(args[1], values, _SIGN), _PRODUCT
    if node.op == "%":
        return f"{_text(args[0], values, _PRODUCT)} mod {_text(args[1], values, _SIGN)}", _MOD
    if node.op == "neg":
        return f"-{_text(args[0], values, _SIGN)}", _SIGN
    if node.op in _SIGNS:
        return f"{_text(args[0], values, _SUM)} {_SIGNS[node.op]} {_text(args[1], values, _SUM)}", _COMPARED
    if node.op == "if":
        condition, then, other = args
        return (
            f"{_text(then, values, _COMPARED)} if {_text(condition, values, _COMPARED)} else {_text(other, values)}",
            _IF,
        )
    return _called(node.op, [_text(arg, values) for arg in args]), _ATOM
