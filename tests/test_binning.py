"""bins(): against PyTorch, against the laws of adaptive pooling, against a slow twin, and as an object."""

import copy
import dataclasses
import pickle
import re
import warnings
from collections import Counter
from fractions import Fraction
from itertools import pairwise, product
from math import ceil, floor, gcd

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pooltutor import RULES, Bin, Bins, bins, reference
from pooltutor.rules import Rule
from pooltutor.validation import check_window
from pooltutor.windows import clip
from tests import spec

PAIRS = list(product(range(1, 65), repeat=2))
SMALL = list(product(range(1, 25), repeat=2))
CASES = [(rule, n, m) for rule in RULES for n, m in SMALL if spec.defined(rule, n, m)]
SIZES = st.integers(1, 10**4)


# PyTorch's own windows -------------------------------------------------------------------------------------


def test_every_pair_to_64_has_the_windows_that_pooling_the_identity_shows():
    for n, m in PAIRS:
        ((start, stop),) = reference.windows((n,), (m,), "avg", "cpu", "float64")
        b = bins(n, m)
        assert np.array_equal(b.start, start), (n, m)
        assert np.array_equal(b.stop, stop), (n, m)


def test_every_pair_to_64_has_the_cells_that_torch_itself_averages():
    import torch
    from torch.nn.functional import adaptive_avg_pool1d

    for n, m in PAIRS:
        transposed = adaptive_avg_pool1d(torch.eye(n)[None], m)[0].numpy()
        b, cells = bins(n, m), np.arange(n)[:, None]
        assert np.array_equal(transposed > 0, (b.start <= cells) & (cells < b.stop)), (n, m)


def test_14_to_4_is_the_example_everyone_starts_from():
    assert [str(b) for b in bins(14, 4)] == ["0:4", "3:7", "7:11", "10:14"]
    assert bins(14, 4).cuts.tolist() == [0, 3.5, 7, 10.5, 14]
    assert bins(7, 4).stop.tolist() == [2, 4, 6, 7]


# The laws --------------------------------------------------------------------------------------------------


# For small sizes, of each property that bins have; test_laws.py has the laws for all sizes to 100.


def test_law_1_windows_begin_at_0_end_at_n_and_leave_no_gap():
    for n, m in SMALL:
        start, stop = bins(n, m).start, bins(n, m).stop
        assert (start[0], stop[-1]) == (0, n)
        assert (start < stop).all()
        assert (start[1:] <= stop[:-1]).all()


def test_law_2_neighbours_share_a_cell_exactly_where_the_cut_falls_inside_one():
    for n, m in SMALL:
        b = bins(n, m)
        assert b.overlaps.tolist() == [int((i + 1) * n % m != 0) for i in range(m - 1)]
        assert b.overlaps.sum() == m - gcd(n, m)
        assert b.lengths.sum() == n + m - gcd(n, m)
        if m <= n:
            assert np.count_nonzero(b.coverage == 2) == m - gcd(n, m)
            assert b.coverage.max() <= 2


def test_law_3_two_lengths_at_most_and_r_minus_gcd_windows_have_the_longer_one():
    for n, m in SMALL:
        (q, r), lengths = divmod(n, m), bins(n, m).lengths
        expected = {q: m} if r == 0 else {q + 2: r - gcd(n, m), q + 1: m - r + gcd(n, m)}
        assert Counter(lengths.tolist()) == Counter(expected)
        assert lengths[0] == lengths[-1] == ceil(Fraction(n, m))
        assert (lengths.min() == lengths.max()) == (r == 0 or m % r == 0)
    assert bins(5, 3).lengths.tolist() == [2, 3, 2]


