"""A user's numbers as numpy arrays: lists, arrays of any library, torch tensors; or one sentence that says why not.

torch is not imported here: if you pass a tensor, you have imported it.
"""

import sys
from typing import Any

import numpy as np

from pooltutor.quoting import quoted
from pooltutor.words import say

FLOATS = ("float64", "float32", "float16")
"""The floating-point types that numpy has, too; bfloat16 is PyTorch's alone."""


def is_tensor(values: Any) -> bool:
    """Whether these are a torch tensor."""
    torch = sys.modules.get("torch")
    return torch is not None and isinstance(values, torch.Tensor)


def dtype_name(values: Any) -> str:
    """Return the name of the type of numbers: "float32" of an array or a tensor; "" where there is none.

    >>> dtype_name(np.ones(3, np.float32)), dtype_name([1.5])
    ('float32', '')
    """
    return str(getattr(values, "dtype", "")).rpartition(".")[2]


def real_array(values: Any, name: str) -> np.ndarray:
    """Return real numbers as an array: floating-point types stay what they are, integers become float64.

    Lists, arrays of any library and torch tensors are taken; a tensor on another device is copied.

    >>> real_array([[1, 2], [3, 4]], "x").dtype
    dtype('float64')

    Raises TypeError for what holds no real numbers, for a mask, for a tensor that requires a gradient, and for a
    type that numpy lacks; ValueError for rows of different lengths.
    """
    if type(values) is np.ndarray and values.dtype.kind == "f":
        return values
    array = _tensor_array(values, name) if is_tensor(values) else _array(values, name)
    if array.dtype.kind in "iu":  # PyTorch refuses integers; a learner's arange(14) means numbers
        return array.astype(np.float64)
    if array.dtype.kind != "f":
        raise TypeError(say("errors.arrays.real", name=name, dtype=array.dtype))
    return array


def detached_array(values: Any, name: str) -> np.ndarray:
    """Return real numbers as float64, from tensors with a gradient and of every floating-point type, too.

    Raises TypeError for an integer tensor, which PyTorch's adaptive pooling refuses; else as :func:`real_array`.
    """
    if not is_tensor(values):
        return real_array(values, name).astype(np.float64)
    if not values.is_floating_point():
        raise TypeError(say("errors.arrays.integer_tensor", name=name, dtype=values.dtype))
    return real_array(values.detach().double(), name)


def index_array(values: Any, name: str) -> np.ndarray:
    """Return whole numbers as an int64 array, from lists, arrays and tensors.

    Raises TypeError for anything else.
    """
    array = _tensor_array(values, name) if is_tensor(values) else _array(values, name)
    if array.dtype.kind not in "iu":
        raise TypeError(say("errors.arrays.integers", name=name, dtype=array.dtype))
    return array.astype(np.int64)


def _array(values: Any, name: str) -> np.ndarray:
    if type(values).__module__.startswith("numpy.ma"):
        raise TypeError(say("errors.arrays.mask", name=name))
    try:
        return np.asarray(values)
    except ValueError:  # numpy's own words are about inhomogeneous shapes
        raise ValueError(say("errors.arrays.rows", name=name, came=quoted(values))) from None


def _tensor_array(values: Any, name: str) -> np.ndarray:
    if values.requires_grad:
        raise TypeError(say("errors.arrays.gradient", name=name))
    if values.is_floating_point() and dtype_name(values) not in FLOATS:
        raise TypeError(say("errors.arrays.tensor_type", name=name, types=", ".join(FLOATS), dtype=values.dtype))
    try:
        return np.asarray(values.cpu())
    except (RuntimeError, TypeError, NotImplementedError) as error:  # sparse, quantised, on the meta device
        reason = str(error).strip().split("\n")[0]
        raise TypeError(say("errors.arrays.tensor", name=name, text=quoted(reason))) from None
