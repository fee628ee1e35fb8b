"""The panels of the explorer in real JupyterLab, one by one; maximum pooling, presenter size, locks, state."""

import io
import json
import re
import subprocess
import sys
from contextlib import redirect_stdout

import numpy as np
import pytest
import torch

import pooltutor
from pooltutor import bins, explore, laws, matrix
from pooltutor.live.explorer import LOCKS, PANELS, Explorer
from pooltutor.pairs import defined_sizes, smallest_wrong, wrong_sizes
from pooltutor.pooling import winners
from pooltutor.rules import RULES
from pooltutor.words import load
from tests.view import View

pytestmark = pytest.mark.browser
NAMES = load()["view"]["panels"]


@pytest.fixture(scope="module")
def lab_view(notebook, context):
    """One page with one explorer that the tests of this file share."""
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = notebook("import pooltutor\nview = pooltutor.explore(14, 4)\nview", name="panels.ipynb")
    View(page.page).wait("agrees", "14,4,pytorch")
    yield page, page.lab.python("panels.ipynb")
    page.clean()


@pytest.fixture
def open_view(lab_view):
    """Set the shared explorer's state from Python, and wait for the verdict about it."""
    page, python = lab_view
    view = View(page.page)
    view.python = python

    def opened(n=14, m=4, verdict="agrees", **state):
        state = {**Explorer.usual, "input_size": n, "target_size": m, **state}
        state["window"] = min(state["window"], m - 1)
        view.page.keyboard.press("Escape")
        view.page.mouse.move(2, 2)
        # Away from the state first, so that the verdict waited for is a new one.
        python("view.verdict = 'unchecked'\nview.set_trait('window', 0)")
        lines = [
            f"view.{name} = {state[name]!r}" for name in ("target_size", *(s for s in state if s != "target_size"))
        ]
        python("\n".join(lines))
        view.wait(verdict, f"{n},{m},{state['rule']}")
        view.page.wait_for_timeout(100)  # texts follow when the state rests
        return view

    return opened


def panel(view, name):
    return view.root.locator(f".pt-panel-{name}")


def attributes(view, mark, *names):
    script = "(all, names) => all.map(e => names.map(name => e.getAttribute(`data-${name}`)))"
    found = view.root.locator(f"[data-{mark}]").evaluate_all(script, list(names))
    return np.array([[float(value) for value in values] for values in found])


# Influence and the dual ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("n", "m"), [(7, 5), (14, 4), (7, 4), (6, 8), (48, 13), (8, 4), (1, 7), (224, 100)])
def test_influence_is_the_column_sum_and_the_dual_is_bin_j_of_m_to_n(open_view, n, m):
    view = open_view(n, m, show=["windows", "influence"])
    cells, shown = attributes(view, "influence", "of", "influence").T
    assert cells.tolist() == list(range(n))
    np.testing.assert_allclose(shown, laws.influence(n, m), rtol=1e-12)
    assert attributes(view, "feeding", "from", "to").tolist() == [list(b) for b in bins(m, n)]
    assert f"{n} influences compared" in view.status.inner_text() or n == 1
    ratio = view.root.get_by_text("column sums, max/min").text_content().split()[-1]
    assert float(ratio) == pytest.approx(float(laws.influence_ratio(n, m)), abs=5e-4)


def test_influence_is_written_as_fractions_where_they_fit(open_view):
    view = open_view(7, 5, show=["windows", "influence"])
    texts = view.root.locator("[data-influence] text").all_text_contents()
    assert texts == ["1/2", "1", "5/6", "1/3", "5/6", "1", "1/2"]
    assert view.root.locator("[data-feeding] text").all_text_contents() == [str(b) for b in bins(5, 7)]
    darker = view.root.locator("[data-of='3'] rect, [data-of='1'] rect").evaluate_all(
        "all => all.map(r => r.getAttribute('fill'))"
    )
    assert darker[0] != darker[1]


@pytest.mark.parametrize(("mark", "text"), [("influence", "2/3"), ("feeding", "0:3")])
def test_a_patched_influence_or_dual_disagrees(open_view, mark, text):
    view = open_view(7, 5, show=["windows", "influence"])
    view.root.locator(f"[data-{mark}] text").nth(3).evaluate("(e, text) => { e.textContent = text }", text)
    view.wait("disagrees", "7,5,pytorch")
    open_view(9, 5)


