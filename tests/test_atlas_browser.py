"""The live atlas in real JupyterLab: what is painted is the class of each pair, and a pair opens in the explorer."""

import io

import numpy as np
import pytest
from PIL import Image

from pooltutor import pairs
from pooltutor.legend import THEMES
from tests.view import View, assert_same_as_pytorch

pytestmark = pytest.mark.browser

OPEN = "import pooltutor\nview = pooltutor.atlas()\nview"
BESIDE = "given = pooltutor.explore(9, 4)\nother = pooltutor.atlas('avgpool', explorer=given)\nother"

PIXELS = "canvas => [...canvas.getContext('2d').getImageData(0, 0, 64, 64).data]"
SWATCHES = """legend => [...legend.querySelectorAll('[data-class]')].map(entry => [
  Number(entry.dataset.class), getComputedStyle(entry.querySelector('.pt-swatch')).backgroundColor,
  entry.children[1].textContent, entry.querySelector('.pt-count').textContent])"""


class Map:
    """One atlas on a page."""

    def __init__(self, page, nth: int = 0) -> None:
        self.page = page
        self.root = page.locator("[data-atlas]").nth(nth)
        self.focusable = self.root.get_by_role("slider", name="Map of all size pairs")
        self.cells = self.root.locator(".pt-cells")

    def choose(self, colour: str, rule: str = "pytorch") -> None:
        self.menu("Colour").select_option(colour)
        if colour == "agreement":
            self.menu("Rule").select_option(rule)
        self.root.and_(self.page.locator(f"[data-colour='{colour}']")).wait_for()
        if colour == "agreement":
            self.root.and_(self.page.locator(f"[data-rule='{rule}']")).wait_for()

    def menu(self, name: str):
        return self.root.get_by_label(name, exact=True)

    def pixels(self) -> np.ndarray:
        """The painted colours, shape (64, 64, 3), as [n - 1, m - 1]: n to the right, m upwards."""
        rows = np.reshape(self.cells.evaluate(PIXELS), (64, 64, 4))
        assert (rows[..., 3] == 255).all()
        return rows[::-1, :, :3].swapaxes(0, 1)

    def place(self, n: int, m: int) -> dict[str, float]:
        """Where the middle of a cell is on the canvas."""
        box = self.cells.bounding_box()
        return {"x": (n - 0.5) * box["width"] / 64, "y": (64.5 - m) * box["height"] / 64}

    def hover(self, n: int, m: int) -> None:
        self.cells.hover(position=self.place(n, m), force=True)  # force: marks that let the pointer through lie over it

    def click(self, n: int, m: int) -> None:
        self.cells.click(position=self.place(n, m), force=True)

    def text(self, pair: str) -> str:
        """The readout, once it is about this pair."""
        self.root.locator(".pt-readout", has_text=f"{pair}: ").wait_for()
        text = self.root.locator(".pt-readout").text_content()
        assert self.focusable.get_attribute("aria-valuetext") == text
        return text

    def wait_mark(self, n, m) -> None:
        self.root.and_(self.page.locator(f"[data-input='{n}'][data-target='{m}']")).wait_for()

    def middle(self, mark: str) -> tuple[float, float]:
        """The pair around which a ring stands."""
        ring, cells = self.root.locator(f".pt-{mark}").last.bounding_box(), self.cells.bounding_box()
        x, y = ring["x"] + ring["width"] / 2 - cells["x"], cells["y"] + cells["height"] - ring["y"] - ring["height"] / 2
        return pytest.approx(x * 64 / cells["width"] + 0.5, abs=0.1), pytest.approx(
            y * 64 / cells["height"] + 0.5, abs=0.1
        )


def rgb(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[k : k + 2], 16) for k in (1, 3, 5))


def painted(chart: pairs.Chart, theme: str) -> np.ndarray:
    """The colours that a map must have, from Python's classes and the legend."""
    return np.array([rgb(THEMES[theme][name]) for name in chart.colours])[chart.classes]


@pytest.fixture(scope="module")
def bench(notebook, lab):
    """One page with an atlas and its explorer, then an explorer's other atlas; and its kernel."""
    page = notebook(OPEN, BESIDE, name="atlas.ipynb")
    page.page.locator("[data-atlas]").nth(1).wait_for()
    view = View(page.page, nth=1)
    view.wait("agrees", "14,4,pytorch")
    yield page, Map(page.page), view, lab.python("atlas.ipynb")
    page.clean()


