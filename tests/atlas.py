"""Drive one atlas in a browser page, and what its map must be painted with."""

import numpy as np
import pytest

from pooltutor import pairs
from pooltutor.legend import THEMES

PIXELS = "canvas => [...canvas.getContext('2d').getImageData(0, 0, 64, 64).data]"


class Map:
    """One atlas on a page."""

    def __init__(self, page, nth: int = 0) -> None:
        self.page = page
        self.root = page.locator("[data-atlas]").nth(nth)
        self.focusable = self.root.get_by_role("slider", name="Map of all size pairs")
        self.cells = self.root.locator(".pt-cells")

    def choose(self, colour: str, rule: str = "pytorch") -> None:
        self.menu("Colour").select_option(colour)
        if colour == "agreement":
            self.menu("Rule").select_option(rule)
        self.root.and_(self.page.locator(f"[data-colour='{colour}']")).wait_for()
        if colour == "agreement":
            self.root.and_(self.page.locator(f"[data-rule='{rule}']")).wait_for()

    def menu(self, name: str):
        return self.root.get_by_label(name, exact=True)

    def pixels(self) -> np.ndarray:
        """The painted colours, shape (64, 64, 3), as [n - 1, m - 1]: n to the right, m upwards."""
        rows = np.reshape(self.cells.evaluate(PIXELS), (64, 64, 4))
        assert (rows[..., 3] == 255).all()
        return rows[::-1, :, :3].swapaxes(0, 1)

    def place(self, n: int, m: int) -> dict[str, float]:
        """Where the middle of a cell is on the canvas."""
        box = self.cells.bounding_box()
        return {"x": (n - 0.5) * box["width"] / 64, "y": (64.5 - m) * box["height"] / 64}

    def hover(self, n: int, m: int) -> None:
        self.cells.hover(position=self.place(n, m), force=True)  # force: marks that let the pointer through lie over it

    def click(self, n: int, m: int) -> None:
        self.cells.click(position=self.place(n, m), force=True)

    def text(self, pair: str) -> str:
        """The readout, once it is about this pair."""
        self.root.locator(".pt-readout", has_text=f"{pair}: ").wait_for()
        text = self.root.locator(".pt-readout").text_content()
        assert self.focusable.get_attribute("aria-valuetext") == text
        return text

    def wait_mark(self, n, m) -> None:
        self.root.and_(self.page.locator(f"[data-input='{n}'][data-target='{m}']")).wait_for()

    def pair(self, about: str, verdict: str) -> list[tuple[int, int]]:
        """The bars of the small picture, once it is about this pair and rule and has this verdict."""
        picture = self.root.locator(f".pt-pair[data-pair='{about}'][data-verdict='{verdict}']")
        picture.wait_for()
        ends = picture.locator("[data-bar]").evaluate_all("bars => bars.map(bar => [bar.dataset.from, bar.dataset.to])")
        return [(int(first), int(last)) for first, last in ends]

    def middle(self, mark: str) -> tuple[float, float]:
        """The pair around which a ring stands."""
        ring, cells = self.root.locator(f".pt-{mark}").last.bounding_box(), self.cells.bounding_box()
        x, y = ring["x"] + ring["width"] / 2 - cells["x"], cells["y"] + cells["height"] - ring["y"] - ring["height"] / 2
        return pytest.approx(x * 64 / cells["width"] + 0.5, abs=0.1), pytest.approx(
            y * 64 / cells["height"] + 0.5, abs=0.1
        )


def rgb(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[k : k + 2], 16) for k in (1, 3, 5))


def painted(chart: pairs.Chart, theme: str) -> np.ndarray:
    """The colours that a map must have, from Python's classes and the legend."""
    return np.array([rgb(THEMES[theme][name]) for name in chart.colours])[chart.classes]
