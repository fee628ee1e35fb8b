"""A formula of one's own, typed in the one-file page: drawn as it is typed, compared with PyTorch at all sizes."""

import re
from urllib.parse import quote

import numpy as np
import pytest

from pooltutor import bins, pairs
from tests.atlas import Map
from tests.formula_view import FORUM, RIGHT, OwnFormula, wait_for
from tests.onepage import Shown, link_of
from tests.view import assert_same_as_pytorch

pytestmark = pytest.mark.browser

WRONG = "Differs from PyTorch at 3,342 of 4,096 sizes."
TOP = "picture => picture.getBoundingClientRect().top"


@pytest.fixture
def typed(follow):
    """Open the explorer at 5 -> 3 under a rule; return the view, and its formula."""

    def opened(rule=FORUM, tab="explorer", **state):
        view = follow(link_of(tab, {"n": 5, "m": 3, "rule": rule, **state}))
        return view, OwnFormula(view.root)

    return opened


# Typing ----------------------------------------------------------------------------------------------------------


def test_the_last_entry_opens_the_formula_of_the_rule_before(typed):
    view, formula = typed("forum", more=True)
    view.wait("disagrees", "5,3,forum")
    assert not formula.area.is_visible()
    assert view.menu("Rule").locator("option").last.inner_text() == "your own …"
    view.menu("Rule").select_option("own")
    assert formula.area.input_value() == "k = ceil(n / m)\nstart = round(i * (n - k) / max(m - 1, 1))\nstop = start + k"
    assert formula.area.evaluate("area => area === document.activeElement")
    assert "This is the rule 'the forum's', word for word." in formula.told(WRONG)
    view.menu("Rule").select_option("split")
    formula.area.wait_for(state="hidden")
    view.wait("disagrees", "5,3,split")


def test_a_wrong_formula_says_how_often_and_where_first_and_opens_it(typed):
    view, formula = typed(RIGHT, window=1)
    formula.type(FORUM)
    assert "window 1 is 2:4 here, PyTorch's is 1:4" in wait_for(view, 5, 3, FORUM, "disagrees")
    told = formula.told(WRONG)
    assert "This is the rule 'the forum's', written differently: equal at all 4,096 sizes." in told
    assert "Smallest with m ≤ n: 5 → 3 Smallest of all: 2 → 3" in told
    assert formula.values() == ["⌊7/3⌋ = 2", "round(1.5) = 2", "2 + 2 = 4"]
    assert formula.said.inner_text().startswith("values at i = 1 of 5 → 3")
    formula.open(2, 3)
    wait_for(view, 2, 3, FORUM, "disagrees")
    first = next(i for i, (ours, true) in enumerate(zip(bins(2, 3, FORUM), bins(2, 3), strict=True)) if ours != true)
    assert view.slider("Window").input_value() == str(first), "the first wrong window"
    assert view.numbers()["start"].tolist() == bins(2, 3, FORUM).start.tolist()


def test_a_right_formula_is_recognised(typed):
    view, formula = typed()
    formula.told(WRONG)
    formula.type(RIGHT)
    wait_for(view, 5, 3, RIGHT, "recorded")
    told = formula.told("PyTorch's windows at all 4,096 sizes.")
    assert "This is the rule 'PyTorch', written differently" in told
    assert not formula.report.get_by_role("button").count()


def test_a_formula_that_cannot_be_read_changes_nothing_and_loses_nothing(typed):
    view, formula = typed()
    before = wait_for(view, 5, 3, FORUM, "disagrees"), view.raw(), formula.told(WRONG), view.line()
    top = view.root.locator("svg.pt-picture").evaluate(TOP)
    broken = FORUM + "\nk = (n +"
    formula.area.fill(broken)  # pasted: typed, it would be another formula that can be read after each of some keys
    assert formula.said.inner_text() == "here a number, a name or ( is missing (line 4, character 9)"
    assert formula.area.get_attribute("aria-invalid") == "true"
    formula.element.locator("[aria-live=polite]", has_text="is missing (line 4, character 9)").wait_for()
    assert view.root.get_by_role("status").count() == 1
    assert formula.area.input_value() == broken
    after = wait_for(view, 5, 3, FORUM, "disagrees"), view.raw(), formula.told(WRONG), view.line()
    assert after == before
    assert view.root.locator("svg.pt-picture").evaluate(TOP) == top
    view.slider("Window").fill("1")
    assert formula.area.input_value() == broken, "stepping on does not lose it"
    formula.page.keyboard.press("Tab")
    formula.area.focus()
    formula.page.keyboard.press("Control+End")
    formula.page.keyboard.type(" 1)")
    wait_for(view, 5, 3, f"{broken} 1)", "disagrees")
    assert formula.area.get_attribute("aria-invalid") is None


