"""pooltutor.compare, the door for a user's own numbers: what it takes, what it refuses, and what it says."""

import numpy as np
import pytest
import torch
from torch.nn import functional

from pooltutor import bins, compare, gradient, pool, reference
from tests import spec

X = (np.arange(2 * 3 * 5 * 7) * 7 % 11 - 3.0).reshape(2, 3, 5, 7)
UPSTREAM = (np.arange(2 * 3 * 3 * 4) % 5 + 1.0).reshape(2, 3, 3, 4)


def pytorchs(kind="avg", dtype=torch.float64):
    """Outputs, input gradient and for a maximum the indices of 5 x 7 -> 3 x 4, as tensors that still have a graph."""
    leaf = torch.tensor(X, dtype=dtype, requires_grad=True)
    if kind == "max":
        y, index = functional.adaptive_max_pool2d(leaf, (3, 4), True)
    else:
        y, index = functional.adaptive_avg_pool2d(leaf, (3, 4)), None
    (grad,) = torch.autograd.grad(y, leaf, torch.tensor(UPSTREAM, dtype=dtype), retain_graph=True)
    return leaf, y, grad, index


WAYS = {
    "lists": lambda tensor: tensor.detach().tolist(),
    "arrays": lambda tensor: tensor.detach().numpy(),
    "tensors with a graph": lambda tensor: tensor,
    "non-contiguous": lambda tensor: tensor.detach().permute(3, 2, 1, 0).contiguous().permute(3, 2, 1, 0),
    "Fortran order": lambda tensor: np.asfortranarray(tensor.detach().numpy()),
}


@pytest.mark.parametrize("kind", ["avg", "max"])
@pytest.mark.parametrize("way", WAYS)
def test_everything_at_once_in_every_form(way, kind):
    leaf, y, grad, index = pytorchs(kind)
    given = WAYS[way]
    winners = {} if index is None else {"winners": given(index)}
    windows = [bins(5, 3), [(b.start, b.stop) for b in bins(7, 4)]]
    claim = {"x": given(leaf), "upstream": given(torch.tensor(UPSTREAM)), "windows": windows}
    report = compare((5, 7), (3, 4), **claim, outputs=given(y), gradients=given(grad), kind=kind, **winners)
    assert report, report
    counts = {"windows": 7, "outputs": 72, "gradients": 210, **({"winners": 72} if winners else {})}
    assert report.compared == counts
    assert report.largest_difference == 0
    assert report.dtype == "float64"


@pytest.mark.parametrize("part", ["windows", "outputs", "gradients"])
def test_each_part_alone(part):
    _, y, grad, _ = pytorchs()
    given = {
        "windows": {"windows": (bins(5, 3), bins(7, 4))},
        "outputs": {"x": X, "outputs": y},
        "gradients": {"upstream": UPSTREAM, "gradients": grad},
    }[part]
    report = compare((5, 7), (3, 4), **given)
    assert report
    assert list(report.compared) == [part]


@pytest.mark.parametrize("dtype", reference.TYPES)
def test_the_type_is_that_of_what_is_claimed(dtype):
    leaf, y, grad, _ = pytorchs(dtype=getattr(torch, dtype))
    report = compare((5, 7), (3, 4), x=leaf, outputs=y, upstream=UPSTREAM, gradients=grad)
    assert report, report
    assert report.dtype == dtype
    assert compare((5, 7), (3, 4), x=leaf, outputs=y, dtype="float64").dtype == "float64"
    assert compare((5, 7), (3, 4), upstream=UPSTREAM, gradients=grad).dtype == dtype
    assert compare((5, 7), (3, 4), windows=[bins(5, 3), bins(7, 4)]).dtype == "float64"


def test_right_float32_numbers_are_not_refused_for_their_last_digits():
    x = np.random.default_rng(0).random((4, 33), dtype=np.float32)
    y = np.stack([x[:, b.slice].mean(axis=1) for b in bins(33, 7)], axis=1)
    assert np.abs(y - pool(x.astype(float), 7)).max() > 2e-8
    assert compare(33, 7, x=x, outputs=y)
    assert compare(33, 7, x=torch.tensor(x), outputs=torch.tensor(y))
    assert not compare(33, 7, x=x, outputs=y, dtype="float64")


def test_wrong_numbers_are_named_with_their_channel():
    outputs = pool(X, (3, 4))
    outputs[1, 2, 2, 3] += 1
    report = compare((5, 7), (3, 4), x=X, outputs=outputs)
    assert not report
    difference = report.first_difference
    assert (difference.what, difference.index, difference.channel) == ("output", (2, 3), (1, 2))


def test_wrong_windows_and_winners_are_named():
    report = compare(5, 3, windows=[(0, 2), (1, 3), (3, 5)])
    assert str(report.first_difference) == "window 1 is 1:3 here, PyTorch's is 1:4"
    assert str(compare(5, 3, windows=[(0, 2), (2, 5)]).first_difference) == "2 windows here, PyTorch has 3"
    report = compare(3, 2, x=[0, 9, 0], winners=[1, 2], kind="max")
    assert str(report.first_difference) == "the winner of window 1 is cell 2 here, PyTorch's is 1"


