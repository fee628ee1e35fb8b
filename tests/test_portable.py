"""The modules that export: PyTorch's numbers and gradients, from other operations, and its refusals in clear words."""

import copy
import re
from itertools import product

import pytest
import torch
from torch import nn

from pooltutor import portable
from pooltutor.portable import operations
from pooltutor.portable.adaptive import one_pool
from pooltutor.portable.axis_windows import cells_of_shape, fixed_cells, fixed_members, members_of_shape
from tests import spec

KINDS, AXES = ("Avg", "Max"), (1, 2, 3)
PAIRS = [(5, 3), (7, 4), (14, 4), (8, 2), (3, 7), (4, 8), (6, 6), (7, 5), (9, 1), (1, 3)]


def ours(kind, axes, target, size=None, **more):
    return getattr(portable, f"Adaptive{kind}Pool{axes}d")(target, input_size=size, **more)


def theirs(kind, axes, target, **more):
    return getattr(nn, f"Adaptive{kind}Pool{axes}d")(target, **more)


def assert_same(mine, torchs, x, rtol=1e-12):
    """The same outputs, places and input gradients."""
    answers = []
    for pool in (mine, torchs):
        leaf = x.clone().requires_grad_()
        given = pool(leaf)
        values, *places = given if isinstance(given, tuple) else (given,)
        upstream = torch.arange(1.0, values.numel() + 1, dtype=values.dtype).reshape(values.shape)
        grad = torch.autograd.grad(values, leaf, upstream)[0] if values.numel() else leaf * 0
        answers.append((values.detach(), places, grad))
    (y, places, grad), (expected, own_places, own_grad) = answers
    assert y.dtype == expected.dtype
    torch.testing.assert_close(y, expected, rtol=rtol, atol=rtol)
    assert all(map(torch.equal, places, own_places))
    assert len(places) == len(own_places)
    torch.testing.assert_close(grad, own_grad, rtol=rtol, atol=rtol * 100)


def numbers(*shape, dtype=torch.float64, ties=False):
    generator = torch.Generator().manual_seed(sum(shape))
    if ties:
        return torch.randint(0, 3, shape, generator=generator).to(dtype)
    return torch.randn(shape, generator=generator, dtype=torch.float64).to(dtype)


# Sizes -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("fixed", [True, False], ids=["fixed", "any size"])
@pytest.mark.parametrize("axes", AXES)
@pytest.mark.parametrize("kind", KINDS)
def test_outputs_and_gradients_are_pytorchs(kind, axes, fixed):
    more = {"return_indices": True} if kind == "Max" else {}
    for k, (n, m) in enumerate(PAIRS):
        sizes, targets = [n, *(6, 9)[: axes - 1]], (m, *(4, 3)[: axes - 1])
        target = targets if axes > 1 else m
        x = numbers(2, 3, *sizes, ties=bool(k % 2))
        mine = ours(kind, axes, target, sizes if fixed else None, **more)
        assert_same(mine, theirs(kind, axes, target, **more), x)


def test_windows_from_a_shape_are_those_of_the_rule_at_every_size():
    for n, m in product(range(1, 33), repeat=2):
        member, lengths = members_of_shape(n, m, "cpu")
        assert torch.equal(member, fixed_members(n, m).member)
        assert torch.equal(lengths, fixed_members(n, m).lengths)
        cells, known = cells_of_shape(n, m, "cpu"), fixed_cells(n, m)
        assert torch.equal(cells[:, : known.shape[1]], known)
        assert [set(row) for row in cells.tolist()] == [set(row) for row in known.tolist()]


def test_windows_from_a_shape_are_exact_where_float32_is_not():
    start = cells_of_shape(9437189, 9, "meta")  # that so much is asked for is no reason to make it
    assert start.shape[0] == 9
    member, _ = members_of_shape(26, 22, "cpu")
    assert member[11].nonzero().flatten().tolist() == [13, 14]


def test_one_pooling_is_taken_exactly_where_there_is_one():
    for n, m in product(range(1, 25), repeat=2):
        expected = (m <= n and n % m <= 1) or (n + 1) % m == 0
        assert (one_pool((n,), (m,)) is not None) == expected, (n, m)
    assert ours("Avg", 2, 3, 5).way == "AvgPool2d(3, 2, 1, count_include_pad=False)"
    assert ours("Max", 2, (3, 4), (5, 8)).way == "MaxPool2d((3, 2), 2, (1, 0))"
    assert ours("Avg", 1, 4, 14).way == "products with 0/1 tables"
    assert ours("Max", 1, 4, 14).way == "gathered windows and their maximum"
    assert ours("Avg", 1, 4).way == "windows from the shape at run time"


