"""A formula that is longer than a picture is wide: its beginning stands there, and nothing lies over it."""

import pytest

from pooltutor import bins
from pooltutor.figures import duel, grid, windows
from tests.extent import extent

LONG = "a = i * n // m\n" * 12 + "start = a\nstop = a + 1"
PICTURES = {
    "windows": lambda: windows(bins(14, 4, LONG)),
    "duel": lambda: duel(14, 4, LONG, LONG),
    "grid": lambda: grid(bins(6, 4, LONG), bins(8, 3, LONG)),
}


@pytest.mark.parametrize("name", PICTURES)
def test_a_long_formula_ends_where_its_picture_does(name):
    texts = PICTURES[name]().ax.texts
    formulas = [text for text in texts if text.get_text().startswith("a = ⌊i·n/m⌋")]
    assert len(formulas) == (2 if name == "duel" else 1)
    page = formulas[0].get_figure(root=True).bbox
    for formula in formulas:
        assert formula.get_text().endswith(" …")
        box = extent(formula)
        assert page.x0 <= box.x0 < box.x1 <= page.x1
        others = [text for text in texts if text is not formula and text.get_text()]
        assert not any(extent(other).overlaps(box) for other in others)
