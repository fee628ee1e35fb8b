"""The sample inputs with which PyTorch tests its own adaptive pooling, given to pool and gradient as they are."""

import numpy as np
import pytest
import torch
from torch.testing._internal.common_methods_invocations import op_db

from pooltutor import gradient, pool

OPERATORS = {op.name.rpartition(".")[2]: op for op in op_db if ".adaptive_" in op.name}
SAMPLES = [
    pytest.param(name, sample, id=f"{name}-{k}")
    for name, op in OPERATORS.items()
    for k, sample in enumerate(op.sample_inputs("cpu", torch.float64, requires_grad=True))
]


def test_pytorch_has_samples_of_all_six_operators():
    assert sorted(OPERATORS) == [f"adaptive_{kind}_pool{k}d" for kind in ("avg", "max") for k in (1, 2, 3)]
    assert len(SAMPLES) >= 70


@pytest.mark.parametrize(("name", "sample"), SAMPLES)
def test_outputs_gradients_and_indices_are_pytorchs(name, sample):
    kind, axes, x = name[9:12], int(name[-2]), sample.input
    target, *return_indices = sample.args
    theirs = getattr(torch.nn.functional, name)(x, target, *return_indices)
    y, *indices = theirs if isinstance(theirs, tuple) else (theirs,)
    upstream = torch.arange(1.0, y.numel() + 1, dtype=y.dtype).reshape(y.shape)
    (grad,) = torch.autograd.grad(y, x, upstream)

    plain = x.detach()
    ours = pool(plain, target, axes=axes, kind=kind, return_indices=bool(indices))
    ours = ours if isinstance(ours, tuple) else (ours,)
    np.testing.assert_allclose(ours[0], y.detach().numpy(), rtol=1e-12)
    assert len(ours) == 1 + len(indices)
    for mine, index in zip(ours[1:], indices, strict=True):
        assert np.array_equal(mine, index.numpy())
    sizes = tuple(x.shape[-axes:])
    back = gradient(upstream, sizes, kind=kind, x=plain if kind == "max" else None)
    np.testing.assert_allclose(back, grad.numpy(), rtol=1e-12)
