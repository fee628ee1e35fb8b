"""What pool, gradient and compare take as numbers: lists, arrays, tensors; and the sentence about anything else."""

import subprocess
import sys

import numpy as np
import pytest
import torch

from pooltutor import gradient, pool
from tests import spec

X = (np.arange(2 * 6 * 8) * 7 % 11 - 3.0).reshape(2, 6, 8)


@pytest.mark.parametrize("dtype", [torch.float64, torch.float32, torch.float16, torch.int64, torch.int32, torch.uint8])
def test_a_tensor_is_taken_as_the_array_with_its_numbers(dtype):
    tensor = torch.tensor(np.abs(X)).to(dtype)
    for kind in ("avg", "max"):
        mine, array = pool(tensor, (4, 3), kind=kind), pool(tensor.numpy(), (4, 3), kind=kind)
        assert mine.dtype == array.dtype
        assert np.array_equal(mine, array)
        back = gradient(tensor, (9, 9), kind=kind, x=torch.ones(2, 9, 9))
        assert np.array_equal(back, gradient(tensor.numpy(), (9, 9), kind=kind, x=np.ones((2, 9, 9))))


def test_a_tensor_need_not_be_contiguous():
    tensor = torch.tensor(X).permute(2, 1, 0)
    assert np.array_equal(pool(tensor, 1), pool(X.transpose(2, 1, 0), 1))


SENTENCES = {
    "with a gradient": (
        torch.ones(4, requires_grad=True),
        "x must be a tensor without a gradient: pass x.detach()",
    ),
    "bfloat16": (
        torch.ones(4, dtype=torch.bfloat16),
        "x must be a tensor of float64, float32, float16 or of integers, got torch.bfloat16: pass x.float()",
    ),
    "complex": (torch.ones(4, dtype=torch.complex64), "x must be an array of real numbers, got dtype complex64"),
    "bool": (torch.ones(4, dtype=torch.bool), "x must be an array of real numbers, got dtype bool"),
    "masked": (
        np.ma.masked_equal([1, 2, 3, 102], 102),
        "x must be an array without a mask, got a masked array: fill its gaps first, .filled(0)",
    ),
    "strings": (["a", "b"], "x must be an array of real numbers, got dtype <U1"),
    "an object": (object(), "x must be an array of real numbers, got dtype object"),
}


@pytest.mark.parametrize("case", SENTENCES)
def test_what_is_no_array_of_real_numbers_gets_one_sentence(case):
    values, sentence = SENTENCES[case]
    with spec.refused(TypeError, sentence):
        pool(values, 2)
    with spec.refused(TypeError, sentence.replace("x must", "upstream must").replace("x.", "upstream.")):
        gradient(values, 7)
    with spec.refused(TypeError, sentence):
        gradient([1, 1], 4, kind="max", x=values)


def test_rows_of_different_lengths_get_one_sentence():
    with spec.refused(ValueError, "x must be an array whose rows have one length, got [[1], [1, 2]]"):
        pool([[1], [1, 2]], 1)


@pytest.mark.parametrize("device", ["meta"])
def test_a_tensor_without_numbers_gets_one_sentence(device):
    with pytest.raises(TypeError, match=r"^x must be a tensor that numpy can read: "):
        pool(torch.ones(4, device=device), 2)
    with pytest.raises(TypeError, match=r"^x must be a tensor that numpy can read: "):
        pool(torch.ones(4).to_sparse(), 2)


def test_reading_arrays_does_not_import_torch():
    code = "import sys, pooltutor; pooltutor.pool([1, 2, 3], 2); sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


# axes ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("axes", [1, 2, 3])
@pytest.mark.parametrize("kind", ["avg", "max"])
def test_an_integer_target_of_several_axes_is_pytorchs(kind, axes):
    x = torch.tensor((np.arange(3 * 6 * 7 * 8) * 7 % 11 - 3.0).reshape(1, 3, 6, 7, 8)[(..., *(0,) * (3 - axes))])
    theirs = getattr(torch.nn.functional, f"adaptive_{kind}_pool{axes}d")(x, 5)
    np.testing.assert_allclose(pool(x, 5, axes=axes, kind=kind), theirs.numpy(), rtol=1e-12)
    assert np.array_equal(pool(x, 5, axes=axes, kind=kind), pool(x, (5,) * axes, axes=axes, kind=kind))
    upstream = np.ones(theirs.shape)
    one_size = gradient(upstream, 6, axes=axes, kind=kind, x=np.ones((*x.shape[:-axes], *(6,) * axes)))
    assert one_size.shape == (*x.shape[:-axes], *(6,) * axes)


def test_without_axes_an_integer_target_is_that_of_the_last_one():
    assert pool(X, 5).shape == (2, 6, 5)
    assert pool(X, 5, axes=2).shape == (2, 5, 5)


BAD_AXES = {
    "more than there are targets": (
        lambda: pool(X, (4, 3), axes=3),
        ValueError,
        "target_size must be an integer or a tuple of length 3 with axes=3, got (4, 3)",
    ),
    "fewer than there are sizes": (
        lambda: gradient(X, (4, 3), axes=1),
        ValueError,
        "input_size must be an integer or a tuple of length 1 with axes=1, got (4, 3)",
    ),
    "none": (lambda: pool(X, 5, axes=0), ValueError, "axes must be an integer from 1 to 32, got 0"),
    "a fraction": (lambda: pool(X, 5, axes=1.5), TypeError, "axes must be an integer from 1 to 32, got 1.5"),
    "more than x has": (
        lambda: pool(X, 5, axes=4),
        ValueError,
        "x must have at least 4 dimensions with entries in them, got shape (2, 6, 8)",
    ),
}


@pytest.mark.parametrize("case", BAD_AXES)
def test_axes_that_do_not_fit_get_one_sentence(case):
    call, error, sentence = BAD_AXES[case]
    with spec.refused(error, sentence):
        call()


# return_indices --------------------------------------------------------------------------------------------


def test_indices_come_with_a_maximum_only():
    y, index = pool(X, (4, 3), kind="max", return_indices=True)
    _, theirs = torch.nn.functional.adaptive_max_pool2d(torch.tensor(X), (4, 3), True)
    assert np.array_equal(index, theirs.numpy())
    assert np.array_equal(y, pool(X, (4, 3), kind="max"))
    with spec.refused(ValueError, "return_indices must be False for kind='avg': only a maximum comes from one cell"):
        pool(X, (4, 3), return_indices=True)
    with spec.refused(TypeError, "return_indices must be True or False, got 1"):
        pool(X, (4, 3), kind="max", return_indices=1)


# Limits ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "call",
    [
        lambda: gradient([1.0], 2**31),
        lambda: pool(np.ones((2, 2)), (10**5, 10**5)),
        lambda: pool(np.ones(2), 2**31),
        lambda: gradient(np.ones((2, 2)), (10**5, 10**5)),
    ],
)
def test_results_that_fill_the_memory_are_refused_at_once(call):
    message = r"^(target_size|input_size) may ask for up to 100000000 numbers, got [0-9x ]+, which makes \d+$"
    with pytest.raises(ValueError, match=message):
        call()


def test_an_axis_that_shrinks_comes_before_one_that_grows():
    """The other way round there would be 10**9 numbers on the way."""
    y = pool(np.ones((1000, 1000)), (1, 10**6))
    assert y.shape == (1, 10**6)
    assert (y == 1).all()