def test_dual_under_a_wrong_rule_does_not_claim_to_be_bins(open_view):
    view = open_view(5, 3, "disagrees", rule="forum", show=["windows", "influence"])
    assert view.root.get_by_text("counted under this rule").count() == 1
    assert attributes(view, "feeding", "from", "to").tolist() == np.transpose(bins(5, 3, "forum").feeds).tolist()


# Matrix ----------------------------------------------------------------------------------------------------


def shown_matrix(view, n):
    rows = attributes(view, "row", "from", "to", "weight")
    return np.array([[weight if a <= j < b else 0 for j in range(n)] for a, b, weight in rows])


@pytest.mark.parametrize(("n", "m"), [(7, 5), (14, 4), (6, 8), (64, 40), (1, 7), (64, 64)])
def test_matrix_shows_p_and_both_products(open_view, n, m):
    view = open_view(n, m, show=["windows", "gradient", "matrix"])
    np.testing.assert_allclose(shown_matrix(view, n), matrix(n, m), rtol=1e-15)
    entries = "entry of P" if n * m == 1 else "entries of P"
    assert f"{n * m} {entries}" in view.status.inner_text()
    for side, count in [("x", n), ("grad", n), ("y", m), ("g", m)]:
        assert view.root.locator(f"[data-side-{side}]").count() == count


def test_matrix_of_7_to_5_is_written_in_fractions(open_view):
    view = open_view(7, 5, show=["windows", "matrix"])
    assert view.root.locator("[data-row='1'] text").all_text_contents() == ["1/2", "1/2"]
    assert view.root.locator("[data-row='2'] text").all_text_contents() == ["1/3"] * 3


def point_at(view, row, column):
    """Hover the entry of the matrix in that row and column; None for outside."""
    svg = view.root.locator("svg.pt-matrix")
    svg.scroll_into_view_if_needed()
    marks = {
        name: view.root.locator(f"[data-side-{name}='{k or 0}'] rect").bounding_box()
        for name, k in [("x", column), ("y", row)]
    }
    side = marks["x"] if column is not None else marks["y"]
    x = side["x"] + side["width"] / 2
    other = marks["y"] if row is not None else marks["x"]
    view.page.mouse.move(x, other["y"] + other["height"] / 2)


def test_hovering_a_row_a_column_and_an_entry_of_p(open_view):
    view = open_view(7, 5, show=["windows", "gradient", "matrix"])
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


def test_hovering_the_picture_lights_the_matrix(open_view):
    view = open_view(7, 5, show=["windows", "gradient", "matrix"])
    view.mark("cell", 3).locator(".pt-cell").hover()
    assert view.root.locator(".pt-matrix-line").inner_text().startswith("Column 3: dL/dx₃ = 1/3·3 = 1.")
    view.mark("output", 4).hover()
    assert view.root.locator(".pt-matrix-line").inner_text().startswith("Row 4: y₄ = 1/2·5 + 1/2·6 = 5.5")


@pytest.mark.parametrize("where", ["[data-row='2'] text", "[data-side-y='2'] text", "[data-side-grad='2'] text"])
def test_a_patched_number_of_the_matrix_panel_disagrees(open_view, where):
    view = open_view(7, 5, show=["windows", "gradient", "matrix"])
    view.root.locator(f"svg.pt-matrix {where}").first.evaluate("e => { e.textContent = '9' }")
    view.wait("disagrees", "7,5,pytorch")
    open_view(9, 5, show=["windows", "gradient", "matrix"])


def test_matrix_beyond_64_says_how_large_it_would_be(open_view):
    view = open_view(224, 100, show=["windows", "matrix"])
    assert (
        panel(view, "matrix").locator(".pt-empty").inner_text()
        == "P has 100 × 224 entries here; it is drawn up to 64 × 64."
    )
    assert view.root.locator("[data-row]").count() == 0


# Table -----------------------------------------------------------------------------------------------------


def table_of(view):
    rows = panel(view, "table").locator("tbody tr[data-table-row]")
    return rows.evaluate_all("all => all.map(r => [...r.cells].map(c => c.textContent))")


