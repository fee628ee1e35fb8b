"""The language of formulas: what each operation gives, what is refused and where, and that no text costs much."""

import re
import sys
from itertools import product
from math import ceil, floor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pooltutor import RULES
from pooltutor.formula import FormulaError, formula, parser
from pooltutor.formula.evaluation import evaluated
from pooltutor.formula.quick import MOST, bounds_of
from pooltutor.words import load
from tests import spec
from tests.formulas import FORMULAS, SIZES, TEXTS, outcome

# Operations ------------------------------------------------------------------------------------------------


def value(text, i=1, n=14, m=4):
    return formula(f"start = {text}\nstop = 0").windows(i, n, m)[0]


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("n - m * i + 2", 12),
        ("n // m", 3),
        ("-n // m", -4),
        ("n // -m", -4),
        ("-n % m", 2),
        ("n % -m", -2),
        ("int(7.5 // 2)", 3),
        ("int(10 * (-7.5 % 2))", 5),
        ("int(n / m * 2)", 7),
        ("-(i - 3)", 2),
        ("2 - -3", 5),
        ("--i", 1),
        ("floor(-0.5)", -1),
        ("ceil(-0.5)", 0),
        ("int(-1.5)", -1),
        ("round(0.5) + 10 * round(1.5) + 100 * round(2.5)", 220),
        ("round(-1.5)", -2),
        ("floor(3)", 3),
        ("min(n, m, 7)", 4),
        ("max(n, m, 7)", 14),
        ("abs(m - n)", 10),
        ("int(abs(-2.5) * 2)", 5),
        ("(n > m) + 2 * (n >= 14) + 4 * (n < m) + 8 * (n <= 14) + 16 * (n == 14.0) + 32 * (n != 14)", 27),
        ("5 if n > m else 6", 5),
        ("5 if i - 1 else 6", 6),
        ("1 if i == 0 else 2 if i == 1 else 3", 2),
        ("int(f32(16777217))", 16777216),
        ("int(f32(16777216) + 1)", 16777216),
        ("int(float(16777216) + 1)", 16777217),
        ("int(1 + 1e3 + .5 + 2.)", 1003),
        ("math.floor(n / m) + np.ceil(n / m) + torch.round(n / m)", 11),
        ("int(np.float32(n) + np.float64(m) + float32(1) + float64(1))", 20),
    ],
)
def test_an_operation_gives_what_pythons_gives(text, result):
    assert value(text) == result
    arrays = formula(f"start = {text}\nstop = 0").windows(np.array([1, 1]), np.array([14, 14]), np.array([4, 4]))
    assert [end.tolist() for end in arrays] == [[result] * 2, [0, 0]]


def test_an_f32_is_rounded_after_every_operation():
    third = np.float32(1) / np.float32(3)
    for text, right in [
        ("f32(1) / 3 * 3 * 100000000", third * 3 * 100_000_000),
        ("f32(1) / 3 + 16777216", third + 2**24),
    ]:
        assert value(f"int({text})") == int(np.float32(right))
    assert value("int((f32(0.1) + 0.2) * 1e12)") == int((np.float32(0.1) + np.float32(0.2)) * np.float32(1e12))


def test_a_formula_is_pasted_as_it_is():
    pasted = "# mine\r\n\r\n  k = math.ceil(n / m)  # longest\rstart = np.floor(i * n / m)\nstop = (start +\n\n\tk)\n\n"
    assert formula(pasted).windows(1, 14, 4) == (3, 7)
    assert formula("start = 1\nstart = start + 1\nstop = start * 2").windows(0, 14, 4) == (2, 4)


def test_integers_are_exact_at_any_size():
    assert value("(123456789012345678901234567890 * n + i) % 1000000007") == (
        123456789012345678901234567890 * 14 + 1
    ) % (10**9 + 7)
    assert formula(RULES["pytorch"].text).windows(2**60, 2**61 + 1, 2**61) == (2**60, 2**60 + 2)
    start, _ = formula("start = i * n * n * n // (n * n * n)\nstop = 0").windows(np.array([1, 3**30]), 2**31, 1)
    assert start.tolist() == [1, 3**30]


def test_a_quotient_is_rounded_once_however_long_its_numbers_are():
    long = "123456789012345678901234567890 / 987654321098765432109"
    assert value(f"floor({long} * 1e6)") == floor(123456789012345678901234567890 / 987654321098765432109 * 1e6)


