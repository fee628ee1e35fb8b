"""The 2-D explorer beside a kernel: counts, large sizes, an image of one's own, locks, state, a phone, no kernel."""

import json
import os

import numpy as np
import pytest
import torch
from PIL import Image

from pooltutor import explore2d
from pooltutor.live.grid import LOCKS, Explorer2d
from pooltutor.pictures import LARGEST_FILE, picture, read_picture
from pooltutor.words import load
from tests.panels import each_lock, opened_by, printed_by
from tests.test_pictures import png, saved
from tests.view2d import SIDES, STICKS_OUT, View2d, assert_same_as_pytorch

pytestmark = pytest.mark.browser
WORDS = load()["grid"]

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
    """One page whose first explorer nearly all tests of this file share, and its kernel."""
    page = notebook(OPEN, *GALLERY, name="grid.ipynb")
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


# Sizes ---------------------------------------------------------------------------------------------------


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


def test_displayed_numbers_are_pytorchs(open_view):
    """Marks and pixels, thin, kept and larger; the one-file page compares more."""
    view = open_view(colour="gradient", upstream="random")
    for n, m in [((1, 1), (64, 64)), ((17, 16), (4, 5)), ((3, 4), (5, 6)), ((64, 33), (None, 1)), ((61, 59), (53, 47))]:
        view.set_sizes(n, m)
        windows = sum(size if target is None else target for size, target in zip(n, m, strict=True))
        assert f"{windows} windows, " in view.wait_for(n, m)
        assert_same_as_pytorch(view)


def test_typed_sizes_open_at_once_or_are_clamped_with_a_note(open_view, python):
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
    typed("Target height", "300")
    view.wait_for((200, 256), (256, 3))
    assert view.note() == "Target height takes whole numbers from 1 to 256; 300 became 256."
    typed("Target height", "100")
    view.wait_for((200, 256), (100, 3))
    view.root.get_by_label("keep the width").check()
    view.wait_for((200, 256), (100, None))
    assert_same_as_pytorch(view)
    typed("Input width", "")
    assert view.note() == "Input width takes whole numbers from 1 to 256; nothing has changed."
    view.settled(python, "agrees")
    assert python("view.input_size, view.target_size") == "((200, 256), (100, None))"


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


# What is pooled ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("image", ["digit", "photo"])
def test_a_smaller_input_cuts_a_picture_and_a_larger_one_fills_it_up(open_view, image):
    whole = picture(image).reshape(*picture(image).shape[:2], -1)
    for n in ((10, 20), (130, 20)):
        view = open_view(n, (4, 3), image=image)
        expected = np.zeros((*n, whole.shape[-1]))
        part = whole[: n[0], : n[1]]
        expected[: part.shape[0], : part.shape[1]] = part
        np.testing.assert_array_equal(view.shown()["x"], np.moveaxis(expected, -1, 0))


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


@pytest.mark.parametrize(
    ("state", "counted"),
    [({"colour": "overlaps"}, "overlap counts"), ({"colour": "influence"}, "influences"), ({"kind": "max"}, "winners")],
)
def test_what_the_photograph_shows_is_counted(open_view, state, counted):
    view = open_view((128, 96), (7, 5), image="photo", **state)
    count = 3 * 7 * 5 if counted == "winners" else 128 * 96
    assert f"{count} {counted}" in view.status.inner_text()


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


# An image of one's own -----------------------------------------------------------------------------------

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
    view.more()
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
            said = WORDS["refusals"][code].format(name=name, width=8000, height=5001, megabytes=10, megapixels=40)
            view.root.locator(".pt-note:not([hidden])", has_text=said).wait_for()
            assert view.note() == said
    view.page.wait_for_timeout(150)  # longer than the slider rests
    assert everything() == before


# Code ----------------------------------------------------------------------------------------------------


FLOATS = np.array([[0.5, np.nan, -3, 1e-7], [1e21, 2, 0.1, np.inf], [7, 7, 7, 7]])


def state_of(python):
    python("as_text = lambda array: [str(array.dtype), str(array.tolist())]")
    python("print(json.dumps(view.state(), default=as_text))")
    return json.loads(python("print(json.dumps(view.state(), default=as_text))"))


