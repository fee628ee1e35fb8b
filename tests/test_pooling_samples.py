"""The sample inputs with which PyTorch tests its own adaptive pooling, given to pool and gradient as they are."""

from itertools import product

import numpy as np
import pytest
import torch

from pooltutor import gradient, pool

pytestmark = pytest.mark.slow
KINDS, AXES = ("avg", "max"), (1, 2, 3)


@pytest.fixture(scope="module")
def samples():
    """Each operator's samples, by its name; PyTorch takes seconds to load its table of all operators."""
    from torch.testing._internal.common_methods_invocations import op_db

    torch.manual_seed(0)
    operators = {op.name.rpartition(".")[2]: op for op in op_db if ".adaptive_" in op.name}
    # op.sample_inputs() would note where it was called from, and reading the whole stack takes a second each time.
    return {name: list(op.sample_inputs_func(op, "cpu", torch.float64, True)) for name, op in operators.items()}


def test_pytorch_has_samples_of_all_six_operators(samples):
    assert sorted(samples) == [f"adaptive_{kind}_pool{axes}d" for kind, axes in product(KINDS, AXES)]
    assert sum(map(len, samples.values())) >= 70


@pytest.mark.parametrize("axes", AXES)
@pytest.mark.parametrize("kind", KINDS)
def test_outputs_gradients_and_indices_are_pytorchs(samples, kind, axes):
    name = f"adaptive_{kind}_pool{axes}d"
    for k, sample in enumerate(samples[name]):
        agrees_on(sample, getattr(torch.nn.functional, name), kind, axes, f"sample {k}")


# Some samples nearly cancel each other: what rounding leaves of them is small beside what was summed, not beside 0.
CLOSE = {"rtol": 1e-12, "atol": 1e-14}


def agrees_on(sample, function, kind, axes, which):
    x, (target, *return_indices) = sample.input, sample.args
    theirs = function(x, target, *return_indices)
    y, *indices = theirs if isinstance(theirs, tuple) else (theirs,)
    upstream = torch.arange(1.0, y.numel() + 1, dtype=y.dtype).reshape(y.shape)
    (grad,) = torch.autograd.grad(y, x, upstream)

    plain = x.detach()
    ours = pool(plain, target, axes=axes, kind=kind, return_indices=bool(indices))
    ours = ours if isinstance(ours, tuple) else (ours,)
    np.testing.assert_allclose(ours[0], y.detach().numpy(), **CLOSE, err_msg=which)
    assert len(ours) == 1 + len(indices), which
    for mine, index in zip(ours[1:], indices, strict=True):
        assert np.array_equal(mine, index.numpy()), which
    sizes = tuple(x.shape[-axes:])
    back = gradient(upstream, sizes, kind=kind, x=plain if kind == "max" else None)
    np.testing.assert_allclose(back, grad.numpy(), **CLOSE, err_msg=which)
