"""The 2-D explorer on the one-file page: pointing, stepping, keys, and what hidden windows give away."""

import re
from itertools import combinations

import numpy as np
import pytest

from pooltutor import bins
from tests.view2d import assert_same_as_pytorch

pytestmark = pytest.mark.browser


# Pointing, stepping, reading -----------------------------------------------------------------------------


def box_of(view, name, rows, columns):
    """Where some rows and columns of a grid are on the page: left, top, right, bottom."""
    box = view.grid(name).bounding_box()
    shape = view.shown()[{"input": "x", "output": "upstream"}[name]].shape[1:]
    down, across = box["height"] / shape[0], box["width"] / shape[1]
    left, top = box["x"] + columns[0] * across, box["y"] + rows[0] * down
    return [left, top, box["x"] + columns[1] * across, box["y"] + rows[1] * down]


def outlined(view, selector):
    """The boxes with this outline."""
    corners = "all => all.map(e => e.getBoundingClientRect()).map(b => [b.left, b.top, b.right, b.bottom])"
    return view.root.locator(selector).evaluate_all(corners)


@pytest.mark.parametrize(("n", "m"), [((6, 8), (4, 3)), ((3, 4), (5, 6)), ((20, 30), (7, 9))])
def test_a_cell_lights_the_outputs_that_it_feeds(open_grid, n, m):
    view = open_grid(n, m)
    r, c = 1, 2
    view.point("input", r, c)
    rows, columns = fed(n[0], m[0], r), fed(n[1], m[1], c)
    lit = outlined(view, ".pt-active")
    assert any(np.allclose(box, box_of(view, "input", (r, r + 1), (c, c + 1)), atol=4) for box in lit)
    assert any(np.allclose(box, box_of(view, "output", rows, columns), atol=4) for box in lit)
    assert view.line().startswith(f"cell ({r}, {c}): x = ")
    view.leave()
    assert outlined(view, ".pt-active") == []


def fed(n, m, j):
    """First and one past the last window that contains cell j."""
    inside = [i for i, b in enumerate(bins(n, m)) if b.start <= j < b.stop]
    return inside[0], inside[-1] + 1


@pytest.mark.parametrize(("n", "m"), [((6, 8), (4, 3)), ((3, 4), (5, 6)), ((20, 30), (7, 9))])
def test_an_output_shows_its_window_and_its_exact_rectangle(open_grid, n, m):
    view = open_grid(n, m)
    i, j = 3, 1
    view.point("output", i, j)
    rows, columns = bins(n[0], m[0])[i], bins(n[1], m[1])[j]
    selected = outlined(view, ".pt-selected")
    assert any(np.allclose(box, box_of(view, "input", rows, columns), atol=4) for box in selected)
    assert any(np.allclose(box, box_of(view, "output", (i, i + 1), (j, j + 1)), atol=4) for box in selected)
    (exact,) = outlined(view, ".pt-exact")
    sides = [(k * size / target, (k + 1) * size / target) for k, size, target in zip((i, j), n, m, strict=True)]
    assert np.allclose(exact, box_of(view, "input", *sides), atol=4)
    assert view.line().startswith(f"output ({i}, {j}) rows")
    view.leave()
    assert view.line().startswith("output (0, 0)")


NUMBERS = """root => {
  const stage = root.querySelector('.pt-stage').getBoundingClientRect();
  return [...root.querySelectorAll('.pt-stage .pt-number')].map((e) => {
    const { left, right, top, bottom } = e.getBoundingClientRect();
    return [e.textContent, left - stage.left, right - stage.left, top, bottom];
  });
}"""


@pytest.mark.parametrize(("n", "m"), [((6, 8), (4, 3)), ((63, 61), (22, 11)), ((64, 64), (21, 19))])
def test_the_numbers_of_cuts_have_the_room_that_they_need(open_grid, n, m):
    view = open_grid(n, m)
    numbers = view.root.evaluate(NUMBERS)
    assert {bins(n[0], m[0]).cut_text(i) for i in range(m[0] + 1)} <= {text for text, *_ in numbers}
    assert all(left >= 0 for _, left, *_ in numbers)
    for (_, left, right, top, bottom), (_, *other) in combinations(numbers, 2):
        beside = right < other[0] or other[1] < left
        assert beside or bottom < other[2] + 3 or other[3] < top + 3


