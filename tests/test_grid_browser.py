"""The 2-D explorer in real JupyterLab: what it displays is compared with PyTorch, here and by the view itself."""

import io
import json
import os
import re
from contextlib import redirect_stdout
from itertools import combinations

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from PIL import Image

from pooltutor import bins, explore2d, laws
from pooltutor.binning import RULES
from pooltutor.legend import THEMES
from pooltutor.live.grid import LOCKS, PANELS, Explorer2d
from pooltutor.pictures import LARGEST_FILE, PATTERNS, pattern, picture, read_picture
from pooltutor.words import load
from tests.panels import SMALLEST
from tests.test_pictures import png, saved
from tests.test_words import contrast
from tests.view2d import SIDES, View2d

pytestmark = pytest.mark.browser
WORDS = load()["grid"]

# Corners, thin grids, what is kept, the limit of marks and pixels, upsampling, primes: 38 pairs of pairs.
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


OPEN = """import json
import numpy as np
from numpy import inf, nan
import pooltutor
view = pooltutor.explore2d()
view"""


def statement(name: str, value) -> str:
    """Code that gives the kernel's view a part of a state; a picture of one's own is opened, not set."""
    if isinstance(value, np.ndarray):
        return f"view.open_{name}(np.array({value.tolist()}, '{value.dtype}'))"
    return f"view.{name} = {value!r}"


@pytest.fixture(scope="module")
def lab_view(notebook):
    """One page with one explorer that nearly all tests of this file share, and its kernel."""
    page = notebook(OPEN, name="grid.ipynb")
    view = View2d(page.page)
    view.wait_for((6, 8), (4, 3))
    yield page, view, page.lab.python("grid.ipynb")
    page.clean()


@pytest.fixture
def python(lab_view):
    return lab_view[2]


@pytest.fixture
def open_view(lab_view):
    """Set the shared explorer's state from Python, the usual one if nothing else is said, and wait for its verdict."""
    _, view, python = lab_view

    def opened(n=(6, 8), m=(4, 3), verdict="agrees", **state):
        state = {**Explorer2d.usual, "input_size": n, "target_size": m, **state}
        view.root.locator("[role=status]:not([data-verdict=checking])").wait_for()
        view.slider("Input height").focus()
        view.page.keyboard.press("Escape")
        view.page.mouse.move(2, 2)
        # The upstream gradient changes first and last, so that a verdict about the whole state is a new one.
        first = {"verdict": "checking", "upstream": "0.25", "window": (0, 0)}
        last = {name: state.pop(name) for name in ("window", "upstream")}
        given = [*first.items(), *state.items(), *last.items()]
        python("\n".join(statement(name, value) for name, value in given))
        view.settled(python, verdict)
        view.wait_for(n, m, state["rule"], verdict)
        return view

    return opened


def pytorch_numbers(shown: dict, kind: str) -> dict[str, np.ndarray]:
    """Outputs, gradients and winners asked of PyTorch directly, without any of pooltutor's code."""
    x, upstream = torch.tensor(shown["x"]).requires_grad_(), torch.tensor(shown["upstream"])
    size = upstream.shape[-2:]
    pooled = F.adaptive_avg_pool2d(x, size) if kind == "avg" else F.adaptive_max_pool2d(x, size, return_indices=True)
    y, *winners = [pooled] if kind == "avg" else pooled
    y.backward(upstream.expand_as(y))
    found = {"y": y.detach(), "grad": x.grad, **({"winners": winners[0]} if winners else {})}
    return {name: tensor.numpy() for name, tensor in found.items()}


def assert_same_as_pytorch(view: View2d, kind: str = "avg") -> dict[str, np.ndarray]:
    """Compare all that is displayed with PyTorch, and attributes with what the view says; return the latter."""
    shown = view.shown()
    true = pytorch_numbers(shown, kind)
    assert shown["y"].shape == true["y"].shape
    np.testing.assert_allclose(shown["y"], true["y"], rtol=1e-12, atol=1e-12)
    assert len(shown["grad"]) == (1 if kind == "avg" else len(shown["x"])), "averages: one gradient for all channels"
    grad = np.broadcast_to(shown["grad"], true["grad"].shape)
    np.testing.assert_allclose(grad, true["grad"], rtol=1e-12, atol=1e-12)
    if kind == "max":
        np.testing.assert_array_equal(shown["winners"], true["winners"])
    for name in ("x", "grad", "y", "upstream"):
        marked = view.marks(name)
        if marked is not None:
            np.testing.assert_array_equal(marked, shown[name], err_msg=name)
    return shown


# Sizes -----------------------------------------------------------------------------------------------------


def test_first_screen_says_the_promised_sentence(open_view):
    view = open_view()
    version = torch.__version__.split("+")[0]
    assert view.wait_for((6, 8), (4, 3)) == (
        f"Same numbers as PyTorch {version}. 7 windows, 12 outputs, 48 gradients, 48 overlap counts compared; "
        "largest difference 0."
    )
    assert_same_as_pytorch(view)
    times = view.root.locator("[data-times-of]").all_text_contents()
    assert (times.count("×2"), times.count("×4"), len(times)) == (20, 4, 24)


