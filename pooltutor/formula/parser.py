"""From text to lines of nodes: a tokenizer, and one function for each level of the grammar.

A line assigns an expression to a name. Each node knows the type of its value, for that follows from the text alone.
"""

import operator
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from pooltutor.formula.failures import FormulaError, Place
from pooltutor.words import say

LONGEST, MOST_LINES, MOST_DIGITS = 1000, 20, 300
DEEPEST, HIGHEST = 40, 100
"""Most parentheses inside one another, and most operations one upon the other: both are gone through by recursion."""

INT, F32, F64 = "int", "f32", "f64"

GIVEN = ("i", "n", "m")
WANTED = ("start", "stop")

FUNCTIONS = {  # the name in a text: what it does, the type it gives (None: that of its values), how many it takes
    "floor": ("floor", INT, 1),
    "ceil": ("ceil", INT, 1),
    "round": ("round", INT, 1),
    "int": ("int", INT, 1),
    "min": ("min", None, 2),
    "max": ("max", None, 2),
    "abs": ("abs", None, 1),
    "f32": ("f32", F32, 1),
    "float32": ("f32", F32, 1),
    "float": ("float", F64, 1),
    "float64": ("float", F64, 1),
}
KEYWORDS = ("if", "else")
COMPARISONS: dict[str, Callable] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}

_TOKEN = re.compile(
    r"(?P<number>(?:[0-9]+\.[0-9]*|\.[0-9]+|[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    r"|(?:(?:math|np|torch)\.)?(?P<name>[A-Za-z_][A-Za-z0-9_]*)"
    r"|(?P<sign>//|<=|>=|==|!=|[-+*/%()<>=,])"
    r"|(?P<nothing>[ \t]+|#[^\n]*)"
    r"|(?P<end>\n)"
)


@dataclass(frozen=True, slots=True)
class Node:
    """An operation of a formula, the values it takes, the type of its own value, and where it stands."""

    op: str
    args: tuple["Node", ...]
    type: str
    place: Place
    value: int | float | str = 0
    """The number, or the name."""
    height: int = 1
    """How many operations stand one upon the other."""


class Line(NamedTuple):
    """``name = value``"""

    name: str
    value: Node
    place: Place


class _Token(NamedTuple):
    kind: str
    text: str
    place: Place


def promoted(*types: str) -> str:
    """The type of what has values of these types: float32 wins over everything, float64 over integers."""
    return F32 if F32 in types else F64 if F64 in types else INT


def parsed(text: str) -> tuple[Line, ...]:
    """Return the lines of a text; FormulaError says what cannot be read, and where."""
    if len(text) > LONGEST:
        raise FormulaError("long", most=LONGEST)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.rstrip(" \t\n").count("\n") >= MOST_LINES:
        raise FormulaError("lines", most=MOST_LINES)
    lines = tuple(_Parser(list(_tokens(text))).lines())
    for name in WANTED:
        if name not in (line.name for line in lines):
            raise FormulaError("missing", name=name)
    return lines


def _tokens(text: str) -> Iterator[_Token]:
    """The tokens; inside parentheses the end of a line is none, as in Python."""
    at, line, begins, depth = 0, 1, 0, 0
    while at < len(text):
        place, found = Place(line, at - begins + 1), _TOKEN.match(text, at)
        if found is None:
            raise FormulaError("character", place, came=text[at])
        kind, token = found.lastgroup or "", found[found.lastgroup or 0]
        depth += (token == "(") - (token == ")")
        at = found.end()
        if kind == "end":
            line, begins = line + 1, at
        if kind != "nothing" and not (kind == "end" and depth > 0):
            yield _Token(kind, token, place)
    place = Place(line, at - begins + 1)
    yield _Token("end", "", place)