def test_table_lists_every_window(open_view):
    view = open_view(7, 5, show=["windows", "table"])
    y = pooltutor.pool(range(7), 5)
    cuts = ["0", "1.4", "2.8", "4.2", "5.6", "7"]
    expected = [
        [str(i), cuts[i], cuts[i + 1], *map(str, b), str(b.length), f"{y[i]:g}"] for i, b in enumerate(bins(7, 5))
    ]
    assert table_of(view) == expected
    panel(view, "table").locator("tr[data-table-row='3']").click()
    assert view.slider("Window").input_value() == "3"
    view.root.locator("tr.pt-current[data-table-row='3']").wait_for()


@pytest.mark.parametrize("column", [0, 3, 4, 5, 6])
def test_a_patched_table_disagrees(open_view, column):
    view = open_view(7, 5, show=["windows", "table"])
    panel(view, "table").locator("tr[data-table-row='2'] td").nth(column).evaluate("e => { e.textContent = '9' }")
    view.wait("disagrees", "7,5,pytorch")
    open_view(9, 5)


def test_long_table_shows_the_neighbourhood_of_the_current_window(open_view):
    view = open_view(224, 100, window=50, show=["windows", "table"])
    shown = [int(row[0]) for row in table_of(view)]
    assert shown == [0, 1, *range(38, 63), 98, 99]
    assert table_of(view)[14][1:6] == ["112", "114.24", "112", "115", "3"]
    assert panel(view, "table").get_by_text("…").count() == 2


# Code ------------------------------------------------------------------------------------------------------


def code_of(view, name):
    return view.root.locator(f"[data-code='{name}']").text_content()


def run_alone(code, fresh):
    """What a program prints, line by line; in a fresh process, or in an empty namespace, which is faster."""
    if fresh:
        printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    else:
        with redirect_stdout(io.StringIO()) as out:
            exec(code, {})
        printed = out.getvalue()
    texts = [line.replace("nan", "NaN").replace("inf", "Infinity") for line in printed.splitlines()]
    return [np.array(json.loads(text)) for text in texts]


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
    {"n": 224, "m": 100, "rule": "float64_ratio", "verdict": "disagrees", "x": "random"},
    {"n": 64, "m": 9, "x": "powers", "upstream": [-1.5, 2]},
]


