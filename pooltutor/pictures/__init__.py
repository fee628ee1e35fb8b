"""Pictures to pool: two that come with the package, three drawn by a formula, and a learner's own.

Grey pictures are arrays of shape (H, W), colour pictures (H, W, 3) in the order red, green, blue.
"""

from collections.abc import Callable, Collection
from importlib.resources import files
from typing import Any

import numpy as np

from pooltutor.pictures.reading import LARGEST, LARGEST_FILE, LARGEST_PIXELS, open_picture, read_picture
from pooltutor.quoting import quoted
from pooltutor.words import say

__all__ = [
    "LARGEST",
    "LARGEST_FILE",
    "LARGEST_PIXELS",
    "PATTERNS",
    "PICTURES",
    "open_picture",
    "pattern",
    "picture",
    "read_picture",
]

PICTURES = {
    "digit": "A handwritten 2, drawn with numpy for pooltutor, MIT licence.",
    "photo": "Commodore Grace M. Hopper, photographed by James S. Davis, US Navy, 1984 (NH 96919-KN), public domain.",
}
"""Each picture that comes with the package, and where it comes from; SOURCES.md has the whole story."""


def _check_name(value: Any, names: Collection[str], argument: str) -> None:
    """As :func:`pooltutor.validation.check_name`, which stands above this file."""
    if not isinstance(value, str) or value not in names:
        raise ValueError(say("errors.name", name=argument, names=", ".join(names), came=quoted(value)))


def picture(name: str) -> np.ndarray:
    """Return a picture that comes with the package, as uint8.

    "digit" is a 2 of 16 x 16 cells with values 0 to 9; "photo" has 128 x 96 pixels in three colours, 0 to 255.

    >>> picture("digit").shape, picture("digit").max(), picture("photo").shape
    ((16, 16), np.uint8(9), (128, 96, 3))

    Raises ValueError for any other name.
    """
    _check_name(name, PICTURES, "picture")
    from PIL import Image

    with (files(__package__) / f"{name}.png").open("rb") as file, Image.open(file) as image:
        return np.array(image)  # of the digit's palette the indices, which are its values


# Patterns ------------------------------------------------------------------------------------------------


def _ramp(height: int, width: int) -> np.ndarray:
    return np.arange(height * width, dtype=np.float64).reshape(height, width)


def _checkerboard(height: int, width: int) -> np.ndarray:
    row, column = np.ogrid[:height, :width]
    return (row + column + 1.0) % 2


def _spot(height: int, width: int) -> np.ndarray:
    cells = np.zeros((height, width))
    cells[height // 2, width // 2] = 1
    return cells


PATTERNS: dict[str, Callable[[int, int], np.ndarray]] = {"ramp": _ramp, "checkerboard": _checkerboard, "spot": _spot}
"""Each pattern as a function of height and width."""


def pattern(name: str, height: int, width: int) -> np.ndarray:
    """Return a pattern of any size, as float64 of shape (height, width).

    - "ramp" counts in reading order: ``x[r, c] = r * width + c``
    - "checkerboard": ``x[r, c] = (r + c + 1) % 2``, which is 1 in the corner
    - "spot": 1 at ``[height // 2, width // 2]``, else 0

    >>> pattern("checkerboard", 2, 3)
    array([[1., 0., 1.],
           [0., 1., 0.]])

    Raises ValueError for any other name.
    """
    _check_name(name, PATTERNS, "pattern")
    return PATTERNS[name](height, width)