@pytest.fixture
def seen(bench):
    """The first atlas and its explorer as they were at first."""
    page, map_, view, _ = bench
    page.page.evaluate("() => { document.body.dataset.jpThemeLight = 'true'; document.activeElement?.blur() }")
    page.page.mouse.move(2, 2)
    map_.choose("agreement")
    map_.choose("gcd")
    view.menu("Rule").select_option("pytorch")
    view.set_sizes(14, 4)
    map_.wait_mark(14, 4)
    view.wait("agrees", "14,4,pytorch")
    return map_, view


# What is painted -------------------------------------------------------------------------------------------

MAPS = [(colour, "pytorch") for colour in pairs.CHARTS]
MAPS += [("agreement", rule) for rule in ("equal_kernel", "fixed_stride", "float32", "round")]


@pytest.mark.parametrize(("colour", "rule"), MAPS)
def test_every_pixel_has_the_colour_of_its_class(seen, colour, rule):
    map_, _ = seen
    map_.choose(colour, rule)
    chart = pairs.chart(colour, rule)
    np.testing.assert_array_equal(map_.pixels(), painted(chart, "light"))
    assert map_.root.locator("h3").text_content() == chart.title
    for k, swatch, label, count in map_.root.locator(".pt-legend").evaluate(SWATCHES):
        assert swatch == f"rgb{rgb(THEMES['light'][chart.colours[k]])}"
        assert label == chart.labels[k]
        assert count == f"{(chart.classes == k).sum():,}"


def test_classes_that_are_not_on_the_map_are_not_in_the_legend(seen):
    map_, _ = seen
    for rule, classes in (("pytorch", {0}), ("forum", {0, 1}), ("fixed_stride", {0, 1, 2})):
        map_.choose("agreement", rule)
        assert {entry[0] for entry in map_.root.locator(".pt-legend").evaluate(SWATCHES)} == classes


def test_pixels_stand_where_the_axes_say_and_each_is_as_large_as_the_next(seen):
    map_, _ = seen
    box = map_.cells.bounding_box()
    assert box["width"] == box["height"] >= 64
    assert box["width"] % 64 == 0  # at one device pixel per CSS pixel
    shot = np.array(Image.open(io.BytesIO(map_.page.screenshot(clip=box))))
    true, cell = painted(pairs.chart("gcd"), "light"), int(box["width"]) // 64
    for n, m in [(60, 7), (7, 60), (48, 36), (49, 36), (30, 50), (63, 58)]:  # away from rays, mark and guides
        x, y = (n - 1) * cell, (64 - m) * cell
        assert (shot[y : y + cell, x : x + cell, :3] == true[n - 1, m - 1]).all()

    def tick(which: str, size: int) -> dict[str, float]:
        return map_.root.locator(f".pt-tick-text{which}").get_by_text(str(size), exact=True).bounding_box()

    below, left = tick(":not(.pt-to-right)", 24), tick(".pt-to-right", 40)
    assert below["x"] + below["width"] / 2 - box["x"] == pytest.approx(map_.place(24, 1)["x"], abs=2.5)
    assert left["y"] + left["height"] / 2 - box["y"] == pytest.approx(map_.place(1, 40)["y"], abs=2.5)


def test_dark_pages_get_the_dark_colours(seen):
    map_, _ = seen
    map_.choose("avgpool")
    map_.page.evaluate("() => { document.body.dataset.jpThemeLight = 'false' }")
    map_.root.and_(map_.page.locator("[data-theme=dark]")).wait_for()
    map_.page.wait_for_timeout(100)
    np.testing.assert_array_equal(map_.pixels(), painted(pairs.chart("avgpool"), "dark"))
    ((_, swatch, *_), *_) = map_.root.locator(".pt-legend").evaluate(SWATCHES)
    assert swatch == f"rgb{rgb(THEMES['dark']['map_none'])}"


def test_rays_and_halves_are_labelled(seen):
    map_, _ = seen
    labels = map_.root.locator(".pt-ray-text").all_text_contents()
    assert sorted(labels) == sorted(["m = n", "n = 2m", "m = 2n", "upsampling: m > n", "downsampling: m < n"])