def test_displayed_program_and_call_open_an_array(open_view, python):
    view = open_view((3, 4), (2, 3), image=FLOATS, kind="max", show=["windows", "code"], window=(1, 0))
    y, grad = printed_by(view.code("torch"))
    shown = view.shown()
    np.testing.assert_allclose(y, shown["y"], rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(grad, np.broadcast_to(shown["grad"], grad.shape), rtol=1e-12, atol=1e-12)
    assert opened_by(view.code("explore")) == state_of(python)


@pytest.mark.parametrize("pixels", [GREY, COLOUR[:40, :30]], ids=["grey", "colour"])
def test_the_program_of_an_own_image_runs_where_it_is_saved(open_view, python, tmp_path, monkeypatch, pixels):
    view = open_view(show=["windows", "code"], more=True)
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


# Locks, state --------------------------------------------------------------------------------------------


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
    for lock, disabled in each_lock(view, python, LOCKS, controls):
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


# A phone, two views of one object, and no kernel ---------------------------------------------------------


CROWDED = """root => {
  const boxes = [...root.querySelectorAll('.pt-axis label, .pt-axis input')].map((e) => [e, e.getBoundingClientRect()]);
  const meet = ([, a], [, b]) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
    && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;
  const others = (k) => boxes.slice(k + 1).filter((b) => meet(boxes[k], b));
  return boxes.flatMap(([e], k) => others(k).map(([other]) => [e.outerHTML, other.outerHTML]));
}"""


GALLERY = [  # below the first explorer
    "both = pooltutor.explore2d(image='digit', target_size=(6, 5))\nboth",
    "both",
    "pooltutor.explore2d((128, 96), (7, 7), image='photo', colour='gradient', show='all')",
    "pooltutor.explore2d((1, 64), (1, 64))",
    "pooltutor.explore2d((5, 7), (3, 5), rule='forum', colour='influence')",
    "pooltutor.explore2d((6, 8), (4, 3), show=[])",
]


@pytest.fixture(scope="module")
def phone(lab_view):
    """The same page, narrow: several views, the first two of one object."""
    page, *_ = lab_view
    page.page.set_viewport_size({"width": 360, "height": 800})
    page.hide_files()
    settled = "() => document.querySelectorAll('[role=status][data-verdict]:not([data-verdict=checking])').length"
    page.page.wait_for_function(f"{settled} === {len(GALLERY) + 1}")
    page.page.wait_for_timeout(200)
    return [View2d(page.page, nth) for nth in range(1, len(GALLERY) + 1)]


def test_nothing_sticks_out_and_no_control_covers_another_on_a_phone(phone):
    for view, code in zip(phone, GALLERY, strict=True):
        root = view.root
        assert root.evaluate(STICKS_OUT) == [], code
        assert root.evaluate(CROWDED) == [], code
        assert 180 < root.bounding_box()["width"] <= 360


def test_two_views_of_one_object_follow_each_other(phone):
    first, second, *_ = phone
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
    (session,) = [each for each in lab.api("GET", "sessions") if each["path"] == "grid.ipynb"]
    lab.api("DELETE", f"sessions/{session['id']}")
    view = phone[2]
    gone = "not checked: the kernel is not connected"
    assert view.wait_for((128, 96), (7, 7), verdict="unchecked") == gone
    view.set_sizes((60, 41), (7, None))
    assert view.wait_for((60, 41), (7, None), verdict="unchecked") == gone
    assert_same_as_pytorch(view)
    box = view.box("Input width")
    box.fill("97")
    box.press("Enter")
    assert view.wait_for((60, 97), (7, None), verdict="unchecked") == gone
    assert_same_as_pytorch(view)
    view.choose(file("colour.png", saved(COLOUR)))
    assert view.wait_for((100, 200), (7, None), verdict="unchecked") == gone
    assert view.shown()["x"].shape == (3, 100, 200)
    assert_same_as_pytorch(view)


def test_the_state_of_the_call_is_that_of_the_class():
    assert explore2d().state() == Explorer2d().state()
