"""The 1-D explorer on the one-file page: drawn, stepped, pointed at; what it displays is compared with PyTorch here."""

import re

import numpy as np
import pytest

from pooltutor.binning import bins
from pooltutor.live.numbers import PRESETS
from pooltutor.rules import RULES
from tests.view import SET_RANGE, assert_same_as_pytorch

pytestmark = pytest.mark.browser

PAIRS = [  # corners, tilings, neighbours, upsampling, primes, and where float rounding errs
    *[(1, 1), (64, 64), (1, 64), (64, 1), (14, 4), (7, 4), (5, 3), (7, 1), (7, 7), (8, 7), (1, 7), (60, 6), (6, 8)],
    *[(26, 22), (2, 1), (1, 2), (63, 64), (64, 63), (48, 13), (13, 48), (30, 22), (14, 50), (64, 32), (2, 33)],
]

# For each wrong rule the smallest size at which it is wrong, and PyTorch's windows there.
WRONG = {
    "equal_kernel": (5, 3),
    "forum": (5, 3),
    "fixed_stride": (5, 3),
    "float32": (26, 22),
    "float64_ratio": (30, 22),
    "split": (3, 2),
    "round": (3, 2),
}


@pytest.fixture
def view(open_explorer):
    """The explorer at 14 -> 4 with everything as it was at first."""
    return open_explorer()


# Sizes -----------------------------------------------------------------------------------------------------


def test_every_displayed_number_is_pytorchs_at_24_sizes(view):
    for n, m in PAIRS:
        view.set_sizes(n, m)
        view.wait("recorded", f"{n},{m},pytorch")
        assert_same_as_pytorch(view, n, m)


def test_maximum_is_pytorchs_too(view):
    view.menu("Pooling").select_option("max")
    view.menu("Input x").select_option("random")
    for n, m in [(14, 4), (7, 5), (6, 8), (33, 2)]:
        view.set_sizes(n, m)
        view.wait("recorded", f"{n},{m},pytorch")
        assert_same_as_pytorch(view, n, m, "max")


COUNT_MEASURES = """() => {
  const measure = SVGGraphicsElement.prototype.getBBox;
  window.measures = 0;
  SVGGraphicsElement.prototype.getBBox = function () { window.measures++; return measure.call(this); };
}"""


def test_a_slider_does_not_wait_for_the_layout_of_words(open_explorer):
    """To measure words lays out the whole picture: once for words of a new length, not at each step."""
    view = open_explorer(64, 31)
    view.page.evaluate(COUNT_MEASURES)
    view.slider("Target size").focus()
    for m in range(30, 19, -1):
        view.page.keyboard.press("ArrowLeft")
        view.root.locator("[data-output]").nth(m).wait_for(state="detached")
    assert view.page.evaluate("window.measures") <= 1
    assert view.root.get_by_text("m = 20, exact intervals").count() == 1


def test_words_that_were_drawn_out_of_sight_are_measured_when_they_are_seen(open_explorer):
    view = open_explorer(64, 9)
    view.page.evaluate(COUNT_MEASURES)
    picture = view.root.locator("svg.pt-picture")
    picture.evaluate("svg => { svg.style.display = 'none' }")
    view.slider("Target size").evaluate(SET_RANGE, 30)
    hidden = view.page.evaluate("window.measures")
    picture.evaluate("svg => { svg.style.display = '' }")
    view.slider("Target size").press("ArrowLeft")
    view.root.locator("[data-output]").nth(29).wait_for(state="detached")
    assert 0 < hidden < view.page.evaluate("window.measures")


def test_slider_follows_keys_and_mouse(view):
    slider = view.slider("Input size")
    slider.focus()
    for key, n in [("ArrowRight", 15), ("ArrowRight", 16), ("ArrowLeft", 15), ("Home", 1), ("End", 64)]:
        view.page.keyboard.press(key)
        view.wait("recorded", f"{n},4,pytorch")
        assert_same_as_pytorch(view, n, 4)
    box = slider.bounding_box()
    view.page.mouse.move(box["x"] + box["width"] - 8, box["y"] + box["height"] / 2)
    view.page.mouse.down()
    view.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=12)
    view.page.mouse.up()
    n = int(slider.input_value())
    assert 25 < n < 40
    view.wait("recorded", f"{n},4,pytorch")
    assert_same_as_pytorch(view, n, 4)


