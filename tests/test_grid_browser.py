"""The 2-D explorer on the one-file page: its numbers are compared with PyTorch here; rules, code, words and colours."""

import re

import numpy as np
import pytest

from pooltutor import bins, explore2d, laws
from pooltutor.legend import THEMES
from pooltutor.live.grid import PANELS
from pooltutor.pictures import PATTERNS, pattern
from pooltutor.rules import RULES
from tests.panels import SMALLEST, as_json, opened_by, printed_by
from tests.test_words import contrast
from tests.view2d import SIDES, STICKS_OUT, assert_darker, assert_same_as_pytorch, rgb

pytestmark = pytest.mark.browser

SIZES = [
    *[((1, 1), (1, 1)), ((1, 64), (1, 7)), ((64, 1), (5, 1)), ((1, 64), (1, 64)), ((64, 1), (64, 1))],
    *[((1, 1), (64, 64)), ((1, 1), (7, 9)), ((6, 8), (4, 3)), ((5, 7), (3, 5)), ((7, 5), (5, 3)), ((8, 9), (7, 8))],
    *[((3, 4), (5, 6)), ((2, 3), (7, 11)), ((1, 7), (3, 2)), ((16, 16), (6, 7)), ((16, 16), (16, 16))],
    *[((17, 16), (4, 5)), ((16, 17), (5, 4)), ((17, 17), (16, 17)), ((16, 15), (17, 16)), ((32, 32), (16, 16))],
    *[((64, 64), (64, 64)), ((64, 63), (1, 1)), ((61, 59), (53, 47)), ((13, 29), (11, 23)), ((31, 37), (2, 3))],
    *[((6, 8), (None, 3)), ((6, 8), (4, None)), ((6, 8), (None, None)), ((64, 33), (None, 1)), ((33, 64), (7, None))],
    *[((17, 3), (None, None)), ((26, 30), (22, 22)), ((14, 4), (4, 14)), ((12, 48), (5, 13)), ((2, 64), (64, 2))],
    *[((60, 16), (6, 6)), ((64, 2), (3, 64))],
]


# Sizes ---------------------------------------------------------------------------------------------------


def test_every_displayed_number_is_pytorchs_at_38_sizes(open_grid):
    """Displayed as marks to 16 cells a side, and as pixels beyond."""
    view = open_grid(colour="gradient", upstream="random")
    for n, m in SIZES:
        view.set_sizes(n, m)
        view.wait_for(n, m)
        shown = assert_same_as_pytorch(view)
        target = tuple(size if kept is None else kept for size, kept in zip(n, m, strict=True))
        assert (shown["x"].shape[1:], shown["y"].shape[1:]) == (n, target)
        for name, size in (("input", n), ("output", target)):
            assert view.is_painted(name) == (max(size) > 16)
            assert (view.marks({"input": "x", "output": "y"}[name]) is None) == (max(size) > 16)
        for side, size, kept in zip(SIDES, target, m, strict=True):
            assert view.root.get_by_label(f"keep the {side}").is_checked() == (kept is None)
            assert view.box(f"Target {side}").input_value() == str(size)


@pytest.mark.parametrize("side", SIDES)
def test_a_side_is_kept_by_its_tick_and_let_go_by_the_slider(open_grid, side):
    view, axis = open_grid((9, 7), (4, 3)), SIDES.index(side)
    view.root.get_by_label(f"keep the {side}").check()
    kept = [(None, 3), (4, None)][axis]
    view.wait_for((9, 7), kept)
    view.slider(f"Input {side}").focus()
    view.page.keyboard.press("ArrowRight")
    larger = [(10, 7), (9, 8)][axis]
    view.wait_for(larger, kept)
    view.slider(f"Target {side}").focus()
    view.page.keyboard.press("Home")
    view.wait_for(larger, [(1, 3), (4, 1)][axis])
    assert not view.root.get_by_label(f"keep the {side}").is_checked()
    assert_same_as_pytorch(view)


