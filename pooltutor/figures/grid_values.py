"""What the cells of a 2-D picture show: a number for each, and the ways to write it."""

from typing import Any, NamedTuple

import numpy as np

from pooltutor.binning import Bins
from pooltutor.figures.raster import LARGEST_IN_NUMBERS
from pooltutor.figures.text import fractions_of_influence
from pooltutor.kinds import KINDS
from pooltutor.laws import influence
from pooltutor.pooling import gradient, pool

COLOURS = ("values", "overlaps", "influence", "gradient")


class Scene(NamedTuple):
    """What is to be drawn: both axes, and the numbers that go in. ``x`` is (H, W), or (H, W, 3) for three channels."""

    rows: Bins
    columns: Bins
    x: np.ndarray
    upstream: np.ndarray
    kind: str
    colour: str

    @property
    def sizes(self) -> tuple[int, int]:
        """Rows and columns of the input."""
        return self.rows.input_size, self.columns.input_size

    @property
    def targets(self) -> tuple[int, int]:
        """Rows and columns of the output."""
        return len(self.rows), len(self.columns)

    def pooled(self) -> np.ndarray:
        """The outputs, shape (m_h, m_w) or (m_h, m_w, 3)."""
        channels = np.moveaxis(self.x, -1, 0) if self.x.ndim == 3 else self.x
        y = pool(channels, self.targets, kind=self.kind, rule=self.rows.rule)
        return np.moveaxis(y, 0, -1) if self.x.ndim == 3 else y

    def sent_back(self, upstream: np.ndarray) -> np.ndarray:
        """The gradient of each cell, given that of the outputs, shape (H, W)."""
        x = self.x if KINDS[self.kind].has_winners else None
        return gradient(upstream, self.sizes, kind=self.kind, x=x, rule=self.rows.rule)


# What the cells of the input say --------------------------------------------------------------------------


def quantity(scene: Scene) -> np.ndarray:
    """What the cells of the input show: one number each, or three where they show a picture in colour."""
    if scene.colour == "values":
        return scene.x
    if scene.colour == "overlaps":
        return np.multiply.outer(scene.rows.coverage, scene.columns.coverage)
    if scene.colour == "gradient":
        return scene.sent_back(scene.upstream)
    if KINDS[scene.kind].has_winners:
        return scene.sent_back(np.ones(scene.targets))
    shares = (influence(b.input_size, len(b), b.rule) for b in (scene.rows, scene.columns))
    return np.multiply.outer(*shares)


def wordings(scene: Scene, values: np.ndarray) -> list[list[Any]]:
    """The ways to write what the cells show, the best first; none for colours, and for more cells than get numbers."""
    if values.ndim == 3 or max(values.shape) > LARGEST_IN_NUMBERS:
        return []
    numbers = values.ravel().tolist()
    if scene.colour != "influence" or KINDS[scene.kind].has_winners:
        return [numbers]
    down, across = fractions_of_influence(scene.rows), fractions_of_influence(scene.columns)
    return [[str(one * other) for one in down for other in across], numbers]