def test_every_displayed_number_is_pytorchs_at_38_sizes(open_view):
    """Displayed as marks to 16 cells a side, and as pixels beyond."""
    view = open_view(colour="gradient", upstream="random")
    for n, m in SIZES:
        view.set_sizes(n, m)
        sentence = view.wait_for(n, m)
        shown = assert_same_as_pytorch(view)
        target = tuple(size if kept is None else kept for size, kept in zip(n, m, strict=True))
        assert (shown["x"].shape[1:], shown["y"].shape[1:]) == (n, target)
        assert f"{sum(target)} windows, " in sentence
        for name, size in (("input", n), ("output", target)):
            assert (view.pixels(name) is None) == (max(size) <= 16)
            assert (view.marks({"input": "x", "output": "y"}[name]) is None) == (max(size) > 16)
        for side, size, kept in zip(SIDES, target, m, strict=True):
            assert view.root.get_by_label(f"keep the {side}").is_checked() == (kept is None)
            assert view.box(f"Target {side}").input_value() == str(size)


@pytest.mark.parametrize("side", SIDES)
def test_a_side_is_kept_by_its_tick_and_let_go_by_the_slider(open_view, side):
    view, axis = open_view((9, 7), (4, 3)), SIDES.index(side)
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


def test_typed_sizes_are_clamped_with_a_note_or_fetched_from_the_kernel(open_view, python):
    view = open_view()

    def typed(name, text):
        view.box(name).fill(text)
        view.box(name).press("Enter")

    typed("Input height", "200")
    view.wait_for((200, 8), (4, 3))
    assert_same_as_pytorch(view)
    typed("Input width", "300")
    view.wait_for((200, 256), (4, 3))
    assert view.note() == "Input width takes whole numbers from 1 to 256; 300 became 256."
    typed("Target height", "100")
    view.wait_for((200, 256), (64, 3))
    assert view.note() == "Target height takes whole numbers from 1 to 64; 100 became 64."
    view.root.get_by_label("keep the width").check()
    view.wait_for((200, 256), (64, None))
    assert_same_as_pytorch(view)
    typed("Input width", "")
    assert view.note() == "Input width takes whole numbers from 1 to 256; nothing has changed."
    view.settled(python, "agrees")
    assert python("view.input_size, view.target_size") == "((200, 256), (64, None))"


def test_examples_open_their_sizes_and_say_why(open_view):
    view = open_view()
    values = view.menu("Example").locator("option").evaluate_all("all => all.map(o => o.value).filter(v => v)")
    assert len(values) == len(WORDS["grid_examples"])
    for value, example in zip(values, WORDS["grid_examples"], strict=True):
        view.menu("Example").select_option(value)
        view.wait_for(example["input"], example["target"])
        assert view.menu("Input x").input_value() == example["image"]
        view.root.locator(".pt-why", has_text=example["why"]).wait_for()
        assert view.menu("Example").input_value() == value
        assert_same_as_pytorch(view)


# What is pooled --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("image", PATTERNS)
def test_patterns_are_the_same_in_both_languages(open_view, image):
    view = open_view((5, 7), (3, 5), image=image)
    for n in ((5, 7), (6, 4), (1, 1), (17, 20)):
        view.set_sizes(n, (3, 5))
        view.wait_for(n, (3, 5))
        np.testing.assert_array_equal(view.shown()["x"][0], pattern(image, *n))


@pytest.mark.parametrize("image", ["digit", "photo"])
def test_a_smaller_input_cuts_a_picture_and_a_larger_one_fills_it_up(open_view, image):
    whole = picture(image).reshape(*picture(image).shape[:2], -1)
    for n in ((10, 20), (130, 20)):
        view = open_view(n, (4, 3), image=image)
        expected = np.zeros((*n, whole.shape[-1]))
        part = whole[: n[0], : n[1]]
        expected[: part.shape[0], : part.shape[1]] = part
        np.testing.assert_array_equal(view.shown()["x"], np.moveaxis(expected, -1, 0))


def test_a_picture_comes_at_its_own_size_and_a_pattern_within_the_sliders(open_view):
    view = open_view()
    view.menu("Input x").select_option("photo")
    view.wait_for((128, 96), (4, 3))
    view.menu("Input x").select_option("spot")
    view.wait_for((64, 64), (4, 3))
    view.menu("Input x").select_option("digit")
    view.wait_for((16, 16), (4, 3))
    assert_same_as_pytorch(view)


@pytest.mark.parametrize(("n", "m", "image"), [((16, 16), (6, 7), "digit"), ((9, 7), (4, 5), "checkerboard")])
def test_maximum_with_ties_is_pytorchs(open_view, n, m, image):
    """Both pictures have many equal cells: the first one in row order wins."""
    view = open_view(n, m, image=image, kind="max", upstream="random")
    shown = assert_same_as_pytorch(view, "max")
    assert len(set(shown["x"].flat)) < shown["x"].size / 4
    rows, columns = m
    assert f"{rows * columns} winners" in view.status.inner_text()
    for i, j in ((0, 0), (2, 1), (rows - 1, columns - 1)):
        view.point("output", i, j)
        flat = int(shown["winners"][0, i, j])
        row, column = divmod(flat, n[1])
        cell = f"the winner is cell ({row}, {column})"
        assert view.line().endswith(f"{cell}, flat index {row}·{n[1]} + {column} = {flat}")
    marked = view.root.locator(".pt-winner").get_attribute("data-winners")
    assert {*map(int, marked.split())} == {*map(int, shown["winners"].flat)}


BOUNDLESS = [
    [[1, -np.inf], [2, 3], [4, 5]],
    [[np.inf, np.inf]],
    [[np.nan, np.nan]],
    [[1e20], [1e20]],
    [[-1e308, 1e308]],
]


@pytest.mark.parametrize("x", BOUNDLESS, ids=str)
def test_infinity_and_nan_have_a_colour_too(open_view, x):
    view = open_view(np.shape(x), (1, 1), image=np.array(x, float))
    assert_same_as_pytorch(view)
    assert view.root.locator("[data-cell]").count() == np.size(x)