@pytest.mark.parametrize("state", STATES, ids=str)
def test_displayed_program_runs_as_it_stands_and_gives_the_displayed_numbers(open_view, state):
    view = open_view(show=["windows", "gradient", "code"], **state)
    y, grad = run_alone(code_of(view, "torch"), fresh=state is STATES[0])
    shown = view.numbers()
    np.testing.assert_allclose(y, shown["y"], rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(grad, shown["grad"], rtol=1e-12, atol=1e-12)
    assert "pooltutor" not in code_of(view, "torch")


@pytest.mark.parametrize("state", STATES, ids=str)
def test_displayed_call_opens_the_same_view(open_view, state):
    view = open_view(show=["windows", "code"], presenter=True, lock=["kind"], window=1, against="split", **state)
    space = {}
    *before, call = code_of(view, "explore").splitlines()
    exec("\n".join([*before, f"again = {call}"]), space)
    said = view.python("import json; json.dumps(view.state())")
    assert space["again"].state() == json.loads(said.strip("'").replace("\\'", "'"))


def test_the_usual_is_left_out_of_the_call(open_view):
    view = open_view(14, 4, show=["windows", "gradient", "code"])
    assert code_of(view, "explore").splitlines()[-1] == 'pooltutor.explore(14, 4, show=["windows", "gradient", "code"])'


def copied_by(view, name):
    view.root.get_by_role("button", name=name).click()
    view.root.locator(".pt-copied", has_text="copied").first.wait_for()


def test_copy_buttons_copy(open_view):
    view = open_view(14, 4, show=["windows", "code"])
    for name, button in [("torch", "copy the PyTorch code"), ("explore", "copy the explore call")]:
        copied_by(view, button)
        assert view.page.evaluate("() => navigator.clipboard.readText()") == code_of(view, name)


def test_copy_buttons_copy_where_plain_http_has_no_clipboard(open_view):
    view = open_view(14, 4, show=["windows", "code"])
    view.page.evaluate("() => { window.__real = navigator.clipboard; navigator.clipboard.writeText('before') }")
    view.page.evaluate("() => Object.defineProperty(navigator, 'clipboard', {value: undefined, configurable: true})")
    copied_by(view, "copy the PyTorch code")
    view.page.evaluate("() => { delete navigator.clipboard }")
    assert view.page.evaluate("() => navigator.clipboard.readText()") == code_of(view, "torch")
    assert view.page.locator("textarea.pt-clipboard").count() == 0


# Duel ------------------------------------------------------------------------------------------------------


def duel_says(view):
    return panel(view, "duel").locator(".pt-duel-said p").all_inner_texts()


@pytest.mark.parametrize("rule", [name for name in RULES if name != "pytorch"])
def test_duel_names_the_first_difference_a_reason_and_how_often(open_view, rule):
    n, m = smallest_wrong(rule)
    view = open_view(n, m, "disagrees", rule=rule, show=["windows", "duel"])
    mine, true = bins(n, m, rule), bins(n, m)
    wrong = [i for i in range(m) if mine[i] != true[i]]
    first, reason, often = duel_says(view)
    i, title = wrong[0], RULES[rule].title
    assert first == f"First difference: window {i} is {mine[i]} ({title}) and {true[i]} (PyTorch)."
    assert len(reason) > 40
    assert "{" not in reason + often
    assert f"is wrong for {wrong_sizes(rule):,} of the {defined_sizes(rule):,} sizes" in often
    assert often.endswith(f"is {n} → {m}.")
    assert view.root.locator("[data-window] .pt-wrong").count() == len(wrong)
    assert view.root.locator("[data-rival] .pt-wrong").count() == 0
    assert attributes(view, "rival-output", "rival-y")[:, 0].tolist() == pooltutor.pool(range(n), m).tolist()
    texts = view.root.locator("[data-rival] text").all_text_contents()
    assert texts in ([str(b) for b in true], [])


def test_the_reason_of_one_kernel_is_its_kernel(open_view):
    view = open_view(5, 3, "disagrees", rule="equal_kernel", show=["windows", "duel"])
    assert duel_says(view)[1] == "The kernel is 3 here, not 2: the interval from 5/3 to 10/3 touches 3 cells."


def test_two_wrong_rules_meet(open_view):
    view = open_view(5, 3, "disagrees", rule="split", against="forum", show=["windows", "duel"])
    assert duel_says(view)[0] == "First difference: window 2 is 4:5 (split) and 3:5 (the forum's)."
    assert view.root.locator("[data-rival] .pt-wrong").count() == 1
    panel(view, "duel").get_by_label("Against").select_option("equal_kernel")
    assert view.root.get_by_text("one kernel", exact=True).count() >= 1
    view.root.locator(".pt-duel-said p", has_text="window 1 is 2:4 (split) and 1:3 (one kernel)").wait_for()


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ({"n": 14, "m": 4, "rule": "forum"}, "At 14 → 4 both rules have the same windows."),
        ({"n": 14, "m": 4}, "A rule against itself is no duel: choose another one under Rule or Against."),
        ({"n": 3, "m": 5, "against": "fixed_stride"}, RULES["fixed_stride"].undefined),
    ],
)
def test_duel_without_a_difference_says_so(open_view, state, sentence):
    view = open_view(show=["windows", "duel"], **state)
    assert duel_says(view)[0] == sentence


def test_the_reason_is_about_the_window_of_the_first_difference(open_view):
    """At 5 -> 3 one kernel is right at window 0, where the recipe is wrong."""
    view = open_view(5, 3, "disagrees", rule="equal_kernel", against="fixed_stride", show=["windows", "duel"])
    first, reason, often = duel_says(view)
    assert first == "First difference: window 0 is 0:2 (one kernel) and 0:3 (AvgPool recipe)."
    assert reason.startswith("It moves on by 1 each time, although the exact step is 5/3")
    assert often.startswith("This rule, AvgPool recipe, is wrong for 1,590 of the 2,080 sizes")


@pytest.mark.parametrize("rule", ["split", "round", "forum", "equal_kernel", "float32"])
@pytest.mark.parametrize(("n", "m"), [(1, 2), (6, 8), (3, 7), (4, 28)])
def test_duels_above_n_name_empty_windows_and_fill_every_place(open_view, rule, n, m):
    agrees = bins(n, m, rule)[:] == bins(n, m)[:]
    view = open_view(n, m, "agrees" if agrees else "disagrees", rule=rule, show=["windows", "duel"])
    said = " ".join(duel_says(view))
    assert not re.search(r"undefined|NaN|\{|\b(\d+):\1\b", said)
    if not agrees:
        i = [a != b for a, b in zip(bins(n, m, rule), bins(n, m), strict=True)].index(True)
        assert f"window {i} is {bins(n, m, rule)[i]} ({RULES[rule].title}) and {bins(n, m)[i]} (PyTorch)" in said


