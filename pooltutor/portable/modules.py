"""Drop-in modules for ``torch.nn``'s adaptive pooling: the same numbers, from operations that every exporter has.

Along each axis output i is made of the cells ``floor(i*n/m)`` up to ``ceil((i+1)*n/m)``, n cells to m outputs.
``output_size`` is that m, an integer for all axes or one for each (None keeps an axis, as in PyTorch). ``input_size``
fixes n: then one AvgPool or MaxPool does it where there is one with the same windows on every axis, and else products
with 0/1 tables, or gathered windows and their maximum. Without ``input_size`` windows come from the shape at run time,
in integers, so that a program which is exported once is right at every size. Input is a batch or one sample of it,
float16 and bfloat16 add up in float32, and the backward gives the same bits every time, on a GPU too.
"""

from pooltutor.portable.adaptive import AverageModule, MaximumModule


class AdaptiveAvgPool1d(AverageModule):
    """Average of each window, in place of ``torch.nn.AdaptiveAvgPool1d``: shape (..., L) to (..., m).

    ``y_i = mean of the cells of window i``; see the module for sizes.

    >>> import torch
    >>> AdaptiveAvgPool1d(4, input_size=14)(torch.arange(14.0).reshape(1, 14))
    tensor([[ 1.5000,  4.5000,  8.5000, 11.5000]])

    Raises TypeError or ValueError, in one sentence, for what is no such size, for a tensor of integers or of other
    dimensions, for an input without cells and, with ``input_size``, for an input of another size.
    """

    axes = 1


class AdaptiveAvgPool2d(AverageModule):
    """Average of each window, in place of ``torch.nn.AdaptiveAvgPool2d``: shape (..., H, W) to (..., m_h, m_w).

    ``y_i = mean of the cells of window i``, the axes one after the other; see the module for sizes.

    >>> import torch
    >>> pool, x = AdaptiveAvgPool2d(3, input_size=(5, 8)), torch.rand(2, 4, 5, 8)
    >>> torch.allclose(pool(x), torch.nn.AdaptiveAvgPool2d(pool.output_size)(x))
    True
    >>> pool
    AdaptiveAvgPool2d(output_size=3, input_size=(5, 8), AvgPool2d((3, 4), (2, 3), 1, count_include_pad=False))

    Raises TypeError or ValueError, in one sentence, for what is no such size, for a tensor of integers or of other
    dimensions, for an input without cells and, with ``input_size``, for an input of another size.
    """

    axes = 2


class AdaptiveAvgPool3d(AverageModule):
    """Average of each window, in place of ``torch.nn.AdaptiveAvgPool3d``: shape (..., D, H, W) to (..., m_d, m_h, m_w).

    ``y_i = mean of the cells of window i``, the axes one after the other; see the module for sizes.

    >>> import torch
    >>> pool, x = AdaptiveAvgPool3d((2, None, 3)), torch.rand(4, 5, 6, 7)
    >>> torch.allclose(pool(x), torch.nn.AdaptiveAvgPool3d(pool.output_size)(x))
    True
    >>> pool
    AdaptiveAvgPool3d(output_size=(2, None, 3), windows from the shape at run time)

    Raises TypeError or ValueError, in one sentence, for what is no such size, for a tensor of integers or of other
    dimensions, for an input without cells and, with ``input_size``, for an input of another size.
    """

    axes = 3


class AdaptiveMaxPool1d(MaximumModule):
    """Maximum of each window, in place of ``torch.nn.AdaptiveMaxPool1d``: shape (..., L) to (..., m).

    ``y_i = largest of the cells of window i``; see the module for sizes. ``return_indices=True`` adds where each
    maximum is, counted among the cells of its channel; of equal numbers the first wins.

    >>> import torch
    >>> AdaptiveMaxPool1d(2, return_indices=True)(torch.tensor([[0.0, 9.0, 0.0]]))
    (tensor([[9., 9.]]), tensor([[1, 1]]))

    Raises TypeError or ValueError, in one sentence, for what is no such size, for a tensor of integers or of other
    dimensions, for an input without cells and, with ``input_size``, for an input of another size.
    """

    axes = 1


class AdaptiveMaxPool2d(MaximumModule):
    """Maximum of each window, in place of ``torch.nn.AdaptiveMaxPool2d``: shape (..., H, W) to (..., m_h, m_w).

    ``y_i = largest of the cells of window i``, the axes one after the other; see the module for sizes.
    ``return_indices=True`` adds where each maximum is, counted among the cells of its channel; of equal numbers the
    first wins.

    >>> import torch
    >>> pool, x = AdaptiveMaxPool2d((3, None), input_size=(5, 8)), torch.rand(2, 4, 5, 8)
    >>> torch.allclose(pool(x), torch.nn.AdaptiveMaxPool2d(pool.output_size)(x))
    True
    >>> pool
    AdaptiveMaxPool2d(output_size=(3, None), input_size=(5, 8), MaxPool2d((3, 1), (2, 1), (1, 0)))

    Raises TypeError or ValueError, in one sentence, for what is no such size, for a tensor of integers or of other
    dimensions, for an input without cells and, with ``input_size``, for an input of another size.
    """

    axes = 2


class AdaptiveMaxPool3d(MaximumModule):
    """Maximum of each window, in place of ``torch.nn.AdaptiveMaxPool3d``: shape (..., D, H, W) to (..., m_d, m_h, m_w).

    ``y_i = largest of the cells of window i``, the axes one after the other; see the module for sizes.
    ``return_indices=True`` adds where each maximum is, counted among the cells of its channel; of equal numbers the
    first wins.

    >>> import torch
    >>> pool, x = AdaptiveMaxPool3d(2), torch.rand(4, 5, 6, 7)
    >>> torch.allclose(pool(x), torch.nn.AdaptiveMaxPool3d(pool.output_size)(x))
    True
    >>> pool
    AdaptiveMaxPool3d(output_size=2, windows from the shape at run time)

    Raises TypeError or ValueError, in one sentence, for what is no such size, for a tensor of integers or of other
    dimensions, for an input without cells and, with ``input_size``, for an input of another size.
    """

    axes = 3
