"""Figures: pictures of pooling in matplotlib, to print, to put on slides, and to show where no kernel runs.

An Axes goes in, artists come out by their meaning (:class:`Picture`), and pyplot is never touched.

Files, each importing only those before it: ``picture`` (what comes back), ``arguments`` (what is accepted), ``ink``
(colours and letters), ``page`` (an Axes with px as units), ``plan`` (the numbers of one size pair's picture and
where its rows stand), ``rows`` and ``lanes`` (they draw it). Above these one file for each picture: ``sandwich``
(windows), ``shares`` (gradient), ``product`` (matrix), ``versus`` (duel) and ``sizes`` (atlas). In two dimensions:
``plane`` (a grid, as numbers or as pixels), ``faces`` (what its cells say), ``sides`` (windows along a grid),
``board`` (where all that stands), ``parts`` (they draw it), ``two_axes`` (grid) and ``gallery`` (arrays).
"""

from pooltutor.figures.gallery import arrays
from pooltutor.figures.picture import Picture
from pooltutor.figures.product import matrix
from pooltutor.figures.sandwich import readme_picture, windows
from pooltutor.figures.shares import gradient
from pooltutor.figures.sizes import atlas
from pooltutor.figures.two_axes import grid
from pooltutor.figures.versus import duel

__all__ = ["Picture", "arrays", "atlas", "duel", "gradient", "grid", "matrix", "readme_picture", "windows"]