def test_typing_moves_nothing(typed):
    view, formula = typed()
    picture = view.root.locator("svg.pt-picture")
    tops = {picture.evaluate(TOP)}
    zero = "q = 1 // (m - 1)\nstart = i * n // m\nstop = start + 1"
    for text in (RIGHT, "start = 0 - 1\nstop = n + 1", zero, "start", "a = 1\n" * 19 + "b = 2", ""):
        formula.type(text)
        tops.add(picture.evaluate(TOP))
        formula.told()
        tops.add(picture.evaluate(TOP))
    assert len(tops) == 1


def test_sizes_without_windows_and_windows_outside_the_input_are_told(typed):
    view, formula = typed("q = 1 // (m - 1)\nstart = i * n // m - q // 2\nstop = -(-((i + 1) * n) // m) + 1")
    told = formula.told("It has no windows at 64 sizes.")
    assert "The first: this divides by zero at i = 0 of 1 → 1 (line 1, character 7)" in told
    assert "At 1 → 2, window 0 stops at 2, behind the input." in told
    formula.type("start = i - 1\nstop = i + 1")
    assert "At 1 → 1, window 0 starts at -1, in front of the input" in formula.told("in front of the input")
    assert formula.values() == ["-1", "1"]
    view.set_sizes(1, 1)
    formula.type("start = 0\nstop = 1 // (m - 1)")
    assert "divides by zero at i = 0 of 1 → 1" in wait_for(view, 1, 1, formula.area.input_value(), "unchecked")
    assert formula.values() == ["", ""]


# The page around it ----------------------------------------------------------------------------------------------


def test_a_link_opens_it_again(typed, open_page, offline):
    view, formula = typed()
    text = RIGHT + "  # mine: 100 %, a & b"
    formula.type(text)
    wait_for(view, 5, 3, text, "recorded")
    offline.wait_for_url(re.compile(re.escape(f"&rule={quote(text, safe='!()*,')}") + "$"))
    link = "#" + offline.url.partition("#")[2]
    offline.reload()
    wait_for(Shown(offline), 5, 3, text, "recorded")
    again = open_page(link)
    wait_for(again, 5, 3, text, "recorded")
    assert OwnFormula(again.root).area.input_value() == text


def test_a_text_never_becomes_elements(typed):
    evil = "start = i * n // m # <img src=x onerror=alert(1)>\nstop = start + 1"
    view, formula = typed(evil, show=["windows", "duel", "code", "words", "table"], against=evil + "0")
    wait_for(view, 5, 3, evil, "disagrees")
    formula.told("Differs")
    assert not view.root.locator("img").count()
    assert evil.splitlines()[0] in view.root.locator("[data-code=explore]").inner_text().replace("\\n", "\n")
    formula.type("<img src=x onerror=alert(1)>")
    assert formula.said.inner_text().startswith("< is not") or "line 1" in formula.said.inner_text()
    assert not view.root.locator("img").count()