@pytest.mark.parametrize("fixed", [True, False])
@pytest.mark.parametrize("kind", KINDS)
def test_none_keeps_an_axis_and_a_sample_needs_no_batch(kind, fixed):
    for x, target in ((numbers(3, 5, 9), (None, 4)), (numbers(2, 3, 5, 9), (4, None)), (numbers(3, 5, 9), (0, 2))):
        assert_same(ours(kind, 2, target, x.shape[-2:] if fixed else None), theirs(kind, 2, target), x)


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16, torch.float32])
@pytest.mark.parametrize("kind", KINDS)
def test_narrow_types_give_pytorchs_numbers_in_their_own_type(kind, dtype):
    rtol = {torch.float32: 1e-6, torch.float16: 2e-3, torch.bfloat16: 2e-2}[dtype]
    for size in ((14, 9), None):
        assert_same(ours(kind, 2, (4, 3), size), theirs(kind, 2, (4, 3)), numbers(1, 2, 14, 9, dtype=dtype), rtol)


def test_narrow_types_add_up_in_float32_where_pytorch_saturates():
    """PyTorch's own 3-D averages give 0.326 and 0.041 there."""
    for dtype, size in product((torch.float16, torch.bfloat16), ((16, 56, 56), None)):
        y = ours("Avg", 3, 2, size)(torch.ones(1, 1, 16, 56, 56, dtype=dtype))
        assert torch.equal(y, torch.ones_like(y))


def test_autocast_does_not_round_an_average():
    x = numbers(1, 2, 14, 9, dtype=torch.float32)
    pool = ours("Avg", 2, (4, 3), (14, 9))
    with torch.autocast("cpu", dtype=torch.bfloat16):
        y = pool(x)
    assert y.dtype == torch.float32
    torch.testing.assert_close(y, pool(x), rtol=0, atol=0)


def test_tables_stay_exact_whatever_the_model_is_turned_into():
    pool = ours("Avg", 1, 4, 14).half().double()
    assert_same(pool, theirs("Avg", 1, 4), numbers(1, 2, 14))


def test_a_state_dict_stays_empty():
    for kind, size in product(KINDS, (None, (14, 14), (8, 8))):
        assert ours(kind, 2, 4, size).state_dict() == {}


def test_infinity_stays_in_the_windows_of_a_maximum():
    x = torch.tensor([[[-torch.inf, 1.0, torch.inf, 2.0, -torch.inf]]], dtype=torch.float64)
    for size in (5, None):
        assert torch.equal(ours("Max", 1, 3, size)(x), theirs("Max", 1, 3)(x))


def test_where_a_cell_is_in_many_windows_the_other_way_gives_the_same():
    """The one that a GPU takes for its backward above n."""
    x = numbers(2, 3, 4, 5, ties=True)
    for d, n, m in ((2, 4, 9), (3, 5, 7)):
        gathered = operations._gathered(x, fixed_cells(n, m), d).max(d + 1)
        masked = operations._masked(x, fixed_cells(n, m), d).max(d + 1)
        assert torch.equal(gathered.values, masked.values)
        picked = operations._unfolded(operations._places(x, 2), m, d).gather(d + 1, masked.indices.unsqueeze(d + 1))
        places = operations._gathered(operations._places(x, 2), fixed_cells(n, m), d)
        assert torch.equal(picked, places.gather(d + 1, gathered.indices.unsqueeze(d + 1)))


def test_a_gradient_of_a_gradient_is_pytorchs():
    for kind, size in product(KINDS, ((7,), None)):
        assert torch.autograd.gradgradcheck(ours(kind, 1, 5, size), numbers(1, 1, 7).requires_grad_())


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning", "ignore::UserWarning")
@pytest.mark.parametrize("size", [(14, 9), None])
@pytest.mark.parametrize("kind", KINDS)
def test_what_else_takes_a_module(kind, size):
    pool, x = ours(kind, 2, (4, 3), size), numbers(2, 3, 14, 9)
    ways = {
        "compile": lambda: torch.compile(pool, backend="eager", fullgraph=True, dynamic=size is None)(x),
        "trace": lambda: torch.jit.trace(pool, x)(x),
        "vmap": lambda: torch.vmap(pool)(x),
        "jvp": lambda: torch.func.jvp(pool, (x,), (x,))[0],
    }
    for name, way in ways.items():
        torch.testing.assert_close(way(), pool(x), rtol=1e-12, atol=1e-12, msg=name)
    assert pool.to("meta")(x.to("meta")).shape == (2, 3, 4, 3)