def test_gradients_of_all_channels_may_be_given_once():
    once = gradient(np.ones((3, 4)), (5, 7))
    assert compare((5, 7), (3, 4), x=X, upstream=np.ones((3, 4)), gradients=once)


BAD = {
    "nothing": ({}, ValueError, "compare needs at least one of windows, outputs, gradients and winners, got none"),
    "no x": ({"outputs": [1, 2, 3]}, TypeError, "x must be given with outputs: it is what they come from"),
    "no upstream": (
        {"gradients": [1] * 5},
        TypeError,
        "upstream must be given with gradients: it is what they come from",
    ),
    "x for max": (
        {"upstream": [1] * 3, "gradients": [1] * 5, "kind": "max"},
        TypeError,
        "x must be given with gradients: it is what they come from",
    ),
    "shape of x": ({"x": [1, 2], "outputs": [1, 2, 3]}, ValueError, "x must have shape (5,), got (2,)"),
    "shape of outputs": ({"x": [1] * 5, "outputs": [1, 2]}, ValueError, "outputs must have shape (3,), got (2,)"),
    "empty outputs": ({"x": [1] * 5, "outputs": []}, ValueError, "outputs must have shape (3,), got (0,)"),
    "shape of gradients": (
        {"x": np.ones((2, 5)), "upstream": [1] * 3, "gradients": [1, 2]},
        ValueError,
        "gradients must have shape (2, 5) or (5,), got (2,)",
    ),
    "shape of upstream": (
        {"x": [1] * 5, "upstream": [1, 2], "outputs": [1] * 3},
        ValueError,
        "upstream must have shape (3,), got (2,)",
    ),
    "winners of an average": (
        {"x": [1] * 5, "winners": [0, 1, 3]},
        ValueError,
        "winners must be left out for kind='avg': only a maximum comes from one cell",
    ),
    "fractions as winners": (
        {"x": [1] * 5, "winners": [0.0, 1.0, 3.0], "kind": "max"},
        TypeError,
        "winners must be an array of integers, got dtype float64",
    ),
    "integer tensor": (
        {"x": torch.arange(5), "outputs": [1] * 3},
        TypeError,
        "x must be a tensor of floating-point numbers, got torch.int64: PyTorch pools no integers; pass x.double()",
    ),
    "integer outputs": (
        {"x": [1] * 5, "outputs": torch.ones(3, dtype=torch.int32)},
        TypeError,
        "outputs must be a tensor of floating-point numbers, got torch.int32: PyTorch pools no integers; "
        "pass outputs.double()",
    ),
    "masked": (
        {"x": np.ma.masked_equal([1.0, 2, 3, 4, 5], 3), "outputs": [1] * 3},
        TypeError,
        "x must be an array without a mask, got a masked array: fill its gaps first, .filled(0)",
    ),
    "ragged": (
        {"x": [[1], [1, 2]], "outputs": [1] * 3},
        ValueError,
        "x must be an array whose rows have one length, got [[1], [1, 2]]",
    ),
    "strings": ({"x": ["a"] * 5, "outputs": [1] * 3}, TypeError, "x must be an array of real numbers, got dtype <U1"),
    "windows of another shape": (
        {"windows": [1, 2, 3]},
        ValueError,
        "windows must be a list of pairs (start, stop), got [1, 2, 3]",
    ),
    "no windows": ({"windows": []}, ValueError, "windows must be a list of pairs (start, stop), got []"),
    "dtype": (
        {"windows": bins(5, 3), "dtype": "int8"},
        ValueError,
        "dtype must be one of float64, float32, float16, bfloat16, got 'int8'",
    ),
    "kind": ({"windows": bins(5, 3), "kind": ["avg"]}, ValueError, "kind must be one of avg, max, got ['avg']"),
}


@pytest.mark.parametrize("case", BAD)
def test_what_cannot_be_compared_gets_one_sentence(case):
    given, error, sentence = BAD[case]
    with spec.refused(error, sentence):
        compare(5, 3, **given)


def test_windows_of_two_axes_need_a_list_for_each():
    pairs = [(b.start, b.stop) for b in bins(5, 3)]
    message = r"^windows must be a list of pairs \(start, stop\) for each of the 2 axes, got \[\(0, 2\)"
    with pytest.raises(ValueError, match=message):
        compare((5, 7), (3, 4), windows=pairs)


def test_questions_that_would_take_too_long_are_refused_at_once():
    for n, m in [(10**5, 10**5), (2**31, 1), (1, 2**31), ((4000, 4000), (4, 4))]:
        with pytest.raises(ValueError, match=r"^input_size .* to check, got [0-9]+$"):
            compare(n, m, windows=[(0, 1)])


def test_our_own_mistake_is_never_told_in_pytorchs_name():
    """A tensor as x was compared with > before: that was our TypeError, and PyTorch was said to have refused."""
    assert compare(5, 3, x=torch.arange(5.0), outputs=[0.5, 2, 3.5]).agrees is True
    sentence = "device must be one that PyTorch knows, such as 'cpu' or 'cuda:0', got 'moon'"
    with spec.refused(ValueError, sentence):
        compare(5, 3, x=torch.arange(5.0), outputs=[0.5, 2, 3.5], device="moon")