def test_maximum_of_upsampling_and_of_nan(open_view):
    x = np.array([[1, np.nan, 3], [np.nan, 0, 2]])
    view = open_view((2, 3), (3, 2), image=x, kind="max", colour="gradient", upstream="count")
    assert_same_as_pytorch(view, "max")


# A photograph ----------------------------------------------------------------------------------------------


def test_every_channel_of_the_photograph_is_pytorchs_and_its_pixels_are_its_numbers(open_view):
    view = open_view((128, 96), (64, None), image="photo")
    shown = assert_same_as_pytorch(view)
    assert len(shown["x"]) == len(shown["y"]) == 3
    np.testing.assert_array_equal(view.pixels("input"), picture("photo"))
    assert np.abs(view.pixels("output") - np.moveaxis(shown["y"], 0, -1)).max() <= 0.51  # rounded to whole shades
    assert f"{3 * 64 * 96} outputs" in view.status.inner_text()


def test_one_channel_is_grey_and_all_have_their_places_in_the_claim(open_view):
    view = open_view((128, 96), (7, 7), image="photo")
    view.menu("Channel").select_option("green")
    sentence = view.wait_for((128, 96), (7, 7))
    assert "49 outputs" in sentence
    shown = assert_same_as_pytorch(view)
    np.testing.assert_array_equal(shown["x"], picture("photo")[None, ..., 1])
    assert (np.ptp(view.pixels("input"), axis=-1) == 0).all()
    view.menu("Channel").select_option("all")
    assert f"{3 * 49} outputs" in view.wait_for((128, 96), (7, 7))


@pytest.mark.parametrize(("colour", "counted"), [("overlaps", "overlap counts"), ("influence", "influences")])
def test_maps_of_the_photograph_agree_and_are_what_they_are_called(open_view, colour, counted):
    view = open_view((128, 96), (7, 5), image="photo", colour=colour)
    assert f"{128 * 96} {counted}" in view.status.inner_text()
    rows, columns = bins(128, 7), bins(96, 5)
    counts, shares = np.outer(rows.coverage, columns.coverage), np.outer(laws.influence(128, 7), laws.influence(96, 5))
    assert_darker(view.pixels("input"), counts if colour == "overlaps" else shares)


def assert_darker(pixels, numbers):
    """Larger numbers are painted darker, equal ones alike, and different ones differently."""
    painted = pixels.sum(-1)
    order = np.argsort(numbers, axis=None)
    assert (np.diff(painted.flat[order]) <= 0).all()
    assert len(np.unique(painted)) == len(np.unique(numbers.round(12))) > 2


def test_a_gradient_as_pixels_is_the_darker_the_larger(open_view):
    view = open_view((32, 20), (7, 6), colour="gradient")
    assert_darker(view.pixels("input"), view.shown()["grad"][0])


def test_a_map_of_maximum_shows_one_channel(open_view):
    view = open_view((30, 20), (4, 5), image="photo", kind="max", colour="gradient", upstream="random")
    shown = assert_same_as_pytorch(view, "max")
    assert len(shown["x"]) == 1
    assert view.menu("Channel").input_value() == "0"
    assert view.root.get_by_text(re.compile("dL/dx from .*, red$")).count() == 1
    view = open_view((30, 20), (4, 5), image="photo", kind="max", upstream="random")
    assert len(assert_same_as_pytorch(view, "max")["x"]) == 3


# Pointing, stepping, reading --------------------------------------------------------------------------------


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
def test_a_cell_lights_the_outputs_that_it_feeds(open_view, n, m):
    view = open_view(n, m)
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
def test_an_output_shows_its_window_and_its_exact_rectangle(open_view, n, m):
    view = open_view(n, m)
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
def test_the_numbers_of_cuts_have_the_room_that_they_need(open_view, n, m):
    view = open_view(n, m)
    numbers = view.root.evaluate(NUMBERS)
    assert {bins(n[0], m[0]).cut_text(i) for i in range(m[0] + 1)} <= {text for text, *_ in numbers}
    assert all(left >= 0 for _, left, *_ in numbers)
    for (_, left, right, top, bottom), (_, *other) in combinations(numbers, 2):
        beside = right < other[0] or other[1] < left
        assert beside or bottom < other[2] + 3 or other[3] < top + 3


def test_lines_fill_in_the_numbers(open_view):
    view = open_view(upstream="count", window=(1, 1))
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
def test_click_pins_and_escape_lets_go(open_view, name):
    """Also where nothing had the focus before: the keys after a click are the view's."""
    view = open_view()
    view.page.evaluate("() => document.activeElement.blur()")
    title = {"input": "cell", "output": "output"}[name]
    view.point(name, 1, 2, press=True)
    view.point(name, 0, 0)
    assert view.line().startswith(f"{title} (1, 2)")
    view.page.keyboard.press("Escape")
    view.point(name, 0, 1)
    assert view.line().startswith(f"{title} (0, 1)")


def test_jupyterlab_takes_no_key_from_the_view(open_view, lab_view):
    page, view, _ = lab_view
    open_view()
    cells = page.page.locator(".jp-Notebook .jp-Cell").count()
    view.slider("Input width").focus()
    for key in ["ArrowRight", "ArrowDown", "b", "x", "a", "d", "d", "ArrowUp", "ArrowRight"]:
        page.page.keyboard.press(key)
    view.wait_for((6, 10), (4, 3))
    for name in ("input", "output"):
        view.grid(name).focus()
        for key in ["ArrowRight", "b", "x", "ArrowDown", "d", "d"]:
            page.page.keyboard.press(key)
        assert page.page.evaluate("() => document.activeElement.dataset.grid") == name
    view.point("output", 0, 0, press=True)
    page.page.keyboard.press("b")
    assert page.page.locator(".jp-Notebook .jp-Cell").count() == cells