def test_law_4_above_n_windows_have_one_cell_or_two():
    for n, m in ((n, m) for n, m in SMALL if m > n):
        b = bins(n, m)
        assert Counter(b.lengths.tolist()) == Counter({2: n - gcd(n, m), 1: m - n + gcd(n, m)})
        nearest_neighbour = [Bin(j, j + 1) for j in (i * n // m for i in range(m))]
        assert (list(b) == nearest_neighbour) == (m % n == 0)


def test_law_5_the_windows_that_contain_a_cell_are_a_bin_of_pooling_back():
    for n, m in SMALL:
        first, last = bins(n, m).feeds
        assert np.array_equal(first, bins(m, n).start)
        assert np.array_equal(last, bins(m, n).stop)


def test_law_6_windows_mirror_and_repeat_with_the_gcd():
    for n, m in SMALL:
        b, g = bins(n, m), gcd(n, m)
        assert np.array_equal(b.start[::-1], n - b.stop)
        one = bins(n // g, m // g)
        shifts = np.arange(g).repeat(m // g) * (n // g)
        assert np.array_equal(b.start, np.tile(one.start, g) + shifts)
        assert np.array_equal(b.stop, np.tile(one.stop, g) + shifts)


def influences(n, m):
    """How much each input cell counts: the column sums of the matrix, as fractions."""
    shares = [Fraction(1, length) for length in bins(n, m).lengths.tolist()]
    return [sum(shares[first:last]) for first, last in zip(*bins(n, m).feeds, strict=True)]


def test_law_8_influence_sums_to_m_and_is_even_only_where_m_divides_n_or_n_divides_2m():
    for n, m in SMALL:
        influence, period = influences(n, m), n // gcd(n, m)
        assert sum(influence) == m
        assert influence == influence[::-1]
        assert influence == influence[:period] * gcd(n, m)
        assert (min(influence) == max(influence)) == (n % m == 0 or 2 * m % n == 0)
        if n > m and n % m:
            assert max(influence) / min(influence) <= Fraction(2 * (n // m + 2), n // m + 1) <= 3
    assert max(influences(7, 5)) / min(influences(7, 5)) == 3
    halves = [Fraction(1, 2), Fraction(5, 6), Fraction(1, 3), Fraction(2, 3)]
    assert influences(7, 4) == halves + halves[-2::-1]


# The slow twin ---------------------------------------------------------------------------------------------


def test_every_rule_has_a_slow_twin():
    assert list(spec.RAW_WINDOWS) == list(RULES) == [rule.name for rule in RULES.values()]


@pytest.mark.parametrize("rule", RULES)
def test_every_pair_to_24_equals_the_slow_twin(rule):
    for _, n, m in (case for case in CASES if case[0] == rule):
        b, twin = bins(n, m, rule), spec.windows(rule, n, m)
        assert list(b) == twin, (n, m)
        assert list(zip(b.start, b.stop, strict=True)) == twin, (n, m)
        assert b.raw_stop.tolist() == [stop for _, stop in spec.RAW_WINDOWS[rule](n, m)], (n, m)
        assert b.lengths.tolist() == [stop - start for start, stop in twin], (n, m)


@settings(deadline=None)
@given(st.sampled_from(list(RULES)), SIZES, SIZES)
def test_any_pair_to_10_000_equals_the_slow_twin(rule, n, m):
    if not spec.defined(rule, n, m):
        n, m = m, n
    b = bins(n, m, rule)
    assert list(zip(b.start.tolist(), b.stop.tolist(), strict=True)) == spec.windows(rule, n, m)


@settings(deadline=None)
@given(st.data(), st.integers(1, 2**31), st.integers(1, 2**31))
def test_a_single_window_is_exact_up_to_the_largest_size(data, n, m):
    i = data.draw(st.integers(0, m - 1))
    low, high = Fraction(i * n, m), Fraction((i + 1) * n, m)
    assert bins(n, m)[i] == (floor(low), ceil(high))
    assert (bins(n, m).cut(i), bins(n, m).cut(i + 1)) == (low, high)
    assert bins(n, m, "round")[i] == (round(low), max(round(low), round(high)))


def test_the_last_window_of_the_largest_size_ends_at_its_end():
    largest = 2**31
    assert bins(largest, largest)[-1] == (largest - 1, largest)
    assert bins(largest, largest - 1)[-1] == (largest - 2, largest)
    assert len(bins(1, largest)) == largest


def test_coverage_and_feeds_count_what_a_double_loop_counts():
    for rule, n, m in ((rule, n, m) for rule, n, m in CASES if max(n, m) <= 16):
        b = bins(n, m, rule)
        windows = list(enumerate(b))
        fed = [[i for i, (start, stop) in windows if start <= j < stop] for j in range(n)]
        assert b.coverage.tolist() == [len(outputs) for outputs in fed], (rule, n, m)
        assert [list(range(first, last)) for first, last in zip(*b.feeds, strict=True)] == fed, (rule, n, m)


def test_overlaps_count_the_cells_that_neighbours_share():
    for rule, n, m in CASES:
        sets = [set(range(*window)) for window in bins(n, m, rule)]
        shared = [len(a & b) for a, b in pairwise(sets)]
        assert bins(n, m, rule).overlaps.tolist() == shared, (rule, n, m)


def test_split_is_array_split():
    for n, m in SMALL:
        parts = np.array_split(np.arange(n), m)
        assert [list(range(n))[b.slice] for b in bins(n, m, "split")] == [part.tolist() for part in parts]


# The object ------------------------------------------------------------------------------------------------


def test_bins_are_a_sequence():
    b = bins(14, 4)
    assert len(b) == 4
    assert b[1] == b[-3] == b[np.int64(1)] == Bin(3, 7)
    assert list(b) == [b[0], b[1], b[2], b[3]]
    assert b[1:3] == ((3, 7), (7, 11))
    assert b[::-2] == ((10, 14), (3, 7))
    assert list(reversed(b)) == list(b[::-1])
    assert (3, 7) in b
    assert (b[1].length, b[1].slice) == (4, slice(3, 7))


@pytest.mark.parametrize("i", [4, -5, 100])
def test_a_window_that_is_not_there_is_an_index_error(i):
    with spec.refused(IndexError, f"window must be an integer from -4 to 3, got {i}"):
        bins(14, 4)[i]


@pytest.mark.parametrize("i", [5, -1])
def test_a_cut_that_is_not_there_is_an_index_error(i):
    assert bins(14, 4).cut(4) == 14
    with spec.refused(IndexError, f"cut must be an integer from 0 to 4, got {i}"):
        bins(14, 4).cut(i)


@pytest.mark.parametrize("i", ["a", 1.5, None, True, (1, 2), np.array([0, 1])], ids=repr)
def test_what_is_no_number_of_a_window_or_of_a_cut_is_a_type_error(i):
    with spec.refused(TypeError, f"window must be an integer from -4 to 3, got {i!r}"):
        bins(14, 4)[i]
    for read in (bins(14, 4).cut, bins(14, 4).cut_text):
        with spec.refused(TypeError, f"cut must be an integer from 0 to 4, got {i!r}"):
            read(i)


@pytest.mark.parametrize("part", [slice("a"), slice(1.5, None), slice(None, None, [])], ids=repr)
def test_what_is_no_slice_of_windows_is_a_type_error(part):
    with spec.refused(TypeError, f"a slice of windows must have integers or None in it, got {part!r}"):
        bins(14, 4)[part]


@pytest.mark.parametrize("rule", RULES)
def test_windows_are_the_same_one_by_one_sliced_listed_and_backwards(rule):
    m = 10_007  # more than are computed at once
    b = bins(10_009, m, rule)
    one_by_one = [b[i] for i in range(m)]
    assert list(b) == one_by_one
    assert list(reversed(b)) == one_by_one[::-1]
    for part in (slice(None), slice(-3, None), slice(4090, 9000, 3), slice(9000, 100, -7), slice(5, 5), slice(99, 3)):
        assert b[part] == tuple(one_by_one[part])
    assert {type(end) for window in b[4095:4098] for end in window} == {int}


def test_bins_are_equal_when_sizes_and_rule_are_and_can_be_keys():
    assert bins(14, 4) == bins(np.int64(14), np.array(4))
    assert len({bins(14, 4), bins(14, 4, "pytorch"), bins(14, 4, "round"), bins(14, 5), bins(15, 4)}) == 4
    assert bins(14, 4) != [Bin(0, 4), Bin(3, 7), Bin(7, 11), Bin(10, 14)]


@pytest.mark.parametrize(
    ("wrong", "error", "message"),
    [
        ({"input_size": -3}, ValueError, "input_size must be an integer from 1 to 2147483648, got -3"),
        ({"target_size": "4"}, TypeError, "target_size must be an integer from 1 to 2147483648, got '4'"),
        (
            {"rule": "fixed_stride", "target_size": 15},
            ValueError,
            "The rule 'AvgPool recipe' has no windows when m > n, got 14 -> 15",
        ),
    ],
)
def test_no_way_leads_to_bins_that_there_are_not(wrong, error, message):
    right = {"input_size": 14, "target_size": 4, "rule": "pytorch"}
    for make in (bins, Bins, lambda **values: dataclasses.replace(bins(14, 4), **values)):
        assert make(**right) == bins(14, 4)
        with spec.refused(error, message):
            make(**{**right, **wrong})


def test_bins_that_are_copied_or_pickled_are_the_same():
    b = bins(2**31, 2**31 - 1, "round")
    for twin in (copy.copy(b), copy.deepcopy(b), pickle.loads(pickle.dumps(b)), dataclasses.replace(b)):
        assert (twin, hash(twin)) == (b, hash(b))


def test_bins_are_frozen():
    with pytest.raises(dataclasses.FrozenInstanceError):
        bins(14, 4).input_size = 15


def test_numpy_sizes_are_stored_as_python_integers():
    b = bins(np.int64(14), np.array(4))
    assert (type(b.input_size), type(b.target_size)) == (int, int)
    assert type(b[0].start) is int


def test_arrays_are_int64_and_cuts_float64():
    b = bins(14, 4)
    for array in (b.start, b.stop, b.raw_stop, b.lengths, b.overlaps, b.coverage, *b.feeds):
        assert array.dtype == np.int64
    assert b.cuts.dtype == np.float64
    assert b.cuts.tolist() == [float(b.cut(i)) for i in range(5)]


def test_raw_stop_keeps_what_clipping_takes_away():
    b = bins(7, 13, "float32")
    assert (b.raw_stop[-1], b.stop[-1], b[-1].stop) == (8, 7, 7)
    assert np.array_equal(bins(14, 4).raw_stop, bins(14, 4).stop)


def test_an_empty_window_has_stop_equal_to_start_and_says_empty():
    b = bins(2, 3, "split")
    assert list(b) == [(0, 1), (1, 2), (2, 2)]
    assert b.lengths.tolist() == [1, 1, 0]
    assert str(b[2]) == "empty"
    assert repr(b) == "bins(2, 3, rule='split'): 0:1 1:2 empty"


def test_clipping_is_what_a_slice_does():
    for n, start, stop in product(range(1, 6), range(8), range(8)):
        begin, end = clip(start, stop, n)
        assert list(range(n))[begin:end] == list(range(n))[start:stop]
        assert 0 <= begin <= end <= n


def test_a_new_rule_is_one_entry_and_may_leave_gaps(monkeypatch):
    gaps = Rule("gaps", "start = 2 * i\nstop = start + 1")
    monkeypatch.setitem(RULES, "gaps", gaps)
    b = bins(7, 3, "gaps")
    assert repr(b) == "bins(7, 3, rule='gaps'): 0:1 2:3 4:5"
    assert b.overlaps.tolist() == [0, 0]
    assert b.coverage.tolist() == [1, 0, 1, 0, 1, 0, 0]


def test_text_shows_ten_windows_and_shortens_more_in_the_middle():
    assert repr(bins(10, 10)) == "bins(10, 10): 0:1 1:2 2:3 3:4 4:5 5:6 6:7 7:8 8:9 9:10"
    assert repr(bins(11, 11)) == "bins(11, 11): 0:1 1:2 2:3 3:4 4:5 5:6 ... 8:9 9:10 10:11"
    assert repr(bins(2**31, 2**31)).endswith(" ... 2147483645:2147483646 2147483646:2147483647 2147483647:2147483648")
    assert repr(bins(5, 3, "round")) == "bins(5, 3, rule='round'): 0:2 2:3 3:5"


def test_html_is_a_table_with_the_exact_intervals():
    assert bins(3, 2)._repr_html_() == (
        "<table><caption>3 → 2, rule PyTorch</caption><thead><tr><th>i</th><th>exact interval</th><th>start</th>"
        "<th>stop</th><th>length</th></tr></thead><tbody>"
        "<tr><td>0</td><td>0 to 1.5</td><td>0</td><td>2</td><td>2</td></tr>"
        "<tr><td>1</td><td>1.5 to 3</td><td>1</td><td>3</td><td>2</td></tr></tbody></table>"
    )
    assert "<td>5/3 to 10/3</td>" in bins(5, 3)._repr_html_()
    assert "<td>2</td><td>2</td><td>empty</td></tr></tbody>" in bins(2, 3, "split")._repr_html_()


def test_html_of_many_windows_is_shortened_in_the_middle():
    assert bins(17, 17)._repr_html_().count("<tr>") == 1 + 17
    long = bins(100, 18)._repr_html_()
    assert long.count("<tr>") == 1 + 12 + 1 + 4
    assert "<tr><td>…</td><td>…</td><td>…</td><td>…</td><td>…</td></tr><tr><td>14</td>" in long


# Limits and errors -----------------------------------------------------------------------------------------


TOO_LONG = "arrays of bins are built up to 10000000 entries, got {}; b[i] gives single windows"


@pytest.mark.parametrize("part", ["start", "stop", "raw_stop", "lengths", "overlaps", "feeds", "coverage", "cuts"])
def test_arrays_above_the_limit_are_refused_while_single_windows_work(part):
    entries = 10**7 + 1
    b = bins(3, entries)
    with spec.refused(ValueError, TOO_LONG.format(entries + (part == "cuts"))):
        getattr(b, part)
    assert b[5_000_000] == (1, 2)


LISTED = {
    "list": list,
    "all": lambda b: b[:],
    "backwards": lambda b: b[::-1],
    "reversed": reversed,
    "in": lambda b: (3, 4) in b,
    "unpacked": lambda b: (*b,),
    "largest": max,
}


@pytest.mark.parametrize("name", LISTED)
def test_windows_are_listed_up_to_the_limit_of_arrays(name):
    with spec.refused(ValueError, TOO_LONG.format(2**31)):
        LISTED[name](bins(2**31, 2**31))


def test_a_few_of_very_many_windows_are_there():
    b = bins(2**31, 2**31)
    assert b[2**30 : 2**30 + 2] == ((2**30, 2**30 + 1), (2**30 + 1, 2**30 + 2))
    assert b[:: -(2**30)] == (b[-1], b[2**30 - 1])
    assert next(iter(bins(2**31, 10**7))) == (0, 215)


def test_arrays_over_too_many_cells_are_refused():
    b = bins(10**7 + 1, 3)
    assert b.start.tolist() == [0, 3_333_333, 6_666_667]
    for part in ("feeds", "coverage"):
        with spec.refused(ValueError, TOO_LONG.format(10_000_001)):
            getattr(b, part)


@pytest.mark.parametrize("rule", RULES)
def test_no_rule_overflows_up_to_the_largest_size(rule):
    """Python's integers have no end; int64, one by one and in arrays, must say the same, and without a warning."""
    sizes = (1, 2, 3, 2**24 + 1, 2**30 + 1, 2**31 - 1, 2**31)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for n, m in ((n, m) for n, m in product(sizes, sizes) if spec.defined(rule, n, m)):
            for i in {0, m // 3, m // 2, m - 1}:
                exact = [int(end) for end in RULES[rule].windows(i, n, m)]
                for number in (np.int64, lambda value: np.array([value])):
                    for size in (int, number):
                        ends = RULES[rule].windows(number(i), size(n), size(m))
                        assert [int(np.squeeze(end)) for end in ends] == exact, (n, m, i)


NO_INTEGERS = [2.5, 4.0, True, np.True_, "3", None, (4,), np.array([4]), np.float64(4)]


@pytest.mark.parametrize("value", NO_INTEGERS, ids=repr)
@pytest.mark.parametrize("name", ["input_size", "target_size"])
def test_a_size_that_is_no_integer_is_a_type_error(name, value):
    with spec.refused(TypeError, f"{name} must be an integer from 1 to 2147483648, got {value!r}"):
        bins(**{"input_size": 14, "target_size": 4, name: value})


@pytest.mark.parametrize("value", [0, -1, 2**31 + 1, np.int64(0)], ids=repr)
@pytest.mark.parametrize("name", ["input_size", "target_size"])
def test_a_size_outside_the_range_is_a_value_error(name, value):
    with spec.refused(ValueError, f"{name} must be an integer from 1 to 2147483648, got {value!r}"):
        bins(**{"input_size": 14, "target_size": 4, name: value})


@pytest.mark.parametrize("value", [0, 3, np.int64(3), np.uint8(0), np.array(3)], ids=repr)
def test_the_number_of_a_window_becomes_a_python_integer(value):
    window = check_window(value, 4)
    assert (window, type(window)) == (value, int)


@pytest.mark.parametrize("value", NO_INTEGERS, ids=repr)
def test_the_number_of_a_window_that_is_no_integer_is_a_type_error(value):
    with spec.refused(TypeError, f"window must be an integer from 0 to 3, got {value!r}"):
        check_window(value, 4)


@pytest.mark.parametrize(("value", "m"), [(4, 4), (-1, 4), (np.int64(4), 4), (1, 1), (2**31, 2**31)], ids=repr)
def test_the_number_of_a_window_that_is_not_there_is_a_value_error(value, m):
    with spec.refused(ValueError, f"window must be an integer from 0 to {m - 1}, got {value!r}"):
        check_window(value, m)


@pytest.mark.parametrize("rule", ["Pytorch", "", None, 3, ["round"]])
def test_an_unknown_rule_is_a_value_error_that_lists_the_rules(rule):
    message = (
        "rule must be one of pytorch, equal_kernel, forum, fixed_stride, float32, float64_ratio, split, round, "
        "fraction_first, floor_floor, rest_to_last, ceil_kernel, equal_tiles, the text of a formula or a pair of "
        f"functions, got {rule!r}"
    )
    with spec.refused(ValueError, message):
        bins(14, 4, rule)


def test_a_rule_that_has_no_windows_above_n_says_so():
    assert RULES["fixed_stride"].undefined == "The rule 'AvgPool recipe' has no windows when m > n."
    assert [name for name, rule in RULES.items() if rule.undefined] == ["fixed_stride", "ceil_kernel", "equal_tiles"]
    with spec.refused(ValueError, "The rule 'AvgPool recipe' has no windows when m > n, got 4 -> 5"):
        bins(4, 5, "fixed_stride")
    assert RULES["fixed_stride"].defined(np.array([4, 5, 6]), 5).tolist() == [False, True, True]


@pytest.mark.parametrize("call", [bins, lambda n, m: bins(14, 4, n), lambda n, m: bins(14, 4)[n]])
def test_what_came_is_quoted_shortly(call):
    with pytest.raises((TypeError, ValueError)) as refusal:
        call("x" * 10**6, 4)
    said, came = str(refusal.value).split(", got ")
    assert len(came) < 80
    assert came.startswith("'xxx")
    assert "xxx" not in said


# Cuts as text ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("n", "m", "texts"),
    [
        (14, 4, ["0", "3.5", "7", "10.5", "14"]),
        (5, 3, ["0", "5/3", "10/3", "5"]),
        (41, 4, ["0", "10.25", "20.5", "30.75", "41"]),
        (150, 100, [str(i * 1.5).removesuffix(".0") for i in range(101)]),
        (1, 8, ["0", "1/8", "0.25", "3/8", "0.5", "5/8", "0.75", "7/8", "1"]),
    ],
)
def test_a_cut_is_a_decimal_of_two_digits_or_a_fraction_in_lowest_terms(n, m, texts):
    assert [bins(n, m).cut_text(i) for i in range(m + 1)] == texts


@settings(max_examples=500, deadline=None)
@given(st.data())
def test_a_cut_as_text_is_exact_and_as_short_as_that_can_be(data):
    n, m = data.draw(st.integers(1, 2**31)), data.draw(st.integers(1, 2**31) | st.integers(1, 100))
    i = data.draw(st.integers(0, m))
    exact, text = Fraction(i * n, m), bins(n, m).cut_text(i)
    assert Fraction(text) == exact
    if (100 * exact).denominator == 1:
        assert re.fullmatch(r"\d+(\.\d?[1-9])?", text)
    else:
        assert text == str(exact)
