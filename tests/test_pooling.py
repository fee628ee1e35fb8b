"""pool, gradient and matrix: against PyTorch, against a slow twin, against finite differences, and by the laws."""

from itertools import product
from math import prod

import numpy as np
import pytest
import torch
from torch.nn import functional

from pooltutor import RULES, bins, boxes, gradient, kinds, matrix, pool
from pooltutor.pooling import axis_bins, winners
from tests import spec

KINDS = ("avg", "max")
PAIRS = list(product([*range(1, 17), 24, 31, 32, 33, 63, 64], repeat=2))  # small ones, and around powers of 2
# A few units in the last place for sums of up to some hundred numbers of size 100, relative to 100.
TOLERANCE = {"float64": 1e-12, "float32": 2e-4, "float16": 1.5}

SHAPES = [  # batch and channels, pooled axes, targets: no two sizes of one case are the same
    ((), (7,), (4,)),
    ((2,), (5,), (3,)),
    ((3, 2), (14,), (4,)),
    ((4, 1, 2), (3,), (8,)),
    ((), (5, 7), (3, 4)),
    ((2, 3), (6, 5), (4, 8)),
    ((), (4, 6, 5), (3, 2, 7)),
    ((2,), (3, 7, 5), (5, 4, 2)),
]


def from_torch(x, targets, kind, upstream=None):
    """PyTorch's outputs and, for a maximum, winners; its input gradient where there is an upstream one."""
    k = len(targets)
    leaf = torch.from_numpy(np.array(x)).reshape(1, -1, *x.shape[x.ndim - k :]).requires_grad_()
    operation = getattr(functional, f"adaptive_{kind}_pool{k}d")
    y, index = operation(leaf, targets, return_indices=True) if kind == "max" else (operation(leaf, targets), None)
    front = x.shape[: x.ndim - k]
    found = [y.detach().numpy().reshape(*front, *targets)]
    if kind == "max":
        found.append(index.numpy().reshape(*front, *targets))
    if upstream is not None:
        y.backward(torch.from_numpy(np.array(upstream)).reshape(y.shape))
        found.append(leaf.grad.numpy().reshape(x.shape))
    return found


def assert_close(ours, theirs, tolerance=1e-12):
    assert ours.shape == theirs.shape
    assert ours.dtype == theirs.dtype
    np.testing.assert_allclose(ours, theirs, rtol=tolerance / 100, atol=tolerance)


def numbers(seed, shape, dtype="float64", special=0.0):
    """Numbers with ties; a share ``special`` of them NaN or infinite."""
    random = np.random.default_rng(seed)
    values = random.integers(-40, 40, shape) / 4
    odd = random.choice([np.nan, np.inf, -np.inf], shape)
    return np.where(random.random(shape) < special, odd, values).astype(dtype)


# PyTorch, forward and backward -----------------------------------------------------------------------------


@pytest.mark.parametrize(("front", "n", "m"), SHAPES)
@pytest.mark.parametrize("kind", KINDS)
def test_each_number_of_axes_gives_pytorchs_outputs_and_gradients(kind, front, n, m):
    x, upstream = numbers(1, (*front, *n)), numbers(2, (*front, *m))
    y, *_, grad = from_torch(x, m, kind, upstream)
    assert_close(pool(x, m, kind=kind), y)
    assert_close(gradient(upstream, n, kind=kind, x=x), grad)


@pytest.mark.parametrize("kind", KINDS)
def test_every_pair_to_24_gives_pytorchs_outputs_and_gradients(kind):
    for n, m in product(range(1, 25), repeat=2):
        x, upstream = numbers(n, n), numbers(m, m)
        y, *_, grad = from_torch(x, (m,), kind, upstream)
        assert_close(pool(x, m, kind=kind), y)
        assert_close(gradient(upstream, n, kind=kind, x=x), grad)