@pytest.mark.parametrize(("name", "size"), [("input", (6, 8)), ("output", (4, 3))])
def test_keys_move_within_a_grid_and_say_where(open_view, name, size):
    view = open_view()
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


def test_a_screen_reader_hears_the_new_picture_where_its_cursor_was(open_view):
    view = open_view(upstream="count")
    view.grid("input").focus()
    view.page.keyboard.press("PageDown")
    view.page.keyboard.press("End")
    view.set_sizes((4, 5), (4, 3))
    view.wait_for((4, 5), (4, 3))
    assert view.grid("input").get_attribute("aria-valuetext").startswith("cell (3, 4): x = 19; in one window")


def test_tab_reaches_every_control_once_and_leaves(open_view):
    view = open_view(show=["windows", "code"], colour="gradient", image="photo")
    view.slider("Input height").focus()
    names = []
    for _ in range(50):
        view.page.keyboard.press("Tab")
        inside, name = view.page.evaluate(
            "() => { const e = document.activeElement; return [!!e.closest('.pooltutor'),"
            " e.getAttribute('aria-label') ?? e.labels?.[0]?.textContent ?? ''] }"
        )
        if not inside:
            break
        names.append(name)
    else:
        raise AssertionError("the focus never left the view")
    assert "" not in names
    assert len(set(names)) == len(names)
    assert [name for name in names if name in ("input cells", "outputs")] == ["input cells", "outputs"]
    expected = {"Input width", "Target height", "Target width", "keep the height", "keep the width", "Rule", "Pooling"}
    expected |= {"Example", "Input x", "Channel", "Cells show", "Gradient dL/dy", "open an image file of your own"}
    expected |= {"next output", "Window", "windows", "code", "words", "presenter size", "copy the PyTorch code"}
    assert expected <= set(names)


def test_steps_go_in_row_order(open_view):
    view = open_view()
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


def test_play_steps_through_all_outputs_and_stops(open_view):
    view = open_view(m=(2, 2), window=(0, 1))
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


# Hidden windows --------------------------------------------------------------------------------------------

SECRETS = ["row-window", "column-window", "row-feeds", "row-true", "shared-row", "times-of", "y-of", "winner", "won-of"]


def test_hidden_windows_give_nothing_away(open_view):
    """The hidden picture is the same whatever the rule and the colours: nothing in it can depend on a window."""
    for n, m, image in [((5, 7), (3, 5), "ramp"), ((20, 30), (17, 3), "photo"), ((3, 4), (5, 6), "ramp")]:
        pictures = set()
        for state in ({}, {"rule": "split"}, {"colour": "overlaps"}, {"colour": "gradient", "rule": "round"}):
            view = open_view(n, m, "unchecked", image=image, show=["words"], **state)
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


def test_w_and_the_switch_hide_and_show(open_view):
    view = open_view((5, 7), (3, 5), kind="max")
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


def test_code_of_another_rule_is_hidden_with_the_windows(open_view):
    view = open_view((5, 7), (3, 5), "unchecked", rule="forum", show=["code"])
    assert view.root.locator("[data-code]").count() == 0
    assert view.root.locator(".pt-panel-code .pt-veil").inner_text() == "Hidden until you show the windows."


# Rules -----------------------------------------------------------------------------------------------------


WRONG = [
    ("forum", (5, 7), (3, 5)),
    ("float32", (14, 26), (4, 22)),
    ("round", (6, 3), (8, 2)),
]


@pytest.mark.parametrize(("rule", "n", "m"), WRONG)
def test_a_wrong_rule_disagrees_and_names_the_window_and_its_axis(open_view, rule, n, m):
    view = open_view(n, m, "disagrees", rule=rule)
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


def rgb(colour: str) -> str:
    return f"rgb({', '.join(str(int(colour[k : k + 2], 16)) for k in (1, 3, 5))})"


@pytest.mark.parametrize(("n", "m"), [((3, 4), (5, 6)), ((6, 4), (3, 6)), ((20, 3), (17, 30))])
def test_a_rule_without_windows_says_so(open_view, n, m):
    view = open_view(n, m, "unchecked", rule="fixed_stride", colour="gradient", show=["windows", "code", "words"])
    undefined = RULES["fixed_stride"].undefined
    assert undefined in view.status.inner_text()
    assert undefined in view.root.locator(".pt-words").inner_text()
    assert view.root.locator(".pt-panel-code .pt-veil").inner_text() == undefined
    assert view.shown()["y"].size == 0
    assert view.root.locator(".pt-bar").count() == 0
    assert "press W" not in view.root.locator("svg").first.text_content(), "there is nothing to predict"


# What is displayed is what is checked ----------------------------------------------------------------------


def test_a_pixel_of_another_colour_disagrees(open_view):
    """The one-file page tries both canvases in all colours."""
    view = open_view((20, 30), (17, 19), colour="gradient")
    view.root.locator("canvas").first.evaluate(
        """canvas => {
          const paper = canvas.getContext('2d');
          paper.fillStyle = '#fe0102';
          paper.fillRect(3, 5, 1, 1);
          canvas.dataset.touched = 'yes';  // painting is no event
        }"""
    )
    assert "5, 3" in view.wait_for((20, 30), (17, 19), verdict="disagrees")
    view.set_sizes((21, 30), (17, 19))
    view.wait_for((21, 30), (17, 19))