# PyTorch's own sample inputs -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def samples():
    """Each operator's samples, by its name; PyTorch takes seconds to load its table of all operators."""
    from torch.testing._internal.common_methods_invocations import op_db

    torch.manual_seed(0)
    operators = {op.name.rpartition(".")[2]: op for op in op_db if ".adaptive_" in op.name}
    return {name: list(op.sample_inputs_func(op, "cpu", torch.float64, True)) for name, op in operators.items()}


@pytest.mark.slow
@pytest.mark.parametrize("axes", AXES)
@pytest.mark.parametrize("kind", KINDS)
def test_pytorchs_own_samples_give_the_same(samples, kind, axes):
    found = samples[f"adaptive_{kind.lower()}_pool{axes}d"]
    assert len(found) >= 6
    for sample in found:
        x, (target, *more) = sample.input.detach(), sample.args
        options = {"return_indices": more[0]} if more else {}
        for size in (tuple(x.shape[-axes:]), None):
            assert_same(ours(kind, axes, target, size, **options), theirs(kind, axes, target, **options), x)


# Refusals --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: ours("Avg", 1, None), TypeError,
         "output_size must be an integer or have one entry for each of the 1 axes, got None"),
        (lambda: ours("Avg", 2, (1, 2, 3)), TypeError,
         "output_size must be an integer or have one entry for each of the 2 axes, got (1, 2, 3)"),
        (lambda: ours("Avg", 2, -1), ValueError,
         "output_size[0] must be an integer from 0 to 2147483648, got -1"),
        (lambda: ours("Max", 2, 2.0), TypeError,
         "output_size[0] must be an integer from 0 to 2147483648, got 2.0"),
        (lambda: ours("Max", 2, 2, 0), ValueError,
         "input_size[0] must be an integer from 1 to 2147483648, got 0"),
        (lambda: ours("Max", 2, 2, return_indices=1), TypeError,
         "return_indices must be True or False, got 1"),
        (lambda: ours("Avg", 2, 2)([[1.0]]), TypeError,
         "AdaptiveAvgPool2d pools a torch.Tensor, got [[1.0]]"),
        (lambda: ours("Avg", 2, 2)(torch.ones(1, 1, 4, 4, dtype=torch.int64)), TypeError,
         "AdaptiveAvgPool2d pools floating-point numbers, got int64: pass x.float()"),
        (lambda: ours("Avg", 2, 2)(torch.ones(4, 4)), ValueError,
         "AdaptiveAvgPool2d takes an input of shape (N, C, H, W) or (C, H, W), got (4, 4)"),
        (lambda: ours("Max", 1, 2)(torch.ones(1, 1, 4, 4)), ValueError,
         "AdaptiveMaxPool1d takes an input of shape (N, C, L) or (C, L), got (1, 1, 4, 4)"),
        (lambda: ours("Avg", 2, 1)(torch.ones(1, 1, 0, 4)), ValueError,
         "AdaptiveAvgPool2d needs at least one cell on each axis that it pools, got an input of shape (1, 1, 0, 4)"),
        (lambda: ours("Avg", 2, 3, (5, 8))(torch.ones(1, 1, 8, 5)), ValueError,
         "AdaptiveAvgPool2d was made for an input of (5, 8), got (8, 5): leave input_size out, and it takes any size"),
    ],
)  # fmt: skip
def test_what_is_no_size_and_no_input_is_refused_in_one_sentence(call, error, message):
    with spec.refused(error, message):
        call()


def test_a_module_can_be_copied_and_says_what_it_is():
    pool = copy.deepcopy(ours("Avg", 2, (3, None), (5, 8)))
    way = "AvgPool2d((3, 1), (2, 1), (1, 0), count_include_pad=False)"
    assert repr(pool) == f"AdaptiveAvgPool2d(output_size=(3, None), input_size=(5, 8), {way})"
    assert re.fullmatch(r"AdaptiveMaxPool1d\(output_size=4, .*time\)", repr(ours("Max", 1, 4)))