# Refusals --------------------------------------------------------------------------------------------------

END = "stop = 1"
REFUSALS = {  # for each sentence: a text that gets it, or several
    "long": [("start = i\n" * 101, "A formula has at most 1000 characters.")],
    "lines": [("\n" * 20 + END, "A formula has at most 20 lines.")],
    "character": [("start = i $ 2", "$ is not part of a formula (line 1, character 11)")],
    "assigns": [
        ("i * 2", "a line is name = formula, and this one is not (line 1, character 1)"),
        (f"{END}\n  2 = i", "a line is name = formula, and this one is not (line 2, character 3)"),
        ("import os", "a line is name = formula, and this one is not (line 1, character 1)"),
    ],
    "taken": [
        ("n = 3", "n has a meaning already: choose another name (line 1, character 1)"),
        ("max = 3", "max has a meaning already: choose another name (line 1, character 1)"),
    ],
    "missing": [
        ("start = i", "A formula must say what stop is: stop = ..."),
        ("", "A formula must say what start is: start = ..."),
    ],
    "ends": [
        ("start = i +", "here a number, a name or ( is missing (line 1, character 12)"),
        ("start = (i\n+ 2", "here ) is missing (line 2, character 4)"),
        ("start = 1 if i", "here else is missing (line 1, character 15)"),
    ],
    "expected": [
        ("start = * 2", "here stands *, where a number, a name or ( belongs (line 1, character 9)"),
        ("start = i i", "here stands i, where an operation or the end of the line belongs (line 1, character 11)"),
        ("start = 2 ** i", "here stands *, where a number, a name or ( belongs (line 1, character 12)"),
        ("start = if", "here stands if, where a number, a name or ( belongs (line 1, character 9)"),
    ],
    "deep": [
        ("start = " + "(" * 50 + "i", "there are more than 40 parentheses inside one another (line 1, character 49)"),
        ("start = " + "-" * 50 + "i", "there are more than 40 parentheses inside one another (line 1, character 49)"),
    ],
    "high": [("start = i" + " + i" * 120, "more than 100 operations follow one another (line 1, character 407)")],
    "chained": [("start = 0 < i < m", "only two values are compared at a time (line 1, character 15)")],
    "unknown": [
        (
            "start = q",
            "q has no value yet: i, n and m are given, and other names are assigned first (line 1, character 9)",
        )
    ],
    "function": [
        (
            "start = eval(1)",
            "eval is not known here; there are floor, ceil, round, int, min, max, abs, f32 and float "
            "(line 1, character 9)",
        )
    ],
    "takes_one": [("start = floor(i, 2)", "floor takes one value (line 1, character 9)")],
    "takes_two": [("start = min(i)", "min takes two values or more (line 1, character 9)")],
    "digits": [("start = " + "1" * 301, "a whole number has at most 300 digits here (line 1, character 9)")],
    "zero": [
        (f"start = i // (i - 2)\n{END}", "this divides by zero at i = 2 of 14 → 4 (line 1, character 11)"),
        (f"start = floor(i / (i - 2))\n{END}", "this divides by zero at i = 2 of 14 → 4 (line 1, character 17)"),
        (f"start = i % (m - 4)\n{END}", "this divides by zero at i = 0 of 14 → 4 (line 1, character 11)"),
    ],
    "grows": [
        (
            "k = 10000000000 * n\n" + "k = k * k\n" * 6 + f"start = k\n{END}",
            "this whole number gets too long at i = 0 of 14 → 4 (line 6, character 7)",
        )
    ],
    "infinite": [
        (
            f"start = floor(1e308 * 10 * i)\n{END}",
            "floor gets nan at i = 0 of 14 → 4, which is no number (line 1, character 9)",
        ),
        (
            f"start = ceil(1e308 * 10 * (i - 5))\n{END}",
            "ceil gets -inf at i = 0 of 14 → 4, which is no number (line 1, character 9)",
        ),
    ],
    "whole": [
        (
            f"start = i * n / m\n{END}",
            "start is 3.5 at i = 1 of 14 → 4: round it with floor, ceil, round or int (line 1, character 1)",
        ),
        (
            f"start = f32(0.1)\n{END}",
            "start is 0.1 at i = 0 of 14 → 4: round it with floor, ceil, round or int (line 1, character 1)",
        ),
    ],
}