# What is pooled ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("image", PATTERNS)
def test_patterns_are_the_same_in_both_languages(open_grid, image):
    view = open_grid((5, 7), (3, 5), image=image)
    for n in ((5, 7), (6, 4), (1, 1), (17, 20)):
        view.set_sizes(n, (3, 5))
        view.wait_for(n, (3, 5))
        np.testing.assert_array_equal(view.shown()["x"][0], pattern(image, *n))


def test_a_picture_comes_at_its_own_size_and_a_pattern_within_the_sliders(open_grid):
    view = open_grid()
    view.menu("Input x").select_option("photo")
    view.wait_for((128, 96), (4, 3))
    view.menu("Input x").select_option("spot")
    view.wait_for((64, 64), (4, 3))
    view.menu("Input x").select_option("digit")
    view.wait_for((16, 16), (4, 3))
    assert_same_as_pytorch(view)


@pytest.mark.parametrize(("n", "m", "image"), [((16, 16), (6, 7), "digit"), ((9, 7), (4, 5), "checkerboard")])
def test_maximum_with_ties_is_pytorchs(open_grid, n, m, image):
    """Both pictures have many equal cells: the first one in row order wins."""
    view = open_grid(n, m, image=image, kind="max", upstream="random")
    shown = assert_same_as_pytorch(view, "max")
    assert len(set(shown["x"].flat)) < shown["x"].size / 4
    rows, columns = m
    for i, j in ((0, 0), (2, 1), (rows - 1, columns - 1)):
        view.point("output", i, j)
        flat = int(shown["winners"][0, i, j])
        row, column = divmod(flat, n[1])
        cell = f"the winner is cell ({row}, {column})"
        assert view.line().endswith(f"{cell}, flat index {row}·{n[1]} + {column} = {flat}")
    marked = view.root.locator(".pt-winner").get_attribute("data-winners")
    assert {*map(int, marked.split())} == {*map(int, shown["winners"].flat)}


@pytest.mark.parametrize("colour", ["overlaps", "influence"])
def test_maps_of_the_photograph_agree_and_are_the_darker_the_larger(open_grid, colour):
    view = open_grid((128, 96), (7, 5), image="photo", colour=colour)
    rows, columns = bins(128, 7), bins(96, 5)
    counts, shares = np.outer(rows.coverage, columns.coverage), np.outer(laws.influence(128, 7), laws.influence(96, 5))
    assert_darker(view.pixels("input"), counts if colour == "overlaps" else shares)


def test_a_gradient_as_pixels_is_the_darker_the_larger(open_grid):
    view = open_grid((32, 20), (7, 6), colour="gradient")
    assert_darker(view.pixels("input"), view.shown()["grad"][0])


def test_a_map_of_maximum_shows_one_channel(open_grid):
    view = open_grid((30, 20), (4, 5), image="photo", kind="max", colour="gradient", upstream="random")
    shown = assert_same_as_pytorch(view, "max")
    assert len(shown["x"]) == 1
    assert view.menu("Channel").input_value() == "0"
    assert view.root.get_by_text(re.compile("dL/dx from .*, red$")).count() == 1
    view = open_grid((30, 20), (4, 5), image="photo", kind="max", upstream="random")
    assert len(assert_same_as_pytorch(view, "max")["x"]) == 3


# Rules ---------------------------------------------------------------------------------------------------


WRONG = [
    ("forum", (5, 7), (3, 5)),
    ("float32", (14, 26), (4, 22)),
    ("round", (6, 3), (8, 2)),
]


@pytest.mark.parametrize(("rule", "n", "m"), WRONG)
def test_a_wrong_rule_disagrees_and_names_the_window_and_its_axis(open_grid, rule, n, m):
    view = open_grid(n, m, "disagrees", rule=rule)
    claimed, true = ([bins(*size, each) for size in zip(n, m, strict=True)] for each in (rule, "pytorch"))
    wrong = [[i for i in range(m[k]) if claimed[k][i] != true[k][i]] for k in (0, 1)]
    axis = 0 if wrong[0] else 1
    i, name = wrong[axis][0], ("rows", "columns")[axis]
    said = f"window {i} of the {name} is {claimed[axis][i]} here, PyTorch's is {true[axis][i]}."
    assert said in view.status.inner_text()
    for k, name in enumerate(("row", "column")):
        if m[k] <= n[k]:  # above n bars say what each cell feeds
            bars = view.root.locator(f"[data-{name}-window]:has(.pt-wrong)")
            truth = view.root.locator(f"[data-{name}-true]")
            for marks, data in ((bars, f"data-{name}-window"), (truth, f"data-{name}-true")):
                assert sorted(int(each.get_attribute(data)) for each in marks.all()) == wrong[k]
    red = view.root.locator(".pt-wrong").first.evaluate("e => getComputedStyle(e).stroke")
    assert red == rgb(THEMES["light"]["wrong"])