def test_rule_can_be_chosen_on_the_map_of_agreement_only(seen):
    map_, _ = seen
    for colour in pairs.CHARTS:
        map_.choose(colour)
        assert map_.menu("Rule").is_enabled() == (colour == "agreement")


def test_a_moved_pointer_paints_no_map_and_is_drawn_once_per_frame(seen):
    map_, _ = seen
    drawn = map_.root.evaluate(
        """async root => {
          const real = CanvasRenderingContext2D.prototype.putImageData;
          const frame = window.requestAnimationFrame;
          let [maps, frames, readouts] = [0, 0, 0];
          window.requestAnimationFrame = draw => { frames++; return frame(draw) };
          CanvasRenderingContext2D.prototype.putImageData = function (...all) { maps++; return real.apply(this, all) };
          const watch = new MutationObserver(() => readouts++);
          watch.observe(root.querySelector('.pt-readout'), {childList: true});
          const [map, box] = [root.querySelector('.pt-map'), root.querySelector('canvas').getBoundingClientRect()];
          for (let k = 0; k < 50; k++) {
            map.dispatchEvent(new PointerEvent('pointermove', {clientX: box.x + 20 + 5 * k, clientY: box.y + 40}));
          }
          window.requestAnimationFrame = frame;
          await new Promise(done => frame(() => frame(() => setTimeout(done))));
          CanvasRenderingContext2D.prototype.putImageData = real;
          watch.disconnect();
          return [maps, frames, readouts];
        }"""
    )
    assert drawn == [0, 1, 1]


# Reading ---------------------------------------------------------------------------------------------------


READ = {
    (14, 10): "gcd 2, 8 shared cells, longest window 3, influence ratio 3, not one AvgPool",
    (6, 8): "gcd 2, 6 cuts inside cells, longest window 2, influence ratio 3/2 = 1.5, not one AvgPool",
    (62, 28): "gcd 2, 26 shared cells, longest window 4, influence ratio 8/3 ≈ 2.667, not one AvgPool",
    (5, 3): (
        "gcd 1, 2 shared cells, longest window 3, influence ratio 5/2 = 2.5, AvgPool(kernel 3, stride 2, padding 1)"
    ),
    (8, 4): "gcd 4, 0 shared cells, longest window 2, influence ratio 1, AvgPool(kernel 2, stride 2)",
    (3, 2): "gcd 1, 1 shared cell, longest window 2, influence ratio 2, AvgPool(kernel 2, stride 1)",
    (1, 2): ("gcd 1, 1 cut inside a cell, longest window 1, influence ratio 1, AvgPool(kernel 2, stride 1, padding 1)"),
}


@pytest.mark.parametrize("pair", READ)
def test_hovering_reads_a_pair_out(seen, pair):
    map_, _ = seen
    map_.hover(*pair)
    name = f"{pair[0]} → {pair[1]}"
    assert map_.text(name) == f"{name}: {READ[pair]}"
    assert map_.middle("cursor") == pair
    assert map_.root.locator(".pt-at").all_text_contents() == [str(size) for size in pair]


def test_when_the_pointer_leaves_the_marked_pair_is_read(seen):
    map_, _ = seen
    map_.hover(40, 20)
    map_.text("40 → 20")
    map_.page.mouse.move(2, 2)
    map_.text("14 → 4")
    assert map_.middle("mark") == (14, 4)


@pytest.mark.parametrize(
    ("rule", "pair", "sentence"),
    [
        ("pytorch", (26, 22), "PyTorch: PyTorch's windows"),
        ("float32", (26, 22), "float32: 1 of 22 windows is wrong"),
        ("split", (5, 3), "split: 2 of 3 windows are wrong"),
        ("fixed_stride", (3, 5), "The rule 'AvgPool recipe' has no windows when m > n."),
    ],
)
def test_the_map_of_agreement_says_what_the_rule_makes_of_a_pair(seen, rule, pair, sentence):
    map_, _ = seen
    map_.choose("agreement", rule)
    map_.hover(*pair)
    name = f"{pair[0]} → {pair[1]}"
    assert map_.text(name).startswith(f"{name}: {sentence}, gcd ")