# Rules -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rule", WRONG)
def test_wrong_rule_disagrees_and_shows_ghosts(view, rule):
    n, m = WRONG[rule]
    view.set_sizes(n, m)
    view.menu("Rule").select_option(rule)
    sentence = view.wait("disagrees", f"{n},{m},{rule}")
    claimed, true = bins(n, m, rule), bins(n, m)
    wrong = [i for i in range(m) if claimed[i] != true[i]]
    assert f"window {wrong[0]} is {claimed[wrong[0]]} here, PyTorch's is {true[wrong[0]]}." in sentence
    shown = view.numbers()
    np.testing.assert_array_equal(shown["start"], claimed.start)
    np.testing.assert_array_equal(shown["stop"], claimed.stop)
    ghosts = view.root.locator("[data-ghost]").evaluate_all("all => all.map(g => Number(g.dataset.ghost))")
    assert sorted(ghosts) == wrong
    assert view.root.locator(".pt-bar.pt-wrong").count() == len(wrong)


@pytest.mark.parametrize("rule", ["equal_kernel", "forum"])
def test_wrong_rule_agrees_at_the_size_where_it_is_right(view, rule):
    view.menu("Rule").select_option(rule)
    view.wait("recorded", f"14,4,{rule}")
    assert view.root.locator("[data-ghost]").count() == 0


def test_rule_without_windows_says_so(view):
    view.set_sizes(3, 5)
    view.menu("Rule").select_option("fixed_stride")
    sentence = view.wait("unchecked", "3,5,fixed_stride")
    assert RULES["fixed_stride"].undefined in sentence
    assert set(view.raw()["start"]) == {""}


@pytest.mark.parametrize(("n", "m", "shared"), [(14, 4, "3 10"), (7, 5, "1 2 4 5"), (64, 17, None), (6, 8, "1 2 5 6")])
def test_shared_cells_are_marked_where_they_are(view, n, m, shared):
    """Above n it is the outputs that read two cells."""
    view.set_sizes(n, m)
    mark = view.root.locator("path.pt-shared")
    counts = bins(n, m).lengths if m > n else bins(n, m).coverage
    expected = [k for k, count in enumerate(counts) if count > 1]
    assert shared in (None, " ".join(map(str, expected)))
    assert mark.get_attribute("data-shared") == " ".join(map(str, expected))
    kind = "output" if m > n else "cell"
    first = view.mark(kind, expected[0]).bounding_box()
    box = mark.bounding_box()
    assert box["x"] == pytest.approx(first["x"], abs=4)  # insets and strokes; a cell is 8 px or wider here
    last = view.mark(kind, expected[-1]).bounding_box()
    assert box["x"] + box["width"] == pytest.approx(last["x"] + last["width"], abs=4)
    fill = mark.evaluate("path => getComputedStyle(path).fill")
    assert fill.startswith("url(") if n < 64 else fill.startswith("rgb(")


def test_cuts_run_from_the_ruler_to_the_outputs_and_diamonds_tell_lines_from_cells(view):
    assert view.root.locator(".pt-cut").get_attribute("d").count("M") == 5  # 0, 3.5, 7, 10.5, 14
    assert view.root.locator(".pt-diamond.pt-inside").get_attribute("d").count("M") == 2  # 3.5 and 10.5
    assert view.root.locator(".pt-diamond:not(.pt-inside)").get_attribute("d").count("M") == 3
    cuts, output = view.root.locator(".pt-cut").bounding_box(), view.mark("output", 0).bounding_box()
    assert cuts["x"] == pytest.approx(output["x"], abs=5)
    assert cuts["y"] < output["y"] < cuts["y"] + cuts["height"]


def test_no_cell_is_marked_as_shared_when_windows_tile(view):
    view.set_sizes(8, 4)
    assert view.root.locator(".pt-shared").count() == 0
    assert view.root.locator(".pt-sentence").text_content() == "every cut falls on a line: the windows tile"


def test_every_rule_is_in_the_menu_with_its_title(view):
    options = view.menu("Rule").locator("option").evaluate_all("all => all.map(o => [o.value, o.text])")
    own = ["own", "your own …"]
    assert options == [*([rule.name, rule.title] for rule in RULES.values()), own]


# What is displayed is what is checked -------------------------------------------------------------------------


