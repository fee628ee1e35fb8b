"""A figure as a file: the same bytes each time, for a date or a random name would be a change where nothing changed."""

import io
from pathlib import Path
from typing import Any

from matplotlib import rc_context
from matplotlib.figure import Figure

from pooltutor.words import say

_UNDATED: dict[str, dict[str, Any]] = {
    "png": {"Software": None},
    "svg": {"Date": None},
    "pdf": {"CreationDate": None},
}


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