@pytest.mark.parametrize(("n", "m"), [((3, 4), (5, 6)), ((6, 4), (3, 6)), ((20, 3), (17, 30))])
def test_a_rule_without_windows_says_so(open_grid, n, m):
    view = open_grid(n, m, "unchecked", rule="fixed_stride", colour="gradient", show=["windows", "code", "words"])
    undefined = RULES["fixed_stride"].undefined
    assert undefined in view.status.inner_text()
    assert undefined in view.root.locator(".pt-words").inner_text()
    assert view.root.locator(".pt-panel-code .pt-empty").inner_text() == undefined
    assert view.shown()["y"].size == 0
    assert view.root.locator(".pt-bar").count() == 0
    assert "press W" not in view.root.locator("svg").first.text_content(), "there is nothing to predict"


def test_after_moving_on_everything_is_drawn_anew(open_grid):
    view = open_grid()
    for where in ("[data-y-of='1,2']", "[data-row-window='1'] .pt-bar-text", "[data-of='0,1']"):
        view.root.locator(where).evaluate("e => { e.textContent = '77' }")
    view.wait_for((6, 8), (4, 3), verdict="disagrees")
    view.set_sizes((18, 17), (3, 5))
    view.wait_for((18, 17), (3, 5))
    view.set_sizes((6, 8), (4, 3))
    view.wait_for((6, 8), (4, 3))


def test_a_change_says_checking_at_once_and_raises_the_revision(open_grid):
    seen = open_grid().root.evaluate(
        """root => {
          const status = root.querySelector('[role=status]'), before = Number(status.dataset.rev);
          const range = root.querySelector('input[type=range]');
          range.value = 20; range.dispatchEvent(new Event('input', {bubbles: true}));
          return [status.dataset.verdict, status.dataset.for, Number(status.dataset.rev) - before];
        }"""
    )
    assert seen == ["checking", "20x8,4x3,pytorch", 1]


# Code and words ------------------------------------------------------------------------------------------


STATES = [
    {"n": (6, 8), "m": (4, 3)},
    {"n": (5, 7), "m": (3, None), "image": "checkerboard", "kind": "max", "upstream": "count"},
    {"n": (10, 20), "m": (4, 7), "image": "digit", "colour": "gradient", "upstream": "random"},
    {"n": (128, 96), "m": (5, 6), "image": "photo", "channel": 1},
    {"n": (20, 15), "m": (3, 4), "image": "photo", "kind": "max", "upstream": "spike"},
    {"n": (5, 7), "m": (3, 5), "rule": "split", "verdict": "disagrees", "image": "spot", "colour": "influence"},
    {"n": (3, 4), "m": (5, 6), "rule": "split", "verdict": "disagrees", "kind": "max", "upstream": [1, -2.5]},
]