# Few long windows are reduced one by one, many short ones cell by cell; backward the two change places.
@pytest.mark.parametrize(("n", "m"), [(500, 3), (3, 500), (500, 230), (230, 500), (1000, 1), (1, 1000)])
@pytest.mark.parametrize("special", [0.0, 0.02])
@pytest.mark.parametrize("kind", KINDS)
def test_few_long_windows_and_many_short_ones_give_pytorchs_numbers(kind, special, n, m):
    lengths, cells_fed = bins(n, m).lengths.max(), bins(n, m).coverage.max()
    assert (m < lengths, n < cells_fed) == (n > 100 * m, m > 100 * n)
    x, upstream = numbers(n, (2, n), special=special), numbers(m, (2, m), special=special)
    y, *_, grad = from_torch(x, (m,), kind, upstream)
    assert_close(pool(x, m, kind=kind), y)
    assert_close(gradient(upstream, n, kind=kind, x=x), grad)


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_float_type_stays_what_it_is(kind, dtype):
    x = numbers(3, (2, 5, 7), dtype)
    y = pool(x, (3, 4), kind=kind)
    assert (y.dtype, gradient(y, (5, 7), kind=kind, x=x).dtype) == (dtype, dtype)


def test_float16_is_summed_in_a_wider_type():
    assert pool(np.full(5000, 60.0, np.float16), 2).tolist() == [60, 60]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("dtype", ["int8", "uint16", "int64"])
def test_integers_become_float64(kind, dtype):
    x, upstream = np.arange(35, dtype=dtype).reshape(5, 7), np.arange(12, dtype=dtype).reshape(3, 4)
    assert_close(pool(x, (3, 4), kind=kind), pool(x.astype(float), (3, 4), kind=kind))
    theirs = gradient(upstream.astype(float), (5, 7), kind=kind, x=x.astype(float))
    assert_close(gradient(upstream, (5, 7), kind=kind, x=x), theirs)
    assert pool([0, 9, 0], 2, kind=kind).dtype == np.float64


def test_14_to_4_has_the_outputs_and_the_14_gradients_of_the_classic_example():
    assert pool(np.arange(14), 4).tolist() == [1.5, 4.5, 8.5, 11.5]
    expected = [0.25, 0.25, 0.25, 0.75, 0.5, 0.5, 0.5, 0.75, 0.75, 0.75, 1.75, 1, 1, 1]
    assert gradient([1, 2, 3, 4], 14).tolist() == expected
    assert pool(np.arange(7), 4).tolist() == [0.5, 2, 4, 5.5]


def test_the_sum_of_gradients_is_kept_and_the_mean_of_values_is_not():
    assert pool([0, 3, 0], 2).tolist() == [1.5, 1.5]
    assert gradient([1, 1], 3).tolist() == [0.5, 1, 0.5]


# Maximum ---------------------------------------------------------------------------------------------------


def test_a_shared_cell_can_win_twice_and_collects_twice():
    assert pool([0, 9, 0], 2, kind="max").tolist() == [9, 9]
    assert gradient([1, 1], 3, kind="max", x=[0, 9, 0]).tolist() == [0, 2, 0]


def test_the_first_of_equal_cells_wins():
    assert gradient([1, 2], 4, kind="max", x=[5, 5, 5, 5]).tolist() == [1, 0, 2, 0]
    assert winners(np.ones((4, 6)), axis_bins((4, 6), (2, 3), "pytorch")).tolist() == [[0, 2, 4], [12, 14, 16]]
    assert gradient([1], 3, kind="max", x=[-np.inf] * 3).tolist() == [1, 0, 0]


def test_the_last_nan_wins():
    x = np.array([1, np.nan, 7, np.nan, 2])
    assert winners(x, [bins(5, 1)]).tolist() == [3]
    assert np.isnan(pool(x, 1, kind="max")).all()
    assert gradient([4], 5, kind="max", x=x).tolist() == [0, 0, 0, 4, 0]


@pytest.mark.parametrize(("front", "n", "m"), SHAPES)
@pytest.mark.parametrize("special", [0.0, 0.15])
def test_winners_are_pytorchs_indices_on_1_2_and_3_axes(front, n, m, special):
    x = numbers(4, (*front, *n), special=special)
    assert np.array_equal(winners(x, axis_bins(n, m, "pytorch")), from_torch(x, m, "max")[1])


# Laws ------------------------------------------------------------------------------------------------------


