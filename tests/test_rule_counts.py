"""How often each way of writing the rule is wrong: the published counts, and the sizes that give it away."""

from functools import cache

import numpy as np
import pytest

from pooltutor import RULES, bins, pairs
from pooltutor.formula import formula
from pooltutor.windows import clip

ALSO_WRITTEN = {  # ways that are no entry of RULES
    "floats": "start = floor(i * n / m)\nstop = ceil((i + 1) * n / m)",
    "float64 fraction first": "start = floor(i / m * n)\nstop = ceil((i + 1) / m * n)",
    "reciprocal": "r = f32(1) / m\nstart = floor(i * n * r)\nstop = ceil((i + 1) * n * r)",
}
TEXTS = {name: rule.text for name, rule in RULES.items()} | ALSO_WRITTEN


def wrong_at(rule, n, m):
    b, true = bins(n, m, rule), bins(n, m)
    return not (np.array_equal(b.start, true.start) and np.array_equal(b.stop, true.stop))


def compared(name, up_to):
    """For n and m from 1: where the windows of a rule are not PyTorch's, and where they only point past the end."""
    mine, true = formula(TEXTS[name]), formula(TEXTS["pytorch"])
    n = np.arange(1, up_to + 1)
    wrong, past = np.zeros((2, up_to, up_to), bool)
    for m in range(1, up_to + 1):  # all input sizes at once
        i = np.arange(m)[:, None]
        start, stop = mine.windows(i, n, m)
        wrong[:, m - 1] = np.not_equal(clip(start, stop, n), true.windows(i, n, m)).any(axis=(0, 1))
        past[:, m - 1] = (stop > n).any(axis=0) & ~wrong[:, m - 1]
    return wrong, past


@cache
def wrong_to_64(name):
    return compared(name, 64)[0]


def smallest(wrong):
    """The pair (n, m) with the smallest sum, m <= n and then m > n, at which a rule is wrong."""
    sides = (np.argwhere(side(wrong, k)) + 1 for side, k in ((np.tril, 0), (np.triu, 1)))
    return tuple(min(((int(n), int(m)) for n, m in side), key=sum, default=None) for side in sides)


SMALLEST = {
    "pytorch": (None, None),
    "floats": (None, None),
    "equal_kernel": ((5, 3), (2, 3)),
    "forum": ((5, 3), (2, 3)),
    "fixed_stride": ((5, 3), (2, 3)),
    "float32": ((26, 22), (4, 28)),
    "float64_ratio": ((30, 22), (14, 50)),
    "split": ((3, 2), (1, 2)),
    "round": ((3, 2), (1, 2)),
    "floor_floor": ((3, 2), (1, 2)),
    "rest_to_last": ((3, 2), (1, 2)),
    "ceil_kernel": ((5, 3), (2, 3)),
    "equal_tiles": ((3, 2), (1, 2)),
    "fraction_first": ((13, 13), (13, 26)),
    "float64 fraction first": ((22, 22), (22, 44)),
    "reciprocal": ((7, 7), (5, 15)),
}


@pytest.mark.parametrize("name", TEXTS)
def test_the_smallest_sizes_that_give_a_rule_away(name):
    assert smallest(wrong_to_64(name)) == SMALLEST[name]


@pytest.mark.parametrize("name", RULES)
def test_the_smallest_size_is_the_one_that_duels_name(name):
    assert pairs.smallest_wrong(name) == SMALLEST[name][0]


UNEVEN = {  # of the 1,800 sizes with m <= n where m does not divide n
    **{"pytorch": 0, "floats": 0, "equal_kernel": 1345, "forum": 1451, "fixed_stride": 1590, "ceil_kernel": 1590},
    **dict.fromkeys(("split", "round", "floor_floor", "rest_to_last", "equal_tiles"), 1800),
}


@pytest.mark.parametrize("name", UNEVEN)
def test_of_1800_sizes_that_do_not_divide_this_many_are_wrong(name):
    sizes = np.arange(1, 65)
    uneven = np.tril(sizes[:, None] % sizes != 0)
    assert np.count_nonzero(uneven) == 1800
    assert np.count_nonzero(wrong_to_64(name) & uneven) == UNEVEN[name]


@pytest.mark.parametrize(
    ("name", "remainders"), [("split", (0,)), ("round", (0,)), ("floor_floor", (0,)), ("fixed_stride", (0, 1))]
)
def test_these_rules_are_right_only_where_the_law_says_so(name, remainders):
    sizes = np.arange(1, 65)
    wrong = wrong_to_64(name) & RULES[name].defined(sizes[:, None], sizes)
    right = np.isin(sizes[:, None] % sizes, remainders) & RULES[name].defined(sizes[:, None], sizes)
    assert np.array_equal(wrong, RULES[name].defined(sizes[:, None], sizes) & ~right)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("pytorch", 0),
        ("floats", 0),
        ("float32", 13_020),
        ("float64_ratio", 11_311),
        ("fraction_first", 14_238),
        ("float64 fraction first", 6_672),
        ("reciprocal", 20_018),
        ("floor_floor", 258_864),
        ("round", 258_864),
        ("split", 258_864),
        ("fixed_stride", 255_594),
    ],
)
def test_of_all_pairs_to_512_this_many_are_wrong(name, wrong):
    found, past = compared(name, 512)
    assert np.count_nonzero(found) == wrong
    assert smallest(found) == SMALLEST[name]
    harmless = {"float32": 9_267, "float64_ratio": 9_015}  # a slice ends where the input does
    assert np.count_nonzero(past) == harmless.get(name, np.count_nonzero(past))


def test_the_first_stop_that_only_points_past_the_end():
    _, past = compared("float32", 64)
    assert smallest(past)[1] == (7, 13)


@pytest.mark.parametrize(
    ("name", "n", "m"),
    [("forum", 7, 5), ("fixed_stride", 55, 28)]
    + [("float32", n, m) for n, m in ((32, 28), (56, 49), (64, 56), (112, 49))]
    + [("float64_ratio", n, m) for n, m in ((36, 28), (224, 100))]
    + [("fraction_first", n, m) for n, m in ((25, 5), (49, 7))]
    + [("float64 fraction first", n, m) for n, m in ((100, 20), (224, 56))]
    + [("reciprocal", n, m) for n, m in ((14, 7), (224, 7))],
)
def test_telling_sizes_are_wrong(name, n, m):
    assert wrong_at(TEXTS[name], n, m)


@pytest.mark.parametrize("rule", ["equal_kernel", "forum"])
def test_14_to_4_happens_to_be_right(rule):
    assert not wrong_at(rule, 14, 4)
