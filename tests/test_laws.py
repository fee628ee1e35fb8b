"""The laws of adaptive pooling: each one for all sizes to 100, and its function where it has one."""

import math
from collections import Counter
from fractions import Fraction
from itertools import product
from types import SimpleNamespace

import numpy as np
import pytest

import pooltutor
from pooltutor import RULES, Bin, Bins, bins, gradient, laws, matrix
from pooltutor.laws import AvgPool, Period
from pooltutor.words import load
from tests import spec
from tests.test_words import paths, words_read

LARGEST = 100
LARGE = 2**31
PAIRS = list(product(range(1, LARGEST + 1), repeat=2))
SMALL = list(product(range(1, 25), repeat=2))
CASES = [(n, m, rule) for rule in RULES for n, m in SMALL if max(n, m) <= 16 and spec.defined(rule, n, m)]


@pytest.fixture(scope="module")
def every():
    """Every window of every pair to 100, shape (100, 100, 100): [n - 1, m - 1, i], and zeros where i >= m."""
    start, stop = np.zeros((2, LARGEST, LARGEST, LARGEST), np.int32)
    for n, m in PAIRS:
        b = bins(n, m)
        start[n - 1, m - 1, :m], stop[n - 1, m - 1, :m] = b.start, b.stop
    n, m, i = np.ogrid[1 : LARGEST + 1, 1 : LARGEST + 1, :LARGEST]
    pairs = {"n": n[..., 0], "m": m[..., 0], "g": np.gcd(n, m)[..., 0], "q": (n // m)[..., 0], "r": (n % m)[..., 0]}
    return SimpleNamespace(start=start, stop=stop, i=i, real=i < m, inner=i[..., 1:] < m, **pairs)


def of_every_pair(function):
    """The answers of a function of n and m, shape (100, 100)."""
    return np.array([function(n, m) for n, m in PAIRS]).reshape(LARGEST, LARGEST)


def at_last(e, values):
    return np.take_along_axis(values, np.broadcast_to(e.m[..., None] - 1, (LARGEST, LARGEST, 1)), -1)[..., 0]


# Laws 1 to 4: where windows begin and end, overlaps and lengths --------------------------------------------


def test_law_1_windows_begin_at_0_end_at_n_and_leave_no_gap(every):
    assert (every.start[..., 0] == 0).all()
    assert (at_last(every, every.stop) == every.n).all()
    assert ((every.start < every.stop) == every.real).all()
    assert ((every.start[..., 1:] <= every.stop[..., :-1]) | ~every.inner).all()
    assert ((every.start[..., 1:] >= every.start[..., :-1]) | ~every.inner).all()


def test_law_2_neighbours_share_one_cell_where_the_cut_falls_inside_it_and_else_none(every):
    shared = (every.stop[..., :-1] - every.start[..., 1:]) * every.inner
    inside = (every.i[..., 1:] * every.n[..., None] % every.m[..., None] != 0) & every.inner
    assert np.array_equal(shared, inside)
    counts = of_every_pair(laws.overlap_count)
    assert np.array_equal(counts, shared.sum(-1))
    assert np.array_equal(counts, every.m - every.g)
    assert np.array_equal((every.stop - every.start).sum(-1), every.n + counts)


def test_law_2_for_m_up_to_n_the_shared_cells_are_different_ones():
    for n, m in PAIRS:
        coverage = bins(n, m).coverage
        if m <= n:
            assert np.count_nonzero(coverage == 2) == laws.overlap_count(n, m)
            assert coverage.max() <= 2
    assert (laws.overlap_count(3, 7), np.count_nonzero(bins(3, 7).coverage > 1)) == (6, 3)


def test_law_3_r_minus_gcd_windows_have_length_q_plus_2_and_the_others_q_plus_1(every):
    lengths = every.stop - every.start
    for n, m in PAIRS:
        counts = laws.window_lengths(n, m)
        assert counts == Counter(lengths[n - 1, m - 1, :m].tolist())
        assert list(counts) == sorted(counts)
        assert 1 <= len(counts) <= 2
    longer = (lengths == every.q[..., None] + 2).sum(-1)
    assert np.array_equal(longer, np.where(every.r, every.r - every.g, 0))


def test_law_3_first_and_last_window_have_length_ceil_of_n_over_m(every):
    lengths, ceiling = every.stop - every.start, every.q + (every.r > 0)
    assert np.array_equal(lengths[..., 0], ceiling)
    assert np.array_equal(at_last(every, lengths), ceiling)


def test_law_3_all_windows_are_equal_exactly_where_r_is_0_or_divides_m(every):
    equal = of_every_pair(lambda n, m: len(laws.window_lengths(n, m)) == 1)
    assert np.array_equal(equal, (every.r == 0) | (every.m % np.maximum(every.r, 1) == 0) & (every.r > 0))


def test_law_4_above_n_windows_have_one_cell_or_two_and_copy_cells_exactly_where_n_divides_m(every):
    above = every.m > every.n
    lengths = every.stop - every.start
    assert set(np.unique(lengths[above])) == {0, 1, 2}  # 0 where there is no window
    assert np.array_equal((lengths == 2).sum(-1)[above], (every.n - every.g)[above])
    nearest = every.i * every.n[..., None] // every.m[..., None]  # nearest-neighbour upsampling reads this cell
    copies = ((every.start == nearest) & (lengths == 1) | ~every.real).all(-1)
    assert np.array_equal(copies[above], (every.m % every.n == 0)[above])


@pytest.mark.parametrize(
    ("n", "m", "lengths"),
    [(5, 3, {2: 2, 3: 1}), (14, 4, {4: 4}), (14, 7, {2: 7}), (3, 7, {1: 5, 2: 2}), (1, 1, {1: 1})],
)
def test_these_sizes_have_windows_of_these_lengths(n, m, lengths):
    assert laws.window_lengths(n, m) == lengths


# Laws 5 and 6: symmetry ------------------------------------------------------------------------------------


def test_law_5_the_windows_that_contain_a_cell_are_a_bin_of_pooling_back(every):
    for n, m in PAIRS:
        first, last = bins(n, m).feeds
        assert np.array_equal(every.start[m - 1, n - 1, :n], first), (n, m)
        assert np.array_equal(every.stop[m - 1, n - 1, :n], last), (n, m)


def test_law_5_window_by_window_and_cell_by_cell():
    for n, m in SMALL:
        b, cells = bins(n, m), laws.dual(bins(n, m))
        assert [list(range(*cell)) for cell in cells] == [
            [i for i, (start, stop) in enumerate(b) if start <= j < stop] for j in range(n)
        ]
        assert laws.dual(cells) == b
        assert np.array_equal(matrix(n, m) > 0, (matrix(m, n) > 0).T)


def test_law_6_windows_read_the_same_from_both_ends(every):
    for n, m in PAIRS:
        start, stop = every.start[n - 1, m - 1, :m], every.stop[n - 1, m - 1, :m]
        assert np.array_equal(start[::-1], n - stop), (n, m)


def test_law_6_bins_are_gcd_copies_of_the_smallest_part(every):
    for n, m in PAIRS:
        copies, part_n, part_m = laws.period(n, m)
        shifts = np.arange(copies)[:, None] * part_n
        for ends in (every.start, every.stop):
            part = ends[part_n - 1, part_m - 1, :part_m]
            assert np.array_equal(ends[n - 1, m - 1, :m], (part + shifts).ravel()), (n, m)
        assert math.gcd(part_n, part_m) == 1


@pytest.mark.parametrize("rule", RULES)
def test_the_mirror_has_the_windows_of_the_mirrored_input(rule):
    for n, m in (pair for pair in SMALL if spec.defined(rule, *pair)):
        b, mirrored = bins(n, m, rule), laws.mirror(bins(n, m, rule))
        read = [sorted(n - 1 - j for j in range(*window)) for window in reversed(b)]
        assert [list(range(*window)) for window in mirrored] == read
        assert all(type(end) is int for window in mirrored for end in window)
        assert rule != "pytorch" or mirrored == tuple(b)
    assert laws.mirror(bins(5, 3, "equal_kernel")) == (Bin(0, 2), Bin(2, 4), Bin(3, 5))


# Laws 7 and 8: the matrix and its column sums --------------------------------------------------------------


def test_law_7_pooling_is_a_matrix_of_full_rank_whose_rows_sum_to_1():
    for n, m in product(range(1, 41), repeat=2):
        p = matrix(n, m)
        assert np.allclose(p.sum(axis=1), 1)
        assert np.linalg.matrix_rank(p) == min(n, m)


def test_law_7_the_gradient_keeps_its_sum():
    for n, m in SMALL:
        upstream = np.arange(1.0, m + 1)
        assert gradient(upstream, n).sum() == pytest.approx(upstream.sum(), rel=1e-14)


def slow_influence(rule, n, m):
    shares = [
        (window, Fraction(1, window[1] - window[0])) for window in spec.windows(rule, n, m) if window[0] < window[1]
    ]
    return [sum((share for (start, stop), share in shares if start <= j < stop), Fraction()) for j in range(n)]


@pytest.mark.parametrize("rule", RULES)
def test_influence_is_what_the_definition_counts_to_the_last_digit(rule):
    for n, m, _ in (case for case in CASES if case[2] == rule):
        slow = slow_influence(rule, n, m)
        fast = laws.influence(n, m, rule)
        assert (fast.dtype, fast.shape) == (np.float64, (n,))
        assert fast.tolist() == [float(value) for value in slow], (n, m)
        ratio = laws.influence_ratio(n, m, rule)
        assert ratio == (max(slow) / min(slow) if min(slow) else math.inf), (n, m)
        assert isinstance(ratio, Fraction) == bool(min(slow))


def test_law_8_influence_sums_to_m_mirrors_and_repeats():
    for n, m in product(range(1, 65), repeat=2):
        influence, part = laws.influence(n, m), laws.period(n, m)
        assert math.fsum(influence) == pytest.approx(m, rel=1e-14)
        assert np.array_equal(influence, influence[::-1])
        assert np.array_equal(influence, np.tile(laws.influence(*part[1:]), part.copies))


@pytest.fixture(scope="module")
def ratios():
    return {(n, m): laws.influence_ratio(n, m) for n, m in PAIRS}


def test_law_8_all_cells_count_the_same_exactly_where_m_divides_n_or_n_divides_2m(ratios):
    for (n, m), ratio in ratios.items():
        assert (ratio == 1) == (n % m == 0 or 2 * m % n == 0), (n, m)


def test_law_8_the_ratio_is_at_most_3_and_2_for_upsampling(ratios):
    for (n, m), ratio in ratios.items():
        q = n // m
        if n > m and n % m:
            assert ratio <= Fraction(2 * (q + 2), q + 1) <= 3, (n, m)
        assert ratio <= (3 if n > m else 2), (n, m)
    assert ratios[7, 5] == 3
    assert min((n + m, n, m) for (n, m), ratio in ratios.items() if ratio == 3) == (12, 7, 5)


def test_law_8_the_ratio_is_3_exactly_where_n_is_between_m_and_1_5_m_and_a_window_has_3_cells(ratios):
    for (n, m), ratio in ratios.items():
        assert (ratio == 3) == (m < n < 1.5 * m and n % m > math.gcd(n, m)), (n, m)


def test_of_7_to_5_and_7_to_4_each_influence_is_known():
    assert (laws.influence(7, 5) * 6).tolist() == [3, 6, 5, 2, 5, 6, 3]
    assert (laws.influence(7, 4) * 6).tolist() == [3, 5, 2, 4, 2, 5, 3]


def test_a_cell_that_no_window_reads_makes_the_ratio_infinite():
    gaps = "start = 2 * i\nstop = start + 1"
    assert laws.influence(7, 3, gaps).tolist() == [1, 0, 1, 0, 1, 0, 0]
    assert laws.influence_ratio(7, 3, gaps) == math.inf
    assert laws.influence_ratio(5, 3, gaps) == math.inf
    assert bins(9_437_189, 9, "float32")[-1].stop == 9_437_188  # float32 loses a cell only among millions


def test_influence_in_pythons_own_integers_is_the_same(monkeypatch):
    fast = {case: laws.influence(*case).tolist() for case in CASES}
    ratios = {case: laws.influence_ratio(*case) for case in CASES}
    monkeypatch.setattr(laws, "_EXACT_IN_FLOAT", 0)
    for case in CASES:
        assert laws.exact_influence(bins(*case))[0].dtype == object
        assert (laws.influence(*case).dtype, laws.influence(*case).tolist()) == (np.float64, fast[case])
        assert laws.influence_ratio(*case) == ratios[case]


def test_pythons_own_integers_take_over_where_int64_could_lose_a_digit():
    # lengths 587138, 587139 and 587140: their least common multiple times the 12 windows is above 2**53
    sizes = (7_045_661, 12, "float32")
    assert laws.exact_influence(bins(*sizes))[0].dtype == object
    assert laws.exact_influence(bins(14, 4))[0].dtype == np.int64


# Laws 9 and 10: one AvgPool --------------------------------------------------------------------------------


def pooled(n, kernel, stride, padding):
    """What torch's AvgPool makes of each input that is 1 in one cell."""
    import torch
    from torch.nn.functional import avg_pool1d

    return avg_pool1d(torch.eye(n)[None], kernel, stride, padding, count_include_pad=False)[0]


def adaptive(n, m):
    import torch
    from torch.nn.functional import adaptive_avg_pool1d

    return adaptive_avg_pool1d(torch.eye(n)[None], m)[0]


def test_laws_9_and_10_the_avg_pool_is_what_torch_computes_for_average_and_maximum():
    import torch
    from torch.nn.functional import adaptive_max_pool1d, max_pool1d

    rows, found = torch.Generator().manual_seed(0), 0
    for n, m in product(range(1, 65), repeat=2):
        pool, _ = laws.equivalent_avg_pool(n, m)
        if pool:
            found += 1
            x = torch.rand(1, 3, n, generator=rows)
            assert torch.allclose(pooled(n, *pool), adaptive(n, m), rtol=1e-6, atol=0), (n, m)
            assert torch.equal(max_pool1d(x, *pool), adaptive_max_pool1d(x, m)), (n, m)
    assert found == 490 + 187


def test_laws_9_and_10_where_there_is_none_no_kernel_stride_and_padding_do_it():
    # A window 0 of k - p = ceil(n/m) cells and p <= k/2 keep k below 2n, and steps between windows are below n.
    import torch

    none = {(n, m): adaptive(n, m) for n, m in SMALL if laws.equivalent_avg_pool(n, m)[0] is None}
    tried = 0
    for n in range(1, 25):
        for kernel, stride in product(range(1, 2 * n + 1), range(1, n + 1)):
            for padding in range(kernel // 2 + 1):
                m = (n + 2 * padding - kernel) // stride + 1
                if m > 0 and (n, m) in none:
                    tried += 1
                    assert not torch.allclose(pooled(n, kernel, stride, padding), none[n, m]), (n, m)
    assert tried > 1000
    assert all(m > n + 1 or m >= 4 for n, m in none)


def test_law_9_without_padding_it_takes_n_mod_m_of_0_or_1():
    for n, m in PAIRS:
        pool, _ = laws.equivalent_avg_pool(n, m)
        plain = m <= n and n % m in (0, 1)
        assert plain == (pool is not None and pool.padding == 0)
        if plain:
            assert pool == (n - (m - 1) * (n // m), n // m, 0)


def test_law_10_with_padding_it_takes_an_n_one_short_of_a_multiple_of_m():
    for n, m in PAIRS:
        pool, _ = laws.equivalent_avg_pool(n, m)
        padded = (n + 1) % m == 0 and not (m <= n and n % m <= 1)
        assert padded == (pool is not None and pool.padding == 1)
        if padded:
            assert pool == (n // m + 2, n // m + 1, 1)


@pytest.mark.parametrize(
    ("n", "m", "pool", "reason"),
    [
        (14, 7, AvgPool(2, 2, 0), "14 mod 7 is 0: kernel 2, stride 2."),
        (7, 3, AvgPool(3, 2, 0), "7 mod 3 is 1: kernel 3, stride 2."),
        (1, 1, AvgPool(1, 1, 0), "1 mod 1 is 0: kernel 1, stride 1."),
        (5, 3, AvgPool(3, 2, 1), "3 divides 5 + 1: kernel 3, stride 2, padding 1 (not counted)."),
        (20, 7, AvgPool(4, 3, 1), "7 divides 20 + 1: kernel 4, stride 3, padding 1 (not counted)."),
        (1, 2, AvgPool(2, 1, 1), "2 divides 1 + 1: kernel 2, stride 1, padding 1 (not counted)."),
        (14, 4, None, "14 mod 4 is 2, not 0, 1 or 3: no kernel and stride give these windows."),
        (6, 8, None, "8 is larger than 6 + 1: an AvgPool over 6 cells cannot have so many outputs."),
    ],
)
def test_the_reason_says_which_numbers_decide(n, m, pool, reason):
    assert laws.equivalent_avg_pool(n, m) == (pool, reason)


def test_every_word_for_laws_is_used(monkeypatch):
    read = words_read(monkeypatch)
    for n, m in SMALL:
        assert "{" not in laws.equivalent_avg_pool(n, m)[1]
    assert read == {f"laws.{path}" for path in paths(load()["laws"])}


# Sizes and errors ------------------------------------------------------------------------------------------


def test_closed_forms_work_for_the_largest_sizes():
    assert laws.overlap_count(LARGE, LARGE - 1) == LARGE - 2
    assert laws.window_lengths(LARGE, LARGE - 1) == {2: LARGE - 1}
    assert laws.window_lengths(LARGE, 3) == {715827883: 2, 715827884: 1}
    assert laws.equivalent_avg_pool(LARGE, LARGE - 1)[0] == (2, 1, 0)
    assert laws.period(LARGE, LARGE // 2) == Period(LARGE // 2, 2, 1)
    assert laws.dual(bins(LARGE, 3)) == bins(3, LARGE)


OF_SIZES = [laws.overlap_count, laws.window_lengths, laws.equivalent_avg_pool, laws.period]
OF_SIZES += [laws.influence, laws.influence_ratio]


@pytest.mark.parametrize("law", OF_SIZES)
@pytest.mark.parametrize("name", ["input_size", "target_size"])
def test_a_bad_size_is_refused(law, name):
    sizes = {"input_size": 14, "target_size": 4}
    with spec.refused(ValueError, f"{name} must be an integer from 1 to 2147483648, got 0"):
        law(**sizes | {name: 0})
    with spec.refused(TypeError, f"{name} must be an integer from 1 to 2147483648, got 2.5"):
        law(**sizes | {name: 2.5})


@pytest.mark.parametrize("law", OF_SIZES)
def test_numpy_sizes_are_sizes_too(law):
    assert np.array_equal(law(np.int32(14), np.int32(4)), law(14, 4))


@pytest.mark.parametrize("law", [laws.influence, laws.influence_ratio])
def test_influence_refuses_what_bins_refuse(law):
    with spec.refused(ValueError, "The rule 'AvgPool recipe' has no windows when m > n, got 4 -> 5"):
        law(4, 5, "fixed_stride")
    limit = "arrays of bins are built up to 10000000 entries, got 10000001; b[i] gives single windows"
    for n, m in ((3, 10**7 + 1), (10**7 + 1, 3)):
        with spec.refused(ValueError, limit):
            law(n, m)


@pytest.mark.parametrize("law", [laws.influence, laws.influence_ratio])
def test_influence_refuses_before_it_looks_at_a_window(law, monkeypatch):
    monkeypatch.setattr(Bins, "_rule_at", lambda *_: pytest.fail("a window is computed"))
    limit = "arrays of bins are built up to 10000000 entries, got 2147483648; b[i] gives single windows"
    with spec.refused(ValueError, limit):
        law(2**31, 10**7)


MOST = 2**31
CLOSED = {
    laws.overlap_count: MOST - 2,
    laws.window_lengths: {2: MOST - 1},
    laws.equivalent_avg_pool: AvgPool(2, 1, 0),
    laws.period: Period(1, MOST, MOST - 1),
}


@pytest.mark.parametrize("law", CLOSED)
def test_a_closed_form_needs_no_windows_at_the_largest_sizes(law, monkeypatch):
    monkeypatch.setattr(Bins, "_rule_at", lambda *_: pytest.fail("a window is computed"))
    found = law(MOST, MOST - 1)
    assert (found[0] if law is laws.equivalent_avg_pool else found) == CLOSED[law]


def test_only_pytorchs_rule_has_a_dual():
    with spec.refused(ValueError, "b must have the rule pytorch to have a dual, got split"):
        laws.dual(bins(14, 4, "split"))


@pytest.mark.parametrize("law", [laws.dual, laws.mirror])
def test_what_is_not_bins_is_a_type_error(law):
    with spec.refused(TypeError, "b must be bins, as bins(14, 4) makes them, got (14, 4)"):
        law((14, 4))


def test_laws_are_at_hand_in_the_package():
    assert pooltutor.laws is laws
