"""The panels of the explorer, one by one; they need no kernel, so the one-file page is where they are looked at."""

import re

import numpy as np
import pytest

import pooltutor
from pooltutor import bins, explore, laws, matrix
from pooltutor.live.explorer import PANELS
from pooltutor.words import load
from tests.panels import attributes, code_of, panel, point_at, printed_by, shown_matrix, table_of

pytestmark = pytest.mark.browser


# Influence and the dual ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("n", "m"), [(7, 5), (14, 4), (7, 4), (6, 8), (48, 13), (8, 4), (1, 7)])
def test_influence_is_the_column_sum_and_the_dual_is_bin_j_of_m_to_n(open_explorer, n, m):
    view = open_explorer(n, m, show=["windows", "influence"])
    cells, shown = attributes(view, "influence", "of", "influence").T
    assert cells.tolist() == list(range(n))
    np.testing.assert_allclose(shown, laws.influence(n, m), rtol=1e-12)
    assert attributes(view, "feeding", "from", "to").tolist() == [list(b) for b in bins(m, n)]
    ratio = view.root.get_by_text("column sums, max/min").text_content().split()[-1]
    assert float(ratio) == pytest.approx(float(laws.influence_ratio(n, m)), abs=5e-4)


def test_influence_is_written_as_fractions_where_they_fit(open_explorer):
    view = open_explorer(7, 5, show=["windows", "influence"])
    texts = view.root.locator("[data-influence] text").all_text_contents()
    assert texts == ["1/2", "1", "5/6", "1/3", "5/6", "1", "1/2"]
    assert view.root.locator("[data-feeding] text").all_text_contents() == [str(b) for b in bins(5, 7)]
    darker = view.root.locator("[data-of='3'] rect, [data-of='1'] rect").evaluate_all(
        "all => all.map(r => r.getAttribute('fill'))"
    )
    assert darker[0] != darker[1]


def test_dual_under_a_wrong_rule_does_not_claim_to_be_bins(open_explorer):
    view = open_explorer(5, 3, "disagrees", rule="forum", show=["windows", "influence"])
    assert view.root.get_by_text("counted under this rule").count() == 1
    assert attributes(view, "feeding", "from", "to").tolist() == np.transpose(bins(5, 3, "forum").feeds).tolist()


# Matrix --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("n", "m"), [(7, 5), (14, 4), (6, 8), (64, 40), (1, 7), (64, 64)])
def test_matrix_shows_p_and_both_products(open_explorer, n, m):
    view = open_explorer(n, m, show=["windows", "gradient", "matrix"])
    np.testing.assert_allclose(shown_matrix(view, n), matrix(n, m), rtol=1e-15)
    for side, count in [("x", n), ("grad", n), ("y", m), ("g", m)]:
        assert view.root.locator(f"[data-side-{side}]").count() == count


def test_matrix_of_7_to_5_is_written_in_fractions(open_explorer):
    view = open_explorer(7, 5, show=["windows", "matrix"])
    assert view.root.locator("[data-row='1'] text").all_text_contents() == ["1/2", "1/2"]
    assert view.root.locator("[data-row='2'] text").all_text_contents() == ["1/3"] * 3


def test_hovering_a_row_a_column_and_an_entry_of_p(open_explorer):
    view = open_explorer(7, 5, show=["windows", "gradient", "matrix"])
    line = view.root.locator(".pt-matrix-line")
    point_at(view, 2, None)
    assert line.inner_text() == "Row 2: y₂ = 1/3·2 + 1/3·3 + 1/3·4 = 3"
    assert view.line().startswith("window i = 2")
    point_at(view, None, 4)
    assert (
        line.inner_text()
        == "Column 4: dL/dx₄ = 1/3·3 + 1/2·4 = 3. Its sum, the influence of cell 4, is 1/3 + 1/2 = 5/6."
    )
    assert view.line().startswith("cell 4:")
    point_at(view, 1, 2)
    assert line.inner_text() == "P[1, 2] = 1/2: y₁ takes 1/2 of x₂, and dL/dx₂ gets 1/2 of g₁."
    point_at(view, 0, 6)
    assert line.inner_text() == "P[0, 6] = 0: window 0 does not contain cell 6."
    assert view.root.locator("svg.pt-matrix .pt-active").count() == 2


