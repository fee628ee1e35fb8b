"""pool and gradient on one, two and three axes, held against torch itself; pooltutor.reference is not asked."""

from math import lcm, prod
from typing import NamedTuple

import numpy as np
import pytest
import torch
from hypothesis import example, given, settings
from hypothesis import strategies as st
from torch.nn import functional

from pooltutor import gradient, pool
from pooltutor.pooling import axis_bins, winners
from tests import spec
from tests.quick import quick_takes

KINDS = ("avg", "max")
LARGEST = {1: 40, 2: 12, 3: 7}  # the largest size on so many axes


class Question(NamedTuple):
    """Sizes of one pooling; ``targets`` as they are given, with None for an axis that is kept."""

    front: tuple
    n: tuple
    targets: tuple
    dtype: str = "float64"
    seed: int = 0

    @property
    def m(self):
        return tuple(n if m is None else m for n, m in zip(self.n, self.targets, strict=True))

    @property
    def kept_sizes(self):
        """What gradient is told: None where the axis was kept."""
        return tuple(None if m is None else n for n, m in zip(self.n, self.targets, strict=True))

    @property
    def cells(self):
        """The most cells in a box."""
        return prod(max(stop - start for start, stop in axis) for axis in map(spec.pytorch, self.n, self.m))

    @property
    def boxes(self):
        """The most boxes with the same cell: by duality the most cells in a box of the way back."""
        return Question((), self.m, self.n).cells

    @property
    def unit(self):
        """A number that can be divided by the sizes of every box, one axis after the other."""
        return prod(lcm(*(stop - start for start, stop in axis)) for axis in map(spec.pytorch, self.n, self.m))

    def numbers(self, special=0.0):
        """Any x and upstream gradient, many of them equal; a share ``special`` of them NaN or infinite."""
        random = np.random.default_rng(self.seed)
        for sizes in (self.n, self.m):
            shape = (*self.front, *sizes)
            values = random.choice(random.normal(0, 8, max(2, prod(shape) // 3)), shape)
            odd = random.choice([np.nan, np.inf, -np.inf], shape)
            yield np.where(random.random(shape) < special, odd, values).astype(self.dtype)

    def integers(self):
        """x and upstream gradient in multiples of the unit, with ties: sums and shares of them are integers."""
        largest = 8 * self.unit * max(self.cells, self.boxes)
        assert largest < 2 / np.finfo(self.dtype).eps, "the type does not hold every such integer"
        for sizes in (self.n, self.m):
            count = np.arange(prod((*self.front, *sizes)))
            values = (7 * count + count // 9 + self.seed) % 17 - 8
            yield (values * self.unit).astype(self.dtype).reshape(*self.front, *sizes)


@st.composite
def questions(draw, dtypes=("float16", "float32", "float64")):
    k = draw(st.integers(1, 3))
    axis = st.integers(1, LARGEST[k])
    n = draw(st.tuples(*[axis] * k))
    targets = draw(st.tuples(*[axis if k == 1 else st.none() | axis] * k))  # PyTorch's 1-D takes no None
    front = draw(st.lists(st.integers(1, 3), max_size=2).map(tuple))
    return Question(front, n, targets, draw(st.sampled_from(dtypes)), draw(st.integers(0, 2**32)))


def from_torch(x, upstream, question, kind):
    """PyTorch's outputs, its input gradient, and of a maximum the indices that it returns."""
    k, shape = len(question.n), (*question.front, *question.m)
    leaf = torch.from_numpy(x if question.front else x[None]).requires_grad_()  # it wants an axis of channels
    operation = getattr(functional, f"adaptive_{kind}_pool{k}d")
    y, *index = operation(leaf, question.targets, True) if kind == "max" else (operation(leaf, question.targets),)
    y.backward(torch.from_numpy(upstream).reshape(y.shape))
    index = [cells.numpy().reshape(shape) for cells in index]
    return y.detach().numpy().reshape(shape), leaf.grad.numpy().reshape(x.shape), *index


def ours(x, upstream, question, kind):
    y = pool(x, question.targets, kind=kind)
    index = [winners(x, axis_bins(question.n, question.targets, "pytorch"))] if kind == "max" else []
    return y, gradient(upstream, question.kept_sizes, kind=kind, x=x), *index


def same(one, other):
    """Equal numbers in the same type and shape; NaN equals NaN."""
    return one.dtype == other.dtype and one.shape == other.shape and np.array_equal(one, other, equal_nan=True)


def within_rounding(one, other, size, numbers):
    """Whether two sums of so many ``numbers``, of absolute values ``size`` together, differ by rounding only.

    Each addition and each division loses at most half an eps of ``size``. Either side makes ``numbers`` - 1
    additions; PyTorch divides by the lengths of up to three axes, pooltutor once by their product. That is
    2 * ``numbers`` + 2 halves, and a half each for what rounding does to roundings. Below the smallest normal
    number half a smallest one is lost instead.
    """
    assert (one.dtype, one.shape) == (other.dtype, other.shape)
    finite, kind = np.isfinite(size), np.finfo(one.dtype)
    difference = np.abs(one[finite].astype(float) - other[finite])
    bound = (numbers + 2) * (kind.eps * size[finite] + kind.smallest_subnormal)
    return bool(same(one[~finite], other[~finite]) and (difference <= bound).all())


def absolute(x, upstream, question, kind):
    """Outputs of absolute values and gradients of absolute ones, in float64: roundings are relative to them."""
    x, positive = x.astype(float), np.abs(upstream).astype(float)
    return from_torch(np.abs(x), positive, question, kind)[0], from_torch(x, positive, question, kind)[1]


# Any shape -----------------------------------------------------------------------------------------------

SPECIAL = st.sampled_from([0.0, 0.0, 0.1, 0.9])


@settings(deadline=None, max_examples=200)
@given(questions(["float32", "float64"]), st.sampled_from(KINDS))
@example(Question((), (6, 8), (4, 3)), "avg")
@example(Question((2,), (6, 8), (4, None)), "max")
@example(Question((2, 3), (1, 5, 1), (3, None, 2), "float32"), "avg")
def test_numbers_that_need_no_rounding_are_pytorchs_to_the_last_bit(question, kind):
    x, upstream = question.integers()
    for mine, theirs in zip(ours(x, upstream, question, kind), from_torch(x, upstream, question, kind), strict=True):
        assert same(mine, theirs)


@settings(deadline=None, max_examples=200)
@given(questions(), SPECIAL)
def test_averages_of_any_numbers_are_pytorchs_but_for_rounding(question, special):
    x, upstream = question.numbers(special)
    y, grad = ours(x, upstream, question, "avg")
    true_y, true_grad = from_torch(x, upstream, question, "avg")
    of_y, of_grad = absolute(x, upstream, question, "avg")
    assert within_rounding(y, true_y, of_y, question.cells)
    assert within_rounding(grad, true_grad, of_grad, question.boxes)


@settings(deadline=None, max_examples=200)
@given(questions(), SPECIAL)
def test_maxima_of_any_numbers_and_the_cells_they_come_from_are_pytorchs(question, special):
    x, upstream = question.numbers(special)
    y, grad, index = ours(x, upstream, question, "max")
    true_y, true_grad, true_index = from_torch(x, upstream, question, "max")
    assert same(y, true_y)
    assert same(index, true_index)
    assert within_rounding(grad, true_grad, absolute(x, upstream, question, "max")[1], question.boxes)


# Layers of real networks ---------------------------------------------------------------------------------

LAYERS = {
    "VGG-16 at 224 px": Question((512,), (7, 7), (7, 7)),
    "VGG-16 at 256 px": Question((512,), (8, 8), (7, 7)),
    "VGG-16 at 448 px": Question((512,), (14, 14), (7, 7)),
    "AlexNet at 224 px": Question((256,), (6, 6), (6, 6)),
    "AlexNet at 448 px": Question((256,), (13, 13), (6, 6)),
    "ResNet-50": Question((2048,), (7, 7), (1, 1)),
    "the first squeeze of SE-ResNet-50": Question((256,), (56, 56), (1, 1)),
    "PSPNet at 473 px, 1": Question((2048,), (60, 60), (1, 1)),
    "PSPNet at 473 px, 2": Question((2048,), (60, 60), (2, 2)),
    "PSPNet at 473 px, 3": Question((2048,), (60, 60), (3, 3)),
    "PSPNet at 473 px, 6": Question((2048,), (60, 60), (6, 6)),
    "PSPNet at 128 px, 6": Question((2048,), (16, 16), (6, 6)),
}
QUICK = [layer for layer in LAYERS if "473" not in layer]  # those are large: a second each


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("layer", quick_takes(QUICK, LAYERS))
def test_layers_of_real_networks_give_pytorchs_numbers_exactly(layer, kind):
    question = LAYERS[layer]
    x, upstream = question.integers()
    for mine, theirs in zip(ours(x, upstream, question, kind), from_torch(x, upstream, question, kind), strict=True):
        assert same(mine, theirs)


@pytest.mark.slow
@pytest.mark.parametrize("layer", LAYERS)
def test_layers_in_float32_are_within_4_units_in_the_last_place_of_the_mean_of_absolute_values(layer):
    """Far less than rounding could explain: both sides sum in several places, where errors cancel."""
    question = LAYERS[layer]._replace(dtype="float32")
    x, upstream = question.numbers()
    mine, theirs = ours(x, upstream, question, "avg"), from_torch(x, upstream, question, "avg")
    for one, other, size in zip(mine, theirs, absolute(x, upstream, question, "avg"), strict=True):
        assert (np.abs(one.astype(float) - other) <= 4 * np.finfo(np.float32).eps * size).all()
