"""Right numbers pass in every type, wrong ones do not: the bounds of rounding, held against PyTorch."""

from dataclasses import replace
from functools import cache
from math import prod

import numpy as np
import pytest
import torch

from pooltutor import bins, check, compare, gradient, pool, reference
from pooltutor.reference import TYPES
from pooltutor.verify import judge
from tests.test_verify import claim

pytestmark = pytest.mark.slow
KINDS = ("avg", "max")
PAIRS = 32
UNITS_OFF = {"float32": 4, "float16": 2, "bfloat16": 2}
CELLS = 2**11  # in most pairs on several axes, for the time that so many of them take


@pytest.fixture(autouse=True, scope="module")
def windows_are_read_once():
    """Thousands of questions about few sizes: other tests prove how PyTorch's windows are read."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reference, "windows", cache(reference.windows))
        yield


@cache
def sizes(axes):
    """Pairs of sizes up to 256 cells an axis, the last two of them with very many cells in a window."""
    random = np.random.default_rng(axes)
    found = []
    while len(found) < PAIRS:
        n, m = (tuple(int(k) for k in np.ceil(256 ** random.random(axes))) for _ in range(2))
        if max(prod(n), prod(m)) <= CELLS:
            found.append((n, m))
    long = {1: [((256,), (1,)), ((256,), (2,))], 2: [((45, 45), (1, 1)), ((256, 256), (2, 3))]}
    long[3] = [((32, 32, 32), (1, 1, 1)), ((16, 56, 56), (2, 1, 1))]
    return found[:-2] + long[axes]


def unit(value, dtype):
    """The distance from a number to the next one of its type."""
    return 2 * TYPES[dtype].unit * 2.0 ** np.floor(np.log2(np.abs(value)))


@pytest.mark.parametrize("axes", [1, 2, 3])
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("dtype", reference.TYPES)
def test_zeros_for_ones_are_refused_at_every_size(dtype, kind, axes):
    assert len(sizes(axes)) == PAIRS
    for n, m in sizes(axes):
        assert not compare(n, m, x=np.ones(n), outputs=np.zeros(m), kind=kind, dtype=dtype), (n, m)


@pytest.mark.parametrize("axes", [1, 2, 3])
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("dtype", reference.TYPES)
def test_a_window_shifted_by_a_cell_is_refused_at_every_size(dtype, kind, axes):
    for n, m in sizes(axes):
        windows = [np.array([b.start, b.stop]).T for b in map(bins, n, m)]
        windows[-1][0] += 1
        assert not compare(n, m, windows=windows, kind=kind, dtype=dtype), (n, m)


@pytest.mark.parametrize("axes", [1, 2, 3])
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("dtype", list(UNITS_OFF))
def test_an_output_off_by_a_few_units_in_the_last_place_is_refused_at_every_size(dtype, kind, axes):
    adds_up_in_the_type = (dtype != "float32", kind, axes) == (True, "avg", 3)
    tried = 0
    for n, m in sizes(axes):
        x = (np.arange(prod(n)) * 7 % 11 + 1.0).reshape(n)
        about = {"x": x, "kind": kind, "dtype": dtype}
        right = reference.rounded(pool(x, m, kind=kind), dtype)
        theirs, _ = reference.values(x, m, np.ones(m), kind, "cpu", dtype)
        at = tuple(np.random.default_rng(0).integers(m))
        for sign in (1, -1):
            outputs = right.copy()
            outputs[at] += sign * UNITS_OFF[dtype] * unit(right[at], dtype)
            if adds_up_in_the_type and outputs[at] == theirs[at]:
                continue  # PyTorch itself is that far off, and nobody is refused for PyTorch's own number
            tried += 1
            assert not compare(n, m, outputs=outputs, **about), (n, m)
    assert tried > 1.9 * PAIRS


@pytest.mark.parametrize("axes", [1, 2, 3])
def test_a_float64_off_by_more_than_a_trillionth_is_refused_at_every_size(axes):
    for n, m in sizes(axes):
        x = (np.arange(prod(n)) * 7 % 11 + 1.0).reshape(n)
        outputs = pool(x, m)
        at = tuple(np.random.default_rng(0).integers(m))
        outputs[at] *= 1 + 3e-12
        assert not compare(n, m, x=x, outputs=outputs), (n, m)


@pytest.mark.parametrize("axes", [1, 2, 3])
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("dtype", reference.TYPES)
def test_right_numbers_pass_at_every_size(dtype, kind, axes):
    """Exact ones and PyTorch's own; half precision in three dimensions where it does not saturate."""
    random, off = np.random.default_rng(axes), 0
    for n, m in sizes(axes):
        x = random.uniform(-4, 4, n)
        about = {"x": x, "kind": kind, "dtype": dtype}
        theirs, _ = reference.values(x, m, np.ones(m), kind, "cpu", dtype)
        exact = pool(reference.rounded(x, dtype), m, kind=kind)
        reports = [compare(n, m, outputs=y, **about) for y in (exact, theirs)]
        if dtype in ("float16", "bfloat16") and axes == 3 and not reports[0]:
            assert reports[0].first_difference.what == "output_own", (n, m)
            off += 1
            continue
        assert all(reports), (n, m, reports)
    assert off < PAIRS / 4