def test_lines_fill_in_the_numbers(open_grid):
    view = open_grid(upstream="count", window=(1, 1))
    assert view.line() == (
        "output (1, 1) rows ⌊1.5⌋:⌈3⌉ = 1:3 × columns ⌊8/3⌋:⌈16/3⌉ = 2:6 2 × 4 = 8 cells "
        "y = (10 + 11 + 12 + … + 20 + 21)/8 = 15.5"
    )
    view.point("input", 1, 2)
    assert view.line() == (
        "cell (1, 2): x = 10 in 2 × 2 = 4 windows: rows 0, 1, columns 0, 1 influence 1 · 7/12 = 7/12 "
        "dL/dx = 1/6 + 2/8 + 4/6 + 5/8 = 1.70833"
    )


@pytest.mark.parametrize("name", ["input", "output"])
def test_click_pins_and_escape_lets_go(open_grid, name):
    """Also where nothing had the focus before: the keys after a click are the view's."""
    view = open_grid()
    view.page.evaluate("() => document.activeElement.blur()")
    title = {"input": "cell", "output": "output"}[name]
    view.point(name, 1, 2, press=True)
    view.point(name, 0, 0)
    assert view.line().startswith(f"{title} (1, 2)")
    view.page.keyboard.press("Escape")
    view.point(name, 0, 1)
    assert view.line().startswith(f"{title} (0, 1)")


@pytest.mark.parametrize(("name", "size"), [("input", (6, 8)), ("output", (4, 3))])
def test_keys_move_within_a_grid_and_say_where(open_grid, name, size):
    view = open_grid()
    grid = view.grid(name)
    grid.focus()
    for key in ("PageUp", "Home"):  # where it may have been left
        view.page.keyboard.press(key)
    rows, columns = size
    title = "cell" if name == "input" else "output"
    for key, place in [
        *[("ArrowRight", (0, 1)), ("ArrowDown", (1, 1)), ("End", (1, columns - 1)), ("ArrowRight", (1, columns - 1))],
        *[("PageDown", (rows - 1, columns - 1)), ("ArrowUp", (rows - 2, columns - 1)), ("Home", (rows - 2, 0))],
        *[("ArrowLeft", (rows - 2, 0)), ("PageUp", (0, 0)), ("ArrowDown", (1, 0))],
    ]:
        view.page.keyboard.press(key)
        text = grid.get_attribute("aria-valuetext")
        assert text.startswith(f"{title} ({place[0]}, {place[1]})"), key
        assert " ".join(text.replace("; ", " ").split()) == view.line()
        assert grid.get_attribute("aria-valuenow") == str(place[0] * columns + place[1] + 1)
    assert grid.get_attribute("aria-valuemax") == str(rows * columns)
    view.page.keyboard.press("Enter")
    if name == "output":
        assert view.slider("Window").input_value() == str(columns)
    view.point(name, 3, 2)
    view.page.keyboard.press("ArrowRight")  # it takes the pin along
    assert view.line().startswith(f"{title} (1, 1)")
    view.page.keyboard.press("Escape")
    view.point(name, 2, 1)
    assert view.line().startswith(f"{title} (2, 1)")


def test_a_screen_reader_hears_the_new_picture_where_its_cursor_was(open_grid):
    view = open_grid(upstream="count")
    view.grid("input").focus()
    view.page.keyboard.press("PageDown")
    view.page.keyboard.press("End")
    view.set_sizes((4, 5), (4, 3))
    view.wait_for((4, 5), (4, 3))
    assert view.grid("input").get_attribute("aria-valuetext").startswith("cell (3, 4): x = 19; in one window")


def test_tab_reaches_every_control_once_and_leaves(open_grid):
    view = open_grid(show=["windows", "code"], colour="gradient", image="photo", more=True)
    view.slider("Input height").focus()
    names = view.names_by_tab(50)
    assert "" not in names
    assert len(set(names)) == len(names)
    assert [name for name in names if name in ("input cells", "outputs")] == ["input cells", "outputs"]
    expected = {"Input width", "Target height", "Target width", "keep the height", "keep the width", "Rule", "Pooling"}
    expected |= {"Example", "Input x", "Channel", "Cells show", "Gradient dL/dy", "open an image file of your own"}
    expected |= {"next output", "Window", "windows", "code", "words", "presenter size", "more controls"}
    expected |= {"copy the PyTorch code"}
    assert expected <= set(names)


