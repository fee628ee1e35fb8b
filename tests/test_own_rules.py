"""A rule that is a formula's text or a pair of functions, wherever a rule is taken: it is what its twin in RULES is."""

import math

import numpy as np
import pytest

from pooltutor import RULES, bins, check, figures, gradient, laws, matrix, pairs, pool
from pooltutor.binning import refusal
from pooltutor.cli.explain_facts import facts
from tests.spec import refused

FUNCTIONS = {  # written for one window: math.floor takes no array
    "equal_kernel": (lambda i, n, m: math.floor(i * n / m), lambda i, n, m: math.floor(i * n / m) + math.ceil(n / m)),
    "split": (lambda i, n, m: i * (n // m) + min(i, n % m), lambda i, n, m: (i + 1) * (n // m) + min(i + 1, n % m)),
    "pytorch": (lambda i, n, m: i * n // m, lambda i, n, m: float(math.ceil((i + 1) * n / m))),
}
OWN = [(name, RULES[name].text + "  # mine") for name in RULES] + list(FUNCTIONS.items())
ids = [f"{name}, {'text' if isinstance(rule, str) else 'functions'}" for name, rule in OWN]
own = pytest.mark.parametrize(("name", "rule"), OWN, ids=ids)
X, UPSTREAM = np.arange(7.0), np.arange(1.0, 6)


@own
def test_windows_and_what_follows_from_them_are_the_same(name, rule):
    b, twin = bins(7, 5, rule), bins(7, 5, name)
    assert list(b) == list(twin)
    for part in ("start", "stop", "raw_stop", "coverage"):
        assert getattr(b, part).tolist() == getattr(twin, part).tolist()
    assert (b[2], b[::-2], bins(7, 5, b.rule)) == (twin[2], twin[::-2], b)


@own
@pytest.mark.parametrize("kind", ["avg", "max"])
def test_pooling_gradients_and_the_matrix_are_the_same(name, rule, kind):
    np.testing.assert_array_equal(pool(X, 5, kind=kind, rule=rule), pool(X, 5, kind=kind, rule=name))
    given = {"kind": kind, "x": X}
    np.testing.assert_array_equal(gradient(UPSTREAM, 7, rule=rule, **given), gradient(UPSTREAM, 7, rule=name, **given))
    np.testing.assert_array_equal(matrix(7, 5, rule), matrix(7, 5, name))
    grid = np.arange(35.0).reshape(5, 7)
    np.testing.assert_array_equal(pool(grid, (3, 4), kind=kind, rule=rule), pool(grid, (3, 4), kind=kind, rule=name))


@own
def test_pytorch_says_the_same_of_it(name, rule):
    report, twin = check(7, 5, rule=rule), check(7, 5, rule=name)
    assert (report.agrees, report.first_difference) == (twin.agrees, twin.first_difference)


@own
def test_laws_and_maps_are_the_same(name, rule):
    assert laws.influence(7, 5, rule).tolist() == laws.influence(7, 5, name).tolist()
    assert laws.influence_ratio(7, 5, rule) == laws.influence_ratio(7, 5, name)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_map_of_functions_is_that_of_the_formula(name):
    assert np.array_equal(pairs.chart("agreement", FUNCTIONS[name]).values, pairs.chart("agreement", name).values)
    assert pairs.smallest_wrong(FUNCTIONS[name]) == pairs.smallest_wrong(name)


@own
def test_pictures_and_the_facts_of_explain_are_the_same(name, rule):
    drawn, twin = figures.windows(bins(7, 5, rule)), figures.windows(bins(7, 5, name))
    assert [text.get_text() for text in drawn.bars.texts] == [text.get_text() for text in twin.bars.texts]
    (axis,) = facts((7,), (5,), rule, "avg")["axes"]
    assert [(row["start"], row["stop"]) for row in axis["windows"]] == list(bins(7, 5, name))
    assert [row["pytorch"] for row in axis["windows"]] == [list(window) for window in bins(7, 5)]
    assert figures.duel(7, 5, rule, "round").alt


# What goes wrong -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stop", "said"),
    [
        (lambda i, n, m: i + 0.5, "stop is 2.5 at i = 2 of 7 → 5: round it with floor, ceil, round or int"),
        (lambda i, n, m: math.nan, "stop is nan at i = 2 of 7 → 5: round it with floor, ceil, round or int"),
        (lambda i, n, m: None, "stop is None at i = 2 of 7 → 5: round it with floor, ceil, round or int"),
        (lambda i, n, m: "x", "stop is 'x' at i = 2 of 7 → 5: round it with floor, ceil, round or int"),
    ],
)
def test_a_function_that_gives_no_whole_number_is_told_so(stop, said):
    with refused(ValueError, said):
        bins(7, 5, (lambda i, n, m: i, stop))[2]


@pytest.mark.parametrize("rule", ["start = m - i\nstop = n", (lambda i, n, m: m - i, lambda i, n, m: n)])
def test_windows_that_go_back_are_refused_where_all_are_needed(rule):
    said = "Window 1 of 7 → 5 is 4:7, and the one before it 5:7: windows must go from left to right."
    assert (bins(7, 5, rule)[0], refusal(7, 5, rule)) == ((5, 7), said)
    for ask in (lambda: bins(7, 5, rule).start, lambda: pool(X, 5, rule=rule), lambda: matrix(7, 5, rule)):
        with refused(ValueError, said):
            ask()


def test_the_map_says_where_a_formula_has_no_windows():
    values = pairs.chart("agreement", "start = i * n / m\nstop = -(-(i + 1) * n // m)").values
    sizes = np.arange(1, 65)
    has_windows = sizes[:, None] % sizes == 0
    assert np.array_equal(values == -1, ~has_windows)
    assert (values[has_windows] == 0).all()


@pytest.mark.parametrize("rule", [(len,), (len, 3), (len, len, len), {"start": len, "stop": len}], ids=repr)
def test_what_is_no_pair_of_functions_is_refused(rule):
    with pytest.raises(ValueError, match=r"\Arule must be one of pytorch, .* or a pair of functions, got "):
        bins(7, 5, rule)