def test_law_7_pooling_is_a_matrix_whose_rows_sum_to_1():
    for n, m in PAIRS:
        p, x, upstream = matrix(n, m), numbers(n, n), numbers(m, m)
        assert p.shape == (m, n)
        np.testing.assert_allclose(p.sum(axis=1), 1, rtol=1e-14)
        np.testing.assert_allclose(pool(x, m), p @ x, rtol=0, atol=1e-13)
        grad = gradient(upstream, n)
        np.testing.assert_allclose(grad, p.T @ upstream, rtol=0, atol=1e-12)
        np.testing.assert_allclose(grad.sum(), upstream.sum(), rtol=0, atol=1e-11)


def test_law_7_the_matrix_has_full_rank():
    for n, m in product(range(1, 25), repeat=2):
        assert np.linalg.matrix_rank(matrix(n, m)) == min(n, m), (n, m)


@pytest.mark.parametrize("kind", KINDS)
def test_law_12_two_axes_are_rows_and_then_columns(kind):
    for n, m in product([(5, 7), (6, 4), (9, 14), (3, 2)], [(3, 4), (8, 5), (1, 6)]):
        x = np.random.default_rng(5).random((2, *n))
        rows_then_columns = pool(pool(x, m[1], kind=kind), (m[0], None), kind=kind)
        at_once = from_torch(x, m, kind)[0]
        np.testing.assert_allclose(rows_then_columns, at_once, rtol=0, atol=4.5e-16 if kind == "avg" else 0)
        np.testing.assert_allclose(pool(x, m, kind=kind), at_once, rtol=0, atol=4.5e-16 if kind == "avg" else 0)


def test_the_matrix_of_every_rule_is_pool_and_its_transpose_is_gradient():
    for rule, n, m in product(RULES, (5, 7, 14), (3, 4, 9)):
        if not spec.defined(rule, n, m):
            continue
        p, upstream = matrix(n, m, rule), numbers(7, m)
        empty = bins(n, m, rule).lengths == 0
        assert_close(np.where(empty, np.nan, p @ numbers(6, n)), pool(numbers(6, n), m, rule=rule))
        assert_close(p.T @ upstream, gradient(upstream, n, rule=rule))
        np.testing.assert_allclose(p.sum(axis=1), ~empty, rtol=1e-14)


# The slow twin ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_rule_equals_the_slow_twin(kind, rule):
    sizes = [((n,), (m,)) for n, m in product((1, 2, 3, 4, 5, 7, 8, 12), repeat=2)]
    sizes += [((5, 7), (3, 4)), ((3, 5), (7, 4)), ((4, 3), (2, 8)), ((2, 5, 4), (3, 2, 6)), ((5, 4, 7), (3, 2, 5))]
    for n, m in sizes:
        if not all(spec.defined(rule, *pair) for pair in zip(n, m, strict=True)):
            continue
        axes = [spec.windows(rule, *pair) for pair in zip(n, m, strict=True)]
        for special in (0.0, 0.2):
            x, upstream = numbers(sum(n), n, special=special), numbers(sum(m), m)
            with np.errstate(invalid="ignore"):
                y, grad = spec.pool(x, axes, kind), spec.gradient(upstream, axes, kind, x)
            assert_close(pool(x, m, kind=kind, rule=rule), y)
            assert_close(gradient(upstream, n, kind=kind, x=x, rule=rule), grad)


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_window_gives_nan_and_passes_no_gradient_on(kind):
    x = np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
    assert bins(2, 3, "split")[2].length == 0
    y = pool(x, 3, kind=kind, rule="split")
    np.testing.assert_array_equal(y, [[1, 2, np.nan], [3, 4, np.nan], [5, 6, np.nan]])
    assert gradient(np.array([1, 10, np.nan]), 2, kind=kind, x=x[0], rule="split").tolist() == [1, 10]
    assert winners(x, [bins(2, 3, "split")]).tolist() == [[0, 1, -1]] * 3


@pytest.mark.parametrize("size", [True, 1.0])
def test_a_size_is_refused_though_one_equal_to_it_has_been_used(size):
    assert pool([1, 3], 1) == [2]
    assert gradient([4], 1) == [4]
    with pytest.raises(TypeError, match="target_size"):
        pool([1, 3], size)
    with pytest.raises(TypeError, match="input_size"):
        gradient([4], size)


# Products with a matrix of 0 and 1 -------------------------------------------------------------------------


WAYS = {"slices": (0, 0), "as it is": (1024, 10_000), "axis by axis": (10**9, 0), "in one": (10**9, 10**9)}


