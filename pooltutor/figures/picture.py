"""What a drawing gives back: its parts by their names, and itself as a file."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from pooltutor.figures.files import as_bytes, check_file, ending_of, marked
from pooltutor.still import Bundle, Still, with_still
from pooltutor.words import say
from pooltutor.writing import write

Artists = tuple[Any, ...]
DPI = 160
WIDTH = 1024  # CSS px: how wide a notebook shows it


class Labelled(NamedTuple):
    """Boxes in reading order, and the texts in them: one for each box, or none where they do not fit.

    A row of more than 128 boxes is a tuple of one PolyCollection, a grid of pixels a tuple of one image.
    """

    boxes: Artists = ()
    texts: Artists = ()


NOTHING = Labelled()  # where boxes are left out


@dataclass(frozen=True, repr=False)
class Picture:
    """What every picture has: the Axes that it is drawn in, and ways to show and save the whole figure.

    ``alt`` says in words what it shows, and ``ink`` is the colour of small words beside it.

    The picture of each drawing function adds its parts, which are artists by their meaning:

    >>> from pooltutor import bins, figures
    >>> picture = figures.windows(bins(14, 4))
    >>> [text.get_text() for text in picture.bars.texts]
    ['0:4', '3:7', '7:11', '10:14']
    """

    title: str
    alt: str
    ax: Axes
    ink: str

    @property
    def figure(self) -> Figure:
        """The figure that the picture is drawn in."""
        return self.ax.figure.figure

    def png(self, dpi: float = DPI) -> bytes:
        """Return the whole figure as a PNG; a figure of its own is 10.24 inches wide."""
        return as_bytes(self.figure, "png", dpi)

    def save(self, path: str | Path, dpi: float = DPI) -> None:
        """Write the whole figure as PNG, SVG or PDF, as the file's ending says; ``dpi`` matters for PNG.

        Raises ValueError for any other ending, OSError where the file cannot be written.
        """
        file = check_file(path)
        write(file, as_bytes(self.figure, ending_of(file), dpi))

    def still(self, mark: str) -> Still:
        """Return the picture as a page shows it, where live views stand too: with a mark that says that it is none."""
        with marked(self.figure, mark, self.ink):
            return Still(self.png(), self.alt)

    def _repr_mimebundle_(self, **kwargs: Any) -> Bundle:
        return with_still(({"text/plain": repr(self)}, {}), self.still(say("figure.still")), WIDTH)

    def __repr__(self) -> str:
        return f"Picture({self.title})"