def test_a_right_rule_beside_a_wrong_truth_disagrees(open_view):
    view = open_view(7, 5, rule="float32", show=["windows", "duel"])
    view.root.locator("[data-true='2'] text").evaluate("e => { e.textContent = '2:4' }")
    sentence = view.wait("disagrees", "7,5,float32")
    assert "the bar 2 that is shown as PyTorch's is" in sentence
    open_view(9, 5)


def test_duel_above_n_shows_what_each_cell_feeds(open_view):
    view = open_view(6, 8, "disagrees", rule="round", show=["windows", "duel"])
    assert view.root.locator("[data-rival] text").all_text_contents() == [str(b) for b in bins(8, 6)]


# Words and examples ----------------------------------------------------------------------------------------


def test_words_tell_windows_lengths_shared_cells_and_who_counts_most(open_view):
    view = open_view(7, 5, show=["windows", "gradient", "words"], upstream="ones")
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
def test_words_name_the_one_avgpool_that_does_the_same(open_view, n, m):
    view = open_view(n, m, show=["windows", "words"])
    found, _ = laws.equivalent_avg_pool(n, m)
    said = view.root.locator(".pt-words").inner_text()
    if found is None:
        assert "No AvgPool1d has these windows." in said
    else:
        padded = ", padding=1, count_include_pad=False" if found.padding else ""
        assert f"AvgPool1d({found.kernel}, {found.stride}{padded}) has the same windows." in said


def test_every_example_says_why_it_is_interesting(open_view):
    examples = load()["view"]["examples"]
    assert all(example["why"].endswith(".") and len(example["why"]) > 30 for example in examples)
    view = open_view(14, 4)
    for example in examples[:3]:
        n, m = example["sizes"]
        view.menu("Example").select_option(f"{n},{m}")
        view.root.locator(".pt-why", has_text=example["why"]).wait_for()
    view.set_sizes(9, 4)
    view.root.locator(".pt-why").wait_for(state="hidden")


# Maximum ---------------------------------------------------------------------------------------------------

TIED = [3, 1, 2, 9, 9, 0, 4, 4, 1, 2, 7, 7, 3, 7]


@pytest.mark.parametrize(("n", "m", "x"), [(14, 4, TIED), (7, 5, "random"), (6, 8, "random"), (33, 2, "random")])
def test_maximum_shows_the_winners_that_pytorch_takes(open_view, n, m, x):
    view = open_view(n, m, kind="max", x=x, show=["windows", "gradient", "influence", "matrix"])
    values = view.numbers()["x"]
    _, index = torch.nn.functional.adaptive_max_pool1d(torch.tensor(values)[None], m, return_indices=True)
    shown = attributes(view, "winner", "winner")[:, 0]
    assert shown.tolist() == index[0].tolist() == winners(values, [bins(n, m)]).tolist()
    assert f"{m} winners" in view.status.inner_text()
    np.testing.assert_array_equal(shown_matrix(view, n), np.eye(n)[index[0]])
    assert view.root.locator(".pt-won").all_text_contents() == [f"x[{j}]" for j in index[0].tolist()]


def test_ties_are_shown_and_the_first_wins(open_view):
    view = open_view(14, 4, kind="max", x=TIED, window=1)
    assert view.line().endswith("y₁ = max(9, 9, 0, 4) = 9 cells 3, 4 are equal: the first one, cell 3, wins")
    assert view.root.locator("[data-ties]").get_attribute("data-ties") == ",4,,11 13"
    assert view.root.locator(".pt-winner").get_attribute("d").count("M") == 4
    view.mark("cell", 3).locator(".pt-cell").hover()
    assert view.line().endswith("in windows 0, 1 dL/dx₃ = g₀ + g₁ = 1 + 2 = 3")
    view.mark("cell", 5).locator(".pt-cell").hover()
    assert view.line().endswith("dL/dx₅ = 0: it wins no window")


def test_the_last_nan_wins_and_the_line_says_so(open_view):
    view = open_view(5, 2, kind="max", x="1, nan, nan, 0, 2")
    assert view.line().endswith("cells 1, 2 are NaN: the last one, cell 2, wins")