def test_after_moving_on_everything_is_drawn_anew(open_view):
    view = open_view()
    for where in ("[data-y-of='1,2']", "[data-row-window='1'] .pt-bar-text", "[data-of='0,1']"):
        view.root.locator(where).evaluate("e => { e.textContent = '77' }")
    view.wait_for((6, 8), (4, 3), verdict="disagrees")
    view.set_sizes((18, 17), (3, 5))
    view.wait_for((18, 17), (3, 5))
    view.set_sizes((6, 8), (4, 3))
    view.wait_for((6, 8), (4, 3))


def test_a_change_says_checking_at_once_and_raises_the_revision(open_view):
    seen = open_view().root.evaluate(
        """root => {
          const status = root.querySelector('[role=status]'), before = Number(status.dataset.rev);
          const range = root.querySelector('input[type=range]');
          range.value = 20; range.dispatchEvent(new Event('input', {bubbles: true}));
          return [status.dataset.verdict, status.dataset.for, Number(status.dataset.rev) - before];
        }"""
    )
    assert seen == ["checking", "20x8,4x3,pytorch", 1]


# An image of one's own -------------------------------------------------------------------------------------

RANDOM = np.random.default_rng(11)
GREY, COLOUR = (RANDOM.integers(0, 256, shape, dtype=np.uint8) for shape in ((20, 30), (100, 200, 3)))
WIDE = np.stack([*np.indices((400, 600)) // 3, np.full((400, 600), 99)], -1).astype(np.uint8)  # kind to JPEG


def file(name, data):
    return {"name": name, "mimeType": "application/octet-stream", "buffer": data}


@pytest.mark.parametrize(
    ("name", "data", "pixels"),
    [("grey.png", saved(GREY), GREY), ("colour.png", saved(COLOUR), COLOUR), ("wide.jpg", saved(WIDE, "JPEG"), None)],
)
def test_an_own_image_is_pooled(open_view, python, name, data, pixels):
    view = open_view()
    view.choose(file(name, data))
    size = (170, 256) if pixels is None else pixels.shape[:2]
    view.wait_for(size, (4, 3))
    assert view.note() == f"{name}: {size[0]} × {size[1]} pixels are pooled. The file stays on this computer."
    shown = assert_same_as_pytorch(view)
    assert view.menu("Input x").input_value() == "own"
    if pixels is not None:
        np.testing.assert_array_equal(np.moveaxis(shown["x"], 0, -1), pixels.reshape(*size, -1))
        np.testing.assert_array_equal(view.pixels("input"), np.broadcast_to(pixels.reshape(*size, -1), (*size, 3)))
    view.settled(python, "agrees")
    assert python("view.image, view.input_size") == f"('own', {size})"
    assert python("view.x.sum(axis=(-2, -1)).tolist()") == str(np.squeeze(shown["x"].sum((1, 2))).tolist())


def test_another_image_of_the_same_name_and_size_takes_its_place(open_view, python):
    view = open_view()
    for pixels in (GREY, 255 - GREY):
        revision = view.status.get_attribute("data-rev")
        view.choose(file("same.png", saved(pixels)))
        view.root.locator(f"[role=status][data-verdict=agrees]:not([data-rev='{revision}'])").wait_for()
        view.settled(python, "agrees")
        np.testing.assert_array_equal(view.shown()["x"][0], pixels)
        assert python("int(view.x.sum())") == str(pixels.sum(dtype=int))


NOTE_DECODED = """() => {
  const { createImageBitmap: decode } = window;
  window.created = [];
  window.createImageBitmap = (...what) => {
    const read = decode(...what);
    created.push(read);
    return read;
  };
}"""
VAST = saved(Image.new("L", (8000, 5000), 77))
"""40 megapixels: it takes a browser longer to read than all that is chosen after it."""


def test_of_several_files_the_last_that_is_chosen_is_pooled(open_view, python):
    view = open_view()
    view.page.evaluate(NOTE_DECODED)
    view.choose(file("vast.png", VAST))
    view.choose(file("grey.png", saved(GREY)))
    view.wait_for((20, 30), (4, 3))
    everything_read = "async () => { const all = [...created]; await Promise.all(all); return all.length; }"
    view.page.wait_for_function("created.length === 2")
    assert view.page.evaluate(everything_read) == 2
    view.settled(python, "agrees")
    np.testing.assert_array_equal(view.shown()["x"][0], GREY)
    assert view.note().startswith("grey.png: ")
    view.choose(file("vast.png", VAST))
    view.menu("Input x").select_option("digit")
    view.wait_for((16, 16), (4, 3))
    view.page.wait_for_function("created.length === 3")
    assert view.page.evaluate(everything_read) == 3
    assert view.menu("Input x").input_value() == "digit"


def test_an_image_file_is_asked_for_by_button_and_menu(open_view, python):
    view = open_view()
    python("view._own = {}")  # nobody has opened one yet
    for ask in (
        lambda: view.root.get_by_role("button", name="open an image file of your own").click(),
        lambda: view.menu("Input x").select_option("own"),
    ):
        with view.page.expect_file_chooser() as asked:
            ask()
        assert view.menu("Input x").input_value() == "ramp"
    asked.value.set_files(file("grey.png", saved(GREY)))
    view.wait_for((20, 30), (4, 3))
    view.menu("Input x").select_option("photo")
    view.wait_for((128, 96), (4, 3))
    view.menu("Input x").select_option("own")  # it is still there
    view.wait_for((20, 30), (4, 3))
    np.testing.assert_array_equal(view.shown()["x"][0], GREY)


REFUSED = {
    "kind": [("notes.png", b"0, 3, 0"), ("old.gif", saved(GREY, "GIF")), ("empty.png", b"")],
    "bytes": [("large.png", saved(GREY))],  # the rest of its size is nothing
    "pixels": [("bomb.png", png(8000, 5001))],
    "damaged": [("half.png", saved(GREY)[:-20]), ("half.jpg", saved(WIDE, "JPEG")[:-2000])],
}


def test_what_is_no_image_gets_one_sentence_and_changes_nothing(open_view, python, tmp_path):
    view = open_view((5, 7), (3, 5), image="checkerboard", kind="max")
    everything = lambda: (view.status.evaluate("e => e.outerHTML"), python("str(view.state())"), str(view.shown()))  # noqa: E731
    before = everything()
    assert {*REFUSED} == {*WORDS["refusals"]}
    for code, files in REFUSED.items():
        for name, data in files:
            (tmp_path / name).write_bytes(data)
            if code == "bytes":
                os.truncate(tmp_path / name, LARGEST_FILE + 1)
            view.choose(tmp_path / name)
            said = WORDS["refusals"][code].format(name=name, width=8000, height=5001)
            view.root.locator(".pt-note", has_text=said).wait_for()
            assert view.note() == said
    view.page.wait_for_timeout(150)  # longer than the slider rests
    assert everything() == before


# Code ------------------------------------------------------------------------------------------------------


def printed_by(code):
    """The numbers that a program prints, line by line."""
    with redirect_stdout(io.StringIO()) as out:
        exec(code, {})
    texts = [line.replace("nan", "NaN").replace("inf", "Infinity") for line in out.getvalue().splitlines()]
    return [np.array(json.loads(text)) for text in texts]


FLOATS = np.array([[0.5, np.nan, -3, 1e-7], [1e21, 2, 0.1, np.inf], [7, 7, 7, 7]])
STATES = [
    {"n": (6, 8), "m": (4, 3)},
    {"n": (5, 7), "m": (3, None), "image": "checkerboard", "kind": "max", "upstream": "count"},
    {"n": (10, 20), "m": (4, 7), "image": "digit", "colour": "gradient", "upstream": "random"},
    {"n": (128, 96), "m": (5, 6), "image": "photo", "channel": 1},
    {"n": (20, 15), "m": (3, 4), "image": "photo", "kind": "max", "upstream": "spike"},
    {"n": (5, 7), "m": (3, 5), "rule": "split", "verdict": "disagrees", "image": "spot", "colour": "influence"},
    {"n": (3, 4), "m": (5, 6), "rule": "split", "verdict": "disagrees", "kind": "max", "upstream": [1, -2.5]},
    {"n": (3, 4), "m": (2, 3), "image": FLOATS, "kind": "max"},
]


@pytest.mark.parametrize("state", STATES, ids=lambda state: str({k: v for k, v in state.items() if k != "image"}))
def test_displayed_program_and_call_do_what_the_picture_shows(open_view, python, state):
    view = open_view(show=["windows", "code", "words"], presenter=True, window=(1, 0), **state)
    y, grad = printed_by(view.code("torch"))
    shown = view.shown()
    np.testing.assert_allclose(y, shown["y"], rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(grad, np.broadcast_to(shown["grad"], grad.shape), rtol=1e-12, atol=1e-12)
    assert not re.search(r"undefined|NaN|\{\w", view.root.inner_text())
    assert opened_by(view.code("explore")) == state_of(python)


def opened_by(code):
    """The state that a displayed call opens, as JSON."""
    imports, call = code.rsplit("\n\n", 1)
    space = {}
    exec(f"{imports}\nagain = {call}", space)
    return json.loads(json.dumps(space["again"].state(), default=lambda array: [str(array.dtype), str(array.tolist())]))


def state_of(python):
    python("as_text = lambda array: [str(array.dtype), str(array.tolist())]")
    python("print(json.dumps(view.state(), default=as_text))")
    return json.loads(python("print(json.dumps(view.state(), default=as_text))"))


@pytest.mark.parametrize("pixels", [GREY, COLOUR[:40, :30]], ids=["grey", "colour"])
def test_the_program_of_an_own_image_runs_where_it_is_saved(open_view, python, tmp_path, monkeypatch, pixels):
    view = open_view(show=["windows", "code"])
    view.choose(file("own.png", saved(pixels)))
    view.wait_for(pixels.shape[:2], (4, 3))
    with view.page.expect_download() as download:
        view.root.get_by_role("button", name="save the reduced image").click()
    download.value.save_as(tmp_path / download.value.suggested_filename)
    monkeypatch.chdir(tmp_path)
    np.testing.assert_array_equal(read_picture(tmp_path / "pooltutor-image.png"), pixels)
    y, grad = printed_by(view.code("torch"))
    np.testing.assert_allclose(y, view.shown()["y"], rtol=1e-12)
    np.testing.assert_allclose(grad, np.broadcast_to(view.shown()["grad"], grad.shape), rtol=1e-12)
    view.settled(python, "agrees")
    assert opened_by(view.code("explore")) == state_of(python)


def test_the_usual_is_left_out_of_the_call(open_view):
    view = open_view(show=["windows", "code"], m=(4, None))
    assert view.code("explore").splitlines()[-1] == 'pooltutor.explore2d((6, 8), (4, None), show=["windows", "code"])'


# Words -----------------------------------------------------------------------------------------------------


def test_words_tell_windows_outputs_and_who_counts_most(open_view):
    view = open_view((5, 7), (3, 5), show=["windows", "words"], colour="overlaps")
    assert view.root.locator(".pt-words").inner_text() == (
        "Input 5 × 7, target 3 × 5. The row windows are 0:2, 1:4, 3:5. The column windows are 0:2, 1:3, 2:5, 4:6, 5:7. "
        "Of the cells 9 are in 1, 18 are in 2, 8 are in 4. "
        f"The outputs are {', '.join(f'{y:.6g}' for y in view.shown()['y'].flat)}. "
        "No cell counts more than cell (1, 1), 5/6, and none less than cell (2, 3), 1/9; the ratio is 7.5. "
        "The cells show in how many windows each of them is, 1 to 4."
    )
    described = view.root.locator("svg.pt-picture").first.get_attribute("aria-describedby")
    assert view.root.locator(f"[id='{described}']").inner_text().startswith("Input 5 × 7")


# Locks, state, presenter size, colours ---------------------------------------------------------------------


def controls_of(view):
    button = lambda name: view.root.get_by_role("button", name=name)  # noqa: E731
    inputs, targets = ([view.slider(f"{which} {side}") for side in SIDES] for which in ("Input", "Target"))
    keeps = [view.root.get_by_label(f"keep the {side}") for side in SIDES]
    menus = {"rule": "Rule", "kind": "Pooling", "example": "Example", "colour": "Cells show", "channel": "Channel"}
    menus["upstream"] = "Gradient dL/dy"
    return {
        "input_size": inputs,
        "target_size": [*targets, *keeps],
        **{name: [view.root.locator(f"label:text-is('{title}') + select")] for name, title in menus.items()},
        "image": [view.menu("Input x"), button("open an image file of your own"), view.chooser],
        "window": [view.slider("Window"), *(button(WORDS[step]) for step in ("first", "previous", "next", "last"))],
        "presenter": [view.root.get_by_label("presenter size")],
        **{name: [view.root.get_by_label(title, exact=True)] for name, title in WORDS["panels"].items()},
    }


def test_every_lock_holds_its_controls_and_no_other(open_view, python):
    view = open_view(image="photo", colour="gradient")
    controls = controls_of(view)
    assert set(controls) == set(LOCKS)
    for lock in LOCKS:
        python(f"view.lock = [{lock!r}]")
        view.page.wait_for_function("e => e.disabled", arg=controls[lock][0].element_handle())
        disabled = {name: [each.is_disabled() for each in some] for name, some in controls.items()}
        also = {"example"} if lock in ("input_size", "target_size") else set()
        assert {name for name, each in disabled.items() if any(each)} == {lock, *also}
        assert all(disabled[lock]), (lock, disabled[lock])


def test_locks_hold_against_keys_and_clicks_too(open_view):
    view = open_view((5, 7), (3, 5), "unchecked", lock=["windows", "window", "input_size"], show=[])
    view.grid("output").focus()
    view.page.keyboard.press("w")
    view.page.keyboard.press("Enter")
    view.point("output", 1, 1, press=True)
    assert "Your turn" in view.status.inner_text()
    assert "press W" not in view.root.locator("svg").first.text_content()
    assert view.slider("Window").input_value() == "0"
    view.menu("Input x").select_option("digit")
    view.wait_for((5, 7), (3, 5), verdict="unchecked")


def test_all_panels_are_named(open_view):
    assert set(WORDS["panels"]) == set(PANELS)
    view = open_view(show=list(PANELS))
    assert view.root.locator(".pt-words").bounding_box()["height"] > 15
    assert view.root.locator(".pt-panel-code").is_visible()


def test_state_follows_what_the_learner_does_and_opens_the_same(open_view, python):
    view = open_view()
    view.choose(file("own.png", saved(COLOUR)))
    view.wait_for((100, 200), (4, 3))
    view.set_sizes((60, 50), (None, 7))
    view.menu("Pooling").select_option("max")
    view.menu("Channel").select_option("blue")
    view.menu("Rule").select_option("split")
    view.menu("Cells show").select_option("influence")
    view.show("words")
    view.wait_for((60, 50), (None, 7), "split", "disagrees")
    view.settled(python, "disagrees")
    shown = python("[view.input_size, view.target_size, view.kind, view.channel, view.rule, view.colour, view.show]")
    assert shown == "[(60, 50), (None, 7), 'max', 2, 'split', 'influence', ['windows', 'words']]"
    python("again = pooltutor.explore2d(**view.state())")
    same = "[k for k, v in view.state().items() if not np.array_equal(v, again.state()[k])]"
    assert python(same) == "[]"
    assert python("again.state()['image'].shape, bool((again.x == view.x).all())") == "((100, 200, 3), True)"


STATES_OF_SIZE = [
    {"colour": "gradient", "upstream": "random"},
    {"kind": "max", "image": "digit", "n": (16, 16), "m": (6, 6)},
    {"rule": "forum", "n": (5, 7), "m": (3, 5), "verdict": "disagrees"},
    {"n": (3, 4), "m": (5, 6), "colour": "influence"},
    {"image": "photo", "n": (128, 96), "m": (7, 7)},
]


@pytest.mark.parametrize("state", STATES_OF_SIZE, ids=str)
def test_presenter_size_shows_nothing_under_20_px(open_view, state):
    view = open_view(presenter=True, show=list(PANELS), **state)
    assert view.root.evaluate(SMALLEST) >= 20
    outside = view.root.evaluate(STICKS_OUT)
    assert outside == []
    for name in ("Example", "Pooling"):
        assert not view.menu(name).is_visible()
    assert view.menu("Rule").is_visible() == ("rule" in state), "whose rule it is, where it is not PyTorch's"


INKS = """root => [...root.querySelectorAll('.pt-x2, .pt-second, .pt-times')].map((text) =>
  [text.textContent, getComputedStyle(text).fill, getComputedStyle(text).stroke])"""


def hexed(colour):
    return "#" + "".join(f"{int(part):02x}" for part in re.findall(r"\d+", colour)[:3])


@pytest.mark.parametrize("theme", THEMES)
def test_numbers_can_be_read_on_every_colour(open_view, theme):
    view = open_view()
    view.page.evaluate("light => { document.body.dataset.jpThemeLight = String(light) }", theme == "light")
    try:
        view.root.and_(view.page.locator(f"[data-theme={theme}]")).wait_for()
        assert view.root.evaluate("root => getComputedStyle(root).backgroundColor") == rgb(THEMES[theme]["ground"])
        seen = 0
        for colour in ("values", "overlaps", "influence", "gradient"):
            view = open_view((9, 11), (7, 6), image="digit", colour=colour, upstream="random")
            for text, ink, ground in view.root.evaluate(INKS):
                assert contrast(hexed(ink), hexed(ground)) >= 4.5, (colour, text, ink, ground)
                seen += 1
        assert seen > 4 * 9 * 11
    finally:
        view.page.evaluate("() => { document.body.dataset.jpThemeLight = 'true' }")


# A phone, two views of one object, and no kernel -----------------------------------------------------------

STICKS_OUT = """root => {
  const box = root.getBoundingClientRect();
  const sticksOut = (r) => r.width && (r.left < box.left - 1 || r.right > box.right + 1);
  const all = [...root.querySelectorAll(':not(g)')].filter((e) => !e.closest('.pt-unseen, .pt-scroll, defs'));
  return all.filter((e) => sticksOut(e.getBoundingClientRect())).map((e) => e.outerHTML.slice(0, 200));
}"""
CROWDED = """root => {
  const boxes = [...root.querySelectorAll('.pt-axis label, .pt-axis input')].map((e) => [e, e.getBoundingClientRect()]);
  const meet = ([, a], [, b]) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
    && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;
  const others = (k) => boxes.slice(k + 1).filter((b) => meet(boxes[k], b));
  return boxes.flatMap(([e], k) => others(k).map(([other]) => [e.outerHTML, other.outerHTML]));
}"""
GALLERY = [
    "import pooltutor\nview = pooltutor.explore2d(image='digit', target_size=(6, 5))\nview",
    "view",
    "pooltutor.explore2d((128, 96), (7, 7), image='photo', colour='gradient', show='all')",
    "pooltutor.explore2d((1, 64), (1, 64))",
    "pooltutor.explore2d((5, 7), (3, 5), rule='forum', colour='influence')",
    "pooltutor.explore2d((6, 8), (4, 3), show=[])",
]


@pytest.fixture(scope="module")
def phone(notebook, context):
    """A narrow page of several views, the first two of one object."""
    page = notebook(*GALLERY, name="phone.ipynb")
    page.page.set_viewport_size({"width": 360, "height": 800})
    page.hide_files()
    settled = "() => document.querySelectorAll('[role=status][data-verdict]:not([data-verdict=checking])').length"
    page.page.wait_for_function(f"{settled} === {len(GALLERY)}")
    page.page.wait_for_timeout(200)
    yield page
    page.clean()


def test_nothing_sticks_out_and_no_control_covers_another_on_a_phone(phone):
    for nth, code in enumerate(GALLERY):
        root = View2d(phone.page, nth).root
        assert root.evaluate(STICKS_OUT) == [], code
        assert root.evaluate(CROWDED) == [], code
        assert 180 < root.bounding_box()["width"] <= 360


def test_two_views_of_one_object_follow_each_other(phone):
    first, second = View2d(phone.page, 0), View2d(phone.page, 1)
    for mover, n, m in [(first, (7, 9), (3, None)), (second, (20, 30), (None, 4)), (first, (5, 6), (3, 4))]:
        mover.set_sizes(n, m)
        for view in (first, second):
            view.wait_for(n, m)
        np.testing.assert_array_equal(first.shown()["y"], second.shown()["y"])
    for pixels in (GREY, 255 - GREY):
        second.choose(file("own.png", saved(pixels)))
        for view in (first, second):
            view.wait_for((20, 30), (3, 4))
            np.testing.assert_array_equal(view.shown()["x"][0], pixels)
            assert_same_as_pytorch(view)


def test_without_a_kernel_the_picture_goes_on_and_the_verdict_is_honest(phone, lab):
    """The last test of this page: its kernel does not come back."""
    (session,) = [each for each in lab.api("GET", "sessions") if each["path"] == "phone.ipynb"]
    lab.api("DELETE", f"sessions/{session['id']}")
    view = View2d(phone.page, 2)
    gone = "not checked: the kernel is not connected"
    assert view.wait_for((128, 96), (7, 7), verdict="unchecked") == gone
    view.set_sizes((60, 41), (7, None))
    assert view.wait_for((60, 41), (7, None), verdict="unchecked") == gone
    assert_same_as_pytorch(view)
    box = view.box("Input width")
    box.fill("100")
    box.press("Enter")
    assert view.note() == (
        "Sizes above 64 are looked up by the kernel, which is not connected; (60, 100) → (7, 100) was not opened."
    )
    assert box.input_value() == "41"
    view.choose(file("colour.png", saved(COLOUR)))
    assert view.wait_for((32, 64), (7, None), verdict="unchecked") == gone
    assert view.shown()["x"].shape == (3, 32, 64)
    assert_same_as_pytorch(view)


def test_the_state_of_the_call_is_that_of_the_class():
    assert explore2d().state() == Explorer2d().state()
