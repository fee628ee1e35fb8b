"""Maximum pooling in the explorer of the one-file page: winners, ties, and what its panels show."""

import numpy as np
import pytest
import torch

from pooltutor import bins
from pooltutor.pooling import winners
from tests.panels import attributes, point_at, shown_matrix

pytestmark = pytest.mark.browser

TIED = [3, 1, 2, 9, 9, 0, 4, 4, 1, 2, 7, 7, 3, 7]


@pytest.mark.parametrize(("n", "m", "x"), [(14, 4, TIED), (7, 5, "random"), (6, 8, "random"), (33, 2, "random")])
def test_maximum_shows_the_winners_that_pytorch_takes(open_explorer, n, m, x):
    view = open_explorer(n, m, kind="max", x=x, show=["windows", "gradient", "influence", "matrix"])
    values = view.numbers()["x"]
    _, index = torch.nn.functional.adaptive_max_pool1d(torch.tensor(values)[None], m, return_indices=True)
    shown = attributes(view, "winner", "winner")[:, 0]
    assert shown.tolist() == index[0].tolist() == winners(values, [bins(n, m)]).tolist()
    np.testing.assert_array_equal(shown_matrix(view, n), np.eye(n)[index[0]])
    assert view.root.locator(".pt-won").all_text_contents() == [f"x[{j}]" for j in index[0].tolist()]


def test_ties_are_shown_and_the_first_wins(open_explorer):
    view = open_explorer(14, 4, kind="max", x=TIED, window=1)
    assert view.line().endswith("y₁ = max(9, 9, 0, 4) = 9 cells 3, 4 are equal: the first one, cell 3, wins")
    assert view.root.locator("[data-ties]").get_attribute("data-ties") == ",4,,11 13"
    assert view.root.locator(".pt-winner").get_attribute("d").count("M") == 4
    view.mark("cell", 3).locator(".pt-cell").hover()
    assert view.line().endswith("in windows 0, 1 y₁ = max(9, 9, 0, 4) = 9 dL/dx₃ = g₀ + g₁ = 1 + 2 = 3")
    view.mark("cell", 5).locator(".pt-cell").hover()
    assert view.line().endswith("dL/dx₅ = 0: it wins no window")


def test_the_last_nan_wins_and_the_line_says_so(open_explorer):
    view = open_explorer(5, 2, kind="max", x="1, nan, nan, 0, 2")
    assert view.line().endswith("cells 1, 2 are NaN: the last one, cell 2, wins")


def test_ties_above_n_stand_on_the_cells(open_explorer):
    view = open_explorer(6, 8, kind="max", x=[2, 2, 1, 5, 5, 0])
    assert view.root.locator(".pt-winner").get_attribute("d").count("M") == 8
    ties = view.root.locator("[data-ties]").get_attribute("data-ties").split(",")
    assert [i for i, cells in enumerate(ties) if cells] == [1, 5]


def test_an_entry_of_p_that_does_not_win_says_so(open_explorer):
    view = open_explorer(14, 4, kind="max", x=TIED, show=["windows", "matrix"])
    point_at(view, 0, 1)
    assert view.root.locator(".pt-matrix-line").inner_text() == "P[0, 1] = 0: cell 1 does not win window 0."