@pytest.mark.parametrize("axes", [1, 2, 3])
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("dtype", reference.TYPES)
def test_right_gradients_pass_at_every_size(dtype, kind, axes):
    random, off = np.random.default_rng(axes), 0
    for n, m in sizes(axes):
        x, upstream = random.uniform(-4, 4, n), random.uniform(-4, 4, m)
        _, theirs = reference.values(x, m, upstream, kind, "cpu", dtype)
        exact = gradient(reference.rounded(upstream, dtype), n, kind=kind, x=reference.rounded(x, dtype))
        about = {"x": x, "upstream": upstream, "kind": kind, "dtype": dtype}
        reports = [compare(n, m, gradients=grad, **about) for grad in (exact, theirs)]
        if dtype in ("float16", "bfloat16") and not reports[0]:
            assert reports[0].first_difference.what == "gradient_own", (n, m)
            off += 1
            continue
        assert all(reports), (n, m, reports)
    assert off < PAIRS / 4


# PyTorch's own number is off -------------------------------------------------------------------------------


@pytest.mark.parametrize(("dtype", "theirs"), [("float16", "0.326"), ("bfloat16", "0.0408")])
def test_pytorchs_saturated_sums_are_said_with_both_numbers(dtype, theirs):
    n, m = (16, 56, 56), (2, 2, 2)
    report = compare(n, m, x=np.ones(n), outputs=np.ones(m), dtype=dtype)
    assert report.agrees is False
    difference = report.first_difference
    assert (difference.what, difference.index, difference.claimed) == ("output_own", (0, 0, 0), "1")
    assert f"{float(difference.pytorch):.3g}" == theirs
    assert report.text.startswith(
        f"Not the same as PyTorch {report.version} (cpu, {dtype}): PyTorch's own output (0, 0, 0) is "
        f"{difference.pytorch}, the exact one is 1, and rounding does not explain that."
    )
    y, _ = reference.values(np.ones(n), m, np.ones(m), "avg", "cpu", dtype)
    assert not compare(n, m, x=np.ones(n), outputs=y, dtype=dtype)  # nor is PyTorch's own number then the mean
    assert not check(n, (2, 1, 1), dtype="float16")


def test_a_gradient_that_saturates_is_said_too():
    report = compare(1, 4096, upstream=np.ones(4096), gradients=[4096.0], dtype="bfloat16")
    assert str(report.first_difference) == (
        "PyTorch's own gradient of cell 0 is 256, the exact one is 4096, and rounding does not explain that"
    )
    assert compare(1, 4096, upstream=np.ones(4096), gradients=[4096.0], dtype="float32")


# The order of additions ------------------------------------------------------------------------------------


def test_the_size_of_what_was_summed_bounds_the_error():
    x = np.array([1e16, 1, 1, 1, -1e16])
    for y in (0.6, sum(x) / 5, float(torch.tensor(x).mean())):
        assert judge(claim((5,), (1,), x=x, outputs=np.array([y]))), y
    assert not judge(claim((5,), (1,), x=x, outputs=np.array([1e5])))


def test_sums_that_overflow_are_pytorchs():
    """Infinity and NaN stand where PyTorch has them, whatever the order of the additions would give."""
    random = np.random.default_rng(5)
    for n, m in sizes(2)[:60] + sizes(1)[:60]:
        if 1 in m:
            continue  # one output is PyTorch's mean(), whose order depends on the machine
        x = random.choice([1.7e308, -1.7e308, 1.0, 1e300], n)
        theirs, _ = reference.values(x, m, np.ones(m), "avg", "cpu", "float64")
        mine = pool(x, m)
        assert np.array_equal(np.isnan(mine), np.isnan(theirs)), (n, m)
        assert np.array_equal(np.isinf(mine), np.isinf(theirs)), (n, m)
        assert judge(replace(claim(n, m, x=x), outputs=mine)), (n, m)
