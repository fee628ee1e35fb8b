"""What a drawing gives back: its artists by their meaning, and itself as a PNG."""

import io
from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

Artists = tuple[Any, ...]


@dataclass(frozen=True, repr=False)
class Picture:
    """The artists of one picture by meaning, each a tuple in reading order; what is left out is empty.

    A row of more than 128 boxes is a tuple of one PolyCollection. ``shared`` are the hatched patches, one for
    each shared cell (m > n: for each output of several cells), ``bars`` the windows (m > n: the cells),
    ``ghosts`` PyTorch's where the rule's are wrong; ``outlines`` and ``arrows`` belong to the current window.
    """

    title: str
    ax: Axes
    cells: Artists = ()
    cell_texts: Artists = ()
    shared: Artists = ()
    bars: Artists = ()
    bar_texts: Artists = ()
    ghosts: Artists = ()
    outputs: Artists = ()
    output_texts: Artists = ()
    upstreams: Artists = ()
    upstream_texts: Artists = ()
    gradients: Artists = ()
    gradient_texts: Artists = ()
    cuts: Artists = ()
    diamonds: Artists = ()
    outlines: Artists = ()
    arrows: Artists = ()

    @property
    def figure(self) -> Figure:
        """The figure that the picture is drawn in."""
        return self.ax.figure.figure

    def png(self, dpi: float = 160) -> bytes:
        """Return the whole figure as a PNG; a figure of its own is 10.24 inches wide."""
        file = io.BytesIO()
        self.figure.savefig(file, format="png", dpi=dpi, metadata={"Software": None})
        return file.getvalue()

    def _repr_png_(self) -> bytes:
        return self.png()

    def __repr__(self) -> str:
        return f"Picture({self.title})"
