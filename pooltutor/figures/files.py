"""A figure as a file: the same bytes each time, for a date or a random name would be a change where nothing changed."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from matplotlib import rc_context
from matplotlib.figure import Figure

from pooltutor.figures.text import FONT
from pooltutor.words import say

_UNDATED: dict[str, dict[str, Any]] = {
    "png": {"Software": None},
    "svg": {"Date": None},
    "pdf": {"CreationDate": None},
}

PX = 100  # to the inch, where a px of the picture is a px of the page
STRIP, LETTERS = 22, 12  # px: below a picture for the mark that it is still, and the letters of that


def check_file(path: str | Path) -> Path:
    """Return the path of a picture, or say in one sentence which endings it may have.

    >>> check_file("out.svg").suffix
    '.svg'
    """
    file = Path(path)
    if ending_of(file) not in _UNDATED:
        endings = ", ".join(f".{ending}" for ending in _UNDATED)
        raise ValueError(say("errors.figure.ending", endings=endings, came=repr(file.name)))
    return file


def ending_of(file: Path) -> str:
    """The kind of a file, as its name says it: png, svg or pdf."""
    return file.suffix[1:].lower()


def as_bytes(figure: Figure, ending: str, dpi: float) -> bytes:
    """The whole figure as what stands in a file of that ending."""
    data = io.BytesIO()
    with rc_context({"svg.hashsalt": "pooltutor"}):  # else the names inside an SVG are drawn at random
        figure.savefig(data, format=ending, dpi=dpi, metadata=_UNDATED[ending])
    return data.getvalue()


@contextmanager
def marked(figure: Figure, mark: str, ink: str) -> Iterator[None]:
    """Within this, a figure that is one picture has a mark in a strip of its own below; then it is as it was.

    A figure with several Axes, or with room around them, belongs to somebody else, and stays as it is.
    """
    ax, (width, height) = figure.axes[0], figure.get_size_inches()
    place = ax.get_position(original=True)
    if len(figure.axes) > 1 or place.bounds != (0, 0, 1, 1):
        yield
        return
    whole = height + STRIP / PX
    text = figure.text(1 - 10 / (width * PX), 0.5 * STRIP / PX / whole, mark, ha="right", va="center", family=FONT)
    text.set(color=ink, size=0.72 * LETTERS, parse_math=False)
    figure.set_size_inches(width, whole)
    ax.set_position((0, 1 - height / whole, 1, height / whole))
    try:
        yield
    finally:
        text.remove()
        figure.set_size_inches(width, height)
        ax.set_position(place)
