"""Figures: pictures of pooling in matplotlib, to print, to put on slides, and to show where no kernel runs.

An Axes goes in, artists come out by their meaning (:class:`Picture`), and pyplot is never touched.

Files, each importing only those before it: ``picture`` (what comes back), ``ink`` (colours and letters),
``page`` (an Axes with px as units), ``plan`` (the numbers of one size pair's picture and where its rows stand),
``rows`` and ``lanes`` (they draw it), ``sandwich`` (the public functions that put it together).
"""

from pooltutor.figures.picture import Picture
from pooltutor.figures.sandwich import readme_picture, windows

__all__ = ["Picture", "readme_picture", "windows"]