@pytest.mark.parametrize(("text", "said"), [case for cases in REFUSALS.values() for case in cases])
def test_what_is_wrong_is_said_in_one_sentence_with_its_place(text, said):
    with spec.refused(FormulaError, said):
        formula(text).windows(np.arange(4), 14, 4)


def test_every_sentence_about_a_formula_is_tried():
    spoken_elsewhere = {"place", "wanted", "order"}
    assert set(REFUSALS) == set(load()["formula"]) - spoken_elsewhere


LOOK_ALIKES = [
    "ѕtart = i\nstop = 1",
    "start = i − 1\nstop = 1",
    "start = ｎ\nstop = 1",
    "start = ²\nstop = 1",
    "start = ٣\nstop = 1",
]
HOSTILE = [
    *LOOK_ALIKES,
    "(" * 10_000,
    "start = " + "(" * 480 + "i" + ")" * 480,
    "start = i\n" * 20_000,
    "start = 1" + "0" * 900,
    "start = " + "1e308 * " * 120 + "i\nstop = 1",
    "start = 1e999999999\nstop = 1",
    "start = 9 ** 9 ** 9 ** 9\nstop = 1",
    "k = 99999999999999999999\n" + "k = k * k\n" * 17 + "start = k\nstop = 1",
    "start = __class__\nstop = 1",
    "start = i.__class__\nstop = 1",
    "start = ().__class__.__bases__[0]\nstop = 1",
    "start = __import__('os').system('true')\nstop = 1",
    "start = (lambda: i)()\nstop = 1",
    "start = [i][0]\nstop = 1",
    "start = i; stop = 1",
    "start = i if i else\nstop = 1",
    "start: int = i\nstop = 1",
    "start = stop = i",
    "start += i\nstop = 1",
    "start = 1_000\nstop = 1",
    "start = 0x10\nstop = 1",
    "start = 1j\nstop = 1",
    "start = nan\nstop = 1",
    "start = True\nstop = 1",
    "start = i and m\nstop = 1",
    "start = ~i\nstop = 1",
    "start = i @ m\nstop = 1",
    "start = i\x00\nstop = 1",
    "start\u2028= i\nstop = 1",
]


def calls_of(run, *given):
    """How many functions, Python's and C's, are called."""
    count = 0

    def profile(frame, event, arg):
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(profile)
    try:
        outcome(run, *given)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:30]))
def test_nothing_but_the_language_is_read_and_no_text_makes_much_work(text):
    def run():
        formula.__wrapped__(text).windows(np.arange(64), 64, 64)

    assert isinstance(outcome(run), str)
    assert calls_of(run) < 20_000  # a few milliseconds


def test_no_number_grows_for_ever_on_the_way_to_a_formula():
    for text in [
        "k = 99999999999999999999\n" + "k = k * k\n" * 17,
        "k = 1e308\nk = k * k * 0 + 1\nk = -k // 0.5 * 0\n",
    ]:
        assert max(bounds_of(parser.parsed(text + "start = k\nstop = i"))) == MOST


def test_the_longest_texts_that_are_read_make_no_more_work():
    for text in [
        "start = " + "(" * 39 + "i" + ")" * 39 + "\nstop = " + "i + " * 98 + "i",
        "start = i\nstop = 1\n" * 10,
    ]:
        assert calls_of(lambda text=text: formula.__wrapped__(text).windows(np.arange(64), 64, 64)) < 20_000
        assert isinstance(outcome(formula(text).windows, 0, 64, 64), tuple)


def test_a_text_that_is_refused_is_not_kept():
    before = formula.cache_info().currsize
    for k in range(300):
        outcome(formula, f"start = q{k}")
    assert formula.cache_info().currsize == before


@settings(deadline=None)
@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=60))
def test_any_text_is_a_formula_or_gets_a_sentence(text):
    said = outcome(formula, text)
    assert isinstance(said, str) or said.text == text


# One way and the other -------------------------------------------------------------------------------------


@settings(deadline=None, max_examples=300)
@given(TEXTS, SIZES)
def test_many_windows_are_what_single_ones_are_up_to_the_first_that_fails(text, size):
    def all_at_once():
        return [end.tolist() for end in formula(text).windows(np.arange(min(m, 40)), n, m)]

    def one_by_one():
        return [list(ends) for ends in zip(*(formula(text).windows(i, n, m) for i in range(min(m, 40))), strict=True)]

    n, m = size
    assert outcome(all_at_once) == outcome(one_by_one)