def test_steps_go_in_row_order(open_grid):
    view = open_grid()
    button = lambda name: view.root.get_by_role("button", name=name)  # noqa: E731
    for name, place in [("last output", (3, 2)), ("previous output", (3, 1)), ("first output", (0, 0))]:
        button(name).click()
        assert view.line().startswith(f"output {place}")
    for place in [(0, 1), (0, 2), (1, 0)]:
        button("next output").click()
        assert view.line().startswith(f"output {place}")
    for key, place in [("ArrowDown", (2, 0)), ("ArrowRight", (2, 1)), ("ArrowUp", (1, 1)), ("End", (3, 2))]:
        view.page.keyboard.press(key)  # on a button
        assert view.line().startswith(f"output {place}")
    view.slider("Window").focus()
    view.page.keyboard.press("ArrowLeft")
    assert view.line().startswith("output (3, 1)")
    assert view.slider("Window").get_attribute("max") == "11"
    view.set_sizes((6, 8), (2, 1))
    assert view.line().startswith("output (1, 0)")
    view.wait_for((6, 8), (2, 1))


def test_play_steps_through_all_outputs_and_stops(open_grid):
    view = open_grid(m=(2, 2), window=(0, 1))
    view.root.evaluate(
        """root => {
          const line = root.querySelector('.pt-line');
          root.lines = [];
          new MutationObserver(() => root.lines.push(line.firstChild.textContent)).observe(line, {childList: true});
        }"""
    )
    view.menu("Speed").select_option("fast")
    view.root.get_by_role("button", name="play").click()
    view.root.locator(".pt-line", has_text="output (1, 1)").wait_for()
    view.root.get_by_role("button", name="play").wait_for()  # it says pause while it plays
    lines = view.root.evaluate("root => root.lines")
    assert sorted(set(lines), key=lines.index)[-2:] == ["output (1, 0)", "output (1, 1)"]


# Hidden windows ------------------------------------------------------------------------------------------


SECRETS = ["row-window", "column-window", "row-feeds", "row-true", "shared-row", "times-of", "y-of", "winner", "won-of"]


def test_hidden_windows_give_nothing_away(open_grid):
    """The hidden picture is the same whatever the rule and the colours: nothing in it can depend on a window."""
    for n, m, image in [((5, 7), (3, 5), "ramp"), ((20, 30), (17, 3), "photo"), ((3, 4), (5, 6), "ramp")]:
        pictures = set()
        for state in ({}, {"rule": "split"}, {"colour": "overlaps"}, {"colour": "gradient", "rule": "round"}):
            view = open_grid(n, m, "unchecked", image=image, show=["words"], **state)
            assert "Your turn" in view.status.inner_text()
            pictures.add(view.root.locator(".pt-stage").evaluate("stage => stage.outerHTML"))
            assert [view.shown()[name].size for name in ("y", "grad", "winners")] == [0, 0, 0]
            assert view.pixels("output") is None
        assert len(pictures) == 1, [*map(len, pictures)]
        for secret in SECRETS:
            assert view.root.locator(f"[data-{secret}]").count() == 0
        for secret in (".pt-bar", ".pt-selected", ".pt-exact", ".pt-winner", ".pt-wrong"):
            assert view.root.locator(secret).count() == 0
        assert set(view.root.locator("[data-y]").evaluate_all("all => all.map(e => e.dataset.y)")) <= {""}
        assert set(view.root.locator("[data-grad]").evaluate_all("all => all.map(e => e.dataset.grad)")) <= {""}
        view.point("input", 1, 2)
        view.grid("output").focus()
        view.page.keyboard.press("End")
        spoken = view.root.locator("[aria-valuetext]").evaluate_all("all => all.map(e => e.ariaValueText).join()")
        told = spoken + view.line() + view.root.locator(".pt-words").inner_text() + view.root.inner_text()
        assert not re.search(r"\d:\d|⌊|dL/dx|influence \d|×[24]", told)


def test_w_and_the_switch_hide_and_show(open_grid):
    view = open_grid((5, 7), (3, 5), kind="max")
    view.grid("output").focus()
    view.page.keyboard.press("w")
    assert "Your turn. The windows are checked" in view.wait_for((5, 7), (3, 5), verdict="unchecked")
    assert view.root.locator(".pt-why").is_visible() is False
    view.show("windows")
    view.wait_for((5, 7), (3, 5))
    assert_same_as_pytorch(view, "max")
    view.show("windows", False)
    view.wait_for((5, 7), (3, 5), verdict="unchecked")
    assert view.shown()["y"].size == 0


def test_code_of_another_rule_is_hidden_with_the_windows(open_grid):
    view = open_grid((5, 7), (3, 5), "unchecked", rule="forum", show=["code"])
    assert view.root.locator("[data-code]").count() == 0
    assert view.root.locator(".pt-panel-code .pt-empty").inner_text() == "Hidden until you show the windows."