def test_ties_above_n_stand_on_the_cells(open_view):
    view = open_view(6, 8, kind="max", x=[2, 2, 1, 5, 5, 0])
    assert view.root.locator(".pt-winner").get_attribute("d").count("M") == 8
    ties = view.root.locator("[data-ties]").get_attribute("data-ties").split(",")
    assert [i for i, cells in enumerate(ties) if cells] == [1, 5]


def test_an_entry_of_p_that_does_not_win_says_so(open_view):
    view = open_view(14, 4, kind="max", x=TIED, show=["windows", "matrix"])
    point_at(view, 0, 1)
    assert view.root.locator(".pt-matrix-line").inner_text() == "P[0, 1] = 0: cell 1 does not win window 0."


def test_a_patched_winner_disagrees(open_view):
    view = open_view(14, 4, kind="max", x=TIED)
    view.root.locator(".pt-won").nth(2).evaluate("e => { e.textContent = 'x[11]' }")
    view.wait("disagrees", "14,4,pytorch")
    open_view(9, 5)


# Large sizes -----------------------------------------------------------------------------------------------


def test_224_to_100_has_its_windows_its_verdict_and_the_numbers_of_the_current_window(open_view):
    view = open_view(224, 100, window=24)
    b = bins(224, 100)
    shown = view.numbers()
    assert (shown["start"].tolist(), shown["stop"].tolist()) == (b.start.tolist(), b.stop.tolist())
    assert "100 windows, 100 outputs, 224 gradients compared" in view.status.inner_text()
    assert view.line() == (
        "window i = 24 (25th of 100) start = ⌊24·224/100⌋ = ⌊53.76⌋ = 53 stop = ⌈25·224/100⌉ = ⌈56⌉ = 56 "
        "y₂₄ = (53 + 54 + 55)/3 = 54"
    )
    numbers = [int(t) for t in view.root.locator(".pt-number").all_text_contents()]
    assert numbers[0] == 0
    assert numbers[-1] == 224
    assert len(numbers) < 30
    assert view.root.locator(".pt-cut").get_attribute("d").count("M") == 2  # those of the current window


def test_4096_is_drawn_without_a_wall_of_frames(open_view):
    view = open_view(4096, 1000)
    assert "1000 windows, 1000 outputs, 4096 gradients compared" in view.status.inner_text()
    assert view.mark("output", 5).locator(".pt-output").evaluate("e => getComputedStyle(e).stroke") == "none"
    assert len(view.root.locator(".pt-number").all_text_contents()) < 15


# Hidden ----------------------------------------------------------------------------------------------------


def test_keys_scroll_where_there_is_something_to_scroll(open_view):
    view = open_view(64, 60, show=["windows", "table"])
    frame = panel(view, "table").locator(".pt-scroll")
    frame.focus()
    view.page.keyboard.press("PageDown")
    view.page.wait_for_timeout(300)
    assert frame.evaluate("e => e.scrollTop") > 0
    assert view.slider("Window").input_value() == "0"


def test_no_panel_gives_hidden_windows_away(open_view):
    view = open_view(5, 3, "unchecked", rule="round", kind="max", show=[name for name in PANELS if name != "windows"])
    for name in ("duel", "matrix", "table", "code"):
        assert panel(view, name).locator(".pt-empty").inner_text() == "Hidden until you show the windows."
    for secret in ("influence", "feeding", "row", "table-row", "rival", "rival-output", "winner", "code", "ties"):
        assert view.root.locator(f"[data-{secret}]").count() == 0
    assert not re.search(r"\d:\d", view.root.inner_text())
    assert not view.root.locator(".pt-why").is_visible()


def test_code_of_pytorchs_own_operation_may_stay_while_windows_are_hidden(open_view):
    view = open_view(5, 3, "unchecked", show=["code"])
    assert "adaptive_avg_pool1d(x[None], 3)" in code_of(view, "torch")


# Presenter size --------------------------------------------------------------------------------------------

SMALLEST = """root => Math.min(...[...root.querySelectorAll('*')].filter(e => {
  const own = [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
  const box = e.getBoundingClientRect();
  return (own || e.matches('input:not([type=checkbox]):not([type=range]), select')) && box.width > 2 && box.height > 2;
}).map(e => parseFloat(getComputedStyle(e).fontSize)))"""