def test_keys_stay_in_the_text_until_tab_or_escape(typed, offline):
    view, formula = typed(window=1)
    wait_for(view, 5, 3, FORUM, "disagrees")
    formula.area.focus()
    for key in ("ArrowLeft", "ArrowUp", "Home", "PageDown"):
        offline.keyboard.press(key)
    formula.area.evaluate("area => area.setSelectionRange(area.value.length, area.value.length)")
    offline.keyboard.type(" # w")
    wait_for(view, 5, 3, f"{FORUM} # w", "disagrees")
    assert view.slider("Window").input_value() == "1"
    inside = "() => document.activeElement.closest('.pooltutor') !== null && document.activeElement.tagName"
    offline.keyboard.press("Escape")
    assert offline.evaluate(inside) == "BUTTON"
    formula.area.focus()
    offline.keyboard.press("Tab")
    assert offline.evaluate(inside) == "BUTTON", "the first size that differs"
    offline.keyboard.press("Shift+Tab")
    assert offline.evaluate(inside) == "TEXTAREA"


def test_hidden_windows_hide_values_and_counts_but_not_the_text(typed, offline):
    _, formula = typed(show=[])
    assert formula.area.input_value() == FORUM
    assert formula.values() == ["", "", ""]
    assert formula.told() == "How it compares with PyTorch is hidden, as the windows are."
    assert formula.said.inner_text() == "The values are hidden, as the windows are."
    formula.type(RIGHT)
    assert not re.search(r"\d", formula.told() + "".join(formula.values()))
    formula.page.keyboard.press("Escape")
    offline.keyboard.press("w")
    formula.told("PyTorch's windows at all 4,096 sizes.")
    assert formula.values() == ["⌊0⌋ = 0", "⌈5/3⌉ = 2"]


def test_every_number_of_512_to_100_is_pytorchs(typed):
    view, formula = typed(RIGHT, n=512, m=100, window=99)
    wait_for(view, 512, 100, RIGHT, "unchecked")
    assert_same_as_pytorch(view, 512, 100)
    assert formula.values()[1].endswith(" = 512")


# Other views -----------------------------------------------------------------------------------------------------


def test_a_duel_has_a_formula_of_its_own(typed):
    view, formula = typed("pytorch", show=["windows", "duel"])
    view.wait("recorded", "5,3,pytorch")
    view.menu("Against").select_option("own")
    other = OwnFormula(view.root, "Your own formula to compare with")
    other.type(FORUM)
    other.told(WRONG)
    assert not formula.area.is_visible()
    said = view.root.locator(".pt-panel-duel").inner_text()
    assert "First difference: window 1 is 1:4 (PyTorch) and 2:4 (your own)." in said
    other.open(2, 3)
    view.wait("recorded", "2,3,pytorch")


def test_two_dimensions(typed):
    view, formula = typed(FORUM, "2d", n="6x8", m="4x3", window="1x1")
    assert formula.said.inner_text().startswith("values for the rows, at i = 1 of 6 → 4")
    assert formula.values()[2].endswith(f"= {bins(6, 4, FORUM)[1].stop}")
    formula.told(WRONG)
    formula.open(5, 3)
    assert "window 1 of the rows is 2:4 here" in wait_for(view, "5x5", "3x3", FORUM, "disagrees")
    assert view.slider("Input width").input_value() == "5"


def test_the_map_of_a_formula_is_painted_as_it_is_typed(follow, offline):
    follow(link_of("atlas", {"n": 14, "m": 4, "colour": "agreement", "rule": "split"}))
    atlas = Map(offline)
    atlas.menu("Rule").select_option("own")
    formula = OwnFormula(atlas.root)
    formula.type(FORUM)
    formula.told(WRONG)
    offline.locator(".pt-legend [data-class='1']", has_text="3,342").wait_for()
    chart, painted = pairs.chart("agreement", FORUM), atlas.pixels()
    colours = {tuple(map(int, painted[chart.classes == k].reshape(-1, 3)[0])) for k in (0, 1)}
    assert len(colours) == 2
    for k in (0, 1):
        assert len(np.unique(painted[chart.classes == k], axis=0)) == 1, "one colour for each class"
    formula.open(5, 3)
    assert "your own: 1 of 3 windows is wrong" in atlas.text("5 → 3")
    wait_for(Shown(offline), 5, 3, FORUM, "disagrees")
    assert offline.get_by_role("textbox", name="Your own formula", exact=True).filter(visible=True).count() == 1
