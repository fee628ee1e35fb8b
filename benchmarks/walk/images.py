"""Image files, damaged and whole: a picture or one sentence."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random

import numpy as np

from benchmarks.walk.steps import Fell, Step, check_sentence
from pooltutor.pictures.reading import read_picture

FORMATS = ("PNG", "PNG", "JPEG", "JPEG", "GIF", "BMP", "TIFF")
MODES = ("L", "RGB", "RGBA", "P", "1", "I;16", "CMYK")


def read(random: Random) -> None:
    """One file: made, then perhaps cut off, or changed in a few bytes."""
    data, tried = _file(random)
    try:
        found = read_picture(data)
    except (ValueError, TypeError) as error:
        return check_sentence(str(error), tried)
    except Exception as error:
        raise Fell(f"{tried} raises {type(error).__name__}: {str(error)[:200]}") from error
    if not (isinstance(found, np.ndarray) and found.size and found.ndim in (2, 3)):
        raise Fell(f"{tried} gives {found!r:.100}")


def _file(random: Random) -> tuple[bytes, str]:
    from PIL import Image

    name, mode, size = random.choice(FORMATS), random.choice(MODES), (random.randint(1, 300), random.randint(1, 300))
    file = io.BytesIO()
    try:
        Image.frombytes("RGB", size, random.randbytes(3 * size[0] * size[1])).convert(mode).save(file, name)
    except (OSError, ValueError):  # there is no such file: then it is none at all
        file = io.BytesIO(random.randbytes(200))
    data, damage = bytearray(file.getvalue()), random.choice(("none", "cut", "changed"))
    if damage == "cut":
        del data[random.randrange(len(data)) :]
    if damage == "changed":
        for _ in range(random.randint(1, 20)):
            data[random.randrange(min(len(data), random.choice((40, 10**9))))] = random.randrange(256)
    return bytes(data), f"{name} {mode} {size[0]}x{size[1]}, {damage}"


@contextmanager
def steps() -> Iterator[Step]:
    """The step of this part."""
    yield read