def test_presenter_size_shows_nothing_under_20_px_and_folds_the_rest_away(open_view):
    view = open_view(14, 4)
    assert view.root.evaluate(SMALLEST) < 20
    view.root.get_by_label("presenter size").check()
    shown = [name for name in PANELS if name != "influence"]
    for panels in (["windows", "gradient"], [*shown, "influence"]):
        view = open_view(7, 5, presenter=True, show=panels)
        assert view.root.evaluate(SMALLEST) >= 20
    for name in ("Rule", "Example", "Pooling"):
        assert not view.menu(name).is_visible()
    assert not view.root.get_by_label("table", exact=True).is_visible()
    view.root.get_by_role("button", name="more controls").click()
    for name in ("Rule", "Example", "Pooling"):
        assert view.menu(name).is_visible()
    assert view.root.evaluate(SMALLEST) >= 20
    view.root.get_by_role("button", name="more controls").click()
    view.root.get_by_label("presenter size").uncheck()
    assert view.menu("Rule").is_visible()


def test_presenter_size_reaches_python(open_view):
    view = open_view(14, 4)
    view.root.get_by_label("presenter size").check()
    view.page.wait_for_timeout(400)
    assert view.python("view.presenter, view.state()['presenter']") == "(True, True)"


# Locks -----------------------------------------------------------------------------------------------------


def test_every_lock_holds_its_control(open_view):
    view = open_view(14, 4, lock=list(LOCKS), show=["windows", "duel"])
    controls = {
        "input_size": view.slider("Input size"),
        "target_size": view.slider("Target size"),
        "window": view.slider("Window"),
        "rule": view.menu("Rule"),
        "kind": view.menu("Pooling"),
        "example": view.menu("Example"),
        "x": view.menu("Input x"),
        "upstream": view.menu("Gradient dL/dy"),
        "against": view.menu("Against"),
        "presenter": view.root.get_by_label("presenter size"),
        **{name: view.root.get_by_label(title, exact=True) for name, title in NAMES.items()},
    }
    assert set(controls) == set(LOCKS)
    for control in controls.values():
        assert control.is_disabled()
    assert view.root.get_by_role("button", name="next window").is_disabled()
    for name, control in controls.items():
        view = open_view(14, 4, lock=[name], show=["windows", "duel"])
        disabled = {other for other, each in controls.items() if each.is_disabled()}
        also = {"example"} if name in ("input_size", "target_size") else set()
        assert control.is_disabled()
        assert disabled == {name, *also}


def test_locking_the_window_stops_the_play(open_view):
    view = open_view(14, 4)
    view.root.get_by_role("button", name="play").click()
    view.python("view.lock = ['window']")
    view.root.get_by_role("button", name="play").wait_for()  # it says pause while it plays
    assert view.root.get_by_role("button", name="play").is_disabled()


def test_all_panels_and_all_locks_have_one_word(open_view):
    view = open_view(5, 3, "unchecked", show=[], lock="all")
    assert view.slider("Input size").is_disabled()
    assert view.root.get_by_text("the windows are hidden", exact=True).count() == 1
    assert view.python("view.lock == list(pooltutor.live.explorer.LOCKS)") == "True"


def test_a_lock_holds_against_keys_too(open_view):
    view = open_view(5, 3, "unchecked", lock=["windows", "window"], show=[])
    view.slider("Input size").focus()
    view.page.keyboard.press("w")
    assert "Your turn" in view.status.inner_text()
    view.mark("output", 2).click()
    assert view.slider("Window").input_value() == "0"


def test_opened_with_only_some_panels(open_view):
    view = open_view(14, 4, show=["windows", "table"])
    assert panel(view, "table").is_visible()
    for name in ("matrix", "code", "duel"):
        assert not panel(view, name).is_visible()
    assert view.root.locator(".pt-grad").count() == 0


# State -----------------------------------------------------------------------------------------------------


def test_state_follows_what_the_learner_does(open_view):
    view = open_view(14, 4)
    view.set_sizes(9, 6)
    view.show("matrix P")
    view.menu("Rule").select_option("split")
    view.wait("disagrees", "9,6,split")
    state = eval(view.python("view.state()"))
    expected = {
        **Explorer.usual,
        "input_size": 9,
        "target_size": 6,
        "rule": "split",
        "show": ["windows", "gradient", "matrix"],
    }
    assert state == expected
    assert explore(**state).state() == expected
