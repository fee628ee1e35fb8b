"""The duel of two rules in the explorer of the one-file page."""

import re

import pytest

import pooltutor
from pooltutor import bins
from pooltutor.pairs import defined_sizes, smallest_wrong, wrong_sizes
from pooltutor.rules import RULES
from tests.panels import attributes, duel_says, panel

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("rule", [name for name in RULES if name != "pytorch"])
def test_duel_names_the_first_difference_a_reason_and_how_often(open_explorer, rule):
    n, m = smallest_wrong(rule)
    view = open_explorer(n, m, "disagrees", rule=rule, show=["windows", "duel"])
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


def test_the_reason_of_one_kernel_is_its_kernel(open_explorer):
    view = open_explorer(5, 3, "disagrees", rule="equal_kernel", show=["windows", "duel"])
    assert duel_says(view)[1] == "The kernel is 3 here, not 2: the interval from 5/3 to 10/3 touches 3 cells."


def test_two_wrong_rules_meet(open_explorer):
    view = open_explorer(5, 3, "disagrees", rule="split", against="forum", show=["windows", "duel"])
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
def test_duel_without_a_difference_says_so(open_explorer, state, sentence):
    view = open_explorer(show=["windows", "duel"], **state)
    assert duel_says(view)[0] == sentence


def test_the_reason_is_about_the_window_of_the_first_difference(open_explorer):
    """At 5 -> 3 one kernel is right at window 0, where the recipe is wrong."""
    view = open_explorer(5, 3, "disagrees", rule="equal_kernel", against="fixed_stride", show=["windows", "duel"])
    first, reason, often = duel_says(view)
    assert first == "First difference: window 0 is 0:2 (one kernel) and 0:3 (AvgPool recipe)."
    assert reason.startswith("It moves on by 1 each time, although the exact step is 5/3")
    assert often.startswith("This rule, AvgPool recipe, is wrong for 1,590 of the 2,080 sizes")


@pytest.mark.parametrize("rule", ["split", "round", "forum", "equal_kernel", "float32"])
@pytest.mark.parametrize(("n", "m"), [(1, 2), (6, 8), (3, 7), (4, 28)])
def test_duels_above_n_name_empty_windows_and_fill_every_place(open_explorer, rule, n, m):
    agrees = bins(n, m, rule)[:] == bins(n, m)[:]
    view = open_explorer(n, m, "recorded" if agrees else "disagrees", rule=rule, show=["windows", "duel"])
    said = " ".join(duel_says(view))
    assert not re.search(r"undefined|NaN|\{|\b(\d+):\1\b", said)
    if not agrees:
        i = [a != b for a, b in zip(bins(n, m, rule), bins(n, m), strict=True)].index(True)
        assert f"window {i} is {bins(n, m, rule)[i]} ({RULES[rule].title}) and {bins(n, m)[i]} (PyTorch)" in said


def test_a_right_rule_beside_a_wrong_truth_disagrees(open_explorer):
    view = open_explorer(7, 5, rule="float32", show=["windows", "duel"])
    view.root.locator("[data-true='2'] text").evaluate("e => { e.textContent = '2:4' }")
    sentence = view.wait("disagrees", "7,5,float32")
    assert "the bar 2 that is shown as PyTorch's is" in sentence
    open_explorer(9, 5)


def test_duel_above_n_shows_what_each_cell_feeds(open_explorer):
    view = open_explorer(6, 8, "disagrees", rule="round", show=["windows", "duel"])
    assert view.root.locator("[data-rival] .pt-bar-text").all_text_contents() == [str(b) for b in bins(8, 6)]


def test_a_duel_that_is_opened_by_hand_is_one(open_explorer):
    view = open_explorer(5, 3)
    view.show("duel")
    against = panel(view, "duel").get_by_label("Against")
    assert against.input_value() == "equal_kernel"
    panel(view, "duel").get_by_text("First difference: window 1 is 1:4 (PyTorch) and 1:3 (one kernel).").wait_for()
    view.show("duel", on=False)
    view.set_sizes(14, 4)
    view.show("duel")
    assert against.input_value() == "equal_kernel"  # what was chosen stays