def test_hovering_the_picture_lights_the_matrix(open_explorer):
    view = open_explorer(7, 5, show=["windows", "gradient", "matrix"])
    view.mark("cell", 3).locator(".pt-cell").hover()
    assert view.root.locator(".pt-matrix-line").inner_text().startswith("Column 3: dL/dx₃ = 1/3·3 = 1.")
    view.mark("output", 4).hover()
    assert view.root.locator(".pt-matrix-line").inner_text().startswith("Row 4: y₄ = 1/2·5 + 1/2·6 = 5.5")


# Table ---------------------------------------------------------------------------------------------------


def test_table_lists_every_window(open_explorer):
    view = open_explorer(7, 5, show=["windows", "table"])
    y = pooltutor.pool(range(7), 5)
    cuts = ["0", "1.4", "2.8", "4.2", "5.6", "7"]
    expected = [
        [str(i), cuts[i], cuts[i + 1], *map(str, b), str(b.length), f"{y[i]:g}"] for i, b in enumerate(bins(7, 5))
    ]
    assert table_of(view) == expected
    panel(view, "table").locator("tr[data-table-row='3']").click()
    assert view.slider("Window").input_value() == "3"
    view.root.locator("tr.pt-current[data-table-row='3']").wait_for()


# Code ----------------------------------------------------------------------------------------------------


STATES = [
    {"n": 14, "m": 4},
    {"n": 7, "m": 5, "x": "random", "upstream": "ones", "kind": "max"},
    {"n": 6, "m": 8, "x": "powers", "upstream": "spike"},
    {"n": 5, "m": 3, "rule": "forum", "verdict": "disagrees", "x": "spike"},
    {
        "n": 6,
        "m": 8,
        "rule": "round",
        "kind": "max",
        "verdict": "disagrees",
        "x": "1, nan, -2.5, inf, 0, 1e30",
    },
    {"n": 64, "m": 9, "x": "powers", "upstream": [-1.5, 2]},
]


