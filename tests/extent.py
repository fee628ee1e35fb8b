"""Where the artists of a figure stand on its page, in pixels."""

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.transforms import Bbox


def extent(artist) -> Bbox:
    """The box of an artist; a figure without a canvas of its own would make a new renderer for each artist."""
    figure = artist.get_figure(root=True)
    if not isinstance(figure.canvas, FigureCanvasAgg):
        FigureCanvasAgg(figure)
    return artist.get_window_extent()