@pytest.mark.parametrize("state", STATES, ids=lambda state: str({k: v for k, v in state.items() if k != "image"}))
def test_displayed_program_and_call_do_what_the_picture_shows(open_grid, state):
    more = {"show": ["windows", "code", "words"], "presenter": True, "window": (1, 0)}
    view = open_grid(**more, **state)
    y, grad = printed_by(view.code("torch"))
    shown = view.shown()
    np.testing.assert_allclose(y, shown["y"], rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(grad, np.broadcast_to(shown["grad"], grad.shape), rtol=1e-12, atol=1e-12)
    assert not re.search(r"undefined|NaN|\{\w", view.root.inner_text())
    n, m, *_ = state.values()
    about = {name: value for name, value in state.items() if name not in ("n", "m", "verdict")}
    assert opened_by(view.code("explore")) == as_json(explore2d(n, m, **more, **about))


def test_the_usual_is_left_out_of_the_call(open_grid):
    view = open_grid(show=["windows", "code"], m=(4, None))
    assert view.code("explore").splitlines()[-1] == 'pooltutor.explore2d((6, 8), (4, None), show=["windows", "code"])'


def test_words_tell_windows_outputs_and_who_counts_most(open_grid):
    view = open_grid((5, 7), (3, 5), show=["windows", "words"], colour="overlaps")
    assert view.root.locator(".pt-words").inner_text() == (
        "Input 5 × 7, target 3 × 5. The row windows are 0:2, 1:4, 3:5. The column windows are 0:2, 1:3, 2:5, 4:6, 5:7. "
        "Of the cells 9 are in 1, 18 are in 2, 8 are in 4. "
        f"The outputs are {', '.join(f'{y:.6g}' for y in view.shown()['y'].flat)}. "
        "No cell counts more than cell (1, 1), 5/6, and none less than cell (2, 3), 1/9; the ratio is 7.5. "
        "The cells show in how many windows each of them is, 1 to 4."
    )
    described = view.root.locator("svg.pt-picture").first.get_attribute("aria-describedby")
    assert view.root.locator(f"[id='{described}']").inner_text().startswith("Input 5 × 7")


def test_all_panels_are_named(open_grid):
    view = open_grid(show=list(PANELS))
    assert view.root.locator(".pt-words").bounding_box()["height"] > 15
    assert view.root.locator(".pt-panel-code").is_visible()


# Large print, colours ------------------------------------------------------------------------------------


STATES_OF_SIZE = [
    {"colour": "gradient", "upstream": "random"},
    {"kind": "max", "image": "digit", "n": (16, 16), "m": (6, 6)},
    {"rule": "forum", "n": (5, 7), "m": (3, 5), "verdict": "disagrees"},
    {"n": (3, 4), "m": (5, 6), "colour": "influence"},
    {"image": "photo", "n": (128, 96), "m": (7, 7)},
]


@pytest.mark.parametrize("state", STATES_OF_SIZE, ids=str)
def test_presenter_size_shows_nothing_under_20_px(open_grid, state):
    view = open_grid(presenter=True, show=list(PANELS), **state)
    assert view.root.evaluate(SMALLEST) >= 20
    outside = view.root.evaluate(STICKS_OUT)
    assert outside == []
    assert view.root.locator(".pt-folded.pt-away").bounding_box()["height"] == 0
    chosen = view.root.locator(".pt-chosen").inner_text()
    assert ("the forum's" in chosen) == ("rule" in state), "whose rule it is, where it is not PyTorch's"


INKS = """root => [...root.querySelectorAll('.pt-x2, .pt-second, .pt-times')].map((text) =>
  [text.textContent, getComputedStyle(text).fill, getComputedStyle(text).stroke])"""


def hexed(colour):
    return "#" + "".join(f"{int(part):02x}" for part in re.findall(r"\d+", colour)[:3])


@pytest.mark.parametrize("theme", THEMES)
def test_numbers_can_be_read_on_every_colour(open_grid, theme):
    view = open_grid()
    view.page.emulate_media(color_scheme=theme)
    try:
        view.root.and_(view.page.locator(f"[data-theme={theme}]")).wait_for()
        assert view.root.evaluate("root => getComputedStyle(root).backgroundColor") == rgb(THEMES[theme]["ground"])
        seen = 0
        for colour in ("values", "overlaps", "influence", "gradient"):
            view = open_grid((9, 11), (7, 6), image="digit", colour=colour, upstream="random")
            for text, ink, ground in view.root.evaluate(INKS):
                assert contrast(hexed(ink), hexed(ground)) >= 4.5, (colour, text, ink, ground)
                seen += 1
        assert seen > 4 * 9 * 11
    finally:
        view.page.emulate_media(color_scheme="light")