# The explorer ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("pair", [(14, 10), (1, 64), (64, 1), (6, 8), (64, 64)])
def test_a_click_opens_the_pair_and_pytorch_agrees(seen, pair):
    map_, view = seen
    view.slider("Window").fill("3")
    map_.page.wait_for_timeout(150)  # it rests
    map_.click(*pair)
    map_.wait_mark(*pair)
    view.wait("agrees", f"{pair[0]},{pair[1]},pytorch")
    assert_same_as_pytorch(view, *pair)
    assert view.slider("Window").input_value() == "0"
    assert map_.middle("mark") == pair


def test_a_click_on_the_map_of_agreement_opens_the_pair_under_its_rule(seen):
    map_, view = seen
    map_.choose("agreement", "float32")
    map_.click(26, 22)
    view.wait("disagrees", "26,22,float32")
    map_.click(25, 22)
    view.wait("agrees", "25,22,float32")


def test_the_mark_follows_the_sliders_and_so_does_python(seen, bench):
    map_, view = seen
    view.set_sizes(30, 22)
    map_.wait_mark(30, 22)
    map_.text("30 → 22")
    assert map_.middle("mark") == (30, 22)
    view.wait("agrees", "30,22,pytorch")
    *_, python = bench
    assert python("view.input_size, view.target_size, view.explorer.verdict") == "(30, 22, 'agrees')"
    map_.click(33, 44)
    view.wait("agrees", "33,44,pytorch")
    assert python("view.input_size, view.target_size, view.explorer.input_size") == "(33, 44, 33)"


def test_python_moves_mark_explorer_and_colouring(seen, bench):
    map_, view = seen
    *_, python = bench
    python("view.input_size, view.target_size = 20, 6\nview.colour, view.rule = 'agreement', 'split'")
    view.wait("disagrees", "20,6,split")
    map_.wait_mark(20, 6)
    np.testing.assert_array_equal(map_.pixels(), painted(pairs.chart("agreement", "split"), "light"))
    assert (map_.menu("Colour").input_value(), map_.menu("Rule").input_value()) == ("agreement", "split")
    map_.choose("influence")
    map_.page.wait_for_timeout(300)
    assert python("view.colour") == "'influence'"
    view.wait("agrees", "20,6,pytorch")


def test_a_pair_beyond_the_map_has_no_mark_and_the_readout_says_so(seen):
    map_, view = seen
    box = view.box("Input size")
    box.fill("100")
    box.press("Enter")
    view.wait("agrees", "100,4,pytorch")
    assert map_.text("100 → 4") == "100 → 4: beyond this map, which ends at 64"
    assert map_.root.locator(".pt-mark").count() == 0
    assert (map_.root.get_attribute("data-input"), map_.root.get_attribute("data-target")) == ("", "")
    map_.click(7, 5)
    view.wait("agrees", "7,5,pytorch")


def test_another_atlas_steers_the_explorer_it_was_given_and_draws_none(seen, bench):
    page, map_, _, python = bench
    other = Map(page.page, nth=1)
    other.wait_mark(9, 4)
    assert page.page.locator(".pooltutor").count() == 3
    np.testing.assert_array_equal(other.pixels(), painted(pairs.chart("avgpool"), "light"))
    other.click(7, 5)
    other.wait_mark(7, 5)
    page.page.wait_for_timeout(300)
    assert python("given.input_size, given.target_size, other.input_size, view.input_size") == "(7, 5, 7, 14)"
    map_.wait_mark(14, 4)


def test_locked_sizes_stay_and_the_atlas_says_so(seen, bench):
    page, *_, python = bench
    other = Map(page.page, nth=1)
    python("given.input_size, given.target_size, given.lock = 9, 4, ['input_size']")
    other.wait_mark(9, 4)
    other.click(7, 5)
    other.root.get_by_text("The sizes of the explorer are locked.").wait_for()
    other.wait_mark(9, 4)
    python("given.lock = []")
    other.click(7, 5)
    other.wait_mark(7, 5)
    assert not other.root.get_by_text("locked").is_visible()


# Keys ------------------------------------------------------------------------------------------------------


