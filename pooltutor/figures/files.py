"""Pictures as files: the same bytes each time, for a date or a random name would be a change where nothing changed."""

import io
from pathlib import Path
from typing import Any

from matplotlib import rc_context

from pooltutor.figures.picture import Picture
from pooltutor.writing import write

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
    if _ending(file) not in _UNDATED:
        raise ValueError(f"a picture's file must end in .{', .'.join(_UNDATED)}, got {file.name!r}")
    return file


def _ending(file: Path) -> str:
    return file.suffix[1:].lower()


def save(picture: Picture, path: str | Path, dpi: float = 160) -> None:
    """Write the whole figure as PNG, SVG or PDF, as the file's ending says; ``dpi`` matters for PNG.

    Raises ValueError for any other ending, OSError where the file cannot be written.
    """
    file = check_file(path)
    ending, data = _ending(file), io.BytesIO()
    with rc_context({"svg.hashsalt": "pooltutor"}):  # else the names inside an SVG are drawn at random
        picture.figure.savefig(data, format=ending, dpi=dpi, metadata=_UNDATED[ending])
    write(file, data.getvalue())