@pytest.fixture(params=WAYS)
def products(request, monkeypatch):
    """Sums by slices, by a product for each axis, by one product, and as it is: what comes out is the same."""
    assert WAYS["as it is"] == (boxes.LARGEST_PRODUCT, boxes.LARGEST_IN_ONE)
    for name, most in zip(("LARGEST_PRODUCT", "LARGEST_IN_ONE"), WAYS[request.param], strict=True):
        monkeypatch.setattr(boxes, name, most)


PRODUCT_SHAPES = [  # of 34 x 33 and of 32 x 33 entries one is above 1024; 2 and 3 axes; more outputs than cells
    *SHAPES, ((2,), (34,), (30,)), ((2,), (34,), (31,)), ((5,), (40, 7), (30, 3)), ((2, 3), (6, 60), (5, 8)),
    ((2,), (3, 40), (60, 7)), ((), (4, 5, 50), (3, 2, 40)), ((2,), (50, 3, 4), (40, 5, 6)),
]


@pytest.mark.usefixtures("products")
@pytest.mark.parametrize(("front", "n", "m"), PRODUCT_SHAPES)
@pytest.mark.parametrize("special", [0.0, 0.01, 0.2])
def test_sums_by_products_and_by_windows_are_pytorchs(front, n, m, special):
    x, upstream = numbers(1, (*front, *n), special=special), numbers(2, (*front, *m), special=special)
    y, grad = from_torch(x, m, "avg", upstream)
    assert_close(pool(x, m), y)
    assert_close(gradient(upstream, n), grad)
    swapped = np.ascontiguousarray(x.swapaxes(0, -1)).swapaxes(0, -1), np.flip(upstream.copy(), 0)
    assert_close(pool(swapped[0], m), y)
    assert_close(gradient(np.flip(swapped[1], 0), n), grad)


@pytest.mark.usefixtures("products")
@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize(("n", "m"), [(14, 4), (5, 3), (3, 8), (9, 1), (1, 6)])
def test_a_cell_that_is_not_finite_reaches_its_own_windows_only(value, n, m):
    members = matrix(n, m) > 0
    for j in range(n):
        x = np.ones((2, n, 3))
        x[1, j, 2] = value
        y = pool(x, (m, None))
        np.testing.assert_array_equal(y[1, :, 2], np.where(members[:, j], value, 1))
        assert (np.delete(y.reshape(2, -1), 3 * np.arange(m) + 2, axis=1) == 1).all()
        assert (y[0] == 1).all()
    for i in range(m):
        upstream = np.zeros((2, m, 3))
        upstream[1, i, 2] = value
        grad = gradient(upstream, (n, None))
        np.testing.assert_array_equal(grad[1, :, 2], np.where(members[i], value, 0))
        assert (grad[..., :2] == 0).all()
        assert (grad[0] == 0).all()


@pytest.mark.usefixtures("products")
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_sums_become_infinite_where_pytorchs_do_and_the_smallest_numbers_stay(dtype):
    largest, smallest = np.finfo(dtype).max, np.finfo(dtype).smallest_subnormal
    x = np.array([[largest, 0, 0, 1], [0, -largest, 1, 0], [largest, 0, -largest, -largest]], dtype)
    y, grad = from_torch(x, (2, 2), "avg", x[:2, :2])
    assert np.isinf(y).any()
    assert np.isfinite(y).any()
    assert_close(pool(x, (2, 2)), y)
    assert_close(gradient(x[:2, :2], (3, 4)), grad)
    assert (pool(np.full((5, 7), 4 * smallest), (3, 4)) == 4 * smallest).all()
    assert (gradient(np.full((2, 2), 8 * smallest), (4, 2)) == 4 * smallest).all()


@pytest.mark.usefixtures("products")
def test_where_only_pytorchs_sum_overflows_the_true_one_may_come_out():
    largest = np.finfo(np.float32).max
    x = np.tile(np.array([[largest, largest], [-largest, -largest]], np.float32), (2, 2))
    y, _ = from_torch(x, (2, 2), "avg", np.ones((2, 2), np.float32))
    assert np.isinf(y).all()
    assert np.isin(pool(x, (2, 2)), (0, np.inf)).all()


