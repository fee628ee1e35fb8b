"""A learner's own picture as an array; whatever is no picture gets one sentence.

A file is judged before a pixel is decoded: by its length and first bytes, by the width and height in its header, and
as ``bytes.py`` says. ``live/js/grid/picture_files.js`` does the same in the browser, with the limits that stand here.
"""

import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from io import BytesIO
from typing import TYPE_CHECKING, Any

import numpy as np

from pooltutor.pictures.bytes import JPEG, PNG, Damaged, parts_of, size_of
from pooltutor.quoting import quoted
from pooltutor.words import say

if TYPE_CHECKING:
    from PIL import Image

LARGEST = 256
"""Longest side of a picture that is shown; larger files are reduced to it."""

LARGEST_FILE = 10 * 10**6
"""Largest file that is read."""

LARGEST_PIXELS = 40 * 10**6
"""Largest picture that is decoded, in pixels: a small file may claim any number of them."""

Size = tuple[int, int]
"""Height and width."""

_BYTES = (bytes, bytearray, memoryview)
_ORIENTATION = 0x0112  # in EXIF
_LONGEST_PATH = 300  # that is quoted


def read_picture(value: Any, largest: int = LARGEST) -> np.ndarray:
    """Return a picture as an array of shape (H, W) when all its pixels are grey, else (H, W, 3).

    ``value`` may be a PNG or JPEG file (its path, its bytes, or an open file) or a PIL image: these become uint8,
    turned upright as their EXIF orientation says, on white where they are transparent, and reduced to at most
    ``largest`` x ``largest`` in their own proportions. Or it may be an array of shape (H, W) or (H, W, 3), which
    stays as it is: uint8, or else float64.

    >>> read_picture([[1, 2, 3], [4, 5, 6]])
    array([[1., 2., 3.],
           [4., 5., 6.]])

    Raises ValueError for other files and other shapes, TypeError for other types.
    """
    return open_picture(value, largest)[0]


def open_picture(value: Any, largest: int = LARGEST) -> tuple[np.ndarray, Size]:
    """Return what :func:`read_picture` returns, and the height and width that it had before it was reduced.

    >>> open_picture([[1, 2, 3], [4, 5, 6]])[1]
    (2, 3)
    """
    if isinstance(value, (*_BYTES, str, os.PathLike)) or hasattr(value, "read"):
        return _pixels(*_opened(_contents(value)), largest)
    from PIL import Image

    if isinstance(value, Image.Image):
        _check_pixels(*value.size)
        with _decoding():
            orientation = value.getexif().get(_ORIENTATION, 1)
        return _pixels(value, orientation, largest)
    array = _numbers(value, largest)
    return array, (array.shape[0], array.shape[1])


# Files ---------------------------------------------------------------------------------------------------