def test_keys_move_a_cursor_and_enter_opens_the_pair(seen):
    map_, view = seen
    map_.focusable.focus()
    keys = map_.page.keyboard
    for key, pair in [
        ("ArrowRight", "15 → 4"),
        ("ArrowUp", "15 → 5"),
        ("ArrowLeft", "14 → 5"),
        ("ArrowDown", "14 → 4"),
        ("Shift+ArrowRight", "22 → 4"),
        ("PageUp", "22 → 12"),
        ("Shift+ArrowUp", "22 → 20"),
        ("PageDown", "22 → 12"),
        ("End", "64 → 12"),
        ("ArrowRight", "64 → 12"),
        ("Home", "1 → 12"),
        ("Shift+ArrowLeft", "1 → 12"),
        ("Shift+ArrowRight", "9 → 12"),
    ]:
        keys.press(key)
        map_.text(pair)
    assert map_.middle("cursor") == (9, 12)
    map_.wait_mark(14, 4)
    keys.press("Enter")
    view.wait("agrees", "9,12,pytorch")
    map_.wait_mark(9, 12)
    keys.press("ArrowRight")
    keys.press(" ")
    view.wait("agrees", "10,12,pytorch")
    assert map_.page.evaluate("() => document.activeElement.className") == "pt-map"


def test_the_map_is_one_tab_stop_with_name_and_help(seen):
    map_, _ = seen
    assert map_.root.locator("[tabindex], select:enabled").count() == 2  # the map and Colour; Rule is disabled here
    help_ = map_.root.locator(f"[id='{map_.focusable.get_attribute('aria-describedby')}']")
    assert "Enter" in help_.text_content()
    assert map_.root.locator("[role=status], [aria-live]").count() == 0


def test_jupyterlab_takes_no_key_from_the_map(seen):
    map_, view = seen
    cells = map_.page.locator(".jp-Notebook .jp-Cell").count()
    map_.focusable.focus()
    for key in ["ArrowDown", "b", "x", "a", "d", "d", "ArrowUp", "ArrowUp", "Enter"]:
        map_.page.keyboard.press(key)
    view.wait("agrees", "14,5,pytorch")
    map_.menu("Colour").focus()
    for key in ["b", "x"]:
        map_.page.keyboard.press(key)
    assert map_.page.locator(".jp-Notebook .jp-Cell").count() == cells


# Screens, and no kernel ------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [360, 1024])
def test_the_atlas_fits_narrow_pages(seen, width):
    map_, view = seen
    page = map_.page
    try:
        page.set_viewport_size({"width": width, "height": 900})
        if width == 360:
            page.keyboard.press("Control+b")
        page.wait_for_timeout(400)
        room = page.locator(".jp-OutputArea-output").first.bounding_box()
        for part in (map_.focusable, map_.root.locator(".pt-legend"), map_.root.locator(".pt-readout")):
            box = part.bounding_box()
            assert room["x"] <= box["x"] and box["x"] + box["width"] <= room["x"] + room["width"] + 1  # noqa: PT018
        assert view.root.bounding_box()["y"] >= map_.root.bounding_box()["y"] + map_.root.bounding_box()["height"]
        map_.click(30, 7)
        view.wait("agrees", "30,7,pytorch")
    finally:
        page.set_viewport_size({"width": 1280, "height": 900})
        if width == 360:
            page.keyboard.press("Control+b")


def test_without_a_kernel_maps_and_pairs_still_open(notebook, lab):
    page = notebook(OPEN, name="alone.ipynb")
    map_, view = Map(page.page), View(page.page, nth=1)
    view.wait("agrees", "14,4,pytorch")
    (session,) = [s for s in lab.api("GET", "sessions") if s["path"] == "alone.ipynb"]
    lab.api("DELETE", f"sessions/{session['id']}")
    view.wait("unchecked", "14,4,pytorch")
    map_.choose("agreement", "forum")
    np.testing.assert_array_equal(map_.pixels(), painted(pairs.chart("agreement", "forum"), "light"))
    map_.click(7, 5)
    map_.wait_mark(7, 5)
    assert view.wait("unchecked", "7,5,forum").endswith("not checked: the kernel is not connected")
    assert [error for error in page.errors if "api/" not in error and "WebSocket" not in error] == []