@dataclass
class _Parser:
    tokens: list[_Token]
    at: int = 0
    depth: int = 0
    types: dict[str, str] = field(default_factory=lambda: dict.fromkeys(GIVEN, INT))

    # Tokens --------------------------------------------------------------------------------------------------

    @property
    def token(self) -> _Token:
        return self.tokens[self.at]

    def next(self) -> _Token:
        token = self.token
        self.at = min(self.at + 1, len(self.tokens) - 1)
        return token

    def is_here(self, *texts: str) -> bool:
        return self.token.kind in ("sign", "name") and self.token.text in texts

    def expect(self, text: str, wanted: str) -> None:
        if not self.is_here(text):
            raise self.refusal(wanted)
        self.next()

    def refusal(self, wanted: str) -> FormulaError:
        """What is said where something else belongs: "value", "operator", "close" or "else"."""
        expected = say(f"formula.wanted.{wanted}")
        if self.token.kind == "end":
            return FormulaError("ends", self.token.place, expected=expected)
        return FormulaError("expected", self.token.place, came=self.token.text[:20], expected=expected)

    def node(self, op: str, args: tuple[Node, ...], kind: str, place: Place) -> Node:
        height = 1 + max(arg.height for arg in args)
        if height > HIGHEST:
            raise FormulaError("high", place, most=HIGHEST)
        return Node(op, args, kind, place, height=height)

    # Lines ---------------------------------------------------------------------------------------------------

    def lines(self) -> Iterator[Line]:
        while True:
            while self.token.kind == "end":
                if self.at == len(self.tokens) - 1:
                    return
                self.next()
            yield self.line()

    def line(self) -> Line:
        token = self.token
        if token.kind != "name" or token.text in KEYWORDS:
            raise FormulaError("assigns", token.place, came=token.text[:20])
        self.next()
        if not self.is_here("="):
            raise FormulaError("assigns", token.place, came=token.text[:20])
        if token.text in GIVEN or token.text in FUNCTIONS:
            raise FormulaError("taken", token.place, name=token.text)
        self.next()
        value = self.expression()
        if self.token.kind != "end":
            raise self.refusal("operator")
        self.types[token.text] = value.type
        return Line(token.text, value, token.place)

    # Expressions ---------------------------------------------------------------------------------------------

    def expression(self) -> Node:
        self.depth += 1
        if self.depth > DEEPEST:
            raise FormulaError("deep", self.token.place, most=DEEPEST)
        value = self.comparison()
        if self.is_here("if"):
            place = self.next().place
            condition = self.comparison()
            self.expect("else", "else")
            other = self.expression()
            value = self.node("if", (condition, value, other), promoted(value.type, other.type), place)
        self.depth -= 1
        return value

    def comparison(self) -> Node:
        left = self.sum()
        if not self.is_here(*COMPARISONS):
            return left
        sign = self.next()
        right = self.sum()
        if self.is_here(*COMPARISONS):
            raise FormulaError("chained", self.token.place)
        return self.node(sign.text, (left, right), INT, sign.place)

    def sum(self) -> Node:
        value = self.product()
        while self.is_here("+", "-"):
            sign = self.next()
            other = self.product()
            value = self.node(sign.text, (value, other), promoted(value.type, other.type), sign.place)
        return value

    def product(self) -> Node:
        value = self.factor()
        while self.is_here("*", "/", "//", "%"):
            sign = self.next()
            other = self.factor()
            kind = promoted(value.type, other.type, *([F64] if sign.text == "/" else []))
            value = self.node(sign.text, (value, other), kind, sign.place)
        return value

    def factor(self) -> Node:
        signs = []
        while self.is_here("-"):
            signs.append(self.next())
            if self.depth + len(signs) > DEEPEST:
                raise FormulaError("deep", self.token.place, most=DEEPEST)
        value = self.atom()
        for sign in reversed(signs):
            value = self.node("neg", (value,), value.type, sign.place)
        return value

    def atom(self) -> Node:
        token = self.token
        if token.kind == "number":
            return self.number()
        if self.is_here("("):
            self.next()
            value = self.expression()
            self.expect(")", "close")
            return value
        if token.kind != "name" or token.text in KEYWORDS:
            raise self.refusal("value")
        self.next()
        if self.is_here("("):
            return self.call(token)
        if token.text not in self.types:
            raise FormulaError("unknown", token.place, name=token.text[:20])
        return Node("name", (), self.types[token.text], token.place, token.text)

    def number(self) -> Node:
        token = self.next()
        if not token.text.isdigit():
            return Node("number", (), F64, token.place, float(token.text))
        if len(token.text) > MOST_DIGITS:
            raise FormulaError("digits", token.place, most=MOST_DIGITS)
        return Node("number", (), INT, token.place, int(token.text))

    def call(self, token: _Token) -> Node:
        if token.text not in FUNCTIONS:
            raise FormulaError("function", token.place, name=token.text[:20])
        op, kind, count = FUNCTIONS[token.text]
        self.next()
        args = [self.expression()]
        while self.is_here(","):
            self.next()
            args.append(self.expression())
        self.expect(")", "close")
        if len(args) < count or (count == 1 and len(args) > 1):
            raise FormulaError("takes_one" if count == 1 else "takes_two", token.place, name=token.text)
        return self.node(op, tuple(args), kind or promoted(*(arg.type for arg in args)), token.place)