def test_a_patched_bar_of_the_dual_picture_disagrees(open_explorer):
    """Above n the bars say which outputs a cell feeds; they are checked against the windows that are claimed."""
    for written in ("0:3", "empty", "0:2:3"):
        open_explorer(14, 4)  # with other marks, so that those of the picture are new
        view = open_explorer(6, 8)
        bar = view.root.locator("[data-feeds='0'] .pt-bar-text")
        assert bar.text_content() == "0:2"
        bar.evaluate("(text, written) => { text.textContent = written }", written)
        view.wait("disagrees", "6,8,pytorch")


def test_a_change_says_checking_at_once_and_raises_the_revision(view):
    seen = view.root.evaluate(
        """root => {
          const status = root.querySelector('[role=status]'), before = Number(status.dataset.rev);
          const range = root.querySelector('input[type=range]');
          range.value = 20; range.dispatchEvent(new Event('input', {bubbles: true}));
          return [status.dataset.verdict, status.dataset.for, Number(status.dataset.rev) - before];
        }"""
    )
    assert seen == ["checking", "20,4,pytorch", 1]


# Hidden windows ------------------------------------------------------------------------------------------------


def test_hidden_windows_give_nothing_away(view):
    view.set_sizes(5, 3)
    view.slider("Input size").focus()
    view.page.keyboard.press("w")
    assert "Your turn" in view.wait("unchecked", "5,3,pytorch")
    raw = view.raw()
    assert [set(raw[name]) for name in ("start", "stop", "y", "grad")] == [{""}] * 4
    assert raw["x"] == ["0", "1", "2", "3", "4"]
    for secret in (".pt-bar", ".pt-shared", ".pt-selected", ".pt-round", ".pt-y", ".pt-grad", "[data-ghost]"):
        assert view.root.locator(secret).count() == 0
    labels = view.root.locator("[aria-label]").evaluate_all("all => all.map(e => e.getAttribute('aria-label'))")
    words = " ".join([*labels, view.root.locator(".pt-words").inner_text(), view.line()])
    assert not re.search(r"\d:\d|stop|1\.5|2\.5", words)
    view.page.keyboard.press("w")
    view.wait("recorded", "5,3,pytorch")
    assert_same_as_pytorch(view, 5, 3)


def test_hidden_picture_has_one_height_whatever_the_windows(view):
    heights = set()
    for n in (8, 14):  # one lane, two lanes
        view.set_sizes(n, 4)
        view.show("windows", False)
        heights.add(view.root.locator("svg.pt-picture").get_attribute("height"))
        view.show("windows")
    assert len(heights) == 1


# Stepping, pointing, reading ------------------------------------------------------------------------------------


def test_line_fills_in_the_numbers_of_the_window(view):
    view.root.get_by_role("button", name="next window").click()
    assert view.line() == (
        "window i = 1 (2nd of 4) start = ⌊1·14/4⌋ = ⌊3.5⌋ = 3 stop = ⌈2·14/4⌉ = ⌈7⌉ = 7 y₁ = (3 + 4 + 5 + 6)/4 = 4.5"
    )


def test_step_buttons_and_window_slider(view):
    for name, window in [("last window", 3), ("previous window", 2), ("first window", 0), ("next window", 1)]:
        view.root.get_by_role("button", name=name).click()
        assert view.slider("Window").input_value() == str(window)
    view.slider("Window").focus()
    view.page.keyboard.press("End")
    assert view.line().startswith("window i = 3 (4th of 4)")
    view.set_sizes(14, 2)
    assert view.slider("Window").get_attribute("max") == "1"
    assert view.line().startswith("window i = 1 (2nd of 2)")


def test_play_steps_through_all_windows_and_stops(view):
    view.menu("Speed").select_option("fast")
    view.root.get_by_role("button", name="play").click()
    view.root.locator(".pt-line", has_text="4th of 4").wait_for()
    view.root.get_by_role("button", name="play").wait_for()  # it says pause while it plays


def test_hovering_an_input_cell_lights_its_partners_and_explains_its_gradient(view):
    view.mark("cell", 3).locator(".pt-cell").hover()
    assert view.line().startswith("cell 3: x₃ = 3 in windows 0, 1 y₀ = (0 + 1 + 2 + 3)/4 = 1.5 ")
    assert view.line().endswith(" dL/dx₃ = g₀/4 + g₁/4 = 1/4 + 2/4 = 0.75")
    # its box, its gradient, both windows and the outputs they make
    assert view.root.locator(".pt-active").count() == 5
    view.root.get_by_role("status").hover()
    assert view.root.locator(".pt-active").count() == 0