def _refused(what: str, **places: Any) -> ValueError:
    """The sentence about a file that is refused; ``what`` names what came."""
    limits = {"megabytes": LARGEST_FILE // 10**6, "megapixels": LARGEST_PIXELS // 10**6}
    came = say(f"errors.image.{what}", **limits, **places)
    return ValueError(say("errors.image.file", **limits, came=came))


def _contents(value: Any) -> bytes:
    """The bytes of a file, of a long one not much more than is accepted."""
    if isinstance(value, _BYTES):
        return bytes(value)
    try:
        # a file that is open already stays open
        with open(value, "rb") if isinstance(value, (str, os.PathLike)) else nullcontext(value) as file:
            if file.seekable():
                file.seek(0)
            data = file.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        raise _refused("missing", file=quoted(os.fspath(value), _LONGEST_PATH)) from None
    except (OSError, ValueError):  # ValueError: a closed file, or a path with a zero in it
        raise _refused("unreadable", file=quoted(value, _LONGEST_PATH)) from None
    if not isinstance(data, bytes):
        raise _refused("text")
    return data


def _opened(data: bytes) -> tuple["Image.Image", int]:
    """A file with no pixel decoded, and its orientation."""
    # Pillow's own `open` would ask about any kind of file, and warn of sizes that are refused here.
    from PIL.JpegImagePlugin import JpegImageFile
    from PIL.PngImagePlugin import PngImageFile

    if len(data) > LARGEST_FILE:
        raise _refused("large")
    if not data.startswith((PNG, JPEG)):
        raise _refused("begins", start=repr(data[:8]))
    try:
        width, height = size_of(data)
        if width * height > LARGEST_PIXELS:
            _check_pixels(width, height)
        parts = parts_of(data)
    except Damaged:
        raise _refused("damaged") from None
    kind = PngImageFile if data.startswith(PNG) else JpegImageFile
    with _decoding():
        return kind(BytesIO(parts.data)), parts.orientation


@contextmanager
def _decoding() -> Iterator[None]:
    """Turn what Pillow raises, which is of many types, into the one sentence, and ignore its warnings."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            yield
        except Exception:
            raise _refused("damaged") from None


# Pixels --------------------------------------------------------------------------------------------------


def _pixels(image: "Image.Image", orientation: int, largest: int) -> tuple[np.ndarray, Size]:
    """An image as an array: decoded, upright, reduced, on white; and its height and width before."""
    from PIL import Image

    with _decoding():
        upright = _eight_bits(_upright(image, orientation)).convert("RGBA")
        small = upright.resize(_fitting(upright.size, largest), Image.Resampling.LANCZOS)
        page = Image.new("RGBA", small.size, "white")
        page.alpha_composite(small)
        pixels = np.array(page.convert("RGB"))
    width, height = upright.size
    return pixels[..., 0].copy() if (pixels == pixels[..., :1]).all() else pixels, (height, width)


def _check_pixels(width: int, height: int) -> None:
    if not 0 < width * height <= LARGEST_PIXELS:
        raise _refused("pixels", width=width, height=height)


def _upright(image: "Image.Image", orientation: int) -> "Image.Image":
    # ImageOps.exif_transpose would also write the EXIF data anew, and fails where any of them is damaged.
    from PIL.Image import Transpose

    turns = {
        2: Transpose.FLIP_LEFT_RIGHT,
        3: Transpose.ROTATE_180,
        4: Transpose.FLIP_TOP_BOTTOM,
        5: Transpose.TRANSPOSE,
        6: Transpose.ROTATE_270,
        7: Transpose.TRANSVERSE,
        8: Transpose.ROTATE_90,
    }
    turn = turns.get(orientation)
    return image if turn is None else image.transpose(turn)


def _eight_bits(image: "Image.Image") -> "Image.Image":
    """Of 16 bits the upper eight, as browsers do, where Pillow would cut off all that is above 255."""
    from PIL import Image

    if image.mode.startswith("I;16"):
        return Image.fromarray((np.asarray(image) >> 8).astype(np.uint8))
    return image


def _fitting(size: tuple[int, int], largest: int) -> tuple[int, int]:
    """Width and height reduced so that the longer is ``largest``, in whole pixels and never below 1."""
    width, height = size
    longer = max(width, height, largest)
    return max(1, width * largest // longer), max(1, height * largest // longer)


# Arrays --------------------------------------------------------------------------------------------------


def _numbers(value: Any, largest: int) -> np.ndarray:
    """A copy of an array, uint8 or float64."""
    try:
        array = np.asarray(value)
    except ValueError:  # rows of unequal length
        raise ValueError(say("errors.image.rows")) from None
    if array.dtype.kind not in "iuf":
        came = say("errors.image.dtype", dtype=array.dtype) if array.ndim else quoted(value)
        raise TypeError(say("errors.image.type", came=came))
    shaped = array.ndim == 2 or (array.ndim == 3 and array.shape[2] == 3)
    if not shaped or not all(1 <= side <= largest for side in array.shape[:2]):
        raise ValueError(say("errors.image.shape", most=largest, came=array.shape))
    return np.array(array, np.uint8 if array.dtype == np.uint8 else np.float64)