@pytest.mark.usefixtures("products")
def test_integers_are_added_up_exactly_and_divided_once():
    for n, m in [((14, 9), (4, 5)), ((3, 40), (2, 30)), ((7, 7), (1, 1)), ((5, 3, 4), (3, 2, 7))]:
        x = np.random.default_rng(1).integers(-99, 99, n)
        axes = [spec.windows("pytorch", *pair) for pair in zip(n, m, strict=True)]
        assert np.array_equal(pool(x, m), spec.pool(x.astype(float), axes, "avg"))


@pytest.mark.usefixtures("products")
@pytest.mark.parametrize("rule", RULES)
def test_every_rule_gives_the_same_by_products_and_by_windows(rule):
    for n, m in [((9, 7), (4, 5)), ((4, 9), (9, 4)), ((40, 3), (30, 2)), ((5, 6), (1, 1)), ((2, 3), (3, 5))]:
        if not all(spec.defined(rule, *pair) for pair in zip(n, m, strict=True)):
            continue
        axes = [spec.windows(rule, *pair) for pair in zip(n, m, strict=True)]
        x, upstream = numbers(1, n), numbers(2, m)
        with np.errstate(invalid="ignore"):
            y, grad = spec.pool(x, axes, "avg"), spec.gradient(upstream, axes, "avg", x)
        assert_close(pool(x, m, rule=rule), y)
        assert_close(gradient(upstream, n, rule=rule), grad)


# Global average pooling ------------------------------------------------------------------------------------


@pytest.mark.parametrize("n", [(7,), (7, 5), (3, 4, 5), (1, 1), (32, 32), (33, 32), (1, 2000), (11, 10, 12)])
@pytest.mark.parametrize("front", [(), (3,), (2, 3)])
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_one_output_for_all_cells_is_pytorchs(dtype, front, n):
    x, upstream = numbers(1, (*front, *n), dtype, 0.0005), numbers(2, (*front, *(1 for _ in n)), dtype)
    y, grad = from_torch(x, (1,) * len(n), "avg", upstream)
    assert_close(pool(x, (1,) * len(n)), y, TOLERANCE[dtype])
    assert_close(gradient(upstream, n), grad, TOLERANCE[dtype])
    strided = np.repeat(x, 2, -1)[..., ::2]
    assert_close(pool(strided, (1,) * len(n)), y, TOLERANCE[dtype])


def test_one_output_need_not_have_all_cells():
    assert bins(2**24 + 1, 1, "float32")[0].length == 2**24  # 2**24 + 1 is no float32
    for rule, cells in {"float32": 0, "pytorch": 2**24 + 1}.items():
        window = bins(2**24 + 1, 1, rule)[0]
        assert kinds._cells_of_all([([window.start], [window.stop])], (2**24 + 1,)) == cells



def test_a_long_sum_loses_few_digits():
    for shape in [(10**6,), (1000, 1000)]:
        y = pool(np.full(shape, 1.1, np.float32), (1,) * len(shape))
        np.testing.assert_allclose(y, np.float32(1.1), rtol=1e-6)


# Finite differences ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("kind", KINDS)
def test_the_gradient_is_what_finite_differences_measure(kind, rule):
    for front, n, m in [((), (7,), (4,)), ((2,), (5,), (3,)), ((), (5, 7), (3, 4)), ((2,), (4, 3, 5), (2, 3, 4))]:
        # Distinct numbers far apart: a maximum has no derivative where two cells tie.
        x = np.random.default_rng(8).permutation(prod((*front, *n))).reshape(*front, *n) / 8
        upstream, step = numbers(9, (*front, *m)), 2.0**-10
        measured = np.zeros(x.shape)
        for cell in np.ndindex(x.shape):
            nudge = np.zeros(x.shape)
            nudge[cell] = step
            rise = pool(x + nudge, m, kind=kind, rule=rule) - pool(x - nudge, m, kind=kind, rule=rule)
            measured[cell] = (rise * upstream).sum() / (2 * step)
        np.testing.assert_allclose(gradient(upstream, n, kind=kind, x=x, rule=rule), measured, rtol=0, atol=1e-9)


