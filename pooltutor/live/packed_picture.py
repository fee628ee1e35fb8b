"""A picture as a view carries it to the browser."""

from typing import Any

import numpy as np


def packed_picture(picture: np.ndarray) -> dict[str, Any]:
    """Return a picture (H, W) or (H, W, 3) as a view carries it: its channels one after the other, row by row."""
    channels = np.moveaxis(picture, -1, 0) if picture.ndim == 3 else picture[None]
    dtype = "uint8" if picture.dtype == np.uint8 else "float64"
    shape = dict(zip(("channels", "height", "width"), channels.shape, strict=True))
    return {**shape, "dtype": dtype, "data": np.ascontiguousarray(channels, dtype).tobytes()}