@settings(deadline=None, max_examples=300)
@given(FORMULAS, SIZES)
def test_the_quick_way_gives_what_the_long_way_gives(text, size):
    n, m = size
    i = np.arange(min(m, 40))

    def quick():
        return [end.tolist() for end in formula(text).windows(i, n, m)]

    def long():
        return [end.tolist() for end in evaluated(parser.parsed(text), i, n, m)]

    assert outcome(quick) == outcome(long)


@pytest.mark.parametrize("rule", RULES)
def test_the_quick_way_is_gone_for_every_rule_and_is_the_long_one(rule):
    read, (n, m, i) = formula(RULES[rule].text), np.ogrid[1:20, 1:20, 0:20]
    ways = zip(read._quick(i, n, m), evaluated(read.lines, i, n, m), strict=True)
    assert all(np.array_equal(quick, long) for quick, long in ways)


def test_a_number_that_gets_too_long_is_refused_even_where_nothing_is_made_of_it():
    text = "k = n * n\n" + "k = k * k\n" * 9 + "k = 1\nstart = k\nstop = k"
    for i in (0, np.arange(4)):
        with spec.refused(FormulaError, "this whole number gets too long at i = 0 of 14 → 4 (line 9, character 7)"):
            formula(text).windows(i, 14, 4)


def test_a_branch_that_is_not_taken_may_have_no_value():
    guarded = formula("start = i // (i - 1) if i != 1 else 7\nstop = 0")
    assert guarded.windows(np.arange(4), 14, 4)[0].tolist() == [0, 7, 2, 1]
    assert [guarded.windows(i, 14, 4)[0] for i in range(4)] == [0, 7, 2, 1]


def test_the_first_window_is_named_also_where_a_later_one_fails_earlier():
    late = formula("a = 1 // (i - 3)\nb = 1 // (i - 2) if i > 1 else 1\nstart = 0\nstop = a + b")
    with spec.refused(FormulaError, "this divides by zero at i = 2 of 14 → 4 (line 2, character 7)"):
        late.windows(np.arange(4), 14, 4)


# What is shown ---------------------------------------------------------------------------------------------


def evaluate(step):
    """Compute a formula as it is shown: each sign has its meaning."""
    signs = {"⌊": "floor(", "⌋": ")", "⌈": "ceil(", "⌉": ")", "·": "*", " mod ": "%", "≤": "<=", "≥": ">=", "≠": "!="}
    for sign, meaning in signs.items():
        step = step.replace(sign, meaning)
    return eval(re.sub(r" = ", " == ", step), {"floor": floor, "ceil": ceil, "f32": np.float32, "f64": float})


@pytest.mark.parametrize("rule", RULES)
def test_the_formula_that_is_shown_is_the_one_that_is_computed(rule):
    sizes = product((5, 7, 14, 26, 30, 4), (3, 5, 4, 22, 28))
    read = formula(RULES[rule].text)
    for n, m in ((n, m) for n, m in sizes if spec.defined(rule, n, m)):
        for i, ends in enumerate(spec.RAW_WINDOWS[rule](n, m)):
            steps = dict(read.steps(i, n, m))
            assert tuple(int(steps[name][-1]) for name in ("start", "stop")) == ends
            for name, each in steps.items():
                assert {float(evaluate(step)) for step in each} == {float(each[-1])}, (n, m, i, name)


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        (RULES["pytorch"].text, "start = ⌊i·n/m⌋, stop = ⌈(i+1)·n/m⌉"),
        (RULES["forum"].text, "k = ⌈n/m⌉, start = round(i·(n - k)/max(m - 1, 1)), stop = start + k"),
        (RULES["float32"].text, "start = ⌊f32(i)·f32(n/m)⌋, stop = ⌈f32(i+1)·f32(n/m)⌉"),
        (
            "start = (i + n) * m - (i - (n - m))\nstop = -(-i) % 2",
            "start = (i + n)·m - (i - (n - m)), stop = --i mod 2",
        ),
        ("start = (1 if i <= n else 2) + 1\nstop = (i != m) * 3", "start = (1 if i ≤ n else 2) + 1, stop = (i ≠ m)·3"),
    ],
)
def test_a_formula_in_letters_has_brackets_for_floor_and_ceil_and_no_parenthesis_too_many(text, letters):
    assert formula(text).letters == letters