# Arguments -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_none_keeps_an_axis(kind):
    x, upstream = numbers(1, (2, 5, 7)), numbers(2, (2, 5, 4))
    assert_close(pool(x, (None, 4), kind=kind), pool(x, 4, kind=kind))
    assert_close(pool(x, (3, None), kind=kind), pool(x.swapaxes(1, 2), 3, kind=kind).swapaxes(1, 2))
    assert_close(pool(x, (None,), kind=kind), x)
    assert_close(gradient(upstream, (None, 7), kind=kind, x=x), gradient(upstream, 7, kind=kind, x=x))
    assert_close(pool(x, [None, 4], kind=kind), pool(x, (5, 4), kind=kind))


@pytest.mark.parametrize("kind", KINDS)
def test_arrays_come_back_unchanged_and_may_be_strided_or_read_only(kind):
    block, upstream = numbers(1, (4, 10, 14)), numbers(2, (4, 6))
    x = block[1:3, ::2, ::-2].transpose(0, 2, 1)  # two images of 7 x 5
    upstream = np.broadcast_to(upstream[::2, ::-2], (2, 2, 3))  # repeats itself, so numpy makes it read-only
    kept = x.copy()
    x.flags.writeable = False
    y = pool(x, (2, 3), kind=kind)
    grad = gradient(upstream, (7, 5), kind=kind, x=x)
    assert np.array_equal(x, kept)
    assert_close(y, pool(kept, (2, 3), kind=kind))
    assert_close(grad, gradient(upstream.copy(), (7, 5), kind=kind, x=kept))


@pytest.mark.parametrize("kind", KINDS)
def test_the_answer_shares_no_memory_with_the_question(kind):
    x = numbers(1, (3, 5))
    assert not np.shares_memory(x, pool(x, 5, kind=kind))
    assert not np.shares_memory(x, pool(x, (None,), kind=kind))
    assert not np.shares_memory(x, gradient(x, 5, kind=kind, x=x))


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_batch_stays_empty(kind):
    x = np.zeros((0, 3, 7))
    assert pool(x, 4, kind=kind).shape == (0, 3, 4)
    assert gradient(np.zeros((0, 3, 4)), 7, kind=kind, x=x).shape == (0, 3, 7)


@pytest.mark.parametrize("dtype", ["bool", "complex128", "object", "<U1"])
def test_an_array_that_is_not_of_real_numbers_is_a_type_error(dtype):
    bad, good = np.zeros(4, dtype), np.zeros(4)
    for name, call in {
        "x": lambda: pool(bad, 4),
        "upstream": lambda: gradient(bad, 7),
    }.items():
        with spec.refused(TypeError, f"{name} must be an array of real numbers, got dtype {bad.dtype}"):
            call()
    with spec.refused(TypeError, f"x must be an array of real numbers, got dtype {bad.dtype}"):
        gradient(good, 4, kind="max", x=bad)


@pytest.mark.parametrize("kind", ["mean", "", None, 1])
def test_an_unknown_kind_is_a_value_error(kind):
    message = f"kind must be one of avg, max, got {kind!r}"
    with spec.refused(ValueError, message):
        pool(np.arange(7), 4, kind=kind)
    with spec.refused(ValueError, message):
        gradient(np.arange(4), 7, kind=kind)


def test_none_instead_of_a_tuple_is_a_type_error():
    message = "{} must be an integer or a tuple; None keeps an axis only inside a tuple"
    with spec.refused(TypeError, message.format("target_size")):
        pool(np.arange(7), None)
    with spec.refused(TypeError, message.format("input_size")):
        gradient(np.arange(4), None)


@pytest.mark.parametrize("empty", [(), []])
def test_an_empty_tuple_is_a_value_error(empty):
    message = f"{{}} must be an integer or a tuple with one entry for each pooled axis, got {empty!r}"
    with spec.refused(ValueError, message.format("target_size")):
        pool(np.arange(7), empty)
    with spec.refused(ValueError, message.format("input_size")):
        gradient(np.arange(4), empty)


@pytest.mark.parametrize(("shape", "k"), [((), 1), ((0,), 1), ((5,), 2), ((5, 0), 2), ((0, 5), 2), ((5, 7), 3)])
def test_too_few_or_empty_axes_are_a_value_error(shape, k):
    message = f"{{}} must have at least {k} dimensions with entries in them, got shape {shape}"
    with spec.refused(ValueError, message.format("x")):
        pool(np.zeros(shape), (2,) * k)
    with spec.refused(ValueError, message.format("upstream")):
        gradient(np.zeros(shape), (2,) * k)