def test_hovering_an_output_shows_its_window(view):
    view.mark("output", 2).hover()
    assert view.line().startswith("window i = 2 (3rd of 4)")
    view.root.get_by_role("status").hover()
    assert view.line().startswith("window i = 0 (1st of 4)")


def test_click_pins_and_escape_lets_go(view):
    view.mark("cell", 10).locator(".pt-cell").click()
    view.mark("cell", 0).locator(".pt-cell").hover()
    assert view.line().startswith("cell 10:")
    assert view.mark("cell", 10).get_attribute("aria-pressed") == "true"
    view.root.get_by_role("status").hover()
    view.page.keyboard.press("Escape")
    assert not view.line().startswith("cell 10:")


def test_one_tab_stop_per_row_and_arrows_within(view):
    for kind, count in [("cell", 14), ("window", 4), ("output", 4)]:
        assert view.root.locator(f"[data-{kind}][tabindex='0']").count() == 1
        view.root.locator(f"[data-{kind}][tabindex='0']").focus()
        view.page.keyboard.press("End")
        assert view.page.evaluate(f"() => document.activeElement.dataset.{kind}") == str(count - 1)
        view.page.keyboard.press("ArrowLeft")
        assert view.page.evaluate(f"() => document.activeElement.dataset.{kind}") == str(count - 2)
        assert view.root.locator(f"[data-{kind}][tabindex='0']").count() == 1
    view.page.keyboard.press("Enter")
    assert view.slider("Window").input_value() == "2"


def test_tab_reaches_every_control_and_leaves(view):
    view.more()
    view.slider("Input size").focus()
    names = view.names_by_tab(40)
    assert "" not in names
    assert {"Target size", "Rule", "Pooling", "Example", "next window", "Window", "windows", "Input x"} <= set(names)


# Numbers of one's own ----------------------------------------------------------------------------------------------


def test_presets_are_the_same_in_both_languages(view):
    for preset in PRESETS:
        view.menu("Input x").select_option(preset)
        view.menu("Gradient dL/dy").select_option(preset)
        for n, m in [(14, 4), (64, 63)]:
            view.set_sizes(n, m)
            view.wait("recorded", f"{n},{m},pytorch")
            np.testing.assert_array_equal(view.numbers()["x"], PRESETS[preset](n))
            np.testing.assert_array_equal(view.numbers()["upstream"], PRESETS[preset](m))


def test_typed_numbers_with_nan_and_infinity(view):
    view.set_sizes(5, 3)
    view.more()
    typed = view.root.get_by_label("Input x as a list")
    typed.fill("1, nan, 3, inf 5")
    typed.press("Enter")
    view.wait("recorded", "5,3,pytorch")
    np.testing.assert_array_equal(view.numbers()["x"], [1, np.nan, 3, np.inf, 5])
    assert view.root.locator(".pt-x").all_text_contents() == ["1", "nan", "3", "inf", "5"]
    assert view.root.locator(".pt-y").all_text_contents() == ["nan", "nan", "inf"]
    assert_same_as_pytorch(view, 5, 3)


def test_typed_upstream_gradient_with_both_signs(view):
    view.more()
    typed = view.root.get_by_label("Gradient dL/dy as a list")
    typed.fill("-1, 2.5, 0, 1e3")
    typed.press("Enter")
    view.wait("recorded", "14,4,pytorch")
    assert_same_as_pytorch(view, 14, 4)
    np.testing.assert_array_equal(view.numbers()["upstream"], [-1, 2.5, 0, 1000])


def test_too_few_typed_numbers_are_filled_with_a_note(view):
    view.more()
    typed = view.root.get_by_label("Input x as a list")
    typed.fill("1 10 100")
    typed.press("Enter")
    assert view.note() == "Input x takes 14 numbers, but you gave 3; the missing ones are 0."
    view.wait("recorded", "14,4,pytorch")
    assert view.numbers()["x"].tolist() == [1, 10, 100] + [0] * 11


def test_a_word_among_the_numbers_changes_nothing(view):
    view.more()
    typed = view.root.get_by_label("Input x as a list")
    typed.fill("1, two, 3")
    typed.press("Enter")
    assert view.note() == (
        'Input x takes a list of numbers such as 1, 10, 0.5, nan or inf; "two" is not a number, so nothing has changed.'
    )
    assert typed.input_value() == "1, two, 3"  # to be mended
    assert typed.get_attribute("aria-invalid") == "true"
    assert view.numbers()["x"].tolist() == list(range(14))