@pytest.mark.parametrize("state", STATES, ids=str)
def test_displayed_program_runs_as_it_stands_and_gives_the_displayed_numbers(open_explorer, state):
    view = open_explorer(show=["windows", "gradient", "code"], **state)
    y, grad = printed_by(code_of(view, "torch"))
    shown = view.numbers()
    np.testing.assert_allclose(y, shown["y"], rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(grad, shown["grad"], rtol=1e-12, atol=1e-12)
    assert "pooltutor" not in code_of(view, "torch")


@pytest.mark.parametrize("state", STATES, ids=str)
def test_displayed_call_opens_the_same_view(open_explorer, state):
    more = {"show": ["windows", "code"], "presenter": True, "window": 1, "against": "split"}
    view = open_explorer(**more, **state)
    space = {}
    *before, call = code_of(view, "explore").splitlines()
    exec("\n".join([*before, f"again = {call}"]), space)
    n, m, *_ = state.values()
    about = {name: value for name, value in state.items() if name not in ("n", "m", "verdict")}
    assert space["again"].state() == explore(n, m, **more, **about).state()


def test_the_usual_is_left_out_of_the_call(open_explorer):
    view = open_explorer(14, 4, show=["windows", "gradient", "code"])
    assert code_of(view, "explore").splitlines()[-1] == 'pooltutor.explore(14, 4, show=["windows", "gradient", "code"])'


# Words and examples --------------------------------------------------------------------------------------


def test_words_tell_windows_lengths_shared_cells_and_who_counts_most(open_explorer):
    view = open_explorer(7, 5, show=["windows", "gradient", "words"], upstream="ones")
    assert view.root.locator(".pt-words").inner_text() == (
        "Input size 7, target size 5. The windows are 0:2, 1:3, 2:5, 4:6, 5:7. "
        "Lengths: 4 of length 2, 1 of length 3. 4 cells are in more than one window: 1, 2, 4, 5. "
        "No AvgPool1d has these windows. "
        "The outputs are 0.5, 1.5, 3, 4.5, 5.5. "
        "No cell counts more than cell 1, 1/2 + 1/2 = 1, and none less than cell 3, 1/3; the ratio is 3. "
        "The gradients of the cells are 0.5, 1, 0.833333, 0.333333, 0.833333, 1, 0.5."
    )
    svg = view.root.locator("svg.pt-picture").first
    described = svg.get_attribute("aria-describedby")
    assert view.root.locator(f"[id='{described}']").inner_text().startswith("Input size 7")


@pytest.mark.parametrize(
    ("n", "m"),
    [(12, 4), (13, 4), (14, 4), (15, 4), (16, 4), (5, 3), (20, 7), (7, 1), (6, 7), (1, 1), (1, 2), (6, 8), (7, 4)],
)
def test_words_name_the_one_avgpool_that_does_the_same(open_explorer, n, m):
    view = open_explorer(n, m, show=["windows", "words"])
    found, _ = laws.equivalent_avg_pool(n, m)
    said = view.root.locator(".pt-words").inner_text()
    if found is None:
        assert "No AvgPool1d has these windows." in said
    else:
        padded = ", padding=1, count_include_pad=False" if found.padding else ""
        assert f"AvgPool1d({found.kernel}, {found.stride}{padded}) has the same windows." in said


def test_every_example_says_why_it_is_interesting(open_explorer):
    examples = load()["view"]["examples"]
    assert all(example["why"].endswith(".") and len(example["why"]) > 30 for example in examples)
    view = open_explorer(14, 4, more=True)
    for example in examples[:3]:
        n, m = example["sizes"]
        view.menu("Example").select_option(f"{n},{m}")
        view.root.locator(".pt-why", has_text=example["why"]).wait_for()
    view.set_sizes(9, 4)
    view.root.locator(".pt-why").wait_for(state="hidden")


# Hidden --------------------------------------------------------------------------------------------------


def test_keys_scroll_where_there_is_something_to_scroll(open_explorer):
    view = open_explorer(64, 60, show=["windows", "table"])
    frame = panel(view, "table").locator(".pt-scroll")
    frame.focus()
    view.page.keyboard.press("PageDown")
    view.page.wait_for_timeout(300)
    assert frame.evaluate("e => e.scrollTop") > 0
    assert view.slider("Window").input_value() == "0"


def test_no_panel_gives_hidden_windows_away(open_explorer):
    panels = [name for name in PANELS if name != "windows"]
    view = open_explorer(5, 3, "unchecked", rule="round", kind="max", show=panels)
    for name in ("duel", "matrix", "table", "code"):
        assert panel(view, name).locator(".pt-empty").inner_text() == "Hidden until you show the windows."
    for secret in ("influence", "feeding", "row", "table-row", "rival", "rival-output", "winner", "code", "ties"):
        assert view.root.locator(f"[data-{secret}]").count() == 0
    assert not re.search(r"\d:\d", view.root.inner_text())
    assert not view.root.locator(".pt-why").is_visible()


def test_code_of_pytorchs_own_operation_may_stay_while_windows_are_hidden(open_explorer):
    view = open_explorer(5, 3, "unchecked", show=["code"])
    assert "adaptive_avg_pool1d(x[None], 3)" in code_of(view, "torch")


def test_opened_with_only_some_panels(open_explorer):
    view = open_explorer(14, 4, show=["windows", "table"])
    assert panel(view, "table").is_visible()
    for name in ("matrix", "code", "duel"):
        assert not panel(view, name).is_visible()
    assert view.root.locator(".pt-grad").count() == 0
