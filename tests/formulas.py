"""Formulas at random for the tests of the language: texts that are right, and texts that are broken."""

from hypothesis import strategies as st

from pooltutor import RULES
from pooltutor.formula import FormulaError

NAMES = st.sampled_from(["i", "n", "m", "k"])
NUMBERS = st.sampled_from(
    ["0", "1", "2", "3", "7", "0.5", "1.5", "2.0", "1e-3", "1e20", "1e308", "123456789012345678901"]
)
OPERATIONS = st.sampled_from(["+", "-", "*", "/", "//", "%"])
COMPARISONS = st.sampled_from(["<", "<=", "==", "!=", ">", ">="])
ROUNDINGS = st.sampled_from(["floor", "ceil", "round", "int"])
ONE = ROUNDINGS | st.sampled_from(["abs", "f32", "float", "math.floor", "np.float32"])


def joined(*parts):
    return st.tuples(*(part if isinstance(part, st.SearchStrategy) else st.just(part) for part in parts)).map(" ".join)


EXPRESSIONS = st.recursive(
    NAMES | NUMBERS,
    lambda inner: (
        joined(inner, OPERATIONS, inner)
        | joined("(", inner, ")")
        | joined("-", inner)
        | joined(ONE, "(", inner, ")")
        | joined(st.sampled_from(["min", "max"]), "(", inner, ",", inner, ")")
        | joined("(", inner, "if", inner, COMPARISONS, inner, "else", inner, ")")
    ),
    max_leaves=8,
)
FORMULAS = st.builds(
    "k = {}\nstart = {}({})\nstop = {}({})".format,
    st.sampled_from(["ceil(n / m)", "n // m", "f32(n) / m", "i - 1", "2"]),
    *(ROUNDINGS | st.just(""), EXPRESSIONS) * 2,
)


def broken(text, at, what, length):
    at %= len(text)
    return text[:at] + what + text[at + length :]


BROKEN = st.builds(
    broken,
    FORMULAS | st.sampled_from([rule.text for rule in RULES.values()]),
    st.integers(0, 500),
    st.sampled_from([*"()*/ %=,.if#\n\r\t−é3\x00＝ѕ", "**", "->", "lambda", "__class__", "i i", "1_0", "0x1", "else"]),
    st.integers(0, 3),
)
TEXTS = FORMULAS | BROKEN
SIZES = st.sampled_from([(14, 4), (5, 3), (7, 13), (1, 1), (3, 7), (26, 22), (4096, 4095)])


def outcome(run, *given):
    """What a function returns, or the sentence about the formula."""
    try:
        return run(*given)
    except FormulaError as error:
        return str(error)
