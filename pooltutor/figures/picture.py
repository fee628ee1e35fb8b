"""What a drawing gives back: its artists by their meaning, and itself as a PNG."""

import io
from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from pooltutor.binning import RULES, Bins

Artists = tuple[Any, ...]


def title_of(b: Bins) -> str:
    """The sizes and the rule of b, as a picture's title says them."""
    return f"{b.input_size} → {len(b)}, rule {RULES[b.rule].title}"


@dataclass(frozen=True, repr=False)
class Picture:
    """The artists of one picture by meaning, each a tuple in reading order; what is left out is empty.

    A row of more than 128 boxes is a tuple of one PolyCollection. ``shared`` are the hatched patches, one for
    each shared cell (m > n: for each output of several cells), ``bars`` the windows (m > n: the cells),
    ``ghosts`` PyTorch's where the rule's are wrong; ``outlines`` and ``arrows`` belong to the current window.
    ``entries`` are those of the matrix that are not zero, row by row; ``shares`` those of the gradient, bar by bar;
    ``rival_...`` belong to the second rule of a duel. The map has one ``image`` with row m - 1 and column n - 1.

    In two dimensions a grid without numbers is a tuple of one image. ``outlines`` are then those of the output, its
    window, its exact rectangle and its bars; ``winners`` is one collection. Of several arrays each has one of
    ``images``, ``titles`` and ``shapes``, and in ``image_texts`` a tuple of its numbers.
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
    entries: Artists = ()
    entry_texts: Artists = ()
    shares: Artists = ()
    share_texts: Artists = ()
    influence: Artists = ()
    influence_texts: Artists = ()
    headline: Artists = ()
    rival_bars: Artists = ()
    rival_bar_texts: Artists = ()
    rival_outputs: Artists = ()
    rival_output_texts: Artists = ()
    image: Artists = ()
    swatches: Artists = ()
    swatch_texts: Artists = ()
    rays: Artists = ()
    ray_texts: Artists = ()
    row_bars: Artists = ()
    row_bar_texts: Artists = ()
    row_cuts: Artists = ()
    row_shared: Artists = ()
    column_bars: Artists = ()
    column_bar_texts: Artists = ()
    column_cuts: Artists = ()
    column_shared: Artists = ()
    winners: Artists = ()
    images: Artists = ()
    image_texts: Artists = ()
    titles: Artists = ()
    shapes: Artists = ()

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
