"""Figures: pictures of pooling in matplotlib, to print, to put on slides, and to show where no kernel runs.

An Axes goes in, artists come out by their names (:class:`Picture`), and pyplot is never touched. The file of a
picture bears its name; CONTRIBUTING.md says what the others hold.
"""

from pooltutor.figures._arrays import arrays
from pooltutor.figures._atlas import atlas
from pooltutor.figures._duel import duel
from pooltutor.figures._gradient import gradient
from pooltutor.figures._grid import grid
from pooltutor.figures._matrix import matrix
from pooltutor.figures._windows import readme_picture, windows
from pooltutor.figures.picture import Picture

__all__ = ["Picture", "arrays", "atlas", "duel", "gradient", "grid", "matrix", "readme_picture", "windows"]