@pytest.mark.parametrize("size", [2.5, True, "3", np.array([3])], ids=repr)
def test_a_size_that_is_no_integer_is_a_type_error(size):
    message = f"{{}} must be an integer from 1 to 2147483648, got {size!r}"
    with spec.refused(TypeError, message.format("target_size")):
        pool(np.arange(7), size)
    with spec.refused(TypeError, message.format("target_size")):
        pool(np.zeros((5, 7)), (4, size))
    with spec.refused(TypeError, message.format("input_size")):
        gradient(np.arange(4), size)
    with spec.refused(TypeError, message.format("target_size")):
        matrix(7, size)


@pytest.mark.parametrize("size", [0, -1])
def test_a_size_below_1_is_a_value_error(size):
    message = f"{{}} must be an integer from 1 to 2147483648, got {size}"
    with spec.refused(ValueError, message.format("target_size")):
        pool(np.arange(7), size)
    with spec.refused(ValueError, message.format("input_size")):
        gradient(np.arange(4), size)
    with spec.refused(ValueError, message.format("input_size")):
        matrix(size, 4)


def test_the_gradient_of_a_maximum_needs_the_x_that_belongs_to_it():
    with spec.refused(TypeError, "x must be given for kind='max': the gradient goes to the cells that won"):
        gradient(np.arange(4), 7, kind="max")
    with spec.refused(ValueError, "x must have shape (2, 5, 7) to fit upstream and input_size, got (5, 7)"):
        gradient(np.zeros((2, 3, 4)), (5, 7), kind="max", x=np.zeros((5, 7)))


def test_a_matrix_above_the_limit_is_refused():
    assert matrix(10**4, 10).shape == (10, 10**4)
    with spec.refused(ValueError, "matrix is built up to 10000000 entries, got 3163 x 3163"):
        matrix(3163, 3163)


def test_a_rule_without_windows_is_refused():
    message = "The rule 'AvgPool recipe' has no windows when m > n, got 4 -> 5"
    for call in (
        lambda: pool(np.arange(4), 5, rule="fixed_stride"),
        lambda: gradient(np.arange(5), 4, rule="fixed_stride"),
        lambda: matrix(4, 5, "fixed_stride"),
    ):
        with spec.refused(ValueError, message):
            call()


def test_windows_of_one_cell_each_that_repeat_cells_are_no_copy_of_the_input():
    twice = (lambda i, n, m: i - i % 2, lambda i, n, m: i - i % 2 + 1)  # 0:1 0:1 2:3
    assert pool([1.0, 2, 3], 3, rule=twice).tolist() == [1, 1, 3]
    assert pool(np.arange(9.0).reshape(3, 3), (3, 3), rule=twice).tolist() == [[0, 0, 2], [0, 0, 2], [6, 6, 8]]


@pytest.mark.parametrize("kind", ["avg", "max"])
def test_long_rows_are_summed_window_by_window_wherever_windows_leave_gaps_overlap_or_end_early(kind):
    x = np.random.default_rng(0).standard_normal((2, 2000))
    x[0, 7] = np.nan  # in a gap of the first rule, in windows of the others
    for start, stop in [("8 * i", "8 * i + 4"), ("i", "i + 9"), ("i * n // m", "-(-(i + 1) * n // m)")]:
        b = bins(2000, 200, f"start = {start}\nstop = {stop}")
        of = np.mean if kind == "avg" else np.max
        expected = np.stack([of(x[:, start:stop], axis=-1) for start, stop in b], axis=-1)
        got = pool(x, 200, kind=kind, rule=b.rule)
        np.testing.assert_allclose(got, expected, rtol=1e-12, atol=1e-12)


def test_a_sum_of_one_product_keeps_the_digits_of_sums_of_slices():
    x = np.random.default_rng(1).standard_normal((5, 13, 13)).astype(np.float32)
    b = bins(13, 6)
    expected = [[[each[r0:r1, c0:c1].astype(np.float64).mean() for c0, c1 in b] for r0, r1 in b] for each in x]
    np.testing.assert_allclose(pool(x, (6, 6)), expected, rtol=0, atol=2e-7)
